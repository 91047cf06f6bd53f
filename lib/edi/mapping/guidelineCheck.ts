import type { BusinessDocument } from '../../documents';
import { templateScopeOf } from './templates';
import type { SegmentOutput, WrittenSegment } from './careful';
import type { ElementGuideline } from './guideline';
import type { Rule, RuleContext, SegmentRule } from './rules';

/** What a document lacks of what the partner's guideline wants, in words. */
export interface Unmet {
	/** What the guideline wants, behind "the partner's guideline wants". */
	readonly wants: string;
	/** Document path, or the place in the segment. */
	readonly path: string;
	readonly received: string | undefined;
	/** `lines[2].` or empty. */
	readonly at: string;
}

type Place = (tag: string, element: number, component?: number) => string;

function elementUnmet(
	{ tag, elements, origin }: WrittenSegment,
	position: string,
	{ usage, min, max, codes }: ElementGuideline,
	place: Place,
): Unmet | undefined {
	const [element = 1, component] = position.split('.').map(Number);
	const value = elements[element - 1]?.[(component ?? 1) - 1] ?? '';
	const name = `${place(tag, element, component)} of ${origin.name}`;
	const wants = ((): string | undefined => {
		if (value === '') return usage === 'required' ? name : undefined;
		if (max !== undefined && value.length > max) return `at most ${max} characters in ${name}`;
		if (min !== undefined && value.length < min) return `at least ${min} characters in ${name}`;
		if (codes?.has(value) === false) return `${[...codes].join(' or ')} in ${name}`;
		return undefined;
	})();
	if (wants === undefined) return undefined;
	const path = origin.path(element, component) || place(tag, element, component);
	return { wants, path, received: value === '' ? undefined : value, at: origin.at };
}

/** Everything the guideline wants of the segments of a document, compared with what was written. */
export function unmetGuideline<Context extends RuleContext>(
	rules: readonly Rule<never, Context>[],
	document: BusinessDocument,
	{ segments }: SegmentOutput,
	place: Place,
): readonly Unmet[] {
	const byRule = new Map<unknown, WrittenSegment[]>();
	for (const one of segments) {
		const there = byRule.get(one.origin.rule);
		if (there === undefined) byRule.set(one.origin.rule, [one]);
		else there.push(one);
	}
	const unmet: Unmet[] = [];
	const check = (
		rule: SegmentRule<never, Context>,
		around: SegmentRule<never, Context> | undefined,
	): void => {
		const written = byRule.get(rule) ?? [];
		const { guideline, name, tag } = rule;
		if (guideline === undefined) return;
		const { usage, when, max, elements } = guideline;
		const parents = around === undefined ? [undefined] : (byRule.get(around) ?? []);
		for (const parent of parents) {
			const here = written.filter((one) => one.origin.around === parent);
			const at = parent?.origin.at ?? '';
			if (max !== undefined && here.length > max) {
				unmet.push({
					wants: `at most ${max} ${name}`,
					path: tag,
					at,
					received: String(here.length),
				});
			}
			if (usage !== 'required' || here.length > 0) continue;
			if (when?.holds(templateScopeOf(document, parent?.origin.line)) === false) continue;
			unmet.push({ wants: name, path: tag, at, received: undefined });
		}
		for (const one of written) {
			for (const [position, element] of elements) {
				const found = elementUnmet(one, position, element, place);
				if (found !== undefined) unmet.push(found);
			}
		}
	};
	const walk = (
		all: readonly Rule<never, Context>[],
		around: SegmentRule<never, Context> | undefined,
	): void => {
		for (const rule of all) {
			if (rule.is === 'levels') continue;
			if (rule.is !== 'segment') {
				walk(rule.rules, around);
				continue;
			}
			check(rule, around);
			walk(rule.inside, rule);
		}
	};
	walk(rules, undefined);
	return unmet;
}
