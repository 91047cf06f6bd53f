import type { ErrorCodeTable } from './entry';

/** Codes of guidelines in `lib/edi/mapping`; every code begins with GUIDELINE_. */
export const guidelineErrorCodes = {
	GUIDELINE_INVALID: {
		meaning: 'The guideline of a partner cannot be used.',
		cause: 'It names a segment, element or setting that the set does not have, or is no table.',
		action: 'Correct what the message names; docs/guideline.md says what can be written.',
	},
	GUIDELINE_NOT_MET: {
		meaning: "A document lacks something that the partner's guideline wants.",
		cause: 'A required field is empty, or a value is too long or not a code of the guideline.',
		action: 'Complete the document, map the value, or correct the guideline.',
	},
} as const satisfies ErrorCodeTable;
