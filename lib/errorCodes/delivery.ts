import type { ErrorCodeTable } from './entry';

/** Codes of `lib/delivery`; every code begins with DELIVERY_. */
export const deliveryErrorCodes = {} as const satisfies ErrorCodeTable;
