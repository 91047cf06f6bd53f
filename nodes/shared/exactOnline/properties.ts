import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { IncludeName, ResourceName } from '../../../lib/exact';
import { RESOURCES } from '../../../lib/exact';

const byName = (a: INodePropertyOptions, b: INodePropertyOptions) => (a.name < b.name ? -1 : 1);

export const resourceProperty: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: Object.values(RESOURCES)
		.map(({ name, displayName }) => ({ name: displayName, value: name }))
		.sort(byName),
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

export const choiceFields = (resource: ResourceName): INodePropertyOptions[] =>
	[...RESOURCES[resource].fields.types]
		.map(([name, type]) => ({ name, value: name, description: type }))
		.sort(byName);
