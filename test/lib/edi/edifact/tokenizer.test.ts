import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import fc from 'fast-check';

import { EdifactTokenizer, tokenizeEdifact } from '../../../../lib/edi/edifact/tokenizer';
import type { EdifactReadSegment, TokenizedEdifact } from '../../../../lib/edi/edifact/tokenizer';
import { describeWithShared, sharedDir } from '../../../support/shared';

const BODY =
	"UNB+UNOA:3+SENDER:14+RECEIVER:14+170306:0811+REF1'UNH+1+INVOIC:D:96A:UN'BGM+380+1+9'" +
	"FTX+AAI+++it?'s 1?+1, really??:line 2'MOA+79:100.5'UNT+5+1'UNZ+1+REF1'";
const OTHER_SERVICE =
	'UNA=*.! ~UNB*UNOA=3*SENDER=14*RECEIVER=14*170306=0811*REF1~UNH*1*INVOIC=D=96A=UN~BGM*380*1*9~' +
	"FTX*AAI***it's 1+1, really?=line 2~MOA*79=100.5~UNT*5*1~UNZ*1*REF1~";
const LEVEL_B = OTHER_SERVICE.slice(9)
	.replaceAll('=', '\u001f')
	.replaceAll('*', '\u001d')
	.replaceAll('~', '\u001c');
const FILE = `UNA:+.? '${BODY}`;

const read = (text: string) => tokenizeEdifact(Buffer.from(text, 'latin1'));
const show = ({ segments }: TokenizedEdifact) =>
	segments.map(({ tag, elements }) => [tag, ...elements.map((parts) => parts.join('/'))].join('|'));
const codes = ({ problems }: TokenizedEdifact) =>
	problems.map(({ code, offset }) => `${code}@${offset}`);
const wanted = [
	'UNB|UNOA/3|SENDER/14|RECEIVER/14|170306/0811|REF1',
	'UNH|1|INVOIC/D/96A/UN',
	'BGM|380|1|9',
	"FTX|AAI|||it's 1+1, really?/line 2",
	'MOA|79/100.5',
	'UNT|5|1',
	'UNZ|1|REF1',
];

function inChunks(bytes: Uint8Array, sizes: readonly number[]): TokenizedEdifact {
	const segments: EdifactReadSegment[] = [];
	const starts: TokenizedEdifact['starts'][number][] = [];
	const problems: TokenizedEdifact['problems'][number][] = [];
	const tokenizer = new EdifactTokenizer({
		start: (start) => starts.push(start),
		segment: (segment) => segments.push(segment),
		problem: (problem) => problems.push(problem),
	});
	for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
		const size = sizes[turn % sizes.length]!;
		tokenizer.push(bytes.subarray(at, at + size));
		at += size;
	}
	tokenizer.end();
	return { segments, starts: starts.map(relative), problems };
}

/** `first` counts from the piece that is in memory. */
function relative<T extends { first: number }>(start: T): T {
	return { ...start, first: 0 };
}

test('segments, composites, released characters, offsets', () => {
	const result = read(FILE);
	expect(result.problems).toEqual([]);
	expect(show(result)).toEqual(wanted);
	for (const { tag, offset, length } of result.segments) {
		expect(FILE.slice(offset, offset + tag.length)).toBe(tag);
		expect(FILE[offset + length]).toBe("'");
	}
});

describe('files that differ from the book and mean the same', () => {
	// FTX holds a released terminator, which stays one.
	const lines = (end: string) => FILE.replaceAll(/(?<!\?)'/g, end);
	test.each([
		['without UNA', BODY, []],
		['a byte-order mark', `\u00ef\u00bb\u00bf${FILE}`, []],
		['lines and indentation', lines("'\r\n\t "), []],
		['a line feed as terminator', lines('\n').replace("?'", "'"), []],
		['other service characters', OTHER_SERVICE, []],
		['UNA of five characters', FILE.replace("? '", "?'"), ['serviceString@0']],
		['no last terminator', FILE.slice(0, -1), ['missingFinalTerminator@152']],
		[
			'no last terminator, but a line end',
			`${FILE.slice(0, -1)}\r\n`,
			['missingFinalTerminator@152'],
		],
		['level B', LEVEL_B, []],
		['explicit nesting in tags', FILE.replace('MOA+', 'MOA:1:2+'), []],
	])('%s', (_name, text, problems) => {
		const result = read(text);
		expect(show(result)).toEqual(wanted);
		expect(codes(result)).toEqual(problems);
	});
});

test('syntax 4 repeats data elements, syntax 3 does not', () => {
	const text = "UNB+UNOC:4+A+B+20170306:0811+1'UNH+1+X:4:1:UN'ABC+1:a*2:b*3+x'UNT+3+1'UNZ+1+1'";
	const repeated = read(text);
	expect(show(repeated)[2]).toBe('ABC|1/a|x');
	expect([...repeated.segments[2]!.repetitions!]).toEqual([[0, [['2', 'b'], ['3']]]]);
	expect(show(read(`UNA:+.?*'${text.replace('C:4', 'C:3')}`))[2]).toBe('ABC|1/a*2/b*3|x');
	expect(read(`UNA:+.? '${text}`).segments[2]!.repetitions).toBeUndefined();
});

test('each interchange has its own service string, also when the one before was not closed', () => {
	const other = 'UNA=*,? ~UNB*UNOA=2*A*B*1*2~UNZ*0*2~';
	expect(show(read(`${FILE}\r\n${other}`)).slice(7)).toEqual(['UNB|UNOA/2|A|B|1|2', 'UNZ|0|2']);
	const open = FILE.slice(0, FILE.indexOf('UNZ'));
	expect(show(read(open + other)).slice(6)).toEqual(['UNB|UNOA/2|A|B|1|2', 'UNZ|0|2']);
});

describe('data that is wrong is said to be wrong and the rest is read', () => {
	test.each([
		[
			'a lost terminator',
			FILE.replace("BGM+380+1+9'", 'BGM+380+1+9\r\n'),
			['missingTerminator@81'],
		],
		['broken lines', FILE.replace('100.5', '10\r\n0.5'), ['lineBreakInSegment@131']],
		['an empty segment', FILE.replace("'BGM", "''BGM"), ['emptySegment@81']],
		['text around it', `Hello UNder\n${FILE}bye`, ['strayData@0', 'strayData@175']],
	])('%s', (_name, text, problems) => {
		const result = read(text);
		expect(show(result)).toEqual(wanted);
		expect(codes(result)).toEqual(problems);
	});

	test('messages without an interchange header', () => {
		const result = read(BODY.slice(BODY.indexOf('UNH')));
		expect(show(result)).toEqual(wanted.slice(1));
		expect(codes(result)).toEqual(['headerMissing@0']);
	});

	test.each([
		['', []],
		[' \n', []],
		['UN', ['strayData@0']],
		['MZ\u0000\u0001\u0002', ['strayData@0']],
		["UNA:+.? '", ['headerMissing@9']],
	])('%j', (text, problems) => {
		expect(codes(read(text))).toEqual(problems);
	});

	test('a terminator that never comes costs one segment, not the memory', () => {
		const result = read(FILE.replace('100.5', '1'.repeat(1_200_000)));
		expect(codes(result)).toEqual(['segmentTooLong@131']);
		expect(show(result)).toEqual(wanted.filter((segment) => !segment.startsWith('MOA')));
	});
});

test('the declared character set decides', () => {
	const bytes = Buffer.from(
		FILE.replace('UNOA', 'UNOD').replace('line 2', 'l\u00ednka \u00b3'),
		'latin1',
	);
	expect(tokenizeEdifact(bytes).segments[3]!.elements[3]![1]).toBe('línka ł');
	expect(tokenizeEdifact(bytes, { encoding: 'iso-8859-1' }).segments[3]!.elements[3]![1]).toBe(
		'línka ³',
	);
});

test('an X12 interchange after the EDIFACT one is handed over', () => {
	const handed: string[] = [];
	const tokenizer = new EdifactTokenizer({
		segment: () => {},
		problem: () => {},
		foreign: (rest, offset) => handed.push(`${offset} ${Buffer.from(rest).toString()}`),
	});
	tokenizer.push(Buffer.from(`${FILE}\nISA*00*          *00*   `));
	tokenizer.push(Buffer.from('more'));
	tokenizer.end();
	expect(handed.join('')).toBe('164 ISA*00*          *00*   more');
});

describe('every chunking gives the same', () => {
	const cases = [
		FILE,
		`\u00ef\u00bb\u00bf${BODY.replaceAll(/(?<!\?)'/g, "'\r\n")}`,
		`junk${FILE}junk\nUNA=*,? ~UNB*UNOA=2*A*B*1*2~UNZ*0*2~`,
		FILE.slice(0, 100),
		`${FILE.slice(0, FILE.indexOf('UNZ'))}${FILE}`,
		FILE.replace("BGM+380+1+9'", 'BGM+380+1+9\r\n').replace('100.5', '10\r\n0.5'),
		FILE.replace('?+', '????'),
	];
	test.each(cases)('in pieces of one size %#', (text) => {
		const bytes = Buffer.from(text, 'latin1');
		for (const size of [1, 2, 3, 5, 7, 9, 10, 64, 200]) {
			const whole = tokenizeEdifact(bytes);
			expect(inChunks(bytes, [size])).toEqual({ ...whole, starts: whole.starts.map(relative) });
		}
	});

	test('in pieces of any size', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...cases),
				fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 10 }),
				(text, sizes) => {
					const bytes = Buffer.from(text, 'latin1');
					const whole = tokenizeEdifact(bytes);
					expect(inChunks(bytes, sizes)).toEqual({ ...whole, starts: whole.starts.map(relative) });
				},
			),
		);
	});
});

describeWithShared('real EDIFACT files', () => {
	const folder = path.join(sharedDir, 'corpus', 'edifact');
	test('every one is cut into segments', () => {
		for (const name of readdirSync(folder)) {
			const bytes = readFileSync(path.join(folder, name));
			const result = tokenizeEdifact(bytes);
			expect([name, result.segments.length > 2]).toEqual([name, true]);
			const odd = result.segments.filter(({ tag }) => !/^[A-Z]{3}$/.test(tag));
			expect([name, odd.map(({ tag }) => tag)]).toEqual([name, []]);
		}
	});
});
