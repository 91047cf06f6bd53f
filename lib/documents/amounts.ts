import { formatDecimal, parseDecimal, round, ZERO } from '../decimal';
import type { Decimal, DecimalText } from '../decimal';
import type { Issue } from '../errors';
import { currencyDecimals } from './currency';
import { readPrice } from './linePrices';
import type { PricedLine } from './linePrices';

/** Validated before: every amount is decimal text. */
export function value(text: DecimalText | undefined): Decimal {
	return (text === undefined ? undefined : parseDecimal(text)) ?? ZERO;
}

/** At least the currency's decimals, so that messages read like money. */
export function show(amount: Decimal, currency: string): string {
	const decimals = currencyDecimals(currency);
	return formatDecimal(amount.scale < decimals ? round(amount, decimals) : amount);
}

export function mismatch(subject: string, path: string, message: string): Issue {
	return {
		code: 'DOCUMENT_TOTALS_MISMATCH',
		severity: 'error',
		path,
		message: `${subject}: ${message}`,
	};
}

export function noLines(subject: string, path: string): Issue {
	return {
		code: 'DOCUMENT_NO_LINES',
		severity: 'error',
		path,
		message: `${subject}: it has no lines`,
	};
}

interface PricedDocument {
	readonly currency: string;
	readonly lines: readonly (PricedLine & { readonly number: number })[];
}

/**
 * Quantity times price, less the discount of a list price, is the amount of the line. What rounding
 * explains is a warning; anything else would make the partner book another amount.
 */
export function lineIssues(document: PricedDocument, subject: string): Issue[] {
	const issues: Issue[] = [];
	const { currency, lines } = document;
	lines.forEach((line, index) => {
		const price = readPrice(line, currency);
		if (price === undefined || price.exact) return;
		const computed = show(round(price.computed, currencyDecimals(currency)), currency);
		if (price.fits && computed === show(value(line.netAmount), currency)) return;
		const { discountPercentage: discount } = line;
		const less = discount === undefined ? '' : ` less ${discount} %`;
		const words = `line ${line.number} has ${line.quantity ?? ''} x ${line.unitPrice ?? ''}${less}, which is ${computed}, and an amount of ${line.netAmount}`;
		issues.push({
			code: price.fits ? 'DOCUMENT_LINE_AMOUNT_ROUNDED' : 'DOCUMENT_LINE_AMOUNT_MISMATCH',
			severity: price.fits ? 'warning' : 'error',
			path: `lines[${index}].netAmount`,
			message: price.fits
				? `${subject}: ${words}`
				: `${subject}: ${words}; correct the price (for one of the unit that is sent), the quantity or the discount`,
			expected: computed,
			received: line.netAmount,
		});
	});
	return issues;
}
