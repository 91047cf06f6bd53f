import {
	add,
	compare,
	formatDecimal,
	formatShortest,
	multiply,
	parseDecimal,
	round,
	ZERO,
} from '../../../decimal';
import { currencyDecimals } from '../../../documents';
import type { Invoice, Tax } from '../../../documents';
import { lookUp } from '../../partner';
import type { Section } from '../../mapping';
import type { MappingContext } from './context';
import { code, number, segment } from './words';
import type { Rule } from './words';

const ZERO_TEXT = /^-?0+(?:\.0+)?$/;

/**
 * DE5305 as both directories have it: S, Z and E, and `B` (VAT not paid to the issuer but to the
 * authority) for reverse charge. AE and K came with later directories: only by the code map.
 */
export function vatCategory(tax: Tax, context: MappingContext): string {
	const { codeMaps, reverseChargeCategory } = context.profile;
	const mapped = lookUp(codeMaps.vatCodes, tax.code);
	if (mapped !== undefined) return mapped;
	if (tax.reverseCharge === true) return reverseChargeCategory;
	if (tax.exempt === true) return 'E';
	if (tax.percentage === undefined) return ZERO_TEXT.test(tax.amount) ? 'E' : 'S';
	return ZERO_TEXT.test(tax.percentage) ? 'Z' : 'S';
}

/** As booked; else the lines of the same VAT code and rate. */
export function taxBase(tax: Tax, invoice: Invoice): string | undefined {
	if (tax.base !== undefined) return tax.base;
	const lines = invoice.lines.filter(
		(line) =>
			line.tax !== undefined &&
			line.tax.code === tax.code &&
			(line.tax.percentage ?? '') === (tax.percentage ?? ''),
	);
	if (lines.length === 0) return invoice.taxes.length === 1 ? invoice.netTotal : undefined;
	return formatDecimal(
		lines.reduce((total, line) => add(total, parseDecimal(line.netAmount) ?? ZERO), ZERO),
	);
}

/** Booked VAT is what is sent; where it is not the rate times the base, somebody should know. */
export function checkBookedTaxes(invoice: Invoice, context: MappingContext): void {
	invoice.taxes.forEach((tax, index) => {
		if (tax.reverseCharge === true || tax.percentage === undefined) return;
		const base = parseDecimal(taxBase(tax, invoice) ?? '');
		const percentage = parseDecimal(tax.percentage);
		const booked = parseDecimal(tax.amount);
		if (base === undefined || percentage === undefined || booked === undefined) return;
		const exact = multiply(base, { units: percentage.units, scale: percentage.scale + 2 });
		const computed = round(exact, currencyDecimals(invoice.currency));
		if (compare(computed, booked) === 0) return;
		context.report(
			'EDIFACT_VAT_DIFFERS',
			`taxes[${index}].amount`,
			`the booked VAT of ${tax.amount} is not ${formatShortest(percentage)} % of ${formatDecimal(base)}, which is ${formatDecimal(computed)}; the booked amount is sent`,
			{ severity: 'warning', expected: formatDecimal(computed), received: tax.amount },
		);
	});
}

/** `TAX+7+VAT+++:::21+S` */
export function taxSegment(inside: readonly Rule<Tax>[], section: Section = 'header'): Rule<Tax> {
	return segment<Tax>(
		'TAX',
		[
			['7'],
			['VAT'],
			[''],
			[''],
			['', '', '', number('percentage', (tax, context) => context.number(tax.percentage))],
			[code('code', (tax, context) => vatCategory(tax, context))],
		],
		{
			name: 'TAX+7',
			always: true,
			section,
			inside,
			note: '5305 by the VAT code map, else S, Z, E or B',
		},
	);
}

/** Why no VAT is charged, in words, because the category alone does not say it in these directories. */
export function taxExplanation(tax: Tax, context: MappingContext): string | undefined {
	if (tax.reverseCharge === true) return tax.description ?? context.profile.reverseChargeText;
	return tax.exempt === true ? tax.description : undefined;
}
