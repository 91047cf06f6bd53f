import type { ElementSpec, MessageSchema } from '../../syntax';
import type { EdifactProfile } from '../profile';
import { makeRelease } from '../release';
import { scanCharacters, type CharacterTable } from './characters';
import type { MappingContext } from './context';
import type { Cell, FieldCell, SegmentOptions } from './rules';

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
	readonly when: SegmentOptions<Scope>['when'] | undefined;
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

const NUMBER = /^-?\d+(?:[.,]\d+)?$/;

function planElement<Scope>(
	compiler: Compiler,
	cells: readonly Cell<Scope>[],
	spec: ElementSpec,
): ElementPlan<Scope> {
	const components = spec.components ?? [spec];
	return {
		cells: cells.map((cell, at) =>
			typeof cell === 'string'
				? { constant: compiler.release(cell), field: undefined, at }
				: { constant: undefined, field: cell, at },
		),
		components,
		mandatory: spec.mandatory,
		needed: components.flatMap((component, index) => {
			const cell = cells[index];
			const isConstant = typeof cell === 'string' && cell !== '';
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
	if (spec.type === 'n' || kind === 'number') {
		return NUMBER.test(value) ? value : undefined;
	}
	const scanned = scanCharacters(value, characters);
	if (scanned === 'plain') return value;
	return scanned === 'released' ? release(value) : undefined;
}

export function compileSegment<Scope>(
	compiler: Compiler,
	{ tag, name, elements, when, always, onRequest }: SegmentPlan<Scope>,
	inside: readonly Step<Scope>[],
): Step<Scope> {
	const { profile, schema } = compiler;
	const sent = onRequest ? profile.sendSegments.has(name) : !profile.omitSegments.has(name);
	if (!sent) return () => true;
	const specs = schema.segments[tag]?.elements ?? [];
	if (specs.length < elements.length) return () => false;
	const plans = elements.map((cells, index) =>
		planElement(compiler, cells, specs[index] as ElementSpec),
	);
	const {
		element: elementSeparator,
		component: componentSeparator,
		segment,
	} = profile.serviceString;
	const end = segment + profile.suffix;

	return (scope, context, at, out) => {
		if (when !== undefined && !when(scope, context)) return true;
		let text = tag;
		let decided = always;
		let pendingElements = '';
		for (const plan of plans) {
			pendingElements += elementSeparator;
			let pending = '';
			let written = 0;
			let count = 0;
			for (const cell of plan.cells) {
				if (cell.field === undefined) {
					count += 1;
					if (cell.constant !== '') {
						text += pendingElements + pending + cell.constant;
						pendingElements = '';
						pending = '';
						written |= 1 << (count - 1);
					}
					pending += componentSeparator;
					continue;
				}
				const { kind } = cell.field;
				const value = cell.field.get(scope, context, at);
				if (!decided) {
					if (value === undefined || value === '') return true;
					decided = true;
				}
				const parts = typeof value === 'object' ? value : undefined;
				const length = parts === undefined ? 1 : parts.length;
				for (let index = 0; index < length; index += 1) {
					const part =
						parts === undefined ? ((value as string | undefined) ?? '') : (parts[index] as string);
					count += 1;
					if (part !== '') {
						const spec = plan.components[count - 1];
						if (spec === undefined) return false;
						const plain = plainValue(part, kind, spec, compiler);
						if (plain === undefined) return false;
						text += pendingElements + pending + plain;
						pendingElements = '';
						pending = '';
						written |= 1 << (count - 1);
					}
					pending += componentSeparator;
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
}
