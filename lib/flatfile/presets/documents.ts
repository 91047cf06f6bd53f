import {
	amount,
	count,
	day,
	decimal,
	header,
	layout,
	list,
	recordType,
	sum,
	text,
	trailer,
	whole,
} from './fields';

const required = { required: true };
const total = { required: true, total: true };

/** Which document a line belongs to; a table has it in the document's own column. */
const document = (name: string, source: string, width: number) =>
	whole(name, `$item.${source}`, width, { ...required, csv: false });

const costs = [text('costCenter', 'CostCenter', 20), text('costUnit', 'CostUnit', 20)];

const vat = (amountSource: string) => [
	text('vatCode', 'VATCode', 5),
	// Exact gives a fraction: 0.21 is 21 percent.
	decimal('vatRate', 'VATPercentage', 8, 6),
	amount('vatAmount', amountSource),
];

export const purchaseEntry = layout('PURCH-ENTRY', 'Purchase entries with their lines', [
	header('PURCH-ENTRY'),
	{
		name: 'invoice',
		kind: 'detail',
		fields: [
			recordType('I'),
			whole('entryNumber', 'EntryNumber', 10, required),
			text('invoiceNumber', 'YourRef', 30),
			whole('type', 'Type', 4),
			text('supplierCode', 'supplier.Code', 20, required),
			text('supplierName', 'SupplierName', 60),
			text('supplierVatNumber', 'supplier.VATNumber', 20),
			day('entryDate', 'EntryDate', required),
			day('dueDate', 'DueDate'),
			text('currency', 'Currency', 3, required),
			amount('amount', 'AmountFC', total),
			amount('amountVat', 'VATAmountFC'),
			amount('amountCompanyCurrency', 'AmountDC'),
			text('journal', 'Journal', 10),
			whole('year', 'ReportingYear', 4),
			whole('period', 'ReportingPeriod', 2),
			text('paymentCondition', 'PaymentCondition', 10),
			text('paymentReference', 'PaymentReference', 50),
			whole('orderNumber', 'OrderNumber', 10),
			text('description', 'Description', 60),
		],
	},
	{
		name: 'line',
		kind: 'subDetail',
		source: 'lines',
		required: true,
		fields: [
			recordType('L'),
			document('entryNumber', 'EntryNumber', 10),
			whole('lineNumber', 'LineNumber', 5, required),
			text('glAccount', 'GLAccountCode', 20, required),
			text('glAccountName', 'GLAccountDescription', 60),
			...costs,
			text('lineDescription', 'Description', 60),
			decimal('quantity', 'Quantity', 15, 4),
			amount('lineAmount', 'AmountFC', total),
			...vat('VATAmountFC'),
		],
	},
	trailer(
		count('invoiceCount', 'invoice'),
		count('lineCount', 'line'),
		sum('invoiceTotal', 'invoice.amount'),
		sum('lineTotal', 'line.lineAmount'),
	),
]);

export const purchaseInvoice = layout(
	'PURCH-INV',
	'Purchase invoices (logistics) with their lines',
	[
		header('PURCH-INV'),
		{
			name: 'invoice',
			kind: 'detail',
			fields: [
				recordType('I'),
				whole('entryNumber', 'EntryNumber', 10, required),
				text('invoiceNumber', 'YourRef', 30),
				whole('type', 'Type', 4),
				text('supplierCode', 'supplier.Code', 20, required),
				text('supplierName', 'supplier.Name', 60),
				day('invoiceDate', 'InvoiceDate', required),
				day('dueDate', 'DueDate'),
				text('currency', 'Currency', 3, required),
				amount('amount', 'Amount', total),
				amount('amountVat', 'VATAmount'),
				text('journal', 'Journal', 10),
				text('paymentCondition', 'PaymentCondition', 10),
				text('paymentReference', 'PaymentReference', 50),
				text('description', 'Description', 60),
			],
		},
		{
			name: 'line',
			kind: 'subDetail',
			source: 'lines',
			required: true,
			fields: [
				recordType('L'),
				document('entryNumber', 'EntryNumber', 10),
				whole('lineNumber', 'LineNumber', 5, required),
				text('itemCode', 'item.Code', 30),
				text('lineDescription', 'Description', 100),
				decimal('quantity', 'Quantity', 15, 4, required),
				text('unit', 'Unit', 10),
				decimal('unitPrice', 'UnitPrice', 17, 6),
				decimal('discount', 'Discount', 8, 6),
				decimal('netPrice', 'NetPrice', 17, 6),
				amount('lineAmount', 'Amount', total),
				...vat('VATAmount'),
				...costs,
				whole('orderNumber', 'purchaseOrderLine.purchaseOrder.OrderNumber', 10),
			],
		},
		trailer(
			count('invoiceCount', 'invoice'),
			count('lineCount', 'line'),
			sum('invoiceTotal', 'invoice.amount'),
			sum('lineTotal', 'line.lineAmount'),
		),
	],
);

export const purchaseOrder = layout('PURCH-ORDER', 'Purchase orders with their lines', [
	header('PURCH-ORDER'),
	{
		name: 'order',
		kind: 'detail',
		fields: [
			recordType('O'),
			whole('orderNumber', 'OrderNumber', 10, required),
			day('orderDate', 'OrderDate', required),
			day('receiptDate', 'ReceiptDate'),
			text('supplierCode', 'SupplierCode', 20, required),
			text('supplierName', 'SupplierName', 60),
			text('yourReference', 'YourRef', 30),
			text('currency', 'Currency', 3, required),
			amount('amount', 'AmountFC', total),
			amount('amountVat', 'VATAmount'),
			text('paymentCondition', 'PaymentCondition', 10),
			text('warehouse', 'WarehouseCode', 20),
			text('description', 'Description', 60),
		],
	},
	{
		name: 'line',
		kind: 'subDetail',
		source: 'lines',
		required: true,
		fields: [
			recordType('L'),
			document('orderNumber', 'OrderNumber', 10),
			whole('lineNumber', 'LineNumber', 5, required),
			text('itemCode', 'ItemCode', 30),
			text('supplierItemCode', 'SupplierItemCode', 30),
			text('lineDescription', 'Description', 100),
			decimal('quantity', 'QuantityInPurchaseUnits', 15, 4, required),
			text('unit', 'Unit', 10),
			decimal('netPrice', 'NetPrice', 17, 6),
			amount('lineAmount', 'AmountFC', total),
			...vat('VATAmount'),
			...costs,
			day('lineReceiptDate', 'ReceiptDate'),
		],
	},
	trailer(
		count('orderCount', 'order'),
		count('lineCount', 'line'),
		sum('orderTotal', 'order.amount'),
		sum('lineTotal', 'line.lineAmount'),
	),
]);

export const payment = list(
	'PAYMENT',
	'Outgoing payments and payables',
	'payment',
	[
		whole('entryNumber', 'EntryNumber', 10),
		text('supplierCode', 'AccountCode', 20, required),
		text('supplierName', 'AccountName', 60),
		text('invoiceNumber', 'YourRef', 30),
		whole('ownInvoiceNumber', 'InvoiceNumber', 10),
		day('invoiceDate', 'InvoiceDate'),
		day('dueDate', 'DueDate'),
		text('currency', 'Currency', 3, required),
		amount('amount', 'AmountFC', total),
		amount('amountCompanyCurrency', 'AmountDC'),
		amount('discount', 'AmountDiscountFC'),
		text('paymentMethod', 'PaymentMethod', 2),
		whole('status', 'Status', 3),
		text('bankAccount', 'BankAccountNumber', 40),
		text('supplierBankAccount', 'AccountBankAccountNumber', 40),
		text('paymentReference', 'PaymentReference', 50),
		whole('batchNumber', 'PaymentBatchNumber', 10),
		text('journal', 'Journal', 10),
		text('description', 'Description', 60),
	],
	[sum('total', 'payment.amount')],
);
