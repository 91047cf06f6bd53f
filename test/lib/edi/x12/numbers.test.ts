import fc from 'fast-check';

import { compare, parseDecimal } from '../../../../lib/decimal';
import {
	fitsCents,
	fraction,
	impliedCents,
	isNegative,
	magnitude,
	negated,
	realNumber,
	safeCents,
} from '../../../../lib/edi/x12/mapping/numbers';
import { wrapWords } from '../../../../lib/text';

test.each([
	['420.90', '42090'],
	['420.9', '42090'],
	['420', '42000'],
	['-0.05', '-5'],
	['0.00', '0'],
	['-0.00', '0'],
	['1.100', '110'],
	['1.001', '1.001'],
])('N2 of %s is %s', (text, expected) => {
	expect(impliedCents(text)).toBe(expected);
});

test.each([
	['12.50', '12.5'],
	['3.00', '3'],
	['0.21', '.21'],
	['-0.5', '-.5'],
	['100', '100'],
	['0', '0'],
	['0.0', '0'],
	['-0', '0'],
	['007', '7'],
	['10', '10'],
])('R of %s is %s', (text, expected) => {
	expect(realNumber(text)).toBe(expected);
});

test.each([
	['21', '.21'],
	['20', '.2'],
	['6', '.06'],
	['5.5', '.055'],
	['0', '0'],
	['100', '1'],
	['-6', '-.06'],
])('%s percent is %s', (text, expected) => {
	expect(fraction(text)).toBe(expected);
});

test('signs', () => {
	expect([negated('1'), negated('-1'), negated('0.00')]).toEqual(['-1', '1', '0.00']);
	expect([isNegative('-1'), isNegative('-0.00'), isNegative('1')]).toEqual([true, false, false]);
	expect(magnitude('-1.5')).toBe('1.5');
	expect([fitsCents('1.10'), fitsCents('1.005'), fitsCents('x')]).toEqual([true, false, false]);
	expect([
		safeCents('1.005'),
		safeCents('-'),
		safeCents('9'.repeat(15)),
		safeCents('-1.5'),
	]).toEqual([undefined, undefined, undefined, -150]);
});

const decimalText = fc
	.tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.integer({ min: 0, max: 2 }))
	.map(([units, scale]) => {
		const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
		const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
		return units < 0n ? `-${text}` : text;
	});

test('numbers keep their value', () => {
	fc.assert(
		fc.property(decimalText, (text) => {
			const value = parseDecimal(text)!;
			const real = parseDecimal(realNumber(text).replace(/^(-?)\./, '$10.'))!;
			expect(compare(real, value)).toBe(0);
			const cents = parseDecimal(impliedCents(text))!;
			expect(compare({ units: cents.units, scale: 2 }, value)).toBe(0);
			const percent = parseDecimal(fraction(text).replace(/^(-?)\./, '$10.'))!;
			expect(compare(percent, { units: value.units, scale: value.scale + 2 })).toBe(0);
			const safe = safeCents(text);
			if (safe !== undefined) expect(BigInt(safe)).toBe(cents.units);
		}),
	);
});

test('wrapped text loses nothing but the spaces it is broken at', () => {
	fc.assert(
		fc.property(
			fc.array(fc.stringMatching(/^[a-z\u{1f600}]{1,30}$/u), { minLength: 1 }),
			fc.integer({ min: 5, max: 80 }),
			(words, max) => {
				const text = words.join(' ');
				const parts = wrapWords(text, max);
				for (const part of parts) expect(Array.from(part).length).toBeLessThanOrEqual(max);
				expect(parts.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
			},
		),
	);
	expect(wrapWords('', 10)).toEqual([]);
});
