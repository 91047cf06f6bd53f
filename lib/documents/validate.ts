import { decimalFromNumber, formatShortest, isDecimalText } from '../decimal';
import type { Issue } from '../errors';
import { isRecord } from '../text';
import { hasGlnCheckDigit, hasGtinCheckDigit, isAccountNumber } from './checkDigits';
import type { FieldShape, FieldShapes, ScalarShape } from './shape';
import { DOCUMENT_TYPES, documentType } from './types';
import type { BusinessDocument, DocumentType } from './types';

export type DocumentValidation =
	| { readonly ok: true; readonly document: BusinessDocument; readonly warnings: readonly Issue[] }
	| { readonly ok: false; readonly issues: readonly Issue[] };

interface Walk {
	/** `Invoice INV-1`: begins every message. */
	readonly subject: string;
	readonly issues: Issue[];
}

type JsonObject = Readonly<Record<string, unknown>>;

function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && !value.trim());
}

export function isDocumentType(value: unknown): value is DocumentType {
	return DOCUMENT_TYPES.some((type) => type === value);
}

/** How messages call a document: `Credit note CN-1`, or without its number where it has none. */
export function documentSubject(document: {
	readonly type?: unknown;
	readonly kind?: unknown;
	readonly number?: unknown;
}): string {
	const { type } = document;
	const noun = isDocumentType(type) ? documentType(type).noun(document) : 'Document';
	const number = isEmpty(document.number) ? 'without a number' : String(document.number).trim();
	return `${noun} ${number}`;
}

/** A calendar day that exists: 2017-02-30 does not. */
export function isIsoDate(text: string): boolean {
	const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
	if (!match) return false;
	const day = new Date(`${text}T00:00:00Z`);
	return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text;
}

/** Reads a scalar; `undefined` when its form is wrong. */
function readScalar(value: unknown, shape: ScalarShape): string | number | boolean | undefined {
	const text = typeof value === 'string' ? value.trim() : undefined;
	switch (shape.kind) {
		case 'boolean':
			return typeof value === 'boolean' ? value : undefined;
		case 'integer': {
			const number = text === undefined ? value : /^-?\d+$/.test(text) ? Number(text) : undefined;
			return Number.isSafeInteger(number) ? (number as number) : undefined;
		}
		case 'decimal': {
			if (text !== undefined) return isDecimalText(text) ? text : undefined;
			const decimal = typeof value === 'number' ? decimalFromNumber(value) : undefined;
			return decimal && formatShortest(decimal);
		}
		case 'date':
			return text !== undefined && isIsoDate(text) ? text : undefined;
		case 'currency':
			return text !== undefined && /^[A-Z]{3}$/.test(text) ? text : undefined;
		case 'country':
			return text !== undefined && /^[A-Z]{2}$/.test(text) ? text : undefined;
		case 'text':
		case 'gln':
		case 'gtin':
		case 'bankAccount': {
			// Codes that look like numbers arrive as numbers; long ones would have lost digits.
			const read = Number.isSafeInteger(value) ? String(value) : text;
			return read !== undefined && (shape.codes?.includes(read) ?? true) ? read : undefined;
		}
	}
}

const FORMS: Readonly<Record<ScalarShape['kind'], string>> = {
	text: 'text',
	gln: '13 digits',
	gtin: '8, 12, 13 or 14 digits',
	bankAccount: 'text',
	date: 'a date as YYYY-MM-DD',
	currency: 'three capital letters, such as EUR',
	country: 'two capital letters, such as NL',
	decimal: 'a plain decimal number, such as 1234.50',
	integer: 'a whole number',
	boolean: 'true or false',
};

function report(
	walk: Walk,
	code: Issue['code'],
	path: string,
	message: string,
	more: { expected?: string; received?: string; severity?: Issue['severity'] } = {},
): void {
	walk.issues.push({
		code,
		severity: more.severity ?? 'error',
		path,
		message: `${walk.subject}: ${message}`,
		...(more.expected === undefined ? {} : { expected: more.expected }),
		...(more.received === undefined ? {} : { received: more.received }),
	});
}

function describeValue(value: unknown): string {
	const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
	return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** Codes that carry a check digit: a partner's system refuses one that does not check. */
const CHECK_DIGITS: Readonly<
	Partial<
		Record<
			ScalarShape['kind'],
			{
				readonly holds: (text: string) => boolean;
				readonly expected: string;
				readonly code: Issue['code'];
			}
		>
	>
> = {
	gln: {
		holds: hasGlnCheckDigit,
		expected: '13 digits with a correct check digit',
		code: 'DOCUMENT_GLN_CHECK_DIGIT',
	},
	gtin: {
		holds: hasGtinCheckDigit,
		expected: '8, 12, 13 or 14 digits with a correct check digit',
		code: 'DOCUMENT_GTIN_CHECK_DIGIT',
	},
	bankAccount: {
		holds: isAccountNumber,
		expected: 'an IBAN with correct check digits',
		code: 'DOCUMENT_IBAN_CHECK_DIGITS',
	},
};

function walkScalar(walk: Walk, value: unknown, shape: ScalarShape, path: string): unknown {
	const read = readScalar(value, shape);
	if (read === undefined) {
		const expected = shape.codes?.join(' or ') ?? FORMS[shape.kind];
		const received = describeValue(value);
		report(
			walk,
			'DOCUMENT_FIELD_INVALID',
			path,
			`the ${shape.label} (${path}) is '${received}'; it must be ${expected}`,
			{ expected, received },
		);
		return read;
	}
	const check = CHECK_DIGITS[shape.kind];
	if (check !== undefined && !check.holds(String(read))) {
		const { expected, code } = check;
		const message = `the ${shape.label} (${path}) '${String(read)}' is not ${expected}; correct it, or leave it empty`;
		report(walk, code, path, message, { expected, received: String(read) });
	}
	return read;
}

function walkField(walk: Walk, value: unknown, shape: FieldShape, path: string): unknown {
	if (shape.kind === 'custom') return value;
	if (shape.kind === 'object') {
		if (isRecord(value)) return walkFields(walk, value, shape.fields, `${path}.`);
	} else if (shape.kind === 'list') {
		if (Array.isArray(value)) {
			return value.map((entry: unknown, index) =>
				walkField(walk, entry, shape.of, `${path}[${index}]`),
			);
		}
	} else {
		return walkScalar(walk, value, shape, path);
	}
	const expected = shape.kind === 'list' ? 'a list' : 'an object';
	report(walk, 'DOCUMENT_FIELD_INVALID', path, `'${path}' (${shape.label}) must be ${expected}`, {
		expected,
		received: describeValue(value),
	});
	return undefined;
}

function walkFields(
	walk: Walk,
	source: JsonObject,
	shapes: FieldShapes,
	prefix: string,
): Record<string, unknown> {
	const target: Record<string, unknown> = {};
	for (const [name, shape] of Object.entries(shapes)) {
		const path = prefix + name;
		const value = source[name];
		if (isEmpty(value)) {
			if (shape.required) {
				report(walk, 'DOCUMENT_FIELD_MISSING', path, `the ${shape.label} (${path}) is missing`);
			}
			continue;
		}
		const read = walkField(walk, value, shape, path);
		if (read !== undefined) target[name] = read;
	}
	for (const [name, value] of Object.entries(source)) {
		if (Object.hasOwn(shapes, name) || isEmpty(value)) continue;
		report(
			walk,
			'DOCUMENT_FIELD_UNKNOWN',
			prefix + name,
			`the field '${prefix}${name}' is not known and was left out`,
			{ severity: 'warning' },
		);
	}
	return target;
}

const validated = new WeakSet<object>();

/** Whether the document is one that `validateDocument` handed back, which nobody may change. */
export function isValidated(document: BusinessDocument): boolean {
	return validated.has(document);
}

/**
 * Checks a neutral document that came as JSON, all issues at once. The document handed back is a
 * trimmed copy: numbers have become decimal text, empty fields are absent.
 */
export function validateDocument(input: unknown): DocumentValidation {
	const type = isRecord(input) ? input.type : undefined;
	if (!isRecord(input) || !isDocumentType(type)) {
		return {
			ok: false,
			issues: [
				{
					code: 'DOCUMENT_TYPE_UNKNOWN',
					severity: 'error',
					path: 'type',
					message: `${documentSubject(isRecord(input) ? input : {})}: the type "${describeValue(type)}" is not known`,
					expected: DOCUMENT_TYPES.join(' or '),
					received: describeValue(type),
				},
			],
		};
	}
	const walk: Walk = { subject: documentSubject(input), issues: [] };
	const read = walkFields(walk, input, documentType(type).fields, '');
	if (walk.issues.some((issue) => issue.severity === 'error')) {
		return { ok: false, issues: walk.issues };
	}
	// The shape table has just proven what the type says.
	const document = read as unknown as BusinessDocument;
	walk.issues.push(...documentType(type).check(document, walk.subject));
	if (walk.issues.some((issue) => issue.severity === 'error')) {
		return { ok: false, issues: walk.issues };
	}
	validated.add(document);
	return { ok: true, document, warnings: walk.issues };
}
