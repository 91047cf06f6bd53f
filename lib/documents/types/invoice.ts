import { add, compare, subtract, sum } from '../../decimal';
import type { Issue } from '../../errors';
import { lineIssues, mismatch, noLines, show, value } from '../amounts';
import { headFieldsWithCurrency, codedName, tax, paymentTerms, item, partyFields } from '../common';
import { custom, may, mayBeOneOf, must, mustBeOneOf, mustList, mustObject, object } from '../shape';
import type { ObjectOf } from '../shape';

const fields = {
	...headFieldsWithCurrency('invoice', 'invoice'),
	kind: mustBeOneOf('kind', ['invoice', 'creditNote']),
	/** The supplier's own number (Exact `YourRef`), where it was booked. */
	supplierNumber: may('text', "supplier's invoice number"),
	dueDate: may('date', 'due date'),
	supplier: mustObject('supplier', partyFields('supplier')),
	buyer: mustObject('buyer', partyFields('buyer')),
	purchaseOrderNumber: may('text', 'purchase order number'),
	paymentTerms,
	paymentReference: may('text', 'payment reference'),
	/** Units of the company's own currency per unit of `currency`. */
	exchangeRate: may('decimal', 'exchange rate'),
	companyCurrency: may('currency', 'company currency'),
	lines: mustList(
		'lines',
		object('line', {
			number: must('integer', 'line number'),
			description: may('text', 'line description'),
			/** Absent for ledger lines, which have an amount only. */
			quantity: may('decimal', 'quantity'),
			unit: may('text', 'unit'),
			/** Price of one unit. */
			unitPrice: may('decimal', 'unit price'),
			/** Percentage points. */
			discountPercentage: may('decimal', 'discount percentage'),
			/**
			 * `net`: the discount is taken off `unitPrice` already; `list`: it still comes off. Absent: the
			 * one of the two that makes the amount.
			 */
			priceType: mayBeOneOf('kind of price', ['net', 'list']),
			/** Excluding VAT. */
			netAmount: must('decimal', 'line amount'),
			tax,
			item,
			glAccount: codedName('G/L account'),
			costCenter: codedName('cost center'),
			costUnit: codedName('cost unit'),
			project: codedName('project'),
			purchaseOrderNumber: may('text', 'purchase order number'),
			periodFrom: may('date', 'period from'),
			periodTo: may('date', 'period to'),
			custom,
		}),
	),
	/** Per VAT code and percentage; booked amounts. */
	taxes: mustList('taxes', tax),
	/** Booked totals in `currency`. Amounts of a credit note are positive, as on the paper. */
	netTotal: must('decimal', 'total excluding VAT'),
	taxTotal: must('decimal', 'total VAT'),
	grossTotal: must('decimal', 'total including VAT'),
};

/** A supplier's invoice or credit note as the buying company booked it. */
export type Invoice = ObjectOf<typeof fields>;
export type InvoiceLine = Invoice['lines'][number];

function checkInvoice(invoice: Invoice, subject: string): Issue[] {
	if (invoice.lines.length === 0) return [noLines(subject, 'lines')];
	const { currency } = invoice;
	const issues: Issue[] = [];
	const lines = sum(invoice.lines.map((line) => value(line.netAmount)));
	const taxes = sum(invoice.taxes.map((tax) => value(tax.amount)));
	const gross = value(invoice.grossTotal);
	const total = add(lines, taxes);
	if (compare(total, gross) !== 0) {
		issues.push(
			mismatch(
				subject,
				'grossTotal',
				`lines ${show(lines, currency)} and VAT ${show(taxes, currency)} make ${show(total, currency)}, but the booked total is ${show(gross, currency)} ${currency} (difference ${show(subtract(gross, total), currency)})`,
			),
		);
	} else if (compare(taxes, value(invoice.taxTotal)) !== 0) {
		issues.push(
			mismatch(
				subject,
				'taxTotal',
				`the VAT amounts make ${show(taxes, currency)}, but the total VAT is ${show(value(invoice.taxTotal), currency)} ${currency}`,
			),
		);
	} else if (compare(lines, value(invoice.netTotal)) !== 0) {
		issues.push(
			mismatch(
				subject,
				'netTotal',
				`the lines make ${show(lines, currency)}, but the total excluding VAT is ${show(value(invoice.netTotal), currency)} ${currency}`,
			),
		);
	}
	return [...issues, ...lineIssues(invoice, subject)];
}

export const invoice = {
	title: 'Invoice',
	noun: ({ kind }: { readonly kind?: unknown }) =>
		kind === 'creditNote' ? 'Credit note' : 'Invoice',
	list: 'lines',
	fields,
	check: checkInvoice,
	counterparty: ({ supplier }: Invoice) => supplier.name,
	/** Negative for a credit note. */
	amount: ({ kind, grossTotal }: Invoice) =>
		kind === 'creditNote' ? `-${grossTotal}` : grossTotal,
} as const;
