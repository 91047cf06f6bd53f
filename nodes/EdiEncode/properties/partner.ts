import type { INodeProperties } from 'n8n-workflow';
import { DOCUMENT_TYPES, documentType } from '../../../lib/documents';
import type { DocumentType } from '../../../lib/documents';
import { MAPPINGS as MESSAGES } from '../../../lib/edi/edifact';
import { MAPPINGS as SETS } from '../../../lib/edi/x12';
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

/** `810, 820 and 850`: what the tables of a standard write, whatever it is of. */
function written(rows: readonly { readonly id: string; readonly type: DocumentType }[]) {
	return (wanted: (type: DocumentType) => boolean, last: string): string =>
		rows
			.filter(({ type }) => wanted(type))
			.map(({ id }) => id)
			.sort()
			.join(', ')
			.replace(/, (?=[^,]*$)/, last);
}
const sets = written(SETS);
const messages = written(MESSAGES);

/** A row for each type of document, with what it becomes. */
const documentTypes = DOCUMENT_TYPES.map((type) => ({
	name: documentType(type).title,
	value: type,
	description: [sets, messages]
		.map((of) => of((other) => other === type, ' or '))
		.filter((names) => names !== '')
		.join(', '),
})).sort((a, b) => a.name.localeCompare(b.name, 'en'));

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
				description: `${messages(() => true, ' and ')}, for partners in Europe`,
				action: 'Encode as EDIFACT',
			},
			{
				name: 'X12',
				value: 'x12',
				description: `${sets(() => true, ' and ')}, for partners in North America and for most gateways`,
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
			...documentTypes,
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
