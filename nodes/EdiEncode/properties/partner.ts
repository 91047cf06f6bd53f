import type { INodeProperties } from 'n8n-workflow';
import { settingFields } from '../../shared';
import { settingProperty } from './settingProperty';

export const forX12 = { show: { standard: ['x12'] } };
export const forEdifact = { show: { standard: ['edifact'] } };

/** The same field of both standards, each as its row says. */
function partnerFields(names: readonly string[]): INodeProperties[] {
	return names.flatMap((name) =>
		(
			[
				['x12', forX12],
				['edifact', forEdifact],
			] as const
		).flatMap(([standard, displayOptions]) =>
			settingFields(standard)
				.filter((field) => field.group === 'partner' && field.name === name)
				// The defaults of qualifiers follow from the ID or the standard: an empty field says so.
				.map((field) => ({ ...settingProperty(field), displayOptions }))
				.map((property) => (property.type === 'string' ? { ...property, default: '' } : property)),
		),
	);
}

/** Who sends to whom, in which standard: what every builder fills in. */
export const partnerProperties: INodeProperties[] = [
	{
		displayName: 'Standard',
		name: 'standard',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'EDIFACT',
				value: 'edifact',
				description: 'INVOIC, ORDERS, ORDCHG and REMADV, for partners in Europe',
				action: 'Encode as EDIFACT',
			},
			{
				name: 'X12',
				value: 'x12',
				description: '810, 850, 860 and 820, for partners in North America and for most gateways',
				action: 'Encode as X12',
			},
		],
		default: 'x12',
	},
	...partnerFields(['release']),
	{
		displayName: 'Document Type',
		name: 'documentType',
		type: 'options',
		options: [
			{
				name: 'Automatic',
				value: 'auto',
				description: 'Each item becomes the set or message for what it is',
			},
			{ name: 'Invoice', value: 'invoice', description: '810 or INVOIC' },
			{ name: 'Purchase Order', value: 'purchaseOrder', description: '850 or ORDERS' },
			{ name: 'Remittance Advice', value: 'remittance', description: '820 or REMADV' },
		],
		default: 'auto',
		description: 'What the items must be; others are rejected',
	},
	...partnerFields([
		'partner',
		'senderQualifier',
		'senderId',
		'receiverQualifier',
		'receiverId',
		'usage',
	]),
];
