import type { ErrorCodeTable } from './entry';

/** Codes of `lib/flatfile`; every code begins with FLATFILE_. */
export const flatfileErrorCodes = {} as const satisfies ErrorCodeTable;
