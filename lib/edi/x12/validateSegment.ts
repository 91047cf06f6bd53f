import type { ElementSpec, Finding, FindingCode, SegmentSpec, SyntaxNote } from '../syntax';

/** Where the segment stands and how its text is divided further; all optional when writing. */
export interface SegmentContext {
	/** Ordinal in the set, ST is 1. */
	readonly segmentPosition: number;
	readonly loop?: string | undefined;
	/** Byte offset of the segment in the file. */
	readonly offset?: number | undefined;
	readonly componentSeparator: string;
	/** Only where the version has repetitions (ISA12 from 00402). */
	readonly repetitionSeparator?: string | undefined;
	/** Characters that the interchange may hold; everything else is an invalid character. */
	readonly allows?: ((codePoint: number) => boolean) | undefined;
}

interface Problem {
	readonly code: FindingCode;
	readonly message: string;
}

const DIGITS = /^-?\d+$/;
/** X12.6 3.5.1.2: optional minus, digits with an optional point, optional base-10 exponent. */
const REAL = /^-?(?:\d+\.?\d*|\.\d+)(?:E-?\d+)?$/;
const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export function isDate(text: string): boolean {
	if (!/^(?:\d{6}|\d{8})$/.test(text)) return false;
	const month = Number(text.slice(-4, -2));
	const day = Number(text.slice(-2));
	if (month < 1 || month > 12 || day < 1 || day > (DAYS_IN_MONTH[month - 1] ?? 0)) return false;
	if (month !== 2 || day !== 29) return true;
	// Of a year of two digits only 00 is in doubt, and 2000 was a leap year.
	const year = text.length === 8 ? Number(text.slice(0, 4)) : 2000 + Number(text.slice(0, 2));
	return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function isTime(text: string): boolean {
	if (!/^(?:\d{4}|\d{6,8})$/.test(text)) return false;
	return (
		Number(text.slice(0, 2)) < 24 &&
		Number(text.slice(2, 4)) < 60 &&
		(text.length < 6 || Number(text.slice(4, 6)) < 60)
	);
}

function characterCount(text: string): number {
	let count = text.length;
	for (let index = 0; index < text.length; index += 1) {
		if ((text.charCodeAt(index) & 0xfc00) === 0xd800) count -= 1;
	}
	return count;
}

/** X12.6: sign, decimal point and exponent mark are not counted. */
function digitCount(text: string): number {
	let count = 0;
	for (let index = 0; index < text.length; index += 1) {
		const code = text.charCodeAt(index);
		if (code >= 48 && code <= 57) count += 1;
	}
	return count;
}

function lengthProblem(count: number, spec: ElementSpec, unit: string): Problem | undefined {
	if (count > spec.max) {
		return { code: 'tooLong', message: `has ${count} ${unit}, at most ${spec.max} fit` };
	}
	if (count < spec.min) {
		return { code: 'tooShort', message: `has ${count} ${unit}, at least ${spec.min} are needed` };
	}
	return undefined;
}

function numberProblem(value: string, spec: ElementSpec): Problem | undefined {
	const matches = spec.type === 'R' ? REAL.test(value) : DIGITS.test(value);
	if (matches) return lengthProblem(digitCount(value), spec, 'digits');
	return {
		code: 'invalidCharacter',
		message:
			spec.type === 'R'
				? 'is not a number'
				: 'is not a number without a decimal point (the point is implied)',
	};
}

/** What is wrong with the text of a simple element, if anything. */
export function simpleProblem(value: string, spec: ElementSpec): Problem | undefined {
	switch (spec.type) {
		case 'R':
		case 'N0':
		case 'N1':
		case 'N2':
		case 'N3':
		case 'N4':
		case 'N5':
		case 'N6':
			return numberProblem(value, spec);
		case 'DT':
			return (
				lengthProblem(characterCount(value), spec, 'characters') ??
				(isDate(value) ? undefined : { code: 'invalidDate', message: 'is not a date' })
			);
		case 'TM':
			return (
				lengthProblem(characterCount(value), spec, 'characters') ??
				(isTime(value) ? undefined : { code: 'invalidTime', message: 'is not a time' })
			);
		default: {
			const problem = lengthProblem(characterCount(value), spec, 'characters');
			if (problem !== undefined || spec.codes === undefined) return problem;
			return spec.codes.has(value.trimEnd())
				? undefined
				: { code: 'invalidCode', message: codeProblem(value.trimEnd(), spec.codes, spec.id) };
		}
	}
}

/** One character behind the first too many, too few or other, or small letters for capitals. */
function isNear(value: string, code: string): boolean {
	if (value.toUpperCase() === code) return true;
	if (value[0] !== code[0]) return false;
	const [short, long] = value.length < code.length ? [value, code] : [code, value];
	if (long.length - short.length > 1) return false;
	let at = 0;
	while (at < short.length && short[at] === long[at]) at += 1;
	const rest = short.length === long.length ? short.slice(at + 1) : short.slice(at);
	return rest === long.slice(at + 1);
}

/** A list of a thousand codes helps nobody; those near the wrong one do. */
function codeProblem(value: string, codes: ReadonlySet<string>, id: string): string {
	if (codes.size <= 12) return `is not one of ${[...codes].join(', ')}`;
	const near = [...codes].filter((code) => isNear(value, code)).slice(0, 5);
	const hint = near.length === 0 ? '' : `; codes near it are ${near.join(', ')}`;
	return `is none of the ${codes.size} codes of data element ${id}${hint}`;
}

function notePresence(
	note: SyntaxNote,
	isPresent: (position: number) => boolean,
): readonly number[] {
	return note.positions.filter(isPresent);
}

/** Positions that break the note, with the finding's code; empty when it holds. */
function brokenPositions(
	note: SyntaxNote,
	isPresent: (position: number) => boolean,
): readonly number[] {
	const present = notePresence(note, isPresent);
	const [first = 0] = note.positions;
	switch (note.kind) {
		case 'P':
			if (present.length === 0 || present.length === note.positions.length) return [];
			return note.positions.filter((position) => !isPresent(position));
		case 'R':
			return present.length > 0 ? [] : [first];
		case 'E':
			return present.length > 1 ? present.slice(1) : [];
		case 'C':
			if (!isPresent(first)) return [];
			return note.positions.filter((position) => !isPresent(position));
		case 'L':
			if (!isPresent(first) || present.length > 1) return [];
			return note.positions.slice(1, 2);
	}
}

const NOTE_WORDS: Readonly<Record<SyntaxNote['kind'], string>> = {
	P: 'these elements go together',
	R: 'one of these elements is required',
	E: 'only one of these elements may be used',
	C: 'the first of these elements requires the others',
	L: 'the first of these elements requires one of the others',
};

/** `BIG02` */
export function elementName(tag: string, position: number): string {
	return `${tag}${String(position).padStart(2, '0')}`;
}

function noteText(tag: string, note: SyntaxNote): string {
	return `${NOTE_WORDS[note.kind]}: ${note.positions.map((at) => elementName(tag, at)).join(', ')}`;
}

class Collector {
	readonly findings: Finding[] = [];

	constructor(
		private readonly spec: SegmentSpec,
		private readonly context: SegmentContext,
	) {}

	add(code: FindingCode, message: string, place: Partial<Finding>): void {
		const { loop, offset, segmentPosition } = this.context;
		this.findings.push({
			code,
			message,
			segment: this.spec.tag,
			segmentPosition,
			...(loop === undefined ? {} : { loop }),
			...(offset === undefined ? {} : { offset }),
			...place,
		});
	}

	/** `place` says which element, component and repetition. */
	check(spec: ElementSpec, value: string, name: string, place: Partial<Finding>): void {
		const at = {
			...place,
			...(spec.id.startsWith('X') ? {} : { dataElement: spec.id }),
		};
		if (value === '') {
			if (spec.mandatory) this.add('elementMissing', `${name} is mandatory and missing`, at);
			return;
		}
		const { allows } = this.context;
		if (allows !== undefined) {
			for (const character of value) {
				if (allows(character.codePointAt(0) ?? 0)) continue;
				const message = `${name} holds a character that the interchange may not have`;
				this.add('invalidCharacter', message, { ...at, value });
				return;
			}
		}
		const problem = simpleProblem(value, spec);
		if (problem !== undefined) {
			this.add(problem.code, `${name} "${value}" ${problem.message}`, { ...at, value });
		}
	}
}

function checkComposite(
	collector: Collector,
	spec: ElementSpec,
	value: string,
	name: string,
	context: SegmentContext,
	place: Partial<Finding>,
): void {
	const components = spec.components ?? [];
	const values = value.split(context.componentSeparator);
	components.forEach((component, index) => {
		collector.check(component, values[index] ?? '', `${name}-${index + 1}`, {
			...place,
			component: index + 1,
		});
	});
	const extra = values.findIndex((text, index) => index >= components.length && text !== '');
	if (extra >= 0) {
		const message = `${name} has more than ${components.length} components`;
		collector.add('tooManyComponents', message, {
			...place,
			component: extra + 1,
			dataElement: spec.id,
		});
	}
}

function checkElement(
	collector: Collector,
	spec: ElementSpec,
	value: string,
	element: number,
	tag: string,
	context: SegmentContext,
): void {
	const name = elementName(tag, element);
	if (value === '') return collector.check(spec, '', name, { element });
	const separator = context.repetitionSeparator;
	const repetitions =
		separator !== undefined && value.includes(separator) ? value.split(separator) : [value];
	const allowed = spec.repeat ?? 1;
	if (repetitions.length > allowed) {
		const message = `${name} is repeated ${repetitions.length} times, at most ${allowed} are allowed`;
		collector.add('tooManyRepetitions', message, { element, dataElement: spec.id, value });
		return undefined;
	}
	repetitions.forEach((text, index) => {
		const place = { element, ...(repetitions.length > 1 ? { repetition: index + 1 } : {}) };
		if (spec.type === 'composite') checkComposite(collector, spec, text, name, context, place);
		else collector.check(spec, text, name, place);
	});
	return undefined;
}

/**
 * Everything that is wrong with the elements of a segment, in their order, then its syntax notes
 * (X12.6). `elements` are the texts between element separators, without the tag.
 */
export function validateSegment(
	spec: SegmentSpec,
	elements: readonly string[],
	context: SegmentContext,
): Finding[] {
	const collector = new Collector(spec, context);
	spec.elements.forEach((element, index) => {
		checkElement(collector, element, elements[index] ?? '', index + 1, spec.tag, context);
	});
	const extra = elements.findIndex((text, index) => index >= spec.elements.length && text !== '');
	if (extra >= 0) {
		const message = `${spec.tag} has more than ${spec.elements.length} elements`;
		collector.add('tooManyElements', message, { element: extra + 1, value: elements[extra] ?? '' });
	}
	const reported = new Set<number>();
	for (const note of spec.syntaxNotes ?? []) {
		const isPresent = (position: number): boolean => (elements[position - 1] ?? '') !== '';
		for (const position of brokenPositions(note, isPresent)) {
			// Two notes may ask for the same element; it is missing once.
			if (reported.has(position)) continue;
			reported.add(position);
			const element = spec.elements[position - 1];
			const code = note.kind === 'E' ? 'exclusionViolated' : 'conditionalElementMissing';
			collector.add(code, noteText(spec.tag, note), {
				element: position,
				...(element === undefined || element.id.startsWith('X') ? {} : { dataElement: element.id }),
			});
		}
	}
	return collector.findings;
}
