import type { DivisionState, Pass } from './cursor';
import { without } from './cursor';
import type { StepRow, Step, StepContext } from './deltaStep';
import { readStep } from './deltaStep';
import { rowHash } from './rowHash';

/**
 * What was there before and is not any more. Concluded only from a complete read (as many rows as
 * Exact counted) with the right confirmed after it; that nothing at all is left, only from two.
 */
async function vanishedOf(
	context: StepContext,
	state: DivisionState,
	pass: Pass,
	visited: ReadonlySet<string>,
): Promise<{ vanished: string[]; isSure: boolean }> {
	const vanished = Object.keys(state.hashes ?? {}).filter((key) => !visited.has(key));
	if (vanished.length === 0) return { vanished, isSure: true };
	const isComplete = pass.total === undefined || pass.total === visited.size;
	const isConfirmed = await context.reader.confirmRight(context.resource);
	const isEmptied = visited.size === 0 && state.emptied !== true;
	return { vanished, isSure: isComplete && isConfirmed && !isEmptied };
}

/** No date and no rowversion: everything is read and compared with what was there before. */
export async function hashStep(context: StepContext, state: DivisionState): Promise<Step> {
	const { resource } = context;
	const pass: Pass = { ...(state.pass ?? { from: '' }) };
	const page = await readStep(context, resource, pass, {
		select: context.select,
		filter: resource.baseFilter,
		inlineCount: pass.next === undefined,
	});
	if (page.total !== undefined) pass.total = page.total;
	const hashes = { ...state.hashes };
	const visited = [...(pass.visited ?? [])];
	const rows: StepRow[] = [];
	let isBefore = state.after !== undefined;
	for (const row of page.rows) {
		const key = String(row[resource.key]);
		const hash = rowHash(row);
		visited.push(key);
		const wasSkipped = isBefore;
		if (key === state.after?.key) isBefore = false;
		if (hashes[key] === hash) continue;
		hashes[key] = hash;
		if (!state.baseline && !wasSkipped) rows.push({ row, from: '' });
	}
	const rest = isBefore ? without(state, 'pass') : without(state, 'pass', 'after');
	if (page.next !== undefined) {
		const going: Pass = { ...pass, visited, next: page.next, trail: page.trail };
		return { rows, done: false, state: { ...rest, hashes, pass: going } };
	}
	// The row of the cursor is gone: what came after it cannot be told, so everything comes.
	if (isBefore) return { rows, done: true, state: { ...without(rest, 'after'), hashes: {} } };
	const { vanished, isSure } = await vanishedOf(context, state, pass, new Set(visited));
	if (isSure) for (const key of vanished) delete hashes[key];
	const finished = without(rest, 'baseline', 'emptied');
	const isEmptied = !isSure && visited.length === 0;
	return {
		rows,
		vanished: isSure ? vanished : [],
		done: true,
		state: { ...finished, hashes, ...(isEmptied ? { emptied: true } : {}) },
	};
}
