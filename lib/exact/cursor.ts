import { CoreError } from '../errors';
import type { Delta, Resource } from './resources';

export type DeltaMethod = Delta['method'];

/** One pass over all changes since `from`; it may take several polls. */
export interface Pass {
	/** Modified: Exact's wall clock. Timestamp: the rowversion. Hash: empty. */
	from: string;
	/** Where the next poll goes on: Exact's own address of the next page. */
	next?: string;
	/** Modified: the highest value on the first page. */
	firstMax?: string;
	/** Timestamp: the highest value on all pages so far. */
	max?: string;
	/** Exact's clock when the pass began, with UTC's numbers. */
	startedAt?: string;
	/** Hash: keys met in this pass, so that vanished rows are seen at its end. */
	visited?: string[];
}

/** What a poll keeps for one division; plain JSON, because n8n stores it with the workflow. */
export interface DivisionState {
	/** Resource, method and start: another choice begins anew. */
	identity: string;
	from: string;
	pass?: Pass;
	/** Modified: what was handed over at or after `from`, by key. */
	seen?: Record<string, string>;
	/** Hash: what every row was like. */
	hashes?: Record<string, string>;
	/** Documents that the stream named and that are still to be read. */
	pending?: string[];
	/** The first page, or for Hash the first pass, only shows what is there already. */
	baseline?: boolean;
	/** Timestamp: rows not modified since are passed over in the first pass. */
	since?: string;
	deleted?: { from: string; since?: string };
	/** DivisionMoveDate and the like: when they change, rowversions are void. */
	moveMark?: string;
	moveCheckedAt?: number;
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
		`Changes of ${resource.displayName} cannot be found by '${method}'.`,
		{ path: 'detectBy' },
	);
}

/** Carried by every item: a start from here gives this item and everything after it. */
export function formatCursor(
	resource: Resource,
	division: number,
	method: DeltaMethod,
	from: string,
): string {
	return [resource.name, division, method, from].join('/');
}

const VALUES: Readonly<Record<DeltaMethod, RegExp>> = {
	modified: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{3})?$/,
	timestamp: /^\d{1,20}$/,
	hash: /^$/,
};

export function parseCursor(
	cursor: string,
	resource: Resource,
	division: number,
	method: DeltaMethod,
): string {
	const [name, code, itsMethod, from = '', ...more] = cursor.trim().split('/');
	const fits =
		name === resource.name &&
		code === String(division) &&
		itsMethod === method &&
		more.length === 0 &&
		VALUES[method].test(from);
	if (fits) return from;
	throw new CoreError(
		'EXACT_CURSOR_INVALID',
		`The cursor '${cursor.slice(0, 80)}' is not one of ${resource.displayName} in division ${division} by ${method}.`,
		{ path: 'startCursor' },
	);
}
