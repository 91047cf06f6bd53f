import type { FileState } from './states';

export interface ReplayPolicy {
	/** First wait; doubled after every attempt. */
	readonly baseMinutes: number;
	readonly maxMinutes: number;
	/** After so many attempts a person is asked. */
	readonly maxAttempts: number;
	/** A deposit that has not reported for so long was stranded by a crash. */
	readonly strandedMinutes: number;
	/** Where the partner may already have the file. */
	readonly inDoubt: 'same bytes again' | 'ask a person';
}

export const DEFAULT_REPLAY_POLICY: ReplayPolicy = {
	baseMinutes: 5,
	maxMinutes: 360,
	maxAttempts: 8,
	strandedMinutes: 30,
	inDoubt: 'same bytes again',
};

export interface ReplayCandidate {
	readonly state: FileState;
	readonly attempts: number;
	/** When the row was last changed. */
	readonly updatedAt: string;
	/** Empty: at once. */
	readonly nextAttemptAt: string;
}

export type ReplayDecision =
	| { readonly action: 'replay'; readonly claimFrom: FileState }
	| { readonly action: 'wait'; readonly until: string }
	| { readonly action: 'ask a person'; readonly reason: string }
	| { readonly action: 'none' };

const MINUTE_MS = 60_000;

/** What the automatic replay does with a file; a person may replay any. */
export function decideReplay(
	file: ReplayCandidate,
	now: string,
	policy: ReplayPolicy = DEFAULT_REPLAY_POLICY,
): ReplayDecision {
	const time = Date.parse(now);
	const idleMs = time - Date.parse(file.updatedAt);
	const stranded =
		(file.state === 'depositing' || file.state === 'encoded') &&
		idleMs >= policy.strandedMinutes * MINUTE_MS;
	if (file.state !== 'failed' && file.state !== 'in doubt' && !stranded) return { action: 'none' };
	// A crash in mid-deposit leaves unknown whether the file was published.
	const doubtful = file.state === 'in doubt' || file.state === 'depositing';
	if (doubtful && policy.inDoubt === 'ask a person') {
		return { action: 'ask a person', reason: 'the partner may already have the file' };
	}
	if (file.attempts >= policy.maxAttempts) {
		return { action: 'ask a person', reason: `${file.attempts} attempts failed` };
	}
	if (file.nextAttemptAt !== '' && Date.parse(file.nextAttemptAt) > time) {
		return { action: 'wait', until: file.nextAttemptAt };
	}
	return { action: 'replay', claimFrom: file.state };
}

/** Exponential with jitter: `spread` is 0 to 1 and takes off up to half of the wait. */
export function nextAttemptAt(
	attempts: number,
	now: string,
	spread: number,
	policy: ReplayPolicy = DEFAULT_REPLAY_POLICY,
): string {
	const doubled = policy.baseMinutes * 2 ** Math.max(0, attempts - 1);
	const minutes = Math.min(policy.maxMinutes, doubled) * (1 - spread / 2);
	return new Date(Date.parse(now) + minutes * MINUTE_MS).toISOString();
}
