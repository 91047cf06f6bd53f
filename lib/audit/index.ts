export { contentRows, type ContentRow } from './contents';
export { MAX_CONTENT_BYTES, PART_BYTES } from './limits';
export {
	documentRows,
	fileKey,
	fileRow,
	refusedDocumentRow,
	type DocumentRow,
	type FiledDocument,
	type FileFacts,
	type FileRow,
	type LedgerRow,
	type RefusedDocument,
	type RefusedDocumentRow,
} from './rows';
export {
	canChange,
	FILE_STATES,
	FILE_TRANSITIONS,
	REFUSED_STATES,
	UNDELIVERED_STATES,
	type DocumentState,
	type FileState,
	type RefusedState,
} from './states';
export {
	CONTENTS_TABLE,
	CONTROL_NUMBERS_TABLE,
	DOCUMENTS_TABLE,
	FILES_TABLE,
	LEDGER_TABLES,
	type LedgerColumnType,
	type LedgerTable,
} from './tables';
