import { formatShortest, multiply, parseDecimal, round } from '../decimal';
import type { Decimal } from '../decimal';
import { readPrice } from '../documents';
import type { RowPlace, RuleRun } from './applyRules';
import { convert } from './convert';
import type { MappingOptions } from './options';
import { getPath } from './paths';
import type { Row } from './paths';
import type { DocumentResource } from './rules';

type Line = Record<string, unknown>;

/**
 * Quantity in item units, beside the one in the unit of the line. Source: Exact Online REST
 * reference, PurchaseOrderLines (Quantity: "in item units", UnitPrice: "per purchase unit") and
 * PurchaseInvoiceLines.
 */
const QUANTITIES: Readonly<
	Partial<Record<DocumentResource, { readonly ordered: string; readonly items: string }>>
> = {
	purchaseOrder: { ordered: 'QuantityInPurchaseUnits', items: 'Quantity' },
	purchaseInvoice: { ordered: 'Quantity', items: 'QuantityInDefaultUnits' },
};

/** Decimals of a price that was converted: the amount of a million units is right to the cent. */
const PRICE_DECIMALS = 6;

function decimalOf(row: Row, field: string, run: RuleRun): Decimal | undefined {
	const read = convert(row[field], 'decimal', run.context);
	return read.state === 'value' ? parseDecimal(String(read.value)) : undefined;
}

/** `a × b ÷ c` with the decimals of a converted price. */
function scaled(a: Decimal, b: Decimal, c: Decimal): Decimal {
	const product = multiply(a, b);
	const wanted = PRICE_DECIMALS + 2 + c.scale;
	const units = (product.units * 10n ** BigInt(wanted)) / c.units;
	return round({ units, scale: product.scale + PRICE_DECIMALS + 2 }, PRICE_DECIMALS);
}

function textOf(line: Line, name: string): string | undefined {
	const value = line[name];
	return typeof value === 'string' ? value : undefined;
}

function makesAmount(line: Line, more: Partial<Record<string, string>>, currency: string): boolean {
	const text = (name: string): string => more[name] ?? textOf(line, name) ?? '';
	const read = readPrice(
		{
			quantity: text('quantity'),
			unitPrice: text('unitPrice'),
			netAmount: text('netAmount'),
			...(text('discountPercentage') === ''
				? {}
				: { discountPercentage: text('discountPercentage') }),
		},
		currency,
	);
	return read === undefined || read.fits;
}

/** Sees to it that quantity, unit and price of a line are of one unit, and the price of one kind. */
export function completePrice(
	resource: DocumentResource,
	row: Row,
	line: Line,
	options: MappingOptions,
	currency: string,
	run: RuleRun,
	place: RowPlace,
): void {
	const fields = QUANTITIES[resource];
	const price = parseDecimal(textOf(line, 'unitPrice') ?? '');
	if (fields === undefined || price === undefined) return;
	// NetPrice has the discount taken off; UnitPrice, the second choice, has not.
	const discount = convert(row.Discount, 'discount', run.context);
	if (
		convert(row.NetPrice, 'decimal', run.context).state === 'empty' &&
		discount.state === 'value'
	) {
		line.discountPercentage = discount.value;
		line.priceType = 'list';
	}
	const ordered = decimalOf(row, fields.ordered, run);
	const items = decimalOf(row, fields.items, run);
	if (ordered === undefined || items === undefined) return;
	if (ordered.units === 0n || items.units === 0n) return;
	const itemsText = formatShortest(items);
	if (formatShortest(ordered) === itemsText) return;
	// Two units are in play; a quantity in purchase units needs the purchase unit beside it.
	if (resource === 'purchaseOrder') {
		const unit = convert(getPath(row, 'supplierItem.PurchaseUnit'), 'text', run.context);
		if (unit.state === 'value') line.unit = unit.value;
	}
	if (options.priceFor === 'itemUnit') {
		line.unitPrice = formatShortest(scaled(price, items, ordered));
		return;
	}
	if (makesAmount(line, {}, currency) || !makesAmount(line, { quantity: itemsText }, currency)) {
		return;
	}
	const shown = `${String(line.unitPrice)}`;
	run.issues.push({
		code: 'MAPPING_PRICE_UNIT',
		severity: 'error',
		path: `${place.prefix}${row.NetPrice === undefined ? 'UnitPrice' : 'NetPrice'}`,
		message: `${run.subject}: ${place.label}${String(line.quantity)} x ${shown} is not the amount ${String(line.netAmount)}, but ${itemsText} x ${shown} is: the price is for one item unit; set 'Price For' to 'One Item Unit'`,
	});
}
