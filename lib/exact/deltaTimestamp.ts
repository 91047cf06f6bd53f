import type { DivisionState, Pass } from './cursor';
import { without } from './cursor';
import type { JsonValue, Row } from './decode';
import { wallClockOf } from './decode';
import { anyOf, groupTerms, guidLiteral, int64Literal, queryUrl } from './literals';
import type { Step, StepContext, StepRow } from './deltaStep';
import { confirmEmpty, readStep } from './deltaStep';
import type { ReadTarget } from './reader';
import type { Delta } from './resources';
import { fieldTable } from './resources';
import { wallClockText } from './wallClock';

export type TimestampDelta = Extract<Delta, { method: 'timestamp' }>;

const SYNC_FIELDS = fieldTable({
	Int64: 'Timestamp',
	Int16: 'LineType',
	Int32: 'Type',
	DateTime: 'Modified',
	Guid: 'EntryID PurchaseOrderID',
}).types;

function higher(a: string | undefined, b: JsonValue | undefined): string | undefined {
	if (b === undefined || b === null) return a;
	const text = String(b);
	return a === undefined || BigInt(text) > BigInt(a) ? text : a;
}

function targetOf(context: StepContext, delta: TimestampDelta): ReadTarget {
	const types = new Map([...SYNC_FIELDS, ...context.resource.fields.types]);
	return {
		...context.resource,
		path: delta.path,
		regularPath: context.resource.path,
		fields: { types, doubtful: new Set() },
	};
}

function selectOf(context: StepContext, delta: TimestampDelta): string[] {
	if (delta.documentKey !== undefined) {
		const only = delta.only === undefined ? [] : [delta.only.field];
		return ['Timestamp', 'ID', delta.documentKey, 'Division', 'Modified', ...only];
	}
	const absent = new Set(delta.without);
	const only = delta.only === undefined ? [] : [delta.only.field];
	const names = context.select.filter((name) => !absent.has(name));
	return [...new Set(['Timestamp', ...(delta.with ?? []), ...only, ...names])];
}

/** Documents per step that reads what the stream named: four calls of 15. */
const PENDING_PER_STEP = 60;

async function pendingStep(context: StepContext, state: DivisionState): Promise<Step> {
	const { reader, resource, select } = context;
	const pending = state.pending ?? [];
	const keys = pending.slice(0, PENDING_PER_STEP);
	const rest = pending.slice(PENDING_PER_STEP);
	const groups = groupTerms(
		keys.map(([key]) => `${resource.key} eq ${guidLiteral(key)}`),
		(terms) => queryUrl(`${reader.division}/${resource.path}`, { select, filter: anyOf(terms) }),
	);
	const rowOf = new Map<string, Row>();
	for (const group of groups) {
		const before = rowOf.size;
		const read = async () => {
			for await (const page of reader.pages(resource, { select, filter: anyOf(group) })) {
				for (const row of page.rows) rowOf.set(String(row[resource.key]).toLowerCase(), row);
			}
		};
		await read();
		if (rowOf.size > before) continue;
		// Of documents that the stream has just named at least one is there, unless the right is gone.
		await reader.confirmRight(resource);
		await read();
	}
	const rows = keys.flatMap(([key, from]): StepRow[] => {
		const row = rowOf.get(key.toLowerCase());
		return row === undefined ? [] : [{ row, from }];
	});
	const others = without(state, 'pending');
	return {
		rows,
		done: rest.length === 0 && state.pass === undefined,
		state: rest.length === 0 ? others : { ...others, pending: rest },
	};
}

/** Sync endpoints: everything whose rowversion is above the cursor, 1,000 rows a page. */
export async function timestampStep(
	context: StepContext,
	state: DivisionState,
	delta: TimestampDelta,
): Promise<Step> {
	if (state.pending !== undefined && state.pending.length > 0) {
		return await pendingStep(context, state);
	}
	const pass: Pass = { ...(state.pass ?? { from: state.from }) };
	const page = await readStep(context, targetOf(context, delta), pass, {
		select: selectOf(context, delta),
		filter: `Timestamp gt ${int64Literal(pass.from)}`,
	});
	let rest = without(state, 'pass', 'since');
	if (page.rows.length > 0) rest.rightsAt = context.reader.client.clock.now();
	else if (pass.next === undefined) {
		const rightsAt = await confirmEmpty(context, state, false);
		if (rightsAt !== undefined) rest.rightsAt = rightsAt;
	}
	let { max } = pass;
	let isAscending = true;
	const rows: StepRow[] = [];
	for (const [index, row] of page.rows.entries()) {
		const timestamp = String(row.Timestamp);
		// Pages are said to come in the order of the rowversion; where they do not, a cursor goes back.
		if (max !== undefined && BigInt(timestamp) < BigInt(max)) isAscending = false;
		max = higher(max, timestamp);
		if (delta.only !== undefined && !delta.only.values.includes(row[delta.only.field] as never)) {
			continue;
		}
		const wall = wallClockOf(page.raw[index]?.Modified);
		const isOlder =
			state.since !== undefined && wall !== undefined && wallClockText(wall) < state.since;
		if (!isOlder) rows.push({ row, from: timestamp });
	}
	const placed = isAscending ? rows : rows.map(({ row }) => ({ row, from: pass.from }));
	if (page.next === undefined) rest.from = max ?? state.from;
	else {
		if (state.since !== undefined) rest.since = state.since;
		const next = { next: page.next, trail: page.trail };
		rest.pass = { ...pass, ...next, ...(max === undefined ? {} : { max }) };
	}
	const { documentKey } = delta;
	if (documentKey === undefined) {
		return { rows: placed, done: page.next === undefined, state: rest };
	}
	// Several lines of one document: it comes once, in the place of its last change.
	const pending = new Map<string, string>();
	for (const { row, from } of placed) {
		const key = row[documentKey];
		if (typeof key !== 'string') continue;
		pending.delete(key);
		pending.set(key, from);
	}
	if (pending.size > 0) rest = { ...rest, pending: [...pending] };
	return { rows: [], done: page.next === undefined && pending.size === 0, state: rest };
}
