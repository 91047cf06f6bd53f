import {
	add,
	compare,
	formatDecimal,
	formatShortest,
	multiply,
	negate,
	parseDecimal,
	round,
	subtract,
	sum,
	ZERO,
} from '../decimal';
import type { Decimal } from '../decimal';
import { isRecord } from '../text';
import type { RuleRun } from './applyRules';
import { convert } from './convert';
import type { Row } from './paths';

type Target = Row;

function amount(target: Target, name: string): Decimal | undefined {
	const text = target[name];
	return typeof text === 'string' ? parseDecimal(text) : undefined;
}

function linesOf(target: Target): readonly Target[] {
	return (Array.isArray(target.lines) ? target.lines : []) as readonly Target[];
}

function taxOf(line: Target): Target | undefined {
	return isRecord(line.tax) ? line.tax : undefined;
}

/**
 * VAT that the supplier does not charge may be booked on the line without being part of the total
 * (reverse charge). Where the total proves that, the amount charged is zero.
 */
function settleReverseCharge(target: Record<string, unknown>, decimals: number): void {
	const gross = amount(target, 'grossTotal');
	if (gross === undefined) return;
	const lines = linesOf(target);
	const net = sum(lines.map((line) => amount(line, 'netAmount') ?? ZERO));
	const taxes = (wanted: (tax: Target) => boolean): Decimal =>
		sum(
			lines
				.map(taxOf)
				.filter((tax) => tax !== undefined)
				.filter(wanted)
				.map((tax) => amount(tax, 'amount') ?? ZERO),
		);
	const all = taxes(() => true);
	const charged = taxes((tax) => tax.reverseCharge !== true);
	if (compare(add(net, all), gross) === 0 || compare(add(net, charged), gross) !== 0) return;
	for (const line of lines) {
		const tax = taxOf(line) as Record<string, unknown> | undefined;
		if (tax?.reverseCharge === true) tax.amount = formatDecimal(round(ZERO, decimals));
	}
	target.taxTotal = formatDecimal(round(charged, decimals));
}

/**
 * Where the amounts of a credit note were turned, quantity times price must turn with them: an
 * invoice line credits with a negative quantity, rarely with a negative price.
 */
export function turnQuantity(line: Record<string, unknown>): void {
	const quantity = amount(line, 'quantity');
	const price = amount(line, 'unitPrice');
	const net = amount(line, 'netAmount');
	if (quantity === undefined || price === undefined || net === undefined) return;
	const product = multiply(quantity, price).units;
	if (product === 0n || net.units === 0n || product < 0n === net.units < 0n) return;
	if (price.units < 0n) line.unitPrice = formatShortest(negate(price));
	else line.quantity = formatShortest(negate(quantity));
}

/** Per VAT code and percentage, in the order of the lines. */
function groupTaxes(lines: readonly Target[]): readonly Record<string, unknown>[] {
	const groups = new Map<string, Record<string, unknown>>();
	for (const line of lines) {
		const tax = taxOf(line);
		if (tax === undefined) continue;
		const key = JSON.stringify([tax.code, tax.percentage, tax.reverseCharge, tax.exempt]);
		const base = amount(tax, 'base') ?? amount(line, 'netAmount') ?? ZERO;
		const charged = amount(tax, 'amount') ?? ZERO;
		const group = groups.get(key);
		if (group === undefined) {
			groups.set(key, { ...tax, base: formatDecimal(base), amount: formatDecimal(charged) });
		} else {
			group.base = formatDecimal(add(amount(group, 'base') ?? ZERO, base));
			group.amount = formatDecimal(add(amount(group, 'amount') ?? ZERO, charged));
		}
	}
	return [...groups.values()];
}

/** Carries the booked totals; what Exact does not store is their difference. */
export function completeInvoice(target: Record<string, unknown>, decimals: number): void {
	settleReverseCharge(target, decimals);
	const lines = linesOf(target);
	const taxes = groupTaxes(lines);
	target.taxes = taxes;
	const gross = amount(target, 'grossTotal');
	const tax =
		amount(target, 'taxTotal') ?? sum(taxes.map((entry) => amount(entry, 'amount') ?? ZERO));
	target.taxTotal = formatDecimal(tax.scale < decimals ? round(tax, decimals) : tax);
	if (gross !== undefined) target.netTotal = formatDecimal(subtract(gross, tax));
}

/**
 * Exact does not say whether an order's AmountFC includes VAT, and some versions have
 * AmountFCExclVat beside it. The lines are what is ordered; the header must agree with them in one
 * of the ways it may be meant.
 */
export function completeOrder(target: Record<string, unknown>, row: Row, run: RuleRun): void {
	const decimals = run.context.currencyDecimals;
	const net = sum(linesOf(target).map((line) => amount(line, 'netAmount') ?? ZERO));
	const tax = amount(target, 'taxTotal') ?? ZERO;
	const shown = (value: Decimal): string =>
		formatDecimal(value.scale < decimals ? round(value, decimals) : value);
	target.netTotal = shown(net);
	target.taxTotal = shown(tax);
	target.grossTotal = shown(add(net, tax));
	const header = (field: string): Decimal | undefined => {
		const read = convert(row[field], 'amount', run.context);
		return read.state === 'value' ? parseDecimal(String(read.value)) : undefined;
	};
	const total = header('AmountFC');
	const excluding = header('AmountFCExclVat');
	const agrees =
		(total === undefined && excluding === undefined) ||
		(excluding !== undefined && compare(excluding, net) === 0) ||
		(total !== undefined && (compare(total, add(net, tax)) === 0 || compare(total, net) === 0));
	if (agrees) return;
	run.issues.push({
		code: 'DOCUMENT_TOTALS_MISMATCH',
		severity: 'error',
		path: 'AmountFC',
		message: `${run.subject}: the lines make ${shown(net)} and with VAT ${shown(add(net, tax))}, but the order total is ${shown(total ?? excluding ?? ZERO)}`,
	});
}
