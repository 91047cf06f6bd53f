import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { choice, collection, date, text } from './fields';

const states = (names: readonly string[]): INodeProperties =>
	choice(
		'State',
		'state',
		[{ name: 'Any', value: '' }, ...[...names].sort().map((name) => ({ name, value: name }))],
		'Only what is in this state',
	);

const common: readonly INodeProperties[] = [
	text('Agreement', 'agreement', 'Name of the agreement'),
	text('Company', 'company', 'Name of the company'),
	date('From', 'from', 'First day, included'),
	text('Partner', 'partner', 'Name of the partner'),
	date('To', 'to', 'Last day, included'),
];

const filters = (own: readonly INodeProperties[]): INodeProperties =>
	collection('Filters', 'filters', 'Add Filter', [...common, ...own]);

export const documentFilters = (stateNames: readonly string[]): INodeProperties =>
	filters([states(stateNames), text('Document Number', 'number', 'The beginning is enough')]);

export const fileFilters = (stateNames: readonly string[]): INodeProperties =>
	filters([
		states(stateNames),
		text('Control Number', 'controlNumber', 'Of the interchange'),
		text('File Name', 'name', 'The beginning is enough'),
	]);

/** What is filled in; days without their time. */
export function readFilters(context: IExecuteFunctions): IDataObject {
	const given = context.getNodeParameter('filters', 0, {}) as IDataObject;
	return Object.fromEntries(
		Object.entries(given)
			.map(([name, value]) => {
				const words = value === null || value === undefined ? '' : String(value).trim();
				return [name, name === 'from' || name === 'to' ? words.slice(0, 10) : words] as const;
			})
			.filter(([, value]) => value !== ''),
	);
}
