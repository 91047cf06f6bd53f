import type { DivisionState, Pass } from './cursor';
import { without } from './cursor';
import type { JsonValue, Row } from './decode';
import { anyOf, groupTerms, guidLiteral, int64Literal, queryUrl } from './literals';
import type { Step, StepContext } from './deltaStep';
import { readStep } from './deltaStep';
import type { ReadTarget } from './reader';
import type { Delta } from './resources';
import { fieldTable } from './resources';

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
	return { ...context.resource, path: delta.path, fields: { types, doubtful: new Set() } };
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
		keys.map((key) => `${resource.key} eq ${guidLiteral(key)}`),
		(terms) => queryUrl(`${reader.division}/${resource.path}`, { select, filter: anyOf(terms) }),
	);
	const rows: Row[] = [];
	for (const group of groups) {
		for await (const page of reader.pages(resource, { select, filter: anyOf(group) })) {
			rows.push(...page.rows);
		}
	}
	const from = state.pass?.from ?? state.from;
	const others = without(state, 'pending');
	return {
		rows,
		from,
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
	const page = await readStep(context, targetOf(context, delta), pass.next, {
		select: selectOf(context, delta),
		filter: `Timestamp gt ${int64Literal(pass.from)}`,
	});
	let { max } = pass;
	const rows: Row[] = [];
	for (const row of page.rows) {
		max = higher(max, row.Timestamp);
		if (delta.only !== undefined && !delta.only.values.includes(row[delta.only.field] as never)) {
			continue;
		}
		const isOlder =
			state.since !== undefined && typeof row.Modified === 'string' && row.Modified < state.since;
		if (!isOlder) rows.push(row);
	}
	const rest = without(state, 'pass', 'since');
	const next: DivisionState =
		page.next === undefined
			? { ...rest, from: max ?? state.from }
			: {
					...rest,
					...(state.since === undefined ? {} : { since: state.since }),
					pass: { ...pass, next: page.next, ...(max === undefined ? {} : { max }) },
				};
	if (delta.documentKey === undefined) {
		return { rows, from: pass.from, done: page.next === undefined, state: next };
	}
	const { documentKey } = delta;
	const keys = new Set(
		rows.map((row) => row[documentKey]).filter((key) => typeof key === 'string'),
	);
	return {
		rows: [],
		from: pass.from,
		done: page.next === undefined && keys.size === 0,
		state: keys.size === 0 ? next : { ...next, pending: [...keys] },
	};
}
