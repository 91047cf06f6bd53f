import { guid, smallLedger, startHarness } from './support/client';
import type { Harness } from './support/client';

let harness: Harness;
beforeEach(async () => {
	harness = await startHarness();
});
afterEach(() => harness.close());

const transactions = async (after: string) => {
	const { rows } = await harness.get(
		`sync/Financial/TransactionLines?$select=ID,EntryID,LineNumber,Timestamp,Type,AmountFC&$filter=Timestamp gt ${after}L`,
	);
	return rows;
};
const highest = (rows: { Timestamp: string }[]) =>
	rows.reduce((max, row) => (BigInt(row.Timestamp) > BigInt(max) ? row.Timestamp : max), '0');
const modified = async (n: number) =>
	(
		await harness.get(
			`purchaseentry/PurchaseEntries?$select=Modified&$filter=EntryID eq guid'${guid(n)}'`,
		)
	).rows[0]?.Modified;

test('the ledger transaction of an entry: a header with line 0 and the cost lines', async () => {
	const rows = (await transactions('1')).filter((row) => row.EntryID === guid(1));
	expect(rows.map((row) => [row.LineNumber, row.Type, row.AmountFC])).toEqual([
		[0, 30, -12.1],
		[1, 30, 5],
		[2, 30, 5],
	]);
});

test('a line that changes with its header: Modified moves, and the transaction is new', async () => {
	const before = await modified(1);
	const cursor = highest(await transactions('1'));
	harness.simulator.controls.edit('purchase-entry-lines', guid(1011 + 1), { AmountFC: 6 });
	expect(await modified(1)).not.toBe(before);
	const changed = await transactions(cursor);
	expect(new Set(changed.map((row) => row.EntryID))).toEqual(new Set([guid(1)]));
	expect(changed.map((row) => row.AmountFC).sort()).toEqual([-12.1, 5, 6]);
});

test('a line that changes behind the header: only the ledger transaction tells', async () => {
	const before = await modified(1);
	const cursor = highest(await transactions('1'));
	harness.simulator.controls.edit(
		'purchase-entry-lines',
		guid(1012),
		{ AmountFC: 7 },
		{ touchHeader: false },
	);
	expect(await modified(1)).toBe(before);
	expect((await transactions(cursor)).map((row) => row.EntryID)).toContain(guid(1));
});

test('two edits between two polls are one row', async () => {
	const cursor = highest(await transactions('1'));
	harness.simulator.controls.edit('purchase-entries', guid(2), { Status: 50 });
	harness.simulator.controls.edit('purchase-entries', guid(2), { Status: 5 });
	const changed = await transactions(cursor);
	expect(changed.filter((row) => row.LineNumber === 0)).toHaveLength(1);
});

test('a new entry is found by Modified and by its transaction', async () => {
	const cursor = highest(await transactions('1'));
	harness.simulator.controls.add('purchase-entries', {
		EntryID: guid(50),
		EntryNumber: 150,
		Type: 30,
	});
	harness.simulator.controls.add('purchase-entry-lines', {
		ID: guid(51),
		EntryID: guid(50),
		LineNumber: 1,
		AmountFC: 1,
	});
	const { rows } = await harness.get(
		"purchaseentry/PurchaseEntries?$select=EntryNumber&$filter=Modified ge datetime'2026-04-01T12:00:00'",
	);
	expect(rows).toMatchObject([{ EntryNumber: 150 }]);
	expect((await transactions(cursor)).map((row) => row.LineNumber).sort()).toEqual([0, 1]);
});

test('deleted rows leave a trace for two months, where Exact keeps one', async () => {
	harness.simulator.controls.remove('accounts', guid(9002));
	harness.simulator.controls.remove('purchase-entries', guid(3));
	harness.simulator.controls.remove('cost-centers', guid(9200));
	const deleted = async () =>
		(
			await harness.get(
				'sync/Deleted?$select=EntityType,EntityKey,Timestamp&$filter=Timestamp gt 1L',
			)
		).rows;
	const rows = await deleted();
	expect(rows.filter((row) => row.EntityType === 2)).toMatchObject([{ EntityKey: guid(9002) }]);
	// Header and two lines of the entry's transaction; the cost center leaves nothing.
	expect(rows.filter((row) => row.EntityType === 1)).toHaveLength(3);
	expect(rows).toHaveLength(4);
	harness.clock.advance(62 * 24 * 3_600_000);
	harness.login();
	expect(await deleted()).toEqual([]);
});

test('a division that Exact moved: a date, and rowversions that mean nothing any more', async () => {
	const cursor = highest(await transactions('1'));
	harness.simulator.controls.moveDivision();
	expect(
		(await harness.get('system/Divisions?$select=DivisionMoveDate')).rows[0]?.DivisionMoveDate,
	).toMatch(/^\/Date/);
	expect(BigInt(highest(await transactions('1')))).not.toBe(BigInt(cursor));
});

test('SyncTimestamp starts from a date for transaction lines, and is refused for accounts', async () => {
	const at = async (modifiedSince: string, endPoint: string) =>
		await harness.get(
			`read/sync/Sync/SyncTimestamp?modified=datetime'${modifiedSince}'&endPoint='${endPoint}'&$select=TimeStampAsBigInt`,
		);
	const late = await at('2026-12-31', 'TransactionLines');
	expect(late.rows[0]?.TimeStampAsBigInt).toBe(highest(await transactions('1')));
	expect((await at('2026-03-29', 'TransactionLines')).rows[0]?.TimeStampAsBigInt).toBe('1');
	expect((await at('2026-12-31', 'Accounts')).status).toBe(400);
});

test('payments and receivables share a stream, orders come as header and lines', async () => {
	await harness.close();
	harness = await startHarness({
		data: {
			...smallLedger(1),
			payments: [{ ID: guid(1), AmountFC: 5, Timestamp: '77' }],
			receivables: [{ ID: guid(2), AmountFC: -5 }],
			'purchase-orders': [{ PurchaseOrderID: guid(3), OrderNumber: 8, AmountFC: 121 }],
			'purchase-order-lines': [
				{ ID: guid(4), PurchaseOrderID: guid(3), LineNumber: 1, AmountFC: 100, CostCenter: 'K1' },
			],
		},
	});
	const terms = await harness.get('sync/Cashflow/PaymentTerms?$select=ID,LineType,Timestamp');
	expect(terms.rows.map((row) => [row.ID, row.LineType]).sort()).toEqual([
		[guid(1), 22],
		[guid(2), 20],
	]);
	expect(terms.rows.find((row) => row.LineType === 22)?.Timestamp).toBe('77');
	const orders = await harness.get(
		'sync/PurchaseOrder/PurchaseOrders?$select=LineNumber,OrderNumber,AmountFC,CostCenter,CostCenterCode',
	);
	expect(orders.rows).toMatchObject([
		{ LineNumber: 0, OrderNumber: 8, AmountFC: 121, CostCenter: null },
		{ LineNumber: 1, OrderNumber: 8, AmountFC: 100, CostCenter: guid(9200), CostCenterCode: 'K1' },
	]);
});
