import { getPath } from './paths';
import type { Row } from './paths';
import { MAPPING_RULES } from './rules';
import type { DocumentResource, FieldRule } from './rules';

/** The number people know a record by; empty where it has none. */
export function recordNumber(resource: DocumentResource, row: Row): string {
	const numberRule = [...MAPPING_RULES[resource].head, ...MAPPING_RULES[resource].line].find(
		(rule: FieldRule) => rule.to === 'number' || rule.to === 'invoiceNumber',
	);
	for (const field of numberRule?.from ?? []) {
		const value = getPath(row, field);
		if (value !== undefined && value !== null && String(value).trim() !== '') {
			return String(value).trim();
		}
	}
	return '';
}

/** How messages call a record. */
export function recordSubject(resource: DocumentResource, row: Row): string {
	return `${MAPPING_RULES[resource].noun} ${recordNumber(resource, row) || 'without a number'}`;
}
