import type { DecimalText } from '../decimal';

/**
 * What a neutral document may hold, as data: validation, the reference in docs/mapping.md and the
 * TypeScript types are made of these tables.
 */
export type ScalarKind =
	| 'text'
	| 'date'
	| 'currency'
	| 'country'
	| 'decimal'
	| 'integer'
	| 'boolean'
	| 'gln'
	| 'gtin'
	/** An IBAN, whose check digits are checked, or a national account number. */
	| 'bankAccount';

export interface ScalarShape {
	readonly kind: ScalarKind;
	readonly required?: boolean;
	readonly codes?: readonly string[];
	/** In words, for messages and the reference. */
	readonly label: string;
}

export interface ObjectShape {
	readonly kind: 'object';
	readonly required?: boolean;
	readonly label: string;
	readonly fields: FieldShapes;
}

export interface ListShape {
	readonly kind: 'list';
	readonly required?: boolean;
	readonly label: string;
	readonly of: ObjectShape | ScalarShape;
}

/** Fields the sender adds for extra segments; any JSON. */
export interface CustomShape {
	readonly kind: 'custom';
	readonly required?: boolean;
	readonly label: string;
}

export type FieldShape = ScalarShape | ObjectShape | ListShape | CustomShape;
export type FieldShapes = Readonly<Record<string, FieldShape>>;

/** `YYYY-MM-DD`, a calendar day without a time zone. */
export type IsoDate = string;

interface ScalarTypes {
	readonly text: string;
	readonly date: IsoDate;
	readonly currency: string;
	readonly country: string;
	readonly decimal: DecimalText;
	readonly integer: number;
	readonly boolean: boolean;
	readonly gln: string;
	readonly gtin: string;
	readonly bankAccount: string;
}

type ValueOf<Shape> = Shape extends { readonly codes: readonly (infer Code)[] }
	? Code
	: Shape extends { readonly kind: infer Kind extends ScalarKind }
		? ScalarTypes[Kind]
		: Shape extends { readonly fields: infer Fields }
			? ObjectOf<Fields>
			: Shape extends { readonly of: infer Part }
				? readonly ValueOf<Part>[]
				: Readonly<Record<string, unknown>>;

type RequiredNames<Fields> = {
	[Name in keyof Fields]: Fields[Name] extends { readonly required: true } ? Name : never;
}[keyof Fields];

/** The type of an object with these fields. */
export type ObjectOf<Fields> = {
	readonly [Name in RequiredNames<Fields>]: ValueOf<Fields[Name]>;
} & {
	readonly [Name in Exclude<keyof Fields, RequiredNames<Fields>>]?: ValueOf<Fields[Name]>;
};

export const must = <Kind extends ScalarKind>(kind: Kind, label: string) =>
	({ kind, label, required: true }) as const;
export const may = <Kind extends ScalarKind>(kind: Kind, label: string) =>
	({ kind, label }) as const;
export const mustBeOneOf = <const Codes extends readonly string[]>(label: string, codes: Codes) =>
	({ kind: 'text', label, required: true, codes }) as const;
export const mayBeOneOf = <const Codes extends readonly string[]>(label: string, codes: Codes) =>
	({ kind: 'text', label, codes }) as const;
export const object = <Fields extends FieldShapes>(label: string, fields: Fields) =>
	({ kind: 'object', label, fields }) as const;
export const mustObject = <Fields extends FieldShapes>(label: string, fields: Fields) =>
	({ kind: 'object', label, fields, required: true }) as const;
export const mustList = <Part extends ListShape['of']>(label: string, of: Part) =>
	({ kind: 'list', label, required: true, of }) as const;

/** Fields of the sender's own, for extra segments. */
export const custom = { kind: 'custom', label: 'fields of your own' } as const;
