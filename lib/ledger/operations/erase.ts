import { CoreError } from '../../errors';
import { one, query } from '../port';
import type { Actor, Tx, Work } from '../port';
import { pause, slicesOf } from '../slices';
import {
	AGREEMENT_VERSIONS,
	AGREEMENTS,
	ANSWERS,
	COUNTERS,
	FILES,
	note,
	PARTNERS,
	RECEIVED,
	updateRows,
	VERSIONS,
} from '../tables';
import type {
	AgreementRow,
	AgreementVersionRow,
	CounterRow,
	PartnerRow,
	StoredFile,
} from '../tables';
import { writeIn, readIn } from '../transaction';
import type { Ledger } from '../transaction';
import { forgetComparisons } from './compare';
import { keptUntil, PRUNABLE, removeContents } from './prune';
import type { PruneOptions } from './prune';
import { checkReason } from './release';

/** Whose traces go: a partner with all his files, or a party that documents name. */
export type Party = { readonly partner: string } | { readonly counterparty: string };

export interface Erased {
	readonly documents: number;
	readonly files: number;
	/** Events whose details are gone; the chain stays whole. */
	readonly events: number;
}

const IDS_A_SLICE = 200;
const ERASED = 'erased';

interface Traces {
	readonly partnerId: number;
	readonly agreements: readonly number[];
	readonly agreementVersions: readonly number[];
	readonly versions: readonly number[];
	readonly files: readonly number[];
	readonly received: readonly number[];
	readonly answers: readonly number[];
	readonly counters: readonly number[];
	readonly words: readonly string[];
}

/** Removes one party's names, details and bytes, after the time that they must be kept. */
export async function erase(
	ledger: Ledger,
	party: Party,
	reason: string,
	actor: Actor,
	options: PruneOptions = {},
): Promise<Erased> {
	checkReason(reason);
	const erased = await ledger.store.session(async (session) => {
		const traces = await readIn(ledger, session, (tx) => findTraces(party, tx.now, options));
		let events = 0;
		const inSlices = async (
			ids: readonly number[],
			work: (tx: Tx, slice: readonly number[]) => Work<void>,
		) => {
			for (const slice of slicesOf(ids, IDS_A_SLICE)) {
				events += await writeIn(ledger, session, actor, {}, function* (tx) {
					// The old details first: what the change itself says names nobody.
					const wiped = yield* wipeEvents(tx, slice);
					yield* work(tx, slice);
					return wiped;
				});
				await pause(ledger);
			}
		};
		await inSlices(traces.answers, eraseAnswers);
		await inSlices(traces.received, eraseReceived);
		await inSlices(traces.files, eraseFiles);
		await inSlices(traces.versions, eraseVersions);
		await inSlices(traces.counters, eraseCounters);
		await inSlices(traces.agreementVersions, eraseAgreementVersions);
		await inSlices(traces.agreements, eraseAgreements);
		if (traces.partnerId > 0) await inSlices([traces.partnerId], erasePartner);
		await writeIn(ledger, session, actor, {}, function* (tx) {
			yield* wipeActors(traces.words);
			note(tx, 'ledger', 0, ERASED, {
				reason,
				documents: traces.versions.length,
				files: traces.files.length,
			});
		});
		return { documents: traces.versions.length, files: traces.files.length, events };
	});
	await forgetComparisons(ledger);
	return erased;
}

function* idsOf(sql: string, ...values: (string | number)[]): Work<number[]> {
	return (yield* query<{ id: number }>(sql, ...values)).map(({ id }) => id);
}

function* findTraces(party: Party, now: string, options: PruneOptions): Work<Traces> {
	const byPartner = 'partner' in party;
	const name = byPartner ? party.partner : party.counterparty;
	const partner = byPartner
		? yield* one<PartnerRow>('select * from partners where name = ?', name.trim())
		: undefined;
	if (byPartner && partner === undefined) {
		throw new CoreError('LEDGER_UNKNOWN', `The ledger has no partner '${name}'`, {
			path: 'partner',
		});
	}
	if (partner?.retired === 0) {
		throw new CoreError('LEDGER_RETENTION', `The partner '${name}' is in use; retire it first`, {
			path: 'partner',
		});
	}
	const partnerId = partner?.id ?? 0;
	const agreements = yield* idsOf(
		'select id from agreements where partner_id = ? and partner_id > 0',
		partnerId,
	);
	const ofPartner = 'agreement_id in (select id from agreements where partner_id = ?)';
	const versions = byPartner
		? yield* idsOf(`select id from versions where ${ofPartner} order by id`, partnerId)
		: yield* idsOf('select id from versions where counterparty = ? order by id', name);
	if (!byPartner && versions.length === 0) {
		throw new CoreError('LEDGER_UNKNOWN', `No document in the ledger names '${name}'`, {
			path: 'counterparty',
		});
	}
	const inFiles = byPartner
		? `f.${ofPartner}`
		: 'f.id in (select fv.file_id from versions v join file_versions fv on fv.version_id = v.id where v.counterparty = ?)';
	const subject = byPartner ? partnerId : name;
	const files = yield* query<StoredFile>(
		`select f.* from files f where ${inFiles} order by f.id`,
		subject,
	);
	const prunable = new Set(
		yield* idsOf(`select f.id from files f where ${PRUNABLE} and ${inFiles}`, subject),
	);
	for (const file of files) {
		const until = keptUntil(file.deposited_at || now, file.usage, options);
		if (prunable.has(file.id) && until <= now) continue;
		const why = prunable.has(file.id)
			? `must be kept until ${until.slice(0, 10)}`
			: `is ${file.state}`;
		throw new CoreError('LEDGER_RETENTION', `${file.name} ${why}; nothing was erased`, {
			path: 'party',
		});
	}
	const receiver = [...new Set(files.map((file) => file.receiver))].filter(Boolean);
	const counters = byPartner
		? (yield* query<CounterRow>('select * from counters')).filter((row) =>
				receiver.includes(row.receiver),
			)
		: [];
	return {
		partnerId,
		agreements,
		agreementVersions: yield* idsOf(
			'select v.id from agreement_versions v join agreements a on a.id = v.agreement_id where a.partner_id = ? and a.partner_id > 0 order by v.id',
			partnerId,
		),
		versions,
		files: files.map(({ id }) => id),
		received: byPartner
			? yield* idsOf('select id from received where partner = ? order by id', name.trim())
			: [],
		answers: yield* idsOf(
			`select a.id from answers a join files f on f.id = a.file_id where ${inFiles} order by a.id`,
			subject,
		),
		counters: counters.map(({ id }) => id),
		words: [
			name.trim(),
			...(byPartner
				? (yield* query<AgreementRow>(
						'select * from agreements where partner_id = ?',
						partnerId,
					)).map((row) => row.name)
				: []),
		],
	};
}

const list = (tx: Tx) => `(select id from ${tx.dialect.rowsOf({ id: 'integer' })} as wanted)`;
const values = (ids: readonly number[]) => JSON.stringify(ids.map((id) => ({ id })));

/** Without salt and details the hash that stays in the chain tells nothing. */
function* wipeEvents(tx: Tx, ids: readonly number[]): Work<number> {
	const rows = yield* query(
		`update events set details = null, salt = null where details is not null and subject_id in ${list(tx)} returning link`,
		values(ids),
	);
	return rows.length;
}

/** Links whose actor names the party: a workflow is often called after it. */
function* wipeActors(words: readonly string[]): Work<void> {
	for (const word of words) {
		const pattern = `%${JSON.stringify(word)
			.slice(1, -1)
			.replace(/[\\%_]/g, '\\$&')}%`;
		yield* query(
			"update links set actor = null, salt = null where actor like ? escape '\\'",
			pattern,
		);
	}
}

function* eraseVersions(tx: Tx, ids: readonly number[]): Work<void> {
	const set = { number: '', own_number: '', counterparty: ERASED, issues: '', document: null };
	yield* updateRows(
		tx,
		VERSIONS,
		ids.map((id) => ({ id, set })),
	);
	yield* query(
		`update documents set document_key = 'erased:' || cast(id as text)
		where id in (select document_id from versions where id in ${list(tx)})`,
		values(ids),
	);
}

function* eraseFiles(tx: Tx, ids: readonly number[]): Work<void> {
	yield* removeContents(tx, ids);
	yield* query(
		`update file_numbers set sender = '', receiver = '' where file_id in ${list(tx)}`,
		values(ids),
	);
	const set = {
		name: ERASED,
		folder: '',
		server: '',
		path: '',
		sender: '',
		receiver: '',
		error: '',
		receipt: '',
		claim_token: '',
		contents: ERASED,
	};
	yield* updateRows(
		tx,
		FILES,
		ids.map((id) => ({ id, set })),
	);
}

function* eraseAnswers(tx: Tx, ids: readonly number[]): Work<void> {
	yield* updateRows(
		tx,
		ANSWERS,
		ids.map((id) => ({ id, set: { summary: '', errors: '[]' } })),
	);
}

function* eraseReceived(tx: Tx, ids: readonly number[]): Work<void> {
	yield* query(`delete from contents where owner_id in ${list(tx)}`, values(ids));
	const set = {
		path: '',
		name: ERASED,
		partner: ERASED,
		sender: '',
		receiver: '',
		contents: ERASED,
	};
	yield* updateRows(
		tx,
		RECEIVED,
		ids.map((id) => ({ id, set })),
	);
}

function* eraseCounters(tx: Tx, ids: readonly number[]): Work<void> {
	const unique = (id: number) => ({ sender: '', receiver: `${ERASED}:${id}` });
	yield* updateRows(
		tx,
		COUNTERS,
		ids.map((id) => ({ id, set: unique(id) })),
	);
}

function* eraseAgreementVersions(tx: Tx, ids: readonly number[]): Work<void> {
	const rows = yield* query<AgreementVersionRow>(
		`select * from agreement_versions where id in ${list(tx)}`,
		values(ids),
	);
	yield* updateRows(
		tx,
		AGREEMENT_VERSIONS,
		rows.map(({ id, terms }) => ({
			id,
			set: { name: ERASED, terms: withoutPlaces(terms), settings: '{}' },
		})),
	);
}

function* eraseAgreements(tx: Tx, ids: readonly number[]): Work<void> {
	const rows = yield* query<AgreementRow>(
		`select * from agreements where id in ${list(tx)}`,
		values(ids),
	);
	yield* updateRows(
		tx,
		AGREEMENTS,
		rows.map(({ id, terms }) => ({
			id,
			set: {
				name: `${ERASED}:${id}`,
				terms: withoutPlaces(terms),
				settings: '{}',
				secrets: '{}',
				server: '',
				retired: 1,
			},
		})),
	);
}

function withoutPlaces(terms: string): string {
	return JSON.stringify({ ...(JSON.parse(terms) as object), folder: '', acksFolder: '' });
}

function* erasePartner(tx: Tx, ids: readonly number[]): Work<void> {
	yield* updateRows(
		tx,
		PARTNERS,
		ids.map((id) => ({
			id,
			set: { name: `${ERASED}:${id}`, settings: '{}', secrets: '{}', retired: 1 },
		})),
	);
}
