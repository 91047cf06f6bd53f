import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import fc from 'fast-check';

import { X12Tokenizer } from '../../../../lib/edi/x12/tokenizer';
import { tokenizeX12 } from './tokenize';
import type { TokenizedX12 } from './tokenize';
import type { X12Segment } from '../../../../lib/edi/x12/tokenizer';
import { describeWithShared, sharedDir } from '../../../support/shared';

const ISA =
	'ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *170306*0811*U*00401*000000001*0*T*>~';
const BODY =
	'GS*IN*SENDER*RECEIVER*20170306*0811*1*X*004010~ST*810*0001~BIG*20170306*1~TDS*100~SE*4*0001~GE*1*1~IEA*1*000000001~';
const FILE = ISA + BODY;

const read = (text: string, encoding: BufferEncoding = 'latin1') =>
	tokenizeX12(Buffer.from(text, encoding));
const show = ({ segments }: TokenizedX12) =>
	segments.map(({ tag, elements }) => [tag, ...elements].join('|')).slice(1);
const codes = ({ problems }: TokenizedX12) =>
	problems.map(({ code, offset }) => `${code}@${offset}`);
const wanted = show(read(FILE));

function inChunks(bytes: Uint8Array, sizes: readonly number[]): TokenizedX12 {
	const segments: X12Segment[] = [];
	const headers: TokenizedX12['headers'][number][] = [];
	const problems: TokenizedX12['problems'][number][] = [];
	const tokenizer = new X12Tokenizer({
		header: (header) => headers.push(header),
		segment: (segment) => segments.push(segment),
		problem: (problem) => problems.push(problem),
	});
	for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
		const size = sizes[turn % sizes.length]!;
		tokenizer.push(bytes.subarray(at, at + size));
		at += size;
	}
	tokenizer.end();
	return { segments, headers, problems };
}

test('segments, elements, offsets and delimiters of a plain file', () => {
	const result = read(FILE);
	expect(result.problems).toEqual([]);
	expect(result.headers).toMatchObject([
		{
			delimiters: { element: '*', component: '>', repetition: undefined, segment: '~' },
			length: 106,
		},
	]);
	expect(result.segments[0]!.elements).toHaveLength(16);
	expect(result.segments[0]!.elements[5]).toBe('SENDER         ');
	for (const { tag, offset, length } of result.segments) {
		expect(FILE.slice(offset, offset + tag.length)).toBe(tag);
		expect(FILE[offset + length]).toBe('~');
	}
	expect(wanted[1]).toBe('ST|810|0001');
});

describe('files that differ from the book and mean the same', () => {
	const lines = (end: string) => FILE.replaceAll('~', end);
	test.each([
		['a byte-order mark', `\u00ef\u00bb\u00bf${FILE}`, []],
		['blank lines before, between and after', `\r\n \n${lines('~\r\n\r\n')}\n\n`, []],
		['indented segments', lines('~\n\t  '), []],
		['line feed as terminator', lines('\n'), []],
		['carriage return as terminator', lines('\r'), []],
		['CR LF as terminator', lines('\r\n'), []],
		['other delimiters', FILE.replaceAll('*', '|').replace('>', ':').replaceAll('~', "'"), []],
		['no last terminator', FILE.slice(0, -1), ['missingFinalTerminator@205']],
		['trimmed padding', FILE.replaceAll(/ +\*/g, '*'), ['isaLength@0']],
		['ISA one too long', FILE.replace('RECEIVER  ', 'RECEIVER   '), ['isaLength@0']],
		['ISA16 left out', FILE.replace('>~', '~'), ['isaLength@0', 'delimiters@0']],
		['ISA16 left out, in lines', lines('~\n').replace('>~', '~'), ['isaLength@0', 'delimiters@0']],
		[
			'a tilde in ISA16 and lines',
			FILE.replace('>', '#').replaceAll('~', '\n').replace('#', '~'),
			[],
		],
		[
			'trimmed, a tilde in ISA16, in lines',
			FILE.replaceAll(/ +\*/g, '*').replaceAll('~', '\n').replace('>', '~'),
			['isaLength@0'],
		],
	])('%s', (_name, text, problems) => {
		const result = read(text);
		expect(show(result)).toEqual(wanted);
		expect(codes(result)).toEqual(problems);
	});
});

test('an ISA without some of its elements ends where the group begins', () => {
	const result = read(`ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER~\n${BODY}`);
	expect(show(result)).toEqual(wanted);
	expect(result.headers[0]!.elements).toHaveLength(8);
});

test('each interchange has its own delimiters, also when the one before was not closed', () => {
	const other = FILE.replaceAll('*', '|').replaceAll('~', '\n').replace('>', ':');
	expect(show(read(FILE + other)).slice(7)).toEqual([expect.stringContaining('ISA|'), ...wanted]);
	const open = FILE.slice(0, FILE.indexOf('IEA'));
	expect(show(read(`${open}\n${other}`)).slice(6)).toEqual([
		expect.stringContaining('ISA|'),
		...wanted,
	]);
	const unterminated = read(`${FILE.slice(0, -1)}\n${other}`);
	expect(show(unterminated).slice(7)).toEqual([expect.stringContaining('ISA|'), ...wanted]);
	expect(codes(unterminated)).toEqual(['missingTerminator@205']);
});

describe('data that is wrong is said to be wrong and the rest is read', () => {
	test('a terminator lost at the end of a line', () => {
		const result = read(FILE.replace('BIG*20170306*1~', 'BIG*20170306*1\n'));
		expect(show(result)).toEqual(wanted);
		expect(codes(result)).toEqual(['missingTerminator@165']);
	});

	test('lines broken at a fixed width', () => {
		const result = read(
			ISA + BODY.replace('BIG*2017', 'BIG*2\r\n017').replace('TDS*1', 'TDS*1\r\n'),
		);
		expect(show(result)).toEqual(wanted);
		expect(codes(result)).toEqual(['lineBreakInSegment@165']);
	});

	test('an empty segment', () => {
		expect(codes(read(FILE.replace('~BIG', '~~BIG')))).toEqual(['emptySegment@165']);
	});

	test('data outside interchanges', () => {
		expect(codes(read(`Dear partner\n${FILE}EOF`))).toEqual(['strayData@0', 'strayData@234']);
	});

	test.each([
		['', []],
		['\n\n', []],
		['PK\u0003\u0004 binary \u0000\u0001', ['strayData@0']],
		['ISA*00*', ['headerIncomplete@0']],
		['IS', ['strayData@0']],
	])('%j', (text, problems) => {
		const result = read(text);
		expect(codes(result)).toEqual(problems);
		expect(result.segments).toEqual([]);
	});

	test('a terminator that never comes costs one segment, not the memory', () => {
		const result = read(`${FILE.replace('TDS*100~', `TDS*${'1'.repeat(1_200_000)}~`)}`);
		expect(codes(result)).toEqual(['segmentTooLong@180']);
		expect(show(result)).toEqual(wanted.filter((segment) => !segment.startsWith('TDS')));
	});

	test('delimiters that cannot be told apart', () => {
		expect(codes(read(FILE.replace('>~', '*~')))).toContain('delimiters@0');
		expect(codes(read(FILE.replace('>~', 'A~')))).toEqual(['delimiters@0']);
	});
});

test('the repetition separator is read from ISA11 from 00402 on', () => {
	const of = (isa11: string, isa12: string) =>
		read(FILE.replace('*U*00401*', `*${isa11}*${isa12}*`)).headers[0]!.delimiters.repetition;
	expect(of('^', '00501')).toBe('^');
	expect(of('^', '00401')).toBeUndefined();
	expect(of('U', '00501')).toBeUndefined();
});

test('UTF-8 where well-formed, else ISO 8859-1, else what is declared', () => {
	const text = FILE.replace('20170306*1~', '20170306*Fête~');
	const big = (result: TokenizedX12) => result.segments[3]!.elements[1];
	expect(big(read(text, 'utf8'))).toBe('Fête');
	expect(big(read(text, 'latin1'))).toBe('Fête');
	expect(big(tokenizeX12(Buffer.from(text, 'utf8'), { encoding: 'iso-8859-1' }))).toBe('FÃªte');
});

test('an EDIFACT interchange after the X12 one is handed over', () => {
	const handed: string[] = [];
	const tokenizer = new X12Tokenizer({
		segment: () => {},
		problem: () => {},
		foreign: (rest, offset) => handed.push(`${offset} ${Buffer.from(rest).toString()}`),
	});
	tokenizer.push(Buffer.from(`${FILE}\nUNB+UNOA:1+A+`));
	tokenizer.push(Buffer.from("B'"));
	tokenizer.end();
	expect(handed.join('')).toBe("222 UNB+UNOA:1+A+B'");
});

describe('every chunking gives the same', () => {
	const cases = [
		FILE,
		`\u00ef\u00bb\u00bf${FILE.replaceAll('~', '\r\n')}`,
		FILE.replaceAll(/ +\*/g, '*').replaceAll('~', '\n').replace('>', '~') + FILE,
		`junk${FILE}junk${FILE.replaceAll('*', '|')}`,
		FILE.slice(0, 180),
		FILE.replace('BIG*20170306*1~', 'BIG*2017\n0306*1\r\n'),
	];
	test.each(cases)('in pieces of one size %#', (text) => {
		const bytes = Buffer.from(text, 'latin1');
		const whole = tokenizeX12(bytes);
		for (const size of [1, 2, 3, 5, 7, 64, 105, 106, 107, 200]) {
			expect(inChunks(bytes, [size])).toEqual(whole);
		}
	});

	test('in pieces of any size', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...cases),
				fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 10 }),
				(text, sizes) => {
					const bytes = Buffer.from(text, 'latin1');
					expect(inChunks(bytes, sizes)).toEqual(tokenizeX12(bytes));
				},
			),
		);
	});
});

describeWithShared('real X12 files', () => {
	const folder = path.join(sharedDir, 'corpus', 'x12');
	test('every one is cut into segments that begin with ISA', () => {
		for (const name of readdirSync(folder)) {
			const bytes = readFileSync(path.join(folder, name));
			const result = tokenizeX12(bytes);
			expect([name, result.segments[0]?.tag]).toEqual([name, 'ISA']);
			const odd = result.segments.filter(({ tag }) => !/^[A-Z][A-Z0-9]{1,2}$/.test(tag));
			expect([name, odd.map(({ tag }) => tag)]).toEqual([name, []]);
			expect(inChunks(bytes, [7])).toEqual(result);
		}
	});
});
