import fc from 'fast-check';
import type { DivisionState, HttpPort } from '../../../lib/exact';
import { createProcessRefusals, createRequestQueue } from '../../../lib/exact';
import type { SimulatedExact } from '../../support/exactSimulator';
import { simulateExact } from '../../support/exactSimulator';
import { ENTRY, entryRow, guid, lineRow, madeUpCompany } from '../../support/madeUpCompany';
import type { PollSettings } from '../../support/pollDriver';
import { pollOnce } from '../../support/pollDriver';

const MINUTE = 60_000;
const DAY = 24 * 60;
const DAYS = 30;
const ENTRIES = 12;

const ENDPOINTS = [
	'purchaseentry/PurchaseEntries',
	'purchaseentry/PurchaseEntryLines',
	'financial/GLAccountClassificationMappings',
	'system/Divisions',
] as const;

/** What happens to a connection in a month; `at` and `lasts` in minutes. */
type Trouble = { at: number; lasts: number; endpoint: (typeof ENDPOINTS)[number] } & {
	kind: 'rights' | 'forbidden' | 'scope' | 'left';
};
type Moment = {
	at: number;
	kind: 'edit' | 'new' | 'tokenEnds' | 'quota' | 'process';
	entry: number;
};

const trouble: fc.Arbitrary<Trouble> = fc.record({
	at: fc.integer({ min: 10, max: (DAYS - 2) * DAY }),
	lasts: fc.constantFrom(1, 30, 200, 1_500),
	endpoint: fc.constantFrom(...ENDPOINTS),
	kind: fc.constantFrom('rights' as const, 'forbidden' as const, 'scope' as const, 'left' as const),
});
const moment: fc.Arbitrary<Moment> = fc.record({
	at: fc.integer({ min: 1, max: DAYS * DAY }),
	kind: fc.oneof(
		{ weight: 12, arbitrary: fc.constant('edit' as const) },
		{ weight: 3, arbitrary: fc.constant('new' as const) },
		{ weight: 3, arbitrary: fc.constant('tokenEnds' as const) },
		{ weight: 1, arbitrary: fc.constant('quota' as const) },
		{ weight: 1, arbitrary: fc.constant('process' as const) },
	),
	entry: fc.integer({ min: 1, max: ENTRIES }),
});

/** A workflow in a process of n8n, with its cursor and what it handed over. */
class Workflow {
	private state: DivisionState | undefined;

	readonly delivered = new Map<string, string>();

	deletions = 0;

	constructor(
		private readonly exact: SimulatedExact,
		private readonly process: {
			store: ReturnType<typeof createProcessRefusals>;
			queue: ReturnType<typeof createRequestQueue>;
		},
		private readonly http: HttpPort,
		private readonly settings: PollSettings,
	) {}

	async poll(): Promise<void> {
		try {
			const result = await pollOnce(this.exact, this.settings, structuredClone(this.state), {
				client: {
					http: this.http,
					queue: this.process.queue,
					refusals: { store: this.process.store, processes: 2 },
				},
			});
			this.state = result.state;
			this.deletions += result.deletions.length;
			for (const { row } of result.rows) {
				const lines = (row.lines as { Description: string }[] | undefined) ?? [];
				const text = JSON.stringify([row.Description, lines.map((line) => line.Description)]);
				this.delivered.set(String(row.EntryID ?? row.ID), text);
			}
		} catch (error) {
			if ((error as { code?: string }).code?.startsWith('EXACT_') !== true) throw error;
		}
	}
}

/** Rights, tokens and limits over a month in simulated time, across a change of the clocks. */
async function month(
	exact: SimulatedExact,
	troubles: readonly Trouble[],
	moments: readonly Moment[],
	everyMinutes: number,
): Promise<void> {
	const { controls, division } = exact.simulator;
	const http: HttpPort = async ({ method, url, headers }) => {
		const { pathname, search } = new URL(url);
		return await exact.simulator.respond({
			method,
			url: pathname + search,
			headers: {
				accept: headers.Accept ?? '',
				authorization: `Bearer ${exact.token.accessToken}`,
			},
		});
	};
	const process = () => ({ store: createProcessRefusals(), queue: createRequestQueue() });
	const [main, worker] = [process(), process()];
	const entries = { resource: 'purchaseEntry', includes: ['lines'], overlapMs: 300_000 } as const;
	const everyMinute = new Workflow(exact, main, http, entries);
	const everyDay = new Workflow(exact, worker, http, { ...entries, overlapMs: 0 });
	const mappings = new Workflow(exact, worker, http, {
		resource: 'glAccountMapping',
		withDeletions: true,
	});

	const begins = new Map<number, Trouble[]>();
	const ends = new Map<number, Trouble[]>();
	for (const one of troubles) {
		begins.set(one.at, [...(begins.get(one.at) ?? []), one]);
		ends.set(one.at + one.lasts, [...(ends.get(one.at + one.lasts) ?? []), one]);
	}
	const happens = new Map<number, Moment[]>();
	for (const one of moments) happens.set(one.at, [...(happens.get(one.at) ?? []), one]);

	let edits = 0;
	let next = ENTRIES;
	const apply = ({ kind, entry }: Moment) => {
		edits += 1;
		const text = `version ${edits}`;
		switch (kind) {
			case 'edit':
				controls.edit('purchase-entries', guid(ENTRY, entry), { Description: text });
				break;
			case 'new':
				next += 1;
				controls.add(
					'purchase-entries',
					entryRow(next, { Modified: undefined, Created: undefined }),
				);
				controls.add('purchase-entry-lines', lineRow(next, 1));
				break;
			case 'process':
				for (let number = 1; number <= ENTRIES; number += 1) {
					controls.edit('purchase-entries', guid(ENTRY, number), { Description: text });
				}
				break;
			case 'tokenEnds':
				controls.endAccessTokensEarly();
				break;
			case 'quota':
				controls.useQuota({ daily: 5_000 }, division);
				break;
		}
	};
	const start = ({ kind, endpoint }: Trouble) => {
		if (kind === 'rights') controls.denyRights(endpoint);
		else if (kind === 'forbidden') controls.forbid(endpoint);
		else if (kind === 'scope') controls.takeOutOfScope();
		else controls.leaveDivision();
	};
	const stop = ({ kind, endpoint }: Trouble) => {
		if (kind === 'rights') controls.grantRights(endpoint);
		else if (kind === 'forbidden') controls.permit(endpoint);
		else if (kind === 'scope') controls.putInScope();
		else controls.returnToDivision();
	};
	for (let minute = 0; minute < DAYS * DAY; minute += 1) {
		begins.get(minute)?.forEach(start);
		ends.get(minute)?.forEach(stop);
		happens.get(minute)?.forEach(apply);
		exact.clock.advance(MINUTE);
		if (minute % everyMinutes === 0) await everyMinute.poll();
		if (minute % DAY === 300) {
			await everyDay.poll();
			await mappings.poll();
		}
	}
	troubles.forEach(stop);
	for (let hour = 0; hour < 30; hour += 1) {
		exact.clock.advance(60 * MINUTE);
		for (const workflow of [everyMinute, everyDay, mappings]) await workflow.poll();
	}

	for (const row of controls.rows('purchase-entries')) {
		const lines = controls
			.rows('purchase-entry-lines')
			.filter((line) => line.EntryID === row.EntryID)
			.map((line) => line.Description);
		const latest = JSON.stringify([row.Description, lines]);
		expect(everyMinute.delivered.get(String(row.EntryID))).toBe(latest);
		expect(everyDay.delivered.get(String(row.EntryID))).toBe(latest);
	}
	expect(mappings.deletions).toBe(0);
	const kinds = new Set(['errorLimit', 'halfOfErrors', 'tokenCap']);
	expect(exact.simulator.violations.filter(({ kind }) => kinds.has(kind))).toEqual([]);
}

test.each([
	['amsterdam', 'the hour that happens twice', '2026-10-10T04:00:00Z', 1],
	['utc', 'the hour that happens twice', '2026-10-10T04:00:00Z', 1],
	['amsterdam', 'the hour that is left out', '2026-03-14T04:00:00Z', 10],
	['utc', 'the hour that is left out', '2026-03-14T04:00:00Z', 10],
] as const)(
	'a month of Exact in %s with %s: no blocked key, nothing missed, nothing deleted by mistake',
	async (dates, _night, startsAt, everyMinutes) => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(trouble, { minLength: 6, maxLength: 12 }),
				fc.array(moment, { minLength: 120, maxLength: 200 }),
				async (troubles, moments) => {
					const exact = await simulateExact({ data: madeUpCompany(ENTRIES), dates, startsAt });
					try {
						await month(exact, troubles, moments, everyMinutes);
					} finally {
						await exact.close();
					}
				},
			),
			// A month is 43,260 polls; another month each time the tests run.
			{ numRuns: 1, endOnFailure: true },
		);
	},
	600_000,
);
