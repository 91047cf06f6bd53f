import type { Invoice, InvoiceLine } from '../../../documents';
import {
	absolute,
	add,
	compare,
	formatDecimal,
	multiply,
	negate,
	parseDecimal,
	round,
	subtract,
	sum,
	type Decimal,
} from '../../../decimal';
import type { X12Profile } from '../profile';
import { fitsCents, safeCents } from './numbers';
import type { Report } from './rule';
import { unitCode } from './units';

/**
 * IT1 has no line amount: a receiver computes quantity × price. Where the booked amount differs
 * (a discount, rounding), an allowance (or charge, negative here) makes up for it.
 */
export function lineDifference(line: InvoiceLine): string | undefined {
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

/** An amount a receiver computes may be off by this share of the line without a discount. */
const ROUNDING_SHARE = { units: 1n, scale: 2 };
const CENT: Decimal = { units: 5n, scale: 2 };

function checkLine(line: InvoiceLine, index: number, profile: X12Profile, report: Report): void {
	const path = `lines[${index}]`;
	const name = `line ${line.number}`;
	if (line.quantity === undefined || line.unitPrice === undefined) return;
	if (line.unit !== undefined && unitCode(line.unit, profile) === undefined) {
		report(
			'X12_UNIT_WITHOUT_CODE',
			`${path}.unit`,
			`${name}: the unit "${line.unit}" has no X12 code (DE355); add it to the code map of units`,
			{
				expected: 'a unit in the code map',
				received: line.unit,
			},
		);
	}
	const difference = lineDifference(line);
	if (difference === undefined || line.discountPercentage !== undefined) return;
	const off = absolute(parseDecimal(difference) ?? CENT);
	const amount = absolute(parseDecimal(line.netAmount) ?? CENT);
	const tolerance = round(multiply(amount, ROUNDING_SHARE), 2);
	const limit = compare(tolerance, CENT) > 0 ? tolerance : CENT;
	const far = compare(off, limit) > 0;
	report(
		far ? 'X12_LINE_AMOUNT_MISMATCH' : 'X12_LINE_AMOUNT_ROUNDED',
		`${path}.netAmount`,
		`${name}: quantity ${line.quantity} × price ${line.unitPrice} is not the amount ${line.netAmount}; ` +
			(far
				? 'correct the line, or give the discount'
				: `the difference of ${difference} is sent as an allowance or charge (SAC)`),
		{ received: line.netAmount, warning: !far },
	);
}

function fastTotal(doc: Invoice): boolean {
	let cents = 0;
	for (const line of doc.lines) {
		const amount = safeCents(line.netAmount);
		if (amount === undefined) return false;
		cents += amount;
	}
	for (const tax of doc.taxes) {
		if (tax.reverseCharge === true) continue;
		const amount = safeCents(tax.amount);
		if (amount === undefined) return false;
		cents += amount;
	}
	const gross = safeCents(doc.grossTotal);
	return Number.isSafeInteger(cents) && gross === cents;
}

function checkTotal(doc: Invoice, report: Report): void {
	// Whole cents below 2^53 add up exactly; only what does not is worth the exact explanation.
	if (fastTotal(doc)) return;
	const amounts: Decimal[] = [];
	const read = (text: string, path: string, words: string): void => {
		const amount = parseDecimal(text);
		if (amount === undefined || !fitsCents(text)) {
			report(
				'X12_AMOUNT_NOT_REPRESENTABLE',
				path,
				`${words} "${text}" is not an amount with at most two decimals`,
				{
					expected: 'an amount such as 1234.56',
					received: text,
				},
			);
		} else amounts.push(amount);
	};
	doc.lines.forEach((line, index) => {
		read(line.netAmount, `lines[${index}].netAmount`, `line ${line.number}: the amount`);
	});
	doc.taxes.forEach((tax, index) => {
		if (tax.reverseCharge !== true) read(tax.amount, `taxes[${index}].amount`, 'the VAT amount');
	});
	const expected = doc.lines.length + doc.taxes.filter((tax) => tax.reverseCharge !== true).length;
	const before = amounts.length;
	read(doc.grossTotal, 'grossTotal', 'the total');
	const gross = amounts.length > before ? amounts.pop() : undefined;
	if (gross === undefined || amounts.length !== expected) return;
	const total = sum(amounts);
	if (compare(total, gross) !== 0) {
		report(
			'X12_TOTAL_MISMATCH',
			'grossTotal',
			`the lines and VAT add up to ${formatDecimal(round(total, 2))}, but the total is ${doc.grossTotal} (difference ${formatDecimal(round(add(gross, negate(total)), 2))}); correct the booking`,
			{
				expected: formatDecimal(round(total, 2)),
				received: doc.grossTotal,
			},
		);
	}
}

export function checkInvoice(doc: Invoice, profile: X12Profile, report: Report): void {
	if (doc.lines.length === 0) {
		report('X12_NO_LINES', 'lines', 'it has no lines; an invoice needs at least one');
		return;
	}
	for (let index = 0; index < doc.lines.length; index++) {
		const line = doc.lines[index] as InvoiceLine;
		if (line.quantity !== undefined) checkLine(line, index, profile, report);
	}
	checkTotal(doc, report);
}
