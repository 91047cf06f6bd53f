import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type * as NodeSqlite from 'node:sqlite';
import { CoreError } from '../../errors';
import type { CoreErrorCode } from '../../errors';
import type {
	Columns,
	Dialect,
	LedgerPorts,
	Row,
	Session,
	Statement,
	Store,
	TransactionKind,
	Work,
} from '../port';
import { markFile } from './markFile';

export interface EmbeddedConnection {
	readonly store: 'embedded';
	readonly name: string;
	readonly folder: string;
	readonly accessKey?: string | undefined;
}

/** Waiting in SQLite stops all of n8n, so it is short; the long wait is ours and lets others run. */
const BUSY_MS = 50;
const LONGEST_WAIT_MS = 30_000;

/** The primary result code is the low byte. https://www.sqlite.org/rescode.html */
const RESULT_CODES: Readonly<Record<number, CoreErrorCode>> = {
	5: 'LEDGER_LOCKED',
	6: 'LEDGER_LOCKED',
	8: 'LEDGER_READ_ONLY',
	11: 'LEDGER_CORRUPT',
	13: 'LEDGER_FULL',
	14: 'LEDGER_CANNOT_OPEN',
	26: 'LEDGER_CORRUPT',
};

const dialect: Dialect = {
	store: 'embedded',
	bulk: 'rows',
	inIndexOrder: '',
	clock: '',
	forUpdate: '',
	rowsOf(columns: Columns): string {
		const fields = Object.entries(columns).map(([column, type]) => {
			const field = `value->>'$.${column}'`;
			return `${type === 'blob' ? `unhex(${field})` : field} as ${column}`;
		});
		return `(select ${fields.join(', ')} from json_each(?))`;
	},
	size: 'select page_count * page_size as bytes from pragma_page_count, pragma_page_size',
	beforeMigration: [],
	ddl: (sql) => sql,
};

const FILE_SYSTEM_CODES: Readonly<Record<string, CoreErrorCode>> = {
	ENOSPC: 'LEDGER_FULL',
	EDQUOT: 'LEDGER_FULL',
	EROFS: 'LEDGER_READ_ONLY',
	EACCES: 'LEDGER_READ_ONLY',
	EPERM: 'LEDGER_READ_ONLY',
};

type Sqlite = typeof NodeSqlite;

/** Loaded on first use: Node.js 20 has none, and everything else must work there. */
function loadSqlite(): Sqlite {
	const loaded = process.getBuiltinModule?.('node:sqlite') as Sqlite | undefined;
	if (loaded === undefined) {
		throw new CoreError(
			'LEDGER_NO_SQLITE',
			`Node.js ${process.versions.node} has no SQLite built in`,
			{ failure: { cause: 'configuration-invalid' } },
		);
	}
	return loaded;
}

function coded(error: unknown, file: string): unknown {
	if (error instanceof CoreError || typeof error !== 'object' || error === null) return error;
	const { errcode, code, message } = error as {
		errcode?: unknown;
		code?: unknown;
		message?: unknown;
	};
	const byDatabase = typeof errcode === 'number';
	// Refused by the file system: an errno has letters, and n8n replaces sentences that hold it.
	if (!byDatabase && !(typeof code === 'string' && /^E[A-Z]+$/.test(code))) return error;
	const known = byDatabase ? RESULT_CODES[errcode & 255] : FILE_SYSTEM_CODES[code as string];
	const detail = byDatabase ? `: ${String(message)}` : '';
	return new CoreError(
		known ?? (byDatabase ? 'LEDGER_DATABASE' : 'LEDGER_CANNOT_OPEN'),
		`The ledger ${path.basename(file)} cannot be used${detail}`,
		{ cause: error },
	);
}

function execute(database: DatabaseSync, cache: Map<string, StatementSync>, statement: Statement) {
	let prepared = cache.get(statement.sql);
	if (prepared === undefined) {
		prepared = database.prepare(statement.sql);
		cache.set(statement.sql, prepared);
	}
	return prepared.all(...(statement.values as SQLInputValue[])) as unknown as readonly Row[];
}

export const embeddedFile = ({ folder, name }: Pick<EmbeddedConnection, 'folder' | 'name'>) =>
	path.join(folder, `${name}.sqlite`);

export function sqliteStore(
	connection: EmbeddedConnection,
	ports: LedgerPorts,
	options: { readonly replaceLost: boolean },
): Store {
	const { DatabaseSync, backup } = loadSqlite();
	const { folder, name } = connection;
	const file = embeddedFile(connection);
	const mark = markFile(folder, name);

	function open(): DatabaseSync {
		if (!existsSync(file)) {
			if (mark.readMark() !== undefined && !options.replaceLost) {
				throw new CoreError(
					'LEDGER_MISSING',
					`The ledger ${path.basename(file)} is gone; the mark beside it says that there was one`,
				);
			}
			createFile(folder, file);
		}
		const database = new DatabaseSync(file, { timeout: BUSY_MS });
		try {
			database.exec(
				'pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma secure_delete = on; pragma cache_size = -16000',
			);
		} catch (error) {
			database.close();
			throw error;
		}
		return database;
	}

	/** Repeats what finds the ledger locked, without stopping n8n, for half a minute. */
	async function patiently<Result>(body: () => Result): Promise<Result> {
		for (let waited = 0; ; ) {
			try {
				return body();
			} catch (error) {
				const known = coded(error, file);
				if (!(known instanceof CoreError) || known.code !== 'LEDGER_LOCKED') throw known;
				if (waited >= LONGEST_WAIT_MS) throw known;
				const pause = 10 + ports.jitter() * 90;
				await ports.wait(pause);
				waited += pause + BUSY_MS;
			}
		}
	}

	/** One synchronous piece: no other work of this process gets in between. */
	function runAtOnce<Result>(
		database: DatabaseSync,
		cache: Map<string, StatementSync>,
		kind: TransactionKind,
		work: Work<Result>,
	): Result {
		database.exec(kind === 'write' ? 'begin immediate' : 'begin');
		try {
			let step = work.next();
			while (!step.done) step = work.next(execute(database, cache, step.value));
			database.exec('commit');
			return step.value;
		} catch (error) {
			if (database.isTransaction) database.exec('rollback');
			throw error;
		}
	}

	return {
		dialect,
		async session(body) {
			// SQLite answers at once: without this, one operation after another would be one piece.
			await ports.wait(0);
			const database = await patiently(open);
			const cache = new Map<string, StatementSync>();
			const session: Session = {
				run: async (kind, work) => await patiently(() => runAtOnce(database, cache, kind, work())),
				async backUp(target) {
					const unfinished = `${target}.part`;
					try {
						closeSync(openSync(unfinished, 'w', 0o600));
						await backup(database, unfinished, { rate: 256 });
						renameSync(unfinished, target);
					} catch (error) {
						rmSync(unfinished, { force: true });
						throw coded(error, target);
					}
				},
			};
			try {
				return await body(session);
			} finally {
				cache.clear();
				database.close();
			}
		},
		...mark,
		async close() {},
	};
}

/** Ours before SQLite opens it, so that nobody else can read it at any moment. */
function createFile(folder: string, file: string): void {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	try {
		closeSync(openSync(file, 'wx', 0o600));
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
	}
}
