import type { BusinessDocument } from '../../documents';
import { isLoop } from '../syntax';
import type { SegmentSpec, StructureNode } from '../syntax';
import { isLoopRule } from './mapping/rule';
import type { ElementRule, MappingEntry, MappingTable, Scope, SegmentRule } from './mapping/rule';
import { elementKind } from './elementKinds';
import type { ElementKind } from './elementKinds';
import { fastSegment } from './plainCheck';
import type { FastElement, FastSegment } from './plainCheck';
import type { X12Profile } from './profile';
import { x12Schema } from './schema';

/**
 * A mapping table, a partner's choices and the schema, compiled to one list of steps per level: what
 * is sent in which order is decided once per profile, not once per document.
 */

type AnyScope = Scope<BusinessDocument>;

/** Which rule made a segment, so that an issue can name the document's field. */
export interface Origin {
	readonly name: string;
	readonly spec: SegmentSpec;
	/** Document field of each element, by position. */
	readonly fields: readonly (string | undefined)[];
	/** Document path that `party.` stands for. */
	readonly partyField: string;
}

/** A segment rule, ready to be written. */
export interface CompiledRule {
	readonly tag: string;
	readonly elements: readonly CompiledElement[];
	readonly origin: Origin;
	readonly fast: FastSegment;
}

export interface CompiledElement {
	readonly at: number;
	readonly bit: number;
	readonly fast: FastElement;
	readonly value: (scope: AnyScope) => string | undefined;
	/** Kind of each component, where the element is a composite. */
	readonly kinds: readonly ElementKind[];
	/** Made of document fields, not a constant or a number of our own. */
	readonly fieldOf: ((scope: AnyScope) => string | undefined) | undefined;
	readonly variable: boolean;
	readonly dispensable: boolean;
}

/** What steps write to: text straight away, or segments with their origins to look for mistakes. */
export interface Output {
	/** Segments so far. */
	count: number;
	/** Line at hand; -1 outside lines. */
	line: number;
	/** A text or list took more segments than the set has room for. */
	overflows: boolean;
	emit(rule: CompiledRule, scope: AnyScope): void;
}

type Step = (scope: AnyScope, out: Output) => void;

export interface Plan {
	/** Document paths (without positions in lists) of free texts that segments send. */
	readonly textFields: ReadonlySet<string>;
	readonly header: readonly Step[];
	readonly line: readonly Step[];
	readonly summary: readonly Step[];
	readonly maxLines: number;
}

/** An extra segment in its place in one set. */
export interface CompiledExtra {
	readonly name: string;
	readonly level: 'header' | 'line' | 'summary';
	readonly within: string | undefined;
	readonly rule: SegmentRule<Scope<BusinessDocument>>;
}

interface Slotted {
	readonly slot: number;
	readonly step: Step;
}

function tagOf(node: StructureNode): string {
	return isLoop(node) ? node.loop : node.segment;
}

/** The path of a rule's field in the document, without positions in lists. */
export function documentField(field: string, partyField: string, linesField: string): string {
	if (field.startsWith('party.')) return `${partyField}.${field.slice(6)}`;
	if (field.startsWith('tax.')) return `taxes.${field.slice(4)}`;
	return field.startsWith('line.') ? `${linesField}.${field.slice(5)}` : field;
}

function compileElement<S>(rule: ElementRule<S>, fast: FastSegment): CompiledElement[] {
	const element = fast.elements[rule.at - 1];
	// The value functions of a table see the scope that the table's documents make.
	const value = rule.value as unknown as (scope: AnyScope) => string | undefined;
	if (element === undefined) return [];
	return [
		{
			at: rule.at,
			bit: 1 << (rule.at - 1),
			fast: element,
			value,
			kinds: (element.spec.components ?? [element.spec]).map(elementKind),
			fieldOf: rule.fieldOf as unknown as CompiledElement['fieldOf'],
			variable: rule.field !== '' && rule.counted !== true,
			dispensable: rule.dispensable === true,
		},
	];
}

class Compiler {
	readonly textFields = new Set<string>();

	constructor(
		private readonly profile: X12Profile,
		private readonly segments: Readonly<Record<string, SegmentSpec>>,
		private readonly extras: readonly CompiledExtra[],
		private readonly linesField: string,
	) {}

	private isSent(name: string, usage: SegmentRule<AnyScope>['usage']): boolean {
		if (usage === 'required') return true;
		if (this.profile.omitSegments.has(name)) return false;
		return usage === 'on' || this.profile.sendSegments.has(name);
	}

	segmentStep(rule: SegmentRule<AnyScope>, partyField: string, max: number): Step | undefined {
		const spec = this.segments[rule.segment];
		if (spec === undefined || !this.isSent(rule.name, rule.usage)) return undefined;
		if (rule.releases !== undefined && !rule.releases.includes(this.profile.release)) {
			return undefined;
		}
		const fields: (string | undefined)[] = [];
		for (const { at, field } of rule.elements) fields[at] = field === '' ? undefined : field;
		const origin: Origin = { name: rule.name, spec, fields, partyField };
		const fast = fastSegment(spec);
		const compiled: CompiledRule = {
			tag: rule.segment,
			elements: [...rule.elements]
				.sort((a, b) => a.at - b.at)
				.flatMap((element) => compileElement(element, fast)),
			origin,
			fast,
		};
		for (const { at, kinds } of compiled.elements) {
			const field = fields[at];
			if (field === undefined || !kinds.includes('text')) continue;
			this.textFields.add(documentField(field, partyField, this.linesField));
		}
		const { when, repeat } = rule;
		if (repeat !== undefined) {
			return (scope, out) => {
				if (when !== undefined && !when(scope)) return;
				const before = out.count;
				repeat(scope, () => out.emit(compiled, scope));
				if (out.count - before > max) out.overflows = true;
			};
		}
		if (when === undefined) return (scope, out) => out.emit(compiled, scope);
		return (scope, out) => {
			if (when(scope)) out.emit(compiled, scope);
		};
	}

	/** Steps of one list of siblings in the schema, in the order of the schema; extras last. */
	level(
		entries: readonly MappingEntry<AnyScope>[],
		nodes: readonly StructureNode[],
		range: { readonly from: number; readonly to: number },
		extras: readonly CompiledExtra[],
		partyField = '',
	): readonly Step[] {
		const slotted: Slotted[] = [];
		const slotOf = (tag: string): number => {
			const at = nodes.findIndex(
				(node, index) => index >= range.from && index < range.to && tagOf(node) === tag,
			);
			return at;
		};
		for (const entry of entries) {
			const step = isLoopRule(entry)
				? this.loopStep(entry.name, entry.rules, nodes[slotOf(entry.loop)], entry.field, entry)
				: this.segmentStep(entry, partyField, nodes[slotOf(entry.segment)]?.max ?? 0);
			const slot = slotOf(isLoopRule(entry) ? entry.loop : entry.segment);
			if (step !== undefined && slot >= 0) slotted.push({ slot, step });
		}
		for (const extra of extras) {
			const slot = slotOf(extra.rule.segment);
			const node = nodes[slot];
			const step =
				node !== undefined && isLoop(node) && slot > 0
					? this.loopStep(extra.name, [extra.rule], node, '')
					: this.segmentStep(extra.rule, '', node?.max ?? 0);
			if (step !== undefined) slotted.push({ slot, step });
		}
		// Array.prototype.sort is stable: what stands first in a table stays first in its slot.
		return slotted.sort((a, b) => a.slot - b.slot).map(({ step }) => step);
	}

	private loopStep(
		name: string,
		rules: readonly SegmentRule<AnyScope>[],
		node: StructureNode | undefined,
		partyField: string,
		loop?: { readonly usage: SegmentRule<AnyScope>['usage']; enter(scope: AnyScope): boolean },
	): Step | undefined {
		if (node === undefined || !isLoop(node)) return undefined;
		if (loop !== undefined && !this.isSent(name, loop.usage)) return undefined;
		const inside = this.extras.filter((extra) => extra.within === name);
		const steps = this.level(
			rules,
			node.children,
			{ from: 0, to: node.children.length },
			inside,
			partyField,
		);
		const [trigger, ...rest] = steps;
		return (scope, out) => {
			if (loop !== undefined && !loop.enter(scope)) return;
			const before = out.count;
			trigger?.(scope, out);
			// A loop without its trigger has nothing to hang on to.
			if (out.count === before) return;
			for (const step of rest) step(scope, out);
		};
	}
}

export interface LevelNodes {
	readonly nodes: readonly StructureNode[];
	readonly from: number;
	readonly to: number;
}

/** The siblings among which a level's segments stand: around the outermost line loop, or inside it. */
export function levelNodes(
	structure: readonly StructureNode[],
	lineLoop: readonly string[],
	level: 'header' | 'line' | 'summary',
): LevelNodes {
	let nodes = structure;
	const [outermost] = lineLoop;
	const at = nodes.findIndex((node) => isLoop(node) && node.loop === outermost);
	// Loops around the line loop (ENT around RMR) are opened by the header.
	if (level === 'header') return { nodes, from: 0, to: lineLoop.length > 1 ? at + 1 : at };
	if (level === 'summary') return { nodes, from: at + 1, to: nodes.length };
	for (const name of lineLoop) {
		const loop = nodes.find((node) => isLoop(node) && node.loop === name);
		if (loop !== undefined && isLoop(loop)) nodes = loop.children;
	}
	return { nodes, from: 0, to: nodes.length };
}

export function compilePlan<D extends BusinessDocument, L>(
	table: MappingTable<D, L>,
	profile: X12Profile,
	extras: readonly CompiledExtra[],
): Plan {
	const schema = x12Schema(table.set, profile.release);
	if (schema === undefined) {
		return { header: [], line: [], summary: [], maxLines: 0, textFields: new Set() };
	}
	const compiler = new Compiler(profile, schema.segments, extras, table.linesField);
	const steps = (level: 'header' | 'line' | 'summary'): readonly Step[] => {
		const { nodes, from, to } = levelNodes(schema.structure, table.lineLoop, level);
		return compiler.level(
			// The scope that `runPlan` makes is that of the table; the plan only passes it on.
			table[level] as unknown as readonly MappingEntry<AnyScope>[],
			nodes,
			{ from, to },
			extras.filter((extra) => extra.level === level && extra.within === undefined),
		);
	};
	return {
		header: steps('header'),
		line: steps('line'),
		summary: steps('summary'),
		maxLines: lineMaximum(schema.structure, table.lineLoop),
		textFields: compiler.textFields,
	};
}

/** How often the loop of a line may stand in the loop around it. */
function lineMaximum(structure: readonly StructureNode[], lineLoop: readonly string[]): number {
	let nodes = structure;
	let max = Infinity;
	for (const name of lineLoop) {
		const loop = nodes.find((node) => isLoop(node) && node.loop === name);
		if (loop === undefined || !isLoop(loop)) return 0;
		({ max, children: nodes } = loop);
	}
	return max;
}

const EMPTY_PARTY = { name: '' };
const EMPTY_TAX = { amount: '0' };

/** Writes the document's segments, from after ST to before SE. */
export function runPlan<D extends BusinessDocument, L>(
	plan: Plan,
	table: MappingTable<D, L>,
	doc: D,
	profile: X12Profile,
	out: Output,
): void {
	const scope: AnyScope = {
		doc,
		profile,
		line: undefined,
		index: -1,
		party: EMPTY_PARTY,
		tax: EMPTY_TAX,
		text: '',
		moreText: '',
	};
	for (const step of plan.header) step(scope, out);
	const lines = table.lines(doc);
	if (lines.length > plan.maxLines) out.overflows = true;
	for (let index = 0; index < lines.length; index += 1) {
		scope.line = lines[index];
		scope.index = index;
		out.line = index;
		for (const step of plan.line) step(scope, out);
	}
	out.line = -1;
	scope.line = undefined;
	for (const step of plan.summary) step(scope, out);
}
