import type { Invoice, InvoiceLine } from '../../../documents';
import { add, compare, formatDecimal, negate, parseDecimal, round, sum } from '../../../decimal';
import type { Decimal } from '../../../decimal';
import { isLeftOut, splitLines } from '../../mapping';
import type { X12Profile } from '../profile';
import { fitsCents, safeCents } from './numbers';
import type { Report } from './context';
import { checkLine } from './linePrices';

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
	for (let index = 0; index < doc.lines.length; index += 1) {
		const line = doc.lines[index] as InvoiceLine;
		if (line.quantity !== undefined && line.unitPrice !== undefined) {
			checkLine(line, index, doc.currency, profile, report);
		}
	}
	checkTotal(doc, report);
	checkGuideline(doc, profile, report);
}

/** What a guideline may not leave out without saying something else than the booking. */
function checkGuideline(doc: Invoice, profile: X12Profile, report: Report): void {
	const { guideline } = profile;
	if (isLeftOut(guideline, '810', 'TXI') && (parseDecimal(doc.taxTotal)?.units ?? 0n) !== 0n) {
		report(
			'GUIDELINE_NOT_MET',
			'taxTotal',
			`the partner's guideline wants no VAT (TXI), and the document has ${doc.taxTotal}, which the total includes`,
			{ received: doc.taxTotal },
		);
	}
	if (splitLines(doc, guideline, '810').lines.every((line) => line === undefined)) {
		report(
			'GUIDELINE_NOT_MET',
			'lines',
			"the partner's guideline wants at least one line; all lines are charges",
		);
	}
}
