import {
	documentsFields,
	glClassificationsFields,
	goodsReceiptsFields,
	journalsFields,
	stockPositionsFields,
} from './goodsFields';
import {
	addressesFields,
	itemsFields,
	paymentConditionsFields,
	supplierItemsFields,
	vatCodesFields,
} from './masterFields';
import { ITEM_FIELDS, plain } from './references';
import type { Join, Resource } from './types';

/** What rows of codes have in common: small sets, found by their date of change. */
const codes = {
	isDocument: false,
	numbers: ['Code'],
	filters: { modified: 'Modified' },
	joins: [],
	defaultIncludes: [],
	deltas: [{ method: 'modified' }],
} as const;

const BY_ID = { kind: 'one', to: 'ID' } as const;

const supplier: Join = {
	include: 'supplier',
	at: 'document',
	as: 'supplier',
	endpoint: 'account',
	from: 'Supplier',
	...BY_ID,
};

const item = (at: Join['at']): Join => ({
	include: 'item',
	at,
	as: 'item',
	endpoint: 'item',
	from: 'Item',
	...BY_ID,
});

/** What came in, line by line: the source of 861 and RECADV. */
export const GOODS_RECEIPT: Resource = {
	...plain('purchaseorder/GoodsReceipts', goodsReceiptsFields),
	name: 'goodsReceipt',
	displayName: 'Goods Receipt',
	plural: 'goods receipts',
	scope: 'Logistics wms',
	isDocument: true,
	numbers: ['YourRef', 'ReceiptNumber'],
	filters: { modified: 'Modified', date: 'ReceiptDate', supplier: 'Supplier' },
	joins: [
		{
			include: 'lines',
			at: 'document',
			as: 'lines',
			endpoint: 'goodsReceiptLine',
			kind: 'many',
			from: 'ID',
			to: 'GoodsReceiptID',
			orderBy: 'LineNumber',
		},
		supplier,
		item('lines'),
		{
			include: 'purchaseOrder',
			at: 'lines',
			as: 'purchaseOrder',
			endpoint: 'purchaseOrder',
			kind: 'one',
			from: 'PurchaseOrderID',
			to: 'PurchaseOrderID',
		},
	],
	defaultIncludes: ['lines', 'supplier', 'item'],
	deltas: [{ method: 'modified' }],
};

export const ITEM: Resource = {
	...plain('logistics/Items', itemsFields),
	defaultFields: ITEM_FIELDS,
	large: {
		path: 'bulk/Logistics/Items',
		filterable: ['ID', 'Code', 'Modified', 'IsPurchaseItem'],
		everything: 'IsPurchaseItem eq true',
	},
	everything: 'IsPurchaseItem eq true',
	name: 'item',
	displayName: 'Item',
	plural: 'items',
	scope: 'Logistics items',
	isDocument: false,
	numbers: ['Code', 'Barcode'],
	filters: { modified: 'Modified' },
	joins: [
		{
			include: 'supplierItem',
			at: 'document',
			as: 'supplierItems',
			endpoint: 'supplierItem',
			kind: 'many',
			from: 'ID',
			to: 'Item',
			orderBy: 'SupplierCode',
		},
	],
	defaultIncludes: [],
	deltas: [{ method: 'modified' }],
	deletedEntityType: 9,
};

export const SUPPLIER_ITEM: Resource = {
	...plain('logistics/SupplierItem', supplierItemsFields),
	name: 'supplierItem',
	displayName: 'Supplier Item',
	plural: 'supplier items',
	scope: 'Logistics items',
	isDocument: false,
	numbers: ['SupplierItemCode', 'ItemCode'],
	filters: { modified: 'Modified', supplier: 'Supplier' },
	joins: [supplier, item('document')],
	defaultIncludes: [],
	deltas: [{ method: 'timestamp', path: 'sync/Logistics/SupplierItem' }, { method: 'modified' }],
};

/** By item and warehouse, as Exact keeps them. */
export const STOCK_POSITION: Resource = {
	...plain('inventory/ItemWarehouses', stockPositionsFields),
	name: 'stockPosition',
	displayName: 'Stock Position',
	plural: 'stock positions',
	scope: 'Logistics items',
	isDocument: false,
	numbers: ['ItemCode'],
	filters: {},
	joins: [item('document')],
	defaultIncludes: [],
	// Its Modified is that of the settings, not of the stock.
	deltas: [{ method: 'hash' }],
};

export const VAT_CODE: Resource = {
	...codes,
	...plain('vat/VATCodes', vatCodesFields),
	name: 'vatCode',
	displayName: 'VAT Code',
	plural: 'VAT codes',
	scope: 'Financial accounting',
};

export const PAYMENT_CONDITION: Resource = {
	...codes,
	...plain('cashflow/PaymentConditions', paymentConditionsFields),
	name: 'paymentCondition',
	displayName: 'Payment Condition',
	plural: 'payment conditions',
	scope: 'Financial cashflow',
};

export const JOURNAL: Resource = {
	...codes,
	...plain('financial/Journals', journalsFields),
	name: 'journal',
	displayName: 'Journal',
	plural: 'journals',
	scope: 'Financial generalledgers',
};

export const ADDRESS: Resource = {
	...plain('crm/Addresses', addressesFields),
	large: { path: 'bulk/CRM/Addresses', filterable: ['Account', 'ID', 'Main', 'Type'] },
	name: 'address',
	displayName: 'Address',
	plural: 'addresses',
	scope: 'CRM accounts',
	isDocument: false,
	numbers: ['AccountName'],
	filters: { modified: 'Modified', supplier: 'Account' },
	joins: [],
	defaultIncludes: [],
	deltas: [{ method: 'timestamp', path: 'sync/CRM/Addresses' }, { method: 'modified' }],
	deletedEntityType: 3,
};

export const GL_CLASSIFICATION: Resource = {
	...plain('financial/GLClassifications', glClassificationsFields),
	name: 'glClassification',
	displayName: 'GL Classification',
	plural: 'GL classifications',
	scope: 'Financial generalledgers',
	isDocument: false,
	numbers: ['Code'],
	filters: { modified: 'Modified' },
	joins: [],
	defaultIncludes: [],
	deltas: [
		{ method: 'timestamp', path: 'sync/Financial/GLClassifications' },
		{ method: 'modified' },
	],
	deletedEntityType: 18,
};

/** Scans and other files, which hang on a document as its attachments. */
export const DOCUMENT: Resource = {
	...plain('documents/Documents', documentsFields),
	name: 'document',
	displayName: 'Document',
	plural: 'documents',
	scope: 'Organization documents',
	isDocument: false,
	numbers: ['HID', 'Subject'],
	filters: { modified: 'Modified', date: 'DocumentDate', supplier: 'Account' },
	joins: [
		{
			include: 'attachments',
			at: 'document',
			as: 'attachments',
			endpoint: 'documentAttachment',
			kind: 'many',
			from: 'ID',
			to: 'Document',
			orderBy: 'FileName',
		},
	],
	defaultIncludes: ['attachments'],
	deltas: [{ method: 'modified' }],
	deletedEntityType: 6,
};
