import type { ElementSpec, MessageSchema } from '../../syntax';
import type { EdifactProfile } from '../profile';
import { makeRelease } from '../release';
import { constantOf, isField } from './cells';
import type { Cell, FieldCell, When } from './cells';
import { scanCharacters } from './characters';
import type { CharacterTable } from './characters';
import type { MappingContext } from './context';

/**
 * The rules of a message, compiled for one profile. Documents are checked while they are written:
 * every value that is short, plain and of the right form goes straight into the text. Whatever else
 * there is, the step says `false`, and the document takes the way that reports what is wrong.
 */
export type Step<Scope> = (
	scope: Scope,
	context: MappingContext,
	at: string,
	out: PlanOutput,
) => boolean;

/** Segments as they go into the file, released and terminated. */
export interface PlanOutput {
	text: string;
	count: number;
}

export interface Compiler {
	readonly profile: EdifactProfile;
	readonly schema: MessageSchema;
	readonly characters: CharacterTable;
	readonly release: (text: string) => string;
}

export function makeCompiler(
	profile: EdifactProfile,
	schema: MessageSchema,
	characters: CharacterTable,
): Compiler {
	return { profile, schema, characters, release: makeRelease(profile.serviceString) };
}

interface SegmentPlan<Scope> {
	readonly when: When<Scope> | undefined;
	readonly tag: string;
	readonly name: string;
	readonly elements: readonly (readonly Cell<Scope>[])[];
	readonly always: boolean;
	readonly onRequest: boolean;
}

interface CellPlan<Scope> {
	/** Released text; `undefined` for a field. */
	readonly constant: string | undefined;
	readonly field: FieldCell<Scope> | undefined;
	/** Component this cell begins with, from 0. */
	readonly at: number;
}

interface ElementPlan<Scope> {
	readonly cells: readonly CellPlan<Scope>[];
	readonly components: readonly ElementSpec[];
	readonly mandatory: boolean;
	/** Components that must be there if the composite is, and are no constants. */
	readonly needed: readonly number[];
}

/** C210 has ten; no composite of these messages has more. */
const MOST_COMPONENTS = 12;
const NUMBER = /^-?\d+(?:[.,]\d+)?$/;

function planElement<Scope>(
	compiler: Compiler,
	cells: readonly Cell<Scope>[],
	spec: ElementSpec,
): ElementPlan<Scope> {
	const components = spec.components ?? [spec];
	return {
		cells: cells.map((cell, at) =>
			isField(cell)
				? { constant: undefined, field: cell, at }
				: { constant: compiler.release(constantOf(cell, compiler.profile)), field: undefined, at },
		),
		components,
		mandatory: spec.mandatory,
		needed: components.flatMap((component, index) => {
			const cell = cells[index];
			const isConstant = cell !== undefined && !isField(cell) && cell !== '';
			return component.mandatory && spec.components !== undefined && !isConstant ? [index] : [];
		}),
	};
}

/** The value as it goes into the file; `undefined` where it needs care. */
function plainValue(
	value: string,
	kind: FieldCell<never>['kind'],
	spec: ElementSpec,
	{ characters, release, profile }: Compiler,
): string | undefined {
	if (value.length > spec.max || value.length < spec.min) return undefined;
	if (spec.codes?.has(value) === false && !profile.additionalCodes.has(`${spec.id}:${value}`)) {
		return undefined;
	}
	// The document was validated, so what it calls a number is one.
	if (kind === 'number') return value;
	if (spec.type === 'n') return NUMBER.test(value) ? value : undefined;
	const scanned = scanCharacters(value, characters);
	if (scanned === 'plain') return value;
	return scanned === 'released' ? release(value) : undefined;
}

/** Ends the quick way only if the segment is sent: its wrong code is reported by the careful way. */
function refuseIfSent<Scope>(elements: readonly (readonly Cell<Scope>[])[]): Step<Scope> {
	const first = elements.flat().find(isField);
	return (scope, context, at) => {
		const value = first?.get(scope, context, at);
		return first !== undefined && (value === undefined || value === '');
	};
}

/** A setting that is empty leaves its segment out. */
function isSwitchedOff<Scope>(
	elements: readonly (readonly Cell<Scope>[])[],
	profile: EdifactProfile,
): boolean {
	return elements.some((cells) =>
		cells.some(
			(cell) => typeof cell !== 'string' && !isField(cell) && constantOf(cell, profile) === '',
		),
	);
}

/** Codes of settings are checked like values: a wrong one must be reported, so the quick way ends. */
function hasUnknownCode<Scope>(
	plans: readonly ElementPlan<Scope>[],
	profile: EdifactProfile,
): boolean {
	return plans.some((plan) =>
		plan.cells.some(({ constant, at }) => {
			const spec = plan.components[at];
			if (constant === undefined || constant === '' || spec === undefined) return false;
			if (constant.length > spec.max) return true;
			return (
				spec.codes?.has(constant) === false &&
				!profile.additionalCodes.has(`${spec.id}:${constant}`)
			);
		}),
	);
}

export function compileSegment<Scope>(
	compiler: Compiler,
	{ tag, name, elements, when, always, onRequest }: SegmentPlan<Scope>,
	inside: readonly Step<Scope>[],
): Step<Scope> {
	const { profile, schema } = compiler;
	const sent = onRequest ? profile.sendSegments.has(name) : !profile.omitSegments.has(name);
	if (!sent || isSwitchedOff(elements, profile)) return () => true;
	const specs = schema.segments[tag]?.elements ?? [];
	if (specs.length < elements.length) return () => false;
	const plans = elements.map((cells, index) =>
		planElement(compiler, cells, specs[index] as ElementSpec),
	);
	if (hasUnknownCode(plans, profile)) return refuseIfSent(elements);
	const {
		element: elementSeparator,
		component: componentSeparator,
		segment,
	} = profile.serviceString;
	const end = segment + profile.suffix;
	const elementGaps = Array.from({ length: specs.length + 1 }, (_, n) =>
		elementSeparator.repeat(n),
	);
	const componentGaps = Array.from({ length: MOST_COMPONENTS }, (_, n) =>
		componentSeparator.repeat(n),
	);

	const step: Step<Scope> = (scope, context, at, out) => {
		if (when !== undefined && !when(scope, context)) return true;
		let text = tag;
		let decided = always;
		let elementGap = 0;
		for (const plan of plans) {
			elementGap += 1;
			let gap = 0;
			let written = 0;
			let count = 0;
			for (const { constant, field } of plan.cells) {
				if (field === undefined) {
					if (constant !== undefined && constant !== '') {
						text += (elementGaps[elementGap] as string) + (componentGaps[gap] as string) + constant;
						elementGap = 0;
						gap = 0;
						written |= 1 << count;
					}
					count += 1;
					gap += 1;
					continue;
				}
				const value = field.get(scope, context, at);
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
						const spec = plan.components[count];
						if (spec === undefined) return false;
						const plain = plainValue(part, field.kind, spec, compiler);
						if (plain === undefined) return false;
						text += (elementGaps[elementGap] as string) + (componentGaps[gap] as string) + plain;
						elementGap = 0;
						gap = 0;
						written |= 1 << count;
					}
					count += 1;
					gap += 1;
				}
			}
			if (written === 0) {
				if (plan.mandatory) return false;
				continue;
			}
			for (const needed of plan.needed) if ((written & (1 << needed)) === 0) return false;
		}
		out.text += text + end;
		out.count += 1;
		for (const step of inside) if (!step(scope, context, at, out)) return false;
		return true;
	};
	const single = planSingle(plans, tag, profile);
	return single === undefined
		? step
		: singleField(compiler, single, { when, always }, inside, step);
}

/** `MOA+203:` amount, `DTM+137:` date `:102`: most segments are one value between constants. */
interface SingleField<Scope> {
	readonly before: string;
	readonly after: string;
	readonly field: FieldCell<Scope>;
	readonly spec: ElementSpec;
}

function planSingle<Scope>(
	plans: readonly ElementPlan<Scope>[],
	tag: string,
	{ serviceString: service, suffix }: EdifactProfile,
): SingleField<Scope> | undefined {
	const fields = plans.flatMap((plan) => plan.cells.flatMap(({ field }) => field ?? []));
	const [field] = fields;
	if (field === undefined || fields.length > 1) return undefined;
	let before = tag;
	let after = '';
	let spec: ElementSpec | undefined;
	for (const plan of plans) {
		const texts = plan.cells.map(({ constant }) => constant);
		const at = plan.cells.findIndex((cell) => cell.field !== undefined);
		if (at >= 0) {
			spec = plan.components[at];
			before +=
				service.element +
				texts
					.slice(0, at)
					.map((text) => text + service.component)
					.join('');
			after += texts
				.slice(at + 1)
				.map((text) => service.component + text)
				.join('');
		} else if (spec === undefined) before += service.element + texts.join(service.component);
		else after += service.element + texts.join(service.component);
	}
	return spec && { before, after: after + service.segment + suffix, field, spec };
}

/** The one field decides whether there is a segment; constants are always there. */
function singleField<Scope>(
	compiler: Compiler,
	{ before, after, field, spec }: SingleField<Scope>,
	{ when, always }: Pick<SegmentPlan<Scope>, 'when' | 'always'>,
	inside: readonly Step<Scope>[],
	otherwise: Step<Scope>,
): Step<Scope> {
	const { get, kind } = field;
	return (scope, context, at, out) => {
		if (when !== undefined && !when(scope, context)) return true;
		const given = get(scope, context, at);
		const value = typeof given === 'object' && given.length === 1 ? given[0] : given;
		// Left out in the middle, it would take separators with it.
		if (value === undefined || value === '') return !always;
		// Several values: the way for any number of them.
		if (typeof value !== 'string') return otherwise(scope, context, at, out);
		const plain = plainValue(value, kind, spec, compiler);
		if (plain === undefined) return false;
		out.text += before + plain + after;
		out.count += 1;
		for (const step of inside) if (!step(scope, context, at, out)) return false;
		return true;
	};
}
