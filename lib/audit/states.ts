/** Where an outgoing file stands; the words are what the controller reads in the ledger. */
export const FILE_STATES = [
	'encoded',
	'depositing',
	'deposited',
	'picked up',
	'accepted',
	'accepted with errors',
	'partially accepted',
	'rejected',
	'overdue',
	'in doubt',
	'failed',
	'superseded',
] as const;

export type FileState = (typeof FILE_STATES)[number];

const ANSWERS = ['accepted', 'accepted with errors', 'partially accepted', 'rejected'] as const;

/**
 * What may follow what. A change is made by compare-and-set: id and expected state in one update,
 * so of two replays one wins and the other finds nothing to do.
 */
export const FILE_TRANSITIONS: Readonly<Record<FileState, readonly FileState[]>> = {
	// Superseded: the run was interrupted before the deposit, its documents are exported anew.
	encoded: ['depositing', 'superseded'],
	// Back to what it was: a person asked again, and the partner has the same bytes still.
	depositing: ['deposited', 'failed', 'in doubt', 'picked up', 'overdue', ...ANSWERS],
	failed: ['depositing', 'superseded'],
	'in doubt': ['depositing', 'deposited', 'failed', 'superseded', ...ANSWERS],
	// Back to depositing: a person asks for the same bytes again.
	deposited: [...ANSWERS, 'picked up', 'overdue', 'depositing'],
	'picked up': [...ANSWERS, 'overdue', 'depositing'],
	overdue: [...ANSWERS, 'picked up', 'depositing'],
	accepted: ['depositing'],
	'accepted with errors': ['depositing', 'superseded'],
	'partially accepted': ['depositing', 'superseded'],
	rejected: ['depositing', 'superseded'],
	superseded: [],
};

export function canChange(from: FileState, to: FileState): boolean {
	return FILE_TRANSITIONS[from].includes(to);
}

/** States in which the partner cannot have the file yet: their bytes must be kept. */
export const UNDELIVERED_STATES: ReadonlySet<FileState> = new Set([
	'encoded',
	'depositing',
	'failed',
	'in doubt',
]);

/** Documents that no file was made of: faulty, or changed and waiting for a person. */
export const REFUSED_STATES = ['rejected', 'held'] as const;
export type RefusedState = (typeof REFUSED_STATES)[number];

/** A document goes with its file, from `encoded` on. */
export type DocumentState = FileState | RefusedState;
