import { CoreError } from '../errors';
import type { CoreErrorCode } from '../errors';
import type { Clock, LogPort } from './ports';
import type { RefusalRecord, RefusalStore } from './refusals';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * Exact blocks a key after more than 10 counted errors (400, 401, 403, 404) per user, company and
 * endpoint in an hour. Half of them are for us, the rest for whoever else uses the app.
 */
const REFUSALS_PER_HOUR = 5;

export interface RefusalOptions {
	readonly store: RefusalStore;
	/**
	 * n8n processes that use the credential: each keeps to its part where no store is shared. Where one
	 * is, each may have one request under way that the others do not know of yet.
	 */
	readonly processes?: number | undefined;
	/**
	 * Someone stands in the editor and has mended something: what was paused before is asked again,
	 * within the budget.
	 */
	readonly isManual?: boolean | undefined;
}

/** How long what Exact refused is left alone, doubled each time up to the limit. */
const PAUSES: Readonly<Partial<Record<CoreErrorCode, { first: number; most: number }>>> = {
	EXACT_KEY_BLOCKED: { first: HOUR, most: 24 * HOUR },
	// Exact counts no refusal here: it answers with an empty list.
	EXACT_NO_RIGHTS: { first: 5 * MINUTE, most: 30 * MINUTE },
};
const PAUSE = { first: 30 * MINUTE, most: 4 * HOUR };

const UNCOUNTED = new Set<CoreErrorCode>(['EXACT_NO_RIGHTS']);

/** These are about the whole division: none of its endpoints is asked. */
const OF_DIVISION = new Set<CoreErrorCode>([
	'EXACT_DIVISION_SCOPE',
	'EXACT_DIVISION_INACTIVE',
	'EXACT_ACCOUNT_BLOCKED',
]);

export function timeOf(epochMs: number): string {
	return new Date(epochMs)
		.toISOString()
		.replace(/:\d\d\.\d+Z$/, ' UTC')
		.replace('T', ' ');
}

/** The request without its values: 30 items with another invoice number each ask the same question. */
export function shapeOf(url: string): string {
	let text = url;
	try {
		text = decodeURIComponent(url.replaceAll('+', ' '));
	} catch (error) {
		if (!(error instanceof URIError)) throw error;
	}
	return text
		.replace(/\$skiptoken=[^&]*/g, '$skiptoken')
		.replace(/'(?:[^']|'')*'/g, "''")
		.replace(/\b\d+L?\b/g, '0')
		.replace(/(\b\w+ eq (?:guid)?''|\b\w+ eq 0)(?: or \1)+/g, '$1');
}

export function pauseOf(code: CoreErrorCode, inARow: number): number {
	const { first, most } = PAUSES[code] ?? PAUSE;
	return Math.min(first * 2 ** (inARow - 1), most);
}

/** What is not sent, in the words of what Exact said before. */
export function pausedError(record: RefusalRecord, until: number, what: string): CoreError {
	return new CoreError(
		'EXACT_PAUSED',
		`${what} is not asked before ${timeOf(until)}, so that Exact does not block the key. At ${timeOf(record.lastAt)} it was: ${record.message}`,
		{
			hint: `${record.hint} Then run Check Connection or this node by hand: that asks at once.`,
			failure: { cause: 'temporarily-unavailable', resetsAtEpochMs: until },
			cause: { code: record.code },
		},
	);
}

export interface RefusalBudget {
	/** Before a call: throws where Exact would only refuse again, or the hour's part is used up. */
	admit(division: string, endpoint: string, url: string): Promise<void>;
	/** Exact counted a refusal: the error to throw, which says until when it is not asked again. */
	refused(division: string, endpoint: string, url: string, error: CoreError): Promise<CoreError>;
	/** Exact counted a refusal that is handled otherwise (a token that ended). */
	count(division: string, endpoint: string, error: CoreError): Promise<void>;
	/** A good answer ends the pause. */
	allowed(division: string, endpoint: string, url: string): Promise<void>;
}

export function createRefusalBudget(
	options: RefusalOptions,
	credentialKey: string,
	clock: Clock,
	log: LogPort,
): RefusalBudget {
	const { store } = options;
	const startedAt = clock.now();
	const processes = Math.max(1, options.processes ?? 1);
	const share = Math.max(
		1,
		store.isShared
			? REFUSALS_PER_HOUR - (processes - 1)
			: Math.floor(REFUSALS_PER_HOUR / processes),
	);
	const window = store.isShared ? HOUR : Math.ceil(processes / REFUSALS_PER_HOUR) * HOUR;
	/** Only what was refused can be allowed again: good answers cost the store nothing. */
	const touched = new Set<string>();

	const keysOf = (division: string, endpoint: string, url: string) => ({
		division: `${credentialKey}/${division}`,
		endpoint: `${credentialKey}/${division}/${endpoint}`,
		shape: `${credentialKey}/${division}/${endpoint}#${shapeOf(url)}`,
	});

	const recentOf = (record: RefusalRecord | undefined) =>
		(record?.counted ?? []).filter((at) => clock.now() - at < window);

	function isPaused(record: RefusalRecord): boolean {
		if (record.notBefore <= clock.now()) return false;
		return options.isManual !== true || record.lastAt >= startedAt;
	}

	const recordOf = (
		before: RefusalRecord | undefined,
		error: CoreError,
		pauses: boolean,
	): RefusalRecord => {
		const inARow = (before?.inARow ?? 0) + 1;
		const pause = pauses ? clock.now() + pauseOf(error.code, inARow) : 0;
		return {
			counted: UNCOUNTED.has(error.code) ? recentOf(before) : [...recentOf(before), clock.now()],
			inARow,
			lastAt: clock.now(),
			notBefore: Math.max(before?.notBefore ?? 0, pause),
			code: error.code,
			message: error.message,
			hint: error.hint,
		};
	};

	return {
		async admit(division, endpoint, url) {
			const keys = keysOf(division, endpoint, url);
			const what = `${endpoint} in division ${division}`;
			const records = await store.get([keys.division, keys.endpoint, keys.shape]);
			for (const [index, key] of [keys.division, keys.endpoint, keys.shape].entries()) {
				const record = records[index];
				if (record === undefined) continue;
				touched.add(key);
				if (isPaused(record)) {
					const subject = key === keys.division ? `Division ${division}` : what;
					throw pausedError(record, record.notBefore, subject);
				}
				if (key !== keys.endpoint) continue;
				const recent = recentOf(record);
				if (recent.length >= share) {
					throw pausedError(record, (recent[0] as number) + window, what);
				}
			}
		},
		async count(division, endpoint, error) {
			const key = keysOf(division, endpoint, '').endpoint;
			touched.add(key);
			await store.update(key, (before) => recordOf(before, error, false));
		},
		async refused(division, endpoint, url, error) {
			const keys = keysOf(division, endpoint, url);
			const isShape =
				error.code === 'EXACT_REQUEST_REFUSED' || error.code === 'EXACT_MANDATORY_FILTER';
			await store.update(keys.endpoint, (before) => recordOf(before, error, !isShape));
			const wider = isShape ? keys.shape : OF_DIVISION.has(error.code) ? keys.division : undefined;
			if (wider !== undefined) {
				await store.update(wider, (before) => recordOf(before, error, true));
				touched.add(wider);
			}
			touched.add(keys.endpoint);
			const [record] = await store.get([wider ?? keys.endpoint]);
			const until = record?.notBefore ?? clock.now();
			log.warn(
				`Exact Online: ${endpoint} in division ${division} was refused and is not asked before ${timeOf(until)}: ${error.message}`,
			);
			return new CoreError(error.code, error.message, {
				path: error.path,
				hint: `${error.hint} It is not asked again before ${timeOf(until)}, so that Exact does not block the key; by hand it is.`,
				failure: error.failure,
			});
		},
		async allowed(division, endpoint, url) {
			const keys = keysOf(division, endpoint, url);
			for (const key of [keys.division, keys.endpoint, keys.shape]) {
				if (!touched.delete(key)) continue;
				// Its refusals of the last hour still count; the pause and its length do not.
				await store.update(key, (record) => {
					const recent = recentOf(record);
					if (record === undefined || recent.length === 0) return undefined;
					return { ...record, counted: recent, inARow: 0, notBefore: 0 };
				});
			}
		},
	};
}
