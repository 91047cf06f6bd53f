import { CoreError } from '../../errors';
import type { CoreErrorCode } from '../../errors';
import { insertInto, one, query, updateIn } from '../port';
import type { Actor, Tx, Work } from '../port';
import { contentParts, DOCUMENTS_A_SLICE, pause, PART_BYTES, slicesOf } from '../slices';
import { standingOf, versionsById } from '../standing';
import type { FiledVersion } from '../standing';
import type { FileState } from '../states';
import {
	checkTransition,
	FILES,
	insertRows,
	NUMBERS,
	RECEIVED,
	updateRows,
	VERSIONS,
} from '../tables';
import type { AgreementVersionRow, NumberRow, ReceivedRow, StoredFile } from '../tables';
import { cleanText } from '../text';
import { writeIn } from '../transaction';
import type { Ledger } from '../transaction';
import type { DocumentToRecord, FileToRecord } from './fileToRecord';
import { findOrMakeVersions, implicitAgreement } from './recordUntaken';

export type RecordResult =
	| { readonly fileId: number; readonly state: FileState; readonly repeated: boolean }
	| { readonly refused: CoreErrorCode; readonly message: string; readonly documents: string[] };

export interface RecordOptions {
	/** The partner asked for documents that he has again. */
	readonly sendAgain: boolean;
	/** How long nobody else takes the recorded files before this run claims them. */
	readonly leaseSeconds?: number | undefined;
}

const DEFAULT_LEASE_SECONDS = 900;

/** One file under way; what it is found out about lives over several transactions. */
interface Progress {
	readonly file: FileToRecord;
	readonly parts: readonly Uint8Array[];
	fileId: number;
	agreementId: number;
	versionIds: number[];
	result: RecordResult | undefined;
}

/**
 * Records the files of a run with bytes and documents, before anything is sent. Small runs are one
 * transaction. A large one attaches its documents in slices to files in state `recording`, and the
 * last transaction makes all files `encoded` at once; whatever breaks off before leaves the
 * documents reserved. The same file, bytes and reservation again change nothing.
 */
export async function recordFiles(
	ledger: Ledger,
	files: readonly FileToRecord[],
	options: RecordOptions,
	actor: Actor,
): Promise<RecordResult[]> {
	const all: Progress[] = [];
	for (const file of files) {
		const parts = await contentParts(file.bytes);
		all.push({ file, parts, fileId: 0, agreementId: 0, versionIds: [], result: undefined });
	}
	await ledger.store.session(async (session) => {
		const steps = [
			...all.flatMap((progress) => stepsOf(progress, options)),
			activateStep(all, options),
		];
		for (const group of grouped(steps)) {
			await writeIn(ledger, session, actor, { sends: true }, function* (tx) {
				for (const { work } of group) yield* work(tx);
			});
			await pause(ledger);
		}
	});
	return all.map(({ result }) => result!);
}

interface Step {
	readonly weight: number;
	readonly work: (tx: Tx) => Work<void>;
}

/** Steps that together are small enough for one transaction. */
function grouped(steps: readonly Step[]): Step[][] {
	const groups: Step[][] = [];
	let weight = Number.POSITIVE_INFINITY;
	for (const step of steps) {
		if (weight + step.weight > DOCUMENTS_A_SLICE) {
			groups.push([]);
			weight = 0;
		}
		groups.at(-1)!.push(step);
		weight += step.weight;
	}
	return groups;
}

const FILE_WEIGHT = 5;

function stepsOf(progress: Progress, options: RecordOptions): Step[] {
	const { file, parts } = progress;
	const unlessDone = (weight: number, work: (tx: Tx) => Work<void>): Step => ({
		weight,
		work: function* (tx) {
			if (progress.result === undefined) yield* work(tx);
		},
	});
	return [
		...slicesOf(file.documents, DOCUMENTS_A_SLICE).map((slice) =>
			unlessDone(slice.length, (tx) => checkDocuments(tx, progress, slice, options)),
		),
		unlessDone(FILE_WEIGHT, (tx) => beginFile(tx, progress, options)),
		...slicesOf(file.documents, DOCUMENTS_A_SLICE).map((slice, index) =>
			unlessDone(slice.length, (tx) =>
				attachDocuments(tx, progress, index * DOCUMENTS_A_SLICE, slice, options),
			),
		),
		...parts.map((part, index) =>
			unlessDone(Math.ceil((part.byteLength / PART_BYTES) * DOCUMENTS_A_SLICE), (tx) =>
				keepPart(tx, progress, index, part),
			),
		),
	];
}

function refuse(
	progress: Progress,
	refused: CoreErrorCode,
	message: string,
	documents: string[] = [],
): void {
	progress.result = { refused, message, documents };
}

/** The same file: same name, same bytes. Delivered or not, a repeated run finds it. */
function isSameFile(version: FiledVersion, { name, sha256 }: FileToRecord): boolean {
	return version.file_name === name && version.file_sha256 === sha256;
}

interface Obstacle {
	readonly code: CoreErrorCode;
	readonly why: string;
}

/** What a document that came through no `Take` is reserved with. */
function tokenOf({ versionId, reservation }: DocumentToRecord): string | undefined {
	return versionId ? reservation : (reservation ?? '');
}

/** Why a version may not go into this file; undefined where it may. */
function obstacle(
	version: FiledVersion,
	reservation: string | undefined,
	file: FileToRecord,
	{ sendAgain }: RecordOptions,
): Obstacle | undefined {
	const standing = standingOf(version);
	if (standing === 'under way' && !isSameFile(version, file)) {
		return {
			code: 'LEDGER_IN_PROGRESS',
			why: `is in ${version.file_name}, which is not delivered yet`,
		};
	}
	if (standing === 'delivered' || standing === 'rejected') {
		if (sendAgain || isSameFile(version, file)) return undefined;
		return { code: 'LEDGER_ALREADY_SENT', why: `was sent in ${version.file_name}` };
	}
	if (standing === 'held' || standing === 'not sent') {
		return { code: 'LEDGER_HELD', why: `is ${standing}` };
	}
	const ours = reservation === undefined || version.reservation === reservation;
	if (ours && (standing === 'reserved' || standing === 'under way')) return undefined;
	if (standing === 'overtaken') {
		return {
			code: 'LEDGER_RESERVATION_LOST',
			why: 'has a newer version, which another run has taken',
		};
	}
	return { code: 'LEDGER_RESERVATION_LOST', why: 'was taken over by another run' };
}

/** Finds each document's version and whether it may go; a file with one that may not is refused. */
function* checkDocuments(
	tx: Tx,
	progress: Progress,
	documents: readonly DocumentToRecord[],
	options: RecordOptions,
): Work<void> {
	const { file } = progress;
	progress.agreementId ||= yield* agreementOf(tx, file);
	const ids = yield* findOrMakeVersions(tx, progress.agreementId, file, documents);
	progress.versionIds.push(...ids);
	const versions = yield* versionsById(tx, ids);
	const found = documents.flatMap((document, index) => {
		const version = versions.get(ids[index]!);
		if (version === undefined) {
			return [{ document, code: 'LEDGER_UNKNOWN' as const, why: 'is not in this ledger' }];
		}
		const trouble = obstacle(version, tokenOf(document), file, options);
		return trouble === undefined ? [] : [{ document, ...trouble }];
	});
	const [first] = found;
	if (first === undefined) return yield* findRepeated(progress, versions, options);
	const numbers = found.map(({ document }) => document.number);
	const more = found.length > 1 ? ` (and ${found.length - 1} more)` : '';
	refuse(
		progress,
		first.code,
		`Document ${first.document.number} ${first.why}${more}; ${file.name} was not sent`,
		numbers,
	);
}

/** A run that is repeated after its file was recorded gets that file. */
function* findRepeated(
	progress: Progress,
	versions: ReadonlyMap<number, FiledVersion>,
	{ sendAgain }: RecordOptions,
): Work<void> {
	for (const version of versions.values()) {
		const standing = standingOf(version);
		if (standing === 'reserved' || !isSameFile(version, progress.file)) continue;
		if (sendAgain && standing !== 'under way') continue;
		const file = yield* one<{ id: number; state: FileState }>(
			'select id, state from files where id = ?',
			version.file_id,
		);
		progress.result = { fileId: file!.id, state: file!.state, repeated: true };
		return;
	}
}

function* agreementOf(tx: Tx, file: FileToRecord): Work<number> {
	if (file.agreementVersionId !== undefined && file.agreementVersionId !== 0) {
		const version = yield* one<AgreementVersionRow>(
			'select * from agreement_versions where id = ?',
			file.agreementVersionId,
		);
		if (version !== undefined) return version.agreement_id;
		throw new CoreError(
			'LEDGER_UNKNOWN',
			`The ledger has no agreement of version ${file.agreementVersionId}`,
			{
				path: 'ledger.agreementVersion',
			},
		);
	}
	return yield* implicitAgreement(tx, file);
}

function* beginFile(tx: Tx, progress: Progress, options: RecordOptions): Work<void> {
	const { file } = progress;
	progress.agreementId ||= yield* agreementOf(tx, file);
	const same = yield* query<StoredFile>(
		'select * from files where name = ? and folder = ? order by id',
		file.name,
		file.folder,
	);
	const unfinished = same.find(
		(known) => known.state === 'recording' && known.sha256 === file.sha256,
	);
	const undelivered = same.find(({ state }) =>
		['encoded', 'depositing', 'failed', 'in doubt'].includes(state),
	);
	if (undelivered !== undefined) {
		// A file without documents of its own (a snapshot, an answer) that is recorded once more.
		if (undelivered.sha256 === file.sha256 && file.documents.length === 0) {
			progress.result = {
				fileId: undelivered.id,
				state: undelivered.state as FileState,
				repeated: true,
			};
			return;
		}
		return refuse(
			progress,
			'LEDGER_FILE_NAME_TAKEN',
			`Another file ${file.name} for ${file.folder} is ${undelivered.state}; this one was not sent`,
		);
	}
	if (!options.sendAgain && (yield* refuseUsedNumber(tx, progress))) return;
	if (yield* refuseSecondAnswer(progress)) return;
	if (unfinished !== undefined) {
		progress.fileId = unfinished.id;
		return;
	}
	progress.fileId = tx.newId();
	yield* insertRows(tx, FILES, [yield* newFile(tx, progress, options)]);
	yield* keepNumbers(tx, progress);
}

function* newFile(
	tx: Tx,
	{ file, fileId, agreementId }: Progress,
	options: RecordOptions,
): Work<StoredFile> {
	const agreement = yield* one<{ version_id: number; terms: string; server: string }>(
		`select a.server, v.id as version_id, v.terms from agreements a
		join agreement_versions v on v.id = case when ? > 0 then ? else a.version_id end where a.id = ?`,
		file.agreementVersionId ?? 0,
		file.agreementVersionId ?? 0,
		agreementId,
	);
	const terms = JSON.parse(agreement!.terms) as {
		whenInDoubt?: string;
		acknowledgment?: { expected: boolean; withinHours: number };
	};
	const answered = file.kind === 'documents' && terms.acknowledgment?.expected === true;
	return {
		id: fileId,
		agreement_version_id: agreement!.version_id,
		agreement_id: agreementId,
		kind: file.kind,
		name: cleanText(file.name),
		folder: cleanText(file.folder),
		server: agreement!.server,
		path: '',
		format: file.format,
		transaction_set: cleanText(file.transactionSet),
		release: file.release,
		usage: file.usage,
		sender: cleanText(file.sender),
		receiver: cleanText(file.receiver),
		control_number: file.controlNumber,
		group_control_numbers: JSON.stringify(file.groupControlNumbers),
		sha256: file.sha256,
		bytes: file.bytes.byteLength,
		mime_type: file.mimeType,
		document_count: file.documents.length,
		state: 'recording',
		state_before: '',
		attempts: 0,
		claim_token: '',
		lease_until: tx.after(options.leaseSeconds ?? DEFAULT_LEASE_SECONDS),
		when_in_doubt: terms.whenInDoubt ?? 'hold',
		acknowledge_hours: answered ? terms.acknowledgment!.withinHours : 0,
		error_code: '',
		error: '',
		receipt: '',
		recorded_at: tx.now,
		deposited_at: '',
		answer_due_at: '',
		answered_at: '',
		on_behalf: '',
		answers: file.answers ?? 0,
		contents: 'kept',
	};
}

/** Control numbers are compared without their leading zeros: a 997 echoes GS06 as a number. */
export function plainNumber(number: string): string {
	return number.trim().replace(/^0+(?=.)/, '');
}

function numbersOf({
	controlNumber,
	groupControlNumbers,
}: FileToRecord): { kind: string; number: string }[] {
	const groups = [...new Set(groupControlNumbers.map(plainNumber))];
	return [
		...(controlNumber === '' ? [] : [{ kind: 'interchange', number: plainNumber(controlNumber) }]),
		...groups.filter((number) => number !== '').map((number) => ({ kind: 'group', number })),
	];
}

/** A number stands for one file for ever: the partner's answer names nothing else. */
function* refuseUsedNumber(tx: Tx, progress: Progress): Work<boolean> {
	const { file } = progress;
	if (file.controlNumber === '') return false;
	const number = plainNumber(file.controlNumber);
	const other = yield* one<{ name: string }>(
		`select f.name from file_numbers n join files f on f.id = n.file_id
		where n.sender = ? and n.receiver = ? and n.kind = 'interchange' and n.number = ?
		and f.usage = ? and f.kind = ? and f.state <> 'recording'`,
		cleanText(file.sender),
		cleanText(file.receiver),
		number,
		file.usage,
		file.kind,
	);
	const voided = (yield* reservedNumbers(tx, file)).find(({ state }) => state === 'voided');
	if (other === undefined && voided === undefined) return false;
	const why = other === undefined ? `was voided (${voided!.reason})` : `is that of ${other.name}`;
	refuse(
		progress,
		'LEDGER_NUMBER_USED',
		`Control number ${file.controlNumber} ${why}; ${file.name} was not sent`,
		file.documents.map((document) => document.number),
	);
	return true;
}

/** The rows of this file's numbers, where they came from the ledger. */
function* reservedNumbers(tx: Tx, file: FileToRecord): Work<readonly NumberRow[]> {
	const wanted = numbersOf(file).filter(({ number }) => /^\d{1,15}$/.test(number));
	if (wanted.length === 0) return [];
	return yield* query<NumberRow>(
		`select n.* from ${tx.dialect.rowsOf({ kind: 'text', number: 'integer' })} as wanted
		cross join counters c join numbers n on n.counter_id = c.id
		where c.sender = ? and c.receiver = ? and c.usage = ? and c.kind = wanted.kind and n.number = wanted.number`,
		JSON.stringify(wanted.map(({ kind, number }) => ({ kind, number: Number(number) }))),
		cleanText(file.sender),
		cleanText(file.receiver),
		file.usage,
	);
}

function* keepNumbers(tx: Tx, { file, fileId }: Progress): Work<void> {
	const rows = numbersOf(file).map(({ kind, number }) => ({
		file_id: fileId,
		kind,
		sender: cleanText(file.sender),
		receiver: cleanText(file.receiver),
		number,
	}));
	const columns = {
		file_id: 'integer',
		kind: 'text',
		sender: 'text',
		receiver: 'text',
		number: 'text',
	} as const;
	yield* insertInto(tx.dialect, 'file_numbers', columns, rows, 'left');
}

function* refuseSecondAnswer(progress: Progress): Work<boolean> {
	const { answers, name } = progress.file;
	if (answers === undefined || answers === 0) return false;
	const known = yield* one<{ name: string }>(
		"select name from files where answers = ? and state <> 'recording'",
		answers,
	);
	if (known === undefined) return false;
	refuse(
		progress,
		'LEDGER_ALREADY_ANSWERED',
		`The received file was answered with ${known.name}; ${name} was not sent`,
	);
	return true;
}

/** Puts documents into the file. Checked again, because other transactions may lie between. */
function* attachDocuments(
	tx: Tx,
	progress: Progress,
	start: number,
	documents: readonly DocumentToRecord[],
	options: RecordOptions,
): Work<void> {
	const { file, fileId } = progress;
	const ids = progress.versionIds.slice(start, start + documents.length);
	const versions = yield* versionsById(tx, ids);
	const attached = new Map<number, DocumentToRecord>();
	documents.forEach((document, index) => attached.set(ids[index]!, document));
	for (const [id, document] of attached) {
		const version = versions.get(id)!;
		const trouble = obstacle(version, tokenOf(document), file, options);
		if (trouble === undefined) {
			checkTransition(VERSIONS, id, version.state, 'filed');
			continue;
		}
		refuse(
			progress,
			trouble.code,
			`Document ${document.number} ${trouble.why}; ${file.name} was not sent`,
			[document.number],
		);
		return;
	}
	const rows = [...attached].map(([id, document]) => ({
		file_id: fileId,
		version_id: id,
		set_control_number: document.setControlNumber,
		group_control_number: plainNumber(document.groupControlNumber),
		purpose: document.purpose,
	}));
	const columns = {
		file_id: 'integer',
		version_id: 'integer',
		set_control_number: 'text',
		group_control_number: 'text',
		purpose: 'text',
	} as const;
	yield* insertInto(tx.dialect, 'file_versions', columns, rows, 'left');
	// A version follows its file, so the file's event lists them instead of one event for each.
	yield* updateIn(
		tx.dialect,
		VERSIONS.name,
		{ state: 'text', file_id: 'integer' },
		[...attached.keys()].map((id) => ({ id, state: 'filed', file_id: fileId })),
	);
	tx.events.push({
		subject: FILES.name,
		subjectId: fileId,
		from: 'recording',
		to: 'recording',
		details: {
			versions: rows.map((row) => [
				row.version_id,
				row.set_control_number,
				row.group_control_number,
				row.purpose,
			]),
		},
	});
}

function* keepPart(tx: Tx, { fileId }: Progress, part: number, bytes: Uint8Array): Work<void> {
	void tx;
	yield* query(
		'insert into contents (owner_id, part, bytes) values (?, ?, ?) on conflict do nothing',
		fileId,
		part,
		bytes,
	);
}

function activateStep(all: readonly Progress[], options: RecordOptions): Step {
	return {
		weight: 1,
		work: function* (tx) {
			const ready = all.filter(({ result }) => result === undefined);
			const lease = tx.after(options.leaseSeconds ?? DEFAULT_LEASE_SECONDS);
			yield* updateRows(
				tx,
				FILES,
				ready.map(({ fileId }) => ({
					id: fileId,
					from: 'recording',
					set: { state: 'encoded', lease_until: lease, recorded_at: tx.now },
				})),
			);
			for (const progress of ready) {
				yield* useNumbers(tx, progress);
				yield* answerReceived(tx, progress);
				progress.result = { fileId: progress.fileId, state: 'encoded', repeated: false };
			}
		},
	};
}

function* useNumbers(tx: Tx, { file, fileId }: Progress): Work<void> {
	const reserved = (yield* reservedNumbers(tx, file)).filter(({ state }) => state === 'reserved');
	yield* updateRows(
		tx,
		NUMBERS,
		reserved.map(({ id, state }) => ({ id, from: state, set: { state: 'used', file_id: fileId } })),
	);
}

/** Recorded is answered: from here on replay brings the answer to the partner. */
function* answerReceived(tx: Tx, { file }: Progress): Work<void> {
	if (file.answers === undefined || file.answers === 0) return;
	const received = yield* one<ReceivedRow>('select * from received where id = ?', file.answers);
	if (received === undefined || received.state === 'answered') return;
	yield* updateRows(tx, RECEIVED, [
		{ id: received.id, from: received.state, set: { state: 'answered' } },
	]);
}
