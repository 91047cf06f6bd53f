/**
 * n8n is killed with SIGKILL while executions stand after each node of the export, inside the
 * deposit, inside and after a poll, and after each node of a replay and a sweep. It is started
 * again on the same database, replay and sweep run, and an oracle compares Exact, the ledger and
 * everything that ever appeared at the partner.
 *
 * One kill takes many executions: each is of a partner of its own and stands at a place of its own.
 */
import { rmSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Execution, Workflow } from '../../../sandbox/n8n';
import { failureOf } from '../../../sandbox/n8n';
import type { Fault } from '../../../sandbox/sftpServer';
import { EXPORT, startCrashLab } from '../../support/crashLab';
import type { CrashLab } from '../../support/crashLab';
import { readShippedTemplate } from '../../support/n8nLab';

/** Nodes of the pruning: they run only where there is something to prune. */
const PRUNING = [
	'Files with contents',
	'Old or beyond the budget',
	'Make room for contents',
	'Say that contents are gone',
];
const NO_ROOM = { 'config.keepContentsMegabytes': 0 };
const TRIGGER = 'When purchase entries change';

jest.setTimeout(900_000);

let crash: CrashLab;
beforeAll(async () => {
	crash = await startCrashLab();
});
afterAll(async () => {
	await crash?.close();
});

/** Node → its first output that had items. */
function placesIn(execution: Execution): Map<string, number> {
	const places = new Map<string, number>();
	for (const [node, runs] of Object.entries(execution.data.resultData.runData)) {
		const outputs = runs[0]?.data?.['main'] ?? [];
		const output = outputs.findIndex((items) => (items ?? []).length > 0);
		if (output >= 0) places.set(node, output);
	}
	return places;
}

async function exportOnce(partner: string, configure = {}): Promise<Execution> {
	const id = await crash.addExport(partner, undefined, configure);
	const execution = await crash.lab.n8n.waitForExecution(await crash.runExport(id));
	if (failureOf(execution) !== undefined) throw new Error(failureOf(execution));
	return execution;
}

/** Starts a workflow that stands still after a node, and waits until it does. */
async function standing(name: string, node: string, start: () => Promise<string>): Promise<void> {
	const execution = await start();
	const ended = crash.lab.n8n.waitForExecution(execution).then((one) => {
		throw new Error(`did not stop after "${node}": ${failureOf(one) ?? one.status}`);
	});
	ended.catch(() => undefined);
	await Promise.race([crash.gate.arrival(name), ended]);
}

async function standAfter(partner: string, node: string, output: number, configure = {}) {
	const id = await crash.addExport(
		partner,
		(template) => crash.gate.stopAfter(template, node, partner, output),
		configure,
	);
	await standing(partner, node, async () => await crash.runExport(id));
}

async function killAndRestart(): Promise<void> {
	await crash.lab.n8n.process.kill();
	crash.gate.open();
	await crash.lab.restart();
	crash.gate.shut();
}

/** What a person and the schedules do after a crash. */
async function recover(partners: readonly string[]): Promise<string> {
	crash.gate.open();
	const first = failureOf(await crash.replay()) ?? '';
	const again = failureOf(await crash.replay({ 'config.whenInDoubt': 'sendAgain' }));
	if (again !== undefined) throw new Error(`replay: ${again}`);
	await crash.sweep(partners);
	crash.gate.shut();
	return first;
}

async function verdicts(
	partners: ReadonlyMap<string, string>,
	sentAgain: ReadonlySet<string> = new Set(),
): Promise<Record<string, string[]>> {
	const ledger = await crash.ledger();
	const wrong: Record<string, string[]> = {};
	for (const [partner, place] of partners) {
		const found = crash.judge(partner, ledger, sentAgain.has(partner) ? { sentAgain: 1 } : {});
		if (found.length > 0) wrong[`${partner} ${place}`] = found;
	}
	return wrong;
}

describe('killed between two nodes', () => {
	const places = new Map<string, string>();

	test('every node of an export that has items is a place to die after', async () => {
		const baseline = placesIn(await exportOnce('BASE'));
		expect(await verdicts(new Map([['BASE', 'not killed']]))).toEqual({});
		let count = 0;
		const next = (node: string) => {
			const partner = `P${String((count += 1)).padStart(2, '0')}`;
			places.set(partner, `after "${node}"`);
			return partner;
		};
		// One after the other, each with a delivered file whose bytes can go.
		for (const node of PRUNING) {
			await exportOnce(`Q${PRUNING.indexOf(node)}`);
			await standAfter(next(node), node, 0, NO_ROOM);
		}
		for (const [node, output] of baseline) {
			if (!PRUNING.includes(node)) await standAfter(next(node), node, output);
		}
		expect([...baseline.keys()]).toEqual(
			expect.arrayContaining([
				'Export on demand',
				'Encode as X12 810',
				'Record refused documents',
				'Record the files',
				'Record the contents',
				'Record the documents',
				'Claim for deposit',
				'Deposit at the partner',
				'Record the documents as sent',
				'Record the outcome',
			]),
		);
		expect(places.size).toBeGreaterThanOrEqual(28);
		await killAndRestart();
		for (const partner of places.keys())
			expect(crash.watch.of(`/inbound/${partner}`).length).toBeLessThanOrEqual(1);
	});

	test('replay and sweep finish them all: each document once, the books agree', async () => {
		expect(places.size).toBeGreaterThanOrEqual(28);
		await recover([...places.keys()]);
		expect(await verdicts(places)).toEqual({});
		expect(crash.watch.temporaries()).toEqual([]);
	});

	test('and then there is nothing left to do', async () => {
		const before = crash.watch.publications.length;
		expect(before).toBeGreaterThan(places.size);
		await recover([...places.keys()].slice(0, 6));
		expect(crash.watch.publications.length).toBe(before);
		expect(await verdicts(places)).toEqual({});
	});
});

test('two exports that found the same documents: each goes once, and the loser says why', async () => {
	const { n8n } = crash.lab;
	const runs: string[] = [];
	for (const place of ['first', 'second']) {
		const id = await crash.addExport('TWO', (template) =>
			crash.gate.stopAfter(template, 'Say what changed', place),
		);
		runs.push(await crash.runExport(id));
		await crash.gate.arrival(place);
	}
	crash.gate.open();
	const ended = await Promise.all(runs.map(async (id) => await n8n.waitForExecution(id)));
	crash.gate.shut();
	const failures = ended.map(failureOf).filter((failure) => failure !== undefined);
	expect(failures.length).toBeGreaterThan(0);
	for (const failure of failures) expect(failure).toMatch(/Another run is sending .* to TWO/);
	expect(crash.watch.of('/inbound/TWO')).toHaveLength(2 - failures.length);
	await recover(['TWO']);
	expect(await verdicts(new Map([['TWO', 'two at once']]))).toEqual({});
	expect(crash.watch.of('/inbound/TWO')).toHaveLength(1);
});

describe('killed while it recovers', () => {
	const places = new Map<string, string>();

	/** Files that failed, because the partner's server refused them. */
	async function failedFiles(partners: readonly string[]): Promise<[string, string][]> {
		const path = /\/F\d\d\//;
		const action = { kind: 'status', code: 3 } as const;
		crash.plan({ at: 'OPEN', path, times: Number.MAX_SAFE_INTEGER, action });
		const files: [string, string][] = [];
		for (const partner of partners) {
			const id = await crash.addExport(partner);
			const execution = await crash.lab.n8n.waitForExecution(await crash.runExport(id));
			expect(failureOf(execution)).toContain('The replay workflow sends these files again');
			files.push([partner, await fileOf(partner, 'failed')]);
		}
		crash.plan();
		return files;
	}

	async function fileOf(partner: string, state: string): Promise<string> {
		const { files } = await crash.ledger();
		const [file, ...more] = files.filter((row) => row['partner'] === partner);
		expect(more).toEqual([]);
		expect(file).toMatchObject({ state });
		return String(file?.['file_name']);
	}

	async function replayOf(fileName: string, change?: Change) {
		const id = await crash.addReplay(change);
		return await crash.lab.n8n.runManually(id, 'Send again on demand', [
			{
				'File name, control number or document number': fileName,
				'Also when it was delivered': 'No',
			},
		]);
	}

	type Change = (template: Workflow) => Workflow;

	/** A replay or a sweep that stands, of which the partner's documents are to be finished later. */
	async function recoveryStandsAfter(
		partner: string,
		[node, output]: readonly [string, number],
		start: (change: Change) => Promise<string>,
	) {
		places.set(partner, `recovery, after "${node}"`);
		const stop: Change = (template) => crash.gate.stopAfter(template, node, partner, output);
		await standing(partner, node, async () => await start(stop));
	}

	async function ended(execution: string): Promise<Map<string, number>> {
		const run = await crash.lab.n8n.waitForExecution(execution);
		if (failureOf(run) !== undefined) throw new Error(failureOf(run));
		return placesIn(run);
	}

	test('every node of a replay that has items is a place to die after', async () => {
		const [one] = await failedFiles(['F00']);
		const nodes = [...(await ended(await replayOf(one![1])))];
		places.set('F00', 'not killed');
		expect(nodes.map(([node]) => node)).toEqual(
			expect.arrayContaining(['Find the file', 'Claim', 'Read the bytes', 'Record the outcome']),
		);
		const partners = nodes.map((_node, index) => `F${String(index + 1).padStart(2, '0')}`);
		const files = await failedFiles(partners);
		for (const [index, [partner, file]] of files.entries()) {
			const start = async (change: Change) => await replayOf(file, change);
			await recoveryStandsAfter(partner, nodes[index]!, start);
		}
	});

	test('also where a file is given up that never left', async () => {
		const neverLeft = async (partner: string) => {
			await standAfter(partner, 'Record the documents', 0);
			return await fileOf(partner, 'encoded');
		};
		const nodes = await ended(await replayOf(await neverLeft('N00')));
		places.set('N00', 'given up');
		const giveUp = [...nodes].slice([...nodes.keys()].indexOf('Take it from its run'));
		expect(giveUp.map(([node]) => node).sort()).toEqual([
			'Give the file up',
			'Let its documents be exported anew',
			'Take it from its run',
		]);
		for (const [index, place] of giveUp.entries()) {
			const partner = `N${String(index + 1).padStart(2, '0')}`;
			const file = await neverLeft(partner);
			crash.gate.forget(partner);
			const start = async (change: Change) => await replayOf(file, change);
			await recoveryStandsAfter(partner, place, start);
		}
	});

	test('and every node that a sweep has before its export', async () => {
		const sweep = async (partner: string, change?: Change) => {
			const id = await crash.addSweep(partner, change);
			return await crash.lab.n8n.runManually(id, 'Every night', [{}]);
		};
		const nodes = await ended(await sweep('S00'));
		places.set('S00', 'swept');
		const own = [...nodes].filter(
			([node]) =>
				node === 'Claim for deposit' ||
				!readShippedTemplate(EXPORT).nodes.some((one) => one.name === node),
		);
		expect(own.length).toBeGreaterThanOrEqual(5);
		for (const [index, place] of own.entries()) {
			const partner = `S${String(index + 1).padStart(2, '0')}`;
			await recoveryStandsAfter(partner, place, async (change) => await sweep(partner, change));
		}
		await killAndRestart();
	});

	test('the next replay and sweep finish them all', async () => {
		expect(places.size).toBeGreaterThanOrEqual(30);
		await recover([...places.keys()]);
		expect(await verdicts(places)).toEqual({});
		expect(crash.watch.temporaries()).toEqual([]);
	});
});

describe('killed inside the deposit', () => {
	const places = new Map<string, string>();
	const taken = new Set<string>();
	let release: () => void = () => undefined;

	test('while a temporary file is made, written, published, and just after it', async () => {
		const released = new Promise<void>((resolve) => {
			release = resolve;
		});
		const hold = (
			partner: string,
			at: string,
			when: 'before' | 'after',
		): { fault: Fault; reached: Promise<void> } => {
			let reach: () => void = () => undefined;
			const reached = new Promise<void>((resolve) => {
				reach = resolve;
			});
			const call = async () => {
				crash.watch.look();
				reach();
				await released;
				// The request of a dead client is not executed afterwards.
				throw new Error('the client is gone');
			};
			return {
				fault: { at, when, path: new RegExp(`/${partner}/`), action: { kind: 'call', call } },
				reached,
			};
		};
		const rename = await publishingRequest();
		const cases: [string, string, 'before' | 'after', string][] = [
			['D1', 'OPEN', 'after', 'temporary file made'],
			['D2', 'WRITE', 'before', 'before the bytes'],
			['D3', 'WRITE', 'after', 'after the bytes'],
			['D4', rename, 'before', 'before it is published'],
			['D5', rename, 'after', 'after it is published'],
			['D6', rename, 'after', 'published, then taken by the partner'],
		];
		const holds = cases.map(([partner, at, when]) => hold(partner, at, when));
		crash.plan(...holds.map(({ fault }) => fault));
		for (const [index, [partner, , , place]] of cases.entries()) {
			places.set(partner, place);
			const id = await crash.addExport(partner);
			await crash.runExport(id);
			await holds[index]?.reached;
		}
		await crash.lab.n8n.process.kill();
		crash.watch.look();
		release();
		crash.plan();
		const [file] = crash.watch.of('/inbound/D6');
		rmSync(path.join(crash.lab.sftpRoot, file!.path));
		crash.watch.look();
		taken.add('D6');
		// A temporary file that stands still for a minute is known to be a dead run's.
		const earlier = new Date(Date.now() - 120_000);
		const left = crash.watch.temporaries();
		for (const one of left) utimesSync(path.join(crash.lab.sftpRoot, one), earlier, earlier);
		expect(left.map((one) => one.split('/')[2])).toEqual(['D1', 'D2', 'D3', 'D4']);
		await crash.lab.restart();
	});

	test('a person is asked where the partner may have the file; the others are finished', async () => {
		expect(taken.size).toBe(1);
		const asked = await recover([...places.keys()]);
		const [file] = crash.watch.of('/inbound/D6');
		expect(asked).toContain(`${path.posix.basename(file!.path)}: in doubt`);
		expect(asked).not.toContain('810_D5_');
		expect(await verdicts(places, taken)).toEqual({});
		const again = crash.watch.of('/inbound/D6');
		expect(new Set(again.map((one) => one.sha256)).size).toBe(1);
		expect(crash.watch.temporaries()).toEqual([]);
	});
});

/** The request with which a deposit publishes on this server. */
async function publishingRequest(): Promise<string> {
	const { events } = crash.lab.sftp;
	const details = events.filter((event) => event.kind === 'request').map((event) => event.detail);
	const found = ['POSIX_RENAME', 'HARDLINK', 'RENAME'].find((at) =>
		details.some((detail) => detail.startsWith(`${at} `)),
	);
	if (found === undefined) throw new Error('nothing was ever published');
	return found;
}

describe('killed while Exact is polled', () => {
	const places = new Map<string, string>();

	test('inside the poll, and between the poll and the first node', async () => {
		const { lab, gate } = crash;
		const fromBeginning = (partner: string) =>
			crash.addExport(partner, (template) => {
				const stopped = gate.stopAfter(template, TRIGGER, partner);
				return {
					...stopped,
					nodes: stopped.nodes.map((node) =>
						node.name === TRIGGER
							? {
									...node,
									parameters: {
										...node.parameters,
										startFrom: 'beginning',
										pollTimes: { item: [{ mode: 'everyMinute' }] },
									},
								}
							: node,
					),
				};
			});
		const handedOver = await fromBeginning('T1');
		places.set('T1', 'poll handed over');
		await lab.n8n.activate(handedOver);
		await gate.arrival('T1');

		const polling = await fromBeginning('T2');
		places.set('T2', 'inside the poll');
		const calls = lab.exact.calls.length;
		lab.exact.controls.fault({ match: 'PurchaseEntr', kind: 'delay', delayMs: 60_000 });
		let refused: unknown;
		lab.n8n.activate(polling).catch((error: unknown) => (refused = error));
		while (!lab.exact.calls.slice(calls).some((call) => call.fault === 'delay')) {
			if (refused !== undefined) throw new Error('the poll was not started', { cause: refused });
			await sleep(20);
		}
		await lab.n8n.process.kill();
		lab.exact.controls.clearFaults();
		gate.open();
		await lab.restart();
	});

	test('replay and sweep finish both', async () => {
		expect([...places.keys()]).toEqual(['T1', 'T2']);
		// What is active polls again at the start; its executions come to their end first.
		const { n8n } = crash.lab;
		const unfinished = async () => {
			const { results } = await n8n.rest<{ results: { status: string }[] }>(
				'GET',
				'/executions?limit=50',
			);
			return results.some(({ status }) => ['new', 'running'].includes(status));
		};
		while (await unfinished()) await sleep(500);
		for (const workflow of await n8n.rest<{ id: string; active: boolean }[]>('GET', '/workflows')) {
			if (workflow.active) await n8n.deactivate(workflow.id);
		}
		await recover([...places.keys()]);
		expect(await verdicts(places)).toEqual({});
	});
});
