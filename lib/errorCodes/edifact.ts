import type { ErrorCodeTable } from './entry';

/** Codes of `lib/edi/edifact`; every code begins with EDIFACT_. */
export const edifactErrorCodes = {
	EDIFACT_INVALID_OPTION: {
		meaning: 'A setting of the EDIFACT partner profile cannot be used.',
		cause: 'The setting is missing, misspelt, too long, or does not go with another one.',
		action: 'Correct the setting that the message names.',
	},
	EDIFACT_INVALID_EXTRA_SEGMENT: {
		meaning: 'An extra segment of the partner profile cannot be written.',
		cause:
			'The template names a segment, component or code that the directory does not have there.',
		action:
			'Correct the template as the message says; the reference page lists what the message can hold.',
	},
	EDIFACT_UNKNOWN_DOCUMENT: {
		meaning: 'The document is of a type that EDIFACT output does not cover.',
		cause: 'No message is made of documents of this type.',
		action: 'Route such documents to another node.',
	},
	EDIFACT_MISSING_VALUE: {
		meaning: 'A value that the message needs is missing in the document.',
		cause: 'The field is empty in the source, or a join that fills it was left out.',
		action: 'Fill the field in the source, or give a default for it in the partner settings.',
	},
	EDIFACT_VALUE_TOO_LONG: {
		meaning: 'A value is longer than its component of the segment.',
		cause:
			'The directory limits the length of every component; numbers, codes and names are never cut.',
		action: 'Shorten the value in the source, map it with a code map, or leave the segment out.',
	},
	EDIFACT_INVALID_CODE: {
		meaning: "A code is not in the directory's list for its component.",
		cause:
			'The partner uses a code of a later directory or of a guideline, or the code is misspelt.',
		action:
			'Use a code of the list, or name it under additional codes if the partner agreed to it.',
	},
	EDIFACT_INVALID_VALUE: {
		meaning: 'A value does not have the form of its component: a number, a date, a text.',
		cause: 'The document holds something else than the component can carry.',
		action: 'Correct the field that the message names.',
	},
	EDIFACT_CHARACTER_NOT_ALLOWED: {
		meaning: 'A text holds a character that the chosen character set cannot carry.',
		cause: 'UNOA and UNOB hold plain letters only; UNOC to UNOK hold one ISO 8859 set each.',
		action: 'Choose a wider character set (UNOC, UNOY), or let such characters be replaced.',
	},
	EDIFACT_IDENTIFIER_CHANGED: {
		meaning: 'A number or code is sent with other characters than it has (a warning).',
		cause:
			"It holds a character outside the partner's set, and 'Identifiers That Do Not Fit' is 'Replace and Warn'.",
		action: "Nothing, if the partner knows it so; else map it in the code map 'Number or Code'.",
	},
	EDIFACT_TOO_MANY: {
		meaning: 'A segment or segment group occurs more often than the message allows.',
		cause: 'The document has more lines, texts or references than the message can hold there.',
		action: 'Split the document, or leave out segments that the partner does not need.',
	},
	EDIFACT_STRUCTURE: {
		meaning: 'A segment that the message needs is missing or has no place.',
		cause: 'A segment was left out by the partner settings though the message needs it.',
		action: 'Send the segment that the message names.',
	},
	EDIFACT_UNKNOWN_UNIT: {
		meaning: 'A unit of measure has no UN Recommendation 20 code.',
		cause: 'Units are free codes in the source system; the partner needs a common one.',
		action: 'Add the unit to the units code map of the partner, such as stuk = PCE.',
	},
	EDIFACT_VAT_DIFFERS: {
		meaning: 'The booked VAT is not the rate times the taxable amount.',
		cause: 'The supplier rounds per line, or the VAT was corrected by hand when it was booked.',
		action: 'Nothing, if the booked VAT is right: it is what was sent.',
	},
	EDIFACT_VALUE_LEFT_OUT: {
		meaning: 'A value was left out because the message has no room for it.',
		cause: 'The value is not essential and longer than the directory allows.',
		action: 'Shorten the value in the source if the partner needs it.',
	},
	EDIFACT_NOTHING_TO_ENCODE: {
		meaning: 'An interchange without messages was asked for.',
		cause: 'The run had no documents, or all of them were rejected.',
		action: 'Do not write a file when there are no documents.',
	},
	EDIFACT_CONTROL_NUMBER: {
		meaning: 'A control reference cannot be used.',
		cause:
			'It is empty, longer than 14 characters, or holds a character outside the character set.',
		action: 'Give each interchange its own number of at most 14 digits.',
	},
	EDIFACT_OUTPUT_DIFFERS: {
		meaning: 'What was written does not read back as what was meant; the file was not handed on.',
		cause: 'A defect of the encoder or of the settings of the service characters.',
		action: 'Report it with the settings of the partner; turning Verify Output off is no remedy.',
	},
} as const satisfies ErrorCodeTable;
