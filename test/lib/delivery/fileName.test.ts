import fc from 'fast-check';

import { checkFileName, checkFolder, formatFileName } from '../../../lib/delivery';
import { joinRemote, parentOf, quoteName } from '../../../lib/delivery/fileName';

const code = (run: () => unknown): unknown => {
	try {
		run();
	} catch (error) {
		return (error as { code?: unknown }).code;
	}
	return undefined;
};

const message = (run: () => unknown): string => {
	try {
		run();
	} catch (error) {
		return (error as Error).message;
	}
	return '';
};

describe('formatFileName', () => {
	const fields = {
		partner: 'ACME',
		controlNumber: '000123001',
		transactionSet: '810',
		date: '20170306',
		sequence: 7,
		documentCount: 2,
		release: undefined,
	};

	test('fills every placeholder', () => {
		expect(
			formatFileName(
				'{transactionSet}_{partner}_{controlNumber}_{date}_{sequence}_{documentCount}.edi',
				fields,
			),
		).toBe('810_ACME_000123001_20170306_7_2.edi');
	});

	test('pads numbers to a width, never text', () => {
		expect(formatFileName('{sequence:4}-{partner:9}.csv', fields)).toBe('0007-ACME.csv');
	});

	test('makes values safe: separators, wildcards and spaces become one underscore', () => {
		expect(formatFileName('{partner}.edi', { partner: '../A & B\\C*?:' })).toBe('.._A_B_C_.edi');
		expect(formatFileName('{partner}.edi', { partner: 'Café Zürich' })).toBe('Café_Zürich.edi');
	});

	test.each([
		['{controlNo}', 'The placeholder {controlNo} of the file-name pattern does not exist'],
		['{release}', 'The placeholder {release} of the file-name pattern has no value'],
		['{partner', '"{partner", which is not a placeholder'],
		['a}b', 'which is not a placeholder'],
		['{constructor}', 'does not exist'],
		['{sequence:0}', '"{sequence:0}", which is not a placeholder'],
	])('refuses %s by name and lists what there is', (pattern, text) => {
		expect(code(() => formatFileName(pattern, fields))).toBe('DELIVERY_FILE_NAME_PATTERN');
		expect(message(() => formatFileName(pattern, fields))).toContain(text);
		expect(message(() => formatFileName(pattern, fields))).toContain(
			'{partner}, {controlNumber}, {transactionSet}, {date}, {sequence}, {documentCount}',
		);
	});

	test('refuses a value with a line break or NUL instead of hiding it', () => {
		expect(code(() => formatFileName('{partner}.edi', { partner: 'A\nB' }))).toBe(
			'DELIVERY_FILE_NAME_PATTERN',
		);
		expect(code(() => formatFileName('{partner}.edi', { partner: 'A\0B' }))).toBe(
			'DELIVERY_FILE_NAME_PATTERN',
		);
	});

	test('a value with braces is not read as a placeholder', () => {
		expect(formatFileName('{partner}.edi', { partner: '{date}', date: 'x' })).toBe('_date_.edi');
	});

	test('whatever the values, the name is one part of a path or is refused', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), fc.string(), (partner, controlNumber) => {
				let name: string;
				try {
					name = formatFileName('{partner}{controlNumber}', { partner, controlNumber });
				} catch (error) {
					expect((error as { code: string }).code).toMatch(/^DELIVERY_FILE_NAME_/);
					return;
				}
				expect([...name].some((c) => c < ' ' || c === '\u007f' || c === '/' || c === '\\')).toBe(
					false,
				);
				expect(['', '.', '..']).not.toContain(name);
				expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
				expect(Buffer.from(name, 'utf8').toString('utf8')).toBe(name);
			}),
			{ numRuns: 300 },
		);
	});
});

describe('names and folders', () => {
	test.each([
		'',
		'.',
		'..',
		'a/b',
		'/a',
		'a\\b',
		'..\\a',
		'a\0b',
		'a\nb',
		'a\rb',
		'a\tb',
		'a\u007f',
		'a\u2028b',
		'\ud800x',
		'x'.repeat(256),
		'é'.repeat(128),
	])('refuses the name %j', (name) => {
		expect(code(() => checkFileName(name))).toBe('DELIVERY_FILE_NAME_INVALID');
	});

	test.each([
		'-rf',
		'a.',
		'a ',
		' a',
		'.hidden',
		'é.edi',
		'e\u0301.edi',
		'x'.repeat(255),
		'~',
		'*',
	])('leaves the name %j exactly as it is', (name) => expect(checkFileName(name)).toBe(name));

	test.each(['', '  ', '/in/../out', '..', 'in\\out', '/in\nout', '/a\0'])(
		'refuses the folder %j',
		(folder) => {
			expect(code(() => checkFolder(folder))).toBe('DELIVERY_FOLDER_INVALID');
		},
	);

	test.each([
		['/inbound/', '/inbound'],
		['//in//bound/./', '/in/bound'],
		['inbound', 'inbound'],
		['/', '/'],
		['.', '.'],
		['./', '.'],
	])('reads the folder %j as %j', (folder, expected) => {
		expect(checkFolder(folder)).toBe(expected);
	});

	test('joins and splits again', () => {
		expect([
			joinRemote('/', 'a'),
			joinRemote('/in', 'a'),
			joinRemote('.', 'a'),
			joinRemote('in', 'a'),
		]).toEqual(['/a', '/in/a', 'a', 'in/a']);
		expect(['/a', '/in/a', 'a', 'in/a'].map(parentOf)).toEqual(['/', '/in', '.', 'in']);
	});

	test('messages show control characters and stay short', () => {
		expect(quoteName('a\nb\u007f')).toBe('"a\\nb\\u007f"');
		expect(quoteName('x'.repeat(500)).length).toBeLessThan(130);
	});
});
