import { CoreError } from '../../errors';
import { query } from '../port';
import type { AgreementTerms } from '../directory';
import type { Actor, ReadTx, Tx, Work } from '../port';
import { DOCUMENTS_A_SLICE, pause, readDocument, slicesOf } from '../slices';
import { standingOf, versionsById, versionsOfDocuments } from '../standing';
import type { ActiveAgreement, FiledVersion } from '../standing';
import { insertRows, updateRows, VERSIONS } from '../tables';
import { writeIn } from '../transaction';
import type { Ledger } from '../transaction';
import { overtake, pointToVersions, usableAgreements } from './take';
import type { OfferedDocument } from './take';

/** What the partner gets of a held document. */
export type ReleaseAs = 'replacement' | 'original' | 'cancellation' | 'never';

export interface ReleasedDocument {
	readonly versionId: number;
	readonly agreement: string;
	readonly key: string;
	readonly number: string;
	/** What it is taken by. */
	readonly contentHash: string;
	readonly state: 'released' | 'not sent';
	/** As it was when it was held, of a cancellation as it was sent; undefined where it was not kept. */
	readonly document: object | undefined;
}

/** A payment cannot be taken back by an advice, and a flat file has no word for it. */
function canCancel({ documentType, sentAs }: AgreementTerms): boolean {
	return documentType !== 'remittance' && sentAs !== 'fixed-width' && sentAs !== 'csv';
}

export function checkReason(reason: string): string {
	if (reason.trim() !== '') return reason.trim();
	throw new CoreError('LEDGER_SETTING_INVALID', 'Give a reason: it stands in the audit trail', {
		path: 'reason',
	});
}

/** A person decides about held documents. Released ones are taken the next time they are read. */
export async function releaseHeld(
	ledger: Ledger,
	versionIds: readonly number[],
	as: ReleaseAs,
	reason: string,
	actor: Actor,
): Promise<ReleasedDocument[]> {
	const why = checkReason(reason);
	const released: ReleasedDocument[] = [];
	await ledger.store.session(async (session) => {
		for (const slice of slicesOf([...new Set(versionIds)], DOCUMENTS_A_SLICE)) {
			released.push(
				...(await writeIn(ledger, session, actor, {}, (tx) => releaseSlice(tx, slice, as, why))),
			);
			await pause(ledger);
		}
	});
	return released;
}

function* releaseSlice(
	tx: Tx,
	ids: readonly number[],
	as: ReleaseAs,
	reason: string,
): Work<ReleasedDocument[]> {
	const versions = yield* versionsById(tx, ids);
	const state = as === 'never' ? 'not sent' : 'released';
	const found = ids.map((id) => {
		const version = versions.get(id);
		if (version === undefined) {
			throw new CoreError('LEDGER_UNKNOWN', `The ledger has no version ${id}`, { path: 'version' });
		}
		const able = as === 'never' ? ['held', 'refused', 'released'] : ['held', 'not sent'];
		if (!able.includes(version.state)) {
			throw new CoreError(
				'LEDGER_NOT_READY',
				`Document ${version.number} is ${standingOf(version)}, not held; nothing was released`,
				{ path: 'version' },
			);
		}
		checkIntent(version, as);
		return version;
	});
	const kept = yield* keptDocuments(tx, ids);
	if (as === 'cancellation') {
		for (const { id, number } of found) {
			const { name = '', terms = '{}' } = kept.get(id) ?? {};
			if (canCancel(JSON.parse(terms) as AgreementTerms)) continue;
			throw new CoreError(
				'LEDGER_SETTING_INVALID',
				`Document ${number} cannot be cancelled: what the agreement '${name}' sends has no place for it; tell the partner, and release it as 'Never'`,
				{ path: 'releaseAs' },
			);
		}
	}
	yield* updateRows(
		tx,
		VERSIONS,
		found.map((version) => ({
			id: version.id,
			from: version.state,
			set: { state, purpose: as === 'never' ? version.purpose : as },
			note: { reason },
		})),
	);
	return found.map(({ id, document_key, number, content_hash }) => ({
		versionId: id,
		agreement: kept.get(id)!.name,
		key: document_key,
		number,
		contentHash: content_hash,
		state,
		document: readDocument(kept.get(id)!.document),
	}));
}

/** What is gone at the source can only be taken back; what is there cannot. */
function checkIntent({ change, number }: FiledVersion, as: ReleaseAs): void {
	if (as === 'never' || (change === 'deleted') === (as === 'cancellation')) return;
	throw new CoreError(
		'LEDGER_SETTING_INVALID',
		change === 'deleted'
			? `Document ${number} is gone at the source: release it as 'Cancellation', or as 'Never'`
			: `Document ${number} is not gone at the source: release it as 'Original', 'Replacement' or 'Never'`,
		{ path: 'releaseAs' },
	);
}

interface KeptDocument {
	readonly id: number;
	readonly document: Uint8Array | null;
	readonly name: string;
	readonly terms: string;
}

/** The documents of versions, of a deleted one as it was sent last; and their agreements. */
function* keptDocuments(
	tx: ReadTx,
	ids: readonly number[],
): Work<ReadonlyMap<number, KeptDocument>> {
	const rows = yield* query<KeptDocument>(
		`select v.id, s.document, a.name, a.terms from ${tx.dialect.rowsOf({ id: 'integer' })} as wanted
		cross join versions v join documents d on d.id = v.document_id join agreements a on a.id = d.agreement_id
		left join versions s on s.id = case when v.change = 'deleted' then (select max(sent.id) from versions sent
			where sent.document_id = v.document_id and sent.id < v.id and sent.file_id > 0) else v.id end
		where v.id = wanted.id`,
		JSON.stringify(ids.map((id) => ({ id }))),
	);
	return new Map(rows.map((row) => [row.id, row]));
}

export interface DeletedResult {
	readonly key: string;
	readonly outcome: 'held' | 'to be cancelled' | 'not sent' | 'unknown' | 'nothing to do';
	readonly versionId?: number;
	/** Of one to be cancelled: what is to be taken. */
	readonly cancellation?: OfferedDocument;
}

const DELETED_HASH = 'deleted';

export interface DeletedDocuments {
	readonly agreement: string;
	readonly keys: readonly string[];
	/** Whatever the agreement says: whoever asks cannot send. */
	readonly alwaysHold?: boolean | undefined;
}

/**
 * Gone at the source: what was sent is held for a person, or is to be cancelled where the agreement
 * says so and the partner has it; what was not sent is not sent any more.
 */
export async function recordDeleted(
	ledger: Ledger,
	deleted: DeletedDocuments,
	actor: Actor,
): Promise<DeletedResult[]> {
	const results: DeletedResult[] = [];
	await ledger.store.session(async (session) => {
		for (const slice of slicesOf([...new Set(deleted.keys)], DOCUMENTS_A_SLICE)) {
			results.push(
				...(await writeIn(ledger, session, actor, {}, (tx) =>
					deleteSlice(tx, { ...deleted, keys: slice }),
				)),
			);
			await pause(ledger);
		}
	});
	return results;
}

function* deleteSlice(
	tx: Tx,
	{ agreement: name, keys, alwaysHold = false }: DeletedDocuments,
): Work<DeletedResult[]> {
	const agreement = (yield* usableAgreements(tx, [name])).get(name.trim())!;
	const wanted = keys.map((key) => ({
		agreement_id: agreement.id,
		usage: agreement.terms.stage,
		document_key: key,
	}));
	const versions = [...(yield* versionsOfDocuments(tx, wanted)).values()];
	const byKey = new Map(versions.map((list) => [list[0]!.document_key, list]));
	const results: DeletedResult[] = [];
	for (const key of keys) {
		const result = yield* deleteOne(tx, byKey.get(key) ?? [], agreement, alwaysHold);
		const { outcome, versionId } = result;
		if (outcome !== 'to be cancelled' || versionId === undefined) results.push({ key, ...result });
		else results.push({ key, ...result, cancellation: yield* cancellationOf(tx, versionId) });
	}
	return results;
}

/** What was sent, to be offered once more: it is taken back. */
function* cancellationOf(tx: ReadTx, versionId: number): Work<OfferedDocument> {
	const version = (yield* versionsById(tx, [versionId])).get(versionId)!;
	const kept = (yield* keptDocuments(tx, [versionId])).get(versionId)!;
	return {
		agreement: kept.name,
		key: version.document_key,
		contentHash: version.content_hash,
		number: version.number,
		ownNumber: version.own_number,
		counterparty: version.counterparty,
		date: version.document_date,
		currency: version.currency,
		amount: version.amount,
		modified: version.modified,
		document: readDocument(kept.document),
	};
}

function* deleteOne(
	tx: Tx,
	versions: readonly FiledVersion[],
	{ versionId: agreementVersionId, terms }: ActiveAgreement,
	alwaysHold: boolean,
): Work<Omit<DeletedResult, 'key'>> {
	const known = versions.filter(({ state }) => state !== 'overtaken');
	const last = known.at(-1);
	if (last === undefined) return { outcome: 'unknown' };
	if (last.content_hash === DELETED_HASH) {
		// Not sent yet: the run before broke off, or another one has it.
		const waits = !alwaysHold && ['released', 'reserved'].includes(standingOf(last));
		return { outcome: waits ? 'to be cancelled' : 'nothing to do', versionId: last.id };
	}
	const sent = known.findLast((version) =>
		['delivered', 'under way'].includes(standingOf(version)),
	);
	if (sent === undefined) {
		if (!['held', 'refused', 'released'].includes(last.state)) return { outcome: 'nothing to do' };
		const note = { reason: 'deleted at the source' };
		yield* updateRows(tx, VERSIONS, [
			{ id: last.id, from: last.state, set: { state: 'not sent' }, note },
		]);
		return { outcome: 'not sent', versionId: last.id };
	}
	if (last.id !== sent.id && !['rejected'].includes(standingOf(last))) yield* overtake(tx, [last]);
	const id = tx.newId();
	const { usage, document_key, file_state, file_name, file_sha256, ...facts } = sent;
	void file_state;
	void file_sha256;
	const cancels =
		!alwaysHold && terms.onDeleted === 'cancel' && canCancel(terms) && standingOf(sent) === 'delivered';
	const message = `It is gone at the source; it was sent in ${file_name}`;
	yield* pointToVersions(tx, [{ id: sent.document_id, version_id: id }]);
	yield* insertRows(
		tx,
		VERSIONS,
		[
			{
				...facts,
				id,
				agreement_version_id: agreementVersionId,
				content_hash: DELETED_HASH,
				state: cancels ? 'released' : 'held',
				change: 'deleted',
				purpose: 'cancellation',
				reservation: '',
				lease_until: '',
				manual_workflow: '',
				file_id: 0,
				attempt: 1,
				supersedes_file: file_name,
				issues: JSON.stringify([{ code: 'DELETED', message, path: '' }]),
				taken_at: tx.now,
				document: null,
			},
		],
		[{ document: { agreement_id: sent.agreement_id, usage, document_key } }],
	);
	return { outcome: cancels ? 'to be cancelled' : 'held', versionId: id };
}
