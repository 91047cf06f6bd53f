import type { ElementSpec } from '../syntax';

/**
 * What a value is to the partner, which its data element says: `text` is read by people, an
 * `identifier` is looked up. Numbers, dates and codes of a list are checked by their own rules.
 */
export type ElementKind = 'text' | 'identifier' | 'other';

/**
 * Data elements of free text (X12.3): names and addresses (93, 166, 19, 1035-1037), descriptions
 * (352, 369), messages (3, 933, 1551, 1565, 1573) and routing in words (387).
 */
const FREE_TEXT = new Set('3 19 93 166 352 369 387 933 1035 1036 1037 1551 1565 1573'.split(' '));

export function elementKind(spec: ElementSpec): ElementKind {
	if (FREE_TEXT.has(spec.id)) return 'text';
	if (spec.type === 'AN') return 'identifier';
	return spec.type === 'ID' && spec.codes === undefined ? 'identifier' : 'other';
}
