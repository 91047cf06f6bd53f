/** The simulator's time. Real time passes `speed` times as fast, and tests move it by hand. */
export interface Clock {
	now(): number;
	/** Real milliseconds that pass while the simulator's clock moves on by `ms`. */
	realDelay(ms: number): number;
}

export interface AdjustableClock extends Clock {
	advance(ms: number): void;
	set(epochMs: number): void;
}

export function createClock(
	options: { startsAt?: number | string; speed?: number; frozen?: boolean } = {},
): AdjustableClock {
	const speed = options.frozen === true ? 0 : (options.speed ?? 1);
	let realStart = Date.now();
	let base = options.startsAt === undefined ? realStart : new Date(options.startsAt).getTime();
	const now = () => Math.round(base + (Date.now() - realStart) * speed);
	return {
		now,
		realDelay: (ms) => (speed === 0 ? 0 : ms / speed),
		advance(ms) {
			base += ms;
		},
		set(epochMs) {
			base = epochMs;
			realStart = Date.now();
		},
	};
}
