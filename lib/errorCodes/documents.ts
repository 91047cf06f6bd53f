import type { ErrorCodeTable } from './entry';

/** Codes of `lib/documents`; every code begins with DOCUMENT_. */
export const documentsErrorCodes = {
	DOCUMENT_TYPE_UNKNOWN: {
		meaning: 'The input is not a business document this package knows.',
		cause:
			"The item has no 'type' of invoice, purchaseOrder or remittance, and no Exact Online key field.",
		action:
			'Connect the Exact Online node, or build a neutral document as described in docs/mapping.md.',
	},
	DOCUMENT_FIELD_MISSING: {
		meaning: 'A field that every document of this kind must have is empty.',
		cause: 'The source record is incomplete, or an earlier node dropped the field.',
		action: 'Fill the field named in the message at the source, or set a default for it.',
	},
	DOCUMENT_FIELD_INVALID: {
		meaning: 'A field holds a value of the wrong form.',
		cause:
			'Dates are YYYY-MM-DD, amounts plain decimals such as 1234.50, currencies three capital letters.',
		action: 'Correct the value named in the message.',
	},
	DOCUMENT_FIELD_UNKNOWN: {
		meaning: 'The document has a field that no rule reads.',
		cause: 'Usually a typing mistake in the name of an optional field.',
		action: "Correct the name, or put fields of your own under 'custom'.",
	},
	DOCUMENT_NO_LINES: {
		meaning: 'The document has no lines.',
		cause: 'An empty booking, or the lines were not read.',
		action: "Read the document with 'Include' > 'Lines', or leave it out.",
	},
	DOCUMENT_TOTALS_MISMATCH: {
		meaning: 'The lines and the taxes of the document do not add up to its total.',
		cause:
			'A booking with a difference, lines missing from the input, or amounts changed on the way.',
		action: 'Compare the numbers in the message with the booking and correct it at the source.',
	},
	DOCUMENT_LINE_AMOUNT_MISMATCH: {
		meaning: 'Quantity times unit price, less the discount, is not the amount of the line.',
		cause:
			'The price is for another unit than the one that is sent (a piece, where boxes are ordered), or one of the values is wrong.',
		action:
			"Correct the line at the source. If the prices of your purchase lines are for item units, set 'Price For' under 'Source Options' to 'One Item Unit'.",
	},
	DOCUMENT_LINE_AMOUNT_ROUNDED: {
		meaning:
			'Quantity times unit price, less the discount, differs from the amount by rounding (a warning).',
		cause: 'The price was rounded at the source. The booked amount is what is written.',
		action: 'Check the line if your partner recalculates amounts.',
	},
	DOCUMENT_TOTAL_NOT_POSITIVE: {
		meaning: 'The total of a remittance advice is zero or less.',
		cause: 'Credit notes in the group are as large as the invoices paid, so nothing was paid.',
		action: 'Nothing needs to be sent; settle the credit notes with a later payment.',
	},
	DOCUMENT_GLN_CHECK_DIGIT: {
		meaning: 'A Global Location Number is not 13 digits with a correct check digit.',
		cause: 'A typing mistake in the master data.',
		action:
			'Correct the GLN in the account, or empty it; partners refuse a GLN that does not check.',
	},
	DOCUMENT_GTIN_CHECK_DIGIT: {
		meaning: 'A GTIN (EAN, UPC) is not 8, 12, 13 or 14 digits with a correct check digit.',
		cause: 'A typing mistake, or a number of another kind in the field for the GTIN.',
		action:
			"Correct the GTIN, or leave it empty and send the number as the item code ('item.code' or 'item.supplierCode').",
	},
	DOCUMENT_IBAN_CHECK_DIGITS: {
		meaning: 'A bank account number looks like an IBAN, and its check digits are wrong.',
		cause: 'A typing mistake in the master data.',
		action: 'Correct the IBAN in the account.',
	},
	DOCUMENT_KEY_INVALID: {
		meaning: 'A text is not a document key.',
		cause: 'Keys look like exact:<division>:<resource>:<id>.',
		action: "Use the key from 'document.key' of an Exact Online item or from the ledger.",
	},
	DOCUMENT_TYPE_UNEXPECTED: {
		meaning: "The document is of another type than 'Document Type' says.",
		cause: 'Items of several kinds come in, or the wrong resource is read.',
		action: "Set 'Document Type' to 'Automatic', or filter the items before.",
	},
	DOCUMENT_REPEATED: {
		meaning: 'The same document came twice in one run.',
		cause: 'An earlier node hands over several versions of it.',
		action: 'Nothing to do: the last version is the one encoded.',
	},
	DOCUMENT_UNCHANGED: {
		meaning: 'The document was sent before with the same content.',
		cause: "'Document Change' says 'unchanged'.",
		action: 'Nothing to do; to send it again, use the form of the export workflow.',
	},
	DOCUMENT_HELD: {
		meaning: 'The document was sent before with other content and is held.',
		cause:
			"'Changed Documents' is 'Hold', or the document is a payment, which no message can replace.",
		action: 'Agree with the partner what to do, then send it again by the form.',
	},
	DOCUMENT_REFUSED: {
		meaning: 'Some documents cannot be encoded, and the run was to stop in that case.',
		cause: "'On Invalid Document' is 'Stop'.",
		action:
			"Correct the fields named, or set 'On Invalid Document' to 'Reject Document' so that the others go on.",
	},
	DOCUMENT_SETTING_INVALID: {
		meaning: 'A setting of the node cannot be used.',
		cause: 'Usually an expression that gives nothing or something else than meant.',
		action: 'Correct the setting named in the message.',
	},
} as const satisfies ErrorCodeTable;
