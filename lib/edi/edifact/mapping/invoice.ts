import type { Invoice, InvoiceLine, Party, Tax } from '../../../documents';
import { formatDecimal, parseDecimal, round } from '../../../decimal';
import type { Charge, SplitLines } from '../../mapping';
import { date102 } from './context';
import type { MappingContext } from './context';
import {
	accountReferences,
	descriptions,
	itemNumbers,
	lineDiscount,
	linePrice,
	lineSegment,
} from './lines';
import {
	bankSegment,
	contact,
	freeText,
	partyOf,
	partyReferences,
	paymentTerms,
	termsInWords,
} from './parties';
import { purposeCode } from './purposes';
import { code, each, lines, number, segment, within } from './words';
import type { Rule } from './words';
import { taxBase, taxExplanation, taxSegment } from './taxes';
import { unitCode } from './units';

const supplierOf = ({ supplier }: Invoice): Party => supplier;

/** The own number tells something only where the number is another one. */
function ownNumber(invoice: Invoice): string | undefined {
	return invoice.ownNumber === invoice.number ? undefined : invoice.ownNumber;
}

function hasOtherCurrency(invoice: Invoice): boolean {
	return invoice.companyCurrency !== undefined && invoice.companyCurrency !== invoice.currency;
}

/** 5402 holds 12 digits; what a rate has beyond eight decimals is noise of binary fractions. */
function exchangeRate(invoice: Invoice, context: MappingContext): string | undefined {
	const rate = parseDecimal(invoice.exchangeRate ?? '');
	if (rate === undefined) return undefined;
	return context.number(formatDecimal(round(rate, 8)));
}

function differsFromOrder(line: InvoiceLine, context: MappingContext): boolean {
	const { document } = context;
	return document.type !== 'invoice' || line.purchaseOrderNumber !== document.purchaseOrderNumber;
}

const lineRules: readonly Rule<InvoiceLine>[] = [
	itemNumbers<InvoiceLine>(),
	descriptions<InvoiceLine>(10),
	segment(
		'QTY',
		[
			[
				'47',
				number('quantity', (line, context) => context.quantity(line.quantity)),
				code('unit', (line, context, at) => unitCode(line.unit, context, `${at}unit`)),
			],
		],
		{ note: '6411 by the units code map, else UN Recommendation 20 for common names' },
	),
	segment('DTM', [['194', code('periodFrom', (line) => date102(line.periodFrom)), '102']]),
	segment('DTM', [['206', code('periodTo', (line) => date102(line.periodTo)), '102']]),
	segment('MOA', [['203', number('netAmount', (line, context) => context.amount(line.netAmount))]]),
	...linePrice<InvoiceLine>(),
	...accountReferences<InvoiceLine>(),
	segment('RFF', [['ON', code('purchaseOrderNumber', (line) => line.purchaseOrderNumber)]], {
		when: differsFromOrder,
		name: 'RFF+ON',
	}),
	within((line) => line.tax, 'tax', [
		taxSegment([
			segment<Tax>(
				'MOA',
				[['124', number('amount', (tax, context) => context.amount(tax.amount))]],
				{
					name: 'MOA+124 line',
				},
			),
			segment<Tax>('MOA', [['125', number('base', (tax, context) => context.amount(tax.base))]], {
				name: 'MOA+125 line',
				when: (_, { profile }) => profile.release === 'D.01B',
				note: 'D.01B only: D.96A has one MOA there',
			}),
		]),
	]),
	lineDiscount<InvoiceLine>(),
];

const summaryAmounts: readonly Rule<Tax>[] = [
	segment('MOA', [
		[
			'125',
			number('base', (tax, context) =>
				context.document.type === 'invoice'
					? context.amount(taxBase(tax, context.document))
					: undefined,
			),
		],
	]),
	segment('MOA', [['124', number('amount', (tax, context) => context.amount(tax.amount))]]),
];

function countOf({ lines: all }: SplitLines): string {
	return String(all.filter((line) => line !== undefined).length);
}

/** INVOIC, field by field, in the order of the directory. */
export const invoiceRules: readonly Rule<Invoice>[] = [
	segment('BGM', [
		[
			code('kind', ({ kind }, { profile }) =>
				kind === 'creditNote' ? profile.creditNoteTypeCode : profile.invoiceTypeCode,
			),
		],
		[code('number', (invoice) => invoice.number)],
		[purposeCode],
	]),
	segment('DTM', [['137', code('date', (invoice) => date102(invoice.date)), '102']]),
	freeText<Invoice>('AAI', 'description', 5, (invoice) => invoice.description),
	termsInWords<Invoice>(),
	each((invoice: Invoice) => invoice.taxes, 'taxes', [
		freeText<Tax>('TXD', 'description', 1, taxExplanation),
	]),
	segment('RFF', [['ON', code('purchaseOrderNumber', (invoice) => invoice.purchaseOrderNumber)]]),
	segment(
		'RFF',
		[
			[
				{ setting: 'ownNumberQualifier', of: (profile) => profile.ownNumberQualifier },
				code('ownNumber', ownNumber),
			],
		],
		{ name: 'RFF own number', note: '1153 by the setting ownNumberQualifier' },
	),
	segment('RFF', [['PQ', code('paymentReference', (invoice) => invoice.paymentReference)]]),
	partyOf('SU', 'supplier', supplierOf, supplierOf, [
		bankSegment('RB', '', ({ party: supplier }) => supplier),
		...partyReferences,
		contact,
	]),
	partyOf('BY', 'buyer', (invoice) => invoice.buyer, supplierOf),
	partyOf('IV', 'buyer', (invoice) => invoice.buyer, supplierOf, partyReferences),
	segment(
		'CUX',
		[
			['2', code('currency', (invoice) => invoice.currency), '4'],
			[
				code('companyCurrency', (invoice) =>
					hasOtherCurrency(invoice) && invoice.exchangeRate !== undefined
						? ['3', invoice.companyCurrency ?? '', '3']
						: [],
				),
			],
			[
				number('exchangeRate', (invoice, context) =>
					hasOtherCurrency(invoice) ? exchangeRate(invoice, context) : undefined,
				),
			],
		],
		{ note: 'with the currency of the company and the rate where it is another one' },
	),
	...paymentTerms<Invoice>(),
	each(
		(_: Invoice, context) => context.split.charges,
		'lines',
		[
			segment<Charge>(
				'ALC',
				[
					[
						code(
							'netAmount',
							({ isAllowance }) => (isAllowance ? 'A' : 'C'),
							'C charge, A allowance',
						),
					],
					'',
					'',
					'',
					[code('', (charge) => charge.code, "of the guideline's charges")],
				],
				{
					name: 'ALC(charge)',
					inside: [
						segment<Charge>(
							'MOA',
							[['8', number('netAmount', ({ amount }, context) => context.amount(amount))]],
							{ name: 'MOA+8 charge' },
						),
						within(({ line }) => line.tax, 'tax', [taxSegment([])]),
					],
				},
			),
		],
		{ indexed: false },
	),
	lines((_: Invoice, context) => context.split.lines, 'lines', [lineSegment(lineRules)]),
	segment('UNS', [['S']], { section: 'summary', always: true }),
	segment('CNT', [['2', number('lines', (_, { split }) => countOf(split))]], {
		section: 'summary',
	}),
	segment(
		'MOA',
		[['79', number('netTotal', (_, context) => context.amount(context.split.lineTotal))]],
		{
			section: 'summary',
		},
	),
	segment(
		'MOA',
		[['176', number('taxTotal', (invoice, context) => context.amount(invoice.taxTotal))]],
		{
			section: 'summary',
		},
	),
	segment(
		'MOA',
		[['77', number('grossTotal', (invoice, context) => context.amount(invoice.grossTotal))]],
		{
			section: 'summary',
		},
	),
	segment(
		'MOA',
		[['9', number('grossTotal', (invoice, context) => context.amount(invoice.grossTotal))]],
		{
			section: 'summary',
		},
	),
	each((invoice: Invoice) => invoice.taxes, 'taxes', [taxSegment(summaryAmounts, 'summary')]),
];
