import type { CharacterPolicy } from '../text';
import type { EncodingName } from './charset';

export type FlatFileFormat = 'fixed-width' | 'csv';

export const RECORD_KINDS = [
	'header',
	'groupHeader',
	'detail',
	'subDetail',
	'groupTrailer',
	'trailer',
] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

export const FIELD_TYPES = [
	'text',
	'integer',
	'decimal',
	'date',
	'boolean',
	'sign',
	'constant',
	'filler',
	'counter',
	'count',
	'sum',
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

export type SignStyle =
	| 'none'
	| 'absolute'
	| 'leading'
	| 'leadingPlus'
	| 'trailing'
	| 'trailingPlus'
	| 'overpunch'
	| 'overpunchNegative';

export type SumOnly = 'all' | 'positive' | 'negative';

/** A field with every default filled in; `type` says which settings mean something. */
export interface Field {
	readonly name: string;
	readonly type: FieldType;
	readonly source: string;
	/** From 1; undefined in a layout without widths (CSV only). */
	readonly start: number | undefined;
	readonly width: number | undefined;
	readonly align: 'left' | 'right';
	readonly pad: string;
	readonly overflow: 'error' | 'truncate' | 'truncateStart';
	readonly required: boolean;
	readonly optional: boolean;
	readonly default: string | undefined;
	/** The character that fills the field where it has no value. */
	readonly emptyFill: string;
	readonly csv: boolean;
	readonly column: string;

	readonly trim: boolean;
	readonly letterCase: 'asIs' | 'upper' | 'lower';
	readonly codes: ReadonlyMap<string, string> | undefined;
	readonly otherCodes: 'error' | 'keep';

	readonly decimals: number;
	readonly point: 'explicit' | 'implied';
	readonly sign: SignStyle;
	readonly storage: 'display' | 'packed' | 'binary';
	/** Packed and binary: digits of the COBOL picture, which the width follows from. */
	readonly digits: number | undefined;
	readonly rounding: 'error' | 'half-up';
	readonly total: boolean;

	readonly format: string;
	readonly timeZone: string | undefined;

	readonly trueText: string;
	readonly falseText: string;
	/** Constant text; for `sign`: what stands for more than zero, less than zero and zero. */
	readonly value: string;
	readonly positive: string;
	readonly negative: string;
	readonly zero: string;

	readonly scope: 'file' | 'group';
	/** Record names; for `sum` one `record.field`. */
	readonly of: readonly string[];
	readonly only: SumOnly;
	readonly first: number;
}

export interface RecordLayout {
	readonly name: string;
	readonly kind: RecordKind;
	/** Sub-detail: the path of the rows in the document. */
	readonly source: string;
	/** Sub-detail: a document without rows is refused. */
	readonly required: boolean;
	readonly fields: readonly Field[];
	/** In the layout's width unit; 0 in a layout without widths. */
	readonly length: number;
}

export interface CsvSettings {
	readonly rows: 'joined' | 'records';
	readonly delimiter: string;
	readonly quote: string;
	readonly quotes: 'needed' | 'all' | 'text' | 'never';
	readonly headerRow: boolean;
	readonly byteOrderMark: boolean;
	readonly neutralizeFormulas: boolean;
	readonly keepDigits: boolean;
}

export interface Layout {
	readonly name: string;
	readonly encoding: EncodingName;
	readonly widthIn: 'characters' | 'bytes';
	readonly characters: CharacterPolicy;
	readonly replacement: string;
	readonly recordSeparator: 'CRLF' | 'LF' | 'CR' | 'NEL' | 'none';
	readonly closingSeparator: boolean;
	readonly recordLength: number | undefined;
	readonly fillGaps: boolean;
	readonly endOfFileMark: boolean;
	readonly decimalMark: '.' | ',';
	readonly timeZone: string | undefined;
	readonly groupBy: string | undefined;
	readonly csv: CsvSettings;
	readonly records: readonly RecordLayout[];
}

export const SEPARATORS: Readonly<Record<Layout['recordSeparator'], string>> = {
	CRLF: '\r\n',
	LF: '\n',
	CR: '\r',
	NEL: '\u0085',
	none: '',
};

/** Fields that hold a number, and so can be summed. */
export function isNumeric(type: FieldType): boolean {
	return type === 'integer' || type === 'decimal';
}

/** Fields that the layout itself fills. */
export function takesValue(type: FieldType): boolean {
	return !['constant', 'filler', 'counter', 'count', 'sum'].includes(type);
}
