/**
 * Breaks a text into at most `count` parts of at most `width` characters, at spaces where it fits so,
 * else anywhere. `undefined`: it does not fit at all. Nothing is lost but the space at a break.
 */
export function wrapText(
	text: string,
	width: number,
	count: number,
): readonly string[] | undefined {
	if (text.length <= width) return [text];
	const characters = Array.from(text);
	if (characters.length <= width) return [text];
	const atWords = breakText(characters, width, true);
	if (atWords.length <= count) return atWords;
	const anywhere = breakText(characters, width, false);
	return anywhere.length <= count ? anywhere : undefined;
}

/** A text in parts of at most `width` characters, broken at spaces where there are any. */
export function wrapWords(text: string, width: number): readonly string[] {
	if (text.length <= width) return text === '' ? [] : [text];
	return breakText(Array.from(text), width, true);
}

function breakText(characters: readonly string[], width: number, atWords: boolean): string[] {
	const parts: string[] = [];
	let start = 0;
	while (start < characters.length) {
		let end = Math.min(start + width, characters.length);
		if (end < characters.length && atWords && characters[end] !== ' ') {
			const space = characters.lastIndexOf(' ', end - 1);
			if (space > start) end = space;
		}
		// A part that ends in a space would lose it on the way.
		while (!atWords && end < characters.length && end > start + 1 && characters[end - 1] === ' ')
			end -= 1;
		parts.push(characters.slice(start, end).join('').trim());
		start = end;
		if (atWords || characters[start] === ' ') while (characters[start] === ' ') start += 1;
	}
	return parts.filter((part) => part !== '');
}
