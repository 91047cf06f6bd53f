import type { INodeProperties } from 'n8n-workflow';
import { FIELD_SETTINGS, RECORD_SETTINGS } from '../../../lib/flatfile';
import type { FieldType, Settings } from '../../../lib/flatfile';
import { asPath, settingOption, settingOptions } from './settingOption';

/** The layout's field list in the editor: what every field needs in front, the rest under More. */

const TYPES = Object.keys(FIELD_SETTINGS) as readonly FieldType[];
const BY_TYPE: Readonly<Record<FieldType, Settings>> = FIELD_SETTINGS;
const ALL: Settings = Object.assign({}, ...TYPES.map((type) => BY_TYPE[type])) as Settings;

/** In front for every type that has them, in this order. */
const FRONT = [
	'source',
	'value',
	'format',
	'decimals',
	'point',
	'sign',
	'true',
	'false',
	'positive',
	'negative',
	'scope',
] as const;

function typesWith(name: string): FieldType[] {
	return TYPES.filter((type) => Object.hasOwn(BY_TYPE[type], name));
}

function setting(name: string, type = typesWith(name)[0] ?? 'text') {
	return settingOption(name, { ...(BY_TYPE[type][name] as Settings[string]) });
}

const front = FRONT.map((name) => {
	const property = { ...setting(name), displayOptions: { show: { type: typesWith(name) } } };
	return name === 'source' ? asPath(property) : property;
});

const inFront: readonly string[] = ['name', 'type', 'width', 'of', ...FRONT];
const more = settingOptions(ALL, inFront);

export const editorFields: INodeProperties = {
	displayName: 'Fields',
	name: 'editorFields',
	type: 'fixedCollection',
	typeOptions: {
		multipleValues: true,
		sortable: true,
		fixedCollection: {
			itemTitle: '={{ $collection.item.value.record + ": " + $collection.item.value.name }}',
		},
	},
	placeholder: 'Add Field',
	description: 'In the order of the record; drag to sort',
	default: {
		fields: [
			{ record: 'detail', name: 'recordType', type: 'constant', width: 1, value: 'D' },
			{
				record: 'detail',
				name: 'number',
				type: 'text',
				width: 20,
				source: 'document.number',
			},
		],
	},
	options: [
		{
			displayName: 'Field',
			name: 'fields',
			// In the order in which a specification describes a field, not of the alphabet.
			values: [
				{
					...settingOption('record', { ...RECORD_SETTINGS.kind, title: 'Record' }),
					default: 'detail',
				},
				{ ...setting('name'), required: true, placeholder: 'e.g. invoiceNumber' },
				{ ...setting('type'), default: 'text' },
				{
					...setting('width'),
					default: 10,
					description:
						'Positions of the field in a fixed-width record; bytes of a packed or binary number. Not used in CSV, and not with Digits.',
				},
				...front,
				{
					...setting('of', 'count'),
					type: 'string',
					default: '*',
					placeholder: 'e.g. detail, line',
					description:
						'Which records count: header, groupHeader, detail, line, groupTrailer, trailer, or * for all',
					displayOptions: { show: { type: ['counter', 'count'] } },
				},
				{
					...setting('of', 'sum'),
					name: 'sumOf',
					displayOptions: { show: { type: ['sum'] } },
				},
				{
					displayName: 'More',
					name: 'more',
					type: 'collection',
					placeholder: 'Add option',
					default: {},
					options: more,
				},
			],
		},
	],
};
