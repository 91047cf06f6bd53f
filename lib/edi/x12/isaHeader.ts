import { bytesOf, isAlphanumeric, isBlank, NON_ASCII, printable } from '../syntax';
import { hasRepetitions, ISA_LENGTH, ISA_SEPARATORS } from './isaFields';

/** Single characters. */
export interface X12Delimiters {
	readonly element: string;
	readonly component: string;
	/** From control version 00402 on; `undefined` where ISA11 does not name one. */
	readonly repetition: string | undefined;
	readonly segment: string;
}

export interface IsaHeader {
	readonly delimiters: X12Delimiters;
	/** The two that segments are cut by, with one character for each byte they have in the file. */
	readonly marks: { readonly element: string; readonly segment: string };
	/** ISA01 to ISA16 with their padding; fewer where the header breaks off. */
	readonly elements: readonly string[];
	/** Whether `elements` are text already, and not one character for each byte. */
	readonly isText: boolean;
	/** Bytes including the segment terminator. */
	readonly length: number;
	readonly problems: readonly {
		readonly code: 'isaLength' | 'delimiters' | 'separators';
		readonly message: string;
	}[];
}

/** A header that has lost its padding or its delimiters is understood from what follows it. */
export const ISA_LOOKAHEAD = 512;

/**
 * Reads the header at `start`. `undefined`: more bytes are needed, or (at the end of the file) the
 * header breaks off before its delimiters can be known.
 */
export function readIsaHeader(
	text: string,
	start: number,
	final: boolean,
	mayBeUtf8 = true,
): IsaHeader | undefined {
	if (hasUnusableSeparator(text, start)) return makeFixedHeader(text, start);
	const window = text.slice(start, start + ISA_LOOKAHEAD);
	const isBeyondAscii = mayBeUtf8 && NON_ASCII.test(window.slice(0, ISA_LENGTH + 2));
	if (isBeyondAscii && !final && window.length < ISA_LOOKAHEAD) return undefined;
	const characters = isBeyondAscii ? decodeUtf8(window) : undefined;
	if (characters !== undefined) {
		const header = readCharacters(characters);
		if (header !== undefined) return inBytes(header, characters);
	}
	if (isComplete(text, start)) return makeFixedHeader(text, start);
	if (damagedSeparators(text, start) !== undefined) return makeFixedHeader(text, start);
	if (!final && window.length < ISA_LOOKAHEAD) return undefined;
	return readLooseHeader(text, start);
}

/** With a line break at the end, ISA16 may be the terminator and the component separator missing. */
function isComplete(text: string, start: number): boolean {
	return isFixedWidth(text, start) && !isLineBreak(text[start + ISA_LENGTH - 1]);
}

/**
 * A header with delimiters beyond ASCII, such as a section sign for the segment terminator: each is
 * one character of two or more bytes. Other headers are measured in bytes.
 */
function readCharacters(characters: string): IsaHeader | undefined {
	const header = isComplete(characters, 0)
		? makeFixedHeader(characters, 0)
		: readLooseHeader(characters, 0);
	if (header === undefined) return undefined;
	const { element, component, repetition = '', segment } = header.delimiters;
	return BEYOND_ASCII.test(element + component + repetition + segment) ? header : undefined;
}

// eslint-disable-next-line no-control-regex -- what ASCII has
const BEYOND_ASCII = /[^\x00-\x7f]/;

/** The last character of the window may be cut in the middle. */
function decodeUtf8(window: string): string | undefined {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytesOf(window), { stream: true });
	} catch {
		return undefined;
	}
}

function inBytes(header: IsaHeader, characters: string): IsaHeader {
	const bytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
	const { delimiters, length } = header;
	return {
		...header,
		marks: { element: bytes(delimiters.element), segment: bytes(delimiters.segment) },
		isText: true,
		length: Buffer.byteLength(characters.slice(0, length), 'utf8'),
	};
}

function makeFixedHeader(text: string, start: number): IsaHeader {
	const separators = ISA_SEPARATORS.map((at) => start + at);
	return makeHeader(text, start, separators, start + ISA_LENGTH - 1);
}

/** Line breaks between ISA and what follows it. */
const MAX_BREAKS = 4;
/** The header, line breaks and the tag after it with its separator. */
export const UNUSABLE_ISA_LOOKAHEAD = ISA_LENGTH + MAX_BREAKS + 4;

/**
 * A header of the right width whose elements are separated by a letter, a digit or a space, which
 * data are made of. Its elements can be read by their places, so the sender can be told.
 */
export function hasUnusableSeparator(text: string, start: number): boolean {
	if (!text.startsWith('ISA', start) || text.length - start < ISA_LENGTH) return false;
	if (damagedSeparators(text, start) !== undefined) return true;
	const separator = text[start + 3]!;
	if (separator !== ' ' && !isAlphanumeric(separator.charCodeAt(0))) return false;
	if (ISA_SEPARATORS.some((offset) => text[start + offset] !== separator)) return false;
	return isFollowed(text, start, separator);
}

/** Whether an ISA of the right width ends before what may follow it. */
function isFollowed(text: string, start: number, separator: string): boolean {
	if (isAlphanumeric(text.charCodeAt(start + ISA_LENGTH - 1))) return false;
	let next = start + ISA_LENGTH;
	while (next < start + ISA_LENGTH + MAX_BREAKS && isBlank(text.charCodeAt(next))) next += 1;
	return ['GS', 'TA1', 'IEA', 'ISB', 'ISE'].some((tag) => text.startsWith(tag + separator, next));
}

/** Of sixteen places; with fewer that agree the widths are not what they should be. */
const AGREEING_SEPARATORS = 12;

/**
 * The separator of a header of the right width in which it stands at most of its places and another
 * character at the others: one byte was damaged on the way, and the rest says what it was.
 */
function damagedSeparators(text: string, start: number): string | undefined {
	if (text.length - start < ISA_LENGTH) return undefined;
	const found = ISA_SEPARATORS.map((offset) => text[start + offset]!);
	const separator = [found[0]!, found[7]!].find((char) => {
		const count = found.filter((other) => other === char).length;
		return count >= AGREEING_SEPARATORS && count < found.length;
	});
	if (separator === undefined || separator === ' ') return undefined;
	if (isAlphanumeric(separator.charCodeAt(0))) return undefined;
	return isFollowed(text, start, separator) ? separator : undefined;
}

function isFixedWidth(text: string, start: number): boolean {
	if (text.length - start < ISA_LENGTH) return false;
	const separator = text.charCodeAt(start + 3);
	for (const offset of ISA_SEPARATORS) {
		if (text.charCodeAt(start + offset) !== separator) return false;
	}
	let count = 0;
	for (let at = start; at < start + ISA_LENGTH - 1; at += 1) {
		if (text.charCodeAt(at) === separator) count += 1;
	}
	const terminator = text.charCodeAt(start + ISA_LENGTH - 1);
	return count === 16 && terminator !== separator && !isAlphanumeric(terminator);
}

/** Padding trimmed or doubled, ISA16 or an element left out: the separators are counted instead. */
function readLooseHeader(text: string, start: number): IsaHeader | undefined {
	const separator = text[start + 3]!;
	const window = text.slice(start, start + ISA_LOOKAHEAD);
	const separators: number[] = [];
	for (let at = 3; at >= 0 && separators.length < 16; at = window.indexOf(separator, at + 1)) {
		separators.push(at);
	}
	const following = findFollowing(window, separator);
	const last = separators[15];
	if (last === undefined || (following >= 0 && following < last)) {
		// The group begins before ISA has all its elements.
		if (following < 0) return undefined;
		const terminator = terminatorBefore(window, following);
		const inside = separators.filter((at) => at < terminator);
		return makeHeader(
			text,
			start,
			inside.map((at) => start + at),
			start + terminator,
		);
	}
	const terminator = looseTerminator(window, separator, last, following);
	if (terminator >= window.length) return undefined;
	return makeHeader(
		text,
		start,
		separators.map((at) => start + at),
		start + terminator,
	);
}

/** Where the segment after ISA begins. */
function findFollowing(window: string, separator: string): number {
	for (const tag of ['GS', 'TA1', 'IEA', 'ISB']) {
		const wanted = tag + separator;
		for (let at = window.indexOf(wanted, 4); at >= 0; at = window.indexOf(wanted, at + 1)) {
			if (!isAlphanumeric(window.charCodeAt(at - 1)) && window[at - 1] !== separator) return at;
		}
	}
	return -1;
}

function looseTerminator(
	window: string,
	separator: string,
	last: number,
	following: number,
): number {
	const usual = last + 2;
	if (following < 0) return usual;
	const before = terminatorBefore(window, following);
	if (before !== last + 1 && before !== usual) return before;
	if (before === last + 1)
		return isLineBreak(window[usual]) && !endsLines(window, separator, following, window[before]!)
			? usual
			: before;
	// `*>~` and a line break, or ISA16 missing and `~` is the terminator: the next line tells.
	return before;
}

/** The last character before a segment that is not a line break; the line break if there is none. */
function terminatorBefore(window: string, following: number): number {
	let at = following - 1;
	while (at > 3 && isBlank(window.charCodeAt(at))) at -= 1;
	// Letters or digits before the line break are data: the line break itself is the terminator.
	return isAlphanumeric(window.charCodeAt(at)) ? at + 1 : at;
}

function isLineBreak(char: string | undefined): boolean {
	return char === '\n' || char === '\r';
}

/** Whether the segment at `from` ends with `char` before its line ends. */
function endsLines(window: string, separator: string, from: number, char: string): boolean {
	let end = from;
	while (end < window.length && !isLineBreak(window[end])) end += 1;
	return window[end - 1] === char && window.indexOf(separator, from) < end;
}

function makeHeader(
	text: string,
	start: number,
	separators: readonly number[],
	terminator: number,
): IsaHeader {
	const elements = separators.map((at, index) =>
		text.slice(at + 1, separators[index + 1] ?? terminator),
	);
	const segment = text[terminator]!;
	const damaged = damagedSeparators(text, start);
	const component = elements[15]?.[0];
	const repetition = repetitionSeparator(elements[10], elements[11]);
	const delimiters: X12Delimiters = {
		element: damaged ?? text[start + 3]!,
		// Without ISA16 there are no composites to split.
		component: component ?? '\u0000',
		repetition,
		segment,
	};
	const length = terminator + 1 - start;
	const problems: { code: 'isaLength' | 'delimiters' | 'separators'; message: string }[] = [];
	if (damaged !== undefined) {
		const wrong = separators.find((at) => text[at] !== damaged);
		const place = wrong === undefined ? '' : ` at character ${wrong - start + 1}`;
		const other = wrong === undefined ? '' : `, there is ${JSON.stringify(text[wrong])}`;
		problems.push({
			code: 'separators',
			message: `ISA separates its elements by ${printable(damaged)}, but${place}${other}`,
		});
	}
	const hasItsWidths = isFixedWidth(text, start) || hasUnusableSeparator(text, start);
	if (length !== ISA_LENGTH || separators.length !== 16 || !hasItsWidths) {
		problems.push({
			code: 'isaLength',
			message: `ISA has ${length} bytes and ${separators.length} elements; it must have 106 and 16, each padded to its fixed width`,
		});
	}
	const complaint = complainAboutDelimiters(delimiters, component);
	if (complaint !== undefined) problems.push({ code: 'delimiters', message: complaint });
	const marks = { element: delimiters.element, segment };
	return { delimiters, marks, elements, isText: false, length, problems };
}

/**
 * ISA11 is a standards identifier (`U`) up to control version 00401 and the repetition separator
 * from 00402 on; files that put `^` there with 00401 are common and mean nothing by it.
 */
function repetitionSeparator(
	isa11: string | undefined,
	isa12: string | undefined,
): string | undefined {
	const char = isa11?.[0];
	if (char === undefined || isa11?.length !== 1 || !/^\d{5}$/.test(isa12 ?? '')) return undefined;
	if (!hasRepetitions(isa12!) || isAlphanumeric(char.charCodeAt(0)) || char === ' ')
		return undefined;
	return char;
}

function complainAboutDelimiters(
	{ element, component, repetition, segment }: X12Delimiters,
	isa16: string | undefined,
): string | undefined {
	const named: [string, string][] = [
		['element separator', element],
		['segment terminator', segment],
	];
	if (isa16 !== undefined) named.push(['component separator (ISA16)', component]);
	if (repetition !== undefined) named.push(['repetition separator (ISA11)', repetition]);
	for (const [index, [name, char]] of named.entries()) {
		if (isAlphanumeric(char.charCodeAt(0)) || char === ' ') {
			return `the ${name} is ${char === ' ' ? 'a space' : char}; letters, digits and spaces cannot delimit`;
		}
		const same = named.slice(0, index).find(([, other]) => other === char);
		if (same !== undefined) {
			return `the ${name} and the ${same[0]} are both ${printable(char)}`;
		}
	}
	return isa16 === undefined ? 'ISA16 (the component separator) is missing' : undefined;
}
