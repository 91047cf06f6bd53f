import type { CoreErrorCode } from '../errors';
import { CoreError } from '../errors';
import type { Page } from './decode';
import { pageFrom, parseBody } from './decode';
import {
	blockedKey,
	COUNTED,
	exactMessage,
	failureOf,
	isBlock,
	isTransient,
	isUnreadable,
} from './failures';
import { limitOf, minutelyWait, quotaFrom, serverTime } from './limits';
import { assertUrlLength } from './literals';
import { attachmentUrl } from './attachments';
import { followingPath } from './nextPage';
import type { Clock, HttpPort, HttpResponse, LogPort, StreamResponse, TokenPort } from './ports';
import { SILENT_LOG } from './ports';
import type { RefusalOptions } from './refusalBudget';
import { createRefusalBudget } from './refusalBudget';
import type { Lane, RequestQueue } from './requestQueue';
import { createTokenGuard } from './tokenGuard';

export interface ClientOptions {
	/** `https://start.exactonline.nl`, without a path behind it or with that of a proxy. */
	readonly baseUrl: string;
	readonly http: HttpPort;
	readonly clock: Clock;
	readonly token: TokenPort;
	readonly queue: RequestQueue;
	/** Names the credential in the queue. */
	readonly credentialKey: string;
	/** What Exact refused before, and how much of it may be refused again. */
	readonly refusals: RefusalOptions;
	readonly log?: LogPort | undefined;
	readonly signal?: AbortSignal | undefined;
	/** Nothing is waited for beyond this time (a poll's budget). */
	readonly deadline?: number | undefined;
	/** Told every ten seconds of a long read. */
	readonly onProgress?: ((statistics: Statistics) => void) | undefined;
}

export interface Statistics {
	calls: number;
	rows: number;
	waitedMs: number;
	retries: number;
}

export interface ExactResponse extends Page {
	/** Exact's clock, in epoch milliseconds. */
	readonly serverTime: number;
	readonly url: string;
}

export interface ExactClient {
	/** One GET of a path behind `/api/v1/`, `920172/crm/Accounts?$select=…`. */
	get(path: string): Promise<ExactResponse>;
	/** The path of a following page of `list`, `920172/crm/Accounts`; Exact sends a whole address. */
	following(next: string, list: string): string;
	/** Remembers that the user has no right, as a refusal: it is not asked at every poll. */
	withoutRight(endpoint: string, division: number, error: CoreError): Promise<CoreError>;
	/** Fields that Exact did not know: left out, and told once. */
	readonly absentFields: (division: number, endpoint: string) => Set<string>;
	/** What the user should know although the read went on. */
	readonly notices: Notice[];
	readonly statistics: Statistics;
	/** Names the credential and where it leads. */
	readonly credentialKey: string;
	quota(division: number): QuotaReport;
	/**
	 * Bytes that pass through, from the credential's own host only; `send` starts the request and gives
	 * what `body` is. Waits its turn and keeps to the budget as every call.
	 */
	download<Body>(
		division: number,
		url: string,
		send: (url: string) => Promise<StreamResponse<Body>>,
	): Promise<Body>;
	readonly clock: Clock;
	readonly log: LogPort;
}

export interface Notice {
	readonly code: CoreErrorCode;
	readonly message: string;
	readonly path: string;
}

/** The quota as items and logs show it. */
export interface QuotaReport {
	dailyLimit?: number;
	dailyRemaining?: number;
	dailyResetsAt?: string;
	minutelyLimit?: number;
	minutelyRemaining?: number;
	calls: number;
	rows: number;
	waitedSeconds: number;
}

const RETRY_WAITS = [1_000, 3_000, 9_000];
/** A shared quota can be taken away again while waiting for it. */
const MAX_LIMIT_WAITS = 5;
const PROGRESS_EVERY = 10_000;

/** Stands for the endpoint of the bytes. */
const ATTACHMENTS = 'documents/DocumentAttachments';

const divisionOf = (path: string) => path.split('/')[0] ?? '';
const resourceOf = (path: string) => (path.split('?')[0] ?? '').split('/').slice(1).join('/');

/** Accepts https anywhere, http on this machine only (a sandbox or a proxy beside n8n). */
export function parseBaseUrl(text: string): string {
	let url: URL;
	try {
		url = new URL(text.trim());
	} catch {
		throw new CoreError('EXACT_BASE_URL_INVALID', `"${text}" is not a URL`, {
			path: 'baseUrl',
			failure: { cause: 'configuration-invalid' },
		});
	}
	const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
	const usable = url.protocol === 'https:' || (url.protocol === 'http:' && local);
	if (!usable || url.username !== '' || url.search !== '' || url.hash !== '') {
		throw new CoreError(
			'EXACT_BASE_URL_INVALID',
			`The base URL "${url.protocol}//${url.host}${url.pathname}" cannot be used`,
			{ path: 'baseUrl', failure: { cause: 'configuration-invalid' } },
		);
	}
	return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

export function createClient(options: ClientOptions): ExactClient {
	const { http, clock, queue, signal } = options;
	const log = options.log ?? SILENT_LOG;
	const root = `${parseBaseUrl(options.baseUrl)}/api/v1/`;
	const statistics: Statistics = { calls: 0, rows: 0, waitedMs: 0, retries: 0 };
	let progressAt = clock.now();

	const laneOf = (division: string) => queue.lane(`${options.credentialKey}/${division}`);

	function assertRunning(): void {
		if (signal?.aborted) throw new CoreError('EXACT_CANCELLED', 'The execution was cancelled');
	}

	function reportProgress(): void {
		if (clock.now() - progressAt < PROGRESS_EVERY) return;
		progressAt = clock.now();
		const { calls, rows, waitedMs } = statistics;
		log.info(`Exact Online: ${calls} calls, ${rows} rows, ${Math.round(waitedMs / 1000)} s waited`);
		options.onProgress?.(statistics);
	}

	/** In steps, so that a long wait shows progress and can be cancelled. */
	async function wait(milliseconds: number, orElse: () => CoreError): Promise<void> {
		const until = clock.now() + milliseconds;
		if (options.deadline !== undefined && until > options.deadline) throw orElse();
		for (let left = milliseconds; left > 0; left = until - clock.now()) {
			assertRunning();
			const step = Math.min(left, PROGRESS_EVERY);
			const before = clock.now();
			await clock.sleep(step, signal);
			statistics.waitedMs += Math.max(clock.now() - before, 0);
			reportProgress();
		}
		assertRunning();
	}

	const rateLimited = (retryAfterMs: number, division: string) =>
		new CoreError(
			'EXACT_RATE_LIMITED',
			`The calls per minute for division ${division} are used up; free again in ${Math.ceil(retryAfterMs / 1000)} seconds`,
			{ failure: { cause: 'rate-limited', retryAfterMs } },
		);

	function exhausted(resetsAtEpochMs: number, division: string): CoreError {
		const until = new Date(resetsAtEpochMs).toISOString();
		return new CoreError(
			'EXACT_QUOTA_EXHAUSTED',
			`The daily quota of calls for division ${division} is exhausted until ${until}`,
			{ failure: { cause: 'quota-exhausted', resetsAtEpochMs } },
		);
	}

	async function send(url: string): Promise<HttpResponse | Error> {
		assertRunning();
		statistics.calls += 1;
		try {
			return await http({
				method: 'GET',
				url,
				// Without it Exact answers in Atom XML.
				headers: { Accept: 'application/json' },
			});
		} catch (error) {
			if (signal?.aborted) throw new CoreError('EXACT_CANCELLED', 'The execution was cancelled');
			// Not the error itself: HTTP libraries keep the request's headers in it.
			const code = error instanceof Error && 'code' in error ? String(error.code) : 'no response';
			return new Error(code);
		}
	}

	function noteQuota(lane: Lane, response: HttpResponse): void {
		const quota = quotaFrom(response);
		lane.quota = { ...lane.quota, ...quota };
		const serverNow = serverTime(response, clock.now());
		if (quota.minutelyRemaining === 0) {
			lane.notBefore = clock.now() + minutelyWait(quota, serverNow);
		}
		if (quota.remaining === 0 && quota.resetsAt !== undefined) {
			const until = clock.now() + quota.resetsAt - serverNow;
			lane.dayOver = { until, resetsAt: quota.resetsAt };
		}
	}

	/** A call that is known to be refused is not made: calls while limited count as abuse. */
	function assertDayLeft(lane: Lane, division: string): void {
		if (lane.dayOver === undefined) return;
		if (clock.now() < lane.dayOver.until) throw exhausted(lane.dayOver.resetsAt, division);
		lane.dayOver = undefined;
	}

	const { store, isManual = false } = options.refusals;
	const budget = createRefusalBudget(options.refusals, options.credentialKey, clock, log);
	const tokens = createTokenGuard({
		token: options.token,
		clock,
		log,
		store,
		credentialKey: options.credentialKey,
		isManual,
		probe: async () => await send(`${root}current/Me?$select=UserID`),
	});

	async function attempt(url: string, path: string, lane: Lane): Promise<ExactResponse> {
		const division = divisionOf(path);
		const what = resourceOf(path);
		let refreshed = false;
		let limitWaits = 0;
		let retries = 0;
		let wasLost = false;
		for (;;) {
			assertDayLeft(lane, division);
			await budget.admit(division, what, path);
			if (lane.notBefore > clock.now()) {
				const left = lane.notBefore - clock.now();
				await wait(left, () => rateLimited(left, division));
			}
			await tokens.ensureFresh();
			// Exact counts what it refused although its answer was lost: the free call is asked first.
			const isReachable: boolean = !wasLost || (await tokens.isReachable());
			const response: HttpResponse | Error = isReachable
				? await send(url)
				: new Error('no response');
			wasLost = response instanceof Error;
			if (response instanceof Error) {
				if (retries >= RETRY_WAITS.length) {
					throw new CoreError(
						'EXACT_UNREACHABLE',
						`No connection to ${new URL(root).host} for ${what}`,
						{ failure: { cause: 'temporarily-unavailable' }, cause: response },
					);
				}
			} else {
				noteQuota(lane, response);
				if (response.status === 401 && !refreshed) {
					refreshed = true;
					await budget.count(division, what, failureOf(response, what, division));
					await tokens.refreshRejected();
					continue;
				}
				if (isBlock(response)) {
					throw await budget.refused(division, what, path, blockedKey(response, what, division));
				}
				if (response.status === 429) {
					const verdict = limitOf(response, clock.now());
					if (verdict.kind === 'day') {
						const left = verdict.resetsAt - serverTime(response, clock.now());
						lane.dayOver = { until: clock.now() + left, resetsAt: verdict.resetsAt };
						throw exhausted(verdict.resetsAt, division);
					}
					limitWaits += 1;
					if (limitWaits > MAX_LIMIT_WAITS) throw rateLimited(verdict.waitMs, division);
					log.info(`Exact Online: limit per minute reached, waiting ${verdict.waitMs} ms`);
					await wait(verdict.waitMs, () => rateLimited(verdict.waitMs, division));
					continue;
				}
				if (response.status === 200 && !isUnreadable(response)) {
					const page = pageFrom(parseBody(response.body)) as Page;
					await budget.allowed(division, what, path);
					statistics.rows += page.rows.length;
					reportProgress();
					return { ...page, serverTime: serverTime(response, clock.now()), url };
				}
				if (response.status !== 200 && !isTransient(response.status)) {
					const failure = failureOf(response, what, division);
					if (!COUNTED.has(response.status)) throw failure;
					throw await budget.refused(division, what, path, failure);
				}
				if (retries >= RETRY_WAITS.length) {
					if (response.status !== 200) throw failureOf(response, what, division);
					throw new CoreError(
						'EXACT_RESPONSE_INVALID',
						`The answer for ${what} cannot be read, also when asked again`,
						{ failure: { cause: 'temporarily-unavailable' } },
					);
				}
				log.warn(
					`Exact Online: ${response.status} for ${what}: ${exactMessage(response) ?? 'no message'}; asking again`,
				);
			}
			const pause = RETRY_WAITS[retries] as number;
			retries += 1;
			statistics.retries += 1;
			await wait(
				pause,
				() =>
					new CoreError('EXACT_UNAVAILABLE', `Exact Online does not answer for ${what}`, {
						failure: { cause: 'temporarily-unavailable' },
					}),
			);
		}
	}

	return {
		statistics,
		clock,
		log,
		notices: [],
		credentialKey: options.credentialKey,
		following: (next, list) => followingPath(next, root, list),
		withoutRight: async (endpoint, division, error) =>
			await budget.refused(String(division), endpoint, '', error),
		absentFields(division, endpoint) {
			const { absentFields } = laneOf(String(division));
			const known = absentFields.get(endpoint) ?? new Set<string>();
			absentFields.set(endpoint, known);
			return known;
		},
		async download(division, url, start) {
			const address = attachmentUrl(url, parseBaseUrl(options.baseUrl));
			const name = String(division);
			return await laneOf(name).run(async () => {
				assertRunning();
				await budget.admit(name, ATTACHMENTS, '');
				await tokens.ensureFresh();
				statistics.calls += 1;
				let response = await start(address);
				if (response.status === 401) {
					await budget.count(
						name,
						ATTACHMENTS,
						failureOf({ ...response, body: '' }, ATTACHMENTS, name),
					);
					await tokens.refreshRejected();
					response = await start(address);
				}
				if (response.status === 200) {
					await budget.allowed(name, ATTACHMENTS, '');
					return response.body;
				}
				const failure = failureOf({ ...response, body: '' }, ATTACHMENTS, name);
				if (!COUNTED.has(response.status)) throw failure;
				throw await budget.refused(name, ATTACHMENTS, '', failure);
			});
		},
		async get(path) {
			const url = root + path;
			assertUrlLength(url);
			const lane = laneOf(divisionOf(path));
			return await lane.run(async () => await attempt(url, path, lane));
		},
		quota(division) {
			const { quota } = laneOf(String(division));
			const report: QuotaReport = {
				calls: statistics.calls,
				rows: statistics.rows,
				waitedSeconds: Math.round(statistics.waitedMs / 1000),
			};
			if (quota.limit !== undefined) report.dailyLimit = quota.limit;
			if (quota.remaining !== undefined) report.dailyRemaining = quota.remaining;
			if (quota.resetsAt !== undefined) {
				report.dailyResetsAt = new Date(quota.resetsAt).toISOString();
			}
			if (quota.minutelyLimit !== undefined) report.minutelyLimit = quota.minutelyLimit;
			if (quota.minutelyRemaining !== undefined) {
				report.minutelyRemaining = quota.minutelyRemaining;
			}
			return report;
		},
	};
}
