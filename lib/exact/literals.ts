import { CoreError } from '../errors';
import { wallClockText } from './wallClock';

/** OData literals and filters as Exact reads them. */

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function isGuid(text: string): boolean {
	return GUID.test(text);
}

export function guidLiteral(value: string, path = ''): string {
	if (!isGuid(value)) {
		throw new CoreError('EXACT_PARAMETER_INVALID', `"${value}" is not an Exact ID`, {
			path,
			hint: 'An ID looks like 8f14e45f-ceea-467f-9c4b-1d2a3b4c5d6e; copy it from the document.',
		});
	}
	return `guid'${value.toLowerCase()}'`;
}

export function textLiteral(value: string): string {
	return `'${value.replaceAll("'", "''")}'`;
}

/** With the time always: date-only literals are reported as unreliable. */
export function dateTimeLiteral(wall: number): string {
	return `datetime'${wallClockText(wall)}'`;
}

/** Exact pads account codes with spaces on the left to 18 characters, in filters too. */
export function accountCodeLiteral(code: string): string {
	return textLiteral(code.trim().padStart(18, ' '));
}

export function integerLiteral(value: string | number, path: string): string {
	const text = String(value).trim();
	if (!/^-?\d{1,10}$/.test(text)) {
		throw new CoreError('EXACT_PARAMETER_INVALID', `"${text}" is not a whole number`, { path });
	}
	return text;
}

export function int64Literal(value: string): string {
	return `${value}L`;
}

/** `or` binds weaker than `and` in OData: a group of alternatives needs its parentheses. */
export function anyOf(terms: readonly string[]): string {
	return terms.length === 1 ? (terms[0] as string) : `(${terms.join(' or ')})`;
}

export function allOf(terms: ReadonlyArray<string | undefined>): string | undefined {
	const given = terms.filter((term): term is string => term !== undefined && term.trim() !== '');
	return given.length === 0 ? undefined : given.join(' and ');
}

/**
 * Alternatives per call: .NET's OData services stop at 100 nodes, about 19 `or`s, so 15 is safe
 * (Exact documents no count).
 */
export const MAX_OR_TERMS = 15;

/** Exact refuses URLs beyond 6,000 characters, counted after encoding. */
export const MAX_URL_LENGTH = 6_000;

/** For scheme, host and `/api/v1/` where only the path is measured. */
const HOST_ALLOWANCE = 200;

export interface Query {
	readonly select: readonly string[];
	readonly filter?: string | undefined;
	readonly top?: number | undefined;
	readonly inlineCount?: boolean | undefined;
}

function encode(text: string): string {
	return encodeURIComponent(text).replaceAll('%2C', ',').replaceAll('%2F', '/');
}

export function queryUrl(path: string, query: Query): string {
	const parts = [`$select=${encode(query.select.join(','))}`];
	// An empty $filter= is refused by the bulk endpoints.
	if (query.filter !== undefined) parts.push(`$filter=${encode(query.filter)}`);
	if (query.top !== undefined) parts.push(`$top=${query.top}`);
	if (query.inlineCount) parts.push('$inlinecount=allpages');
	return `${path}?${parts.join('&')}`;
}

/** Groups of terms of which each makes one call within the term and the URL limit. */
export function groupTerms(
	terms: readonly string[],
	urlOf: (terms: readonly string[]) => string,
	maxTerms = MAX_OR_TERMS,
): string[][] {
	const groups: string[][] = [];
	let group: string[] = [];
	for (const term of terms) {
		const longer = [...group, term];
		const tooLong =
			longer.length > maxTerms || urlOf(longer).length > MAX_URL_LENGTH - HOST_ALLOWANCE;
		if (group.length > 0 && tooLong) {
			groups.push(group);
			group = [term];
		} else {
			group = longer;
		}
	}
	if (group.length > 0) groups.push(group);
	return groups;
}

export function assertUrlLength(url: string): void {
	if (url.length <= MAX_URL_LENGTH) return;
	throw new CoreError(
		'EXACT_FILTER_TOO_LONG',
		`The request would be ${url.length} characters long; Exact takes ${MAX_URL_LENGTH}`,
		{ path: 'options.filter' },
	);
}
