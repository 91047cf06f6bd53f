import type { INodeProperties } from 'n8n-workflow';

export const binaryField: INodeProperties = {
	displayName: 'Input Binary Field',
	name: 'binaryField',
	type: 'string',
	required: true,
	default: 'data',
	description: 'The field with the file. Acknowledgments leave in the same field.',
};

export const characterSet: INodeProperties = {
	displayName: 'Character Set',
	name: 'characterSet',
	type: 'string',
	default: 'auto',
	placeholder: 'e.g. iso-8859-1',
	description:
		"How the file is encoded. 'auto' takes what the file declares, else UTF-8 where that is possible, else ISO 8859-1.",
};
