import fc from 'fast-check';
import type { DivisionState, RefusalStore, RequestQueue, Row } from '../../../lib/exact';
import { createProcessRefusals, createRequestQueue } from '../../../lib/exact';
import type { SimulatedExact } from '../../support/exactSimulator';
import { simulateExact } from '../../support/exactSimulator';
import {
	ENTRY,
	entryRow,
	guid,
	LINE,
	lineRow,
	MADE_UP_DIVISION,
	madeUpCompany,
	mappingKey,
} from '../../support/madeUpCompany';
import type { PollSettings } from '../../support/pollDriver';
import { pollOnce } from '../../support/pollDriver';

const MINUTE = 60_000;
const DAY = 24 * 60;
const DAYS = 30;
const ENTRIES = 12;
const MAPPINGS = 7;
/** In minutes: what Exact refused is asked again after four hours at the latest. */
const LONGEST_PAUSE = 5 * 60;
const DIVISIONS = [MADE_UP_DIVISION, MADE_UP_DIVISION + 1] as const;

/** More months than the tests run each time: `npm run test:soak`. */
const MONTHS = Number(process.env['EXACT_MONTHS'] ?? 1);

const ENDPOINTS = [
	'purchaseentry/PurchaseEntries',
	'purchaseentry/PurchaseEntries',
	'purchaseentry/PurchaseEntryLines',
	'financial/GLAccountClassificationMappings',
	'system/Divisions',
] as const;

/** What goes wrong with a connection for a while; `at` and `lasts` in minutes. */
const TROUBLES = [
	// A right of the user: 200 with an empty list.
	'rights',
	// The module, or the data scope of the app: 403.
	'forbidden',
	'scope',
	'left',
	// The refresh token is used elsewhere, until a person connects anew.
	'connection',
	// The token endpoint is down, so that the token ends.
	'tokenOutage',
] as const;
interface Trouble {
	readonly at: number;
	readonly lasts: number;
	readonly endpoint: (typeof ENDPOINTS)[number];
	readonly division: number;
	readonly kind: (typeof TROUBLES)[number];
	/** Is changed in the middle of it. */
	readonly entry: number;
}

type MomentKind =
	| 'edit'
	| 'line'
	| 'new'
	| 'processed'
	| 'unmapped'
	| 'tokenEndsEarly'
	| 'tokenEnds'
	| 'dayUsedUp'
	| 'minuteUsedUp'
	| 'restart';
interface Moment {
	readonly at: number;
	readonly kind: MomentKind;
	readonly entry: number;
	readonly division: number;
}

const division = fc.constantFrom(...DIVISIONS);
/** When the workflow that runs once a day does. */
const DAILY = 300;
const EVERY_HOURS = 180;

const at = fc.oneof(
	fc.integer({ min: 10, max: (DAYS - 2) * DAY }),
	fc.integer({ min: 0, max: DAYS - 2 }).map((day) => day * DAY + DAILY - 10),
);
const entry = fc.integer({ min: 1, max: ENTRIES });
const trouble: fc.Arbitrary<Trouble> = fc.record({
	at,
	lasts: fc.constantFrom(1, 30, 200, 400, 1_500),
	endpoint: fc.constantFrom(...ENDPOINTS),
	division,
	kind: fc.constantFrom(...TROUBLES),
	entry,
});

/** Of no month these are missing. */
const CERTAIN: ReadonlyArray<Pick<Trouble, 'kind' | 'endpoint' | 'lasts'>> = [
	{ kind: 'rights', endpoint: 'purchaseentry/PurchaseEntries', lasts: 1_500 },
	{ kind: 'rights', endpoint: 'purchaseentry/PurchaseEntryLines', lasts: 400 },
	{ kind: 'rights', endpoint: 'financial/GLAccountClassificationMappings', lasts: 1_500 },
	{ kind: 'forbidden', endpoint: 'purchaseentry/PurchaseEntries', lasts: 200 },
	{ kind: 'scope', endpoint: 'purchaseentry/PurchaseEntries', lasts: 400 },
	{ kind: 'left', endpoint: 'purchaseentry/PurchaseEntries', lasts: 200 },
	{ kind: 'connection', endpoint: 'purchaseentry/PurchaseEntries', lasts: 200 },
	{ kind: 'tokenOutage', endpoint: 'purchaseentry/PurchaseEntries', lasts: 30 },
];
const troubles: fc.Arbitrary<Trouble[]> = fc
	.tuple(
		fc.tuple(
			...CERTAIN.map((one) =>
				fc.record({ at, division, entry }).map((when): Trouble => ({ ...one, ...when })),
			),
		),
		fc.array(trouble, { minLength: 3, maxLength: 8 }),
	)
	.map(([certain, more]) => [...certain, ...more]);

const WEIGHTS: Readonly<Record<MomentKind, number>> = {
	edit: 14,
	line: 4,
	new: 4,
	processed: 1,
	unmapped: 1,
	tokenEndsEarly: 3,
	tokenEnds: 2,
	dayUsedUp: 1,
	minuteUsedUp: 2,
	restart: 2,
};
const moment: fc.Arbitrary<Moment> = fc.record({
	at: fc.oneof(
		{ weight: 4, arbitrary: fc.integer({ min: 1, max: DAYS * DAY }) },
		// The clocks change in the fifteenth night.
		{ weight: 1, arbitrary: fc.integer({ min: 14 * DAY + 18 * 60, max: 14 * DAY + 23 * 60 }) },
	),
	kind: fc.oneof(
		...Object.entries(WEIGHTS).map(([kind, weight]) => ({
			weight,
			arbitrary: fc.constant(kind as MomentKind),
		})),
	),
	entry,
	division,
});

const textOf = (entry: Described, lines: readonly Described[]) =>
	JSON.stringify([entry.Description, lines.map(({ Description }) => Description)]);
type Described = Readonly<Record<string, unknown>>;

/** A process of n8n: what it remembers is gone when it starts again, unless a ledger keeps it. */
class Process {
	queue: RequestQueue = createRequestQueue();

	constructor(readonly store: RefusalStore) {}

	restart(): void {
		this.queue = createRequestQueue();
	}
}

/** A workflow with its cursors and what it handed over. */
class Workflow {
	private readonly states = new Map<number, DivisionState>();

	readonly delivered = new Map<string, string>();

	readonly deleted: string[] = [];

	readonly refusals = new Set<string>();

	constructor(
		private readonly exact: SimulatedExact,
		private readonly process: Process,
		private readonly divisions: readonly number[],
		private readonly settings: PollSettings,
	) {}

	async poll(): Promise<void> {
		for (const code of this.divisions) {
			try {
				await this.pollOne(code);
			} catch (error) {
				const { code: refusal } = error as { code?: string };
				if (refusal?.startsWith('EXACT_') !== true) throw error;
				this.refusals.add(refusal);
			}
		}
	}

	private async pollOne(code: number): Promise<void> {
		const before = this.states.get(code);
		const result = await pollOnce(
			this.exact,
			{ ...this.settings, division: code },
			// As n8n keeps it.
			before === undefined ? undefined : (JSON.parse(JSON.stringify(before)) as DivisionState),
			{
				client: {
					queue: this.process.queue,
					refusals: { store: this.process.store, processes: 2 },
				},
			},
		);
		this.states.set(code, result.state);
		this.deleted.push(...result.deletions.map(({ key }) => `${code} ${key}`));
		for (const { row } of result.rows) {
			const lines = (row.lines as Row[] | undefined) ?? [];
			this.delivered.set(`${code} ${String(row.EntryID ?? row.ID)}`, textOf(row, lines));
		}
	}
}

function groupBy<Entry>(entries: readonly Entry[], minuteOf: (entry: Entry) => number) {
	const groups = new Map<number, Entry[]>();
	for (const entry of entries) {
		const minute = minuteOf(entry);
		groups.set(minute, [...(groups.get(minute) ?? []), entry]);
	}
	return groups;
}

function startTrouble(exact: SimulatedExact, one: Trouble): void {
	const { controls } = exact.simulator;
	switch (one.kind) {
		case 'rights':
			return controls.denyRights(one.endpoint, one.division);
		case 'forbidden':
			return controls.forbid(one.endpoint);
		case 'scope':
			return controls.takeOutOfScope(one.division);
		case 'left':
			return controls.leaveDivision(one.division);
		case 'connection':
			return controls.useRefreshTokenElsewhere();
		case 'tokenOutage':
			exact.token.isDown = true;
	}
}

function stopTrouble(exact: SimulatedExact, one: Trouble): void {
	const { controls } = exact.simulator;
	switch (one.kind) {
		case 'rights':
			return controls.grantRights(one.endpoint, one.division);
		case 'forbidden':
			return controls.permit(one.endpoint);
		case 'scope':
			return controls.putInScope(one.division);
		case 'left':
			return controls.returnToDivision(one.division);
		case 'connection':
			return exact.token.reconnect();
		case 'tokenOutage':
			exact.token.isDown = false;
	}
}

/** Edits of people in Exact, and what happens to tokens, limits and processes. */
function createWorld(exact: SimulatedExact, processes: readonly Process[]) {
	const { controls } = exact.simulator;
	let edits = 0;
	let last = ENTRIES;
	const removed: string[] = [];
	const changedAt = new Map<string, number>();
	return {
		/** Rows that are really gone. */
		removed,
		/** What the entries that were left alone since are like, by division and key. */
		latest(code: number, since: number): Map<string, string> {
			const lines = controls.rows('purchase-entry-lines', code);
			const entries = controls
				.rows('purchase-entries', code)
				.map((row) => [`${code} ${String(row.EntryID)}`, row] as const)
				.filter(([key]) => (changedAt.get(key) ?? -1) < since);
			return new Map(
				entries.map(([key, row]) => {
					const own = lines.filter((line) => line.EntryID === row.EntryID);
					return [key, textOf(row, own)];
				}),
			);
		},
		apply({ kind, entry, division: code }: Moment, minute: number): void {
			edits += 1;
			const change = (number: number) => changedAt.set(`${code} ${guid(ENTRY, number)}`, minute);
			const text = { Description: `version ${edits}` };
			const where = { division: code };
			switch (kind) {
				case 'edit':
					change(entry);
					controls.edit('purchase-entries', guid(ENTRY, entry), text, where);
					break;
				case 'line':
					change(entry);
					controls.edit('purchase-entry-lines', guid(LINE, entry * 10 + 1), text, where);
					break;
				case 'new':
					last += 1;
					change(last);
					controls.add(
						'purchase-entries',
						entryRow(last, { Modified: undefined, Created: undefined, Division: code }),
						where,
					);
					controls.add('purchase-entry-lines', lineRow(last, 1, { Division: code }), where);
					break;
				case 'processed':
					for (let number = 1; number <= ENTRIES; number += 1) {
						change(number);
						controls.edit('purchase-entries', guid(ENTRY, number), text, where);
					}
					break;
				case 'unmapped': {
					const key = mappingKey((entry % MAPPINGS) + 1);
					if (controls.row('gl-classification-mappings', key, code) === undefined) break;
					controls.remove('gl-classification-mappings', key, where);
					removed.push(`${code} ${key}`);
					break;
				}
				case 'tokenEndsEarly':
					controls.endAccessTokensEarly();
					break;
				case 'tokenEnds':
					controls.expireAccessTokens();
					break;
				case 'dayUsedUp':
					controls.useQuota({ daily: 5_000 }, code);
					break;
				case 'minuteUsedUp':
					controls.useQuota({ minutely: 60 }, code);
					break;
				case 'restart':
					// Without a ledger a process that starts again has its share of the hour anew.
					if (processes.every(({ store }) => store.isShared)) {
						processes[entry % processes.length]?.restart();
					}
			}
		},
	};
}

/** Rights, tokens and limits over a month in simulated time, across a change of the clocks. */
async function month(
	exact: SimulatedExact,
	troubles: readonly Trouble[],
	moments: readonly Moment[],
	withLedger: boolean,
): Promise<void> {
	const ledger: RefusalStore = { ...createProcessRefusals(), isShared: true };
	const newProcess = () => new Process(withLedger ? ledger : createProcessRefusals());
	const [main, worker] = [newProcess(), newProcess()];
	const entries = { resource: 'purchaseEntry', includes: ['lines'] } as const;
	const everyMinute = new Workflow(exact, main, [DIVISIONS[0]], { ...entries, overlapMs: 300_000 });
	const everyDay = new Workflow(exact, worker, DIVISIONS, { ...entries, overlapMs: 0 });
	const mappings = new Workflow(exact, worker, DIVISIONS, {
		resource: 'glAccountMapping',
		withDeletions: true,
	});
	const workflows = [everyMinute, everyDay, mappings];
	const world = createWorld(exact, [main, worker]);
	const begins = groupBy(troubles, ({ at }) => at);
	const ends = groupBy(troubles, ({ at, lasts }) => at + lasts);
	const amid = troubles.map(
		({ at, lasts, entry, division: code }): Moment => ({
			at: at + Math.floor(lasts / 2),
			kind: 'edit',
			entry,
			division: code,
		}),
	);
	const happens = groupBy([...moments, ...amid], ({ at }) => at);
	const open = new Set<Trouble>();
	/** Since when nothing is wrong with the connection. */
	let calmSince = 0;

	/** What was changed before `since` has arrived, whatever happened meanwhile. */
	const judge = (workflow: Workflow, divisions: readonly number[], since: number) => {
		for (const code of divisions) {
			for (const [key, text] of world.latest(code, since)) {
				expect([since, key, workflow.delivered.get(key)]).toEqual([since, key, text]);
			}
		}
	};

	for (let minute = 0; minute < DAYS * DAY; minute += 1) {
		for (const one of begins.get(minute) ?? []) {
			open.add(one);
			startTrouble(exact, one);
		}
		for (const one of ends.get(minute) ?? []) {
			open.delete(one);
			stopTrouble(exact, one);
			// Of two that overlap the other goes on.
			for (const other of open) startTrouble(exact, other);
			calmSince = Math.max(calmSince, minute);
		}
		for (const one of happens.get(minute) ?? []) {
			world.apply(one, minute);
			// Until Exact's midnight no call is answered.
			if (one.kind === 'dayUsedUp') calmSince = minute + DAY;
		}
		exact.clock.advance(MINUTE);
		const isCalm = open.size === 0 && minute - calmSince > LONGEST_PAUSE;
		await everyMinute.poll();
		// A token that ended early is replaced within ten minutes.
		if (isCalm && minute % 60 === 0) judge(everyMinute, [DIVISIONS[0]], minute - 30);
		if (minute % EVERY_HOURS === 0) await mappings.poll();
		if (minute % DAY !== DAILY) continue;
		await everyDay.poll();
		if (isCalm) judge(everyDay, DIVISIONS, minute);
	}
	for (const one of open) stopTrouble(exact, one);
	for (let hour = 0; hour < 30; hour += 1) {
		exact.clock.advance(60 * MINUTE);
		for (const workflow of workflows) await workflow.poll();
	}
	judge(everyMinute, [DIVISIONS[0]], DAYS * DAY + 1);
	judge(everyDay, DIVISIONS, DAYS * DAY + 1);

	// What was gone before it was read for the first time is nobody's news.
	const known = world.removed.filter((key) => mappings.delivered.has(key));
	expect(mappings.deleted.sort()).toEqual(known.sort());
	expect([...everyMinute.deleted, ...everyDay.deleted]).toEqual([]);
	const kinds = new Set(['errorLimit', 'halfOfErrors', 'tokenCap']);
	expect(exact.simulator.violations.filter(({ kind }) => kinds.has(kind))).toEqual([]);
	// A month without a refusal would prove nothing.
	expect(workflows.some(({ refusals }) => refusals.size > 0)).toBe(true);
}

const OCTOBER = '2026-10-10T04:00:00Z';
const MARCH = '2026-03-14T04:00:00Z';

test.each([
	['amsterdam', 'the hour that happens twice', 'a share for each process', OCTOBER],
	['utc', 'the hour that happens twice', 'one budget in the ledger', OCTOBER],
	['amsterdam', 'the hour that is left out', 'one budget in the ledger', MARCH],
	['utc', 'the hour that is left out', 'a share for each process', MARCH],
] as const)(
	'a month of Exact in %s with %s and %s: no blocked key, nothing missed, nothing deleted by mistake',
	async (dates, _night, budget, startsAt) => {
		await fc.assert(
			fc.asyncProperty(
				fc.noBias(troubles),
				fc.noBias(fc.array(moment, { minLength: 150, maxLength: 220 })),
				async (happening, moments) => {
					const data = DIVISIONS.map((code) => madeUpCompany(ENTRIES, code));
					const exact = await simulateExact({ data, dates, startsAt, withoutSockets: true });
					try {
						await month(exact, happening, moments, budget === 'one budget in the ledger');
					} finally {
						await exact.close();
					}
				},
			),
			// Another month each time the tests run. Shrinking would take hours: the seed plays it again.
			{ numRuns: MONTHS, endOnFailure: true },
		);
	},
	600_000 * MONTHS,
);
