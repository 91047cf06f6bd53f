import fc from 'fast-check';

import { validateSegment, x12Segment, x12SegmentTags } from '../../../../lib/edi/x12';
import type { X12Release } from '../../../../lib/edi/x12';
import { isPresencePlain, plainSegment, plainValue } from '../../../../lib/edi/x12/plainCheck';

function findings(
	segment: string,
	release: X12Release = '004010',
	more: { repetitionSeparator?: string; allows?: (codePoint: number) => boolean } = {},
): string[] {
	const [tag = '', ...elements] = segment.split('*');
	const spec = x12Segment(tag, release);
	if (spec === undefined) throw new Error(`no segment ${tag}`);
	return validateSegment(spec, elements, {
		segmentPosition: 7,
		componentSeparator: '>',
		...more,
	}).map(
		({ code, element, component, repetition }) =>
			`${code} ${element ?? ''}${component === undefined ? '' : `-${component}`}${repetition === undefined ? '' : `^${repetition}`}`,
	);
}

test.each([
	['a plain segment', 'BIG*20170306*INV-1', []],
	['a missing mandatory element', 'BIG**INV-1', ['elementMissing 1']],
	['missing elements at the end', 'BIG*20170306', ['elementMissing 2']],
	['a text too long', `BIG*20170306*${'X'.repeat(23)}`, ['tooLong 2']],
	['a text too short', 'N1*SE**92*1', ['tooShort 4']],
	['a day that is none', 'BIG*20170229*INV-1', ['invalidDate 1']],
	['a leap day', 'BIG*20160229*INV-1', []],
	['no leap day in 1900', 'BIG*19000229*INV-1', ['invalidDate 1']],
	['a date of six digits', 'BIG*170306*INV-1', ['tooShort 1']],
	['letters in a date', 'BIG*2017O306*INV-1', ['invalidDate 1']],
	['a time', 'DTM*011**2359', []],
	['a time that is none', 'DTM*011**2460', ['invalidTime 3']],
	['five digits of time', 'DTM*011**12345', ['invalidTime 3']],
	['a number with an implied point', 'TDS*-12345', []],
	['a point where it is implied', 'TDS*123.45', ['invalidCharacter 1']],
	['the sign and the point are not counted', 'AMT*1*-123456789012345678.', []],
	['one digit too many', 'AMT*1*1234567890123456789', ['tooLong 2']],
	['an exponent', 'AMT*1*12E-2', []],
	['two points', 'AMT*1*1.2.3', ['invalidCharacter 2']],
	['a bare point', 'AMT*1*.', ['invalidCharacter 2']],
	['a plus', 'AMT*1*+1', ['invalidCharacter 2']],
	['a leading point', 'TXI*VA*1*.21', []],
	['a code of the list', 'SAC*A**VI*1', []],
	['a code that is not', 'SAC*B**VI*1', ['invalidCode 1']],
	['too many elements', 'N3*a*b*c', ['tooManyElements 3']],
	['separators at the end', 'N3*a*b***', []],
	['P: all or none', 'N1*SE*Name*92', ['conditionalElementMissing 4']],
	['R: at least one', 'REF*ZZ', ['conditionalElementMissing 2']],
	['C: the first requires the others', 'PID*F*08***text', []],
	['C: missing', 'FOB*DF**place', ['conditionalElementMissing 2']],
	['L: the first requires one of the others', 'ITD*05*3*2', ['conditionalElementMissing 4']],
	['L: there is one', 'ITD*05*3*2**8', []],
	['E: at most one', 'QTY*01*1**many', ['exclusionViolated 4']],
	['a composite', 'MEA*WT*WT*1*KG>2', []],
	['a component that is wrong', 'MEA*WT*WT*1*KG>two', ['invalidCharacter 4-2']],
	['a component that is missing', 'MEA*WT*WT*1*>2', ['elementMissing 4-1']],
	['too many components', `REF*ZZ*1**ZZ>1>ZZ>2>ZZ>3>4`, ['tooManyComponents 4-7']],
	['characters beyond the basic plane count once', `N3*${'\u{1f600}'.repeat(55)}`, []],
] as const)('%s', (_name, segment, expected) => {
	expect(findings(segment)).toEqual(expected);
});

test('repetitions', () => {
	const more = { repetitionSeparator: '^' };
	expect(findings('DMG*D8*19700101*M**A^B', '005010', more)).toEqual([]);
	expect(findings('DMG*D8*19700101*M**A^BB', '005010', more)).toEqual(['tooLong 5-1^2']);
	expect(findings('REF*ZZ*1^2', '005010', more)).toEqual(['tooManyRepetitions 2']);
	expect(findings('REF*ZZ*1^2')).toEqual([]);
});

test('characters the interchange may not have', () => {
	const allows = (codePoint: number) => codePoint < 128;
	expect(findings('N3*Caf\u00e9*b', '004010', { allows })).toEqual(['invalidCharacter 1']);
});

test('findings carry position, data element and value', () => {
	const spec = x12Segment('IT1', '004010')!;
	const context = { segmentPosition: 9, loop: 'IT1', offset: 512, componentSeparator: '>' };
	expect(validateSegment(spec, ['1', '12A', 'EA', '1'], context)).toEqual([
		{
			code: 'invalidCharacter',
			message: 'IT102 "12A" is not a number',
			segment: 'IT1',
			segmentPosition: 9,
			loop: 'IT1',
			offset: 512,
			element: 2,
			dataElement: '358',
			value: '12A',
		},
	]);
});

test('what the quick check lets through has no findings', () => {
	const allowed = new Uint8Array(128).fill(1, 32, 127);
	const value = fc.oneof(
		fc.constantFrom(
			'',
			'',
			'1',
			'-1.5',
			'20170306',
			'20170231',
			'EA',
			'VA',
			'.21',
			'1E-2',
			'a  b',
			' a',
			'A>B',
			'0815',
		),
		fc.string({ maxLength: 12 }),
	);
	fc.assert(
		fc.property(
			fc.constantFrom<X12Release>('004010', '005010'),
			fc.nat(),
			fc.array(value, { maxLength: 24 }),
			(release, at, values) => {
				const tags = x12SegmentTags(release);
				const spec = x12Segment(tags[at % tags.length] ?? '', release)!;
				const elements = values.slice(0, spec.elements.length);
				const present = elements.reduce(
					(bits, text, index) => (text === '' ? bits : bits | (1 << index)),
					0,
				);
				const plain =
					isPresencePlain(plainSegment(spec), present) &&
					elements.every(
						(text, index) =>
							text === '' || plainValue(spec.elements[index]!, allowed)(text) === text,
					);
				const found = validateSegment(spec, elements, {
					segmentPosition: 1,
					componentSeparator: '\u001f',
				});
				if (plain) expect(found).toEqual([]);
			},
		),
		{ numRuns: 3000 },
	);
});

test('no segment has more elements than the quick check has bits', () => {
	for (const release of ['004010', '005010'] as const) {
		for (const tag of x12SegmentTags(release)) {
			expect(x12Segment(tag, release)?.elements.length).toBeLessThanOrEqual(31);
		}
	}
});
