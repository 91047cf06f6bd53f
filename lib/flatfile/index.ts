export { type EncodingName, ENCODINGS } from './charset';
export { controlFile, type ControlFacts } from './controlFile';
export { neutralizeFormula } from './csv';
export { formatInstant } from './dateFormat';
export { documentFacts, type DocumentFacts } from './documentFacts';
export type { FlatFileInput } from './draft';
export {
	encodeFlatFile,
	type FlatFile,
	type FlatFileResult,
	type FlatFileRun,
	type RejectedInput,
	requireAllAccepted,
} from './encode';
export { layoutFromList, type ListLayout, type ListSettings } from './fieldList/layoutFromList';
export type { Field, FieldType, FlatFileFormat, Layout, RecordKind, RecordLayout } from './layout';
export { takesValue } from './layout';
export { layoutJsonSchema } from './layoutSchema';
export {
	CSV_SETTINGS,
	FIELD_SETTINGS,
	LAYOUT_SETTINGS,
	RECORD_SETTINGS,
	type Setting,
	type Settings,
} from './layoutSettings';
export { parseLayout } from './parseLayout';
export { type LayoutJson, PRESET_NAMES, type PresetName, presetLayout } from './presets';
