import type { InterchangeEncoder } from '../partner';
import { assembleInterchange, groupsOf } from './interchange';
import { specificationOf } from '../mapping';
import { usualSet } from './mapping';
import { normalizeX12Profile } from './normalizeProfile';
import { prepareDocument } from './prepare';
import type { X12Body } from './prepare';
import type { X12Profile } from './profile';
import { verifyInterchange } from './verify';
import { X12_SETS } from './setSyntax';

/** Business documents as X12 interchanges. */
export const x12Encoder: InterchangeEncoder<X12Profile, X12Body> = {
	normalizeProfile: normalizeX12Profile,
	messageIdFor: usualSet,
	specification: (id, profile) => specificationOf(X12_SETS, id, profile.guideline, profile),
	groupCount: (prepared) => groupsOf(prepared).length,
	prepare: prepareDocument,
	assemble: assembleInterchange,
	verify: verifyInterchange,
};
