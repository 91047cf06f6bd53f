import type { BusinessDocument, Party } from '../../../documents';
import { lookUpParty } from '../../partner';
import type { PartyIdentification } from '../../partner';
import type { X12Profile } from '../profile';
import { fixed } from './rule';
import type { LoopRule, Scope, SegmentRule } from './rule';
import { fitted, wrap } from './texts';

/** DE93, DE166, DE19 in N1/N2, N3, N4. */
const NAME = 60;
const STREET = 55;
const CITY = 30;

/** DE66/67: the partner's own ID by the code map, else the GLN (`UL`), else the account code. */
export function partyIdentification(
	party: Party,
	profile: X12Profile,
): PartyIdentification | undefined {
	const mapped = lookUpParty(profile.codeMaps.parties, party);
	if (mapped !== undefined) return mapped;
	if (party.gln !== undefined && party.gln !== '') return { qualifier: 'UL', id: party.gln };
	if (party.code !== undefined && party.code !== '') {
		return { qualifier: profile.partyQualifier, id: party.code };
	}
	return undefined;
}

type AnyScope = Scope<BusinessDocument>;

const hasAddress = ({ party }: AnyScope): boolean => party.address !== undefined;

function nameSegment(name: string, entity: string): SegmentRule<AnyScope> {
	return {
		name,
		segment: 'N1',
		usage: 'required',
		elements: [
			fixed(1, entity),
			{
				at: 2,
				field: 'party.name',
				value: ({ party }) => (party.name.length > NAME ? wrap(party.name, NAME)[0] : party.name),
			},
			{
				at: 3,
				field: 'party.gln',
				note: 'UL with a GLN, else 92 (party qualifier); code map of parties first',
				value: ({ party, profile }) => partyIdentification(party, profile)?.qualifier,
			},
			{
				at: 4,
				field: 'party.code',
				note: 'GLN, else the account code',
				value: ({ party, profile }) => partyIdentification(party, profile)?.id,
			},
		],
	};
}

/** Two N3 of two lines each. */
const STREET_LINES = 4;

/** Lines as they are where they fit; else all of them as one text, which *cut* cuts. */
function streetParts(lines: readonly string[], profile: X12Profile): readonly string[] {
	const parts = lines.some((line) => line.length > STREET)
		? lines.flatMap((line) => wrap(line, STREET))
		: lines;
	if (parts.length <= STREET_LINES) return parts;
	const joined = wrap(lines.join(' '), STREET);
	return profile.longText === 'cut' ? joined.slice(0, STREET_LINES) : joined;
}

function addressSegments(name: string): SegmentRule<AnyScope>[] {
	return [
		{
			name: `${name}/N2`,
			segment: 'N2',
			usage: 'on',
			when: ({ party }) => party.name.length > NAME,
			repeat: (scope, emit) => {
				const parts = wrap(scope.party.name, NAME).slice(1);
				for (let at = 0; at < parts.length; at += 2) {
					scope.text = parts[at] ?? '';
					scope.moreText = parts[at + 1] ?? '';
					emit();
				}
			},
			elements: [
				{ at: 1, field: 'party.name', note: 'what N102 cannot hold', value: ({ text }) => text },
				{ at: 2, field: 'party.name', value: ({ moreText }) => moreText },
			],
		},
		{
			name: `${name}/N3`,
			segment: 'N3',
			usage: 'on',
			when: ({ party }) => (party.address?.lines.length ?? 0) > 0,
			repeat: (scope, emit) => {
				const lines = scope.party.address?.lines ?? [];
				const parts = streetParts(lines, scope.profile);
				for (let at = 0; at < parts.length; at += 2) {
					scope.text = parts[at] ?? '';
					scope.moreText = parts[at + 1] ?? '';
					emit();
				}
			},
			elements: [
				{ at: 1, field: 'party.address.lines', value: ({ text }) => text },
				{ at: 2, field: 'party.address.lines', value: ({ moreText }) => moreText },
			],
		},
		{
			name: `${name}/N4`,
			segment: 'N4',
			usage: 'on',
			when: (scope) => {
				if (!hasAddress(scope)) return false;
				const { city, postcode, state, country } = scope.party.address ?? {};
				return Boolean(city ?? postcode ?? state ?? country);
			},
			elements: [
				{
					at: 1,
					field: 'party.address.city',
					value: ({ party, profile }) => fitted(party.address?.city, CITY, profile),
				},
				{
					at: 2,
					field: 'party.address.state',
					note: 'two-character codes of US and Canada',
					value: ({ party }) => {
						const { state, country } = party.address ?? {};
						return state?.length === 2 && isNorthAmerican(country) ? state : undefined;
					},
				},
				{
					at: 3,
					field: 'party.address.postcode',
					value: ({ party }) => party.address?.postcode,
				},
				{ at: 4, field: 'party.address.country', value: ({ party }) => party.address?.country },
			],
		},
	];
}

/** N402 (DE156) is the state or province code as the postal services of US and Canada define it. */
function isNorthAmerican(country: string | undefined): boolean {
	return country === 'US' || country === 'CA' || country === undefined;
}

function vatSegment(name: string): SegmentRule<AnyScope> {
	return {
		name: `${name}/REF*VX`,
		segment: 'REF',
		usage: 'on',
		when: ({ party }) => party.vatNumber !== undefined && party.vatNumber !== '',
		elements: [
			fixed(1, 'VX', 'VAT registration number'),
			{ at: 2, field: 'party.vatNumber', value: ({ party }) => party.vatNumber },
		],
	};
}

function contactSegment(name: string): SegmentRule<AnyScope> {
	return {
		name: `${name}/PER`,
		segment: 'PER',
		usage: 'on',
		when: ({ party }) => Boolean(party.phone ?? party.email),
		elements: [
			fixed(1, 'IC', 'information contact'),
			{
				at: 3,
				field: 'party.phone',
				note: 'TE telephone, EM e-mail',
				value: ({ party }) => (party.phone ? 'TE' : 'EM'),
			},
			{
				at: 4,
				field: 'party.phone',
				dispensable: true,
				value: ({ party }) => party.phone || party.email,
			},
			{
				at: 5,
				field: 'party.email',
				value: ({ party }) => (party.phone && party.email ? 'EM' : undefined),
			},
			{
				at: 6,
				field: 'party.email',
				dispensable: true,
				value: ({ party }) => (party.phone && party.email ? party.email : undefined),
			},
		],
	};
}

export interface PartyLoopOptions {
	/** DE98, such as `SE`. */
	readonly entity: string;
	readonly field: string;
	readonly usage?: 'required' | 'on' | 'off';
	readonly party: (doc: never) => Party | undefined;
	readonly withVat?: boolean;
	readonly withContact?: boolean;
}

/** The N1 loop of a party; one table for every set. */
export function partyLoop<S extends Scope>(options: PartyLoopOptions): LoopRule<S> {
	const name = `N1*${options.entity}`;
	const rules: SegmentRule<AnyScope>[] = [
		nameSegment(name, options.entity),
		...addressSegments(name),
		...(options.withVat === false ? [] : [vatSegment(name)]),
		...(options.withContact === true ? [contactSegment(name)] : []),
	];
	return {
		name,
		loop: 'N1',
		usage: options.usage ?? 'on',
		field: options.field,
		enter: (scope) => {
			const party = options.party(scope.doc as never);
			if (party === undefined) return false;
			scope.party = party;
			return true;
		},
		// A party loop looks only at what every scope has.
		rules: rules as unknown as readonly SegmentRule<S>[],
	};
}
