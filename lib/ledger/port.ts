/**
 * What an operation of the ledger is written in: a generator that yields one SQL statement at a time
 * and gets its rows back. It knows neither store nor `await`: SQLite runs it in one piece inside one
 * transaction, PostgreSQL waits for each answer (docs/decisions/ledger-operations.md).
 */
export type Value = string | number | null | Uint8Array;
export type Row = Readonly<Record<string, Value>>;

export interface Statement {
	/** `?` stands for a value. */
	readonly sql: string;
	readonly values: readonly Value[];
}

export type Work<Result> = Generator<Statement, Result, readonly Row[]>;

/** The rows of one statement; `Shape` is what its columns are. */
export function* query<Shape = Row>(sql: string, ...values: Value[]): Work<readonly Shape[]> {
	return (yield { sql, values }) as unknown as readonly Shape[];
}

/** The first row, if there is one. */
export function* one<Shape = Row>(sql: string, ...values: Value[]): Work<Shape | undefined> {
	return (yield* query<Shape>(sql, ...values))[0];
}

export type ColumnType = 'integer' | 'text' | 'blob';
export type Columns = Readonly<Record<string, ColumnType>>;

/** Where the two databases speak differently. Everything else is the SQL that both know. */
export interface Dialect {
	readonly store: 'embedded' | 'postgres';
	/** The store's clock as an expression; empty where the process is the store's clock. */
	readonly clock: string;
	/** Behind a `select` that keeps other writers out until the transaction ends. */
	readonly forUpdate: string;
	/** A table made of one JSON array of objects, given as one value: bulk work in one statement. */
	readonly rowsOf: (columns: Columns) => string;
	/** How many rows come and go: SQLite is quickest one by one, PostgreSQL in one statement. */
	readonly bulk: 'rows' | 'statement';
	/**
	 * Before a query whose first rows come out of an index in order; empty where nobody has to say so.
	 * PostgreSQL takes the joins of one document to be rare and sorts all there are.
	 */
	readonly inIndexOrder: string;
	/** A statement that gives the `bytes` of the whole ledger. */
	readonly size: string;
	/** Before the first migration, so that of two processes one makes the tables. */
	readonly beforeMigration: readonly string[];
	/** The statements of a migration in this database's column types. */
	readonly ddl: (sql: string) => string;
}

export type GivenRow = Readonly<Record<string, Value | undefined>>;

/** New rows. What stands there already is left, where `known` says so. */
export function* insertInto(
	dialect: Dialect,
	table: string,
	columns: Columns,
	rows: readonly GivenRow[],
	known: 'refused' | 'left' = 'refused',
): Work<void> {
	if (rows.length === 0) return;
	const names = Object.keys(columns);
	const conflict = known === 'left' ? 'on conflict do nothing' : '';
	if (dialect.bulk === 'rows') {
		const marks = names.map(() => '?').join(', ');
		const sql = `insert into ${table} (${names.join(', ')}) values (${marks}) ${conflict}`;
		for (const row of rows) yield { sql, values: names.map((name) => row[name] ?? null) };
		return;
	}
	yield {
		sql: `insert into ${table} (${names.join(', ')}) select ${names.join(', ')} from ${dialect.rowsOf(columns)} as given ${conflict}`,
		values: [jsonRows(rows)],
	};
}

/** Changes rows, each by its `id`; all of them have these columns. */
export function* updateIn(
	dialect: Dialect,
	table: string,
	columns: Columns,
	rows: readonly (GivenRow & { readonly id: number })[],
): Work<void> {
	const names = Object.keys(columns).filter((name) => name !== 'id');
	if (rows.length === 0 || names.length === 0) return;
	if (dialect.bulk === 'rows') {
		const sql = `update ${table} set ${names.map((name) => `${name} = ?`).join(', ')} where id = ?`;
		for (const row of rows)
			yield { sql, values: [...names.map((name) => row[name] ?? null), row.id] };
		return;
	}
	yield {
		sql: `update ${table} set ${names.map((name) => `${name} = given.${name}`).join(', ')} from ${dialect.rowsOf({ id: 'integer', ...columns })} as given where ${table}.id = given.id`,
		values: [jsonRows(rows)],
	};
}

/** For `rowsOf`: bytes travel in JSON as hexadecimal digits. */
function jsonRows(rows: readonly GivenRow[]): string {
	return JSON.stringify(rows.map(hexadecimal));
}

function hexadecimal(row: GivenRow) {
	let copy: Record<string, Value | undefined> | undefined;
	for (const [name, value] of Object.entries(row)) {
		if (!(value instanceof Uint8Array)) continue;
		copy ??= { ...row };
		copy[name] = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex');
	}
	return copy ?? row;
}

export interface LedgerPorts {
	now(): Date;
	/** 32 or more hexadecimal digits nobody can guess. */
	randomId(): string;
	wait(milliseconds: number): Promise<void>;
	/** At least 0, less than 1. */
	jitter(): number;
}

export type TransactionKind = 'read' | 'write';

/** One connection for the calls of one operation; between two transactions others get their turn. */
export interface Session {
	run<Result>(kind: TransactionKind, work: () => Work<Result>): Promise<Result>;
	/** Copies the whole database, embedded only. */
	backUp?(path: string): Promise<void>;
}

export interface Store {
	readonly dialect: Dialect;
	session<Result>(body: (session: Session) => Promise<Result>): Promise<Result>;
	/** The text beside the ledger that keeps its id and head; undefined where there is none. */
	readMark(): string | undefined;
	writeMark(text: string): void;
	close(): Promise<void>;
}

/** Who acts: stands in every link of the chain. */
export interface Actor {
	readonly workflowId: string;
	readonly workflowName: string;
	readonly executionId: string;
	readonly node: string;
	readonly mode: 'manual' | 'trigger' | 'retry' | 'webhook' | 'other';
	/** Where a form began it: the n8n user who sent it. */
	readonly user?: string | undefined;
}

/** One change of one row. */
export interface LedgerEvent {
	readonly subject: string;
	readonly subjectId: number;
	readonly from: string;
	readonly to: string;
	readonly details: Readonly<Record<string, unknown>>;
}

/** What every transaction knows. */
export interface ReadTx {
	readonly dialect: Dialect;
	/** By the store's clock. */
	readonly now: string;
	readonly record: LedgerRecord;
	/** Whether a lease has ended. One that ends far ahead was given before the clock was put back. */
	lapsed(leaseUntil: string): boolean;
}

/** One writing transaction: its new ids, and the events it will be known by. */
export interface Tx extends ReadTx {
	readonly actor: Actor;
	readonly events: LedgerEvent[];
	newId(): number;
	/** By the store's clock. */
	after(seconds: number): string;
}

export interface LedgerRecord {
	readonly id: string;
	readonly name: string;
	readonly schema_version: number;
	readonly oldest_writer: number;
	readonly key_salt: string;
	readonly key_hash: string;
	readonly created_at: string;
	/** What was changed at the source before this moment may have been sent before a loss; mostly empty. */
	readonly restored_at: string;
	readonly next_id: number;
	readonly head: number;
	readonly hash: string;
	readonly head_at: string;
}
