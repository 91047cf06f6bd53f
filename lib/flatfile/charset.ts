import iconv from 'iconv-lite';

import { CP037, CP1140 } from './ebcdic';

export const ENCODINGS = [
	'ascii',
	'iso-8859-1',
	'iso-8859-2',
	'iso-8859-15',
	'windows-1250',
	'windows-1252',
	'utf-8',
	'cp037',
	'cp1140',
] as const;

export type EncodingName = (typeof ENCODINGS)[number];

/** IANA names, for the MIME type. */
const IANA_NAMES: Readonly<Record<EncodingName, string>> = {
	ascii: 'us-ascii',
	'iso-8859-1': 'iso-8859-1',
	'iso-8859-2': 'iso-8859-2',
	'iso-8859-15': 'iso-8859-15',
	'windows-1250': 'windows-1250',
	'windows-1252': 'windows-1252',
	'utf-8': 'utf-8',
	cp037: 'IBM037',
	cp1140: 'IBM01140',
};

export interface Charset {
	readonly ianaName: string;
	readonly singleByte: boolean;
	has(codePoint: number): boolean;
	/** Every character has been checked with `has`. */
	encode(text: string): Uint8Array;
	byteLength(text: string): number;
}

const BYTE_ORDER_MARK = 0xfeff;
const UNDEFINED_BYTE = '\ufffd';

const utf8: Charset = {
	ianaName: IANA_NAMES['utf-8'],
	singleByte: false,
	has: (codePoint) => codePoint !== BYTE_ORDER_MARK && (codePoint < 0xd800 || codePoint > 0xdfff),
	encode: (text) => Buffer.from(text, 'utf8'),
	byteLength: (text) => Buffer.byteLength(text, 'utf8'),
};

function singleByteCharset(ianaName: string, table: string): Charset {
	// By UTF-16 unit: no single-byte set goes beyond the basic plane.
	const bytes = new Int16Array(0x10000).fill(-1);
	for (let byte = 0; byte < 256; byte += 1) {
		const character = table[byte];
		if (character !== undefined && character !== UNDEFINED_BYTE) {
			bytes[character.charCodeAt(0)] = byte;
		}
	}
	return {
		ianaName,
		singleByte: true,
		has: (codePoint) => codePoint <= 0xffff && (bytes[codePoint] as number) >= 0,
		encode(text) {
			const encoded = Buffer.allocUnsafe(text.length);
			for (let index = 0; index < text.length; index += 1) {
				encoded[index] = bytes[text.charCodeAt(index)] as number;
			}
			return encoded;
		},
		byteLength: (text) => text.length,
	};
}

function tableOf(encoding: EncodingName): string {
	if (encoding === 'cp037') return CP037;
	if (encoding === 'cp1140') return CP1140;
	const table = iconv.decode(Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)), encoding);
	return encoding === 'ascii' ? table.slice(0, 128) : table;
}

export function charsetOf(encoding: EncodingName): Charset {
	if (encoding === 'utf-8') return utf8;
	return singleByteCharset(IANA_NAMES[encoding], tableOf(encoding));
}
