import { fitText, nameCharacter } from '../syntax';
import type { X12Profile } from './profile';

/** What keeps a text out of the file, in words for the message. */
export interface TextProblem {
	readonly kind: 'character' | 'delimiter';
	readonly characters: string;
}

export interface FittedText {
	readonly text: string;
	readonly problem: TextProblem | undefined;
}

function delimitersOf(profile: X12Profile): readonly string[] {
	const { element, component, segment, repetition } = profile.delimiters;
	const fixed = [element, component, segment];
	return profile.release === '004010' ? fixed : [...fixed, repetition];
}

/** Texts and identifiers as the interchange of a profile can carry them. */
export class TextFitter {
	private readonly delimiters: readonly string[];

	constructor(private readonly profile: X12Profile) {
		this.delimiters = profile.pickDelimiters ? [] : delimitersOf(profile);
	}

	/** What keeps the text out of the file as it is. */
	problemOf(text: string): TextProblem | undefined {
		const { repertoire } = this.profile;
		const outside = Array.from(text).filter(
			(character) => !repertoire.allows(character.codePointAt(0) ?? 0),
		);
		if (outside.length > 0) {
			const characters = [...new Set(outside)].map(nameCharacter).join(', ');
			return { kind: 'character', characters };
		}
		const found = this.delimiters.filter((delimiter) => text.includes(delimiter));
		if (found.length === 0) return undefined;
		return { kind: 'delimiter', characters: found.map((one) => `"${one}"`).join(', ') };
	}

	/** Free text, by the policies of the profile for characters and delimiters. */
	text(text: string): FittedText {
		const { capitalLetters, charactersOutside, delimiterInData } = this.profile;
		const cased = capitalLetters ? text.toUpperCase() : text;
		return this.fit(cased, charactersOutside, delimiterInData === 'reject');
	}

	/** An identifier under *Replace and Warn*: whatever cannot be sent is replaced. */
	replaced(text: string): FittedText {
		const { charactersOutside } = this.profile;
		const policy = charactersOutside === 'replace' ? 'replace' : 'transliterate';
		return this.fit(text, policy, false);
	}

	private fit(
		text: string,
		policy: X12Profile['charactersOutside'],
		keepDelimiters: boolean,
	): FittedText {
		const { repertoire, replacementCharacter } = this.profile;
		// The basic set has capitals only; "Straat" is not misspelt as "STRAAT".
		const cased = policy !== 'reject' && !repertoire.allows(0x61) ? text.toUpperCase() : text;
		const fitted = fitText(cased, repertoire, policy, replacementCharacter);
		if (fitted.rejected.length > 0) {
			const characters = fitted.rejected.map(nameCharacter).join(', ');
			return { text: fitted.text, problem: { kind: 'character', characters } };
		}
		if (keepDelimiters) return { text: fitted.text, problem: this.problemOf(fitted.text) };
		let result = fitted.text;
		for (const delimiter of this.delimiters) {
			result = result.replaceAll(delimiter, replacementCharacter);
		}
		if (result !== fitted.text) result = result.replace(/ {2,}/g, ' ').trim();
		return { text: result, problem: undefined };
	}
}

/** Characters that need no fitting: allowed, below U+0080, and no delimiter. */
export function cleanCharacters(profile: X12Profile): Uint8Array {
	const table = new Uint8Array(128);
	for (let code = 0; code < 128; code += 1) table[code] = profile.repertoire.allows(code) ? 1 : 0;
	if (profile.capitalLetters) table.fill(0, 'a'.charCodeAt(0), 'z'.charCodeAt(0) + 1);
	if (!profile.pickDelimiters) {
		for (const delimiter of delimitersOf(profile)) table[delimiter.charCodeAt(0)] = 0;
	}
	return table;
}
