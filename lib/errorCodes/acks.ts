import type { ErrorCodeTable } from './entry';

/** Codes of `lib/edi/acks`; every code begins with ACK_. */
export const acksErrorCodes = {
	ACK_INVALID_OPTION: {
		meaning: 'A setting of Ack Generate cannot be used.',
		cause: 'A value is misspelt or not one of those that are possible.',
		action: 'Correct the setting the message names.',
	},
} as const satisfies ErrorCodeTable;
