import type { Clock } from './clock.ts';

export interface LimitOptions {
	/** Calls per clock minute, per app and company (60 on the real service). */
	readonly minutely: number;
	/** Calls per UTC day, per app and company (5,000 on the real service). */
	readonly daily: number;
	/** `X-RateLimit-Minutely-Reset` was seen in a real response, but is not documented. */
	readonly minutelyReset: boolean;
	/** More counted errors than this per endpoint and hour block the key there, longer each time. */
	readonly errorsPerHour: number;
}

export const REAL_LIMITS: LimitOptions = {
	minutely: 60,
	daily: 5000,
	minutelyReset: true,
	errorsPerHour: 10,
};

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

interface Window {
	start: number;
	used: number;
}

export type Exhausted = 'minutely' | 'daily' | undefined;

export class Limits {
	private readonly clock: Clock;

	get errorsPerHour(): number {
		return this.options.errorsPerHour;
	}

	private readonly options: LimitOptions;

	private readonly minutes = new Map<string, Window>();

	private readonly days = new Map<string, Window>();

	private readonly errors = new Map<string, number[]>();

	private readonly blocks = new Map<string, { until: number; times: number }>();

	constructor(clock: Clock, options: LimitOptions) {
		this.clock = clock;
		this.options = options;
	}

	private window(windows: Map<string, Window>, key: string, size: number): Window {
		const start = Math.floor(this.clock.now() / size) * size;
		let window = windows.get(key);
		if (window?.start !== start) {
			window = { start, used: 0 };
			windows.set(key, window);
		}
		return window;
	}

	/** Takes one call of the quota, or says which limit refuses it. */
	take(key: string): Exhausted {
		const minute = this.window(this.minutes, key, MINUTE);
		const day = this.window(this.days, key, DAY);
		if (day.used >= this.options.daily) return 'daily';
		if (minute.used >= this.options.minutely) return 'minutely';
		minute.used += 1;
		day.used += 1;
		return undefined;
	}

	/** Calls of other processes that share the client id: windows are shared by all of them. */
	use(key: string, calls: { minutely?: number; daily?: number }): void {
		this.window(this.minutes, key, MINUTE).used += calls.minutely ?? 0;
		this.window(this.days, key, DAY).used += calls.daily ?? 0;
	}

	exhausted(key: string): Exhausted {
		if (this.window(this.days, key, DAY).used >= this.options.daily) return 'daily';
		if (this.window(this.minutes, key, MINUTE).used >= this.options.minutely) return 'minutely';
		return undefined;
	}

	/** Both kinds of headers, but only the exhausted kind once a limit is reached. */
	headers(key: string): Record<string, string> {
		const minute = this.window(this.minutes, key, MINUTE);
		const day = this.window(this.days, key, DAY);
		const exhausted = this.exhausted(key);
		const headers: Record<string, string> = {};
		if (exhausted !== 'minutely') {
			headers['X-RateLimit-Limit'] = String(this.options.daily);
			headers['X-RateLimit-Remaining'] = String(Math.max(0, this.options.daily - day.used));
			headers['X-RateLimit-Reset'] = String(day.start + DAY);
		}
		if (exhausted !== 'daily') {
			headers['X-RateLimit-Minutely-Limit'] = String(this.options.minutely);
			headers['X-RateLimit-Minutely-Remaining'] = String(
				Math.max(0, this.options.minutely - minute.used),
			);
			if (this.options.minutelyReset) {
				headers['X-RateLimit-Minutely-Reset'] = String(minute.start + MINUTE);
			}
		}
		return headers;
	}

	isBlocked(endpointKey: string): boolean {
		return (this.blocks.get(endpointKey)?.until ?? 0) > this.clock.now();
	}

	/** 400, 401, 403 and 404 count: how many there are in the hour, and whether the key is blocked. */
	countError(endpointKey: string): { recent: number; blocked: boolean } {
		const now = this.clock.now();
		const recent = (this.errors.get(endpointKey) ?? []).filter((at) => now - at < HOUR);
		recent.push(now);
		this.errors.set(endpointKey, recent);
		if (recent.length <= this.options.errorsPerHour) {
			return { recent: recent.length, blocked: false };
		}
		const times = (this.blocks.get(endpointKey)?.times ?? 0) + 1;
		this.blocks.set(endpointKey, { until: now + HOUR * 2 ** (times - 1), times });
		return { recent: recent.length, blocked: true };
	}
}
