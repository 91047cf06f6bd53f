import type { EdifactProfile, EdifactProfileSettings } from '../profile';
import type { MappingContext } from './context';

/** A value of the document in a component: what the reference prints and what messages name. */
export interface FieldCell<Scope> {
	/** Document path, from the scope: `item.gtin` of a line. */
	readonly field: string;
	/** Free text may be transliterated without a word; numbers and codes not. */
	readonly kind: 'text' | 'code' | 'number';
	/** Several values fill the components from here on. */
	readonly get: (
		scope: Scope,
		context: MappingContext,
		at: string,
	) => string | readonly string[] | undefined;
}

/** A constant of the profile, such as the qualifier of a reference; empty: the segment is not sent. */
export interface SettingCell {
	readonly setting: keyof EdifactProfileSettings;
	readonly of: (profile: EdifactProfile) => string;
}

/** A constant (`'380'`), a setting, or a field. */
export type Cell<Scope> = string | SettingCell | FieldCell<Scope>;

/** Whether a segment is sent at all. */
export type When<Scope> = (scope: Scope, context: MappingContext) => boolean;

export function isField<Scope>(cell: Cell<Scope>): cell is FieldCell<Scope> {
	return typeof cell !== 'string' && 'get' in cell;
}

/** What a constant or setting is for a profile. */
export function constantOf(cell: string | SettingCell, profile: EdifactProfile): string {
	return typeof cell === 'string' ? cell : cell.of(profile);
}
