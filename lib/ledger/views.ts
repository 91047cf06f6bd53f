import type { FileState, VersionState } from './states';
import type { StoredFile, VersionRow } from './tables';

/** A file with the names of whom it is for, as the database has it. */
export interface FiledFile extends StoredFile {
	readonly agreement: string;
	readonly company: string;
	readonly partner: string;
	readonly agreement_server: string;
}

export const FILED_FILE = `select f.*, a.name as agreement, c.name as company, p.name as partner, a.server as agreement_server
	from files f join agreements a on a.id = f.agreement_id
	join companies c on c.id = a.company_id join partners p on p.id = a.partner_id`;

/** A file as everyone outside sees it. */
export interface FileRow {
	readonly id: number;
	readonly name: string;
	readonly kind: 'documents' | 'acknowledgment';
	readonly state: FileState;
	readonly agreement: string;
	readonly agreementVersionId: number;
	readonly company: string;
	readonly partner: string;
	readonly usage: string;
	readonly format: string;
	readonly transactionSet: string;
	readonly release: string;
	readonly sender: string;
	readonly receiver: string;
	readonly controlNumber: string;
	readonly groupControlNumbers: readonly string[];
	readonly documentCount: number;
	readonly bytes: number;
	readonly sha256: string;
	readonly mimeType: string;
	readonly folder: string;
	readonly path: string;
	readonly server: string;
	readonly attempts: number;
	readonly recordedAt: string;
	readonly depositedAt: string;
	readonly answerDueAt: string;
	readonly answeredAt: string;
	/** What a receipt on behalf says; evidence of its own. */
	readonly onBehalf: string;
	readonly errorCode: string;
	readonly error: string;
	readonly receipt: object | undefined;
	/** Id of the received file that this one answers; 0 for others. */
	readonly answers: number;
	readonly contents: 'kept' | 'pruned' | 'erased';
}

export function fileView(row: FiledFile): FileRow {
	return {
		id: row.id,
		name: row.name,
		kind: row.kind as FileRow['kind'],
		state: row.state as FileState,
		agreement: row.agreement,
		agreementVersionId: row.agreement_version_id,
		company: row.company,
		partner: row.partner,
		usage: row.usage,
		format: row.format,
		transactionSet: row.transaction_set,
		release: row.release,
		sender: row.sender,
		receiver: row.receiver,
		controlNumber: row.control_number,
		groupControlNumbers: JSON.parse(row.group_control_numbers) as string[],
		documentCount: row.document_count,
		bytes: row.bytes,
		sha256: row.sha256,
		mimeType: row.mime_type,
		folder: row.folder,
		path: row.path,
		server: row.server,
		attempts: row.attempts,
		recordedAt: row.recorded_at,
		depositedAt: row.deposited_at,
		answerDueAt: row.answer_due_at,
		answeredAt: row.answered_at,
		onBehalf: row.on_behalf,
		errorCode: row.error_code,
		error: row.error,
		receipt: row.receipt === '' ? undefined : (JSON.parse(row.receipt) as object),
		answers: row.answers,
		contents: row.contents as FileRow['contents'],
	};
}

/** Where a document stands, in the words of the ledger. */
export type DocumentState =
	| Exclude<VersionState, 'filed'>
	| Exclude<FileState, 'recording'>
	/** Reserved no more, with the reason why it is not to be sent as it is now. */
	| 'left out';

export interface DocumentRow {
	readonly id: number;
	readonly versionId: number;
	readonly agreement: string;
	readonly company: string;
	readonly partner: string;
	readonly usage: string;
	readonly key: string;
	readonly number: string;
	readonly ownNumber: string;
	readonly counterparty: string;
	readonly date: string;
	readonly currency: string;
	readonly amount: string;
	readonly modified: string;
	readonly contentHash: string;
	readonly state: DocumentState;
	readonly change: string;
	readonly purpose: string;
	/** 0 and empty where it is in no file. */
	readonly fileId: number;
	readonly file: string;
	readonly supersedesFile: string;
	readonly issues: readonly {
		readonly code: string;
		readonly message: string;
		readonly path: string;
	}[];
	readonly takenAt: string;
}

export type StoredDocument = Omit<VersionRow, 'document'> & {
	readonly usage: string;
	readonly document_key: string;
	readonly agreement: string;
	readonly company: string;
	readonly partner: string;
	readonly file_state: string;
	readonly file_name: string;
};

export function documentView(row: StoredDocument): DocumentRow {
	const inFile = row.file_id > 0 && row.file_state !== 'recording';
	const leftOut = row.state === 'reserved' && row.issues !== '';
	const own = row.state === 'filed' ? (inFile ? row.file_state : 'reserved') : row.state;
	return {
		id: row.document_id,
		versionId: row.id,
		agreement: row.agreement,
		company: row.company,
		partner: row.partner,
		usage: row.usage,
		key: row.document_key,
		number: row.number,
		ownNumber: row.own_number,
		counterparty: row.counterparty,
		date: row.document_date,
		currency: row.currency,
		amount: row.amount,
		modified: row.modified,
		contentHash: row.content_hash,
		state: leftOut ? 'left out' : (own as DocumentState),
		change: row.change,
		purpose: row.purpose,
		fileId: inFile ? row.file_id : 0,
		file: inFile ? row.file_name : '',
		supersedesFile: row.supersedes_file,
		issues: row.issues === '' ? [] : (JSON.parse(row.issues) as DocumentRow['issues']),
		takenAt: row.taken_at,
	};
}
