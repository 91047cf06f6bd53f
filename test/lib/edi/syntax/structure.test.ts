import type { StructureNode } from '../../../../lib/edi/syntax/schema';
import { compileStructure, StructureMatcher } from '../../../../lib/edi/syntax/structure';

const one = (segment: string, mandatory = false, max = 1): StructureNode => ({
	segment,
	mandatory,
	max,
});
const loop = (id: string, max: number, mandatory: boolean, ...children: StructureNode[]) => ({
	loop: id,
	mandatory,
	max,
	children,
});

/** The shape of an 810, shortened. */
const invoice: StructureNode[] = [
	one('ST', true),
	one('BIG', true),
	one('CUR'),
	one('REF', false, 3),
	loop('N1', 2, false, one('N1', true), one('N3', false, 2), one('N4'), one('REF', false, 2)),
	one('ITD', false, Infinity),
	one('DTM', false, 10),
	loop(
		'IT1',
		4,
		true,
		one('IT1', true),
		one('QTY', false, 5),
		one('TXI', false, 2),
		loop('PID', 3, false, one('PID', true), one('MEA', false, 2)),
		loop('N1', 2, false, one('N1', true), one('N4')),
	),
	one('TDS', true),
	one('TXI', false, 2),
	loop('SAC', 2, false, one('SAC', true), one('TXI', false, 2)),
	loop('FA1', 1, false, one('FA1', true), one('FA2', true, Infinity)),
	one('CTT'),
	one('SE', true),
];

function read(tags: string, structure = invoice) {
	const matcher = new StructureMatcher(compileStructure(structure), {
		isStandardSegment: (tag) => tag === 'PO1',
	});
	const places = tags.split(' ').map((tag, index) => {
		const placement = matcher.place(tag, index + 1, index * 10);
		return placement === undefined ? '-' : [...placement.path, placement.use.segment].join('/');
	});
	matcher.finish(places.length);
	return {
		places: places.join(' '),
		findings: matcher.findings.map(
			({ code, segment, segmentPosition }) => `${code} ${segment} ${segmentPosition}`,
		),
	};
}

describe('a set in order', () => {
	test('every segment goes to the innermost loop that can take it', () => {
		expect(
			read('ST BIG REF N1 N3 REF N1 ITD IT1 TXI PID MEA PID N1 N4 IT1 TDS TXI SAC TXI CTT SE'),
		).toEqual({
			places:
				'ST BIG REF N1/N1 N1/N3 N1/REF N1/N1 ITD IT1/IT1 IT1/TXI IT1/PID/PID IT1/PID/MEA ' +
				'IT1/PID/PID IT1/N1/N1 IT1/N1/N4 IT1/IT1 TDS TXI SAC/SAC SAC/TXI CTT SE',
			findings: [],
		});
	});

	test('unbounded uses are unbounded', () => {
		expect(read(`ST BIG ${'ITD '.repeat(500)}IT1 TDS SE`).findings).toEqual([]);
	});
});

describe('one mistake makes one finding', () => {
	test.each([
		['a missing header segment', 'ST REF N1 IT1 TDS SE', 'segmentMissing BIG 2'],
		['a missing mandatory loop', 'ST BIG REF TDS SE', 'segmentMissing IT1 4'],
		['a missing segment before the trailer', 'ST BIG IT1 PID SE', 'segmentMissing TDS 5'],
		['a missing segment in a loop', 'ST BIG IT1 TDS FA1 CTT SE', 'segmentMissing FA2 6'],
		['an absent trailer', 'ST BIG IT1 TDS CTT', 'segmentMissing SE 5'],
		['a trigger left out', 'ST BIG MEA IT1 TDS SE', 'segmentUnexpected MEA 3'],
		[
			'a trigger left out, its loop goes on',
			'ST BIG DTM QTY PID IT1 QTY TDS SE',
			'segmentMissing IT1 4',
		],
		['a stray segment of a loop', 'ST BIG QTY REF DTM IT1 TDS SE', 'segmentUnexpected QTY 3'],
		['a segment too late', 'ST BIG REF CUR DTM IT1 TDS SE', 'segmentOutOfSequence CUR 4'],
		['a mandatory segment too late', 'ST REF BIG DTM IT1 TDS SE', 'segmentOutOfSequence BIG 3'],
		['a segment too early', 'ST BIG TDS IT1 PID IT1 TDS SE', 'segmentOutOfSequence TDS 3'],
		[
			'a segment too early, before plain segments',
			'ST BIG ITD REF N1 N3 IT1 TDS SE',
			'segmentOutOfSequence ITD 3',
		],
		['a second header', 'ST BIG REF BIG DTM IT1 TDS SE', 'segmentOverMaximum BIG 4'],
		['once too often', 'ST BIG REF REF REF REF DTM IT1 TDS SE', 'segmentOverMaximum REF 6'],
		['a loop too often', 'ST BIG N1 N3 N1 N1 N4 IT1 TDS SE', 'loopOverMaximum N1 6'],
		['a segment of another set', 'ST BIG PO1 IT1 TDS SE', 'segmentNotInSet PO1 3'],
		['a segment of no standard', 'ST BIG ZZZ IT1 TDS SE', 'segmentUnknown ZZZ 3'],
	])('%s', (_name, tags, finding) => {
		expect(read(tags).findings).toEqual([finding]);
	});
});

test('several mistakes are all found', () => {
	expect(read('ST CUR REF REF REF REF ZZZ N1 IT1 QTY BIG SE').findings).toEqual([
		'segmentOverMaximum REF 6',
		'segmentUnknown ZZZ 7',
		'segmentOutOfSequence BIG 11',
		'segmentMissing TDS 12',
	]);
});

test('a finding carries the byte offset and the loop', () => {
	const matcher = new StructureMatcher(compileStructure(invoice));
	['ST', 'BIG', 'IT1', 'TDS', 'FA1', 'CTT'].forEach((tag, index) =>
		matcher.place(tag, index + 1, index * 7),
	);
	expect(matcher.findings).toMatchObject([{ segment: 'FA2', loop: 'FA1', offset: 35 }]);
});

test('the overflow of one use goes to a later use of the same tag, if nothing mandatory is skipped', () => {
	const structure = [
		one('A', true),
		one('X', false, 2),
		one('Y'),
		one('X', false, 1),
		one('Z', true),
		one('X'),
	];
	expect(read('A X X X Z X', structure)).toEqual({ places: 'A X X X Z X', findings: [] });
	expect(read('A X X X X Z', structure).findings).toEqual(['segmentOverMaximum X 5']);
});

test('a stray loop is left for where it strayed from', () => {
	expect(read('ST BIG N1 N4 IT1 PID FA1 FA2 IT1 QTY TDS SE').findings).toEqual([
		'segmentMissing TDS 7',
		'segmentOutOfSequence IT1 9',
	]);
	expect(read('ST BIG N1 N3 IT1 TDS SAC SAC N1 N3 TXI CTT SE').findings).toEqual([
		'segmentOutOfSequence N1 9',
	]);
});

test('what a withdrawn guess skipped is not missing', () => {
	expect(read('ST QTY BIG IT1 TDS SE').findings).toEqual(['segmentUnexpected QTY 2']);
});
