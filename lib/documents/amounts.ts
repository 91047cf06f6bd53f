import { add, compare, formatDecimal, parseDecimal, round, subtract, sum, ZERO } from '../decimal';
import type { Decimal, DecimalText } from '../decimal';
import type { Issue } from '../errors';
import { currencyDecimals } from './currency';
import type { BusinessDocument } from './document';
import type { Invoice } from './invoice';
import { readPrice } from './linePrices';
import type { PurchaseOrder } from './purchaseOrder';
import type { Remittance } from './remittance';

/** Validated before: every amount is decimal text. */
function value(text: DecimalText | undefined): Decimal {
	return (text === undefined ? undefined : parseDecimal(text)) ?? ZERO;
}

/** At least the currency's decimals, so that messages read like money. */
function show(amount: Decimal, currency: string): string {
	const decimals = currencyDecimals(currency);
	return formatDecimal(amount.scale < decimals ? round(amount, decimals) : amount);
}

function mismatch(subject: string, path: string, message: string): Issue {
	return {
		code: 'DOCUMENT_TOTALS_MISMATCH',
		severity: 'error',
		path,
		message: `${subject}: ${message}`,
	};
}

function noLines(subject: string, path: string): Issue {
	return {
		code: 'DOCUMENT_NO_LINES',
		severity: 'error',
		path,
		message: `${subject}: it has no lines`,
	};
}

/**
 * Quantity times price, less the discount of a list price, is the amount of the line. What rounding
 * explains is a warning; anything else would make the partner book another amount.
 */
function lineIssues(document: Invoice | PurchaseOrder, subject: string): Issue[] {
	const issues: Issue[] = [];
	const { currency, lines } = document;
	lines.forEach((line, index) => {
		const price = readPrice(line, currency);
		if (price === undefined || price.exact) return;
		const computed = show(round(price.computed, currencyDecimals(currency)), currency);
		if (price.fits && computed === show(value(line.netAmount), currency)) return;
		const discount = 'discountPercentage' in line ? line.discountPercentage : undefined;
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

function checkInvoice(invoice: Invoice, subject: string): Issue[] {
	if (invoice.lines.length === 0) return [noLines(subject, 'lines')];
	const { currency } = invoice;
	const issues: Issue[] = [];
	const lines = sum(invoice.lines.map((line) => value(line.netAmount)));
	const taxes = sum(invoice.taxes.map((tax) => value(tax.amount)));
	const gross = value(invoice.grossTotal);
	const total = add(lines, taxes);
	if (compare(total, gross) !== 0) {
		issues.push(
			mismatch(
				subject,
				'grossTotal',
				`lines ${show(lines, currency)} and VAT ${show(taxes, currency)} make ${show(total, currency)}, but the booked total is ${show(gross, currency)} ${currency} (difference ${show(subtract(gross, total), currency)})`,
			),
		);
	} else if (compare(taxes, value(invoice.taxTotal)) !== 0) {
		issues.push(
			mismatch(
				subject,
				'taxTotal',
				`the VAT amounts make ${show(taxes, currency)}, but the total VAT is ${show(value(invoice.taxTotal), currency)} ${currency}`,
			),
		);
	} else if (compare(lines, value(invoice.netTotal)) !== 0) {
		issues.push(
			mismatch(
				subject,
				'netTotal',
				`the lines make ${show(lines, currency)}, but the total excluding VAT is ${show(value(invoice.netTotal), currency)} ${currency}`,
			),
		);
	}
	return [...issues, ...lineIssues(invoice, subject)];
}

function checkOrder(order: PurchaseOrder, subject: string): Issue[] {
	if (order.lines.length === 0) return [noLines(subject, 'lines')];
	const { currency } = order;
	const issues: Issue[] = [];
	const lines = sum(order.lines.map((line) => value(line.netAmount)));
	const net = value(order.netTotal);
	if (compare(lines, net) !== 0) {
		issues.push(
			mismatch(
				subject,
				'netTotal',
				`the lines make ${show(lines, currency)}, but the order total excluding VAT is ${show(net, currency)} ${currency} (difference ${show(subtract(net, lines), currency)})`,
			),
		);
	} else if (order.grossTotal !== undefined && order.taxTotal !== undefined) {
		const total = add(net, value(order.taxTotal));
		const gross = value(order.grossTotal);
		if (compare(total, gross) !== 0) {
			issues.push(
				mismatch(
					subject,
					'grossTotal',
					`${show(net, currency)} and VAT ${show(value(order.taxTotal), currency)} make ${show(total, currency)}, but the order total is ${show(gross, currency)} ${currency}`,
				),
			);
		}
	}
	return [...issues, ...lineIssues(order, subject)];
}

function checkRemittance(remittance: Remittance, subject: string): Issue[] {
	if (remittance.items.length === 0) return [noLines(subject, 'items')];
	const { currency } = remittance;
	const items = sum(remittance.items.map((item) => value(item.paidAmount)));
	const total = value(remittance.total);
	if (compare(items, total) !== 0) {
		return [
			mismatch(
				subject,
				'total',
				`the amounts paid make ${show(items, currency)}, but the total is ${show(total, currency)} ${currency}`,
			),
		];
	}
	if (compare(total, ZERO) > 0) return [];
	return [
		{
			code: 'DOCUMENT_TOTAL_NOT_POSITIVE',
			severity: 'error',
			path: 'total',
			message: `${subject}: the invoices and credit notes of ${remittance.payee.name} add up to ${show(total, currency)} ${currency}, so there is no payment to advise`,
			received: remittance.total,
		},
	];
}

/** What a document's amounts must agree on. Exact: a difference of a cent is a difference. */
export function checkAmounts(document: BusinessDocument, subject: string): Issue[] {
	switch (document.type) {
		case 'invoice':
			return checkInvoice(document, subject);
		case 'purchaseOrder':
			return checkOrder(document, subject);
		case 'remittance':
			return checkRemittance(document, subject);
	}
}
