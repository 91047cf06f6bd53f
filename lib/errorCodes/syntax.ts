import type { ErrorCodeTable } from './entry';

/** Codes of `lib/syntax`; every code begins with SYNTAX_. */
export const syntaxErrorCodes = {
	SYNTAX_INVALID_TEMPLATE: {
		meaning: 'A template or condition over the document cannot be read.',
		cause: 'A brace is missing, a field or format name is misspelt, or a format lacks its argument.',
		action: 'Correct the template the message quotes; fields are listed on the mapping page.',
	},
	SYNTAX_INVALID_CODE_MAP: {
		meaning: 'A code map has an entry that cannot be used.',
		cause: 'An entry lacks your code or the code of the partner.',
		action: 'Complete or remove the entry the message names.',
	},
} as const satisfies ErrorCodeTable;
