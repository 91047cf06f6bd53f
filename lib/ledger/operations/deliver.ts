import { CoreError } from '../../errors';
import type { CoreErrorCode } from '../../errors';
import { one, query } from '../port';
import type { Actor, Tx, Work } from '../port';
import { joinParts } from '../slices';
import { DELIVERED_STATES, isOneOf } from '../states';
import type { FileState } from '../states';
import { AGREEMENTS, FILES, note, updateRows } from '../tables';
import type { AgreementRow, StoredFile } from '../tables';
import { cleanText } from '../text';
import { addSeconds, read, write } from '../transaction';
import type { Ledger } from '../transaction';
import { FILED_FILE, fileView } from '../views';
import type { FiledFile, FileRow } from '../views';
import { sha256 } from '../../text';
import { checkReason } from './release';

export interface ClaimRequest {
	/** Nobody else's; the outcome is recorded with it. */
	readonly token: string;
	readonly leaseSeconds: number;
	/** `host:port user` of the credential. */
	readonly server: string;
	/** The partner asked for a file that he has, or had. */
	readonly again?: boolean | undefined;
}

export interface Refused {
	readonly refused: CoreErrorCode;
	readonly message: string;
}

export interface Claimed {
	readonly attempt: number;
	/** Whether an attempt before this one may have brought bytes to the partner. */
	readonly earlierAttempt: boolean;
	readonly folder: string;
	readonly name: string;
}

function* servedFile(fileId: number): Work<FiledFile> {
	const file = yield* one<FiledFile>(`${FILED_FILE} where f.id = ?`, fileId);
	if (file !== undefined) return file;
	throw new CoreError('LEDGER_UNKNOWN', `The ledger has no file ${fileId}`, {
		path: 'ledger.file',
	});
}

/** Why this run may not have the file; undefined where it may. */
function whyNotClaimed(tx: Tx, file: FiledFile, request: ClaimRequest): Refused | undefined {
	const { token, server, again } = request;
	const state = file.state as FileState;
	const boundTo = file.agreement_server;
	if (boundTo !== '' && boundTo !== server) {
		return {
			refused: 'LEDGER_OTHER_SERVER',
			message: `${file.name} goes by ${boundTo}; the credential is for ${server}`,
		};
	}
	if (state === 'depositing') {
		if (file.claim_token === token || tx.lapsed(file.lease_until)) return undefined;
		return {
			refused: 'LEDGER_IN_PROGRESS',
			message: `${file.name} is being delivered by another run`,
		};
	}
	if (state === 'encoded' || state === 'failed') return undefined;
	if (state === 'in doubt') {
		if (again === true || file.when_in_doubt === 'send again') return undefined;
		return {
			refused: 'LEDGER_NOT_READY',
			message: `${file.name} is in doubt: the partner may have it; a person decides`,
		};
	}
	if (isOneOf(DELIVERED_STATES, state)) {
		if (again === true) return undefined;
		return { refused: 'LEDGER_ALREADY_SENT', message: `${file.name} is ${state} already` };
	}
	return { refused: 'LEDGER_NOT_READY', message: `${file.name} is ${state}` };
}

/** The change that makes a file this run's own, as an update of its row. */
function claimOf(tx: Tx, file: StoredFile, token: string, leaseSeconds: number, server: string) {
	const delivered = isOneOf(DELIVERED_STATES, file.state);
	return {
		id: file.id,
		from: file.state,
		set: {
			state: 'depositing',
			// Kept over a claim that ran out: what the file was before anyone touched it.
			state_before: delivered ? file.state : file.state === 'depositing' ? file.state_before : '',
			attempts: file.attempts + 1,
			claim_token: token,
			lease_until: tx.after(leaseSeconds),
			server,
		},
	};
}

/** Before the first byte: makes the file this run's own, or says why not. */
export async function claimFile(
	ledger: Ledger,
	fileId: number,
	request: ClaimRequest,
	actor: Actor,
): Promise<Claimed | Refused> {
	return await write(ledger, actor, { sends: true }, function* (tx) {
		const file = yield* servedFile(fileId);
		const trouble = whyNotClaimed(tx, file, request);
		if (trouble !== undefined) return trouble;
		const { token, leaseSeconds } = request;
		const server = cleanText(request.server);
		const mine = file.state === 'depositing' && file.claim_token === token;
		const attempt = mine ? file.attempts : file.attempts + 1;
		if (mine) {
			const set = { lease_until: tx.after(leaseSeconds), server };
			yield* updateRows(tx, FILES, [{ id: file.id, from: file.state, set }]);
		} else {
			yield* updateRows(tx, FILES, [claimOf(tx, file, token, leaseSeconds, server)]);
		}
		return { attempt, earlierAttempt: attempt > 1, folder: file.folder, name: file.name };
	});
}

/** While bytes flow. False: another run has the file; no further byte may be sent. */
export async function renewClaim(
	ledger: Ledger,
	fileId: number,
	token: string,
	leaseSeconds: number,
	actor: Actor,
): Promise<boolean> {
	return await write(ledger, actor, {}, function* (tx) {
		const file = yield* servedFile(fileId);
		if (file.state !== 'depositing' || file.claim_token !== token) return false;
		yield* updateRows(tx, FILES, [{ id: fileId, set: { lease_until: tx.after(leaseSeconds) } }]);
		return true;
	});
}

export interface Outcome {
	readonly state: 'deposited' | 'failed' | 'in doubt' | 'picked up';
	/** Where the file lies. */
	readonly path?: string | undefined;
	readonly receipt?: object | undefined;
	/** The partner still had the file from before: what he answered stays true. */
	readonly alreadyThere?: boolean | undefined;
	readonly error?: { readonly code: string; readonly message: string } | undefined;
}

export type Settled =
	| { readonly state: FileState }
	| { readonly stale: true; readonly refused: 'LEDGER_STALE'; readonly message: string };

/** Records the outcome of a claim. A late one is refused, and stands in the trail as such. */
export async function settleFile(
	ledger: Ledger,
	fileId: number,
	token: string,
	outcome: Outcome,
	actor: Actor,
): Promise<Settled> {
	return await write(ledger, actor, {}, function* (tx) {
		const file = yield* servedFile(fileId);
		if (file.claim_token !== token || file.claim_token === '') return lateSettle(tx, file, outcome);
		if (file.state !== 'depositing') return { state: file.state as FileState };
		const before = file.state_before as FileState | '';
		// What was sent again on demand is what it was, unless the partner has got it anew.
		const unchanged =
			before !== '' && (outcome.state !== 'deposited' || outcome.alreadyThere === true);
		const state: FileState = unchanged ? before : outcome.state;
		const delivered = outcome.state === 'deposited' || outcome.state === 'picked up';
		const due =
			delivered && file.acknowledge_hours > 0 && !unchanged
				? addSeconds(tx.now, file.acknowledge_hours * 3_600)
				: file.answer_due_at;
		yield* updateRows(tx, FILES, [
			{
				id: fileId,
				from: 'depositing',
				set: {
					state,
					state_before: '',
					path: outcome.path ?? file.path,
					error_code: outcome.error?.code ?? '',
					error: cleanText(outcome.error?.message),
					receipt: outcome.receipt === undefined ? file.receipt : JSON.stringify(outcome.receipt),
					deposited_at: delivered && !unchanged ? tx.now : file.deposited_at,
					answer_due_at: due,
				},
				note: { outcome: outcome.state },
			},
		]);
		if (outcome.state === 'deposited') yield* bindServer(tx, file);
		return { state };
	});
}

/** The first delivery decides by which server and user the agreement goes from then on. */
function* bindServer(tx: Tx, file: FiledFile): Work<void> {
	if (file.agreement_server !== '' || file.server === '') return;
	const agreement = yield* one<AgreementRow>(
		'select * from agreements where id = ?',
		file.agreement_id,
	);
	if (agreement!.implicit === 1) return;
	yield* updateRows(tx, AGREEMENTS, [{ id: agreement!.id, set: { server: file.server } }]);
}

/** Recorded files that a stopped run does not begin any more; replay sends them. */
export async function stopFiles(
	ledger: Ledger,
	fileIds: readonly number[],
	error: { readonly code: string; readonly message: string },
	actor: Actor,
): Promise<number[]> {
	return await write(ledger, actor, {}, function* (tx) {
		const files = yield* query<StoredFile>(
			`select * from files where state = 'encoded' and id in (select id from ${tx.dialect.rowsOf({ id: 'integer' })} as wanted)`,
			JSON.stringify([...new Set(fileIds)].map((id) => ({ id }))),
		);
		const set = { state: 'failed', error_code: error.code, error: cleanText(error.message) };
		yield* updateRows(
			tx,
			FILES,
			files.map(({ id, state }) => ({ id, from: state, set })),
		);
		return files.map(({ id }) => id);
	});
}

function lateSettle(tx: Tx, file: StoredFile, outcome: Outcome): Settled {
	note(tx, FILES.name, file.id, file.state, {
		late: outcome.state,
		reason: 'a late outcome was not recorded',
	});
	return {
		stale: true,
		refused: 'LEDGER_STALE',
		message: `${file.name} is with another run (${file.state}); the outcome '${outcome.state}' came too late`,
	};
}

export type WhichFiles =
	/** What failed or was stranded by a crash. */
	| { readonly automatic: true; readonly limit?: number | undefined }
	| {
			readonly fileIds: readonly number[];
			readonly evenIfOvertaken?: boolean | undefined;
			readonly reason: string;
	  };

export interface ReplayedFile {
	readonly file: FileRow;
	readonly bytes: Uint8Array;
	readonly token: string;
}

export interface ReplayResult {
	readonly files: ReplayedFile[];
	readonly refused: {
		readonly fileId: number;
		readonly name: string;
		readonly refused: CoreErrorCode;
		readonly message: string;
	}[];
}

const MOST_FILES = 100;

/**
 * Claims files for another attempt and hands out the bytes as they were recorded. Each is claimed
 * with a token of its own; the deposit settles with it.
 */
export async function takeForReplay(
	ledger: Ledger,
	which: WhichFiles,
	claim: { readonly token: string; readonly leaseSeconds: number },
	actor: Actor,
): Promise<ReplayResult> {
	if ('fileIds' in which) checkReason(which.reason);
	const claimed = await write(ledger, actor, { sends: true }, function* (tx) {
		const files = yield* filesToReplay(tx, which);
		const overtaken = yield* overtakenFiles(
			tx,
			files.map(({ id }) => id),
		);
		const result: { files: FiledFile[]; refused: ReplayResult['refused'] } = {
			files: [],
			refused: [],
		};
		for (const file of files) {
			const trouble = whyNotReplayed(tx, file, which, overtaken);
			if (trouble !== undefined) {
				result.refused.push({ fileId: file.id, name: file.name, ...trouble });
				continue;
			}
			result.files.push(file);
		}
		const token = (id: number) => `${claim.token}:${id}`;
		const reason = 'reason' in which ? which.reason : 'automatic replay';
		yield* updateRows(
			tx,
			FILES,
			result.files.map((file) => ({
				...claimOf(tx, file, token(file.id), claim.leaseSeconds, file.server),
				note: { reason },
			})),
		);
		return { ...result, files: result.files.map((file) => ({ file, token: token(file.id) })) };
	});
	const files: ReplayedFile[] = [];
	const { refused } = claimed;
	for (const { file, token } of claimed.files) {
		const bytes = await keptBytes(ledger, file.id).catch(() => undefined);
		if (bytes !== undefined && sha256(bytes) === file.sha256) {
			files.push({ file: fileView(file), token, bytes });
			continue;
		}
		const message = `The kept bytes of ${file.name} are not those that were recorded; it was not sent`;
		const error = { code: 'LEDGER_CORRUPT', message };
		await settleFile(ledger, file.id, token, { state: 'failed', error }, actor);
		refused.push({ fileId: file.id, name: file.name, refused: 'LEDGER_CORRUPT', message });
	}
	return { files, refused };
}

function* filesToReplay(tx: Tx, which: WhichFiles): Work<readonly FiledFile[]> {
	if ('fileIds' in which) {
		const files = yield* query<FiledFile>(
			`${FILED_FILE} where f.id in (select id from ${tx.dialect.rowsOf({ id: 'integer' })} as wanted) order by f.id`,
			JSON.stringify([...new Set(which.fileIds)].map((id) => ({ id }))),
		);
		const missing = which.fileIds.find((id) => !files.some((file) => file.id === id));
		if (missing === undefined) return files;
		throw new CoreError('LEDGER_UNKNOWN', `The ledger has no file ${missing}`, { path: 'file' });
	}
	const files = yield* query<FiledFile>(
		`${FILED_FILE} where f.state in ('encoded', 'depositing', 'failed', 'in doubt') order by f.id`,
	);
	return files
		.filter((file) => {
			if (file.state === 'failed') return true;
			if (file.state === 'in doubt') {
				// After a loss nobody knows whether the partner has it: a person decides.
				return file.when_in_doubt === 'send again' && file.error_code !== 'LEDGER_OLDER';
			}
			return tx.lapsed(file.lease_until);
		})
		.slice(0, which.limit ?? MOST_FILES);
}

/** Files with a document of which a later version is in a file, too. */
function* overtakenFiles(tx: Tx, ids: readonly number[]): Work<Map<number, string>> {
	const rows = yield* query<{ file_id: number; number: string }>(
		`select distinct fv.file_id, v.number from ${tx.dialect.rowsOf({ id: 'integer' })} as wanted
		cross join file_versions fv join versions v on v.id = fv.version_id
		join versions later on later.document_id = v.document_id and later.id > v.id and later.file_id > 0
		join files f on f.id = later.file_id
		where fv.file_id = wanted.id and f.state <> 'recording'`,
		JSON.stringify(ids.map((id) => ({ id }))),
	);
	return new Map(rows.map(({ file_id, number }) => [file_id, number]));
}

function whyNotReplayed(
	tx: Tx,
	file: StoredFile,
	which: WhichFiles,
	overtaken: ReadonlyMap<number, string>,
): Refused | undefined {
	if (file.state === 'recording') {
		return { refused: 'LEDGER_NOT_READY', message: `${file.name} was never completely recorded` };
	}
	if (['depositing', 'encoded'].includes(file.state) && !tx.lapsed(file.lease_until)) {
		return { refused: 'LEDGER_IN_PROGRESS', message: `${file.name} is with another run` };
	}
	if (file.contents !== 'kept') {
		return {
			refused: 'LEDGER_BYTES_GONE',
			message: `The bytes of ${file.name} are ${file.contents}`,
		};
	}
	const number = overtaken.get(file.id);
	if (number !== undefined && !('fileIds' in which && which.evenIfOvertaken === true)) {
		return {
			refused: 'LEDGER_OVERTAKEN',
			message: `Document ${number} in ${file.name} has a later version`,
		};
	}
	return undefined;
}

export async function keptBytes(ledger: Ledger, ownerId: number): Promise<Uint8Array | undefined> {
	const parts = await read(ledger, function* () {
		return yield* query<{ bytes: Uint8Array }>(
			'select bytes from contents where owner_id = ? order by part',
			ownerId,
		);
	});
	if (parts.length === 0) return undefined;
	return await joinParts(parts.map(({ bytes }) => bytes));
}

/** A file with its bytes; without them where they were pruned. */
export async function getContents(
	ledger: Ledger,
	fileId: number,
): Promise<{ readonly file: FileRow; readonly bytes: Uint8Array | undefined }> {
	const file = await read(ledger, () => servedFile(fileId));
	return { file: fileView(file), bytes: await keptBytes(ledger, fileId) };
}
