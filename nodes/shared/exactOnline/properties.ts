import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { IncludeName, Resource, ResourceName } from '../../../lib/exact';
import { RESOURCES } from '../../../lib/exact';

export const byName = (a: INodePropertyOptions, b: INodePropertyOptions) =>
	a.name < b.name ? -1 : 1;

/** Names of the resources that have something. */
export const resourcesWhere = (has: (resource: Resource) => boolean): ResourceName[] =>
	Object.values(RESOURCES)
		.filter(has)
		.map(({ name }) => name);

export const resourceOptions = (): INodePropertyOptions[] =>
	Object.values(RESOURCES)
		.map(({ name, displayName }) => ({ name: displayName, value: name }))
		.sort(byName);

export const resourceProperty: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: resourceOptions(),
	default: 'purchaseEntry',
};

const INCLUDE_LABELS: Readonly<Record<IncludeName, string>> = {
	lines: 'Lines',
	supplier: 'Supplier',
	bankAccounts: 'Bank Accounts',
	paymentCondition: 'Payment Condition',
	deliveryAddress: 'Delivery Address',
	invoice: 'Invoice',
	glAccount: 'GL Accounts',
	costCenter: 'Cost Centers',
	costUnit: 'Cost Units',
	vatCode: 'VAT Codes',
	item: 'Items',
	supplierItem: 'Supplier Items',
	purchaseOrder: 'Purchase Orders',
	unit: 'Units',
	attachments: 'Attachments',
};

/** One Include field per resource that has joins; `show` narrows it to the operations that read. */
export function includeProperties(show: Record<string, string[]>): INodeProperties[] {
	return Object.values(RESOURCES)
		.filter(({ joins }) => joins.length > 0)
		.map((resource) => {
			const names = [...new Set(resource.joins.map((join) => join.include))];
			return {
				displayName: 'Include',
				name: 'include',
				type: 'multiOptions',
				options: names.map((name) => ({ name: INCLUDE_LABELS[name], value: name })).sort(byName),
				default: [...resource.defaultIncludes],
				description:
					'What to read along and join, in as few calls as Exact allows. Lines come with whatever hangs on them.',
				displayOptions: { show: { resource: [resource.name], ...show } },
			};
		});
}

export const RAW: INodePropertyOptions = {
	name: 'Raw',
	value: 'raw',
	description: 'As Exact sends it, with its own dates and metadata',
};

export const SIMPLIFIED: INodePropertyOptions = {
	name: 'Simplified',
	value: 'simplified',
	description: 'ISO dates, trimmed codes, no metadata',
};

export const onePerLineProperty = (show: IDisplayOptions['show'] = {}): INodeProperties => ({
	displayName: 'One Item per Line',
	name: 'onePerLine',
	type: 'boolean',
	default: false,
	description: 'Whether each line becomes an item of its own, with the fields of its document',
	displayOptions: {
		show: {
			...show,
			resource: resourcesWhere(({ joins }) => joins.some((join) => join.include === 'lines')),
		},
	},
});

/** Of *Options*, in both nodes. */
export const dateEncodingOption: INodeProperties = {
	displayName: 'Dates of Exact',
	name: 'dateEncoding',
	type: 'options',
	options: [
		{ name: 'Amsterdam Time', value: 'amsterdam' },
		{ name: 'As Exact Says', value: 'auto', description: 'Asks Exact for its own clock' },
		{ name: 'UTC', value: 'utc' },
	],
	default: 'auto',
	description:
		'How Exact writes Created and Modified. Its documentation says Amsterdam time; some clients read it as UTC. Days are never shifted.',
};

export const choiceFields = (resource: ResourceName): INodePropertyOptions[] =>
	[...(RESOURCES[resource]?.fields.types ?? [])]
		.map(([name, type]) => ({ name, value: name, description: type }))
		.sort(byName);
