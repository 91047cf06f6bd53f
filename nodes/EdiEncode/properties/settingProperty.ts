import type { INodeProperties } from 'n8n-workflow';
import type { SettingField } from '../../../lib/edi/partner';

/** Groups of settings that are a collection of the node. */
export const GROUP_LABELS = {
	envelope: 'Envelope Options',
	characters: 'Characters and Delimiters',
	document: 'Document Options',
} as const;

const COLLECTIONS = {
	envelope: 'envelopeOptions',
	characters: 'characterOptions',
	document: 'documentOptions',
} as const;

export function collectionName(group: keyof typeof COLLECTIONS): string {
	return COLLECTIONS[group];
}

/** Help, where it stands in the file, and what an empty field means. */
function describe({ help, at, otherwise }: SettingField): string {
	const place = at === '' ? '' : ` (${at})`;
	const empty = otherwise === '' ? '' : `. Empty: ${otherwise}.`;
	return `${help.replace(/\.$/, '')}${place}${empty}`;
}

/**
 * A row of the settings as a field of the node. None is required by the editor: behind 'Take New or
 * Changed' the agreement has them, and where nobody has, the reader of the settings says so.
 */
export function settingProperty(field: SettingField): INodeProperties {
	const { name, label, type, choices, placeholder, hint } = field;
	const base = {
		displayName: label,
		name,
		description: describe(field),
		...(placeholder === '' ? {} : { placeholder }),
		...(hint === '' ? {} : { hint }),
	};
	if (type === 'flag') return { ...base, type: 'boolean', default: field.default };
	if (type === 'choice') {
		const options = choices.map(({ value, label: words, help }) => ({
			name: words,
			value,
			...(help === undefined ? {} : { description: help }),
		}));
		return { ...base, type: 'options', options, default: field.default };
	}
	// The field's own spaces would be lost: a replacement that is a space is said in words.
	const text = type === 'replacement' ? '' : String(field.default);
	return { ...base, type: 'string', default: text };
}
