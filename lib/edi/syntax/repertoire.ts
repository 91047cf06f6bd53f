import { fitCharacters } from '../../text';
import type { CharacterPolicy, FittedText } from '../../text';

/**
 * Character repertoires: which characters a file may hold, and what becomes of the others. X12
 * (X12.6 basic and extended sets) and EDIFACT (UNOA..UNOY) bring their own tables.
 */

export interface Repertoire {
	/** As people call it: `basic`, `extended`, `UNOC`. In messages. */
	readonly name: string;
	allows(codePoint: number): boolean;
}

/** A repertoire of the listed characters, and of whatever `more` allows above U+007F. */
export function repertoireOf(
	name: string,
	characters: string,
	more: (codePoint: number) => boolean = () => false,
): Repertoire {
	const table = new Uint8Array(128);
	for (const character of characters) {
		const codePoint = character.codePointAt(0) ?? 0;
		if (codePoint < 128) table[codePoint] = 1;
	}
	return {
		name,
		allows: (codePoint) => (codePoint < 128 ? table[codePoint] === 1 : more(codePoint)),
	};
}

export function characterRange(from: string, to: string): string {
	let range = '';
	for (let code = from.charCodeAt(0); code <= to.charCodeAt(0); code += 1) {
		range += String.fromCharCode(code);
	}
	return range;
}

/** Any assigned-looking character of Unicode; controls, surrogates and private use excluded. */
export function isUnicodeText(codePoint: number): boolean {
	if (codePoint < 0x20 || (codePoint >= 0x7f && codePoint < 0xa0)) return false;
	if (codePoint >= 0xd800 && codePoint <= 0xf8ff) return false;
	return codePoint < 0xf0000 && (codePoint & 0xfffe) !== 0xfffe;
}

/** White space of any kind (line breaks, tabs, no-break spaces) is one space in an EDI element. */
const WHITE_SPACE = /[\s\u0085\u00a0\u200b\ufeff]+/gu;

/** One line without white space at its ends: what an element can hold of a text people typed. */
export function singleLine(text: string): string {
	return text.replace(WHITE_SPACE, ' ').trim();
}

/** The text as the repertoire can carry it, by the profile's policy; `rejected` is what it cannot. */
export function fitText(
	text: string,
	repertoire: Repertoire,
	policy: CharacterPolicy,
	replacement: string,
): FittedText {
	const line = singleLine(text);
	const fitted = fitCharacters(
		line,
		(codePoint) => repertoire.allows(codePoint),
		policy,
		replacement,
	);
	const result = singleLine(fitted.text);
	return { text: result, changed: result !== text, rejected: fitted.rejected };
}

/** `U+20AC (€)`, for messages: an invisible character must still be nameable. */
export function nameCharacter(character: string): string {
	const codePoint = character.codePointAt(0) ?? 0;
	const hex = codePoint.toString(16).toUpperCase().padStart(4, '0');
	return codePoint < 0x20 || (codePoint >= 0x7f && codePoint < 0xa0)
		? `U+${hex}`
		: `U+${hex} (${character})`;
}
