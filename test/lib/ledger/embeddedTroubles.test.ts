import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
	backUp,
	checkAll,
	getCompanies,
	getContents,
	openLedger,
	saveCompany,
	settleFile,
} from '../../../lib/ledger';
import type { Ledger, LedgerConnection } from '../../../lib/ledger';
import {
	ACTOR,
	embeddedLab,
	fileOf,
	offered,
	record,
	send,
	take,
	temporaryFolder,
	testPorts,
	withAgreement,
} from '../../support/ledgerLab';
import type { LedgerLab } from '../../support/ledgerLab';

describe('what can happen to the file of a ledger', () => {
	let lab: LedgerLab;
	let connection: LedgerConnection & { store: 'embedded' };
	let file: string;
	beforeEach(() => {
		lab = embeddedLab();
		connection = lab.connection() as typeof connection;
		file = path.join(connection.folder, `${connection.name}.sqlite`);
	});
	afterEach(() => lab.remove());

	/** Waits of half a minute pass at once. */
	const impatient = () => ({
		...testPorts(),
		wait: async () => await Promise.resolve(),
		jitter: () => 1,
	});
	const raw = (sql: string) => {
		const database = new DatabaseSync(file);
		database.exec(sql);
		database.close();
	};

	test('only its owner can read it, and the folder', async () => {
		await openLedger(connection, lab.ports);
		const names = readdirSync(connection.folder).filter((name) => name.startsWith(connection.name));
		expect(names.sort()).toEqual([`${connection.name}.mark`, `${connection.name}.sqlite`]);
		for (const name of names)
			expect(statSync(path.join(connection.folder, name)).mode & 0o777).toBe(0o600);
	});

	test('locked by another program: waits, then says so; free again, it goes on', async () => {
		const ledger = await openLedger(connection, impatient());
		const other = new DatabaseSync(file);
		other.exec('begin exclusive');
		await expect(saveCompany(ledger, { name: 'Ours' }, ACTOR)).rejects.toMatchObject({
			code: 'LEDGER_LOCKED',
		});
		other.exec('rollback');
		other.close();
		await saveCompany(ledger, { name: 'Ours' }, ACTOR);

		const patient = await openLedger(connection, lab.ports);
		const busy = new DatabaseSync(file);
		busy.exec('begin immediate');
		const saved = saveCompany(patient, { name: 'Theirs' }, ACTOR);
		await new Promise((resolve) => setTimeout(resolve, 200));
		busy.exec('commit');
		busy.close();
		await saved;
		expect(await getCompanies(patient)).toHaveLength(2);
	});

	test('full: nothing is half-written, and with room again it goes on', async () => {
		const ledger = await openLedger(connection, lab.ports);
		await withAgreement(ledger);
		// SQLite's own limit stands for a full disk: the same result code.
		const pages = statSync(file).size / 4_096;
		const full = withPragma(`pragma max_page_count = ${pages + 2}`);
		const documents = Array.from({ length: 300 }, (_, index) => offered(index));
		await expect(take(ledger, documents)).rejects.toMatchObject({ code: 'LEDGER_FULL' });
		full.restore();
		const { taken } = await take(ledger, documents, { reservation: 'run-2' });
		expect(taken).toHaveLength(300);
		expect((await checkAll(ledger)).problems).toEqual([]);
	});

	/** Every connection of this process gets one more setting. */
	function withPragma(pragma: string): { restore: () => void } {
		const spy = jest.spyOn(DatabaseSync.prototype, 'exec');
		spy.mockImplementation(function (this: DatabaseSync, sql: string) {
			if (sql.startsWith('pragma')) this.prepare(pragma).all();
			for (const statement of sql.split(';')) this.prepare(statement).all();
		});
		return { restore: () => spy.mockRestore() };
	}

	test('read-only: looking works, writing says so', async () => {
		const ledger = await openLedger(connection, lab.ports);
		await saveCompany(ledger, { name: 'Ours' }, ACTOR);
		const readOnly = withPragma('pragma query_only = on');
		try {
			expect(await getCompanies(ledger)).toHaveLength(1);
			await expect(saveCompany(ledger, { name: 'New' }, ACTOR)).rejects.toMatchObject({
				code: 'LEDGER_READ_ONLY',
			});
		} finally {
			readOnly.restore();
		}
	});

	test('something else than a ledger, or a damaged one', async () => {
		writeFileSync(file, 'not a database at all, but long enough to look at'.repeat(200));
		await expect(openLedger(connection, lab.ports)).rejects.toMatchObject({
			code: 'LEDGER_CORRUPT',
		});
		const fresh = lab.connection() as typeof connection;
		const ledger = await openLedger(fresh, lab.ports);
		await saveCompany(ledger, { name: 'Ours' }, ACTOR);
		const database = new DatabaseSync(path.join(fresh.folder, `${fresh.name}.sqlite`));
		database.exec('delete from ledger');
		database.close();
		await expect(saveCompany(ledger, { name: 'New' }, ACTOR)).rejects.toMatchObject({
			code: 'LEDGER_CORRUPT',
		});
	});

	test('a folder that cannot be one', async () => {
		mkdirSync(file);
		await expect(openLedger(connection, lab.ports)).rejects.toMatchObject({
			code: 'LEDGER_CANNOT_OPEN',
		});
	});

	test('written by a newer package: refused untouched, at open and in the middle of a run', async () => {
		const ledger = await openLedger(connection, lab.ports);
		raw('update ledger set schema_version = 99, oldest_writer = 99');
		await expect(openLedger(connection, lab.ports)).rejects.toMatchObject({ code: 'LEDGER_NEWER' });
		await expect(saveCompany(ledger, { name: 'Ours' }, ACTOR)).rejects.toMatchObject({
			code: 'LEDGER_NEWER',
		});
		// Newer, but one that this package may still write.
		raw('update ledger set oldest_writer = 1');
		await saveCompany(await openLedger(connection, lab.ports), { name: 'Ours' }, ACTOR);
	});

	test.each(['', '../x', 'a/b', '.', 'x'.repeat(80), 'a\u0000'])(
		'a ledger cannot be called %j',
		async (name) => {
			await expect(openLedger({ ...connection, name }, lab.ports)).rejects.toMatchObject({
				code: 'LEDGER_NAME_INVALID',
			});
		},
	);

	test('Node.js without SQLite says what to do, and loads the package all the same', async () => {
		const builtin = jest.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined as never);
		await expect(openLedger(connection, lab.ports)).rejects.toMatchObject({
			code: 'LEDGER_NO_SQLITE',
			hint: expect.stringContaining('PostgreSQL'),
		});
		builtin.mockRestore();
	});

	test('a change of state that the table does not allow is refused and writes nothing', async () => {
		const ledger = await openLedger(connection, lab.ports);
		await withAgreement(ledger);
		const id = await record(ledger, fileOf([offered(1)], await take(ledger, [offered(1)]), 1));
		raw(
			`update files set state = 'depositing', claim_token = 't', lease_until = '9' where id = ${id}`,
		);
		await expect(
			settleFile(ledger, id, 't', { state: 'superseded' as 'failed' }, ACTOR),
		).rejects.toMatchObject({ code: 'LEDGER_TRANSITION' });
		expect((await getContents(ledger, id)).file.state).toBe('depositing');
	});

	test('a statement that the database refuses is told with its words', async () => {
		const ledger = await openLedger(connection, lab.ports);
		raw('drop table companies');
		await expect(getCompanies(ledger)).rejects.toMatchObject({
			code: 'LEDGER_DATABASE',
			message: expect.stringContaining('companies'),
		});
	});

	describe('backing up', () => {
		let ledger: Ledger;
		beforeEach(async () => {
			ledger = await openLedger(connection, lab.ports);
			await withAgreement(ledger);
			await send(ledger, [offered(1)], 1);
		});

		test('a backup made while others write is whole and checks', async () => {
			const target = path.join(connection.folder, 'copy.sqlite');
			const writing = Promise.all(
				Array.from(
					{ length: 5 },
					async (_, index) =>
						await take(ledger, [offered(`w${index}`)], { reservation: `w${index}` }),
				),
			);
			await backUp(ledger, target, ACTOR);
			await writing;
			expect(statSync(target).mode & 0o777).toBe(0o600);
			const { folder, remove } = temporaryFolder();
			copyFileSync(target, path.join(folder, 'copy.sqlite'));
			const copy = await openLedger({ store: 'embedded', folder, name: 'copy' }, lab.ports);
			expect(copy.id).toBe(ledger.id);
			expect((await checkAll(copy)).problems).toEqual([]);
			remove();
		});

		test('a file that exists is replaced only by a whole backup', async () => {
			const target = path.join(connection.folder, 'copy.sqlite');
			writeFileSync(target, 'before');
			await backUp(ledger, target, ACTOR);
			expect(statSync(target).size).toBeGreaterThan(4_096);
			await expect(backUp(ledger, '/nonexistent/folder/copy.sqlite', ACTOR)).rejects.toMatchObject({
				code: 'LEDGER_CANNOT_OPEN',
			});
		});
	});
});

test('nothing but the two stores names a database', () => {
	const found = execFileSync(
		'grep',
		['-rlE', "node:sqlite|from 'pg'", 'lib', 'nodes', 'credentials'],
		{ encoding: 'utf8' },
	);
	expect(found.trim().split('\n').sort()).toEqual([
		'lib/ledger/stores/postgres.ts',
		'lib/ledger/stores/sqlite.ts',
	]);
});
