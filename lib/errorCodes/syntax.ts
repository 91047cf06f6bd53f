import type { ErrorCodeTable } from './entry';

/** Codes of `lib/syntax`; every code begins with SYNTAX_. */
export const syntaxErrorCodes = {} as const satisfies ErrorCodeTable;
