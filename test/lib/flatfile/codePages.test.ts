import { ENCODINGS } from '../../../lib/flatfile';
import type { EncodingName } from '../../../lib/flatfile';
import { charsetOf } from '../../../lib/flatfile/charset';
import { readCodePages } from './codePageSamples';

const pages = readCodePages();

test('knows every code page of the fixture, and the fixture every code page', () => {
	expect([...pages.keys()].sort()).toEqual(
		ENCODINGS.filter((name) => name.startsWith('cp')).sort(),
	);
});

describe.each([...pages])('%s', (name, page) => {
	const charset = charsetOf(name as EncodingName);

	test('writes each of its 256 characters as the byte that glibc reads', () => {
		expect(page).toHaveLength(256);
		const text = String.fromCharCode(...page);
		expect(page.filter((codePoint) => !charset.has(codePoint))).toEqual([]);
		expect([...charset.encode(text)]).toEqual(page.map((_, byte) => byte));
	});

	test('has no other character', () => {
		const others = Array.from({ length: 0x10000 }, (_, codePoint) => codePoint).filter(
			(codePoint) => charset.has(codePoint) && !page.includes(codePoint),
		);
		expect(others).toEqual([]);
	});
});
