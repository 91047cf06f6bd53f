import type { Party, PurchaseOrder, PurchaseOrderLine, Tax } from '../../../documents';
import { date102 } from './context';
import {
	accountReferences,
	descriptions,
	itemNumbers,
	lineDiscount,
	linePrice,
	lineSegment,
} from './lines';
import {
	contact,
	currency,
	freeText,
	partyOf,
	partyReferences,
	paymentTerms,
	termsInWords,
} from './parties';
import { purposeCode } from './purposes';
import { code, lines, number, segment, text, within } from './words';
import type { Rule } from './words';
import { taxSegment } from './taxes';
import { unitCode } from './units';

const supplierOf = ({ supplier }: PurchaseOrder): Party => supplier;

export const orderLineRules: readonly Rule<PurchaseOrderLine>[] = [
	itemNumbers<PurchaseOrderLine>(),
	descriptions<PurchaseOrderLine>(99),
	segment(
		'QTY',
		[
			[
				'21',
				number('quantity', (line, context) => context.number(line.quantity)),
				code('unit', (line, context, at) => unitCode(line.unit, context, `${at}unit`)),
			],
		],
		{ note: '6411 by the units code map, else UN Recommendation 20 for common names' },
	),
	segment('DTM', [['2', code('deliveryDate', (line) => date102(line.deliveryDate)), '102']]),
	segment('MOA', [['203', number('netAmount', (line, context) => context.amount(line.netAmount))]]),
	freeText<PurchaseOrderLine>('LIN', 'notes', 10, (line) => line.notes),
	...linePrice<PurchaseOrderLine>(),
	...accountReferences<PurchaseOrderLine>(),
	within((line) => line.tax, 'tax', [
		taxSegment([
			segment<Tax>(
				'MOA',
				[['124', number('amount', (tax, context) => context.amount(tax.amount))]],
				{
					name: 'MOA+124 line',
				},
			),
		]),
	]),
	lineDiscount<PurchaseOrderLine>(),
];

/** What follows BGM, up to the references. */
export const orderHead: readonly Rule<PurchaseOrder>[] = [
	segment('DTM', [['137', code('date', (order) => date102(order.date)), '102']]),
	segment('DTM', [['2', code('deliveryDate', (order) => date102(order.deliveryDate)), '102']]),
	freeText<PurchaseOrder>('AAI', 'description', 5, (order) => order.description),
	termsInWords<PurchaseOrder>(),
];

/** From the references to the lines. */
export const orderParties: readonly Rule<PurchaseOrder>[] = [
	segment('RFF', [['VN', code('supplierReference', (order) => order.supplierReference)]]),
	partyOf('SU', 'supplier', supplierOf, supplierOf),
	partyOf('BY', 'buyer', (order) => order.buyer, supplierOf),
	partyOf('DP', 'shipTo', (order) => order.shipTo, supplierOf, [contact]),
	partyOf('IV', 'buyer', (order) => order.buyer, supplierOf, partyReferences),
	currency('9'),
	...paymentTerms<PurchaseOrder>(),
	segment('TOD', [['3'], [''], [code('incoterm.code', (order) => order.incoterm?.code)]], {
		inside: [
			segment<PurchaseOrder>('LOC', [
				['1'],
				['', '', '', text('incoterm.place', (order) => order.incoterm?.place)],
			]),
		],
	}),
];

export const orderSummary: readonly Rule<PurchaseOrder>[] = [
	segment('UNS', [['S']], { section: 'summary', always: true }),
	segment('MOA', [['79', number('netTotal', (order, context) => context.amount(order.netTotal))]], {
		section: 'summary',
	}),
	segment(
		'MOA',
		[['176', number('taxTotal', (order, context) => context.amount(order.taxTotal))]],
		{
			section: 'summary',
		},
	),
	segment(
		'MOA',
		[['86', number('grossTotal', (order, context) => context.amount(order.grossTotal))]],
		{
			section: 'summary',
		},
	),
	segment('CNT', [['2', number('lines', (order) => String(order.lines.length))]], {
		section: 'summary',
	}),
];

/** ORDERS, field by field, in the order of the directory. */
export const purchaseOrderRules: readonly Rule<PurchaseOrder>[] = [
	segment('BGM', [
		[code('type', (_, { profile }) => profile.orderTypeCode)],
		[code('number', (order) => order.number)],
		[purposeCode],
	]),
	...orderHead,
	...orderParties,
	lines((order: PurchaseOrder) => order.lines, 'lines', [lineSegment(orderLineRules)]),
	...orderSummary,
];
