import { CoreError } from '../../errors';
import { insertInto, updateIn } from '../port';
import type { Actor, ReadTx, Tx, Work } from '../port';
import { compressDocuments, DOCUMENTS_A_SLICE, pause, slicesOf } from '../slices';
import { agreementsByName, documentName, versionsOfDocuments } from '../standing';
import type { ActiveAgreement, FiledVersion } from '../standing';
import { insertRows, updateRows, VERSIONS } from '../tables';
import type { ChangeNote, VersionRow } from '../tables';
import { decide } from '../takeDecision';
import type { Decision, NotTakenReason } from '../takeDecision';
import { cleanText } from '../text';
import { readIn, writeIn } from '../transaction';
import type { Ledger } from '../transaction';
import { sha256 } from '../../text';

/** A document as the source has it now. */
export interface OfferedDocument {
	/** Name of the agreement it is for. */
	readonly agreement: string;
	readonly key: string;
	readonly contentHash: string;
	readonly number: string;
	readonly ownNumber: string;
	readonly counterparty: string;
	readonly date: string;
	readonly currency: string;
	readonly amount: string;
	/** ISO 8601 UTC; empty where the source does not say. */
	readonly modified: string;
	/** Kept with the version. */
	readonly document?: object | undefined;
}

export interface TakeRequest {
	readonly documents: readonly OfferedDocument[];
	/** Made of execution, node and run index before the call: a repeated call gets the same. */
	readonly reservation: string;
	readonly leaseSeconds: number;
	readonly actor: Actor;
	/** Also what is older than the agreement's *send from*. */
	readonly firstBackfill?: boolean | undefined;
	/** Says what would be taken; writes nothing. */
	readonly preview?: boolean | undefined;
}

export interface TakenDocument {
	/** Position in `documents`. */
	readonly index: number;
	/** 0 where nothing is reserved: preview, and agreements in stage draft. */
	readonly versionId: number;
	readonly agreementVersionId: number;
	readonly usage: 'draft' | 'test' | 'production';
	readonly change: 'new' | 'changed' | 'deleted';
	readonly purpose: 'original' | 'replacement' | 'cancellation';
	/** Name of the file that had the version before; empty for a first one. */
	readonly supersedesFile: string;
	readonly reservation: string;
}

export interface NotTakenDocument {
	readonly index: number;
	readonly reason: NotTakenReason;
	readonly file?: string;
	readonly detail?: string;
}

export interface TakeResult {
	readonly taken: TakenDocument[];
	readonly notTaken: NotTakenDocument[];
}

interface Candidate {
	readonly index: number;
	readonly offered: OfferedDocument;
	readonly agreement: ActiveAgreement;
	readonly bytes: Uint8Array | null;
}

export function checkDocument({
	key,
	contentHash,
	number,
}: Pick<OfferedDocument, 'key' | 'contentHash' | 'number'>): void {
	if (key !== '' && cleanText(key) === key && /^[\x21-\x7e]+$/.test(contentHash)) return;
	throw new CoreError(
		'LEDGER_DOCUMENT_INVALID',
		`Document ${number || JSON.stringify(key)} has no usable ${contentHash === '' ? 'content hash' : 'key'}`,
		{ path: contentHash === '' ? 'document.contentHash' : 'document.key' },
	);
}

function checkRequest({ documents }: TakeRequest): void {
	documents.forEach((offered, index) => {
		if (typeof offered.agreement !== 'string' || offered.agreement.trim() === '') {
			throw new CoreError(
				'LEDGER_AGREEMENT_EMPTY',
				`Document ${offered.number} (item ${index + 1}) names no agreement`,
				{ path: 'agreement' },
			);
		}
		checkDocument(offered);
	});
}

export function* usableAgreements(
	tx: ReadTx,
	names: readonly string[],
): Work<Map<string, ActiveAgreement>> {
	const agreements = yield* agreementsByName(tx, [...new Set(names.map((name) => name.trim()))]);
	for (const name of names) {
		const agreement = agreements.get(name.trim());
		if (agreement === undefined) {
			throw new CoreError('LEDGER_UNKNOWN', `The ledger has no agreement '${name}'`, {
				path: 'agreement',
			});
		}
		if (agreement.retired) {
			throw new CoreError(
				'LEDGER_RETIRED',
				`The agreement '${name}', its company or its partner is retired`,
				{
					path: 'agreement',
				},
			);
		}
	}
	return agreements;
}

/** A document that is offered twice in one run: the later version counts. */
function withoutRepeats(documents: readonly OfferedDocument[]): {
	readonly indexes: number[];
	readonly repeats: NotTakenDocument[];
} {
	const chosen = new Map<string, number>();
	const repeats: NotTakenDocument[] = [];
	const detail = 'it is twice in this run; the later version counts';
	documents.forEach((offered, index) => {
		const name = `${offered.agreement.trim()} ${offered.key}`;
		const before = chosen.get(name);
		const later = before === undefined || offered.modified > documents[before]!.modified;
		if (later) chosen.set(name, index);
		if (before !== undefined)
			repeats.push({ index: later ? before : index, reason: 'unchanged', detail });
	});
	const indexes = [...chosen.entries()]
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([, index]) => index);
	return { indexes, repeats };
}

/**
 * Reserves what is new or changed. Two runs at the same moment each get their own documents. Large
 * runs are reserved in slices; the reservation makes a repeated call get the same documents.
 */
export async function takeNewOrChanged(ledger: Ledger, request: TakeRequest): Promise<TakeResult> {
	checkRequest(request);
	await pause(ledger);
	const { documents, actor } = request;
	const { indexes, repeats } = withoutRepeats(documents);
	await pause(ledger);
	const result: TakeResult = { taken: [], notTaken: repeats };
	await ledger.store.session(async (session) => {
		const names = documents.map(({ agreement }) => agreement);
		// Before anything is reserved.
		await readIn(ledger, session, (tx) => usableAgreements(tx, [...new Set(names)]));
		for (const slice of slicesOf(indexes, DOCUMENTS_A_SLICE)) {
			const bytes = await compressDocuments(
				ledger,
				slice.map((index) => (request.preview === true ? undefined : documents[index]!.document)),
			);
			const work = (tx: ReadTx) => takeSlice(tx, request, slice, bytes);
			const part =
				request.preview === true
					? await readIn(ledger, session, work)
					: await writeIn(ledger, session, actor, { sends: true }, work);
			result.taken.push(...part.taken);
			result.notTaken.push(...part.notTaken);
			await pause(ledger);
		}
	});
	result.taken.sort((a, b) => a.index - b.index);
	result.notTaken.sort((a, b) => a.index - b.index);
	return result;
}

function* takeSlice(
	tx: ReadTx | Tx,
	request: TakeRequest,
	indexes: readonly number[],
	bytes: readonly (Uint8Array | null)[],
): Work<TakeResult> {
	const { documents } = request;
	const agreements = yield* usableAgreements(tx, [
		...new Set(indexes.map((index) => documents[index]!.agreement)),
	]);
	const candidates = indexes.map((index, position): Candidate => {
		const offered = documents[index]!;
		const agreement = agreements.get(offered.agreement.trim())!;
		return { index, offered, agreement, bytes: bytes[position] ?? null };
	});
	const wanted = candidates.map(wantedDocument);
	const versions = yield* versionsOfDocuments(tx, wanted);
	const decisions = candidates.map((candidate, position): [Candidate, Decision, FiledVersion[]] => {
		const known = versions.get(documentName(wanted[position]!)) ?? [];
		return [candidate, decide(offerOf(tx, request, candidate), known), known];
	});
	const reserving = request.preview !== true && 'events' in tx;
	const madeIds = reserving
		? yield* writeDecisions(tx, request, decisions)
		: new Map<Candidate, number>();
	const result: TakeResult = { taken: [], notTaken: [] };
	for (const [candidate, decision] of decisions) {
		const { index, agreement } = candidate;
		if (decision.do === 'leave') {
			const { reason, file, detail } = decision;
			result.notTaken.push({
				index,
				reason,
				...(file === undefined ? {} : { file }),
				...(detail === undefined ? {} : { detail }),
			});
			continue;
		}
		if (decision.do === 'hold') {
			result.notTaken.push({ index, reason: 'held', detail: decision.why });
			continue;
		}
		const { version } = decision;
		result.taken.push({
			index,
			versionId: madeIds.get(candidate) ?? ('id' in version && reserving ? version.id : 0),
			agreementVersionId: agreement.versionId,
			usage: agreement.terms.stage,
			change: version.change as TakenDocument['change'],
			purpose: version.purpose as TakenDocument['purpose'],
			supersedesFile:
				'supersedes_file' in version ? version.supersedes_file : version.supersedesFile,
			reservation: request.reservation,
		});
	}
	return result;
}

function wantedDocument({ offered, agreement }: Candidate) {
	return { agreement_id: agreement.id, usage: agreement.terms.stage, document_key: offered.key };
}

function offerOf(tx: ReadTx, request: TakeRequest, { offered, agreement }: Candidate) {
	return {
		contentHash: offered.contentHash,
		date: offered.date,
		modified: offered.modified,
		agreement,
		reservation: request.reservation,
		manualWorkflow: manualWorkflow(request.actor),
		firstBackfill: request.firstBackfill === true,
		restoredAt: tx.record.restored_at,
		lapsed: tx.lapsed,
	};
}

function manualWorkflow({ mode, workflowId }: Actor): string {
	return mode === 'manual' ? workflowId : '';
}

/** Writes what was decided; ids of the versions that were made. Draft agreements leave no trace. */
function* writeDecisions(
	tx: Tx,
	request: TakeRequest,
	decisions: readonly [Candidate, Decision, FiledVersion[]][],
): Work<Map<Candidate, number>> {
	const lease = tx.after(request.leaseSeconds);
	const made = new Map<Candidate, number>();
	const newDocuments: Record<string, string | number>[] = [];
	const currentVersions: { id: number; version_id: number }[] = [];
	const rows: VersionRow[] = [];
	const notes: ChangeNote[] = [];
	const overtaken: FiledVersion[] = [];
	const renewed: number[] = [];
	const reserved: { candidate: Candidate; version: FiledVersion }[] = [];
	for (const [candidate, decision, known] of decisions) {
		if (candidate.agreement.terms.stage === 'draft') continue;
		if ('overtakes' in decision && decision.overtakes !== undefined) {
			overtaken.push(decision.overtakes);
			if (decision.do === 'leave') currentVersions.push(versionBefore(decision.overtakes, known));
		}
		if (decision.do === 'keep') renewed.push(decision.version.id);
		if (decision.do === 'reserve') reserved.push({ candidate, version: decision.version });
		if (decision.do !== 'make' && decision.do !== 'hold') continue;
		const held = decision.do === 'hold';
		const versionId = tx.newId();
		const documentId = known[0]?.document_id ?? tx.newId();
		if (!held) made.set(candidate, versionId);
		if (known.length === 0) {
			newDocuments.push({ id: documentId, ...wantedDocument(candidate), version_id: versionId });
		} else {
			currentVersions.push({ id: documentId, version_id: versionId });
		}
		const { version } = decision;
		rows.push({
			...versionFacts(candidate.offered),
			id: versionId,
			document_id: documentId,
			agreement_id: candidate.agreement.id,
			agreement_version_id: candidate.agreement.versionId,
			state: held ? 'held' : 'reserved',
			change: version.change,
			purpose: version.purpose,
			attempt: version.attempt,
			reservation: held ? '' : request.reservation,
			lease_until: held ? '' : lease,
			manual_workflow: manualWorkflow(request.actor),
			file_id: 0,
			supersedes_file: version.supersedesFile,
			issues: held ? JSON.stringify([{ code: 'HELD', message: decision.why, path: '' }]) : '',
			taken_at: tx.now,
			document: candidate.bytes,
		});
		notes.push({ document: wantedDocument(candidate), ...keptHash(candidate.bytes) });
	}
	yield* overtake(tx, overtaken);
	yield* insertDocuments(tx, newDocuments);
	yield* pointToVersions(tx, currentVersions);
	yield* insertRows(tx, VERSIONS, rows, notes);
	yield* updateRows(
		tx,
		VERSIONS,
		reserved.map(({ candidate, version }) => ({
			id: version.id,
			from: version.state,
			set: {
				state: 'reserved',
				agreement_version_id: candidate.agreement.versionId,
				reservation: request.reservation,
				lease_until: lease,
				manual_workflow: manualWorkflow(request.actor),
				file_id: 0,
				issues: '',
			},
		})),
	);
	yield* updateRows(
		tx,
		VERSIONS,
		renewed.map((id) => ({ id, set: { lease_until: lease } })),
	);
	return made;
}

/** So that *Check* finds a changed byte of the kept document. */
function keptHash(bytes: Uint8Array | null): ChangeNote {
	return bytes === null ? {} : { kept: sha256(bytes) };
}

/** The source is back at what the partner has: that is the document's current version again. */
function versionBefore(overtaken: FiledVersion, known: readonly FiledVersion[]) {
	const before = known.findLast(({ id, state }) => id !== overtaken.id && state !== 'overtaken');
	return { id: overtaken.document_id, version_id: (before ?? overtaken).id };
}

/** What a version says of the document, as far as people look for it. */
export function versionFacts(offered: Omit<OfferedDocument, 'agreement' | 'document'>) {
	return {
		content_hash: offered.contentHash,
		number: cleanText(offered.number),
		own_number: cleanText(offered.ownNumber),
		counterparty: cleanText(offered.counterparty),
		document_date: cleanText(offered.date).slice(0, 10),
		currency: cleanText(offered.currency),
		amount: cleanText(offered.amount),
		modified: cleanText(offered.modified),
	};
}

export function* overtake(tx: Tx, versions: readonly FiledVersion[]): Work<void> {
	yield* updateRows(
		tx,
		VERSIONS,
		versions.map(({ id, state }) => ({ id, from: state, set: { state: 'overtaken' } })),
	);
}

const DOCUMENT_COLUMNS = {
	id: 'integer',
	agreement_id: 'integer',
	usage: 'text',
	document_key: 'text',
	version_id: 'integer',
} as const;

/** A document's row says no more than its versions' events, so it has no event of its own. */
export function* insertDocuments(
	tx: Tx,
	rows: readonly Record<string, string | number>[],
): Work<void> {
	yield* insertInto(tx.dialect, 'documents', DOCUMENT_COLUMNS, rows);
}

export function* pointToVersions(
	tx: Tx,
	rows: readonly { readonly id: number; readonly version_id: number }[],
): Work<void> {
	yield* updateIn(tx.dialect, 'documents', { version_id: 'integer' }, rows);
}
