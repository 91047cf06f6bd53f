import { CoreError } from '../errors';
import type { Delta, Resource } from './resources';

export type DeltaMethod = Delta['method'];

/** One pass over all changes since `from`; it may take several polls. */
export interface Pass {
	/** Modified: Exact's wall clock. Timestamp: the rowversion. Hash: empty. */
	from: string;
	/** Where the next poll goes on: Exact's own address of the next page. */
	next?: string;
	/** Marks of the pages that were read. */
	trail?: string[];
	/** Modified: the highest value on the first page. */
	firstMax?: string;
	/** Modified: the rows from `from` to here are known and not read again. */
	beyond?: string;
	/** Modified: rows so far, known ones too. */
	found?: number;
	/** Modified: keys so far, where the overlap is read anew because it changed. */
	met?: string[];
	/** Timestamp: the highest value on all pages so far. */
	max?: string;
	/** Exact's clock when the pass began, with UTC's numbers. */
	startedAt?: string;
	/** Hash: keys met in this pass, so that vanished rows are seen at its end. */
	visited?: string[];
	/** Hash: how many rows Exact counted. */
	total?: number;
}

/** What a poll keeps for one division; plain JSON, because n8n stores it with the workflow. */
export interface DivisionState {
	/** Resource, method and start: another choice begins anew. */
	identity: string;
	from: string;
	pass?: Pass;
	/** Modified: what was handed over at or after `from`, by key. */
	seen?: Record<string, string>;
	/** Modified: `seen` was too long, and some of it is forgotten. */
	seenCut?: boolean;
	/** Modified: when the overlap was last counted, and how long until it is counted again. */
	check?: { at: number; every: number };
	/** Modified: how far Exact's wall clock is proven to be ahead of UTC, and when it was. */
	ahead?: { by: number; at: number };
	/** When the right to read was last certain, in epoch milliseconds. */
	rightsAt?: number;
	/** Hash: what every row was like. */
	hashes?: Record<string, string>;
	/** Hash: the last read was complete and empty; only a second one is believed. */
	emptied?: boolean;
	/** Documents that the stream named and that are still to be read, with their rowversion. */
	pending?: Array<[key: string, from: string]>;
	/** The first page, or for Hash the first pass, only shows what is there already. */
	baseline?: boolean;
	/** The moment of "now", in epoch milliseconds, until the cursor is past it. */
	startedAt?: number;
	/** Timestamp: rows not modified since (on Exact's wall clock) are passed over in the first pass. */
	since?: string;
	/** The start is the cursor of this item: it, and what came before it, is not handed over again. */
	after?: { key: string; modified?: string; isOnly?: boolean };
	deleted?: DeletedState;
	/** DivisionMoveDate and the like: when they change, rowversions are void. */
	moveMark?: string;
	moveCheckedAt?: number;
}

/** How far Exact's log of deleted rows was read. */
export interface DeletedState {
	from: string;
	/** Exact's wall clock: what was deleted before is not ours to tell. */
	since?: string;
	/** When it was last read, in epoch milliseconds: the log is kept for two months. */
	readAt?: number;
	/**
	 * Where the log mixes rows of several kinds under one number: marks of the keys that are ours, and
	 * where the list of them is being read.
	 */
	known?: string[];
	listing?: { from: string };
}

/** The state without what a step has used up. */
export function without(
	state: DivisionState,
	...names: ReadonlyArray<Exclude<keyof DivisionState, 'identity' | 'from'>>
): DivisionState {
	const rest = { ...state };
	for (const name of names) delete rest[name];
	return rest;
}

export type Start =
	| { readonly kind: 'now' }
	| { readonly kind: 'beginning' }
	| { readonly kind: 'date'; readonly date: string }
	| { readonly kind: 'cursor'; readonly cursor: string };

export function deltaFor(resource: Resource, method: DeltaMethod | undefined): Delta {
	const delta =
		method === undefined
			? resource.deltas[0]
			: resource.deltas.find((candidate) => candidate.method === method);
	if (delta !== undefined) return delta;
	throw new CoreError(
		'EXACT_FILTER_UNSUPPORTED',
		`Changes of ${resource.displayName} cannot be found by '${method}'`,
		{ path: 'detectBy' },
	);
}

/** Carried by every item: a start from here gives everything after this item. */
export interface CursorPosition {
	readonly from: string;
	/** The item itself. */
	readonly key?: string | undefined;
	/** Modified: the item's own, where its pass was not over and `from` is that of the pass. */
	readonly modified?: string | undefined;
}

export function formatCursor(
	resource: Resource,
	division: number,
	method: DeltaMethod,
	{ from, key, modified }: CursorPosition,
): string {
	const item = key === undefined ? [] : [key.toLowerCase()];
	const own = key === undefined || modified === undefined ? [] : [modified];
	return [resource.name, division, method, from, ...item, ...own].join('/');
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{3})?$/;
const VALUES: Readonly<Record<DeltaMethod, RegExp>> = {
	modified: MOMENT,
	timestamp: /^\d{1,20}$/,
	hash: /^$/,
};
const KEY = /^[0-9a-z-]{1,40}$/i;

export function parseCursor(
	cursor: string,
	resource: Resource,
	division: number,
	method: DeltaMethod,
): CursorPosition {
	const [name, code, itsMethod, from = '', key, modified, ...more] = cursor.trim().split('/');
	const fits =
		name === resource.name &&
		code === String(division) &&
		itsMethod === method &&
		more.length === 0 &&
		VALUES[method].test(from) &&
		(key === undefined || (method !== 'timestamp' && KEY.test(key))) &&
		(modified === undefined || (method === 'modified' && MOMENT.test(modified)));
	if (fits) return { from, key: key?.toLowerCase(), modified };
	throw new CoreError(
		'EXACT_CURSOR_INVALID',
		`The cursor "${cursor.slice(0, 80)}" is not one of ${resource.displayName} in division ${division} by ${method}`,
		{ path: 'startCursor' },
	);
}
