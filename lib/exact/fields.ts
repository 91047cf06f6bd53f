import { CoreError } from '../errors';
import type { Endpoint, Join, Resource } from './resources';

/** The fields a read asks for: those shown, and those that key, order and join the rows. */
export function selectFields(
	endpoint: Endpoint,
	chosen: readonly string[] | undefined,
	needed: readonly string[] = [],
): string[] {
	const wanted = chosen === undefined || chosen.length === 0 ? endpoint.defaultFields : chosen;
	for (const name of wanted) {
		if (endpoint.fields.types.has(name)) continue;
		const similar = [...endpoint.fields.types.keys()].find(
			(known) => known.toLowerCase() === name.toLowerCase(),
		);
		throw new CoreError('EXACT_FIELD_UNKNOWN', `${endpoint.path} has no field '${name}'`, {
			path: 'fields',
			...(similar === undefined ? {} : { hint: `Write it as '${similar}'.` }),
		});
	}
	const always = [endpoint.key, ...needed].filter((name) => endpoint.fields.types.has(name));
	return [...new Set([...always, ...wanted])];
}

/** What the joins, the document's identity and the trigger need of a row of the resource itself. */
export function neededFields(resource: Resource, joins: readonly Join[]): string[] {
	return [
		'Division',
		'Modified',
		...resource.numbers,
		...joins.flatMap((join) => [
			...(join.at === 'document' ? [join.from] : []),
			...(join.alsoDocument === undefined ? [] : [join.alsoDocument.from]),
		]),
	];
}
