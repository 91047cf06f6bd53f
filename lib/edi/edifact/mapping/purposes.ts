import type { BusinessDocument } from '../../../documents';
import { code } from './words';

type Purpose = NonNullable<BusinessDocument['purpose']>;

const PURPOSES: Readonly<Record<Purpose, string>> = {
	original: '9',
	cancellation: '1',
	replacement: '5',
};

/** BGM 1225: what a message is sent for. */
export const purposeCode = code<BusinessDocument>(
	'purpose',
	({ purpose = 'original' }) => PURPOSES[purpose],
	'9, a replacement 5, a cancellation 1',
);
