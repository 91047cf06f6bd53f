import type { ILoadOptionsFunctions, INodeListSearchResult, INodeProperties } from 'n8n-workflow';
import type { ExactClient } from '../../../lib/exact';
import { assertDivision, listDivisions, readMe } from '../../../lib/exact';
import { CoreError } from '../../../lib/errors';
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

/** The one that the user has open at this moment: whoever asks keeps the answer. */
export async function divisionOfUser(client: ExactClient): Promise<number> {
	const me = await readMe(client, 'amsterdam');
	return assertDivision(me.CurrentDivision);
}

/** Neither nothing nor the one of the user. */
export const isChosen = (value: string) => value !== '' && value !== CURRENT_DIVISION;

const CHOICES_SHOWN = 10;

/**
 * The number that was chosen. An action node keeps nothing between two runs, so that it would follow
 * the user's browser to another company: none, and that of the user, are refused with what there is.
 */
export async function chosenDivision(client: ExactClient, value: string): Promise<number> {
	if (isChosen(value)) return assertDivision(value);
	const { divisions } = await listDivisions(client, 'amsterdam');
	const active = divisions.filter((choice) => choice.active);
	const shown = active.slice(0, CHOICES_SHOWN).map(({ code, name }) => `${code} (${name})`);
	const more = active.length - shown.length;
	const choices = [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ');
	throw new CoreError(
		'EXACT_DIVISION_INVALID',
		value === CURRENT_DIVISION
			? "The division that is open in Exact Online follows the user's browser, so it is not read"
			: 'No division is chosen',
		{
			path: 'division',
			hint: `Choose one: ${choices}.`,
			failure: { cause: 'configuration-invalid' },
		},
	);
}
