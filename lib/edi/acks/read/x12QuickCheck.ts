import type { ElementSpec, SegmentSpec, SyntaxNote } from '../../syntax';
import type { X12Delimiters } from '../../x12';

/** How an element is checked in one pass; what needs more is left to `validateSegment`. */
type Kind = 'text' | 'code' | 'integer' | 'real' | 'date' | 'careful';

interface QuickElement {
	readonly kind: Kind;
	readonly mandatory: boolean;
	readonly min: number;
	readonly max: number;
	readonly codes: ReadonlySet<string> | undefined;
}

interface QuickSegment {
	readonly elements: readonly QuickElement[];
	readonly lastMandatory: number;
	/** Bit masks over the positions, so that a note is a few operations. */
	readonly notes: readonly {
		readonly kind: SyntaxNote['kind'];
		readonly first: number;
		readonly all: number;
	}[];
	readonly careful: boolean;
}

const cache = new WeakMap<SegmentSpec, QuickSegment>();

function kindOf({ type, repeat }: ElementSpec): Kind {
	if ((repeat ?? 1) > 1) return 'careful';
	if (type === 'AN') return 'text';
	if (type === 'ID') return 'code';
	if (type === 'R') return 'real';
	if (type === 'DT') return 'date';
	return /^N\d$/.test(type) ? 'integer' : 'careful';
}

function quickSegment(spec: SegmentSpec): QuickSegment {
	let quick = cache.get(spec);
	if (quick === undefined) {
		const notes = spec.syntaxNotes ?? [];
		quick = {
			elements: spec.elements.map((element) => ({
				kind: kindOf(element),
				mandatory: element.mandatory,
				min: element.min,
				max: element.max,
				codes: element.codes,
			})),
			lastMandatory: spec.elements.findLastIndex(({ mandatory }) => mandatory) + 1,
			notes: notes.map(({ kind, positions }) => ({
				kind,
				first: 1 << (positions[0] ?? 0),
				all: positions.reduce((mask, position) => mask | (1 << position), 0),
			})),
			// Masks have 31 bits.
			careful: notes.some(({ positions }) => positions.some((position) => position > 30)),
		};
		cache.set(spec, quick);
	}
	return quick;
}

function isNumber(value: string, min: number, max: number, hasPoint: boolean): boolean {
	let digits = 0;
	let point = hasPoint;
	for (let index = value.charCodeAt(0) === 45 ? 1 : 0; index < value.length; index += 1) {
		const code = value.charCodeAt(index);
		if (code >= 48 && code <= 57) digits += 1;
		else if (code === 46 && point) point = false;
		else return false;
	}
	return digits >= min && digits <= max && digits > 0;
}

/** Eight digits that are a day which every month of its kind has. */
function isPlainDate(value: string): boolean {
	if (value.length !== 8) return false;
	for (let index = 0; index < 8; index += 1) {
		const code = value.charCodeAt(index);
		if (code < 48 || code > 57) return false;
	}
	const month = (value.charCodeAt(4) - 48) * 10 + value.charCodeAt(5) - 48;
	const day = (value.charCodeAt(6) - 48) * 10 + value.charCodeAt(7) - 48;
	return month >= 1 && month <= 12 && day >= 1 && day <= 28;
}

/**
 * Whether a segment of printable ASCII is certainly right. `false` says nothing: `validateSegment`
 * decides. Almost every segment of almost every file is right, and answering only that is fast.
 */
export function isCertainlyValid(
	spec: SegmentSpec,
	elements: readonly string[],
	{ component, repetition }: X12Delimiters,
): boolean {
	const quick = quickSegment(spec);
	const last = elements.length;
	if (last > quick.elements.length || last < quick.lastMandatory || quick.careful) return false;
	let present = 0;
	for (let index = 0; index < last; index += 1) {
		const value = elements[index]!;
		const element = quick.elements[index]!;
		const { length } = value;
		if (length === 0) {
			if (element.mandatory) return false;
			continue;
		}
		present |= 1 << (index + 1);
		switch (element.kind) {
			case 'text':
				if (length < element.min || length > element.max || value.includes(component)) return false;
				if (repetition !== undefined && value.includes(repetition)) return false;
				break;
			case 'code':
				if (length < element.min || length > element.max) return false;
				if (element.codes !== undefined) {
					if (!element.codes.has(value)) return false;
				} else if (value.includes(component)) return false;
				if (repetition !== undefined && value.includes(repetition)) return false;
				break;
			case 'integer':
				if (!isNumber(value, element.min, element.max, false)) return false;
				break;
			case 'real':
				if (!isNumber(value, element.min, element.max, true)) return false;
				break;
			case 'date':
				if (!isPlainDate(value)) return false;
				break;
			default:
				return false;
		}
	}
	// A segment without elements is not one (X12.6), even where none is mandatory.
	if (present === 0) return false;
	for (const { kind, first, all } of quick.notes) {
		const found = present & all;
		switch (kind) {
			case 'P':
				if (found !== 0 && found !== all) return false;
				break;
			case 'R':
				if (found === 0) return false;
				break;
			case 'E':
				if ((found & (found - 1)) !== 0) return false;
				break;
			case 'C':
				if ((present & first) !== 0 && found !== all) return false;
				break;
			case 'L':
				if (found === first) return false;
				break;
		}
	}
	return true;
}
