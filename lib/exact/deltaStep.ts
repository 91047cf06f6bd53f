import type { DivisionState, Pass } from './cursor';
import type { Row } from './decode';
import type { Query } from './literals';
import { createTrail } from './nextPage';
import type { Reader, ReadTarget, RowPage } from './reader';
import type { Resource } from './resources';

export interface StepContext {
	readonly reader: Reader;
	readonly resource: Resource;
	readonly select: readonly string[];
	readonly overlapMs: number;
}

/** A row and where a cursor of it begins. */
export interface StepRow {
	readonly row: Row;
	readonly from: string;
	/** On Exact's wall clock, where changes are found by it. */
	readonly modified?: string | undefined;
}

/** One page of changes and the state after it. */
export interface Step {
	readonly rows: readonly StepRow[];
	readonly vanished?: readonly string[];
	readonly done: boolean;
	readonly state: DivisionState;
}

/** The pass's first page, or the one where an earlier poll stopped. */
export async function readStep(
	context: StepContext,
	target: ReadTarget,
	pass: Pass,
	query: Query,
): Promise<RowPage & { readonly trail: string[] }> {
	const trail = createTrail(pass.next === undefined ? [] : pass.trail);
	const page =
		pass.next === undefined
			? await context.reader.page(target, query, trail)
			: await context.reader.nextPage(target, pass.next, trail);
	return { ...page, trail: [...trail.marks] };
}

const RIGHTS_EVERY = 3_600_000;

/**
 * An empty answer is what a lost right looks like. Where rows were expected, and else once an hour,
 * Exact is asked for the right; `undefined` where nothing was asked or Exact does not say.
 */
export async function confirmEmpty(
	context: StepContext,
	state: DivisionState,
	isExpected: boolean,
): Promise<number | undefined> {
	const now = context.reader.client.clock.now();
	const isRecent = state.rightsAt !== undefined && now - state.rightsAt < RIGHTS_EVERY;
	if (isRecent && !isExpected) return undefined;
	return (await context.reader.confirmRight(context.resource)) ? now : undefined;
}
