import { decimalFromNumber, parseDecimal, round } from '../decimal';
import type { Decimal } from '../decimal';
import type { Field } from './layout';
import { showValue, valueProblem } from './problem';
import type { Note } from './problem';

/** A number that could not be read; it has been noted. */
export const UNREADABLE = Symbol('unreadable');

/** The decimal a value stands for; undefined for what is not a number. */
export function toDecimal(value: unknown): Decimal | undefined {
	if (typeof value === 'number') return decimalFromNumber(value);
	if (typeof value === 'string') return parseDecimal(value.trim());
	if (typeof value === 'bigint') return { units: value, scale: 0 };
	return undefined;
}

/** The value in units of the field's last decimal. */
export function readUnits(field: Field, value: unknown, note: Note): bigint | typeof UNREADABLE {
	const decimal = toDecimal(value);
	if (decimal === undefined) {
		note(
			valueProblem(
				'FLATFILE_VALUE_INVALID',
				value,
				`${showNumber(value)} is not a number; numbers are written like -1234.56`,
				'a number',
			),
		);
		return UNREADABLE;
	}
	if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
		note(
			valueProblem(
				'FLATFILE_VALUE_INVALID',
				value,
				`${value} came as a JSON number, which cannot hold so many digits; pass it as text`,
				'a number of at most 15 digits, or a text',
			),
		);
		return UNREADABLE;
	}
	const exact = atScale(decimal, field.decimals);
	if (exact !== undefined) return exact;
	const cleaned = typeof value === 'number' ? withoutNoise(value, field.decimals) : undefined;
	if (cleaned !== undefined) return cleaned;
	if (field.rounding === 'half-up') return round(decimal, field.decimals).units;
	note(
		valueProblem(
			'FLATFILE_VALUE_DECIMALS',
			value,
			`${showNumber(value)} has more than ${field.decimals} decimals; give the field more decimals, or set 'rounding' to 'half-up'`,
			`at most ${field.decimals} decimals`,
		),
	);
	return UNREADABLE;
}

function showNumber(value: unknown): string {
	return typeof value === 'number' ? String(value) : showValue(value);
}

/** Undefined where the value has more decimals than `scale`, zeros at the end apart. */
function atScale(decimal: Decimal, scale: number): bigint | undefined {
	if (decimal.scale <= scale) return decimal.units * 10n ** BigInt(scale - decimal.scale);
	const divisor = 10n ** BigInt(decimal.scale - scale);
	return decimal.units % divisor === 0n ? decimal.units / divisor : undefined;
}

/**
 * Services that compute in doubles send 0.30000000000000004 for 0.3. A double carries 15 digits
 * faithfully; where those fit the field and differ from the value by its last bits only, they are
 * what was meant. Anything that differs by more is a real digit and is not dropped.
 */
function withoutNoise(value: number, scale: number): bigint | undefined {
	const meant = Number(value.toPrecision(15));
	if (Math.abs(meant - value) > 4 * Number.EPSILON * Math.abs(value)) return undefined;
	const decimal = decimalFromNumber(meant);
	return decimal === undefined ? undefined : atScale(decimal, scale);
}

/** What the whole file decides about its numbers. */
export interface NumberStyle {
	readonly decimalMark: string;
	/** See `Charset.zonedZeros`. */
	readonly zonedZeros: readonly [positive: string, negative: string];
}

/** `A`–`I` for +1 to +9, `J`–`R` for -1 to -9: the zoned sign of IBM systems, behind the zeros. */
const ZONED_POSITIVE = 'ABCDEFGHI';
const ZONED_NEGATIVE = 'JKLMNOPQR';

interface SignedDigits {
	readonly before: string;
	readonly digits: string;
	readonly after: string;
}

function withSign(
	field: Field,
	negative: boolean,
	digits: string,
	zonedZeros: NumberStyle['zonedZeros'],
): SignedDigits {
	const plain = { before: '', digits, after: '' };
	switch (field.sign) {
		case 'none':
		case 'absolute':
			return plain;
		case 'leading':
			return negative ? { ...plain, before: '-' } : plain;
		case 'leadingPlus':
			return { ...plain, before: negative ? '-' : '+' };
		case 'trailing':
			return { ...plain, after: negative ? '-' : ' ' };
		case 'trailingPlus':
			return { ...plain, after: negative ? '-' : '+' };
		case 'overpunch':
		case 'overpunchNegative': {
			if (!negative && field.sign === 'overpunchNegative') return plain;
			const [positiveZero, negativeZero] = zonedZeros;
			const zone = negative ? negativeZero + ZONED_NEGATIVE : positiveZero + ZONED_POSITIVE;
			return { ...plain, digits: digits.slice(0, -1) + zone[Number(digits.at(-1))] };
		}
	}
}

/** Digits with as many before the point as there are, at least `leading`. */
function plainDigits(units: bigint, decimals: number, leading: number): string {
	const magnitude = units < 0n ? -units : units;
	return magnitude.toString().padStart(decimals + leading, '0');
}

/** 1234.56 as the field says, at its width. Undefined where it has been noted. */
export function formatFixed(
	field: Field,
	units: bigint,
	style: NumberStyle,
	note: Note,
): string | undefined {
	const negative = units < 0n;
	if (negative && field.sign === 'none') {
		note(
			valueProblem(
				'FLATFILE_VALUE_NEGATIVE',
				formatPlain(field, units, '.'),
				`${formatPlain(field, units, '.')} is negative, the field has no sign; set 'sign' of the field, or 'absolute' beside a field of type 'sign'`,
				'zero or more',
			),
		);
		return undefined;
	}
	if (field.storage === 'packed') return formatPacked(field, units, note);
	if (field.storage === 'binary') return formatBinary(field, units, note);
	const explicit = field.point === 'explicit' && field.decimals > 0;
	const all = plainDigits(units, field.decimals, explicit || field.decimals === 0 ? 1 : 0);
	const point = all.length - field.decimals;
	const digits = explicit ? `${all.slice(0, point)}${style.decimalMark}${all.slice(point)}` : all;
	const signed = withSign(field, negative, digits, style.zonedZeros);
	const width = field.width as number;
	const length = signed.before.length + signed.digits.length + signed.after.length;
	if (length > width) {
		tooWide(field, units, `${length} characters`, `${width}`, note);
		return undefined;
	}
	const fill = field.pad.repeat(width - length);
	const { before, after } = signed;
	if (field.align === 'left') return before + signed.digits + after + fill;
	// Zeros stand between the sign and the digits, any other filling before the sign.
	return field.pad === '0'
		? before + fill + signed.digits + after
		: fill + before + signed.digits + after;
}

function tooWide(field: Field, units: bigint, length: string, width: string, note: Note): void {
	const plain = formatPlain(field, units, '.');
	note(
		valueProblem(
			'FLATFILE_VALUE_TOO_LONG',
			plain,
			`${plain} takes ${length}, the field has ${width}; widen the field; a number is never cut`,
			`at most ${width}`,
		),
	);
}

/**
 * Bytes that a number of so many digits takes. Binary: 2, 4 or 8, as COBOL allots them (IBM
 * Enterprise COBOL, Language Reference, USAGE clause); undefined above 18 digits. Packed: two digits
 * a byte and the sign.
 */
export function storedWidth(storage: 'packed' | 'binary', digits: number): number | undefined {
	if (storage === 'packed') return Math.floor(digits / 2) + 1;
	return [2, 4, 8].find((_, index) => digits <= ([4, 9, 18][index] as number));
}

function isUnsigned(field: Field): boolean {
	return field.sign === 'none' || field.sign === 'absolute';
}

/** The bytes of a hexadecimal text, one character each. */
function bytesOf(hexadecimal: string): string {
	return Buffer.from(hexadecimal, 'hex').toString('latin1');
}

/** Binary-coded decimal, two digits a byte, the last half byte the sign: C, D, or F for unsigned. */
function formatPacked(field: Field, units: bigint, note: Note): string | undefined {
	const halves = (field.width as number) * 2 - 1;
	const capacity = field.digits ?? halves;
	const digits = plainDigits(units, field.decimals, 0);
	if (digits.length > capacity) {
		tooWide(field, units, `${digits.length} digits`, `${capacity} digits`, note);
		return undefined;
	}
	const sign = isUnsigned(field) ? 'F' : units < 0n ? 'D' : 'C';
	return bytesOf(digits.padStart(halves, '0') + sign);
}

/**
 * Big-endian two's complement, as COBOL's COMP. With `digits` the picture is the limit, because
 * COBOL drops the digits in front of it; without, all that the bytes hold (COMP-5).
 */
function formatBinary(field: Field, units: bigint, note: Note): string | undefined {
	const width = field.width as number;
	const bits = BigInt(width * 8);
	const value = field.sign === 'absolute' && units < 0n ? -units : units;
	const [lowest, highest] = binaryRange(field, bits);
	if (value < lowest || value > highest) {
		const plain = (limit: bigint) => formatPlain(field, limit, '.');
		note(
			valueProblem(
				'FLATFILE_VALUE_TOO_LONG',
				plain(units),
				`${plain(units)} is outside ${plain(lowest)} to ${plain(highest)}, which the field's ${width} bytes are for; widen the field; a number is never cut`,
				`${plain(lowest)} to ${plain(highest)}`,
			),
		);
		return undefined;
	}
	return bytesOf(
		BigInt.asUintN(width * 8, value)
			.toString(16)
			.padStart(width * 2, '0'),
	);
}

function binaryRange(field: Field, bits: bigint): readonly [bigint, bigint] {
	const unsigned = isUnsigned(field);
	if (field.digits !== undefined) {
		const limit = 10n ** BigInt(field.digits) - 1n;
		return [unsigned ? 0n : -limit, limit];
	}
	return unsigned ? [0n, 2n ** bits - 1n] : [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n];
}

/** As CSV and messages show it: a leading minus, the decimal mark always there. */
export function formatPlain(field: Field, units: bigint, decimalMark: string): string {
	const digits = plainDigits(units, field.decimals, 1);
	const sign = units < 0n && field.sign !== 'absolute' ? '-' : '';
	if (field.decimals === 0) return sign + digits;
	const point = digits.length - field.decimals;
	return `${sign}${digits.slice(0, point)}${decimalMark}${digits.slice(point)}`;
}
