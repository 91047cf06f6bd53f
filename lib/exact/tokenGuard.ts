import { CoreError } from '../errors';
import { isTooEarly, refreshFailure } from './failures';
import type { Clock, HttpResponse, LogPort, TokenPort } from './ports';

/**
 * Exact refuses a refresh before 570 s of the token's 600, so 25 s before its end there is time left
 * for a slow request and none is refused.
 */
const REFRESH_BEFORE = 25_000;
/** After a refusal the current token is good; asking again at once would only be refused again. */
const PAUSE_AFTER_REFUSAL = 5_000;
/** Where the expiry is not known: sooner than a token of 600 s can end. */
const PROBE_EVERY = 9 * 60_000;

export interface TokenGuard {
	/** Before each request: refreshes a token that is about to end, so that no 401 is counted. */
	ensureFresh(): Promise<void>;
	/** After a 401: one refresh, or the reason why there cannot be one. The caller retries once. */
	refreshRejected(): Promise<void>;
}

/** `probe` asks the unmetered `current/Me`, on which an unavoidable 401 costs nothing. */
export function createTokenGuard(
	token: TokenPort,
	clock: Clock,
	log: LogPort,
	probe: () => Promise<HttpResponse | Error>,
): TokenGuard {
	let knownExpiry: number | undefined;
	let notBefore = 0;
	let probedAt: number | undefined;

	async function refresh(): Promise<'refreshed' | 'too early'> {
		const outcome = await token.refresh();
		if (outcome.ok) {
			knownExpiry = await token.expiresAt();
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
			const isDead = error instanceof CoreError && error.failure?.cause === 'credential-invalid';
			if (isDead || clock.now() >= expiry) throw error;
			notBefore = clock.now() + PAUSE_AFTER_REFUSAL;
			log.warn('Exact Online: the access token could not be refreshed yet');
		}
	}

	async function probeUnknown(): Promise<void> {
		if (probedAt !== undefined && clock.now() - probedAt < PROBE_EVERY) return;
		const response = await probe();
		// Anything else than a 401 shows itself in the request that follows.
		if (!(response instanceof Error) && response.status === 401) await refresh();
		probedAt = clock.now();
	}

	const isNear = (expiry: number) => expiry - clock.now() <= REFRESH_BEFORE;

	return {
		async ensureFresh() {
			if (knownExpiry === undefined || isNear(knownExpiry)) {
				// Another execution may have refreshed meanwhile.
				knownExpiry = await token.expiresAt();
			}
			if (knownExpiry === undefined) {
				await probeUnknown();
			} else if (isNear(knownExpiry) && clock.now() >= notBefore) {
				await refreshAhead(knownExpiry);
			}
		},
		async refreshRejected() {
			// Too early means that another execution has just refreshed: the retry uses its token, and a
			// second 401 ends it.
			await refresh();
		},
	};
}
