import { EdifactTokenizer } from '../../edifact';
import type { EdifactReadSegment } from '../../edifact';
import type { TokenizerProblem } from '../../syntax';
import { X12Tokenizer } from '../../x12';
import type { X12Delimiters, X12Segment } from '../../x12';
import { EdifactReader } from './edifactReader';
import { describeForeignFile, utf16Problem } from './foreignFile';
import { MAX_FINDINGS_OF_FILE, MAX_RECORDS_OF_FILE, RECORDS_PER_INTERCHANGE } from './reading';
import type {
	EnvelopeFinding,
	FileBudget,
	FileReading,
	InterchangeReading,
	ReadingOptions,
} from './reading';
import { FILE_STEP_BYTES } from './steps';
import type { Steps } from './steps';
import { X12Reader } from './x12Reader';

/** Enough to see past a byte-order mark and blank lines which syntax a file is in. */
const SNIFF_BYTES = 4_096;
/** What a file that is no interchange shows of itself. */
const FIRST_BYTES = 64;
const MAX_PROBLEMS = 1_000;
const FEED_BYTES = 4_194_304;

export interface SegmentListener {
	x12?(segment: X12Segment, delimiters: X12Delimiters): void;
	edifact?(segment: EdifactReadSegment): void;
}

/** Bytes that are in no segment: an error of the interchange beside them, or nobody would be told. */
const UNREAD: ReadonlySet<TokenizerProblem['code']> = new Set(['strayData', 'headerIncomplete']);

interface Tokenizer {
	push(chunk: Uint8Array): void;
	end(): void;
}

/**
 * Reads a file of interchanges, X12 or EDIFACT or both, in chunks of any size. Whatever the bytes
 * are, it ends with a reading; nothing is thrown.
 */
export class InterchangeFileReader {
	private readonly interchanges: InterchangeReading[] = [];

	private readonly problems: TokenizerProblem[] = [];

	private readonly budget: FileBudget = {
		left: MAX_FINDINGS_OF_FILE,
		records: 0,
		explained: 0,
	};

	/** More sets or interchanges than can be answered: none of it is, and the file is refused. */
	private refused = false;

	private readonly x12: X12Reader;

	private readonly edifact: EdifactReader;

	private tokenizer: Tokenizer | undefined;

	private head: Uint8Array = new Uint8Array(0);

	private firstBytes: Uint8Array = new Uint8Array(0);

	/** What stands before the first interchange; it waits for it. */
	private unreadBefore: EnvelopeFinding | undefined;

	private handed: { parts: Uint8Array[]; offset: number; syntax: 'X12' | 'EDIFACT' } | undefined;

	private bytes = 0;

	constructor(
		private readonly options: ReadingOptions = {},
		/** Told of every segment behind the reader. */
		private readonly listener: SegmentListener = {},
	) {
		const onProblem = (problem: TokenizerProblem): void => {
			if (this.problems.length < MAX_PROBLEMS) this.problems.push(problem);
			if (UNREAD.has(problem.code)) this.unread(problem);
		};
		this.x12 = new X12Reader(options, onProblem, this.interchanges, this.budget);
		this.edifact = new EdifactReader(options, onProblem, this.interchanges, this.budget);
	}

	push(chunk: Uint8Array): void {
		this.bytes += chunk.length;
		if (this.tokenizer !== undefined) return this.feed(chunk);
		// A chunk may be a whole file: no more of it is copied than the look ahead needs.
		const wanted = SNIFF_BYTES - this.head.length;
		this.head = Buffer.concat([this.head, chunk.subarray(0, wanted)]);
		if (this.head.length < SNIFF_BYTES) return undefined;
		this.begin();
		return this.feed(chunk.subarray(wanted));
	}

	end(): FileReading {
		if (this.tokenizer === undefined) this.begin();
		// A tokenizer may hand over to the other while it ends.
		for (let ended: Tokenizer | undefined; ended !== this.tokenizer && !this.refused; ) {
			ended = this.tokenizer;
			ended?.end();
			this.feedHanded();
		}
		this.x12.end();
		this.edifact.end();
		this.reportUnanswerable();
		this.checkSize();
		if (this.interchanges.length === 0 && !this.refused) this.sayWhatItIs();
		return { bytes: this.bytes, interchanges: this.interchanges, problems: this.problems };
	}

	private unread({ message, offset }: TokenizerProblem): void {
		const finding: EnvelopeFinding = { code: 'unread', severity: 'error', message, offset };
		const before = this.interchanges.at(-1);
		if (before !== undefined) before.envelope.push(finding);
		else this.unreadBefore ??= finding;
	}

	/** What cannot be answered by itself is said in the answer beside it. */
	private reportUnanswerable(): void {
		const { interchanges, unreadBefore } = this;
		if (unreadBefore !== undefined) interchanges[0]?.envelope.push(unreadBefore);
		interchanges.forEach((interchange, index) => {
			if (interchange.header.length > 0) return;
			const beside = interchanges
				.slice(0, index)
				.reverse()
				.concat(interchanges.slice(index + 1))
				.find(({ header }) => header.length > 0);
			const message = 'segments without an interchange header stand beside the interchange';
			const { offset } = interchange;
			beside?.envelope.push({ code: 'unread', severity: 'error', message, offset });
		});
	}

	private feed(bytes: Uint8Array): void {
		// In pieces, so that a file in one chunk is given up in time as well.
		for (let at = 0; at < bytes.length && !this.refused; at += FEED_BYTES) {
			this.tokenizer?.push(bytes.subarray(at, at + FEED_BYTES));
			this.feedHanded();
			this.checkSize();
		}
	}

	private checkSize(): void {
		const records = this.budget.records + this.interchanges.length * RECORDS_PER_INTERCHANGE;
		if (this.refused || records <= MAX_RECORDS_OF_FILE) return;
		this.refused = true;
		this.interchanges.length = 0;
		this.problems.unshift({
			code: 'tooMuch',
			message:
				'the file holds more sets or interchanges than one answer can name, so none of it was accepted; ask the partner for smaller files',
			offset: 0,
		});
	}

	/** What a tokenizer left to the other syntax; a loop, because files may alternate at length. */
	private feedHanded(): void {
		while (this.handed !== undefined) {
			const { parts, offset, syntax } = this.handed;
			this.handed = undefined;
			if (syntax === 'X12') this.edifact.end();
			else this.x12.end();
			this.tokenizer = syntax === 'X12' ? this.startX12(offset) : this.startEdifact(offset);
			// One after the other: joined, a large file that alternates would be copied every time.
			for (const part of parts) this.passOn(part);
		}
	}

	private passOn(part: Uint8Array): void {
		if (this.handed === undefined) this.tokenizer?.push(part);
		else this.handed.parts.push(part);
	}

	private begin(): void {
		const { head } = this;
		this.head = new Uint8Array(0);
		this.firstBytes = head.slice(0, FIRST_BYTES);
		const utf16 = utf16Problem(head);
		if (utf16 !== undefined) this.problems.push(utf16);
		const text = Buffer.from(head).toString('latin1');
		const isa = text.search(/ISA[^A-Za-z0-9\s]/);
		// eslint-disable-next-line no-control-regex -- controls are what is looked for
		const una = text.search(/UNA[^A-Za-z0-9].{5}|UN[BGH][+\x1d]|UNB[^A-Za-z0-9\s]UNO|BGM\+/s);
		this.tokenizer = una >= 0 && (isa < 0 || una < isa) ? this.startEdifact(0) : this.startX12(0);
		this.feed(head);
	}

	private startX12(baseOffset: number): Tokenizer {
		const { x12, options, listener } = this;
		return new X12Tokenizer(
			{
				header: (header, offset) => x12.header(header, offset),
				segment: (segment, delimiters) => {
					x12.segment(segment, delimiters);
					listener.x12?.(segment, delimiters);
				},
				problem: (problem) => x12.problem(problem),
				foreign: (rest, offset) => this.handOver(rest, offset, 'EDIFACT'),
			},
			{ encoding: options.encoding, baseOffset },
		);
	}

	private startEdifact(baseOffset: number): Tokenizer {
		const { edifact, options, listener } = this;
		return new EdifactTokenizer(
			{
				start: (start, offset) => edifact.start(start, offset),
				segment: (segment) => {
					edifact.segment(segment);
					listener.edifact?.(segment);
				},
				problem: (problem) => edifact.problem(problem),
				foreign: (rest, offset) => this.handOver(rest, offset, 'X12'),
			},
			{ encoding: options.encoding, baseOffset },
		);
	}

	/** Senders ask why nothing came of their file; what it seems to be is half of the answer. */
	private sayWhatItIs(): void {
		const message = describeForeignFile(this.firstBytes);
		if (message !== undefined) this.problems.unshift({ code: 'strayData', message, offset: 0 });
	}

	private handOver(part: Uint8Array, offset: number, syntax: 'X12' | 'EDIFACT'): void {
		if (this.handed === undefined) this.handed = { parts: [part], offset, syntax };
		else this.handed.parts.push(part);
	}
}

/** The same in pieces. */
export function* readSteps(
	bytes: Uint8Array,
	options: ReadingOptions = {},
	listener: SegmentListener = {},
): Steps<FileReading> {
	const reader = new InterchangeFileReader(options, listener);
	for (let at = 0; at < bytes.length; at += FILE_STEP_BYTES) {
		reader.push(bytes.subarray(at, at + FILE_STEP_BYTES));
		yield Math.min(at + FILE_STEP_BYTES, bytes.length);
	}
	const reading = reader.end();
	yield;
	return reading;
}

export function readInterchanges(bytes: Uint8Array, options: ReadingOptions = {}): FileReading {
	const reader = new InterchangeFileReader(options);
	reader.push(bytes);
	return reader.end();
}
