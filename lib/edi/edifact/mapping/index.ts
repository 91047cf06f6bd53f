import type { BusinessDocument } from '../../../documents';
import { registryOf } from '../../mapping';
import type { SetMapping } from '../../mapping';
import type { EdifactMessage } from '../directory';
import type { MappingContext } from './context';
import { invoiceRules } from './invoice';
import { purchaseOrderRules } from './purchaseOrder';
import { purchaseOrderChangeRules } from './purchaseOrderChange';
import { receiptRules } from './receipt';
import { remittanceRules } from './remittance';
import { checkBookedTaxes } from './taxes';
import { invoiceTotals, orderTotals, receiptTotals, remittanceTotals } from './totals';

export { characterTable, scanCharacters, type CharacterTable } from './characters';
export { MappingContext } from './context';
export { makePlan, type Plan } from './plan';
export { segment, type Rule } from './words';

/** What a message is made of. */
export interface EdifactMapping extends SetMapping<MappingContext> {
	readonly id: EdifactMessage;
	/** For the reference. */
	readonly title: string;
	/** What no segment can show. */
	readonly check: (document: BusinessDocument, context: MappingContext) => void;
}

/** They count, number or delimit. */
const OWN: ReadonlySet<string> = new Set(['UNH', 'UNT', 'UNS', 'BGM', 'CNT']);

const nothing = (): void => undefined;

/** One row for each message. */
export const MAPPINGS: readonly EdifactMapping[] = [
	{
		id: 'INVOIC',
		own: OWN,
		title: 'invoices and credit notes',
		type: 'invoice',
		lineLoop: ['LIN'],
		rules: invoiceRules,
		totals: invoiceTotals,
		check: (document, context) => {
			if (document.type !== 'invoice') return;
			checkBookedTaxes(document, context);
			if (context.split.lines.some((line) => line !== undefined)) return;
			context.report(
				'GUIDELINE_NOT_MET',
				'lines',
				"the partner's guideline wants at least one line; all lines are charges",
			);
		},
	},
	{
		id: 'ORDERS',
		own: OWN,
		title: 'purchase orders',
		type: 'purchaseOrder',
		lineLoop: ['LIN'],
		rules: purchaseOrderRules,
		totals: orderTotals('ORDERS'),
		check: nothing,
	},
	{
		id: 'ORDCHG',
		own: OWN,
		title: 'purchase orders that changed or are taken back',
		type: 'purchaseOrder',
		when: ({ purpose = 'original' }, { changedOrders }) =>
			purpose !== 'original' && changedOrders === 'change',
		lineLoop: ['LIN'],
		rules: purchaseOrderChangeRules,
		totals: orderTotals('ORDCHG'),
		check: nothing,
	},
	{
		id: 'RECADV',
		own: OWN,
		title: 'receipts of goods',
		type: 'receipt',
		lineLoop: ['CPS', 'LIN'],
		rules: receiptRules,
		totals: receiptTotals,
		check: nothing,
	},
	{
		id: 'REMADV',
		own: OWN,
		title: 'remittance advices',
		type: 'remittance',
		lineLoop: ['DOC'],
		rules: remittanceRules,
		totals: remittanceTotals,
		check: nothing,
	},
];

export const { usualSet, mappingFor, mappingRows, segmentNames } = registryOf<
	MappingContext,
	EdifactMapping
>(MAPPINGS);
