/** Calls to Exact Online for 1,000 purchase entries with all joins, beside the page-count floor. */
import { startExactSimulator } from '../sandbox/exact-simulator/index.ts';
import type * as Exact from '../lib/exact/index.ts';
import { builtRoom } from './built.ts';
import type { Benchmark } from './run.ts';

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

const benchmark: Benchmark = {
	name: 'exact',
	async run() {
		const simulator = await startExactSimulator({
			data: company() as never,
			latencyMs: 0,
			limits: { minutely: 100_000 } as never,
		});
		try {
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
				clock: { now: () => Date.now(), sleep: async () => undefined },
				token: { expiresAt: async () => Date.now() + 600_000, refresh: async () => ({ ok: true }) },
				queue: exact.createRequestQueue(),
				credentialKey: 'bench',
				refusals: { store: exact.createProcessRefusals() },
			});
			const resource = exact.RESOURCES['purchaseEntry']!;
			const reader = exact.createReader(client, division, 'amsterdam');
			const rows = await exact.getMany(reader, resource, {
				includes: [...new Set(resource.joins.map(({ include }) => include))],
				filters: {},
			});
			if (rows.length !== ENTRIES)
				throw new Error(`${rows.length} of ${ENTRIES} entries were read`);
			const floor = Math.ceil(ENTRIES / PAGE) + Math.ceil((ENTRIES * 4) / PAGE) + 6;
			const calls = simulator.calls.length;
			return {
				'Exact calls per 1,000 entries, all joins': {
					ours: calls,
					peer: floor,
					peerName: 'pages of 60 of each set',
					ratio: calls / floor,
					unit: 'calls',
					note: `${simulator.violations.length} broken rules; at most 100 asked for`,
				},
			};
		} finally {
			await simulator.close();
		}
	},
};

export default benchmark;
