import type { BusinessDocument, CodedName, Tax } from '../../../documents';
import { lookUp } from '../../partner';
import type { X12Profile } from '../profile';
import { isListPrice, lineDifference } from './linePrices';
import type { PricedLine } from './linePrices';
import { fraction, impliedCents, isNegative, magnitude } from './numbers';
import { fixed } from './rule';
import type { ElementRule, Scope, SegmentRule } from './rule';
import { fitted, wrap } from './texts';

/** Segments that the lines of 810 and 850 have alike. */

interface CodedLine {
	readonly glAccount?: CodedName;
	readonly costCenter?: CodedName;
	readonly costUnit?: CodedName;
	readonly project?: CodedName;
	readonly tax?: Omit<Tax, 'amount'>;
}

type LineScope = Scope<BusinessDocument, CodedLine>;

type CodedField = Exclude<keyof CodedLine, 'tax'>;

const REFERENCES: Readonly<
	Record<CodedField, { readonly name: string; readonly qualifier: (p: X12Profile) => string }>
> = {
	glAccount: { name: 'REF*GZ', qualifier: (profile) => profile.glAccountQualifier },
	costCenter: { name: 'REF*CA', qualifier: (profile) => profile.costCenterQualifier },
	costUnit: { name: 'REF(cost unit)', qualifier: (profile) => profile.costUnitQualifier },
	project: { name: 'REF(project)', qualifier: (profile) => profile.projectQualifier },
};

/** What the line is booked on; not sent where the profile has no qualifier for it. */
export function lineReference<S extends LineScope>(field: CodedField): SegmentRule<S> {
	const { name, qualifier } = REFERENCES[field];
	return {
		name,
		segment: 'REF',
		usage: 'on',
		when: ({ line, profile }) => qualifier(profile) !== '' && line[field] !== undefined,
		elements: [
			{ at: 1, field: '', note: 'setting', value: ({ profile }) => qualifier(profile) },
			{ at: 2, field: `line.${field}.code`, value: ({ line }) => line[field]?.code },
			{
				at: 3,
				field: `line.${field}.name`,
				value: ({ line, profile }) => fitted(line[field]?.name, 80, profile),
			},
		],
	};
}

/** The rate stands at the line, in 810 the amounts in the summary. */
export function lineTax<S extends LineScope>(
	name: string,
	more: readonly ElementRule<S>[] = [],
): SegmentRule<S> {
	return {
		name,
		segment: 'TXI',
		usage: 'on',
		when: ({ line }) => line.tax?.percentage !== undefined,
		elements: [
			{
				at: 1,
				field: 'line.tax.code',
				note: 'VA; code map of VAT codes',
				value: ({ line, profile }) => lookUp(profile.codeMaps.vatCodes, line.tax?.code) ?? 'VA',
			},
			{
				at: 3,
				field: 'line.tax.percentage',
				note: 'as a fraction: .21',
				value: ({ line }) => fraction(line.tax?.percentage ?? '0'),
			},
			...more,
		],
	};
}

/** One segment for each part of a text that is longer than its element. */
export function inParts<S extends Scope>(
	text: (scope: S) => string | undefined,
	max: number,
): NonNullable<SegmentRule<S>['repeat']> {
	return (scope, emit) => {
		const whole = text(scope) ?? '';
		for (const part of whole.length <= max ? [whole] : wrap(whole, max)) {
			scope.text = part;
			emit();
		}
	};
}

/** PID: DE349 F, a free-form description in as many segments as it needs. */
export function description<S extends Scope>(
	name: string,
	field: string,
	text: (scope: S) => string | undefined,
): SegmentRule<S> {
	return {
		name,
		segment: 'PID',
		usage: 'on',
		when: (scope) => Boolean(text(scope)),
		repeat: inParts(text, 80),
		elements: [fixed(1, 'F', 'free-form'), { at: 5, field, value: (scope) => scope.text }],
	};
}

type PricedScope = Scope<BusinessDocument, PricedLine>;

/**
 * The difference between quantity × price and the amount of the line: a discount, or rounding. SAC05
 * has no sign; SAC01 says which way.
 */
export function lineDifferenceSegment<S extends PricedScope>(
	name: string,
	signed: (text: string, scope: S) => string = (text) => text,
): SegmentRule<S> {
	const isList = ({ line, doc }: S): boolean => isListPrice(line, doc.currency);
	return {
		name,
		segment: 'SAC',
		usage: 'required',
		when: ({ line }) => lineDifference(line) !== undefined,
		elements: [
			{
				at: 1,
				field: 'line.netAmount',
				note: 'A if the line is less than quantity × price, C if more; only if they differ',
				value: (scope) =>
					isNegative(signed(lineDifference(scope.line) ?? '0', scope)) ? 'C' : 'A',
			},
			{
				at: 2,
				field: 'line.discountPercentage',
				note: 'C310 discount of a list price, else F050 other',
				value: (scope) => (isList(scope) ? 'C310' : 'F050'),
			},
			{
				at: 5,
				field: 'line.netAmount',
				note: 'the difference',
				value: ({ line }) => impliedCents(magnitude(lineDifference(line) ?? '0')),
			},
			{
				at: 15,
				field: '',
				value: (scope) => (isList(scope) ? undefined : 'Rounding of the line'),
			},
		],
	};
}

/** CTT01 */
export function lineCount<
	S extends Scope<BusinessDocument & { readonly lines: readonly unknown[] }>,
>(name: string, usage: SegmentRule<S>['usage']): SegmentRule<S> {
	return {
		name,
		segment: 'CTT',
		usage,
		elements: [
			{ at: 1, field: 'lines', note: 'their number', value: ({ doc }) => String(doc.lines.length) },
		],
	};
}
