import { characterRange, fitText, isUnicodeText } from '../../../../lib/edi/syntax';
import { BASIC, EXTENDED, UTF8 } from '../../../../lib/edi/x12/repertoires';

test('characters outside a set are transliterated, replaced or refused as asked', () => {
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
