import type { ErrorCodeTable } from './entry';

const REPEAT = 'Nothing was half-written. Run it again; what was under way is finished by replay.';

/** Codes of `lib/ledger`; every code begins with LEDGER_. */
export const ledgerErrorCodes = {
	// the store
	LEDGER_NO_SQLITE: {
		meaning: 'This Node.js has no SQLite built in, so the embedded ledger cannot be opened.',
		cause: 'Node.js is older than 22.13.',
		action: 'Run n8n on Node.js 24, or keep the ledger in PostgreSQL (credential EDI Ledger).',
	},
	LEDGER_QUEUE_MODE: {
		meaning: 'The embedded ledger cannot be used in queue mode.',
		cause: 'Each worker would have a ledger of its own, and documents would be sent twice.',
		action:
			'Keep the ledger in PostgreSQL: make a credential EDI Ledger and choose it in the node.',
	},
	LEDGER_LOCKED: {
		meaning: 'Another program keeps the ledger locked.',
		cause: 'A backup tool, a database browser or another n8n holds the ledger open for writing.',
		action: `Close the other program. ${REPEAT}`,
	},
	LEDGER_FULL: {
		meaning: 'The ledger cannot be written because the disk or the database is full.',
		cause: 'The disk of the ledger has no room left, or a size limit is reached.',
		action: `Make room on the disk, or prune old bytes (EDI Ledger, Prune). ${REPEAT}`,
	},
	LEDGER_READ_ONLY: {
		meaning: 'The ledger can be read but not written.',
		cause: 'The file, its folder or the database does not allow writing for the account of n8n.',
		action: 'Give the account that runs n8n the right to write the ledger and its folder.',
	},
	LEDGER_CANNOT_OPEN: {
		meaning: 'The ledger cannot be opened.',
		cause: 'The folder does not exist or may not be entered, or it lies on a network drive.',
		action:
			'Check the folder of the ledger and its rights. It must be on a disk of the server itself.',
	},
	LEDGER_CORRUPT: {
		meaning: 'The file of the ledger is damaged or is not a ledger.',
		cause: 'The file was copied while in use, changed by another program, or the disk failed.',
		action:
			'Stop the flows, keep the damaged file, and put the last backup back (docs/ledger.md, "Restore").',
	},
	LEDGER_UNAVAILABLE: {
		meaning: 'The PostgreSQL database of the ledger does not answer.',
		cause: 'It is stopped, restarts, cannot be reached, or refuses the connection.',
		action: `Check host, port, user and password in the credential EDI Ledger, and that PostgreSQL runs. ${REPEAT}`,
	},
	LEDGER_DATABASE: {
		meaning: 'The database of the ledger refused a statement.',
		cause: 'The database says why in the message.',
		action: 'Read the message. If it does not help, report it with the message.',
	},
	LEDGER_NEWER: {
		meaning: 'The ledger was written by a newer version of this package.',
		cause:
			'The package was put back to an older version, or another n8n with a newer one shares the ledger.',
		action: 'Update the package to the newer version. The ledger was not changed.',
	},
	// the mark against loss
	LEDGER_OLDER: {
		meaning: 'The ledger is older than the mark beside it: what was sent last is not in it.',
		cause: 'An older copy of the ledger was put back.',
		action:
			'Put the newest copy back. If there is none, run EDI Ledger, Accept Restored (docs/ledger.md, "Restore").',
	},
	LEDGER_MISSING: {
		meaning: 'The ledger is gone: the mark beside it says that there was one.',
		cause: 'The file was deleted or moved, or the database was emptied.',
		action:
			'Put the newest copy back. If there is none, run EDI Ledger, Accept Restored (docs/ledger.md, "Restore").',
	},
	// which ledger, and who may
	LEDGER_ACCESS_KEY: {
		meaning: 'The access key does not open this ledger.',
		cause: 'The ledger was made with another access key, or without one.',
		action: 'Use the credential EDI Ledger that this ledger was made with.',
	},
	LEDGER_OTHER: {
		meaning: 'The item belongs to another ledger.',
		cause: 'Two nodes of the flow use different EDI Ledger credentials.',
		action: 'Choose the same EDI Ledger credential in all nodes of the flow.',
	},
	LEDGER_NAME_INVALID: {
		meaning: 'A name cannot be used.',
		cause: 'It is empty, too long, or has control characters.',
		action: 'Use a name of 1 to 120 visible characters.',
	},
	// the directory
	LEDGER_UNKNOWN: {
		meaning: 'The ledger has no such company, partner, agreement, document or file.',
		cause: 'The name is misspelt, or it was saved in another ledger.',
		action: 'Choose it from the list, or save it first (EDI Ledger, Save).',
	},
	LEDGER_AGREEMENT_EMPTY: {
		meaning: 'An item names no agreement, so nobody knows to whom it goes.',
		cause: 'The field is empty, or its expression gave nothing for this item.',
		action: "Choose an agreement in 'Take New or Changed', or correct the expression.",
	},
	LEDGER_AGREEMENT_NOT_ONE: {
		meaning: "'The Only One There Is' was asked for, and there is none or there are several.",
		cause: 'Nobody gets these documents of this division yet, or several partners do.',
		action: "Set the partner up (template 00), or choose the agreement in 'Take New or Changed'.",
	},
	LEDGER_RETIRED: {
		meaning: 'The agreement, its company or its partner is retired.',
		cause: 'Somebody retired it in the directory.',
		action: 'Save it again in the directory to take it back into use, or choose another agreement.',
	},
	LEDGER_SETTING_INVALID: {
		meaning: 'A setting of the directory or of a ledger operation cannot be used.',
		cause: 'A value is missing or is not one of those that are possible.',
		action: 'Correct the setting that the message names.',
	},
	// documents and files
	LEDGER_DOCUMENT_INVALID: {
		meaning: 'A document has no key or no content hash that the ledger can use.',
		cause:
			'The item did not come from an Exact Online node of this package, or a node between removed the fields.',
		action: 'Connect the Exact Online node directly, or keep its fields.',
	},
	LEDGER_ALREADY_SENT: {
		meaning: 'The partner already has this version of the document.',
		cause: 'The documents did not come through Take New or Changed, or the run was repeated.',
		action:
			"Put 'Take New or Changed' before the encode node, or turn on 'Send Again' if the partner asked for it.",
	},
	LEDGER_IN_PROGRESS: {
		meaning: 'Another run is delivering this document or file at this moment.',
		cause: 'The same execution was repeated twice at once, or a replay has taken the file.',
		action: 'Wait for the other run. Nothing is lost: if it fails, replay sends the file.',
	},
	LEDGER_RESERVATION_LOST: {
		meaning: 'Another run has taken over the document since this run reserved it.',
		cause: 'The run took longer than its reservation lasts, or was repeated long after.',
		action: 'Nothing to do: the other run delivers the document.',
	},
	LEDGER_HELD: {
		meaning: 'The document waits for a decision of a person, or was decided not to be sent.',
		cause: 'Its agreement holds changed documents, or it was held after it had been reserved.',
		action: 'Release it (EDI Ledger, Release) and run the export again.',
	},
	LEDGER_FILE_NAME_TAKEN: {
		meaning: 'Another file of the same name is not delivered yet.',
		cause: 'The file-name pattern gives the same name for two files.',
		action:
			'Put the control number or the date and a sequence into the file-name pattern, or replay the other file first.',
	},
	LEDGER_NUMBER_USED: {
		meaning: 'The control number is already used for another file, or was voided.',
		cause:
			'Numbers came from two sources, a counter was put back, or an old run was repeated after its number was voided.',
		action: 'Run the export again from its start, so that new numbers are taken.',
	},
	LEDGER_NUMBERS_EXHAUSTED: {
		meaning: 'The control numbers have reached 999,999,999.',
		cause: 'The next number was set too high.',
		action: 'Agree with the partner on a new sender ID or a new start.',
	},
	LEDGER_NUMBER_LOWER: {
		meaning: 'The next control number can only be raised.',
		cause: 'The number given is below the next one, so numbers would be used twice.',
		action: 'Give a number that is higher than the next one.',
	},
	LEDGER_NOT_READY: {
		meaning: 'The state of the file does not allow this.',
		cause: 'Somebody else changed it, or it waits for a person (in doubt).',
		action: 'Look at the file in the ledger. A file in doubt is sent again by a replay on demand.',
	},
	LEDGER_OTHER_SERVER: {
		meaning: 'The agreement goes by another server or user than this credential.',
		cause:
			"Another SFTP credential is chosen than the one that the agreement's files went by before.",
		action:
			'Choose the credential of this partner, or change the server in the agreement if the partner has moved.',
	},
	LEDGER_STALE: {
		meaning:
			'The claim of the file ran out and another run has taken it; this outcome was not recorded.',
		cause: 'The upload took longer than its lease and could not renew it.',
		action: 'Nothing to do: the run that has the file now records its outcome.',
	},
	LEDGER_OVERTAKEN: {
		meaning: 'A later version of a document in the file has been sent, or is about to be.',
		cause: 'The document was changed after this file was made.',
		action: 'Send it only if the partner needs the older version: confirm that you have seen it.',
	},
	LEDGER_BYTES_GONE: {
		meaning: 'The bytes of the file are no longer kept.',
		cause: 'They were pruned after the time they are kept, or erased.',
		action: 'Export the documents again if the partner needs them.',
	},
	LEDGER_ALREADY_ANSWERED: {
		meaning: 'The received file has been answered already.',
		cause: 'Two runs picked up the same file.',
		action: 'Nothing to do: the first answer is delivered.',
	},
	LEDGER_RETENTION: {
		meaning: 'Something that must still be kept would be removed.',
		cause:
			'The party has files that are younger than the time they are kept, or that are not delivered or answered.',
		action: 'Erase the party when the time has passed; the message says when.',
	},
	LEDGER_TRANSITION: {
		meaning: 'The ledger was asked for a change of state that its table does not allow.',
		cause: 'This is a fault of the package.',
		action: 'Nothing was written. Report it with the message.',
	},
} as const satisfies ErrorCodeTable;
