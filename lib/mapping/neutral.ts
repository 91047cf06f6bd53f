import { documentSubject, documentType, isDocumentType, validateDocument } from '../documents';
import type { Issue } from '../errors';
import { isRecord } from '../text';
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

function unknownDocument(input: Row, target: Row): Issue {
	const resource = isRecord(input.document) ? input.document.resource : undefined;
	if (typeof resource === 'string') {
		return {
			code: 'MAPPING_RESOURCE_UNSUPPORTED',
			severity: 'error',
			path: 'document.resource',
			message: `An Exact Online record of the resource '${resource}' does not become an EDI document`,
			received: resource,
		};
	}
	return {
		code: 'DOCUMENT_TYPE_UNKNOWN',
		severity: 'error',
		path: 'type',
		message: `${documentSubject(target)}: the item is neither an Exact Online record nor a neutral document`,
	};
}

/** A neutral document as another node made it: defaults filled in, then checked. */
export function readNeutralDocument(input: Row, options: MappingOptions = {}): MappingResult {
	const own = Object.entries(input).filter(([name]) => !ITEM_FACTS.has(name));
	const target = structuredClone(Object.fromEntries(own)) as Record<string, unknown>;
	if (!isDocumentType(target.type)) {
		return { ok: false, skipped: false, issues: [unknownDocument(input, target)] };
	}
	const { list } = documentType(target.type);
	applyDefaults(target, options.defaults ?? {}, DOCUMENT_PATHS[target.type], list);
	const checked = validateDocument(target);
	return checked.ok ? checked : { ok: false, skipped: false, issues: checked.issues };
}
