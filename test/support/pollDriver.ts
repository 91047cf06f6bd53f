import type {
	ClientOptions,
	DateEncoding,
	DeltaMethod,
	DivisionState,
	IncludeName,
	PollResult,
	ResourceName,
	Row,
	Start,
} from '../../lib/exact';
import {
	createJoiner,
	createReader,
	deltaFor,
	joinsFor,
	neededFields,
	pollDivision,
	RESOURCES,
	selectFields,
	startState,
} from '../../lib/exact';
import type { SimulatedExact } from './exactSimulator';

export interface PollSettings {
	readonly resource: ResourceName;
	readonly method?: DeltaMethod;
	readonly start?: Start;
	readonly includes?: readonly IncludeName[];
	readonly overlapMs?: number;
	readonly withDeletions?: boolean;
	readonly division?: number;
	readonly encoding?: DateEncoding;
	readonly startedAt?: number;
}

/** One poll as the trigger makes it: a state in, items and a state out. */
export async function pollOnce(
	exact: SimulatedExact,
	settings: PollSettings,
	before: DivisionState | undefined,
	more: { maxSteps?: number; client?: Partial<ClientOptions> } = {},
): Promise<PollResult> {
	const resource = RESOURCES[settings.resource];
	const includes = settings.includes ?? [];
	const client = exact.client(more.client);
	const reader = createReader(
		client,
		settings.division ?? exact.simulator.division,
		settings.encoding ?? 'amsterdam',
	);
	const options = {
		resource,
		method: settings.method,
		start: settings.start ?? ({ kind: 'beginning' } as const),
		overlapMs: settings.overlapMs ?? 0,
		withDeletions: settings.withDeletions ?? false,
		startedAt: settings.startedAt,
	};
	return await pollDivision(
		{
			reader,
			resource,
			select: selectFields(
				resource,
				undefined,
				neededFields(resource, joinsFor(resource, includes)),
			),
			overlapMs: options.overlapMs,
			delta: deltaFor(resource, settings.method),
			joiner: createJoiner(reader, resource, includes),
			withDeletions: options.withDeletions,
			deadline: Number.POSITIVE_INFINITY,
			maxSteps: more.maxSteps ?? Number.POSITIVE_INFINITY,
		},
		before ?? (await startState(reader, options)),
	);
}

export const keysOf = (result: PollResult, key: string): string[] =>
	result.rows.map(({ row }) => String((row as Row)[key]));
