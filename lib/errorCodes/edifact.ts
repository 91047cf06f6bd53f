import type { ErrorCodeTable } from './entry';

/** Codes of `lib/edifact`; every code begins with EDIFACT_. */
export const edifactErrorCodes = {} as const satisfies ErrorCodeTable;
