import type { Party, PaymentTerms } from '../../../documents';
import { lookUp, lookUpParty } from '../../partner';
import { wrapWords } from '../../../text';
import { date102 } from './context';
import type { MappingContext } from './context';
import { code, each, number, segment, text, within } from './words';
import type { Rule } from './words';

export type PartyRole = 'SU' | 'BY' | 'IV' | 'DP' | 'PR' | 'PE';
const COMPANY_ROLES: ReadonlySet<PartyRole> = new Set(['BY', 'IV', 'DP', 'PR']);

export interface PartyInRole {
	readonly party: Party;
	/** Our number at the supplier, which is how the supplier knows the buyer. */
	readonly codeAtSupplier?: string | undefined;
}

/** Code map first, then GLN (agency 9), then codes: assigned by the buyer 92, by the supplier 91. */
function identification(
	role: PartyRole,
	{ party, codeAtSupplier }: PartyInRole,
	context: MappingContext,
	at: string,
): readonly string[] {
	const { codeMaps, supplierAgency, buyerAgency } = context.profile;
	const mapped = lookUpParty(codeMaps.parties, party);
	if (mapped !== undefined)
		return [context.fit(mapped.id, `${at}code`, 'code'), '', mapped.qualifier];
	if (party.gln !== undefined) return [party.gln, '', '9'];
	if (role === 'BY' && codeAtSupplier !== undefined) {
		return [context.fit(codeAtSupplier, 'supplier.codeAtParty', 'code'), '', '91'];
	}
	if (party.code === undefined) return [];
	const agency = COMPANY_ROLES.has(role) ? buyerAgency : supplierAgency;
	return [context.fit(party.code, `${at}code`, 'code'), '', agency];
}

/** 3229 is nine characters in both directories; D.01B has room for the name of a state beside it. */
function state(party: Party, context: MappingContext, at: string): readonly string[] {
	const value = party.address?.state;
	if (value === undefined) return [];
	const fitted = context.fit(value, `${at}address.state`, 'text');
	if (fitted.length <= 9) return [fitted];
	if (context.profile.release === 'D.01B') return ['', '', '', fitted];
	context.report(
		'EDIFACT_VALUE_LEFT_OUT',
		`${at}address.state`,
		`the state "${value}" in ${at}address.state is longer than the 9 characters of NAD 3229 and is not sent`,
		{ severity: 'warning', received: value },
	);
	return [];
}

const ZIP_PLUS_4 = /^(\d{5})-(\d{4})$/;

/** 3251 has nine characters in D.96A: a ZIP+4 of the United States goes without its hyphen. */
function postcode(party: Party, context: MappingContext, at: string): string | undefined {
	const { postcode: given = '', country = 'US' } = party.address ?? {};
	const zip = ZIP_PLUS_4.exec(given);
	const { release, codeMaps } = context.profile;
	if (zip === null || country !== 'US' || release !== 'D.96A' || codeMaps.identifiers.has(given)) {
		return party.address?.postcode;
	}
	const short = `${zip[1] ?? ''}${zip[2] ?? ''}`;
	context.report(
		'EDIFACT_IDENTIFIER_CHANGED',
		`${at}address.postcode`,
		`"${given}" in ${at}address.postcode is sent as "${short}", because NAD 3251 of D.96A has nine characters`,
		{ severity: 'warning', received: given },
	);
	return short;
}

function addressLines(party: Party, context: MappingContext, at: string): readonly string[] {
	const { lines = [] } = party.address ?? {};
	const path = `${at}address.lines`;
	if (lines.length <= 4 && lines.every((line) => line.length <= 35)) {
		return lines.map((line) => context.fit(line, path, 'text')).filter((line) => line !== '');
	}
	const fitted = lines.map((line) => context.fit(line, path, 'text')).filter(Boolean);
	const wrapped = fitted.flatMap((line) => wrapWords(line, 35));
	return wrapped.length <= 4 ? wrapped : context.description(fitted.join(' '), path, 35, 4);
}

const vatNumber = segment<PartyInRole>(
	'RFF',
	[['VA', code('vatNumber', ({ party }) => party.vatNumber)]],
	{ note: 'VAT registration number' },
);
const chamberOfCommerce = segment<PartyInRole>(
	'RFF',
	[['XA', code('chamberOfCommerce', ({ party }) => party.chamberOfCommerce)]],
	{ note: 'company registration number' },
);

/** RFF inside NAD: everywhere but in the REMADV of D.96A. */
export const partyReferences: readonly Rule<PartyInRole>[] = [vatNumber, chamberOfCommerce];

export const contact: Rule<PartyInRole> = segment('CTA', [['IC']], {
	usage: 'off',
	always: true,
	when: ({ party }) => party.email !== undefined || party.phone !== undefined,
	inside: [
		segment<PartyInRole>(
			'COM',
			[
				[
					code('phone', ({ party }, context, at) => context.dispensable(party.phone, `${at}phone`)),
					'TE',
				],
			],
			{
				name: 'COM+TE',
			},
		),
		segment<PartyInRole>(
			'COM',
			[
				[
					code('email', ({ party }, context, at) => context.dispensable(party.email, `${at}email`)),
					'EM',
				],
			],
			{
				name: 'COM+EM',
			},
		),
	],
});

/** 25:5 says that 3433 is a BIC. */
export function bankSegment<Scope>(
	qualifier: string,
	field: string,
	partyOf: (scope: Scope) => Party,
): Rule<Scope> {
	const prefix = field === '' ? '' : `${field}.`;
	return segment<Scope>('FII', [
		[qualifier],
		[
			code(`${prefix}bankAccount.number`, (scope) => partyOf(scope).bankAccount?.number),
			text(`${prefix}bankAccount.holder`, (scope, context, at) =>
				context.lines(
					partyOf(scope).bankAccount?.holder,
					`${at}${prefix}bankAccount.holder`,
					35,
					2,
				),
			),
		],
		[
			code(`${prefix}bankAccount.bic`, (scope, context, at) => {
				const bic = partyOf(scope).bankAccount?.bic;
				if (bic === undefined) return [];
				return [context.fit(bic, `${at}${prefix}bankAccount.bic`, 'code'), '25', '5'];
			}),
		],
	]);
}

/** NAD in full: code, wrapped name, street, city, state, postcode, country, and what belongs to it. */
function party(role: PartyRole, inside: readonly Rule<PartyInRole>[]): Rule<PartyInRole> {
	return segment<PartyInRole>(
		'NAD',
		[
			[role],
			[code('code', (scope, context, at) => identification(role, scope, context, at))],
			[''],
			[text('name', (scope, context, at) => context.lines(scope.party.name, `${at}name`, 35, 5))],
			[text('address.lines', (scope, context, at) => addressLines(scope.party, context, at))],
			[text('address.city', ({ party: { address } }) => address?.city)],
			[text('address.state', (scope, context, at) => state(scope.party, context, at))],
			[code('address.postcode', (scope, context, at) => postcode(scope.party, context, at))],
			[code('address.country', ({ party: { address } }) => address?.country)],
		],
		{ always: true, inside, note: 'party code map, GLN (agency 9), else code' },
	);
}

/** NAD of a party that the document may have. `supplierOf`: who knows the buyer by a number of its own. */
export function partyOf<Document>(
	role: PartyRole,
	field: string,
	of: (document: Document) => Party | undefined,
	supplierOf: (document: Document) => Party,
	inside: readonly Rule<PartyInRole>[] = [...partyReferences, contact],
): Rule<Document> {
	const inRole = (document: Document): PartyInRole | undefined => {
		const found = of(document);
		return found && { party: found, codeAtSupplier: supplierOf(document).codeAtParty };
	};
	return within(inRole, field, [party(role, inside)]);
}

export function currency(use: '4' | '9' | '11'): Rule<{ readonly currency: string }> {
	return segment('CUX', [
		['2', code('currency', (scope: { readonly currency: string }) => scope.currency), use],
	]);
}

/** A number of days after the date of the document can be said; anything else is said by its date. */
function isPlainNet(terms: PaymentTerms | undefined): boolean {
	return terms?.netDays !== undefined && (terms.endOfMonths ?? 0) === 0;
}

interface TermsScope {
	readonly paymentTerms?: PaymentTerms;
	readonly dueDate?: string;
}

function termsQualifier(scope: TermsScope, context: MappingContext): string | undefined {
	const { paymentTerms, dueDate } = scope;
	const mapped = lookUp(context.profile.codeMaps.paymentTerms, paymentTerms?.code);
	if (mapped !== undefined) return mapped;
	if (isPlainNet(paymentTerms)) return '1';
	if (dueDate !== undefined) return '3';
	return paymentTerms?.netDays !== undefined && paymentTerms.endOfMonths === 1 ? '2' : undefined;
}

/** Terms that no code of these directories says go in words, rather than not at all. */
export function termsInWords<Scope extends TermsScope>(): Rule<Scope> {
	return freeText<Scope>('AAB', 'paymentTerms.description', 1, (scope, context) =>
		termsQualifier(scope, context) === undefined ? scope.paymentTerms?.description : undefined,
	);
}

/**
 * PAT+1 with the days, PAT+3 with a fixed date, PAT+2 for days to the end of the month; PAT+22 with days and
 * percentage of the discount.
 */
export function paymentTerms<Scope extends TermsScope>(): readonly Rule<Scope>[] {
	return [
		segment<Scope>(
			'PAT',
			[
				[code('paymentTerms.code', termsQualifier)],
				[''],
				[
					code('paymentTerms.netDays', (scope, context) =>
						scope.paymentTerms?.netDays !== undefined && termsQualifier(scope, context) !== '3'
							? ['5', '3', 'D', String(scope.paymentTerms.netDays)]
							: [],
					),
				],
			],
			{
				name: 'PAT',
				note: '4279 by the payment terms code map, else 1 (days), 3 (fixed date) or 2 (end of month)',
				inside: [
					segment<Scope>('DTM', [
						['13', code('dueDate', ({ dueDate }) => date102(dueDate)), '102'],
					]),
				],
			},
		),
		within<Scope, PaymentTerms>(
			({ paymentTerms: terms }) => (terms?.discountDays === undefined ? undefined : terms),
			'paymentTerms',
			[
				segment<PaymentTerms>(
					'PAT',
					[
						['22'],
						[''],
						['5', '3', 'D', number('discountDays', (terms) => String(terms.discountDays))],
					],
					{
						when: (terms) => terms.discountPercentage !== undefined,
						inside: [
							segment<PaymentTerms>('PCD', [
								[
									'12',
									number('discountPercentage', (terms, context) =>
										context.number(terms.discountPercentage),
									),
								],
							]),
						],
					},
				),
			],
		),
	];
}

/** FTX of five texts of 70 characters each; longer ones go on in the next. */
export function freeText<Scope>(
	subject: string,
	field: string,
	segments: number,
	get: (scope: Scope, context: MappingContext) => string | undefined,
): Rule<Scope> {
	return each<Scope, readonly string[]>(
		(scope, context, at) => {
			const path = `${at}${field}`;
			const lines = context.description(get(scope, context), path, 70, 5 * segments);
			const chunks: (readonly string[])[] = [];
			for (let index = 0; index < lines.length; index += 5)
				chunks.push(lines.slice(index, index + 5));
			return chunks;
		},
		field,
		[segment<readonly string[]>('FTX', [[subject], [''], [''], [text(field, (chunk) => chunk)]])],
		{ indexed: false },
	);
}
