import type { DeltaMethod, DivisionState, Start } from './cursor';
import { deltaFor, parseCursor } from './cursor';
import { queryUrl, dateTimeLiteral, textLiteral } from './literals';
import type { Reader } from './reader';
import type { Delta, Resource } from './resources';
import { fromWallClock, momentToWallClock, toWallClock, wallClockText } from './wallClock';

/** Exact cannot hold anything older. */
const BEGINNING = '1900-01-01T00:00:00.000';
/** The first rowversion query, in Exact's own words. */
const FIRST_TIMESTAMP = '1';

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
}

export function stateIdentity(options: StartOptions, division: number): string {
	const { method } = deltaFor(options.resource, options.method);
	return JSON.stringify([options.resource.name, method, division, options.start]);
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

/** The state before the first poll of a division. */
export async function startState(reader: Reader, options: StartOptions): Promise<DivisionState> {
	const { resource, start, overlapMs } = options;
	const delta = deltaFor(resource, options.method);
	const identity = stateIdentity(options, reader.division);
	// Of Me only the Date header is wanted: Exact's own clock, for nothing.
	const serverNow =
		start.kind === 'now'
			? (await reader.client.get('current/Me?$select=UserID')).serverTime
			: undefined;
	const wall =
		start.kind === 'date'
			? momentToWallClock(start.date, reader.encoding, 'startDate')
			: serverNow === undefined
				? undefined
				: toWallClock(serverNow, reader.encoding);
	const instant = wall === undefined ? undefined : fromWallClock(wall, reader.encoding);
	const deleted =
		options.withDeletions && resource.deletedEntityType !== undefined
			? {
					deleted: {
						from: FIRST_TIMESTAMP,
						...(instant === undefined ? {} : { since: new Date(instant).toISOString() }),
					},
				}
			: {};
	if (start.kind === 'cursor') {
		return {
			identity,
			from: parseCursor(start.cursor, resource, reader.division, delta.method),
			...deleted,
		};
	}
	switch (delta.method) {
		case 'hash':
			return {
				identity,
				from: '',
				...(start.kind === 'now' ? { baseline: true } : {}),
				...deleted,
			};
		case 'modified': {
			if (serverNow !== undefined) {
				// UTC's numbers are at or behind the wall clock, whichever of the two Exact uses here.
				return {
					identity,
					from: wallClockText(serverNow - overlapMs),
					baseline: true,
					...deleted,
				};
			}
			return { identity, from: wall === undefined ? BEGINNING : wallClockText(wall), ...deleted };
		}
		case 'timestamp': {
			if (wall === undefined || instant === undefined) {
				return { identity, from: FIRST_TIMESTAMP, ...deleted };
			}
			const slack = start.kind === 'now' ? overlapMs : 0;
			const from = await timestampSince(reader, delta, wall - slack);
			if (from !== undefined) return { identity, from, ...deleted };
			const since = new Date(instant - slack).toISOString();
			return { identity, from: FIRST_TIMESTAMP, since, ...deleted };
		}
	}
}
