import type { DocumentType } from '../documents';
import type { Row } from './paths';

/**
 * The default mapping as data: Exact Online field → document field. docs/mapping.md prints these
 * tables; nothing else knows which field goes where.
 */

/** How a value is read from the record. */
export type Conversion =
	/** Trimmed; numbers become their digits. Exact pads account codes with spaces on the left. */
	| 'text'
	/** Like text, where 0 stands for "none" (order and batch numbers). */
	| 'reference'
	| 'date'
	/** Decimal text with the currency's decimals; the sign of credit notes is turned. */
	| 'amount'
	/** An amount where 0 stands for "none". */
	| 'amountOrNone'
	| 'decimal'
	/** Exact stores percentages as fractions: 0.21 is 21 percent. */
	| 'percentage'
	/** A percentage where 0 stands for "none". */
	| 'discount'
	| 'integer'
	/** Like integer, where 0 stands for "none". */
	| 'count'
	| 'flag'
	/** Exact VAT type N: no VAT. */
	| 'vatTypeNone'
	/** Two letters; Exact may pad with a space. */
	| 'country'
	/** Without spaces. */
	| 'account'
	/** A GTIN with its check digit; any other barcode is no GTIN and is left out. */
	| 'gtin';

export interface FieldRule {
	/** Path in the document, or in the line. */
	readonly to: string;
	/** Fields of the record, or of joined records; the first that is not empty wins. */
	readonly from: readonly string[];
	readonly as: Conversion;
	/** What the field is called in words; only on fields a document cannot do without. */
	readonly required?: string;
}

const rule = (to: string, from: string | readonly string[], as: Conversion): FieldRule => ({
	to,
	from: typeof from === 'string' ? [from] : from,
	as,
});
const must = (
	to: string,
	from: string | readonly string[],
	as: Conversion,
	required: string,
): FieldRule => ({ ...rule(to, from, as), required });

/** crm/Accounts joined as `supplier`; the names on the record itself are the second choice. */
const account = (
	who: string,
	name: readonly string[],
	code: readonly string[],
	bank: readonly string[] = [],
): readonly FieldRule[] => [
	must(`${who}.name`, ['supplier.Name', ...name], 'text', 'supplier name'),
	rule(`${who}.code`, ['supplier.Code', ...code], 'text'),
	rule(`${who}.gln`, 'supplier.GlnNumber', 'text'),
	rule(`${who}.vatNumber`, 'supplier.VATNumber', 'text'),
	rule(`${who}.chamberOfCommerce`, 'supplier.ChamberOfCommerce', 'text'),
	rule(`${who}.codeAtParty`, 'supplier.CodeAtSupplier', 'text'),
	rule(`${who}.address.lines[0]`, 'supplier.AddressLine1', 'text'),
	rule(`${who}.address.lines[1]`, 'supplier.AddressLine2', 'text'),
	rule(`${who}.address.lines[2]`, 'supplier.AddressLine3', 'text'),
	rule(`${who}.address.postcode`, 'supplier.Postcode', 'text'),
	rule(`${who}.address.city`, 'supplier.City', 'text'),
	rule(`${who}.address.state`, 'supplier.State', 'text'),
	rule(`${who}.address.country`, 'supplier.Country', 'country'),
	rule(`${who}.bankAccount.number`, [...bank, 'supplier.mainBankAccount.BankAccount'], 'account'),
	rule(`${who}.bankAccount.bic`, 'supplier.mainBankAccount.BICCode', 'account'),
	rule(`${who}.bankAccount.holder`, 'supplier.mainBankAccount.BankAccountHolderName', 'text'),
	rule(`${who}.email`, 'supplier.Email', 'text'),
	rule(`${who}.phone`, 'supplier.Phone', 'text'),
];

/** system/Divisions joined as `company`: the company that keeps the books. */
const company = (who: string): readonly FieldRule[] => [
	must(`${who}.name`, ['company.Description', 'company.CustomerName'], 'text', 'company name'),
	rule(`${who}.code`, ['company.Code', 'Division'], 'text'),
	rule(`${who}.vatNumber`, 'company.VATNumber', 'text'),
	rule(`${who}.chamberOfCommerce`, 'company.ChamberOfCommerceNumber', 'text'),
	rule(`${who}.codeAtParty`, 'supplier.CodeAtSupplier', 'text'),
	rule(`${who}.address.lines[0]`, 'company.AddressLine1', 'text'),
	rule(`${who}.address.lines[1]`, 'company.AddressLine2', 'text'),
	rule(`${who}.address.lines[2]`, 'company.AddressLine3', 'text'),
	rule(`${who}.address.postcode`, 'company.Postcode', 'text'),
	rule(`${who}.address.city`, 'company.City', 'text'),
	rule(`${who}.address.state`, 'company.State', 'text'),
	rule(`${who}.address.country`, 'company.Country', 'country'),
	rule(`${who}.email`, 'company.Email', 'text'),
	rule(`${who}.phone`, 'company.Phone', 'text'),
];

const paymentTerms: readonly FieldRule[] = [
	rule('paymentTerms.code', 'PaymentCondition', 'text'),
	rule(
		'paymentTerms.description',
		['paymentCondition.Description', 'PaymentConditionDescription'],
		'text',
	),
	rule('paymentTerms.netDays', 'paymentCondition.PaymentDays', 'integer'),
	rule('paymentTerms.endOfMonths', 'paymentCondition.PaymentEndOfMonths', 'count'),
	rule('paymentTerms.discountDays', 'paymentCondition.DiscountPaymentDays', 'count'),
	rule('paymentTerms.discountPercentage', 'paymentCondition.DiscountPercentage', 'discount'),
	rule(
		'paymentTerms.method',
		['PaymentConditionPaymentMethod', 'paymentCondition.PaymentMethod'],
		'text',
	),
];

const vat = (amount: string, base: string | undefined): readonly FieldRule[] => [
	rule('tax.code', 'VATCode', 'text'),
	rule('tax.percentage', 'VATPercentage', 'percentage'),
	...(base === undefined ? [] : [rule('tax.base', base, 'amount')]),
	rule('tax.amount', amount, 'amount'),
	rule('tax.reverseCharge', 'vatCode.Charged', 'flag'),
	rule('tax.exempt', 'vatCode.Type', 'vatTypeNone'),
	rule('tax.description', ['vatCode.Description', 'VATCodeDescription', 'VATDescription'], 'text'),
];

const allocation: readonly FieldRule[] = [
	rule('costCenter.code', ['costCenter.Code', 'CostCenter'], 'text'),
	rule('costCenter.name', ['costCenter.Description', 'CostCenterDescription'], 'text'),
	rule('costUnit.code', ['costUnit.Code', 'CostUnit'], 'text'),
	rule('costUnit.name', ['costUnit.Description', 'CostUnitDescription'], 'text'),
	rule('project.code', ['project.Code', 'ProjectCode'], 'text'),
	rule('project.name', ['project.Description', 'ProjectDescription'], 'text'),
];

const invoiceHead = (number: string, date: string, rate: string): readonly FieldRule[] => [
	must('number', ['YourRef', number], 'text', 'invoice number'),
	rule('supplierNumber', 'YourRef', 'text'),
	rule('ownNumber', number, 'reference'),
	must('date', date, 'date', 'invoice date'),
	rule('dueDate', 'DueDate', 'date'),
	must('currency', 'Currency', 'text', 'currency'),
	rule('exchangeRate', rate, 'decimal'),
	rule('companyCurrency', 'company.Currency', 'text'),
	rule('description', 'Description', 'text'),
	rule('paymentReference', 'PaymentReference', 'text'),
	...paymentTerms,
	...account('supplier', ['SupplierName'], ['SupplierCode']),
	...company('buyer'),
];

/** A resource of Exact that becomes a document: everything that is known of it is its row. */
export interface DocumentRules {
	readonly type: DocumentType;
	/** How messages call a record. */
	readonly noun: string;
	/** Whether a record that does not say so is one, by the fields that only it has. */
	readonly has: (row: Row) => boolean;
	readonly head: readonly FieldRule[];
	readonly line: readonly FieldRule[];
}

export const MAPPING_RULES = {
	purchaseEntry: {
		type: 'invoice',
		noun: 'Purchase entry',
		has: (row) =>
			row.EntryID !== undefined && row.EntryDate !== undefined && row.TransactionID === undefined,
		head: [
			...invoiceHead('EntryNumber', 'EntryDate', 'Rate'),
			rule('purchaseOrderNumber', 'OrderNumber', 'reference'),
			must('grossTotal', 'AmountFC', 'amount', 'amount including VAT'),
			rule('taxTotal', 'VATAmountFC', 'amount'),
		],
		// Entry lines have neither unit nor price; their Quantity says nothing of the amount.
		line: [
			rule('number', 'LineNumber', 'integer'),
			rule('description', ['Description', 'GLAccountDescription'], 'text'),
			must('netAmount', 'AmountFC', 'amount', 'line amount'),
			...vat('VATAmountFC', 'VATBaseAmountFC'),
			rule('glAccount.code', ['GLAccountCode', 'glAccount.Code'], 'text'),
			rule('glAccount.name', ['GLAccountDescription', 'glAccount.Description'], 'text'),
			...allocation,
			rule('periodFrom', 'From', 'date'),
			rule('periodTo', 'To', 'date'),
		],
	},
	purchaseInvoice: {
		type: 'invoice',
		noun: 'Purchase invoice',
		has: (row) =>
			row.InvoiceDate !== undefined && row.Amount !== undefined && row.Supplier !== undefined,
		head: [
			...invoiceHead('EntryNumber', 'InvoiceDate', 'ExchangeRate'),
			must('grossTotal', 'Amount', 'amount', 'amount including VAT'),
			rule('taxTotal', 'VATAmount', 'amount'),
		],
		line: [
			rule('number', 'LineNumber', 'integer'),
			rule('description', ['Description', 'item.Description'], 'text'),
			rule('quantity', 'Quantity', 'decimal'),
			rule('unit', ['Unit', 'ItemUnit'], 'text'),
			rule('unitPrice', ['NetPrice', 'UnitPrice'], 'decimal'),
			rule('discountPercentage', 'Discount', 'discount'),
			must('netAmount', 'Amount', 'amount', 'line amount'),
			...vat('VATAmount', undefined),
			rule('item.code', 'item.Code', 'text'),
			rule('item.supplierCode', 'supplierItem.SupplierItemCode', 'text'),
			rule('item.gtin', ['supplierItem.Barcode', 'item.Barcode'], 'gtin'),
			rule('glAccount.code', ['glAccount.Code', 'item.GLCostsCode'], 'text'),
			rule('glAccount.name', ['glAccount.Description', 'item.GLCostsDescription'], 'text'),
			...allocation,
			rule('purchaseOrderNumber', 'purchaseOrder.OrderNumber', 'reference'),
		],
	},
	purchaseOrder: {
		type: 'purchaseOrder',
		noun: 'Purchase order',
		has: (row) => row.PurchaseOrderID !== undefined && row.OrderDate !== undefined,
		head: [
			must('number', 'OrderNumber', 'reference', 'order number'),
			rule('ownNumber', 'OrderNumber', 'reference'),
			must('date', 'OrderDate', 'date', 'order date'),
			rule('deliveryDate', 'ReceiptDate', 'date'),
			must('currency', 'Currency', 'text', 'currency'),
			rule('description', 'Description', 'text'),
			rule('supplierReference', 'YourRef', 'text'),
			rule('incoterm.code', 'IncotermCode', 'text'),
			rule('incoterm.place', 'IncotermAddress', 'text'),
			...paymentTerms,
			...account('supplier', ['SupplierName'], ['SupplierCode']),
			...company('buyer'),
			rule(
				'shipTo.name',
				['deliveryAddress.AccountName', 'DeliveryAccountName', 'WarehouseDescription'],
				'text',
			),
			rule('shipTo.code', ['DeliveryAccountCode', 'WarehouseCode'], 'text'),
			rule('shipTo.address.lines[0]', 'deliveryAddress.AddressLine1', 'text'),
			rule('shipTo.address.lines[1]', 'deliveryAddress.AddressLine2', 'text'),
			rule('shipTo.address.lines[2]', 'deliveryAddress.AddressLine3', 'text'),
			rule('shipTo.address.postcode', 'deliveryAddress.Postcode', 'text'),
			rule('shipTo.address.city', 'deliveryAddress.City', 'text'),
			rule('shipTo.address.state', 'deliveryAddress.State', 'text'),
			rule('shipTo.address.country', 'deliveryAddress.Country', 'country'),
			rule('taxTotal', 'VATAmount', 'amount'),
		],
		line: [
			rule('number', 'LineNumber', 'integer'),
			rule('description', ['Description', 'ItemDescription', 'item.Description'], 'text'),
			rule('item.code', ['ItemCode', 'item.Code'], 'text'),
			rule('item.supplierCode', ['SupplierItemCode', 'supplierItem.SupplierItemCode'], 'text'),
			rule('item.gtin', ['ItemBarcode', 'supplierItem.Barcode', 'item.Barcode'], 'gtin'),
			must('quantity', ['QuantityInPurchaseUnits', 'Quantity'], 'decimal', 'quantity'),
			rule('unit', 'Unit', 'text'),
			must('unitPrice', ['NetPrice', 'UnitPrice'], 'decimal', 'unit price'),
			must('netAmount', 'AmountFC', 'amount', 'line amount'),
			rule('deliveryDate', 'ReceiptDate', 'date'),
			...vat('VATAmount', undefined),
			...allocation,
			rule('notes', 'Notes', 'text'),
		],
	},
	goodsReceipt: {
		type: 'receipt',
		noun: 'Goods receipt',
		has: (row) => row.ReceiptNumber !== undefined && row.ReceiptDate !== undefined,
		head: [
			must('number', 'ReceiptNumber', 'reference', 'receipt number'),
			rule('ownNumber', 'ReceiptNumber', 'reference'),
			must('date', 'ReceiptDate', 'date', 'receipt date'),
			rule('description', 'Description', 'text'),
			rule('deliveryNote', 'YourRef', 'text'),
			...account('supplier', ['SupplierName'], ['SupplierCode']),
			...company('buyer'),
			rule('shipTo.name', 'WarehouseDescription', 'text'),
			rule('shipTo.code', 'WarehouseCode', 'text'),
		],
		line: [
			rule('number', 'LineNumber', 'integer'),
			rule('description', ['Description', 'ItemDescription', 'item.Description'], 'text'),
			rule('item.code', ['ItemCode', 'item.Code'], 'text'),
			rule('item.supplierCode', 'SupplierItemCode', 'text'),
			rule('item.gtin', 'item.Barcode', 'gtin'),
			must('quantity', 'QuantityReceived', 'decimal', 'quantity received'),
			rule('unit', ['ItemUnitCode', 'item.Unit'], 'text'),
			rule('quantityOrdered', 'QuantityOrdered', 'decimal'),
			rule(
				'purchaseOrderNumber',
				['PurchaseOrderNumber', 'purchaseOrder.OrderNumber'],
				'reference',
			),
			rule('project.code', 'ProjectCode', 'text'),
			rule('project.name', 'ProjectDescription', 'text'),
		],
	},
	/** One record for each invoice that a payment settles; `line` is what becomes an item. */
	payment: {
		type: 'remittance',
		noun: 'Payment',
		has: (row) => row.TransactionEntryID !== undefined && row.Account !== undefined,
		head: [
			// EntryDate is the day the payment was processed; EndDate the day it was matched.
			must('date', ['EntryDate', 'EndDate'], 'date', 'payment date'),
			must('currency', 'Currency', 'text', 'currency'),
			rule('paymentReference', 'PaymentReference', 'text'),
			rule('batchNumber', ['PaymentBatchNumber', 'CashflowTransactionBatchCode'], 'reference'),
			...account('payee', ['AccountName'], ['AccountCode'], ['AccountBankAccountNumber']),
			...company('payer'),
		],
		line: [
			must(
				'invoiceNumber',
				['YourRef', 'invoice.YourRef', 'InvoiceNumber', 'EntryNumber'],
				'text',
				'invoice number',
			),
			rule('ownNumber', ['InvoiceNumber', 'EntryNumber'], 'reference'),
			rule('invoiceDate', ['InvoiceDate', 'invoice.EntryDate'], 'date'),
			must('paidAmount', 'AmountFC', 'amount', 'amount paid'),
			rule('invoiceAmount', ['invoice.AmountFC', 'TransactionAmountFC'], 'amount'),
			rule('discountAmount', 'AmountDiscountFC', 'amountOrNone'),
		],
	},
} as const satisfies Readonly<Record<string, DocumentRules>>;

export type DocumentResource = keyof typeof MAPPING_RULES;

export const DOCUMENT_RESOURCES = Object.keys(MAPPING_RULES) as readonly DocumentResource[];
