import { createHash } from 'node:crypto';
import type { RefusalRecord, RefusalStore } from '../../../lib/exact';
import { createProcessRefusals } from '../../../lib/exact';
import type { Ledger } from '../../../lib/ledger';
import { getReminders, updateReminder } from '../../../lib/ledger';
import { existingLedger } from '../ledger';
import type { LedgerContext } from '../ledger';

/** What Exact refused, for all executions and polls of this process. */
const ofProcess = createProcessRefusals();

/** Longer than any pause, and than the hour that counts. */
const KEPT = 2 * 86_400_000;

/** A question can be longer than a database lets a name be. */
const nameOf = (key: string) =>
	`Exact refused ${createHash('sha256').update(key).digest('base64url')}`;

const recordOf = (content: string | undefined) =>
	content === undefined ? undefined : (JSON.parse(content) as RefusalRecord);

function ofLedger(ledger: Ledger, onTrouble: (error: unknown) => void): RefusalStore {
	/** Reading does not depend on the ledger: what it cannot keep is kept here. */
	const orHere = async <Result>(
		work: () => Promise<Result>,
		here: () => Promise<Result>,
	): Promise<Result> => {
		try {
			return await work();
		} catch (error) {
			onTrouble(error);
			return await here();
		}
	};
	return {
		isShared: true,
		get: async (keys) =>
			await orHere(
				async () => (await getReminders(ledger, keys.map(nameOf))).map(recordOf),
				async () => await ofProcess.get(keys),
			),
		update: async (key, change) =>
			await orHere(
				async () =>
					await updateReminder(ledger, nameOf(key), (content) => {
						const record = change(recordOf(content));
						if (record === undefined) return undefined;
						const keepUntil = Math.max(record.lastAt, record.notBefore) + KEPT;
						return {
							content: JSON.stringify(record),
							keepUntil: new Date(keepUntil).toISOString(),
						};
					}),
				async () => await ofProcess.update(key, change),
			),
	};
}

/**
 * In the node's ledger where there is one, so that all processes and a restart know of it; else in
 * this process.
 */
export async function refusalsOf(context: LedgerContext): Promise<RefusalStore> {
	let isTold = false;
	const onTrouble = (error: unknown) => {
		if (isTold) return;
		isTold = true;
		const why = error instanceof Error ? error.message : 'unknown';
		context.logger.warn(
			`Exact Online: what Exact refuses is remembered by this process only, because the ledger cannot be used: ${why}`,
		);
	};
	try {
		const ledger = await existingLedger(context);
		return ledger === undefined ? ofProcess : ofLedger(ledger, onTrouble);
	} catch (error) {
		onTrouble(error);
		return ofProcess;
	}
}
