import type { INodeProperties } from 'n8n-workflow';
import type { Resource } from '../../lib/exact';
import {
	dateEncodingOption,
	divisionProperty,
	includeProperties,
	onePerLineProperty,
	RAW,
	resourceProperty,
	resourcesWhere,
	SIMPLIFIED,
} from '../shared/exactOnline';

const READS = { operation: ['get', 'getMany'] };
const MANY = { operation: ['getMany'] };

const resourcesWith = (filter: keyof Resource['filters']) =>
	resourcesWhere(({ filters }) => filters[filter] !== undefined);

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Check Connection',
			value: 'checkConnection',
			description:
				'Say who is connected, which divisions and rights there are, and what quota is left',
			action: 'Check connection',
		},
		{
			name: 'Get',
			value: 'get',
			description: 'Read one record by its ID',
			action: 'Get one record',
		},
		{
			name: 'Get Many',
			value: 'getMany',
			description: 'Read the records that match filters',
			action: 'Get many records',
		},
	],
	default: 'getMany',
};

const OUTPUTS = [RAW, { name: 'Selected Fields', value: 'selected' }, SIMPLIFIED];

const filterOptions: INodeProperties[] = [
	{
		displayName: 'Document Numbers',
		name: 'documentNumbers',
		type: 'string',
		default: '',
		placeholder: 'e.g. INV-1001, INV-1002',
		description:
			"Supplier's numbers or own numbers, separated by commas; for master data its codes",
	},
	{
		displayName: 'From Date',
		name: 'dateFrom',
		type: 'dateTime',
		default: '',
		description: 'First day of the document date, included',
		displayOptions: { show: { '/resource': resourcesWith('date') } },
	},
	{
		displayName: 'Journal',
		name: 'journal',
		type: 'string',
		default: '',
		placeholder: 'e.g. 70',
		displayOptions: { show: { '/resource': resourcesWith('journal') } },
	},
	{
		displayName: 'Modified Since',
		name: 'modifiedSince',
		type: 'dateTime',
		default: '',
		displayOptions: { show: { '/resource': resourcesWith('modified') } },
	},
	{
		displayName: 'Status',
		name: 'status',
		type: 'string',
		default: '',
		placeholder: 'e.g. 20, 50',
		description:
			"Exact's own values, separated by commas. Purchase entries: 5 rejected, 20 open, 50 processed. Purchase invoices: 10 draft, 20 open, 50 processed. Orders: 10 open, 20 partial, 30 complete, 40 canceled. Payments: 20 open, 30 selected, 40 processed, 50 matched.",
		displayOptions: { show: { '/resource': resourcesWith('status') } },
	},
	{
		displayName: 'Supplier',
		name: 'supplier',
		type: 'string',
		default: '',
		placeholder: 'e.g. 20013168',
		description: 'Account code or account ID',
		displayOptions: { show: { '/resource': resourcesWith('supplier') } },
	},
	{
		displayName: 'To Date',
		name: 'dateTo',
		type: 'dateTime',
		default: '',
		description: 'Last day of the document date, included',
		displayOptions: { show: { '/resource': resourcesWith('date') } },
	},
];

export const properties: INodeProperties[] = [
	resourceProperty,
	operation,
	divisionProperty,
	{
		displayName: 'ID',
		name: 'id',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. df938b98-b508-439e-9f50-8471a9d1c37a',
		description:
			'EntryID of a purchase entry, PurchaseOrderID of a purchase order, Code of a division, else ID',
		displayOptions: { show: { operation: ['get'] } },
	},
	{
		displayName:
			'Purchase invoices exist only where the logistics function is used. Invoices booked in the financial journal, the common case, are purchase entries.',
		name: 'purchaseInvoiceNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { resource: ['purchaseInvoice'], ...READS } },
	},
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
		displayOptions: { show: MANY },
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { ...MANY, returnAll: [false] } },
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: filterOptions,
		displayOptions: { show: MANY },
	},
	...includeProperties(READS),
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options: OUTPUTS,
		default: 'simplified',
		displayOptions: { show: READS },
	},
	{
		displayName: 'Field Names or IDs',
		name: 'fields',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getFields', loadOptionsDependsOn: ['resource'] },
		default: [],
		description:
			'The fields to return, in Exact\'s own names. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		displayOptions: { show: { ...READS, output: ['selected'] } },
	},
	onePerLineProperty(READS),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			dateEncodingOption,
			{
				displayName: 'OData Filter',
				name: 'filter',
				type: 'string',
				default: '',
				placeholder: "e.g. substringof('gas', Description)",
				description: "A filter in Exact's own language, in addition to Filters",
			},
		],
		displayOptions: { show: READS },
	},
];
