/**
 * Decimal arithmetic on scaled integers. Amounts, quantities and prices travel as text
 * (`DecimalText`); sums are exact, rounding is asked for by name.
 */

/** Optional `-`, digits, optional `.` and digits. No exponent, no thousands separator, no `+`. */
export type DecimalText = string;

/** The value `units / 10^scale`. */
export interface Decimal {
	readonly units: bigint;
	readonly scale: number;
}

const DECIMAL_TEXT = /^-?\d+(?:\.\d+)?$/;

export const ZERO: Decimal = { units: 0n, scale: 0 };

export function isDecimalText(text: string): boolean {
	return DECIMAL_TEXT.test(text);
}

/** Parses canonical decimal text; `undefined` for anything else. */
export function parseDecimal(text: DecimalText): Decimal | undefined {
	if (!DECIMAL_TEXT.test(text)) return undefined;
	const point = text.indexOf('.');
	if (point < 0) return { units: BigInt(text), scale: 0 };
	return {
		units: BigInt(text.slice(0, point) + text.slice(point + 1)),
		scale: text.length - point - 1,
	};
}

/**
 * The decimal that a JSON number stands for: its shortest round-trip notation, so 0.1 is 0.1.
 * `undefined` for NaN and the infinities.
 */
export function decimalFromNumber(value: number): Decimal | undefined {
	if (!Number.isFinite(value)) return undefined;
	const [mantissa = '0', exponentText] = String(value).split('e');
	const parsed = parseDecimal(mantissa);
	if (parsed === undefined || exponentText === undefined) return parsed;
	const scale = parsed.scale - Number(exponentText);
	return scale >= 0
		? { units: parsed.units, scale }
		: { units: parsed.units * 10n ** BigInt(-scale), scale: 0 };
}

function unitsAt(value: Decimal, scale: number): bigint {
	return value.units * 10n ** BigInt(scale - value.scale);
}

export function add(a: Decimal, b: Decimal): Decimal {
	const scale = Math.max(a.scale, b.scale);
	return { units: unitsAt(a, scale) + unitsAt(b, scale), scale };
}

export function negate(value: Decimal): Decimal {
	return { units: -value.units, scale: value.scale };
}

export function subtract(a: Decimal, b: Decimal): Decimal {
	return add(a, negate(b));
}

export function multiply(a: Decimal, b: Decimal): Decimal {
	return { units: a.units * b.units, scale: a.scale + b.scale };
}

export function absolute(value: Decimal): Decimal {
	return value.units < 0n ? negate(value) : value;
}

/** -1, 0 or 1 */
export function compare(a: Decimal, b: Decimal): -1 | 0 | 1 {
	const scale = Math.max(a.scale, b.scale);
	const left = unitsAt(a, scale);
	const right = unitsAt(b, scale);
	return left < right ? -1 : left > right ? 1 : 0;
}

/** Rounds half away from zero (the commercial rule Exact uses) to `scale` decimals. */
export function round(value: Decimal, scale: number): Decimal {
	if (value.scale <= scale) return { units: unitsAt(value, scale), scale };
	const divisor = 10n ** BigInt(value.scale - scale);
	const magnitude = value.units < 0n ? -value.units : value.units;
	const rounded = (magnitude + divisor / 2n) / divisor;
	return { units: value.units < 0n ? -rounded : rounded, scale };
}

/** All decimals that the value's scale says, zeros included: 12.50 stays `12.50`. */
export function formatDecimal(value: Decimal): DecimalText {
	const negative = value.units < 0n;
	const digits = (negative ? -value.units : value.units).toString().padStart(value.scale + 1, '0');
	const sign = negative ? '-' : '';
	if (value.scale === 0) return sign + digits;
	const point = digits.length - value.scale;
	return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** Without zeros at the end: 12.50 becomes `12.5`, 3.00 becomes `3`, -0.00 becomes `0`. */
export function formatShortest(value: Decimal): DecimalText {
	let { units, scale } = value;
	while (scale > 0 && units % 10n === 0n) {
		units /= 10n;
		scale -= 1;
	}
	return formatDecimal({ units, scale });
}

export function sum(values: Iterable<Decimal>): Decimal {
	let total = ZERO;
	for (const value of values) total = add(total, value);
	return total;
}
