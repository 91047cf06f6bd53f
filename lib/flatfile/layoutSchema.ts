import { ENCODINGS } from './charset';
import { FIELD_TYPES, type FieldType, RECORD_KINDS } from './layout';

/** The part of JSON Schema that layouts need. */
export interface ValueSchema {
	readonly description: string;
	readonly type: 'string' | 'integer' | 'boolean' | 'object' | 'stringOrList';
	readonly enum?: readonly string[];
	readonly minimum?: number;
	readonly maximum?: number;
	readonly minLength?: number;
	readonly maxLength?: number;
}

export type Properties = Readonly<Record<string, ValueSchema>>;

const text = (description: string, more: Partial<ValueSchema> = {}): ValueSchema => ({
	description,
	type: 'string',
	minLength: 1,
	...more,
});
const anyText = (description: string): ValueSchema => ({ description, type: 'string' });
const choice = (description: string, values: readonly string[]): ValueSchema => ({
	description,
	type: 'string',
	enum: values,
});
const character = (description: string): ValueSchema => ({
	description,
	type: 'string',
	minLength: 1,
	maxLength: 1,
});
const whole = (description: string, minimum: number, maximum: number): ValueSchema => ({
	description,
	type: 'integer',
	minimum,
	maximum,
});
const yesNo = (description: string): ValueSchema => ({ description, type: 'boolean' });

export const LAYOUT_PROPERTIES: Properties = {
	$schema: anyText('Where the schema of layouts is published.'),
	name: text('Name of the layout; {layout} in file names.'),
	description: anyText('What the layout is for.'),
	encoding: choice('Character encoding of the file. Default windows-1252.', ENCODINGS),
	widthIn: choice('What a width counts. Default characters.', ['characters', 'bytes']),
	characters: choice(
		'What happens to a character that the encoding does not have. Default transliterate.',
		['transliterate', 'replace', 'reject'],
	),
	replacement: character("The character for 'replace'. Default ?."),
	recordSeparator: choice(
		'What stands between two records. NEL is the new-line of EBCDIC systems. Default CRLF.',
		['CRLF', 'LF', 'CR', 'NEL', 'none'],
	),
	closingSeparator: yesNo('Whether a separator follows the last record. Default true.'),
	recordLength: whole('Every record must be exactly this long.', 1, 32_767),
	fillGaps: yesNo('Whether positions without a field, and short records, are filled with spaces.'),
	endOfFileMark: yesNo('Whether the file ends with the end-of-file mark SUB (hexadecimal 1A).'),
	decimalMark: choice('Decimal mark of explicit decimals. Default point.', ['.', ',']),
	timeZone: text("IANA time zone of dates and times. Default the workflow's."),
	groupBy: text('Source path: rows with the same value make a group.'),
};

export const CSV_PROPERTIES: Properties = {
	rows: choice(
		'joined: one table, a row for each sub-detail with the fields of its document. records: one row for each record of the layout.',
		['joined', 'records'],
	),
	delimiter: text('Between columns. Default a comma.', { maxLength: 4 }),
	quote: character('Default the double quote; it is doubled inside a value.'),
	quotes: choice('Which values are quoted. Default needed.', ['needed', 'all', 'text', 'never']),
	headerRow: yesNo('Whether the first row holds the column names. Default true for joined rows.'),
	byteOrderMark: yesNo('Whether a UTF-8 file begins with a byte-order mark. Default false.'),
	neutralizeFormulas: yesNo(
		'Whether a text that a spreadsheet would run as a formula gets an apostrophe in front. Numbers never do. Default true.',
	),
	keepDigits: yesNo(
		'Whether a text or date of digits is written as ="00123", so that a spreadsheet keeps its zeros and all its digits. Numbers never are. Default false.',
	),
};

export const RECORD_PROPERTIES: Properties = {
	name: text('Name of the record; counters, counts and sums refer to it.'),
	kind: choice('Where the record stands.', RECORD_KINDS),
	source: text('subDetail: path of the rows in the document. Default lines.'),
	required: yesNo('subDetail: whether a document without rows is refused. Default false.'),
};

const COMMON: Properties = {
	name: text('Name of the field.'),
	type: choice('What the field holds.', FIELD_TYPES),
	start: whole('First position, from 1. Default behind the field before.', 1, 32_767),
	width: whole('Positions of the field.', 1, 32_767),
	align: choice('Default left, numbers right.', ['left', 'right']),
	pad: character('What fills the field. Default a space, numbers zeros.'),
	csv: yesNo('Whether the field is a column of the CSV. Default true, filler false.'),
	column: text('Column name in the CSV. Default the name.'),
};

const VALUE: Properties = {
	source: text(
		'Path of the value, such as supplier.Name; $item. leads from a line to its document, $run. to now, partner, sequence. Default the name.',
	),
	required: yesNo('Whether a document without a value is refused. Default false.'),
	optional: yesNo('Whether the source path may be absent. Default false.'),
	default: anyText('The value where the document has none.'),
	emptyFill: character('What fills the field where there is no value at all. Default a space.'),
};

const OVERFLOW: Properties = {
	overflow: choice('What happens to a value that is too wide. Default error.', [
		'error',
		'truncate',
		'truncateStart',
	]),
};

const NUMBER: Properties = {
	sign: choice('How a sign is written. Default leading; for counters and counts none.', [
		'none',
		'absolute',
		'leading',
		'leadingPlus',
		'trailing',
		'trailingPlus',
		'overpunch',
		'overpunchNegative',
	]),
	storage: choice(
		'packed: binary-coded decimal (COMP-3). binary: big-endian integer of 2, 4 or 8 bytes (COMP). The width counts bytes.',
		['display', 'packed', 'binary'],
	),
	digits: whole(
		'packed, binary: digits of the COBOL picture, in front of the point and behind it. The width follows from it.',
		1,
		31,
	),
};

const DECIMALS: Properties = {
	decimals: whole('Digits behind the point. Default 2.', 0, 18),
	point: choice('Whether the decimal mark is written. Default explicit.', ['explicit', 'implied']),
};

const ROUNDING: Properties = {
	rounding: choice('What happens to more decimals than the field has. Default error.', [
		'error',
		'half-up',
	]),
	total: yesNo('Whether the sum over the file is reported and put into the control file.'),
};

const OF_RECORDS: ValueSchema = {
	description: 'Names of the records that count, or * for all.',
	type: 'stringOrList',
};
const SCOPE = choice('Over the file or over each group. Default file.', ['file', 'group']);

export const FIELD_PROPERTIES: Readonly<Record<FieldType, Properties>> = {
	text: {
		...COMMON,
		...VALUE,
		...OVERFLOW,
		trim: yesNo('Whether spaces at both ends are removed. Default true.'),
		case: choice('Default asIs.', ['asIs', 'upper', 'lower']),
		codes: { description: "Values by the source's codes.", type: 'object' },
		otherCodes: choice("What happens to a value that is not in 'codes'. Default error.", [
			'error',
			'keep',
		]),
	},
	integer: { ...COMMON, ...VALUE, ...NUMBER, ...ROUNDING },
	decimal: { ...COMMON, ...VALUE, ...NUMBER, ...DECIMALS, ...ROUNDING },
	date: {
		...COMMON,
		...VALUE,
		format: text(
			"yyyy yy MM M MMM dd d ooo (day of the year) HH H mm ss SSS; other letters in 'quotes'. Default yyyyMMdd.",
		),
		timeZone: text('IANA time zone for instants. Default the layout’s.'),
	},
	boolean: {
		...COMMON,
		...VALUE,
		true: text('Default 1.'),
		false: text('Default 0.'),
	},
	sign: {
		...COMMON,
		...VALUE,
		positive: text('Default +.'),
		negative: text('Default -.'),
		zero: text('Default as positive.'),
	},
	constant: { ...COMMON, ...OVERFLOW, value: anyText('The text.') },
	filler: COMMON,
	counter: {
		...COMMON,
		...NUMBER,
		scope: SCOPE,
		of: OF_RECORDS,
		first: whole('Number of the first record. Default 1.', 0, 999_999_999),
	},
	count: { ...COMMON, ...NUMBER, scope: SCOPE, of: OF_RECORDS },
	sum: {
		...COMMON,
		...NUMBER,
		...DECIMALS,
		scope: SCOPE,
		of: text('The summed field as record.field.'),
		only: choice('Default all.', ['all', 'positive', 'negative']),
	},
};

/** What a value should have been, in words; undefined where it is right. */
export function expectation(schema: ValueSchema, value: unknown): string | undefined {
	switch (schema.type) {
		case 'boolean':
			return typeof value === 'boolean' ? undefined : 'true or false';
		case 'integer': {
			const minimum = schema.minimum ?? 0;
			const maximum = schema.maximum ?? Number.MAX_SAFE_INTEGER;
			const right =
				typeof value === 'number' &&
				Number.isInteger(value) &&
				value >= minimum &&
				value <= maximum;
			return right ? undefined : `a whole number from ${minimum} to ${maximum}`;
		}
		case 'object': {
			const right =
				typeof value === 'object' &&
				value !== null &&
				!Array.isArray(value) &&
				Object.values(value).every((entry) => typeof entry === 'string');
			return right ? undefined : 'an object of texts, such as {"20": "OPEN"}';
		}
		case 'stringOrList': {
			const list = Array.isArray(value) ? value : [value];
			const right =
				list.length > 0 && list.every((entry) => typeof entry === 'string' && entry !== '');
			return right ? undefined : 'a record name, a list of record names, or "*"';
		}
		case 'string':
			return textExpectation(schema, value);
	}
}

function textExpectation(schema: ValueSchema, value: unknown): string | undefined {
	if (schema.enum !== undefined) {
		const right = typeof value === 'string' && schema.enum.includes(value);
		return right ? undefined : `one of ${schema.enum.join(', ')}`;
	}
	const length = typeof value === 'string' ? [...value].length : -1;
	if (schema.maxLength === 1) return length === 1 ? undefined : 'exactly one character';
	const right = length >= (schema.minLength ?? 0) && length <= (schema.maxLength ?? Infinity);
	if (right) return undefined;
	return schema.maxLength === undefined ? 'a text' : `a text of at most ${schema.maxLength}`;
}

function toJsonSchema(schema: ValueSchema): Record<string, unknown> {
	const { type, ...rest } = schema;
	if (type === 'object') return { ...rest, type, additionalProperties: { type: 'string' } };
	if (type !== 'stringOrList') return { ...rest, type };
	return {
		...rest,
		oneOf: [
			{ type: 'string', minLength: 1 },
			{ type: 'array', minItems: 1, items: { type: 'string', minLength: 1 } },
		],
	};
}

function propertiesSchema(properties: Properties): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(properties).map(([name, schema]) => [name, toJsonSchema(schema)]),
	);
}

function fieldSchema(type: FieldType): Record<string, unknown> {
	const required = ['name', 'type'];
	if (type === 'constant') required.push('value');
	if (type === 'sum') required.push('of');
	return {
		title: type,
		type: 'object',
		properties: { ...propertiesSchema(FIELD_PROPERTIES[type]), type: { const: type } },
		required,
		additionalProperties: false,
	};
}

/** The published JSON Schema, `docs/layout.schema.json`: made of the tables that validate. */
export function layoutJsonSchema(): Record<string, unknown> {
	return {
		$schema: 'https://json-schema.org/draft/2020-12/schema',
		title: 'Layout of a fixed-width or CSV file',
		type: 'object',
		properties: {
			...propertiesSchema(LAYOUT_PROPERTIES),
			csv: {
				type: 'object',
				description: 'How the same layout is written as CSV.',
				properties: propertiesSchema(CSV_PROPERTIES),
				additionalProperties: false,
			},
			records: {
				type: 'array',
				minItems: 1,
				description: 'In the order of the file.',
				items: {
					type: 'object',
					properties: {
						...propertiesSchema(RECORD_PROPERTIES),
						fields: {
							type: 'array',
							minItems: 1,
							items: { oneOf: FIELD_TYPES.map(fieldSchema) },
						},
					},
					required: ['name', 'kind', 'fields'],
					additionalProperties: false,
				},
			},
		},
		required: ['name', 'records'],
		additionalProperties: false,
	};
}
