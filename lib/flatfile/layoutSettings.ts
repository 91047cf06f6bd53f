import { ENCODINGS, encodingLabel } from './charset';
import type { FieldType, RecordKind } from './layout';

/**
 * Every setting of a layout once: what it is called in the node, what it means, what it takes and
 * what holds without it. The check of a layout, its JSON Schema and the node's options are made of
 * these rows.
 */
export interface Setting {
	/** What the node calls it. */
	readonly title: string;
	readonly description: string;
	readonly type: 'string' | 'integer' | 'boolean' | 'object' | 'stringOrList';
	/** What it may be, with what the node calls each. */
	readonly choices?: Readonly<Record<string, string>>;
	/** What the node offers to choose from, where other values are good as well. */
	readonly offered?: Readonly<Record<string, string>>;
	/** What holds without it; absent where that depends on the type of the field or on the run. */
	readonly default?: string | number | boolean;
	readonly placeholder?: string;
	readonly minimum?: number;
	readonly maximum?: number;
	readonly minLength?: number;
	readonly maxLength?: number;
}

export type Settings = Readonly<Record<string, Setting>>;

type More = Partial<Setting>;

const text = (title: string, description: string, more: More = {}): Setting => ({
	title,
	description,
	type: 'string',
	minLength: 1,
	...more,
});
const anyText = (title: string, description: string, more: More = {}): Setting => ({
	title,
	description,
	type: 'string',
	...more,
});
const choice = (
	title: string,
	description: string,
	choices: Readonly<Record<string, string>>,
	byDefault?: string,
): Setting => ({
	title,
	description,
	type: 'string',
	choices,
	...(byDefault === undefined ? {} : { default: byDefault }),
});
const character = (title: string, description: string, byDefault?: string): Setting => ({
	title,
	description,
	type: 'string',
	minLength: 1,
	maxLength: 1,
	...(byDefault === undefined ? {} : { default: byDefault }),
});
const whole = (
	title: string,
	description: string,
	minimum: number,
	maximum: number,
	byDefault?: number,
): Setting => ({
	title,
	description,
	type: 'integer',
	minimum,
	maximum,
	...(byDefault === undefined ? {} : { default: byDefault }),
});
const yesNo = (title: string, description: string, byDefault?: boolean): Setting => ({
	title,
	description,
	type: 'boolean',
	...(byDefault === undefined ? {} : { default: byDefault }),
});

export const LAYOUT_SETTINGS = {
	$schema: anyText('Schema', 'Where the schema of layouts is published.'),
	name: text('Layout Name', 'Name of the layout; {layout} in file names.', { default: 'layout' }),
	description: anyText('Description', 'What the layout is for.'),
	encoding: choice(
		'Encoding',
		'Character encoding of the file.',
		Object.fromEntries(ENCODINGS.map((name) => [name, encodingLabel(name)])),
		'windows-1252',
	),
	widthIn: choice(
		'Width Counts',
		'What a width counts.',
		{ characters: 'Characters', bytes: 'Bytes' },
		'characters',
	),
	characters: choice(
		'Character Policy',
		'What happens to a character that the encoding does not have: its nearest (é becomes e, ß becomes ss), the replacement character, or the document is rejected.',
		{ transliterate: 'Transliterate', replace: 'Replace', reject: 'Reject' },
		'transliterate',
	),
	replacement: character(
		'Replacement Character',
		'What stands for a character that is replaced.',
		'?',
	),
	recordSeparator: choice(
		'Record Separator',
		'What stands between two records. NEL is the new line of EBCDIC systems.',
		{ CRLF: 'CR LF (Windows)', LF: 'LF (Unix)', CR: 'CR', NEL: 'NEL (EBCDIC)', none: 'None' },
		'CRLF',
	),
	closingSeparator: yesNo(
		'Closing Separator',
		'Whether a separator follows the last record.',
		true,
	),
	recordLength: whole('Record Length', 'Every record must be exactly this long.', 1, 32_767),
	fillGaps: yesNo(
		'Fill Gaps',
		'Whether positions without a field, and short records, are filled with spaces.',
		false,
	),
	endOfFileMark: yesNo(
		'End-of-File Mark',
		'Whether the file ends with the end-of-file mark SUB (hexadecimal 1A).',
		false,
	),
	decimalMark: choice(
		'Decimal Mark',
		'Decimal mark of numbers with an explicit point.',
		{ '.': 'Point', ',': 'Comma' },
		'.',
	),
	timeZone: text('Time Zone', "IANA time zone of dates and times. The workflow's if not given.", {
		placeholder: 'e.g. Europe/Amsterdam',
	}),
	groupBy: text('Group By', 'Source path: items with the same value make a group.', {
		placeholder: 'e.g. AccountCode',
	}),
} as const satisfies Settings;

export const CSV_SETTINGS = {
	rows: choice(
		'Rows',
		'One table: a row for each line, with the fields of its document in front. Record by record: header, detail, line and trailer as in the fixed-width file.',
		{ joined: 'One Table', records: 'Record by Record' },
		'joined',
	),
	delimiter: text('Delimiter', 'What stands between two columns.', {
		maxLength: 4,
		default: ',',
		offered: { ',': 'Comma', ';': 'Semicolon', '\t': 'Tab', '|': 'Pipe' },
	}),
	quote: character('Quote', 'What stands around a value; it is doubled inside.', '"'),
	quotes: choice(
		'Quotes',
		'Which values are quoted. With never, a document with a value that needs quotes is rejected.',
		{ needed: 'Where Needed', all: 'All Values', text: 'Text', never: 'Never' },
		'needed',
	),
	headerRow: yesNo(
		'Header Row',
		'Whether the first row holds the column names. Not if not given for rows record by record.',
		true,
	),
	byteOrderMark: yesNo(
		'Byte-Order Mark',
		'Whether a UTF-8 file begins with a byte-order mark, which Excel looks for.',
		false,
	),
	neutralizeFormulas: yesNo(
		'Neutralize Formulas',
		'Whether a text that a spreadsheet would run as a formula gets an apostrophe in front. Numbers never do.',
		true,
	),
	keepDigits: yesNo(
		'Keep Digits',
		'Whether a text or date of digits is written as ="00123", so that a spreadsheet keeps its zeros and all its digits. Numbers never are.',
		false,
	),
} as const satisfies Settings;

const KIND_TITLES: Readonly<Record<RecordKind, string>> = {
	header: 'Header: once, at the top',
	groupHeader: 'Group Header: before each group',
	detail: 'Detail: one for each item',
	subDetail: 'Line: one for each line of an item',
	groupTrailer: 'Group Trailer: after each group',
	trailer: 'Trailer: once, at the end',
};

export const RECORD_SETTINGS = {
	name: text('Name', 'Name of the record; counters, counts and sums refer to it.'),
	kind: choice('Kind', 'Where the record stands.', KIND_TITLES),
	source: text('Lines Path', 'subDetail: path of the rows in the document.', { default: 'lines' }),
	required: yesNo('Required', 'subDetail: whether a document without rows is refused.', false),
} as const satisfies Settings;

const TYPE_TITLES: Readonly<Record<FieldType, string>> = {
	text: 'Text',
	integer: 'Integer',
	decimal: 'Decimal',
	date: 'Date or Time',
	boolean: 'Boolean',
	sign: 'Sign: debit or credit mark of an amount',
	constant: 'Constant: the same in every record',
	filler: 'Filler: positions without a value',
	counter: 'Counter: number of this record',
	count: 'Count: how many records there are',
	sum: 'Sum: total of a field',
};

const COMMON = {
	name: text('Name', 'Name of the field.'),
	type: choice('Type', 'What the field holds.', TYPE_TITLES),
	start: whole('Start', 'First position, from 1. Behind the field before if not given.', 1, 32_767),
	width: whole('Width', 'Positions of the field.', 1, 32_767),
	align: choice('Align', 'Numbers stand right and everything else left if not given.', {
		left: 'Left',
		right: 'Right',
	}),
	pad: character(
		'Padding',
		'What fills up the width: zeros for numbers and spaces for everything else if not given.',
	),
	csv: yesNo('In CSV', 'Whether the field is a column of the CSV. A filler is none.', true),
	column: text('Column Name in CSV', 'The name of the field if not given.', {
		placeholder: 'e.g. Invoice number',
	}),
} as const satisfies Settings;

const VALUE = {
	source: text(
		'Source',
		'Path of the value in the item, or in the line for line fields; $item. leads from a line to its item, $run. to now, partner and sequence. The name if not given.',
		{ placeholder: 'e.g. supplier.Name' },
	),
	required: yesNo('Required', 'Whether a document without a value is rejected.', false),
	optional: yesNo('Optional Source', 'Whether a document may be without the source path.', false),
	default: anyText('Default', 'The value where the document has none.', {
		placeholder: 'e.g. 0',
	}),
	emptyFill: character(
		'Empty Fill',
		'The character that fills the field where there is no value at all.',
		' ',
	),
} as const satisfies Settings;

const OVERFLOW = {
	overflow: choice(
		'Overflow',
		'What happens to a text that is too wide; nothing is cut unless this says so.',
		{ error: 'Reject the Document', truncate: 'Cut the End', truncateStart: 'Cut the Start' },
		'error',
	),
} as const satisfies Settings;

const NUMBER = {
	sign: choice('Number Sign', 'How a sign is written. Leading if not given; for counters none.', {
		none: 'None: a negative number is rejected',
		absolute: 'Absolute: no sign, beside a field of type sign',
		leading: 'Leading Minus',
		leadingPlus: 'Leading Plus or Minus',
		trailing: 'Trailing Minus',
		trailingPlus: 'Trailing Plus or Minus',
		overpunch: 'Overpunch: in the last digit, { A-I and } J-R',
		overpunchNegative: 'Overpunch, Negative Numbers Only',
	}),
	storage: choice(
		'Storage',
		'Packed and binary need "None" as record separator; their width counts bytes.',
		{
			display: 'Digits',
			packed: 'Packed Decimal (COMP-3)',
			binary: 'Binary (COMP): 2, 4 or 8 bytes',
		},
		'display',
	),
	digits: whole(
		'Digits',
		'Packed and binary: digits of the COBOL picture, in front of the point and behind it. The width follows from them.',
		1,
		31,
	),
} as const satisfies Settings;

const DECIMALS = {
	decimals: whole('Decimals', 'Digits behind the point.', 0, 18, 2),
	point: choice(
		'Decimal Point',
		'Whether the decimal mark is written (12.50) or implied (1250).',
		{ explicit: 'Explicit', implied: 'Implied' },
		'explicit',
	),
} as const satisfies Settings;

const ROUNDING = {
	rounding: choice(
		'Rounding',
		'What happens to a number with more decimals than the field.',
		{ error: 'Reject the Document', 'half-up': 'Half Up' },
		'error',
	),
	total: yesNo(
		'Total',
		'Whether the sum over the file is put into the output and the control file.',
		false,
	),
} as const satisfies Settings;

const SCOPE = choice(
	'Scope',
	'Over the file, or over each group: an item and its lines, or the items of a group.',
	{ file: 'File', group: 'Group' },
	'file',
);

const COUNTED = {
	scope: SCOPE,
	of: {
		title: 'Records',
		description: 'Names of the records that count, or * for all.',
		type: 'stringOrList',
	},
} as const satisfies Settings;

export const FIELD_SETTINGS = {
	text: {
		...COMMON,
		...VALUE,
		...OVERFLOW,
		trim: yesNo('Trim', 'Whether spaces at both ends are removed.', true),
		case: choice(
			'Case',
			'How letters are written.',
			{ asIs: 'As It Is', upper: 'Upper', lower: 'Lower' },
			'asIs',
		),
		codes: {
			title: 'Code List',
			description: "The partner's value for each value of the source.",
			type: 'object',
			placeholder: 'e.g. {"20": "OPEN", "50": "PROCESSED"}',
		},
		otherCodes: choice(
			'Codes Not in the List',
			'What happens to a value that is not in the code list.',
			{ error: 'Reject the Document', keep: 'Keep the Value' },
			'error',
		),
	},
	integer: { ...COMMON, ...VALUE, ...NUMBER, ...ROUNDING },
	decimal: { ...COMMON, ...VALUE, ...NUMBER, ...DECIMALS, ...ROUNDING },
	date: {
		...COMMON,
		...VALUE,
		format: text(
			'Format',
			"Out of yyyy yy MMM MM M dd d ooo (day of the year) HH H mm ss SSS; other letters in 'quotes'.",
			{ default: 'yyyyMMdd' },
		),
		timeZone: LAYOUT_SETTINGS.timeZone,
	},
	boolean: {
		...COMMON,
		...VALUE,
		true: text('True Text', 'What stands for yes.', { default: '1' }),
		false: text('False Text', 'What stands for no.', { default: '0' }),
	},
	sign: {
		...COMMON,
		...VALUE,
		positive: text('Positive Text', 'What stands for more than zero.', { default: '+' }),
		negative: text('Negative Text', 'What stands for less than zero.', { default: '-' }),
		zero: text('Zero Sign', 'What stands for zero. As for more than zero if not given.', {
			placeholder: 'e.g. D',
		}),
	},
	constant: { ...COMMON, ...OVERFLOW, value: anyText('Value', 'The text.') },
	filler: COMMON,
	counter: {
		...COMMON,
		...NUMBER,
		...COUNTED,
		first: whole('First Number', 'Where a counter starts.', 0, 999_999_999, 1),
	},
	count: { ...COMMON, ...NUMBER, ...COUNTED },
	sum: {
		...COMMON,
		...NUMBER,
		...DECIMALS,
		scope: SCOPE,
		of: text('Summed Field', 'The summed field as record.field.', {
			placeholder: 'e.g. line.amount',
		}),
		only: choice(
			'Only',
			'Which values a sum adds up, for debit and credit totals.',
			{ all: 'All Amounts', positive: 'Positive Amounts', negative: 'Negative Amounts' },
			'all',
		),
	},
} as const satisfies Readonly<Record<FieldType, Settings>>;

/** What holds without each setting of a table. */
export function defaultsOf(settings: Settings): Readonly<Record<string, unknown>> {
	return Object.fromEntries(
		Object.entries(settings).flatMap(([name, setting]) =>
			setting.default === undefined ? [] : [[name, setting.default]],
		),
	);
}
