import { formatShortest, parseDecimal, sum, ZERO } from '../../../decimal';
import { currencyOf } from '../../../documents';
import type { CodedName, ItemIdentification, Tax } from '../../../documents';
import type { Pairs } from '../../mapping';
import { lookUp } from '../../partner';
import type { X12Context } from './context';
import { isListPrice, lineDifference } from './linePrices';
import type { PricedLine } from './linePrices';
import { fraction, impliedCents, isNegative, magnitude } from './numbers';
import { code, each, number, optional, pair, segment, text } from './words';
import type { Rule, SettingCell } from './words';

/** Segments that the lines of 810 and 850 have alike. */

export interface CommonLine extends PricedLine {
	readonly description?: string;
	readonly item?: ItemIdentification;
	readonly tax?: Omit<Tax, 'amount'>;
	readonly glAccount?: CodedName;
	readonly costCenter?: CodedName;
	readonly costUnit?: CodedName;
	readonly project?: CodedName;
}

/** DE235 of a GTIN by its length; 004010 has no code for all of them. */
function gtinQualifier(gtin = ''): string {
	if (gtin.length === 12) return 'UP';
	return gtin.length === 14 ? 'UK' : 'EN';
}

/** Pairs of DE235 and DE234: IN buyer's item, VN vendor's item, EN / UP / UK the GTIN. */
export function itemNumbers<Line extends Pick<CommonLine, 'item'>>(): Pairs<Line, X12Context> {
	return {
		form: 'elements',
		pairs: [
			pair('IN', 'item.code', ({ item }) => item?.code, { note: 'IN buyer’s item' }),
			pair('VN', 'item.supplierCode', ({ item }) => item?.supplierCode, {
				note: 'VN vendor’s item',
			}),
			pair(
				({ item }) => gtinQualifier(item?.gtin),
				'item.gtin',
				({ item }) => item?.gtin,
				{
					note: 'EN, UP or UK: GTIN; what is missing is closed up',
				},
			),
		],
	};
}

const REFERENCES = {
	glAccount: ['REF*GZ', 'glAccountQualifier'],
	costCenter: ['REF*CA', 'costCenterQualifier'],
	costUnit: ['REF(cost unit)', 'costUnitQualifier'],
	project: ['REF(project)', 'projectQualifier'],
} as const;

/** What the line is booked on; not sent where the profile has no qualifier for it. */
export function lineReference<Line extends Pick<CommonLine, keyof typeof REFERENCES>>(
	field: keyof typeof REFERENCES,
): Rule<Line> {
	const [name, setting] = REFERENCES[field];
	const qualifier: SettingCell = { setting, of: (profile) => profile[setting] };
	return segment<Line>(
		'REF',
		[
			qualifier,
			code(`${field}.code`, (line) => line[field]?.code),
			text(`${field}.name`, (line, context) => context.fitted(line[field]?.name, 80)),
		],
		{ name },
	);
}

/** The rate stands at the line, in 810 the amounts in the summary. */
export function lineTax<Line extends CommonLine>(name: string, withExempt = false): Rule<Line> {
	return segment<Line>(
		'TXI',
		[
			code(
				'tax.code',
				({ tax }, { profile }) => lookUp(profile.codeMaps.vatCodes, tax?.code) ?? 'VA',
				'VA; code map of VAT codes',
			),
			'',
			number('tax.percentage', ({ tax }) => fraction(tax?.percentage ?? '0'), 'as a fraction: .21'),
			...(withExempt
				? [
						'',
						'',
						code<Line>(
							'tax.exempt',
							({ tax }) => (tax?.exempt === true ? '1' : undefined),
							'1 exempt',
						),
					]
				: []),
		],
		{ name, when: ({ tax }) => tax?.percentage !== undefined },
	);
}

/** One segment for each part of a text that is longer than its element; `before` stands before it. */
export function inParts<Scope>(
	tag: string,
	name: string,
	before: readonly string[],
	field: string,
	get: (scope: Scope) => string | undefined,
	max: number,
	usage: 'on' | 'off' = 'on',
): Rule<Scope> {
	return each<Scope, string>(
		(scope, context) => context.parts(get(scope), max),
		field,
		[segment<string>(tag, [...before, text(field, (part) => part)], { name, usage })],
		{ indexed: false },
	);
}

/** PID: DE349 F, a free-form description in as many segments as it needs. */
export function description<Scope extends { readonly description?: string }>(
	name: string,
): Rule<Scope> {
	const get = (scope: Scope): string | undefined => scope.description;
	return inParts('PID', name, ['F', '', '', ''], 'description', get, 80);
}

/**
 * The difference between quantity × price and the amount of the line: a discount, or rounding. SAC05
 * has no sign; SAC01 says which way.
 */
export function lineDifferenceSegment<Line extends PricedLine>(name: string): Rule<Line> {
	const isList = (line: Line, { document }: X12Context): boolean =>
		isListPrice(line, currencyOf(document));
	return segment<Line>(
		'SAC',
		[
			code(
				'netAmount',
				(line, context) => (isNegative(context.signed(lineDifference(line) ?? '0')) ? 'C' : 'A'),
				'A if the line is less than quantity × price, C if more; only if they differ',
			),
			code(
				'discountPercentage',
				(line, context) => (isList(line, context) ? 'C310' : 'F050'),
				'C310 discount of a list price, else F050 other',
			),
			'',
			'',
			number(
				'netAmount',
				(line) => impliedCents(magnitude(lineDifference(line) ?? '0')),
				'the difference',
			),
			...Array<string>(9).fill(''),
			text('', (line, context) => (isList(line, context) ? undefined : 'Rounding of the line')),
		],
		{ name, usage: 'required', when: (line) => lineDifference(line) !== undefined },
	);
}

/** CTT01, and CTT02 (the hash total of the quantities) where the guideline asks for it. */
export function lineCount<Scope>(
	usage: 'on',
	countOf: (scope: Scope, context: X12Context) => number,
	quantities: (scope: Scope, context: X12Context) => readonly string[],
	inside: readonly Rule<Scope>[] = [],
): Rule<Scope> {
	return segment<Scope>(
		'CTT',
		[
			number('lines', (scope, context) => String(countOf(scope, context)), 'their number'),
			optional(
				number(
					'lines',
					(scope, context) =>
						formatShortest(sum(quantities(scope, context).map((one) => parseDecimal(one) ?? ZERO))),
					'sum of the quantities',
				),
			),
		],
		{ usage, section: 'summary', inside },
	);
}
