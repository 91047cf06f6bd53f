import { parse } from 'csv-parse/sync';
import fc from 'fast-check';

import { detailLayout, encode } from './samples';

/** Texts of what makes CSV hard: quotes, delimiters, line breaks, formulas, other scripts. */
const hardText = fc
	.array(
		fc.oneof(
			fc.constantFrom(
				'"',
				'""',
				',',
				';',
				'|',
				'\n',
				'\r\n',
				'\r',
				'\t',
				'=',
				'+',
				'-',
				'@',
				"'",
				' ',
			),
			fc.constantFrom('-12.50', '＝', 'é', '日本', '👍', 'abc', '0'),
			fc.string({ maxLength: 3 }),
		),
		{ maxLength: 8 },
	)
	.map((parts) => parts.join('').replace(/(?![\t\r\n])\p{Cc}/gu, ''));

const settings = fc.record({
	delimiter: fc.constantFrom(',', ';', '|', '\t', '||'),
	quote: fc.constantFrom('"', "'"),
	quotes: fc.constantFrom('needed', 'all', 'text'),
	headerRow: fc.boolean(),
	byteOrderMark: fc.boolean(),
	neutralizeFormulas: fc.boolean(),
});

/** Takes the documented prefix away: an apostrophe before a formula character. */
function withoutPrefix(text: string): string {
	const number = /^[+-]?\d+(?:[.,]\d+)*(?:E[+-]?\d+)?$/i;
	return /^'+[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) && !number.test(text)
		? text.slice(1)
		: text;
}

describe('any texts in any dialect', () => {
	test('read back by csv-parse as they were', () => {
		fc.assert(
			fc.property(
				fc.array(fc.tuple(hardText, hardText, fc.integer({ min: -9_999, max: 9_999 })), {
					minLength: 1,
					maxLength: 6,
				}),
				settings,
				fc.constantFrom('CRLF', 'LF'),
				(rows, csv, recordSeparator) => {
					const layout = detailLayout(
						[
							{ name: 'a', type: 'text', trim: false },
							{ name: 'b', type: 'text', trim: false },
							{ name: 'n', type: 'decimal' },
						],
						{ encoding: 'utf-8', recordSeparator, csv },
					);
					const result = encode(
						layout,
						rows.map(([a, b, cents]) => ({ a, b, n: `${cents}.25` })),
						'csv',
					);
					expect(result.rejected).toEqual([]);
					const read = parse(Buffer.from(result.file?.bytes ?? []), {
						delimiter: csv.delimiter,
						quote: csv.quote,
						escape: csv.quote,
						// A reader that takes any line break for the end of a row.
						record_delimiter: ['\r\n', '\n', '\r'],
						bom: csv.byteOrderMark,
						from_line: 1,
					}) as string[][];
					const body = csv.headerRow ? read.slice(1) : read;
					const back = csv.neutralizeFormulas
						? body.map(([a = '', b = '', n = '']) => [withoutPrefix(a), withoutPrefix(b), n])
						: body;
					expect(back).toEqual(rows.map(([a, b, cents]) => [a, b, `${cents}.25`]));
				},
			),
			{ numRuns: 400 },
		);
	});
});
