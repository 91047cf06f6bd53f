import type { CoreErrorCode, Issue } from '../../errors';
import type { LayoutJson } from '../presets/fields';
import type { OpenQuestion } from './fieldType';

/** A field in the making. */
export interface ListField {
	/** Position of its row among the items. */
	readonly index: number;
	readonly name: string;
	readonly record: string;
	/** Without name, start and width. */
	readonly settings: LayoutJson;
	readonly start: number | undefined;
	readonly width: number | undefined;
	readonly open: readonly OpenQuestion[];
}

/** Collects what a person should look at. */
export class ListFindings {
	readonly issues: Issue[] = [];

	/** The layout cannot be used like this. */
	error(code: CoreErrorCode, path: string, message: string): void {
		this.issues.push({ code, severity: 'error', path, message });
	}

	/** The layout can be used, and may be wrong. */
	doubt(code: CoreErrorCode, path: string, message: string): void {
		this.issues.push({ code, severity: 'warning', path, message });
	}
}

/** Fields that the layout fills by itself. */
export function takesSource({ settings }: ListField): boolean {
	return !['constant', 'filler', 'counter', 'count', 'sum'].includes(String(settings['type']));
}

const SHOWN = 8;

/** `'a', 'b' and 3 more`. */
export function nameAll(names: readonly string[]): string {
	const shown = names.slice(0, SHOWN).map((name) => `'${name}'`);
	const more = names.length - shown.length;
	return shown.join(', ') + (more > 0 ? ` and ${more} more` : '');
}
