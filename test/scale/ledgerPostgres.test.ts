import fc from 'fast-check';
import {
	acceptRestored,
	backUp,
	checkAll,
	copyLedger,
	getCompanies,
	getHead,
	openLedger,
	saveCompany,
} from '../../lib/ledger';
import type { Ledger, LedgerConnection } from '../../lib/ledger';
import { answersContract } from '../lib/ledger/answersContract';
import { deliveryContract } from '../lib/ledger/deliveryContract';
import { directoryContract } from '../lib/ledger/directoryContract';
import { furnish, keepingContract } from '../lib/ledger/keepingContract';
import { lookingContract } from '../lib/ledger/lookingContract';
import { remindersContract } from '../lib/ledger/remindersContract';
import { happenings, Interleaving } from '../support/ledgerInterleavings';
import {
	ACTOR,
	deliver,
	embeddedLab,
	fileOf,
	offered,
	postgresLab,
	record,
	take,
	withAgreement,
} from '../support/ledgerLab';
import type { LedgerLab } from '../support/ledgerLab';
import { startPostgres } from '../support/postgres';
import type { Postgres } from '../support/postgres';

describe('the PostgreSQL store', () => {
	let postgres: Postgres;
	let lab: LedgerLab;
	const embedded = embeddedLab();
	beforeAll(async () => {
		postgres = await startPostgres();
		lab = postgresLab(postgres);
	});
	afterAll(async () => {
		await lab.remove();
		await embedded.remove();
		await postgres.stop();
	});

	describe('directory', () => directoryContract(() => lab));
	describe('delivery', () => deliveryContract(() => lab));
	describe('answers', () => answersContract(() => lab));
	describe('looking', () => lookingContract(() => lab));
	describe('reminders', () => remindersContract(() => lab));
	// A ledger goes from PostgreSQL into a file here; the other way, see below.
	describe('keeping', () =>
		keepingContract(
			() => lab,
			() => embedded.connection(),
		));
	test('a ledger in a file is copied into PostgreSQL', async () => {
		const ledger = await embedded.fresh();
		await furnish(ledger);
		const { head } = await copyLedger(ledger, lab.connection(), lab.ports);
		expect(head).toEqual(await getHead(ledger));
	});

	test('whatever happens in whatever order, the promises of the ledger hold', async () => {
		const reopen = async (ledger: Ledger) => {
			const connection = lab.connectionOf(ledger);
			const request = { reason: 'restored', raiseNumbersBy: 1_000 };
			await acceptRestored(connection, lab.ports, request, ACTOR);
			return await openLedger(connection, lab.ports);
		};
		await fc.assert(
			fc.asyncProperty(happenings, async (all) => {
				const interleaving = await Interleaving.begin(lab, reopen);
				for (const one of all) await interleaving.happen(one);
				await interleaving.judge();
			}),
			{ numRuns: Number(process.env['LEDGER_INTERLEAVINGS'] ?? 8), endOnFailure: true },
		);
	}, 900_000);

	test('restarted in the middle of a run: a clear error, nothing half-written, and the run goes on after it', async () => {
		const ledger = await lab.fresh();
		await withAgreement(ledger);
		const documents = Array.from({ length: 2_000 }, (_, index) => offered(index));
		const taking = take(ledger, documents).catch((error: unknown) => error);
		await new Promise((resolve) => setTimeout(resolve, 150));
		await postgres.restart(async () => {
			await expect(saveCompany(ledger, { name: 'New' }, ACTOR)).rejects.toMatchObject({
				code: 'LEDGER_UNAVAILABLE',
				message: expect.not.stringMatching(/ECONN|of-this-test-only/),
			});
		});
		const broken = await taking;
		if (!('taken' in (broken as object)))
			expect(broken).toMatchObject({ code: 'LEDGER_UNAVAILABLE' });
		expect((await take(ledger, documents)).taken).toHaveLength(2_000);
		expect((await checkAll(ledger)).problems).toEqual([]);
	});

	test('connections that the server ends at any moment: done whole or a coded error, and n8n lives', async () => {
		const ledger = await lab.fresh();
		let isOver = false;
		const ending = (async () => {
			while (!isOver) {
				await postgres.query(
					"select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'exact-edi-ledger'",
				);
			}
		})();
		const saved: string[] = [];
		for (let index = 0; index < 300; index += 1) {
			const name = `Company ${index}`;
			const error = await saveCompany(ledger, { name }, ACTOR).then(
				() => void saved.push(name),
				(thrown: unknown) => thrown,
			);
			if (error !== undefined) expect(error).toMatchObject({ code: 'LEDGER_UNAVAILABLE' });
		}
		isOver = true;
		await ending;
		await postgres.query('select 1');
		expect(saved.length).toBeLessThan(300);
		const names = (await getCompanies(ledger)).map(({ name }) => name);
		expect(names).toEqual(expect.arrayContaining(saved));
		expect((await checkAll(ledger)).problems).toEqual([]);
	});

	test('what it cannot connect with is said without the password', async () => {
		const connection = lab.connection() as LedgerConnection & { store: 'postgres' };
		const tried = async (change: Partial<typeof connection>) =>
			await openLedger({ ...connection, ...change }, lab.ports).catch((error: unknown) => error);
		for (const change of [
			{ password: 'CANARY' },
			{ database: 'nobody' },
			{ port: 1 },
			{ tls: 'verified' as const },
		]) {
			const error = await tried(change);
			expect(error).toMatchObject({ code: 'LEDGER_UNAVAILABLE' });
			expect(String(error)).not.toContain('CANARY');
		}
		expect(await tried({ schema: 'x"; drop schema public' })).toMatchObject({
			code: 'LEDGER_NAME_INVALID',
		});
	});

	test('a ledger in PostgreSQL is backed up with its own tools', async () => {
		await expect(backUp(await lab.fresh(), '/tmp/x', ACTOR)).rejects.toMatchObject({
			code: 'LEDGER_SETTING_INVALID',
		});
	});

	test('two processes that export the same documents at once: each is sent once, none gives way', async () => {
		const connection = lab.connection();
		const ledgers = [
			await openLedger(connection, lab.ports),
			await openLedger(connection, lab.ports),
		];
		await withAgreement(ledgers[0]!);
		const documents = Array.from({ length: 300 }, (_, index) => offered(index));
		const results = await Promise.all(
			ledgers.map(async (ledger, run) => {
				const result = await take(ledger, documents, { reservation: `run-${run}` });
				if (result.taken.length > 0)
					await deliver(ledger, await record(ledger, fileOf(documents, result, run + 1)));
				return result.taken.map(({ index }) => index);
			}),
		);
		expect(results.flat().sort((a, b) => a - b)).toEqual(documents.map((_, index) => index));
	});
});
