import type { Quota } from './limits';

/** One request at a time, and what Exact last said about the minute. */
export interface Lane {
	run<T>(work: () => Promise<T>): Promise<T>;
	/** Local time before which no request may start. */
	notBefore: number;
	/** The day's calls are used up until this local time; `resetsAt` is Exact's. */
	dayOver: { readonly until: number; readonly resetsAt: number } | undefined;
	quota: Quota;
	/** By endpoint: fields that Exact's model has and this company does not. */
	readonly absentFields: Map<string, Set<string>>;
}

/**
 * Exact asks for one request at a time; lanes are per credential and division, shared by all
 * executions of a process. (Workers that share a quota meet in the 429, which the client waits out.)
 */
export interface RequestQueue {
	lane(key: string): Lane;
}

export function createRequestQueue(): RequestQueue {
	const lanes = new Map<string, Lane>();
	return {
		lane(key) {
			const known = lanes.get(key);
			if (known !== undefined) return known;
			let last: Promise<unknown> = Promise.resolve();
			const lane: Lane = {
				notBefore: 0,
				dayOver: undefined,
				quota: {},
				absentFields: new Map(),
				async run(work) {
					const result = last.then(work, work);
					last = result.catch(() => undefined);
					return await result;
				},
			};
			lanes.set(key, lane);
			return lane;
		},
	};
}
