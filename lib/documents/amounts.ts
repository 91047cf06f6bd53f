import {
	add,
	compare,
	formatDecimal,
	multiply,
	parseDecimal,
	round,
	subtract,
	sum,
	ZERO,
} from '../decimal';
import type { Decimal, DecimalText } from '../decimal';
import type { Issue } from '../errors';
import { currencyDecimals } from './currency';
import type { BusinessDocument } from './document';
import type { Invoice } from './invoice';
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

const HUNDRED: Decimal = { units: 100n, scale: 0 };
const HUNDREDTH: Decimal = { units: 1n, scale: 2 };

function lineWarnings(document: Invoice | PurchaseOrder, subject: string): Issue[] {
	const issues: Issue[] = [];
	const { currency, lines } = document;
	lines.forEach((line, index) => {
		if (line.quantity === undefined || line.unitPrice === undefined) return;
		const net = value(line.netAmount);
		const matches = (amount: Decimal): boolean => compare(amount, net) === 0;
		const product = multiply(value(line.quantity), value(line.unitPrice));
		const full = round(product, currencyDecimals(currency));
		const discount = 'discountPercentage' in line ? line.discountPercentage : undefined;
		// The price may have the discount taken off, or may be the list price.
		const share = multiply(subtract(HUNDRED, value(discount)), HUNDREDTH);
		const reduced = round(multiply(product, share), currencyDecimals(currency));
		if (matches(full) || matches(reduced)) return;
		const less = discount === undefined ? '' : ` less ${discount} %`;
		issues.push({
			code: 'DOCUMENT_LINE_AMOUNT_MISMATCH',
			severity: 'warning',
			path: `lines[${index}].netAmount`,
			message: `${subject}: line ${line.number} has ${line.quantity} x ${line.unitPrice}${less}, which is ${show(reduced, currency)}, and an amount of ${line.netAmount}`,
			expected: show(reduced, currency),
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
	return [...issues, ...lineWarnings(invoice, subject)];
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
	return [...issues, ...lineWarnings(order, subject)];
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
