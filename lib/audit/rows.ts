import type { Issue } from '../errors';
import { MAX_CONTENT_BYTES } from './limits';
import type { DocumentState, FileState, RefusedState } from './states';
import type { DOCUMENTS_TABLE, FILES_TABLE, LedgerColumnType, LedgerTable } from './tables';

type ColumnValue<Type extends LedgerColumnType> = Type extends 'number'
	? number
	: Type extends 'boolean'
		? boolean
		: string;

/** A row with every column of its table: n8n writes what is in the item and nothing else. */
export type LedgerRow<Table extends LedgerTable> = {
	readonly [Column in keyof Table['columns']]: ColumnValue<Table['columns'][Column]>;
};

export type FileRow = LedgerRow<typeof FILES_TABLE>;
export type DocumentRow = LedgerRow<typeof DOCUMENTS_TABLE>;

export interface FiledDocument {
	readonly key: string;
	readonly number: string;
	readonly contentHash: string;
	/** ST02 or UNH 0062. */
	readonly controlNumber: string;
	readonly type: string;
	readonly purpose: string;
	readonly modified: string;
	/** The execution that wrote the document's row, when the flow looked it up. */
	readonly previousExecutionId?: string;
}

export interface FileFacts {
	readonly format: string;
	readonly transactionSet: string;
	readonly release: string;
	readonly partner: string;
	readonly usage: string;
	readonly sender: string;
	readonly receiver: string;
	/** Empty for flat files. */
	readonly controlNumber: string;
	readonly groupControlNumber: string;
	readonly fileName: string;
	readonly sha256: string;
	readonly bytes: number;
	/** Business documents in the file (sets or messages, or records of a flat file). */
	readonly documentCount: number;
	/** The source records they were made of. */
	readonly documents: readonly FiledDocument[];
	readonly executionId: string;
	readonly supersedes?: string;
}

/**
 * What a file is known by. EDI: the parties and the number that an acknowledgment echoes. Flat
 * files have no number: the name stands for them.
 */
export function fileKey(facts: FileFacts): string {
	const parts =
		facts.controlNumber === ''
			? [facts.format, facts.partner, facts.fileName]
			: [facts.format, facts.sender, facts.receiver, facts.controlNumber];
	return parts.join(':');
}

const EMPTY_FILE_ROW: FileRow = {
	file_key: '',
	file_name: '',
	direction: 'outbound',
	state: 'encoded',
	format: '',
	transaction_set: '',
	release: '',
	partner: '',
	usage: '',
	sender: '',
	receiver: '',
	interchange_control_number: '',
	group_control_number: '',
	sha256: '',
	bytes: 0,
	contents: '',
	document_count: 0,
	documents: '[]',
	folder: '',
	path: '',
	host_key: '',
	attempts: 0,
	next_attempt_at: '',
	deposited_at: '',
	acknowledgment_state: '',
	acknowledged_at: '',
	acknowledgment_file: '',
	error: '',
	supersedes: '',
	execution_id: '',
};

/** The row of a file that has just been encoded; the deposit fills the rest. */
export function fileRow(facts: FileFacts, state: FileState = 'encoded'): FileRow {
	return {
		...EMPTY_FILE_ROW,
		state,
		file_key: fileKey(facts),
		file_name: facts.fileName,
		format: facts.format,
		transaction_set: facts.transactionSet,
		release: facts.release,
		partner: facts.partner,
		usage: facts.usage,
		sender: facts.sender,
		receiver: facts.receiver,
		interchange_control_number: facts.controlNumber,
		group_control_number: facts.groupControlNumber,
		sha256: facts.sha256,
		bytes: facts.bytes,
		contents: facts.bytes > MAX_CONTENT_BYTES ? '' : 'kept',
		document_count: facts.documentCount,
		documents: JSON.stringify(
			facts.documents.map(({ key, number, contentHash, controlNumber }) => ({
				key,
				number,
				contentHash,
				controlNumber,
			})),
		),
		supersedes: facts.supersedes ?? '',
		execution_id: facts.executionId,
	};
}

/**
 * One row per source record in the file: a remittance advice has one for each payment. A record
 * that is in the file twice has one row, of the later one.
 */
export function documentRows(facts: FileFacts): readonly DocumentRow[] {
	const key = fileKey(facts);
	const documents = new Map(facts.documents.map((document) => [document.key, document]));
	return [...documents.values()].map((document) => ({
		document_key: document.key,
		content_hash: document.contentHash,
		state: 'encoded' satisfies DocumentState,
		document_number: document.number,
		document_type: document.type,
		partner: facts.partner,
		purpose: document.purpose,
		file_key: key,
		control_number: document.controlNumber,
		modified: document.modified,
		issues: '',
		execution_id: facts.executionId,
		previous_execution_id: document.previousExecutionId ?? '',
	}));
}

export interface RefusedDocument {
	readonly key: string;
	readonly number: string;
	readonly contentHash: string;
	readonly type: string;
	readonly partner: string;
	readonly modified: string;
	readonly executionId: string;
	readonly issues: readonly Pick<Issue, 'message'>[];
}

const MAX_ISSUES_TEXT = 2_000;

/**
 * The columns of a document that was not sent. What says which version was sent is not among
 * them: where an earlier one was, the row must go on saying so.
 */
export type RefusedDocumentRow = Omit<
	DocumentRow,
	'file_key' | 'control_number' | 'purpose' | 'previous_execution_id'
>;

export function refusedDocumentRow(
	document: RefusedDocument,
	state: RefusedState,
): RefusedDocumentRow {
	const issues = document.issues.map((issue) => issue.message).join('\n');
	return {
		document_key: document.key,
		content_hash: document.contentHash,
		state,
		document_number: document.number,
		document_type: document.type,
		partner: document.partner,
		modified: document.modified,
		issues: issues.length > MAX_ISSUES_TEXT ? `${issues.slice(0, MAX_ISSUES_TEXT - 1)}…` : issues,
		execution_id: document.executionId,
	};
}
