import type { BusinessDocument, DocumentType } from '../../documents';
import { mappingRows } from './describe';
import type { MappingRow } from './describe';
import type { RuleContext } from './rules';
import type { SetMapping } from './setMapping';

/** What a standard can ask its rows of sets or messages. */
export interface Registry<Context extends RuleContext, Mapping extends SetMapping<Context>> {
	/** What documents of a type become if nothing speaks for another set; empty where there is none. */
	readonly usualSet: (type: DocumentType) => string;
	readonly mappingFor: (
		document: BusinessDocument,
		profile: Context['profile'],
	) => Mapping | undefined;
	/** The mapping of a set as a table, for the reference page. */
	readonly mappingRows: (set: string) => readonly MappingRow[];
	/** Names of the segments that settings may leave out, and of those they may ask for. */
	readonly segmentNames: () => {
		readonly omittable: ReadonlySet<string>;
		readonly optional: ReadonlySet<string>;
	};
}

export function registryOf<Context extends RuleContext, Mapping extends SetMapping<Context>>(
	mappings: readonly Mapping[],
): Registry<Context, Mapping> {
	const usual = (type: DocumentType): Mapping | undefined =>
		mappings.find((mapping) => mapping.type === type && mapping.when === undefined);
	const rowsOf = (set: string): readonly MappingRow[] =>
		mappings
			.filter(({ id }) => id === set)
			.flatMap(({ rules }) => rules.flatMap((rule) => mappingRows(rule)));
	return {
		usualSet: (type) => usual(type)?.id ?? '',
		mappingFor: (document, profile) =>
			mappings.find(
				({ type, when }) => type === document.type && when?.(document, profile) === true,
			) ?? usual(document.type),
		mappingRows: rowsOf,
		segmentNames: () => {
			const rows = mappings.flatMap(({ id }) => rowsOf(id));
			const named = (wanted: (usage: MappingRow['usage']) => boolean): ReadonlySet<string> =>
				new Set(rows.filter(({ usage }) => wanted(usage)).map(({ name }) => name));
			return {
				omittable: named((usage) => usage === 'on'),
				optional: named((usage) => usage === 'off'),
			};
		},
	};
}
