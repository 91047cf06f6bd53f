import type { BusinessDocument, DocumentType } from '../../documents';
import { CoreError } from '../../errors';
import { documentPathProblem, parseCondition, parseTemplate } from '../partner';
import { isLoop } from '../syntax';
import type { SegmentSpec, StructureNode } from '../syntax';
import { COMPONENT_MARK } from './extraSegment';
import type { ExtraSegment, ExtraSegmentSettings } from './extraSegment';
import type { MappingEntry, MappingTable, Scope } from './mapping/rule';
import { isLoopRule } from './mapping/rule';
import { levelNodes } from './plan';
import type { CompiledExtra } from './plan';
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
	const templates = elements.map((text) =>
		parseTemplate(splitOutsideBraces(text, '>').join(COMPONENT_MARK)),
	);
	return {
		settings,
		tag,
		elements: templates,
		condition: parseCondition(settings.condition ?? ''),
		name: `${tag}*${elements[0] ?? ''}`,
	};
}

function templateScope(scope: Scope<BusinessDocument>): Readonly<Record<string, unknown>> {
	return scope.line === undefined ? { ...scope.doc } : { ...scope.doc, line: scope.line };
}

interface Place {
	readonly table: MappingTable<BusinessDocument, unknown>;
	readonly extras: readonly ExtraSegment[];
	readonly release: X12Release;
}

/** Nodes the segment may stand among; a message when its loop is not sent. */
function siblings(extra: ExtraSegment, place: Place): readonly StructureNode[] | string {
	const { table, extras, release } = place;
	const { level, within } = extra.settings;
	const structure = x12Schema(table.set, release)?.structure ?? [];
	const { nodes, from, to } = levelNodes(structure, table.lineLoop, level);
	const range = nodes.slice(from, to);
	if (within === undefined || within === '') return range;
	const known = [
		...table[level].filter((entry: MappingEntry<never>) => isLoopRule(entry)).map((e) => e.name),
		...extras
			.filter(
				(other) => other !== extra && other.settings.level === level && !other.settings.within,
			)
			.map((other) => other.name),
	];
	if (!known.includes(within)) {
		return `there is no loop "${within}" in the ${level} of ${table.set}; known are ${known.join(', ') || 'none'}`;
	}
	const trigger = within.split('*')[0];
	const loop = range.find((node) => isLoop(node) && node.loop === trigger);
	return loop !== undefined && isLoop(loop)
		? loop.children.slice(1)
		: `${trigger ?? ''} begins no loop in the ${level} of ${table.set}`;
}

/** Constants are checked at once; what a field will hold is checked with each document. */
function constantProblem(extra: ExtraSegment, spec: SegmentSpec): string | undefined {
	if (extra.elements.length > spec.elements.length) {
		return `${extra.tag} has only ${spec.elements.length} elements; there is no ${elementName(extra.tag, extra.elements.length)}`;
	}
	const elements = extra.elements.map((template) => (template.constant ? template.render({}) : ''));
	const constants = elements.map((text) => text !== '');
	const [finding] = validateSegment(spec, elements, {
		segmentPosition: 0,
		componentSeparator: COMPONENT_MARK,
	}).filter(
		({ element, code }) =>
			(element !== undefined && constants[element - 1] === true) ||
			// An element that is not even a template will never be there.
			(code === 'elementMissing' && (extra.elements[(element ?? 1) - 1]?.source ?? '') === ''),
	);
	return finding?.message;
}

function pathProblem(extra: ExtraSegment, type: DocumentType): string | undefined {
	const paths = [...extra.elements.flatMap(({ paths: own }) => own), ...extra.condition.paths];
	for (const path of paths) {
		const problem = documentPathProblem(path, type, extra.settings.level === 'line');
		if (problem !== undefined) return problem;
	}
	return undefined;
}

/** A segment whose fields are all empty says nothing: `REF*ZZ*{description}` without a description. */
function hasContent(extra: ExtraSegment, scope: Readonly<Record<string, unknown>>): boolean {
	if (!extra.condition.holds(scope)) return false;
	const variable = extra.elements.filter(({ constant }) => !constant);
	return variable.length === 0 || variable.some((template) => template.render(scope) !== '');
}

function compileExtra(extra: ExtraSegment): CompiledExtra {
	const { level, within } = extra.settings;
	return {
		name: extra.name,
		level,
		within: within === '' ? undefined : within,
		rule: {
			name: `extra ${extra.name}`,
			segment: extra.tag,
			usage: 'required',
			when: (scope) => hasContent(extra, templateScope(scope)),
			elements: extra.elements.map((template, index) => ({
				at: index + 1,
				field: template.paths[0] ?? '',
				value: (scope) => {
					let text = template.render(templateScope(scope));
					// Trailing empty components, like trailing elements, are not written.
					while (text.endsWith(COMPONENT_MARK)) text = text.slice(0, -1);
					return text;
				},
			})),
		},
	};
}

/** Why the segment cannot stand in the set, in words; `undefined` if it can. */
function placeProblem(extra: ExtraSegment, place: Place): string | undefined {
	const { table, release } = place;
	const spec = x12Schema(table.set, release)?.segments[extra.tag];
	if (spec === undefined) return `there is no segment ${extra.tag} in the tables of ${release}`;
	const nodes = siblings(extra, place);
	if (typeof nodes === 'string') return nodes;
	if (!nodes.some((node) => (isLoop(node) ? node.loop : node.segment) === extra.tag)) {
		return `${table.set} has no ${extra.tag} in its ${extra.settings.within || extra.settings.level}`;
	}
	return constantProblem(extra, spec) ?? pathProblem(extra, table.type);
}

function isFor(extra: ExtraSegment, table: MappingTable<BusinessDocument, unknown>): boolean {
	const { transactionSet = '' } = extra.settings;
	return transactionSet === '' || transactionSet === table.set;
}

/** The extra segments of one set; one for every set is left out where it does not fit. */
export function extrasOf(
	extras: readonly ExtraSegment[],
	table: MappingTable<BusinessDocument, unknown>,
	release: X12Release,
): readonly CompiledExtra[] {
	const place = { table, extras, release };
	return extras
		.filter((extra) => isFor(extra, table) && placeProblem(extra, place) === undefined)
		.map(compileExtra);
}

/** Raises `X12_INVALID_OPTION` for an extra segment that fits none of the sets it is for. */
export function checkExtras(
	extras: readonly ExtraSegment[],
	tables: readonly MappingTable<BusinessDocument, unknown>[],
	release: X12Release,
): void {
	extras.forEach((extra, index) => {
		const meant = tables.filter((table) => isFor(extra, table));
		const problems = meant.map((table) => placeProblem(extra, { table, extras, release }));
		if (problems.includes(undefined)) return;
		const set = extra.settings.transactionSet ?? '';
		throw invalid(index, problems[0] ?? `there is no set "${set}"; known are 810, 820, 850`);
	});
}
