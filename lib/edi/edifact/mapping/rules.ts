import type { GroupInstance, Section } from '../messageBuilder';
import { trimSegment } from '../segment';
import { constantOf, isField } from './cells';
import type { Cell, FieldCell, When } from './cells';
import type { MappingContext } from './context';
import { compileSegment } from './plan';
import type { Compiler, Step } from './plan';

/** Where a segment came from, for messages about it. */
export interface Origin {
	readonly name: string;
	/** `lines[2].` or empty. */
	readonly at: string;
	/** Document path of a component, counted from 1 like the standard counts. */
	path(element: number, component: number): string;
}

/** One line of the mapping reference. */
export interface MappingRow {
	readonly name: string;
	readonly group: string;
	readonly position: string;
	/** Document path, or the constant. */
	readonly value: string;
	readonly constant: boolean;
	readonly note: string;
	readonly sentByDefault: boolean;
}

export interface Rule<Scope> {
	/** The quick way, for documents that need no care; must write what `write` would. */
	compile(compiler: Compiler): Step<Scope>;
	write(scope: Scope, target: GroupInstance<Origin>, context: MappingContext, at: string): void;
	rows(group: string, prefix: string): readonly MappingRow[];
}

export interface SegmentOptions<Scope> {
	/** As profiles and the reference name it; by default the tag and its qualifier: `RFF+VA`. */
	readonly name?: string;
	readonly section?: Section;
	/** Sent also when its first field has no value. */
	readonly always?: boolean;
	readonly when?: When<Scope>;
	/** Off unless the profile asks for it. */
	readonly onRequest?: boolean;
	readonly note?: string;
	/** Rules inside the group that this segment begins. */
	readonly inside?: readonly Rule<Scope>[];
}

const POSITION_PAD = 2;

/**
 * A segment: its data elements, each a list of components. It is sent when its first field has a
 * value; where it begins a segment group, the rules inside follow it.
 */
export function segment<Scope>(
	tag: string,
	elements: readonly (readonly Cell<Scope>[])[],
	options: SegmentOptions<Scope> = {},
): Rule<Scope> {
	const first = elements[0]?.[0];
	const name = options.name ?? (typeof first === 'string' ? `${tag}+${first}` : tag);
	const { section = 'header', inside = [], when, always = false, onRequest = false } = options;

	const path = (at: string, element: number, component: number): string => {
		const cells = elements[element - 1] ?? [];
		const cell = cells[component - 1] ?? cells.findLast(isField);
		return cell === undefined || !isField(cell) ? '' : `${at}${cell.field}`;
	};

	return {
		compile(compiler) {
			const inner = inside.map((rule) => rule.compile(compiler));
			return compileSegment(compiler, { tag, name, elements, when, always, onRequest }, inner);
		},
		write(scope, target, context, at) {
			if (!context.sends(name, onRequest)) return;
			if (when !== undefined && !when(scope, context)) return;
			const values: string[][] = [];
			let decided = always;
			for (const cells of elements) {
				const components: string[] = [];
				for (const cell of cells) {
					if (!isField(cell)) {
						const constant = constantOf(cell, context.profile);
						if (constant === '' && typeof cell !== 'string') return;
						components.push(constant);
						continue;
					}
					const value = cell.get(scope, context, at);
					if (!decided && (value === undefined || value === '')) return;
					decided = true;
					const field = `${at}${cell.field}`;
					if (value === undefined) components.push('');
					else if (typeof value === 'string') components.push(context.fit(value, field, cell.kind));
					else for (const part of value) components.push(part);
				}
				values.push(components);
			}
			const origin: Origin = {
				name,
				at,
				path: (element, component) => path(at, element, component),
			};
			const group = target.add({ segment: trimSegment(tag, values), origin }, section);
			if (group === undefined) throw new TypeError(`${name} has no place in ${target.shape.id}`);
			for (const rule of inside) rule.write(scope, group, context, at);
		},
		rows(group, prefix) {
			const own = elements.flatMap((cells, element) =>
				cells.flatMap((cell, component): MappingRow[] => {
					if (cell === '') return [];
					const number = String(element + 1).padStart(POSITION_PAD, '0');
					return [
						{
							name,
							group,
							position: `${tag} ${number}${cells.length > 1 ? `.${component + 1}` : ''}`,
							value: describeCell(cell, prefix),
							constant: !isField(cell),
							note: options.note ?? '',
							sentByDefault: !onRequest,
						},
					];
				}),
			);
			return [...own, ...inside.flatMap((rule) => rule.rows(name, prefix))];
		},
	};
}

function describeCell<Scope>(cell: Cell<Scope>, prefix: string): string {
	if (typeof cell === 'string') return cell;
	return isField(cell) ? `${prefix}${cell.field}` : `setting ${cell.setting}`;
}

/** Rules for every part of the scope: lines, taxes, chunks of a long text. */
export function each<Scope, Part>(
	parts: (scope: Scope, context: MappingContext, at: string) => readonly Part[],
	field: string,
	rules: readonly Rule<Part>[],
	hooks: { readonly indexed?: boolean } = {},
): Rule<Scope> {
	const { indexed = true } = hooks;
	return {
		compile(compiler) {
			const steps = rules.map((rule) => rule.compile(compiler));
			return (scope, context, at, out) => {
				const all = parts(scope, context, at);
				for (let index = 0; index < all.length; index += 1) {
					const inner = indexed ? `${at}${field}[${index}].` : at;
					const part = all[index] as Part;
					for (const step of steps) if (!step(part, context, inner, out)) return false;
				}
				return true;
			};
		},
		write(scope, target, context, at) {
			parts(scope, context, at).forEach((part, index) => {
				const inner = indexed ? `${at}${field}[${index}].` : at;
				for (const rule of rules) rule.write(part, target, context, inner);
			});
		},
		rows: (group, prefix) =>
			rules.flatMap((rule) => rule.rows(group, indexed ? `${prefix}${field}[].` : prefix)),
	};
}

/** Rules for a part of the scope that may be absent: a party, the payment terms. */
export function within<Scope, Part>(
	part: (scope: Scope, context: MappingContext) => Part | undefined,
	field: string,
	rules: readonly Rule<Part>[],
): Rule<Scope> {
	const prefix = field === '' ? '' : `${field}.`;
	return {
		compile(compiler) {
			const steps = rules.map((rule) => rule.compile(compiler));
			return (scope, context, at, out) => {
				const inner = part(scope, context);
				if (inner === undefined) return true;
				for (const step of steps) if (!step(inner, context, at + prefix, out)) return false;
				return true;
			};
		},
		write(scope, target, context, at) {
			const inner = part(scope, context);
			if (inner === undefined) return;
			for (const rule of rules) rule.write(inner, target, context, `${at}${prefix}`);
		},
		rows: (group, outer) => rules.flatMap((rule) => rule.rows(group, `${outer}${prefix}`)),
	};
}

export function text<Scope>(field: string, get: FieldCell<Scope>['get']): FieldCell<Scope> {
	return { field, kind: 'text', get };
}

export function code<Scope>(field: string, get: FieldCell<Scope>['get']): FieldCell<Scope> {
	return { field, kind: 'code', get };
}

export function number<Scope>(field: string, get: FieldCell<Scope>['get']): FieldCell<Scope> {
	return { field, kind: 'number', get };
}
