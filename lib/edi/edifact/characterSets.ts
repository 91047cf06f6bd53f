import { characterRange, isUnicodeText, repertoireOf } from '../syntax';
import type { Repertoire } from '../syntax';

/** UNB 0001, the character sets of ISO 9735 that we write. */
export const characterSetNames = [
	'UNOA',
	'UNOB',
	'UNOC',
	'UNOD',
	'UNOE',
	'UNOF',
	'UNOG',
	'UNOH',
	'UNOI',
	'UNOJ',
	'UNOK',
	'UNOY',
] as const;
export type CharacterSetName = (typeof characterSetNames)[number];

/** ISO 8859 part by identifier (UN code list 0001). */
const ISO_8859: Readonly<Partial<Record<CharacterSetName, number>>> = {
	UNOC: 1,
	UNOD: 2,
	UNOE: 5,
	UNOF: 7,
	UNOG: 3,
	UNOH: 4,
	UNOI: 6,
	UNOJ: 8,
	UNOK: 9,
};

export interface Charset {
	readonly repertoire: Repertoire;
	/** Label of a decoder that reads what `encode` writes. */
	readonly encoding: string;
	/** Text of the repertoire only. */
	encode(text: string): Uint8Array;
}

/** ISO 9735: level A without and level B with small letters; both without `@ # $ [ ]` and the like. */
const LEVEL_A = `${characterRange('A', 'Z')}${characterRange('0', '9')} .,-()/='+:?!"%&*;<>`;
const PRINTABLE_ASCII = characterRange(' ', '~');

/** Added to ISO 8859-7 in 2003, after both syntax versions: euro, drachma, iota subscript. */
const LATER_GREEK: ReadonlySet<number> = new Set([0x20ac, 0x20af, 0x37a]);

/**
 * Bytes 0xA0 to 0xFF of an ISO 8859 part. The WHATWG labels of parts 1 and 9 mean Windows code
 * pages, so part 1 is taken as what it is and part 9 as part 1 with its six Turkish letters.
 */
function upperHalf(part: number): ReadonlyMap<number, number> {
	const map = new Map<number, number>();
	if (part === 1 || part === 9) {
		for (let byte = 0xa0; byte <= 0xff; byte += 1) map.set(byte, byte);
		if (part === 9) {
			const turkish = [
				[0xd0, 0x11e],
				[0xdd, 0x130],
				[0xde, 0x15e],
				[0xf0, 0x11f],
				[0xfd, 0x131],
				[0xfe, 0x15f],
			] as const;
			for (const [byte, codePoint] of turkish) {
				map.delete(byte);
				map.set(codePoint, byte);
			}
		}
		return map;
	}
	const decoder = new TextDecoder(`iso-8859-${part}`);
	for (let byte = 0xa0; byte <= 0xff; byte += 1) {
		const codePoint = decoder.decode(Uint8Array.of(byte)).codePointAt(0) ?? 0xfffd;
		if (codePoint !== 0xfffd && !LATER_GREEK.has(codePoint)) map.set(codePoint, byte);
	}
	return map;
}

/** ASCII and ISO 8859-1 are the first 256 code points themselves. */
function encodeLatin1(text: string): Uint8Array {
	return Buffer.from(text, 'latin1');
}

function makeCharset(name: CharacterSetName): Charset {
	if (name === 'UNOA' || name === 'UNOB') {
		const characters = name === 'UNOA' ? LEVEL_A : LEVEL_A + characterRange('a', 'z');
		return { repertoire: repertoireOf(name, characters), encoding: 'ascii', encode: encodeLatin1 };
	}
	const part = ISO_8859[name];
	if (part === undefined) {
		const encoder = new TextEncoder();
		return {
			repertoire: repertoireOf(name, PRINTABLE_ASCII, isUnicodeText),
			encoding: 'utf-8',
			encode: (text) => encoder.encode(text),
		};
	}
	const upper = upperHalf(part);
	return {
		repertoire: repertoireOf(name, PRINTABLE_ASCII, (codePoint) => upper.has(codePoint)),
		encoding: `iso-8859-${part}`,
		encode:
			part === 1
				? encodeLatin1
				: (text) => {
						const bytes = new Uint8Array(text.length);
						for (let index = 0; index < text.length; index += 1) {
							const code = text.charCodeAt(index);
							bytes[index] = code < 0x80 ? code : (upper.get(code) ?? 0x3f);
						}
						return bytes;
					},
	};
}

const charsets = new Map<CharacterSetName, Charset>();

export function charsetOf(name: CharacterSetName): Charset {
	const known = charsets.get(name);
	if (known !== undefined) return known;
	const made = makeCharset(name);
	charsets.set(name, made);
	return made;
}

/** UNTDID 0001 as WHATWG labels. UNOA, UNOB and unknown ones: UTF-8 where well-formed, else Latin-1. */
const ENCODINGS: Readonly<Record<string, string>> = {
	UNOC: 'iso-8859-1',
	UNOD: 'iso-8859-2',
	UNOE: 'iso-8859-5',
	UNOF: 'iso-8859-7',
	UNOG: 'iso-8859-3',
	UNOH: 'iso-8859-4',
	UNOI: 'iso-8859-6',
	UNOJ: 'iso-8859-8',
	UNOK: 'iso-8859-9',
	UNOW: 'utf-8',
	UNOY: 'utf-8',
};

/** IATA's levels A and B are those of ISO 9735. */
const ASCII_SETS: ReadonlySet<string> = new Set(['UNOA', 'UNOB', 'IATA', 'IATB']);

/** S001: the character set, from syntax 4 on also how it is encoded (0133, 7 is UTF-8). */
export function declaredEncoding([id = '', version = '', , encoding]: readonly string[]):
	| string
	| undefined {
	if (version === '4' && encoding === '7') return 'utf-8';
	return Object.hasOwn(ENCODINGS, id) ? ENCODINGS[id] : undefined;
}

export function isKnownCharacterSet(id: string): boolean {
	return ASCII_SETS.has(id) || Object.hasOwn(ENCODINGS, id);
}
