import { formatShortest, parseDecimal } from '../decimal';
import { isDocumentType } from '../documents';
import type { BusinessDocument } from '../documents';
import { resourceNamed } from '../exact';
import { isRecord, sha256 } from '../text';
import { divisionOf, documentKey } from './key';
import type { DocumentKey } from './key';
import type { MappingOptions } from './options';
import type { Row } from './paths';
import { mapPayment } from './remittances';
import { DOCUMENT_RESOURCES, MAPPING_RULES } from './rules';
import type { DocumentResource } from './rules';
import { recordNumber } from './subject';
import { mapRecord } from './toDocument';

/** What every item of an Exact record carries as `document`. */
export interface DocumentIdentity {
	readonly resource: string;
	readonly key: DocumentKey;
	/** The number people know it by; the supplier's, else the own one. */
	readonly number: string;
	readonly contentHash: string;
	readonly modified?: string;
	readonly division?: number;
}

export function isDocumentResource(resource: string): resource is DocumentResource {
	return Object.hasOwn(MAPPING_RULES, resource);
}

/** Same content, same text: keys sorted, absent fields left out. */
function canonicalJson(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map((entry) => canonicalJson(entry)).join(',')}]`;
	if (isRecord(value)) {
		const fields = Object.keys(value)
			.filter((name) => value[name] !== undefined && value[name] !== null)
			.sort()
			.map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name])}`);
		return `{${fields.join(',')}}`;
	}
	return JSON.stringify(value) ?? 'null';
}

function hashOf(value: unknown): string {
	return sha256(canonicalJson(value));
}

const PARTIES = new Set(['supplier', 'buyer', 'shipTo', 'payer', 'payee']);
const CODED = new Set(['glAccount', 'costCenter', 'costUnit', 'project', 'paymentTerms']);
/** What the VAT code says, whether or not it was read along. */
const OF_VAT_CODE = new Set(['description', 'reverseCharge', 'exempt']);
/** Identity and intent are not content; words of master data are not either. */
const NOT_CONTENT = new Set(['key', 'purpose', 'companyCurrency', 'priceType']);

/**
 * What the document says, without the master data it is dressed with: a supplier's new phone number
 * or a renamed cost center does not make an old invoice a changed one.
 */
function content(value: unknown, name: string): unknown {
	if (Array.isArray(value)) return value.map((entry: unknown) => content(entry, name));
	if (!isRecord(value)) {
		const decimal =
			typeof value === 'string' && value.includes('.') ? parseDecimal(value) : undefined;
		return decimal === undefined ? value : formatShortest(decimal);
	}
	if (PARTIES.has(name)) return value.code ?? value.gln ?? value.vatNumber ?? value.name;
	if (CODED.has(name) && value.code !== undefined) return value.code;
	const isTax = name === 'tax' || name === 'taxes';
	const kept: Record<string, unknown> = {};
	for (const [field, part] of Object.entries(value)) {
		if (NOT_CONTENT.has(field) || (isTax && OF_VAT_CODE.has(field))) continue;
		kept[field] = content(part, field);
	}
	return kept;
}

/** Changes with every save or with the flow of the record, not with what it says. */
const ROW_NOISE =
	/^(?:Modified|Created|Timestamp|Creator|Modifier|.*Status|.*StatusDescription|(?:Creator|Modifier)FullName)$/;

function rowContent(row: Row): Row {
	const kept: Record<string, unknown> = {};
	for (const [field, value] of Object.entries(row)) {
		// Exact's own fields begin with a capital; joined records and our own facts do not.
		if (!/^[A-Z]/.test(field) || ROW_NOISE.test(field)) continue;
		kept[field] = value;
	}
	return kept;
}

function isDocument(value: unknown): value is BusinessDocument {
	return isRecord(value) && isDocumentType(value.type);
}

/**
 * SHA-256 (hex) of what a document or a record says. The same for a record read again after a new
 * `Modified`, another status or a matching; different as soon as an amount, a date, a line or a
 * text differs.
 */
export function contentHash(documentOrRow: BusinessDocument | Row): string {
	return isDocument(documentOrRow)
		? hashOf(content(documentOrRow, ''))
		: hashOf(rowContent(documentOrRow));
}

function recordHash(resource: string, row: Row, options: MappingOptions): string {
	if (!isDocumentResource(resource)) return contentHash(row);
	if (resource === 'payment') {
		// Alone, without the group it is paid with: batch and day come with the payment's progress.
		const { head, item } = mapPayment(row, 0, options);
		const { currency, payee, paymentReference } = head;
		return hashOf(content({ currency, payee, paymentReference, item }, ''));
	}
	const mapped = mapRecord(resource, row, options);
	return mapped.ok ? contentHash(mapped.document) : contentHash(row);
}

/** Of records that never become a document. */
function rowNumber(resource: string, row: Row): string {
	for (const field of resourceNamed(resource)?.numbers ?? []) {
		const value = row[field];
		if (value !== undefined && value !== null && String(value).trim() !== '') {
			return String(value).trim();
		}
	}
	return '';
}

/** Identity of a record of any Exact resource. */
export function documentHead(
	resource: string,
	row: Row,
	options: MappingOptions = {},
): DocumentIdentity {
	const division = Number(divisionOf(row, options));
	return {
		resource,
		key: documentKey(resource, row, options),
		number: isDocumentResource(resource)
			? recordNumber(resource, row) || 'without a number'
			: rowNumber(resource, row),
		contentHash: recordHash(resource, row, options),
		...(typeof row.Modified === 'string' ? { modified: row.Modified } : {}),
		...(Number.isSafeInteger(division) ? { division } : {}),
	};
}

/** Which resource a record belongs to, by the fields only it has. */
export function detectResource(row: Row): DocumentResource | undefined {
	const named = isRecord(row.document) ? row.document.resource : undefined;
	if (typeof named === 'string') return isDocumentResource(named) ? named : undefined;
	return DOCUMENT_RESOURCES.find((resource) => MAPPING_RULES[resource].has(row));
}
