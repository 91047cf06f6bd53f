import type { Party } from '../../../documents';
import { lookUpParty } from '../../partner';
import type { PartyIdentification } from '../../partner';
import type { X12Profile } from '../profile';
import type { X12Context } from './context';
import { wrapWords } from '../../../text';
import { code, each, pair, segment, text, within } from './words';
import type { Rule } from './words';

/** DE93, DE166, DE19 in N1/N2, N3, N4. */
const NAME = 60;
const STREET = 55;
const CITY = 30;

/** DE66/67: the partner's own ID by the code map, else the GLN (`UL`), else the account code. */
function identification(
	party: Party,
	profile: X12Profile,
	entity: string,
): PartyIdentification | undefined {
	const mapped = lookUpParty(profile.codeMaps.parties, party);
	if (mapped !== undefined) return mapped;
	if (party.gln !== undefined && party.gln !== '') return { qualifier: 'UL', id: party.gln };
	// DE67 has two characters at least; a place such as warehouse 1 goes by its name.
	if (entity === 'ST' && party.code?.length === 1) return undefined;
	if (party.code !== undefined && party.code !== '') {
		return { qualifier: profile.partyQualifier, id: party.code };
	}
	return undefined;
}

type Two = readonly [string, string];

/** N2 and N3 hold two texts each. */
function inTwos(parts: readonly string[]): readonly Two[] {
	return parts.flatMap((part, at): readonly Two[] =>
		at % 2 === 0 ? [[part, parts[at + 1] ?? '']] : [],
	);
}

/** Two N3 of two lines each. */
const STREET_LINES = 4;

/** Lines as they are where they fit; else all of them as one text, which *cut* cuts. */
function streetParts(given: readonly string[], context: X12Context): readonly string[] {
	const lines = given.map((line) => context.text(line));
	const parts = lines.some((line) => line.length > STREET)
		? lines.flatMap((line) => wrapWords(line, STREET))
		: lines;
	if (parts.length <= STREET_LINES) return parts;
	const joined = wrapWords(lines.join(' '), STREET);
	return context.profile.longText === 'cut' ? joined.slice(0, STREET_LINES) : joined;
}

/** N402 (DE156) is the state or province code as the postal services of US and Canada define it. */
function isNorthAmerican(country: string | undefined): boolean {
	return country === 'US' || country === 'CA' || country === undefined;
}

function hasPlace({ address }: Party): boolean {
	return Boolean(address?.city ?? address?.postcode ?? address?.state ?? address?.country);
}

function addressRules(name: string): readonly Rule<Party>[] {
	return [
		each<Party, Two>(
			(party, context) =>
				party.name.length > NAME ? inTwos(context.parts(party.name, NAME).slice(1)) : [],
			'name',
			[
				segment<Two>(
					'N2',
					[
						text('name', ([first]) => first, 'what N102 cannot hold'),
						text('name', ([, second]) => second),
					],
					{ name: `${name}/N2` },
				),
			],
			{ indexed: false },
		),
		each<Party, Two>(
			({ address }, context) => inTwos(streetParts(address?.lines ?? [], context)),
			'address.lines',
			[
				segment<Two>(
					'N3',
					[
						text('address.lines', ([first]) => first),
						text('address.lines', ([, second]) => second),
					],
					{ name: `${name}/N3` },
				),
			],
			{ indexed: false },
		),
		segment<Party>(
			'N4',
			[
				text('address.city', ({ address }, context) => context.fitted(address?.city, CITY)),
				code(
					'address.state',
					({ address }) =>
						address?.state?.length === 2 && isNorthAmerican(address.country)
							? address.state
							: undefined,
					'two-character codes of US and Canada',
				),
				code('address.postcode', ({ address }) => address?.postcode),
				code('address.country', ({ address }) => address?.country),
			],
			{ name: `${name}/N4`, always: true, when: hasPlace },
		),
	];
}

/** The N1 loop of a party; one table for every set. */
export function party<Scope>(
	/** DE98, such as `SE`. */
	entity: string,
	field: string,
	of: (scope: Scope) => Party | undefined,
	more: {
		readonly withVat?: boolean;
		readonly withContact?: boolean;
	} = {},
): Rule<Scope> {
	const name = `N1*${entity}`;
	const { withVat = true, withContact = false } = more;
	const vat = segment<Party>('REF', ['VX', code('vatNumber', ({ vatNumber }) => vatNumber)], {
		name: `${name}/REF*VX`,
		note: 'VAT registration number',
	});
	const contact = segment<Party>(
		'PER',
		[
			'IC',
			'',
			{
				form: 'elements',
				pairs: [
					pair('TE', 'phone', ({ phone }) => phone, { note: 'TE telephone', dispensable: true }),
					pair('EM', 'email', ({ email }) => email, { note: 'EM e-mail', dispensable: true }),
				],
			},
		],
		{ name: `${name}/PER` },
	);
	return within(of, field, [
		segment<Party>(
			'N1',
			[
				entity,
				text('name', (one, context) =>
					one.name.length > NAME ? context.parts(one.name, NAME)[0] : one.name,
				),
				code(
					'gln',
					(one, { profile }) => identification(one, profile, entity)?.qualifier,
					'UL with a GLN, else 92 (party qualifier); code map of parties first',
				),
				code(
					'code',
					(one, { profile }) => identification(one, profile, entity)?.id,
					'GLN, else the account code',
				),
			],
			{
				always: true,
				inside: [
					...addressRules(name),
					...(withVat ? [vat] : []),
					...(withContact ? [contact] : []),
				],
			},
		),
	]);
}
