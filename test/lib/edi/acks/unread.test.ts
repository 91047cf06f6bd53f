import { readInterchanges, respondToFile } from '../../../../lib/edi/acks';
import { answer, answerLines, edifact, isa, x12 } from './samples';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const SECOND = { header: isa({ 13: '000000043' }), end: 'IEA*1*000000043' };
const GROUP = /GS\*.*GE\*1\*42~/.exec(text(x12()))![0];
const SET = /ST\*.*SE\*15\*0001~/.exec(text(x12()))![0];

describe('what stands beside an X12 interchange is an error of it, in the answer and the report', () => {
	test.each([
		['a group behind IEA', text(x12()) + GROUP],
		['a set behind IEA', text(x12()) + SET],
		['a segment behind IEA', `${text(x12())}REF*ZZ*1~`],
		['another IEA', `${text(x12())}IEA*1*000000042~`],
		['words behind IEA', `${text(x12())}\r\nTHIS IS NO EDI\r\n`],
		['words before ISA', `From: me\r\n\r\n${text(x12())}`],
		['a header that breaks off', `${text(x12())}ISA*00*   `],
		['a message without UNB', `${text(x12())}UNH+1+ORDERS:D:96A:UN'`],
	])('%s', (_name, file) => {
		const { response } = answer(Buffer.from(file, 'latin1'));
		expect(response.verdict).toBe('rejected');
		expect(answerLines(Buffer.from(file, 'latin1'))).toEqual(['TA1*000000042*170306*0811*R*022']);
		expect(response.report).toMatch(/not read|without an interchange header|breaks off/);
	});

	test('between two interchanges it is an error of the one before', () => {
		const file = Buffer.from(`${text(x12())}junk ${text(x12(SECOND))}`, 'latin1');
		const { verdict, interchanges } = respondToFile(file);
		expect(verdict).toBe('partially accepted');
		expect(interchanges.map((one) => one.verdict)).toEqual(['rejected', 'accepted']);
		expect(interchanges[0]!.report).toContain('is not read: "junk"');
	});

	test('told in TA1 too where envelope errors are accepted', () => {
		const rules = {
			bodyErrors: 'reject',
			envelopeErrors: 'accept with errors',
			allOrNothing: false,
		} as const;
		const lines = answerLines(Buffer.from(`${text(x12())}junk`, 'latin1'), { rules });
		expect(lines[0]).toBe('TA1*000000042*170306*0811*E*022');
		expect(lines).toContain('AK9*A*1*1*1');
	});

	test.each([
		['line breaks', '\r\n\r\n'],
		['spaces', '   '],
		['zero bytes', '\0\0\0'],
		['the end-of-file sign of old systems', '\u001a'],
	])('padding is nothing: %s', (_name, padding) => {
		expect(respondToFile(Buffer.from(text(x12()) + padding, 'latin1')).verdict).toBe('accepted');
	});

	test('files that were appended to each other, each with its byte-order mark', () => {
		const mark = '\u00ef\u00bb\u00bf';
		const file = Buffer.from(mark + text(x12()) + mark + text(x12(SECOND)), 'latin1');
		expect(respondToFile(file).verdict).toBe('accepted');
		const orders = edifact({ header: 'UNB+UNOC:3+A:14+B:14+170306:0811+2', end: 'UNZ+1+2' });
		const other = Buffer.from(mark + text(edifact()) + mark + text(orders), 'latin1');
		expect(respondToFile(other).verdict).toBe('accepted');
	});
});

describe('a second ISA with a separator that was damaged is an interchange of its own', () => {
	const places = [3, 6, 17, 50, 81, 103];
	test.each(places.flatMap((at) => ['|', 'x', ' '].map((char) => [at, char] as const)))(
		'at %i: %j',
		(at, char) => {
			const second = text(x12(SECOND));
			const damaged = second.slice(0, at) + char + second.slice(at + 1);
			const file = Buffer.from(text(x12()) + damaged, 'latin1');
			expect(respondToFile(file).interchanges.map(({ verdict }) => verdict)).toEqual([
				'accepted',
				'rejected',
			]);
			expect(answerLines(file)).toContain('TA1*000000043*170306*0811*R*026');
		},
	);
});

describe('what stands beside an EDIFACT interchange is an error of it', () => {
	test.each([
		['words behind UNZ', `${text(edifact())}\nTHIS IS NO EDI\n`],
		['words before UNA', `Subject: order\n\n${text(edifact())}`],
		['a message behind UNZ', `${text(edifact())}UNH+2+ORDERS:D:96A:UN'BGM+220+2+9'UNT+3+2'`],
		['a segment behind UNZ', `${text(edifact())}BGM+220+2+9'`],
		['another UNZ', `${text(edifact())}UNZ+1+REF42'`],
		['UNA and a message', `${text(edifact())}UNA:+.? 'UNH+2+ORDERS:D:96A:UN'UNT+2+2'`],
	])('%s', (_name, file) => {
		const bytes = Buffer.from(file, 'latin1');
		expect(answerLines(bytes)).toEqual(['UCI+REF42+ACME:14+MYCOMPANY:14+4+33']);
		const first = respondToFile(bytes).interchanges.find(
			({ acknowledges }) => acknowledges.controlNumber === 'REF42',
		);
		expect(first!.report).toMatch(/not read|without an interchange header/);
	});
});

describe('delimiters beyond ASCII are one character', () => {
	const wide = (char: string, other: string) => (bytes: Uint8Array) =>
		Buffer.from(text(bytes).replaceAll(char, other), 'utf8');

	test.each([
		['segment terminator', '~', '\u00a7'],
		['element separator', '*', '\u00a6'],
		['component separator', '>', '\u00b5'],
		['segment terminator of three bytes', '~', '\u2502'],
	])('X12 %s', (_name, char, other) => {
		const file = wide(char, other)(x12());
		const { response } = answer(file);
		expect(response.verdict).toBe('accepted');
		expect(response.reading.problems).toEqual([]);
		expect(answer(Buffer.from(text(x12()).replaceAll(char, '\u00a7'), 'latin1')).response.verdict).toBe(
			'accepted',
		);
		expect(readInterchanges(file, { encoding: 'utf-8' }).problems).toEqual([]);
	});

	test.each([
		['segment terminator', "'", '\u00a7'],
		['data element separator', '+', '\u00a6'],
		['component separator', ':', '\u00b5'],
		['release character', '?', '\u00bf'],
	])('EDIFACT %s', (_name, char, other) => {
		const released = edifact().toString('latin1').replace('PO-7', 'PO??7');
		for (const source of [edifact(), Buffer.from(released)]) {
			const { response } = answer(wide(char, other)(source));
			expect(response.verdict).toBe('accepted');
			expect(response.reading.problems).toEqual([]);
		}
	});

	test('a letter beside them stays what it is', () => {
		const file = Buffer.from(
			text(x12()).replace('Widget', 'W\u00eddget \u00a3 5').replaceAll('~', '\u00a7'),
			'utf8',
		);
		expect(respondToFile(file).verdict).toBe('accepted');
	});
});
