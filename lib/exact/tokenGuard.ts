import { CoreError } from '../errors';
import { isTooEarly, refreshFailure } from './failures';
import type { Clock, HttpResponse, LogPort, TokenPort } from './ports';
import { pausedError, timeOf } from './refusalBudget';
import type { RefusalRecord, RefusalStore } from './refusals';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * Exact refuses a refresh before 570 s of the token's 600, so 25 s before its end there is time left
 * for a slow request and none is refused.
 */
const REFRESH_BEFORE = 25_000;
/** When Exact first grants a new token, counted back from the end of the current one. */
const EARLIEST_REFRESH = 30_000;
/** After a refusal the current token is good; asking again at once would only be refused again. */
const PAUSE_AFTER_REFUSAL = 5_000;
/** Where the expiry is not known: sooner than a token of 600 s can end. */
const PROBE_EVERY = 9 * MINUTE;
/** After a token that ended before its time the free `current/Me` is asked before what is counted. */
const WARY_FOR = 2 * HOUR;
const WARY_EVERY = MINUTE;

/** A broken connection is only mended by a person, an outage of the token endpoint by itself. */
const PAUSES = {
	dead: { first: 15 * MINUTE, most: 4 * HOUR },
	passing: { first: MINUTE, most: 15 * MINUTE },
} as const;

export interface TokenGuard {
	/** Before each request: refreshes a token that is about to end, so that no 401 is counted. */
	ensureFresh(): Promise<void>;
	/** After a 401: one refresh, or the reason why there cannot be one. The caller retries once. */
	refreshRejected(): Promise<void>;
	/** After an answer was lost, which may have been a counted 401: whether Exact answers now. */
	isReachable(): Promise<boolean>;
}

export interface TokenGuardOptions {
	readonly token: TokenPort;
	readonly clock: Clock;
	readonly log: LogPort;
	readonly store: RefusalStore;
	readonly credentialKey: string;
	readonly isManual: boolean;
	/** Asks the unmetered `current/Me`, on which an unavoidable 401 costs nothing. */
	readonly probe: () => Promise<HttpResponse | Error>;
}

export function createTokenGuard(options: TokenGuardOptions): TokenGuard {
	const { token, clock, log, store, probe } = options;
	const key = `${options.credentialKey}/token`;
	const startedAt = clock.now();
	let knownExpiry: number | undefined;
	let mark: string | undefined;
	let notBefore = 0;
	let probedAt: number | undefined;

	async function look(): Promise<void> {
		knownExpiry = await token.expiresAt();
		mark = token.mark === undefined ? String(knownExpiry) : await token.mark();
	}

	/** Not tried again at every poll, unless the credential was connected anew meanwhile. */
	async function remember(error: CoreError, until?: number): Promise<CoreError> {
		let notUntil = clock.now();
		await store.update(key, (before) => {
			const isSame = before?.mark === mark && before?.code === error.code;
			const inARow = isSame ? before.inARow + 1 : 1;
			const { first, most } =
				error.failure?.cause === 'credential-invalid' ? PAUSES.dead : PAUSES.passing;
			notUntil = until ?? clock.now() + Math.min(first * 2 ** (inARow - 1), most);
			return {
				counted: [],
				inARow,
				lastAt: clock.now(),
				notBefore: notUntil,
				code: error.code,
				message: error.message,
				hint: error.hint,
				mark,
			};
		});
		log.warn(`Exact Online: no token before ${timeOf(notUntil)}: ${error.message}`);
		return new CoreError(error.code, error.message, {
			hint: `${error.hint} It is not tried again before ${timeOf(notUntil)}, unless the credential is connected anew.`,
			failure: error.failure,
		});
	}

	async function refresh(): Promise<'refreshed' | 'too early'> {
		const outcome = await token.refresh();
		if (outcome.ok) {
			await look();
			log.debug('Exact Online: access token refreshed');
			return 'refreshed';
		}
		if (isTooEarly(outcome)) {
			notBefore = clock.now() + PAUSE_AFTER_REFUSAL;
			log.debug('Exact Online: too early for a new access token, the current one is still good');
			return 'too early';
		}
		throw refreshFailure(outcome);
	}

	/** A refresh that fails for a passing reason ends nothing while the current token is good. */
	async function refreshAhead(expiry: number): Promise<void> {
		try {
			await refresh();
		} catch (error) {
			if (!(error instanceof CoreError)) throw error;
			const isDead = error.failure?.cause === 'credential-invalid';
			if (isDead || clock.now() >= expiry) throw await remember(error);
			notBefore = clock.now() + PAUSE_AFTER_REFUSAL;
			log.warn('Exact Online: the access token could not be refreshed yet');
		}
	}

	const isRejected = (response: HttpResponse | Error) =>
		!(response instanceof Error) && response.status === 401;

	/** The token ended before its time, and Exact gives no other before the 570 seconds are over. */
	async function endedEarly(): Promise<CoreError> {
		const now = clock.now();
		const until = Math.min(
			Math.max((knownExpiry ?? now + PROBE_EVERY) - EARLIEST_REFRESH, now + MINUTE),
			now + PROBE_EVERY,
		);
		return await remember(
			new CoreError(
				'EXACT_TOKEN_REJECTED',
				`Exact ended the access token before its time and gives a new one at ${timeOf(until)}`,
				{
					hint: 'Nothing has to be done: a run after that reads on.',
					failure: { cause: 'temporarily-unavailable', resetsAtEpochMs: until },
				},
			),
			until,
		);
	}

	/** After a 401, on whichever call: a token that is good, or why there is none. */
	async function replace(): Promise<void> {
		const refused = mark;
		await look();
		if (mark === refused) {
			let outcome;
			try {
				outcome = await refresh();
			} catch (error) {
				throw error instanceof CoreError ? await remember(error) : error;
			}
			// Where it is the same token still, asking with it again would be another counted 401.
			if (outcome === 'too early') await look();
			if (outcome === 'too early' && mark === refused) throw await endedEarly();
		}
		probedAt = clock.now();
		if (!isRejected(await probe())) return;
		throw await remember(
			new CoreError(
				'EXACT_TOKEN_REJECTED',
				'Exact does not accept the access token, although it was just refreshed',
				{ failure: { cause: 'credential-invalid' } },
			),
		);
	}

	async function probeNow(): Promise<void> {
		// Anything else than a 401 shows itself in the request that follows.
		if (isRejected(await probe())) await replace();
		probedAt = clock.now();
	}

	const isNear = (expiry: number) => expiry - clock.now() <= REFRESH_BEFORE;

	function assertNotPaused(record: RefusalRecord): void {
		const until = record.notBefore;
		if (until <= clock.now() || record.mark !== mark) return;
		if (options.isManual && record.lastAt < startedAt) return;
		throw pausedError(record, until, 'The connection to Exact Online');
	}

	return {
		async ensureFresh() {
			const [record] = await store.get([key]);
			// Another execution may have refreshed meanwhile, or a person connected anew.
			if (record !== undefined || knownExpiry === undefined || isNear(knownExpiry)) await look();
			if (record !== undefined) {
				assertNotPaused(record);
				const isOver = clock.now() - Math.max(record.lastAt, record.notBefore) >= WARY_FOR;
				if (isOver) await store.update(key, () => undefined);
			}
			const ended = record?.code === 'EXACT_TOKEN_REJECTED' && record.mark === mark;
			if (ended || (knownExpiry !== undefined && isNear(knownExpiry))) {
				if (clock.now() >= notBefore) await refreshAhead(knownExpiry ?? clock.now());
			} else if (knownExpiry === undefined || record !== undefined) {
				const every = record === undefined ? PROBE_EVERY : WARY_EVERY;
				if (clock.now() - (probedAt ?? 0) >= every) await probeNow();
			}
		},
		async refreshRejected() {
			await replace();
		},
		async isReachable() {
			const response = await probe();
			if (response instanceof Error) return false;
			if (isRejected(response)) await replace();
			return true;
		},
	};
}
