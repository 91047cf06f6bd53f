import type { ErrorCodeTable } from './entry';

/** Codes of `lib/documents`; every code begins with DOCUMENT_. */
export const documentsErrorCodes = {} as const satisfies ErrorCodeTable;
