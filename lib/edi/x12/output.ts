import type { BusinessDocument } from '../../documents';
import type { Scope } from './mapping/rule';
import { isPlainValue, isPresencePlain } from './plainCheck';
import type { CompiledRule, Origin, Output } from './plan';

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

/** Keeps segments apart, each with the rule and line it comes from. */
export class SegmentOutput implements Output {
	count = 0;

	line = -1;

	overflows = false;

	/** Tag first; `COMPONENT_MARK` between components. */
	readonly segments: string[][] = [];

	readonly origins: Origin[] = [];

	readonly lines: number[] = [];

	emit(rule: CompiledRule, scope: Scope<BusinessDocument>): void {
		const segment = [rule.tag];
		for (const { at, value } of rule.elements) {
			const text = value(scope);
			if (text === undefined || text === '') continue;
			while (segment.length < at) segment.push('');
			segment.push(text);
		}
		if (segment.length === 1) return;
		this.segments.push(segment);
		this.origins.push(rule.origin);
		this.lines.push(this.line);
		this.count += 1;
	}
}
