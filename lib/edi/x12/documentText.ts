import type { BusinessDocument } from '../../documents';
import { fitText, nameCharacter } from '../syntax';
import type { X12Profile } from './profile';

/**
 * Texts of a document as the interchange can carry them. Done on the document, before the mapping:
 * a text that grows (ß → ss) is wrapped at its new length, and an issue knows the document's field.
 */

export interface TextProblem {
	readonly path: string;
	readonly kind: 'character' | 'delimiter';
	/** In words, for the message. */
	readonly characters: string;
	readonly text: string;
}

/** Not texts: identity, and what the mapping branches on. */
const UNTOUCHED = new Set(['type', 'key', 'kind', 'purpose', 'custom']);

function delimitersOf(profile: X12Profile): readonly string[] {
	const { element, component, segment, repetition } = profile.delimiters;
	const fixed = [element, component, segment];
	return profile.release === '004010' ? fixed : [...fixed, repetition];
}

class Fitter {
	readonly problems: TextProblem[] = [];

	private readonly delimiters: readonly string[];

	constructor(private readonly profile: X12Profile) {
		this.delimiters = profile.pickDelimiters ? [] : delimitersOf(profile);
	}

	text(text: string, path: string): string {
		const { profile } = this;
		const { repertoire, charactersOutside, replacementCharacter } = profile;
		// The basic set has capitals only; "Straat" is not misspelt as "STRAAT".
		const cased =
			charactersOutside !== 'reject' && !repertoire.allows(0x61) ? text.toUpperCase() : text;
		const fitted = fitText(cased, repertoire, charactersOutside, replacementCharacter);
		if (fitted.rejected.length > 0) {
			const characters = fitted.rejected.map(nameCharacter).join(', ');
			this.problems.push({ path, kind: 'character', characters, text });
		}
		return this.withoutDelimiters(fitted.text, path);
	}

	private withoutDelimiters(text: string, path: string): string {
		const found = this.delimiters.filter((delimiter) => text.includes(delimiter));
		if (found.length === 0) return text;
		if (this.profile.delimiterInData === 'reject') {
			const characters = found.map((delimiter) => `"${delimiter}"`).join(', ');
			this.problems.push({ path, kind: 'delimiter', characters, text });
			return text;
		}
		let replaced = text;
		for (const delimiter of found) {
			replaced = replaced.replaceAll(delimiter, this.profile.replacementCharacter);
		}
		return replaced.replace(/ {2,}/g, ' ').trim();
	}

	value(value: unknown, path: string): unknown {
		if (typeof value === 'string') return this.text(value, path);
		if (Array.isArray(value)) {
			return value.map((entry, index) => this.value(entry, `${path}[${index}]`));
		}
		if (typeof value !== 'object' || value === null) return value;
		const fitted: Record<string, unknown> = {};
		for (const [name, entry] of Object.entries(value)) {
			const inner = path === '' ? name : `${path}.${name}`;
			fitted[name] =
				path === '' && UNTOUCHED.has(name) && name !== 'custom' ? entry : this.value(entry, inner);
		}
		return fitted;
	}
}

export function fitDocument<D extends BusinessDocument>(
	doc: D,
	profile: X12Profile,
): { readonly doc: D; readonly problems: readonly TextProblem[] } {
	const fitter = new Fitter(profile);
	return { doc: fitter.value(doc, '') as D, problems: fitter.problems };
}

function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}

function withDefault(target: unknown, steps: readonly string[], text: string): unknown {
	const [step, ...rest] = steps;
	if (step === undefined) return isEmpty(target) ? text : target;
	if (Array.isArray(target)) return target.map((entry) => withDefault(entry, steps, text));
	const record = (typeof target === 'object' && target !== null ? target : {}) as Record<
		string,
		unknown
	>;
	// A default fills in a field of a party that is there; it does not invent the party.
	if (rest.length > 0 && isEmpty(record[step])) return target;
	return { ...record, [step]: withDefault(record[step], rest, text) };
}

/** The document with the profile's defaults where it has nothing: `lines.unit`, `supplier.gln`. */
export function applyDefaults<D extends BusinessDocument>(
	doc: D,
	defaults: ReadonlyMap<string, string>,
): D {
	let result: unknown = doc;
	for (const [path, text] of defaults) {
		result = withDefault(result, path.replaceAll('[]', '').split('.'), text);
	}
	return result as D;
}

/** Characters that need no `fitDocument`: allowed, below U+0080, and no delimiter. */
export function cleanCharacters(profile: X12Profile): Uint8Array {
	const table = new Uint8Array(128);
	for (let code = 0; code < 128; code += 1) table[code] = profile.repertoire.allows(code) ? 1 : 0;
	if (!profile.pickDelimiters) {
		for (const delimiter of delimitersOf(profile)) table[delimiter.charCodeAt(0)] = 0;
	}
	return table;
}
