import type { ErrorCodeTable } from './entry';

/** Codes of `lib/edi/syntax` and `lib/edi/partner`; every code begins with SYNTAX_. */
export const syntaxErrorCodes = {
	SYNTAX_INVALID_TEMPLATE: {
		meaning: 'A template or condition over the document cannot be read.',
		cause:
			'A brace is missing, a field or format name is misspelt, or a format lacks its argument.',
		action: 'Correct the template the message quotes; fields are listed on the mapping page.',
	},
	SYNTAX_INVALID_CODE_MAP: {
		meaning: 'A code map has an entry that cannot be used.',
		cause: 'An entry lacks your code or the code of the partner.',
		action: 'Complete or remove the entry the message names.',
	},
	SYNTAX_CONTROL_NUMBER_EXECUTION_ID: {
		meaning: 'Control numbers cannot be made from the execution id.',
		cause:
			'The execution was not started by an n8n server, or its database has other ids than numbers.',
		action:
			"Set 'Control Numbers' to 'From Input' and give a number, for example from the template 'Reserve control numbers'.",
	},
	SYNTAX_CONTROL_NUMBER_EXHAUSTED: {
		meaning: 'One execution needs more control numbers than it has.',
		cause: 'More than 999 interchanges and groups in one execution.',
		action:
			"Put several documents into one interchange ('Batching'), send fewer per execution, or set 'Control Numbers' to 'From Input'.",
	},
	SYNTAX_CONTROL_NUMBER_INVALID: {
		meaning: 'A control number is not a whole number from 1 to 999999999.',
		cause: 'The expression gives nothing, a text, or a number with more than nine digits.',
		action: "Correct the expression in 'Control Number'.",
	},
	SYNTAX_CONTROL_NUMBER_REPEATED: {
		meaning: 'Two interchanges or groups would get the same control number.',
		cause: "The expression in 'Control Number' gives the same value for several of them.",
		action: 'Give a different number for each; a list where an interchange has several groups.',
	},
	SYNTAX_IDENTIFIERS_EQUAL: {
		meaning: 'Two different numbers or codes of one file would be sent as the same one.',
		cause:
			"'Replace and Warn' or the code map 'Number or Code' makes two identifiers equal: the partner could not tell them apart.",
		action: "Map one of them to another value in the code map 'Number or Code'.",
	},
	SYNTAX_VERIFY_FAILED: {
		meaning: 'An interchange reads back differently from what was meant.',
		cause: 'A fault in this package, or a setting that lets data and delimiters mix.',
		action:
			'Nothing was sent. Choose other delimiters, and report the document and settings as a bug.',
	},
} as const satisfies ErrorCodeTable;
