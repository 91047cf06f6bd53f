import type { ErrorCodeTable } from './entry';

/** Codes of `lib/flatfile`; every code begins with FLATFILE_. */
export const flatfileErrorCodes = {
	FLATFILE_LAYOUT_NOT_JSON: {
		meaning: 'The layout is not JSON.',
		cause: 'A comma or bracket is missing, or something else was pasted.',
		action: 'Paste a layout as docs/layouts.md describes it, or export one from another node.',
	},
	FLATFILE_LAYOUT_INVALID: {
		meaning: 'The layout cannot be used; its issues say why.',
		cause: 'A record or a field of the layout has a setting that is missing or wrong.',
		action: 'Correct each field the issues name. docs/layouts.md lists every setting.',
	},
	FLATFILE_LAYOUT_PROPERTY: {
		meaning: 'A setting of the layout is unknown, missing or has a wrong value.',
		cause: 'Usually a typing mistake, or a setting that belongs to another type of field.',
		action: 'Use the setting and the values that the message names.',
	},
	FLATFILE_LAYOUT_POSITION: {
		meaning: 'Fields overlap, leave positions free, or do not add up to the record length.',
		cause: 'A start or a width differs from the specification, or a field is missing.',
		action:
			"Correct the start or width that the message names, add a field of type 'filler', or set 'fillGaps'.",
	},
	FLATFILE_LAYOUT_REFERENCE: {
		meaning: 'A counter, count or sum refers to a record or field that does not exist.',
		cause: 'The record or field was renamed, or the name is misspelled.',
		action: 'Use one of the names that the message lists.',
	},
	FLATFILE_LAYOUT_COMBINATION: {
		meaning: 'Two settings of the layout contradict each other.',
		cause: 'For example zeros behind a number, or packed numbers in a file with line breaks.',
		action: 'Change one of the two settings that the message names.',
	},
	FLATFILE_LIST_UNREADABLE: {
		meaning: 'The field list cannot be read as a list of fields.',
		cause: 'Its header row or its delimiter was not found, or it has no rows.',
		action:
			"Name the columns 'name', 'start', 'length', 'type' and 'decimals', and check the 'Extract from File' node.",
	},
	FLATFILE_LIST_COLUMN: {
		meaning: 'A column of the field list was not used.',
		cause: 'Its header is not one of the known words.',
		action: 'Nothing, where the column says nothing of the layout; otherwise rename its header.',
	},
	FLATFILE_LIST_ROW: {
		meaning: 'A row of the field list was left out.',
		cause: 'It has no name.',
		action: 'Give the row a name, or remove it from the list.',
	},
	FLATFILE_LIST_POSITION: {
		meaning: 'Positions of the field list overlap, leave gaps or contradict each other.',
		cause: 'A start, an end or a length is wrong, or a field is missing.',
		action: "Compare the rows that the message names with the partner's specification.",
	},
	FLATFILE_LIST_TYPE: {
		meaning: 'The type of a field is doubtful.',
		cause: 'The list has no type, no date format, or a word that can mean several things.',
		action: "Compare the field in the layout with the partner's specification.",
	},
	FLATFILE_LIST_OPEN: {
		meaning: 'The field list does not say something that a layout needs.',
		cause: 'Lists seldom say how signs and points are written, and never where a value comes from.',
		action: 'Set what the message names in the layout.',
	},
	FLATFILE_LIST_RECORD: {
		meaning: 'Where records of the field list stand was read from their names.',
		cause: 'The list has several records.',
		action: "Correct 'kind' of the records in the layout where it is wrong.",
	},
	FLATFILE_PRESET_UNKNOWN: {
		meaning: 'There is no preset of this name.',
		cause: 'The name came from an expression or from a newer version of the package.',
		action: 'Choose one of the presets in the list.',
	},
	FLATFILE_OPTION_INVALID: {
		meaning: 'A setting of the file is missing or has a wrong value.',
		cause: 'An expression gave an empty or an unexpected value.',
		action: 'Correct the setting that the message names.',
	},
	FLATFILE_SOURCE_MISSING: {
		meaning: 'The source path of a field does not exist in the document.',
		cause: 'A typing mistake, or data that the Exact Online node was not asked to include.',
		action:
			"Correct the source, turn on the matching 'Include' in the Exact Online node, or mark the field optional.",
	},
	FLATFILE_VALUE_MISSING: {
		meaning: 'A required field has no value.',
		cause: 'The document does not have it.',
		action: 'Fill it at the source, or give the field a default.',
	},
	FLATFILE_VALUE_INVALID: {
		meaning: 'A value does not have the type of its field.',
		cause:
			'A text in a number field, NaN or Infinity from a calculation, an object instead of a value.',
		action: 'Correct the value at the source, the source path, or the type of the field.',
	},
	FLATFILE_VALUE_NEGATIVE: {
		meaning: 'A negative number stands in a field without a sign.',
		cause: 'A credit note or correction, and a layout that knows no sign.',
		action:
			"Set 'sign' of the field: leading, trailing or overpunch; 'absolute' beside a field of type 'sign'.",
	},
	FLATFILE_VALUE_DECIMALS: {
		meaning: 'A number has more decimals than its field.',
		cause: 'A price or a rate is finer than the partner takes.',
		action: "Give the field more decimals, or set 'rounding' to 'half-up'.",
	},
	FLATFILE_VALUE_TOO_LONG: {
		meaning: 'A value is wider than its field.',
		cause: "The partner's field is too narrow for this document. Nothing is ever cut on its own.",
		action: "Widen the field, shorten the value at the source, or set 'overflow' to 'truncate'.",
	},
	FLATFILE_DATE_INVALID: {
		meaning: 'A value is not a date.',
		cause: 'Dates are read as YYYY-MM-DD or as an ISO 8601 date and time.',
		action: "Correct the value, or use the Exact Online node's Simplified output.",
	},
	FLATFILE_CHARACTER: {
		meaning: 'A value holds a character that the encoding of the file does not have.',
		cause: 'For example an emoji in an ISO-8859-1 file, or a line break in a fixed-width record.',
		action:
			'Remove the character, choose another encoding, or set the character policy to replace.',
	},
	FLATFILE_CODE_UNMAPPED: {
		meaning: "The field's code list has no entry for a value.",
		cause: 'A new code in Exact Online, or one that was forgotten.',
		action: "Add the code to 'codes' of the field, or set 'otherCodes' to 'keep'.",
	},
	FLATFILE_NO_LINES: {
		meaning: 'A document has no rows for a record that must be there.',
		cause: 'The lines were not read, or the booking is empty.',
		action: "Turn on 'Include Lines' in the Exact Online node.",
	},
	FLATFILE_CSV_UNQUOTABLE: {
		meaning: 'A value holds the delimiter or a line break, and quoting is off.',
		cause: 'Without quotes the reader would see another column or row.',
		action: "Set 'quotes' to 'needed', or choose another delimiter.",
	},
	FLATFILE_TRUNCATED: {
		meaning: 'A value was cut, as its field says.',
		cause: "The field has 'overflow' truncate and the value is wider.",
		action: 'Nothing, where the loss is acceptable.',
	},
	FLATFILE_DOCUMENTS_REJECTED: {
		meaning: "Documents do not fit the layout, and 'On Invalid Document' is set to stop.",
		cause: 'At least one value cannot be written as the layout says.',
		action: "Correct what the issues name, or set 'On Invalid Document' to 'Reject Document'.",
	},
	FLATFILE_FILE_INVALID: {
		meaning: 'A record of the file itself, such as the trailer, cannot be written.',
		cause: 'Usually a total that is wider than its field.',
		action: 'Widen the field that the issues name.',
	},
} as const satisfies ErrorCodeTable;
