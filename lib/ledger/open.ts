import { scrypt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { CoreError } from '../errors';
import { appendLink, FIRST_HASH } from './events';
import { formatMark, parseMark } from './mark';
import { one, query } from './port';
import type { Actor, LedgerPorts, LedgerRecord, Store, Tx, Work } from './port';
import { raiseCounter } from './operations/numbers';
import { checkReason } from './operations/release';
import { MIGRATIONS, SCHEMA_VERSION } from './schema';
import { FILES, note, updateRows, VERSIONS } from './tables';
import { MAYBE_SENT } from './takeDecision';
import type { CounterRow, StoredFile } from './tables';
import { postgresStore } from './stores/postgres';
import type { PostgresConnection } from './stores/postgres';
import { embeddedFile, sqliteStore } from './stores/sqlite';
import type { EmbeddedConnection } from './stores/sqlite';
import { checkSchema, write } from './transaction';
import type { Ledger } from './transaction';

export type LedgerConnection = EmbeddedConnection | PostgresConnection;

/** Also a file name, so plain letters. */
export const LEDGER_NAME = /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,59}$/;

async function hashKey(accessKey: string, salt: string): Promise<string> {
	if (accessKey === '') return '';
	return await new Promise((resolve, reject) => {
		scrypt(accessKey, salt, 32, (error, key) => {
			if (error) reject(error);
			else resolve(key.toString('hex'));
		});
	});
}

function checkName(name: string): void {
	if (LEDGER_NAME.test(name)) return;
	throw new CoreError(
		'LEDGER_NAME_INVALID',
		`${JSON.stringify(name)} cannot be the name of a ledger: use 1 to 60 letters, digits, spaces, dots, dashes and underscores`,
		{ path: 'ledger' },
	);
}

function storeOf(
	connection: LedgerConnection,
	ports: LedgerPorts,
	options: { readonly replaceLost: boolean } = { replaceLost: false },
): Store {
	checkName(connection.name);
	return connection.store === 'embedded'
		? sqliteStore(connection, ports, options)
		: postgresStore(connection);
}

function* tableExists(store: Store): Work<boolean> {
	const rows =
		store.dialect.store === 'embedded'
			? yield* query("select 1 from sqlite_master where name = 'ledger'")
			: yield* query("select 1 from pg_class where oid = to_regclass('ledger')");
	return rows.length > 0;
}

interface FirstRecord {
	readonly name: string;
	readonly id: string;
	readonly salt: string;
	readonly keyHash: string;
	readonly at: string;
	/** Set where an earlier ledger was lost: see `acceptRestored`. */
	readonly restoredAt: string;
}

const FIRST_ACTOR: Actor = {
	workflowId: '',
	workflowName: '',
	executionId: '',
	node: '',
	mode: 'other',
};

/** Brings the tables to what this package knows, all in one transaction. */
function* migrate(store: Store, first: FirstRecord): Work<void> {
	for (const statement of store.dialect.beforeMigration) yield* query(statement);
	const exists = yield* tableExists(store);
	const [record] = exists ? yield* query<LedgerRecord>('select * from ledger') : [];
	if (record !== undefined) checkSchema(record);
	const from = record?.schema_version ?? 0;
	for (const { number, oldestWriter, sql } of MIGRATIONS) {
		if (number <= from) continue;
		for (const statement of sql.split(';')) {
			if (statement.trim() !== '') yield* query(store.dialect.ddl(statement));
		}
		if (number > 1) {
			yield* query('update ledger set schema_version = ?, oldest_writer = ?', number, oldestWriter);
		}
	}
	if (record !== undefined) return;
	yield* query(
		'insert into ledger values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
		first.id,
		first.name,
		SCHEMA_VERSION,
		MIGRATIONS.at(-1)!.oldestWriter,
		first.salt,
		first.keyHash,
		first.at,
		first.restoredAt,
		1,
		0,
		FIRST_HASH,
		'',
	);
	const head = yield* appendLink(
		store.dialect,
		{ number: 0, hash: FIRST_HASH, at: '' },
		{ at: first.at, actor: FIRST_ACTOR, secret: first.salt },
		[{ subject: 'ledger', subjectId: 0, from: '', to: 'made', details: { id: first.id } }],
	);
	yield* query(
		'update ledger set head = ?, hash = ?, head_at = ?',
		head.number,
		head.hash,
		first.at,
	);
}

async function makeOrMigrate(
	connection: LedgerConnection,
	ports: LedgerPorts,
	store: Store,
	lossAcceptedAt: string,
): Promise<LedgerRecord> {
	const salt = ports.randomId();
	const first: FirstRecord = {
		name: connection.name,
		id: ports.randomId().slice(0, 32),
		salt,
		keyHash: await hashKey(connection.accessKey ?? '', salt),
		at: ports.now().toISOString(),
		restoredAt: lossAcceptedAt,
	};
	// Looked at before the store: another process may be making the ledger at this moment.
	const isMarked = parseMark(store.readMark()) !== undefined;
	return await store.session(async (session) => {
		const known = await session.run('read', function* () {
			if (!(yield* tableExists(store))) return undefined;
			return yield* one<LedgerRecord>('select * from ledger');
		});
		if (known !== undefined && known.schema_version >= SCHEMA_VERSION) return known;
		if (known === undefined && lossAcceptedAt === '' && isMarked) {
			throw new CoreError(
				'LEDGER_MISSING',
				`The database of the ledger '${connection.name}' is empty; the mark in n8n's folder says that there was a ledger`,
			);
		}
		return await session.run('write', function* () {
			yield* migrate(store, first);
			return (yield* one<LedgerRecord>('select * from ledger')) as LedgerRecord;
		});
	});
}

async function checkKey(connection: LedgerConnection, record: LedgerRecord): Promise<void> {
	const hash = await hashKey(connection.accessKey ?? '', record.key_salt);
	if (hash === record.key_hash) return;
	throw new CoreError(
		'LEDGER_ACCESS_KEY',
		record.key_hash === ''
			? `The ledger '${record.name}' was made without an access key`
			: `The access key does not open the ledger '${record.name}'`,
		{ failure: { cause: 'credential-invalid' } },
	);
}

async function open(
	connection: LedgerConnection,
	ports: LedgerPorts,
	store: Store,
	lossAcceptedAt: string,
): Promise<Ledger> {
	const record = checkSchema(await makeOrMigrate(connection, ports, store, lossAcceptedAt));
	await checkKey(connection, record);
	if (store.readMark() === undefined) markNow(store, record);
	return {
		id: record.id,
		name: record.name,
		store,
		ports,
		close: async () => await store.close(),
	};
}

function markNow(store: Store, record: LedgerRecord): void {
	store.writeMark(formatMark({ id: record.id, number: record.head, hash: record.hash }));
}

/**
 * Opens the ledger, making it on first use. One that is gone (the mark knows it, the store does
 * not) is not made anew; one that is older than its mark opens for looking and refuses to send.
 */
export async function openLedger(
	connection: LedgerConnection,
	ports: LedgerPorts,
): Promise<Ledger> {
	return await open(connection, ports, storeOf(connection, ports), '');
}

/** Whether an embedded ledger is there already; one in PostgreSQL was chosen by a person. */
export function isLedgerMade(connection: LedgerConnection): boolean {
	return connection.store === 'postgres' || existsSync(embeddedFile(connection));
}

export interface AcceptedLoss {
	/** Undelivered files of which nobody knows now whether the partner has them. */
	readonly inDoubt: number;
	readonly heldUntil: string;
}

/**
 * A person accepts that the ledger has lost what was sent last: an older copy was put back, or it
 * is gone and begins anew. From then on everything that was last changed before this moment and
 * that the ledger does not know as sent is held until it is released; undelivered files are in
 * doubt; control numbers go on higher.
 */
export async function acceptRestored(
	connection: LedgerConnection,
	ports: LedgerPorts,
	request: { readonly reason: string; readonly raiseNumbersBy: number },
	actor: Actor,
): Promise<AcceptedLoss> {
	const reason = checkReason(request.reason);
	const at = ports.now().toISOString();
	const store = storeOf(connection, ports, { replaceLost: true });
	const ledger = await open(connection, ports, store, at);
	const accepted = await write(ledger, actor, {}, function* (tx) {
		yield* query('update ledger set restored_at = ?', tx.now);
		note(tx, 'ledger', 0, 'restored', { reason, restored_at: tx.now });
		const files = yield* query<StoredFile>(
			"select * from files where state in ('encoded', 'depositing', 'failed') order by id",
		);
		yield* updateRows(
			tx,
			FILES,
			files.map(({ id, state }) => ({
				id,
				from: state,
				set: { state: 'in doubt', claim_token: '', error_code: 'LEDGER_OLDER', error: RESTORED },
			})),
		);
		yield* holdOpenVersions(tx);
		for (const counter of yield* query<CounterRow>('select * from counters order by id')) {
			yield* raiseCounter(
				tx,
				counter,
				counter.next_number + Math.max(0, request.raiseNumbersBy),
				reason,
			);
		}
		return { inDoubt: files.length, heldUntil: tx.now };
	});
	await markHead(ledger);
	await ledger.close();
	return accepted;
}

const RESTORED = 'The ledger was restored from an older copy: the partner may have this file';

/** What was about to be sent when the copy was made may have been sent since. */
function* holdOpenVersions(tx: Tx): Work<void> {
	const open = yield* query<{ id: number; state: string }>(
		`select id, state from versions where state in ('reserved', 'refused', 'released') and state not in ('filed', 'overtaken')
		union all select v.id, v.state from files f join versions v on v.file_id = f.id
		where f.state = 'recording' and v.file_id > 0 and v.state = 'filed'`,
	);
	const issues = JSON.stringify([{ code: 'HELD', message: MAYBE_SENT, path: '' }]);
	yield* updateRows(
		tx,
		VERSIONS,
		open.map(({ id, state }) => ({
			id,
			from: state,
			set: { state: 'held', reservation: '', lease_until: '', file_id: 0, issues },
		})),
	);
}

async function markHead(ledger: Ledger): Promise<void> {
	const record = await ledger.store.session((session) =>
		session.run('read', () => one<LedgerRecord>('select * from ledger')),
	);
	markNow(ledger.store, record!);
}
