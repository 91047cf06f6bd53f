import type { Choice, Setting, SettingGroup, SettingsTable } from './settings';

/** A setting as a field of a form, in plain data: for a node, or for a partner directory. */
export interface SettingField {
	readonly name: string;
	readonly label: string;
	readonly type: Setting['type'];
	readonly group: SettingGroup;
	readonly help: string;
	readonly at: string;
	readonly required: boolean;
	/** Empty where it follows from other settings; `otherwise` says from which. */
	readonly default: string | number | boolean;
	readonly otherwise: string;
	readonly placeholder: string;
	readonly hint: string;
	readonly choices: readonly Choice[];
	readonly maximum: number | undefined;
}

/** In the order of the table. */
export function fieldsOf(table: SettingsTable): readonly SettingField[] {
	return Object.entries(table).map(([name, row]) => ({
		name,
		label: row.label,
		type: row.type,
		group: row.group,
		help: row.help,
		at: row.at ?? '',
		required: row.type === 'text' && row.required === true,
		default: 'default' in row ? (row.default ?? '') : '',
		otherwise: row.otherwise ?? '',
		placeholder: row.placeholder ?? '',
		hint: row.hint ?? '',
		choices: row.type === 'choice' ? row.choices : [],
		maximum: 'max' in row ? row.max : undefined,
	}));
}
