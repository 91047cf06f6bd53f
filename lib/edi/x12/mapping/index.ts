import type { BusinessDocument } from '../../../documents';
import { invoice810 } from './invoice810';
import { purchaseOrder850 } from './purchaseOrder850';
import { remittance820 } from './remittance820';
import { isLoopRule } from './rule';
import type { MappingTable } from './rule';

export type AnyMapping = MappingTable<BusinessDocument, unknown>;

/** One table for each set. Each looks only at documents of its own type, which `mappingFor` sees to. */
export const MAPPINGS: readonly AnyMapping[] = [
	invoice810 as unknown as AnyMapping,
	remittance820 as unknown as AnyMapping,
	purchaseOrder850 as unknown as AnyMapping,
];

export function mappingFor(type: BusinessDocument['type']): AnyMapping | undefined {
	return MAPPINGS.find((mapping) => mapping.type === type);
}

/** Names of the rules that a profile may leave out, and of those it may ask for. */
export function ruleNames(): {
	readonly omittable: ReadonlySet<string>;
	readonly optional: ReadonlySet<string>;
} {
	const omittable = new Set<string>();
	const optional = new Set<string>();
	for (const mapping of MAPPINGS) {
		for (const entry of [...mapping.header, ...mapping.line, ...mapping.summary]) {
			for (const { name, usage } of isLoopRule(entry) ? [entry, ...entry.rules] : [entry]) {
				if (usage === 'on') omittable.add(name);
				if (usage === 'off') optional.add(name);
			}
		}
	}
	return { omittable, optional };
}
