import { documentSubject, isDocumentType, validateDocument } from '../documents';
import { applyDefaults } from './applyRules';
import { DOCUMENT_PATHS } from './options';
import type { MappingOptions } from './options';
import type { Row } from './paths';
import type { MappingResult } from './toDocument';

/** Facts that items of this package carry beside a document. */
const ITEM_FACTS: ReadonlySet<string> = new Set([
	'outcome',
	'document',
	'issues',
	'cursor',
	'quota',
	'ledger',
]);

/** A neutral document as another node made it: defaults filled in, then checked. */
export function readNeutralDocument(input: Row, options: MappingOptions = {}): MappingResult {
	const own = Object.entries(input).filter(([name]) => !ITEM_FACTS.has(name));
	const target = structuredClone(Object.fromEntries(own)) as Record<string, unknown>;
	if (!isDocumentType(target.type)) {
		return {
			ok: false,
			skipped: false,
			issues: [
				{
					code: 'DOCUMENT_TYPE_UNKNOWN',
					severity: 'error',
					path: 'type',
					message: `${documentSubject(target)}: the item is neither an Exact Online record nor a neutral document`,
				},
			],
		};
	}
	const list = target.type === 'remittance' ? 'items' : 'lines';
	applyDefaults(target, options.defaults ?? {}, DOCUMENT_PATHS[target.type], list);
	const checked = validateDocument(target);
	return checked.ok ? checked : { ok: false, skipped: false, issues: checked.issues };
}
