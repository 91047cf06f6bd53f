/** The reference page of a partner's settings, from the settings tables of both standards. */
import type { SettingField } from '../lib/edi/partner/index.ts';

const GROUPS = {
	partner: 'Who sends to whom',
	envelope: 'Envelope',
	characters: 'Characters and delimiters',
	document: 'Documents',
	mapping: 'Mapping',
} as const;

const cell = (text: string): string => text.replaceAll('|', '\\|');

function formOf({ type, choices, maximum }: SettingField): string {
	if (type === 'choice') return choices.map(({ value }) => `\`${value}\``).join(', ');
	if (type === 'flag') return '`true`, `false`';
	if (type === 'delimiter') return 'one character, also `\\n`, `\\r`, `\\t`, `\\x1d`';
	if (type === 'replacement') return 'one character or none';
	if (type === 'names') return 'list of texts';
	if (type === 'structure') return 'JSON';
	const kind = type === 'code' ? 'code' : 'text';
	return maximum === undefined ? kind : `${kind}, at most ${maximum}`;
}

function defaultOf(field: SettingField): string {
	if (field.required) return 'required';
	if (field.otherwise !== '') return field.otherwise;
	if (field.default === ' ') return 'a space';
	return field.default === '' ? '' : `\`${field.default}\``;
}

function section(fields: readonly SettingField[]): string {
	return Object.entries(GROUPS)
		.map(([group, title]) => {
			const rows = fields
				.filter((field) => field.group === group)
				.map(
					(field) =>
						`| \`${field.name}\` | ${cell(field.label)} | ${cell(field.help)} | ${cell(field.at)} | ${cell(formOf(field))} | ${cell(defaultOf(field))} |`,
				);
			return `### ${title}\n\n| name | label | what it is | where | form | default |\n| --- | --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`;
		})
		.join('\n');
}

export function settingsPage(
	x12: readonly SettingField[],
	edifact: readonly SettingField[],
): Record<string, () => string> {
	return {
		'reference/settings.md': () =>
			`# Settings of a partner\n\nThis page is made from \`lib/edi/x12/settings.ts\` and \`lib/edi/edifact/settings.ts\` by \`npm run docs\`. The names are those of *Partner Profile*, the labels those of the node. Names that are not known are refused.\n\n## X12\n\n${section(x12)}\n## EDIFACT\n\n${section(edifact)}`,
	};
}
