import type { IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** Small makers of fields, so that each operation lists what it asks for on a few lines. */

type More = Partial<INodeProperties>;

export const text = (
	displayName: string,
	name: string,
	description: string,
	more: More = {},
): INodeProperties => ({ displayName, name, type: 'string', default: '', description, ...more });

export const flag = (
	displayName: string,
	name: string,
	description: string,
	more: More = {},
): INodeProperties => ({
	displayName,
	name,
	type: 'boolean',
	default: false,
	description,
	...more,
});

export const choice = (
	displayName: string,
	name: string,
	options: INodePropertyOptions[],
	description: string,
	more: More = {},
): INodeProperties => {
	const first = options[0]?.value ?? '';
	return { displayName, name, type: 'options', options, default: first, description, ...more };
};

export const whole = (
	displayName: string,
	name: string,
	fallback: number,
	description: string,
	more: More = {},
): INodeProperties => ({
	displayName,
	name,
	type: 'number',
	typeOptions: { minValue: 0 },
	default: fallback,
	description,
	...more,
});

export const date = (
	displayName: string,
	name: string,
	description: string,
	more: More = {},
): INodeProperties => ({ displayName, name, type: 'dateTime', default: '', description, ...more });

const byName = (a: INodeProperties, b: INodeProperties): number =>
	a.displayName.localeCompare(b.displayName, 'en');

export const collection = (
	displayName: string,
	name: string,
	placeholder: string,
	options: readonly INodeProperties[],
): INodeProperties => ({
	displayName,
	name,
	type: 'collection',
	placeholder,
	default: {},
	options: [...options].sort(byName),
});

/** A company, partner or agreement: from a list, by its name, or by an expression. */
export const locator = (
	displayName: string,
	name: 'company' | 'partner' | 'agreement',
	description: string,
	more: More = {},
): INodeProperties => ({
	displayName,
	name,
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description,
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: `Select ${name === 'agreement' ? 'an' : 'a'} ${name}…`,
			typeOptions: { searchListMethod: `search_${name}`, searchable: true },
		},
		{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. ACME' },
	],
	...more,
});

/** Return All and Limit, as every node of n8n has them. */
export const paging: readonly INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
];

export const reason = (
	description = 'Stands in the history, for whoever asks later',
): INodeProperties =>
	text('Reason', 'reason', description, {
		required: true,
		placeholder: 'e.g. Partner asked for it by phone',
	});

export const title = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** For flows that ask a person first: the page's answer is handed to the node that acts. */
export const goAheadOnlyOnYes: INodeProperties = text(
	'Go Ahead Only on Yes',
	'goAheadOnlyOnYes',
	"The answer of the page that asked. Anything but 'Yes' does nothing; leave it empty where nobody is asked.",
	{ placeholder: "e.g. {{ $json['Send again?'] }}" },
);

/** Whether a person is asked before anything happens. */
export function isAsked(context: IExecuteFunctions): boolean {
	const { goAheadOnlyOnYes: field } = context.getNode().parameters;
	return field !== undefined && field !== '';
}

/** Whether a person said anything but Yes. An expression that finds no answer is no Yes either. */
export function isDeclined(context: IExecuteFunctions): boolean {
	if (!isAsked(context)) return false;
	return context.getNodeParameter('goAheadOnlyOnYes', 0, '') !== 'Yes';
}
