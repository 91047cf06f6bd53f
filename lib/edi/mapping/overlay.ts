import type { ElementSpec, MessageSchema, SegmentSpec } from '../syntax';
import { withAll } from './addedSegments';
import { NO_SET } from './guideline';
import type { ElementGuideline, Guideline, SegmentGuideline, SetGuideline } from './guideline';
import { cellsOf, isField, isPairs } from './rules';
import type { Cell, Element, FieldCell, Pair, Rule, RuleContext, SegmentRule } from './rules';
import type { SetMapping, SetSyntax } from './setMapping';
import { templateCell, templateScope } from './templates';
import type { TemplateContext } from './templates';

/** A guideline laid over the rules of a set: the same language, narrowed or extended. */

type AnyRule<Context extends RuleContext> = Rule<never, Context>;

export interface NamedSegment<Context extends RuleContext> {
	readonly rule: SegmentRule<never, Context>;
	readonly isLine: boolean;
}

/** `RFF+VA` of a segment whose name says more: tag and first constant. */
function shortName<Context extends RuleContext>(
	{ tag, elements }: SegmentRule<never, Context>,
	mark: string,
): string {
	const [head = ''] = elements;
	const first = isPairs(head) ? '' : cellsOf(head)[0];
	return typeof first === 'string' && first !== '' ? `${tag}${mark}${first}` : tag;
}

/** Names by which a guideline may call a segment: its own, and its place `NAD+SU/RFF+VA`. */
function namesOf<Context extends RuleContext>(
	rule: SegmentRule<never, Context>,
	around: string,
	mark: string,
): readonly string[] {
	const names = [rule.name];
	if (around === '') return names;
	return [...names, ...new Set([rule.name, shortName(rule, mark), rule.tag])].flatMap((name, at) =>
		at === 0 ? [name] : [`${around}/${name}`],
	);
}

/** All names of a set, with the segment each of them means first. */
export function segmentNames<Context extends RuleContext>(
	rules: readonly AnyRule<Context>[],
	mark: string,
): ReadonlyMap<string, NamedSegment<Context>> {
	const found = new Map<string, NamedSegment<Context>>();
	const walk = (all: readonly AnyRule<Context>[], around: string, isLine: boolean): void => {
		for (const rule of all) {
			if (rule.is === 'levels') continue;
			if (rule.is !== 'segment') {
				walk(rule.rules, around, isLine || (rule.is === 'each' && rule.areLines));
				continue;
			}
			for (const name of namesOf(rule, around, mark)) {
				if (!found.has(name)) found.set(name, { rule, isLine });
			}
			walk(rule.inside, rule.name, isLine);
		}
	};
	walk(rules, '', false);
	return found;
}

type Change<Context extends RuleContext> = (
	rule: SegmentRule<never, Context>,
	names: readonly string[],
) => SegmentRule<never, Context> | undefined;

function changed<Context extends RuleContext>(
	rules: readonly AnyRule<Context>[],
	around: string,
	mark: string,
	change: Change<Context>,
): readonly AnyRule<Context>[] {
	return rules.flatMap((rule): readonly AnyRule<Context>[] => {
		if (rule.is === 'levels') return [rule];
		if (rule.is !== 'segment') {
			return [{ ...rule, rules: changed(rule.rules, around, mark, change) }];
		}
		const own = change(rule, namesOf(rule, around, mark));
		if (own === undefined) return [];
		return [{ ...own, inside: changed(own.inside, rule.name, mark, change) }];
	});
}

/** The guideline for a segment: by its place before its name. */
function guidelineFor(
	names: readonly string[],
	segments: ReadonlyMap<string, SegmentGuideline>,
): SegmentGuideline | undefined {
	return [...names].reverse().flatMap((name) => segments.get(name) ?? [])[0];
}

/** The rules that are sent, without the values that only a guideline asks for. */
export function readableRules<Context extends RuleContext>(
	rules: readonly AnyRule<Context>[],
	{ segments }: SetGuideline,
	mark: string,
): readonly AnyRule<Context>[] {
	return changed(rules, '', mark, (rule, names) => {
		const guideline = guidelineFor(names, segments);
		const isSent =
			guideline?.usage === undefined ? rule.usage !== 'off' : guideline.usage !== 'omitted';
		return isSent ? rule : undefined;
	});
}

/** In place of a qualifier: DE235 of a GTIN, by its length. */
const GTIN = 'GTIN';

function gtinQualifier(gtin: string): string {
	if (gtin.length === 12) return 'UP';
	return gtin.length === 14 ? 'UK' : 'EN';
}

function isOptional<Context extends RuleContext>(cell: Cell<never, Context>): boolean {
	return isField(cell) && cell.optional === true;
}

/** One element: what is optional stays out unless it is asked for; templates take the place of fields. */
function overlaid<Context extends TemplateContext>(
	element: Element<never, Context> | undefined,
	position: number,
	elements: ReadonlyMap<string, ElementGuideline>,
	spec: SegmentSpec | undefined,
	kindOf: (spec: SegmentSpec['elements'][number] | undefined) => FieldCell<never, Context>['kind'],
): Element<never, Context> {
	if (element !== undefined && isPairs(element)) return element;
	const cells = [...(element === undefined ? [''] : cellsOf(element))];
	const place = spec?.elements[position - 1];
	const last = Math.max(
		cells.length,
		...[...elements.keys()].map((key) => {
			const [at, component = '1'] = key.split('.');
			return Number(at) === position ? Number(component) : 0;
		}),
	);
	const result = Array.from({ length: last }, (_, index): Cell<never, Context> => {
		const cell = cells[index] ?? '';
		const key = `${position}.${index + 1}`;
		const wanted = elements.get(key) ?? (index === 0 ? elements.get(String(position)) : undefined);
		if (wanted?.value !== undefined && wanted.usage !== 'omitted') {
			return templateCell<Context>(wanted.value, kindOf(place?.components?.[index] ?? place));
		}
		if (wanted?.usage === 'omitted') return '';
		return isOptional(cell) && wanted?.usage === undefined ? '' : cell;
	});
	// The whole element is left out with its first component.
	if (elements.get(String(position))?.usage === 'omitted') return '';
	return result;
}

function withElements<Context extends TemplateContext>(
	rule: SegmentRule<never, Context>,
	{ elements, pairs }: Pick<SegmentGuideline, 'elements' | 'pairs'>,
	spec: SegmentSpec | undefined,
	kindOf: (spec: SegmentSpec['elements'][number] | undefined) => FieldCell<never, Context>['kind'],
): readonly Element<never, Context>[] {
	const last = Math.max(
		rule.elements.length,
		...[...elements.keys()].map((key) => Number(key.split('.')[0])),
	);
	const behindPairs = rule.elements.findIndex(isPairs);
	const length = behindPairs < 0 ? last : rule.elements.length;
	return Array.from({ length }, (_, index): Element<never, Context> => {
		const element = rule.elements[index];
		if (element !== undefined && isPairs(element)) {
			if (pairs === undefined) return element;
			return {
				form: element.form,
				pairs: pairs.map(
					({ qualifier, value }): Pair<never, Context> => ({
						field: value.paths[0] ?? '',
						absolute: true,
						kind: 'code',
						qualifier:
							qualifier === GTIN
								? (_scope, context) => gtinQualifier(value.render(templateScope(context)))
								: qualifier,
						get: (_scope, context) => value.render(templateScope(context)),
						note: value.source,
						dispensable: false,
					}),
				),
			};
		}
		return overlaid(element, index + 1, elements, spec, kindOf);
	});
}

/** The segment's specification with the codes that a guideline adds. */
function withCodes(
	spec: SegmentSpec,
	elements: ReadonlyMap<string, ElementGuideline>,
): SegmentSpec {
	const more = [...elements].filter(([, { moreCodes }]) => moreCodes.size > 0);
	if (more.length === 0) return spec;
	return {
		...spec,
		elements: spec.elements.map((element, index) => {
			const added = (key: string): ReadonlySet<string> | undefined =>
				more.find(([position]) => position === key)?.[1].moreCodes;
			const extended = <Part extends typeof element>(
				part: Part,
				codes?: ReadonlySet<string>,
			): Part =>
				codes === undefined || part.codes === undefined
					? part
					: { ...part, codes: new Set([...part.codes, ...codes]) };
			const own = extended(element, added(String(index + 1)));
			if (own.components === undefined) return own;
			return {
				...own,
				components: own.components.map((part, at) =>
					extended(part, added(`${index + 1}.${at + 1}`)),
				),
			};
		}),
	};
}

export interface OverlayInput<Context extends RuleContext> {
	readonly mark: string;
	readonly segments: Readonly<Record<string, SegmentSpec>>;
	readonly kindOf: (
		spec: SegmentSpec['elements'][number] | undefined,
	) => FieldCell<never, Context>['kind'];
}

/** The rules of a set as the guideline wants them. */
export function withGuideline<Context extends TemplateContext>(
	rules: readonly AnyRule<Context>[],
	{ segments }: SetGuideline,
	{ mark, segments: specs, kindOf }: OverlayInput<Context>,
): readonly AnyRule<Context>[] {
	return changed(rules, '', mark, (rule, names) => {
		const guideline = guidelineFor(names, segments);
		const isSent =
			guideline?.usage === undefined ? rule.usage !== 'off' : guideline.usage !== 'omitted';
		if (!isSent) return undefined;
		const { elements = new Map<string, ElementGuideline>(), pairs, when: holds } = guideline ?? {};
		const spec = specs[rule.tag];
		const hasOptional = rule.elements.some(
			(element) => !isPairs(element) && cellsOf(element).some(isOptional),
		);
		if (guideline === undefined && !hasOptional) return rule;
		const { when = () => true } = rule;
		const needsSpec = [...elements.values()].some(({ moreCodes }) => moreCodes.size > 0);
		return {
			...rule,
			elements: withElements(rule, { elements, pairs }, spec, kindOf),
			...(guideline === undefined ? {} : { guideline }),
			...(spec === undefined || !needsSpec ? {} : { spec: withCodes(spec, elements) }),
			...(holds === undefined
				? {}
				: {
						when: (scope, context) => holds.holds(templateScope(context)) && when(scope, context),
					}),
		};
	});
}

/** The segment with codes of its data elements (`1153:API`) beyond the lists. */
export function specWithCodes(spec: SegmentSpec, codes: ReadonlySet<string>): SegmentSpec {
	if (codes.size === 0) return spec;
	const extended = (element: ElementSpec): ElementSpec => {
		const { components, codes: list, id } = element;
		const more = [...codes].filter((code) => code.startsWith(`${id}:`));
		return {
			...element,
			...(components === undefined ? {} : { components: components.map(extended) }),
			...(list === undefined || more.length === 0
				? {}
				: { codes: new Set([...list, ...more.map((code) => code.slice(id.length + 1))]) }),
		};
	};
	return { ...spec, elements: spec.elements.map(extended) };
}

export function schemaWithCodes(schema: MessageSchema, codes: ReadonlySet<string>): MessageSchema {
	if (codes.size === 0) return schema;
	const segments = Object.entries(schema.segments).map(
		([tag, spec]) => [tag, specWithCodes(spec, codes)] as const,
	);
	return { ...schema, segments: Object.fromEntries(segments) };
}

/** Whether the guideline leaves a segment of a set out. */
export function isLeftOut({ sets }: Guideline, set: string, name: string): boolean {
	return sets.get(set)?.segments.get(name)?.usage === 'omitted';
}

/** The rules of a set with everything a partner wants of them. */
export function guidedRules<Context extends TemplateContext>(
	mapping: SetMapping<Context>,
	syntax: SetSyntax<Context>,
	guideline: Guideline,
	profile: Context['profile'] & { readonly release: string },
): readonly AnyRule<Context>[] {
	const { release } = profile;
	const set = guideline.sets.get(mapping.id) ?? NO_SET;
	const schema = syntax.schemaOf(mapping.id, release);
	const rules = withGuideline(mapping.rules, set, {
		mark: syntax.mark,
		segments: schema === undefined ? {} : schemaWithCodes(schema, guideline.codes).segments,
		kindOf: (spec) => syntax.kindOf(spec),
	});
	return withAll(set.added, { mapping, syntax, release, profile, codes: guideline.codes }, rules);
}
