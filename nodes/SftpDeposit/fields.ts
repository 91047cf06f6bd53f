import type { INodeProperties } from 'n8n-workflow';

/** Fields that several operations have. */

export const folder: INodeProperties = {
	displayName: 'Folder',
	name: 'folder',
	type: 'string',
	default: '/inbound',
	required: true,
	placeholder: 'e.g. /inbound',
	description: 'Folder on the server, from its root',
};

export const createFolders: INodeProperties = {
	displayName: 'Create Folders',
	name: 'createFolders',
	type: 'boolean',
	default: false,
	description: 'Whether to create the folder when it is missing',
};

const connectionOptions: INodeProperties[] = [
	{
		displayName: 'Attempts',
		name: 'attempts',
		type: 'number',
		default: 5,
		typeOptions: { minValue: 1, maxValue: 20 },
		description:
			'How often to try in all when the connection breaks. A refused login or host key is never tried again.',
	},
	{
		displayName: 'Connect Timeout',
		name: 'connectTimeout',
		type: 'number',
		default: 20,
		typeOptions: { minValue: 1 },
		description:
			'Seconds until the connection stands, from the first packet to the open SFTP session',
	},
	{
		displayName: 'Operation Timeout',
		name: 'operationTimeout',
		type: 'number',
		default: 30,
		typeOptions: { minValue: 1 },
		description: 'Seconds the server may take to answer one request',
	},
];

const byName = (a: INodeProperties, b: INodeProperties): number =>
	a.displayName.localeCompare(b.displayName, 'en');

/** An operation's own options, and those of the connection. */
export const optionsWith = (...own: INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [...own, ...connectionOptions].sort(byName),
});
