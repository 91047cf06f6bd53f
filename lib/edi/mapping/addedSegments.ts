import { documentPathProblem, parseCondition, parseTemplate } from '../partner';
import { isLoop } from '../syntax';
import type { SegmentSpec, StructureNode } from '../syntax';
import { lineRules, namedSegments, withAdded } from './added';
import type { AddedSegment } from './added';
import { bodyOf, tagOf } from './compile';
import type { AddedSettings, ParsedSegment } from './guideline';
import type { Rule, RuleContext, SegmentRule } from './rules';
import type { SetMapping, SetSyntax } from './setMapping';
import { templateCell, templateScope } from './templates';
import type { TemplateContext } from './templates';

type Marks = Pick<SetSyntax<RuleContext>, 'mark' | 'componentMark' | 'releaseMark'>;

/** Elements of components; fields in braces are left alone. */
function splitTemplate(
	source: string,
	{ mark, componentMark, releaseMark }: Marks,
): readonly (readonly string[])[] {
	const elements: string[][] = [['']];
	let depth = 0;
	const append = (character: string): void => {
		const components = elements[elements.length - 1] as string[];
		components[components.length - 1] += character;
	};
	for (let index = 0; index < source.length; index += 1) {
		const character = source[index] ?? '';
		if (character === '{') depth += 1;
		else if (character === '}') depth -= 1;
		if (depth > 0) append(character);
		else if (character === releaseMark && index + 1 < source.length) {
			append(source[(index += 1)] ?? '');
		} else if (character === mark) elements.push(['']);
		else if (character === componentMark) elements[elements.length - 1]?.push('');
		else append(character);
	}
	return elements;
}

export function parseAdded<Context extends RuleContext>(
	settings: AddedSettings,
	path: string,
	syntax: SetSyntax<Context>,
): ParsedSegment {
	const source = settings.template.trim();
	const [[tag = ''] = [], ...elements] = splitTemplate(source, syntax);
	const invalid = (problem: string): Error => syntax.invalidSegment(path, source, problem);
	if (!/^[A-Z][A-Z0-9]{1,2}$/.test(tag))
		throw invalid('it does not begin with a segment such as REF');
	if (!['header', 'line', 'summary'].includes(settings.level)) {
		throw invalid(`its level "${String(settings.level)}" is not header, line or summary`);
	}
	const { set = '' } = settings;
	if (set !== '' && !syntax.sets.some(({ id }) => id === set)) {
		throw invalid(
			`there is no set or message "${set}"; known are ${syntax.sets.map(({ id }) => id).join(', ')}`,
		);
	}
	return {
		settings,
		path,
		tag,
		elements: elements.map((components) => components.map(parseTemplate)),
		condition: parseCondition(settings.condition ?? ''),
		name: `${tag}${syntax.mark}${source.split(syntax.mark)[1] ?? ''}`,
		inside: (settings.inside ?? []).map((one, index) =>
			parseAdded({ ...one, level: settings.level }, `${path}.inside[${index}]`, syntax),
		),
	};
}

export interface AddedPlace<Context extends TemplateContext> {
	readonly mapping: SetMapping<Context>;
	readonly syntax: SetSyntax<Context>;
	readonly release: string;
	readonly profile: Context['profile'];
	/** Codes agreed beyond the lists: `1153:API`. */
	readonly codes: ReadonlySet<string>;
}

/** A line of its own below another one (LIN 04, C829 5495): no amount doubles by it. */
function isSubline({ tag, elements }: ParsedSegment): boolean {
	return tag === 'LIN' && (elements[3]?.[0]?.source ?? '') !== '';
}

type Nodes = readonly StructureNode[];

/** Nodes among which the segment may stand; a problem in words where its loop is not sent. */
function siblings<Context extends TemplateContext>(
	parsed: ParsedSegment,
	rules: readonly Rule<never, Context>[],
	place: AddedPlace<Context>,
): Nodes | string {
	const { mapping, syntax, release, profile } = place;
	const { level, within } = parsed.settings;
	const schema = syntax.schemaOf(mapping.id, release);
	if (schema === undefined) return [];
	const body = bodyOf(schema);
	const lines = body.findIndex((node) => isLoop(node) && tagOf(node) === mapping.lineLoop[0]);
	let nodes: Nodes = level === 'header' ? body.slice(0, lines) : body.slice(lines + 1);
	if (level === 'line') {
		nodes = body;
		const loops = isSubline(parsed) ? mapping.lineLoop.slice(0, -1) : mapping.lineLoop;
		for (const tag of loops) nodes = childrenOf(nodes, tag);
	}
	if (within === undefined || within === '') return nodes;
	const named = namedSegments(rules, { level, within }, { mark: syntax.mark, profile });
	if (named.length === 0) {
		const known = namedSegments(
			rules,
			{ level, within: undefined },
			{ mark: syntax.mark, profile },
		);
		const names = known
			.filter((rule) => childrenOf(nodes, rule.tag).length > 0)
			.map(({ name }) => name);
		return `there is no loop or group "${within}" in the ${level} of ${mapping.id}; known are ${[...new Set(names)].join(', ') || 'none'}`;
	}
	if (named.length > 1) {
		return `"${within}" names ${named.length} loops or groups in the ${level} of ${mapping.id}; name one by more of its segment, such as ${within}${syntax.mark}${syntax.mark}1, or put this segment inside it`;
	}
	return childrenOf(nodes, named[0]?.tag ?? '');
}

function childrenOf(nodes: Nodes, tag: string): Nodes {
	const loop = nodes.find((node) => isLoop(node) && tagOf(node) === tag);
	return loop !== undefined && isLoop(loop) ? loop.children.slice(1) : [];
}

/** Constants are checked at once; what a field will hold is checked with each document. */
function constantProblem<Context extends TemplateContext>(
	{ tag, elements }: ParsedSegment,
	spec: SegmentSpec,
	{ syntax, codes }: AddedPlace<Context>,
): string | undefined {
	const isField = (element: number, component: number): boolean =>
		elements[element - 1]?.[component - 1]?.constant === false;
	const hasField = (element: number): boolean =>
		elements[element - 1]?.some(({ constant }) => !constant) === true;
	if (elements.length > spec.elements.length) {
		const { length } = spec.elements;
		return `${tag} has only ${length} elements; there is no ${syntax.place(tag, length + 1)}`;
	}
	const sample = elements.map((components) =>
		components.map((template) => (template.constant ? template.render({}) : '0')),
	);
	const found = syntax.check(tag, sample, spec, codes).find(({ code, element = 0, component }) => {
		if (code === 'tooManyElements' || code === 'tooManyComponents') return true;
		if (code === 'conditionalElementMissing' || code === 'exclusionViolated') return false;
		if (component === undefined && code !== 'elementMissing') return !hasField(element);
		return !isField(element, component ?? 1);
	});
	return found?.message;
}

function pathProblem<Context extends TemplateContext>(
	{ elements, condition, settings }: ParsedSegment,
	{ mapping }: AddedPlace<Context>,
): string | undefined {
	const paths = [...elements.flat().flatMap((template) => template.paths), ...condition.paths];
	for (const path of paths) {
		const problem = documentPathProblem(path, mapping.type, settings.level === 'line');
		if (problem !== undefined) return problem;
	}
	return undefined;
}

/** Why the segment cannot stand in the set, in words; `undefined` if it can. */
export function addedProblem<Context extends TemplateContext>(
	parsed: ParsedSegment,
	rules: readonly Rule<never, Context>[],
	place: AddedPlace<Context>,
	around?: Nodes,
): string | undefined {
	const { mapping, syntax, release } = place;
	const { tag, settings } = parsed;
	const spec = syntax.schemaOf(mapping.id, release)?.segments[tag];
	if (spec === undefined) return `${release} has no segment "${tag}"`;
	const isLine = mapping.lineLoop.includes(tag) && settings.within === undefined;
	if (mapping.own.has(tag) || (isLine && !isSubline(parsed) && around === undefined)) {
		return `${tag} is written by the encoder itself, which counts and sums it`;
	}
	const nodes = around ?? siblings(parsed, rules, place);
	if (typeof nodes === 'string') return nodes;
	const node = nodes.find((one) => tagOf(one) === tag);
	if (node === undefined) {
		return `${tag} has no place in the ${settings.within || settings.level} of ${mapping.id} ${release}`;
	}
	const inside = isLoop(node) ? node.children.slice(1) : [];
	return (
		constantProblem(parsed, spec, place) ??
		pathProblem(parsed, place) ??
		parsed.inside.map((one) => addedProblem(one, rules, place, inside)).find(Boolean)
	);
}

/** Sent if the condition holds and, of its fields, at least one has a value. */
function ruleOf<Context extends TemplateContext>(
	parsed: ParsedSegment,
	{ syntax, release, mapping }: AddedPlace<Context>,
): SegmentRule<unknown, Context> {
	const { tag, elements, condition, settings, name, inside } = parsed;
	const fields = elements.flat().filter(({ constant }) => !constant);
	const spec = syntax.schemaOf(mapping.id, release)?.segments[tag];
	return {
		is: 'segment',
		tag,
		name: `extra ${name}`,
		elements: elements.map((components, at) => {
			const element = spec?.elements[at];
			return components.map((template, index) =>
				templateCell<Context>(template, syntax.kindOf(element?.components?.[index] ?? element)),
			);
		}),
		section: settings.level === 'summary' ? 'summary' : 'header',
		always: true,
		when: (_, context) => {
			const scope = templateScope(context);
			if (!condition.holds(scope)) return false;
			return fields.length === 0 || fields.some((field) => field.render(scope) !== '');
		},
		usage: 'required',
		note: '',
		inside: inside.map((one) => ruleOf(one, { syntax, release, mapping } as AddedPlace<Context>)),
	};
}

function isFor<Context extends RuleContext>(
	{ settings: { set = '' } }: ParsedSegment,
	{ id }: SetMapping<Context>,
): boolean {
	return set === '' || set === id;
}

/** The rules of one set with what was added; what is for every set is left out where it does not fit. */
export function withAll<Context extends TemplateContext>(
	added: readonly ParsedSegment[],
	place: AddedPlace<Context>,
	rules: readonly Rule<never, Context>[],
	onProblem: (parsed: ParsedSegment, problem: string | undefined) => void = () => undefined,
): readonly Rule<never, Context>[] {
	const { mapping, syntax, profile } = place;
	let all = rules;
	for (const parsed of added) {
		if (!isFor(parsed, mapping)) continue;
		const problem = addedProblem(parsed, all, place);
		onProblem(parsed, problem);
		if (problem !== undefined) continue;
		const { level, within } = parsed.settings;
		const rule = ruleOf(parsed, place);
		const one: AddedSegment<Context> = { level, within: within || undefined, rule };
		const line = isSubline(parsed) ? lineRules(all) : undefined;
		all =
			line === undefined
				? withAdded(all, one, { mark: syntax.mark, profile })
				: withSibling(all, line.each, rule);
	}
	return all;
}

/** A sub-line stands behind its line, not inside it. */
function withSibling<Context extends TemplateContext>(
	rules: readonly Rule<never, Context>[],
	lines: Rule<never, Context>,
	rule: SegmentRule<unknown, Context>,
): readonly Rule<never, Context>[] {
	return rules.map((one): Rule<never, Context> => {
		if (one === lines && one.is === 'each') return { ...one, rules: [...one.rules, rule] };
		if (one.is === 'segment') return { ...one, inside: withSibling(one.inside, lines, rule) };
		return one;
	});
}

/** Raises the refusal of a segment that fits none of the sets it is for. */
export function checkAdded<Context extends TemplateContext>(
	added: readonly ParsedSegment[],
	places: readonly AddedPlace<Context>[],
): void {
	const problems = new Map<ParsedSegment, (string | undefined)[]>();
	for (const place of places) {
		withAll(added, place, place.mapping.rules, (parsed, problem) => {
			problems.set(parsed, [...(problems.get(parsed) ?? []), problem]);
		});
	}
	for (const parsed of added) {
		const all = problems.get(parsed) ?? [];
		if (all.includes(undefined)) continue;
		// The set that knows the segment says most.
		const problem = all.find((one) => one?.includes('is written by') === true) ?? all[0];
		const { path, settings } = parsed;
		throw (
			places[0]?.syntax.invalidSegment(path, settings.template, problem ?? 'no set has it') ??
			new TypeError('no set')
		);
	}
}
