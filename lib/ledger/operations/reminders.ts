import { query } from '../port';
import { read, writeAside } from '../transaction';
import type { Ledger } from '../transaction';

/**
 * What readers of a source tell each other over processes and restarts, such as what it refused:
 * passing, no part of the trail, and worth nothing after `keepUntil`.
 */
export interface Reminder {
	readonly content: string;
	/** By the writer's clock, as `2026-11-27T08:00:00.000Z`. */
	readonly keepUntil: string;
}

interface StoredReminder {
	readonly name: string;
	readonly content: string;
}

/** In the order of the names; undefined where there is none. */
export async function getReminders(
	ledger: Ledger,
	names: readonly string[],
): Promise<ReadonlyArray<string | undefined>> {
	const rows = await read(ledger, () =>
		query<StoredReminder>(
			`select name, content from reminders where name in (${names.map(() => '?').join(', ')})`,
			...names,
		),
	);
	const contents = new Map(rows.map(({ name, content }) => [name, content]));
	return names.map((name) => contents.get(name));
}

/** In one transaction: nobody else writes between the reading and the writing. */
export async function updateReminder(
	ledger: Ledger,
	name: string,
	change: (content: string | undefined) => Reminder | undefined,
): Promise<void> {
	await writeAside(ledger, function* (tx) {
		const [before] = yield* query<StoredReminder>(
			'select name, content from reminders where name = ?',
			name,
		);
		const after = change(before?.content);
		yield* query('delete from reminders where name = ? or keep_until < ?', name, tx.now);
		if (after === undefined) return;
		yield* query('insert into reminders values (?, ?, ?)', name, after.content, after.keepUntil);
	});
}
