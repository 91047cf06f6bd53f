import { parseDecimal } from '../../../decimal';
import type { DecimalText } from '../../../decimal';

/**
 * Decimal text as X12 numbers. All on text: converting digits is exact and cheap, and an amount
 * that does not fit is left as it is, so that validation sees it.
 */

function withoutLeadingZeros(digits: string): string {
	let start = 0;
	while (start < digits.length - 1 && digits.charCodeAt(start) === 48) start += 1;
	return start === 0 ? digits : digits.slice(start);
}

/** N2 (implied decimals, X12.6): `420.90` → `42090`, `-0.05` → `-5`. */
export function impliedCents(text: DecimalText): string {
	const negative = text.charCodeAt(0) === 45;
	const start = negative ? 1 : 0;
	const point = text.indexOf('.');
	let digits: string;
	if (point < 0) digits = `${text.slice(start)}00`;
	else {
		const decimals = text.length - point - 1;
		if (decimals > 2 && !/^0*$/.test(text.slice(point + 3))) return text;
		digits = text.slice(start, point) + text.slice(point + 1, point + 3);
		if (decimals === 1) digits += '0';
	}
	digits = withoutLeadingZeros(digits);
	return negative && digits !== '0' ? `-${digits}` : digits;
}

/** R (explicit point): without zeros that say nothing: `12.50` → `12.5`, `3.00` → `3`, `0.21` → `.21`. */
export function realNumber(text: DecimalText): string {
	const negative = text.charCodeAt(0) === 45;
	let start = negative ? 1 : 0;
	let end = text.length;
	const point = text.indexOf('.');
	if (point >= 0) {
		while (end > point + 1 && text.charCodeAt(end - 1) === 48) end -= 1;
		if (end === point + 1) end = point;
	}
	const whole = point < 0 ? end : point;
	while (start < whole - 1 && text.charCodeAt(start) === 48) start += 1;
	if (end > whole && whole - start === 1 && text.charCodeAt(start) === 48) start += 1;
	if (!negative && start === 0 && end === text.length) return text;
	const number = text.slice(start, end);
	return negative && number !== '0' ? `-${number}` : number;
}

export function negated(text: DecimalText): DecimalText {
	if (text.charCodeAt(0) === 45) return text.slice(1);
	return /^[0.]*$/.test(text) ? text : `-${text}`;
}

export function isNegative(text: DecimalText): boolean {
	return text.charCodeAt(0) === 45 && !/^-[0.]*$/.test(text);
}

export function magnitude(text: DecimalText): DecimalText {
	return text.charCodeAt(0) === 45 ? text.slice(1) : text;
}

/** Percentage points as a fraction, for TXI03: `21` → `.21`, `5.5` → `.055`. */
export function fraction(percentage: DecimalText): string {
	// Whole rates of two digits: nearly all VAT rates there are.
	if (percentage.length === 2 && /^[1-9]\d$/.test(percentage)) {
		return percentage.charCodeAt(1) === 48 ? `.${percentage.charAt(0)}` : `.${percentage}`;
	}
	const negative = percentage.charCodeAt(0) === 45;
	const digits = negative ? percentage.slice(1) : percentage;
	const point = digits.indexOf('.');
	const whole = (point < 0 ? digits : digits.slice(0, point)).padStart(3, '0');
	const decimals = point < 0 ? '' : digits.slice(point + 1);
	const shifted = `${whole.slice(0, -2)}.${whole.slice(-2)}${decimals}`;
	return realNumber(negative ? `-${shifted}` : shifted);
}

/**
 * Amounts as whole cents in a number, while all of them are exact (below 2^53); `undefined` sends
 * the caller to `lib/decimal`.
 */
export function safeCents(text: DecimalText): number | undefined {
	if (text.length > 14) return undefined;
	let cents = 0;
	let decimals = -1;
	let index = text.charCodeAt(0) === 45 ? 1 : 0;
	const negative = index === 1;
	if (index === text.length) return undefined;
	for (; index < text.length; index += 1) {
		const code = text.charCodeAt(index);
		if (code >= 48 && code <= 57) {
			cents = cents * 10 + (code - 48);
			if (decimals >= 0) decimals += 1;
		} else if (code === 46 && decimals < 0) decimals = 0;
		else return undefined;
	}
	if (decimals < 0) cents *= 100;
	else if (decimals === 1) cents *= 10;
	else if (decimals !== 2) return undefined;
	return negative ? -cents : cents;
}

/** Whether the amount has at most two decimals, so that N2 can carry it. */
export function fitsCents(text: DecimalText): boolean {
	const value = parseDecimal(text);
	return value !== undefined && /^-?\d+$/.test(impliedCents(text));
}
