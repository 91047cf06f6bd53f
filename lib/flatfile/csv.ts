import { stringify } from 'csv-stringify/sync';
import type { Options } from 'csv-stringify/sync';

import type { Field, Layout } from './layout';
import { SEPARATORS } from './layout';

/** A cell; what is no text is never quoted by the policy `text` and never neutralised. */
export interface CsvCell {
	readonly text: string;
	readonly isText: boolean;
}

/**
 * What a spreadsheet takes for a formula (OWASP, CSV injection), the full-width forms included.
 * Apostrophes in front count as well, so that taking one away gives the original back, always.
 */
const FORMULA = /^'*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;
/** A number is no formula, however it begins. */
const NUMBER = /^[+-]?\d+(?:[.,]\d+)*(?:E[+-]?\d+)?$/i;

/** The documented prefix: an apostrophe, which spreadsheets hide. */
export function neutralizeFormula(text: string): string {
	return FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}

/** Digits, or digits with an E between them, which a spreadsheet takes for a power of ten. */
const DIGITS = /^\d+(?:E\d+)?$/i;

/** As the formula ="00123", whose result is the text as it is: no zero and no digit is lost. */
function keepDigits(text: string): string {
	return DIGITS.test(text) ? `="${text}"` : text;
}

export function csvCell(field: Field, text: string, layout: Layout): CsvCell {
	const { csv } = layout;
	const isText = field.type === 'text' || field.type === 'constant';
	const safe = field.type === 'text' && csv.neutralizeFormulas ? neutralizeFormula(text) : text;
	// Last: the equals sign of its own must not be taken for somebody's formula.
	const kept = csv.keepDigits && (isText || field.type === 'date') ? keepDigits(safe) : safe;
	return { text: kept, isText };
}

export type CsvWriter = (rows: readonly (readonly CsvCell[])[]) => string;

/** Rows as text, each with its separator behind it. */
export function compileCsvWriter(layout: Layout): CsvWriter {
	const { csv } = layout;
	const options: Options = {
		delimiter: csv.delimiter,
		quote: csv.quotes === 'never' ? '' : csv.quote,
		escape: csv.quote,
		quoted: csv.quotes === 'all',
		quoted_empty: csv.quotes === 'all',
		quoted_string: csv.quotes === 'text',
		record_delimiter: SEPARATORS[layout.recordSeparator],
		// Readers take any of CR, LF and CRLF for the end of a row, whatever the file uses.
		quote_record_delimiter: true,
		eof: true,
		cast: { object: (cell) => cell['value'] as string },
	};
	return (rows) => stringify(rows.map(toLibraryRow), options);
}

/** An object is a cell that is no text, so that the library's `quoted_string` passes it by. */
function toLibraryRow(row: readonly CsvCell[]): readonly unknown[] {
	const [first] = row;
	if (first !== undefined && row.length === 1 && first.text === '') {
		// One empty cell alone would be an empty line, which readers skip.
		return [{ value: { value: '', quoted_empty: true } }];
	}
	return row.map((cell) => (cell.isText ? cell.text : { value: cell.text }));
}

/** Whether a value would break the row of a reader that knows no quotes. */
export function needsQuotes(text: string, layout: Layout): boolean {
	const { delimiter } = layout.csv;
	if (/[\r\n]/.test(text) || text.includes(delimiter)) return true;
	// With a delimiter of several characters the end of the value may begin it.
	return (text + delimiter).indexOf(delimiter) < text.length;
}
