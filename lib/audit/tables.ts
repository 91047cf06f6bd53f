/**
 * The ledger: three n8n Data Tables, created by the templates on first use and addressed by the id
 * that *Create* returns (n8n matches names as substrings). Control numbers are text: their zeros
 * count. The templates, the rows in encoded items and `docs/ledger.md` are made from these tables.
 */

export type LedgerColumnType = 'string' | 'number' | 'date' | 'boolean';

export interface LedgerTable {
	readonly name: string;
	readonly columns: Readonly<Record<string, LedgerColumnType>>;
}

/** One row per business document: what was last made of it. Looked at before encoding. */
export const DOCUMENTS_TABLE = {
	name: 'exact_edi_documents',
	columns: {
		document_key: 'string',
		content_hash: 'string',
		state: 'string',
		document_number: 'string',
		document_type: 'string',
		partner: 'string',
		purpose: 'string',
		file_key: 'string',
		/** ST02 or UNH 0062 in that file. */
		control_number: 'string',
		/** Exact's `Modified` of the version that was encoded. */
		modified: 'string',
		/** Why it was rejected or held, in words. */
		issues: 'string',
		execution_id: 'string',
		/** The execution that wrote this row before, as the look-up saw it; empty for the first. */
		previous_execution_id: 'string',
	},
} as const satisfies LedgerTable;

/** One row per file, outgoing and incoming. */
export const FILES_TABLE = {
	name: 'exact_edi_files',
	columns: {
		/** `X12:<sender>:<receiver>:<interchange control number>` or `<format>:<partner>:<name>`. */
		file_key: 'string',
		file_name: 'string',
		direction: 'string',
		state: 'string',
		format: 'string',
		transaction_set: 'string',
		release: 'string',
		partner: 'string',
		usage: 'string',
		sender: 'string',
		receiver: 'string',
		interchange_control_number: 'string',
		group_control_number: 'string',
		sha256: 'string',
		bytes: 'number',
		/** `kept` in the contents table, `pruned` from it, or the path of the `archive` copy. */
		contents: 'string',
		document_count: 'number',
		/** JSON: key, number, content hash and control number of each document in the file. */
		documents: 'string',
		folder: 'string',
		path: 'string',
		host_key: 'string',
		attempts: 'number',
		next_attempt_at: 'string',
		deposited_at: 'string',
		acknowledgment_state: 'string',
		acknowledged_at: 'string',
		acknowledgment_file: 'string',
		/** What went wrong last, and what to do. */
		error: 'string',
		supersedes: 'string',
		execution_id: 'string',
	},
} as const satisfies LedgerTable;

/** The bytes of outgoing files, base64 in parts, so that the rows above stay small. */
export const CONTENTS_TABLE = {
	name: 'exact_edi_contents',
	columns: {
		file_key: 'string',
		sha256: 'string',
		part: 'number',
		parts: 'number',
		content: 'string',
		/** Bytes of the whole file. */
		bytes: 'number',
	},
} as const satisfies LedgerTable;

/** Gap-free control numbers, one counter per partner; the sub-workflow that reserves them makes it. */
export const CONTROL_NUMBERS_TABLE = {
	name: 'exact_edi_control_numbers',
	columns: { partner: 'string', next_number: 'number' },
} as const satisfies LedgerTable;

export const LEDGER_TABLES = [DOCUMENTS_TABLE, FILES_TABLE, CONTENTS_TABLE] as const;
