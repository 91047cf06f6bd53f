import { bytesAsText, detailLayout, encode, writeField } from './samples';

describe('numbers', () => {
	test.each([
		[{ type: 'integer' }, 42, '00000042'],
		[{ type: 'integer' }, -42, '-0000042'],
		[{ type: 'integer' }, '1234567890', 'FLATFILE_VALUE_TOO_LONG'],
		[{ type: 'integer' }, '12345678', '12345678'],
		[{ type: 'integer', pad: ' ' }, -42, '     -42'],
		[{ type: 'integer', pad: ' ', align: 'left' }, -42, '-42     '],
		[{ type: 'integer', sign: 'none' }, -1, 'FLATFILE_VALUE_NEGATIVE'],
		[{ type: 'integer', sign: 'none' }, -0, '00000000'],
		[{ type: 'integer', sign: 'absolute' }, -42, '00000042'],
		[{ type: 'integer', sign: 'leadingPlus' }, 42, '+0000042'],
		[{ type: 'integer', sign: 'leadingPlus', pad: ' ' }, 42, '     +42'],
		[{ type: 'integer', sign: 'trailing' }, 42, '0000042 '],
		[{ type: 'integer', sign: 'trailing' }, -42, '0000042-'],
		[{ type: 'integer', sign: 'trailing' }, 12345678, 'FLATFILE_VALUE_TOO_LONG'],
		[{ type: 'integer', sign: 'trailingPlus' }, 42, '0000042+'],
		[{ type: 'integer', sign: 'overpunch' }, 120, '0000012{'],
		[{ type: 'integer', sign: 'overpunch' }, 129, '0000012I'],
		[{ type: 'integer', sign: 'overpunch' }, -120, '0000012}'],
		[{ type: 'integer', sign: 'overpunch' }, -121, '0000012J'],
		[{ type: 'integer', sign: 'overpunch' }, -129, '0000012R'],
		[{ type: 'integer', sign: 'overpunchNegative' }, 121, '00000121'],
		[{ type: 'integer', sign: 'overpunchNegative' }, -121, '0000012J'],
		[{ type: 'integer' }, 1.5, 'FLATFILE_VALUE_DECIMALS'],
		[{ type: 'integer', rounding: 'half-up' }, 1.5, '00000002'],
		[{ type: 'integer', rounding: 'half-up' }, -1.5, '-0000002'],
		[{ type: 'integer' }, 2 ** 53 + 2, 'FLATFILE_VALUE_INVALID'],
		[{ type: 'integer', width: 20 }, '9007199254740993', '00009007199254740993'],
		[{ type: 'integer' }, 12n, '00000012'],
		[{ type: 'decimal' }, 12.5, '00012.50'],
		[{ type: 'decimal' }, -12.5, '-0012.50'],
		[{ type: 'decimal' }, '-12.50', '-0012.50'],
		[{ type: 'decimal' }, '12.500', '00012.50'],
		[{ type: 'decimal' }, 0.05, '00000.05'],
		[{ type: 'decimal', width: 4 }, 0.05, '0.05'],
		[{ type: 'decimal' }, 1e-7, 'FLATFILE_VALUE_DECIMALS'],
		[{ type: 'decimal', point: 'implied' }, 12.5, '00001250'],
		[{ type: 'decimal', point: 'implied', width: 2 }, 0.05, '05'],
		[{ type: 'decimal', point: 'implied', sign: 'overpunch' }, -12.5, '0000125}'],
		[{ type: 'decimal' }, 0.1 + 0.2, '00000.30'],
		[{ type: 'decimal', width: 20 }, 1234567890123.4568, 'FLATFILE_VALUE_DECIMALS'],
		[{ type: 'decimal' }, 12.345, 'FLATFILE_VALUE_DECIMALS'],
		[{ type: 'decimal', rounding: 'half-up' }, 12.345, '00012.35'],
		[{ type: 'decimal' }, 123456.78, 'FLATFILE_VALUE_TOO_LONG'],
		[{ type: 'decimal' }, NaN, 'FLATFILE_VALUE_INVALID'],
		[{ type: 'decimal' }, Infinity, 'FLATFILE_VALUE_INVALID'],
		[{ type: 'decimal' }, '1.234,56', 'FLATFILE_VALUE_INVALID'],
		[{ type: 'decimal' }, '1e5', 'FLATFILE_VALUE_INVALID'],
		[{ type: 'decimal' }, true, 'FLATFILE_VALUE_INVALID'],
		[{ type: 'decimal' }, { amount: 1 }, 'FLATFILE_VALUE_INVALID'],
		[{ type: 'decimal' }, null, '        '],
		[{ type: 'decimal', emptyFill: '0' }, null, '00000000'],
		[{ type: 'decimal', default: '0' }, null, '00000.00'],
		[{ type: 'decimal', required: true }, null, 'FLATFILE_VALUE_MISSING'],
		[{ type: 'sign' }, -0.4, '-       '],
		[{ type: 'sign', width: 1, positive: 'D', negative: 'C' }, 12, 'D'],
		[{ type: 'sign', width: 1, positive: 'D', negative: 'C' }, 0, 'D'],
		[{ type: 'sign', width: 1, positive: 'D', negative: 'C', zero: 'Z' }, 0, 'Z'],
		[{ type: 'sign' }, 'x', 'FLATFILE_VALUE_INVALID'],
	])('%j of %p is %p', (field, value, expected) => {
		expect(writeField(field, value)).toBe(expected);
	});

	test('uses the decimal mark of the layout', () => {
		expect(writeField({ type: 'decimal' }, -12.5, { decimalMark: ',' })).toBe('-0012,50');
	});

	test('packs decimals into half bytes with the sign in the last', () => {
		const hex = (sign: string, value: number) =>
			Buffer.from(
				writeField({ type: 'decimal', storage: 'packed', width: 4, sign }, value),
				'latin1',
			).toString('hex');
		expect(hex('leading', 123.45)).toBe('0012345c');
		expect(hex('leading', -123.45)).toBe('0012345d');
		expect(hex('none', 123.45)).toBe('0012345f');
		const packed = { type: 'integer', storage: 'packed', width: 2 };
		expect(writeField(packed, 999)).toHaveLength(2);
		expect(writeField(packed, 1000)).toBe('FLATFILE_VALUE_TOO_LONG');
		expect(writeField(packed, null)).toBe('FLATFILE_VALUE_MISSING');
	});
});

describe('binary numbers', () => {
	const written = (field: object, value: unknown) => {
		const text = writeField(
			{ type: 'integer', storage: 'binary', width: undefined, ...field },
			value,
			{ encoding: 'cp037' },
		);
		return text.startsWith('FLATFILE') ? text : Buffer.from(text, 'latin1').toString('hex');
	};

	// As Enterprise COBOL lays out PIC S9(n) COMP: 1 to 4 digits 2 bytes, 5 to 9 four, 10 to 18 eight.
	test.each([
		[{ digits: 1 }, 1, '0001'],
		[{ digits: 4 }, 9999, '270f'],
		[{ digits: 4 }, -9999, 'd8f1'],
		[{ digits: 4 }, 10000, 'FLATFILE_VALUE_TOO_LONG'],
		[{ digits: 4 }, -10000, 'FLATFILE_VALUE_TOO_LONG'],
		[{ digits: 5 }, 10000, '00002710'],
		[{ digits: 9 }, -1, 'ffffffff'],
		[{ digits: 9 }, '1000000000', 'FLATFILE_VALUE_TOO_LONG'],
		[{ digits: 10 }, -2, 'fffffffffffffffe'],
		[{ digits: 18 }, '999999999999999999', '0de0b6b3a763ffff'],
		[{ digits: 18 }, '1000000000000000000', 'FLATFILE_VALUE_TOO_LONG'],
		[{ digits: 4, sign: 'none' }, 9999, '270f'],
		[{ digits: 4, sign: 'none' }, -1, 'FLATFILE_VALUE_NEGATIVE'],
		[{ digits: 4, sign: 'absolute' }, -1, '0001'],
		// Without a picture the bytes are the limit.
		[{ width: 2 }, 32767, '7fff'],
		[{ width: 2 }, -32768, '8000'],
		[{ width: 2 }, 32768, 'FLATFILE_VALUE_TOO_LONG'],
		[{ width: 2 }, -32769, 'FLATFILE_VALUE_TOO_LONG'],
		[{ width: 2, sign: 'none' }, 65535, 'ffff'],
		[{ width: 2, sign: 'none' }, 65536, 'FLATFILE_VALUE_TOO_LONG'],
		[{ width: 4, sign: 'none' }, 4294967295, 'ffffffff'],
		[{ width: 8 }, '-9223372036854775808', '8000000000000000'],
		[{ width: 8, sign: 'none' }, '18446744073709551615', 'ffffffffffffffff'],
		[{ width: 8 }, '9223372036854775808', 'FLATFILE_VALUE_TOO_LONG'],
		[{ type: 'decimal', digits: 9 }, 1234.56, '0001e240'],
		[{ type: 'decimal', digits: 9 }, -0.01, 'ffffffff'],
		[{ type: 'decimal', digits: 9, decimals: 4 }, '1.5', '00003a98'],
		[{ type: 'decimal', digits: 9 }, 10000000, 'FLATFILE_VALUE_TOO_LONG'],
		[{ digits: 4 }, null, 'FLATFILE_VALUE_MISSING'],
		[{ digits: 4, default: '0' }, null, '0000'],
		[{ storage: 'packed', digits: 7 }, 1234567, '1234567c'],
		[{ storage: 'packed', digits: 8 }, 12345678, '012345678c'],
		[{ storage: 'packed', digits: 8 }, 123456789, 'FLATFILE_VALUE_TOO_LONG'],
		[{ storage: 'packed', digits: 1 }, -5, '5d'],
	])('%j of %p is %s', (field, value, expected) => {
		expect(written(field, value)).toBe(expected);
	});

	test('say what fits where a number does not', () => {
		const layout = detailLayout([{ name: 'v', type: 'decimal', storage: 'binary', digits: 4 }], {
			recordSeparator: 'none',
		});
		expect(encode(layout, [{ v: 100 }]).rejected[0]?.issues[0]).toMatchObject({
			message:
				"Row 1, record 'row', field 'v': 100.00 is outside -99.99 to 99.99, which the field's 2 bytes are for; widen the field; a number is never cut",
			expected: '-99.99 to 99.99',
		});
	});

	test('stand beside text in one record, and are marked in the preview', () => {
		const layout = detailLayout(
			[
				{ name: 'a', type: 'text', width: 3 },
				{ name: 'n', type: 'integer', storage: 'binary', digits: 5 },
				{ name: 'lines', type: 'count', of: 'row', scope: 'group', storage: 'binary', digits: 3 },
				{ name: 'z', type: 'text', width: 1, source: 'a' },
			],
			{ encoding: 'cp500', recordSeparator: 'none', recordLength: 10 },
		);
		const { file } = encode(layout, [{ a: 'A', n: -2 }]);
		expect(Buffer.from(file?.bytes ?? []).toString('hex')).toBe(
			'c14040' + 'fffffffe' + '0001' + 'c1',
		);
		expect(file?.preview.at(-1)).toBe('A··▒▒▒▒▒▒A');
	});
});

describe('texts', () => {
	test.each([
		[{ type: 'text' }, 'abc', 'abc     '],
		[{ type: 'text', align: 'right' }, 'abc', '     abc'],
		[{ type: 'text', align: 'right', pad: '0' }, '123', '00000123'],
		[{ type: 'text' }, '   20016691', '20016691'],
		[{ type: 'text', trim: false }, ' ab ', ' ab     '],
		[{ type: 'text', case: 'upper' }, 'abc', 'ABC     '],
		[{ type: 'text', case: 'lower' }, 'ABC', 'abc     '],
		[{ type: 'text' }, 12.5, '12.5    '],
		[{ type: 'text' }, 1e21, 'FLATFILE_VALUE_TOO_LONG'],
		[{ type: 'text' }, false, 'false   '],
		[{ type: 'text' }, NaN, 'FLATFILE_VALUE_INVALID'],
		[{ type: 'text' }, ['a'], 'FLATFILE_VALUE_INVALID'],
		[{ type: 'text' }, { a: 1 }, 'FLATFILE_VALUE_INVALID'],
		[{ type: 'text' }, '123456789', 'FLATFILE_VALUE_TOO_LONG'],
		[{ type: 'text', overflow: 'truncate' }, '123456789', '12345678'],
		[{ type: 'text', overflow: 'truncateStart' }, '123456789', '23456789'],
		[{ type: 'text' }, '', '        '],
		[{ type: 'text', emptyFill: '9' }, '  ', '99999999'],
		[{ type: 'text', default: 'none' }, null, 'none    '],
		[{ type: 'text', required: true }, ' ', 'FLATFILE_VALUE_MISSING'],
		[{ type: 'text', codes: { '20': 'OPEN' } }, 20, 'OPEN    '],
		[{ type: 'text', codes: { '20': 'OPEN' } }, 50, 'FLATFILE_CODE_UNMAPPED'],
		[{ type: 'text', codes: { '20': 'OPEN' }, otherCodes: 'keep' }, 50, '50      '],
		[{ type: 'text' }, 'a\r\nb', 'a  b    '],
		[{ type: 'text' }, 'Łódź', 'Lódz    '],
		[{ type: 'text' }, '👍', 'FLATFILE_CHARACTER'],
		[{ type: 'boolean' }, true, '1       '],
		[{ type: 'boolean', true: 'Y', false: 'N' }, 'false', 'N       '],
		[{ type: 'boolean' }, 'maybe', 'FLATFILE_VALUE_INVALID'],
	])('%j of %j is %p', (field, value, expected) => {
		expect(writeField(field, value)).toBe(expected);
	});

	test('applies the character policy of the layout', () => {
		const field = { type: 'text' };
		const latin = { encoding: 'iso-8859-1' };
		expect(writeField(field, '€ 5', latin)).toBe('EUR 5   ');
		expect(writeField(field, '👍 5', { ...latin, characters: 'replace' })).toBe('? 5     ');
		expect(writeField(field, '€ 5', { ...latin, characters: 'reject' })).toBe('FLATFILE_CHARACTER');
	});

	test('cuts whole characters only, and says so', () => {
		const layout = detailLayout([{ name: 'v', type: 'text', width: 4, overflow: 'truncate' }], {
			encoding: 'utf-8',
			widthIn: 'bytes',
			recordSeparator: 'none',
		});
		const result = encode(layout, [{ v: 'abé👍' }, { v: 'ab👍' }]);
		expect(Buffer.from(result.file?.bytes ?? []).toString('utf8')).toBe('abéab  ');
		expect(result.warnings).toEqual([
			expect.objectContaining({ code: 'FLATFILE_TRUNCATED', severity: 'warning', path: 'v' }),
			expect.objectContaining({ code: 'FLATFILE_TRUNCATED' }),
		]);
		expect(result.warnings[0]?.message).toBe(
			`Row 1, record 'row', field 'v': "abé👍" was cut to "abé"`,
		);
	});

	test('counts characters or bytes', () => {
		const utf8 = (widthIn: string) =>
			Buffer.from(
				writeField({ type: 'text', width: 5 }, 'é👍', { encoding: 'utf-8', widthIn }),
				'latin1',
			);
		expect(utf8('characters').toString('utf8')).toBe('é👍   ');
		expect(
			writeField({ type: 'text', width: 5 }, 'é👍', { encoding: 'utf-8', widthIn: 'bytes' }),
		).toBe('FLATFILE_VALUE_TOO_LONG');
	});
});

describe('dates', () => {
	test.each([
		['yyyyMMdd', '2017-03-05', '20170305'],
		['ddMMyy', '2017-03-05', '050317  '],
		['yyyyooo', '2016-12-31', '2016366 '],
		["d'.'M", '2017-03-05', '5.3     '],
		['ddMMMyy', '2017-03-05', '05MAR17 '],
		['HHmmssSS', '2017-03-05', 'LAYOUT'],
		['yyyyMMdd', '2017-02-29', 'FLATFILE_DATE_INVALID'],
		['yyyyMMdd', '2017-13-01', 'FLATFILE_DATE_INVALID'],
		['yyyyMMdd', '05-03-2017', 'FLATFILE_DATE_INVALID'],
		['yyyyMMdd', 'soon', 'FLATFILE_DATE_INVALID'],
		['yyyyMMdd', 20170305, 'FLATFILE_DATE_INVALID'],
		['yyyyMMdd', new Date(NaN), 'FLATFILE_DATE_INVALID'],
		['yyyyMMdd', new Date('2017-03-05T23:30:00Z'), '20170306'],
		['yyyyMMdd', null, '        '],
		['yyyyMMddHH', '2017-03-05', 'FLATFILE_VALUE_TOO_LONG'],
		['HHmmss', '2017-03-05T12:34:56', '123456  '],
		['HHmmss', '2017-03-05T23:30:00Z', '003000  '],
		['HHmmss', '2017-07-05T23:30:00.5Z', '013000  '],
		['HHmmss', '2017-03-05T12:00:00-05:00', '180000  '],
		['H.mm', '2017-03-05T09:05:00', '9.05    '],
		['ss.SSS', '2017-03-05T09:05:07.25', '07.250  '],
		['yyyyMMdd', '0099-01-02', '00990102'],
	])('%s of %p is %p', (format, value, expected) => {
		const field = { type: 'date', format };
		if (expected === 'LAYOUT') expect(() => writeField(field, value)).toThrow(/HHmmssSS/);
		else expect(writeField(field, value)).toBe(expected);
	});

	test('shows instants in the zone of the field, the layout, the run', () => {
		const instant = '2017-03-05T23:30:00Z';
		const field = { type: 'date', format: 'ddHHmm' };
		expect(writeField(field, instant)).toBe('060030  ');
		expect(writeField(field, instant, { timeZone: 'America/New_York' })).toBe('051830  ');
		expect(
			writeField({ ...field, timeZone: 'UTC' }, instant, { timeZone: 'America/New_York' }),
		).toBe('052330  ');
	});
});

describe('encodings', () => {
	const field = { name: 'v', type: 'text', width: 6 };
	const bytes = (encoding: string, text: string, more = {}) => {
		const layout = detailLayout([field], { encoding, ...more });
		return Buffer.from(encode(layout, [{ v: text }]).file?.bytes ?? []).toString('hex');
	};

	test.each([
		['ascii', 'AB é', '414220652020' + '0d0a'],
		['iso-8859-1', 'AB é€', undefined],
		['windows-1252', 'AB é€', '414220e98020' + '0d0a'],
		['iso-8859-15', 'AB é€', '414220e9a420' + '0d0a'],
		['utf-8', 'AB é', '414220c3a92020' + '0d0a'],
		// CCSID 37: A C1, B C2, space 40, é 51, 0 F0; carriage return 0D, line feed 25.
		['cp037', 'AB é0', 'c1c24051f040' + '0d25'],
		['cp1140', 'AB é€', 'c1c240519f40' + '0d25'],
		['cp273', 'Äß{@}', '4aa143b5dc40' + '0d25'],
		['cp500', '[!]^|', '4a4f5a5fbb40' + '0d25'],
		['cp1141', '€ü~', '9fd059404040' + '0d25'],
		['cp1148', '€[', '9f4a40404040' + '0d25'],
		['cp850', 'Äß€é', undefined],
		['cp850', 'Äßéø', '8ee1829b2020' + '0d0a'],
	])('%s writes %p', (encoding, text, expected) => {
		if (expected === undefined) {
			const layout = detailLayout([field], { encoding, characters: 'reject' });
			expect(encode(layout, [{ v: text }]).rejected).toHaveLength(1);
		} else expect(bytes(encoding, text)).toBe(expected);
	});

	test('writes the new line of EBCDIC systems and the end-of-file mark', () => {
		const more = { recordSeparator: 'NEL', endOfFileMark: true };
		expect(bytes('cp037', 'A', more)).toBe('c14040404040' + '15' + '3f');
		expect(bytes('ascii', 'A', { recordSeparator: 'LF', closingSeparator: false })).toBe(
			'412020202020',
		);
		expect(bytes('ascii', 'A', { recordSeparator: 'CR', endOfFileMark: true })).toBe(
			'412020202020' + '0d' + '1a',
		);
	});

	test('writes zoned and packed decimals as a mainframe reads them', () => {
		const layout = detailLayout(
			[
				{ name: 'zoned', type: 'integer', width: 4, sign: 'overpunch', source: 'v' },
				{ name: 'packed', type: 'integer', width: 3, storage: 'packed', source: 'v' },
			],
			{ encoding: 'cp037', recordSeparator: 'none' },
		);
		const result = encode(layout, [{ v: -123 }, { v: 45 }]);
		expect(Buffer.from(result.file?.bytes ?? []).toString('hex')).toBe(
			'f0f1f2d3' + '00123d' + 'f0f0f4c5' + '00045c',
		);
		expect(result.file?.preview.join('\n')).toContain('012L▒▒▒');
	});

	test.each([
		['cp037', 'f1d0f1c0'],
		['cp273', 'f1d0f1c0'],
		['cp500', 'f1d0f1c0'],
		['cp1141', 'f1d0f1c0'],
		['windows-1252', '317d317b'],
	])('writes the zoned zeros of %s where a mainframe reads them', (encoding, expected) => {
		const layout = detailLayout([{ name: 'v', type: 'integer', width: 2, sign: 'overpunch' }], {
			encoding,
			recordSeparator: 'none',
		});
		const { file } = encode(layout, [{ v: -10 }, { v: 10 }]);
		expect(Buffer.from(file?.bytes ?? []).toString('hex')).toBe(expected);
	});

	test('has a MIME type with the character set', () => {
		expect(encode(detailLayout([field], { encoding: 'cp1140' }), [{ v: 'A' }]).file?.mimeType).toBe(
			'text/plain; charset=IBM01140',
		);
		expect(bytesAsText(encode(detailLayout([field]), []))).toBe('');
	});
});
