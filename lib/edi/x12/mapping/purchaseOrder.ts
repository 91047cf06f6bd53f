import type { PurchaseOrder, PurchaseOrderLine } from '../../../documents';
import { isLeftOut } from '../../mapping';
import type { X12Profile } from '../profile';
import type { Report } from './context';
import {
	description,
	inParts,
	itemNumbers,
	lineCount,
	lineDifferenceSegment,
	lineReference,
	lineTax,
} from './lines';
import { checkLine } from './linePrices';
import { realNumber } from './numbers';
import { party } from './parties';
import { PURPOSES } from './purposes';
import { paymentTerms } from './terms';
import { compactDate } from './texts';
import { unitElement } from './units';
import { code, lines, number, segment, text } from './words';
import type { Rule } from './words';

/** Incoterms that DE335 of 004010 and 005010 has; younger ones (DAP, DAT, DPU) have no code there. */
const TERMS = new Set('CFR CIF CIP CPT DAF DDP DDU DEQ DES EXW FAS FCA FOB'.split(' '));

export function checkOrder(
	doc: PurchaseOrder,
	profile: X12Profile,
	report: Report,
	set: '850' | '860',
): void {
	if (doc.lines.length === 0) {
		report('X12_NO_LINES', 'lines', 'it has no lines; an order needs at least one');
	}
	const { incoterm } = doc;
	if (
		incoterm !== undefined &&
		!TERMS.has(incoterm.code) &&
		!isLeftOut(profile.guideline, set, 'FOB')
	) {
		report(
			'X12_INCOTERM_NOT_SENT',
			'incoterm.code',
			`the Incoterm "${incoterm.code}" (incoterm.code) has no X12 code (DE335) and is not sent; use one of ${[...TERMS].join(', ')}, send it in an extra segment, or leave out FOB`,
			{ warning: true, expected: [...TERMS].join(' or '), received: incoterm.code },
		);
	}
	doc.lines.forEach((line, index) => checkLine(line, index, doc.currency, profile, report));
}

const requested = (name: string): Rule<{ readonly deliveryDate?: string }> =>
	segment<{ readonly deliveryDate?: string }>(
		'DTM',
		['002', code('deliveryDate', (scope) => compactDate(scope.deliveryDate))],
		{ name, note: 'delivery requested' },
	);

const notes = (line: PurchaseOrderLine): string | undefined => line.notes;

/** What PO1 and POC say of a line, each in its own place. */
export const orderLine = {
	number: number<PurchaseOrderLine>('number', (line) => String(line.number)),
	quantity: number<PurchaseOrderLine>('quantity', (line) => realNumber(line.quantity)),
	unit: code<PurchaseOrderLine>(
		'unit',
		(line, { profile }) => unitElement(line.unit, profile),
		'EA if empty; code map of units',
	),
	price: number<PurchaseOrderLine>('unitPrice', (line) => realNumber(line.unitPrice)),
	items: itemNumbers<PurchaseOrderLine>(),
};

/** Inside the loop of a line, which begins with PO1 or POC. */
export const orderLineRules = (loop: string): readonly Rule<PurchaseOrderLine>[] => [
	description<PurchaseOrderLine>('PID'),
	lineReference<PurchaseOrderLine>('costCenter'),
	lineReference<PurchaseOrderLine>('costUnit'),
	lineReference<PurchaseOrderLine>('project'),
	requested(`${loop}/DTM*002`),
	// The loop has MSG up to 004010 and MTX from 005010 on: one of the two finds no place.
	inParts('MSG', `${loop}/MSG`, [], 'notes', notes, 264),
	inParts('MTX', `${loop}/MTX`, ['GEN'], 'notes', notes, 4096),
	lineTax<PurchaseOrderLine>(`${loop}/TXI`),
	lineDifferenceSegment<PurchaseOrderLine>(`${loop}/SAC`),
];

/** What stands between the first segment and the lines. */
export const orderHead: readonly Rule<PurchaseOrder>[] = [
	segment<PurchaseOrder>('CUR', ['BY', code('currency', (doc) => doc.currency)], { name: 'CUR' }),
	segment<PurchaseOrder>(
		'REF',
		[
			{ setting: 'ownNumberQualifier', of: (profile) => profile.ownNumberQualifier },
			code(
				'ownNumber',
				({ ownNumber, number: own }) => (ownNumber === own ? undefined : ownNumber),
				'if it is not the order number',
			),
		],
		{ name: 'REF*VV' },
	),
	segment<PurchaseOrder>('REF', ['VN', code('supplierReference', (doc) => doc.supplierReference)], {
		note: 'vendor order number',
	}),
	segment<PurchaseOrder>(
		'FOB',
		[
			'DF',
			'',
			'',
			'01',
			code(
				'incoterm.code',
				({ incoterm }) => (TERMS.has(incoterm?.code ?? '') ? incoterm?.code : undefined),
				'those of DE335',
			),
			code('incoterm.place', ({ incoterm }) => (incoterm?.place ? 'ZZ' : undefined)),
			text('incoterm.place', ({ incoterm }, context) => context.fitted(incoterm?.place, 80)),
		],
		{ name: 'FOB' },
	),
	paymentTerms<PurchaseOrder>((doc) => doc.grossTotal ?? doc.netTotal),
	requested('DTM*002'),
	description<PurchaseOrder>('PID(header)'),
	party<PurchaseOrder>('BY', 'buyer', (doc) => doc.buyer),
	party<PurchaseOrder>('SE', 'supplier', (doc) => doc.supplier, {
		withContact: true,
	}),
	party<PurchaseOrder>('BT', 'buyer', (doc) => doc.buyer, { withVat: false }),
	party<PurchaseOrder>('ST', 'shipTo', (doc) => doc.shipTo, { withVat: false, withContact: true }),
];

export const orderSummary: Rule<PurchaseOrder> = lineCount<PurchaseOrder>(
	'on',
	(doc) => doc.lines.length,
	(doc) => doc.lines.map(({ quantity }) => quantity),
	[
		segment<PurchaseOrder>('AMT', ['TT', number('netTotal', (doc) => realNumber(doc.netTotal))], {
			note: 'total of the transaction, without VAT',
		}),
	],
);

/** 850, field by field; the schema says the order. */
export const purchaseOrderRules: readonly Rule<PurchaseOrder>[] = [
	segment<PurchaseOrder>(
		'BEG',
		[
			code(
				'purpose',
				({ purpose = 'original' }) => PURPOSES[purpose],
				'00, a replacement 05, a cancellation 01',
			),
			code('', (_, { profile }) => profile.orderTypeCode, 'SA (setting)'),
			code('number', (doc) => doc.number),
			'',
			code('date', (doc) => compactDate(doc.date)),
		],
		{ usage: 'required' },
	),
	...orderHead,
	lines((doc: PurchaseOrder) => doc.lines, 'lines', [
		segment<PurchaseOrderLine>(
			'PO1',
			[orderLine.number, orderLine.quantity, orderLine.unit, orderLine.price, '', orderLine.items],
			{ usage: 'required', inside: orderLineRules('PO1') },
		),
	]),
	orderSummary,
];
