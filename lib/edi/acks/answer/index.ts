export { bodyCode, envelopeCode } from './edifactCodes';
export * from './respond';
export * from './options';
export type { ReportedFinding, ReportedSet } from './report';
export { ELEMENT_CODES, groupCode, interchangeCode, SEGMENT_CODES, setCode } from './x12Codes';
