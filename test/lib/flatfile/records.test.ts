import type { LayoutJson } from '../../../lib/flatfile';
import { encodeFlatFile, parseLayout, requireAllAccepted } from '../../../lib/flatfile';
import { bytesAsText, encode, RUN } from './samples';

const count = (name: string, width: number, more: object) => ({
	name,
	type: 'count',
	width,
	...more,
});

const INVOICES: LayoutJson = {
	name: 'invoices',
	recordSeparator: 'LF',
	records: [
		{
			name: 'header',
			kind: 'header',
			fields: [
				{ name: 'type', type: 'constant', width: 1, value: 'H' },
				{ name: 'date', type: 'date', width: 8, source: '$run.now' },
				{ name: 'partner', type: 'text', width: 5, source: '$run.partner' },
				{ name: 'sequence', type: 'integer', width: 4, source: '$run.sequence' },
				count('invoices', 3, { of: 'invoice' }),
				{ name: 'total', type: 'sum', width: 9, of: 'line.amount' },
			],
		},
		{
			name: 'invoice',
			kind: 'detail',
			fields: [
				{ name: 'type', type: 'constant', width: 1, value: 'I' },
				{ name: 'record', type: 'counter', width: 4, of: '*' },
				{ name: 'number', type: 'text', width: 6, source: 'Number' },
				count('lines', 2, { of: 'line', scope: 'group' }),
				{ name: 'total', type: 'sum', width: 9, of: 'line.amount', scope: 'group' },
			],
		},
		{
			name: 'line',
			kind: 'subDetail',
			source: 'lines',
			required: true,
			fields: [
				{ name: 'type', type: 'constant', width: 1, value: 'L' },
				{ name: 'record', type: 'counter', width: 4, of: '*' },
				{ name: 'number', type: 'text', width: 6, source: '$item.Number' },
				{ name: 'line', type: 'counter', width: 2, scope: 'group' },
				{ name: 'amount', type: 'decimal', width: 9, source: 'Amount' },
			],
		},
		{
			name: 'trailer',
			kind: 'trailer',
			fields: [
				{ name: 'type', type: 'constant', width: 1, value: 'T' },
				{ name: 'record', type: 'counter', width: 4, of: '*' },
				count('records', 6, {}),
				count('lines', 2, { of: ['line'] }),
				{ name: 'debit', type: 'sum', width: 9, of: 'line.amount', only: 'positive' },
				{ name: 'credit', type: 'sum', width: 9, of: 'line.amount', only: 'negative' },
			],
		},
	],
};

const invoice = (number: string, ...amounts: unknown[]) => ({
	Number: number,
	lines: amounts.map((Amount) => ({ Amount })),
	document: { key: `k:${number}`, number, contentHash: 'h' },
});

describe('records, counters and totals', () => {
	test('writes header, details with their lines, and trailer', () => {
		const result = encode(INVOICES, [invoice('A1', 10, '0.55'), invoice('A2', -3)]);
		expect(bytesAsText(result)).toBe(
			[
				'H20261125ACME 0042002000007.55',
				'I0002A1    02000010.55',
				'L0003A1    01000010.00',
				'L0004A1    02000000.55',
				'I0005A2    01-00003.00',
				'L0006A2    01-00003.00',
				'T000700000703000010.55-00003.00',
				'',
			].join('\n'),
		);
		expect(result.file?.records).toEqual({ header: 1, invoice: 2, line: 3, trailer: 1 });
		expect(result.file?.recordCount).toBe(7);
		expect(result.file?.sums).toEqual({ 'line.amount': '7.55' });
		expect(result.accepted).toEqual([0, 1]);
	});

	test('leaves a refused document out of the file, its counters and its sums', () => {
		const inputs = [invoice('A1', 10), invoice('BAD', 5, 'x', NaN), invoice('A2', -3)];
		const result = encode(INVOICES, inputs);
		expect(bytesAsText(result)).toBe(bytesAsText(encode(INVOICES, [inputs[0]!, inputs[2]!])));
		expect(result.accepted).toEqual([0, 2]);
		expect(result.rejected).toEqual([
			{
				index: 1,
				issues: [
					{
						code: 'FLATFILE_VALUE_INVALID',
						severity: 'error',
						path: 'lines[1].Amount',
						message: `Document BAD, record 'line' 2, field 'amount': "x" is not a number; numbers are written like -1234.56`,
						received: '"x"',
						expected: 'a number',
					},
					expect.objectContaining({
						path: 'lines[2].Amount',
						message: expect.stringContaining("record 'line' 3, field 'amount': NaN is not"),
					}),
				],
			},
		]);
	});

	test('names document, record, field, value and width of what does not fit', () => {
		const [refused] = encode(INVOICES, [invoice('INV-0001', 1)]).rejected;
		expect(refused?.issues).toHaveLength(2);
		expect(refused?.issues[0]).toEqual({
			code: 'FLATFILE_VALUE_TOO_LONG',
			severity: 'error',
			path: 'Number',
			message: `Document INV-0001, record 'invoice', field 'number': "INV-0001" is 8 characters wide, the field has 6; widen the field, shorten the value, or set 'overflow' to 'truncate'`,
			received: '"INV-0001"',
			expected: 'at most 6 characters',
		});
	});

	test('raises all issues at once where all documents are wanted', () => {
		const result = encode(INVOICES, [invoice('A1', 1), invoice('BAD', 'x'), invoice('WORSE', 'y')]);
		expect(() => requireAllAccepted(result)).toThrow(
			expect.objectContaining({
				code: 'FLATFILE_DOCUMENTS_REJECTED',
				message: '2 documents do not fit the layout, and nothing was written',
				issues: [
					expect.objectContaining({ message: expect.stringContaining('Document BAD') }),
					expect.objectContaining({ message: expect.stringContaining('Document WORSE') }),
				],
			}),
		);
		expect(() => requireAllAccepted(encode(INVOICES, [invoice('A1', 1)]))).not.toThrow();
	});

	test('makes no file where nothing is accepted', () => {
		expect(encode(INVOICES, [invoice('A1')]).file).toBeUndefined();
		expect(encode(INVOICES, []).file).toBeUndefined();
	});

	test('refuses a document without its required lines', () => {
		const issue = (row: Record<string, unknown>) => {
			const [one] = encode(INVOICES, [row]).rejected[0]?.issues ?? [];
			return `${one?.code}: ${one?.message}`;
		};
		expect(issue(invoice('A1'))).toBe(
			`FLATFILE_NO_LINES: Document A1, record 'line': 'lines' is empty, and the record is required. Turn on 'Include Lines' in the Exact Online node, or set "required": false.`,
		);
		expect(issue({ Number: 'A1', Lines: [] })).toContain(
			"FLATFILE_SOURCE_MISSING: Row 1, record 'line': the source 'lines' does not exist in the document. Did you mean 'Lines'?",
		);
		expect(issue({ Number: 'A1', lines: null })).toContain('FLATFILE_NO_LINES');
		expect(issue({ Number: 'A1', lines: 'x' })).toContain(
			`FLATFILE_VALUE_INVALID: Row 1, record 'line': the source 'lines' is "x", not a list of rows.`,
		);
	});

	test('takes one object as one row', () => {
		const row = { Number: 'A1', lines: { Amount: 1 } };
		expect(encode(INVOICES, [row]).file?.records).toMatchObject({ line: 1 });
	});

	test('raises an error where a record of the file cannot be written', () => {
		expect(() => encode(INVOICES, [invoice('A1', 99999.99, 99999999)])).not.toThrow();
		const many = Array.from({ length: 20 }, (_, index) => invoice(`A${index}`, 999999.99));
		expect(() => encode(INVOICES, many)).toThrow(
			expect.objectContaining({
				code: 'FLATFILE_FILE_INVALID',
				message: expect.stringContaining(
					"The header of the file cannot be written: File, record 'header', field 'total': 19999999.80 takes 11 characters, the field has 9",
				),
				issues: [expect.objectContaining({ code: 'FLATFILE_VALUE_TOO_LONG' })],
			}),
		);
	});
});

describe('source paths', () => {
	const layout = (source: string, more = {}) => ({
		name: 'x',
		recordSeparator: 'none',
		records: [
			{
				name: 'r',
				kind: 'detail',
				fields: [{ name: 'v', type: 'text', width: 5, source, ...more }],
			},
		],
	});
	const row = {
		Name: 'x',
		supplier: { Code: 'S1' },
		empty: null,
		'a.b': 'dot',
		list: [{ v: 'one' }],
	};

	test.each([
		['Name', 'x    '],
		['supplier.Code', 'S1   '],
		['["a.b"]', 'dot  '],
		['list[0].v', 'one  '],
		['$item.Name', 'x    '],
		['empty.Code', '     '],
	])('%s reads %p', (source, expected) => {
		expect(bytesAsText(encode(layout(source), [row]))).toBe(expected);
	});

	test.each([
		['Nmae', "the source 'Nmae' does not exist in the document; did you mean 'Name'?"],
		['supplier.code', "('code' is not there); did you mean 'Code'?"],
		['list[1].v', "('1' is not there); correct the source"],
		['constructor', "the source 'constructor' does not exist"],
		['Name.length', "('length' is not there)"],
	])('%s does not exist', (source, message) => {
		const [issue] = encode(layout(source), [row]).rejected[0]?.issues ?? [];
		expect(issue?.code).toBe('FLATFILE_SOURCE_MISSING');
		expect(issue?.message).toContain(message);
		expect(bytesAsText(encode(layout(source, { optional: true }), [row]))).toBe('     ');
	});

	test('takes mapped values in the place of the source', () => {
		const parsed = parseLayout(layout('nowhere'), 'fixed-width');
		const inputs = [{ row, mapped: { 'r.v': 'hand' } }];
		const result = encodeFlatFile(parsed, inputs, 'fixed-width', RUN);
		expect(Buffer.from(result.file?.bytes ?? []).toString()).toBe('hand ');
	});
});

describe('groups', () => {
	const layout = {
		name: 'ledger',
		recordSeparator: 'LF',
		groupBy: 'account',
		records: [
			{
				name: 'group',
				kind: 'groupHeader',
				fields: [
					{ name: 't', type: 'constant', width: 1, value: 'G' },
					{ name: 'account', type: 'text', width: 3 },
					{ name: 'rows', type: 'count', width: 2, of: 'row', scope: 'group' },
				],
			},
			{
				name: 'row',
				kind: 'detail',
				fields: [
					{ name: 't', type: 'constant', width: 1, value: 'R' },
					{ name: 'n', type: 'counter', width: 2, scope: 'group', of: 'row' },
					{ name: 'amount', type: 'decimal', width: 6 },
				],
			},
			{
				name: 'end',
				kind: 'groupTrailer',
				fields: [
					{ name: 't', type: 'constant', width: 1, value: 'E' },
					{ name: 'total', type: 'sum', width: 7, of: 'row.amount', scope: 'group' },
				],
			},
		],
	};
	const rows = [
		{ account: 'A', amount: 1 },
		{ account: 'B', amount: 2 },
		{ account: 'A', amount: 3 },
	];

	test('collects rows of the same value, with totals of each group', () => {
		expect(bytesAsText(encode(layout, rows))).toBe(
			['GA  02', 'R01001.00', 'R02003.00', 'E0004.00', 'GB  01', 'R01002.00', 'E0002.00', ''].join(
				'\n',
			),
		);
	});

	test('refuses a group whole: half a group would be a wrong one', () => {
		const result = encode(layout, [...rows, { account: 'A', amount: 'x' }]);
		expect(bytesAsText(result)).toBe('GB  01\nR01002.00\nE0002.00\n');
		expect(result.rejected.map(({ index }) => index)).toEqual([0, 2, 3]);
		expect(result.rejected[0]?.issues[0]?.message).toContain("Row 4, record 'row', field 'amount'");
	});

	test('refuses a row that belongs to no group', () => {
		const result = encode(layout, [...rows, { acount: 'A', amount: 1 }, { account: null }]);
		expect(result.rejected.map(({ issues }) => issues[0]?.message)).toEqual([
			"Row 4: the layout groups by 'account', which has no value here. Did you mean 'acount'? Correct 'groupBy', or fill the value at the source.",
			"Row 5: the layout groups by 'account', which has no value here. Correct 'groupBy', or fill the value at the source.",
		]);
	});
});

describe('preview', () => {
	test('shows the first records under a column ruler', () => {
		const result = encode(INVOICES, [invoice('A1', 10)]);
		expect(result.file?.preview).toEqual([
			'         1         2         3 ',
			'1234567890123456789012345678901',
			'||       |    |   |  |          header: type 1-1, date 2-9, partner 10-14, sequence 15-18, invoices 19-21, total 22-30',
			'H20261125ACME·0042001000010.00',
			'||   |     | |          invoice: type 1-1, record 2-5, number 6-11, lines 12-13, total 14-22',
			'I0002A1····01000010.00',
			'||   |     | |          line: type 1-1, record 2-5, number 6-11, line 12-13, amount 14-22',
			'L0003A1····01000010.00',
			'||   |     | |        |          trailer: type 1-1, record 2-5, records 6-11, lines 12-13, debit 14-22, credit 23-31',
			'T000400000401000010.00000000.00',
		]);
	});

	test('shows no more than the first ten records of the body', () => {
		const many = Array.from({ length: 50 }, (_, index) => invoice(`A${index}`, 1));
		const preview = encode(INVOICES, many).file?.preview ?? [];
		expect(preview.filter((line) => line.startsWith('I'))).toHaveLength(5);
		expect(preview.at(-1)).toMatch(/^T/);
	});
});
