import type { DivisionState, Pass } from './cursor';
import { without } from './cursor';
import type { Row } from './decode';
import { wallClockOf } from './decode';
import type { Step, StepContext, StepRow } from './deltaStep';
import { confirmEmpty, readStep } from './deltaStep';
import { aheadOf, later, nextFrom, noteClock, repeatsHour } from './exactClock';
import { allOf, dateTimeLiteral } from './literals';
import { rowHash } from './rowHash';
import { parseWallClockText, wallClockText } from './wallClock';

/** Keys kept beyond this are the oldest: they would only be handed over a second time. */
const MAX_SEEN = 50_000;
const SECOND = 1_000;
/** What is read within this of "now" is what there was. */
const START_TAKES = 10_000;
const CHECK_FIRST = 60_000;
const CHECK_LAST = 3_600_000;

function modifiedOf(raw: Row | undefined): string | undefined {
	const wall = wallClockOf(raw?.Modified);
	return wall === undefined ? undefined : wallClockText(wall);
}

const highestOf = (raw: readonly Row[]) =>
	raw.map(modifiedOf).reduce<string | undefined>((a, b) => later(a, b), undefined);

/**
 * What was changed before this was there before "now". As far ahead of UTC as Exact's clock is proven
 * to be, and no further: a few changes of the last hour or two may come, and none is missed.
 */
function startWallOf(state: DivisionState): string | undefined {
	if (state.startedAt === undefined) return undefined;
	return wallClockText(state.startedAt + aheadOf(state, state.startedAt));
}

/** Two edits in one tick of Exact's clock have the same Modified: the content tells them apart. */
function versionOf(row: Row, modified: string): string {
	return `${modified} ${rowHash(row).slice(0, 8)}`;
}

function pruned(
	seen: Readonly<Record<string, string>>,
	from: string,
): Pick<DivisionState, 'seen' | 'seenCut'> {
	const kept = Object.entries(seen).filter(([, version]) => version >= from);
	if (kept.length <= MAX_SEEN) return { seen: Object.fromEntries(kept) };
	kept.sort(([, a], [, b]) => (a < b ? 1 : -1));
	kept.length = MAX_SEEN;
	return { seen: Object.fromEntries(kept), seenCut: true };
}

const knownSince = (state: DivisionState) =>
	Object.values(state.seen ?? {}).filter((version) => version >= state.from);

/**
 * A mass change gives thousands of rows one Modified, and the overlap would read them all again at
 * every poll. Where more than a page of them is known, only what is beyond them is read, and Exact
 * is asked how many there are.
 */
function beginPass(context: StepContext, state: DivisionState): Pass {
	const pass: Pass = { from: state.from };
	if (state.seenCut === true) return pass;
	const known = knownSince(state);
	if (known.length <= context.resource.pageSize) return pass;
	const last = known.reduce((a, b) => (a > b ? a : b)).slice(0, 23);
	const beyond = (Math.floor(parseWallClockText(last) / SECOND) + 1) * SECOND;
	return { ...pass, beyond: wallClockText(beyond) };
}

const since = (text: string) => `Modified ge ${dateTimeLiteral(parseWallClockText(text))}`;
const before = (text: string) => `Modified lt ${dateTimeLiteral(parseWallClockText(text))}`;

/** Whether the overlap still holds exactly the rows that were seen; `undefined`: not asked now. */
async function isOverlapKnown(
	context: StepContext,
	state: DivisionState,
	pass: Pass,
	beyond: string,
): Promise<boolean | undefined> {
	const { reader, resource } = context;
	const now = reader.client.clock.now();
	const isDue = now >= (state.check?.at ?? 0) || repeatsHour(now);
	if (!isDue) return undefined;
	const { total } = await reader.page(resource, {
		select: [resource.key],
		filter: allOf([resource.baseFilter, since(pass.from), before(beyond)]),
		top: 1,
		inlineCount: true,
	});
	const known = Object.values(state.seen ?? {}).filter(
		(version) => version >= pass.from && version < beyond,
	);
	return total === known.length;
}

function nextCheck(state: DivisionState, now: number): { at: number; every: number } {
	const every = Math.min((state.check?.every ?? CHECK_FIRST / 2) * 2, CHECK_LAST);
	return { at: now + every, every };
}

/** What is on the page and was not handed over; `seen` learns it. */
function freshRows(
	context: StepContext,
	state: DivisionState,
	pass: Pass,
	page: { readonly rows: readonly Row[]; readonly raw: readonly Row[] },
	seen: Record<string, string>,
): { rows: StepRow[]; highest: string | undefined; keys: string[] } {
	const rows: StepRow[] = [];
	const keys: string[] = [];
	let highest: string | undefined;
	const { after } = state;
	const startWall = startWallOf(state);
	for (const [index, row] of page.rows.entries()) {
		const key = String(row[context.resource.key]);
		const modified = modifiedOf(page.raw[index]);
		keys.push(key);
		highest = later(highest, modified);
		if (modified === undefined) {
			rows.push({ row, from: pass.from });
			continue;
		}
		const version = versionOf(row, modified);
		const isKnown = seen[key] === version;
		seen[key] = version;
		const isBeforeCursor =
			after?.modified === modified &&
			(after.isOnly ? key.toLowerCase() === after.key : key.toLowerCase() <= after.key);
		const isBeforeStart = startWall !== undefined && modified < startWall;
		if (isKnown || isBeforeCursor || isBeforeStart) continue;
		rows.push({ row, from: pass.from, modified });
	}
	return { rows, highest, keys };
}

/** Modified is not unique and not a version: `ge` with an overlap, and the versions seen in it. */
export async function modifiedStep(context: StepContext, state: DivisionState): Promise<Step> {
	const { resource } = context;
	const isFirstPage = state.pass?.next === undefined;
	const pass: Pass = { ...(state.pass ?? beginPass(context, state)) };
	const page = await readStep(context, resource, pass, {
		select: context.select,
		filter: allOf([resource.baseFilter, since(pass.beyond ?? pass.from)]),
	});
	const seen = { ...state.seen };
	const clocked = isFirstPage ? noteClock(state, page.serverTime, highestOf(page.raw)) : state;
	const found = freshRows(context, clocked, pass, page, seen);
	const isBaseline =
		state.baseline === true &&
		isFirstPage &&
		page.serverTime <= (state.startedAt ?? page.serverTime) + START_TAKES;
	const rows = isBaseline ? [] : found.rows;
	const rest: DivisionState = { ...without(clocked, 'pass', 'baseline'), seen };
	if (isFirstPage) {
		pass.startedAt = wallClockText(page.serverTime);
		if (found.highest !== undefined) pass.firstMax = found.highest;
	}
	pass.found = (pass.found ?? 0) + page.rows.length;
	if (pass.met !== undefined) pass.met = [...pass.met, ...found.keys];
	if (page.next !== undefined) {
		const going: Pass = { ...pass, next: page.next, trail: page.trail };
		return { rows, done: false, state: { ...rest, pass: going } };
	}
	return await finish(context, rest, pass, rows);
}

async function finish(
	context: StepContext,
	state: DivisionState,
	pass: Pass,
	rows: readonly StepRow[],
): Promise<Step> {
	const now = context.reader.client.clock.now();
	let isProven = (pass.found ?? 0) > 0;
	let rest = state;
	if (pass.beyond !== undefined) {
		const isKnown = await isOverlapKnown(context, state, pass, pass.beyond);
		if (isKnown === false) {
			// Something was stored late, or deleted: the overlap is read once, and known again.
			return {
				rows,
				done: false,
				state: { ...without(rest, 'check'), pass: { from: pass.from, met: [] } },
			};
		}
		isProven = isKnown === true;
		if (isProven) rest = { ...rest, check: nextCheck(state, now), rightsAt: now };
	} else if (isProven) {
		rest = { ...without(rest, 'check'), rightsAt: now };
	} else {
		const rightsAt = await confirmEmpty(context, state, knownSince(state).length > 0);
		isProven = rightsAt !== undefined;
		if (rightsAt !== undefined) rest = { ...rest, rightsAt, seen: {} };
	}
	if (pass.met !== undefined) {
		const met = new Set(pass.met);
		rest = {
			...rest,
			seen: Object.fromEntries(Object.entries(rest.seen ?? {}).filter(([key]) => met.has(key))),
		};
	}
	// An answer that proves nothing moves nothing: it may be what a lost right looks like.
	const from = isProven ? nextFrom(rest, pass, context.overlapMs) : rest.from;
	const isPast = (text: string | undefined) => text !== undefined && text < from;
	if (isPast(rest.after?.modified)) rest = without(rest, 'after');
	if (isPast(startWallOf(rest))) rest = without(rest, 'startedAt');
	rest = without(rest, 'seenCut');
	return { rows, done: true, state: { ...rest, from, ...pruned(rest.seen ?? {}, from) } };
}
