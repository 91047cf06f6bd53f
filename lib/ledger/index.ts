export { isLedgerMade, openLedger, type LedgerConnection } from './open';
export type { Ledger } from './transaction';
export type { Actor, LedgerPorts } from './port';
export type { Head } from './events';
export { FILE_TRANSITIONS, VERSION_TRANSITIONS, type FileState, type VersionState } from './states';
export {
	getAgreements,
	getCompanies,
	getPartners,
	readAgreement,
	retire,
	saveAgreement,
	saveCompany,
	savePartner,
	type Agreement,
	type AgreementFilter,
	type AgreementInput,
	type AgreementStage,
	type AgreementTerms,
	type Company,
	type CompanyInput,
	type DirectoryFilter,
	type Partner,
	type PartnerInput,
	type Retired,
	type Settings,
	type WhichAgreement,
} from './directory';
export {
	takeNewOrChanged,
	type NotTakenDocument,
	type OfferedDocument,
	type TakenDocument,
	type TakeRequest,
	type TakeResult,
} from './operations/take';
export type { NotTakenReason } from './takeDecision';
export {
	recordLeftOut,
	recordRefused,
	type LeftOutDocument,
	type RefusalIssue,
	type RefusedDocument,
	type RefusedResult,
} from './operations/refuse';
export {
	recordDeleted,
	releaseHeld,
	type DeletedResult,
	type ReleaseAs,
	type ReleasedDocument,
} from './operations/release';
export type { DocumentToRecord, FileToRecord } from './operations/fileToRecord';
export { recordFiles, type RecordOptions, type RecordResult } from './operations/record';
export {
	claimFile,
	getContents,
	renewClaim,
	settleFile,
	takeForReplay,
	type Claimed,
	type ClaimRequest,
	type Outcome,
	type Refused,
	type ReplayedFile,
	type ReplayResult,
	type Settled,
	type WhichFiles,
} from './operations/deliver';
export {
	getNumbers,
	reserveNumbers,
	setNextNumber,
	voidForgottenNumbers,
	voidNumbers,
	type NumberRequest,
	type NumberSeries,
	type NumberSeriesState,
} from './operations/numbers';
export {
	getDocuments,
	getFile,
	getFiles,
	getHistory,
	getKeptDocument,
	type AnswerRow,
	type DeliveryAttempt,
	type DocumentFilter,
	type DocumentHistory,
	type FileDetails,
	type FileFilter,
	type Page,
	type Paged,
	type TrailEvent,
	type WhichDocument,
} from './operations/look';
export type { DocumentRow, DocumentState, FileRow } from './views';
export { stopFiles } from './operations/deliver';
export {
	getReceived,
	keepAcknowledgment,
	recordReceived,
	settleReceived,
	type ReceivedFile,
	type ReceivedResult,
} from './operations/received';
export {
	recordAcknowledgment,
	type AnswerResult,
	type ReconciledAnswer,
} from './operations/answers';
export { getOverdue, recordPickUp, type PickedUp } from './operations/overdue';
export { getToDo, type ToDo, type ToDoKind, type ToDoOptions } from './operations/toDo';
export { getTotals, type Totals, type TotalsRequest } from './operations/totals';
export {
	compareWithSource,
	getComparison,
	getComparisons,
	needsLook,
	type ComparedDocument,
	type ComparedTotal,
	type ComparisonHead,
	type SourceComparison,
	type SourceDocument,
	type Verdict,
} from './operations/compare';
export { acceptRestored, type AcceptedLoss } from './open';
export {
	check,
	checkAll,
	getHead,
	type CheckOptions,
	type CheckProblem,
	type CheckSlice,
} from './operations/check';
export { getReminders, updateReminder, type Reminder } from './operations/reminders';
export { prune, type Pruned, type PruneOptions } from './operations/prune';
export { erase, type Erased, type Party } from './operations/erase';
export { backUp, copyLedger } from './operations/copy';
export { getVoidedNumbers, type VoidedNumber } from './operations/numbers';
