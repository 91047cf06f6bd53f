import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodeParameterResourceLocator,
	INodeProperties,
} from 'n8n-workflow';
import type { DateEncoding, ExactClient } from '../../../lib/exact';
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
			hint: 'The division number, or "current" for the division that the connected user has open',
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
		const current = {
			name: 'Division of the Connected User',
			value: CURRENT_DIVISION,
			description: 'Follows what the user has open in Exact Online',
		};
		return { results: wanted === '' ? [current, ...results] : results };
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}

export async function resolveDivision(
	client: ExactClient,
	value: INodeParameterResourceLocator | string | number | undefined,
	encoding: DateEncoding,
): Promise<number> {
	const text = String(
		value !== null && typeof value === 'object' ? (value.value ?? '') : (value ?? ''),
	).trim();
	if (text !== CURRENT_DIVISION) return assertDivision(text);
	const me = await readMe(client, encoding);
	return assertDivision(me.CurrentDivision);
}
