/** What the audit trail and messages know a document by. */
export interface DocumentFacts {
	readonly key: string;
	readonly number: string;
	readonly contentHash: string | undefined;
}

function textOf(value: unknown): string | undefined {
	if (typeof value === 'string' && value !== '') return value;
	return typeof value === 'number' ? String(value) : undefined;
}

/** From `document` of an Exact item, or from a neutral document's own head; undefined for a plain row. */
export function documentFacts(row: Readonly<Record<string, unknown>>): DocumentFacts | undefined {
	const head = row['document'];
	const source =
		typeof head === 'object' && head !== null ? (head as Record<string, unknown>) : row;
	const key = textOf(source['key']);
	if (key === undefined) return undefined;
	return {
		key,
		number: textOf(source['number']) ?? key,
		contentHash: textOf(source['contentHash']),
	};
}
