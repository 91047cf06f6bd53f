import type { INodeProperties, NodeHint } from 'n8n-workflow';
import { editorFields } from './editorFields';
import { csvOptions, layoutOptions } from './layoutOptions';

const forEncode = { show: { operation: ['encode'] } };

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Encode',
			value: 'encode',
			description: 'Write the items as a fixed-width or CSV file',
			action: 'Encode a fixed width or CSV file',
		},
		{
			name: 'Export Layout',
			value: 'exportLayout',
			description: 'Check the layout and put it out as JSON, to paste it into another node',
			action: 'Export a layout',
		},
	],
	default: 'encode',
};

const layout: INodeProperties[] = [
	{
		displayName: 'Format',
		name: 'format',
		type: 'options',
		options: [
			{ name: 'CSV', value: 'csv', description: 'One table with a column for each field' },
			{ name: 'Fixed-Width', value: 'fixed-width', description: 'Each field at its position' },
		],
		default: 'fixed-width',
	},
	{
		displayName: 'Layout',
		name: 'layoutSource',
		type: 'options',
		options: [
			{
				name: 'Defined Below',
				value: 'editor',
				description: 'A list of fields in this node',
			},
			{ name: 'From JSON', value: 'json', description: 'Pasted, or exported from another node' },
			{ name: 'Preset', value: 'preset', description: 'Shipped for each Exact Online resource' },
		],
		default: 'preset',
	},
	{
		displayName: 'Preset',
		name: 'preset',
		type: 'options',
		options: [
			{ name: 'Cost Center', value: 'costCenter' },
			{ name: 'Cost Unit', value: 'costUnit' },
			{ name: 'GL Account', value: 'glAccount' },
			{ name: 'GL Account Mapping', value: 'glAccountMapping' },
			{ name: 'GL Transaction Line', value: 'glTransactionLine' },
			{ name: 'Payment', value: 'payment' },
			{ name: 'Purchase Entry', value: 'purchaseEntry' },
			{ name: 'Purchase Invoice', value: 'purchaseInvoice' },
			{ name: 'Purchase Order', value: 'purchaseOrder' },
			{ name: 'Vendor', value: 'vendor' },
		],
		default: 'purchaseEntry',
		description: 'The resource that the Exact Online node reads',
		hint: "Use 'Export Layout' to get a preset as JSON and change it",
		displayOptions: { show: { layoutSource: ['preset'] } },
	},
	{
		displayName: 'Layout JSON',
		name: 'layoutJson',
		type: 'json',
		typeOptions: { rows: 12 },
		default: JSON.stringify(
			{
				name: 'example',
				records: [
					{
						name: 'document',
						kind: 'detail',
						fields: [
							{ name: 'recordType', type: 'constant', width: 1, value: 'D' },
							{ name: 'number', type: 'text', width: 20, source: 'document.number' },
						],
					},
				],
			},
			null,
			2,
		),
		hint: 'docs/layouts.md lists every setting; docs/layout.schema.json is the JSON Schema',
		displayOptions: { show: { layoutSource: ['json'] } },
	},
	{
		displayName: 'Layout Name',
		name: 'layoutName',
		type: 'string',
		default: 'layout',
		placeholder: 'e.g. AP-INVOICES',
		description: 'Stands in the file name as {layout}',
		displayOptions: { show: { layoutSource: ['editor'] } },
	},
	{
		displayName: 'Lines Path',
		name: 'linesPath',
		type: 'string',
		default: 'lines',
		description: 'Where an item has the rows of its line records',
		displayOptions: { show: { layoutSource: ['editor'] } },
	},
	{ ...editorFields, displayOptions: { show: { layoutSource: ['editor'] } } },
	layoutOptions,
	csvOptions,
];

const values: INodeProperties[] = [
	{
		displayName: 'Values',
		name: 'valuesFrom',
		type: 'options',
		options: [
			{ name: 'By Source Path', value: 'source', description: 'As the fields of the layout say' },
			{
				name: 'Mapped Below',
				value: 'mapper',
				description: 'Map the detail fields by hand; lines keep their source paths',
			},
		],
		default: 'source',
		displayOptions: forEncode,
	},
	{
		displayName: 'Mapping',
		name: 'columns',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		typeOptions: {
			loadOptionsDependsOn: [
				'layoutSource',
				'preset',
				'layoutJson',
				'editorFields.fields',
				'format',
			],
			resourceMapper: {
				resourceMapperMethod: 'getLayoutFields',
				mode: 'map',
				valuesLabel: 'Values to Write',
				fieldWords: { singular: 'field', plural: 'fields' },
				addAllFields: false,
				supportAutoMap: true,
				hideNoDataError: true,
			},
		},
		displayOptions: { show: { operation: ['encode'], valuesFrom: ['mapper'] } },
	},
];

const file: INodeProperties[] = [
	{
		displayName: 'File Name',
		name: 'fileNamePattern',
		type: 'string',
		default: '{layout}_{date}_{sequence:6}.{extension}',
		placeholder: 'e.g. AP_{partner}_{date}_{sequence:6}.txt',
		description:
			'Placeholders: {layout}, {partner}, {date}, {time}, {sequence}, {documents}, {records}, {extension}; {sequence:6} pads with zeros',
		displayOptions: forEncode,
	},
	{
		displayName: 'Partner',
		name: 'partner',
		type: 'string',
		default: '',
		placeholder: 'e.g. ACME',
		description: 'Who gets the file; an expression may choose it for each item',
		displayOptions: forEncode,
	},
	{
		displayName: 'One File Per',
		name: 'filePer',
		type: 'options',
		options: [
			{ name: 'Partner', value: 'partner', description: 'Put {partner} into the file name' },
			{ name: 'Run', value: 'run' },
		],
		default: 'run',
		displayOptions: forEncode,
	},
	{
		displayName: 'Sequence Number',
		name: 'sequence',
		type: 'string',
		default: '={{ $execution.id + ($runIndex ? "-" + $runIndex : "") }}',
		description: 'Number of the file, {sequence} in the name and $run.sequence in the layout',
		displayOptions: forEncode,
	},
	{
		displayName: 'On Invalid Document',
		name: 'onInvalidDocument',
		type: 'options',
		options: [
			{
				name: 'Reject Document',
				value: 'reject',
				description: 'It leaves by the Rejected output with its issues, the others are written',
			},
			{ name: 'Stop', value: 'stop', description: 'Nothing leaves the node' },
		],
		default: 'reject',
		displayOptions: forEncode,
	},
];

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	displayOptions: forEncode,
	options: [
		{
			displayName: 'Control File',
			name: 'controlFile',
			type: 'boolean',
			default: true,
			description: 'Whether a second file with counts, sums and hash follows each file',
		},
		{
			displayName: 'Control File Name',
			name: 'controlFileName',
			type: 'string',
			default: '{file}.ctl',
			description: 'Placeholders as in the file name, and {file} for the name of the file itself',
		},
		{
			displayName: 'File Time',
			name: 'fileTime',
			type: 'string',
			default: '={{ $now.toISO() }}',
			description: 'Time that {date}, {time} and $run.now show, as an ISO date and time',
		},
		{
			displayName: 'Ledger Rows',
			name: 'ledgerRows',
			type: 'boolean',
			default: false,
			description: 'Whether encoded items carry the rows of the audit tables; on unless turned off',
		},
		{
			displayName: 'Put Output File in Field',
			name: 'binaryField',
			type: 'string',
			default: 'data',
			hint: 'The name of the output binary field to put the file in',
		},
		{
			displayName: 'Skip Unchanged',
			name: 'skipUnchanged',
			type: 'boolean',
			default: true,
			description:
				'Whether documents that were sent with the same content are left out, for files of changes only',
		},
	],
};

const notice: INodeProperties = {
	displayName:
		"Connect the Exact Online node here, with lines and supplier chosen under 'Include' for documents. Run once and compare 'preview' in the output with the partner's specification.",
	name: 'startNotice',
	type: 'notice',
	default: '',
};

export const properties: INodeProperties[] = [
	notice,
	operation,
	...layout,
	...values,
	...file,
	options,
];

export const hints: NodeHint[] = [
	{
		message:
			"Look at 'preview' in the output: it shows the first records under a column ruler, with a dot for each space",
		type: 'info',
		location: 'outputPane',
		whenToDisplay: 'afterExecution',
		displayCondition:
			'={{ $parameter["operation"] === "encode" && $parameter["format"] === "fixed-width" }}',
	},
];
