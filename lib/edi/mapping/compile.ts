import { isLoop } from '../syntax';
import type { LoopUse, MessageSchema, SegmentSpec, StructureNode } from '../syntax';
import type { LevelsRule, Rule, RuleContext, Section, SegmentRule } from './rules';

/**
 * Rules, put where the schema has their segments: what is sent in which order is decided once for a
 * profile, not once for a document. A rule whose segment has no place in the set is not sent.
 */

/** Writes what a rule says of its scope; `false`: this way of writing gives up. */
export type Step<Context, Out> = (
	scope: unknown,
	context: Context,
	at: string,
	out: Out,
) => boolean;

/** Segments or loops that go to one place of the schema, counted while one loop around them is written. */
export interface Place {
	count: number;
	readonly max: number;
	readonly mandatory: boolean;
}

/** How a way of writing makes a step of a segment, and what it does when a loop has been written. */
export interface SegmentCompiler<Context extends RuleContext, Out> {
	/** `undefined`: never sent. */
	segment(
		rule: SegmentRule<never, Context>,
		spec: SegmentSpec,
		place: Place,
		inside: Step<Context, Out>,
	): Step<Context, Out> | undefined;
	/** Whether places that hold too many or nothing end this way of writing. */
	readonly counts: boolean;
}

/** Loops from the top down to the one that holds a line: `['IT1']`, `['ENT', 'RMR']`. */
export type LineLoop = readonly string[];

export interface CompileInput<Context extends RuleContext> {
	readonly rules: readonly Rule<never, Context>[];
	readonly schema: MessageSchema;
	readonly lineLoop: LineLoop;
}

/** The segment that a place of the schema begins with. */
export function tagOf(node: StructureNode): string {
	if (!isLoop(node)) return node.segment;
	const [first] = node.children;
	return first === undefined ? '' : tagOf(first);
}

/** Where a tag stands among siblings; at the top, lines part the header from the summary. */
export function slotOf(
	nodes: readonly StructureNode[],
	tag: string,
	section: Section,
	lineLoop: LineLoop | undefined,
): number {
	if (lineLoop === undefined) return nodes.findIndex((node) => tagOf(node) === tag);
	const lines = nodes.findIndex((node) => isLoop(node) && tagOf(node) === lineLoop[0]);
	return nodes.findIndex(
		(node, index) => tagOf(node) === tag && index > lines === (section === 'summary'),
	);
}

/** What stands between the segments of the envelope (ST and SE, UNH and UNT). */
export function bodyOf({ structure }: MessageSchema): readonly StructureNode[] {
	return structure.slice(1, -1);
}

interface Placed<Context extends RuleContext> {
	readonly slot: number;
	readonly rule: Rule<never, Context>;
}

const nothing = (): boolean => true;

class PlanCompiler<Context extends RuleContext, Out> {
	constructor(
		private readonly input: CompileInput<Context>,
		private readonly writer: SegmentCompiler<Context, Out>,
	) {}

	/** Steps of one list of siblings, in the order of the schema; equal places in that of the rules. */
	level(
		rules: readonly Rule<never, Context>[],
		nodes: readonly StructureNode[],
		lineLoop: LineLoop | undefined,
	): Step<Context, Out> {
		const places = nodes.map(({ max, mandatory }): Place => ({ count: 0, max, mandatory }));
		const placed = rules
			.flatMap((rule) => this.placed(rule, nodes, lineLoop))
			.sort((left, right) => left.slot - right.slot);
		const watched = places.filter(({ mandatory, max }, slot) => {
			const here = placed.filter((one) => one.slot === slot);
			const isList = here.some(({ rule }) => rule.is === 'each' || rule.is === 'levels');
			return mandatory || (isList ? max !== Infinity : here.length > max);
		});
		const steps = placed.flatMap(({ rule, slot }) => {
			const node = nodes[slot];
			const place = places[slot];
			if (node === undefined || place === undefined) return [];
			return this.step(rule, node, place) ?? [];
		});
		return this.inOrder(steps, this.writer.counts ? watched : []);
	}

	private inOrder(
		steps: readonly Step<Context, Out>[],
		watched: readonly Place[],
	): Step<Context, Out> {
		const [only] = steps;
		if (watched.length === 0) {
			if (only === undefined) return nothing;
			if (steps.length === 1) return only;
		}
		return (scope, context, at, out) => {
			for (const place of watched) place.count = 0;
			for (const step of steps) if (!step(scope, context, at, out)) return false;
			for (const { count, max, mandatory } of watched) {
				if (count > max || (mandatory && count === 0)) return false;
			}
			return true;
		};
	}

	/** A rule whose segments go to several places is taken apart, one for each place. */
	private placed(
		rule: Rule<never, Context>,
		nodes: readonly StructureNode[],
		lineLoop: LineLoop | undefined,
	): readonly Placed<Context>[] {
		if (rule.is === 'segment' || rule.is === 'levels') {
			const { tag, section } = rule.is === 'segment' ? rule : rule.segment;
			const slot = slotOf(nodes, tag, section, lineLoop);
			return slot < 0 ? [] : [{ slot, rule }];
		}
		const bySlot = new Map<number, Rule<never, Context>[]>();
		for (const { slot, rule: inner } of rule.rules.flatMap((one) =>
			this.placed(one, nodes, lineLoop),
		)) {
			const there = bySlot.get(slot);
			if (there === undefined) bySlot.set(slot, [inner]);
			else there.push(inner);
		}
		return [...bySlot].map(([slot, rules]) => ({ slot, rule: { ...rule, rules } }));
	}

	private step(
		rule: Rule<never, Context>,
		node: StructureNode,
		place: Place,
	): Step<Context, Out> | undefined {
		switch (rule.is) {
			case 'segment':
				return this.segment(rule, node, place);
			case 'each': {
				const step = this.all(rule.rules, node, place);
				const { parts, field, indexed, areLines } = rule;
				return (
					step &&
					((scope, context, at, out) => {
						const all = parts(scope as never, context, at);
						for (let index = 0; index < all.length; index += 1) {
							// A line that is sent as something else keeps its place in the list.
							if (all[index] === undefined) continue;
							const inner = indexed ? `${at}${field}[${index}].` : at;
							if (areLines) context.line = all[index];
							if (!step(all[index], context, inner, out)) return false;
						}
						if (areLines) context.line = undefined;
						return true;
					})
				);
			}
			case 'within': {
				const step = this.all(rule.rules, node, place);
				const { part } = rule;
				const prefix = rule.field === '' ? '' : `${rule.field}.`;
				return (
					step &&
					((scope, context, at, out) => {
						const inner = part(scope as never, context);
						return inner === undefined || step(inner, context, at + prefix, out);
					})
				);
			}
			case 'levels':
				return this.levels(rule, node, place, { count: 0 });
		}
	}

	private all(
		rules: readonly Rule<never, Context>[],
		node: StructureNode,
		place: Place,
	): Step<Context, Out> | undefined {
		const steps = rules.flatMap((rule) => this.step(rule, node, place) ?? []);
		return steps.length === 0 ? undefined : this.inOrder(steps, []);
	}

	private segment(
		rule: SegmentRule<never, Context>,
		node: StructureNode,
		place: Place,
	): Step<Context, Out> | undefined {
		const spec = rule.spec ?? this.input.schema.segments[rule.tag];
		if (spec === undefined) return undefined;
		const inside = isLoop(node) ? this.inside(rule, node) : nothing;
		return this.writer.segment(rule, spec, place, inside);
	}

	private inside({ inside }: SegmentRule<never, Context>, loop: LoopUse): Step<Context, Out> {
		// The segment that begins the loop is written by the rule itself.
		return this.level(inside, loop.children.slice(1), undefined);
	}

	/** Numbers run through the whole set; each level is told the number of the one above. */
	private levels(
		rule: LevelsRule<never, Context>,
		node: StructureNode,
		place: Place,
		numbers: { count: number },
	): Step<Context, Out> | undefined {
		const own = this.segment(rule.segment, node, place);
		const below = rule.below.flatMap((one) => this.levels(one, node, place, numbers) ?? []);
		const { parts, field } = rule;
		return (
			own &&
			((scope, context, at, out) => {
				const above = context.level;
				if (above === undefined) numbers.count = 0;
				let index = 0;
				for (const part of parts(scope as never, context, at)) {
					const inner = `${at}${field}[${index}].`;
					index += 1;
					if (part === undefined) continue;
					numbers.count += 1;
					context.level = { number: numbers.count, parent: above?.number };
					for (const step of [own, ...below]) if (!step(part, context, inner, out)) return false;
				}
				context.level = above;
				return true;
			})
		);
	}
}

/** One step that writes a document. */
export function compile<Context extends RuleContext, Out>(
	input: CompileInput<Context>,
	writer: SegmentCompiler<Context, Out>,
): Step<Context, Out> {
	return new PlanCompiler(input, writer).level(input.rules, bodyOf(input.schema), input.lineLoop);
}
