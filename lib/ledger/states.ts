/** Where a file and a version of a document stand; the words are what the controller reads. */

type Transitions<State extends string> = Readonly<Record<State, readonly State[]>>;

export type FileState =
	| 'recording'
	| 'encoded'
	| 'depositing'
	| 'deposited'
	| 'picked up'
	| 'accepted'
	| 'accepted with errors'
	| 'partially accepted'
	| 'rejected'
	| 'overdue'
	| 'in doubt'
	| 'failed';

export const ANSWER_STATES = [
	'accepted',
	'accepted with errors',
	'partially accepted',
	'rejected',
] as const satisfies readonly FileState[];
export type AnswerState = (typeof ANSWER_STATES)[number];

/** The partner has the file, or had it. */
export const DELIVERED_STATES = [
	'deposited',
	'picked up',
	'overdue',
	...ANSWER_STATES,
] as const satisfies readonly FileState[];

/** The partner cannot have the file yet, as far as anyone knows: its bytes are kept. */
export const UNDELIVERED_STATES = [
	'encoded',
	'depositing',
	'failed',
	'in doubt',
] as const satisfies readonly FileState[];

export const FILE_TRANSITIONS: Transitions<FileState> = {
	// Its documents are being attached, in slices; nobody deposits it yet.
	recording: ['encoded'],
	// An answer to a file that we think undelivered shows that the partner has it: after a loss.
	encoded: ['depositing', 'failed', 'in doubt', 'picked up', ...ANSWER_STATES],
	// To what it was before where a file that the partner has was asked for again.
	depositing: [
		'depositing',
		'deposited',
		'picked up',
		'overdue',
		'failed',
		'in doubt',
		...ANSWER_STATES,
	],
	failed: ['depositing', 'in doubt', 'picked up', ...ANSWER_STATES],
	'in doubt': ['depositing', 'picked up', ...ANSWER_STATES],
	deposited: ['depositing', 'picked up', 'overdue', ...ANSWER_STATES],
	'picked up': ['depositing', 'overdue', ...ANSWER_STATES],
	overdue: ['depositing', 'picked up', ...ANSWER_STATES],
	// An answer is final; a contradicting one is kept as evidence and put to a person.
	accepted: ['depositing'],
	'accepted with errors': ['depositing'],
	'partially accepted': ['depositing'],
	rejected: ['depositing'],
};

/**
 * A version's own states. `filed` follows its file; an answer about this document alone, where it
 * differs from the file's, stands in the version.
 */
export type VersionState =
	| 'reserved'
	| 'refused'
	| 'held'
	| 'released'
	| 'not sent'
	| 'overtaken'
	| 'filed'
	| 'accepted'
	| 'accepted with errors'
	| 'rejected';

export const VERSION_TRANSITIONS: Transitions<VersionState> = {
	// Reserved again: the lease ran out and another run took it.
	reserved: ['reserved', 'filed', 'refused', 'held', 'overtaken'],
	// Held after a loss: nobody knows whether it was sent since.
	refused: ['reserved', 'refused', 'held', 'overtaken', 'not sent'],
	held: ['released', 'not sent', 'overtaken'],
	released: ['reserved', 'refused', 'held', 'overtaken', 'not sent'],
	'not sent': ['overtaken', 'released'],
	overtaken: [],
	// Back to reserved or held only from a file that never got beyond `recording`.
	filed: ['filed', 'reserved', 'held', 'overtaken', 'accepted', 'accepted with errors', 'rejected'],
	// By the gateway, and then by the application behind it; a rejection is final.
	accepted: ['filed', 'accepted with errors', 'rejected'],
	'accepted with errors': ['filed', 'accepted', 'rejected'],
	rejected: ['filed'],
};

export type ReceivedState = 'read' | 'being answered' | 'answered' | 'nothing to answer' | 'failed';

/** What our answer to a received file has come to. */
export const RECEIVED_TRANSITIONS: Transitions<ReceivedState> = {
	// An acknowledgment, kept for what it says; what else is in the file may still be answered.
	read: ['being answered'],
	'being answered': ['being answered', 'answered', 'nothing to answer', 'failed'],
	failed: ['being answered', 'answered'],
	'nothing to answer': [],
	answered: [],
};

export type NumberState = 'reserved' | 'used' | 'voided';

export const NUMBER_TRANSITIONS: Transitions<NumberState> = {
	reserved: ['used', 'voided'],
	used: [],
	voided: [],
};

export function isOneOf<State extends string>(
	states: readonly State[],
	state: string,
): state is State {
	return (states as readonly string[]).includes(state);
}

/** `'a', 'b'` for SQL; only for the constants above. */
export function sqlList(states: readonly string[]): string {
	return states.map((state) => `'${state}'`).join(', ');
}
