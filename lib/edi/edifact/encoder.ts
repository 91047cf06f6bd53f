import { specificationOf } from '../mapping';
import type { InterchangeEncoder } from '../partner';
import { assembleInterchange, groupsOf } from './interchange';
import { usualSet } from './mapping';
import { normalizeEdifactProfile } from './normalizeProfile';
import { prepareDocument } from './prepare';
import type { EdifactBody } from './prepare';
import type { EdifactProfile } from './profile';
import { EDIFACT_SETS } from './setSyntax';
import { verifyInterchange } from './verify';

/** Business documents as EDIFACT interchanges. */
export const edifactEncoder: InterchangeEncoder<EdifactProfile, EdifactBody> = {
	normalizeProfile: normalizeEdifactProfile,
	specification: (id, profile) => specificationOf(EDIFACT_SETS, id, profile.guideline, profile),
	messageIdFor: usualSet,
	groupCount: (prepared, profile) => (profile.groups ? groupsOf(prepared).length : 0),
	prepare: prepareDocument,
	assemble: assembleInterchange,
	verify: (encoded, prepared, profile) =>
		Promise.resolve(verifyInterchange(encoded, prepared, profile)),
};
