import { cellsOf, constantOf, isField, isPairs } from './rules';
import type { EachRule, Rule, RuleContext, SegmentRule } from './rules';

/** Segments that a partner wants beyond the default ones, put among the rules of a set. */
export interface AddedSegment<Context extends RuleContext> {
	/** `line`: once for each line (or remittance item). */
	readonly level: 'header' | 'line' | 'summary';
	/** Inside the loop or group that begins so; `undefined`: at the level itself. */
	readonly within: string | undefined;
	readonly rule: SegmentRule<unknown, Context>;
}

/** How a syntax writes names: `N1*SE`, `NAD+SU`. */
export interface Naming<Context extends RuleContext> {
	readonly mark: string;
	readonly profile: Context['profile'];
}

type AnyRule<Context extends RuleContext> = Rule<never, Context>;

/** What a name says of the elements behind the tag: `ALC+C++1` of the first and the third. */
function isNamed<Context extends RuleContext>(
	rule: SegmentRule<never, Context>,
	name: string,
	{ mark, profile }: Naming<Context>,
): boolean {
	if (rule.name === name || rule.name === `extra ${name}`) return true;
	const [tag, ...wanted] = name.split(mark);
	if (rule.tag !== tag) return false;
	return wanted.every((text, index) => {
		if (text === '') return true;
		const element = rule.elements[index];
		if (element === undefined || isPairs(element)) return false;
		const cells = cellsOf(element);
		const [first] = cells;
		// What a field holds is known with the document: `guardOf` looks then.
		if (first === undefined || isField(first)) return first !== undefined;
		return constantOf(first, profile) === text;
	});
}

/** Whether the segment of the document at hand is the one that was named: `PAT+3`. */
function guardOf<Context extends RuleContext>(
	rule: SegmentRule<never, Context>,
	name: string,
	{ mark }: Naming<Context>,
): SegmentRule<unknown, Context>['when'] {
	if (rule.name === name || rule.name === `extra ${name}`) return undefined;
	const wanted = name.split(mark).slice(1);
	const tests = rule.elements.flatMap((element, index) => {
		const text = wanted[index] ?? '';
		const first = isPairs(element) ? '' : cellsOf(element)[0];
		return text === '' || first === undefined || !isField(first) ? [] : [{ text, first }];
	});
	if (tests.length === 0) return undefined;
	return (scope, context) =>
		tests.every(({ text, first }) => {
			const value = first.get(scope as never, context, '');
			return (typeof value === 'object' ? value[0] : value) === text;
		});
}

/** Segments of a level, however deep in lists and parts they stand, but not inside each other. */
function segmentsOf<Context extends RuleContext>(
	rules: readonly AnyRule<Context>[],
): readonly SegmentRule<never, Context>[] {
	return rules.flatMap((rule) => {
		if (rule.is === 'segment') return [rule];
		return rule.is === 'levels' ? [] : segmentsOf(rule.rules);
	});
}

/** The rules with a change to one segment, by identity. */
export function withSegment<Context extends RuleContext>(
	rules: readonly AnyRule<Context>[],
	wanted: SegmentRule<never, Context>,
	change: (rule: SegmentRule<never, Context>) => SegmentRule<never, Context>,
): readonly AnyRule<Context>[] {
	return rules.map((rule): AnyRule<Context> => {
		if (rule === wanted) return change(wanted);
		if (rule.is === 'segment') return { ...rule, inside: withSegment(rule.inside, wanted, change) };
		return rule.is === 'levels'
			? rule
			: { ...rule, rules: withSegment(rule.rules, wanted, change) };
	});
}

/** The list of lines and the segment that each of them begins with. */
export interface LineRules<Context extends RuleContext> {
	readonly each: EachRule<never, Context>;
	readonly segment: SegmentRule<never, Context>;
}

export function lineRules<Context extends RuleContext>(
	rules: readonly AnyRule<Context>[],
): LineRules<Context> | undefined {
	for (const rule of rules) {
		if (rule.is === 'levels') continue;
		if (rule.is === 'each' && rule.areLines) {
			const [segment] = segmentsOf(rule.rules);
			return segment && { each: rule, segment };
		}
		const found = lineRules(rule.is === 'segment' ? rule.inside : rule.rules);
		if (found !== undefined) return found;
	}
	return undefined;
}

/** Segments of a level that a name may mean: its rules, or some that were added before; all without a name. */
export function namedSegments<Context extends RuleContext>(
	rules: readonly AnyRule<Context>[],
	{ level, within }: Pick<AddedSegment<Context>, 'level' | 'within'>,
	naming: Naming<Context>,
): readonly SegmentRule<never, Context>[] {
	const inside = level === 'line' ? lineRules(rules)?.segment.inside : rules;
	const own = segmentsOf(inside ?? []).filter(
		({ section }) => level === 'line' || (section === 'summary') === (level === 'summary'),
	);
	if (within === undefined) return own;
	const named = own.filter((rule) => isNamed(rule, within, naming));
	const exact = named.filter(({ name }) => name === within);
	if (exact.length > 0) return exact;
	// What certainly is the segment goes before what a field may make it.
	const certain = named.filter((rule) => guardOf(rule, within, naming) === undefined);
	return certain.length > 0 ? certain : named;
}

/** The rules with one more segment; unchanged where its group is not there. */
export function withAdded<Context extends RuleContext>(
	rules: readonly AnyRule<Context>[],
	added: AddedSegment<Context>,
	naming: Naming<Context>,
): readonly AnyRule<Context>[] {
	const { level, within, rule } = added;
	const addTo = (to: SegmentRule<never, Context>, more = rule): SegmentRule<never, Context> => ({
		...to,
		inside: [...to.inside, more],
	});
	if (within !== undefined) {
		const [wanted] = namedSegments(rules, added, naming);
		if (wanted === undefined) return rules;
		const guard = guardOf(wanted, within, naming);
		const { when = () => true } = rule;
		const guarded: typeof rule =
			guard === undefined
				? rule
				: { ...rule, when: (scope, context) => guard(scope, context) && when(scope, context) };
		return withSegment(rules, wanted, (to) => addTo(to, guarded));
	}
	if (level !== 'line') return [...rules, rule];
	const line = lineRules(rules);
	return line === undefined ? rules : withSegment(rules, line.segment, (to) => addTo(to));
}
