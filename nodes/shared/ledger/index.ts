export { actorOf, runToken } from './actor';
export { AGREEMENT_KINDS, isAgreementKind } from './agreementKinds';
export type { AgreementKind, AgreementKindName } from './agreementKinds';
export { agreementsOf } from './agreements';
export type { AgreedItem, Agreements } from './agreements';
export { encoderSettings } from './encoderSettings';
export type { EncoderSettings } from './encoderSettings';
export { itemLedger, receivedLedger } from './itemLedger';
export type { FileLedger, ItemLedger, LedgerUsage, ReceivedLedger } from './itemLedger';
export { ledgerNumbers } from './numbers';
export type { LedgerNumbers, NumbersRequest } from './numbers';
export {
	LEDGER_CREDENTIAL,
	connectionOf,
	existingLedger,
	ledgerOf,
	ledgerPorts,
	openWith,
	refuseOtherLedger,
	type LedgerContext,
} from './ledgerOf';
export { noteRun, readRunNotes, type NewNotes } from './runNotes';
