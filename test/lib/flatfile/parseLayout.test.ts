import type { CoreError } from '../../../lib/errors';
import { parseLayout, presetLayout } from '../../../lib/flatfile';
import { detailLayout } from './samples';

/** The issues of a layout as `path: message`. */
function issuesOf(layout: unknown, format: 'fixed-width' | 'csv' = 'fixed-width'): string[] {
	try {
		parseLayout(layout, format);
	} catch (error) {
		const { code, issues } = error as CoreError;
		expect(code).toBe('FLATFILE_LAYOUT_INVALID');
		return issues.map((issue) => `${issue.code} ${issue.path}: ${issue.message}`);
	}
	return [];
}

const text = (name: string, more = {}) => ({ name, type: 'text', width: 5, ...more });
const amount = { name: 'amount', type: 'decimal', width: 10 };

describe('a layout that is no layout', () => {
	test.each([
		['{"name": "x",', 'FLATFILE_LAYOUT_NOT_JSON', /not JSON/],
		['[]', 'FLATFILE_LAYOUT_NOT_JSON', /JSON object with 'name' and 'records'/],
		[42, 'FLATFILE_LAYOUT_NOT_JSON', /JSON object/],
		['{}', 'FLATFILE_LAYOUT_INVALID', /no 'name'/],
		[{ name: 'x', records: [] }, 'FLATFILE_LAYOUT_INVALID', /no 'records'/],
	])('%j', (layout, code, message) => {
		expect(() => parseLayout(layout, 'fixed-width')).toThrow(
			expect.objectContaining({ code, message: expect.stringMatching(message) }),
		);
	});

	test('has no preset of an unknown name', () => {
		expect(() => presetLayout('toString')).toThrow(
			expect.objectContaining({
				code: 'FLATFILE_PRESET_UNKNOWN',
				message: expect.stringContaining('purchaseEntry, '),
			}),
		);
	});
});

describe('positions', () => {
	test.each([
		[
			[text('a'), text('b', { start: 5 })],
			{},
			"The field 'b' of record 'row' starts at position 5, but field 'a' reaches to 5. Start it at 6, or correct the width of 'a'.",
		],
		[
			[text('a'), text('b', { start: 8 })],
			{},
			"The field 'b' of record 'row' starts at position 8, but positions 6 to 7 belong to no field. Start it at 6, add a field of type 'filler', or set \"fillGaps\": true.",
		],
		[
			[text('a', { start: 2 })],
			{},
			"The field 'a' of record 'row' starts at position 2, but positions 1 to 1 belong to no field. Start it at 1, add a field of type 'filler', or set \"fillGaps\": true.",
		],
		[
			[text('a')],
			{ recordLength: 8 },
			"The field 'a' of record 'row' ends at position 5; the record length is 8: add a field of type 'filler' with width 3, or set \"fillGaps\": true",
		],
		[
			[text('a')],
			{ recordLength: 4, fillGaps: true },
			"The field 'a' of record 'row' ends at position 5; the record length is 4: shorten it by 1",
		],
		[
			[{ name: 'a', type: 'text' }],
			{},
			"The field 'a' of record 'row' has no 'width': give the number of positions the specification says",
		],
	])('%j %j', (fields, more, message) => {
		expect(issuesOf(detailLayout(fields, more))).toEqual([
			`FLATFILE_LAYOUT_POSITION records[0].fields: ${message}`,
		]);
	});

	test('takes fields in any order, and fills gaps where it is told to', () => {
		const layout = detailLayout([text('b', { start: 8 }), text('a', { start: 1 })], {
			fillGaps: true,
			recordLength: 20,
		});
		const [record] = parseLayout(layout, 'fixed-width').records;
		expect(record?.length).toBe(20);
		expect(record?.fields.map(({ name, start, width }) => [name, start, width])).toEqual([
			['a', 1, 5],
			['filler at 6', 6, 2],
			['b', 8, 5],
			['filler at 13', 13, 8],
		]);
	});

	test('needs no widths for CSV', () => {
		expect(issuesOf(detailLayout([{ name: 'a', type: 'text' }]), 'csv')).toEqual([]);
	});
});

describe('settings', () => {
	test.each([
		[
			detailLayout([text('a', { with: 3 })]),
			"records[0].fields[0].with: The field 'a' of record 'row' (type text) has no setting 'with'. Did you mean 'width'?",
		],
		[
			detailLayout([text('a', { decimals: 3 })]),
			"records[0].fields[0].decimals: The field 'a' of record 'row' (type text) has no setting 'decimals'. It has: name, type,",
		],
		[
			detailLayout([text('a', { width: '5' })]),
			"records[0].fields[0].width: 'width' of the field 'a' of record 'row' (type text) must be a whole number from 1 to 32767, not \"5\"",
		],
		[detailLayout([text('a', { width: 0 })]), 'must be a whole number from 1 to 32767, not 0'],
		[detailLayout([text('a', { pad: 'xx' })]), 'must be exactly one character, not "xx"'],
		[detailLayout([text('a', { required: 1 })]), "'required' of the field 'a'"],
		[detailLayout([text('a', { codes: { a: 1 } })]), 'an object of texts'],
		[detailLayout([text('a', { source: '' })]), "'source' of the field 'a'"],
		[
			detailLayout([{ name: 'a', type: 'number', width: 5 }]),
			"'type' of the field 'a' of record 'row' must be one of text, integer, decimal, ",
		],
		[detailLayout([{ type: 'text', width: 5 }]), "The field '1' of record 'row' has no 'name'"],
		[detailLayout([{ name: 'c', type: 'constant', width: 1 }]), "has no 'value'"],
		[detailLayout([{ name: 's', type: 'sum', width: 9 }]), "has no 'of'"],
		[
			detailLayout([amount, { name: 's', type: 'count', width: 9, scope: 'group', of: [] }]),
			'a record name, a list of record names, or "*"',
		],
		[detailLayout([text('a'), text('a')]), "Two fields of record 'row' are named 'a'."],
		[
			detailLayout([text('a')], { encoding: 'utf8' }),
			"'encoding' of the layout must be one of ascii",
		],
		[detailLayout([text('a')], { seperator: 'LF' }), "The layout has no setting 'seperator'."],
		[detailLayout([text('a')], { csv: 'yes' }), "'csv' of the layout must be an object"],
		[detailLayout([text('a')], { csv: { delimeter: ';' } }), "Did you mean 'delimiter'?"],
		[detailLayout([text('a')], { csv: { delimiter: '12345' } }), 'a text of at most 4'],
		[
			{ name: 'x', records: [{ name: 'r', kind: 'row', fields: [text('a')] }] },
			"'kind' of the record 'r'",
		],
		[
			{ name: 'x', records: [{ kind: 'detail', fields: [text('a')] }] },
			"The record '1' has no 'name'",
		],
		[{ name: 'x', records: [{ name: 'r', kind: 'detail' }] }, "The record 'r' has no 'fields'"],
		[
			{ name: 'x', records: [{ name: 'r', kind: 'detail', source: 'lines', fields: [text('a')] }] },
			"'source' belongs to records of kind subDetail",
		],
		[
			{
				name: 'x',
				records: [
					{ name: 'r', kind: 'detail', fields: [text('a')] },
					{ name: 'r', kind: 'detail', fields: [text('a')] },
				],
			},
			"Two records are named 'r'.",
		],
	])('%j', (layout, message) => {
		const issues = issuesOf(layout);
		expect(issues.join('\n')).toContain(message);
		expect(issues.every((issue) => issue.startsWith('FLATFILE_LAYOUT_PROPERTY '))).toBe(true);
	});

	test('reports everything at once', () => {
		const layout = detailLayout([text('a', { width: 0 }), { name: 'b', type: 'x' }], { x: 1 });
		expect(issuesOf(layout)).toHaveLength(3);
	});
});

const packed = { name: 'p', type: 'decimal', storage: 'packed', width: 4 };
const binary = { name: 'b', type: 'integer', storage: 'binary' };
const unsplit = { recordSeparator: 'none' };
const lines = (name: string) => ({ name, kind: 'subDetail', fields: [text('a')] });

describe('combinations', () => {
	test.each([
		[detailLayout([{ ...amount, align: 'left' }]), 'digits behind a number change it'],
		[detailLayout([{ ...amount, pad: '9' }]), "the pad character '9' changes the number"],
		[detailLayout([packed]), 'packed numbers need "recordSeparator": "none"'],
		[
			detailLayout([packed], { recordSeparator: 'none', encoding: 'utf-8' }),
			'packed numbers need a single-byte encoding',
		],
		[detailLayout([{ ...binary, digits: 4 }]), 'binary numbers need "recordSeparator": "none"'],
		[detailLayout([{ ...binary, width: 3 }], unsplit), 'is 2, 4 or 8 bytes wide, not 3'],
		[detailLayout([{ ...binary, digits: 19 }], unsplit), 'at most 18 digits, not 19'],
		[
			detailLayout([{ ...binary, digits: 5, width: 2 }], unsplit),
			'5 digits take 4 bytes as binary, the width says 2',
		],
		[
			detailLayout([{ ...packed, digits: 9 }], unsplit),
			'9 digits take 5 bytes as packed, the width says 4',
		],
		[
			detailLayout([{ ...packed, width: 1, digits: 1 }], unsplit),
			'2 decimals do not fit 1 digits',
		],
		[detailLayout([{ ...amount, digits: 9 }]), `'digits' goes with "storage" packed or binary`],
		[
			detailLayout([text('a', { pad: '€' })], { encoding: 'ascii' }),
			"the pad character '€' does not exist in ascii",
		],
		[
			detailLayout([text('a', { pad: 'é' })], { encoding: 'utf-8', widthIn: 'bytes' }),
			"the pad character 'é' is longer than one byte in utf-8",
		],
		[
			detailLayout([{ name: 'c', type: 'constant', width: 3, value: 'ABCD' }]),
			"'ABCD' is 4 characters wide, the field has 3",
		],
		[
			detailLayout([{ name: 'c', type: 'boolean', width: 1, true: 'yes' }]),
			"'yes' is 3 characters wide",
		],
		[
			detailLayout([{ name: 'c', type: 'constant', width: 3, value: '€' }], { encoding: 'ascii' }),
			"'€' cannot be written in ascii",
		],
		[detailLayout([text('a', { source: 'a..b' })]), '"a..b" is not a source path'],
		[
			detailLayout([{ name: 'd', type: 'date', width: 8, format: 'YYYYMMDD' }]),
			"the format 'YYYYMMDD' has an unknown token",
		],
		[
			detailLayout([{ name: 'd', type: 'date', width: 8, timeZone: 'Amsterdam' }]),
			'"Amsterdam" is not a time zone',
		],
		[
			detailLayout([text('a')], { timeZone: 'CET+1' }),
			"'timeZone' of the layout is not a time zone",
		],
		[detailLayout([text('a')], { groupBy: '[' }), "'groupBy' of the layout is not a source path"],
		[detailLayout([text('a')], { encoding: 'iso-8859-1', recordSeparator: 'NEL' }), undefined],
		[
			detailLayout([text('a')], { encoding: 'ascii', recordSeparator: 'NEL' }),
			'NEL does not exist in ascii',
		],
		[
			detailLayout([text('a')], { encoding: 'ascii', characters: 'replace', replacement: '¿' }),
			"The replacement '¿' does not exist in ascii",
		],
		[
			{ name: 'x', records: [{ name: 'h', kind: 'header', fields: [text('a')] }] },
			"no record of kind 'detail'",
		],
		[
			{ name: 'x', records: [{ name: 'g', kind: 'groupHeader', fields: [text('a')] }, lines('l')] },
			"the layout has no 'groupBy'",
		],
		[
			{ name: 'x', records: [{ ...lines('l'), source: 'a b.[' }] },
			"'source' of the record 'l' is not a source path",
		],
		[
			detailLayout([{ name: 'n', type: 'count', width: 5 }]),
			'a count over the file belongs into a header or trailer record',
		],
		[
			{
				name: 'x',
				records: [
					lines('l'),
					{
						name: 't',
						kind: 'trailer',
						fields: [{ name: 'n', type: 'count', width: 5, scope: 'group' }],
					},
				],
			},
			'a trailer record stands in no group',
		],
	])('%j', (layout, message) => {
		const issues = issuesOf(layout).join('\n');
		if (message === undefined) expect(issues).toBe('');
		else expect(issues).toContain(message);
	});

	test.each([
		[{ recordSeparator: 'none' }, 'CSV needs a record separator'],
		[{ recordSeparator: 'NEL' }, 'CSV readers do not know NEL'],
		[{ csv: { byteOrderMark: true } }, 'A byte-order mark needs utf-8'],
		[{ csv: { delimiter: '"' } }, 'The delimiter cannot hold the quote'],
		[{ encoding: 'ascii', csv: { delimiter: '¦' } }, "'¦' does not exist in ascii"],
		[{ records: [lines('a'), lines('b')] }, 'Joined rows need at most one subDetail record'],
		[
			{ records: [lines('a'), lines('b')], csv: { rows: 'records', headerRow: true } },
			'A header row fits one kind of row',
		],
	])('CSV with %j', (more, message) => {
		const layout = { ...detailLayout([text('a')]), ...more };
		const issues = issuesOf(layout, 'csv');
		expect(issues.join('\n')).toContain(message);
		expect(issues.every((issue) => issue.startsWith('FLATFILE_LAYOUT_COMBINATION '))).toBe(true);
	});
});

describe('references', () => {
	const layoutWith = (field: object) => ({
		name: 'x',
		records: [
			{ name: 'line', kind: 'subDetail', fields: [amount, text('code')] },
			{ name: 'end', kind: 'trailer', fields: [{ name: 't', width: 10, ...field }] },
		],
	});

	test('has the code of the reference where the name is wrong', () => {
		const [issue = ''] = issuesOf(layoutWith({ type: 'count', of: 'lines' }));
		expect(issue).toMatch(/^FLATFILE_LAYOUT_REFERENCE records\[1\]\.fields\[0\]: /);
	});

	test.each([
		[{ type: 'count', of: 'lines' }, "there is no record 'lines' to count. Did you mean 'line'?"],
		[{ type: 'count', of: ['line', 'zzzzzz'] }, 'The layout has line, end.'],
		[{ type: 'sum', of: 'line.amounts' }, "Did you mean 'line.amount'?"],
		[{ type: 'sum', of: 'line.code' }, "there is no number field 'line.code' to sum."],
		[{ type: 'sum', of: 'line.amount', decimals: 1 }, "'line.amount' has 2: give both the same"],
	])('%j', (field, message) => {
		const [issue = ''] = issuesOf(layoutWith(field));
		expect(issue).toContain(message);
		expect(issue).toContain("The field 't' of record 'end'");
	});
});
