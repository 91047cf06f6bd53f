import type { LedgerOperation } from './operation';
import { acceptRestoredOperation } from './operations/acceptRestored';
import { backUpOperation } from './operations/backUp';
import { checkOperation } from './operations/check';
import { compareWithSourceOperation } from './operations/compareWithSource';
import { eraseOperation } from './operations/erase';
import { describeFailureOperation } from './operations/describeFailure';
import { digestOperation } from './operations/digest';
import { pageOperation } from './operations/page';
import { reportRunOperation } from './operations/reportRun';
import { tellToDoOperation } from './operations/tellToDo';
import { findForReplayOperation } from './operations/findForReplay';
import { getAllOperation } from './operations/getAll';
import { getContentsOperation } from './operations/getContents';
import { getDocumentsOperation, getFilesOperation } from './operations/getRows';
import { getFileOperation } from './operations/getFile';
import { getOneOperation } from './operations/getOne';
import { getOverdueOperation } from './operations/getOverdue';
import { getToDoOperation } from './operations/getToDo';
import { historyOperation } from './operations/history';
import { pruneOperation } from './operations/prune';
import { recordAcknowledgmentOperation } from './operations/recordAcknowledgment';
import { recordPickUpOperation } from './operations/recordPickUp';
import { recordReceivedOperation } from './operations/recordReceived';
import { recordRefusedOperation } from './operations/recordRefused';
import { releaseOperation } from './operations/release';
import { retireOperation } from './operations/retire';
import { saveAgreementOperation } from './operations/saveAgreement';
import { saveCompanyOperation, savePartnerOperation } from './operations/saveParty';
import { setNextNumberOperation } from './operations/setNextNumber';
import { settleReceivedOperation } from './operations/settleReceived';
import { setUpOperation } from './operations/setUp';
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
			compareWithSource: compareWithSourceOperation,
			getMany: getDocumentsOperation,
			history: historyOperation,
			recordRefused: recordRefusedOperation,
			release: releaseOperation,
			take: takeOperation,
		},
	},
	file: {
		name: 'File',
		first: 'getMany',
		operations: {
			findForReplay: findForReplayOperation,
			get: getFileOperation,
			getContents: getContentsOperation,
			getMany: getFilesOperation,
			getOverdue: getOverdueOperation,
			recordAcknowledgment: recordAcknowledgmentOperation,
			recordPickUp: recordPickUpOperation,
			recordReceived: recordReceivedOperation,
			settleReceived: settleReceivedOperation,
			takeForReplay: takeForReplayOperation,
		},
	},
	ledger: {
		name: 'Ledger',
		first: 'getToDo',
		operations: {
			acceptRestored: acceptRestoredOperation,
			backUp: backUpOperation,
			check: checkOperation,
			describeFailure: describeFailureOperation,
			digest: digestOperation,
			erase: eraseOperation,
			getToDo: getToDoOperation,
			page: pageOperation,
			prune: pruneOperation,
			reportRun: reportRunOperation,
			setNextNumber: setNextNumberOperation,
			tellToDo: tellToDoOperation,
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
