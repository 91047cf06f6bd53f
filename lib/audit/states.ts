import { CoreError } from '../errors';

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
	encoded: ['depositing', 'failed'],
	depositing: ['deposited', 'failed', 'in doubt'],
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

/** Raises AUDIT_TRANSITION_REFUSED naming the file and both states. */
export function checkChange(fileName: string, from: FileState, to: FileState): void {
	if (canChange(from, to)) return;
	const allowed = FILE_TRANSITIONS[from].join(', ') || 'nothing';
	throw new CoreError(
		'AUDIT_TRANSITION_REFUSED',
		`${fileName} is '${from}' and cannot become '${to}'; after '${from}' comes ${allowed}`,
		{ path: 'state' },
	);
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

export type DocumentChange = 'new' | 'changed' | 'unchanged';

/** The columns of a documents row that the look-up before encoding reads. */
export interface KnownDocument {
	readonly content_hash: string;
	readonly state: string;
	/** Empty as long as no file ever carried the document. */
	readonly file_key: string | null;
}

/**
 * What a document is to the partner. Refused ones were not sent: they are encoded again even with
 * the same content, for their fault may lie in settings or master data.
 */
export function documentChange(
	known: KnownDocument | undefined,
	contentHash: string,
): DocumentChange {
	if (known === undefined) return 'new';
	const refused = REFUSED_STATES.some((state) => state === known.state);
	if (!refused && known.content_hash === contentHash) return 'unchanged';
	return known.file_key ? 'changed' : 'new';
}
