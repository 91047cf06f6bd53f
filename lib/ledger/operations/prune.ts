import { query } from '../port';
import type { Actor, Tx, Work } from '../port';
import { pause } from '../slices';
import { FILES, RECEIVED, updateRows } from '../tables';
import type { ReceivedRow, StoredFile } from '../tables';
import { writeIn } from '../transaction';
import type { Ledger } from '../transaction';

export interface PruneOptions {
	/** After the end of the year in which they were sent. */
	readonly productionYears?: number | undefined;
	readonly testDays?: number | undefined;
	readonly cancelled?: (() => boolean) | undefined;
}

export interface Pruned {
	readonly files: number;
	readonly received: number;
	/** As they were sent, before compression. */
	readonly bytes: number;
}

/** Seven years is what most tax law asks for; a choice, see docs/ledger.md. */
export const PRODUCTION_YEARS = 7;
export const TEST_DAYS = 90;
const FILES_A_SLICE = 20;

/** Until when something sent at that moment is kept. */
export function keptUntil(
	at: string,
	usage: string,
	{ productionYears, testDays }: PruneOptions,
): string {
	if (usage === 'test') {
		return new Date(Date.parse(at) + (testDays ?? TEST_DAYS) * 86_400_000).toISOString();
	}
	return `${Number(at.slice(0, 4)) + (productionYears ?? PRODUCTION_YEARS) + 1}-01-01T00:00:00.000Z`;
}

/**
 * Nothing that is not delivered, or that should be answered and is not: until then somebody may
 * need the bytes.
 */
export const PRUNABLE = `(f.state in ('accepted', 'accepted with errors', 'partially accepted', 'rejected')
	or (f.state in ('deposited', 'picked up') and f.acknowledge_hours = 0))`;

/** Removes bytes that need not be kept any more; never rows, hashes or events. */
export async function prune(ledger: Ledger, options: PruneOptions, actor: Actor): Promise<Pruned> {
	let files = 0;
	let received = 0;
	let bytes = 0;
	await ledger.store.session(async (session) => {
		for (const slice of [pruneFiles, pruneReceived]) {
			for (let more = true; more && options.cancelled?.() !== true; ) {
				const done = await writeIn(ledger, session, actor, {}, (tx) => slice(tx, options));
				if (slice === pruneFiles) files += done.length;
				else received += done.length;
				bytes += done.reduce((sum, size) => sum + size, 0);
				more = done.length === FILES_A_SLICE;
				await pause(ledger);
			}
		}
	});
	return { files, received, bytes };
}

function* pruneFiles(tx: Tx, options: PruneOptions): Work<number[]> {
	const candidates = yield* query<StoredFile>(
		`select f.* from files f where f.contents = 'kept' and ${PRUNABLE} and f.deposited_at > '' and f.deposited_at < ?
		order by f.deposited_at limit 5000`,
		lastMoment(tx.now, options),
	);
	const old = candidates
		.filter(({ deposited_at, usage }) => keptUntil(deposited_at, usage, options) <= tx.now)
		.slice(0, FILES_A_SLICE);
	const reason = 'kept long enough';
	yield* updateRows(
		tx,
		FILES,
		old.map(({ id }) => ({ id, set: { contents: 'pruned' }, note: { reason } })),
	);
	yield* removeContents(
		tx,
		old.map(({ id }) => id),
	);
	return old.map(({ bytes }) => bytes);
}

/** What is sent after this moment is kept in any case. */
function lastMoment(now: string, { testDays, productionYears }: PruneOptions): string {
	const days = Math.min(testDays ?? TEST_DAYS, (productionYears ?? PRODUCTION_YEARS) * 365);
	return new Date(Date.parse(now) - days * 86_400_000).toISOString();
}

function* pruneReceived(tx: Tx, options: PruneOptions): Work<number[]> {
	const candidates = yield* query<ReceivedRow>(
		`select * from received where contents = 'kept' and state in ('answered', 'nothing to answer', 'read') order by received_at limit ${FILES_A_SLICE}`,
	);
	const old = candidates.filter(
		({ received_at }) => keptUntil(received_at, 'production', options) <= tx.now,
	);
	const reason = 'kept long enough';
	yield* updateRows(
		tx,
		RECEIVED,
		old.map(({ id }) => ({ id, set: { contents: 'pruned' }, note: { reason } })),
	);
	yield* removeContents(
		tx,
		old.map(({ id }) => id),
	);
	return old.map(({ bytes }) => bytes);
}

/** The bytes of files, and the documents that were kept with them. */
export function* removeContents(tx: Tx, ids: readonly number[]): Work<void> {
	if (ids.length === 0) return;
	const value = JSON.stringify(ids.map((id) => ({ id })));
	const list = `(select id from ${tx.dialect.rowsOf({ id: 'integer' })} as wanted)`;
	yield* query(`delete from contents where owner_id in ${list}`, value);
	yield* query(
		`update versions set document = null where file_id in ${list} and file_id > 0`,
		value,
	);
}
