import { CoreError } from '../errors';
import { appendLink } from './events';
import type { Head } from './events';
import { formatMark, lossError, markTrouble, parseMark } from './mark';
import { one } from './port';
import type {
	Actor,
	Dialect,
	LedgerEvent,
	LedgerPorts,
	LedgerRecord,
	ReadTx,
	Session,
	Store,
	Tx,
	Work,
} from './port';
import { SCHEMA_VERSION } from './schema';

/** Longer leases are not given. */
export const MAX_LEASE_SECONDS = 3_600;

export interface Ledger {
	readonly id: string;
	readonly name: string;
	/** For this room only. */
	readonly store: Store;
	readonly ports: LedgerPorts;
	close(): Promise<void>;
}

export function addSeconds(at: string, seconds: number): string {
	return new Date(Date.parse(at) + seconds * 1_000).toISOString();
}

export function checkSchema(record: LedgerRecord | undefined): LedgerRecord {
	if (record === undefined) {
		throw new CoreError('LEDGER_CORRUPT', 'The ledger has lost its own record of itself');
	}
	if (record.oldest_writer > SCHEMA_VERSION) {
		throw new CoreError(
			'LEDGER_NEWER',
			`The ledger '${record.name}' has schema ${record.schema_version}; this package knows ${SCHEMA_VERSION}`,
		);
	}
	return record;
}

function readTransaction(dialect: Dialect, record: LedgerRecord, now: string): ReadTx {
	const tooFarAhead = addSeconds(now, 2 * MAX_LEASE_SECONDS);
	const lapsed = (leaseUntil: string) => leaseUntil <= now || leaseUntil > tooFarAhead;
	return { dialect, now, record, lapsed };
}

function newTransaction(dialect: Dialect, record: LedgerRecord, now: string, actor: Actor) {
	let nextId = record.next_id;
	const events: LedgerEvent[] = [];
	const tx: Tx = {
		...readTransaction(dialect, record, now),
		actor,
		events,
		newId: () => (nextId += 1),
		after: (seconds) => addSeconds(now, Math.min(seconds, MAX_LEASE_SECONDS)),
	};
	return { tx, nextId: () => nextId };
}

function* readRecord(dialect: Dialect, forUpdate: string): Work<LedgerRecord & { now: string }> {
	const clock = dialect.clock === '' ? "''" : dialect.clock;
	const record = yield* one<LedgerRecord & { now: string }>(
		`select ledger.*, ${clock} as now from ledger${forUpdate}`,
	);
	return checkSchema(record) as LedgerRecord & { now: string };
}

/**
 * The shape of every write in both stores: take the only writer's place, check that the ledger is
 * the one we know, do the work, and chain what was changed as the last step.
 */
function* writing<Result>(
	ledger: { readonly store: Store; readonly ports: LedgerPorts },
	actor: Actor,
	options: WriteOptions,
	work: (tx: Tx) => Work<Result>,
): Work<{ result: Result; mark: string | undefined }> {
	const { dialect } = ledger.store;
	const record = yield* readRecord(dialect, dialect.forUpdate);
	const now = record.now === '' ? ledger.ports.now().toISOString() : record.now;
	const mark = parseMark(ledger.store.readMark());
	const trouble = yield* markTrouble(mark, record);
	if (trouble !== '' && options.sends === true) throw lossError(trouble, mark, record);
	const { tx, nextId } = newTransaction(dialect, record, now, actor);
	const result = yield* work(tx);
	let head: Head = { number: record.head, hash: record.hash, at: record.head_at };
	const appended = tx.events.length > 0;
	if (appended) {
		const link = { at: now, actor, secret: ledger.ports.randomId() };
		head = yield* appendLink(dialect, head, link, tx.events);
	}
	if (appended || nextId() !== record.next_id) {
		yield* one(
			'update ledger set next_id = ?, head = ?, hash = ?, head_at = ?',
			nextId(),
			head.number,
			head.hash,
			head.at,
		);
	}
	// The mark of a ledger that was lost stays until a person has accepted the loss.
	const moved = appended && trouble === '';
	return { result, mark: moved ? formatMark({ id: record.id, ...head }) : undefined };
}

export interface WriteOptions {
	/** What it leads to reaches a partner: refused where the ledger has lost what was sent. */
	readonly sends?: boolean;
}

/** One transaction of an operation that has several. */
export async function writeIn<Result>(
	ledger: Ledger,
	session: Session,
	actor: Actor,
	options: WriteOptions,
	work: (tx: Tx) => Work<Result>,
): Promise<Result> {
	const { result, mark } = await session.run('write', () => writing(ledger, actor, options, work));
	if (mark !== undefined) rememberHead(ledger.store, mark);
	return result;
}

/** Forward only: of two processes the one that comes later may have the older head. */
function rememberHead(store: Store, text: string): void {
	const known = parseMark(store.readMark());
	if (known !== undefined && known.number > parseMark(text)!.number) return;
	store.writeMark(text);
}

export async function write<Result>(
	ledger: Ledger,
	actor: Actor,
	options: WriteOptions,
	work: (tx: Tx) => Work<Result>,
): Promise<Result> {
	return await ledger.store.session((session) => writeIn(ledger, session, actor, options, work));
}

/**
 * What is written beside the trail: no event tells of it, and no id is used. Two processes write one
 * after the other.
 */
export async function writeAside<Result>(
	ledger: Ledger,
	work: (tx: ReadTx) => Work<Result>,
): Promise<Result> {
	const { dialect } = ledger.store;
	return await ledger.store.session((session) =>
		session.run('write', function* () {
			const record = yield* readRecord(dialect, dialect.forUpdate);
			const now = record.now === '' ? ledger.ports.now().toISOString() : record.now;
			return yield* work(readTransaction(dialect, record, now));
		}),
	);
}

export async function readIn<Result>(
	ledger: Ledger,
	session: Session,
	work: (tx: ReadTx) => Work<Result>,
): Promise<Result> {
	const { dialect } = ledger.store;
	return await session.run('read', function* () {
		const record = yield* readRecord(dialect, '');
		const now = record.now === '' ? ledger.ports.now().toISOString() : record.now;
		return yield* work(readTransaction(dialect, record, now));
	});
}

export async function read<Result>(
	ledger: Ledger,
	work: (tx: ReadTx) => Work<Result>,
): Promise<Result> {
	return await ledger.store.session((session) => readIn(ledger, session, work));
}
