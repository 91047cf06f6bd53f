import { createHash } from 'node:crypto';
import type { PlainRow } from './wire.ts';

/** A stable Guid for a row that no file holds. */
export function guidOf(...parts: readonly string[]): string {
	const hex = createHash('sha256').update(parts.join('|')).digest('hex');
	return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-'); // prettier-ignore
}

const negated = (value: unknown) => (typeof value === 'number' ? -value : value);

/**
 * The ledger transaction behind a purchase entry: line 0 is the header on the payables account,
 * lines 1 and up are the cost lines. `sync/Financial/TransactionLines` is the only rowversion route
 * to changed purchase entries.
 */
export function transactionLinesOf(
	entry: PlainRow,
	lines: readonly PlainRow[],
	supplier: PlainRow | undefined,
	payables: PlainRow,
): PlainRow[] {
	const shared: PlainRow = {
		Account: entry['Supplier'],
		AccountCode: supplier?.['Code'],
		AccountName: entry['SupplierName'],
		Currency: entry['Currency'],
		Date: entry['EntryDate'],
		Division: entry['Division'],
		Document: entry['Document'],
		DueDate: entry['DueDate'],
		EntryID: entry['EntryID'],
		EntryNumber: entry['EntryNumber'],
		ExchangeRate: entry['Rate'],
		FinancialPeriod: entry['ReportingPeriod'],
		FinancialYear: entry['ReportingYear'],
		InvoiceNumber: entry['InvoiceNumber'],
		JournalCode: entry['Journal'],
		OrderNumber: entry['OrderNumber'],
		PaymentReference: entry['PaymentReference'],
		Status: entry['Status'],
		Type: entry['Type'],
		YourRef: entry['YourRef'],
		Created: entry['Created'],
		Modified: entry['Modified'],
	};
	const entryId = String(entry['EntryID']);
	const header: PlainRow = {
		...shared,
		ID: guidOf('transaction', entryId),
		LineNumber: 0,
		LineType: 1,
		Description: entry['Description'],
		GLAccount: payables['ID'],
		GLAccountCode: payables['Code'],
		GLAccountDescription: payables['Description'],
		AmountFC: negated(entry['AmountFC']),
		AmountDC: negated(entry['AmountDC']),
	};
	return [
		header,
		...lines.map((line) => ({
			...shared,
			ID: line['ID'],
			LineNumber: line['LineNumber'],
			LineType: 0,
			Description: line['Description'],
			Notes: line['Notes'],
			GLAccount: line['GLAccount'],
			GLAccountCode: line['GLAccountCode'],
			GLAccountDescription: line['GLAccountDescription'],
			CostCenter: line['CostCenter'],
			CostUnit: line['CostUnit'],
			Project: line['Project'],
			Quantity: line['Quantity'],
			AmountFC: line['AmountFC'],
			AmountDC: line['AmountDC'],
			AmountVATFC: line['VATAmountFC'],
			AmountVATBaseFC: line['VATBaseAmountFC'],
			VATCode: line['VATCode'],
			VATPercentage: line['VATPercentage'],
		})),
	];
}

/** `sync/Cashflow/PaymentTerms`: payments (22) and receivables (20) in one stream. */
export function paymentTermOf(row: PlainRow, lineType: 20 | 22): PlainRow {
	return { ...row, LineType: lineType };
}

const LINE_ONLY = [
	'CostCenter', 'CostUnit', 'ID', 'InvoicedQuantity', 'Item', 'ItemBarcode', 'ItemCode',
	'ItemDescription', 'LineNumber', 'NetPrice', 'Notes', 'Project', 'Quantity',
	'QuantityInPurchaseUnits', 'ReceivedQuantity', 'SupplierItemCode', 'Unit', 'UnitDescription',
	'UnitPrice', 'VATCode', 'VATDescription', 'VATPercentage', 'AmountDC', 'AmountFC', 'Discount',
	'VATAmount', 'ReceiptDate', 'Description', 'Created', 'Modified', 'Timestamp',
]; // prettier-ignore

/** `sync/PurchaseOrder/PurchaseOrders`: line 0 is the header, 1 and up carry the header's fields too. */
export function orderStreamRowOf(
	order: PlainRow,
	line: PlainRow | undefined,
	costCenterIds: ReadonlyMap<string, string>,
): PlainRow {
	if (line === undefined) return { ...order, ID: order['PurchaseOrderID'], LineNumber: 0 };
	const row: PlainRow = { ...order };
	for (const name of LINE_ONLY) row[name] = line[name];
	// Here the cost center is a Guid and the code has a field of its own.
	const code = line['CostCenter'];
	row['CostCenterCode'] = code;
	row['CostCenter'] = typeof code === 'string' ? costCenterIds.get(code) : undefined;
	return row;
}
