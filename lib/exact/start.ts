import type { DeletedState, DeltaMethod, DivisionState, Start } from './cursor';
import { deltaFor, parseCursor } from './cursor';
import { sharesLog } from './deletions';
import { queryUrl, dateTimeLiteral, textLiteral } from './literals';
import type { Reader } from './reader';
import type { Delta, Resource } from './resources';
import {
	dayWallClock,
	earliestWallClock,
	fromWallClock,
	parseWallClockText,
	sinceWallClock,
	wallClockText,
} from './wallClock';

/** Exact cannot hold anything older. */
const BEGINNING = '1900-01-01T00:00:00.000';
/** The first rowversion query, in Exact's own words. */
const FIRST_TIMESTAMP = '1';

const JUST_NOW = 600_000;

/** `endPoint` values of SyncTimestamp that belong to streams of ours. */
const SYNC_TIMESTAMP_NAMES: Readonly<Record<string, string>> = {
	'sync/Financial/TransactionLines': 'TransactionLines',
	'sync/PurchaseOrder/PurchaseOrders': 'PurchaseOrders',
};

export interface StartOptions {
	readonly resource: Resource;
	readonly method: DeltaMethod | undefined;
	readonly start: Start;
	readonly overlapMs: number;
	readonly withDeletions: boolean;
	/**
	 * The moment of "now" where it was already (epoch ms): the same for all divisions, also for one
	 * that was away then.
	 */
	readonly startedAt?: number | undefined;
}

export function stateIdentity(options: StartOptions, division: number): string {
	const { method } = deltaFor(options.resource, options.method);
	return JSON.stringify([options.resource.name, method, division, options.start]);
}

/** Exact's own clock, for nothing: of Me only the Date header is wanted. */
export async function exactNow(reader: Reader): Promise<number> {
	return (await reader.client.get('current/Me?$select=UserID')).serverTime;
}

async function timestampSince(
	reader: Reader,
	delta: Extract<Delta, { method: 'timestamp' }>,
	wall: number,
): Promise<string | undefined> {
	const name = SYNC_TIMESTAMP_NAMES[delta.path];
	if (name === undefined) return undefined;
	// Plain arguments of a function, not $-options.
	const query = queryUrl(`${reader.division}/read/sync/Sync/SyncTimestamp`, {
		select: ['Modified', 'TimeStampAsBigInt'],
	});
	const modified = encodeURIComponent(dateTimeLiteral(wall));
	const response = await reader.client.get(
		`${query}&modified=${modified}&endPoint=${encodeURIComponent(textLiteral(name))}`,
	);
	const value = response.rows[0]?.TimeStampAsBigInt;
	if (value === undefined || value === null || !/^\d+$/.test(String(value))) return undefined;
	const before = BigInt(String(value)) - 1n;
	return before > 0n ? before.toString() : FIRST_TIMESTAMP;
}

/** Where the delete log is read from, and which of its keys are ours. */
function deletedFrom(
	options: StartOptions,
	since: number | undefined,
	/** Deletions from here on are wanted; the log may not go back so far. */
	readAt: number | undefined,
): DeletedState | undefined {
	const { resource } = options;
	if (!options.withDeletions || resource.deletedEntityType === undefined) return undefined;
	return {
		from: FIRST_TIMESTAMP,
		...(since === undefined ? {} : { since: wallClockText(since) }),
		...(readAt === undefined ? {} : { readAt }),
		...(sharesLog(resource) === undefined ? {} : { known: [], listing: { from: '0' } }),
	};
}

/** What is wanted since, on Exact's wall clock and as an instant; neither for everything. */
interface Since {
	readonly wall: number;
	readonly instant: number;
}

function sinceOf(start: Start, startedAt: number | undefined, reader: Reader): Since | undefined {
	const { encoding } = reader;
	if (start.kind === 'date') {
		const wall = dayWallClock(start.date, encoding, 'startDate');
		return { wall, instant: fromWallClock(wall, encoding) };
	}
	if (startedAt === undefined) return undefined;
	// For a division that was away UTC's numbers are taken, which are at or behind every clock of
	// Exact's: now there is nothing yet that a clock ahead could leave out.
	const isNow = reader.client.clock.now() - startedAt < JUST_NOW;
	return {
		wall: isNow ? earliestWallClock(startedAt, encoding) : startedAt,
		instant: startedAt,
	};
}

function fromCursor(reader: Reader, options: StartOptions, cursor: string): DivisionState {
	const { resource } = options;
	const { method } = deltaFor(resource, options.method);
	const { from, key, modified } = parseCursor(cursor, resource, reader.division, method);
	const deleted = deletedFrom(options, undefined, 0);
	const item = modified ?? (method === 'modified' ? from : undefined);
	return {
		identity: stateIdentity(options, reader.division),
		// In the repeated hour what came after the item may carry an earlier time.
		from:
			method === 'modified'
				? wallClockText(
						Math.min(
							sinceWallClock(from, reader.encoding, 'startCursor'),
							parseWallClockText(from),
						),
					)
				: from,
		...(key === undefined
			? {}
			: {
					after: {
						key,
						...(item === undefined ? {} : { modified: wallClockText(parseWallClockText(item)) }),
						...(modified === undefined ? {} : { isOnly: true }),
					},
				}),
		...(deleted === undefined ? {} : { deleted }),
	};
}

/** The state before the first poll of a division. */
export async function startState(reader: Reader, options: StartOptions): Promise<DivisionState> {
	const { resource, start, overlapMs } = options;
	if (start.kind === 'cursor') return fromCursor(reader, options, start.cursor);
	const delta = deltaFor(resource, options.method);
	const startedAt =
		start.kind === 'now' ? (options.startedAt ?? (await exactNow(reader))) : undefined;
	const since = sinceOf(start, startedAt, reader);
	const deleted = deletedFrom(options, since?.wall, since?.instant ?? 0);
	const state: DivisionState = {
		identity: stateIdentity(options, reader.division),
		from: '',
		...(startedAt === undefined ? {} : { startedAt }),
		...(deleted === undefined ? {} : { deleted }),
	};
	switch (delta.method) {
		case 'hash':
			return { ...state, ...(start.kind === 'now' ? { baseline: true } : {}) };
		case 'modified': {
			if (since === undefined) return { ...state, from: BEGINNING };
			if (startedAt === undefined) return { ...state, from: wallClockText(since.wall) };
			return {
				...state,
				// UTC's numbers are at or behind every wall clock of Exact.
				from: wallClockText(startedAt - overlapMs),
				baseline: true,
			};
		}
		case 'timestamp': {
			if (since === undefined) return { ...state, from: FIRST_TIMESTAMP };
			const slack = start.kind === 'now' ? overlapMs : 0;
			const from = await timestampSince(reader, delta, since.wall - slack);
			if (from !== undefined) return { ...state, from };
			return { ...state, from: FIRST_TIMESTAMP, since: wallClockText(since.wall - slack) };
		}
	}
}
