import type { DivisionState, Pass } from './cursor';
import { without } from './cursor';
import type { Row } from './decode';
import type { Step, StepContext } from './deltaStep';
import { readStep } from './deltaStep';
import { rowHash } from './rowHash';

/** No date and no rowversion: everything is read and compared with what was there before. */
export async function hashStep(context: StepContext, state: DivisionState): Promise<Step> {
	const { resource } = context;
	const pass: Pass = { ...(state.pass ?? { from: '' }) };
	const page = await readStep(context, resource, pass.next, {
		select: context.select,
		filter: resource.baseFilter,
	});
	const hashes = { ...state.hashes };
	const visited = [...(pass.visited ?? [])];
	const rows: Row[] = [];
	for (const row of page.rows) {
		const key = String(row[resource.key]);
		const hash = rowHash(row);
		visited.push(key);
		if (hashes[key] === hash) continue;
		hashes[key] = hash;
		if (!state.baseline) rows.push(row);
	}
	const rest = without(state, 'pass');
	if (page.next !== undefined) {
		const going: Pass = { ...pass, visited, next: page.next };
		return { rows, from: '', done: false, state: { ...rest, hashes, pass: going } };
	}
	const present = new Set(visited);
	const vanished = Object.keys(hashes).filter((key) => !present.has(key));
	for (const key of vanished) delete hashes[key];
	const finished = without(rest, 'baseline');
	return { rows, vanished, from: '', done: true, state: { ...finished, hashes } };
}
