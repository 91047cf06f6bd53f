import { allAllowed, compose, markedCharacters, transliterate } from './transliterate';
import type { IsAllowed } from './transliterate';
import { IGNORABLE } from './substitutions';

/** What happens to a character that the target cannot hold. */
export type CharacterPolicy = 'transliterate' | 'replace' | 'reject';

export interface FittedText {
	readonly text: string;
	readonly changed: boolean;
	/** Distinct characters that remain impossible; empty when `text` may be written. */
	readonly rejected: string[];
}

/**
 * Applies the policy. `transliterate` rejects what has no fair substitute, `replace` puts one
 * `replacement` for each character that is not allowed, `reject` changes nothing.
 */
export function fitCharacters(
	text: string,
	isAllowed: IsAllowed,
	policy: CharacterPolicy,
	replacement = ' ',
): FittedText {
	if (allAllowed(text, isAllowed)) return { text, changed: false, rejected: [] };
	const fitted =
		policy === 'transliterate'
			? transliterate(text, isAllowed)
			: policy === 'replace'
				? replace(text, isAllowed, replacement)
				: text;
	return { text: fitted, changed: fitted !== text, rejected: notAllowed(fitted, isAllowed) };
}

function replace(text: string, isAllowed: IsAllowed, replacement: string): string {
	let result = '';
	for (const marked of markedCharacters(text)) {
		for (const character of compose(marked, isAllowed)) {
			if (isAllowed(character.codePointAt(0) as number)) result += character;
			else if (!IGNORABLE.test(character)) result += replacement;
		}
	}
	return result;
}

function notAllowed(text: string, isAllowed: IsAllowed): string[] {
	const found = new Set<string>();
	for (const character of text) {
		if (!isAllowed(character.codePointAt(0) as number)) found.add(character);
	}
	return [...found];
}
