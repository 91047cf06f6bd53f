import type { EdifactReadSegment, SegmentRules } from '../../edifact';
import type { ElementSpec, SegmentSpec } from '../../syntax';

/** One value, as far as a look at it can tell that it is right. */
interface QuickValue {
	readonly kind: 'text' | 'letters' | 'number';
	readonly mandatory: boolean;
	readonly min: number;
	readonly max: number;
	readonly codes: ReadonlySet<string> | undefined;
}

interface QuickElement {
	readonly mandatory: boolean;
	/** The components; of a simple data element itself. */
	readonly values: readonly QuickValue[];
	readonly lastMandatory: number;
}

interface QuickSegment {
	readonly elements: readonly QuickElement[];
	readonly lastMandatory: number;
}

const cache = new WeakMap<SegmentSpec, QuickSegment>();

function quickValue({ type, mandatory, min, max, codes }: ElementSpec): QuickValue {
	const kind = type === 'n' ? 'number' : type === 'a' ? 'letters' : 'text';
	return { kind, mandatory, min, max, codes };
}

function lastMandatory(specs: readonly { readonly mandatory: boolean }[]): number {
	return specs.findLastIndex(({ mandatory }) => mandatory) + 1;
}

function quickElement(spec: ElementSpec): QuickElement {
	const values = (spec.components ?? [spec]).map(quickValue);
	return { mandatory: spec.mandatory, values, lastMandatory: lastMandatory(values) };
}

function quickSegment(spec: SegmentSpec): QuickSegment {
	let quick = cache.get(spec);
	if (quick === undefined) {
		quick = {
			elements: spec.elements.map(quickElement),
			lastMandatory: lastMandatory(spec.elements),
		};
		cache.set(spec, quick);
	}
	return quick;
}

/** Digits with a minus before and one mark between them; neither is counted (ISO 9735-1, 10.1). */
function isNumber(value: string, min: number, max: number, mark: SegmentRules['decimalMark']) {
	let digits = 0;
	let marked = false;
	for (let index = value.charCodeAt(0) === 45 ? 1 : 0; index < value.length; index += 1) {
		const code = value.charCodeAt(index);
		if (code >= 48 && code <= 57) digits += 1;
		else if (!marked && digits > 0 && (code === 46 ? mark !== ',' : code === 44 && mark !== '.'))
			marked = true;
		else return false;
	}
	const last = value.charCodeAt(value.length - 1);
	return digits >= min && digits <= max && digits > 0 && last >= 48;
}

function hasDigit(value: string): boolean {
	for (let index = 0; index < value.length; index += 1) {
		const code = value.charCodeAt(index);
		if (code >= 48 && code <= 57) return true;
	}
	return false;
}

function isRight(value: string, quick: QuickValue, mark: SegmentRules['decimalMark']): boolean {
	if (quick.codes !== undefined && !quick.codes.has(value)) return false;
	if (quick.kind === 'number') return isNumber(value, quick.min, quick.max, mark);
	if (value.length < quick.min || value.length > quick.max) return false;
	return quick.kind === 'text' || !hasDigit(value);
}

/** C507: a day that every month of its kind has, with a time or without; other formats are left. */
function isPlainPeriod(components: readonly string[] | undefined): boolean {
	const value = components?.[1];
	const format = components?.[2];
	if (value === undefined || format === undefined || value === '' || format === '') return true;
	const length = format === '102' ? 8 : format === '203' ? 12 : -1;
	if (value.length !== length) return false;
	for (let index = 0; index < length; index += 1) {
		const code = value.charCodeAt(index);
		if (code < 48 || code > 57) return false;
	}
	const two = (at: number): number =>
		(value.charCodeAt(at) - 48) * 10 + value.charCodeAt(at + 1) - 48;
	if (two(4) < 1 || two(4) > 12 || two(6) < 1 || two(6) > 28) return false;
	return length === 8 || (two(8) <= 23 && two(10) <= 59);
}

/**
 * Whether a segment of printable ASCII is certainly right. `false` says nothing: `validateSegment`
 * decides. Almost every segment of almost every file is right, and answering only that is fast.
 */
export function isCertainlyValid(
	{ tag, elements, plain, repetitions }: EdifactReadSegment,
	spec: SegmentSpec,
	{ decimalMark }: SegmentRules,
): boolean {
	const quick = quickSegment(spec);
	const last = elements.length;
	if (!plain || repetitions !== undefined) return false;
	if (last > quick.elements.length || last < quick.lastMandatory) return false;
	for (let index = 0; index < last; index += 1) {
		const given = elements[index]!;
		const element = quick.elements[index]!;
		const count = given.length;
		if (count === 1 && given[0] === '') {
			// Nothing behind the last separator: syntax 4 forbids it.
			if (element.mandatory || index === last - 1) return false;
			continue;
		}
		if (count > element.values.length || count < element.lastMandatory) return false;
		if (given[count - 1] === '') return false;
		for (let part = 0; part < count; part += 1) {
			const value = given[part]!;
			const quickPart = element.values[part]!;
			if (value === '') {
				if (quickPart.mandatory) return false;
			} else if (!isRight(value, quickPart, decimalMark)) return false;
		}
	}
	return tag !== 'DTM' || isPlainPeriod(elements[0]);
}
