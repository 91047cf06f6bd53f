import type { DivisionState, Pass } from './cursor';
import { amsterdamOffset, parseWallClockText, summerEnd, wallClockText } from './wallClock';

/**
 * What is known of Exact's wall clock from its own answers. Sources disagree on whether it is that of
 * Amsterdam or UTC, so a cursor rests on neither: only on what a page has proven.
 */

const HOUR = 3_600_000;
/** Longer than a request may take: `Date` is stamped at its end, the query runs at its beginning. */
const SLOWEST_REQUEST = 120_000;
/** `Date` has whole seconds, and the database's clock is not that of the web server. */
const CLOCK_ERROR = 5_000;
/** Amsterdam in summer; no region of Exact is further ahead of UTC. */
const FURTHEST_AHEAD = 2 * HOUR;

export const later = (a: string | undefined, b: string | undefined) =>
	a === undefined ? b : b === undefined || a > b ? a : b;

/** Around the end of the summer, when the wall clock shows an hour twice. */
export function repeatsHour(instant: number): boolean {
	const change = summerEnd(instant);
	return instant >= change - 2 * HOUR && instant < change + HOUR + SLOWEST_REQUEST;
}

/** For a day after the change, a row may carry the time of the summer that has ended. */
function isUnsure(instant: number): boolean {
	const change = summerEnd(instant);
	return instant >= change - 2 * HOUR && instant < change + 24 * HOUR;
}

/** How far the wall clock is proven to be ahead of UTC: a row was changed before it was read. */
export function noteClock(
	state: DivisionState,
	serverTime: number,
	highest: string | undefined,
): DivisionState {
	if (highest === undefined || isUnsure(serverTime)) return state;
	const ahead = Math.min(
		parseWallClockText(highest) - serverTime - CLOCK_ERROR,
		FURTHEST_AHEAD - CLOCK_ERROR,
	);
	if (ahead <= aheadOf(state, serverTime)) return state;
	return { ...state, ahead: { by: ahead, at: serverTime } };
}

/** How far the clock is proven to be ahead at a moment; before it was, where no change lies between. */
export function aheadOf(state: DivisionState, instant: number): number {
	if (state.ahead === undefined || isUnsure(instant) || isUnsure(state.ahead.at)) return 0;
	const { at, by } = state.ahead;
	const ofOneTime = amsterdamOffset(at) === amsterdamOffset(instant);
	return ofOneTime ? by : 0;
}

/**
 * Where the next pass begins. Pages come in the order of keys, so a row that is edited during the
 * pass may lie behind it: only what was modified before the first page was read is surely done. The
 * highest Modified of that first page is such a time, on Exact's own clock; the pass's start, as far
 * ahead of UTC as is proven, is another. In the hour that happens twice neither is: there the next
 * pass begins before it.
 */
export function nextFrom(state: DivisionState, pass: Pass, overlapMs: number): string {
	const started = parseWallClockText(pass.startedAt as string);
	const back = Math.max(overlapMs, SLOWEST_REQUEST);
	let done = wallClockText(started + aheadOf(state, started) - back);
	if (pass.firstMax !== undefined) {
		const first = Math.min(parseWallClockText(pass.firstMax), started + FURTHEST_AHEAD);
		done = later(done, wallClockText(first - overlapMs)) as string;
	}
	const from = later(state.from, done) as string;
	if (!repeatsHour(started)) return from;
	// The change has the number 01:00 of UTC, at or before the repeated hour of every European clock.
	const hour = wallClockText(summerEnd(started));
	return from < hour ? from : hour;
}
