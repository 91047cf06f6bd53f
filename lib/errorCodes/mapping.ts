import type { ErrorCodeTable } from './entry';

/** Codes of `lib/mapping`; every code begins with MAPPING_. */
export const mappingErrorCodes = {} as const satisfies ErrorCodeTable;
