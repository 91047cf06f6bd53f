/** Calls to Exact Online for 1,000 purchase entries with all joins, beside the page-count floor. */
import { createClock, startExactSimulator } from '../sandbox/exact-simulator/index.ts';
import type * as Exact from '../lib/exact/index.ts';
import { builtRoom } from './built.ts';
import type { Benchmark, Measure } from './run.ts';

const exact = (await builtRoom('exact')) as typeof Exact;

const ENTRIES = 1_000;
const PAGE = 60;
const division = 123456;
const guid = (kind: number, index: number) =>
	`${String(kind).padStart(8, '0')}-0000-4000-8000-${String(index).padStart(12, '0')}`;
const modified = '2026-03-01T08:00:00.000Z';

/** A company whose every fifteen entries have sixty lines. */
function company() {
	const entries = Array.from({ length: ENTRIES }, (_, index) => ({
		EntryID: guid(1, index),
		EntryNumber: 26_000_000 + index,
		Journal: '70',
		Type: 30,
		Status: 20,
		Supplier: guid(2, index % 200),
		SupplierName: `Supplier ${index % 200}`,
		Currency: 'EUR',
		AmountFC: 100,
		AmountDC: 100,
		VATAmountFC: 0,
		EntryDate: '2026-02-01',
		YourRef: `INV-${index}`,
		PaymentCondition: '30',
		Created: modified,
		Modified: modified,
		Division: division,
	}));
	const lines = entries.flatMap((entry, index) =>
		Array.from({ length: 4 }, (_, line) => ({
			ID: guid(3, index * 4 + line),
			EntryID: entry.EntryID,
			LineNumber: line + 1,
			GLAccount: guid(4, line),
			GLAccountCode: `40${line}0`,
			CostCenter: 'CC01',
			AmountFC: 25,
			AmountDC: 25,
			VATCode: '0',
			Division: division,
		})),
	);
	const named = (kind: number, count: number, more: (index: number) => object) =>
		Array.from({ length: count }, (_, index) => ({
			ID: guid(kind, index),
			Created: modified,
			Modified: modified,
			Division: division,
			...more(index),
		}));
	return {
		division: [{ Code: division, Description: 'Bench', Country: 'NL', Currency: 'EUR', Status: 1 }],
		accounts: named(2, 200, (index) => ({
			Code: String(index).padStart(18),
			Name: `Supplier ${index}`,
			IsSupplier: true,
		})),
		'purchase-entries': entries,
		'purchase-entry-lines': lines,
		'gl-accounts': named(4, 4, (index) => ({ Code: `40${index}0`, Description: 'Costs' })),
		'cost-centers': named(5, 1, () => ({ Code: 'CC01', Description: 'Office' })),
		'vat-codes': named(6, 1, () => ({ Code: '0', Description: 'None', Percentage: 0, Type: 'N' })),
		'payment-conditions': named(7, 1, () => ({
			Code: '30',
			Description: '30 days',
			PaymentDays: 30,
		})),
	};
}

/** Pages of each set: what reading it once costs at least. The six are the small sets, a page each. */
const FLOOR = Math.ceil(ENTRIES / PAGE) + Math.ceil((ENTRIES * 4) / PAGE) + 6;

const includes = [
	...new Set(exact.RESOURCES['purchaseEntry']!.joins.map(({ include }) => include)),
];

async function startSimulator() {
	const clock = createClock({ frozen: true, startsAt: '2026-03-02T10:00:05Z' });
	const simulator = await startExactSimulator({
		data: company() as never,
		clock,
		latencyMs: 0,
		limits: { minutely: 100_000 } as never,
	});
	const { accessToken } = simulator.controls.grant();
	const client = exact.createClient({
		baseUrl: simulator.url,
		http: async ({ url, headers }: { url: string; headers: Record<string, string> }) => {
			const response = await fetch(url, {
				headers: { ...headers, Authorization: `Bearer ${accessToken}` },
			});
			return {
				status: response.status,
				headers: Object.fromEntries(response.headers),
				body: await response.text(),
			};
		},
		clock: { now: () => clock.now(), sleep: async () => undefined },
		token: { expiresAt: async () => clock.now() + 600_000, refresh: async () => ({ ok: true }) },
		queue: exact.createRequestQueue(),
		credentialKey: 'bench',
		refusals: { store: exact.createProcessRefusals() },
	});
	return { simulator, clock, reader: exact.createReader(client, division, 'amsterdam') };
}

type Lab = Awaited<ReturnType<typeof startSimulator>>;

function measured({ simulator }: Lab, rows: number): Measure {
	if (rows !== ENTRIES) throw new Error(`${rows} of ${ENTRIES} entries were read`);
	const calls = simulator.calls.length;
	return {
		ours: calls,
		peer: FLOOR,
		peerName: 'pages of 60 of each set',
		ratio: calls / FLOOR,
		unit: 'calls',
		note: `${simulator.violations.length} broken rules; a ratio of at most 1.05 asked for`,
	};
}

async function readAll(lab: Lab): Promise<Measure> {
	const rows = await exact.getMany(lab.reader, exact.RESOURCES['purchaseEntry']!, {
		includes,
		filters: {},
	});
	return measured(lab, rows.length);
}

/** The first poll after all entries were processed in Exact at once. */
async function readMassChange(lab: Lab): Promise<Measure> {
	const { simulator, clock, reader } = lab;
	const resource = exact.RESOURCES['purchaseEntry']!;
	const options = { resource, method: undefined, overlapMs: 300_000, withDeletions: false };
	const poll = async (before: Awaited<ReturnType<typeof exact.startState>>) =>
		await exact.pollDivision(
			{
				...options,
				reader,
				select: exact.selectFields(
					resource,
					undefined,
					exact.neededFields(resource, exact.joinsFor(resource, includes)),
				),
				delta: exact.deltaFor(resource, undefined),
				joiner: exact.createJoiner(reader, resource, includes),
				deadline: Number.POSITIVE_INFINITY,
				maxSteps: Number.POSITIVE_INFINITY,
			},
			before,
		);
	const { state } = await poll(
		await exact.startState(reader, { ...options, start: { kind: 'now' } }),
	);
	clock.advance(60_000);
	const at = new Date(clock.now()).toISOString();
	for (let index = 0; index < ENTRIES; index += 1) {
		simulator.controls.edit('purchase-entries', guid(1, index), { Status: 50, Modified: at });
	}
	clock.advance(60_000);
	simulator.controls.clearJournal();
	const { rows } = await poll(state);
	return measured(lab, rows.length);
}

const benchmark: Benchmark = {
	name: 'exact',
	async run() {
		const results: Record<string, Measure> = {};
		for (const [name, measure] of [
			['Exact calls per 1,000 entries, all joins', readAll],
			['Exact calls after a mass change of 1,000 entries', readMassChange],
		] as const) {
			const lab = await startSimulator();
			try {
				results[name] = await measure(lab);
			} finally {
				await lab.simulator.close();
			}
		}
		return results;
	},
};

export default benchmark;
