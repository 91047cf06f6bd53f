import {
	bytesOf,
	byteText,
	cleanElement,
	excerpt,
	internTag,
	isAlphanumeric,
	isBlank,
	isBomAhead,
	makeByteDecoder,
	MAX_SEGMENT_BYTES,
	mayBeUtf8,
	PIECE_BYTES,
	skipBetween,
} from '../syntax';
import type { TokenizerProblem, TokenizerProblemCode } from '../syntax';
import { hasUnusableSeparator, readIsaHeader, UNUSABLE_ISA_LOOKAHEAD } from './isaHeader';
import type { IsaHeader, X12Delimiters } from './isaHeader';

export interface X12Segment {
	readonly tag: string;
	/** Text of each element, element 01 at index 0; components and repetitions are not split. */
	readonly elements: readonly string[];
	/** Byte offset of the tag in the file. */
	readonly offset: number;
	/** Bytes up to the terminator, without it. */
	readonly length: number;
	/** Nothing but printable ASCII: character checks can be skipped. */
	readonly plain: boolean;
}

export interface X12Sink {
	/** An interchange begins; its ISA follows as a segment. */
	header?(header: IsaHeader, offset: number): void;
	segment(segment: X12Segment, delimiters: X12Delimiters): void;
	problem(problem: TokenizerProblem): void;
	/** Between interchanges: another syntax begins. The tokenizer ends; the rest is the caller's. */
	foreign?(rest: Uint8Array, offset: number): void;
}

export interface X12TokenizerOptions {
	/** WHATWG label (`utf-8`, `iso-8859-1`); by default UTF-8 where well-formed, else ISO 8859-1. */
	readonly encoding?: string | undefined;
	/** Byte offset of the first byte that will be pushed. */
	readonly baseOffset?: number | undefined;
}

/** An EDIFACT interchange header where an ISA is expected. */
// eslint-disable-next-line no-control-regex -- controls are what is looked for
const FOREIGN = /(?:UNA.{6,12}\s*UNB|UNB[+\x1d][A-Z]{4}[:\x1f])/s;
/** A line that begins like a segment: the terminator of the one before was lost. */
const SEGMENT_START = /^[A-Z][A-Z0-9]{1,2}$/;

/**
 * Cuts bytes into X12 segments, whatever the size of the chunks. Bad data makes problems, never
 * exceptions. Holds no more than one segment and one piece of the file.
 */
export class X12Tokenizer {
	private text = '';

	private pos = 0;

	private base: number;

	private delimiters: X12Delimiters | undefined;

	/** The delimiters as they stand in `text`, with one character for each byte. */
	private marks: IsaHeader['marks'] = { element: '', segment: '' };

	private readonly mayBeUtf8: boolean;

	/** Skipping what follows a segment that was too long, up to the next terminator. */
	private skipping = false;

	private lineBreakReported = false;

	private strayReported = false;

	private done = false;

	private readonly decode: (text: string) => string;

	constructor(
		private readonly sink: X12Sink,
		options: X12TokenizerOptions = {},
	) {
		this.base = options.baseOffset ?? 0;
		this.decode = makeByteDecoder(options.encoding);
		this.mayBeUtf8 = mayBeUtf8(options.encoding);
	}

	push(chunk: Uint8Array): void {
		for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
			if (this.done) {
				this.sink.foreign?.(chunk.subarray(at), this.base);
				this.base += chunk.length - at;
				return;
			}
			this.append(byteText(chunk.subarray(at, at + PIECE_BYTES)));
			this.run(false);
		}
	}

	end(): void {
		if (!this.done) this.run(true);
	}

	private append(text: string): void {
		this.base += this.pos;
		this.text = this.pos >= this.text.length ? text : this.text.slice(this.pos) + text;
		this.pos = 0;
	}

	private run(final: boolean): void {
		while (!this.done) {
			const progressed =
				this.delimiters === undefined ? this.seekHeader(final) : this.readSegment(final);
			if (!progressed) return;
		}
	}

	/** Between interchanges. */
	private seekHeader(final: boolean): boolean {
		const { text } = this;
		this.pos = skipBetween(text, this.pos);
		// A byte-order mark may be cut in two.
		if (!final && isBomAhead(text, this.pos)) return false;
		if (this.mayBeUnusable()) {
			if (!final && text.length - this.pos < UNUSABLE_ISA_LOOKAHEAD) return false;
			if (hasUnusableSeparator(text, this.pos)) {
				this.openInterchange(readIsaHeader(text, this.pos, final, this.mayBeUtf8)!, this.pos);
				return true;
			}
		}
		const at = this.findIsa();
		if (at !== this.pos) return this.skipStray(at, final);
		const header = readIsaHeader(text, at, final, this.mayBeUtf8);
		if (header === undefined) {
			if (!final) return false;
			if (at < text.length) {
				this.report('headerIncomplete', 'ISA breaks off before its delimiters can be known', at);
			}
			this.pos = text.length;
			return false;
		}
		this.openInterchange(header, at);
		return true;
	}

	/** Only where an interchange must begin: in other data the letters mean nothing. */
	private mayBeUnusable(): boolean {
		const { text, pos, strayReported } = this;
		return !strayReported && text.startsWith('ISA', pos) && !isIsaAt(text, pos);
	}

	/** The next `ISA` with a character after it that can separate elements, or where it may begin. */
	private findIsa(): number {
		const { text } = this;
		for (let at = text.indexOf('ISA', this.pos); at >= 0; at = text.indexOf('ISA', at + 1)) {
			if (at + 3 >= text.length || isIsaAt(text, at)) return at;
		}
		return -1;
	}

	private skipStray(at: number, final: boolean): boolean {
		const { text } = this;
		// The last bytes may be the beginning of a header of either syntax.
		const end = at >= 0 ? at : final ? text.length : Math.max(this.pos, text.length - 32);
		const foreign = FOREIGN.exec(text.slice(this.pos, Math.min(text.length, end + 32)));
		if (foreign !== null && this.pos + foreign.index < end && this.sink.foreign !== undefined) {
			this.reportStray(this.pos, this.pos + foreign.index);
			this.pos += foreign.index;
			this.done = true;
			const offset = this.base + this.pos;
			this.base += text.length;
			this.sink.foreign(bytesOf(text.slice(this.pos)), offset);
			return false;
		}
		this.reportStray(this.pos, end);
		this.pos = end;
		return at >= 0;
	}

	private reportStray(from: number, to: number): void {
		if (this.strayReported || to <= from) return;
		this.strayReported = true;
		const message = `data outside an interchange is not read: ${excerpt(this.text, from)}`;
		this.report('strayData', message, from);
	}

	private openInterchange(header: IsaHeader, at: number): void {
		this.delimiters = header.delimiters;
		this.marks = header.marks;
		this.lineBreakReported = false;
		this.strayReported = false;
		this.skipping = false;
		const offset = this.base + at;
		const elements = header.isText ? header.elements : header.elements.map(this.decode);
		this.sink.header?.({ ...header, elements, isText: true }, offset);
		for (const { code, message } of header.problems) {
			this.report(code === 'separators' ? 'delimiters' : code, message, at);
		}
		this.pos = at + header.length;
		this.sink.segment(
			{ tag: 'ISA', elements, offset, length: header.length - 1, plain: false },
			header.delimiters,
		);
	}

	private readSegment(final: boolean): boolean {
		const { text } = this;
		const mark = this.marks.segment;
		const terminator = mark.charCodeAt(0);
		let start = this.pos;
		while (start < text.length) {
			const code = text.charCodeAt(start);
			const ends = code === terminator && (mark.length === 1 || text.startsWith(mark, start));
			if (!ends && !isBlank(code)) break;
			if (ends && terminator > 32) {
				if (!this.skipping) {
					this.report('emptySegment', 'a segment terminator without a segment', start);
				}
				this.skipping = false;
			}
			start += ends ? mark.length : 1;
		}
		this.pos = start;
		if (start >= text.length) return false;
		if (isIsaAt(text, start)) {
			this.delimiters = undefined;
			return true;
		}
		const found = text.indexOf(mark, start);
		if (found < 0 && !final) {
			// An interchange without its IEA may be followed by one with other delimiters.
			const isa = this.skipping ? -1 : findLineIsa(text, start);
			if (isa < 0 || text.length - isa < 512) return this.limitLength(start);
		}
		const end = found < 0 ? text.length : found;
		if (this.skipping) {
			this.skipping = false;
			this.pos = Math.min(end + mark.length, text.length);
			return true;
		}
		this.emit(start, end, found >= 0);
		return true;
	}

	private limitLength(start: number): false {
		if (this.text.length - start > MAX_SEGMENT_BYTES) {
			if (!this.skipping) {
				this.report(
					'segmentTooLong',
					`a segment of more than ${MAX_SEGMENT_BYTES} bytes is not read; its terminator is probably missing`,
					start,
				);
			}
			this.skipping = true;
			this.pos = this.text.length;
		}
		return false;
	}

	/** One segment, or several where terminators were lost at line ends. */
	private emit(start: number, end: number, terminated: boolean): void {
		const { text } = this;
		const mark = this.marks.element;
		const separator = mark.charCodeAt(0);
		const elements: string[] = [];
		let tagEnd = -1;
		let plain = true;
		let from = start;
		for (let at = start; at < end; at += 1) {
			const code = text.charCodeAt(at);
			if (code === separator && (mark.length === 1 || text.startsWith(mark, at))) {
				if (tagEnd < 0) tagEnd = at;
				else elements.push(text.slice(from, at));
				from = at + mark.length;
				at = from - 1;
			} else if (code < 32 || code > 126) {
				if (code === 10 || code === 13) {
					const next = skipBlank(text, at, end);
					if (next < end && this.beginsSegment(next, end)) {
						this.report(
							'missingTerminator',
							'the segment ends with its line but without a segment terminator',
							start,
						);
						this.send(start, tagEnd, from, at, elements, plain);
						this.pos = next;
						return;
					}
				}
				plain = false;
			}
		}
		const trimmed = trimEnd(text, start, end);
		if (!terminated) {
			this.report('missingFinalTerminator', 'the file ends without a segment terminator', start);
		}
		this.send(start, tagEnd, Math.min(from, trimmed), trimmed, elements, plain);
		this.pos = terminated ? end + this.marks.segment.length : end;
	}

	private beginsSegment(at: number, end: number): boolean {
		const { text } = this;
		if (isIsaAt(text, at)) return true;
		const separator = text.indexOf(this.marks.element, at);
		if (separator < 0 || separator >= end || separator - at > 3) return false;
		return SEGMENT_START.test(text.slice(at, separator));
	}

	private send(
		start: number,
		firstSeparator: number,
		from: number,
		end: number,
		elements: string[],
		plain: boolean,
	): void {
		const { text } = this;
		const tagEnd = firstSeparator < 0 ? end : firstSeparator;
		if (firstSeparator >= 0) elements.push(text.slice(from, end));
		const tag = plain
			? internTag(text, start, tagEnd)
			: this.clean(text.slice(start, tagEnd), start);
		if (!plain) {
			for (let index = 0; index < elements.length; index += 1) {
				elements[index] = this.clean(elements[index]!, start);
			}
		}
		this.sink.segment(
			{ tag, elements, offset: this.base + start, length: end - start, plain },
			this.delimiters!,
		);
		if (tag === 'IEA') this.delimiters = undefined;
	}

	private clean(raw: string, start: number): string {
		return cleanElement(raw, this.decode, () => {
			if (this.lineBreakReported) return;
			this.lineBreakReported = true;
			this.report('lineBreakInSegment', 'line breaks inside segments are ignored', start);
		});
	}

	private report(code: TokenizerProblemCode, message: string, at: number): void {
		this.sink.problem({ code, message, offset: this.base + at });
	}
}

function isIsaAt(text: string, at: number): boolean {
	if (!text.startsWith('ISA', at) || at + 3 >= text.length) return false;
	const code = text.charCodeAt(at + 3);
	// The information separators of ASCII (FS, GS, RS, US) are delimiters, not blanks.
	return !isAlphanumeric(code) && (!isBlank(code) || (code >= 0x1c && code <= 0x1f));
}

function findLineIsa(text: string, start: number): number {
	const found = text.slice(start).search(/[\r\n]\s*ISA[^A-Za-z0-9\s]/);
	return found < 0 ? -1 : start + found;
}

function skipBlank(text: string, at: number, end: number): number {
	let next = at;
	while (next < end && isBlank(text.charCodeAt(next))) next += 1;
	return next;
}

/** Line ends belong to no element; spaces do. */
function trimEnd(text: string, start: number, end: number): number {
	let at = end;
	while (at > start && (text.charCodeAt(at - 1) === 13 || text.charCodeAt(at - 1) === 10)) at -= 1;
	return at;
}
