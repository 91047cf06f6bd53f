import { FIELD_TABLE } from './fieldTable.ts';
import { SYNC_FIELD_TABLE } from './syncFieldTable.ts';

export type FieldType =
	| 'Guid' | 'String' | 'Double' | 'Int16' | 'Int32' | 'Int64' | 'Byte' | 'Boolean'
	| 'DateTime' | 'Binary' | 'Collection'; // prettier-ignore

export interface Entity {
	/** Below `/api/v1/{division}/`, case-sensitive as on the real service. */
	readonly path: string;
	readonly key: string;
	readonly pageSize: number;
	/** Rows come from this table of the company. */
	readonly table: string;
	/** Regular endpoints answer 400 without it where that was seen; bulk always. */
	readonly selectRequired: boolean;
	/** `*` is refused. */
	readonly noSelectStar: boolean;
	/** At least one of them has to be in the filter. */
	readonly mandatoryFilter: readonly string[] | undefined;
	/** No other field may be filtered. */
	readonly onlyFilters: readonly string[] | undefined;
	/** `{"d":[…]}` instead of `{"d":{"results":[…]}}`. */
	readonly bareArray: boolean;
	/** Lines by parent: navigation property → path and foreign key. */
	readonly children: Readonly<Record<string, { path: string; foreignKey: string }>>;
	readonly fields: ReadonlyMap<string, FieldType>;
	/** Fixed condition, such as the receipts among the payment terms. */
	readonly kind: 'regular' | 'sync' | 'bulk';
}

const words = (text: string) => text.trim().split(/\s+/);

function parseFields(text: string): Map<string, FieldType> {
	const fields = new Map<string, FieldType>();
	let type: FieldType = 'String';
	for (const word of words(text)) {
		if (word.endsWith(':')) type = word.slice(0, -1) as FieldType;
		else fields.set(word, type);
	}
	return fields;
}

const ACCOUNT_FILTERS = words(`
	ID Accountant AccountManager AddressLine1 AddressLine2 AddressLine3 Blocked BRIN BSN
	ChamberOfCommerce City Classification Classification1 Classification2 Classification3
	Classification4 Classification5 Classification6 Classification7 Classification8 Code
	CodeAtSupplier Country Created Email EndDate EORINumber Fax InvoiceAccount IsAccountant
	IsReseller IsSales IsSupplier MainContact Modified Name Parent Phone Postcode PriceList
	Reseller RSIN SearchCode StartDate Status Type VATNumber`);

const ITEM_FILTERS = words(`
	ID Barcode Class_01 Class_02 Class_03 Class_04 Class_05 Class_06 Class_07 Class_08 Class_09
	Class_10 Code CostPriceNew Created Description EndDate ExtraDescription GLCosts
	GLCostsWorkInProgress GLRevenue GLRevenueWorkInProgress GLStock IsBatchItem
	IsFractionAllowedItem IsMakeItem IsPurchaseItem IsSalesItem IsSerialItem IsStockItem
	IsSubcontractedItem IsTime IsWebshopItem ItemGroup ItemGroupCode Modified NetWeightUnit
	SalesVatCode SearchCode StartDate Unit`);

const TRANSACTION_FILTERS = words(`
	ID Account AccountCode Asset CostCenter CostUnit Date Description Document EntryID
	EntryNumber FinancialPeriod FinancialYear GLAccount GLAccountCode InvoiceNumber Item
	JournalCode Modified OffsetID OrderNumber Project ProjectCode ShopOrder Status Subscription
	Type VATCode VATType YourRef`);

interface Row {
	path: string;
	table: string;
	key?: string;
	fieldsOf?: string;
	selectRequired?: true;
	noSelectStar?: true;
	mandatory?: readonly string[];
	only?: readonly string[];
	bareArray?: true;
	children?: Record<string, { path: string; foreignKey: string }>;
}

const ENTITY_ROWS: readonly Row[] = [
	{ path: 'system/Divisions', table: 'divisions', key: 'Code' },
	{ path: 'system/AllDivisions', table: 'divisions', key: 'Code' },
	{
		path: 'system/GetMostRecentlyUsedDivisions',
		table: 'recent-divisions',
		key: 'Code',
		bareArray: true,
	},
	{ path: 'hrm/Divisions', table: 'hrm-divisions', key: 'Code' },
	{
		path: 'purchase/PurchaseInvoices',
		table: 'purchase-invoices',
		children: {
			PurchaseInvoiceLines: { path: 'purchase/PurchaseInvoiceLines', foreignKey: 'InvoiceID' },
		},
	},
	{ path: 'purchase/PurchaseInvoiceLines', table: 'purchase-invoice-lines' },
	{
		path: 'purchaseentry/PurchaseEntries',
		table: 'purchase-entries',
		key: 'EntryID',
		selectRequired: true,
		children: {
			PurchaseEntryLines: { path: 'purchaseentry/PurchaseEntryLines', foreignKey: 'EntryID' },
		},
	},
	{ path: 'purchaseentry/PurchaseEntryLines', table: 'purchase-entry-lines', selectRequired: true },
	{
		path: 'purchaseorder/PurchaseOrders',
		table: 'purchase-orders',
		key: 'PurchaseOrderID',
		selectRequired: true,
		children: {
			PurchaseOrderLines: {
				path: 'purchaseorder/PurchaseOrderLines',
				foreignKey: 'PurchaseOrderID',
			},
		},
	},
	{ path: 'purchaseorder/PurchaseOrderLines', table: 'purchase-order-lines' },
	{ path: 'purchaseorder/GoodsReceipts', table: 'goods-receipts' },
	{ path: 'purchaseorder/GoodsReceiptLines', table: 'goods-receipt-lines' },
	{ path: 'inventory/ItemWarehouses', table: 'stock-positions' },
	{ path: 'documents/Documents', table: 'documents' },
	{ path: 'documents/DocumentAttachments', table: 'document-attachments' },
	{ path: 'crm/Accounts', table: 'accounts', mandatory: ACCOUNT_FILTERS },
	{ path: 'crm/BankAccounts', table: 'bank-accounts' },
	{ path: 'crm/Addresses', table: 'addresses' },
	{ path: 'financial/GLAccounts', table: 'gl-accounts' },
	{ path: 'financial/GLAccountClassificationMappings', table: 'gl-classification-mappings' },
	{ path: 'financial/GLClassifications', table: 'gl-classifications' },
	{ path: 'financial/GLSchemes', table: 'gl-schemes' },
	{ path: 'financial/Journals', table: 'journals' },
	{ path: 'hrm/Costcenters', table: 'cost-centers' },
	{ path: 'hrm/Costunits', table: 'cost-units' },
	{ path: 'cashflow/Payments', table: 'payments' },
	{ path: 'cashflow/Receivables', table: 'receivables', selectRequired: true },
	{ path: 'cashflow/PaymentConditions', table: 'payment-conditions' },
	{ path: 'vat/VATCodes', table: 'vat-codes' },
	{ path: 'vat/VatPercentages', table: 'vat-percentages' },
	{ path: 'logistics/Items', table: 'items', mandatory: ITEM_FILTERS },
	{ path: 'logistics/SupplierItem', table: 'supplier-items' },
	{ path: 'logistics/Units', table: 'units' },
	{ path: 'general/Currencies', table: 'currencies', key: 'Code' },
	{
		path: 'financialtransaction/TransactionLines',
		table: 'transaction-lines',
		mandatory: TRANSACTION_FILTERS,
	},

	{ path: 'sync/CRM/Accounts', table: 'accounts' },
	{ path: 'sync/CRM/Addresses', table: 'addresses' },
	{ path: 'sync/Financial/GLAccounts', table: 'gl-accounts' },
	{ path: 'sync/Financial/GLClassifications', table: 'gl-classifications', noSelectStar: true },
	{ path: 'sync/Financial/TransactionLines', table: 'transaction-lines' },
	{ path: 'sync/Cashflow/PaymentTerms', table: 'payment-terms' },
	{ path: 'sync/PurchaseOrder/PurchaseOrders', table: 'order-stream', noSelectStar: true },
	{ path: 'sync/Logistics/Items', table: 'items' },
	{ path: 'sync/Logistics/SupplierItem', table: 'supplier-items' },
	{ path: 'sync/Deleted', table: 'deleted' },

	{
		path: 'bulk/CRM/Accounts',
		table: 'accounts',
		fieldsOf: 'crm/Accounts',
		mandatory: ACCOUNT_FILTERS,
	},
	{
		path: 'bulk/CRM/Addresses',
		table: 'addresses',
		fieldsOf: 'crm/Addresses',
		only: words('Account Contact ID Main Type Warehouse'),
	},
	{
		path: 'bulk/Financial/GLAccounts',
		table: 'gl-accounts',
		fieldsOf: 'financial/GLAccounts',
		only: words(`AssimilatedVATBox BelcotaxType Code Costcenter Costunit Created Creator ID
			Modified Modifier PrivateGLAccount SearchCode Type VATNonDeductibleGLAccount
			YearEndCostGLAccount YearEndReflectionGLAccount`),
	},
	{
		path: 'bulk/Financial/GLClassifications',
		table: 'gl-classifications',
		fieldsOf: 'financial/GLClassifications',
		only: words('Code ID Name Parent TaxonomyNamespace Type'),
	},
	{
		path: 'bulk/Financial/TransactionLines',
		table: 'transaction-lines',
		fieldsOf: 'financialtransaction/TransactionLines',
		mandatory: TRANSACTION_FILTERS,
	},
	{
		path: 'bulk/Cashflow/Payments',
		table: 'payments',
		fieldsOf: 'cashflow/Payments',
		only: words(`Account AccountBankAccountID AccountContact BankAccountID Document EndDate
			EntryDate EntryID GLAccount ID InvoiceDate InvoiceNumber Source Status TransactionID
			TransactionType`),
	},
	{
		path: 'bulk/Cashflow/Receivables',
		table: 'receivables',
		fieldsOf: 'cashflow/Receivables',
		only: words(`Account Document EndDate EndToEndID EntryDate EntryID GLAccount ID InvoiceDate
			InvoiceNumber Source Status TransactionID TransactionType`),
	},
	{
		path: 'bulk/Logistics/Items',
		table: 'items',
		fieldsOf: 'logistics/Items',
		mandatory: ITEM_FILTERS,
	},
];

function entityOf(row: Row): Entity {
	const kind = row.path.startsWith('sync/')
		? 'sync'
		: row.path.startsWith('bulk/')
			? 'bulk'
			: 'regular';
	const text = FIELD_TABLE[row.fieldsOf ?? row.path] ?? SYNC_FIELD_TABLE[row.path];
	if (text === undefined) throw new Error(`no fields for ${row.path}`);
	return {
		path: row.path,
		table: row.table,
		key: kind === 'sync' ? 'Timestamp' : (row.key ?? 'ID'),
		pageSize: kind === 'regular' ? 60 : 1000,
		selectRequired: kind === 'bulk' || row.selectRequired === true,
		noSelectStar: row.noSelectStar === true,
		mandatoryFilter: row.mandatory,
		onlyFilters: kind === 'sync' ? ['Timestamp'] : row.only,
		bareArray: row.bareArray === true,
		children: row.children ?? {},
		fields: parseFields(text),
		kind,
	};
}

export const ENTITIES: ReadonlyMap<string, Entity> = new Map(
	ENTITY_ROWS.map((row) => [row.path, entityOf(row)]),
);

export const ME_FIELDS = parseFields(FIELD_TABLE['current/Me'] ?? '');

/** Field types of a table: those of every endpoint that shows it. */
export const TABLE_FIELDS: ReadonlyMap<string, ReadonlyMap<string, FieldType>> = (() => {
	const tables = new Map<string, Map<string, FieldType>>();
	for (const entity of ENTITIES.values()) {
		const fields = tables.get(entity.table) ?? new Map<string, FieldType>();
		for (const [name, type] of entity.fields) if (!fields.has(name)) fields.set(name, type);
		tables.set(entity.table, fields);
	}
	return tables;
})();

/** The key by which a table's rows are found and edited. */
export const TABLE_KEYS: ReadonlyMap<string, string> = new Map(
	ENTITY_ROWS.filter((row) => !row.path.startsWith('sync/') && !row.path.startsWith('bulk/'))
		.map((row): [string, string] => [row.table, row.key ?? 'ID'])
		.concat([
			['payment-terms', 'ID'],
			['order-stream', 'ID'],
			['deleted', 'ID'],
		]),
);

/** What `sync/Deleted` calls the rows of a table; other tables leave no trace when a row goes. */
export const DELETED_ENTITY_TYPES: Readonly<Record<string, number>> = {
	'transaction-lines': 1,
	accounts: 2,
	addresses: 3,
	'document-attachments': 4,
	documents: 6,
	'gl-accounts': 7,
	items: 9,
	payments: 10,
	receivables: 10,
	'gl-classifications': 18,
	'purchase-orders': 22,
	'purchase-order-lines': 22,
	'supplier-items': 30,
};
