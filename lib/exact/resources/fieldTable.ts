/** The EDM types Exact's reference uses, without their prefix. */
export type EdmType =
	| 'Boolean'
	| 'Byte'
	| 'DateTime'
	| 'Double'
	| 'Guid'
	| 'Int16'
	| 'Int32'
	| 'Int64'
	| 'String';

export interface FieldTable {
	readonly types: ReadonlyMap<string, EdmType>;
	/**
	 * Fields on which Exact's reference and its clients disagree: asked for only by name, because one
	 * unknown field makes the whole call a counted 400.
	 */
	readonly doubtful: ReadonlySet<string>;
}

/** Names per type, separated by white space; `?` behind a name marks it as doubtful. */
export function fieldTable(namesByType: Readonly<Partial<Record<EdmType, string>>>): FieldTable {
	const types = new Map<string, EdmType>();
	const doubtful = new Set<string>();
	for (const [type, names] of Object.entries(namesByType)) {
		for (const entry of names.trim().split(/\s+/)) {
			const name = entry.replace('?', '');
			types.set(name, type as EdmType);
			if (name !== entry) doubtful.add(name);
		}
	}
	return { types, doubtful };
}

/** People's names and ids, and free custom fields: nobody's EDI file needs them. */
const NOT_BY_DEFAULT = /^(Creator|Modifier|Approver|.*Selector)(FullName)?$|^CustomField$/;

export function fieldsByDefault(table: FieldTable): readonly string[] {
	return [...table.types.keys()].filter(
		(name) => !table.doubtful.has(name) && !NOT_BY_DEFAULT.test(name),
	);
}
