import type { ElementSpec, SegmentSpec } from '../syntax';
import type { Place, SegmentCompiler, Step } from './compile';
import { cellsOf, constantOf, isField, isPairs, pathOf, qualifierOf } from './rules';
import type { Element, FieldCell, Pairs, RuleContext, SegmentRule } from './rules';

/** The careful way of writing: segments apart, each value fitted, and where it came from. */

/** Where a segment came from, for messages about it. */
export interface Origin {
	readonly name: string;
	/** `lines[2].` or empty. */
	readonly at: string;
	readonly spec: SegmentSpec;
	readonly rule: SegmentRule<never, never>;
	/** The segment whose loop or group it stands in. */
	readonly around: WrittenSegment | undefined;
	/** The line (or remittance item) it belongs to. */
	readonly line: unknown;
	/** Document path of a component, counted from 1 like the standard counts; empty if from no field. */
	path(element: number, component?: number): string;
}

/** A segment as it is meant: `elements[i][j]` is component `j` of element `i`. */
export interface WrittenSegment {
	readonly tag: string;
	readonly elements: readonly (readonly string[])[];
	readonly origin: Origin;
}

export interface SegmentOutput {
	readonly segments: WrittenSegment[];
	/** The segment whose loop or group is being written. */
	around?: WrittenSegment | undefined;
}

/** A value on its way into a component. */
export interface Filling {
	readonly value: string;
	readonly kind: FieldCell<never, never>['kind'];
	/** Empty: from no field. */
	readonly path: string;
	readonly spec: ElementSpec | undefined;
	readonly tag: string;
	/** From 1. */
	readonly element: number;
	readonly dispensable: boolean;
}

/** What a syntax does itself when segments are made. */
export interface CarefulSyntax<Context extends RuleContext> {
	readonly profile: Context['profile'];
	/** The value as it can be sent; what cannot be is reported. `undefined`: leave out what it says. */
	fit(filling: Filling, context: Context): string | undefined;
}

interface Values {
	readonly elements: string[][];
	/** Document path of each component. */
	readonly paths: string[][];
}

export class CarefulCompiler<Context extends RuleContext>
	implements SegmentCompiler<Context, SegmentOutput>
{
	readonly counts = false;

	constructor(private readonly syntax: CarefulSyntax<Context>) {}

	segment(
		rule: SegmentRule<never, Context>,
		spec: SegmentSpec,
		_place: Place,
		inside: Step<Context, SegmentOutput>,
	): Step<Context, SegmentOutput> {
		const { tag, name, when } = rule;
		return (scope, context, at, out) => {
			if (when !== undefined && !when(scope as never, context)) return true;
			const values = this.values(rule, spec, scope, context, at);
			if (values === undefined) return true;
			const { elements, paths } = values;
			const path: Origin['path'] = (element, component = 1) => {
				const known = paths[element - 1]?.[component - 1] ?? '';
				if (known !== '') return known;
				const declared = fieldOf(rule.elements, element, component);
				return declared === undefined ? '' : pathOf(declared, at);
			};
			const { around } = out;
			const origin: Origin = { name, at, spec, rule, around, line: context.line, path };
			const written: WrittenSegment = { tag, elements, origin };
			out.segments.push(written);
			out.around = written;
			const ok = inside(scope, context, at, out);
			out.around = around;
			return ok;
		};
	}

	/** `undefined`: the segment is not sent. */
	private values(
		rule: SegmentRule<never, Context>,
		spec: SegmentSpec,
		scope: unknown,
		context: Context,
		at: string,
	): Values | undefined {
		const elements: string[][] = [];
		const paths: string[][] = [];
		let decided = rule.always;
		for (const element of rule.elements) {
			if (isPairs(element)) {
				const before = elements.length;
				this.addPairs(element, { elements, paths }, spec, scope, context, at);
				if (!decided && elements.length === before) return undefined;
				continue;
			}
			const components: string[] = [];
			const own: string[] = [];
			const place = spec.elements[elements.length];
			for (const cell of cellsOf(element)) {
				if (!isField(cell)) {
					const constant = constantOf(cell, this.syntax.profile);
					if (constant === '' && typeof cell !== 'string') return undefined;
					components.push(constant);
					own.push('');
					continue;
				}
				const value = cell.get(scope as never, context, at);
				if (!decided && (value === undefined || value === '')) return undefined;
				decided = true;
				const path = pathOf(cell, at);
				const parts = typeof value === 'object' ? value : [value ?? ''];
				for (const part of parts) {
					const isPlain = typeof value === 'string' && part !== '';
					const filling = {
						...{ value: part, kind: cell.kind, path, tag: rule.tag, dispensable: false },
						spec: place?.components?.[components.length] ?? place,
						element: elements.length + 1,
					};
					components.push(isPlain ? (this.syntax.fit(filling, context) ?? '') : part);
					own.push(path);
				}
			}
			elements.push(components);
			paths.push(own);
		}
		return { elements, paths };
	}

	private addPairs(
		{ pairs, form }: Pairs<never, Context>,
		{ elements, paths }: Values,
		spec: SegmentSpec,
		scope: unknown,
		context: Context,
		at: string,
	): void {
		for (const pair of pairs) {
			const given = pair.get(scope as never, context, at);
			if (given === undefined || given === '') continue;
			const isComposite = form === 'composite';
			const index = elements.length + (isComposite ? 0 : 1);
			const place = spec.elements[index];
			const path = pathOf(pair, at);
			const value = this.syntax.fit(
				{
					...{ value: given, kind: pair.kind, path, tag: spec.tag, element: index + 1 },
					spec: isComposite ? place?.components?.[0] : place,
					dispensable: pair.dispensable,
				},
				context,
			);
			if (value === undefined || value === '') continue;
			const qualifier = qualifierOf(pair, scope as never, context, at);
			if (isComposite) {
				elements.push([value, qualifier]);
				paths.push([path, path]);
			} else {
				elements.push([qualifier], [value]);
				paths.push([path], [path]);
			}
		}
	}
}

/** The field that a rule names for a component, where the document filled none. */
function fieldOf<Context extends RuleContext>(
	elements: readonly Element<never, Context>[],
	element: number,
	component: number,
): FieldCell<never, Context> | undefined {
	const declared = elements[element - 1];
	if (declared === undefined || isPairs(declared)) return undefined;
	const cells = cellsOf(declared);
	const cell = cells[component - 1] ?? cells.findLast(isField);
	return cell !== undefined && isField(cell) ? cell : undefined;
}
