import { fitCharacters } from '../../../lib/text';

const ascii = (codePoint: number) => codePoint >= 0x20 && codePoint <= 0x7e;

describe('fitCharacters', () => {
	test('returns an allowed text unchanged under every policy', () => {
		for (const policy of ['transliterate', 'replace', 'reject'] as const) {
			expect(fitCharacters('plain', ascii, policy, '?')).toEqual({
				text: 'plain',
				changed: false,
				rejected: [],
			});
		}
	});

	test('transliterates and names what remains', () => {
		expect(fitCharacters('Café 👍👍 日', ascii, 'transliterate', '?')).toEqual({
			text: 'Cafe 👍👍 日',
			changed: true,
			rejected: ['👍', '日'],
		});
	});

	test('replaces one for one, a letter with its mark as one', () => {
		expect(fitCharacters('Cafe\u0301 👍', ascii, 'replace', '?')).toEqual({
			text: 'Caf? ?',
			changed: true,
			rejected: [],
		});
		expect(fitCharacters('☎\uFE0F', ascii, 'replace', '?').text).toBe('?');
	});

	test('refuses a replacement that is itself not allowed', () => {
		expect(fitCharacters('é', ascii, 'replace', '¿').rejected).toEqual(['¿']);
	});

	test('rejects without changing', () => {
		expect(fitCharacters('é', ascii, 'reject', '?')).toEqual({
			text: 'é',
			changed: false,
			rejected: ['é'],
		});
	});
});
