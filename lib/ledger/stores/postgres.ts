import { Pool, types } from 'pg';
import type { PoolClient } from 'pg';
import { CoreError } from '../../errors';
import type { CoreErrorCode, CoreFailure } from '../../errors';
import type {
	Columns,
	ColumnType,
	Dialect,
	Row,
	Session,
	Store,
	TransactionKind,
	Work,
} from '../port';
import { markFile } from './markFile';

export interface PostgresConnection {
	readonly store: 'postgres';
	readonly name: string;
	readonly accessKey?: string | undefined;
	readonly host: string;
	readonly port: number;
	readonly database: string;
	readonly user: string;
	readonly password: string;
	/** A schema of the ledger's own. */
	readonly schema: string;
	readonly tls: 'off' | 'verified' | 'unverified';
	readonly ca?: string | undefined;
	/** n8n's folder, where the mark against loss lies. */
	readonly folder: string;
}

const TYPES: Readonly<Record<ColumnType, string>> = {
	integer: 'bigint',
	text: 'text',
	blob: 'text',
};

const DIALECT: Omit<Dialect, 'beforeMigration'> = {
	store: 'postgres',
	bulk: 'statement',
	inIndexOrder: 'set local enable_sort = off',
	size: "select coalesce(sum(pg_total_relation_size(oid)), 0)::bigint as bytes from pg_class where relnamespace = current_schema()::regnamespace and relkind = 'r'",
	clock: `to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
	forUpdate: ' for update',
	rowsOf(columns: Columns): string {
		const entries = Object.entries(columns);
		const fields = entries.map(([column, type]) =>
			type === 'blob' ? `decode(${column}, 'hex') as ${column}` : column,
		);
		const typed = entries.map(([column, type]) => `${column} ${TYPES[type]}`);
		return `(select ${fields.join(', ')} from json_to_recordset(?::json) as json_rows (${typed.join(', ')}))`;
	},
	ddl: (sql) =>
		sql
			.replace(/\binteger\b/g, 'bigint')
			.replace(/\bblob\b/g, 'bytea')
			// Byte order, as in SQLite: paging and prefixes do not hang on the server's language.
			.replace(/\btext\b/g, 'text collate "C"'),
};

const INT8 = 20;

/** One small pool a process for each connection; idle clients leave by themselves. */
const pools = new Map<string, Pool>();

function poolOf(connection: PostgresConnection): Pool {
	const { host, port, database, user, password, tls, ca } = connection;
	const key = JSON.stringify([host, port, database, user, password, tls, ca ?? '']);
	const known = pools.get(key);
	if (known !== undefined) return known;
	const pool = new Pool({
		host,
		port,
		database,
		user,
		password,
		ssl: tls === 'off' ? false : { rejectUnauthorized: tls === 'verified', ...(ca ? { ca } : {}) },
		max: 4,
		connectionTimeoutMillis: 10_000,
		idleTimeoutMillis: 10_000,
		allowExitOnIdle: true,
		application_name: 'exact-edi-ledger',
		types: {
			getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
				oid === INT8 ? Number : types.getTypeParser(oid, format)) as typeof types.getTypeParser,
		},
	});
	// An idle client that the server ended: the next call gets another one, or says what is wrong.
	pool.on('error', () => {});
	// The pool listens to idle clients alone: one that is ended between two statements of ours would
	// end the whole process. The next statement fails, and that is told.
	pool.on('connect', (client) => client.on('error', () => {}));
	pools.set(key, pool);
	return pool;
}

interface Trouble {
	readonly code: CoreErrorCode;
	readonly failure?: CoreFailure;
}

const UNAVAILABLE: Trouble = {
	code: 'LEDGER_UNAVAILABLE',
	failure: { cause: 'temporarily-unavailable' },
};
const NOT_LET_IN: Trouble = {
	code: 'LEDGER_UNAVAILABLE',
	failure: { cause: 'credential-invalid' },
};

/** By SQLSTATE, or by its class. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const TROUBLES: Readonly<Record<string, Trouble>> = {
	'08': UNAVAILABLE,
	'57': UNAVAILABLE,
	'53': UNAVAILABLE,
	'28': NOT_LET_IN,
	'3D000': NOT_LET_IN,
	'53100': { code: 'LEDGER_FULL' },
	'25006': { code: 'LEDGER_READ_ONLY' },
	'42501': { code: 'LEDGER_READ_ONLY' },
	'55P03': { code: 'LEDGER_LOCKED' },
	XX: { code: 'LEDGER_CORRUPT' },
};

function coded(error: unknown, { host, port, name }: PostgresConnection): unknown {
	if (error instanceof CoreError || typeof error !== 'object' || error === null) return error;
	const { code: state, message } = error as { code?: unknown; message?: unknown };
	// A fault of ours has neither a state of PostgreSQL nor a broken connection.
	if (error instanceof TypeError || error instanceof RangeError) return error;
	const isState = typeof state === 'string' && /^[0-9A-Z]{5}$/.test(state);
	const trouble = isState
		? (TROUBLES[state] ?? TROUBLES[state.slice(0, 2)] ?? { code: 'LEDGER_DATABASE' as const })
		: UNAVAILABLE;
	const detail = isState ? String(message) : 'the connection could not be made or broke';
	return new CoreError(
		trouble.code,
		`The ledger '${name}' on ${host}:${port} cannot be used: ${detail}`,
		{ cause: error, failure: trouble.failure },
	);
}

/**
 * Our statements are written in the order in which they should run: the small list first, then one
 * look-up by an index for each. So a plan does not hang on when statistics were last gathered.
 */
const LOCAL_SETTINGS: Readonly<Record<string, string>> = {
	lock_timeout: "'30s'",
	idle_in_transaction_session_timeout: "'60s'",
	join_collapse_limit: '1',
	enable_hashjoin: 'off',
	enable_mergejoin: 'off',
	enable_seqscan: 'off',
	enable_bitmapscan: 'off',
	max_parallel_workers_per_gather: '0',
	jit: 'off',
};

const REPEATABLE = new Set(['40001', '40P01']);
const ATTEMPTS = 5;

const numbered = new Map<string, string>();

/** `?` as PostgreSQL wants it. Statements are constants of this room, so the map stays small. */
function withNumbers(sql: string): string {
	let text = numbered.get(sql);
	if (text === undefined) {
		let count = 0;
		text = sql.replace(/\?/g, () => `$${(count += 1)}`);
		numbered.set(sql, text);
	}
	return text;
}

async function runOn<Result>(
	client: PoolClient,
	begin: string,
	work: Work<Result>,
): Promise<Result> {
	await client.query(begin);
	let step = work.next();
	while (!step.done) {
		const { sql, values } = step.value;
		const { rows } = await client.query<Row>(withNumbers(sql), [...values]);
		step = work.next(rows);
	}
	await client.query('commit');
	return step.value;
}

export function postgresStore(connection: PostgresConnection): Store {
	const { schema } = connection;
	if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) {
		throw new CoreError(
			'LEDGER_NAME_INVALID',
			`${JSON.stringify(schema)} cannot be the schema of a ledger: use small letters, digits and underscores`,
			{ path: 'schema' },
		);
	}
	const pool = poolOf(connection);
	// Settings of one transaction only: behind PgBouncer the next one may be on another session.
	const local = Object.entries({ search_path: `"${schema}"`, ...LOCAL_SETTINGS })
		.map(([name, value]) => `set local ${name} = ${value}`)
		.join('; ');
	const begins: Readonly<Record<TransactionKind, string>> = {
		read: `begin isolation level repeatable read read only; ${local}`,
		write: `begin; ${local}`,
	};

	async function once<Result>(kind: TransactionKind, work: Work<Result>): Promise<Result> {
		const client = await pool.connect();
		let broken = true;
		try {
			const result = await runOn(client, begins[kind], work);
			broken = false;
			return result;
		} catch (error) {
			await client.query('rollback').then(
				() => (broken = false),
				() => {},
			);
			throw error;
		} finally {
			client.release(broken);
		}
	}

	const session: Session = {
		async run(kind, work) {
			for (let attempt = 1; ; attempt += 1) {
				try {
					return await once(kind, work());
				} catch (error) {
					const state = String((error as { code?: unknown }).code);
					if (!REPEATABLE.has(state) || attempt === ATTEMPTS) throw coded(error, connection);
				}
			}
		},
	};
	return {
		dialect: {
			...DIALECT,
			beforeMigration: [
				`select pg_advisory_xact_lock(hashtext('exact-edi ledger ${schema}'))`,
				`create schema if not exists "${schema}"`,
			],
		},
		session: async (body) => await body(session),
		...markFile(connection.folder, `${connection.name}.postgres`),
		close: async () => {},
	};
}
