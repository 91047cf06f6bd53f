import { transliterate } from '../../../lib/text';

const ascii = (codePoint: number) => codePoint >= 0x20 && codePoint <= 0x7e;
const latin1 = (codePoint: number) => ascii(codePoint) || (codePoint >= 0xa0 && codePoint <= 0xff);
/** EDIFACT UNOA without lower case. */
const unoa = (codePoint: number) => /^[A-Z0-9 .,\-()/=']$/.test(String.fromCodePoint(codePoint));

describe('transliterate', () => {
	test.each([
		['Café Zürich', 'Cafe Zurich'],
		['Straße', 'Strasse'],
		['STRAẞE', 'STRASSE'],
		['Ærø, Łódź, Đà Nẵng, Þór, Œuvre', 'AEro, Lodz, Da Nang, THor, OEuvre'],
		['€ 12 – “quoted” ‘single’ …', 'EUR 12 - "quoted" \'single\' ...'],
		['fin ﬁ ™ ½', 'fin fi TM 1/2'],
		['1½ m²', '1 1/2 m2'],
		['A\u00A0B\u2009C', 'A B C'],
		['soft\u00ADhyphen\u200B', 'softhyphen'],
		['two\r\nlines', 'two  lines'],
		['ＡＢＣ１２', 'ABC12'],
	])('writes %p in ASCII as %p', (text, expected) => {
		expect(transliterate(text, ascii)).toBe(expected);
	});

	test('changes only what is not allowed', () => {
		expect(transliterate('Café Łódź € ü', latin1)).toBe('Café Lódz EUR ü');
		const everything = () => true;
		expect(transliterate('e\u0301 “x”', everything)).toBe('e\u0301 “x”');
	});

	test('composes a decomposed text before it gives up a mark', () => {
		expect(transliterate('Cafe\u0301', latin1)).toBe('Café');
		expect(transliterate('Cafe\u0301', ascii)).toBe('Cafe');
	});

	test('goes through several steps into a small repertoire', () => {
		expect(transliterate('Müller & “Søn” [a_b]', (c) => unoa(c) || c === 0x2b)).toBe(
			"MULLER + 'SON' (A-B)",
		);
	});

	test('leaves what has no fair substitute', () => {
		expect(transliterate('ok 👍 日本', ascii)).toBe('ok 👍 日本');
		expect(transliterate('lone \uD83D', ascii)).toBe('lone \uD83D');
	});

	test('never changes a number by flattening a superscript onto it', () => {
		expect(transliterate('10² 5¹', ascii)).toBe('10² 5¹');
	});

	test('gives a substitute only when all its characters are allowed', () => {
		const lettersOnly = (codePoint: number) => codePoint >= 0x61 && codePoint <= 0x7a;
		expect(transliterate('ß€½', lettersOnly)).toBe('ss€½');
	});
});
