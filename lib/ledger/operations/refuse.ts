import type { Actor, Tx, Work } from '../port';
import { DOCUMENTS_A_SLICE, pause, slicesOf } from '../slices';
import { documentName, standingOf, versionsById, versionsOfDocuments } from '../standing';
import type { FiledVersion } from '../standing';
import { insertRows, updateRows, VERSIONS } from '../tables';
import { writeIn } from '../transaction';
import type { Ledger } from '../transaction';
import {
	checkDocument,
	insertDocuments,
	overtake,
	pointToVersions,
	usableAgreements,
	versionFacts,
} from './take';
import type { OfferedDocument } from './take';

export interface RefusalIssue {
	readonly code: string;
	readonly message: string;
	readonly path: string;
}

/** A document of which no file can be made, with why. */
export type RefusedDocument = Pick<
	OfferedDocument,
	'agreement' | 'key' | 'number' | 'contentHash'
> &
	Partial<Omit<OfferedDocument, 'document'>> & {
		/** As `Take` gave it; without one the document is found by its key. */
		readonly versionId?: number | undefined;
		readonly reservation?: string | undefined;
		readonly issues: readonly RefusalIssue[];
	};

export interface RefusedResult {
	readonly index: number;
	readonly recorded: boolean;
	/** Why it was not recorded. */
	readonly detail: string;
}

const MOST_ISSUES = 50;

function issuesText(issues: readonly RefusalIssue[]): string {
	return JSON.stringify(
		issues.slice(0, MOST_ISSUES).map(({ code, message, path }) => ({ code, message, path })),
	);
}

/** Keeps why documents were refused. What was sent, or is with another run, stays as it is. */
export async function recordRefused(
	ledger: Ledger,
	refused: readonly RefusedDocument[],
	actor: Actor,
): Promise<RefusedResult[]> {
	refused.forEach(checkDocument);
	const results: RefusedResult[] = [];
	const indexes = refused.map((_, index) => index);
	await ledger.store.session(async (session) => {
		for (const slice of slicesOf(indexes, DOCUMENTS_A_SLICE)) {
			results.push(
				...(await writeIn(ledger, session, actor, {}, (tx) => refuseSlice(tx, refused, slice))),
			);
			await pause(ledger);
		}
	});
	return results;
}

/** A document that is not to be sent as it is now, such as a draft. */
export type LeftOutDocument = Pick<RefusedDocument, 'issues'> & {
	readonly versionId: number;
	readonly reservation: string;
};

/** Its reservation ends, with the reason; it is taken again when it is read, for it may be due by then. */
export async function recordLeftOut(
	ledger: Ledger,
	documents: readonly LeftOutDocument[],
	actor: Actor,
): Promise<void> {
	await ledger.store.session(async (session) => {
		for (const slice of slicesOf(documents, DOCUMENTS_A_SLICE)) {
			await writeIn(ledger, session, actor, {}, function* (tx) {
				const versions = yield* versionsById(
					tx,
					slice.map(({ versionId }) => versionId),
				);
				const own = slice.filter(({ versionId, reservation }) => {
					const version = versions.get(versionId);
					return version?.state === 'reserved' && version.reservation === reservation;
				});
				yield* updateRows(
					tx,
					VERSIONS,
					own.map(({ versionId, issues }) => ({
						id: versionId,
						set: { issues: issuesText(issues), lease_until: '' },
					})),
				);
			});
			await pause(ledger);
		}
	});
}

interface Change {
	readonly id: number;
	readonly from: string;
	readonly issues: string;
}

function* refuseSlice(
	tx: Tx,
	refused: readonly RefusedDocument[],
	indexes: readonly number[],
): Work<RefusedResult[]> {
	const named = indexes.filter((index) => !refused[index]!.versionId);
	const agreements = yield* usableAgreements(tx, [
		...new Set(named.map((index) => refused[index]!.agreement)),
	]);
	const wanted = (index: number) => {
		const { agreement, key } = refused[index]!;
		const { id, terms } = agreements.get(agreement.trim())!;
		return { agreement_id: id, usage: terms.stage, document_key: key };
	};
	const byId = yield* versionsById(
		tx,
		indexes.flatMap((index) => refused[index]!.versionId || []),
	);
	const byName = yield* versionsOfDocuments(tx, named.map(wanted));
	const changes: Change[] = [];
	const results: RefusedResult[] = [];
	const seen = new Set<string>();
	for (const index of indexes) {
		const one = refused[index]!;
		const version = one.versionId ? byId.get(one.versionId) : undefined;
		const issues = issuesText(one.issues);
		if (one.versionId) {
			const detail = whyNot(version, one.reservation);
			if (detail === '' && version !== undefined)
				changes.push({ id: version.id, from: version.state, issues });
			results.push({ index, recorded: detail === '', detail });
			continue;
		}
		const name = documentName(wanted(index));
		const terms = agreements.get(one.agreement.trim())!.terms;
		if (terms.stage === 'draft' || seen.has(name)) {
			results.push({
				index,
				recorded: false,
				detail: seen.has(name) ? 'twice in this run' : 'draft',
			});
			continue;
		}
		seen.add(name);
		const known = (byName.get(name) ?? []).filter(({ state }) => state !== 'overtaken');
		const last = known.at(-1);
		const detail = last === undefined ? '' : whyNotByKey(tx, last, one.contentHash);
		results.push({ index, recorded: detail === '', detail });
		if (detail !== '') continue;
		if (last !== undefined && last.content_hash === one.contentHash) {
			changes.push({ id: last.id, from: last.state, issues });
			continue;
		}
		yield* makeRefused(
			tx,
			one,
			agreements.get(one.agreement.trim())!.versionId,
			wanted(index),
			last,
			issues,
		);
	}
	yield* updateRows(
		tx,
		VERSIONS,
		changes.map(({ id, from, issues }) => ({
			id,
			from,
			set: { state: 'refused', issues, reservation: '', lease_until: '', file_id: 0 },
		})),
	);
	return results;
}

function whyNot(version: FiledVersion | undefined, reservation: string | undefined): string {
	if (version === undefined) return 'the ledger has no such version';
	const standing = standingOf(version);
	if (standing === 'refused') return '';
	if (standing !== 'reserved') return `it is ${standing}`;
	if (reservation !== undefined && reservation !== version.reservation)
		return 'another run has taken it over';
	return '';
}

function whyNotByKey(tx: Tx, last: FiledVersion, contentHash: string): string {
	const standing = standingOf(last);
	const same = last.content_hash === contentHash;
	if (standing === 'under way') return 'its file is under way';
	if (standing === 'reserved' && !tx.lapsed(last.lease_until)) return 'another run has reserved it';
	if (!same) return '';
	return standing === 'reserved' || standing === 'refused' || standing === 'released'
		? ''
		: `it is ${standing}`;
}

function* makeRefused(
	tx: Tx,
	one: RefusedDocument,
	agreementVersionId: number,
	wanted: { readonly agreement_id: number; readonly usage: string; readonly document_key: string },
	last: FiledVersion | undefined,
	issues: string,
): Work<void> {
	const id = tx.newId();
	const documentId = last?.document_id ?? tx.newId();
	if (last === undefined)
		yield* insertDocuments(tx, [{ id: documentId, ...wanted, version_id: id }]);
	else yield* pointToVersions(tx, [{ id: documentId, version_id: id }]);
	const standing = last === undefined ? undefined : standingOf(last);
	if (last !== undefined && standing !== 'delivered' && standing !== 'rejected')
		yield* overtake(tx, [last]);
	const facts = {
		ownNumber: '',
		counterparty: '',
		date: '',
		currency: '',
		amount: '',
		modified: '',
		...one,
	};
	yield* insertRows(
		tx,
		VERSIONS,
		[
			{
				...versionFacts(facts),
				id,
				document_id: documentId,
				agreement_id: wanted.agreement_id,
				agreement_version_id: agreementVersionId,
				state: 'refused',
				change: last === undefined ? 'new' : 'changed',
				purpose: 'original',
				attempt: 1,
				reservation: '',
				lease_until: '',
				manual_workflow: '',
				file_id: 0,
				supersedes_file: '',
				issues,
				taken_at: tx.now,
				document: null,
			},
		],
		[{ document: wanted }],
	);
}
