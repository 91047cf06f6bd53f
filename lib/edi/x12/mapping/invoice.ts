import { formatDecimal, parseDecimal, subtract, ZERO } from '../../../decimal';
import type { Invoice, InvoiceLine, Tax } from '../../../documents';
import type { Charge } from '../../mapping';
import { lookUp } from '../../partner';
import type { X12Context } from './context';
import {
	description,
	inParts,
	itemNumbers,
	lineCount,
	lineDifferenceSegment,
	lineReference,
	lineTax,
} from './lines';
import { fraction, impliedCents, isNegative, magnitude, realNumber } from './numbers';
import { party } from './parties';
import { PURPOSES } from './purposes';
import { discountAmount, paymentTerms } from './terms';
import { compactDate } from './texts';
import { unitElement } from './units';
import { code, each, lines, number, optional, segment, text } from './words';
import type { Rule } from './words';

function linePeriod(qualifier: string, field: 'periodFrom' | 'periodTo'): Rule<InvoiceLine> {
	return segment('DTM', [qualifier, code(field, (line) => compactDate(line[field]))]);
}

/** A ledger line has an amount only: one piece at that price, a negative one as minus one piece. */
const isLedgerLine = (line: InvoiceLine): boolean =>
	line.quantity === undefined || line.unitPrice === undefined;

function quantity(line: InvoiceLine, context: X12Context): string {
	if (!isLedgerLine(line)) return realNumber(context.signed(line.quantity ?? ''));
	return isNegative(line.netAmount) !== (context.signed('1') === '-1') ? '-1' : '1';
}

const lineRules: readonly Rule<InvoiceLine>[] = [
	lineTax<InvoiceLine>('IT1/TXI', true),
	description<InvoiceLine>('PID'),
	lineReference<InvoiceLine>('glAccount'),
	lineReference<InvoiceLine>('costCenter'),
	lineReference<InvoiceLine>('costUnit'),
	lineReference<InvoiceLine>('project'),
	segment<InvoiceLine>(
		'REF',
		[
			'PO',
			code('purchaseOrderNumber', (line, { document }) =>
				document.type === 'invoice' && line.purchaseOrderNumber === document.purchaseOrderNumber
					? undefined
					: line.purchaseOrderNumber,
			),
		],
		{ name: 'IT1/REF*PO', note: 'where it is not that of BIG04' },
	),
	linePeriod('150', 'periodFrom'),
	linePeriod('151', 'periodTo'),
	lineDifferenceSegment<InvoiceLine>('IT1/SAC'),
];

const taxRule = segment<Tax>(
	'TXI',
	[
		code(
			'code',
			(tax, { profile }) => lookUp(profile.codeMaps.vatCodes, tax.code) ?? 'VA',
			'VA; code map of VAT codes',
		),
		number(
			'amount',
			(tax, context) => realNumber(tax.reverseCharge === true ? '0' : context.signed(tax.amount)),
			'0 with reverse charge',
		),
		number(
			'percentage',
			({ percentage }) => (percentage === undefined ? undefined : fraction(percentage)),
			'as a fraction: .21',
		),
		'',
		'',
		code('exempt', (tax) => (tax.exempt === true ? '1' : undefined), '1 exempt'),
		'',
		number(
			'base',
			({ base, percentage }, context) => {
				if (base === undefined || percentage === undefined) return undefined;
				const written = realNumber(context.signed(base));
				return written.replace(/\D/g, '').length <= 9 ? written : undefined;
			},
			'with a percentage, and if it has at most 9 digits',
		),
	],
	{ section: 'summary' },
);

function hasForeignRate(doc: Invoice): boolean {
	return (
		doc.exchangeRate !== undefined &&
		doc.companyCurrency !== undefined &&
		doc.companyCurrency !== doc.currency
	);
}

/** CUR03 (DE280) has at least four digits: 1.2 is written 1.200. */
function rate(given: string): string {
	const digits = given.replace(/\D/g, '').length;
	if (digits >= 4) return given;
	return (given.includes('.') ? given : `${given}.`) + '0'.repeat(4 - digits);
}

/** Of TDS02 to TDS04: what the discount is taken off, what is left, and the discount itself. */
function amountUnder(
	doc: Invoice,
	context: X12Context,
	which: 'whole' | 'rest' | 'discount',
): string | undefined {
	const discount = discountAmount(doc, doc.grossTotal);
	if (discount === undefined) return undefined;
	const amounts = {
		whole: doc.grossTotal,
		rest: formatDecimal(
			subtract(parseDecimal(doc.grossTotal) ?? ZERO, parseDecimal(discount) ?? ZERO),
		),
		discount,
	};
	return impliedCents(context.signed(amounts[which]));
}

/** 810, field by field; the schema says the order. */
export const invoiceRules: readonly Rule<Invoice>[] = [
	segment<Invoice>(
		'BIG',
		[
			code('date', ({ date }) => compactDate(date)),
			code('supplierNumber', (doc) => doc.supplierNumber || doc.number, 'else number'),
			'',
			code('purchaseOrderNumber', (doc) => doc.purchaseOrderNumber),
			'',
			'',
			code(
				'kind',
				({ kind }, { profile }) =>
					kind === 'creditNote' ? profile.creditNoteTypeCode : profile.invoiceTypeCode,
				'CR for a credit note (setting)',
			),
			code(
				'purpose',
				({ purpose = 'original' }) => (purpose === 'original' ? undefined : PURPOSES[purpose]),
				'05 for a replacement, 01 for a cancellation',
			),
		],
		{ usage: 'required', always: true },
	),
	inParts<Invoice>('NTE', 'NTE', ['GEN'], 'description', (doc) => doc.description, 80, 'off'),
	segment<Invoice>(
		'CUR',
		[
			'SE',
			code('currency', (doc) => doc.currency),
			number(
				'exchangeRate',
				(doc) => (hasForeignRate(doc) ? rate(doc.exchangeRate ?? '') : undefined),
				'if the company keeps its books in another currency',
			),
			code('', (doc) => (hasForeignRate(doc) ? 'BY' : undefined)),
			code('companyCurrency', (doc) => (hasForeignRate(doc) ? doc.companyCurrency : undefined)),
		],
		{ name: 'CUR' },
	),
	segment<Invoice>(
		'REF',
		[
			{ setting: 'ownNumberQualifier', of: (profile) => profile.ownNumberQualifier },
			code('ownNumber', (doc) => doc.ownNumber || doc.number, 'else number'),
		],
		{ name: 'REF*VV' },
	),
	segment<Invoice>('REF', ['4N', code('paymentReference', (doc) => doc.paymentReference)], {
		note: 'special payment reference',
	}),
	party<Invoice>('SE', 'supplier', (doc) => doc.supplier, { withContact: true }),
	party<Invoice>('BY', 'buyer', (doc) => doc.buyer),
	party<Invoice>('BT', 'buyer', (doc) => doc.buyer, { withVat: false }),
	paymentTerms<Invoice>((doc) => doc.grossTotal),
	lines((_: Invoice, context) => context.split.lines, 'lines', [
		segment<InvoiceLine>(
			'IT1',
			[
				number('number', (line) => String(line.number)),
				number('quantity', quantity, '1 or -1 for a line with an amount only'),
				code(
					'unit',
					(line, { profile }) => (isLedgerLine(line) ? 'EA' : unitElement(line.unit, profile)),
					'EA for a line with an amount only; code map of units',
				),
				number(
					'unitPrice',
					(line) =>
						realNumber(isLedgerLine(line) ? magnitude(line.netAmount) : (line.unitPrice ?? '')),
					'the amount of a line with an amount only',
				),
				'',
				itemNumbers<InvoiceLine>(),
			],
			{ usage: 'required', inside: lineRules },
		),
	]),
	segment<Invoice>(
		'TDS',
		[
			number(
				'grossTotal',
				(doc, context) => impliedCents(context.signed(doc.grossTotal)),
				'N2: no decimal point',
			),
			optional(
				number(
					'grossTotal',
					(doc, context) => amountUnder(doc, context, 'whole'),
					'subject to discount',
				),
			),
			optional(
				number(
					'grossTotal',
					(doc, context) => amountUnder(doc, context, 'rest'),
					'less the discount',
				),
			),
			optional(
				number(
					'grossTotal',
					(doc, context) => amountUnder(doc, context, 'discount'),
					'the discount',
				),
			),
		],
		{ usage: 'required', section: 'summary' },
	),
	each((doc: Invoice) => doc.taxes, 'taxes', [taxRule]),
	each(
		(_: Invoice, context) => context.split.charges,
		'lines',
		[
			segment<Charge>(
				'SAC',
				[
					code(
						'netAmount',
						({ isAllowance }, context) =>
							isAllowance !== (context.signed('1') === '-1') ? 'A' : 'C',
						'C charge, A allowance',
					),
					code('', (charge) => charge.code, "of the guideline's charges"),
					'',
					'',
					number('netAmount', ({ amount }) => impliedCents(amount)),
					...Array<string>(9).fill(''),
					text('description', (charge, context) => context.fitted(charge.description, 80)),
				],
				{ name: 'SAC(charge)', usage: 'required', section: 'summary' },
			),
		],
		{ indexed: false },
	),
	lineCount<Invoice>(
		'on',
		(_, context) => context.split.lines.filter((line) => line !== undefined).length,
		(_, context) =>
			context.split.lines.flatMap((line) => (line === undefined ? [] : [quantity(line, context)])),
	),
];
