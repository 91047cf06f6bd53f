import {
	paymentsFields,
	purchaseEntriesFields,
	purchaseInvoicesFields,
	purchaseOrdersFields,
} from './documentFields';
import { fieldsByDefault } from './fieldTable';
import type { IncludeName, Join, Resource } from './types';

const byCode = { kind: 'one', to: 'Code', byCode: true } as const;
const byId = { kind: 'one', to: 'ID' } as const;

const supplier = (from: string): Join[] => [
	{ include: 'supplier', at: 'document', as: 'supplier', endpoint: 'account', from, ...byId },
	{
		include: 'bankAccounts',
		at: 'supplier',
		as: 'bankAccounts',
		endpoint: 'bankAccount',
		kind: 'many',
		from: 'ID',
		to: 'Account',
		orderBy: 'BankAccount',
	},
];

const paymentCondition: Join = {
	include: 'paymentCondition',
	at: 'document',
	as: 'paymentCondition',
	endpoint: 'paymentCondition',
	from: 'PaymentCondition',
	...byCode,
};

const lines = (endpoint: Join['endpoint'], key: string, foreignKey: string): Join => ({
	include: 'lines',
	at: 'document',
	as: 'lines',
	endpoint,
	kind: 'many',
	from: key,
	to: foreignKey,
	orderBy: 'LineNumber',
});

const costs: readonly Join[] = [
	{
		include: 'costCenter',
		at: 'lines',
		as: 'costCenter',
		endpoint: 'costCenter',
		from: 'CostCenter',
		...byCode,
	},
	{
		include: 'costUnit',
		at: 'lines',
		as: 'costUnit',
		endpoint: 'costUnit',
		from: 'CostUnit',
		...byCode,
	},
	{
		include: 'vatCode',
		at: 'lines',
		as: 'vatCode',
		endpoint: 'vatCode',
		from: 'VATCode',
		...byCode,
	},
];

const goods: readonly Join[] = [
	{ include: 'item', at: 'lines', as: 'item', endpoint: 'item', from: 'Item', ...byId },
	{
		include: 'supplierItem',
		at: 'lines',
		as: 'supplierItem',
		endpoint: 'supplierItem',
		kind: 'one',
		from: 'Item',
		to: 'Item',
		alsoDocument: { from: 'Supplier', to: 'Supplier' },
	},
	{ include: 'unit', at: 'lines', as: 'unit', endpoint: 'unit', from: 'Unit', ...byCode },
];

const attachments: Join = {
	include: 'attachments',
	at: 'document',
	as: 'attachments',
	endpoint: 'documentAttachment',
	kind: 'many',
	from: 'Document',
	to: 'Document',
	orderBy: 'FileName',
};

const glAccount = (from: string): Join => ({
	include: 'glAccount',
	at: 'lines',
	as: 'glAccount',
	endpoint: 'glAccount',
	from,
	...byId,
});

const DEFAULTS: readonly IncludeName[] = [
	'lines',
	'supplier',
	'paymentCondition',
	'glAccount',
	'costCenter',
	'vatCode',
];

export const PURCHASE_ENTRY: Resource = {
	name: 'purchaseEntry',
	displayName: 'Purchase Entry',
	plural: 'purchase entries',
	path: 'purchaseentry/PurchaseEntries',
	key: 'EntryID',
	pageSize: 60,
	fields: purchaseEntriesFields,
	defaultFields: fieldsByDefault(purchaseEntriesFields),
	scope: 'Financial accounting',
	isDocument: true,
	numbers: ['YourRef', 'EntryNumber'],
	filters: {
		modified: 'Modified',
		date: 'EntryDate',
		status: 'Status',
		supplier: 'Supplier',
		journal: 'Journal',
	},
	joins: [
		lines('purchaseEntryLine', 'EntryID', 'EntryID'),
		...supplier('Supplier'),
		paymentCondition,
		glAccount('GLAccount'),
		...costs,
		attachments,
	],
	defaultIncludes: DEFAULTS,
	deltas: [
		{ method: 'modified' },
		{
			// Lines carry no Modified, so an edited line may leave the header alone; the ledger shows it.
			method: 'timestamp',
			path: 'sync/Financial/TransactionLines',
			only: { field: 'Type', values: [30, 31] },
			documentKey: 'EntryID',
		},
	],
};

export const PURCHASE_INVOICE: Resource = {
	name: 'purchaseInvoice',
	displayName: 'Purchase Invoice',
	plural: 'purchase invoices',
	path: 'purchase/PurchaseInvoices',
	key: 'ID',
	pageSize: 60,
	fields: purchaseInvoicesFields,
	defaultFields: fieldsByDefault(purchaseInvoicesFields),
	withoutDivision: true,
	scope: 'Purchase invoices',
	isDocument: true,
	numbers: ['YourRef', 'EntryNumber'],
	filters: {
		modified: 'Modified',
		date: 'InvoiceDate',
		status: 'Status',
		supplier: 'Supplier',
		journal: 'Journal',
	},
	joins: [
		lines('purchaseInvoiceLine', 'ID', 'InvoiceID'),
		...supplier('Supplier'),
		paymentCondition,
		...costs,
		...goods,
		{
			include: 'purchaseOrder',
			at: 'lines',
			as: 'purchaseOrderLine',
			endpoint: 'purchaseOrderLine',
			from: 'PurchaseOrderLine',
			...byId,
		},
		{
			include: 'purchaseOrder',
			at: 'purchaseOrderLine',
			as: 'purchaseOrder',
			endpoint: 'purchaseOrder',
			kind: 'one',
			from: 'PurchaseOrderID',
			to: 'PurchaseOrderID',
		},
		attachments,
	],
	defaultIncludes: [...DEFAULTS.filter((name) => name !== 'glAccount'), 'item', 'purchaseOrder'],
	deltas: [{ method: 'modified' }],
};

export const PURCHASE_ORDER: Resource = {
	name: 'purchaseOrder',
	displayName: 'Purchase Order',
	plural: 'purchase orders',
	path: 'purchaseorder/PurchaseOrders',
	key: 'PurchaseOrderID',
	pageSize: 60,
	fields: purchaseOrdersFields,
	defaultFields: fieldsByDefault(purchaseOrdersFields),
	scope: 'Purchase orders',
	isDocument: true,
	numbers: ['OrderNumber'],
	filters: {
		modified: 'Modified',
		date: 'OrderDate',
		status: 'OrderStatus',
		supplier: 'Supplier',
	},
	joins: [
		lines('purchaseOrderLine', 'PurchaseOrderID', 'PurchaseOrderID'),
		...supplier('Supplier'),
		paymentCondition,
		{
			include: 'deliveryAddress',
			at: 'document',
			as: 'deliveryAddress',
			endpoint: 'address',
			from: 'DeliveryAddress',
			...byId,
		},
		...costs,
		...goods,
	],
	defaultIncludes: ['lines', 'supplier', 'paymentCondition', 'deliveryAddress', 'vatCode', 'item'],
	deltas: [
		{
			// Header and lines in one stream; only packages with logistics have it.
			method: 'timestamp',
			path: 'sync/PurchaseOrder/PurchaseOrders',
			documentKey: 'PurchaseOrderID',
		},
		{ method: 'modified' },
	],
	deletedEntityType: 22,
};

export const PAYMENT: Resource = {
	name: 'payment',
	displayName: 'Payment',
	plural: 'payments',
	path: 'cashflow/Payments',
	key: 'ID',
	pageSize: 60,
	fields: paymentsFields,
	defaultFields: fieldsByDefault(paymentsFields),
	large: {
		path: 'bulk/Cashflow/Payments',
		// No Modified here.
		filterable: 'Account EndDate EntryID ID InvoiceDate InvoiceNumber Status'.split(' '),
	},
	scope: 'Financial cashflow',
	isDocument: true,
	numbers: ['EntryNumber', 'InvoiceNumber'],
	filters: {
		modified: 'Modified',
		date: 'InvoiceDate',
		status: 'Status',
		supplier: 'Account',
		journal: 'Journal',
	},
	joins: [
		...supplier('Account'),
		paymentCondition,
		{
			include: 'invoice',
			at: 'document',
			as: 'invoice',
			endpoint: 'purchaseEntry',
			kind: 'one',
			from: 'TransactionEntryID',
			to: 'EntryID',
		},
	],
	defaultIncludes: ['supplier', 'bankAccounts', 'invoice'],
	deltas: [
		{
			method: 'timestamp',
			path: 'sync/Cashflow/PaymentTerms',
			with: ['LineType'],
			only: { field: 'LineType', values: [22] },
		},
		{ method: 'modified' },
	],
	deletedEntityType: 10,
};
