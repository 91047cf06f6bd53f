import type { BusinessDocument } from '../../documents';
import type { Scope } from './mapping/rule';
import { isPlainValue, isPresencePlain } from './plainCheck';
import type { CompiledElement, CompiledRule, Origin, Output } from './plan';

/** What stands between elements, components and segments of a body. */
export interface BodyDelimiters {
	readonly element: string;
	readonly component: string;
	/** Terminator with the suffix behind it. */
	readonly ending: string;
}

/**
 * Writes text and checks it on the way. Stops being of use at the first value that is not plainly
 * right (`plain` is false then): `SegmentOutput` looks into it.
 */
export class TextOutput implements Output {
	count = 0;

	line = -1;

	overflows = false;

	plain = true;

	text = '';

	constructor(
		private readonly delimiters: BodyDelimiters,
		private readonly clean: Uint8Array,
	) {}

	emit(rule: CompiledRule, scope: Scope<BusinessDocument>): void {
		const { element: separator } = this.delimiters;
		const { elements } = rule;
		let text = rule.tag;
		let written = 0;
		let present = 0;
		for (let index = 0; index < elements.length; index += 1) {
			const element = elements[index] as (typeof elements)[number];
			const value = element.value(scope);
			if (value === undefined || value === '') continue;
			if (!isPlainValue(element.fast, value, this.clean)) this.plain = false;
			for (; written < element.at; written += 1) text += separator;
			text += value;
			present |= element.bit;
		}
		if (present === 0) return;
		if (!isPresencePlain(rule.fast, present)) this.plain = false;
		this.text += text + this.delimiters.ending;
		this.count += 1;
	}
}

/**
 * The value as it may be sent; `undefined` leaves it out, with the qualifier before it. Problems are the fitting's own
 * to report.
 */
export type FitElement = (
	value: string,
	element: CompiledElement,
	origin: Origin,
	line: number,
) => string | undefined;

/** The rule's origin, with the fields that this document filled its elements from. */
function originOf({ origin, elements }: CompiledRule, scope: Scope<BusinessDocument>): Origin {
	if (!elements.some(({ fieldOf }) => fieldOf !== undefined)) return origin;
	const fields = [...origin.fields];
	for (const { at, fieldOf } of elements) fields[at] = fieldOf?.(scope) ?? fields[at];
	return { ...origin, fields };
}

/** Keeps segments apart, each with the rule and line it comes from. */
export class SegmentOutput implements Output {
	count = 0;

	line = -1;

	overflows = false;

	/** Tag first; `COMPONENT_MARK` between components. */
	readonly segments: string[][] = [];

	readonly origins: Origin[] = [];

	readonly lines: number[] = [];

	constructor(private readonly fit: FitElement) {}

	emit(rule: CompiledRule, scope: Scope<BusinessDocument>): void {
		const segment = [rule.tag];
		const origin = originOf(rule, scope);
		let leftOut = false;
		for (const element of rule.elements) {
			const { at } = element;
			const value = element.value(scope);
			if (value === undefined || value === '') continue;
			const text = this.fit(value, element, origin, this.line);
			if (text === undefined) {
				// A qualifier (EM) says nothing without what it qualifies.
				if (segment.length === at) segment.pop();
				while (segment.at(-1) === '') segment.pop();
				leftOut = true;
				continue;
			}
			if (text === '') continue;
			while (segment.length < at) segment.push('');
			segment.push(text);
		}
		if (segment.length === 1 || (leftOut && segment.length === 2)) return;
		this.segments.push(segment);
		this.origins.push(origin);
		this.lines.push(this.line);
		this.count += 1;
	}
}
