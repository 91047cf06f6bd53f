import type { SegmentSpec } from '../syntax';
import type { SegmentGuideline } from './guideline';

/**
 * How a document becomes a transaction set or message, as data and in one language for every syntax:
 * which field becomes which element. `compile` makes a writer of the rules, `describe` the reference.
 */

/** What getters see beside the part of the document at hand; a syntax adds its own to it. */
export interface RuleContext {
	readonly profile: object;
	/** Number of the hierarchical level at hand, and of the one above it (HL01, HL02). */
	level?: Level | undefined;
	/** The line (or remittance item) at hand, for templates. */
	line?: unknown;
}

export interface Level {
	readonly number: number;
	readonly parent: number | undefined;
}

/** Sections around the lines: a tag may stand before and behind them. */
export type Section = 'header' | 'summary';

export type Getter<Scope, Context, Value> = (scope: Scope, context: Context, at: string) => Value;

/** A value of the document: what the reference prints and what messages name. */
export interface FieldCell<Scope, Context> {
	/** Document path, from the scope: `item.gtin` of a line. Empty: from no field. */
	readonly field: string;
	/** The path begins at the document, or with `line.`, wherever the rule stands. */
	readonly absolute?: true;
	/** Free text may be fitted without a word; codes are sent as they are; numbers are the writer's own. */
	readonly kind: 'text' | 'code' | 'number';
	/** Several values fill the components from here on, and are fitted by the getter itself. */
	readonly get: Getter<Scope, Context, string | readonly string[] | undefined>;
	/** For the reference. */
	readonly note: string;
	/** Sent only where the partner's guideline asks for it. */
	readonly optional?: true;
}

/** A constant of the profile, such as the qualifier of a reference; empty: the segment is not sent. */
export interface SettingCell<Context extends RuleContext> {
	readonly setting: string;
	readonly of: (profile: Context['profile']) => string;
}

/** A constant (`'380'`), a setting, or a field. */
export type Cell<Scope, Context extends RuleContext> =
	| string
	| SettingCell<Context>
	| FieldCell<Scope, Context>;

/** A value with the code that says what it is: `VN` and the vendor's number, `TE` and a telephone. */
export interface Pair<Scope, Context> {
	readonly field: string;
	readonly absolute?: true;
	readonly kind: FieldCell<Scope, Context>['kind'];
	readonly qualifier: string | Getter<Scope, Context, string | undefined>;
	readonly get: Getter<Scope, Context, string | undefined>;
	readonly note: string;
	/** Where it cannot be sent, the pair is left out with a warning. */
	readonly dispensable: boolean;
}

/** The rest of a segment: pairs whose value is there, closed up. */
export interface Pairs<Scope, Context> {
	readonly pairs: readonly Pair<Scope, Context>[];
	/** Two elements, or one composite of the value and then the code. */
	readonly form: 'elements' | 'composite';
}

/** A simple element, a composite, or everything from here on. */
export type Element<Scope, Context extends RuleContext> =
	| Cell<Scope, Context>
	| readonly Cell<Scope, Context>[]
	| Pairs<Scope, Context>;

/** `required` is always sent; `off` only where the partner asks for it. */
export type Usage = 'required' | 'on' | 'off';

export interface SegmentOptions<Scope, Context extends RuleContext> {
	/** As settings and the reference name it; by default the tag and its qualifier: `RFF+VA`. */
	readonly name?: string;
	readonly section?: Section;
	/** Sent also when its first field has no value. */
	readonly always?: boolean;
	readonly when?: (scope: Scope, context: Context) => boolean;
	readonly usage?: Usage;
	readonly note?: string;
	/** Rules inside the loop or group that this segment begins. */
	readonly inside?: readonly Rule<Scope, Context>[];
}

/**
 * A segment is sent when its first field has a value; where it begins a loop or group, the rules
 * inside follow it.
 */
export interface SegmentRule<Scope, Context extends RuleContext> {
	readonly is: 'segment';
	readonly tag: string;
	readonly name: string;
	readonly elements: readonly Element<Scope, Context>[];
	readonly section: Section;
	readonly always: boolean;
	readonly when: ((scope: Scope, context: Context) => boolean) | undefined;
	readonly usage: Usage;
	readonly note: string;
	readonly inside: readonly Rule<Scope, Context>[];
	/** What the partner's guideline wants of it. */
	readonly guideline?: SegmentGuideline;
	/** The segment with the codes that the guideline adds, in place of the standard's. */
	readonly spec?: SegmentSpec;
}

/** Rules for every part of the scope: lines, taxes, chunks of a long text. */
export interface EachRule<Scope, Context extends RuleContext> {
	readonly is: 'each';
	readonly parts: Getter<Scope, Context, readonly unknown[]>;
	readonly field: string;
	/** Parts that are fields of the document have a path of their own: `lines[2].`. */
	readonly indexed: boolean;
	/** The parts are what templates call `line`. */
	readonly areLines: boolean;
	readonly rules: readonly Rule<never, Context>[];
}

/** Rules for a part of the scope that may be absent: a party, the payment terms. */
export interface WithinRule<Scope, Context extends RuleContext> {
	readonly is: 'within';
	readonly part: (scope: Scope, context: Context) => unknown;
	readonly field: string;
	readonly rules: readonly Rule<never, Context>[];
}

/**
 * Levels that say by numbers what they stand below (HL, CPS), although all of them are one loop:
 * shipment, order, item.
 */
export interface LevelsRule<Scope, Context extends RuleContext> {
	readonly is: 'levels';
	readonly parts: Getter<Scope, Context, readonly unknown[]>;
	readonly field: string;
	readonly segment: SegmentRule<never, Context>;
	readonly below: readonly LevelsRule<never, Context>[];
}

export type Rule<Scope, Context extends RuleContext> =
	| SegmentRule<Scope, Context>
	| EachRule<Scope, Context>
	| WithinRule<Scope, Context>
	| LevelsRule<Scope, Context>;

export function isField<Scope, Context extends RuleContext>(
	cell: Cell<Scope, Context>,
): cell is FieldCell<Scope, Context> {
	return typeof cell !== 'string' && 'get' in cell;
}

const LINE = /^(?:lines|items)\[\d+\]\./;

/** The document path of a field where the scope has the path `at`; empty if from no field. */
export function pathOf(
	{ field, absolute }: { readonly field: string; readonly absolute?: true },
	at: string,
): string {
	if (field === '' || absolute !== true) return field === '' ? '' : at + field;
	const [step = '', ...rest] = field.split('.');
	if (step !== 'line' && step !== 'item') return field;
	return `${LINE.exec(at)?.[0] ?? ''}${rest.join('.')}`;
}

export function isPairs<Scope, Context extends RuleContext>(
	element: Element<Scope, Context>,
): element is Pairs<Scope, Context> {
	return typeof element !== 'string' && 'pairs' in element;
}

/** What a pair's value is, for the document at hand. */
export function qualifierOf<Scope, Context>(
	{ qualifier }: Pair<Scope, Context>,
	scope: Scope,
	context: Context,
	at: string,
): string {
	return typeof qualifier === 'string' ? qualifier : (qualifier(scope, context, at) ?? '');
}

/** The cells of an element, one for each component. */
export function cellsOf<Scope, Context extends RuleContext>(
	element: Exclude<Element<Scope, Context>, Pairs<Scope, Context>>,
): readonly Cell<Scope, Context>[] {
	return typeof element === 'string' || !('length' in element) ? [element] : element;
}

/** What a constant or setting is for a profile. */
export function constantOf<Context extends RuleContext>(
	cell: string | SettingCell<Context>,
	profile: Context['profile'],
): string {
	return typeof cell === 'string' ? cell : cell.of(profile);
}

/** The words of the language for the context of a syntax, so that tables need not name it. */
export function vocabulary<Context extends RuleContext>(mark: string) {
	/** A part that is `undefined` keeps its place in the list and is not sent. */
	type Parts<Scope, Part> = Getter<Scope, Context, readonly (Part | undefined)[]>;
	const field =
		(kind: FieldCell<never, Context>['kind']) =>
		<Scope>(
			path: string,
			get: FieldCell<Scope, Context>['get'],
			note = '',
		): FieldCell<Scope, Context> => ({ field: path, kind, get, note });
	return {
		text: field('text'),
		code: field('code'),
		number: field('number'),
		/** Sent only where the partner's guideline asks for it. */
		optional<Scope>(cell: FieldCell<Scope, Context>): FieldCell<Scope, Context> {
			return { ...cell, optional: true };
		},
		segment<Scope>(
			tag: string,
			elements: readonly Element<Scope, Context>[],
			options: SegmentOptions<Scope, Context> = {},
		): SegmentRule<Scope, Context> {
			const [head = ''] = elements;
			const first = isPairs(head) ? '' : cellsOf(head)[0];
			return {
				is: 'segment',
				tag,
				elements,
				name:
					options.name ??
					(typeof first === 'string' && first !== '' ? `${tag}${mark}${first}` : tag),
				section: options.section ?? 'header',
				always: options.always ?? false,
				when: options.when,
				usage: options.usage ?? 'on',
				note: options.note ?? '',
				inside: options.inside ?? [],
			};
		},
		each<Scope, Part>(
			parts: Parts<Scope, Part>,
			path: string,
			rules: readonly Rule<Part, Context>[],
			{ indexed = true }: { readonly indexed?: boolean } = {},
		): EachRule<Scope, Context> {
			return { is: 'each', parts, field: path, indexed, areLines: false, rules };
		},
		/** The lines of the document, each of them once. */
		lines<Scope, Part>(
			parts: Parts<Scope, Part>,
			path: string,
			rules: readonly Rule<Part, Context>[],
		): EachRule<Scope, Context> {
			return { is: 'each', parts, field: path, indexed: true, areLines: true, rules };
		},
		within<Scope, Part>(
			part: (scope: Scope, context: Context) => Part | undefined,
			path: string,
			rules: readonly Rule<Part, Context>[],
		): WithinRule<Scope, Context> {
			return { is: 'within', part, field: path, rules };
		},
		levels<Scope, Part>(
			parts: Parts<Scope, Part>,
			path: string,
			segment: SegmentRule<Part, Context>,
			below: readonly LevelsRule<Part, Context>[] = [],
		): LevelsRule<Scope, Context> {
			return { is: 'levels', parts, field: path, segment, below };
		},
		pair<Scope>(
			qualifier: string | Getter<Scope, Context, string | undefined>,
			path: string,
			get: Getter<Scope, Context, string | undefined>,
			more: Partial<Pick<Pair<Scope, Context>, 'note' | 'dispensable'>> = {},
		): Pair<Scope, Context> {
			return {
				field: path,
				kind: 'code',
				qualifier,
				get,
				note: more.note ?? (typeof qualifier === 'string' ? qualifier : ''),
				dispensable: more.dispensable ?? false,
			};
		},
	};
}
