import { CoreError } from '../errors';

/**
 * Exact writes an instant as the wall clock of Amsterdam, numbered as if it were UTC ("in the CET
 * time and not GMT", Exact's FAQ). Some clients read it as UTC, so it is one setting.
 */
export type DateEncoding = 'amsterdam' | 'utc';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Last Sunday of a month at 01:00 UTC, when the European Union changes its clocks (2000/84/EC). */
function clockChange(year: number, month: number): number {
	const lastDay = new Date(Date.UTC(year, month + 1, 0));
	return Date.UTC(year, month, lastDay.getUTCDate() - lastDay.getUTCDay(), 1);
}

export function amsterdamOffset(instant: number): number {
	const year = new Date(instant).getUTCFullYear();
	const summer = instant >= clockChange(year, 2) && instant < clockChange(year, 9);
	return summer ? 2 * HOUR : HOUR;
}

/**
 * The hour that happens twice ends the summer: between its beginning and an hour after the change the
 * wall clock of Amsterdam shows times that come, or have come, again.
 */
export function summerEnd(instant: number): number {
	return clockChange(new Date(instant).getUTCFullYear(), 9);
}

export function toWallClock(instant: number, encoding: DateEncoding): number {
	return encoding === 'utc' ? instant : instant + amsterdamOffset(instant);
}

/**
 * The instant of a wall clock. The hour that happens twice in October is read as its first, summer,
 * pass: a cursor that is an hour early reads twice, one that is late would miss.
 */
export function fromWallClock(wall: number, encoding: DateEncoding): number {
	if (encoding === 'utc') return wall;
	const summer = wall - 2 * HOUR;
	return amsterdamOffset(summer) === 2 * HOUR ? summer : wall - HOUR;
}

/** Every change at or after the instant has a wall clock at or after this one. */
export function earliestWallClock(instant: number, encoding: DateEncoding): number {
	const wall = toWallClock(instant, encoding);
	if (encoding === 'utc') return wall;
	const change = summerEnd(instant);
	const repeats = instant >= change - HOUR && instant < change;
	return repeats ? change + HOUR : wall;
}

/** `2026-01-29T08:11:00.387` */
export function wallClockText(wall: number): string {
	return new Date(wall).toISOString().slice(0, -1);
}

export function parseWallClockText(text: string): number {
	return Date.parse(`${text}Z`);
}

const WITH_ZONE = /(?:Z|[+-]\d{2}:?\d{2})$/;
const DATE_ONLY = /^\d{4}-\d{2}-\d{2}$/;

/** A moment a user typed: with a zone it is that instant, without one it is Exact's wall clock. */
function momentOf(
	text: string,
	path: string,
): { readonly zoned: boolean; readonly milliseconds: number } {
	const trimmed = text.trim();
	const zoned = WITH_ZONE.test(trimmed) && !DATE_ONLY.test(trimmed);
	const parsed = Date.parse(
		zoned ? trimmed : DATE_ONLY.test(trimmed) ? `${trimmed}T00:00:00Z` : `${trimmed}Z`,
	);
	if (Number.isNaN(parsed)) {
		throw new CoreError('EXACT_PARAMETER_INVALID', `"${text}" is not a date or a time`, {
			path,
			hint: 'Give a date such as 2026-01-31 or a time such as 2026-01-31T08:00:00.',
		});
	}
	return { zoned, milliseconds: parsed };
}

/** For a filter that wants everything since a moment: in the repeated hour, since its beginning. */
export function sinceWallClock(text: string, encoding: DateEncoding, path: string): number {
	const { zoned, milliseconds } = momentOf(text, path);
	const instant = zoned ? milliseconds : fromWallClock(milliseconds, encoding);
	const earliest = earliestWallClock(instant, encoding);
	return zoned ? earliest : Math.min(earliest, milliseconds);
}

/** Midnight of the day in Exact's zone, also where a time with a zone is given. */
export function dayWallClock(text: string, encoding: DateEncoding, path: string): number {
	const { zoned, milliseconds } = momentOf(text, path);
	const wall = zoned ? toWallClock(milliseconds, encoding) : milliseconds;
	return Math.floor(wall / DAY) * DAY;
}
