import { CoreError } from '../../errors';
import { one, query } from '../port';
import type { Actor, Tx, Work } from '../port';
import { contentParts } from '../slices';
import type { ReceivedState } from '../states';
import { insertRows, RECEIVED, updateRows } from '../tables';
import type { ReceivedRow } from '../tables';
import { cleanText } from '../text';
import { read, write } from '../transaction';
import type { Ledger } from '../transaction';
import { FILED_FILE, fileView } from '../views';
import type { FiledFile, FileRow } from '../views';
import { keptBytes } from './deliver';
import { plainNumber } from './record';

/** A file that came from a partner, as it lies on the server. */
export interface ReceivedFile {
	readonly path: string;
	readonly modifiedAt: string;
	readonly name: string;
	readonly bytes: Uint8Array;
	readonly sha256: string;
	readonly partner?: string | undefined;
	/** Of its interchange: who sent it, to whom, and its number; empty where it has none. */
	readonly sender: string;
	readonly receiver: string;
	readonly controlNumber: string;
	readonly format: string;
}

export interface ReceivedResult {
	readonly fileId: number;
	/** Whether this run is the one to answer it. */
	readonly claimed: boolean;
	readonly outcome: 'new' | 'answered before' | 'being answered' | 'same number, other bytes';
	/** Of the file that answers it, or that came before under the same number. */
	readonly other: string;
}

/** Before a received file is answered: of all runs that see it, one gets to. */
export async function recordReceived(
	ledger: Ledger,
	file: ReceivedFile,
	claim: { readonly token: string; readonly leaseSeconds: number },
	actor: Actor,
): Promise<ReceivedResult> {
	const parts = await contentParts(file.bytes);
	return await write(ledger, actor, { sends: true }, function* (tx) {
		const known = yield* query<ReceivedRow>(
			'select * from received where sha256 = ? order by id',
			file.sha256,
		);
		const answered = known.find(
			({ state }) => state === 'answered' || state === 'nothing to answer',
		);
		if (answered !== undefined) {
			const other = yield* answerOf(answered.id);
			return { fileId: answered.id, claimed: false, outcome: 'answered before' as const, other };
		}
		const open = known[0];
		const sameNumber = yield* numberBefore(file, open?.id ?? 0);
		const outcome =
			sameNumber === undefined ? ('new' as const) : ('same number, other bytes' as const);
		const lease = tx.after(claim.leaseSeconds);
		if (open !== undefined) {
			const mine = open.claim_token === claim.token;
			if (open.state === 'being answered' && !mine && !tx.lapsed(open.lease_until)) {
				return { fileId: open.id, claimed: false, outcome: 'being answered' as const, other: '' };
			}
			const set = { state: 'being answered', claim_token: claim.token, lease_until: lease };
			yield* updateRows(tx, RECEIVED, [{ id: open.id, from: open.state, set }]);
			return { fileId: open.id, claimed: true, outcome, other: sameNumber ?? '' };
		}
		const claimed = {
			state: 'being answered',
			claim_token: claim.token,
			lease_until: lease,
		} as const;
		const id = yield* makeReceived(tx, file, claimed, parts);
		return { fileId: id, claimed: true, outcome, other: sameNumber ?? '' };
	});
}

function* answerOf(receivedId: number): Work<string> {
	const file = yield* one<{ name: string }>(
		"select name from files where answers = ? and answers > 0 and state <> 'recording'",
		receivedId,
	);
	return file?.name ?? '';
}

/** The same interchange number from the same sender with other bytes: told as a duplicate. */
function* numberBefore(file: ReceivedFile, except: number): Work<string | undefined> {
	if (file.controlNumber === '') return undefined;
	const before = yield* one<{ name: string }>(
		`select name from received where sender = ? and receiver = ? and control_number = ? and sha256 <> ? and id <> ? order by id`,
		cleanText(file.sender),
		cleanText(file.receiver),
		plainNumber(cleanText(file.controlNumber)),
		file.sha256,
		except,
	);
	return before?.name;
}

function* makeReceived(
	tx: Tx,
	file: ReceivedFile,
	claim: Pick<ReceivedRow, 'claim_token' | 'lease_until'> & { readonly state: ReceivedState },
	parts: readonly Uint8Array[],
): Work<number> {
	const id = tx.newId();
	yield* insertRows(tx, RECEIVED, [
		{
			id,
			path: cleanText(file.path),
			modified_at: cleanText(file.modifiedAt),
			name: cleanText(file.name),
			sha256: file.sha256,
			bytes: file.bytes.byteLength,
			partner: cleanText(file.partner),
			sender: cleanText(file.sender),
			receiver: cleanText(file.receiver),
			control_number: plainNumber(cleanText(file.controlNumber)),
			format: file.format,
			...claim,
			received_at: tx.now,
			contents: 'kept',
		},
	]);
	for (const [index, part] of parts.entries()) {
		yield* query('insert into contents (owner_id, part, bytes) values (?, ?, ?)', id, index, part);
	}
	return id;
}

/**
 * The bytes of an acknowledgment, as evidence beside the answers that were read from it and recorded
 * before. Nobody claims it, and one that answers nothing of ours is not kept.
 */
export async function keepAcknowledgment(
	ledger: Ledger,
	file: ReceivedFile,
	actor: Actor,
): Promise<void> {
	const parts = await contentParts(file.bytes);
	await write(ledger, actor, {}, function* (tx) {
		const known = yield* one('select id from received where sha256 = ?', file.sha256);
		const from = yield* one<{ name: string }>(
			`select p.name from answers w join files f on f.id = w.file_id join agreements a on a.id = f.agreement_id
			join partners p on p.id = a.partner_id where w.sha256 = ? order by w.id limit 1`,
			file.sha256,
		);
		if (known !== undefined || from === undefined) return;
		const unclaimed = { state: 'read', claim_token: '', lease_until: '' } as const;
		yield* makeReceived(tx, { ...file, partner: from.name }, unclaimed, parts);
	});
}

/** What a partner sent, with its bytes, and the files of ours that it answers. */
export async function getReceived(
	ledger: Ledger,
	receivedId: number,
): Promise<{
	readonly name: string;
	readonly answers: readonly FileRow[];
	readonly bytes: Uint8Array | undefined;
}> {
	const { name, answers } = await read(ledger, function* () {
		const row = yield* one<ReceivedRow>('select * from received where id = ?', receivedId);
		if (row === undefined) throw unknownReceived(receivedId);
		const files = yield* query<FiledFile>(
			`${FILED_FILE} where f.id in (select file_id from answers where sha256 = ?) order by f.id`,
			row.sha256,
		);
		return { name: row.name, answers: files.map(fileView) };
	});
	return { name, answers, bytes: await keptBytes(ledger, receivedId) };
}

const unknownReceived = (receivedId: number): CoreError =>
	new CoreError('LEDGER_UNKNOWN', `The ledger has no received file ${receivedId}`, {
		path: 'file',
	});

/** What became of it. `answered` is written by the recorded answer already; again changes nothing. */
export async function settleReceived(
	ledger: Ledger,
	fileId: number,
	token: string,
	state: Exclude<ReceivedState, 'being answered' | 'read'>,
	actor: Actor,
): Promise<{ readonly state: ReceivedState } | { readonly stale: true; readonly message: string }> {
	return await write(ledger, actor, {}, function* (tx) {
		const file = yield* one<ReceivedRow>('select * from received where id = ?', fileId);
		if (file === undefined) throw unknownReceived(fileId);
		if (file.claim_token !== token) {
			return { stale: true as const, message: `${file.name} is being answered by another run` };
		}
		if (file.state !== 'being answered') return { state: file.state as ReceivedState };
		yield* updateRows(tx, RECEIVED, [{ id: fileId, from: file.state, set: { state } }]);
		return { state };
	});
}
