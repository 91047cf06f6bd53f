import { createJoiner, createReader, getMany, getOne, RESOURCES } from '../../../lib/exact';
import type { Row } from '../../../lib/exact';
import type { SimulatedExact } from '../../support/exactSimulator';
import { oxfordLedger, simulateExact } from '../../support/exactSimulator';
import type { PlainRow } from '../../../sandbox/exact-simulator';
import { guid, madeUpCompany } from '../../support/madeUpCompany';
import { describeWithShared } from '../../support/shared';

/** One row of each table that the real ledger has none of. */
const NOT_IN_THE_LEDGER: Readonly<Record<string, PlainRow>> = {
	'cost-units': { Code: 'CU1', Description: 'One' },
	addresses: { Account: guid(9, 2), City: 'Utrecht', Type: 3 },
	documents: { Subject: 'Scan', Type: 20 },
	'goods-receipts': { ReceiptNumber: 7 },
	journals: { Code: '70', Description: 'Purchases', Type: 22 },
	'stock-positions': { ItemCode: 'A', CurrentStock: 4 },
};

/** What reading each set once costs at least, page by page. */
function pagesOf(entries: readonly Row[]): number {
	const lines = entries.flatMap((entry) => entry.lines as Row[]);
	const suppliers = entries.map((entry) => entry.supplier as Row);
	const banks = suppliers.flatMap((supplier) => supplier.bankAccounts as Row[]);
	const distinct = (rows: readonly Row[]) => new Set(rows.map(({ ID }) => ID)).size;
	const regular = [entries.length, distinct(lines), distinct(banks)];
	const SMALL_SETS = [
		'accounts',
		'conditions',
		'GL accounts',
		'cost centers',
		'VAT codes',
		'divisions',
	];
	return regular.reduce((sum, count) => sum + Math.ceil(count / 60), 0) + SMALL_SETS.length;
}

describeWithShared('Exact Online reads of a real ledger', () => {
	let exact: SimulatedExact;
	beforeAll(async () => {
		exact = await simulateExact({ data: oxfordLedger });
		for (const [table, row] of Object.entries(NOT_IN_THE_LEDGER)) {
			exact.simulator.controls.add(table, { ID: guid(9, 1), ...row });
		}
	});
	beforeEach(() => {
		// After a change a page that an earlier test has read is worth reading again.
		exact.simulator.controls.edit('cost-units', guid(9, 1), { Description: 'One' });
		exact.simulator.controls.clearJournal();
		exact.clock.advance(60_000);
	});
	afterAll(async () => {
		await exact.close();
	});

	const readerOf = () => createReader(exact.client(), exact.simulator.division, 'amsterdam');

	test('all purchase entries with all joins take hardly more calls than they have pages', async () => {
		const reader = readerOf();
		const resource = RESOURCES.purchaseEntry;
		const rows = await getMany(reader, resource, {
			includes: resource.joins.map((join) => join.include),
			filters: {},
		});
		expect(rows.length).toBe(exact.simulator.controls.rows('purchase-entries').length);
		expect(reader.client.statistics.calls).toBeLessThanOrEqual(1.05 * pagesOf(rows));
	});

	test('1,000 purchase entries with all joins take at most 100 calls and break no rule', async () => {
		const reader = readerOf();
		const resource = RESOURCES.purchaseEntry;
		const rows = await getMany(reader, resource, {
			includes: resource.joins.map((join) => join.include),
			filters: {},
			limit: 1000,
		});
		expect(rows).toHaveLength(1000);
		expect(reader.client.statistics.calls).toBeLessThanOrEqual(100);
		expect(exact.simulator.violations).toEqual([]);
		const lines = exact.simulator.controls.rows('purchase-entry-lines');
		for (const row of rows) {
			const expected = lines.filter((line) => line.EntryID === row.EntryID);
			expect((row.lines as Row[]).map((line) => line.ID)).toEqual(
				expected.sort((a, b) => Number(a.LineNumber) - Number(b.LineNumber)).map((line) => line.ID),
			);
			expect((row.supplier as Row).ID).toBe(row.Supplier);
			expect((row.company as Row).Code).toBe(exact.simulator.division);
		}
	});

	test.each(Object.values(RESOURCES).map((resource) => [resource.name, resource] as const))(
		'%s is read with its joins',
		async (_, resource) => {
			const reader = readerOf();
			const rows = await getMany(reader, resource, {
				includes: resource.joins.map((join) => join.include),
				filters: {},
				limit: 70,
			});
			expect(rows.length).toBeGreaterThan(0);
			expect(exact.simulator.violations).toEqual([]);
			const again = await getOne(reader, resource, String(rows[0]?.[resource.key]), {
				includes: [],
				joiner: createJoiner(reader, resource, []),
			});
			expect(again[resource.key]).toBe(rows[0]?.[resource.key]);
		},
	);

	test('documents are joined with everything that hangs on their lines', async () => {
		const reader = readerOf();
		const resource = RESOURCES.purchaseInvoice;
		const rows = await getMany(reader, resource, {
			includes: [
				'lines',
				'supplier',
				'bankAccounts',
				'item',
				'supplierItem',
				'purchaseOrder',
				'unit',
			],
			filters: {},
		});
		expect(rows).toHaveLength(304);
		const lines = rows.flatMap((row) => row.lines as Row[]);
		expect(lines).toHaveLength(332);
		for (const line of lines) {
			if (line.Item !== null) expect((line.item as Row).ID).toBe(line.Item);
			if (line.PurchaseOrderLine === null) expect(line.purchaseOrder).toBeUndefined();
			else expect((line.purchaseOrder as Row).OrderNumber).toEqual(expect.any(Number));
		}
		expect(lines.some((line) => (line.supplierItem as Row | null)?.SupplierItemCode)).toBe(true);
		expect(rows.every((row) => Array.isArray((row.supplier as Row).bankAccounts))).toBe(true);
		expect(exact.simulator.violations).toEqual([]);
	});

	test('payments carry their invoices, each invoice is read once', async () => {
		const reader = readerOf();
		const rows = await getMany(reader, RESOURCES.payment, { includes: ['invoice'], filters: {} });
		expect(rows).toHaveLength(2091);
		for (const row of rows) expect((row.invoice as Row).EntryID).toBe(row.TransactionEntryID);
		expect(reader.client.statistics.calls).toBeLessThanOrEqual(40);
	});

	test.each([
		[{ documentNumbers: ['INV-909049', '1036047'] }, 2],
		[{ supplier: '20013168', dateFrom: '2017-03-01', dateTo: '2017-03-31' }, undefined],
		[{ status: ['5'] }, undefined],
		[{ modifiedSince: '2017-04-10T00:00:00Z', journal: '70' }, undefined],
		[{ raw: "substringof('Gas', Description)" }, undefined],
	])('filters %j', async (filters, count) => {
		const reader = readerOf();
		const rows = await getMany(reader, RESOURCES.purchaseEntry, { includes: [], filters });
		if (count !== undefined) expect(rows).toHaveLength(count);
		const expected = exact.simulator.controls.rows('purchase-entries').filter((row) => {
			const entry = row as Record<string, string | number>;
			if ('supplier' in filters) {
				return (
					entry.SupplierName === 'CORONA ENERGY RETIAL 5 LIMITED' &&
					String(entry.EntryDate).startsWith('2017-03')
				);
			}
			if ('status' in filters) return entry.Status === 5;
			if ('modifiedSince' in filters) return String(entry.Modified) >= '2017-04-10T00:00:00';
			if ('raw' in filters) return String(entry.Description).includes('Gas');
			return ['INV-909049'].includes(String(entry.YourRef)) || entry.EntryNumber === 1036047;
		});
		expect(expected.length).toBeGreaterThan(0);
		expect(rows.map((row) => row.EntryID).sort()).toEqual(
			expected.map((row) => row.EntryID).sort(),
		);
	});
});

describe('a long read', () => {
	test('10,000 entries keep to 60 calls a minute and report every ten seconds', async () => {
		const exact = await simulateExact({ data: madeUpCompany(10_000) });
		const progress: number[] = [];
		const client = exact.client({ onProgress: ({ rows }) => void progress.push(rows) });
		const rows = await getMany(
			createReader(client, exact.simulator.division, 'amsterdam'),
			RESOURCES.purchaseEntry,
			{ includes: ['lines', 'supplier', 'glAccount', 'costCenter'], filters: {} },
		);
		expect(rows).toHaveLength(10_000);
		expect(rows.every((row) => (row.lines as Row[]).length === 1)).toBe(true);
		expect(exact.simulator.violations).toEqual([]);
		const perMinute = new Map<number, number>();
		for (const { at } of exact.simulator.calls) {
			const minute = Math.floor(at / 60_000);
			perMinute.set(minute, (perMinute.get(minute) ?? 0) + 1);
		}
		expect(Math.max(...perMinute.values())).toBeLessThanOrEqual(60);
		expect(client.statistics.waitedMs).toBeGreaterThan(120_000);
		// Waits are cut into steps of ten seconds, each with its report.
		expect(progress.length).toBeGreaterThan(12);
		expect(exact.log.join('\n')).toMatch(/\d+ calls, \d+ rows, \d+ s waited/);
		await exact.close();
	}, 60_000);
});
