import type { ErrorCodeTable } from './entry';

/** Codes of `lib/exact`; every code begins with EXACT_. */
export const exactErrorCodes = {} as const satisfies ErrorCodeTable;
