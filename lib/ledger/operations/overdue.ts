import { CoreError } from '../../errors';
import { query } from '../port';
import type { Actor } from '../port';
import { FILES, updateRows } from '../tables';
import type { StoredFile } from '../tables';
import { read, write } from '../transaction';
import type { Ledger } from '../transaction';
import { FILED_FILE, fileView } from '../views';
import type { FiledFile, FileRow } from '../views';

const MOST_AT_ONCE = 500;

/** Marks what should have been answered by now, and lists everything that is overdue. */
export async function getOverdue(ledger: Ledger, actor: Actor): Promise<FileRow[]> {
	for (let marked = MOST_AT_ONCE; marked === MOST_AT_ONCE; ) {
		marked = await write(ledger, actor, {}, function* (tx) {
			const due = yield* query<StoredFile>(
				`select * from files where state in ('deposited', 'picked up')
				and answer_due_at > '' and answer_due_at <= ? order by answer_due_at limit ${MOST_AT_ONCE}`,
				tx.now,
			);
			yield* updateRows(
				tx,
				FILES,
				due.map(({ id, state }) => ({ id, from: state, set: { state: 'overdue' } })),
			);
			return due.length;
		});
	}
	return await read(ledger, function* () {
		const rows = yield* query<FiledFile>(`${FILED_FILE} where f.state = 'overdue' order by f.id`);
		return rows.map(fileView);
	});
}

export interface PickedUp {
	readonly fileId: number;
	readonly name: string;
	readonly state: string;
	readonly recorded: boolean;
}

/** The file is gone from the partner's folder: his system has taken it. */
export async function recordPickUp(
	ledger: Ledger,
	fileIds: readonly number[],
	reason: string,
	actor: Actor,
): Promise<PickedUp[]> {
	return await write(ledger, actor, {}, function* (tx) {
		const files = yield* query<StoredFile>(
			`select * from files where id in (select id from ${tx.dialect.rowsOf({ id: 'integer' })} as wanted) order by id`,
			JSON.stringify([...new Set(fileIds)].map((id) => ({ id }))),
		);
		const missing = fileIds.find((id) => !files.some((file) => file.id === id));
		if (missing !== undefined) {
			throw new CoreError('LEDGER_UNKNOWN', `The ledger has no file ${missing}`, { path: 'file' });
		}
		const able = files.filter(({ state }) => ['deposited', 'overdue', 'in doubt'].includes(state));
		yield* updateRows(
			tx,
			FILES,
			able.map((file) => ({
				id: file.id,
				from: file.state,
				set: { state: 'picked up', deposited_at: file.deposited_at || tx.now },
				note: { reason: reason === '' ? 'gone from the folder' : reason },
			})),
		);
		return files.map((file) => {
			const recorded = able.includes(file);
			return {
				fileId: file.id,
				name: file.name,
				state: recorded ? 'picked up' : file.state,
				recorded,
			};
		});
	});
}
