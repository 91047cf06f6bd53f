import type { BusinessDocument, DocumentType } from '../../../documents';
import { mappingRows as rowsOf } from '../../mapping';
import type { MappingRow, SetMapping } from '../../mapping';
import type { X12Profile } from '../profile';
import type { X12Set } from '../schema';
import type { Report, X12Context } from './context';
import { invoiceRules } from './invoice';
import { checkInvoice } from './invoiceChecks';
import { checkOrder, purchaseOrderRules } from './purchaseOrder';
import { purchaseOrderChangeRules } from './purchaseOrderChange';
import { checkRemittance, remittanceRules } from './remittance';

export { X12Context, type Fitting, type Report } from './context';
export { makePlan, type BodyDelimiters, type Plan } from './plan';
export { segment, type Rule } from './words';

/** What a transaction set is made of. */
export interface X12Mapping extends SetMapping<X12Context> {
	readonly id: X12Set;
	/** Where a document of the type becomes this set; the set without it is for all others. */
	readonly when?: (document: BusinessDocument, profile: X12Profile) => boolean;
	/** What no element can show: sums, missing lines, codes without a translation. */
	readonly check: (document: BusinessDocument, profile: X12Profile, report: Report) => void;
}

/** One row for each set. */
export const MAPPINGS: readonly X12Mapping[] = [
	{
		id: '810',
		own: new Set(['BIG', 'TDS', 'CTT']),
		type: 'invoice',
		lineLoop: ['IT1'],
		rules: invoiceRules,
		check: (document, profile, report) => {
			if (document.type === 'invoice') checkInvoice(document, profile, report);
		},
	},
	{
		id: '820',
		own: new Set(['BPR', 'ENT']),
		type: 'remittance',
		lineLoop: ['ENT', 'RMR'],
		rules: remittanceRules,
		check: (document, _profile, report) => {
			if (document.type === 'remittance') checkRemittance(document, report);
		},
	},
	{
		id: '850',
		own: new Set(['BEG', 'CTT']),
		type: 'purchaseOrder',
		lineLoop: ['PO1'],
		rules: purchaseOrderRules,
		check: (document, profile, report) => {
			if (document.type === 'purchaseOrder') checkOrder(document, profile, report);
		},
	},
	{
		id: '860',
		own: new Set(['BCH', 'CTT']),
		type: 'purchaseOrder',
		when: ({ purpose = 'original' }, { changedOrders }) =>
			purpose !== 'original' && changedOrders === 'change',
		lineLoop: ['POC'],
		rules: purchaseOrderChangeRules,
		check: (document, profile, report) => {
			if (document.type === 'purchaseOrder') checkOrder(document, profile, report);
		},
	},
];

/** What documents of a type become, if nothing speaks for another set. */
export function defaultMapping(type: DocumentType): X12Mapping | undefined {
	return MAPPINGS.find((mapping) => mapping.type === type && mapping.when === undefined);
}

export function mappingFor(
	document: BusinessDocument,
	profile: X12Profile,
): X12Mapping | undefined {
	const { type } = document;
	return (
		MAPPINGS.find((mapping) => mapping.type === type && mapping.when?.(document, profile)) ??
		defaultMapping(type)
	);
}

/** The mapping of a set as a table, for the reference page. */
export function mappingRows(set: X12Set): readonly MappingRow[] {
	return MAPPINGS.filter((mapping) => mapping.id === set).flatMap(({ rules }) =>
		rules.flatMap((rule) => rowsOf(rule)),
	);
}

/** Names of the rules that a profile may leave out, and of those it may ask for. */
export function ruleNames(): {
	readonly omittable: ReadonlySet<string>;
	readonly optional: ReadonlySet<string>;
} {
	const rows = MAPPINGS.flatMap(({ id }) => mappingRows(id));
	const named = (usage: MappingRow['usage']): ReadonlySet<string> =>
		new Set(rows.filter((row) => row.usage === usage).map(({ name }) => name));
	return { omittable: named('on'), optional: named('off') };
}
