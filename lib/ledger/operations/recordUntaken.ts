import { one, query } from '../port';
import type { Tx, Work } from '../port';
import { documentName, standingOf, versionsOfDocuments } from '../standing';
import type { FiledVersion } from '../standing';
import {
	AGREEMENTS,
	AGREEMENT_VERSIONS,
	COMPANIES,
	insertRows,
	PARTNERS,
	VERSIONS,
} from '../tables';
import type { AgreementRow, CompanyRow, VersionRow } from '../tables';
import { cleanText } from '../text';
import type { DocumentToRecord, FileToRecord } from './fileToRecord';
import { checkDocument, insertDocuments, overtake, pointToVersions, versionFacts } from './take';

/**
 * Flows without *Take New or Changed*: their documents are known by who sends them to whom and as
 * what, under an agreement that the ledger makes for itself and that the directory does not show.
 */
export function* implicitAgreement(tx: Tx, file: FileToRecord): Work<number> {
	const parties =
		file.sender === '' && file.receiver === '' ? file.folder : `${file.sender} > ${file.receiver}`;
	const name = cleanText(`(none) ${parties} ${file.format} ${file.transactionSet} ${file.usage}`);
	const known = yield* one<{ id: number }>('select id from agreements where name = ?', name);
	if (known !== undefined) return known.id;
	const companyId = yield* nobody(tx, COMPANIES);
	const partnerId = yield* nobody(tx, PARTNERS);
	const id = tx.newId();
	const terms = JSON.stringify({
		documentType: file.transactionSet,
		sentAs: `${file.format} ${file.transactionSet}`,
		stage: file.usage,
		changePolicy: 'original',
		sendFrom: '0001-01-01',
		folder: file.folder,
		acksFolder: '',
		acknowledgment: { expected: false, withinHours: 0 },
		whenInDoubt: 'hold',
		onRefusedPayment: 'without it',
		onDeleted: 'hold',
	});
	const row: AgreementRow = {
		id,
		name,
		company_id: companyId,
		partner_id: partnerId,
		version: 1,
		version_id: tx.newId(),
		terms,
		settings: '{}',
		secrets: '{}',
		server: '',
		implicit: 1,
		retired: 0,
	};
	yield* insertRows(tx, AGREEMENTS, [row]);
	yield* insertRows(tx, AGREEMENT_VERSIONS, [
		{ id: row.version_id, agreement_id: id, version: 1, name, terms, settings: '{}' },
	]);
	return id;
}

const NOBODY = '(none)';

function* nobody(tx: Tx, table: typeof COMPANIES | typeof PARTNERS): Work<number> {
	const known = yield* one<CompanyRow>(`select * from ${table.name} where name = ?`, NOBODY);
	if (known !== undefined) return known.id;
	const settings = table.name === 'companies' ? '{"settings":{}}' : '{}';
	const row = { id: tx.newId(), name: NOBODY, version: 1, settings, secrets: '{}', retired: 1 };
	yield* insertRows(tx, table, [row]);
	return row.id;
}

/** The version of each document: the one that was taken, or one that is found or made by its key. */
export function* findOrMakeVersions(
	tx: Tx,
	agreementId: number,
	file: FileToRecord,
	documents: readonly DocumentToRecord[],
): Work<number[]> {
	const untaken = documents.filter(({ versionId }) => !versionId);
	if (untaken.length === 0) return documents.map(({ versionId }) => versionId!);
	untaken.forEach(checkDocument);
	const wanted = (document: DocumentToRecord) => ({
		agreement_id: agreementId,
		usage: file.usage,
		document_key: document.key,
	});
	const known = yield* versionsOfDocuments(tx, untaken.map(wanted));
	const [agreement] = yield* query<{ version_id: number }>(
		'select version_id from agreements where id = ?',
		agreementId,
	);
	const made = new Map<string, number>();
	const ids: number[] = [];
	for (const document of documents) {
		if (document.versionId) {
			ids.push(document.versionId);
			continue;
		}
		const name = documentName(wanted(document));
		const last = known.get(name)?.findLast(({ state }) => state !== 'overtaken');
		const standing = last === undefined ? undefined : standingOf(last);
		if (last !== undefined && stays(tx, last, document, file)) {
			ids.push(last.id);
			continue;
		}
		const id = made.get(name) ?? tx.newId();
		ids.push(id);
		if (made.has(name)) continue;
		made.set(name, id);
		const documentId = last?.document_id ?? tx.newId();
		if (last === undefined)
			yield* insertDocuments(tx, [{ id: documentId, ...wanted(document), version_id: id }]);
		else yield* pointToVersions(tx, [{ id: documentId, version_id: id }]);
		if (last !== undefined && standing !== 'delivered' && standing !== 'rejected')
			yield* overtake(tx, [last]);
		const row: VersionRow = {
			...versionFacts({
				...document,
				ownNumber: '',
				counterparty: '',
				date: '',
				currency: '',
				amount: '',
				modified: '',
			}),
			id,
			document_id: documentId,
			agreement_id: agreementId,
			agreement_version_id: agreement!.version_id,
			state: 'reserved',
			change: last === undefined ? 'new' : 'changed',
			purpose: document.purpose,
			attempt: 1,
			reservation: document.reservation ?? '',
			lease_until: '',
			manual_workflow: '',
			file_id: 0,
			supersedes_file: '',
			issues: '',
			taken_at: tx.now,
			document: null,
		};
		yield* insertRows(tx, VERSIONS, [row], [{ document: wanted(document) }]);
	}
	return ids;
}

/** Whether the document's last version is the one to look at; otherwise a new one is made. */
function stays(
	tx: Tx,
	last: FiledVersion,
	document: DocumentToRecord,
	file: FileToRecord,
): boolean {
	const same = last.content_hash === document.contentHash;
	switch (standingOf(last)) {
		case 'reserved':
			if (last.reservation === (document.reservation ?? '') && same) return true;
			return last.reservation !== '' && !tx.lapsed(last.lease_until);
		case 'under way':
		case 'held':
			return true;
		case 'rejected':
			return same && last.file_name === file.name && last.file_sha256 === file.sha256;
		case 'delivered':
		case 'not sent':
			return same;
		default:
			return false;
	}
}
