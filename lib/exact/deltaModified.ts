import type { DivisionState, Pass } from './cursor';
import { without } from './cursor';
import type { Row } from './decode';
import { wallClockOf } from './decode';
import { allOf, dateTimeLiteral } from './literals';
import type { Step, StepContext } from './deltaStep';
import { readStep } from './deltaStep';
import { rowHash } from './rowHash';
import { parseWallClockText, wallClockText } from './wallClock';

/** Keys kept beyond this are the oldest: they would only be handed over a second time. */
const MAX_SEEN = 10_000;

function modifiedOf(raw: Row | undefined): string | undefined {
	const wall = wallClockOf(raw?.Modified);
	return wall === undefined ? undefined : wallClockText(wall);
}

const later = (a: string | undefined, b: string | undefined) =>
	a === undefined ? b : b === undefined || a > b ? a : b;

/** Longer than a request may take: `Date` is stamped at its end, the query runs at its beginning. */
const SLOWEST_REQUEST = 120_000;

/**
 * Where the next pass begins. Pages come in the order of keys, so a row that is edited during the
 * pass may lie behind it: only what was modified before the first page was read is surely done. The
 * highest Modified of that first page is such a time, on Exact's own clock. The pass's start with
 * UTC's numbers is one too, however Exact numbers its wall clock (Amsterdam is ahead of UTC).
 */
function nextFrom(state: DivisionState, pass: Pass, overlapMs: number): string {
	const before = (text: string | undefined, milliseconds: number) =>
		text === undefined ? undefined : wallClockText(parseWallClockText(text) - milliseconds);
	const started = before(pass.startedAt, Math.max(overlapMs, SLOWEST_REQUEST));
	const done = later(before(pass.firstMax, overlapMs), started);
	return later(state.from, done) as string;
}

/** Two edits in one tick of Exact's clock have the same Modified: the content tells them apart. */
function versionOf(row: Row, modified: string): string {
	return `${modified} ${rowHash(row).slice(0, 8)}`;
}

function prune(seen: Record<string, string>, from: string): Record<string, string> {
	const kept = Object.entries(seen).filter(([, version]) => version >= from);
	if (kept.length > MAX_SEEN) {
		kept.sort(([, a], [, b]) => (a < b ? 1 : -1));
		kept.length = MAX_SEEN;
	}
	return Object.fromEntries(kept);
}

/** Modified is not unique and not a version: `ge` with an overlap, and the versions seen in it. */
export async function modifiedStep(context: StepContext, state: DivisionState): Promise<Step> {
	const { resource, overlapMs } = context;
	const isFirstPage = state.pass?.next === undefined;
	const pass: Pass = { ...(state.pass ?? { from: state.from }) };
	const filter = allOf([
		resource.baseFilter,
		`Modified ge ${dateTimeLiteral(parseWallClockText(pass.from))}`,
	]);
	const page = await readStep(context, resource, pass.next, {
		select: context.select,
		filter,
	});
	if (isFirstPage) pass.startedAt = wallClockText(page.serverTime);
	const seen = { ...state.seen };
	const fresh: Row[] = [];
	let highest: string | undefined;
	for (const [index, row] of page.rows.entries()) {
		const key = String(row[resource.key]);
		const modified = modifiedOf(page.raw[index]);
		highest = later(highest, modified);
		if (modified === undefined) {
			fresh.push(row);
			continue;
		}
		const version = versionOf(row, modified);
		if (seen[key] === version) continue;
		seen[key] = version;
		fresh.push(row);
	}
	if (isFirstPage && highest !== undefined) pass.firstMax = highest;
	const rows = state.baseline && isFirstPage ? [] : fresh;
	const rest = without(state, 'pass', 'baseline');
	if (page.next !== undefined) {
		return {
			rows,
			from: pass.from,
			done: false,
			state: { ...rest, seen, pass: { ...pass, next: page.next } },
		};
	}
	const from = nextFrom(state, pass, overlapMs);
	return {
		rows,
		from: pass.from,
		done: true,
		state: { ...rest, from, seen: prune(seen, from) },
	};
}
