import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { choice, collection, date, text } from './fields';

const any = { name: 'Any', value: '' };

const states = (names: readonly string[]) => [
	any,
	...[...names].sort().map((name) => ({ name, value: name })),
];

/** States as the lists offer them; the ledger itself knows them by its state tables. */
export const filterFields = (stateNames: readonly string[]): INodeProperties =>
	collection('Filters', 'filters', 'Add Filter', [
		text('Agreement', 'agreement', 'Name of the agreement'),
		text('Company', 'company', 'Name of the company'),
		text('Control Number', 'controlNumber', 'Of the interchange'),
		text('Document Number', 'number', 'The beginning is enough'),
		text('File Name', 'fileName', 'The beginning is enough'),
		date('From', 'from', 'First day, included'),
		text('Partner', 'partner', 'Name of the partner'),
		choice('State', 'state', states(stateNames), 'Only what is in this state'),
		date('To', 'to', 'Last day, included'),
	]);

export function readFilters(context: IExecuteFunctions): IDataObject {
	const given = context.getNodeParameter('filters', 0, {}) as IDataObject;
	return Object.fromEntries(
		Object.entries(given)
			.filter(([, value]) => value !== '' && value !== null && value !== undefined)
			.map(([name, value]) => [
				name,
				name === 'from' || name === 'to' ? String(value).slice(0, 10) : String(value).trim(),
			]),
	);
}
