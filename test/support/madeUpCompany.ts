import type { CompanyRows, PlainRow } from '../../sandbox/exact-simulator';

export const MADE_UP_DIVISION = 700_001;

/** A readable GUID: table and number. */
export function guid(table: number, number: number): string {
	const part = (value: number, length: number) => value.toString(16).padStart(length, '0');
	return `${part(table, 8)}-0000-4000-8000-${part(number, 12)}`;
}

export const ENTRY = 1;
export const LINE = 2;
const SUPPLIER = 3;
const GL_ACCOUNT = 4;
const MAPPING = 5;
const COST_CENTER = 6;

const at = '2026-01-05T09:00:00.000Z';
const stamps = { Created: at, Modified: at, Division: MADE_UP_DIVISION };

export function entryRow(number: number, changes: PlainRow = {}): PlainRow {
	return {
		EntryID: guid(ENTRY, number),
		EntryNumber: 26_000_000 + number,
		Journal: '70',
		Type: 30,
		Status: 20,
		Supplier: guid(SUPPLIER, number % 3),
		SupplierName: `Supplier ${number % 3}`,
		Currency: 'EUR',
		Rate: 1,
		AmountFC: 121,
		AmountDC: 121,
		VATAmountFC: 21,
		VATAmountDC: 21,
		EntryDate: '2026-01-05',
		DueDate: '2026-02-04',
		YourRef: `INV-${number}`,
		Description: 'version 0',
		...stamps,
		...changes,
	};
}

export function lineRow(entry: number, line: number, changes: PlainRow = {}): PlainRow {
	return {
		ID: guid(LINE, entry * 10 + line),
		EntryID: guid(ENTRY, entry),
		LineNumber: line,
		GLAccount: guid(GL_ACCOUNT, 1),
		GLAccountCode: '4000',
		CostCenter: 'CC01',
		AmountFC: 100,
		AmountDC: 100,
		Quantity: 1,
		VATAmountFC: 21,
		VATPercentage: 0.21,
		Description: 'version 0',
		Division: MADE_UP_DIVISION,
		...changes,
	};
}

export const supplierKey = (number: number) => guid(SUPPLIER, number);
export const mappingKey = (number: number) => guid(MAPPING, number);

/** A few suppliers, accounts and entries: enough to page when pages are small. */
export function madeUpCompany(entries: number, division = MADE_UP_DIVISION): CompanyRows {
	const numbers = Array.from({ length: entries }, (_, index) => index + 1);
	const own = (rows: PlainRow[]) => rows.map((row) => ({ ...row, Division: division }));
	return {
		division: [
			{
				Code: division,
				Description: `Company ${division}`,
				Country: 'NL',
				Currency: 'EUR',
				Status: 1,
			},
		],
		accounts: own(
			[0, 1, 2, 3, 4, 5, 6].map((number) => ({
				ID: supplierKey(number),
				Code: String(number).padStart(18, ' '),
				Name: `Supplier ${number}`,
				IsSupplier: number < 5,
				...stamps,
			})),
		),
		'gl-accounts': own([
			{ ID: guid(GL_ACCOUNT, 1), Code: '4000', Description: 'Costs', ...stamps },
		]),
		'gl-classification-mappings': own(
			[1, 2, 3, 4, 5, 6, 7].map((number) => ({
				ID: mappingKey(number),
				ClassificationCode: `WK${number}`,
				GLAccountCode: '4000',
			})),
		),
		'cost-centers': own([
			{ ID: guid(COST_CENTER, 1), Code: 'CC01', Description: 'Office', ...stamps },
		]),
		'purchase-entries': own(numbers.map((number) => entryRow(number))),
		'purchase-entry-lines': own(numbers.map((number) => lineRow(number, 1))),
	};
}

const ORDER = 7;
const ORDER_LINE = 8;
const PAYMENT = 9;
const RECEIVABLE = 10;

/** With orders and payments too; two lines an order. */
export function orderedCompany(count: number): CompanyRows {
	const numbers = Array.from({ length: count }, (_, index) => index + 1);
	return {
		...madeUpCompany(count),
		'purchase-orders': numbers.map((number) => ({
			PurchaseOrderID: guid(ORDER, number),
			OrderNumber: number,
			OrderStatus: 10,
			...stamps,
		})),
		'purchase-order-lines': numbers.flatMap((number) =>
			[1, 2].map((line) => ({
				ID: guid(ORDER_LINE, number * 10 + line),
				PurchaseOrderID: guid(ORDER, number),
				LineNumber: line,
				Quantity: 1,
				...stamps,
			})),
		),
		payments: numbers.map((number) => ({
			ID: guid(PAYMENT, number),
			EntryNumber: number,
			Status: 20,
			...stamps,
		})),
		receivables: numbers.map((number) => ({
			ID: guid(RECEIVABLE, number),
			EntryNumber: number,
			Status: 20,
			...stamps,
		})),
	};
}
