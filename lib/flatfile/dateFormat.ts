/** A wall-clock date and time. */
export interface DateParts {
	readonly year: number;
	readonly month: number;
	readonly day: number;
	readonly hour: number;
	readonly minute: number;
	readonly second: number;
	readonly millisecond: number;
}

export type DateWriter = (parts: DateParts) => string;

const MONTHS = [
	'JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC',
] as const; // prettier-ignore

const digits = (value: number, width: number) => String(value).padStart(width, '0');

/** The tokens of Luxon, which n8n's expressions use, as far as flat files need them. */
const TOKENS: Readonly<Record<string, DateWriter>> = {
	yyyy: (parts) => digits(parts.year, 4),
	yy: (parts) => digits(parts.year % 100, 2),
	MMM: (parts) => MONTHS[parts.month - 1] as string,
	MM: (parts) => digits(parts.month, 2),
	M: (parts) => String(parts.month),
	dd: (parts) => digits(parts.day, 2),
	d: (parts) => String(parts.day),
	ooo: (parts) => digits(dayOfYear(parts), 3),
	HH: (parts) => digits(parts.hour, 2),
	H: (parts) => String(parts.hour),
	mm: (parts) => digits(parts.minute, 2),
	ss: (parts) => digits(parts.second, 2),
	SSS: (parts) => digits(parts.millisecond, 3),
};

const PIECE = /'([^']*)'|([A-Za-z])\2*|[^A-Za-z']+/gy;

/** A writer for a format such as `yyyyMMdd`; undefined where the format has an unknown token. */
export function compileDateFormat(format: string): DateWriter | undefined {
	const writers: DateWriter[] = [];
	let length = 0;
	for (const match of format.matchAll(PIECE)) {
		const [piece, literal, letter] = match;
		length += piece.length;
		const token = letter === undefined ? undefined : TOKENS[piece];
		if (letter !== undefined && token === undefined) return undefined;
		writers.push(token ?? (() => literal ?? piece));
	}
	if (length !== format.length || writers.length === 0) return undefined;
	return (parts) => writers.map((write) => write(parts)).join('');
}

const ISO =
	/^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * Reads `YYYY-MM-DD` as a calendar day, an ISO date and time without zone as wall-clock time, and
 * one with zone as an instant that is shown in `timeZone`. Undefined for anything else.
 */
export function readDate(value: unknown, timeZone: string): DateParts | undefined {
	if (value instanceof Date) {
		return Number.isNaN(value.getTime()) ? undefined : inZone(value.getTime(), timeZone);
	}
	if (typeof value !== 'string') return undefined;
	const match = ISO.exec(value.trim());
	if (match === null) return undefined;
	const part = (index: number) => Number(match[index] ?? 0);
	const wall: DateParts = {
		year: part(1),
		month: part(2),
		day: part(3),
		hour: part(4),
		minute: part(5),
		second: part(6),
		millisecond: Number((match[7] ?? '').slice(0, 3).padEnd(3, '0')),
	};
	if (!exists(wall)) return undefined;
	const zone = match[8];
	if (zone === undefined) return wall;
	return inZone(utc(wall) - offsetMilliseconds(zone), timeZone);
}

function offsetMilliseconds(zone: string): number {
	if (zone.toUpperCase() === 'Z') return 0;
	const sign = zone.startsWith('-') ? -1 : 1;
	const plain = zone.slice(1).replace(':', '');
	return sign * (Number(plain.slice(0, 2)) * 60 + Number(plain.slice(2))) * 60_000;
}

function utc(parts: DateParts): number {
	const { year, month, day, hour, minute, second, millisecond } = parts;
	// Date.UTC takes the years 0 to 99 for 1900 to 1999.
	const date = new Date(Date.UTC(2000, month - 1, day, hour, minute, second, millisecond));
	date.setUTCFullYear(year, month - 1, day);
	return date.getTime();
}

/** 30 February and 24:00 do not. */
function exists(parts: DateParts): boolean {
	if (parts.month < 1 || parts.month > 12 || parts.hour > 23) return false;
	if (parts.minute > 59 || parts.second > 59 || parts.day < 1) return false;
	return new Date(utc({ ...parts, hour: 0 })).getUTCDate() === parts.day;
}

function dayOfYear(parts: DateParts): number {
	const day = { ...parts, hour: 0, minute: 0, second: 0, millisecond: 0 };
	return Math.round((utc(day) - utc({ ...day, month: 1, day: 1 })) / 86_400_000) + 1;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(timeZone: string): Intl.DateTimeFormat {
	let formatter = formatters.get(timeZone);
	if (formatter === undefined) {
		formatter = new Intl.DateTimeFormat('en-US', {
			timeZone,
			calendar: 'gregory',
			numberingSystem: 'latn',
			hourCycle: 'h23',
			year: 'numeric',
			month: 'numeric',
			day: 'numeric',
			hour: 'numeric',
			minute: 'numeric',
			second: 'numeric',
		});
		formatters.set(timeZone, formatter);
	}
	return formatter;
}

function inZone(epochMilliseconds: number, timeZone: string): DateParts {
	const found: Record<string, number> = {};
	for (const { type, value } of formatterFor(timeZone).formatToParts(epochMilliseconds)) {
		found[type] = Number(value);
	}
	const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = found;
	const millisecond = ((epochMilliseconds % 1000) + 1000) % 1000;
	return { year, month, day, hour, minute, second, millisecond };
}

export function isTimeZone(timeZone: string): boolean {
	try {
		formatterFor(timeZone);
		return true;
	} catch {
		return false;
	}
}

/** An ISO date and time in another form, such as the date of a file name; undefined where it is none. */
export function formatInstant(
	instant: string,
	timeZone: string,
	format: string,
): string | undefined {
	const parts = readDate(instant, timeZone);
	return parts === undefined ? undefined : compileDateFormat(format)?.(parts);
}
