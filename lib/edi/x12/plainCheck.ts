import type { ElementSpec, SegmentSpec, SyntaxNote } from '../syntax';
import { isDate, simpleProblem } from './validateSegment';

/**
 * The question of `validateSegment`, answered with yes or no while a segment is written: most are
 * right, and this costs them one look at each character. What is not certainly right goes to
 * `validateSegment`, which says what is wrong, or that nothing is.
 */

type Kind = 'text' | 'code' | 'integer' | 'real' | 'date' | 'other';

export interface FastElement {
	readonly kind: Kind;
	readonly spec: ElementSpec;
	readonly min: number;
	readonly max: number;
	readonly codes: ReadonlySet<string> | undefined;
}

/** A syntax note over bits: element 1 is bit 0. No segment of ours has more than 31 elements. */
interface FastNote {
	readonly kind: SyntaxNote['kind'];
	readonly all: number;
	readonly first: number;
}

export interface FastSegment {
	readonly elements: readonly FastElement[];
	readonly mandatory: number;
	readonly notes: readonly FastNote[];
}

const fastSegments = new WeakMap<SegmentSpec, FastSegment>();

function kindOf(spec: ElementSpec): Kind {
	if (spec.type === 'AN') return 'text';
	if (spec.type === 'ID') return 'code';
	if (spec.type === 'R') return 'real';
	if (spec.type === 'DT' && spec.min === 8 && spec.max === 8) return 'date';
	return /^N\d$/.test(spec.type) ? 'integer' : 'other';
}

function bits(positions: readonly number[]): number {
	return positions.reduce((mask, position) => mask | (1 << (position - 1)), 0);
}

export function fastSegment(spec: SegmentSpec): FastSegment {
	let fast = fastSegments.get(spec);
	if (fast === undefined) {
		fast = {
			elements: spec.elements.map((element) => ({
				kind: kindOf(element),
				spec: element,
				min: element.min,
				max: element.max,
				codes: element.codes,
			})),
			mandatory: bits(spec.elements.flatMap(({ mandatory }, at) => (mandatory ? [at + 1] : []))),
			notes: (spec.syntaxNotes ?? []).map(({ kind, positions }) => ({
				kind,
				all: bits(positions),
				first: bits(positions.slice(0, 1)),
			})),
		};
		fastSegments.set(spec, fast);
	}
	return fast;
}

function noteHolds({ kind, all, first }: FastNote, present: number): boolean {
	const used = present & all;
	switch (kind) {
		case 'P':
			return used === 0 || used === all;
		case 'R':
			return used !== 0;
		case 'E':
			return (used & (used - 1)) === 0;
		case 'C':
			return (used & first) === 0 || used === all;
		case 'L':
			return (used & first) === 0 || used !== first;
	}
}

function isNumber(value: string, min: number, max: number, withPoint: boolean): boolean {
	let digits = 0;
	let points = 0;
	let index = value.charCodeAt(0) === 45 ? 1 : 0;
	for (; index < value.length; index += 1) {
		const code = value.charCodeAt(index);
		if (code >= 48 && code <= 57) digits += 1;
		else if (code === 46 && withPoint && points === 0) points += 1;
		else return false;
	}
	return digits >= min && digits <= max && digits > 0;
}

/** `CCYYMMDD`; the 29th and later days of a month are left to the careful check. */
function isPlainDate(value: string): boolean {
	if (value.length !== 8) return false;
	for (let index = 0; index < 8; index += 1) {
		const code = value.charCodeAt(index);
		if (code < 48 || code > 57) return false;
	}
	const month = (value.charCodeAt(4) - 48) * 10 + value.charCodeAt(5) - 48;
	const day = (value.charCodeAt(6) - 48) * 10 + value.charCodeAt(7) - 48;
	return month >= 1 && month <= 12 && day >= 1 && (day <= 28 || isDate(value));
}

/**
 * Whether the text has only characters of the table (below U+0080), and no spaces at its ends or in
 * a row.
 */
function isCleanText(text: string, allowed: Uint8Array): boolean {
	let previous = 32;
	for (let index = 0; index < text.length; index += 1) {
		const code = text.charCodeAt(index);
		if (code > 127 || allowed[code] === 0) return false;
		if (code === 32 && previous === 32) return false;
		previous = code;
	}
	return previous !== 32;
}

/** Whether a value that is there is certainly right; exotic but valid ones are not decided here. */
export function isPlainValue(element: FastElement, value: string, allowed: Uint8Array): boolean {
	const { length } = value;
	switch (element.kind) {
		case 'text':
			return length >= element.min && length <= element.max && isCleanText(value, allowed);
		case 'code':
			if (length < element.min || length > element.max) return false;
			if (element.codes !== undefined && !element.codes.has(value)) return false;
			return isCleanText(value, allowed);
		case 'integer':
			return isNumber(value, element.min, element.max, false);
		case 'real':
			return isNumber(value, element.min, element.max, true);
		case 'date':
			return isPlainDate(value);
		default:
			if (element.spec.type === 'composite') return false;
			return simpleProblem(value, element.spec) === undefined && isCleanText(value, allowed);
	}
}

/** Whether the mandatory elements and the syntax notes agree with what is there (bits). */
export function isPresencePlain({ mandatory, notes }: FastSegment, present: number): boolean {
	if ((present & mandatory) !== mandatory) return false;
	for (let index = 0; index < notes.length; index += 1) {
		if (!noteHolds(notes[index] as FastNote, present)) return false;
	}
	return true;
}
