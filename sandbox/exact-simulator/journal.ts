/** What the simulator saw: every call, and every broken rule of good conduct. */
export interface Call {
	/** Simulator time. */
	readonly at: number;
	readonly method: string;
	/** Path and query, decoded. */
	readonly target: string;
	/** Below the division, such as `crm/Accounts`; `current/Me`. */
	readonly endpoint: string;
	readonly division: number | undefined;
	readonly clientId: string | undefined;
	readonly status: number;
	readonly rows: number;
	/** Counted to the quota. */
	readonly metered: boolean;
	/** A page after the first one. */
	readonly continued: boolean;
	readonly fault: string | undefined;
}

export const VIOLATION_KINDS = {
	parallelRequests: 'a request while another of the same credential and division was in flight',
	missingSelect: 'a list without $select',
	retryAfter4xx: 'the same request again after a counted 400, 403 or 404, or with a refused token',
	callWhileLimited: 'a call in a window that had already been reported as exhausted',
	unusedPage: 'a following page read twice in one reading of a list that had not changed',
	otherVerb: 'a verb other than GET',
	errorLimit: 'so many errors on an endpoint that the key was blocked there',
	halfOfErrors: 'more than half of the errors that Exact allows on an endpoint in an hour',
	tokenCap: 'more token requests in a day than Exact allows',
	tokenAbuse: 'a token request that Exact refuses: too early, or an old refresh token',
} as const;

export type ViolationKind = keyof typeof VIOLATION_KINDS;

export interface Violation {
	readonly kind: ViolationKind;
	readonly at: number;
	readonly detail: string;
}

export class Journal {
	readonly calls: Call[] = [];

	readonly violations: Violation[] = [];

	note(kind: ViolationKind, at: number, detail: string): void {
		this.violations.push({ kind, at, detail });
	}

	/** Calls that count to the quota, since the journal was last cleared. */
	metered(): number {
		return this.calls.filter((call) => call.metered).length;
	}

	clear(): void {
		this.calls.length = 0;
		this.violations.length = 0;
	}
}
