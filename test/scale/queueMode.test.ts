/**
 * n8n in queue mode: one main process, two workers, PostgreSQL and Redis. The packed package is
 * installed for each of them, in a folder of its own, as on three machines.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Execution, N8nProcess } from '../../sandbox/n8n';
import {
	failureOf,
	installCommunityPackage,
	outputOf,
	packPackage,
	startProcess,
} from '../../sandbox/n8n';
import type { N8nLab } from '../support/n8nLab';
import { readShippedTemplate, startN8nLab } from '../support/n8nLab';
import { entriesIn, readLedger } from '../support/oracle';
import { startGate } from '../support/oracleGate';
import { startPostgres } from '../support/postgres';
import type { Postgres } from '../support/postgres';
import { startRedis } from '../support/redis';
import type { Redis } from '../support/redis';
import { callManyTimes } from './reserveMany';

const EXPORT = '01-export-purchase-invoices-x12';
const WORKERS = 2;

jest.setTimeout(900_000);

let postgres: Postgres;
let redis: Redis;
let lab: N8nLab;
const workers: N8nProcess[] = [];
const folders: string[] = [];

beforeAll(async () => {
	[postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
	const env = {
		...postgres.env,
		...redis.env,
		EXECUTIONS_MODE: 'queue',
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
	};
	lab = await startN8nLab({
		env,
		exact: { latencyMs: 0, limits: { minutely: 100_000, daily: 1_000_000 } },
	});
	for (let worker = 1; worker <= WORKERS; worker += 1) {
		const folder = mkdtempSync(path.join(tmpdir(), `n8n-worker-${worker}-`));
		folders.push(folder);
		await installCommunityPackage(folder, await packPackage(folder));
		workers.push(
			await startProcess({
				folder,
				command: 'worker',
				encryptionKey: lab.n8n.process.encryptionKey,
				// One execution at a time: of two at once, each worker has one.
				env: { ...env, N8N_CONCURRENCY_PRODUCTION_LIMIT: '1' },
			}),
		);
	}
});

afterAll(async () => {
	await Promise.all(workers.map(async (worker) => await worker.stop()));
	await lab?.close();
	await Promise.all([postgres?.stop(), redis?.stop()]);
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

function answers(numbers: readonly string[]): Record<string, string> {
	return {
		'From date': '',
		'To date': '',
		'Document numbers': numbers.join(', '),
		'Send again': 'No',
	};
}

async function finish(executionId: string): Promise<Execution> {
	const execution = await lab.n8n.waitForExecution(executionId, 600_000);
	expect(failureOf(execution)).toBeUndefined();
	return execution;
}

const entryNumbers = () =>
	lab.exact.controls
		.rows('purchase-entries')
		.filter((row) => Number(row.EntryNumber) > 26_700_012)
		.map((row) => String(row.EntryNumber));

test('two exports of different documents at once: two workers, two files, two control numbers', async () => {
	const numbers = entryNumbers();
	const half = Math.floor(numbers.length / 2);
	const parts = [numbers.slice(0, half), numbers.slice(half)];
	const workflow = await lab.importTemplate(EXPORT);
	const ids = await Promise.all(
		parts.map(
			async (part) => await lab.n8n.runManually(workflow, 'Export on demand', [answers(part)]),
		),
	);
	await Promise.all(ids.map(finish));
	expect(ids.flatMap(workersOf).sort()).toEqual([0, 1]);

	const { files, documents } = await readLedger(lab.n8n);
	expect(files).toHaveLength(2);
	expect(files.map((row) => row['state'])).toEqual(['deposited', 'deposited']);
	expect(new Set(files.map((row) => row['interchange_control_number'])).size).toBe(2);
	expect(new Set(files.map((row) => row['file_key'])).size).toBe(2);

	const inbound = lab.inbound();
	expect([...inbound.keys()].sort()).toEqual(files.map((row) => row['file_name']).sort());
	const sent = [...inbound.values()].flatMap(entriesIn);
	expect(new Set(sent).size).toBe(sent.length);
	expect(documents.filter((row) => row['state'] === 'deposited')).toHaveLength(sent.length);
	expect(documents).toHaveLength(numbers.length);
});

test('the same documents again, on whichever worker: nothing is sent twice', async () => {
	const before = lab.inbound();
	const workflow = await lab.importTemplate(EXPORT);
	await finish(await lab.n8n.runManually(workflow, 'Export on demand', [answers(entryNumbers())]));
	expect(lab.inbound()).toEqual(before);
});

test('two replays of one file at once: the claim on PostgreSQL lets one through', async () => {
	const [table] = (await lab.n8n.dataTables()).filter(({ name }) => name === 'exact_edi_files');
	const { files } = await readLedger(lab.n8n);
	await postgres.query(
		`update "data_table_user_${table!.id}" set state = 'failed' where id = ${files[0]!.id}`,
	);
	const replay = await lab.importTemplate('10-replay-files', {
		configure: { 'config.backoffMinutes': 0, 'config.strandedMinutes': 60 },
	});
	const ids = await Promise.all(
		[1, 2].map(async () => await lab.n8n.runManually(replay, 'Every 15 minutes', [{}])),
	);
	const executions = await Promise.all(ids.map(finish));
	const due = executions.map((execution) => outputOf(execution, 'Due').length);
	const claims = executions.map((execution) => outputOf(execution, 'Claim').length);
	expect(due.length).toBe(2);
	expect(claims.reduce((sum, one) => sum + one, 0)).toBe(1);
	const after = (await readLedger(lab.n8n)).files.find((row) => row.id === files[0]!.id);
	expect(after).toMatchObject({ state: 'deposited', attempts: Number(files[0]!['attempts']) + 1 });
	expect(lab.inbound().size).toBe(2);
});

test('control numbers reserved on both workers at once: none twice, none skipped', async () => {
	const calls = 25;
	const each = 20;
	const sub = await lab.importTemplate('S1-reserve-control-numbers');
	await lab.n8n.activate(sub).catch(() => undefined);
	const { id } = await lab.n8n.importWorkflow(callManyTimes(sub, calls, each));
	const ids = await Promise.all([1, 2].map(async () => await lab.n8n.runManually(id, 'Start')));
	const executions = await Promise.all(ids.map(finish));
	expect(ids.flatMap(workersOf).sort()).toEqual([0, 1]);
	const numbers = executions
		.flatMap((execution) => outputOf(execution, 'Reserve'))
		.flatMap((item) => {
			const first = Number(item.json['controlNumber']);
			return Array.from({ length: each }, (_, index) => first + index);
		});
	expect(numbers.sort((a, b) => a - b)).toEqual(
		Array.from({ length: 2 * calls * each }, (_, index) => index + 1),
	);
});

test('two exports of the same documents at once on PostgreSQL: each document goes once', async () => {
	const partner = 'BOTH';
	const configure = { 'config.partner': partner, 'config.receiverId': partner };
	const before = lab.inbound().size;
	const gate = await startGate();
	const numbers = entryNumbers();
	const ids: string[] = [];
	for (const name of ['first', 'second']) {
		const template = gate.stopAfter(readShippedTemplate(EXPORT), 'Say what changed', name);
		const { id } = await lab.n8n.importWorkflow(template, {
			credentials: lab.credentials,
			configure,
		});
		ids.push(await lab.n8n.runManually(id, 'Export on demand', [answers(numbers)]));
		await gate.arrival(name);
	}
	gate.open();
	const ended = await Promise.all(
		ids.map(async (id) => await lab.n8n.waitForExecution(id, 600_000)),
	);
	await gate.close();
	expect(ids.flatMap(workersOf).sort()).toEqual([0, 1]);
	const failures = ended.map(failureOf).filter((failure) => failure !== undefined);
	expect(failures.length).toBeGreaterThan(0);
	for (const failure of failures) expect(failure).toMatch(/Another run is sending .* to BOTH/);
	expect(lab.inbound().size).toBe(before + 2 - failures.length);

	for (const [file, trigger, settings] of [
		['10-replay-files', 'Every 15 minutes', { 'config.strandedMinutes': 0 }],
		['11-sweep-purchase-invoices', 'Every night', { ...configure, 'config.sweepDays': 9999 }],
	] as const) {
		const id = await lab.importTemplate(file, { configure: settings });
		await finish(await lab.n8n.runManually(id, trigger, [{}]));
	}
	const { files, documents } = await readLedger(lab.n8n);
	const ours = files.filter((row) => row['partner'] === partner && row['state'] === 'deposited');
	const sent = ours.flatMap((row) => entriesIn(lab.inbound().get(String(row['file_name'])) ?? ''));
	expect(sent.length).toBeGreaterThan(0);
	expect(new Set(sent).size).toBe(sent.length);
	const rows = documents.filter((row) => row['partner'] === partner);
	expect(new Set(rows.map((row) => row['document_key'])).size).toBe(rows.length);
	expect(rows.filter((row) => row['state'] === 'deposited')).toHaveLength(sent.length);
});
