/**
 * What n8n and people do with a run beside starting it: retries, single steps in the editor, pinned
 * data, a stop, a timeout, a shutdown. Whatever it is, behind it the partner has every document once
 * and the ledger agrees. Each has a partner of its own.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Execution, Workflow } from '../../../sandbox/n8n';
import { failureOf } from '../../../sandbox/n8n';
import type { Fault } from '../../../sandbox/sftpServer';
import type { CrashLab } from '../../support/crashLab';
import { startCrashLab } from '../../support/crashLab';

jest.setTimeout(900_000);

const TRIGGER = 'Every night';
const TAKE = 'Take new or changed';
const DEPOSIT = 'Deposit at the partner';
const ALWAYS = Number.MAX_SAFE_INTEGER;
const NOBODY_MAY_WRITE = 3;
/** A deposit that was stopped has cleaned up by then, or has given up. */
const GIVEN_UP_MS = 12_000;

let crash: CrashLab;
beforeAll(async () => {
	crash = await startCrashLab();
});
afterEach(() => crash.plan());
afterAll(async () => {
	await crash?.close();
});

const at = (partner: string, fault: Omit<Fault, 'path'>): Fault => ({
	...fault,
	path: new RegExp(`/${partner}/`),
});

/** The deposit as a step that fails where a file is not delivered. */
const failing =
	(more: Readonly<Record<string, unknown>> = {}) =>
	(template: Workflow): Workflow => ({
		...template,
		nodes: template.nodes.map((node) =>
			node.name === DEPOSIT ? { ...node, onError: 'stopWorkflow', ...more } : node,
		),
	});

async function run(partner: string, change?: (template: Workflow) => Workflow): Promise<Execution> {
	const id = await crash.addExport(partner, change);
	return await crash.lab.n8n.waitForExecution(await crash.runExport(id));
}

const publications = (partner: string) => crash.watch.of(`/inbound/${partner}`).length;

/** Replay and the nightly run, as the schedules would do. */
async function recover(...partners: string[]): Promise<void> {
	await crash.leasesAreOver();
	await crash.replay();
	await crash.sweep(partners);
}

/** Everything is there once, also after the schedules have run on top. */
async function expectOnce(...partners: string[]): Promise<void> {
	await recover(...partners);
	for (const partner of partners) {
		expect([partner, await crash.judge(partner)]).toEqual([partner, []]);
		expect([partner, publications(partner)]).toEqual([partner, 1]);
	}
}

async function retry(id: string): Promise<string> {
	const { status } = await crash.lab.n8n.rest<{ status: string }>(
		'POST',
		`/executions/${id}/retry`,
		{ loadWorkflow: false },
	);
	return status;
}

const refusalOf = async (work: Promise<unknown>): Promise<string> =>
	await work.then(
		() => '',
		(error: unknown) => String((error as Error).message),
	);

test('Retry On Fail of the deposit: the second try delivers', async () => {
	crash.plan(at('AGAIN', { at: 'OPEN', action: { kind: 'status', code: NOBODY_MAY_WRITE } }));
	const execution = await run(
		'AGAIN',
		failing({ retryOnFail: true, maxTries: 3, waitBetweenTries: 500 }),
	);
	expect(failureOf(execution)).toContain('Refused');
	expect(execution.data.resultData.runData[DEPOSIT]).toHaveLength(1);
	expect(publications('AGAIN')).toBe(1);
	await expectOnce('AGAIN');
});

test('Retry execution, twice at once and once more after it: one delivers, the others say so', async () => {
	crash.plan(
		at('RETRY', { at: 'OPEN', times: ALWAYS, action: { kind: 'status', code: NOBODY_MAY_WRITE } }),
	);
	const failed = await run('RETRY', failing());
	expect(failureOf(failed)).toContain('does not permit');
	crash.plan(at('RETRY', { at: 'WRITE', times: ALWAYS, action: { kind: 'delay', ms: 300 } }));
	const outcomes = await Promise.all([retry(failed.id), retry(failed.id)]);
	expect(outcomes).toHaveLength(2);
	expect(publications('RETRY')).toBe(1);
	await refusalOf(retry(failed.id));
	expect(publications('RETRY')).toBe(1);
	await expectOnce('RETRY');
});

test('Retry execution after a success is refused by n8n, and nothing goes out', async () => {
	const good = await run('GOOD', (template) => ({
		...template,
		nodes: template.nodes.map((node) =>
			node.type === 'n8n-nodes-base.stopAndError'
				? { ...node, type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} }
				: node,
		),
	}));
	expect(good.status).toBe('success');
	expect(await refusalOf(retry(good.id))).toContain('succeeded');
	await expectOnce('GOOD');
});

test('step by step in the editor: each node once, the deposit twice', async () => {
	const { n8n } = crash.lab;
	const id = await crash.addExport('STEPS');
	const workflowData = await n8n.rest<Workflow & { versionId: string }>('GET', `/workflows/${id}`);
	// The editor saves a list of pins, an empty one too.
	await n8n.rest('PATCH', `/workflows/${id}`, { versionId: workflowData.versionId, pinData: {} });
	const steps = [TRIGGER, 'Read the last days', TAKE, 'Encode as X12 810', DEPOSIT, DEPOSIT];
	let runData: Record<string, unknown> = {};
	for (const step of steps) {
		const before = Object.fromEntries(Object.entries(runData).filter(([name]) => name !== step));
		const { executionId } = await n8n.rest<{ executionId: string }>(
			'POST',
			`/workflows/${id}/run`,
			{
				workflowData,
				destinationNode: { nodeName: step, mode: 'inclusive' },
				...(Object.keys(before).length === 0
					? { triggerToStartFrom: { name: TRIGGER, data: triggered() } }
					: { runData: before, dirtyNodeNames: [] }),
			},
		);
		const execution = await n8n.waitForExecution(executionId);
		expect([step, failureOf(execution)]).toEqual([step, undefined]);
		runData = { ...before, ...execution.data.resultData.runData };
		expect(Object.keys(runData)).toContain(step);
	}
	expect(publications('STEPS')).toBe(1);
	await expectOnce('STEPS');
});

function triggered(): Record<string, unknown> {
	return {
		startTime: Date.now(),
		executionIndex: 0,
		executionTime: 0,
		source: [],
		executionStatus: 'success',
		data: { main: [[{ json: {} }]] },
	};
}

test('pinned data of Take, run three times: sent once', async () => {
	const { n8n } = crash.lab;
	const id = await crash.addExport('PINNED');
	const first = await n8n.waitForExecution(await crash.runExport(id));
	const [taken] = first.data.resultData.runData[TAKE]?.[0]?.data?.['main'] ?? [];
	expect(taken?.length).toBeGreaterThan(0);
	const workflow = await n8n.rest<Workflow & { versionId: string }>('GET', `/workflows/${id}`);
	await n8n.rest('PATCH', `/workflows/${id}`, {
		versionId: workflow.versionId,
		pinData: { [TAKE]: (taken ?? []).map(({ json }) => ({ json })) },
	});
	for (let time = 1; time <= 2; time += 1) {
		const again = await n8n.waitForExecution(await crash.runExport(id));
		expect(again.status).not.toBe('crashed');
		expect(publications('PINNED')).toBe(1);
	}
	await expectOnce('PINNED');
});

/** The same moments in every run of the test. */
const MOMENTS_MS = [150, 400, 700, 1_000, 1_300, 1_700, 2_200];

test('stopped by its user at any moment', async () => {
	const { n8n } = crash.lab;
	const partners = MOMENTS_MS.map((_ms, index) => `S${index + 1}`);
	// A server slow enough that moments fall between its requests.
	const slow = partners.map((partner) =>
		at(partner, { at: '*', times: ALWAYS, action: { kind: 'delay', ms: 120 } }),
	);
	crash.plan(...slow);
	const ends: string[] = [];
	for (const [index, partner] of partners.entries()) {
		const execution = await crash.runExport(await crash.addExport(partner));
		await sleep(MOMENTS_MS[index]);
		await refusalOf(n8n.rest('POST', `/executions/${execution}/stop`, {}));
		ends.push((await n8n.waitForExecution(execution)).status);
	}
	expect(ends).toContain('canceled');
	// What was under way at a server ends in its own time.
	await sleep(3_000);
	crash.plan();
	await expectOnce(...partners);
});

const withTimeout =
	(seconds: number) =>
	(template: Workflow): Workflow => ({
		...template,
		settings: { ...template.settings, executionTimeout: seconds },
	});

test('a workflow timeout in the middle of the deposit: the replay sends it', async () => {
	crash.plan(at('LATE', { at: '*', times: ALWAYS, action: { kind: 'delay', ms: 1_000 } }));
	const execution = await run('LATE', withTimeout(5));
	expect(execution.status).toBe('canceled');
	await sleep(GIVEN_UP_MS);
	crash.plan();
	await expectOnce('LATE');
});

test('a workflow timeout at a server that does not answer: in doubt, for a person', async () => {
	crash.plan(at('MUTE', { at: 'WRITE', action: { kind: 'silence' } }));
	const execution = await run('MUTE', withTimeout(4));
	expect(execution.status).toBe('canceled');
	await sleep(GIVEN_UP_MS);
	await recover('MUTE');
	expect((await crash.judge('MUTE'))[0]).toMatch(/ is in doubt$/);
	expect(publications('MUTE')).toBe(0);
});

test('n8n is shut down in the middle of a deposit, and started again', async () => {
	crash.plan(at('DOWN', { at: 'WRITE', times: ALWAYS, action: { kind: 'delay', ms: 2_000 } }));
	const before = crash.lab.sftp.events.length;
	await crash.runExport(await crash.addExport('DOWN'));
	const isWriting = () =>
		crash.lab.sftp.events
			.slice(before)
			.some(({ kind, detail }) => kind === 'fault' && detail.includes('WRITE'));
	while (!isWriting()) await sleep(50);
	await crash.lab.restart();
	crash.plan();
	await expectOnce('DOWN');
});
