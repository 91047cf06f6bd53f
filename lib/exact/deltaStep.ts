import type { DivisionState } from './cursor';
import type { Row } from './decode';
import type { Query } from './literals';
import type { Reader, ReadTarget, RowPage } from './reader';
import type { Resource } from './resources';

export interface StepContext {
	readonly reader: Reader;
	readonly resource: Resource;
	readonly select: readonly string[];
	readonly overlapMs: number;
}

/** One page of changes and the state after it. */
export interface Step {
	readonly rows: readonly Row[];
	readonly vanished?: readonly string[];
	/** The cursor of these rows. */
	readonly from: string;
	readonly done: boolean;
	readonly state: DivisionState;
}

/** The pass's first page, or the one where an earlier poll stopped. */
export async function readStep(
	context: StepContext,
	target: ReadTarget,
	next: string | undefined,
	query: Query,
): Promise<RowPage> {
	if (next === undefined) return await context.reader.page(target, query);
	return await context.reader.nextPage(target, next);
}
