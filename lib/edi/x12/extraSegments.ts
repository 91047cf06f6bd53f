import type { DocumentType } from '../../documents';
import { CoreError } from '../../errors';
import { bodyOf, templateCell, templateScope, withAdded } from '../mapping';
import type { AddedSegment } from '../mapping';
import { documentPathProblem, parseCondition, parseTemplate } from '../partner';
import { isLoop } from '../syntax';
import type { SegmentSpec, StructureNode } from '../syntax';
import { COMPONENT_MARK } from './extraSegment';
import type { ExtraSegment, ExtraSegmentSettings } from './extraSegment';
import { MAPPINGS, mappingRows, segment } from './mapping';
import type { Rule, X12Context, X12Mapping } from './mapping';
import type { X12Profile } from './profile';
import { x12Schema } from './schema';
import type { X12Release } from './schema';
import { elementName, validateSegment } from './validateSegment';

function invalid(index: number, problem: string): CoreError {
	return new CoreError('X12_INVALID_OPTION', `Extra segment ${index + 1}: ${problem}`, {
		path: `extraSegments[${index}]`,
	});
}

/** Splits at `*` outside of braces, so that formats may hold one. */
function splitOutsideBraces(text: string, separator: string): string[] {
	const parts: string[] = [];
	let part = '';
	let depth = 0;
	for (const character of text) {
		if (character === '{') depth += 1;
		else if (character === '}') depth -= 1;
		if (character === separator && depth <= 0) {
			parts.push(part);
			part = '';
		} else part += character;
	}
	return [...parts, part];
}

export function parseExtraSegment(settings: ExtraSegmentSettings, index: number): ExtraSegment {
	const [tag = '', ...elements] = splitOutsideBraces(settings.template.trim(), '*');
	if (!/^[A-Z][A-Z0-9]{1,2}$/.test(tag)) {
		throw invalid(index, `"${settings.template}" does not begin with a segment such as REF`);
	}
	if (!['header', 'line', 'summary'].includes(settings.level)) {
		throw invalid(index, `its level "${String(settings.level)}" is not header, line or summary`);
	}
	const templates = elements.map((text) => splitOutsideBraces(text, '>').map(parseTemplate));
	return {
		settings,
		tag,
		elements: templates,
		condition: parseCondition(settings.condition ?? ''),
		name: `${tag}*${elements[0] ?? ''}`,
	};
}

interface Place {
	readonly mapping: X12Mapping;
	readonly extras: readonly ExtraSegment[];
	readonly release: X12Release;
}

/** Nodes the segment may stand among; a message when its loop is not sent. */
function siblings(extra: ExtraSegment, place: Place): readonly StructureNode[] | string {
	const { mapping, extras, release } = place;
	const { level, within } = extra.settings;
	const schema = x12Schema(mapping.set, release);
	if (schema === undefined) return [];
	let nodes = bodyOf(schema);
	if (level === 'line') {
		for (const tag of mapping.lineLoop) {
			const loop = nodes.find((node) => isLoop(node) && node.loop === tag);
			if (loop !== undefined && isLoop(loop)) nodes = loop.children.slice(1);
		}
	} else {
		const lines = nodes.findIndex((node) => isLoop(node) && node.loop === mapping.lineLoop[0]);
		nodes = level === 'header' ? nodes.slice(0, lines + 1) : nodes.slice(lines + 1);
	}
	if (within === undefined || within === '') return nodes;
	const known = [
		...new Set(
			mappingRows(mapping.set)
				.filter((row) => row.level === level && row.beginsLoop)
				.map(({ name }) => name),
		),
		...extras
			.filter(
				(other) => other !== extra && other.settings.level === level && !other.settings.within,
			)
			.map((other) => other.name),
	];
	if (!known.includes(within)) {
		return `there is no loop "${within}" in the ${level} of ${mapping.set}; known are ${known.join(', ') || 'none'}`;
	}
	const trigger = within.split('*')[0];
	const loop = nodes.find((node) => isLoop(node) && node.loop === trigger);
	return loop !== undefined && isLoop(loop)
		? loop.children.slice(1)
		: `${trigger ?? ''} begins no loop in the ${level} of ${mapping.set}`;
}

/** Constants are checked at once; what a field will hold is checked with each document. */
function constantProblem(extra: ExtraSegment, spec: SegmentSpec): string | undefined {
	if (extra.elements.length > spec.elements.length) {
		return `${extra.tag} has only ${spec.elements.length} elements; there is no ${elementName(extra.tag, extra.elements.length)}`;
	}
	const elements = extra.elements.map((components) =>
		components.every(({ constant }) => constant)
			? components.map((template) => template.render({})).join(COMPONENT_MARK)
			: '',
	);
	const constants = elements.map((text) => text !== '');
	const [finding] = validateSegment(spec, elements, {
		segmentPosition: 0,
		componentSeparator: COMPONENT_MARK,
	}).filter(
		({ element, code }) =>
			(element !== undefined && constants[element - 1] === true) ||
			// An element that is not even a template will never be there.
			(code === 'elementMissing' &&
				(extra.elements[(element ?? 1) - 1] ?? []).every(({ source }) => source === '')),
	);
	return finding?.message;
}

function pathProblem(extra: ExtraSegment, type: DocumentType): string | undefined {
	const paths = [
		...extra.elements.flat().flatMap(({ paths: own }) => own),
		...extra.condition.paths,
	];
	for (const path of paths) {
		const problem = documentPathProblem(path, type, extra.settings.level === 'line');
		if (problem !== undefined) return problem;
	}
	return undefined;
}

/** Sent if the condition holds and, of its fields, at least one has a value. */
function ruleOf(extra: ExtraSegment): AddedSegment<X12Context> {
	const { level, within } = extra.settings;
	const fields = extra.elements.flat().filter(({ constant }) => !constant);
	return {
		level,
		within: within || undefined,
		rule: segment<unknown>(
			extra.tag,
			extra.elements.map((components) =>
				components.map((template) => templateCell<X12Context>(template, 'code')),
			),
			{
				name: `extra ${extra.name}`,
				section: level === 'summary' ? 'summary' : 'header',
				usage: 'required',
				always: true,
				when: (_, context) => {
					const scope = templateScope(context);
					if (!extra.condition.holds(scope)) return false;
					return fields.length === 0 || fields.some((field) => field.render(scope) !== '');
				},
			},
		),
	};
}

/** Why the segment cannot stand in the set, in words; `undefined` if it can. */
function placeProblem(extra: ExtraSegment, place: Place): string | undefined {
	const { mapping, release } = place;
	const spec = x12Schema(mapping.set, release)?.segments[extra.tag];
	if (spec === undefined) return `there is no segment ${extra.tag} in the tables of ${release}`;
	const nodes = siblings(extra, place);
	if (typeof nodes === 'string') return nodes;
	if (!nodes.some((node) => (isLoop(node) ? node.loop : node.segment) === extra.tag)) {
		return `${mapping.set} has no ${extra.tag} in its ${extra.settings.within || extra.settings.level}`;
	}
	return constantProblem(extra, spec) ?? pathProblem(extra, mapping.type);
}

function isFor(extra: ExtraSegment, { set }: X12Mapping): boolean {
	const { transactionSet = '' } = extra.settings;
	return transactionSet === '' || transactionSet === set;
}

/** The rules of one set with the extra segments; one for every set is left out where it does not fit. */
export function withExtraSegments(
	mapping: X12Mapping,
	profile: X12Profile,
): readonly Rule<never>[] {
	const { extraSegments: extras, release } = profile;
	return extras
		.filter(
			(extra) =>
				isFor(extra, mapping) && placeProblem(extra, { mapping, extras, release }) === undefined,
		)
		.reduce<
			readonly Rule<never>[]
		>((rules, extra) => withAdded(rules, ruleOf(extra), { mark: '*', profile }), mapping.rules);
}

/** Raises `X12_INVALID_OPTION` for an extra segment that fits none of the sets it is for. */
export function checkExtras(extras: readonly ExtraSegment[], release: X12Release): void {
	extras.forEach((extra, index) => {
		const meant = MAPPINGS.filter((mapping) => isFor(extra, mapping));
		const problems = meant.map((mapping) => placeProblem(extra, { mapping, extras, release }));
		if (problems.includes(undefined)) return;
		const set = extra.settings.transactionSet ?? '';
		throw invalid(index, problems[0] ?? `there is no set "${set}"; known are 810, 820, 850`);
	});
}
