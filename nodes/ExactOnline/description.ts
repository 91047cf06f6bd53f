import type { INodeProperties } from 'n8n-workflow';
import type { Resource } from '../../lib/exact';
import { RESOURCES } from '../../lib/exact';
import { ANY_PATH, operationProperties, resourceProperty, WITH_ATTACHMENTS } from './operations';
import {
	dateEncodingOption,
	divisionProperty,
	includeProperties,
	onePerLineProperty,
	RAW,
	resourcesWhere,
	SIMPLIFIED,
} from '../shared/exactOnline';

const OF_RECORDS = resourcesWhere(() => true);
const READS = { operation: ['get', 'getMany'], resource: OF_RECORDS };
const MANY = { operation: ['getMany'], resource: OF_RECORDS };
const PATH = { resource: [ANY_PATH] };
const DOWNLOAD = { operation: ['download'], resource: WITH_ATTACHMENTS };

const resourcesWith = (filter: keyof Resource['filters']) =>
	resourcesWhere(({ filters }) => filters[filter] !== undefined);

/** Of what is not known by `ID`. */
const OTHER_KEYS = Object.values(RESOURCES)
	.filter(({ key }) => key !== 'ID')
	.map(({ key, displayName }) => `${key} of a ${displayName.toLowerCase()}`);

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
	...operationProperties,
	{
		...divisionProperty,
		displayOptions: { hide: { operation: ['checkConnection', 'findDeleted'] } },
	},
	{
		...divisionProperty,
		required: false,
		description:
			'The company in Exact Online. Empty: the one that the connected user has open there.',
		displayOptions: { show: { operation: ['checkConnection'] } },
	},
	{
		displayName: 'Path',
		name: 'path',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. crm/Contacts?$select=ID,FullName',
		description:
			'Below the division, with its $select and $filter. Only read; a path out of the division, $expand and tokens are refused.',
		displayOptions: { show: PATH },
	},
	{
		displayName: 'Document Key',
		name: 'documentKey',
		type: 'string',
		default: '={{ $json.document.key }}',
		required: true,
		description: 'The key that an item of this node has as document.key, or the ledger keeps',
		displayOptions: { show: { operation: ['findDeleted'] } },
	},
	{
		displayName: 'Document',
		name: 'documentId',
		type: 'string',
		default: '={{ $json.Document || $json.ID }}',
		placeholder: 'e.g. df938b98-b508-439e-9f50-8471a9d1c37a',
		description:
			'ID of the document in Exact: the field Document of an entry or invoice. Empty for one that has none.',
		displayOptions: { show: DOWNLOAD },
	},
	{
		displayName: 'File Name',
		name: 'fileName',
		type: 'string',
		default: '{name}',
		placeholder: 'e.g. {number}-{n}',
		description:
			'{name} is the name in Exact, {number} the number of the item, {n} 1, 2, 3 …; the extension is kept. Characters that a server may not take are replaced.',
		displayOptions: { show: DOWNLOAD },
	},
	{
		displayName: 'ID',
		name: 'id',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. df938b98-b508-439e-9f50-8471a9d1c37a',
		description: `${OTHER_KEYS.join(', ')}, else ID`,
		displayOptions: { show: { operation: ['get'], resource: OF_RECORDS } },
	},
	{
		displayName:
			'Purchase invoices exist only where the logistics function is used. Invoices booked in the financial journal, the common case, are purchase entries.',
		name: 'purchaseInvoiceNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { ...READS, resource: ['purchaseInvoice'] } },
	},
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
		displayOptions: { show: { operation: ['getMany'] } },
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { operation: ['getMany'], returnAll: [false] } },
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
	...includeProperties({ operation: ['get', 'getMany'] }),
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
	onePerLineProperty({ operation: ['get', 'getMany'] }),
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
