import type { DocumentType } from '../../documents';
import type { InterchangeEncoder } from '../partner';
import { assembleX12, groupsOf } from './assemble';
import { mappingFor } from './mapping';
import { normalizeX12Profile } from './normalizeProfile';
import { prepareX12 } from './prepare';
import type { X12Body } from './prepare';
import type { X12Profile } from './profile';
import { verifyX12 } from './readBack';

function messageIdFor(type: DocumentType): string {
	return mappingFor(type)?.set ?? '';
}

/** Business documents as X12 interchanges. */
export const x12Encoder: InterchangeEncoder<X12Profile, X12Body> = {
	normalizeProfile: normalizeX12Profile,
	messageIdFor,
	groupCount: (prepared) => groupsOf(prepared).length,
	prepare: prepareX12,
	assemble: assembleX12,
	verify: verifyX12,
};
