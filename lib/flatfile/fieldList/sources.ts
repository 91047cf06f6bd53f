import type { LayoutJson } from '../presets/fields';
import {  takesSource } from './listField';
import type {ListField} from './listField';
import { plainWord, recordKindOf } from './words';

/** Sources of the preset's fields, by names that are the same but for case and spaces. */
export function withSources(
	fields: readonly ListField[],
	preset: LayoutJson | undefined,
): readonly ListField[] {
	if (preset === undefined) return fields;
	const sources = new Map<string, LayoutJson>();
	for (const { kind, fields: known } of preset['records'] as readonly {
		kind: string;
		fields: readonly LayoutJson[];
	}[]) {
		for (const { name, source, optional } of known) {
			if (typeof source !== 'string') continue;
			const found = { source, ...(optional === undefined ? {} : { optional }) };
			const ofLine = kind === 'subDetail';
			sources.set(`${ofLine ? 'line' : ''}.${plainWord(String(name))}`, found);
		}
	}
	return fields.map((field) => {
		const { settings } = field;
		if (settings['source'] !== undefined || !takesSource(field)) return field;
		const word = plainWord(field.name);
		const inLine = recordKindOf(field.record) === 'line';
		const found = (inLine ? sources.get(`line.${word}`) : undefined) ?? sources.get(`.${word}`);
		return found === undefined ? field : { ...field, settings: { ...settings, ...found } };
	});
}
