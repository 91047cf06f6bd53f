import fc from 'fast-check';

import { isCertainlyValid } from '../../../../../lib/edi/acks/read/edifactQuickCheck';
import { messageSchema, tokenizeEdifact, validateSegment } from '../../../../../lib/edi/edifact';
import type { EdifactReadSegment, SegmentRules } from '../../../../../lib/edi/edifact';

const schema = messageSchema('INVOIC', 'D.96A')!;
const RULES: readonly SegmentRules[] = [
	{ decimalMark: 'any' },
	{ decimalMark: ',' },
	{ decimalMark: '.', noTrailingSeparators: true },
];

/** Values near the borders of what elements may hold. */
const value = fc.oneof(
	fc.constantFrom(
		'',
		'1',
		'-1',
		'-',
		'1.',
		'.5',
		'1,5',
		'1.5',
		'1.5.5',
		'--1',
		'1-',
		'EUR',
		'S',
		'9',
	),
	fc.constantFrom('102', '203', '20170228', '20170229', '20171301', '201702282359', '201702282460'),
	fc.constantFrom('137', '380', 'AAA', 'VAT', 'EN', '12345678901234567890', 'X'.repeat(36)),
	fc.string({ maxLength: 20, unit: fc.constantFrom(...'A1.,- z'.split('')) }),
);
const elements = fc.array(fc.array(value, { minLength: 1, maxLength: 6 }), { maxLength: 6 });
const tags = Object.keys(schema.segments);

test('what it is certain of, the careful check has nothing against', () => {
	fc.assert(
		fc.property(
			fc.constantFrom(...tags),
			elements,
			fc.constantFrom(...RULES),
			(tag, parts, rules) => {
				const segment: EdifactReadSegment = {
					tag,
					elements: parts,
					offset: 0,
					length: 0,
					plain: true,
				};
				const spec = schema.segments[tag]!;
				if (!isCertainlyValid(segment, spec, rules)) return;
				expect(validateSegment(segment, spec, { position: 1 }, rules)).toEqual([]);
			},
		),
		{ numRuns: 20_000 },
	);
});

describe('and it is certain of what most files hold', () => {
	test.each([
		'BGM+380+INV-1+9',
		'DTM+137:20170228:102',
		'DTM+137:201702282359:203',
		'DTM+137',
		'NAD+BY+8712345000004::9++Buying Company+Dorpsstraat 1+Utrecht++3511AA+NL',
		'CUX+2:EUR:4',
		'LIN+1++8711111000001:EN',
		'QTY+47:-12.5:PCE',
		'MOA+203:62,5',
		'TAX+7+VAT+++:::21+S',
	])('%s', (text) => {
		const [, segment] = tokenizeEdifact(Buffer.from(`UNB+UNOA:3'${text}'`)).segments;
		const spec = schema.segments[segment!.tag]!;
		expect(isCertainlyValid(segment!, spec, { decimalMark: 'any' })).toBe(true);
	});
});

describe('it leaves to the careful check', () => {
	test.each([
		['a decimal comma where UNA says a point', 'MOA+203:62,5', false],
		['a day not every month has', 'DTM+137:20170229:102', false],
		['a code it does not know', 'BGM+380+INV-1+999', false],
		['a separator with nothing behind it', 'BGM+380+INV-1+', false],
		['a component with nothing behind it', 'RFF+ON:', false],
		['something missing', 'CUX+2+3:', false],
		['something too long', 'RFF+ON:123456789012345678901234567890123456', false],
		['the same within bounds', 'RFF+ON:12345678901234567890123456789012345', true],
	])('%s', (_name, text, certain) => {
		const [, segment] = tokenizeEdifact(Buffer.from(`UNB+UNOA:3'${text}'`)).segments;
		const spec = schema.segments[segment!.tag]!;
		expect(isCertainlyValid(segment!, spec, { decimalMark: '.' })).toBe(certain);
	});
});
