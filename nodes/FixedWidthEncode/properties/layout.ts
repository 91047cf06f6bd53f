import type { INodeProperties } from 'n8n-workflow';
import { RESOURCES } from '../../../lib/exact';
import { CSV_SETTINGS, LAYOUT_SETTINGS, PRESET_NAMES } from '../../../lib/flatfile';
import { editorFields } from './editorFields';
import { asPath, settingOption, settingOptions } from './settingOption';

/** A preset is of a resource, and has its name. */
export const presetOptions = PRESET_NAMES.map((value) => ({
	name: RESOURCES[value].displayName,
	value,
})).sort((a, b) => a.name.localeCompare(b.name));

export const format: INodeProperties = {
	displayName: 'Format',
	name: 'format',
	type: 'options',
	options: [
		{ name: 'CSV', value: 'csv', description: 'One table with a column for each field' },
		{ name: 'Fixed-Width', value: 'fixed-width', description: 'Each field at its position' },
	],
	default: 'fixed-width',
};

export const layoutName: INodeProperties = {
	...settingOption('layoutName', LAYOUT_SETTINGS.name),
	placeholder: 'e.g. AP-INVOICES',
	description: 'Stands in the file name as {layout}',
};

const EXAMPLE = {
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
};

/** Where the layout comes from. */
export const layoutSource: INodeProperties[] = [
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
			{ name: 'From JSON', value: 'json', description: 'Pasted, or from another node' },
			{ name: 'Preset', value: 'preset', description: 'Shipped for each Exact Online resource' },
		],
		default: 'preset',
	},
	{
		displayName: 'Preset',
		name: 'preset',
		type: 'options',
		options: presetOptions,
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
		default: JSON.stringify(EXAMPLE, null, 2),
		hint: "'Export Layout' and 'Make Layout' put it out; docs/layouts.md lists every setting",
		displayOptions: { show: { layoutSource: ['json'] } },
	},
	{ ...layoutName, displayOptions: { show: { layoutSource: ['editor'] } } },
	asPath({
		displayName: 'Lines Path',
		name: 'linesPath',
		type: 'string',
		default: 'lines',
		description: 'Where an item has the rows of its line records',
		displayOptions: { show: { layoutSource: ['editor'] } },
	}),
	{ ...editorFields, displayOptions: { show: { layoutSource: ['editor'] } } },
];

/** Settings of the whole layout; what is given here goes before the layout's own. */
export const layoutOptions: INodeProperties = {
	displayName: 'Layout Options',
	name: 'layoutOptions',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	description: "What is added here goes before the layout's own settings",
	options: settingOptions(LAYOUT_SETTINGS, ['$schema', 'name', 'description']).map((property) =>
		property.name === 'groupBy' ? asPath(property) : property,
	),
};

export const csvOptions: INodeProperties = {
	displayName: 'CSV Options',
	name: 'csvOptions',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	displayOptions: { show: { format: ['csv'] } },
	options: settingOptions(CSV_SETTINGS, []),
};
