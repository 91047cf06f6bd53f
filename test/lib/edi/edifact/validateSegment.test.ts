import { messageSchema, validateSegment } from '../../../../lib/edi/edifact';
import type { SegmentRules } from '../../../../lib/edi/edifact';
import type { Finding } from '../../../../lib/edi/syntax';

function check(
	written: string,
	rules: SegmentRules = { decimalMark: '.' },
	release = 'D.96A',
): readonly Finding[] {
	const [tag = '', ...elements] = written.split('+');
	const spec = messageSchema('INVOIC', release)?.segments[tag];
	if (spec === undefined) throw new Error(`no segment ${tag}`);
	const segment = { tag, elements: elements.map((element) => element.split(':')) };
	return validateSegment(segment, spec, { position: 7, loop: 'SG1', offset: 99 }, rules);
}

function codes(findings: readonly Finding[]): unknown[] {
	return findings.map(({ code, element, component }) => [code, element, component]);
}

test.each([
	['BGM+380+INV-1+9'],
	['BGM'],
	['MOA+79:-12.50'],
	['MOA+79:123456789012345678'],
	['MOA+79:-1234567890123456.78'],
	['NAD+SU+4012345000009::9++A:B:C:D:E+Street+City++1234+NL'],
	['DTM+137:20160229:102'],
	['DTM+137:201702282359:203'],
	['DTM+137:170228:101'],
	['RFF+VA:NL001'],
	['CTA'],
])('%s is right', (written) => {
	expect(check(written)).toEqual([]);
});

test.each([
	['BGM+380+1234567890123456789012345678901234567', [['tooLong', 2, undefined]]],
	['BGM+380:::x+INV-1+99', [['invalidCode', 3, undefined]]],
	['BGM+380+A:B', [['tooManyComponents', 2, 2]]],
	['BGM+380+A+9+AA+x', [['tooManyElements', 5, undefined]]],
	['MOA', [['elementMissing', 1, undefined]]],
	['MOA+:12', [['elementMissing', 1, 1]]],
	['MOA+79:12,50', [['invalidDecimal', 1, 2]]],
	['MOA+79:1.234.5', [['invalidDecimal', 1, 2]]],
	['MOA+79:.5', [['digitMissing', 1, 2]]],
	['MOA+79:5.', [['invalidDecimal', 1, 2]]],
	['MOA+79:1E5', [['invalidType', 1, 2]]],
	['MOA+79:abc', [['invalidType', 1, 2]]],
	['MOA+79:1234567890123456789', [['tooLong', 1, 2]]],
	['MOA+999:1', [['invalidCode', 1, 1]]],
	['MOA+79:1:EUR:4:1:x', [['tooManyComponents', 1, 6]]],
	[
		'NAD+SUPPLIER',
		[
			['tooLong', 1, undefined],
			['invalidCode', 1, undefined],
		],
	],
	['NAD+SU+:92', [['elementMissing', 2, 1]]],
	['DTM+137:20170229:102', [['invalidDate', 1, 2]]],
	['DTM+137:20171301:102', [['invalidDate', 1, 2]]],
	['DTM+137:201702:102', [['invalidDate', 1, 2]]],
	['DTM+137:201702282460:203', [['invalidTime', 1, 2]]],
	['RFF+VA:a\u0007b', [['invalidCharacter', 1, 2]]],
	['UNB+UNO:3+A+B+170101:0000+1', [['tooShort', 1, 1]]],
	['UNB+UNO9:3+A+B+170101:0000+1', [['invalidType', 1, 1]]],
] as const)('%s is wrong', (written, expected) => {
	expect(codes(check(written))).toEqual(expected);
});

test('a finding says where', () => {
	expect(check('RFF+VA:1234567890123456789012345678901234567890')).toEqual([
		{
			code: 'tooLong',
			message: '1154 holds at most 35 characters, not 40',
			segment: 'RFF',
			segmentPosition: 7,
			loop: 'SG1',
			offset: 99,
			element: 1,
			component: 2,
			dataElement: '1154',
			value: '1234567890123456789012345678901234567890',
		},
	]);
	expect(check('RFF+VA:1234567890123456789012345678901234567890', undefined, 'D.01B')).toEqual([]);
});

test('the decimal mark is that of the service string, or either where it does not count', () => {
	expect(check('MOA+79:1,5', { decimalMark: ',' })).toEqual([]);
	expect(codes(check('MOA+79:1.5', { decimalMark: ',' }))).toEqual([['invalidDecimal', 1, 2]]);
	expect(check('MOA+79:1.5', { decimalMark: 'any' })).toEqual([]);
	expect(check('MOA+79:1,5', { decimalMark: 'any' })).toEqual([]);
});

test('codes: agreed ones, and none looked at', () => {
	expect(codes(check('TAX+7+VAT++++AE'))).toEqual([['invalidCode', 6, undefined]]);
	expect(
		check('TAX+7+VAT++++AE', { decimalMark: '.', additionalCodes: new Set(['5305:AE']) }),
	).toEqual([]);
	expect(check('TAX+7+VAT++++AE', { decimalMark: '.', anyCode: true })).toEqual([]);
});

test('separators with nothing after them are a fault from syntax 4 on', () => {
	expect(check('RFF+VA:1:+')).toEqual([]);
	expect(codes(check('RFF+VA:1:+', { decimalMark: 'any', noTrailingSeparators: true }))).toEqual([
		['trailingSeparator', 1, 3],
		['tooManyElements', 2, undefined],
		['trailingSeparator', 2, undefined],
	]);
});

test('characters outside the basic plane count once', () => {
	const value = '\u{1F4B6}'.repeat(35);
	expect(check(`RFF+VA:${value}`)).toEqual([]);
	expect(codes(check(`RFF+VA:${value}x`))).toEqual([['tooLong', 1, 2]]);
});
