import { layoutFromList,  parseLayout, presetLayout } from '../../../lib/flatfile';
import type {LayoutJson} from '../../../lib/flatfile';
import { encode } from './samples';

type Row = Record<string, unknown>;

/** Rows as *Extract from File* gives them for a CSV: every value a text. */
function csv(text: string, delimiter = ';'): Row[] {
	const [head = '', ...lines] = text.trim().split('\n');
	const keys = head.trim().split(delimiter);
	return lines.map((line) => {
		const cells = line.trim().split(delimiter);
		return Object.fromEntries(keys.map((key, index) => [key, cells[index] ?? '']));
	});
}

const read = (items: Row[], more: Partial<Parameters<typeof layoutFromList>[1]> = {}) =>
	layoutFromList(items, {
		name: 'LIST',
		format: 'fixed-width',
		sources: undefined,
		options: {},
		...more,
	});

const recordsOf = (layout: LayoutJson) =>
	layout['records'] as { name: string; kind: string; fields: Row[] }[];
const fieldsOf = (items: Row[], more = {}) =>
	recordsOf(read(items, more).layout).flatMap(({ fields }) => fields);
const without = (row: Row, names: readonly string[]): Row =>
	Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)));
/** `code: message` of what is not one of the questions that every list leaves open. */
const told = (items: Row[], more = {}) =>
	read(items, more)
		.issues.filter(({ code }) => code !== 'FLATFILE_LIST_OPEN')
		.map(({ code, severity, message }) => `${severity} ${code}: ${message}`);

describe('the same list in four languages', () => {
	const expected = [
		{ name: 'Type', type: 'constant', start: 1, width: 1, value: 'D' },
		{ name: 'Number', type: 'text', start: 2, width: 20 },
		{ name: 'Date', type: 'date', start: 22, width: 8, format: 'yyyyMMdd' },
		{ name: 'Amount', type: 'decimal', start: 30, width: 13, decimals: 2, point: 'explicit' },
		{ name: 'Lines', type: 'integer', start: 43, width: 4 },
		{ name: 'Blank', type: 'filler', start: 47, width: 4 },
	];

	test.each([
		[
			'English',
			`Field name;Start;End;Length;Data type;Decimals;Format;Constant
			Type;1;1;1;Char;;;D
			Number;2;21;20;Alphanumeric;;;
			Date;22;29;8;Date;;CCYYMMDD;
			Amount;30;42;13;Numeric;2;;
			Lines;43;46;4;Numeric;0;;
			Blank;47;50;4;Blank;;;`,
		],
		[
			'Dutch',
			`Veldnaam;Van;T/m;Lengte;Soort;Aantal decimalen;Formaat;Vaste waarde
			Type;1;1;1;Alfanumeriek;;;D
			Number;2;21;20;Tekst;;;
			Date;22;29;8;Datum;;JJJJMMDD;
			Amount;30;42;13;Bedrag;2;;
			Lines;43;46;4;Getal;0;;
			Blank;47;50;4;Vulling;;;`,
		],
		[
			'German',
			`Feldname;Von;Bis;Länge;Datentyp;Nachkommastellen;Datumsformat;Festwert
			Type;1;1;1;alphanumerisch;;;D
			Number;2;21;20;Zeichenkette;;;
			Date;22;29;8;Datum;;JJJJMMTT;
			Amount;30;42;13;numerisch;2;;
			Lines;43;46;4;Ganzzahl;;;
			Blank;47;50;4;Füller;;;`,
		],
		[
			'French',
			`Nom du champ;Début;Fin;Longueur;Type de données;Décimales;Format;Valeur fixe
			Type;1;1;1;Alphanumérique;;;D
			Number;2;21;20;Texte;;;
			Date;22;29;8;Date;;AAAAMMJJ;
			Amount;30;42;13;Montant;2;;
			Lines;43;46;4;Entier;;;
			Blank;47;50;4;Espaces;;;`,
		],
		[
			'capitals, spaces and points',
			`  FIELD-NAME ;start pos.; END_POS;LEN;TYPE;DEC;FORMAT;FIXED VALUE
			Type;1;1;1;AN;;;D
			Number;2;21;20;AN;;;
			Date;22;29;8;DT;;yyyy-mm-dd;
			Amount;30;42;13;N;2;;
			Lines;43;46;4;N;;;
			Blank;47;50;4;FILLER;;;`.replace('yyyy-mm-dd', 'yyyymmdd'),
		],
	])('%s', (_, text) => {
		const items = csv(text);
		expect(fieldsOf(items)).toEqual(expected);
		expect(told(items)).toEqual([]);
	});
});

describe('where a field stands', () => {
	test.each([
		['starts and lengths', 'name;start;length;type\na;1;3;X\nb;4;2;X'],
		['starts and ends', 'name;from;to;type\na;1;3;X\nb;4;5;X'],
		['lengths alone', 'name;length;type\na;3;X\nb;2;X'],
		['starts, and the last length', 'name;start;length;type\na;1;;X\nb;4;2;X'],
		['ranges', 'name;position;type\na;1-3;X\nb;4 – 5;X'],
		['ranges in words', 'name;positie;type\na;1 t/m 3;X\nb;4 t/m 5;X'],
		['ends that are not part of the field', 'name;start;end;length;type\na;1;4;3;X\nb;4;6;2;X'],
		['row numbers in the column of positions', 'pos;name;length;type\n1;a;3;X\n2;b;2;X\n3;c;1;X'],
		['sizes in the types', 'name;type\na;CHAR(3)\nb;an..2'],
		['pictures', 'name;picture\na;X(3)\nb;PIC XX.'],
	])('%s', (_, text) => {
		const [a, b] = fieldsOf(csv(text));
		expect(a).toMatchObject({ name: 'a', type: 'text', start: 1, width: 3 });
		expect(b).toMatchObject({ name: 'b', type: 'text', start: 4, width: 2 });
		expect(told(csv(text))).toEqual([]);
	});

	test('offsets count from 0, and that is told', () => {
		const items = csv('name;offset;length;type\na;0;3;X\nb;3;2;X');
		expect(fieldsOf(items)).toMatchObject([{ start: 1 }, { start: 4 }]);
		expect(told(items)).toEqual([
			'warning FLATFILE_LIST_POSITION: Positions of the list count from 0; they were read as from 1',
		]);
	});

	test('a gap is filled and told', () => {
		const items = csv('name;start;length;type\na;1;3;X\nb;6;2;X\nc;9;1;X');
		expect(
			fieldsOf(items).map(({ name, type, start, width }) => [name, type, start, width]),
		).toEqual([
			['a', 'text', 1, 3],
			['filler at 4', 'filler', 4, 2],
			['b', 'text', 6, 2],
			['filler at 8', 'filler', 8, 1],
			['c', 'text', 9, 1],
		]);
		expect(told(items)).toEqual([
			"warning FLATFILE_LIST_POSITION: Positions 4 to 5 of record 'record', in front of field 'b', belong to no field: filled with spaces",
			"warning FLATFILE_LIST_POSITION: Position 8 of record 'record', in front of field 'c', belongs to no field: filled with spaces",
		]);
	});

	test.each([
		[
			'name;start;length;type\na;1;5;X\nb;4;2;X',
			"error FLATFILE_LIST_POSITION: Field 'b' of record 'record' starts at position 4, but field 'a' reaches to 5. Correct the list.",
		],
		[
			'name;start;end;length;type\na;1;5;9;X',
			"error FLATFILE_LIST_POSITION: Field 'a' stands from 1 to 5, which is 5, and its length is 9. Correct the list.",
		],
		[
			'name;start;end;type\na;5;1;X\nb;6;7;X',
			"error FLATFILE_LIST_POSITION: Field 'a' starts at 5 and ends at 1. Correct the list.",
		],
		[
			'name;start;length;type\na;1;3;X\nb;4;;X',
			"error FLATFILE_LIST_POSITION: Field 'b' has no length. Add it to the list.",
		],
		[
			'name;type\na;X\nb;N',
			"error FLATFILE_LIST_POSITION: The list has neither lengths nor positions. Add a column 'length', or set 'Format' to CSV.",
		],
	])('what cannot be is an error: %j', (text, message) => {
		const result = read(csv(text));
		expect(told(csv(text))).toContain(message);
		expect(result.preview).toEqual([]);
	});

	test('a CSV needs no positions', () => {
		const items = csv('name;type\na;text\nb;bedrag');
		const { layout, issues } = read(items, { format: 'csv' });
		expect(issues.every(({ severity }) => severity === 'warning')).toBe(true);
		expect(recordsOf(layout)[0]?.fields).toMatchObject([
			{ name: 'a', type: 'text' },
			{ name: 'b', type: 'decimal' },
		]);
		expect(() => parseLayout(layout, 'csv')).not.toThrow();
	});
});

describe('types', () => {
	const type = (text: string, more: Row = {}) => {
		const [field] = fieldsOf([{ name: 'f', length: 8, type: text, ...more }]);
		return without(field ?? {}, ['name', 'start']);
	};

	test.each([
		[
			'S9(7)V99',
			{},
			{ type: 'decimal', decimals: 2, point: 'implied', sign: 'overpunch', width: 9 },
		],
		['9(5)', {}, { type: 'integer', sign: 'none', width: 5 }],
		['999V9', {}, { type: 'decimal', decimals: 1, point: 'implied', sign: 'none', width: 4 }],
		[
			'PIC S9(7)V99 COMP-3',
			{},
			{ type: 'decimal', decimals: 2, point: 'implied', storage: 'packed', digits: 9 },
		],
		['S9(5) PACKED-DECIMAL', {}, { type: 'integer', storage: 'packed', digits: 5 }],
		['9(4) COMP', {}, { type: 'integer', storage: 'binary', digits: 4, sign: 'none' }],
		['S9(9) USAGE IS BINARY', {}, { type: 'integer', storage: 'binary', digits: 9 }],
		[
			'S9(5)V99 SIGN TRAILING SEPARATE',
			{},
			{ type: 'decimal', decimals: 2, point: 'implied', sign: 'trailingPlus', width: 8 },
		],
		[
			'S9(5) SIGN IS LEADING SEPARATE CHARACTER',
			{},
			{ type: 'integer', sign: 'leadingPlus', width: 6 },
		],
		[
			'Z(5)9.99-',
			{},
			{ type: 'decimal', decimals: 2, point: 'explicit', sign: 'trailing', pad: ' ', width: 10 },
		],
		['-9(5).99', {}, { type: 'decimal', decimals: 2, point: 'explicit', width: 9 }],
		['A(10)', {}, { type: 'text', width: 10 }],
		['NUMBER(15,2)', {}, { type: 'decimal', decimals: 2, point: 'explicit', width: 15 }],
		['N15.2', {}, { type: 'decimal', decimals: 2, point: 'explicit', width: 15 }],
		['varchar2(35)', {}, { type: 'text', width: 35 }],
	])('%s', (text, more, expected) => {
		expect(type(text, { length: undefined, ...more })).toEqual(expected);
	});

	test.each([
		['X', {}, { type: 'text' }],
		['9', {}, { type: 'integer' }],
		['N2', {}, { type: 'decimal', decimals: 2, point: 'implied' }],
		['N0', {}, { type: 'integer' }],
		['R', { decimals: 3 }, { type: 'decimal', decimals: 3, point: 'explicit' }],
		['DT', { format: 'DDMMYYYY' }, { type: 'date', format: 'ddMMyyyy' }],
		['Datum', { format: 'TTMMJJJJ' }, { type: 'date', format: 'ddMMyyyy' }],
		['date', { format: 'JJMMAAAA' }, { type: 'date', format: 'ddMMyyyy' }],
		['YYYYMMDD', {}, { type: 'date', format: 'yyyyMMdd' }],
		['N', { format: 'CCYYMMDD' }, { type: 'date', format: 'yyyyMMdd' }],
		['N', { description: 'Invoice date (YYYYMMDD)' }, { type: 'date', format: 'yyyyMMdd' }],
		['date', { length: 14, format: 'YYYYMMDDHHMMSS' }, { type: 'date', format: 'yyyyMMddHHmmss' }],
		['date', { length: 10, format: 'TT.MM.JJJJ' }, { type: 'date', format: 'dd.MM.yyyy' }],
		[
			'date',
			{ length: 19, format: 'YYYY-MM-DDTHH:MM:SS' },
			{ type: 'date', format: "yyyy-MM-dd'T'HH:mm:ss" },
		],
		['date', { length: 7, format: 'YYYYDDD' }, { type: 'date', format: 'yyyyooo' }],
		['time', { length: 6, format: 'HHMMSS' }, { type: 'date', format: 'HHmmss' }],
		['Ja/Nee', { length: 1, description: 'J/N' }, { type: 'boolean', true: 'J', false: 'N' }],
		['numeric', { length: '15,2' }, { type: 'decimal', decimals: 2, point: 'explicit' }],
		['numeric', { length: 13.2 }, { type: 'decimal', decimals: 2, point: 'explicit' }],
		[
			'amount',
			{ decimals: 2, description: 'implied decimals' },
			{ type: 'decimal', decimals: 2, point: 'implied' },
		],
		[
			'AN',
			{ default: 'EUR', required: 'M', align: 'Right', pad: 'zeros' },
			{ type: 'text', default: 'EUR', required: true, align: 'right', pad: '0' },
		],
		['AN', { source: 'supplier.Name' }, { type: 'text', source: 'supplier.Name' }],
	])('%s with %j is sure', (text, more, expected) => {
		expect(without(type(text, more), ['width'])).toEqual(expected);
		expect(told([{ name: 'f', length: 8, type: text, ...more }])).toEqual([]);
	});

	test.each([
		['', {}, 'has no type: read as text.', 'text'],
		['', { decimals: '2' }, 'has no type: read as decimal because of its decimals.', 'decimal'],
		['blob', {}, "has the type 'blob', which is not known: read as text.", 'text'],
		['date', {}, 'is a date without a format: read as yyyyMMdd by its width.', 'date'],
		['date', { length: 9 }, 'is a date without a format: read as text.', 'text'],
		[
			'date',
			{ length: 8, format: 'DD-MM-YYYY' },
			'is 8 wide, and its format dd-MM-yyyy 10.',
			'date',
		],
		['float', { decimals: 2 }, 'is a floating-point number: read as decimal.', 'decimal'],
		['amount', {}, 'has no number of decimals: read with 2.', 'decimal'],
		['boolean', { length: 1 }, "is a flag: '1' and '0' are written.", 'boolean'],
		['P', { length: 5 }, 'is packed: its length was read as bytes.', 'decimal'],
		['zoned', {}, 'is zoned: its sign is punched into the last digit.', 'integer'],
		['binary', { length: 9 }, 'is binary: its length was read as digits.', 'integer'],
		['S9(5) SIGN LEADING', { length: 5 }, 'a sign in the first digit is not supported', 'integer'],
		[
			'X(10)',
			{ length: 8 },
			"is 8 wide by its length or positions and 10 by its type 'X(10)': read as 8",
			'text',
		],
		[
			'AN',
			{ value: 'see the remarks below' },
			"has the value 'see the remarks below', which is too wide",
			'text',
		],
		['AN', { value: 'two words', length: 9 }, "has 'two words' in every record.", 'constant'],
		[
			'D/C',
			{ length: 1, description: 'D/C' },
			"is the sign of an amount: 'D' for zero and more, 'C' for less",
			'sign',
		],
	])('%s with %j is doubtful', (text, more, doubt, means) => {
		const items = [{ name: 'f', length: 8, type: text, ...more }];
		expect(told(items).join('\n')).toContain(doubt);
		const [field] = fieldsOf(items);
		expect(means === 'decimal' ? ['decimal', 'integer'] : [means]).toContain(field?.['type']);
		// A doubt is a warning: the layout can be used.
		expect(read(items).issues.every(({ severity }) => severity === 'warning')).toBe(true);
	});

	test('what no list says is asked once, with the fields it is about', () => {
		const items = csv('name;length;type;decimals\na;9;N;2\nb;9;N;2\nc;4;N;0\nd;3;X;');
		const open = read(items).issues.map(({ code, message }) => `${code} ${message.slice(0, 50)}`);
		expect(open).toEqual([
			"FLATFILE_LIST_OPEN 'a', 'b': the list does not say whether the decima",
			"FLATFILE_LIST_OPEN 'a', 'b', 'c': the list does not say how a negativ",
			"FLATFILE_LIST_OPEN 'a', 'b', 'c', 'd': the list does not say where th",
		]);
	});
});

describe('lists as partners make them', () => {
	test('a title above the header, and columns that say nothing', () => {
		const items = [
			{ 'ACME Corp. AP interface': 'Version 3', __EMPTY: '', __EMPTY_1: '', __EMPTY_2: '' },
			{ 'ACME Corp. AP interface': '', __EMPTY: '', __EMPTY_1: '', __EMPTY_2: '' },
			{ 'ACME Corp. AP interface': 'Nr', __EMPTY: 'Field', __EMPTY_1: 'Length', __EMPTY_2: 'Type' },
			{ 'ACME Corp. AP interface': 1, __EMPTY: 'number', __EMPTY_1: 10, __EMPTY_2: 'AN' },
			{ 'ACME Corp. AP interface': 2, __EMPTY: 'name', __EMPTY_1: 20, __EMPTY_2: 'AN' },
		];
		expect(fieldsOf(items)).toMatchObject([
			{ name: 'number', start: 1, width: 10 },
			{ name: 'name', start: 11, width: 20 },
		]);
		expect(told(items)).toEqual([]);
	});

	test('rows as lists, where the node was told that there is no header row', () => {
		const items = [
			{ row: ['Name', 'Len', 'Type'] },
			{ row: ['a', 3, 'X'] },
			{ row: ['b', 2, 'N'] },
		];
		expect(fieldsOf(items)).toMatchObject([
			{ name: 'a', width: 3 },
			{ name: 'b', width: 2, type: 'integer' },
		]);
	});

	test('a column that is not known is named', () => {
		const items = csv('name;length;type;Owner\na;3;X;Bob');
		expect(told(items)).toEqual([
			"warning FLATFILE_LIST_COLUMN: Columns of the list that were not used: 'Owner'",
		]);
	});

	test('a row without a name is told; an empty one is nothing; fillers may share a name', () => {
		const items = csv(
			'name;length;type\na;3;X\n;4;X\n;;\nFILLER;2;X\nFILLER;1;X\na;1;X\n;2;filler',
		);
		expect(fieldsOf(items).map(({ name }) => name)).toEqual([
			'a',
			'FILLER',
			'FILLER 2',
			'a 2',
			'filler',
		]);
		expect(told(items)).toEqual(['warning FLATFILE_LIST_ROW: Row 2 of the list has no name and was left out']);
	});

	test('records by a column, with their kinds by name', () => {
		const items = csv(
			`Satzart;Feldname;Von;Bis;Typ;Wert
			Vorsatz;Kennung;1;1;Konstante;V
			Rechnung;Kennung;1;1;Konstante;R
			Rechnung;Nummer;2;11;AN;
			Position;Kennung;1;1;Konstante;P
			Position;Betrag;2;12;N;
			Nachsatz;Kennung;1;1;Konstante;N`,
		);
		const { layout } = read(items);
		expect(recordsOf(layout).map(({ name, kind, fields }) => [name, kind, fields.length])).toEqual([
			['Vorsatz', 'header', 1],
			['Rechnung', 'detail', 2],
			['Position', 'subDetail', 2],
			['Nachsatz', 'trailer', 1],
		]);
		expect(told(items)[0]).toMatch(/^warning FLATFILE_LIST_RECORD: /);
		expect(told(items)[0]).toContain(
			"read from their names: 'Vorsatz' header, 'Rechnung' detail, 'Position' subDetail, 'Nachsatz' trailer.",
		);
	});

	test('records by headings, or where positions begin anew', () => {
		const headed = csv(
			'name;start;length;type\nHeader;;;\na;1;3;X\nInvoice;;;\nb;1;3;X\nTrailer;;;\nc;1;3;X',
		);
		expect(recordsOf(read(headed).layout).map(({ name, kind }) => [name, kind])).toEqual([
			['Header', 'header'],
			['Invoice', 'detail'],
			['Trailer', 'trailer'],
		]);
		const anew = csv('name;start;length;type\na;1;3;X\nb;4;3;X\nc;1;3;X');
		expect(recordsOf(read(anew).layout).map(({ name }) => name)).toEqual(['record', 'record 2']);
		expect(told(anew)[0]).toContain("Positions begin anew at 'c': read as the record 'record 2'.");
	});

	test.each([
		[[], 'The field list has no rows'],
		[[{ 'name;start;length': 'a;1;3' }], "has one column, 'name;start;length'. Set the delimiter"],
		[[{ foo: 1, bar: 2 }], 'Its columns are: foo, bar.'],
		[[{ name: '', length: '' }], 'The field list has no row with a field'],
	])('%j is no list', (items, message) => {
		expect(() => read(items as Row[])).toThrow(
			expect.objectContaining({
				code: 'FLATFILE_LIST_UNREADABLE',
				message: expect.stringContaining(message) as string,
			}),
		);
	});

	test('sources of a preset, by names that mean the same', () => {
		const items = csv('name;length;type\nInvoice Number;30;X\nSUPPLIER_NAME;60;X\nOther;3;X');
		const fields = fieldsOf(items, { sources: presetLayout('purchaseEntry') });
		expect(fields.map(({ source }) => source)).toEqual(['YourRef', expect.any(String), undefined]);
	});
});

describe('what is made of a list', () => {
	const items = csv(
		`name;start;length;type;decimals;source
		type;1;1;constant;;
		number;2;8;AN;;YourRef
		amount;10;5;S9(7)V99 COMP-3;;AmountFC`.replace('constant;;', 'X;;'),
	);

	test('is a layout that writes files', () => {
		const { layout, preview } = read(items, { options: { encoding: 'cp500' } });
		expect(layout).toMatchObject({ name: 'LIST', encoding: 'cp500', recordSeparator: 'none' });
		const { file } = encode(layout, [{ type: 'I', YourRef: 'A1', AmountFC: -123.45 }]);
		expect(Buffer.from(file?.bytes ?? []).toString('hex')).toBe(
			'c9' + 'c1f1404040404040' + '000012345d',
		);
		expect(preview).toEqual([
			'record: detail, 14 wide',
			'    1-1     type    text',
			'    2-9     number  text, from YourRef',
			'   10-14    amount  decimal, 2 decimals, packed, from AmountFC',
		]);
	});

	test('says that packed numbers ask for an encoding', () => {
		expect(told(items)[0]).toMatch(/^warning FLATFILE_LIST_TYPE: /);
		expect(told(items)[0]).toContain("'amount' are packed or binary: records are written without");
	});

	test('is checked as any layout', () => {
		const { issues, preview } = read(items, { options: { recordSeparator: 'CRLF' } });
		expect(issues[0]).toMatchObject({ code: 'FLATFILE_LAYOUT_COMBINATION', severity: 'error' });
		expect(preview).toEqual([]);
	});
});
