import {
	bytesOf,
	byteText,
	cleanElement,
	excerpt,
	internTag,
	isBlank,
	isBomAhead,
	makeByteDecoder,
	MAX_SEGMENT_BYTES,
	mayBeUtf8,
	PIECE_BYTES,
	skipBetween,
} from '../syntax';
import type { TokenizerProblem, TokenizerProblemCode } from '../syntax';
import { declaredEncoding } from './characterSets';
import {
	isInterchangeAt,
	isReleased,
	isService,
	Role,
	rolesOf,
	trimEnd,
	unrelease,
	wideMarks,
} from './scanning';
import type { EdifactSegment } from './segment';
import {
	beginsInterchange,
	DEFAULT_SERVICE_STRING,
	hasHeader,
	readInterchangeStart,
} from './serviceString';
import type { InterchangeStart, ServiceString } from './serviceString';

/** A segment as it stood in a file: released, but with what is empty at the end. */
export interface EdifactReadSegment extends EdifactSegment {
	/** Syntax 4: the further repetitions of data elements, by index of the data element. */
	readonly repetitions?: ReadonlyMap<number, readonly (readonly string[])[]>;
	/** Byte offset of the tag in the file. */
	readonly offset: number;
	/** Bytes up to the terminator, without it. */
	readonly length: number;
	/** Nothing but printable ASCII: character checks can be skipped. */
	readonly plain: boolean;
}

export interface EdifactSink {
	/** An interchange begins; its UNB, where there is one, follows as a segment. */
	start?(start: InterchangeStart, offset: number): void;
	segment(segment: EdifactReadSegment, service: ServiceString): void;
	problem(problem: TokenizerProblem): void;
	/** Between interchanges: another syntax begins. The tokenizer ends; the rest is the caller's. */
	foreign?(rest: Uint8Array, offset: number): void;
}

export interface EdifactTokenizerOptions {
	/** WHATWG label; by default what UNB 0001 declares, and for UNOA and UNOB whatever is there. */
	readonly encoding?: string | undefined;
	/** Byte offset of the first byte that will be pushed. */
	readonly baseOffset?: number | undefined;
}

const FOREIGN = /ISA([^A-Za-z0-9\s]).{2}\1/s;
const LOOKAHEAD = 32;

/**
 * Cuts bytes into EDIFACT segments, whatever the size of the chunks. Bad data makes problems, never
 * exceptions. Holds no more than one segment and one piece of the file.
 */
export class EdifactTokenizer {
	/** What has not been cut yet, as bytes and with one character for each of them. */
	private bytes: Uint8Array = new Uint8Array(0);

	private text = '';

	private pos = 0;

	private base: number;

	private service: ServiceString | undefined;

	/** The service characters as they stand in `text`. */
	private marks: ServiceString = DEFAULT_SERVICE_STRING;

	private wide: ReturnType<typeof wideMarks> = [];

	/** An interchange was read before. */
	private opened: boolean;

	private skipping = false;

	/** The next segment is the UNB of the interchange just opened. */
	private atHeader = false;

	private lineBreakReported = false;

	private strayReported = false;

	private done = false;

	private decode: (text: string) => string;

	private readonly mayBeUtf8: boolean;

	/** What each byte means in this interchange. */
	private roles: Uint8Array = rolesOf(DEFAULT_SERVICE_STRING);

	/** Parts of the data element and of the segment that are being read; reused, so that a list of
	 * the right length is made once and never grows. */
	private readonly parts: string[] = [];

	private readonly fields: (readonly string[])[] = [];

	constructor(
		private readonly sink: EdifactSink,
		private readonly options: EdifactTokenizerOptions = {},
	) {
		this.base = options.baseOffset ?? 0;
		this.opened = this.base > 0;
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
			this.append(chunk.subarray(at, at + PIECE_BYTES));
			this.run(false);
		}
	}

	end(): void {
		if (this.done) return;
		this.bytes = bytesOf(this.text);
		this.run(true);
	}

	private append(piece: Uint8Array): void {
		// Whoever pushes may use the chunk again: what is left of it is in `text` only.
		const rest = this.text.slice(this.pos);
		this.base += this.pos;
		this.bytes = rest === '' ? piece : Buffer.concat([bytesOf(rest), piece]);
		this.text = byteText(this.bytes);
		this.pos = 0;
	}

	private run(final: boolean): void {
		while (!this.done) {
			const progressed = this.service === undefined ? this.seek(final) : this.readSegment(final);
			if (!progressed) return;
		}
	}

	/** Between interchanges. */
	private seek(final: boolean): boolean {
		const { text } = this;
		this.pos = skipBetween(text, this.pos);
		if (this.pos >= text.length) return false;
		// A byte-order mark may be cut in two.
		if (!final && isBomAhead(text, this.pos)) return false;
		const begins = beginsInterchange(text, this.pos, final);
		if (begins === undefined) return false;
		// A message without UNB is read where it is all there is; behind UNZ it belongs to nobody.
		if (!begins || (this.opened && !hasHeader(text, this.pos))) return this.skipStray(final);
		const start = readInterchangeStart(text, this.pos, final, this.mayBeUtf8);
		if (start === undefined) return false;
		this.open(start);
		return true;
	}

	private skipStray(final: boolean): boolean {
		const { text } = this;
		const end = final ? text.length : Math.max(this.pos, text.length - LOOKAHEAD);
		const rest = text.slice(this.pos);
		const own =
			/(?:UNA[^A-Za-z0-9].{5,11}\s*(?:UNB|UNH)|UNB[^A-Za-z0-9\s][A-Z]{4}[^A-Za-z0-9])/s.exec(rest);
		const foreign = FOREIGN.exec(rest);
		const takeForeign =
			foreign !== null &&
			this.sink.foreign !== undefined &&
			(own === null || foreign.index < own.index);
		const next = this.pos + ((takeForeign ? foreign : own)?.index ?? Infinity);
		if (next >= end && !final) {
			this.reportStray(this.pos, end);
			this.pos = end;
			return false;
		}
		const at = Math.min(next, end);
		this.reportStray(this.pos, at);
		this.pos = at;
		if (!takeForeign || at !== next) return at < text.length;
		this.done = true;
		const offset = this.base + at;
		this.base += text.length;
		this.sink.foreign?.(bytesOf(text.slice(at)), offset);
		return false;
	}

	private reportStray(from: number, to: number): void {
		if (this.strayReported || to <= from) return;
		this.strayReported = true;
		const message = `data outside an interchange is not read: ${excerpt(this.text, from)}`;
		this.report('strayData', message, from);
	}

	private open(start: InterchangeStart): void {
		this.opened = true;
		this.service = start.service;
		this.marks = start.marks;
		this.roles = rolesOf(start.marks);
		this.wide = wideMarks(start.marks);
		this.strayReported = false;
		this.lineBreakReported = false;
		this.skipping = false;
		this.atHeader = true;
		this.decode = makeByteDecoder(this.options.encoding ?? this.declaredEncoding(start));
		this.sink.start?.(start, this.base + this.pos);
		if (start.problem !== undefined) {
			this.report('serviceString', start.problem.message, this.pos);
		}
		this.pos = start.first;
		if (!start.hasUnb) {
			this.report('headerMissing', 'the interchange header UNB is missing', start.first);
		}
	}

	private declaredEncoding({ hasUnb, first, marks }: InterchangeStart): string | undefined {
		if (!hasUnb) return undefined;
		const { element, component } = marks;
		const from = first + 3 + element.length;
		const [identifier = ''] = this.text.slice(from, from + 60).split(element);
		return declaredEncoding(identifier.split(component));
	}

	private readSegment(final: boolean): boolean {
		const { text, roles, marks } = this;
		const mark = marks.segment;
		const terminator = mark.charCodeAt(0);
		let start = this.pos;
		while (start < text.length) {
			const code = text.charCodeAt(start);
			const ends = code === terminator && (mark.length === 1 || text.startsWith(mark, start));
			if (code > 32 && !ends && roles[code] === Role.data) break;
			if (!ends && (!isBlank(code) || isService(marks, text[start]!))) break;
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
		if (!this.atHeader && text.charCodeAt(start) === 85 && isInterchangeAt(text, start)) {
			// The one before was not closed.
			if (!final && text.length - start < 16) return false;
			this.service = undefined;
			return true;
		}
		if (!final && text.length - start < 16) return false;
		const end = this.findTerminator(start);
		if (end === undefined && !final) return this.limitLength(start);
		if (this.skipping) {
			this.skipping = false;
			this.pos = Math.min((end ?? text.length) + mark.length, text.length);
			return true;
		}
		this.atHeader = false;
		this.emit(start, end ?? text.length, end !== undefined);
		return true;
	}

	private findTerminator(start: number): number | undefined {
		const { text } = this;
		const { segment, release } = this.marks;
		for (let at = text.indexOf(segment, start); at >= 0; at = text.indexOf(segment, at + 1)) {
			if (release === undefined || !isReleased(text, start, at, release)) return at;
		}
		return undefined;
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

	private emit(start: number, end: number, terminated: boolean): void {
		const { text, bytes, roles, parts, fields } = this;
		let repetitions: Map<number, (readonly string[])[]> | undefined;
		let repeated: (readonly string[])[] | undefined;
		let partCount = 0;
		let fieldCount = 0;
		let from = start;
		let released = false;
		let plain = true;
		let stop = terminated ? end : trimEnd(text, start, end);
		const last = stop;
		for (let at = start; at <= stop; at += 1) {
			let role: number = at === stop ? Role.element : roles[bytes[at]!]!;
			if (role === Role.data) continue;
			let width = 1;
			if (role === Role.wide) [role, width] = this.wideRole(at);
			if (role <= Role.repetition) {
				parts[partCount] = released ? this.unreleased(from, at) : text.slice(from, at);
				partCount += 1;
				released = false;
				from = at + width;
				at = from - 1;
				if (role === Role.component) continue;
				let field = listOf(parts, partCount);
				partCount = 0;
				if (role === Role.repetition) {
					(repeated ??= []).push(field);
					continue;
				}
				if (repeated !== undefined) {
					// The first repetition stands in `elements`, the further ones beside it.
					repeated.push(field);
					field = repeated.shift()!;
					(repetitions ??= new Map()).set(fieldCount - 1, repeated);
					repeated = undefined;
				}
				fields[fieldCount] = field;
				fieldCount += 1;
			} else if (role === Role.release) {
				released = true;
				at += width - 1;
				// A release character at the very end releases nothing.
				if (at + 1 < stop) at += 1;
			} else {
				if (role === Role.lineBreak && this.lostTerminator(at, end)) {
					this.report(
						'missingTerminator',
						'the segment ends with its line but without a segment terminator',
						start,
					);
					stop = at;
					at -= 1;
					continue;
				}
				plain = false;
			}
		}
		if (!terminated && stop === last) {
			this.report('missingFinalTerminator', 'the file ends without a segment terminator', start);
		}
		this.pos = stop < last ? stop : terminated ? end + this.marks.segment.length : end;
		const elements = fields.slice(1, fieldCount);
		this.send(fields[0]!, elements, repetitions, start, stop - start, plain);
	}

	private unreleased(from: number, to: number): string {
		return unrelease(this.text.slice(from, to), this.marks.release!);
	}

	/** What the character that begins at `at` does, and how many bytes it has. */
	private wideRole(at: number): [role: number, width: number] {
		const found = this.wide.find(([mark]) => this.text.startsWith(mark, at));
		return found === undefined ? [Role.special, 1] : [found[1], found[0].length];
	}

	/** Whether the line break at `at` ends a segment whose terminator was lost. */
	private lostTerminator(at: number, end: number): boolean {
		const { text } = this;
		let next = at;
		while (next < end && isBlank(text.charCodeAt(next))) next += 1;
		if (next + 3 >= end || !text.startsWith(this.marks.element, next + 3)) return false;
		return /^[A-Z]{3}$/.test(text.slice(next, next + 3));
	}

	private send(
		first: readonly string[],
		rawElements: readonly (readonly string[])[],
		rawRepetitions: ReadonlyMap<number, readonly (readonly string[])[]> | undefined,
		start: number,
		length: number,
		plain: boolean,
	): void {
		const cleaned = (components: readonly string[]): readonly string[] =>
			components.map((text) => this.clean(text, start));
		// Explicit nesting (`LIN:1`) puts numbers after the tag; they repeat what the order says.
		const [text = ''] = plain ? first : cleaned(first);
		const tag = internTag(text, 0, text.length);
		const elements = plain ? rawElements : rawElements.map(cleaned);
		const offset = this.base + start;
		if (rawRepetitions === undefined) {
			this.sink.segment({ tag, elements, offset, length, plain }, this.service!);
		} else {
			const repetitions = plain
				? rawRepetitions
				: new Map([...rawRepetitions].map(([index, list]) => [index, list.map(cleaned)]));
			this.sink.segment({ tag, elements, repetitions, offset, length, plain }, this.service!);
		}
		if (tag === 'UNZ') this.service = undefined;
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

/** The first of them, as a list of its own. */
function listOf(parts: readonly string[], count: number): readonly string[] {
	switch (count) {
		case 1:
			return [parts[0]!];
		case 2:
			return [parts[0]!, parts[1]!];
		case 3:
			return [parts[0]!, parts[1]!, parts[2]!];
		default:
			return parts.slice(0, count);
	}
}

export interface TokenizedEdifact {
	readonly segments: readonly EdifactReadSegment[];
	/** One for each interchange, in order. */
	readonly starts: readonly InterchangeStart[];
	readonly problems: readonly TokenizerProblem[];
}

/** A whole file at once, for what is known to be small. */
export function tokenizeEdifact(
	bytes: Uint8Array,
	options: EdifactTokenizerOptions = {},
): TokenizedEdifact {
	const segments: EdifactReadSegment[] = [];
	const starts: InterchangeStart[] = [];
	const problems: TokenizerProblem[] = [];
	const tokenizer = new EdifactTokenizer(
		{
			start: (start) => starts.push(start),
			segment: (segment) => segments.push(segment),
			problem: (problem) => problems.push(problem),
		},
		options,
	);
	tokenizer.push(bytes);
	tokenizer.end();
	return { segments, starts, problems };
}
