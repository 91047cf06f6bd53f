/** What X12 and EDIFACT share in cutting bytes into segments. */

export type TokenizerProblemCode =
	/** Bytes that belong to no interchange. */
	| 'strayData'
	/** ISA is not 106 characters, or its elements do not have their fixed widths. */
	| 'isaLength'
	/** The interchange header ends before it says which delimiters are used. */
	| 'headerIncomplete'
	/** EDIFACT segments without an UNB before them. */
	| 'headerMissing'
	/** Delimiters that are not distinct, or that are letters, digits or spaces. */
	| 'delimiters'
	/** UNA is not followed by six characters that can serve. */
	| 'serviceString'
	| 'missingTerminator'
	/** The last segment of the file has no terminator: harmless, or the file was cut off. */
	| 'missingFinalTerminator'
	| 'lineBreakInSegment'
	| 'emptySegment'
	| 'segmentTooLong'
	/** The file has more parts than can be kept in memory and answered. */
	| 'tooMuch';

/** Something wrong with the bytes themselves; the tokenizer has gone on as the message says. */
export interface TokenizerProblem {
	readonly code: TokenizerProblemCode;
	readonly message: string;
	/** Byte offset in the file. */
	readonly offset: number;
}

/** Pieces this long are decoded at once, so that memory does not grow with the file. */
export const PIECE_BYTES = 65_536;

/** No segment of a business document comes near; more means that the terminator was lost. */
export const MAX_SEGMENT_BYTES = 1_048_576;

/** One character per byte: positions in the text are positions in the file. */
export function byteText(bytes: Uint8Array): string {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

export function bytesOf(text: string): Uint8Array {
	return Buffer.from(text, 'latin1');
}

export const NON_ASCII = /[\x80-\xff]/;

/** A byte-order mark in the middle of data is a character that does not belong there. */
const KEEP_ALL = { ignoreBOM: true } as const;

/**
 * The Encoding Standard of WHATWG reads the labels ISO 8859-1 and -9 as Windows pages, with letters in
 * 80 to 9F, and not every release of Node.js does. Under ISO 8859 these bytes are controls (ISO 4873).
 */
function declaredDecoder(encoding: string): (text: string) => string {
	const decoder = new TextDecoder(encoding, KEEP_ALL);
	if (!/^iso-?8859-?\d/i.test(encoding.trim())) return (text) => decoder.decode(bytesOf(text));
	return (text) =>
		Array.from(decoder.decode(bytesOf(text)), (char, at) =>
			text[at]! >= '\x80' && text[at]! <= '\x9f' ? text[at] : char,
		).join('');
}

/**
 * Decodes text that holds one character per byte. Without a declared encoding it is UTF-8 where
 * that is possible, else ISO 8859-1: bytes of the one are hardly ever well-formed in the other.
 */
export function makeByteDecoder(encoding: string | undefined): (text: string) => string {
	const declared = encoding === undefined ? undefined : declaredDecoder(encoding);
	const utf8 = new TextDecoder('utf-8', { ...KEEP_ALL, fatal: true });
	return (text) => {
		if (!NON_ASCII.test(text)) return text;
		if (declared !== undefined) return declared(text);
		try {
			return utf8.decode(bytesOf(text));
		} catch {
			return text;
		}
	};
}

/**
 * Decodes an element. Lines broken at a fixed width carry breaks inside segments; they are not data,
 * and `found` is told of them.
 */
export function cleanElement(
	raw: string,
	decode: (text: string) => string,
	found: () => void,
): string {
	if (!/[\r\n]/.test(raw)) return decode(raw);
	found();
	return decode(raw.replace(/[\r\n]+/g, ''));
}

/** Whether a delimiter may be a character of two or more bytes. */
export function mayBeUtf8(encoding: string | undefined): boolean {
	return encoding === undefined || new TextDecoder(encoding).encoding === 'utf-8';
}

const BYTE_ORDER_MARK = '\u00ef\u00bb\u00bf';

/** Past what may stand between interchanges: blanks, and the mark of a file that was appended. */
export function skipBetween(text: string, start: number): number {
	let at = start;
	while (at < text.length) {
		if (isBlank(text.charCodeAt(at))) at += 1;
		else if (text.startsWith(BYTE_ORDER_MARK, at)) at += BYTE_ORDER_MARK.length;
		else break;
	}
	return at;
}

/** Whether the text ends within a byte-order mark. */
export function isBomAhead(text: string, at: number): boolean {
	const rest = text.length - at;
	return rest > 0 && rest < 3 && BYTE_ORDER_MARK.startsWith(text.slice(at));
}

/** Fewer than what a tokenizer looks ahead, so that they are the same whatever the chunks are. */
const SHOWN_BYTES = 24;
const HEADER = /ISA|UNA|UNB/;

/** The beginning of what is not read, for a person to find it. */
export function excerpt(text: string, from: number): string {
	const [shown = ''] = text.slice(from, from + SHOWN_BYTES).split(/[\r\n]/);
	const header = HEADER.exec(shown)?.index ?? -1;
	const own = header > 0 ? shown.slice(0, header) : shown;
	return JSON.stringify(own.replace(/[^\x20-\x7e]/g, '.').trimEnd());
}

export function isAlphanumeric(code: number): boolean {
	return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

/** Characters between segments that carry nothing: controls, space, no-break space. */
export function isBlank(code: number): boolean {
	return code <= 32 || code === 0x7f || code === 0xa0;
}

const tags = new Map<number, string>();

/** The one string for a tag of two or three characters, so that looking it up costs nothing. */
export function internTag(text: string, start: number, end: number): string {
	const length = end - start;
	if (length !== 2 && length !== 3) return text.slice(start, end);
	const key =
		text.charCodeAt(start) * 65_536 +
		text.charCodeAt(start + 1) * 256 +
		(length === 3 ? text.charCodeAt(start + 2) : 0);
	let tag = tags.get(key);
	if (tag === undefined) {
		tag = text.slice(start, end);
		// Garbage may hold any number of "tags".
		if (tags.size < 5_000) tags.set(key, tag);
	}
	return tag;
}

export function printable(char: string | undefined): string {
	if (char === undefined) return 'nothing';
	const code = char.charCodeAt(0);
	if (code === 10) return 'line feed';
	if (code === 13) return 'carriage return';
	return code <= 32 || code >= 127
		? `character ${code.toString(16).toUpperCase().padStart(2, '0')} hex`
		: char;
}
