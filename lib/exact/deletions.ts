import { createHash } from 'node:crypto';
import type { DeletedState } from './cursor';
import { wallClockOf } from './decode';
import type { StepContext } from './deltaStep';
import { int64Literal } from './literals';
import type { Reader } from './reader';
import type { Delta, Resource } from './resources';
import { fieldTable } from './resources';
import { wallClockText } from './wallClock';

const FIELDS = fieldTable({
	Int64: 'Timestamp',
	DateTime: 'DeletedDate',
	Guid: 'EntityKey ID PurchaseOrderID',
	Int32: 'EntityType Division',
	Int16: 'LineType',
});
const LOG_FIELDS = ['Timestamp', 'DeletedDate', 'EntityKey', 'ID', 'EntityType', 'Division'];

/** Two months, of which the shortest is counted. */
export const LOG_KEPT = 59 * 24 * 3_600_000;

export interface Deletion {
	readonly key: string;
	readonly deletedAt: string | undefined;
}

type Stream = Extract<Delta, { method: 'timestamp' }>;

/**
 * Order lines are logged as orders, receivables as payments and customers as accounts: the number of
 * the entity does not say whose the key is. Then only keys that were seen as ours leave.
 */
export function sharesLog(resource: Resource): Stream | undefined {
	const stream = resource.deltas.find((delta) => delta.method === 'timestamp');
	if (resource.deletedEntityType === undefined || stream?.method !== 'timestamp') return undefined;
	return stream.only === undefined && stream.documentKey === undefined ? undefined : stream;
}

/** Short, because thousands are kept with the workflow. */
export function keyMark(key: string): string {
	return createHash('sha256').update(key.toLowerCase()).digest('base64url').slice(0, 9);
}

/** One page of the stream that names our keys; true when all are known. */
export async function listKeys(
	context: StepContext,
	stream: Stream,
	state: DeletedState,
): Promise<DeletedState> {
	if (state.listing === undefined) return state;
	const { reader, resource } = context;
	const keyField = stream.documentKey ?? resource.key;
	const only = stream.only === undefined ? [] : [stream.only.field];
	const types = new Map([...FIELDS.types, ...resource.fields.types]);
	const page = await reader.page(
		{
			path: stream.path,
			regularPath: resource.path,
			withoutDivision: true,
			fields: { types, doubtful: new Set() },
		},
		{
			select: [...new Set(['Timestamp', keyField, ...only])],
			filter: `Timestamp gt ${int64Literal(state.listing.from)}`,
		},
	);
	const known = new Set(state.known);
	let from = BigInt(state.listing.from);
	for (const row of page.rows) {
		const timestamp = BigInt(String(row.Timestamp));
		if (timestamp > from) from = timestamp;
		const isOurs =
			stream.only === undefined || stream.only.values.includes(row[stream.only.field] as never);
		if (isOurs && typeof row[keyField] === 'string') known.add(keyMark(row[keyField]));
	}
	// The next page is asked for by the rowversion, so that a poll can stop in between.
	const next: DeletedState = { ...state, known: [...known], listing: { from: from.toString() } };
	if (page.next === undefined) delete next.listing;
	return next;
}

export interface DeletionsRead {
	readonly deletions: readonly Deletion[];
	readonly state: DeletedState;
	/** Deletions before this (epoch ms) are not in the log any more and were not read. */
	readonly unknownBefore: number | undefined;
}

/** Exact's log of deleted rows, kept for two months; all entities share it. */
export async function readDeletions(
	reader: Reader,
	resource: Resource,
	state: DeletedState,
): Promise<DeletionsRead> {
	const now = reader.client.clock.now();
	const deletions: Deletion[] = [];
	const known = state.known === undefined ? undefined : new Set(state.known);
	let max = BigInt(state.from);
	for await (const page of reader.pages(
		{ path: 'sync/Deleted', fields: FIELDS },
		{ select: LOG_FIELDS, filter: `Timestamp gt ${int64Literal(state.from)}` },
	)) {
		for (const [index, row] of page.rows.entries()) {
			const timestamp = BigInt(String(row.Timestamp));
			if (timestamp > max) max = timestamp;
			if (row.EntityType !== resource.deletedEntityType) continue;
			const key = String(row.EntityKey);
			if (known !== undefined && !known.delete(keyMark(key))) continue;
			const wall = wallClockOf(page.raw[index]?.DeletedDate);
			const isBefore =
				state.since !== undefined && wall !== undefined && wallClockText(wall) < state.since;
			if (isBefore) continue;
			const deletedAt = typeof row.DeletedDate === 'string' ? row.DeletedDate : undefined;
			deletions.push({ key, deletedAt });
		}
	}
	const isLate = state.readAt !== undefined && now - state.readAt > LOG_KEPT;
	return {
		deletions,
		state: {
			from: max.toString(),
			readAt: now,
			...(known === undefined ? {} : { known: [...known] }),
		},
		unknownBefore: isLate ? now - LOG_KEPT : undefined,
	};
}
