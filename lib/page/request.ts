/** What the page is asked for: the query of a GET, read with own names and limits only. */

export const VIEWS = [
	'todo',
	'documents',
	'files',
	'document',
	'file',
	'totals',
	'comparisons',
	'comparison',
	'raw',
] as const;
export type View = (typeof VIEWS)[number];

const CONTENTS = ['file', 'received', 'comparison'] as const;

export interface PageRequest {
	readonly view: View;
	readonly id: number | undefined;
	readonly after: string | undefined;
	readonly company: string;
	readonly partner: string;
	readonly agreement: string;
	readonly state: string;
	readonly from: string;
	readonly to: string;
	/** An invoice, file or control number, an Exact entry number; its beginning is enough. */
	readonly search: string;
	/** Which bytes `raw` hands out: of a file of ours, of an acknowledgment received, or a list as CSV. */
	readonly of: (typeof CONTENTS)[number];
}

const MAX_TEXT = 200;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

function textOf(input: unknown, name: string): string {
	if (typeof input !== 'object' || input === null || !Object.hasOwn(input, name)) return '';
	const value: unknown = (input as Record<string, unknown>)[name];
	const first: unknown = Array.isArray(value) ? value[0] : value;
	if (typeof first !== 'string' && typeof first !== 'number') return '';
	return String(first).trim().slice(0, MAX_TEXT);
}

/** Never throws: what is not understood is left out. */
export function readRequest(input: unknown): PageRequest {
	const view = textOf(input, 'view');
	const id = textOf(input, 'id');
	const day = (name: string): string => {
		const text = textOf(input, name);
		return DAY.test(text) ? text : '';
	};
	return {
		view: VIEWS.find((one) => one === view) ?? 'todo',
		id: /^\d{1,15}$/.test(id) ? Number(id) : undefined,
		after: textOf(input, 'after') || undefined,
		company: textOf(input, 'company'),
		partner: textOf(input, 'partner'),
		agreement: textOf(input, 'agreement'),
		state: textOf(input, 'state'),
		from: day('from'),
		to: day('to'),
		search: textOf(input, 'search'),
		of: CONTENTS.find((one) => one === textOf(input, 'of')) ?? 'file',
	};
}

/** The filters, for links that keep them. */
export function filtersOf(request: PageRequest): Record<string, string> {
	const { company, partner, agreement, state, from, to, search } = request;
	return { company, partner, agreement, state, from, to, search };
}
