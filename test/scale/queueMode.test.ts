/**
 * n8n in queue mode: one main process, two workers, PostgreSQL and Redis, and the ledger in a
 * PostgreSQL of its own. The packed package is installed for each of them, in a folder of its own, as
 * on three machines.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Execution, N8nProcess } from '../../sandbox/n8n';
import {
	failureOf,
	installCommunityPackage,
	outputOf,
	packPackage,
	startProcess,
} from '../../sandbox/n8n';
import {
	checkAll,
	getDocuments,
	getFiles,
	getNumbers,
	openLedger,
	saveAgreement,
	saveCompany,
	savePartner,
} from '../../lib/ledger';
import type { Actor, Ledger } from '../../lib/ledger';
import type { N8nLab } from '../support/n8nLab';
import { DIVISION, startN8nLab } from '../support/n8nLab';
import { madeUpCompany } from '../support/madeUpCompany';
import { entriesIn } from '../support/oracle';
import { startPostgres } from '../support/postgres';
import type { Postgres } from '../support/postgres';
import { startRedis } from '../support/redis';
import type { Redis } from '../support/redis';

const DOCUMENTS = 300;

/** N104 of an 810 wants suppliers' codes of two characters or more. */
function company() {
	const rows = madeUpCompany(DOCUMENTS, Number(DIVISION));
	for (const account of rows['accounts'] as Record<string, unknown>[]) {
		account['Code'] = `500${String(account['Code']).trim()}`.padStart(18);
	}
	return rows;
}

/** The made-up entries are older than the days that the night reads. */
const READ_ALL = {
	'Read the last days': { filters: { modifiedSince: '2000-01-01T00:00:00.000Z' } },
};
const LEASE_SECONDS = 5;
const SHORT_LEASES = {
	'Take new or changed': { options: { leaseMinutes: LEASE_SECONDS / 60 } },
	'Deposit at the partner': {
		operation: 'deposit',
		options: { claimSeconds: LEASE_SECONDS, staleAfter: 0 },
	},
};

const EXPORT = '01-export-purchase-invoices-x12';
const WORKERS = 2;
const TESTER: Actor = {
	workflowId: 'test',
	workflowName: 'Test',
	executionId: '0',
	node: 'Test',
	mode: 'manual',
};

jest.setTimeout(900_000);

let postgres: Postgres;
/** The ledger's own, so that it can be restarted without n8n's. */
let books: Postgres;
let redis: Redis;
let lab: N8nLab;
let ledger: Ledger;
const workers: N8nProcess[] = [];
let startWorker: (folder: string) => Promise<N8nProcess>;
const folders: string[] = [];

beforeAll(async () => {
	[postgres, books, redis] = await Promise.all([startPostgres(), startPostgres(), startRedis()]);
	const env = {
		...postgres.env,
		...redis.env,
		EXECUTIONS_MODE: 'queue',
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
	};
	lab = await startN8nLab({
		env,
		exact: {
			data: company(),
			latencyMs: 0,
			limits: { minutely: 100_000, daily: 1_000_000 },
		},
	});
	for (let worker = 1; worker <= WORKERS; worker += 1) {
		const folder = mkdtempSync(path.join(tmpdir(), `n8n-worker-${worker}-`));
		folders.push(folder);
		await installCommunityPackage(folder, await packPackage(folder));
		// One execution at a time: of two at once, each worker has one.
		startWorker = async (home) =>
			await startProcess({
				folder: home,
				command: 'worker',
				encryptionKey: lab.n8n.process.encryptionKey,
				env: { ...env, N8N_CONCURRENCY_PRODUCTION_LIMIT: '1' },
			});
		workers.push(await startWorker(folder));
	}
	const { host, port, database, user, password } = books.connection;
	const shared = { host, port, database, user, password, schema: 'exact_edi', tls: 'off' } as const;
	const mark = mkdtempSync(path.join(tmpdir(), 'ledger-mark-'));
	folders.push(mark);
	ledger = await openLedger(
		{ store: 'postgres', name: 'ledger', ...shared, folder: mark },
		{
			now: () => new Date(),
			randomId: () => randomBytes(32).toString('hex'),
			wait: async (milliseconds) => {
				await sleep(milliseconds);
			},
			jitter: Math.random,
		},
	);
	lab.credentials['ediLedgerApi'] = await lab.n8n.createCredential({
		name: 'EDI Ledger',
		type: 'ediLedgerApi',
		data: { store: 'postgres', name: 'ledger', ...shared },
	});
	const ids = { senderQualifier: 'ZZ', senderId: 'MYCOMPANY' };
	await saveCompany(ledger, { name: 'Company', settings: ids }, TESTER);
});

afterAll(async () => {
	await ledger?.close();
	await Promise.all(workers.map(async (worker) => await worker.stop()));
	await lab?.close();
	await Promise.all([postgres?.stop(), books?.stop(), redis?.stop()]);
	for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Which workers an execution ran on, by their logs. */
function workersOf(executionId: string): number[] {
	return workers.flatMap((worker, index) =>
		new RegExp(`started execution ${executionId}\\b`).test(readFileSync(worker.logFile, 'utf8'))
			? [index]
			: [],
	);
}

async function agree(partner: string): Promise<string> {
	const settings = { receiverQualifier: 'ZZ', receiverId: partner };
	await savePartner(ledger, { name: partner, settings }, TESTER);
	const { name } = await saveAgreement(
		ledger,
		{
			name: `Agreement of ${partner}`,
			company: 'Company',
			partner,
			documentType: 'invoice',
			sentAs: 'X12 810',
			stage: 'test',
			sendFrom: '2000-01-01',
			folder: '/inbound',
			settings: { standard: 'x12', release: '004010' },
		},
		TESTER,
	);
	return name;
}

function answers(numbers: readonly string[]): Record<string, string> {
	return {
		'From date': '2000-01-01',
		'To date': '2099-12-31',
		'Only these numbers': numbers.join(', '),
		'Send them?': 'Yes',
	};
}

/** The form's answers from its first page on; the second page is filled in as *Yes*. */
async function exportOf(workflow: string, numbers: readonly string[]): Promise<string> {
	return await lab.n8n.runManually(workflow, 'Send on demand', [answers(numbers)]);
}

async function finish(executionId: string): Promise<Execution> {
	return await lab.n8n.waitForExecution(executionId, 600_000);
}

/** Without the second page, which only a person can fill in. */
async function importExport(agreement: string): Promise<string> {
	return await lab.importTemplate(EXPORT, {
		agreement,
		withoutPages: true,
		parameters: { ...READ_ALL, ...SHORT_LEASES },
	});
}

const entryNumbers = () =>
	lab.exact.controls.rows('purchase-entries').map((row) => String(row.EntryNumber));

const filesOf = async (partner: string) =>
	(await getFiles(ledger, { partner }, { limit: 100 })).rows;
const documentsOf = async (partner: string) =>
	(await getDocuments(ledger, { partner }, { limit: 1000 })).rows;

test('two exports of different documents at once: two workers, two files, numbers without a gap', async () => {
	const agreement = await agree('PARTNER');
	const numbers = entryNumbers();
	const half = Math.floor(numbers.length / 2);
	const workflow = await importExport(agreement);
	const ids = await Promise.all(
		[numbers.slice(0, half), numbers.slice(half)].map(
			async (part) => await exportOf(workflow, part),
		),
	);
	await Promise.all(ids.map(finish));
	expect(ids.flatMap(workersOf).sort()).toEqual([0, 1]);
	const files = await filesOf('PARTNER');
	expect(files.map(({ state }) => state)).toEqual(['deposited', 'deposited']);
	expect(files.map(({ controlNumber }) => Number(controlNumber)).sort()).toEqual([1, 2]);
	const inbound = lab.inbound();
	expect([...inbound.keys()].sort()).toEqual(files.map(({ name }) => name).sort());
	const sent = [...inbound.values()].flatMap(entriesIn);
	expect(new Set(sent).size).toBe(sent.length);
	const documents = await documentsOf('PARTNER');
	expect(documents.filter(({ state }) => state === 'deposited')).toHaveLength(sent.length);
	for (const { voided } of await getNumbers(ledger)) expect(voided).toBe(0);
});

test('the same documents again, on whichever worker: nothing is sent twice', async () => {
	const before = lab.inbound();
	const workflow = await importExport('Agreement of PARTNER');
	await finish(await exportOf(workflow, entryNumbers()));
	expect(lab.inbound()).toEqual(before);
});

test('two exports of the same documents at once: each goes once, and neither gives way', async () => {
	const agreement = await agree('BOTH');
	const numbers = entryNumbers();
	const workflow = await importExport(agreement);
	const ids = await Promise.all([1, 2].map(async () => await exportOf(workflow, numbers)));
	const ended = await Promise.all(ids.map(finish));
	expect(ended.map(failureOf)).toEqual([undefined, undefined]);
	const inbound = lab.inbound();
	const sent = (await filesOf('BOTH')).flatMap(({ name }) => entriesIn(inbound.get(name) ?? ''));
	expect(sent).toHaveLength(DOCUMENTS);
	expect(new Set(sent).size).toBe(DOCUMENTS);
	const documents = await documentsOf('BOTH');
	expect(documents.filter(({ state }) => state === 'deposited')).toHaveLength(DOCUMENTS);
});

test('two replays of one file at once: one of them has it', async () => {
	const [file] = await filesOf('PARTNER');
	await books.query(`update exact_edi.files set state = 'failed' where id = ${file!.id}`);
	const replay = await lab.importTemplate('10-replay-files');
	const ids = await Promise.all(
		[1, 2].map(async () => await lab.n8n.runManually(replay, 'Every 15 minutes', [{}])),
	);
	const executions = await Promise.all(ids.map(finish));
	const taken = executions.map(
		(execution) => outputOf(execution, 'Take failed and stranded').length,
	);
	expect(taken.reduce((sum, one) => sum + one, 0)).toBe(1);
	const [after] = (await filesOf('PARTNER')).filter(({ id }) => id === file!.id);
	expect(after).toMatchObject({ state: 'deposited', attempts: file!.attempts + 1 });
});

/** The partner's server stands still at a request until it is released: to go on, or to fail. */
function holdAt(at: string, when: 'before' | 'after', file: RegExp) {
	let reach: () => void = () => undefined;
	let release: (trouble?: Error) => void = () => undefined;
	const reached = new Promise<void>((resolve) => (reach = resolve));
	const released = new Promise<Error | undefined>((resolve) => (release = resolve));
	const call = async () => {
		reach();
		const trouble = await released;
		if (trouble !== undefined) throw trouble;
	};
	lab.sftp.faults.add({ at, when, path: file, action: { kind: 'call', call } });
	return { reached, release: (trouble?: Error) => release(trouble) };
}

/** The request by which files get their final names on this server. */
function publishing(): string {
	return ['POSIX_RENAME', 'HARDLINK', 'RENAME'].find((request) =>
		lab.sftp.events.some(({ detail }) => detail.startsWith(`${request} `)),
	)!;
}

/** What the schedules do after trouble: a replay, then the night. */
async function recover(workflow: string): Promise<void> {
	await sleep((LEASE_SECONDS + 1) * 1_000);
	const replay = await lab.importTemplate('10-replay-files');
	await finish(await lab.n8n.runManually(replay, 'Every 15 minutes', [{}]));
	await finish(await lab.n8n.runManually(workflow, 'Every night', [{}]));
}

async function expectEachOnce(partner: string): Promise<void> {
	const files = await filesOf(partner);
	expect([partner, files.map(({ state }) => state)]).toEqual([partner, ['deposited']]);
	const inbound = [...lab.inbound()].filter(([name]) => name.includes(partner));
	expect(inbound.map(([name]) => name)).toEqual(files.map(({ name }) => name));
	const sent = inbound.flatMap(([, text]) => entriesIn(text));
	expect(sent).toHaveLength(DOCUMENTS);
	expect(new Set(sent).size).toBe(DOCUMENTS);
	expect((await checkAll(ledger, {})).problems).toEqual([]);
}

test('a worker killed inside the deposit: whatever the moment, each document arrives once', async () => {
	const rename = publishing();
	const moments: [string, string, 'before' | 'after'][] = [
		['K1', 'OPEN', 'after'],
		['K2', rename, 'before'],
		['K3', rename, 'after'],
	];
	for (const [partner, at, when] of moments) {
		const workflow = await importExport(await agree(partner));
		const { reached, release } = holdAt(at, when, /810_K/);
		await lab.n8n.runManually(workflow, 'Every night', [{}]);
		await reached;
		await Promise.all(workers.map(async (worker) => await worker.kill()));
		release(new Error('the client is gone'));
		lab.sftp.faults.clear();
		for (const index of workers.keys()) workers[index] = await startWorker(folders[index]!);
		await recover(workflow);
		await expectEachOnce(partner);
	}
});

test("the ledger's PostgreSQL restarted inside a deposit: each document arrives once", async () => {
	for (const [partner, when] of [
		['R1', 'before'],
		['R2', 'after'],
	] as const) {
		const workflow = await importExport(await agree(partner));
		const { reached, release } = holdAt(publishing(), when, /810_R/);
		const execution = await lab.n8n.runManually(workflow, 'Every night', [{}]);
		await reached;
		await books.restart(async () => {
			// The file takes its name, or has it, while nobody can write that down.
			release();
			await sleep(1_000);
		});
		lab.sftp.faults.clear();
		await finish(execution);
		await recover(workflow);
		await expectEachOnce(partner);
	}
});

test('without a ledger that all workers share, nothing is taken', async () => {
	const others = { ...lab.credentials };
	delete others['ediLedgerApi'];
	const { id } = await lab.n8n.importWorkflow(
		JSON.parse(
			readFileSync(path.join(__dirname, '../../workflows-templates', `${EXPORT}.json`), 'utf8'),
		) as never,
		{
			credentials: others,
			agreement: 'Agreement of PARTNER',
			division: lab.division,
			parameters: READ_ALL,
		},
	);
	const run = await finish(await lab.n8n.runManually(id, 'Every night', [{}]));
	expect(failureOf(run)).toContain('queue mode');
});
