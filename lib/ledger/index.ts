export { openLedger, type LedgerConnection } from './open';
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
