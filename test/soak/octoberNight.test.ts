/**
 * The night in which an hour happens twice, in the real n8n at two hundred times its speed: two
 * workflows on one credential, a right that is lost and given back, a module that is forbidden for a
 * while, an access token that ends early, and entries that change all the time.
 */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClock } from '../../sandbox/exact-simulator';
import { outputOf } from '../../sandbox/n8n';
import type { Workflow } from '../../sandbox/n8n';
import { ENTRY, guid, madeUpCompany } from '../support/madeUpCompany';
import { DIVISION, startN8nLab } from '../support/n8nLab';
import type { N8nLab } from '../support/n8nLab';

jest.setTimeout(600_000);

const SPEED = 200;
const ENTRIES = 12;
const MINUTE = 60_000;
const ENDPOINT = 'purchaseentry/PurchaseEntries';
/** Two hours before the clocks of Amsterdam go back, at 01:00 UTC. */
const STARTS_AT = '2026-10-24T22:30:00Z';

const LIBRARY = 'faketime/libfaketime.so.1';

/** The library that speeds up the clock of a process. */
function fakeTime(): string {
	const folders = existsSync('/usr/lib') ? readdirSync('/usr/lib') : [];
	const found = folders
		.map((folder) => path.join('/usr/lib', folder, LIBRARY))
		.find((file) => existsSync(file));
	if (found === undefined)
		throw new Error('libfaketime is not installed: run "node sandbox/prepare.mjs --system"');
	return found;
}

const watching = (name: string): Workflow => ({
	name,
	nodes: [
		{
			name: 'When purchase entries change',
			type: 'n8n-nodes-exact-online-edi.exactOnlineTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {
				division: { __rl: true, mode: 'list', value: '' },
				resource: 'purchaseEntry',
				include: ['lines'],
				pollTimes: { item: [{ mode: 'everyX', value: 12, unit: 'hours' }] },
			},
		},
		{
			name: 'Arrived',
			type: 'n8n-nodes-base.noOp',
			typeVersion: 1,
			position: [200, 0],
			parameters: {},
		},
	],
	connections: {
		'When purchase entries change': { main: [[{ node: 'Arrived', type: 'main', index: 0 }]] },
	},
});

const clock = createClock({ startsAt: STARTS_AT, speed: SPEED });
let lab: N8nLab;

beforeAll(async () => {
	lab = await startN8nLab({
		exact: {
			data: madeUpCompany(ENTRIES, Number(DIVISION)),
			clock,
			latencyMs: 0,
			// To wait for the next minute would take a minute of ours.
			limits: { minutely: 1_000_000, daily: 1_000_000 },
		},
		env: {
			LD_PRELOAD: fakeTime(),
			FAKETIME: `@${STARTS_AT.slice(0, 19).replace('T', ' ')} x${SPEED}`,
			// n8n's own timers run as ever, or its database would time out.
			FAKETIME_DONT_FAKE_MONOTONIC: '1',
			DONT_FAKE_MONOTONIC: '1',
			TZ: 'UTC',
		},
	});
});
afterAll(async () => {
	await lab?.close();
});

/** The simulator's clock follows n8n's, as it tells it in its answers. */
async function alignClocks(): Promise<void> {
	const answer = await fetch(`${lab.n8n.url}/healthz`);
	clock.set(Date.parse(answer.headers.get('date')!));
}

/** A workflow that is published polls at once; n8n's timers are not quicker and would take hours. */
async function poll(workflow: string): Promise<void> {
	await lab.n8n.deactivate(workflow);
	try {
		await lab.n8n.activate(workflow);
	} catch {
		// What Exact refuses keeps it from being published; the next time it asks again.
	}
}

/** What arrived last of each entry. */
async function arrived(workflow: string): Promise<Map<string, string>> {
	const last = new Map<string, string>();
	const executions = await lab.n8n.executionsOf(workflow);
	const inOrder = executions.map(({ id }) => Number(id)).sort((a, b) => a - b);
	for (const id of inOrder) {
		const execution = await lab.n8n.readExecution(String(id));
		for (const { json } of outputOf(execution, 'Arrived')) {
			const { document } = json as { document: { key: string; description?: string } };
			last.set(document.key, JSON.stringify(json));
		}
	}
	return last;
}

test('nothing is missed, no key is blocked, and the lost right deletes nothing', async () => {
	const { controls } = lab.exact;
	const filling = { credentials: lab.credentials, division: lab.division };
	const often = await lab.n8n.importWorkflow(watching('Often'), filling);
	const seldom = await lab.n8n.importWorkflow(watching('Seldom'), filling);
	await alignClocks();
	const begun = clock.now();
	const minute = () => (clock.now() - begun) / MINUTE;

	const troubles: [from: number, what: () => void][] = [
		[60, () => controls.denyRights(ENDPOINT)],
		[100, () => controls.grantRights(ENDPOINT)],
		[140, () => controls.forbid(ENDPOINT)],
		[160, () => controls.permit(ENDPOINT)],
		[210, () => controls.endAccessTokensEarly()],
	];
	let edits = 0;
	const change = (number: number) => {
		edits += 1;
		controls.edit('purchase-entries', guid(ENTRY, number), { Description: `version ${edits}` });
	};
	while (minute() < 260) {
		while ((troubles[0]?.[0] ?? Number.POSITIVE_INFINITY) <= minute()) troubles.shift()![1]();
		change((edits % ENTRIES) + 1);
		await poll(often.id);
		if (edits % 20 === 0) await poll(seldom.id);
		await sleep(300);
	}
	// The longest pause after the refusals is over, and the workflow that runs once an hour has run.
	while (minute() < 420) {
		await poll(often.id);
		await poll(seldom.id);
		await sleep(1_000);
	}

	const rows = controls.rows('purchase-entries');
	expect(edits).toBeGreaterThan(50);
	for (const { id } of [often, seldom]) {
		const last = await arrived(id);
		for (const row of rows) {
			const found = [...last].find(([key]) => key.includes(String(row.EntryID)))?.[1] ?? '';
			expect([row.EntryID, found.includes(`"${String(row.Description)}"`)]).toEqual([
				row.EntryID,
				true,
			]);
		}
		expect([...last.values()].filter((json) => json.includes('"deleted"'))).toEqual([]);
	}
	const kinds = new Set(['errorLimit', 'halfOfErrors', 'tokenCap']);
	expect(lab.exact.violations.filter(({ kind }) => kinds.has(kind))).toEqual([]);
	// A night without a refusal would prove nothing.
	expect(lab.exact.calls.some(({ status }) => status === 403)).toBe(true);
});
