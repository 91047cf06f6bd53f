import fc from 'fast-check';

import {
	characterRange,
	fitText,
	isUnicodeText,
	nameCharacter,
	repertoireOf,
	singleLine,
} from '../../../../lib/edi/syntax/repertoire';
import { BASIC, EXTENDED, UTF8 } from '../../../../lib/edi/x12/repertoires';

test('white space of any kind is one space', () => {
	expect(singleLine(' a\r\n\tb\u00a0\u00a0c\ufeff ')).toBe('a b c');
});

test('policies', () => {
	expect(fitText('Caf\u00e9\n ma\u00f1ana', EXTENDED, 'transliterate', ' ')).toMatchObject({
		text: 'Cafe manana',
		rejected: [],
		changed: true,
	});
	expect(fitText('Caf\u00e9', EXTENDED, 'replace', '?').text).toBe('Caf?');
	expect(fitText('Caf\u00e9', EXTENDED, 'reject', '?').rejected).toEqual(['\u00e9']);
	expect(fitText('Caf\u00e9', UTF8, 'reject', '?')).toMatchObject({
		text: 'Caf\u00e9',
		changed: false,
	});
});

test('the X12 character sets (X12.6)', () => {
	const allowed = (repertoire: typeof BASIC) =>
		characterRange(' ', '~')
			.split('')
			.filter((c) => repertoire.allows(c.charCodeAt(0))).length;
	expect(allowed(BASIC)).toBe(26 + 10 + 17);
	expect(allowed(EXTENDED)).toBe(95);
	expect(BASIC.allows('a'.charCodeAt(0))).toBe(false);
	expect(UTF8.allows(0x20ac)).toBe(true);
	for (const codePoint of [0x09, 0x1d, 0x7f, 0x85, 0xd800, 0xe000, 0xffff, 0x10ffff]) {
		expect(UTF8.allows(codePoint)).toBe(false);
	}
	expect(isUnicodeText(0x1f600)).toBe(true);
});

test('characters are named so that invisible ones can be found', () => {
	expect(nameCharacter('\u20ac')).toBe('U+20AC (\u20ac)');
	expect(nameCharacter('\u0007')).toBe('U+0007');
});

test('what fits is allowed and stays as it is', () => {
	const repertoire = repertoireOf('letters', `${characterRange('a', 'z')} `);
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme' }), (text) => {
			const once = fitText(text, repertoire, 'replace', 'x').text;
			expect(once).toMatch(/^(?:[a-z]+(?: [a-z]+)*)?$/);
			expect(fitText(once, repertoire, 'replace', 'x').text).toBe(once);
		}),
	);
});
