import type { ErrorCodeTable } from './entry';

/** Codes of `lib/audit`; every code begins with AUDIT_. */
export const auditErrorCodes = {
	AUDIT_TRANSITION_REFUSED: {
		meaning: 'A file cannot change from the state it is in to the one asked for.',
		cause: 'Another execution has changed it meanwhile, or the flow took a wrong turn.',
		action: 'Look at the row in exact_edi_files; start a replay from the state it shows.',
	},
	AUDIT_LEDGER_FULL: {
		meaning: 'There is no room for the bytes of another file in the ledger.',
		cause:
			'The files kept are larger than the budget, and those left belong to files not delivered yet.',
		action:
			'Deliver or give up the files named, raise the budget, or raise N8N_DATA_TABLES_MAX_SIZE_BYTES.',
	},
	AUDIT_CONTENT_BROKEN: {
		meaning: 'The bytes kept in the ledger are not those of the file.',
		cause: 'A part is missing, stands twice, or was changed.',
		action: 'Read the documents again from Exact Online and send them as a new file.',
	},
} as const satisfies ErrorCodeTable;
