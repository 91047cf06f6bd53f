import { formatDecimal, multiply, parseDecimal, round, subtract } from '../../../decimal';
import { readPrice } from '../../../documents';
import type { InvoiceLine } from '../../../documents';
import type { X12Profile } from '../profile';
import { safeCents } from './numbers';
import type { Report } from './context';
import { checkUnit } from './units';

/**
 * IT1 and PO1 have no line amount: a receiver computes quantity × price. Where the booked amount differs
 * (a discount, rounding), an allowance (or charge, negative here) makes up for it.
 */
export function lineDifference(line: PricedLine): string | undefined {
	if (line.quantity === undefined || line.unitPrice === undefined) return undefined;
	if (isExactly(line.quantity, line.unitPrice, line.netAmount)) return undefined;
	const quantity = parseDecimal(line.quantity);
	const price = parseDecimal(line.unitPrice);
	const amount = parseDecimal(line.netAmount);
	if (quantity === undefined || price === undefined || amount === undefined) return undefined;
	const difference = round(subtract(round(multiply(quantity, price), 2), amount), 2);
	return difference.units === 0n ? undefined : formatDecimal(difference);
}

/** Whether hundredths in whole numbers already prove that quantity × price is the amount. */
function isExactly(quantity: string, price: string, amount: string): boolean {
	const q = safeCents(quantity);
	const p = safeCents(price);
	const a = safeCents(amount);
	if (q === undefined || p === undefined || a === undefined) return false;
	const product = q * p;
	return Number.isSafeInteger(product) && product === a * 100;
}

/** What lines of invoices and orders have alike. */
export type PricedLine = Pick<
	InvoiceLine,
	'number' | 'quantity' | 'unit' | 'unitPrice' | 'discountPercentage' | 'priceType' | 'netAmount'
>;

/** Unit and price of a line of an invoice or an order. */
export function checkLine(
	line: PricedLine,
	index: number,
	currency: string,
	profile: X12Profile,
	report: Report,
): void {
	checkUnit(line, index, profile, report);
	const difference = lineDifference(line);
	if (difference === undefined) return;
	const price = readPrice(line, currency);
	if (price === undefined || (price.fits && price.type === 'list')) return;
	const less =
		line.discountPercentage === undefined ? '' : ` less ${line.discountPercentage} percent`;
	report(
		price.fits ? 'X12_LINE_AMOUNT_ROUNDED' : 'X12_LINE_AMOUNT_MISMATCH',
		`lines[${index}].netAmount`,
		`line ${line.number}: quantity ${line.quantity ?? ''} × price ${line.unitPrice ?? ''}${less} is not the amount ${line.netAmount}; ` +
			(price.fits
				? `the difference of ${difference} is sent as an allowance or charge (SAC)`
				: 'correct the price, the quantity or the discount'),
		{ received: line.netAmount, warning: price.fits },
	);
}

/** SAC02: a discount that comes off the price, or what rounding left over. */
export function isListPrice(line: PricedLine, currency: string): boolean {
	return line.discountPercentage !== undefined && readPrice(line, currency)?.type === 'list';
}
