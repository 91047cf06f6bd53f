import { getPath } from './paths';
import type { Row } from './paths';
import { MAPPING_RULES } from './rules';
import type { DocumentResource, FieldRule } from './rules';

const NOUNS: Readonly<Record<DocumentResource, string>> = {
	purchaseEntry: 'Purchase entry',
	purchaseInvoice: 'Purchase invoice',
	purchaseOrder: 'Purchase order',
	payment: 'Payment',
};

/** How messages call a record: by the number people know it by. */
export function recordSubject(resource: DocumentResource, row: Row): string {
	const numberRule = [...MAPPING_RULES[resource].head, ...MAPPING_RULES[resource].line].find(
		(rule: FieldRule) => rule.to === 'number' || rule.to === 'invoiceNumber',
	);
	for (const field of numberRule?.from ?? []) {
		const value = getPath(row, field);
		if (value !== undefined && value !== null && String(value).trim() !== '') {
			return `${NOUNS[resource]} ${String(value).trim()}`;
		}
	}
	return `${NOUNS[resource]} without a number`;
}
