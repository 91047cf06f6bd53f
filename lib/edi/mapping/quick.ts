import type { ElementSpec, SegmentSpec } from '../syntax';
import type { Place, SegmentCompiler, Step } from './compile';
import { cellsOf, constantOf, isField, isPairs, qualifierOf } from './rules';
import type { Cell, Element, FieldCell, Pair, Pairs, RuleContext, SegmentRule } from './rules';

/**
 * The quick way of writing: documents are checked while they are written. Every value that is short,
 * plain and of the right form goes straight into the text. At whatever else there is, the step says
 * `false`, and the document takes the careful way, which reports what is wrong, or that nothing is.
 */

/** Segments as they go into the file. */
export interface TextOutput {
	text: string;
	count: number;
}

/** The value as it goes into the file; `undefined` where it needs care. */
export type PlainValue = (value: string) => string | undefined;

/** What a syntax does itself when text is written. */
export interface QuickSyntax<Context extends RuleContext> {
	readonly profile: Context['profile'];
	readonly element: string;
	readonly component: string;
	/** Terminator with the suffix behind it. */
	readonly ending: string;
	plain(spec: ElementSpec, kind: FieldCell<never, Context>['kind']): PlainValue;
	/** Whether elements that are there (element 1 is bit 0) are all that the segment wants. */
	presence(spec: SegmentSpec): (present: number) => boolean;
}

interface CellPlan<Context> {
	/** As it goes into the file; `undefined` for a field. */
	readonly constant: string | undefined;
	readonly field: FieldCell<never, Context> | undefined;
	/** Checks of the components from this cell on. */
	readonly plain: readonly PlainValue[];
}

interface ElementPlan<Context> {
	readonly bit: number;
	readonly cells: readonly CellPlan<Context>[];
	/** Components that must be there if the composite is, and are no constants. */
	readonly needed: readonly number[];
}

interface PairPlan<Context> {
	readonly pair: Pair<never, Context>;
	/** Of a code that is always the same: as it goes into the file. */
	readonly constant: string | undefined;
	readonly qualifier: PlainValue;
	readonly value: PlainValue;
}

/** Pairs where they may stand: by how many stand before, then by which pair. */
interface PairsPlan<Context> {
	readonly places: readonly (readonly PairPlan<Context>[])[];
	readonly isComposite: boolean;
	/** Element, from 1, of the first. */
	readonly from: number;
}

/** One value of an element without components. */
interface SimpleCell<Context> {
	readonly constant: string | undefined;
	readonly field: FieldCell<never, Context> | undefined;
	readonly plain: PlainValue | undefined;
	/** Element, from 1. */
	readonly position: number;
	readonly bit: number;
}

const refuse = (): boolean => false;

const NO_PAIRS = { text: '', present: 0 } as const;

export class QuickCompiler<Context extends RuleContext>
	implements SegmentCompiler<Context, TextOutput>
{
	readonly counts = true;

	constructor(private readonly syntax: QuickSyntax<Context>) {}

	segment(
		rule: SegmentRule<never, Context>,
		spec: SegmentSpec,
		place: Place,
		inside: Step<Context, TextOutput>,
	): Step<Context, TextOutput> | undefined {
		const { profile } = this.syntax;
		const given = withoutEnd(rule.elements);
		const cells = given.flatMap((element): readonly Cell<never, Context>[] =>
			isPairs(element) ? [] : cellsOf(element),
		);
		// A setting that is empty leaves its segment out.
		const isOff = cells.some(
			(cell) => typeof cell !== 'string' && !isField(cell) && constantOf(cell, profile) === '',
		);
		if (isOff) return undefined;
		if (spec.elements.length < given.length) return refuse;
		const plans: ElementPlan<Context>[] = [];
		let pairs: PairsPlan<Context> | undefined;
		for (const [index, element] of given.entries()) {
			if (isPairs(element)) {
				pairs = this.pairsPlan(element, spec, index);
				break;
			}
			const plan = this.elementPlan(cellsOf(element), spec.elements[index] as ElementSpec, index);
			// Codes of settings are checked like values: a wrong one is reported by the careful way.
			if (plan === undefined) return refuseIfSent(cells);
			plans.push(plan);
		}
		const single = pairs === undefined ? this.single(rule, spec, plans, place, inside) : undefined;
		return single ?? this.anyOf(rule, spec, plans, pairs, place, inside);
	}

	private anyOf(
		rule: SegmentRule<never, Context>,
		spec: SegmentSpec,
		plans: readonly ElementPlan<Context>[],
		pairs: PairsPlan<Context> | undefined,
		place: Place,
		inside: Step<Context, TextOutput>,
	): Step<Context, TextOutput> {
		const isSimple = plans.every(
			({ cells }, index) => cells.length === 1 && spec.elements[index]?.components === undefined,
		);
		return isSimple
			? this.simple(rule, spec, plans, pairs, place, inside)
			: this.general(rule, spec, plans, pairs, place, inside);
	}

	/** Elements without components, as nearly all of X12 are. */
	private simple(
		{ tag, when, always }: SegmentRule<never, Context>,
		spec: SegmentSpec,
		plans: readonly ElementPlan<Context>[],
		pairs: PairsPlan<Context> | undefined,
		place: Place,
		inside: Step<Context, TextOutput>,
	): Step<Context, TextOutput> {
		const { element, ending } = this.syntax;
		const isComplete = this.syntax.presence(spec);
		const gaps = Array.from({ length: spec.elements.length + 1 }, (_, n) => element.repeat(n));
		const writePairs = pairs && this.pairsStep(pairs);
		const cells = plans.flatMap(({ cells: own, bit }, index): readonly SimpleCell<Context>[] => {
			const [cell] = own;
			if (cell === undefined || cell.constant === '') return [];
			const { constant, field, plain } = cell;
			return [{ constant, field, plain: plain[0], position: index + 1, bit }];
		});
		return (scope, context, at, out) => {
			if (when !== undefined && !when(scope as never, context)) return true;
			let text = tag;
			let decided = always;
			let written = 0;
			let present = 0;
			for (let index = 0; index < cells.length; index += 1) {
				const { constant, field, plain, position, bit } = cells[index] as SimpleCell<Context>;
				let value = constant;
				if (field !== undefined && plain !== undefined) {
					const given = field.get(scope as never, context, at);
					if (given === undefined || given === '') {
						if (!decided) return true;
						continue;
					}
					decided = true;
					if (typeof given !== 'string') return false;
					value = plain(given);
					if (value === undefined) return false;
				}
				text += (gaps[position - written] as string) + value;
				written = position;
				present |= bit;
			}
			if (writePairs !== undefined) {
				const more = writePairs(scope, context, at);
				if (more === undefined) return false;
				if (more === NO_PAIRS) {
					if (!decided) return true;
				} else {
					text += (gaps[plans.length - written] as string) + more.text;
					present |= more.present;
				}
			}
			if (!isComplete(present)) return false;
			out.text += text + ending;
			out.count += 1;
			place.count += 1;
			return inside(scope, context, at, out);
		};
	}

	/** Pairs as text, each with the separator before it; `undefined` where one needs care. */
	private pairsStep({
		places,
		isComposite,
		from,
	}: PairsPlan<Context>): (
		scope: unknown,
		context: Context,
		at: string,
	) => { readonly text: string; readonly present: number } | undefined {
		const { element, component } = this.syntax;
		return (scope, context, at) => {
			let text = '';
			let present = 0;
			let placed = 0;
			for (let index = 0; index < places.length; index += 1) {
				const { pair, constant, qualifier, value } = places[placed]?.[index] as PairPlan<Context>;
				const given = pair.get(scope as never, context, at);
				if (given === undefined || given === '') continue;
				const code = constant ?? qualifier(qualifierOf(pair, scope as never, context, at));
				const fit = value(given);
				if (code === undefined || code === '' || fit === undefined) return undefined;
				text += element + (isComposite ? fit + component + code : code + element + fit);
				present |= isComposite ? 1 << (from - 1 + placed) : 3 << (from - 1 + 2 * placed);
				placed += 1;
			}
			return placed === 0 ? NO_PAIRS : { text, present };
		};
	}

	private elementPlan(
		cells: readonly Cell<never, Context>[],
		spec: ElementSpec,
		index: number,
	): ElementPlan<Context> | undefined {
		const components = spec.components ?? [spec];
		const plans: CellPlan<Context>[] = [];
		for (const [at, cell] of cells.entries()) {
			if (isField(cell)) {
				const plain = components
					.slice(at)
					.map((component) => this.syntax.plain(component, cell.kind));
				plans.push({ constant: undefined, field: cell, plain });
				continue;
			}
			const given = constantOf(cell, this.syntax.profile);
			const component = components[at];
			if (given !== '' && component === undefined) return undefined;
			const constant =
				given === '' || component === undefined ? '' : this.syntax.plain(component, 'code')(given);
			if (constant === undefined) return undefined;
			plans.push({ constant, field: undefined, plain: [] });
		}
		const needed = components.flatMap((component, at) => {
			const cell = cells[at];
			const isConstant = cell !== undefined && !isField(cell) && cell !== '';
			return component.mandatory && spec.components !== undefined && !isConstant ? [at] : [];
		});
		return { bit: 1 << index, cells: plans, needed };
	}

	private pairsPlan(
		{ pairs, form }: Pairs<never, Context>,
		{ elements }: SegmentSpec,
		at: number,
	): PairsPlan<Context> {
		const isComposite = form === 'composite';
		const never: PlainValue = () => undefined;
		const places = pairs.map((_, before) => {
			const first = elements[at + before * (isComposite ? 1 : 2)];
			const [value, code] = isComposite
				? [first?.components?.[0], first?.components?.[1]]
				: [elements[at + before * 2 + 1], first];
			return pairs.map((pair): PairPlan<Context> => {
				const qualifier = code === undefined ? never : this.syntax.plain(code, 'code');
				return {
					pair,
					qualifier,
					constant: typeof pair.qualifier === 'string' ? qualifier(pair.qualifier) : undefined,
					value: value === undefined ? never : this.syntax.plain(value, pair.kind),
				};
			});
		});
		return { places, isComposite, from: at + 1 };
	}

	private general(
		{ tag, when, always }: SegmentRule<never, Context>,
		spec: SegmentSpec,
		plans: readonly ElementPlan<Context>[],
		pairs: PairsPlan<Context> | undefined,
		place: Place,
		inside: Step<Context, TextOutput>,
	): Step<Context, TextOutput> {
		const { element, component, ending } = this.syntax;
		const isComplete = this.syntax.presence(spec);
		const mostComponents = Math.max(
			...spec.elements.map(({ components = [] }) => components.length),
		);
		const elementGaps = Array.from({ length: spec.elements.length + 1 }, (_, n) =>
			element.repeat(n),
		);
		const componentGaps = Array.from({ length: mostComponents + 1 }, (_, n) => component.repeat(n));
		const writePairs = pairs && this.pairsStep(pairs);
		return (scope, context, at, out) => {
			if (when !== undefined && !when(scope as never, context)) return true;
			let text = tag;
			let decided = always;
			let elementGap = 0;
			let present = 0;
			for (const plan of plans) {
				elementGap += 1;
				let gap = 0;
				let written = 0;
				let count = 0;
				for (const { constant, field, plain } of plan.cells) {
					if (field === undefined) {
						if (constant !== undefined && constant !== '') {
							text +=
								(elementGaps[elementGap] as string) + (componentGaps[gap] as string) + constant;
							elementGap = 0;
							gap = 0;
							written |= 1 << count;
						}
						count += 1;
						gap += 1;
						continue;
					}
					const value = field.get(scope as never, context, at);
					if (!decided) {
						if (value === undefined || value === '') return true;
						decided = true;
					}
					const parts = typeof value === 'object' ? value : undefined;
					const length = parts === undefined ? 1 : parts.length;
					for (let index = 0; index < length; index += 1) {
						const part =
							parts === undefined ? (value as string | undefined) : (parts[index] as string);
						if (part !== undefined && part !== '') {
							const fit = plain[index]?.(part);
							if (fit === undefined) return false;
							text += (elementGaps[elementGap] as string) + (componentGaps[gap] as string) + fit;
							elementGap = 0;
							gap = 0;
							written |= 1 << count;
						}
						count += 1;
						gap += 1;
					}
				}
				if (written === 0) continue;
				present |= plan.bit;
				for (const needed of plan.needed) if ((written & (1 << needed)) === 0) return false;
			}
			if (writePairs !== undefined) {
				const more = writePairs(scope, context, at);
				if (more === undefined) return false;
				if (more === NO_PAIRS) {
					if (!decided) return true;
				} else {
					text += (elementGaps[elementGap] as string) + more.text;
					present |= more.present;
				}
			}
			if (!isComplete(present)) return false;
			out.text += text + ending;
			out.count += 1;
			place.count += 1;
			return inside(scope, context, at, out);
		};
	}

	/** `MOA+203:` amount, `DTM*150*` date: most segments are one value between constants. */
	private single(
		rule: SegmentRule<never, Context>,
		spec: SegmentSpec,
		plans: readonly ElementPlan<Context>[],
		place: Place,
		inside: Step<Context, TextOutput>,
	): Step<Context, TextOutput> | undefined {
		const { tag, when, always } = rule;
		const { element, component, ending } = this.syntax;
		const fields = plans.flatMap((plan) => plan.cells.filter(({ field }) => field !== undefined));
		const [cell] = fields;
		const field = cell?.field;
		const plain = cell?.plain[0];
		if (field === undefined || plain === undefined || fields.length > 1) return undefined;
		let before = tag;
		let after = '';
		let present = 0;
		let isBehind = false;
		for (const plan of plans) {
			if (plan.cells.some((one) => one.field !== undefined || one.constant !== ''))
				present |= plan.bit;
			if (isBehind) after += element;
			else before += element;
			for (const [at, one] of plan.cells.entries()) {
				const mark = at > 0 ? component : '';
				if (one === cell) {
					before += mark;
					isBehind = true;
				} else if (isBehind) after += mark + (one.constant ?? '');
				else before += mark + (one.constant ?? '');
			}
		}
		after += ending;
		if (!this.syntax.presence(spec)(present)) return undefined;
		const otherwise = this.general(rule, spec, plans, undefined, place, inside);
		const { get } = field;
		return (scope, context, at, out) => {
			if (when !== undefined && !when(scope as never, context)) return true;
			const given = get(scope as never, context, at);
			const value = typeof given === 'object' && given.length === 1 ? given[0] : given;
			// Left out in the middle, it would take separators with it.
			if (value === undefined || value === '') return !always;
			// Several values: the way for any number of them.
			if (typeof value !== 'string') return otherwise(scope, context, at, out);
			const fit = plain(value);
			if (fit === undefined) return false;
			out.text += before + fit + after;
			out.count += 1;
			place.count += 1;
			return inside(scope, context, at, out);
		};
	}
}

/** Elements that say nothing at the end are not written. */
function withoutEnd<Context extends RuleContext>(
	elements: readonly Element<never, Context>[],
): readonly Element<never, Context>[] {
	const last = elements.findLastIndex(
		(element) => isPairs(element) || cellsOf(element).some((cell) => cell !== ''),
	);
	return elements.slice(0, last + 1);
}

/** Ends the quick way only if the segment is sent. */
function refuseIfSent<Context extends RuleContext>(
	cells: readonly Cell<never, Context>[],
): Step<Context, TextOutput> {
	const first = cells.find(isField);
	return (scope, context, at) => {
		const value = first?.get(scope as never, context, at);
		return first !== undefined && (value === undefined || value === '');
	};
}
