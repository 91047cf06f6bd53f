import iconv from 'iconv-lite';

import { EBCDIC } from './ebcdic';

interface Encoding {
	readonly label: string;
	/** IANA name, for the MIME type. */
	readonly ianaName: string;
}

const CODE_PAGES = {
	ascii: { label: 'ASCII', ianaName: 'us-ascii' },
	'iso-8859-1': { label: 'ISO-8859-1 (Latin 1)', ianaName: 'iso-8859-1' },
	'iso-8859-2': { label: 'ISO-8859-2 (Latin 2)', ianaName: 'iso-8859-2' },
	'iso-8859-15': { label: 'ISO-8859-15 (Latin 9, with Euro)', ianaName: 'iso-8859-15' },
	'windows-1250': { label: 'Windows-1250', ianaName: 'windows-1250' },
	'windows-1252': { label: 'Windows-1252', ianaName: 'windows-1252' },
	'utf-8': { label: 'UTF-8', ianaName: 'utf-8' },
	cp850: { label: 'DOS CP850 (Western Europe)', ianaName: 'IBM850' },
	cp037: { label: 'EBCDIC CP037 (Netherlands, Portugal, US)', ianaName: 'IBM037' },
	cp273: { label: 'EBCDIC CP273 (Germany, Austria)', ianaName: 'IBM273' },
	cp500: { label: 'EBCDIC CP500 (International, Belgium, Switzerland)', ianaName: 'IBM500' },
	cp1140: { label: 'EBCDIC CP1140 (CP037 with Euro)', ianaName: 'IBM01140' },
	cp1141: { label: 'EBCDIC CP1141 (CP273 with Euro)', ianaName: 'IBM01141' },
	cp1148: { label: 'EBCDIC CP1148 (CP500 with Euro)', ianaName: 'IBM01148' },
} as const satisfies Readonly<Record<string, Encoding>>;

export type EncodingName = keyof typeof CODE_PAGES;

export const ENCODINGS = Object.keys(CODE_PAGES) as readonly EncodingName[];

export function encodingLabel(encoding: EncodingName): string {
	return CODE_PAGES[encoding].label;
}

export interface Charset {
	readonly ianaName: string;
	readonly singleByte: boolean;
	/**
	 * The characters whose bytes are the zoned digits +0 and -0. EBCDIC has them at C0 and D0 in every
	 * code page, but only some pages have braces there.
	 */
	readonly zonedZeros: readonly [positive: string, negative: string];
	has(codePoint: number): boolean;
	/** Every character has been checked with `has`. */
	encode(text: string): Uint8Array;
	byteLength(text: string): number;
}

const BYTE_ORDER_MARK = 0xfeff;
const UNDEFINED_BYTE = '\ufffd';
const BRACES: Charset['zonedZeros'] = ['{', '}'];

const utf8: Charset = {
	ianaName: CODE_PAGES['utf-8'].ianaName,
	singleByte: false,
	zonedZeros: BRACES,
	has: (codePoint) => codePoint !== BYTE_ORDER_MARK && (codePoint < 0xd800 || codePoint > 0xdfff),
	encode: (text) => Buffer.from(text, 'utf8'),
	byteLength: (text) => Buffer.byteLength(text, 'utf8'),
};

function singleByteCharset(
	ianaName: string,
	table: string,
	zonedZeros: Charset['zonedZeros'],
): Charset {
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
		zonedZeros,
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

function isEbcdic(encoding: EncodingName): encoding is keyof typeof EBCDIC {
	return Object.hasOwn(EBCDIC, encoding);
}

export function charsetOf(encoding: EncodingName): Charset {
	if (encoding === 'utf-8') return utf8;
	const { ianaName } = CODE_PAGES[encoding];
	if (isEbcdic(encoding)) {
		const table = EBCDIC[encoding];
		return singleByteCharset(ianaName, table, [table[0xc0] as string, table[0xd0] as string]);
	}
	const table = iconv.decode(Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)), encoding);
	return singleByteCharset(ianaName, encoding === 'ascii' ? table.slice(0, 128) : table, BRACES);
}
