import { CoreError } from '../errors';
import { insertInto, updateIn } from './port';
import type { Columns, Tx, Value, Work } from './port';
import {
	FILE_TRANSITIONS,
	NUMBER_TRANSITIONS,
	RECEIVED_TRANSITIONS,
	VERSION_TRANSITIONS,
} from './states';

/**
 * A table whose every change is an event. What an event's details say is exactly what was written,
 * so that *Check* can derive each row from its events.
 */
export interface AuditedTable {
	readonly name: string;
	readonly columns: Columns;
	/** Leases and counters that change without an event, bytes (their hash is elsewhere), secrets. */
	readonly unrecorded: readonly string[];
	readonly transitions?: Readonly<Record<string, readonly string[]>>;
}

const DIRECTORY = {
	id: 'integer',
	name: 'text',
	version: 'integer',
	settings: 'text',
	secrets: 'text',
	retired: 'integer',
} as const;

export const COMPANIES = {
	name: 'companies',
	columns: DIRECTORY,
	unrecorded: ['secrets'],
} as const;
export const PARTNERS = { name: 'partners', columns: DIRECTORY, unrecorded: ['secrets'] } as const;

export const AGREEMENTS = {
	name: 'agreements',
	columns: {
		id: 'integer',
		name: 'text',
		company_id: 'integer',
		partner_id: 'integer',
		version: 'integer',
		version_id: 'integer',
		terms: 'text',
		settings: 'text',
		secrets: 'text',
		server: 'text',
		implicit: 'integer',
		retired: 'integer',
	},
	unrecorded: ['secrets'],
} as const;

export const AGREEMENT_VERSIONS = {
	name: 'agreement_versions',
	columns: {
		id: 'integer',
		agreement_id: 'integer',
		version: 'integer',
		name: 'text',
		terms: 'text',
		settings: 'text',
	},
	unrecorded: [],
} as const;

export const VERSIONS = {
	name: 'versions',
	columns: {
		id: 'integer',
		document_id: 'integer',
		agreement_id: 'integer',
		agreement_version_id: 'integer',
		content_hash: 'text',
		number: 'text',
		own_number: 'text',
		counterparty: 'text',
		document_date: 'text',
		currency: 'text',
		amount: 'text',
		modified: 'text',
		state: 'text',
		change: 'text',
		purpose: 'text',
		attempt: 'integer',
		reservation: 'text',
		lease_until: 'text',
		manual_workflow: 'text',
		file_id: 'integer',
		supersedes_file: 'text',
		issues: 'text',
		taken_at: 'text',
		document: 'blob',
	},
	unrecorded: ['lease_until', 'document'],
	transitions: VERSION_TRANSITIONS,
} as const;

export const FILES = {
	name: 'files',
	columns: {
		id: 'integer',
		agreement_version_id: 'integer',
		agreement_id: 'integer',
		kind: 'text',
		name: 'text',
		folder: 'text',
		server: 'text',
		path: 'text',
		format: 'text',
		transaction_set: 'text',
		release: 'text',
		usage: 'text',
		sender: 'text',
		receiver: 'text',
		control_number: 'text',
		group_control_numbers: 'text',
		sha256: 'text',
		bytes: 'integer',
		mime_type: 'text',
		document_count: 'integer',
		state: 'text',
		state_before: 'text',
		attempts: 'integer',
		claim_token: 'text',
		lease_until: 'text',
		when_in_doubt: 'text',
		acknowledge_hours: 'integer',
		error_code: 'text',
		error: 'text',
		receipt: 'text',
		recorded_at: 'text',
		deposited_at: 'text',
		answer_due_at: 'text',
		answered_at: 'text',
		on_behalf: 'text',
		answers: 'integer',
		contents: 'text',
	},
	unrecorded: ['lease_until'],
	transitions: FILE_TRANSITIONS,
} as const;

export const RECEIVED = {
	name: 'received',
	columns: {
		id: 'integer',
		path: 'text',
		modified_at: 'text',
		name: 'text',
		sha256: 'text',
		bytes: 'integer',
		partner: 'text',
		sender: 'text',
		receiver: 'text',
		control_number: 'text',
		format: 'text',
		state: 'text',
		claim_token: 'text',
		lease_until: 'text',
		received_at: 'text',
		contents: 'text',
	},
	unrecorded: ['lease_until'],
	transitions: RECEIVED_TRANSITIONS,
} as const;

export const ANSWERS = {
	name: 'answers',
	columns: {
		id: 'integer',
		sha256: 'text',
		position: 'integer',
		file_id: 'integer',
		acknowledgment: 'text',
		level: 'text',
		outcome: 'text',
		status: 'text',
		set_control_number: 'text',
		summary: 'text',
		errors: 'text',
		on_behalf: 'integer',
		acknowledged_at: 'text',
		applied: 'integer',
		note: 'text',
	},
	unrecorded: [],
} as const;

export const COUNTERS = {
	name: 'counters',
	columns: {
		id: 'integer',
		sender: 'text',
		receiver: 'text',
		kind: 'text',
		usage: 'text',
		first_number: 'integer',
		next_number: 'integer',
	},
	unrecorded: [],
} as const;

export const NUMBERS = {
	name: 'numbers',
	columns: {
		id: 'integer',
		counter_id: 'integer',
		number: 'integer',
		state: 'text',
		reservation: 'text',
		ordinal: 'integer',
		file_id: 'integer',
		reason: 'text',
		reserved_at: 'text',
	},
	unrecorded: [],
	transitions: NUMBER_TRANSITIONS,
} as const;

export const AUDITED_TABLES: readonly AuditedTable[] = [
	COMPANIES,
	PARTNERS,
	AGREEMENTS,
	AGREEMENT_VERSIONS,
	VERSIONS,
	FILES,
	RECEIVED,
	ANSWERS,
	COUNTERS,
	NUMBERS,
];

type RowOf<Table extends AuditedTable> = {
	readonly [Column in keyof Table['columns']]: Table['columns'][Column] extends 'integer'
		? number
		: Table['columns'][Column] extends 'text'
			? string
			: Uint8Array | null;
};

export type CompanyRow = RowOf<typeof COMPANIES>;
export type PartnerRow = RowOf<typeof PARTNERS>;
export type AgreementRow = RowOf<typeof AGREEMENTS>;
export type AgreementVersionRow = RowOf<typeof AGREEMENT_VERSIONS>;
export type VersionRow = RowOf<typeof VERSIONS>;
export type StoredFile = RowOf<typeof FILES>;
export type ReceivedRow = RowOf<typeof RECEIVED>;
export type NumberRow = RowOf<typeof NUMBERS>;
export type CounterRow = RowOf<typeof COUNTERS>;

/** Where a change comes from and why; goes into the event beside what was written. */
export interface ChangeNote {
	readonly reason?: string | undefined;
	readonly [fact: string]: unknown;
}

function recorded(
	table: AuditedTable,
	row: Readonly<Record<string, Value | undefined>>,
): Record<string, unknown> {
	const details: Record<string, unknown> = {};
	for (const [column, value] of Object.entries(row)) {
		if (column === 'id' || table.unrecorded.includes(column)) continue;
		details[column] = value;
	}
	return details;
}

function stateOf(row: Readonly<Record<string, unknown>>): string {
	return typeof row['state'] === 'string' ? row['state'] : '';
}

/** New rows with an event each; `notes[i]` belongs to `rows[i]`. */
export function* insertRows<Table extends AuditedTable>(
	tx: Tx,
	table: Table,
	rows: readonly RowOf<Table>[],
	notes?: readonly ChangeNote[],
): Work<void> {
	if (rows.length === 0) return;
	yield* insertInto(tx.dialect, table.name, table.columns, rows as readonly Record<string, Value>[]);
	rows.forEach((row, index) => {
		tx.events.push({
			subject: table.name,
			subjectId: (row as unknown as { id: number }).id,
			from: '',
			to: stateOf(row),
			details: { ...recorded(table, row as Record<string, Value>), ...notes?.[index] },
		});
	});
}

/** The state tables are the law: a write they do not allow is a fault of ours and does not happen. */
export function checkTransition(table: AuditedTable, id: number, from: string, to: string): void {
	if (table.transitions === undefined || table.transitions[from]?.includes(to)) return;
	throw new CoreError(
		'LEDGER_TRANSITION',
		`${table.name} ${id} cannot go from '${from}' to '${to}'`,
	);
}

/**
 * Changes rows, with an event each. All of `changes` have the same columns; `from` is the state
 * that the row was read with, in this transaction.
 */
export function* updateRows<Table extends AuditedTable>(
	tx: Tx,
	table: Table,
	changes: readonly {
		readonly id: number;
		readonly from?: string;
		readonly set: Partial<RowOf<Table>>;
		readonly note?: ChangeNote | undefined;
	}[],
): Work<void> {
	const [first] = changes;
	if (first === undefined) return;
	for (const { id, from = '', set } of changes) {
		const to = stateOf(set as Record<string, unknown>);
		if (to !== '') checkTransition(table, id, from, to);
	}
	const columns = Object.keys(first.set).filter((column) => column !== 'id');
	yield* updateIn(
		tx.dialect,
		table.name,
		Object.fromEntries(columns.map((column) => [column, table.columns[column]!])),
		changes.map(({ id, set }) => ({ ...(set as Record<string, Value>), id })),
	);
	for (const { id, from = '', set, note } of changes) {
		const details = recorded(table, set as Record<string, Value>);
		if (Object.keys(details).length === 0 && note === undefined) continue;
		const to = stateOf(set as Record<string, unknown>);
		tx.events.push({
			subject: table.name,
			subjectId: id,
			from,
			to: to || from,
			details: { ...details, ...note },
		});
	}
}

/** An event that changes no row: a late settle, a note of a person. */
export function note(
	tx: Tx,
	subject: string,
	subjectId: number,
	state: string,
	details: Readonly<Record<string, unknown>>,
): void {
	tx.events.push({ subject, subjectId, from: state, to: state, details });
}

/** `id in (…)` for as many ids as there are, in one value. */
export function idList(tx: Tx): string {
	return `(select id from ${tx.dialect.rowsOf({ id: 'integer' })} as wanted)`;
}

export function idValue(ids: readonly number[]): string {
	return JSON.stringify(ids.map((id) => ({ id })));
}
