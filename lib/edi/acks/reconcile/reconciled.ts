/** What an acknowledgment says, in the same words for 997, 999, TA1 and CONTRL. */

export type AcknowledgedOutcome =
	| 'accepted'
	| 'accepted with errors'
	| 'partially accepted'
	| 'rejected'
	| 'received'
	| 'unknown';

export interface AcknowledgedError {
	/** As received; empty for what the acknowledgment leaves out. */
	readonly code: string;
	/** In words: `mandatory segment missing`. */
	readonly message: string;
	readonly segment?: string;
	readonly segmentPosition?: number;
	readonly element?: number;
	readonly component?: number;
	readonly repetition?: number;
	readonly dataElement?: string;
	readonly value?: string;
}

/** What a partner says about one interchange, group, set, message or document of ours. */
export interface ReconciledItem {
	readonly acknowledgment: 'TA1' | '997' | '999' | 'CONTRL' | '824' | 'APERAK';
	readonly level: 'interchange' | 'group' | 'set' | 'message' | 'document';
	/** What counts: where the levels of an answer contradict each other, what is told of the set. */
	readonly outcome: AcknowledgedOutcome;
	/** Letter or action as received: `A`, `7`; empty where the answer was cut before it. */
	readonly status: string;
	/** ISA06 or UNB 0004 of our interchange: the receiver of the acknowledgment. */
	readonly sender: string;
	/** Who acknowledges. */
	readonly receiver: string;
	/** Of our interchange, as we write it; 997 and 999 do not say it. */
	readonly interchangeControlNumber: string;
	/** GS06 or UNG 0048 of our group, without leading zeros. */
	readonly groupControlNumber: string;
	/** ST02 with four digits at least, as we write it, or UNH 0062. */
	readonly setControlNumber: string;
	/** `810`, `INVOIC`; for groups the functional identifier. */
	readonly setId: string;
	/** The document's own number: 824 and APERAK name it, and often nothing else. */
	readonly documentNumber?: string;
	/** Control number of the acknowledgment itself, to tell a duplicate. */
	readonly acknowledgmentControlNumber: string;
	readonly acknowledgedAt: string;
	readonly setsIncluded?: number;
	readonly setsReceived?: number;
	readonly setsAccepted?: number;
	readonly errors: readonly AcknowledgedError[];
	/** One sentence for the ledger. */
	readonly summary: string;
}

/** Where a reconciler puts what it finds. */
export interface ReconciliationSink {
	readonly items: ReconciledItem[];
	/** The file held other things as well: `810`. */
	other(setId: string): void;
	/** What the answer leaves out or says in two ways. */
	problem(message: string): void;
}

export function isAccepted(outcome: AcknowledgedOutcome): boolean {
	return outcome === 'accepted' || outcome === 'accepted with errors';
}

export function summarize(
	what: string,
	outcome: AcknowledgedOutcome,
	by: string,
	errors: readonly AcknowledgedError[],
): string {
	const shown = errors.slice(0, 5).map(({ message }) => message);
	if (errors.length > shown.length) shown.push(`and ${errors.length - shown.length} more`);
	const why = shown.length === 0 ? '' : `: ${shown.join('; ')}`;
	return `${what} ${outcome} by ${by}${why}`;
}

/** `2017-03-06T08:11`, without a zone: the partner does not say one. */
export function timestamp(date: string, time: string): string {
	if (!/^\d{8}$/.test(date)) return '';
	const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
	return /^\d{4}/.test(time) ? `${day}T${time.slice(0, 2)}:${time.slice(2, 4)}` : day;
}

/** A position or a count; `undefined` where there is no number. */
export function numberOf(text: string | undefined): number | undefined {
	return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

const SHOWN_NAMES = 5;

/** `810 0002, 810 0003 and 4 more`. */
export function listed(items: readonly ReconciledItem[]): string {
	const names = items.map(({ setId, setControlNumber, groupControlNumber, level }) =>
		level === 'group' ? `group ${groupControlNumber}` : `${setId} ${setControlNumber}`,
	);
	const more = names.length - SHOWN_NAMES;
	const shown = names.slice(0, SHOWN_NAMES).join(', ');
	return more > 0 ? `${shown} and ${more} more` : shown;
}
