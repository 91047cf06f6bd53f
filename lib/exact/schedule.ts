/** How often schedules ask Exact, and how much of a day's calls that is. */

/** Calls of a day that one app has for one company, where Exact has not said it yet. */
const CALLS_PER_DAY = 5_000;

/** One entry of n8n's *Poll Times*. */
export interface PollTime {
	readonly mode?: string | undefined;
	readonly value?: unknown;
	readonly unit?: string | undefined;
	readonly cronExpression?: string | undefined;
}

/** How many values of a cron field match. */
function matches(field: string, from: number, to: number): number {
	const found = new Set<number>();
	for (const part of field.split(',')) {
		const [range = '*', step] = part.split('/');
		const [first, last] = range === '*' ? [from, to] : range.split('-').map(Number);
		const end = last ?? (step === undefined ? first : to);
		const by = Math.max(1, Number(step ?? 1) || 1);
		for (let value = first ?? from; value <= (end ?? to); value += by) found.add(value);
	}
	return found.size;
}

/** Of the days on which it runs, so that the busiest day counts. */
function cronPerDay(expression: string): number {
	const fields = expression.trim().split(/\s+/);
	const [minute = '*', hour = '*'] = fields.length > 5 ? fields.slice(1) : fields;
	const seconds = fields.length > 5 ? matches(fields[0] as string, 0, 59) : 1;
	return seconds * matches(minute, 0, 59) * matches(hour, 0, 23);
}

export function pollsPerDay(times: readonly PollTime[]): number {
	return times
		.map(({ mode, value, unit, cronExpression }) => {
			const every = Math.max(1, Number(value) || 1);
			switch (mode) {
				case 'everyMinute':
					return 1440;
				case 'everyHour':
					return 24;
				case 'everyX':
					return (unit === 'hours' ? 24 : 1440) / every;
				case 'custom':
					return cronPerDay(cronExpression ?? '');
				default:
					return 1;
			}
		})
		.reduce((sum, polls) => sum + polls, 0);
}

interface Schedule {
	readonly pollsPerDay: number;
	readonly divisions: readonly number[];
	readonly seenAt: number;
}

export interface Schedules {
	/** Notes one trigger's schedule; says so where all of the credential are too many together. */
	note(credential: string, trigger: string, schedule: Schedule, limit?: number): string | undefined;
}

/** A trigger that is not heard of for two of its polls is gone. */
const isHeard = (schedule: Schedule, now: number) =>
	now - schedule.seenAt < (2 * 86_400_000) / schedule.pollsPerDay + 60_000;

/** An idle poll is one call: the schedules of one credential are added up for each division. */
export function createSchedules(): Schedules {
	const byCredential = new Map<string, Map<string, Schedule>>();
	return {
		note(credential, trigger, schedule, limit = CALLS_PER_DAY) {
			const known = byCredential.get(credential) ?? new Map<string, Schedule>();
			byCredential.set(credential, known.set(trigger, schedule));
			const calls = new Map<number, number>();
			let triggers = 0;
			for (const [name, other] of known) {
				if (!isHeard(other, schedule.seenAt)) {
					known.delete(name);
					continue;
				}
				triggers += 1;
				for (const division of other.divisions) {
					calls.set(division, (calls.get(division) ?? 0) + other.pollsPerDay);
				}
			}
			const mine = schedule.divisions.map((division) => calls.get(division) ?? 0);
			const most = Math.max(0, ...mine);
			if (most <= limit / 3) return undefined;
			const who = triggers === 1 ? 'This trigger' : `The ${triggers} triggers of this credential`;
			return `${who} ask Exact ${Math.round(most)} times a day in one division although nothing changes; Exact allows ${limit} calls a day. Poll less often, every ten minutes for example.`.replace(
				'This trigger ask ',
				'This trigger asks ',
			);
		},
	};
}
