import type { HttpResponse } from './ports';

export function header(response: HttpResponse, name: string): string | undefined {
	const wanted = name.toLowerCase();
	for (const [key, value] of Object.entries(response.headers)) {
		if (key.toLowerCase() !== wanted || value === undefined) continue;
		return typeof value === 'string' ? value : value[0];
	}
	return undefined;
}

function numberHeader(response: HttpResponse, name: string): number | undefined {
	const text = header(response, name)?.trim();
	if (text === undefined || !/^\d+$/.test(text)) return undefined;
	return Number(text);
}

/** What Exact said about the calls left. Reset times are on Exact's clock, in epoch milliseconds. */
export interface Quota {
	readonly limit?: number;
	readonly remaining?: number;
	readonly resetsAt?: number;
	readonly minutelyLimit?: number;
	readonly minutelyRemaining?: number;
	readonly minutelyResetsAt?: number;
}

const HEADERS = {
	limit: 'X-RateLimit-Limit',
	remaining: 'X-RateLimit-Remaining',
	resetsAt: 'X-RateLimit-Reset',
	minutelyLimit: 'X-RateLimit-Minutely-Limit',
	minutelyRemaining: 'X-RateLimit-Minutely-Remaining',
	minutelyResetsAt: 'X-RateLimit-Minutely-Reset',
} as const;

export function quotaFrom(response: HttpResponse): Quota {
	const found = Object.entries(HEADERS).map(([name, key]) => [name, numberHeader(response, key)]);
	return Object.fromEntries(found.filter(([, value]) => value !== undefined)) as Quota;
}

/** Exact's clock as of this response, or ours where it sends no Date. */
export function serverTime(response: HttpResponse, now: number): number {
	const parsed = Date.parse(header(response, 'Date') ?? '');
	return Number.isNaN(parsed) ? now : parsed;
}

const MINUTE = 60_000;
/** The windows are clock minutes: a second into the new one is safe against rounding of `Date`. */
const MARGIN = 1_000;
/** Where a 429 names no reset, as other clients do. */
const UNKNOWN_WAIT = MINUTE + MARGIN;

/**
 * How long to wait for the next minute, by Exact's own clock: the difference of two of its times,
 * so that a wrong clock here does not matter.
 */
export function minutelyWait(quota: Quota, serverNow: number): number {
	const resetsAt = quota.minutelyResetsAt ?? Math.ceil((serverNow + 1) / MINUTE) * MINUTE;
	return Math.min(Math.max(resetsAt - serverNow, 0) + MARGIN, UNKNOWN_WAIT);
}

export type LimitVerdict =
	| { readonly kind: 'minute'; readonly waitMs: number }
	| { readonly kind: 'day'; readonly resetsAt: number };

/** Which limit a 429 is about: at either limit only that limit's headers are sent. */
export function limitOf(response: HttpResponse, now: number): LimitVerdict {
	const quota = quotaFrom(response);
	const serverNow = serverTime(response, now);
	const dayIsOver =
		quota.remaining === 0 ||
		(quota.resetsAt !== undefined &&
			quota.minutelyRemaining === undefined &&
			quota.minutelyResetsAt === undefined &&
			quota.minutelyLimit === undefined);
	if (dayIsOver) {
		const day = 24 * 60 * MINUTE;
		return { kind: 'day', resetsAt: quota.resetsAt ?? Math.ceil((serverNow + 1) / day) * day };
	}
	const retryAfter = numberHeader(response, 'Retry-After');
	if (quota.minutelyResetsAt === undefined && quota.minutelyRemaining === undefined) {
		const waitMs = retryAfter === undefined ? UNKNOWN_WAIT : retryAfter * 1_000 + MARGIN;
		return { kind: 'minute', waitMs: Math.min(waitMs, UNKNOWN_WAIT) };
	}
	return { kind: 'minute', waitMs: minutelyWait(quota, serverNow) };
}
