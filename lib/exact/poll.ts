import { CoreError } from '../errors';
import type { Delta } from './resources';
import type { DivisionState } from './cursor';
import { formatCursor, without } from './cursor';
import type { Row } from './decode';
import { hashStep } from './deltaHash';
import { modifiedStep } from './deltaModified';
import { timestampStep } from './deltaTimestamp';
import { readDeletions } from './deletions';
import type { Joiner } from './joins';
import type { Step, StepContext } from './deltaStep';

export interface PolledRow {
	readonly row: Row;
	readonly cursor: string;
}

export interface PolledDeletion {
	readonly key: string;
	readonly deletedAt: string | undefined;
	readonly cursor: string;
}

export interface PollContext extends StepContext {
	readonly delta: Delta;
	readonly joiner: Joiner;
	readonly withDeletions: boolean;
	/** Paging stops here and goes on with the next poll. */
	readonly deadline: number;
	/** The activation poll reads one page. */
	readonly maxSteps: number;
}

export interface PollResult {
	readonly rows: readonly PolledRow[];
	readonly deletions: readonly PolledDeletion[];
	readonly state: DivisionState;
	/** What ended the poll early although there is something to hand over. */
	readonly stoppedBy: CoreError | undefined;
}

const MOVE_CHECK_EVERY = 3_600_000;

/** Rowversions are void once Exact has moved the division: then everything is read again. */
async function checkMove(context: PollContext, state: DivisionState): Promise<DivisionState> {
	const usesTimestamps = context.delta.method === 'timestamp' || context.withDeletions;
	const now = context.reader.client.clock.now();
	const isRecent =
		state.moveCheckedAt !== undefined &&
		now >= state.moveCheckedAt &&
		now - state.moveCheckedAt < MOVE_CHECK_EVERY;
	if (!usesTimestamps || isRecent) return state;
	const company = await context.joiner.company();
	const mark = [company?.DivisionMoveDate, company?.DivisionHRLinkUnlinkDate]
		.map((value) => String(value ?? ''))
		.join(' ');
	const checked: DivisionState = { ...state, moveMark: mark, moveCheckedAt: now };
	if (state.moveMark === undefined || state.moveMark === mark) return checked;
	context.reader.client.log.warn(
		`Exact Online: division ${context.reader.division} was moved, ${context.resource.displayName} is read again from the beginning`,
	);
	if (state.deleted !== undefined) checked.deleted = { from: '1' };
	if (context.delta.method !== 'timestamp') return checked;
	return { ...without(checked, 'pass', 'since', 'pending'), from: '1' };
}

async function runStep(context: PollContext, state: DivisionState): Promise<Step> {
	switch (context.delta.method) {
		case 'modified':
			return await modifiedStep(context, state);
		case 'timestamp':
			return await timestampStep(context, state, context.delta);
		case 'hash':
			return await hashStep(context, state);
	}
}

const isRefused = (error: unknown) =>
	error instanceof CoreError &&
	(error.code === 'EXACT_REQUEST_REFUSED' || error.code === 'EXACT_NOT_AVAILABLE');

/**
 * One poll of one division: the changes since the state's cursor, and the state after them. The
 * caller stores that state as its last act. A step that fails changes nothing; what earlier steps
 * found is handed over with the state after them.
 */
export async function pollDivision(
	context: PollContext,
	before: DivisionState,
): Promise<PollResult> {
	const { reader, resource, joiner } = context;
	const cursorOf = (from: string) =>
		formatCursor(resource, reader.division, context.delta.method, from);
	const rows: PolledRow[] = [];
	const deletions: PolledDeletion[] = [];
	let state = before;
	let stoppedBy: CoreError | undefined;
	const hasTime = () => reader.client.clock.now() < context.deadline;
	try {
		state = await checkMove(context, state);
		let done = false;
		for (
			let steps = 0;
			!done && steps < context.maxSteps && (steps === 0 || hasTime());
			steps += 1
		) {
			let step: Step;
			try {
				step = await runStep(context, state);
			} catch (error) {
				// A page's address can lapse between polls: the pass begins anew, which only repeats rows.
				if (!isRefused(error) || steps > 0 || state.pass?.next === undefined) throw error;
				state = without(state, 'pass');
				continue;
			}
			await joiner.join(step.rows);
			state = step.state;
			done = step.done;
			const cursor = cursorOf(step.from);
			for (const row of step.rows) rows.push({ row, cursor });
			if (context.withDeletions) {
				for (const key of step.vanished ?? []) {
					deletions.push({ key, deletedAt: undefined, cursor });
				}
			}
		}
		if (context.withDeletions && state.deleted !== undefined && done && hasTime()) {
			const found = await readDeletions(reader, resource, state.deleted);
			deletions.push(
				...found.deletions.map((entry) => ({ ...entry, cursor: cursorOf(state.from) })),
			);
			state = { ...state, deleted: found.state };
		}
	} catch (error) {
		const isEmpty = rows.length === 0 && deletions.length === 0;
		if (isEmpty || !(error instanceof CoreError)) throw error;
		stoppedBy = error;
	}
	return { rows, deletions, state, stoppedBy };
}
