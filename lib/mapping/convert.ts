import {
	absolute,
	compare,
	decimalFromNumber,
	formatDecimal,
	formatShortest,
	multiply,
	negate,
	parseDecimal,
	round,
	subtract,
} from '../decimal';
import type { Decimal } from '../decimal';
import { hasGtinCheckDigit, isIsoDate } from '../documents';
import type { Conversion } from './rules';

export type Converted =
	| { readonly state: 'value'; readonly value: string | number | boolean }
	| { readonly state: 'empty' }
	| { readonly state: 'invalid'; readonly expected: string };

const EMPTY: Converted = { state: 'empty' };
const ok = (value: string | number | boolean): Converted => ({ state: 'value', value });
const invalid = (expected: string): Converted => ({ state: 'invalid', expected });

const HUNDRED: Decimal = { units: 100n, scale: 0 };
/** Exact keeps at most a handful of decimals; a double's noise is far below this. */
const NOISE: Decimal = { units: 1n, scale: 9 };

/** 571.5400000000001 is 571.54; a value that really has more decimals keeps them. */
function withoutNoise(value: Decimal, decimals: number): Decimal {
	if (value.scale <= decimals) return value;
	const rounded = round(value, decimals);
	return compare(absolute(subtract(value, rounded)), NOISE) < 0 ? rounded : value;
}

function readDecimal(value: unknown): Decimal | undefined {
	if (typeof value === 'number') return decimalFromNumber(value);
	return typeof value === 'string' ? parseDecimal(value.trim()) : undefined;
}

/** Amounts carry the currency's decimals, so that 600.1 and 600.10 are one text. */
function convertAmount(value: unknown, decimals: number, turnSign: boolean): Converted {
	const read = readDecimal(value);
	if (read === undefined) return invalid('a number');
	const clean = withoutNoise(read, decimals);
	const padded = clean.scale < decimals ? round(clean, decimals) : clean;
	const shown = turnSign && padded.units !== 0n ? negate(padded) : padded;
	return ok(formatDecimal(shown));
}

/** What the Exact node emits is a date; raw output is `/Date(ms)/`, a local midnight as UTC. */
function convertDate(value: unknown): Converted {
	if (typeof value !== 'string') return invalid('a date as YYYY-MM-DD');
	const text = value.trim();
	const raw = /^\/Date\((-?\d+)\)\/$/.exec(text);
	const day = raw
		? new Date(Number(raw[1])).toISOString().slice(0, 10)
		: // Without a zone it is Exact's wall clock, whose day is the day; with one only midnight is.
			text.replace(/T(?:\d{2}:\d{2}:\d{2}(?:\.\d+)?|00:00:00(?:\.0+)?Z)$/, '');
	return isIsoDate(day) ? ok(day) : invalid('a date as YYYY-MM-DD');
}

function convertText(value: unknown): Converted {
	if (typeof value === 'string') return ok(value.trim());
	if (typeof value === 'number' && Number.isFinite(value)) return ok(String(value));
	return invalid('text');
}

function convertInteger(value: unknown): Converted {
	const number = typeof value === 'string' && /^-?\d+$/.test(value.trim()) ? Number(value) : value;
	return Number.isSafeInteger(number) ? ok(number as number) : invalid('a whole number');
}

function convertFraction(value: unknown): Converted {
	const read = readDecimal(value);
	if (read === undefined) return invalid('a fraction, such as 0.21');
	return ok(formatShortest(multiply(withoutNoise(read, 6), HUNDRED)));
}

export interface ConversionContext {
	readonly currencyDecimals: number;
	readonly turnSign: boolean;
}

/** Reads one value; empty texts and nulls are absent, whatever the conversion. */
export function convert(value: unknown, as: Conversion, context: ConversionContext): Converted {
	if (value === undefined || value === null) return EMPTY;
	if (typeof value === 'string' && value.trim() === '') return EMPTY;
	switch (as) {
		case 'text':
			return convertText(value);
		case 'reference': {
			const text = convertText(value);
			return text.state === 'value' && text.value === '0' ? EMPTY : text;
		}
		case 'date':
			return convertDate(value);
		case 'amount':
			return convertAmount(value, context.currencyDecimals, context.turnSign);
		case 'amountOrNone': {
			const amount = convertAmount(value, context.currencyDecimals, context.turnSign);
			return amount.state === 'value' && !/[1-9]/.test(String(amount.value)) ? EMPTY : amount;
		}
		case 'decimal': {
			const read = readDecimal(value);
			return read ? ok(formatShortest(withoutNoise(read, 8))) : invalid('a number');
		}
		case 'percentage':
			return convertFraction(value);
		case 'discount': {
			const percentage = convertFraction(value);
			return percentage.state === 'value' && percentage.value === '0' ? EMPTY : percentage;
		}
		case 'integer':
			return convertInteger(value);
		case 'count': {
			const number = convertInteger(value);
			return number.state === 'value' && number.value === 0 ? EMPTY : number;
		}
		case 'flag':
			return typeof value === 'boolean' ? (value ? ok(true) : EMPTY) : invalid('true or false');
		case 'vatTypeNone':
			return value === 'N' ? ok(true) : EMPTY;
		case 'country': {
			const text = typeof value === 'string' ? value.trim().toUpperCase() : '';
			return /^[A-Z]{2}$/.test(text) ? ok(text) : invalid('two letters, such as NL');
		}
		case 'account':
			return typeof value === 'string' ? ok(value.replace(/\s+/g, '')) : invalid('text');
		case 'gtin':
			return typeof value === 'string' && hasGtinCheckDigit(value.trim())
				? ok(value.trim())
				: EMPTY;
	}
}
