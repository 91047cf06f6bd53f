import type { ErrorCodeTable } from './entry';

/** Codes of `lib/acks`; every code begins with ACK_. */
export const acksErrorCodes = {} as const satisfies ErrorCodeTable;
