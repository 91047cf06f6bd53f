import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import type {
	DateEncoding,
	DivisionState,
	ExactClient,
	Notice,
	PollResult,
	PollTime,
	Reader,
	Row,
} from '../../lib/exact';
import {
	createJoiner,
	createReader,
	createSchedules,
	deltaFor,
	exactNow,
	getMany,
	joinsFor,
	neededFields,
	pollDivision,
	pollsPerDay,
	selectFields,
	startState,
	stateIdentity,
} from '../../lib/exact';
import { documentKey } from '../../lib/mapping';
import { isCoreError, withOutcome } from '../shared';
import { connect, encodingOf, toItemJson, withNotices } from '../shared/exactOnline';
import type { Settings } from './settings';
import { readSettings } from './settings';
import type { Watched } from './watchedDivisions';
import { watchedDivisions } from './watchedDivisions';

/** What n8n keeps for this node between polls. */
export interface TriggerState {
	divisions: Record<string, DivisionState>;
	watched?: Watched;
	/** The moment of "now" and the start it is of: one for all divisions. */
	startedAt?: { of: string; at: number };
	/** Whose turn is first, so that one busy division does not starve the others. */
	turn: number;
	/** Calls left, where many divisions share what Exact calls fair use. */
	allowance?: { at: number; left: number };
	/** Told with the next items. */
	notices?: Notice[];
}

const SAMPLE_SIZE = 5;
/** Time to join, hash and hand over what was read. */
const BUDGET_RESERVE = 0.8;
const DEFAULT_BUDGET = 300_000;
/** A third of the 20,000 calls a day that are fair use for all companies of a contract. */
const CALLS_PER_MS = 20_000 / 3 / 86_400_000;
const MOST_CALLS = 2_000;

/** Schedules of all triggers of this process. */
const schedules = createSchedules();

function toItems(result: PollResult, reader: Reader, settings: Settings): INodeExecutionData[] {
	const shape = { output: settings.output, fields: [], onePerLine: settings.onePerLine };
	const items = result.rows.flatMap(({ row, cursor }) =>
		toItemJson(row, settings.resource, reader, shape, { cursor }).map((json) => ({ json })),
	);
	const { name, key: keyField } = settings.resource;
	const deleted = result.deletions.map(({ key, deletedAt, cursor }) => ({
		json: withOutcome(
			{
				document: {
					resource: name,
					key: documentKey(name, { [keyField]: key }, { division: reader.division }),
					division: reader.division,
				},
				...(deletedAt === undefined ? {} : { deletedAt }),
				cursor,
			},
			'deleted',
			[],
		),
	}));
	return [...items, ...deleted];
}

/** What one poll needs for every division. */
interface Run {
	readonly client: ExactClient;
	readonly settings: Settings;
	readonly encoding: DateEncoding;
	readonly startedAt: number | undefined;
	readonly deadline: number;
	readonly maxSteps: number;
	readonly notices: Notice[];
}

async function pollOne(
	run: Run,
	division: number,
	before: DivisionState | undefined,
): Promise<{ items: INodeExecutionData[]; state: DivisionState; stoppedBy: Error | undefined }> {
	const { client, settings, startedAt } = run;
	const { resource, method, includes } = settings;
	const reader = createReader(client, division, run.encoding);
	const isSame = before !== undefined && before.identity === stateIdentity(settings, division);
	const state = isSame ? before : await startState(reader, { ...settings, startedAt });
	const joins = joinsFor(resource, includes);
	const result = await pollDivision(
		{
			reader,
			resource,
			select: selectFields(resource, undefined, neededFields(resource, joins)),
			overlapMs: settings.overlapMs,
			delta: deltaFor(resource, method),
			joiner: createJoiner(reader, resource, includes),
			withDeletions: settings.withDeletions,
			deadline: run.deadline,
			maxSteps: run.maxSteps,
		},
		state,
	);
	const unknown = result.deletionsUnknownBefore;
	if (unknown !== undefined) {
		run.notices.push({
			code: 'EXACT_DELETIONS_UNKNOWN',
			message: `What was deleted in division ${division} before ${new Date(unknown).toISOString().slice(0, 10)} is not known: Exact keeps its log for two months.`,
			path: 'options.deletions',
		});
	}
	return { items: toItems(result, reader, settings), ...result };
}

/** A few rows to build the workflow with; the cursor is not even looked at. */
export async function sample(context: IPollFunctions): Promise<INodeExecutionData[] | null> {
	const settings = readSettings(context);
	const client = await connect(context);
	const { codes } = await watchedDivisions(client, settings.divisions, undefined);
	const encoding = await encodingOf(client, settings.encoding);
	const reader = createReader(client, codes[0] as number, encoding);
	const rows: Row[] = await getMany(reader, settings.resource, {
		includes: settings.includes,
		filters: {},
		limit: SAMPLE_SIZE,
	});
	const result = {
		rows: rows.map((row) => ({ row, cursor: '' })),
		deletions: [],
		state: { identity: '', from: '' },
		stoppedBy: undefined,
		deletionsUnknownBefore: undefined,
	};
	const items = toItems(result, reader, settings);
	withNotices(items, client.notices, client.quota(codes[0] as number));
	return items.length === 0 ? null : items;
}

function budgetOf(context: IPollFunctions): number {
	// n8n before 2.38 has no budget to ask for.
	const ask = (context as { getPollBudgetMs?: () => number }).getPollBudgetMs;
	return (ask === undefined ? DEFAULT_BUDGET : ask.call(context)) * BUDGET_RESERVE;
}

/** One division takes what it needs of its own quota; many share what is fair. */
function allowanceOf(before: TriggerState, divisions: number, now: number) {
	if (divisions < 2) return Number.POSITIVE_INFINITY;
	const { at, left } = before.allowance ?? { at: now, left: MOST_CALLS };
	return Math.min(MOST_CALLS, left + Math.max(0, now - at) * CALLS_PER_MS);
}

async function startedAt(
	client: ExactClient,
	settings: Settings,
	before: TriggerState,
	division: number,
): Promise<TriggerState['startedAt']> {
	if (settings.start.kind !== 'now') return undefined;
	const of = JSON.stringify([settings.resource.name, settings.method, settings.start]);
	if (before.startedAt?.of === of) return before.startedAt;
	return { of, at: await exactNow(createReader(client, division, 'amsterdam')) };
}

function scheduleNotice(
	context: IPollFunctions,
	client: ExactClient,
	divisions: readonly number[],
): Notice[] {
	const times = context.getNodeParameter('pollTimes.item', []) as PollTime[];
	if (times.length === 0) return [];
	const message = schedules.note(
		client.credentialKey,
		`${context.getWorkflow().id ?? ''}/${context.getNode().id}`,
		{ pollsPerDay: pollsPerDay(times), divisions, seenAt: Date.now() },
		client.quota(divisions[0] as number).dailyLimit,
	);
	return message === undefined
		? []
		: [{ code: 'EXACT_SCHEDULE_DENSE', message, path: 'pollTimes' }];
}

/** The poll's outcome, and the failure where there is nothing to hand over and someone must know. */
export interface Polled {
	readonly items: INodeExecutionData[];
	readonly state: TriggerState;
	readonly failure: unknown;
}

/**
 * All divisions of one poll: what to hand over, and the state after it. Works on a copy; the caller
 * stores the state as its last act. One division's trouble does not keep the others waiting.
 */
export async function pollItems(context: IPollFunctions, before: TriggerState): Promise<Polled> {
	const settings = readSettings(context);
	const now = Date.now();
	const deadline = now + budgetOf(context);
	const client = await connect(context, { deadline });
	const watched = await watchedDivisions(client, settings.divisions, before.watched);
	const divisions = watched.codes;
	const first = divisions[0] as number;
	const started = await startedAt(client, settings, before, first);
	const isActivation = context.getActivationMode() === 'activate';
	const run: Run = {
		client,
		settings,
		encoding: await encodingOf(client, settings.encoding),
		startedAt: started?.at,
		deadline,
		// The first poll of an activation must not hold it up.
		maxSteps: isActivation ? 1 : Number.POSITIVE_INFINITY,
		notices: [...(before.notices ?? []), ...scheduleNotice(context, client, divisions)],
	};
	const allowance = allowanceOf(before, divisions.length, now);
	const state: TriggerState = {
		divisions: {},
		watched,
		turn: (before.turn + 1) % divisions.length,
		...(started === undefined ? {} : { startedAt: started }),
	};
	const items: INodeExecutionData[] = [];
	let failure: unknown;
	for (let index = 0; index < divisions.length; index += 1) {
		const place = (before.turn + index) % divisions.length;
		const division = divisions[place] as number;
		const known = before.divisions[division];
		const isOver = Date.now() >= deadline || client.statistics.calls >= allowance;
		if (index > 0 && isOver) {
			// The next poll begins where this one stopped.
			if (state.turn === (before.turn + 1) % divisions.length) state.turn = place;
			if (known !== undefined) state.divisions[division] = known;
			continue;
		}
		try {
			const result = await pollOne(run, division, known);
			state.divisions[division] = result.state;
			items.push(...result.items);
			if (result.stoppedBy !== undefined) throw result.stoppedBy;
		} catch (error) {
			if (state.divisions[division] === undefined && known !== undefined) {
				state.divisions[division] = known;
			}
			const isPaused = isCoreError(error) && error.code === 'EXACT_PAUSED';
			if (isCoreError(error)) {
				run.notices.push({ code: error.code, message: error.message, path: 'division' });
				context.logger.warn(`Exact Online Trigger: ${error.message}`);
			}
			// What is paused was told when Exact refused it; who activates the workflow is told again.
			if (!isPaused || isActivation) failure ??= error;
		}
	}
	if (divisions.length > 1) {
		state.allowance = { at: now, left: Math.max(0, allowance - client.statistics.calls) };
	}
	const notices = [...run.notices, ...client.notices];
	const quota = client.quota(first);
	withNotices(items, notices, quota);
	// One of each kind is kept for the next items; a pause is told anew by then.
	if (items.length === 0) {
		const lasting = notices.filter(({ code }) => LASTING.has(code));
		const latest = new Map(lasting.map((notice) => [`${notice.code} ${notice.path}`, notice]));
		if (latest.size > 0) state.notices = [...latest.values()];
	}
	context.logger.info(
		`Exact Online Trigger: ${items.length} items, ${quota.calls} calls, ${quota.dailyRemaining ?? '?'} left today`,
	);
	return { items, state, failure: items.length === 0 ? failure : undefined };
}

const LASTING = new Set<string>(['EXACT_DELETIONS_UNKNOWN', 'EXACT_FIELD_LEFT_OUT']);
