import { CoreError } from '../../errors';
import { insertInto, query } from '../port';
import type { Actor, ColumnType, LedgerPorts, LedgerRecord, Row, Work } from '../port';
import { openLedger } from '../open';
import type { LedgerConnection } from '../open';
import { AUDITED_TABLES, note } from '../tables';
import { readIn, write } from '../transaction';
import type { Ledger } from '../transaction';
import { checkAll, getHead } from './check';
import type { Head } from '../events';

/** Copies the embedded ledger while it is in use; the copy is whole at one moment. */
export async function backUp(
	ledger: Ledger,
	path: string,
	actor: Actor,
): Promise<{ readonly path: string; readonly head: Head }> {
	await ledger.store.session(async (session) => {
		if (session.backUp === undefined) {
			throw new CoreError(
				'LEDGER_SETTING_INVALID',
				'A ledger in PostgreSQL is backed up with the tools of PostgreSQL (pg_dump of its schema)',
				{ path: 'store' },
			);
		}
		await session.backUp(path);
	});
	await write(ledger, actor, {}, function* (tx) {
		note(tx, 'ledger', 0, 'backed up', {});
		yield* [];
	});
	return { path, head: await getHead(ledger) };
}

interface CopiedTable {
	readonly name: string;
	readonly columns: Readonly<Record<string, ColumnType>>;
	/** Rows are read in this order, in slices. */
	readonly key: readonly string[];
	readonly rowsASlice: number;
}

const plain = (
	name: string,
	columns: CopiedTable['columns'],
	key: string[],
	rowsASlice = 500,
): CopiedTable => ({
	name,
	columns,
	key,
	rowsASlice,
});
const audited = (name: string) =>
	plain(name, AUDITED_TABLES.find((table) => table.name === name)!.columns, ['id']);

/** In the order of their references. */
const TABLES: readonly CopiedTable[] = [
	...['companies', 'partners', 'agreements', 'agreement_versions'].map(audited),
	plain(
		'documents',
		{
			id: 'integer',
			agreement_id: 'integer',
			usage: 'text',
			document_key: 'text',
			version_id: 'integer',
		},
		['id'],
	),
	...['versions', 'files', 'received', 'answers', 'counters', 'numbers'].map(audited),
	plain(
		'file_versions',
		{
			file_id: 'integer',
			version_id: 'integer',
			set_control_number: 'text',
			group_control_number: 'text',
			purpose: 'text',
		},
		['file_id', 'version_id'],
	),
	plain(
		'file_numbers',
		{ file_id: 'integer', kind: 'text', sender: 'text', receiver: 'text', number: 'text' },
		['file_id', 'kind', 'number'],
	),
	plain(
		'contents',
		{ owner_id: 'integer', part: 'integer', bytes: 'blob' },
		['owner_id', 'part'],
		8,
	),
	plain(
		'links',
		{
			number: 'integer',
			at: 'text',
			events: 'integer',
			actor_hash: 'text',
			hash: 'text',
			salt: 'text',
			actor: 'text',
		},
		['number'],
	),
	plain(
		'events',
		{
			link: 'integer',
			ordinal: 'integer',
			subject: 'text',
			subject_id: 'integer',
			state_from: 'text',
			state_to: 'text',
			details_hash: 'text',
			salt: 'text',
			details: 'text',
		},
		['link', 'ordinal'],
	),
];

/** So that nobody uses a copy that is not complete: to every package it looks newer than itself. */
const BEING_COPIED = 1_000_000_000;

/**
 * Copies a whole ledger into a new one of another store, and checks the chain there. Stop the flows
 * first: a ledger that moves on meanwhile is refused.
 */
export async function copyLedger(
	from: Ledger,
	connection: LedgerConnection,
	ports: LedgerPorts,
): Promise<{ readonly rows: number; readonly head: Head }> {
	const source = await from.store.session((session) => readIn(from, session, recordOf));
	const to = await openLedger(connection, ports);
	try {
		const rows = await fill(from, to, source);
		const { problems, head } = await checkAll(to);
		if (problems.length > 0 || head.hash !== source.hash) {
			throw new CoreError(
				'LEDGER_CORRUPT',
				`The copy does not check: ${problems[0]?.message ?? 'its head is another'}`,
			);
		}
		return { rows, head };
	} finally {
		await to.close();
	}
}

// eslint-disable-next-line require-yield
function* recordOf(tx: { readonly record: LedgerRecord }): Work<LedgerRecord> {
	return tx.record;
}

async function fill(from: Ledger, to: Ledger, source: LedgerRecord): Promise<number> {
	let count = 0;
	await from.store.session(async (reading) => {
		await to.store.session(async (writing) => {
			await writing.run('write', () => clear(source));
			for (const table of TABLES) {
				for (let last: Row | undefined, more = true; more; ) {
					const rows = await reading.run('read', () => nextRows(table, last));
					await writing.run('write', () => putRows(to, table, rows));
					count += rows.length;
					last = rows.at(-1);
					more = rows.length === table.rowsASlice;
					await to.ports.wait(0);
				}
			}
			const now = await readIn(from, reading, recordOf);
			if (now.head !== source.head) {
				throw new CoreError(
					'LEDGER_LOCKED',
					'The ledger was written while it was copied; stop the flows and copy again',
				);
			}
			await writing.run('write', () =>
				query('update ledger set oldest_writer = ?, id = ?', source.oldest_writer, source.id),
			);
			to.store.writeMark(from.store.readMark() ?? '');
		});
	});
	return count;
}

/** A ledger that has been used is never overwritten. */
function* clear(source: LedgerRecord): Work<void> {
	const [record] = yield* query<LedgerRecord>('select * from ledger');
	const unfinished = record!.oldest_writer === BEING_COPIED;
	if (!unfinished && record!.next_id > 1) {
		throw new CoreError(
			'LEDGER_SETTING_INVALID',
			`The ledger '${record!.name}' is in use; copy into a new one`,
			{
				path: 'ledger',
			},
		);
	}
	for (const table of [...TABLES].reverse()) yield* query(`delete from ${table.name}`);
	yield* query(
		`update ledger set oldest_writer = ?, schema_version = ?, created_at = ?, restored_at = ?, next_id = ?, head = ?, hash = ?, head_at = ?`,
		BEING_COPIED,
		source.schema_version,
		source.created_at,
		source.restored_at,
		source.next_id,
		source.head,
		source.hash,
		source.head_at,
	);
}

function nextRows(
	{ name, key, rowsASlice }: CopiedTable,
	last: Row | undefined,
): Work<readonly Row[]> {
	const order = key.join(', ');
	if (last === undefined)
		return query(`select * from ${name} order by ${order} limit ${rowsASlice}`);
	const after = key.map((column) => last[column] ?? null);
	const marks = key.map(() => '?').join(', ');
	return query(
		`select * from ${name} where (${order}) > (${marks}) order by ${order} limit ${rowsASlice}`,
		...after,
	);
}

function* putRows(to: Ledger, { name, columns }: CopiedTable, rows: readonly Row[]): Work<void> {
	yield* insertInto(to.store.dialect, name, columns, rows);
}
