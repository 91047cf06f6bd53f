import type { ErrorCodeTable } from './entry';

/** Codes of `lib/audit`; every code begins with AUDIT_. */
export const auditErrorCodes = {} as const satisfies ErrorCodeTable;
