import { CoreError } from '../../errors';
import * as documents from './documents';
import type { LayoutJson } from './fields';
import * as masterData from './masterData';

export type { LayoutJson } from './fields';

/** One layout for each resource of Exact Online: a start to change, and a format to receive. */
export const PRESETS = { ...documents, ...masterData } as const;

export type PresetName = keyof typeof PRESETS;

export const PRESET_NAMES = Object.keys(PRESETS) as readonly PresetName[];

export function presetLayout(name: string): LayoutJson {
	if (Object.hasOwn(PRESETS, name)) return PRESETS[name as PresetName];
	throw new CoreError(
		'FLATFILE_PRESET_UNKNOWN',
		`There is no preset layout '${name}'. There are: ${PRESET_NAMES.join(', ')}.`,
		{ path: 'preset' },
	);
}
