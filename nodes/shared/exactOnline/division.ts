import type { ILoadOptionsFunctions, INodeListSearchResult, INodeProperties } from 'n8n-workflow';
import type { ExactClient } from '../../../lib/exact';
import { assertDivision, listDivisions, readMe } from '../../../lib/exact';
import { toNodeError } from '../nodeError';
import { connect } from './transport';

/** Stands for the division that the user has open in Exact Online. */
export const CURRENT_DIVISION = 'current';

export const divisionProperty: INodeProperties = {
	displayName: 'Division',
	name: 'division',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description:
		'The company in Exact Online. It is never guessed: the wrong one would be read silently.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a division…',
			typeOptions: { searchListMethod: 'searchDivisions', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 123456',
			hint: 'The division number, as Exact Online shows it beside the name of the company',
			validation: [
				{
					type: 'regex',
					properties: {
						regex: '^\\s*(\\d{1,9}|current)\\s*$',
						errorMessage: 'A division is a number such as 123456',
					},
				},
			],
		},
	],
};

/** All divisions the user may access; the list call itself follows every page. */
export async function searchDivisions(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	try {
		const client = await connect(this);
		const list = await listDivisions(client, 'amsterdam');
		const wanted = filter?.trim().toLowerCase() ?? '';
		const results = list.divisions
			.filter(({ code, name }) => `${code} ${name}`.toLowerCase().includes(wanted))
			.map(({ code, name, active }) => ({
				name: `${name || code} (${code})${active ? '' : ', inactive'}`,
				value: String(code),
			}));
		return { results };
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}

/** The number that was chosen, or the one that the user has open at this moment. */
export async function resolveDivision(client: ExactClient, value: string): Promise<number> {
	if (value !== CURRENT_DIVISION) return assertDivision(value);
	const me = await readMe(client, 'amsterdam');
	return assertDivision(me.CurrentDivision);
}
