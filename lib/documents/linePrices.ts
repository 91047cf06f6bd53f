import { absolute, add, compare, multiply, parseDecimal, subtract, ZERO } from '../decimal';
import type { Decimal, DecimalText } from '../decimal';
import { currencyDecimals } from './currency';

/** What a line says of its price; ledger lines say nothing. */
export interface PricedLine {
	readonly quantity?: DecimalText;
	readonly unitPrice?: DecimalText;
	readonly discountPercentage?: DecimalText;
	readonly priceType?: PriceType;
	readonly netAmount: DecimalText;
}

/** `net`: the discount is taken off already; `list`: it still comes off. */
export type PriceType = 'net' | 'list';

export interface PriceReading {
	readonly type: PriceType;
	/** Quantity times price, less the discount of a list price. */
	readonly computed: Decimal;
	/** Computed and booked amount are one and the same, not only within what rounding explains. */
	readonly exact: boolean;
	/** The amount is no further away than the rounding of the price explains. */
	readonly fits: boolean;
}

const HUNDRED: Decimal = { units: 100n, scale: 0 };
const HUNDREDTH: Decimal = { units: 1n, scale: 2 };

/**
 * A price was rounded at its last decimal, and an amount at the currency's. A price written without
 * decimals (`5`) is a price in money (`5.00`).
 */
function tolerance(quantity: Decimal, price: Decimal, decimals: number): Decimal {
	const halfPrice: Decimal = { units: 5n, scale: Math.max(price.scale, decimals) + 1 };
	const halfCent: Decimal = { units: 5n, scale: decimals + 1 };
	return add(multiply(absolute(quantity), halfPrice), halfCent);
}

/**
 * How quantity, price, discount and amount of a line agree; `undefined` for a line without a
 * quantity or a price. Where the line does not say what its price is, the amount tells.
 */
export function readPrice(line: PricedLine, currency: string): PriceReading | undefined {
	const quantity = parseDecimal(line.quantity ?? '');
	const price = parseDecimal(line.unitPrice ?? '');
	const amount = parseDecimal(line.netAmount);
	if (quantity === undefined || price === undefined || amount === undefined) return undefined;
	const decimals = currencyDecimals(currency);
	const limit = tolerance(quantity, price, decimals);
	const product = multiply(quantity, price);
	const read = (type: PriceType, computed: Decimal): PriceReading & { readonly off: Decimal } => {
		const off = absolute(subtract(computed, amount));
		return { type, computed, off, exact: off.units === 0n, fits: compare(off, limit) <= 0 };
	};
	const net = read('net', product);
	const discount = parseDecimal(line.discountPercentage ?? '0') ?? ZERO;
	if (discount.units === 0n || line.priceType === 'net') return net;
	const share = multiply(subtract(HUNDRED, discount), HUNDREDTH);
	const list = read('list', multiply(product, share));
	if (line.priceType === 'list') return list;
	// A small discount may lie within what rounding explains: the nearer one is meant.
	if (net.fits !== list.fits) return net.fits ? net : list;
	return compare(net.off, list.off) <= 0 && net.fits ? net : list;
}
