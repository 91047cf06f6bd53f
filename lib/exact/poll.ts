import { CoreError } from '../errors';
import type { Delta } from './resources';
import type { CursorPosition, DivisionState } from './cursor';
import { formatCursor, without } from './cursor';
import type { Row } from './decode';
import { keyMark, listKeys, readDeletions, sharesLog } from './deletions';
import { hashStep } from './deltaHash';
import { modifiedStep } from './deltaModified';
import { timestampStep } from './deltaTimestamp';
import type { Joiner } from './joins';
import type { Step, StepContext, StepRow } from './deltaStep';

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
	/** Deletions before this (epoch ms) are not known, because Exact's log is not that long. */
	readonly deletionsUnknownBefore: number | undefined;
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
	if (state.deleted !== undefined) checked.deleted = { ...state.deleted, from: '1' };
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

const LEADS_ASTRAY = new Set<string>(['EXACT_PAGE_LOOP', 'EXACT_FOREIGN_PAGE']);
/** A page's address can lapse, or lead back: the pass begins anew, which only repeats rows. */
const ENDS_PASS = new Set<string>([
	'EXACT_REQUEST_REFUSED',
	'EXACT_NOT_AVAILABLE',
	...LEADS_ASTRAY,
]);

const endsPass = (error: unknown) => error instanceof CoreError && ENDS_PASS.has(error.code);

/** Keys that are ours in a log that others share. */
function noteKeys(context: PollContext, state: DivisionState, rows: readonly StepRow[]) {
	const { deleted } = state;
	if (deleted?.known === undefined || rows.length === 0) return state;
	const known = new Set(deleted.known);
	for (const { row } of rows) known.add(keyMark(String(row[context.resource.key])));
	return { ...state, deleted: { ...deleted, known: [...known] } };
}

/**
 * By date of change a page comes in the order of keys. Where the whole pass was read in this poll its
 * rows are put in order, so that a cursor of an item has everything before it behind it.
 */
function placed(
	context: PollContext,
	rows: readonly StepRow[],
	isWhole: boolean,
): Array<{ row: Row; position: CursorPosition }> {
	const keyOf = ({ row }: StepRow) => String(row[context.resource.key]);
	switch (context.delta.method) {
		case 'timestamp':
			return rows.map(({ row, from }) => ({ row, position: { from } }));
		case 'hash':
			return rows.map((entry) => ({
				row: entry.row,
				position: { from: entry.from, key: keyOf(entry) },
			}));
		case 'modified': {
			if (!isWhole) {
				return rows.map((entry) => ({
					row: entry.row,
					position: { from: entry.from, key: keyOf(entry), modified: entry.modified },
				}));
			}
			const order = (entry: StepRow) => `${entry.modified ?? ''} ${keyOf(entry).toLowerCase()}`;
			return [...rows]
				.sort((a, b) => (order(a) < order(b) ? -1 : 1))
				.map((entry) => ({
					row: entry.row,
					position: { from: entry.modified ?? entry.from, key: keyOf(entry) },
				}));
		}
	}
}

interface Progress {
	state: DivisionState;
	readonly rows: StepRow[];
	readonly vanished: string[];
	done: boolean;
}

async function takeSteps(context: PollContext, progress: Progress): Promise<void> {
	const { reader, joiner } = context;
	const hasTime = () => reader.client.clock.now() < context.deadline;
	for (
		let steps = 0;
		!progress.done && steps < context.maxSteps && (steps === 0 || hasTime());
		steps += 1
	) {
		let step: Step;
		try {
			step = await runStep(context, progress.state);
		} catch (error) {
			if (!endsPass(error) || progress.state.pass?.next === undefined) throw error;
			progress.state = without(progress.state, 'pass');
			// The next poll begins it: within this one a page that leads back would do so again.
			const isLapsed = !LEADS_ASTRAY.has((error as CoreError).code);
			if (steps > 0 || !isLapsed) throw error;
			continue;
		}
		await joiner.join(step.rows.map(({ row }) => row));
		progress.state = noteKeys(context, step.state, step.rows);
		progress.done = step.done;
		progress.rows.push(...step.rows);
		if (context.withDeletions) progress.vanished.push(...(step.vanished ?? []));
	}
}

/**
 * One poll of one division: the changes since the state's cursor, and the state after them. The
 * caller stores that state as its last act. A step that fails changes nothing; what earlier steps
 * found is handed over with the state after them.
 */
export async function pollDivision(
	context: PollContext,
	before: DivisionState,
): Promise<PollResult> {
	const { reader, resource } = context;
	const cursorOf = (position: CursorPosition) =>
		formatCursor(resource, reader.division, context.delta.method, position);
	const progress: Progress = { state: before, rows: [], vanished: [], done: false };
	const deletions: PolledDeletion[] = [];
	let stoppedBy: CoreError | undefined;
	let deletionsUnknownBefore: number | undefined;
	const hasTime = () => reader.client.clock.now() < context.deadline;
	const positionNow = () => cursorOf({ from: progress.state.from });
	try {
		progress.state = await checkMove(context, progress.state);
		await takeSteps(context, progress);
		for (const key of progress.vanished) {
			deletions.push({ key, deletedAt: undefined, cursor: positionNow() });
		}
		const stream = sharesLog(resource);
		if (context.withDeletions && progress.done) {
			while (stream !== undefined && progress.state.deleted?.listing !== undefined && hasTime()) {
				const deleted = await listKeys(context, stream, progress.state.deleted);
				progress.state = { ...progress.state, deleted };
			}
		}
		const { deleted } = progress.state;
		const isReady = deleted !== undefined && deleted.listing === undefined;
		if (context.withDeletions && isReady && progress.done && hasTime()) {
			const found = await readDeletions(reader, resource, deleted);
			deletions.push(...found.deletions.map((entry) => ({ ...entry, cursor: positionNow() })));
			deletionsUnknownBefore = found.unknownBefore;
			progress.state = { ...progress.state, deleted: found.state };
		}
	} catch (error) {
		const isEmpty = progress.rows.length === 0 && deletions.length === 0;
		// A pass that leads nowhere is left behind even where there is nothing to hand over.
		if ((isEmpty && !endsPass(error)) || !(error instanceof CoreError)) throw error;
		stoppedBy = error;
	}
	const isWhole = before.pass === undefined && progress.state.pass === undefined;
	return {
		rows: placed(context, progress.rows, isWhole).map(({ row, position }) => ({
			row,
			cursor: cursorOf(position),
		})),
		deletions,
		state: progress.state,
		stoppedBy,
		deletionsUnknownBefore,
	};
}
