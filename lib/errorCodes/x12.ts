import type { ErrorCodeTable } from './entry';

/** Codes of `lib/edi/x12`; every code begins with X12_. */
export const x12ErrorCodes = {
	X12_INVALID_OPTION: {
		meaning: 'A setting of the X12 partner profile cannot be used.',
		cause: 'A value is missing, too long, misspelt or contradicts another setting.',
		action: 'Correct the setting the message names.',
	},
	X12_UNKNOWN_DOCUMENT: {
		meaning: 'The document is of a type that X12 output does not cover.',
		cause: 'No set is made of documents of this type.',
		action: 'Route such documents to another node.',
	},
	X12_NO_LINES: {
		meaning: 'The document has no lines.',
		cause: 'The entry is a draft, or its lines were not included when reading.',
		action: 'Add lines in Exact Online, or include lines when reading.',
	},
	X12_MANDATORY_MISSING: {
		meaning: 'A field that the partner must get is empty.',
		cause: 'It was not filled in, or not included when reading.',
		action: 'Fill in the field the message names, or set a default for missing fields.',
	},
	X12_VALUE_TOO_LONG: {
		meaning: 'A value has more characters or digits than its element can hold.',
		cause: 'Numbers and codes are never cut; texts are continued where X12 allows it.',
		action: 'Shorten the field the message names, or allow cutting of descriptive texts.',
	},
	X12_VALUE_INVALID: {
		meaning: 'A value is not what its element may hold.',
		cause: 'It has the wrong form, is too short, or is not a code of the list.',
		action: 'Correct the field the message names, or map it in the code maps.',
	},
	X12_STRUCTURE_INVALID: {
		meaning: 'A segment stands where the transaction set does not allow it, or too often.',
		cause: 'Extra segments, or more references, parties or taxes than the set can hold.',
		action: 'Remove or move the extra segment the message names.',
	},
	X12_CHARACTER_NOT_ALLOWED: {
		meaning: "A text has a character outside the partner's character set.",
		cause: 'The profile rejects such characters, or there is no fair substitute.',
		action: 'Change the text, or choose another character set or replacement.',
	},
	X12_DELIMITER_IN_DATA: {
		meaning: 'A text has a character that is a delimiter of the interchange.',
		cause: 'X12 cannot escape delimiters, and the profile rejects them in data.',
		action: 'Change the text, or let the profile replace it or pick other delimiters.',
	},
	X12_IDENTIFIER_CHANGED: {
		meaning: 'A number or code is sent with other characters than it has (a warning).',
		cause:
			"It holds a delimiter or a character outside the partner's set, and 'Identifiers That Do Not Fit' is 'Replace and Warn'.",
		action: "Nothing, if the partner knows it so; else map it in the code map 'Number or Code'.",
	},
	X12_DELIMITERS_PICKED: {
		meaning:
			'A number or code has a delimiter in it, so the file has other delimiters (a warning).',
		cause: 'X12 cannot escape delimiters, and no delimiters are set for the partner.',
		action:
			'Nothing: partners read the delimiters from the ISA segment. If yours wants certain ones, set them.',
	},
	X12_VALUE_LEFT_OUT: {
		meaning: 'A phone number or e-mail address is not sent (a warning).',
		cause: "The partner's character set cannot hold it, or it holds a delimiter.",
		action: 'Nothing, or choose another character set or other delimiters.',
	},
	X12_UNIT_WITHOUT_CODE: {
		meaning: 'A unit has no X12 code (data element 355).',
		cause: 'The unit of Exact Online is not in the code map.',
		action: 'Add the unit to the code map of units.',
	},
	X12_AMOUNT_NOT_REPRESENTABLE: {
		meaning: 'An amount cannot be written with two decimals.',
		cause: 'It has more decimals, or is no amount at all.',
		action: 'Correct the amount the message names.',
	},
	X12_TOTAL_MISMATCH: {
		meaning: 'The lines and taxes do not add up to the total.',
		cause: 'The booking is incomplete, or lines are missing.',
		action: 'Correct the booking in Exact Online.',
	},
	X12_LINE_AMOUNT_MISMATCH: {
		meaning: 'Quantity times price is far from the amount of the line.',
		cause: 'A discount is missing, or one of the three is wrong.',
		action: 'Correct the line, or fill in its discount.',
	},
	X12_LINE_AMOUNT_ROUNDED: {
		meaning: 'Quantity times price differs a little from the amount of the line.',
		cause: 'The price was rounded.',
		action: 'Nothing: the difference is sent as an allowance or charge.',
	},
	X12_INCOTERM_NOT_SENT: {
		meaning: 'The delivery term of an order is not in the file (a warning).',
		cause: 'X12 004010 and 005010 have codes for the Incoterms of 2000 and before only.',
		action: 'Use an older term, send it in an extra segment, or leave out the segment FOB.',
	},
	X12_NOTHING_TO_PAY: {
		meaning: 'The remittance adds up to zero or less.',
		cause: 'Credit notes outweigh the invoices.',
		action: 'Let further invoices join the group; nothing is paid, so nothing is advised.',
	},
	X12_INVALID_ENVELOPE: {
		meaning: 'A control number or the time of the interchange has the wrong form.',
		cause: 'ISA13 needs nine digits; GS06 has one to nine digits and no leading zeros.',
		action: 'Check the control number source.',
	},
	X12_EMPTY_INTERCHANGE: {
		meaning: 'There is nothing to put into the interchange.',
		cause: 'No document was given, or all were rejected.',
		action: 'Nothing, if the run was meant to be empty; else look at the rejected documents.',
	},
	X12_READ_BACK_DIFFERS: {
		meaning: 'An independent reader does not find in the file what was meant to be there.',
		cause: 'A defect in this package; the file was not sent.',
		action: 'Report it with the message; do not switch Verify Output off.',
	},
} as const satisfies ErrorCodeTable;
