import path from 'node:path';
import type { Execution } from '../../../sandbox/n8n';
import { failureOf, outputOf } from '../../../sandbox/n8n';
import { makeHostKey, startSftpServer } from '../../../sandbox/sftpServer';
import type { SftpServer } from '../../../sandbox/sftpServer';
import { startN8nLab, CANARY } from '../../support/n8nLab';
import type { N8nLab } from '../../support/n8nLab';
import { leaks, readLedger, ServerWatch, storedBytes } from '../../support/oracle';

const EXPORT = '01-export-purchase-invoices-x12';
const REPLAY = '10-replay-files';
const SHARED = '/inbound';
const MINE = `${CANARY}-second-account`;

jest.setTimeout(900_000);

/** Read by the lab at each start: a test may change it and start n8n again. */
const env: Record<string, string> = {};
const hostKey = makeHostKey();
const workflows: string[] = [];
let lab: N8nLab;
let watch: ServerWatch;
let partner: SftpServer | undefined;
let port = 0;

/** The partner's server on its own port, so that it can go down and come back. */
async function up(): Promise<void> {
	partner = await startSftpServer({
		root: lab.sftpRoot,
		port,
		hostKey,
		users: { account: { password: MINE } },
		faults: watch.faults(),
	});
	({ port } = partner);
}

async function down(): Promise<void> {
	await partner?.close();
	partner = undefined;
}

beforeAll(async () => {
	lab = await startN8nLab({
		env,
		exact: { latencyMs: 0, limits: { minutely: 100_000, daily: 1_000_000 } },
	});
	watch = new ServerWatch(lab.sftpRoot);
	watch.watch(SHARED);
	await up();
	const account = await lab.n8n.createCredential({
		name: 'Partner that goes down',
		type: 'sftpVerifiedApi',
		data: {
			host: '127.0.0.1',
			port,
			username: 'account',
			password: MINE,
			hostKeys: partner?.fingerprint,
		},
	});
	lab.credentials = { ...lab.credentials, sftpVerifiedApi: account };
});

afterAll(async () => {
	await down();
	await lab?.close();
});

async function imported(file: string, configure: Record<string, unknown>): Promise<string> {
	const id = await lab.importTemplate(file, { configure });
	workflows.push(id);
	return id;
}

async function exported(
	configure: Record<string, unknown> = {},
	answers: Record<string, string> = {},
): Promise<Execution> {
	const id = await imported(EXPORT, configure);
	const execution = await lab.n8n.runManually(id, 'Export on demand', [
		{ 'From date': '', 'To date': '', 'Document numbers': '', 'Send again': 'No', ...answers },
	]);
	return await lab.n8n.waitForExecution(execution);
}

async function startReplay(configure: Record<string, unknown> = {}): Promise<string> {
	const id = await imported(REPLAY, {
		'config.backoffMinutes': 0,
		'config.strandedMinutes': 0,
		...configure,
	});
	return await lab.n8n.runManually(id, 'Every 15 minutes', [{}]);
}

const replayed = async () => await lab.n8n.waitForExecution(await startReplay());
const filesOf = async (name: string) =>
	(await readLedger(lab.n8n)).files.filter((row) => row['partner'] === name);
const appearances = (fileName: unknown) =>
	watch.publications.filter((one) => path.posix.basename(one.path) === fileName);

test('the server is down for two exports and comes up: replay delivers each file once, with its first bytes', async () => {
	await down();
	for (const name of ['DOWN1', 'DOWN2']) {
		const execution = await exported({ 'config.partner': name, 'config.receiverId': name });
		expect(failureOf(execution)).toContain('The replay workflow sends these files again');
	}
	const ledger = await readLedger(lab.n8n);
	expect(ledger.files.map((row) => row['state'])).toEqual(['failed', 'failed']);
	const promised = new Map(
		ledger.files.map((row) => [
			row['file_name'],
			storedBytes(ledger, row['file_key']).toString('latin1'),
		]),
	);
	expect(failureOf(await replayed())).toBeUndefined();
	expect((await readLedger(lab.n8n)).files.map((row) => row['state'])).toEqual([
		'failed',
		'failed',
	]);

	await up();
	expect(failureOf(await replayed())).toBeUndefined();
	expect(failureOf(await replayed())).toBeUndefined();
	const after = await readLedger(lab.n8n);
	expect(after.files).toMatchObject([
		{ state: 'deposited', attempts: 3, error: '' },
		{ state: 'deposited', attempts: 3, error: '' },
	]);
	expect(
		new Map(watch.publications.map((one) => [path.posix.basename(one.path), one.text])),
	).toEqual(promised);
	expect(watch.publications).toHaveLength(2);
	expect(watch.temporaries()).toEqual([]);
	const states = new Set(after.documents.map((row) => row['state']));
	expect([...states].sort()).toEqual(['deposited', 'rejected']);
});

test('two replays at once: one of them sends', async () => {
	await down();
	await exported({ 'config.partner': 'TWICE', 'config.receiverId': 'TWICE' });
	await up();
	// What the other one has just claimed is not stranded.
	const patient = { 'config.strandedMinutes': 60 };
	const ids = await Promise.all([startReplay(patient), startReplay(patient)]);
	const executions = await Promise.all(ids.map(async (id) => await lab.n8n.waitForExecution(id)));
	expect(executions.map(failureOf)).toEqual([undefined, undefined]);
	expect(executions.flatMap((one) => outputOf(one, 'Claim'))).toHaveLength(1);
	const [file] = await filesOf('TWICE');
	expect(file).toMatchObject({ state: 'deposited', attempts: 2 });
	expect(appearances(file?.['file_name'])).toHaveLength(1);
});

describe('the size limit of the Data Tables', () => {
	async function limit(bytes: number | undefined): Promise<void> {
		if (bytes === undefined) delete env['N8N_DATA_TABLES_MAX_SIZE_BYTES'];
		else env['N8N_DATA_TABLES_MAX_SIZE_BYTES'] = String(bytes);
		await lab.restart();
	}

	const FULL = { 'config.partner': 'FULL', 'config.receiverId': 'FULL' };

	test('a full store stops the export before any deposit, with one message', async () => {
		await limit(20_000);
		const before = watch.publications.length;
		const execution = await exported(FULL);
		expect(failureOf(execution)).toMatch(/size limit/);
		expect(outputOf(execution, 'Deposit at the partner')).toEqual([]);
		expect(watch.publications).toHaveLength(before);
		expect(await filesOf('FULL')).toEqual([]);
	});

	test('delivered bytes are pruned, and the export goes on', async () => {
		const used = (await lab.n8n.rest<{ totalBytes: number }>('GET', '/data-tables-global/limits'))
			.totalBytes;
		// As full as it can be: not one byte is free.
		await limit(used);
		expect(failureOf(await exported(FULL))).toMatch(/size limit/);
		const execution = await exported({ ...FULL, 'config.keepContentsMegabytes': 0 });
		expect(failureOf(execution)).toBeUndefined();
		expect(await filesOf('FULL')).toMatchObject([{ state: 'deposited', contents: 'kept' }]);
		for (const name of ['DOWN1', 'DOWN2', 'TWICE']) {
			expect(await filesOf(name)).toMatchObject([{ contents: 'pruned' }]);
		}
		const { contents } = await readLedger(lab.n8n);
		expect(new Set(contents.map((row) => row['file_key'])).size).toBe(1);
		await limit(undefined);
	});

	test('bytes of a file that is not delivered are never pruned', async () => {
		await down();
		const waiting = { 'config.partner': 'WAITING', 'config.receiverId': 'WAITING' };
		await exported({ ...waiting, 'config.keepContentsMegabytes': 0 });
		await exported({ ...FULL, 'config.keepContentsMegabytes': 0 }, { 'Send again': 'Yes' });
		await up();
		expect(await filesOf('WAITING')).toMatchObject([{ state: 'failed', contents: 'kept' }]);
		expect(failureOf(await replayed())).toBeUndefined();
		const [file] = await filesOf('WAITING');
		expect(file).toMatchObject({ state: 'deposited' });
		expect(appearances(file?.['file_name'])).toHaveLength(1);
	});
});

test('no secret is in the log, an execution or the ledger', async () => {
	const secrets = [CANARY, MINE, ...lab.exact.controls.secrets()];
	expect(secrets.length).toBeGreaterThan(3);
	expect(await leaks(lab.n8n, secrets, workflows)).toEqual([]);
	for (const { text } of watch.publications) {
		for (const secret of secrets) expect(text).not.toContain(secret);
	}
});
