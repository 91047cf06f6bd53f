import { CoreError } from '../errors';
import { resourceNamed } from '../exact';
import { isRecord } from '../text';
import type { MappingOptions } from './options';
import type { Row } from './paths';

/** `exact:<division>:<resource>:<id>`; the same record has the same key for ever. */
export type DocumentKey = string;

export function divisionOf(row: Row, options: MappingOptions = {}): string {
	const company = isRecord(row.company) ? row.company.Code : undefined;
	return String(company ?? row.Division ?? options.division ?? 'unknown');
}

export function recordId(resource: string, row: Row): string {
	const id = row[resourceNamed(resource)?.key ?? 'ID'] ?? row.ID;
	return id === undefined || id === null ? 'unknown' : String(id);
}

export function documentKey(resource: string, row: Row, options: MappingOptions = {}): DocumentKey {
	return `exact:${divisionOf(row, options)}:${resource}:${recordId(resource, row)}`;
}

/** Empty for a document that is not of Exact, or whose division its source did not say. */
export function divisionOfKey(key: DocumentKey): string {
	return /^exact:(\d+):/.exec(key)?.[1] ?? '';
}

export interface DocumentKeyParts {
	readonly division: number;
	readonly resource: string;
	readonly id: string;
}

/** For reading a document again from Exact by the key that the ledger holds. */
export function parseDocumentKey(key: DocumentKey): DocumentKeyParts {
	const match = /^exact:(\d+):([A-Za-z]+):(.+)$/.exec(key);
	if (!match?.[1] || !match[2] || !match[3]) {
		throw new CoreError('DOCUMENT_KEY_INVALID', `"${key}" is not a document key`, {
			path: 'document.key',
		});
	}
	return { division: Number(match[1]), resource: match[2], id: match[3] };
}
