import type { Invoice, InvoiceLine } from '../../../documents';
import { lookUp } from '../../partner';
import { checkInvoice } from './invoiceChecks';
import {
	description,
	inParts,
	lineCount,
	lineDifferenceSegment,
	lineReference,
	lineTax,
} from './lineSegments';
import { fraction, impliedCents, isNegative, magnitude, negated, realNumber } from './numbers';
import { partyLoop } from './party';
import { fixed } from './rule';
import type { ElementRule, MappingTable, Scope, SegmentRule } from './rule';
import { itemNumbers, paymentTermsRule } from './shared';
import { compactDate } from './texts';
import { unitElement } from './units';

type S = Scope<Invoice, InvoiceLine>;

/** A credit note's amounts are positive with BIG07 `CR`, unless the partner wants them negative. */
function signed(text: string, { doc, profile }: S): string {
	return doc.kind === 'creditNote' && profile.creditNoteAmounts === 'negative'
		? negated(text)
		: text;
}

function linePeriod(name: string, code: string, field: 'periodFrom' | 'periodTo'): SegmentRule<S> {
	return {
		name,
		segment: 'DTM',
		usage: 'on',
		when: ({ line }) => line[field] !== undefined,
		elements: [
			fixed(1, code),
			{ at: 2, field: `line.${field}`, value: ({ line }) => compactDate(line[field]) },
		],
	};
}

/** A ledger line has an amount only: one piece at that price, a negative one as minus one piece. */
const isLedgerLine = (line: InvoiceLine): boolean =>
	line.quantity === undefined || line.unitPrice === undefined;

const lineElements: ElementRule<S>[] = [
	{ at: 1, field: 'line.number', counted: true, value: ({ line }) => String(line.number) },
	{
		at: 2,
		field: 'line.quantity',
		note: '1 or -1 for a line with an amount only',
		value: (scope) => {
			const { line } = scope;
			if (!isLedgerLine(line)) return realNumber(signed(line.quantity ?? '', scope));
			return isNegative(line.netAmount) !== (signed('1', scope) === '-1') ? '-1' : '1';
		},
	},
	{
		at: 3,
		field: 'line.unit',
		note: 'EA for a line with an amount only; code map of units',
		value: ({ line, profile }) => (isLedgerLine(line) ? 'EA' : unitElement(line.unit, profile)),
	},
	{
		at: 4,
		field: 'line.unitPrice',
		note: 'the amount of a line with an amount only',
		value: ({ line }) =>
			realNumber(isLedgerLine(line) ? magnitude(line.netAmount) : (line.unitPrice ?? '')),
	},
	...itemNumbers<S>(6, ({ line }) => line.item),
];

const taxAmount = (scope: S): string =>
	realNumber(scope.tax.reverseCharge === true ? '0' : signed(scope.tax.amount, scope));

export const invoice810: MappingTable<Invoice, InvoiceLine> = {
	set: '810',
	type: 'invoice',
	lineLoop: ['IT1'],
	linesField: 'lines',
	lines: (doc) => doc.lines,
	header: [
		{
			name: 'BIG',
			segment: 'BIG',
			usage: 'required',
			elements: [
				{ at: 1, field: 'date', value: ({ doc }) => compactDate(doc.date) },
				{
					at: 2,
					field: 'supplierNumber',
					note: 'else number',
					value: ({ doc }) => doc.supplierNumber || doc.number,
				},
				{ at: 4, field: 'purchaseOrderNumber', value: ({ doc }) => doc.purchaseOrderNumber },
				{
					at: 7,
					field: 'kind',
					note: 'CR for a credit note (setting)',
					value: ({ doc, profile }) =>
						doc.kind === 'creditNote' ? profile.creditNoteTypeCode : profile.invoiceTypeCode,
				},
				{
					at: 8,
					field: 'purpose',
					note: '05 for a replacement',
					value: ({ doc }) => (doc.purpose === 'replacement' ? '05' : undefined),
				},
			],
		},
		{
			name: 'NTE',
			segment: 'NTE',
			usage: 'off',
			when: ({ doc }) => Boolean(doc.description),
			repeat: inParts(({ doc }) => doc.description, 80),
			elements: [fixed(1, 'GEN'), { at: 2, field: 'description', value: ({ text }) => text }],
		},
		{
			name: 'CUR',
			segment: 'CUR',
			usage: 'on',
			elements: [
				fixed(1, 'SE', 'the seller’s currency'),
				{ at: 2, field: 'currency', value: ({ doc }) => doc.currency },
				{
					at: 3,
					field: 'exchangeRate',
					note: 'if the company keeps its books in another currency',
					value: ({ doc }) => (hasForeignRate(doc) ? rate(doc.exchangeRate ?? '') : undefined),
				},
				{ at: 4, field: '', value: ({ doc }) => (hasForeignRate(doc) ? 'BY' : undefined) },
				{
					at: 5,
					field: 'companyCurrency',
					value: ({ doc }) => (hasForeignRate(doc) ? doc.companyCurrency : undefined),
				},
			],
		},
		{
			name: 'REF*VV',
			segment: 'REF',
			usage: 'on',
			when: ({ profile }) => profile.ownNumberQualifier !== '',
			elements: [
				{
					at: 1,
					field: '',
					note: 'VV voucher (setting)',
					value: ({ profile }) => profile.ownNumberQualifier,
				},
				{
					at: 2,
					field: 'ownNumber',
					note: 'else number',
					value: ({ doc }) => doc.ownNumber || doc.number,
				},
			],
		},
		{
			name: 'REF*4N',
			segment: 'REF',
			usage: 'on',
			when: ({ doc }) => Boolean(doc.paymentReference),
			elements: [
				fixed(1, '4N', 'special payment reference'),
				{ at: 2, field: 'paymentReference', value: ({ doc }) => doc.paymentReference },
			],
		},
		partyLoop<S>({
			entity: 'SE',
			field: 'supplier',
			usage: 'required',
			party: (doc: Invoice) => doc.supplier,
			withContact: true,
		}),
		partyLoop<S>({ entity: 'BY', field: 'buyer', party: (doc: Invoice) => doc.buyer }),
		partyLoop<S>({
			entity: 'BT',
			field: 'buyer',
			party: (doc: Invoice) => doc.buyer,
			withVat: false,
		}),
		paymentTermsRule<S>(({ doc }) => doc),
	],
	line: [
		{ name: 'IT1', segment: 'IT1', usage: 'required', elements: lineElements },
		lineTax('IT1/TXI', [
			{
				at: 6,
				field: 'line.tax.exempt',
				note: '1 exempt',
				value: ({ line }) => (line.tax?.exempt === true ? '1' : undefined),
			},
		]),
		description('PID', 'line.description', ({ line }) => line.description),
		lineReference('glAccount'),
		lineReference('costCenter'),
		lineReference('costUnit'),
		lineReference('project'),
		{
			name: 'IT1/REF*PO',
			segment: 'REF',
			usage: 'on',
			when: ({ line, doc }) =>
				Boolean(line.purchaseOrderNumber) && line.purchaseOrderNumber !== doc.purchaseOrderNumber,
			elements: [
				fixed(1, 'PO', 'purchase order number, where it is not that of BIG04'),
				{ at: 2, field: 'line.purchaseOrderNumber', value: ({ line }) => line.purchaseOrderNumber },
			],
		},
		linePeriod('DTM*150', '150', 'periodFrom'),
		linePeriod('DTM*151', '151', 'periodTo'),
		lineDifferenceSegment('IT1/SAC', signed),
	],
	summary: [
		{
			name: 'TDS',
			segment: 'TDS',
			usage: 'required',
			elements: [
				{
					at: 1,
					field: 'grossTotal',
					note: 'N2: no decimal point',
					value: (scope) => impliedCents(signed(scope.doc.grossTotal, scope)),
				},
			],
		},
		{
			name: 'TXI',
			segment: 'TXI',
			usage: 'required',
			repeat: (scope, emit) => {
				for (const tax of scope.doc.taxes) {
					scope.tax = tax;
					emit();
				}
			},
			elements: [
				{
					at: 1,
					field: 'tax.code',
					note: 'VA; code map of VAT codes',
					value: ({ tax, profile }) => lookUp(profile.codeMaps.vatCodes, tax.code) ?? 'VA',
				},
				{ at: 2, field: 'tax.amount', note: '0 with reverse charge', value: taxAmount },
				{
					at: 3,
					field: 'tax.percentage',
					note: 'as a fraction: .21',
					value: ({ tax }) => (tax.percentage === undefined ? undefined : fraction(tax.percentage)),
				},
				{
					at: 6,
					field: 'tax.exempt',
					note: '1 exempt',
					value: ({ tax }) => (tax.exempt === true ? '1' : undefined),
				},
				{
					at: 8,
					field: 'tax.base',
					note: 'with a percentage, and if it has at most 9 digits',
					value: (scope) => {
						const { base, percentage } = scope.tax;
						if (base === undefined || percentage === undefined) return undefined;
						const text = realNumber(signed(base, scope));
						return text.replace(/\D/g, '').length <= 9 ? text : undefined;
					},
				},
			],
		},
		lineCount('CTT', 'on'),
	],
	check: checkInvoice,
};

function hasForeignRate(doc: Invoice): boolean {
	return (
		doc.exchangeRate !== undefined &&
		doc.companyCurrency !== undefined &&
		doc.companyCurrency !== doc.currency
	);
}

/** CUR03 (DE280) has at least four digits: 1.2 is written 1.200. */
function rate(text: string): string {
	const digits = text.replace(/\D/g, '').length;
	if (digits >= 4) return text;
	return (text.includes('.') ? text : `${text}.`) + '0'.repeat(4 - digits);
}
