import type { INodeProperties } from 'n8n-workflow';
import { flowOptions } from './flow';

const own: INodeProperties[] = [
	{
		displayName: 'Control Number Offset',
		name: 'controlNumberOffset',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 999999 },
		default: 0,
		description:
			'Added to the execution ID, so that numbers do not repeat after n8n has moved to a new database. Take the highest execution ID of the old one.',
	},
	{
		displayName: 'Put Output File in Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		placeholder: 'e.g. data',
		hint: 'The name of the output binary field to put the file in',
	},
	{
		displayName: 'Verify Output',
		name: 'verifyOutput',
		type: 'boolean',
		default: true,
		description:
			'Whether to read each interchange back and compare it with what was meant before it leaves the node',
	},
];

/** What works without being looked at. */
export const optionsProperty: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [...own, ...flowOptions].sort((a, b) => a.displayName.localeCompare(b.displayName, 'en')),
};
