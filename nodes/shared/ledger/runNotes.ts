import type { IExecuteFunctions } from 'n8n-workflow';
import { addSums } from '../../../lib/page';
import type { DocumentNote, FileNote, Noted, RefusalNote, RunNotes } from '../../../lib/page';

/** What our nodes of one run note for its last node, in the execution's own context. */
const FLOW_KEY = 'exactEdiRun';

/** Of each list so many rows are kept; the counts are whole, and the ledger has everything. */
const MOST_ROWS = 200;

interface KeptNotes extends RunNotes {
	readonly executionId: string;
}

const NONE = { count: 0, sums: {}, first: [] };
const NOTHING: RunNotes = {
	preview: false,
	agreements: [],
	taken: NONE,
	notTaken: {},
	refused: NONE,
	files: NONE,
};

export function readRunNotes(context: IExecuteFunctions): RunNotes {
	const kept = context.getContext('flow')[FLOW_KEY] as KeptNotes | undefined;
	// A retried execution takes over the old one's context, but tells of itself alone.
	return kept?.executionId === context.getExecutionId() ? kept : NOTHING;
}

const amountOf = (row: object) => ('currency' in row ? [row as DocumentNote | RefusalNote] : []);

function more<Row extends object>(noted: Noted<Row>, rows: readonly Row[]): Noted<Row> {
	return {
		count: noted.count + rows.length,
		sums: addSums(noted.sums, rows.flatMap(amountOf)),
		first: [...noted.first, ...rows.slice(0, Math.max(0, MOST_ROWS - noted.first.length))],
	};
}

export interface NewNotes {
	readonly preview?: boolean;
	readonly agreements?: readonly string[];
	readonly taken?: readonly DocumentNote[];
	readonly notTaken?: RunNotes['notTaken'];
	readonly refused?: readonly RefusalNote[];
	readonly files?: readonly FileNote[];
}

export function noteRun(context: IExecuteFunctions, notes: NewNotes): void {
	const before = readRunNotes(context);
	const notTaken = { ...before.notTaken };
	for (const [reason, { count, numbers }] of Object.entries(notes.notTaken ?? {})) {
		const known = notTaken[reason] ?? { count: 0, numbers: [] };
		notTaken[reason] = {
			count: known.count + count,
			numbers: [...known.numbers, ...numbers].slice(0, MOST_ROWS),
		};
	}
	const after: KeptNotes = {
		executionId: context.getExecutionId(),
		preview: before.preview || notes.preview === true,
		agreements: [...new Set([...before.agreements, ...(notes.agreements ?? [])])],
		taken: more(before.taken, notes.taken ?? []),
		notTaken,
		refused: more(before.refused, notes.refused ?? []),
		files: more(before.files, notes.files ?? []),
	};
	context.getContext('flow')[FLOW_KEY] = after;
}
