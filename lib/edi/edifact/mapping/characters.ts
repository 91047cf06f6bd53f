import type { Charset } from '../characterSets';
import { separatorsOf } from '../release';
import type { ServiceString } from '../serviceString';

export { nameCharacter } from '../../syntax';

export type IsWritable = (codePoint: number) => boolean;

/** What a value needs before it may be written, by code point below U+0100. */
export type CharacterTable = Uint8Array;

const CARE = 0;
const PLAIN = 1;
const SPACE = 2;
const RELEASED = 3;
const TABLE_SIZE = 256;

export function characterTable(
	charset: Charset,
	service: ServiceString,
	capitalLetters: boolean,
): CharacterTable {
	const table = new Uint8Array(TABLE_SIZE);
	const separators = new Set(separatorsOf(service));
	for (let code = 0x20; code < TABLE_SIZE; code += 1) {
		// Controls, the no-break space and the soft hyphen are no plain text in any set.
		if ((code >= 0x7f && code <= 0xa0) || code === 0xad || !charset.repertoire.allows(code))
			continue;
		const character = String.fromCharCode(code);
		if (capitalLetters && character !== character.toUpperCase()) continue;
		table[code] = separators.has(character) ? RELEASED : PLAIN;
	}
	if (table[0x20] === PLAIN) table[0x20] = SPACE;
	return table;
}

/**
 * `plain`: may be written as it is; `released`: holds separators; `care`: characters outside the set,
 * or spaces at the ends or side by side, which are not sent.
 */
export function scanCharacters(
	value: string,
	table: CharacterTable,
): 'plain' | 'released' | 'care' {
	let released = false;
	let before = SPACE;
	for (let index = 0; index < value.length; index += 1) {
		const kind = table[value.charCodeAt(index)] ?? CARE;
		if (kind === CARE || (kind === SPACE && before === SPACE)) return 'care';
		if (kind === RELEASED) released = true;
		before = kind;
	}
	if (before === SPACE && value !== '') return 'care';
	return released ? 'released' : 'plain';
}
