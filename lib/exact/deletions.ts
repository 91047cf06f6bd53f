import { int64Literal } from './literals';
import type { Reader } from './reader';
import { fieldTable } from './resources';
import type { Resource } from './resources';

const FIELDS = fieldTable({
	Int64: 'Timestamp',
	DateTime: 'DeletedDate',
	Guid: 'EntityKey ID',
	Int32: 'EntityType Division',
});

interface DeletedState {
	readonly from: string;
	readonly since?: string;
}

/** Exact's log of deleted rows, kept for two months; all entities share it. */
export async function readDeletions(
	reader: Reader,
	resource: Resource,
	state: DeletedState,
): Promise<{
	deletions: Array<{ key: string; deletedAt: string | undefined }>;
	state: { from: string };
}> {
	const deletions: Array<{ key: string; deletedAt: string | undefined }> = [];
	let max = BigInt(state.from);
	for await (const page of reader.pages(
		{ path: 'sync/Deleted', fields: FIELDS },
		{
			select: [...FIELDS.types.keys()],
			filter: `Timestamp gt ${int64Literal(state.from)}`,
		},
	)) {
		for (const row of page.rows) {
			const timestamp = BigInt(String(row.Timestamp));
			if (timestamp > max) max = timestamp;
			const deletedAt = typeof row.DeletedDate === 'string' ? row.DeletedDate : undefined;
			if (row.EntityType !== resource.deletedEntityType) continue;
			if (state.since !== undefined && deletedAt !== undefined && deletedAt < state.since) continue;
			deletions.push({ key: String(row.EntityKey), deletedAt });
		}
	}
	return { deletions, state: { from: max.toString() } };
}
