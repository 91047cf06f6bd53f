import type { ErrorCodeTable } from './entry';

/** Codes of `lib/x12`; every code begins with X12_. */
export const x12ErrorCodes = {} as const satisfies ErrorCodeTable;
