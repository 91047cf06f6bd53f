import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { writeBinaryFile } from '../../shared';
import { encodeItems } from '../encodeItems';
import { hintsOf } from '../hints';
import type { Operation } from '../operation';
import { csvOptions, format, layoutOptions, layoutSource } from '../properties/layout';
import { DEFAULT_CONTROL_NAME, DEFAULT_FIELD, DEFAULT_FILE_NAME } from '../settings';

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
		displayOptions: { show: { valuesFrom: ['mapper'] } },
	},
];

const file: INodeProperties[] = [
	{
		displayName: 'File Name',
		name: 'fileNamePattern',
		type: 'string',
		default: DEFAULT_FILE_NAME,
		placeholder: 'e.g. AP_{partner}_{date}_{sequence:6}.txt',
		description:
			'Placeholders: {layout}, {partner}, {date}, {time}, {sequence}, {documents}, {records}, {extension}; {sequence:6} pads with zeros',
	},
	{
		displayName: 'Partner',
		name: 'partner',
		type: 'string',
		default: '',
		placeholder: 'e.g. ACME',
		description: 'Who gets the file; an expression may choose it for each item',
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
	},
	{
		displayName: 'Sequence Number',
		name: 'sequence',
		type: 'string',
		default: '={{ $execution.id + ($runIndex ? "-" + $runIndex : "") }}',
		description: 'Number of the file, {sequence} in the name and $run.sequence in the layout',
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
	},
];

/** The initial value of each is what holds without it. */
const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Control File',
			name: 'controlFile',
			type: 'boolean',
			default: false,
			description: 'Whether a second file with counts, sums and hash follows each file',
		},
		{
			displayName: 'Control File Name',
			name: 'controlFileName',
			type: 'string',
			default: DEFAULT_CONTROL_NAME,
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
			displayName: 'Put Output File in Field',
			name: 'binaryField',
			type: 'string',
			default: DEFAULT_FIELD,
			hint: 'The name of the output binary field to put the file in',
		},
		{
			displayName: 'Skip Unchanged',
			name: 'skipUnchanged',
			type: 'boolean',
			default: false,
			description:
				'Whether documents that were sent with the same content are left out, for files of changes only',
		},
	],
};

export const encode: Operation = {
	name: 'Encode',
	action: 'Encode a fixed width or CSV file',
	description: 'Write the items as a fixed-width or CSV file',
	properties: [format, ...layoutSource, layoutOptions, csvOptions, ...values, ...file, options],
	execute: async (context) => {
		const { settings, files, rejected } = await encodeItems(context);
		const encoded: INodeExecutionData[] = [];
		for (const { json, bytes, fileName, mimeType, itemIndexes } of files) {
			const binary = await writeBinaryFile(context, bytes, fileName, mimeType);
			encoded.push({
				json,
				binary: { [settings.binaryField]: binary },
				pairedItem: itemIndexes.map((item) => ({ item })),
			});
		}
		context.addExecutionHints(...hintsOf(settings, files.length, rejected));
		return [encoded, [...rejected]];
	},
};
