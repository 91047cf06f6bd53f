export {
	contentHash,
	detectResource,
	documentHead,
	isDocumentResource,
	type DocumentIdentity,
} from './identity';
export { checkDefaults, DOCUMENT_PATHS, STATUS_FIELDS, type MappingOptions } from './options';
export { readNeutralDocument } from './neutral';
export type { Row } from './paths';
export { toRemittances, type RemittanceResult } from './remittances';
export { MAPPING_RULES, type DocumentResource, type FieldRule } from './rules';
export { toDocument, type MappingResult } from './toDocument';
export { divisionOfKey, documentKey, parseDocumentKey, type DocumentKey } from './key';
