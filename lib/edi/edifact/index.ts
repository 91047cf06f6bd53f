import type { DocumentType } from '../../documents';
import type {
	EncodedInterchange,
	Envelope,
	InterchangeEncoder,
	PreparedDocument,
} from '../partner';
import { groupsOf, writeInterchange } from './interchange';
import { specificationOf } from '../mapping';
import { defaultMapping } from './mapping';
import { EDIFACT_SETS } from './setSyntax';
import { prepareDocument } from './prepare';
import type { EdifactBody } from './prepare';
import type { EdifactProfile } from './profile';
import { normalizeEdifactProfile } from './normalizeProfile';
import { verifyInterchange } from './verify';

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

function assemble(
	prepared: readonly PreparedDocument<EdifactBody>[],
	profile: EdifactProfile,
	envelope: Envelope,
): EncodedInterchange {
	const { text, documents, segmentCount } = writeInterchange(prepared, profile, envelope);
	const groups = profile.groups ? groupsOf(prepared).length : 0;
	return {
		standard: 'EDIFACT',
		release: profile.release,
		bytes: profile.charset.encode(text),
		mimeType: 'application/edifact',
		interchangeControlNumber: envelope.interchangeControlNumber,
		groupControlNumbers: envelope.groupControlNumbers.slice(0, groups),
		preparedAt: envelope.preparedAt,
		segmentCount,
		documents,
	};
}

/** EDIFACT behind the encoder contract that it shares with X12. */
export const edifactEncoder: InterchangeEncoder<EdifactProfile, EdifactBody> = {
	normalizeProfile: normalizeEdifactProfile,
	specification: (id, profile) => specificationOf(EDIFACT_SETS, id, profile.guideline, profile),
	messageIdFor: (type: DocumentType) => defaultMapping(type).id,
	groupCount: (prepared, profile) => (profile.groups ? groupsOf(prepared).length : 0),
	prepare: prepareDocument,
	assemble,
	verify: (encoded, prepared, profile) =>
		Promise.resolve(verifyInterchange(encoded, prepared, profile)),
};
