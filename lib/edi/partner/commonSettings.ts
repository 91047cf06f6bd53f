import type { Setting } from './settings';

/** An agreement of the ledger has both IDs. */
export const ID_HINT = "Behind 'Take New or Changed' leave both IDs empty: the agreement has them";

/** What the setting `segmentSuffix` writes. */
export const SEGMENT_SUFFIXES = { none: '', lf: '\n', crlf: '\r\n' } as const;

/** Settings that are the same thing in both standards: one row, one word, one behaviour. */
export const COMMON_SETTINGS = {
	segmentSuffix: {
		type: 'choice',
		label: 'Segment Suffix',
		group: 'characters',
		help: 'What follows each segment terminator',
		choices: [
			{ value: 'crlf', label: 'Carriage Return and Line Feed' },
			{ value: 'lf', label: 'Line Feed' },
			{ value: 'none', label: 'None' },
		],
		default: 'none',
	},
	charactersOutside: {
		type: 'choice',
		label: 'Characters Outside the Set',
		group: 'characters',
		help: 'What becomes of characters the set does not have',
		choices: [
			{ value: 'reject', label: 'Reject Document' },
			{ value: 'replace', label: 'Replace', help: "By the 'Replacement Character'" },
			{ value: 'transliterate', label: 'Transliterate', help: 'é becomes e' },
		],
		default: 'transliterate',
	},
	replacementCharacter: {
		type: 'replacement',
		label: 'Replacement Character',
		group: 'characters',
		help: 'A space if empty',
		default: ' ',
	},
	identifierPolicy: {
		type: 'choice',
		label: 'Identifiers That Do Not Fit',
		group: 'characters',
		help: 'What becomes of a number or code that the file cannot hold as it is. A code map says it for single ones.',
		choices: [
			{
				value: 'reject',
				label: 'Reject Document',
				help: 'X12 picks other delimiters first, where none are set here',
			},
			{
				value: 'replaceAndWarn',
				label: 'Replace and Warn',
				help: 'As in texts; two that become equal are refused',
			},
		],
		default: 'reject',
	},
	capitalLetters: {
		type: 'flag',
		label: 'Capital Letters',
		group: 'characters',
		help: 'Whether texts are written in capital letters. Numbers and codes stay as they are.',
		default: false,
	},
	longText: {
		type: 'choice',
		label: 'Long Text',
		group: 'characters',
		help: 'What becomes of descriptions and streets that do not fit. Numbers are never cut.',
		choices: [
			{ value: 'cut', label: 'Cut' },
			{ value: 'reject', label: 'Reject Document' },
		],
		default: 'reject',
	},
	creditNoteAmounts: {
		type: 'choice',
		label: 'Credit Note Amounts',
		group: 'document',
		help: 'Sign of the amounts of a credit note',
		choices: [
			{ value: 'negative', label: 'Negative' },
			{ value: 'positive', label: 'Positive', help: 'The type says what they are' },
		],
		default: 'positive',
	},
	changedOrders: {
		type: 'choice',
		label: 'Changed Orders',
		group: 'document',
		help: 'What becomes of an order that the partner has and that changed or was cancelled',
		choices: [
			{ value: 'change', label: 'Order Change', help: '860 or ORDCHG' },
			{ value: 'order', label: 'Order Again', help: '850 or ORDERS that replaces the first' },
		],
		default: 'order',
	},
	omitSegments: {
		type: 'names',
		label: 'Segments to Leave Out',
		group: 'document',
		help: 'Names from the mapping reference, with commas',
	},
	sendSegments: {
		type: 'names',
		label: 'Segments to Send as Well',
		group: 'document',
		help: 'Names from the mapping reference, with commas',
	},
	codeMaps: {
		type: 'structure',
		label: 'Code Maps',
		group: 'mapping',
		help: 'The codes of the partner for yours: units, vatCodes, paymentTerms, identifiers, parties',
	},
	defaults: {
		type: 'structure',
		label: 'Default Values',
		group: 'mapping',
		help: 'Document path → text for fields that documents do not have',
	},
	guideline: {
		type: 'structure',
		label: 'Guideline',
		group: 'mapping',
		help: 'What the guideline of the partner wants, as a table in JSON or the name of a shipped one: what is left out, required, fixed or added, lengths, codes and charges',
	},
	extraSegments: {
		type: 'structure',
		label: 'Extra Segments',
		group: 'mapping',
		help: 'Segments that the partner wants beyond the default ones',
	},
} as const satisfies Readonly<Record<string, Setting>>;
