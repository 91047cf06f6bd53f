import { readFileSync } from 'node:fs';
import path from 'node:path';
import { sharedDir } from '../../support/shared';

export type Json = Record<string, unknown>;

/** Strict UTC, as the Exact node emits: codes trimmed, joined records in camelCase. */
export interface Ledger {
	readonly entries: readonly Json[];
	readonly invoices: readonly Json[];
	readonly orders: readonly Json[];
	readonly payments: readonly Json[];
}

function load(name: string): Json[] {
	const file = path.join(sharedDir, 'data', 'oxford-2017q2', `${name}.json`);
	return JSON.parse(readFileSync(file, 'utf8')) as Json[];
}

function index(rows: readonly Json[], key: string): Map<unknown, Json> {
	return new Map(rows.map((row) => [row[key], row]));
}

function group(rows: readonly Json[], key: string): Map<unknown, Json[]> {
	const groups = new Map<unknown, Json[]>();
	for (const row of rows) {
		const rowsOfKey = groups.get(row[key]);
		if (rowsOfKey) rowsOfKey.push(row);
		else groups.set(row[key], [row]);
	}
	return groups;
}

/** The real ledger, joined the way the Exact node joins it. */
export function loadLedger(): Ledger {
	const company = load('division')[0] ?? {};
	const banks = group(load('bank-accounts'), 'Account');
	const accounts = index(
		load('accounts').map((row) => ({
			...row,
			Code: String(row.Code).trim(),
			bankAccounts: banks.get(row.ID) ?? [],
		})),
		'ID',
	);
	const conditions = index(load('payment-conditions'), 'Code');
	const vatCodes = index(load('vat-codes'), 'Code');
	const glAccounts = index(load('gl-accounts'), 'ID');
	const costCenters = index(load('cost-centers'), 'Code');
	const items = index(load('items'), 'ID');
	const supplierItems = load('supplier-items');
	const orderLines = load('purchase-order-lines');
	const orders = index(load('purchase-orders'), 'PurchaseOrderID');
	const orderOfLine = new Map(
		orderLines.map((line) => [line.ID, orders.get(line.PurchaseOrderID) ?? null]),
	);
	const entries = load('purchase-entries');
	const byEntry = index(entries, 'EntryID');

	const line = (row: Json, supplier: unknown): Json => ({
		...row,
		glAccount: glAccounts.get(row.GLAccount) ?? null,
		costCenter: costCenters.get(row.CostCenter) ?? null,
		vatCode: vatCodes.get(row.VATCode) ?? null,
		item: items.get(row.Item) ?? null,
		supplierItem:
			supplierItems.find((row2) => row2.Item === row.Item && row2.Supplier === supplier) ?? null,
		purchaseOrder: orderOfLine.get(row.PurchaseOrderLine) ?? null,
	});
	const join = (rows: readonly Json[], lines: Map<unknown, Json[]>, key: string): Json[] =>
		rows.map((row) => ({
			...row,
			lines: (lines.get(row[key]) ?? []).map((entry) => line(entry, row.Supplier)),
			supplier: accounts.get(row.Supplier) ?? null,
			paymentCondition: conditions.get(row.PaymentCondition) ?? null,
			company,
		}));
	return {
		entries: join(entries, group(load('purchase-entry-lines'), 'EntryID'), 'EntryID'),
		invoices: join(
			load('purchase-invoices'),
			group(load('purchase-invoice-lines'), 'InvoiceID'),
			'ID',
		),
		orders: join([...orders.values()], group(orderLines, 'PurchaseOrderID'), 'PurchaseOrderID'),
		payments: load('payments').map((row) => ({
			...row,
			supplier: accounts.get(row.Account) ?? null,
			invoice: byEntry.get(row.TransactionEntryID) ?? null,
			company,
		})),
	};
}
