import { isRecord } from '../text';
import type { EdmType, FieldTable } from './resources/fieldTable';
import type { DateEncoding } from './wallClock';
import { fromWallClock, wallClockText } from './wallClock';

export type JsonValue =
	| string
	| number
	| boolean
	| null
	| JsonValue[]
	| { [name: string]: JsonValue };
export type Row = { [name: string]: JsonValue };

/** These carry a time of day; every other DateTime of Exact is a calendar day. */
const INSTANT =
	/^(Created|Modified|DeletedDate|Approved|.*Selected|DivisionMoveDate|DivisionHRLinkUnlinkDate)$/;

/** Int64 beyond 2^53 loses digits in JSON numbers, so a bare one is quoted before parsing. */
const BARE_INT64 = /"(Timestamp|TimeStampAsBigInt|HID|Hid|Legislation)"\s*:\s*(-?\d{16,})/g;

export function parseBody(body: string): unknown {
	return JSON.parse(body.replace(BARE_INT64, '"$1":"$2"'));
}

export interface Page {
	readonly rows: readonly Row[];
	readonly next: string | undefined;
	/** Of the whole result, where `$inlinecount` asked for it. */
	readonly total: number | undefined;
	/** What a function such as UserHasRights returns. */
	readonly value: JsonValue | undefined;
}

/** The shapes Exact answers in: `{d:{results}}`, `{d:[…]}`, `{d:{…}}`, `{d:true}`; else `undefined`. */
export function pageFrom(parsed: unknown): Page | undefined {
	if (!isRecord<JsonValue>(parsed) || !('d' in parsed)) return undefined;
	const d = parsed.d as JsonValue;
	const plain = { next: undefined, total: undefined, value: undefined };
	if (Array.isArray(d)) return { ...plain, rows: d.filter(isRecord<JsonValue>) };
	if (!isRecord<JsonValue>(d)) return { ...plain, rows: [], value: d };
	if (!Array.isArray(d.results)) return { ...plain, rows: [d], value: d };
	const count = d.__count;
	return {
		rows: d.results.filter(isRecord<JsonValue>),
		next: typeof d.__next === 'string' && d.__next !== '' ? d.__next : undefined,
		total: count === undefined || count === null ? undefined : Number(count),
		value: undefined,
	};
}

const MS_DATE = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(Z?)$/;

/** Milliseconds on Exact's wall clock, whichever of its two notations came. */
export function wallClockOf(value: JsonValue | undefined): number | undefined {
	if (typeof value !== 'string') return undefined;
	const milliseconds = MS_DATE.exec(value)?.[1];
	if (milliseconds !== undefined) return Number(milliseconds);
	if (!ISO_DATE.test(value)) return undefined;
	const parsed = Date.parse(value.endsWith('Z') ? value : `${value}Z`);
	return Number.isNaN(parsed) ? undefined : parsed;
}

function decodeDate(name: string, value: JsonValue, encoding: DateEncoding): JsonValue {
	const wall = wallClockOf(value);
	if (wall === undefined) return value;
	if (INSTANT.test(name)) return new Date(fromWallClock(wall, encoding)).toISOString();
	const text = wallClockText(wall);
	// A calendar day is exactly midnight and is never shifted by a zone.
	return text.endsWith('T00:00:00.000') ? text.slice(0, 10) : text;
}

/** More than a hundred roundings of a double, less than the last decimal of any amount or rate. */
const NOISE = 2e-14;

/**
 * Exact adds amounts up in binary fractions: 6400.000000000002 was booked as 6400. A double is sure
 * to 15 digits; where 12 of them say the same within the noise, the rest is noise.
 */
function withoutNoise(value: number): number {
	const short = Number(value.toPrecision(12));
	if (Math.abs(value - short) <= Math.abs(value) * NOISE) return short;
	return Number(value.toPrecision(15));
}

function decodeValue(
	name: string,
	type: EdmType | undefined,
	value: JsonValue,
	encoding: DateEncoding,
): JsonValue {
	if (value === null) return null;
	if (type === 'DateTime' || (type === undefined && MS_DATE.test(String(value)))) {
		return decodeDate(name, value, encoding);
	}
	if (type === 'Int64') return String(value);
	if (type === 'Double' && typeof value === 'number') return withoutNoise(value);
	if ((type === 'Double' || type === 'Int16' || type === 'Int32') && typeof value === 'string') {
		const number = Number(value);
		if (value.trim() === '' || Number.isNaN(number)) return value;
		return type === 'Double' ? withoutNoise(number) : number;
	}
	// Account codes come padded to 18 characters.
	if (typeof value === 'string' && name.endsWith('Code')) return value.trim();
	return value;
}

/** Exact's own names with plain values; OData's bookkeeping and unread collections are left out. */
export function decodeRow(raw: Row, fields: FieldTable, encoding: DateEncoding): Row {
	const row: Row = {};
	for (const [name, value] of Object.entries(raw)) {
		if (name === '__metadata' || isRecord<JsonValue>(value)) continue;
		row[name] = decodeValue(name, fields.types.get(name), value, encoding);
	}
	return row;
}
