import fc from 'fast-check';

import {
	InterchangeFileReader,
	readInterchanges,
	reconcile,
	respond,
} from '../../../../lib/edi/acks';
import { edifact, edifactWith, isa, MESSAGE_ORDERS, SET_810, x12, x12With } from './samples';

const SEPARATED_BY_DIGIT = Buffer.from(
	x12({ header: isa({ 9: '160306', 10: '0811' }) })
		.toString('latin1')
		.replaceAll('*', '9'),
);

const SHORT_FILES = [
	x12(),
	x12With({ 3: 'CUR*BY*EURO', 5: ['QQQ*1', SET_810[4]!], 13: '' }),
	x12({ end: '', sets: [SET_810.slice(0, -1), SET_810] }),
	edifactWith({ 8: 'QTY+21:1O:PCE', 10: '' }),
	Buffer.concat([edifact(), x12(), Buffer.from('\n'), edifact({ end: '' })]),
	Buffer.concat([Buffer.from('\u00ef\u00bb\u00bf', 'latin1'), x12(), edifact(), x12(), edifact()]),
	Buffer.from(x12().toString('latin1').replaceAll('~', '\r\n').replaceAll(/ +\*/g, '*')),
	// Separated by a digit, before and behind a good one.
	Buffer.concat([SEPARATED_BY_DIGIT, x12(), Buffer.from('\r\n'), SEPARATED_BY_DIGIT]),
	// Released service characters, UTF-8, line breaks inside segments, a lost terminator.
	edifactWith({
		4: "RFF+CT:it?'s ??7?+",
		5: 'NAD+BY+8712345000004::9++Caf\u00c3\u00a9\r\n de l?:Est',
		8: ['QTY+21:10', 'PRI+AAA:-,5'],
	}),
	Buffer.from(edifact().toString('latin1').replaceAll("'", '\n').replace('QTY', 'Q\nTY'), 'latin1'),
	// Syntax 4 with repetitions, in groups, under a service string of its own.
	Buffer.from(
		edifact({
			una: '',
			header: 'UNB+UNOA:4+ACME:14+MYCOMPANY:14+20170306:0811+REF42',
			group: 'UNG+ORDERS+A+B+20170306:0811+9+UN+D:96A',
			messages: [['UNH+1+ORDERS:D:96A:UN', 'BGM+220*230+P*Q', 'COM+1:TE*2:EM+3', 'UNT+4+1']],
			groupEnd: 'UNE+1+9',
		})
			.toString('latin1')
			.replaceAll('+', '|')
			.replace(/^/, "UNA:|.?*'"),
	),
];

/** What comes before 4 KB is looked at in one piece; behind this, chunks are what was pushed. */
const BEFORE = {
	x12: x12({ sets: Array.from({ length: 20 }, () => SET_810), groupEnd: 'GE*20*42' }),
	edifact: edifact({ messages: Array.from({ length: 24 }, () => MESSAGE_ORDERS) }),
};
const FILES = SHORT_FILES.flatMap((file) => [
	file,
	Buffer.concat([file.includes('ISA') ? BEFORE.x12 : BEFORE.edifact, file]),
]);

test('the files are long enough to meet the edges of chunks', () => {
	expect(Math.min(BEFORE.x12.length, BEFORE.edifact.length)).toBeGreaterThan(4_096);
});

function readInPieces(bytes: Uint8Array, sizes: readonly number[]) {
	const reader = new InterchangeFileReader();
	for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
		const size = sizes[turn % sizes.length]!;
		reader.push(bytes.subarray(at, at + size));
		at += size;
	}
	return reader.end();
}

test('every chunking gives the readings of the whole file', () => {
	for (const file of FILES) {
		const whole = readInterchanges(file);
		expect(whole.interchanges.length).toBeGreaterThan(0);
		for (const size of [1, 2, 3, 7, 64, 106]) expect(readInPieces(file, [size])).toEqual(whole);
	}
	fc.assert(
		fc.property(
			fc.constantFrom(...FILES),
			fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 8 }),
			(file, sizes) => {
				expect(readInPieces(file, sizes)).toEqual(readInterchanges(file));
			},
		),
	);
});

test('a chunk may be overwritten once it was pushed', () => {
	for (const file of FILES) {
		const chunk = Buffer.alloc(37);
		const reader = new InterchangeFileReader();
		for (let at = 0; at < file.length; at += chunk.length) {
			reader.push(chunk.subarray(0, file.copy(chunk, 0, at)));
		}
		chunk.fill(0x2b);
		expect(reader.end()).toEqual(readInterchanges(file));
	}
});

test('whatever the bytes are, there is an answer and no exception', () => {
	const garbage = fc.oneof(
		fc.uint8Array({ maxLength: 400 }),
		// Real files with bytes changed, cut out, doubled or cut off.
		fc
			.tuple(
				fc.constantFrom(...FILES),
				fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 20 }),
				fc.nat(),
				fc.nat(300),
			)
			.map(([file, changes, from, length]) => {
				const bytes = Buffer.from(file);
				for (const [at, value] of changes) bytes[at % bytes.length] = value;
				const start = from % bytes.length;
				return new Uint8Array(
					Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + length)]),
				);
			}),
	);
	fc.assert(
		fc.property(garbage, (bytes) => {
			const response = respond(readInterchanges(bytes));
			expect(response.report).not.toBe('');
			expect(Array.isArray(reconcile(bytes).items)).toBe(true);
		}),
		{ numRuns: 300 },
	);
});

test('findings are limited, the rest is counted', () => {
	const bad = [
		'ST*810*0001',
		'BIG*20170306*INV-1',
		...Array.from({ length: 5_000 }, () => 'QQQ*1'),
	];
	const [interchange] = readInterchanges(
		x12({ sets: [[...bad, 'TDS*1', 'SE*5004*0001']] }),
	).interchanges;
	const [set] = interchange!.groups[0]!.messages;
	expect(set!.findings).toHaveLength(1_000);
	expect(set!.findingsOmitted).toBe(4_000);
});
