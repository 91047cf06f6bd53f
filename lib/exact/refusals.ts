import type { CoreErrorCode } from '../errors';

/** What is remembered of one endpoint that Exact refused, and of tokens in trouble. Plain JSON. */
export interface RefusalRecord {
	/** When Exact counted a refusal, in epoch milliseconds; only as far back as the budget looks. */
	readonly counted: readonly number[];
	/** Refusals since the last good answer. */
	readonly inARow: number;
	readonly lastAt: number;
	/** Not asked again before this. */
	readonly notBefore: number;
	readonly code: CoreErrorCode;
	readonly message: string;
	readonly hint: string;
	/** Tokens: which one it was about, without saying it. */
	readonly mark?: string | undefined;
}

/**
 * Where refusals are remembered beyond a poll. A store that all processes share (the ledger's) makes
 * one budget of them; without it each process keeps to its share.
 */
export interface RefusalStore {
	readonly isShared: boolean;
	/** In the order of the keys. */
	get(keys: readonly string[]): Promise<ReadonlyArray<RefusalRecord | undefined>>;
	/** In one step: nobody else changes the record between the reading and the writing. */
	update(
		key: string,
		change: (record: RefusalRecord | undefined) => RefusalRecord | undefined,
	): Promise<void>;
}

/** Of questions that are never asked again nothing ends the pause: the oldest are forgotten. */
const MOST_RECORDS = 5_000;

/** Remembers for as long as the process lives. */
export function createProcessRefusals(): RefusalStore {
	const records = new Map<string, RefusalRecord>();
	return {
		isShared: false,
		async get(keys) {
			return keys.map((key) => records.get(key));
		},
		async update(key, change) {
			const record = change(records.get(key));
			records.delete(key);
			if (record !== undefined) records.set(key, record);
			const oldest = records.size > MOST_RECORDS ? records.keys().next().value : undefined;
			if (oldest !== undefined) records.delete(oldest);
		},
	};
}
