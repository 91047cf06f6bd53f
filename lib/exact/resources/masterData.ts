import { transactionLinesFields } from './documentFields';
import { fieldsByDefault } from './fieldTable';
import {
	costCentersFields,
	costUnitsFields,
	divisionsFields,
	glAccountMappingsFields,
	glAccountsFields,
} from './masterFields';
import { ACCOUNTS } from './references';
import type { Join, Resource } from './types';

const joined = (
	include: Join['include'],
	endpoint: Join['endpoint'],
	from: string,
	by: { to: string; byCode?: boolean },
): Join => ({ include, at: 'document', as: include, endpoint, kind: 'one', from, ...by });

const BY_ID = { to: 'ID' };
const BY_CODE = { to: 'Code', byCode: true };

export const VENDOR: Resource = {
	...ACCOUNTS,
	name: 'vendor',
	displayName: 'Vendor',
	plural: 'vendors',
	scope: 'CRM accounts',
	isDocument: false,
	baseFilter: 'IsSupplier eq true',
	numbers: ['Code'],
	filters: { modified: 'Modified', status: 'Status', supplier: 'ID' },
	joins: [
		{
			include: 'bankAccounts',
			at: 'document',
			as: 'bankAccounts',
			endpoint: 'bankAccount',
			kind: 'many',
			from: 'ID',
			to: 'Account',
			orderBy: 'BankAccount',
		},
	],
	defaultIncludes: [],
	deltas: [
		{
			method: 'timestamp',
			path: 'sync/CRM/Accounts',
			only: { field: 'IsSupplier', values: [true] },
		},
		{ method: 'modified' },
	],
	deletedEntityType: 2,
};

export const GL_ACCOUNT: Resource = {
	name: 'glAccount',
	displayName: 'GL Account',
	plural: 'GL accounts',
	path: 'financial/GLAccounts',
	key: 'ID',
	pageSize: 60,
	fields: glAccountsFields,
	defaultFields: fieldsByDefault(glAccountsFields),
	large: {
		path: 'bulk/Financial/GLAccounts',
		filterable: [
			'Code',
			'Costcenter',
			'Costunit',
			'Created',
			'ID',
			'Modified',
			'SearchCode',
			'Type',
		],
	},
	scope: 'Financial generalledgers',
	isDocument: false,
	numbers: ['Code'],
	filters: { modified: 'Modified' },
	joins: [],
	defaultIncludes: [],
	deltas: [{ method: 'timestamp', path: 'sync/Financial/GLAccounts' }, { method: 'modified' }],
	deletedEntityType: 7,
};

export const GL_ACCOUNT_MAPPING: Resource = {
	name: 'glAccountMapping',
	displayName: 'GL Account Mapping',
	plural: 'GL account mappings',
	path: 'financial/GLAccountClassificationMappings',
	key: 'ID',
	pageSize: 60,
	fields: glAccountMappingsFields,
	defaultFields: fieldsByDefault(glAccountMappingsFields),
	scope: 'Financial generalledgers',
	isDocument: false,
	numbers: ['GLAccountCode'],
	filters: {},
	joins: [joined('glAccount', 'glAccount', 'GLAccount', BY_ID)],
	defaultIncludes: [],
	// Neither a date nor a rowversion anywhere.
	deltas: [{ method: 'hash' }],
};

export const GL_TRANSACTION_LINE: Resource = {
	name: 'glTransactionLine',
	displayName: 'GL Transaction Line',
	plural: 'GL transaction lines',
	path: 'financialtransaction/TransactionLines',
	key: 'ID',
	pageSize: 60,
	fields: transactionLinesFields,
	defaultFields: fieldsByDefault(transactionLinesFields),
	everything: "Date ge datetime'1900-01-01T00:00:00'",
	large: {
		path: 'bulk/Financial/TransactionLines',
		filterable: `
			ID Account AccountCode CostCenter CostUnit Date Description EntryID EntryNumber
			FinancialPeriod FinancialYear GLAccount GLAccountCode InvoiceNumber Item JournalCode
			Modified OrderNumber Status Type VATCode YourRef
		`
			.trim()
			.split(/\s+/),
		everything: "Date ge datetime'1900-01-01T00:00:00'",
	},
	scope: 'Financial accounting',
	isDocument: false,
	numbers: ['YourRef', 'EntryNumber'],
	filters: {
		modified: 'Modified',
		date: 'Date',
		status: 'Status',
		supplier: 'Account',
		journal: 'JournalCode',
	},
	joins: [
		joined('supplier', 'account', 'Account', BY_ID),
		joined('glAccount', 'glAccount', 'GLAccount', BY_ID),
		joined('costCenter', 'costCenter', 'CostCenter', BY_CODE),
		joined('costUnit', 'costUnit', 'CostUnit', BY_CODE),
		joined('vatCode', 'vatCode', 'VATCode', BY_CODE),
	],
	defaultIncludes: [],
	deltas: [
		{
			method: 'timestamp',
			path: 'sync/Financial/TransactionLines',
			without: ['ShopOrder'],
		},
		{ method: 'modified' },
	],
	deletedEntityType: 1,
};

const costAnalysis = { pageSize: 60, scope: 'Financial costcenters', isDocument: false } as const;

export const COST_CENTER: Resource = {
	...costAnalysis,
	name: 'costCenter',
	displayName: 'Cost Center',
	plural: 'cost centers',
	path: 'hrm/Costcenters',
	key: 'ID',
	fields: costCentersFields,
	defaultFields: fieldsByDefault(costCentersFields),
	numbers: ['Code'],
	filters: { modified: 'Modified' },
	joins: [],
	defaultIncludes: [],
	deltas: [{ method: 'modified' }],
};

export const COST_UNIT: Resource = {
	...costAnalysis,
	name: 'costUnit',
	displayName: 'Cost Unit',
	plural: 'cost units',
	path: 'hrm/Costunits',
	key: 'ID',
	fields: costUnitsFields,
	defaultFields: fieldsByDefault(costUnitsFields),
	numbers: ['Code'],
	filters: { modified: 'Modified' },
	joins: [],
	defaultIncludes: [],
	deltas: [{ method: 'modified' }],
};

export const DIVISION: Resource = {
	name: 'division',
	displayName: 'Division',
	plural: 'divisions',
	path: 'system/Divisions',
	key: 'Code',
	pageSize: 60,
	fields: divisionsFields,
	defaultFields: fieldsByDefault(divisionsFields),
	withoutDivision: true,
	scope: 'Organization administration',
	isDocument: false,
	numbers: ['Code'],
	filters: { status: 'Status' },
	joins: [],
	defaultIncludes: [],
	deltas: [{ method: 'hash' }],
};
