/** A failure of the network or of Exact's gateway, played on calls that match. */
export interface Fault {
	/** Part of path and query, or a pattern; undefined matches every call of the API. */
	readonly match?: string | RegExp;
	/** How many calls it hits (1). */
	readonly times?: number;
	/** Matching calls that pass before it begins. */
	readonly after?: number;
	readonly kind: /** Answers `status` with Exact's error shape, or with `body`. */
	| 'status'
		/** Answers an HTML page, as gateways do. */
		| 'html'
		/** A complete response whose JSON is cut off. */
		| 'cut'
		/** The connection breaks in the middle of the body. */
		| 'break'
		/** The connection closes without an answer. */
		| 'drop'
		/** The right answer, `delayMs` later. */
		| 'delay'
		/** The right answer, whose next page is at `next` (at the page itself where that is not given). */
		| 'next';
	readonly next?: string;
	readonly status?: number;
	readonly body?: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly delayMs?: number;
}

export class Faults {
	private readonly planned: { fault: Fault; left: number; skip: number }[] = [];

	add(fault: Fault): void {
		this.planned.push({ fault, left: fault.times ?? 1, skip: fault.after ?? 0 });
	}

	clear(): void {
		this.planned.length = 0;
	}

	take(pathAndQuery: string): Fault | undefined {
		for (const plan of this.planned) {
			const { match } = plan.fault;
			const hit =
				match === undefined ||
				(typeof match === 'string' ? pathAndQuery.includes(match) : match.test(pathAndQuery));
			if (!hit || plan.left === 0) continue;
			if (plan.skip > 0) {
				plan.skip -= 1;
				continue;
			}
			plan.left -= 1;
			return plan.fault;
		}
		return undefined;
	}
}

export const GATEWAY_PAGE =
	'<!DOCTYPE html><html><head><title>Service Unavailable</title></head><body><h1>Service Unavailable</h1><p>The server is temporarily unable to service your request.</p></body></html>';
