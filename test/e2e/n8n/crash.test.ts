/**
 * n8n is killed with SIGKILL while executions stand after each node of the export, and inside the
 * deposit. It is started again on the same database and ledger, replay and the nightly run follow,
 * and an oracle compares Exact, the ledger and everything that ever appeared at the partner.
 *
 * One kill takes many executions: each is of a partner of its own and stands at a place of its own.
 */
import { rmSync, utimesSync } from 'node:fs';
import path from 'node:path';
import type { Execution } from '../../../sandbox/n8n';
import { failureOf } from '../../../sandbox/n8n';
import type { Fault } from '../../../sandbox/sftpServer';
import { startCrashLab  } from '../../support/crashLab';
import type {CrashLab} from '../../support/crashLab';

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

/** Starts a workflow that stands still after a node, and waits until it does. */
async function standAfter(partner: string, node: string, output: number): Promise<void> {
	const id = await crash.addExport(partner, (template) =>
		crash.gate.stopAfter(template, node, partner, output),
	);
	const execution = await crash.runExport(id);
	const ended = crash.lab.n8n.waitForExecution(execution).then((one) => {
		throw new Error(`did not stop after "${node}": ${failureOf(one) ?? one.status}`);
	});
	ended.catch(() => undefined);
	await Promise.race([crash.gate.arrival(partner), ended]);
}

/** What the schedules do after a crash. */
async function recover(partners: readonly string[]): Promise<string> {
	crash.gate.open();
	await crash.leasesAreOver();
	const said = failureOf(await crash.replay()) ?? '';
	await crash.sweep(partners);
	crash.gate.shut();
	return said;
}

async function verdicts(
	partners: ReadonlyMap<string, string>,
	sentAgain: ReadonlySet<string> = new Set(),
): Promise<Record<string, string[]>> {
	const wrong: Record<string, string[]> = {};
	for (const [partner, place] of partners) {
		const found = await crash.judge(partner, sentAgain.has(partner) ? { sentAgain: 1 } : {});
		if (found.length > 0) wrong[`${partner} ${place}`] = found;
	}
	return wrong;
}

describe('killed between two nodes', () => {
	const places = new Map<string, string>();

	test('every node of an export that has items is a place to die after', async () => {
		const run = await crash.lab.n8n.waitForExecution(
			await crash.runExport(await crash.addExport('BASE')),
		);
		// The refused one is for a person; all else has gone.
		expect(failureOf(run)).toContain('A-REFERENCE-OF-MORE-THAN-22-CHARACTERS');
		expect(await verdicts(new Map([['BASE', 'not killed']]))).toEqual({});
		const baseline = placesIn(run);
		expect([...baseline.keys()]).toEqual(
			expect.arrayContaining([
				'Every night',
				'Read the last days',
				'Take new or changed',
				'Encode as X12 810',
				'Deposit at the partner',
				'Record refused',
				'Report the run',
			]),
		);
		for (const [index, [node, output]] of [...baseline].entries()) {
			const partner = `P${String(index + 1).padStart(2, '0')}`;
			places.set(partner, `after "${node}"`);
			await standAfter(partner, node, output);
		}
		await crash.lab.n8n.process.kill();
		crash.gate.open();
		await crash.lab.restart();
		crash.gate.shut();
		for (const partner of places.keys())
			expect(crash.watch.of(`/inbound/${partner}`).length).toBeLessThanOrEqual(1);
	});

	test('replay and the nightly run finish them all: each document once, the books agree', async () => {
		expect(places.size).toBeGreaterThanOrEqual(7);
		await recover([...places.keys()]);
		expect(await verdicts(places)).toEqual({});
		expect(crash.watch.temporaries()).toEqual([]);
	});

	test('and then there is nothing left to do', async () => {
		const before = crash.watch.publications.length;
		expect(before).toBeGreaterThanOrEqual(places.size);
		await recover([...places.keys()]);
		expect(crash.watch.publications.length).toBe(before);
		expect(await verdicts(places)).toEqual({});
	});
});

test('two exports of the same documents at once: each document goes once, and neither gives way', async () => {
	const { n8n } = crash.lab;
	const ids = [await crash.addExport('TWO'), await crash.addExport('TWO')];
	const runs = await Promise.all(ids.map(async (id) => await crash.runExport(id)));
	const ended = await Promise.all(runs.map(async (id) => await n8n.waitForExecution(id)));
	for (const failure of ended.map(failureOf)) {
		if (failure !== undefined) expect(failure).toContain('Refused');
	}
	expect(await verdicts(new Map([['TWO', 'two at once']]))).toEqual({});
});

describe('killed inside the deposit', () => {
	const places = new Map<string, string>();
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
			await crash.runExport(await crash.addExport(partner));
			await holds[index]?.reached;
		}
		await crash.lab.n8n.process.kill();
		crash.watch.look();
		release();
		crash.plan();
		const [file] = crash.watch.of('/inbound/D6');
		rmSync(path.join(crash.lab.sftpRoot, file!.path));
		crash.watch.look();
		// A temporary file that stands still for a minute is known to be a dead run's.
		const earlier = new Date(Date.now() - 120_000);
		for (const one of crash.watch.temporaries()) {
			utimesSync(path.join(crash.lab.sftpRoot, one), earlier, earlier);
		}
		await crash.lab.restart();
	});

	test('what the partner may have taken is in doubt and waits; the others are finished', async () => {
		expect(places.size).toBe(6);
		const said = await recover([...places.keys()]);
		const [file] = crash.watch.of('/inbound/D6');
		expect(said).toContain(path.posix.basename(file!.path));
		expect(await crash.judge('D6')).toEqual([
			`${path.posix.basename(file!.path)} is in doubt`,
			expect.stringContaining('deposited are'),
		]);
		places.delete('D6');
		expect(await verdicts(places)).toEqual({});
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
