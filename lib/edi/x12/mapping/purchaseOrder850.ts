import type { PurchaseOrder, PurchaseOrderLine } from '../../../documents';
import type { X12Profile } from '../profile';
import { checkLine } from './linePrices';
import {
	description,
	inParts,
	lineCount,
	lineDifferenceSegment,
	lineReference,
	lineTax,
} from './lineSegments';
import { realNumber } from './numbers';
import { partyLoop } from './party';
import { fixed } from './rule';
import type { MappingTable, Report, Scope } from './rule';
import { itemNumbers, paymentTermsRule } from './shared';
import { compactDate, fitted } from './texts';
import { unitElement } from './units';

type S = Scope<PurchaseOrder, PurchaseOrderLine>;

/** Incoterms that DE335 of 004010 and 005010 has; younger ones (DAP, DAT, DPU) have no code there. */
const TERMS = new Set('CFR CIF CIP CPT DAF DDP DDU DEQ DES EXW FAS FCA FOB'.split(' '));

function checkOrder(doc: PurchaseOrder, profile: X12Profile, report: Report): void {
	if (doc.lines.length === 0) {
		report('X12_NO_LINES', 'lines', 'it has no lines; an order needs at least one');
	}
	const { incoterm } = doc;
	if (incoterm !== undefined && !TERMS.has(incoterm.code) && !profile.omitSegments.has('FOB')) {
		report(
			'X12_INCOTERM_NOT_SENT',
			'incoterm.code',
			`the Incoterm "${incoterm.code}" (incoterm.code) has no X12 code (DE335) and is not sent; use one of ${[...TERMS].join(', ')}, send it in an extra segment, or leave out FOB`,
			{ warning: true, expected: [...TERMS].join(' or '), received: incoterm.code },
		);
	}
	doc.lines.forEach((line, index) => checkLine(line, index, doc.currency, profile, report));
}

export const purchaseOrder850: MappingTable<PurchaseOrder, PurchaseOrderLine> = {
	set: '850',
	type: 'purchaseOrder',
	lineLoop: ['PO1'],
	linesField: 'lines',
	lines: (doc) => doc.lines,
	header: [
		{
			name: 'BEG',
			segment: 'BEG',
			usage: 'required',
			elements: [
				{
					at: 1,
					field: 'purpose',
					note: '00, a replacement 05',
					value: ({ doc }) => (doc.purpose === 'replacement' ? '05' : '00'),
				},
				{ at: 2, field: '', note: 'SA (setting)', value: ({ profile }) => profile.orderTypeCode },
				{ at: 3, field: 'number', value: ({ doc }) => doc.number },
				{ at: 5, field: 'date', value: ({ doc }) => compactDate(doc.date) },
			],
		},
		{
			name: 'CUR',
			segment: 'CUR',
			usage: 'on',
			elements: [
				fixed(1, 'BY', 'the buyer’s order'),
				{ at: 2, field: 'currency', value: ({ doc }) => doc.currency },
			],
		},
		{
			name: 'REF*VV',
			segment: 'REF',
			usage: 'on',
			when: ({ doc, profile }) =>
				Boolean(doc.ownNumber) && doc.ownNumber !== doc.number && profile.ownNumberQualifier !== '',
			elements: [
				{ at: 1, field: '', note: 'setting', value: ({ profile }) => profile.ownNumberQualifier },
				{
					at: 2,
					field: 'ownNumber',
					note: 'if it is not the order number',
					value: ({ doc }) => doc.ownNumber,
				},
			],
		},
		{
			name: 'REF*VN',
			segment: 'REF',
			usage: 'on',
			when: ({ doc }) => Boolean(doc.supplierReference),
			elements: [
				fixed(1, 'VN', 'vendor order number'),
				{ at: 2, field: 'supplierReference', value: ({ doc }) => doc.supplierReference },
			],
		},
		{
			name: 'FOB',
			segment: 'FOB',
			usage: 'on',
			when: ({ doc }) => doc.incoterm !== undefined && TERMS.has(doc.incoterm.code),
			elements: [
				fixed(1, 'DF', 'defined by buyer and seller'),
				fixed(4, '01', 'Incoterms'),
				{
					at: 5,
					field: 'incoterm.code',
					note: 'those of DE335',
					value: ({ doc }) => doc.incoterm?.code,
				},
				{
					at: 6,
					field: 'incoterm.place',
					value: ({ doc }) => (doc.incoterm?.place ? 'ZZ' : undefined),
				},
				{
					at: 7,
					field: 'incoterm.place',
					value: ({ doc, profile }) => fitted(doc.incoterm?.place, 80, profile),
				},
			],
		},
		paymentTermsRule<S>(({ doc }) => doc),
		{
			name: 'DTM*002',
			segment: 'DTM',
			usage: 'on',
			when: ({ doc }) => doc.deliveryDate !== undefined,
			elements: [
				fixed(1, '002', 'delivery requested'),
				{ at: 2, field: 'deliveryDate', value: ({ doc }) => compactDate(doc.deliveryDate) },
			],
		},
		description('PID(header)', 'description', ({ doc }) => doc.description),
		partyLoop<S>({
			entity: 'BY',
			field: 'buyer',
			usage: 'required',
			party: (doc: PurchaseOrder) => doc.buyer,
		}),
		partyLoop<S>({
			entity: 'SE',
			field: 'supplier',
			usage: 'required',
			party: (doc: PurchaseOrder) => doc.supplier,
			withContact: true,
		}),
		partyLoop<S>({
			entity: 'BT',
			field: 'buyer',
			party: (doc: PurchaseOrder) => doc.buyer,
			withVat: false,
		}),
		partyLoop<S>({
			entity: 'ST',
			field: 'shipTo',
			party: (doc: PurchaseOrder) => doc.shipTo,
			withVat: false,
			withContact: true,
		}),
	],
	line: [
		{
			name: 'PO1',
			segment: 'PO1',
			usage: 'required',
			elements: [
				{ at: 1, field: 'line.number', counted: true, value: ({ line }) => String(line.number) },
				{ at: 2, field: 'line.quantity', value: ({ line }) => realNumber(line.quantity) },
				{
					at: 3,
					field: 'line.unit',
					note: 'EA if empty; code map of units',
					value: ({ line, profile }) => unitElement(line.unit, profile),
				},
				{ at: 4, field: 'line.unitPrice', value: ({ line }) => realNumber(line.unitPrice) },
				...itemNumbers<S>(6, ({ line }) => line.item),
			],
		},
		description('PID', 'line.description', ({ line }) => line.description),
		lineReference('costCenter'),
		lineReference('costUnit'),
		lineReference('project'),
		{
			name: 'PO1/DTM*002',
			segment: 'DTM',
			usage: 'on',
			when: ({ line }) => line.deliveryDate !== undefined,
			elements: [
				fixed(1, '002', 'delivery requested'),
				{ at: 2, field: 'line.deliveryDate', value: ({ line }) => compactDate(line.deliveryDate) },
			],
		},
		{
			name: 'PO1/MSG',
			segment: 'MSG',
			usage: 'on',
			releases: ['004010'],
			when: ({ line }) => Boolean(line.notes),
			repeat: inParts(({ line }) => line.notes, 264),
			elements: [{ at: 1, field: 'line.notes', value: ({ text }) => text }],
		},
		{
			name: 'PO1/MTX',
			segment: 'MTX',
			usage: 'on',
			releases: ['005010'],
			when: ({ line }) => Boolean(line.notes),
			repeat: inParts(({ line }) => line.notes, 4096),
			elements: [fixed(1, 'GEN'), { at: 2, field: 'line.notes', value: ({ text }) => text }],
		},
		lineTax('PO1/TXI'),
		lineDifferenceSegment('PO1/SAC'),
	],
	summary: [
		{
			name: 'CTT',
			loop: 'CTT',
			usage: 'on',
			field: '',
			enter: () => true,
			rules: [
				lineCount('CTT/CTT', 'required'),
				{
					name: 'AMT*TT',
					segment: 'AMT',
					usage: 'on',
					elements: [
						fixed(1, 'TT', 'total of the transaction, without VAT'),
						{ at: 2, field: 'netTotal', value: ({ doc }) => realNumber(doc.netTotal) },
					],
				},
			],
		},
	],
	check: checkOrder,
};
