import fc from 'fast-check';

import {
	characterRange,
	fitText,
	nameCharacter,
	repertoireOf,
	singleLine,
} from '../../../../lib/edi/syntax/repertoire';

test('white space of any kind is one space', () => {
	expect(singleLine(' a\r\n\tb\u00a0\u00a0c\ufeff ')).toBe('a b c');
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
