import type { FieldType } from './entities.ts';

/** A stored value in the form that filters compare: dates are wall-clock milliseconds. */
export type WireValue = string | number | bigint | boolean | null;
export type WireRow = Record<string, WireValue>;
/** A row as people write it: ISO dates, a missing field is null. */
export type PlainRow = Record<string, unknown>;

const HOUR = 3_600_000;

function lastSundayAtOneUtc(year: number, month: number): number {
	const last = new Date(Date.UTC(year, month + 1, 0, 1));
	return last.getTime() - last.getUTCDay() * 24 * HOUR;
}

/** Offset of Europe/Amsterdam: summer time from the last Sunday of March to that of October, 01:00 UTC. */
export function amsterdamOffset(utcMs: number): number {
	const year = new Date(utcMs).getUTCFullYear();
	const summer = utcMs >= lastSundayAtOneUtc(year, 2) && utcMs < lastSundayAtOneUtc(year, 9);
	return summer ? 2 * HOUR : HOUR;
}

export type DateEncoding = 'amsterdam' | 'utc';

/** Exact writes the wall-clock of Amsterdam as if it were UTC (developer FAQ: "in the CET time and not GMT"). */
export function toWallClock(utcMs: number, encoding: DateEncoding): number {
	return encoding === 'amsterdam' ? utcMs + amsterdamOffset(utcMs) : utcMs;
}

const DATE_ONLY = /^(\d{4})-(\d\d)-(\d\d)$/;

export function toWire(value: unknown, type: FieldType, encoding: DateEncoding): WireValue {
	if (value === undefined || value === null) return null;
	switch (type) {
		case 'DateTime': {
			const text = String(value);
			const date = DATE_ONLY.exec(text);
			// A date without a time is midnight on the wall, in every zone.
			if (date) return Date.UTC(Number(date[1]), Number(date[2]) - 1, Number(date[3]));
			const instant = new Date(text).getTime();
			if (Number.isNaN(instant)) throw new Error(`not a date: ${text}`);
			return toWallClock(instant, encoding);
		}
		case 'Int64':
			return BigInt(String(value));
		case 'Guid':
			return String(value).toLowerCase();
		case 'Boolean':
			return Boolean(value);
		case 'Byte':
			return typeof value === 'boolean' ? Number(value) : Number(value);
		case 'Double':
		case 'Int16':
		case 'Int32': {
			const number = Number(value);
			if (!Number.isFinite(number)) throw new Error(`not a number: ${String(value)}`);
			return number;
		}
		default:
			return String(value);
	}
}

/** The JSON form: `/Date(ms)/`, Int64 in quotes, everything else as it is. */
export function toJson(value: WireValue, type: FieldType, isoDates: boolean): unknown {
	if (value === null) return null;
	if (type === 'DateTime') {
		return isoDates ? new Date(Number(value)).toISOString().slice(0, 19) : `/Date(${value})/`;
	}
	return typeof value === 'bigint' ? value.toString() : value;
}
