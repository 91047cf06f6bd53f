import { CoreError } from '../errors';
import { literalFor } from './filters';
import { anyOf, groupTerms, queryUrl } from './literals';
import type { Reader } from './reader';
import type { Resource } from './resources';

async function missingOf(
	reader: Reader,
	resource: Resource,
	keys: readonly string[],
): Promise<string[]> {
	const select = [resource.key];
	const present = new Set<string>();
	const groups = groupTerms(
		keys.map((key) => `${resource.key} eq ${literalFor(resource, resource.key, key, 'key')}`),
		(terms) => queryUrl(`${reader.division}/${resource.path}`, { select, filter: anyOf(terms) }),
	);
	for (const group of groups) {
		for await (const page of reader.pages(resource, { select, filter: anyOf(group) })) {
			for (const row of page.rows) present.add(String(row[resource.key]).toLowerCase());
		}
	}
	return keys.filter((key) => !present.has(key.toLowerCase()));
}

/**
 * Which of these records are not in Exact any more. Concluded only where Exact confirms the right to
 * read them, and gives none of them when asked again after that: a right that is lost looks the same.
 */
export async function findGone(
	reader: Reader,
	resource: Resource,
	keys: readonly string[],
): Promise<string[]> {
	const missing = await missingOf(reader, resource, [...new Set(keys)]);
	if (missing.length === 0) return [];
	if (!(await reader.confirmRight(resource))) {
		throw new CoreError(
			'EXACT_RIGHTS_UNKNOWN',
			`${missing.length} of ${keys.length} ${resource.plural} are not found in division ${reader.division}, and Exact does not say whether the user may read them`,
		);
	}
	const gone = await missingOf(reader, resource, missing);
	if (gone.length > 0) await reader.confirmRight(resource);
	return gone;
}
