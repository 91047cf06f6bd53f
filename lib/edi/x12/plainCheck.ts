import type { ElementSpec, SegmentSpec, SyntaxNote } from '../syntax';
import { isDate, simpleProblem } from './validateSegment';

/**
 * The question of `validateSegment`, answered with yes or no while a segment is written: most are
 * right, and this costs them one look at each character. What is not certainly right goes to
 * `validateSegment`, which says what is wrong, or that nothing is.
 */

/** A syntax note over bits: element 1 is bit 0. No segment of ours has more than 31 elements. */
interface PlainNote {
	readonly kind: SyntaxNote['kind'];
	readonly all: number;
	readonly first: number;
}

export interface PlainSegment {
	readonly mandatory: number;
	readonly notes: readonly PlainNote[];
}

const plainSegments = new WeakMap<SegmentSpec, PlainSegment>();

function bits(positions: readonly number[]): number {
	return positions.reduce((mask, position) => mask | (1 << (position - 1)), 0);
}

export function plainSegment(spec: SegmentSpec): PlainSegment {
	let known = plainSegments.get(spec);
	if (known === undefined) {
		known = {
			mandatory: bits(spec.elements.flatMap(({ mandatory }, at) => (mandatory ? [at + 1] : []))),
			notes: (spec.syntaxNotes ?? []).map(({ kind, positions }) => ({
				kind,
				all: bits(positions),
				first: bits(positions.slice(0, 1)),
			})),
		};
		plainSegments.set(spec, known);
	}
	return known;
}

function noteHolds({ kind, all, first }: PlainNote, present: number): boolean {
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

/**
 * A check of values that are there: the value where it is certainly right, and `undefined` where it
 * is not, or where it is exotic but valid.
 */
export function plainValue(
	spec: ElementSpec,
	allowed: Uint8Array,
): (value: string) => string | undefined {
	const { min, max, codes, type } = spec;
	const isText = (value: string): boolean =>
		value.length >= min && value.length <= max && isCleanText(value, allowed);
	const check = ((): ((value: string) => boolean) => {
		if (type === 'AN') return isText;
		if (type === 'ID') {
			// A code of the list is short and clean, unless it holds a delimiter.
			return codes === undefined ? isText : (value) => codes.has(value) && isText(value);
		}
		if (type === 'R') return (value) => isNumber(value, min, max, true);
		if (type === 'DT' && min === 8 && max === 8) return isPlainDate;
		if (/^N\d$/.test(type)) return (value) => isNumber(value, min, max, false);
		if (type === 'composite') return () => false;
		return (value) => simpleProblem(value, spec) === undefined && isCleanText(value, allowed);
	})();
	return (value) => (check(value) ? value : undefined);
}

/** Whether the mandatory elements and the syntax notes agree with what is there (bits). */
export function isPresencePlain({ mandatory, notes }: PlainSegment, present: number): boolean {
	if ((present & mandatory) !== mandatory) return false;
	for (let index = 0; index < notes.length; index += 1) {
		if (!noteHolds(notes[index] as PlainNote, present)) return false;
	}
	return true;
}
