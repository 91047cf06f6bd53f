import { IGNORABLE, SUBSTITUTIONS } from './substitutions';

/** Whether a character set or repertoire holds the code point. */
export type IsAllowed = (codePoint: number) => boolean;

/** A letter with the marks that stand on it, so that `e` + U+0301 is looked at as é. */
const MARKED_CHARACTER = /\P{M}\p{M}*|\p{M}+/gu;
const MARKS = /\p{M}+/gu;
/** Superscripts and fractions change a number they stand beside: 10² is not 102. */
const NUMERIC_SIGN = /^[\u00B2\u00B3\u00B9\u00BC-\u00BE\u2070-\u2079\u2080-\u2089\u2150-\u215E]$/u;
const ENDS_IN_DIGIT = /\d$/;

export function allAllowed(text: string, isAllowed: IsAllowed): boolean {
	for (let index = 0; index < text.length; index += 1) {
		const codePoint = text.codePointAt(index) as number;
		if (!isAllowed(codePoint)) return false;
		if (codePoint > 0xffff) index += 1;
	}
	return true;
}

/** Composed where that makes it allowed; a text in NFD is the same text. */
export function compose(character: string, isAllowed: IsAllowed): string {
	return allAllowed(character, isAllowed) ? character : character.normalize('NFC');
}

export function markedCharacters(text: string): readonly string[] {
	return text.match(MARKED_CHARACTER) ?? [];
}

/**
 * Changes only the characters that are not allowed, and only into allowed ones: é → e, ß → ss,
 * “ → ". What has no fair substitute stays as it is, for the caller's policy.
 */
export function transliterate(text: string, isAllowed: IsAllowed): string {
	if (allAllowed(text, isAllowed)) return text;
	let result = '';
	for (const marked of markedCharacters(text)) {
		for (const character of compose(marked, isAllowed)) {
			result += substitute(character, isAllowed, result) ?? character;
		}
	}
	return result;
}

function substitute(character: string, isAllowed: IsAllowed, before: string): string | undefined {
	if (isAllowed(character.codePointAt(0) as number)) return character;
	if (IGNORABLE.test(character)) return '';
	if (NUMERIC_SIGN.test(character) && ENDS_IN_DIGIT.test(before)) {
		// 1½ may be written 1 1/2; 10² has no plain form.
		const fraction = decompose(character);
		if (!fraction.includes('\u2044')) return undefined;
		return substituteAll(` ${fraction}`, isAllowed);
	}
	for (const candidate of candidates(character)) {
		const substituted = substituteAll(candidate, isAllowed);
		if (substituted !== undefined) return substituted;
	}
	return undefined;
}

/** All characters of a candidate, in turn substituted where needed (“ → " → '), or nothing. */
function substituteAll(text: string, isAllowed: IsAllowed): string | undefined {
	let result = '';
	for (const character of text) {
		// The candidates of one character never lead back to it, so this ends.
		const substituted = substitute(character, isAllowed, '');
		if (substituted === undefined) return undefined;
		result += substituted;
	}
	return result;
}

function* candidates(character: string): Generator<string> {
	yield* SUBSTITUTIONS.get(character) ?? [];
	const decomposed = decompose(character);
	if (decomposed !== character && decomposed !== '') yield decomposed;
	// Last, for a repertoire of capitals such as EDIFACT UNOA.
	const upper = character.toUpperCase();
	if (upper !== character && upper.length === character.length) yield upper;
}

function decompose(character: string): string {
	return character.normalize('NFKD').replace(MARKS, '');
}
