import type { ErrorCodeTable } from './entry';

/** Codes of `lib/edi/acks`; every code begins with ACK_. */
export const acksErrorCodes = {
	ACK_INVALID_OPTION: {
		meaning: 'A setting of Ack Generate cannot be used.',
		cause: 'A value is misspelt or not one of those that are possible.',
		action: 'Correct the setting the message names.',
	},
	ACK_STOPPED: {
		meaning: 'The run was stopped before a file was read and answered.',
		cause: 'A person pressed Stop, or the time limit of the workflow was over.',
		action: 'Nothing was sent for the file; the next run answers it.',
	},
	ACK_TOO_MANY_ANSWERS: {
		meaning: 'A file holds more interchanges than one run can answer.',
		cause: 'Each interchange needs an acknowledgment with a control number of its own.',
		action:
			"Ask the partner for smaller files, or give the numbers yourself: 'Control Numbers' From Input.",
	},
} as const satisfies ErrorCodeTable;
