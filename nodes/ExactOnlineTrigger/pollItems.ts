import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import type { DivisionState, ExactClient, PollResult, Reader, Row } from '../../lib/exact';
import {
	createJoiner,
	createReader,
	deltaFor,
	getMany,
	joinsFor,
	neededFields,
	pollDivision,
	selectFields,
	startState,
	stateIdentity,
} from '../../lib/exact';
import { connect, toItemJson } from '../shared/exactOnline';
import type { Settings } from './settings';
import { readDivisions, readSettings } from './settings';

/** What n8n keeps for this node between polls. */
export interface TriggerState {
	divisions: Record<string, DivisionState>;
	pinned?: number;
	/** Whose turn is first, so that one busy division does not starve the others. */
	turn: number;
}

const SAMPLE_SIZE = 5;
/** Time to join, hash and hand over what was read. */
const BUDGET_RESERVE = 0.8;
const DEFAULT_BUDGET = 300_000;

function toItems(result: PollResult, reader: Reader, settings: Settings): INodeExecutionData[] {
	const shape = { output: settings.output, fields: [], onePerLine: settings.onePerLine };
	const items = result.rows.flatMap(({ row, cursor }) =>
		toItemJson(row, settings.resource, reader, shape, { cursor }).map((json) => ({ json })),
	);
	const deleted = result.deletions.map(({ key, deletedAt, cursor }) => ({
		json: {
			outcome: 'deleted',
			document: {
				resource: settings.resource.name,
				key: `exact:${reader.division}:${settings.resource.name}:${key}`,
				division: reader.division,
			},
			...(deletedAt === undefined ? {} : { deletedAt }),
			cursor,
		},
	}));
	return [...items, ...deleted];
}

async function pollOne(
	client: ExactClient,
	settings: Settings,
	division: number,
	before: DivisionState | undefined,
	limits: { readonly deadline: number; readonly maxSteps: number },
): Promise<{ items: INodeExecutionData[]; state: DivisionState; stoppedBy: Error | undefined }> {
	const { resource, method, includes } = settings;
	const reader = createReader(client, division, settings.encoding);
	const isSame = before !== undefined && before.identity === stateIdentity(settings, division);
	const state = isSame ? before : await startState(reader, settings);
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
			...limits,
		},
		state,
	);
	return { items: toItems(result, reader, settings), ...result };
}

/** A few rows to build the workflow with; the cursor is not even looked at. */
export async function sample(context: IPollFunctions): Promise<INodeExecutionData[] | null> {
	const settings = readSettings(context);
	const client = await connect(context);
	const { divisions } = await readDivisions(context, client, settings, undefined);
	const reader = createReader(client, divisions[0] as number, settings.encoding);
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
	};
	const items = toItems(result, reader, settings);
	return items.length === 0 ? null : items;
}

function budgetOf(context: IPollFunctions): number {
	// n8n before 2.38 has no budget to ask for.
	const ask = (context as { getPollBudgetMs?: () => number }).getPollBudgetMs;
	return (ask === undefined ? DEFAULT_BUDGET : ask.call(context)) * BUDGET_RESERVE;
}

/**
 * All divisions of one poll: what to hand over, and the state after it. Works on a copy; the caller
 * stores the state as its last act, because n8n keeps whatever a poll left behind when it throws.
 */
export async function pollItems(
	context: IPollFunctions,
	before: TriggerState,
): Promise<{ items: INodeExecutionData[]; state: TriggerState }> {
	const settings = readSettings(context);
	const deadline = Date.now() + budgetOf(context);
	const client = await connect(context, { deadline });
	const { divisions, pinned } = await readDivisions(context, client, settings, before.pinned);
	// The first poll of an activation must not hold it up.
	const maxSteps = context.getActivationMode() === 'activate' ? 1 : Number.POSITIVE_INFINITY;
	const state: TriggerState = {
		divisions: {},
		turn: (before.turn + 1) % divisions.length,
		...(pinned === undefined ? {} : { pinned }),
	};
	const items: INodeExecutionData[] = [];
	let failure: unknown;
	for (let index = 0; index < divisions.length; index += 1) {
		const division = divisions[(before.turn + index) % divisions.length] as number;
		const known = before.divisions[division];
		try {
			if (index > 0 && Date.now() >= deadline) {
				if (known !== undefined) state.divisions[division] = known;
				continue;
			}
			const result = await pollOne(client, settings, division, known, { deadline, maxSteps });
			state.divisions[division] = result.state;
			items.push(...result.items);
			failure ??= result.stoppedBy;
		} catch (error) {
			// One division's trouble does not keep the others waiting.
			if (known !== undefined) state.divisions[division] = known;
			failure ??= error;
		}
	}
	if (failure !== undefined) {
		if (items.length === 0) throw failure;
		const message = failure instanceof Error ? failure.message : String(failure);
		context.logger.warn(`Exact Online Trigger: ${message} The rest follows with the next poll.`);
	}
	const quota = client.quota(divisions[0] as number);
	context.logger.info(
		`Exact Online Trigger: ${items.length} items, ${quota.calls} calls, ${quota.dailyRemaining ?? '?'} left today`,
	);
	const first = items[0];
	if (first !== undefined) first.json.quota = quota as unknown as IDataObject;
	return { items, state };
}
