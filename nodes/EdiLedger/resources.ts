import type { LedgerOperation } from './operation';
import { getAllOperation } from './operations/getAll';
import { getContentsOperation } from './operations/getContents';
import { getFileOperation } from './operations/getFile';
import { getOneOperation } from './operations/getOne';
import { getDocumentsOperation, getFilesOperation } from './operations/getRows';
import { historyOperation } from './operations/history';
import { recordRefusedOperation } from './operations/recordRefused';
import { releaseOperation } from './operations/release';
import { retireOperation } from './operations/retire';
import { saveAgreementOperation } from './operations/saveAgreement';
import { saveCompanyOperation, savePartnerOperation } from './operations/saveParty';
import { setNextNumberOperation } from './operations/setNextNumber';
import { setUpOperation } from './operations/setUp';
import { summarizeOperation } from './operations/summarize';
import { takeForReplayOperation } from './operations/takeForReplay';
import { takeOperation } from './operations/take';

export interface LedgerResource {
	readonly name: string;
	/** The operation a new node begins with. */
	readonly first: string;
	readonly operations: Readonly<Record<string, LedgerOperation>>;
}

/** The node as a table: description and router are made of it. */
export const RESOURCES: Readonly<Record<string, LedgerResource>> = {
	agreement: {
		name: 'Agreement',
		first: 'setUp',
		operations: {
			get: getOneOperation('agreement'),
			getMany: getAllOperation('agreement'),
			retire: retireOperation('agreement'),
			save: saveAgreementOperation,
			setUp: setUpOperation,
		},
	},
	company: {
		name: 'Company',
		first: 'save',
		operations: {
			get: getOneOperation('company'),
			getMany: getAllOperation('company'),
			retire: retireOperation('company'),
			save: saveCompanyOperation,
		},
	},
	document: {
		name: 'Document',
		first: 'take',
		operations: {
			getMany: getDocumentsOperation,
			history: historyOperation,
			recordRefused: recordRefusedOperation,
			release: releaseOperation,
			summarize: summarizeOperation,
			take: takeOperation,
		},
	},
	file: {
		name: 'File',
		first: 'getMany',
		operations: {
			get: getFileOperation,
			getContents: getContentsOperation,
			getMany: getFilesOperation,
			takeForReplay: takeForReplayOperation,
		},
	},
	ledger: {
		name: 'Ledger',
		first: 'setNextNumber',
		operations: {
			setNextNumber: setNextNumberOperation,
		},
	},
	partner: {
		name: 'Partner',
		first: 'save',
		operations: {
			get: getOneOperation('partner'),
			getMany: getAllOperation('partner'),
			retire: retireOperation('partner'),
			save: savePartnerOperation,
		},
	},
};

export const FIRST_RESOURCE = 'document';
