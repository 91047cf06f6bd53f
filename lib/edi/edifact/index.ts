export {
	characterSetNames,
	charsetOf,
	isKnownCharacterSet,
	type CharacterSetName,
	type Charset,
} from './characterSets';
export {
	directories,
	directoryTables,
	isDirectory,
	isServiceTag,
	messageSchema,
	serviceSegments,
	serviceTables,
	type Directory,
	type EdifactMessage,
	type SyntaxVersion,
} from './directory';
export { edifactEncoder } from './encoder';
export { MAPPINGS, mappingRows } from './mapping';
export type { EdifactBody } from './prepare';
export type { EdifactProfile, EdifactProfileSettings } from './profile';
export { makeRelease, separatorsOf, writeServiceString } from './release';
export { trimSegment, type EdifactSegment } from './segment';
export * from './serviceString';
export { EDIFACT_SETTINGS, type ExtraSegmentSettings } from './settings';
export * from './tokenizer';
export {
	isCalendarDay,
	validateSegment,
	type SegmentPlace,
	type SegmentRules,
} from './validateSegment';
export {
	additionalCodesOf,
	edifactCodeMeaning,
	edifactElementName,
	edifactSegmentName,
	isEdifactSegment,
} from './directory';
