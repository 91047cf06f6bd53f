import { compare, sum, ZERO } from '../../decimal';
import type { Issue } from '../../errors';
import { mismatch, noLines, show, value } from '../amounts';
import { headFieldsWithCurrency, partyFields } from '../common';
import { custom, may, must, mustBeOneOf, mustList, mustObject, object } from '../shape';
import type { ObjectOf } from '../shape';

const fields = {
	...headFieldsWithCurrency('payment', 'remittance'),
	payer: mustObject('payer', partyFields('payer')),
	payee: mustObject('payee', partyFields('payee')),
	paymentReference: may('text', 'payment reference'),
	/** Bank batch of the source, where there is one. */
	batchNumber: may('text', 'batch number'),
	/** Sum of `paidAmount`; more than zero. */
	total: must('decimal', 'total paid'),
	items: mustList(
		'invoices paid',
		object('invoice paid', {
			/** Key of the payment row in the source. */
			key: must('text', 'payment key'),
			kind: mustBeOneOf('kind', ['invoice', 'creditNote']),
			/** The supplier's number where known, else the own one. */
			invoiceNumber: must('text', 'invoice number'),
			ownNumber: may('text', 'own number'),
			invoiceDate: may('date', 'invoice date'),
			/** Negative for a credit note. */
			paidAmount: must('decimal', 'amount paid'),
			/** Total of the invoice; negative for a credit note. */
			invoiceAmount: may('decimal', 'invoice amount'),
			discountAmount: may('decimal', 'discount'),
			custom,
		}),
	),
};

/** Advice to one payee of the invoices that one payment settles. Advises; never orders a payment. */
export type Remittance = ObjectOf<typeof fields>;
export type RemittanceItem = Remittance['items'][number];

function checkRemittance(remittance: Remittance, subject: string): Issue[] {
	if (remittance.items.length === 0) return [noLines(subject, 'items')];
	const { currency } = remittance;
	const items = sum(remittance.items.map((item) => value(item.paidAmount)));
	const total = value(remittance.total);
	if (compare(items, total) !== 0) {
		return [
			mismatch(
				subject,
				'total',
				`the amounts paid make ${show(items, currency)}, but the total is ${show(total, currency)} ${currency}`,
			),
		];
	}
	if (compare(total, ZERO) > 0) return [];
	return [
		{
			code: 'DOCUMENT_TOTAL_NOT_POSITIVE',
			severity: 'error',
			path: 'total',
			message: `${subject}: the invoices and credit notes of ${remittance.payee.name} add up to ${show(total, currency)} ${currency}, so there is no payment to advise`,
			received: remittance.total,
		},
	];
}

export const remittance = {
	title: 'Remittance Advice',
	noun: () => 'Remittance advice',
	list: 'items',
	fields,
	check: checkRemittance,
	counterparty: ({ payee }: Remittance) => payee.name,
	amount: ({ total }: Remittance) => total,
} as const;
