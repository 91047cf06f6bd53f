import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Resource } from '../../lib/exact';
import { RESOURCES } from '../../lib/exact';
import { byName, resourceOptions, resourcesWhere } from '../shared/exactOnline';

export const CONNECTION = 'connection';
export const ANY_PATH = 'anyPath';

const hasAttachments = ({ joins }: Resource) =>
	joins.some(({ include }) => include === 'attachments');

/** Their files can be downloaded. */
export const WITH_ATTACHMENTS = resourcesWhere(hasAttachments);

const article = (words: string) => (/^[aeio]/i.test(words) ? 'an' : 'a');
/** In the middle of a sentence: abbreviations stay as they are. */
const lower = (name: string) => name.replace(/\b[A-Z](?=[a-z])/g, (letter) => letter.toLowerCase());

function operationsOf(resource: Resource): INodePropertyOptions[] {
	const one = lower(resource.displayName);
	const operations: INodePropertyOptions[] = [
		{
			name: 'Get',
			value: 'get',
			description: 'Read one record by its ID',
			action: `Get ${article(one)} ${one}`,
		},
		{
			name: 'Get Many',
			value: 'getMany',
			description: 'Read the records that match filters',
			action: `Get many ${resource.plural}`,
		},
		{
			name: 'Find Deleted',
			value: 'findDeleted',
			description: 'Of the records that come in, find those that are not in Exact any more',
			action: `Find deleted ${resource.plural}`,
		},
	];
	if (hasAttachments(resource)) {
		operations.push({
			name: 'Download Attachments',
			value: 'download',
			description: 'Download the files of a document, such as the scan of an invoice',
			action: `Download attachments of ${resource.plural}`,
		});
	}
	return operations.sort(byName);
}

const operation = (resource: string, options: INodePropertyOptions[]): INodeProperties => ({
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options,
	default: 'getMany',
	displayOptions: { show: { resource: [resource] } },
});

export const resourceProperty: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: [
		...resourceOptions(),
		{ name: 'Connection', value: CONNECTION },
		// An assistant reads what the resources offer; an open path is for people.
		{ name: 'Any Path', value: ANY_PATH, displayOptions: { show: { '@tool': [false] } } },
	].sort(byName),
	default: 'purchaseEntry',
};

export const operationProperties: INodeProperties[] = [
	...Object.values(RESOURCES).map((resource) => operation(resource.name, operationsOf(resource))),
	{
		...operation(CONNECTION, [
			{
				name: 'Check',
				value: 'checkConnection',
				description:
					'Say who is connected, which divisions and rights there are, and what quota is left',
				action: 'Check the connection',
			},
		]),
		default: 'checkConnection',
	},
	operation(ANY_PATH, [
		{
			name: 'Get Many',
			value: 'getMany',
			description: 'Read a path of Exact below the division, all pages',
			action: 'Get many rows of any path',
		},
	]),
];

const NAMES = Object.fromEntries(
	Object.values(RESOURCES).map(({ name, plural }) => [name, plural]),
);

/** The operation in words, for the canvas, which has room for 25 characters. */
export const SUBTITLE = `={{ (${JSON.stringify({ checkConnection: 'Check the connection', download: 'Download attachments of', findDeleted: 'Find deleted', get: 'Read one of', getMany: 'Read' })})[$parameter["operation"]] + ($parameter["resource"] === "${CONNECTION}" ? "" : " " + ((${JSON.stringify(NAMES)})[$parameter["resource"]] || "rows of any path")) }}`;
