import type { BusinessDocument } from '../../../documents';

type Purpose = NonNullable<BusinessDocument['purpose']>;

/** DE353: what a set is sent for. */
export const PURPOSES: Readonly<Record<Purpose, string>> = {
	original: '00',
	cancellation: '01',
	replacement: '05',
};
