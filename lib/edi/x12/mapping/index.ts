import type { BusinessDocument } from '../../../documents';
import { registryOf } from '../../mapping';
import type { SetMapping } from '../../mapping';
import type { X12Profile } from '../profile';
import type { X12Set } from '../schema';
import type { Report, X12Context } from './context';
import { invoiceRules } from './invoice';
import { checkInvoice } from './invoiceChecks';
import { checkOrder, purchaseOrderRules } from './purchaseOrder';
import { purchaseOrderChangeRules } from './purchaseOrderChange';
import { checkReceipt, receiptRules } from './receipt';
import { checkRemittance, remittanceRules } from './remittance';
import { invoiceTotals, orderTotals, receiptTotals, remittanceTotals } from './totals';

export { X12Context, type Fitting, type Report } from './context';
export { makePlan, type BodyDelimiters, type Plan } from './plan';
export { segment, type Rule } from './words';

/** What a transaction set is made of. */
export interface X12Mapping extends SetMapping<X12Context> {
	readonly id: X12Set;
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
		totals: invoiceTotals,
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
		totals: remittanceTotals,
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
		totals: orderTotals('850'),
		check: (document, profile, report) => {
			if (document.type === 'purchaseOrder') checkOrder(document, profile, report, '850');
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
		totals: orderTotals('860'),
		check: (document, profile, report) => {
			if (document.type === 'purchaseOrder') checkOrder(document, profile, report, '860');
		},
	},
	{
		id: '861',
		own: new Set(['BRA', 'CTT']),
		type: 'receipt',
		lineLoop: ['RCD'],
		rules: receiptRules,
		totals: receiptTotals,
		check: (document, profile, report) => {
			if (document.type === 'receipt') checkReceipt(document, profile, report);
		},
	},
];

export const { usualSet, mappingFor, mappingRows, segmentNames } = registryOf<
	X12Context,
	X12Mapping
>(MAPPINGS);
