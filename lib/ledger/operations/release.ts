import { CoreError } from '../../errors';
import { query } from '../port';
import type { Actor, Tx, Work } from '../port';
import { DOCUMENTS_A_SLICE, pause, readDocument, slicesOf } from '../slices';
import { standingOf, versionsById, versionsOfDocuments } from '../standing';
import type { FiledVersion } from '../standing';
import { insertRows, updateRows, VERSIONS } from '../tables';
import { writeIn } from '../transaction';
import type { Ledger } from '../transaction';
import { overtake, pointToVersions, usableAgreements } from './take';

export interface ReleasedDocument {
	readonly versionId: number;
	readonly agreement: string;
	readonly key: string;
	readonly number: string;
	readonly state: 'released' | 'not sent';
	/** As it was when it was held; undefined where it was not kept. */
	readonly document: object | undefined;
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
	as: 'replacement' | 'original' | 'never',
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
	as: 'replacement' | 'original' | 'never',
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
		return version;
	});
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
	const kept = yield* query<{ id: number; document: Uint8Array | null; name: string }>(
		`select v.id, v.document, a.name from ${tx.dialect.rowsOf({ id: 'integer' })} as wanted
		cross join versions v join documents d on d.id = v.document_id join agreements a on a.id = d.agreement_id
		where v.id = wanted.id`,
		JSON.stringify(ids.map((id) => ({ id }))),
	);
	const byId = new Map(kept.map((row) => [row.id, row]));
	return found.map(({ id, document_key, number }) => ({
		versionId: id,
		agreement: byId.get(id)!.name,
		key: document_key,
		number,
		state,
		document: readDocument(byId.get(id)!.document),
	}));
}

export interface DeletedResult {
	readonly key: string;
	readonly outcome: 'held' | 'not sent' | 'unknown' | 'nothing to do';
	readonly versionId?: number;
}

const DELETED_HASH = 'deleted';

/** Gone at the source: what was sent is held for a person, what was not is not sent any more. */
export async function recordDeleted(
	ledger: Ledger,
	deleted: { readonly agreement: string; readonly keys: readonly string[] },
	actor: Actor,
): Promise<DeletedResult[]> {
	const results: DeletedResult[] = [];
	await ledger.store.session(async (session) => {
		for (const slice of slicesOf([...new Set(deleted.keys)], DOCUMENTS_A_SLICE)) {
			results.push(
				...(await writeIn(ledger, session, actor, {}, (tx) =>
					deleteSlice(tx, deleted.agreement, slice),
				)),
			);
			await pause(ledger);
		}
	});
	return results;
}

function* deleteSlice(tx: Tx, name: string, keys: readonly string[]): Work<DeletedResult[]> {
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
		results.push({
			key,
			...(yield* deleteOne(
				tx,
				byKey.get(key) ?? [],
				agreement.versionId,
				agreement.terms.onDeleted,
			)),
		});
	}
	return results;
}

function* deleteOne(
	tx: Tx,
	versions: readonly FiledVersion[],
	agreementVersionId: number,
	onDeleted: string,
): Work<Omit<DeletedResult, 'key'>> {
	const known = versions.filter(({ state }) => state !== 'overtaken');
	const last = known.at(-1);
	if (last === undefined) return { outcome: 'unknown' };
	if (last.content_hash === DELETED_HASH) return { outcome: 'nothing to do', versionId: last.id };
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
	const message = `It is gone at the source; it was sent in ${file_name}. The agreement says: ${onDeleted}`;
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
				state: 'held',
				change: 'deleted',
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
	return { outcome: 'held', versionId: id };
}
