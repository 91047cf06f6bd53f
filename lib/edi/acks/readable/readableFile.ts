import {
	edifactCodeMeaning,
	edifactElementName,
	edifactSegmentName,
	messageSchema,
	serviceSegments,
} from '../../edifact';
import type { EdifactReadSegment, SyntaxVersion } from '../../edifact';
import type { ElementSpec, SegmentSpec } from '../../syntax';
import {
	elementName,
	releaseOfVersion,
	x12CodeMeaning,
	x12ElementName,
	x12Segment,
	x12SegmentName,
} from '../../x12';
import type { X12Delimiters, X12Release, X12Segment } from '../../x12';
import { acknowledgmentCodeWords } from '../reconcile';
import { peopleDate, peopleNumber, peopleTime, periodWords } from './peopleWords';
import { readSteps, runSteps, visible } from '../read';

import type { Steps } from '../read';

/** One data element with a value, or one component or repetition of it. */
export interface ReadableElement {
	/** `BIG02`, `NAD 3035`; a component as `AK401-1`. */
	readonly at: string;
	/** Empty where we have no name for it. */
	readonly name: string;
	/** As it stands in the file; controls are written as their codes. */
	readonly value: string;
	/** A date, a time or a number as people write it, where that is not `value`. */
	readonly shown?: string;
	/** Of a code. */
	readonly meaning?: string;
}

export interface ReadableSegment {
	readonly tag: string;
	/** Empty where we have no name for it. */
	readonly name: string;
	/** Byte offset in the file. */
	readonly offset: number;
	/** Those that are empty are left out. */
	readonly elements: readonly ReadableElement[];
}

/** A file as a person reads it: plain data, for a page or an item. */
export interface ReadableFile {
	readonly segments: readonly ReadableSegment[];
	/** Of the whole file, those not in `segments` included. */
	readonly segmentCount: number;
	/** What of the file is in no segment, or was cut. */
	readonly problems: readonly string[];
}

export interface ReadableOptions {
	/** WHATWG label of the character set; by default what the file declares. */
	readonly encoding?: string | undefined;
	readonly maxSegments?: number | undefined;
}

const MAX_SEGMENTS = 500;
/** A long text is cut: the file itself is at hand. */
const MAX_VALUE = 500;
const MAX_PROBLEMS = 20;

/** Every segment with its name, every data element with its name, value and meaning. */
export function readFileForPeople(bytes: Uint8Array, options: ReadableOptions = {}): ReadableFile {
	return runSteps(readFileForPeopleSteps(bytes, options));
}

/** The same in pieces. */
export function* readFileForPeopleSteps(
	bytes: Uint8Array,
	{ encoding, maxSegments = MAX_SEGMENTS }: ReadableOptions = {},
): Steps<ReadableFile> {
	const segments: ReadableSegment[] = [];
	let segmentCount = 0;
	const x12 = new X12Words();
	const edifact = new EdifactWords();
	const add = (read: () => ReadableSegment): void => {
		segmentCount += 1;
		if (segments.length < maxSegments) segments.push(read());
	};
	const { problems } = yield* readSteps(
		bytes,
		{ encoding },
		{
			x12: (segment, delimiters) => add(() => x12.segment(segment, delimiters)),
			edifact: (segment) => add(() => edifact.segment(segment)),
		},
	);
	return {
		segments,
		segmentCount,
		problems: problems
			.slice(0, MAX_PROBLEMS)
			.map(({ message, offset }) => `byte ${offset}: ${visible(message)}`),
	};
}

function short(text: string): string {
	return visible(text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text);
}

function readable(
	at: string,
	name: string | undefined,
	text: string,
	shown: string | undefined,
	meaning: string | undefined,
): ReadableElement {
	const value = short(text);
	return {
		at,
		name: name ?? '',
		value,
		...(shown === undefined || shown === value ? {} : { shown }),
		...(meaning === undefined ? {} : { meaning }),
	};
}

/** X12: the group says in which release its sets are. */
class X12Words {
	private release: X12Release = '004010';

	segment(
		{ tag, elements, offset }: X12Segment,
		{ component, repetition }: X12Delimiters,
	): ReadableSegment {
		if (tag === 'GS') this.release = releaseOfVersion(elements[7] ?? '') ?? '004010';
		const spec = x12Segment(tag, this.release);
		const read = elements.flatMap((text, index) => {
			const part = spec?.elements[index];
			const at = elementName(tag, index + 1);
			const value = tag === 'ISA' ? text.trim() : text;
			if (value === '') return [];
			// The delimiters themselves are named in ISA.
			if (tag === 'ISA' && index > 9) return [this.element(at, part, value)];
			const repeated =
				repetition !== undefined && value.includes(repetition) ? value.split(repetition) : [value];
			return repeated.flatMap((one) =>
				part?.components === undefined
					? [this.element(at, part, one)]
					: this.components(at, part, one.split(component)),
			);
		});
		return { tag: short(tag), name: x12SegmentName(tag) ?? '', offset, elements: read };
	}

	private components(at: string, spec: ElementSpec, values: readonly string[]): ReadableElement[] {
		return values.flatMap((value, index) =>
			value === '' ? [] : [this.element(`${at}-${index + 1}`, spec.components?.[index], value)],
		);
	}

	private element(at: string, spec: ElementSpec | undefined, value: string): ReadableElement {
		if (spec === undefined) return readable(at, undefined, value, undefined, undefined);
		const { id, type } = spec;
		const meaning = x12CodeMeaning(id, value) ?? acknowledgmentCodeWords(id, value);
		return readable(at, x12ElementName(id), value, x12Shown(type, value), meaning);
	}
}

function x12Shown(type: ElementSpec['type'], value: string): string | undefined {
	if (type === 'DT') return peopleDate(value);
	if (type === 'TM') return peopleTime(value);
	if (type === 'R') return peopleNumber(value, 0);
	// N0 are control numbers and counts: they are known by their digits.
	const decimals = /^N([1-9])$/.exec(type)?.[1];
	return decimals === undefined ? undefined : peopleNumber(value, Number(decimals));
}

/** EDIFACT: UNB says which syntax it is, UNH which directory. */
class EdifactWords {
	private syntax: SyntaxVersion = 3;

	private segments: Readonly<Record<string, SegmentSpec>> | undefined;

	segment({ tag, elements, repetitions, offset }: EdifactReadSegment): ReadableSegment {
		if (tag === 'UNB') this.syntax = elements[0]?.[1]?.startsWith('4') === true ? 4 : 3;
		if (tag === 'UNH') {
			const [id = '', version = '', release = ''] = elements[1] ?? [];
			this.segments = messageSchema(id, `${version}.${release}`, this.syntax)?.segments;
		}
		const known = serviceSegments[this.syntax][tag] ?? this.segments?.[tag];
		const read = elements.flatMap((parts, index) =>
			[parts, ...(repetitions?.get(index) ?? [])].flatMap((one) =>
				this.element(tag, known?.elements[index], index + 1, one),
			),
		);
		return { tag: short(tag), name: edifactSegmentName(tag) ?? '', offset, elements: read };
	}

	private element(
		tag: string,
		spec: ElementSpec | undefined,
		position: number,
		parts: readonly string[],
	): ReadableElement[] {
		const specs = spec?.components ?? (spec === undefined ? [] : [spec]);
		return parts.flatMap((value, index) => {
			if (value === '') return [];
			const part = specs[index];
			const place = part?.id ?? (parts.length > 1 ? `${position}-${index + 1}` : `${position}`);
			const at = `${tag} ${place}`;
			if (part === undefined) return [readable(at, undefined, value, undefined, undefined)];
			const { id, type } = part;
			const meaning = edifactCodeMeaning(id, value) ?? acknowledgmentCodeWords(id, value);
			return [readable(at, edifactElementName(id), value, shown(id, type, value, parts), meaning)];
		});
	}
}

/** UNB 0017 and 0019, and DTM with the format that stands behind it. */
function shown(
	id: string,
	type: ElementSpec['type'],
	value: string,
	parts: readonly string[],
): string | undefined {
	if (id === '0017') return peopleDate(value);
	if (id === '0019') return peopleTime(value);
	if (id === '2380') return periodWords(value, parts[2] ?? '');
	// Service numbers are counts and references.
	return type === 'n' && !id.startsWith('0') ? peopleNumber(value.replace(',', '.'), 0) : undefined;
}
