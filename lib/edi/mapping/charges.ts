import { add, formatDecimal, negate, parseDecimal, ZERO } from '../../decimal';
import type { DecimalText } from '../../decimal';
import type { BusinessDocument, InvoiceLine } from '../../documents';
import type { Guideline } from './guideline';
import { templateScopeOf } from './templates';

/** A line of an invoice that the partner gets as a charge (or allowance) of the whole invoice. */
export interface Charge {
	readonly line: InvoiceLine;
	readonly code: string;
	readonly description: string | undefined;
	readonly isAllowance: boolean;
	/** Without a sign. */
	readonly amount: DecimalText;
}

/** The lines of an invoice apart: what stays a line keeps its place in the list. */
export interface SplitLines {
	readonly lines: readonly (InvoiceLine | undefined)[];
	readonly charges: readonly Charge[];
	/** Sum of the lines that stay. */
	readonly lineTotal: DecimalText;
}

function chargeOf(
	line: InvoiceLine,
	{ code, description }: { readonly code: string; readonly description: string },
): Charge {
	const amount = parseDecimal(line.netAmount) ?? ZERO;
	const isAllowance = amount.units < 0n;
	return {
		line,
		code,
		description: description || line.description,
		isAllowance,
		amount: isAllowance ? formatDecimal(negate(amount)) : line.netAmount,
	};
}

/** Splits an invoice by the charges of the guideline; other documents have none. */
export function splitLines(
	document: BusinessDocument,
	guideline: Guideline,
	set: string,
): SplitLines {
	if (document.type !== 'invoice') return { lines: [], charges: [], lineTotal: '0' };
	const rows = guideline.sets.get(set)?.charges ?? [];
	if (rows.length === 0) {
		return { lines: document.lines, charges: [], lineTotal: document.netTotal };
	}
	const charges: Charge[] = [];
	let total = ZERO;
	const lines = document.lines.map((line) => {
		const scope = templateScopeOf(document, line);
		const row = rows.find(({ when }) => when.holds(scope));
		if (row === undefined) {
			total = add(total, parseDecimal(line.netAmount) ?? ZERO);
			return line;
		}
		charges.push(chargeOf(line, row));
		return undefined;
	});
	return { lines, charges, lineTotal: formatDecimal(total) };
}
