import { parse } from 'csv-parse/sync';

import { neutralizeFormula } from '../../../lib/flatfile';
import { bytesAsText, detailLayout, encode } from './samples';

const FIELDS = [
	{ name: 'code', type: 'text' },
	{ name: 'amount', type: 'decimal' },
	{ name: 'day', type: 'date', format: 'dd-MM-yyyy', column: 'Booking day' },
];
const ROWS = [
	{ code: 'A;"1"', amount: -1234.5, day: '2017-03-05' },
	{ code: 'two\nlines', amount: 0, day: null },
];

const csv = (settings: object, more: object = {}, rows: Record<string, unknown>[] = ROWS) =>
	bytesAsText(encode(detailLayout(FIELDS, { ...more, csv: settings }), rows, 'csv'));

describe('each setting', () => {
	test('defaults: comma, quotes where needed, header row, CRLF', () => {
		expect(csv({})).toBe(
			'code,amount,Booking day\r\n"A;""1""",-1234.50,05-03-2017\r\n"two\nlines",0.00,\r\n',
		);
	});

	test('delimiter', () => {
		expect(csv({ delimiter: ';' }, {}, [{ code: 'a;b', amount: 1, day: null }])).toBe(
			'code;amount;Booking day\r\n"a;b";1.00;\r\n',
		);
		expect(csv({ delimiter: '||' }, {}, [{ code: 'a|', amount: 1, day: null }])).toBe(
			'code||amount||Booking day\r\n"a|"||1.00||\r\n',
		);
	});

	test('quote', () => {
		expect(csv({ quote: "'" }, {}, [{ code: "it's, so", amount: 1, day: null }])).toContain(
			"'it''s, so',1.00,",
		);
	});

	test('quotes: all, text, never', () => {
		const rows = [{ code: 'a', amount: 1, day: '2017-03-05' }];
		expect(csv({ quotes: 'all', headerRow: false }, {}, rows)).toBe('"a","1.00","05-03-2017"\r\n');
		expect(csv({ quotes: 'text' }, {}, rows)).toBe(
			'"code","amount","Booking day"\r\n"a",1.00,05-03-2017\r\n',
		);
		expect(csv({ quotes: 'never' }, {}, [{ ...rows[0], code: 'say "a"' }])).toBe(
			'code,amount,Booking day\r\nsay "a",1.00,05-03-2017\r\n',
		);
	});

	test('quotes never: refuses what would break the row', () => {
		const layout = (delimiter: string) =>
			detailLayout(FIELDS, { csv: { quotes: 'never', delimiter } });
		const codes = (delimiter: string, code: string) =>
			encode(layout(delimiter), [{ code, amount: 1, day: null }], 'csv').rejected.flatMap(
				({ issues }) => issues.map((issue) => issue.code),
			);
		expect(codes(',', 'a,b')).toEqual(['FLATFILE_CSV_UNQUOTABLE']);
		expect(codes(',', 'a\nb')).toEqual(['FLATFILE_CSV_UNQUOTABLE']);
		expect(codes('||', 'a|')).toEqual(['FLATFILE_CSV_UNQUOTABLE']);
		expect(codes('||', 'a|b')).toEqual([]);
	});

	test('header row', () => {
		expect(csv({ headerRow: false }, {}, [{ code: 'a', amount: 1, day: null }])).toBe(
			'a,1.00,\r\n',
		);
	});

	test('decimal mark', () => {
		const rows = [{ code: 'a', amount: -12.5, day: null }];
		expect(csv({ headerRow: false, delimiter: ';' }, { decimalMark: ',' }, rows)).toBe(
			'a;-12,50;\r\n',
		);
		expect(csv({ headerRow: false }, { decimalMark: ',' }, rows)).toBe('a,"-12,50",\r\n');
	});

	test('byte-order mark, encoding and line ending', () => {
		const rows = [{ code: 'é', amount: 1, day: null }];
		const utf8 = csv({ byteOrderMark: true }, { encoding: 'utf-8', recordSeparator: 'LF' }, rows);
		expect(Buffer.from(utf8, 'latin1').toString('hex')).toBe(
			Buffer.from('\ufeffcode,amount,Booking day\né,1.00,\n', 'utf8').toString('hex'),
		);
		expect(
			csv({ headerRow: false }, { encoding: 'iso-8859-1', closingSeparator: false }, rows),
		).toBe('é,1.00,');
	});

	test('leaves columns out, and names none twice', () => {
		const layout = {
			name: 'x',
			records: [
				{
					name: 'invoice',
					kind: 'detail',
					fields: [
						{ name: 'type', type: 'constant', value: 'I', csv: false },
						{ name: 'number', type: 'text' },
						{ name: 'gap', type: 'filler' },
					],
				},
				{
					name: 'line',
					kind: 'subDetail',
					fields: [
						{ name: 'number', type: 'counter', scope: 'group' },
						{ name: 'what', type: 'text' },
					],
				},
			],
		};
		const rows = [
			{ number: 'A', lines: [{ what: 'x' }, { what: 'y' }] },
			{ number: 'B', lines: [] },
		];
		expect(bytesAsText(encode(layout, rows, 'csv'))).toBe(
			'number,line.number,what\r\nA,1,x\r\nA,2,y\r\nB,,\r\n',
		);
		const records = { ...layout, csv: { rows: 'records' } };
		expect(bytesAsText(encode(records, rows, 'csv'))).toBe('A\r\n1,x\r\n2,y\r\nB\r\n');
	});

	test('never writes an empty line', () => {
		const layout = detailLayout([{ name: 'a', type: 'text' }], { csv: { headerRow: false } });
		expect(bytesAsText(encode(layout, [{ a: '' }, { a: 'x' }], 'csv'))).toBe('""\r\nx\r\n');
	});

	test('shows its first rows as preview', () => {
		const result = encode(detailLayout(FIELDS), ROWS, 'csv');
		expect(result.file?.preview.slice(0, 2)).toEqual([
			'code,amount,Booking day',
			'"A;""1""",-1234.50,05-03-2017',
		]);
		expect(result.file?.recordCount).toBe(2);
		expect(result.file?.mimeType).toBe('text/csv; charset=windows-1252');
	});
});

describe('digits that a spreadsheet would change', () => {
	const fields = [
		{ name: 'code', type: 'text' },
		{ name: 'kind', type: 'constant', value: '07' },
		{ name: 'day', type: 'date', format: 'ddMMyyyy' },
		{ name: 'amount', type: 'decimal' },
		{ name: 'count', type: 'integer' },
	];
	const row = { code: '00123', day: '2026-03-01', amount: -1234.5, count: 42 };
	const lineOf = (settings: object, code: unknown = row.code) =>
		bytesAsText(
			encode(
				detailLayout(fields, { csv: { headerRow: false, keepDigits: true, ...settings } }),
				[{ ...row, code }],
				'csv',
			),
		).trimEnd();

	test('are formulas with a text as their result; numbers stay numbers', () => {
		expect(lineOf({ quotes: 'never' })).toBe('="00123",="07",="01032026",-1234.50,42');
		expect(parse(lineOf({}))).toEqual([['="00123"', '="07"', '="01032026"', '-1234.50', '42']]);
		expect(lineOf({ quote: "'" })).toBe('="00123",="07",="01032026",-1234.50,42');
	});

	test.each([
		['0', '="0"'],
		['12345678901234567890', '="12345678901234567890"'],
		['1E5', '="1E5"'],
		['A-001', 'A-001'],
		['001 ', '="001"'],
		['', ''],
		[7, '="7"'],
		['1.10', '1.10'],
	])('a text %p is %p', (text, expected) => {
		expect((parse(lineOf({}, text)) as string[][])[0]?.[0]).toBe(expected);
	});

	test.each([
		[{}, '="00123"', '\'="00123"'],
		[{}, '=1+1', "'=1+1"],
		[{}, '+31201234567', '+31201234567'],
		[{ neutralizeFormulas: false }, '=1+1', '=1+1'],
		[{ neutralizeFormulas: false }, '00123', '="00123"'],
	])("are told from somebody else's formula: %j, %p is %p", (settings, text, expected) => {
		expect((parse(lineOf(settings, text)) as string[][])[0]?.[0]).toBe(expected);
	});

	test('are as they are unless the layout asks for it', () => {
		expect(lineOf({ keepDigits: false })).toBe('00123,07,01032026,-1234.50,42');
	});
});

describe('formulas', () => {
	test.each([
		['=1+1', "'=1+1"],
		['+31 20 1234567', "'+31 20 1234567"],
		['-2+3+cmd|x', "'-2+3+cmd|x"],
		['@SUM(A1)', "'@SUM(A1)"],
		['\t=1', "'\t=1"],
		['＝1', "'＝1"],
		["'=1", "''=1"],
		['-12.50', '-12.50'],
		['+12,5', '+12,5'],
		['-1.234,56', '-1.234,56'],
		['-1E5', '-1E5'],
		['plain', 'plain'],
		["o'clock", "o'clock"],
		['', ''],
	])('%p becomes %p', (text, expected) => {
		expect(neutralizeFormula(text)).toBe(expected);
	});

	test('are neutralised in text only, unless that is turned off', () => {
		const rows = [{ code: '=HYPERLINK("x")', amount: -12.5, day: null }];
		expect(csv({ headerRow: false }, {}, rows)).toBe('"\'=HYPERLINK(""x"")",-12.50,\r\n');
		expect(csv({ headerRow: false, neutralizeFormulas: false }, {}, rows)).toBe(
			'"=HYPERLINK(""x"")",-12.50,\r\n',
		);
	});

	test('read back by another library', () => {
		const text = csv({}, { encoding: 'utf-8' });
		expect(parse(Buffer.from(text, 'latin1'), { columns: true })).toEqual([
			{ code: 'A;"1"', amount: '-1234.50', 'Booking day': '05-03-2017' },
			{ code: 'two\nlines', amount: '0.00', 'Booking day': '' },
		]);
	});
});
