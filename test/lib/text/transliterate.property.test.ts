import fc from 'fast-check';

import { fitCharacters, transliterate } from '../../../lib/text';

const anyText = fc.string({ unit: 'binary' });
const allowedSet = fc
	.uniqueArray(fc.integer({ min: 0x20, max: 0x24f }), { maxLength: 120 })
	.map((codePoints) => new Set(codePoints));

describe('transliterate, for any text and repertoire', () => {
	test('keeps allowed characters, ends, and is stable', () => {
		fc.assert(
			fc.property(anyText, allowedSet, (text, allowed) => {
				const isAllowed = (codePoint: number) => allowed.has(codePoint);
				const once = transliterate(text, isAllowed);
				expect(transliterate(once, isAllowed)).toBe(once);
				const kept = (value: string) =>
					[...value].filter((character) => isAllowed(character.codePointAt(0) as number)).length;
				expect(kept(once)).toBeGreaterThanOrEqual(kept(text.normalize('NFC')));
			}),
			{ numRuns: 300 },
		);
	});

	test('reports exactly what it could not do', () => {
		fc.assert(
			fc.property(
				anyText,
				allowedSet,
				fc.constantFrom('transliterate' as const, 'replace' as const, 'reject' as const),
				(text, allowed, policy) => {
					allowed.add(0x20);
					const isAllowed = (codePoint: number) => allowed.has(codePoint);
					const fitted = fitCharacters(text, isAllowed, policy, ' ');
					const wrong = [...fitted.text].filter((c) => !isAllowed(c.codePointAt(0) as number));
					expect(new Set(fitted.rejected)).toEqual(new Set(wrong));
					expect(fitted.changed).toBe(fitted.text !== text);
				},
			),
			{ numRuns: 300 },
		);
	});
});
