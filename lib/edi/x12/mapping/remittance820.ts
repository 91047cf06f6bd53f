import { absolute, compare, formatDecimal, parseDecimal, round, sum } from '../../../decimal';
import type { Remittance, RemittanceItem } from '../../../documents';
import { fitsCents, realNumber, safeCents } from './numbers';
import { partyLoop } from './party';
import { fixed } from './rule';
import type { MappingTable, Report, Scope } from './rule';
import { compactDate } from './texts';

type S = Scope<Remittance, RemittanceItem>;

function addsUp(doc: Remittance): boolean {
	let cents = 0;
	for (const item of doc.items) {
		const amount = safeCents(item.paidAmount);
		if (amount === undefined) return false;
		cents += amount;
	}
	return Number.isSafeInteger(cents) && cents > 0 && safeCents(doc.total) === cents;
}

function checkRemittance(doc: Remittance, _profile: unknown, report: Report): void {
	if (doc.items.length === 0) {
		report('X12_NO_LINES', 'items', 'it has no payments; a remittance advice needs at least one');
		return;
	}
	if (addsUp(doc)) return;
	let readable = true;
	const read = (text: string, path: string): void => {
		if (fitsCents(text)) return;
		readable = false;
		report(
			'X12_AMOUNT_NOT_REPRESENTABLE',
			path,
			`"${text}" is not an amount with at most two decimals`,
			{ expected: 'an amount such as 1234.56', received: text },
		);
	};
	read(doc.total, 'total');
	doc.items.forEach((item, index) => read(item.paidAmount, `items[${index}].paidAmount`));
	if (!readable) return;
	const total = parseDecimal(doc.total) ?? { units: 0n, scale: 0 };
	const paid = sum(doc.items.map((item) => parseDecimal(item.paidAmount) ?? total));
	if (total.units <= 0n) {
		report(
			'X12_NOTHING_TO_PAY',
			'total',
			`the payments to ${doc.payee.name} add up to ${doc.total}; an advice needs more than zero`,
			{ expected: 'more than 0', received: doc.total },
		);
	}
	if (compare(paid, total) !== 0) {
		const text = formatDecimal(round(paid, 2));
		report(
			'X12_TOTAL_MISMATCH',
			'total',
			`the payments add up to ${text}, but the total is ${doc.total}`,
			{ expected: text, received: doc.total },
		);
	}
}

export const remittance820: MappingTable<Remittance, RemittanceItem> = {
	set: '820',
	type: 'remittance',
	lineLoop: ['ENT', 'RMR'],
	linesField: 'items',
	lines: (doc) => doc.items,
	header: [
		{
			name: 'BPR',
			segment: 'BPR',
			usage: 'required',
			elements: [
				fixed(1, 'I', 'remittance information only: orders no payment'),
				{ at: 2, field: 'total', value: ({ doc }) => realNumber(doc.total) },
				fixed(3, 'C', 'credit'),
				fixed(4, 'NON', 'no payment: no account stands in the file'),
				{ at: 16, field: 'date', value: ({ doc }) => compactDate(doc.date) },
			],
		},
		{
			name: 'TRN',
			segment: 'TRN',
			usage: 'on',
			elements: [
				fixed(1, '1', 'trace number of this payment'),
				{
					at: 2,
					field: 'paymentReference',
					note: 'else number',
					value: ({ doc }) => doc.paymentReference || doc.number,
				},
			],
		},
		{
			name: 'CUR',
			segment: 'CUR',
			usage: 'on',
			elements: [
				fixed(1, 'PR', 'the payer’s payment'),
				{ at: 2, field: 'currency', value: ({ doc }) => doc.currency },
			],
		},
		{
			name: 'REF*BT',
			segment: 'REF',
			usage: 'on',
			when: ({ doc }) => Boolean(doc.batchNumber),
			elements: [
				fixed(1, 'BT', 'batch number'),
				{ at: 2, field: 'batchNumber', value: ({ doc }) => doc.batchNumber },
			],
		},
		partyLoop<S>({
			entity: 'PR',
			field: 'payer',
			usage: 'required',
			party: (doc: Remittance) => doc.payer,
		}),
		partyLoop<S>({
			entity: 'PE',
			field: 'payee',
			usage: 'required',
			party: (doc: Remittance) => doc.payee,
		}),
		{
			name: 'ENT',
			segment: 'ENT',
			usage: 'required',
			elements: [fixed(1, '1', 'all payments of the advice are one entity’s')],
		},
	],
	line: [
		{
			name: 'RMR',
			segment: 'RMR',
			usage: 'required',
			elements: [
				{
					at: 1,
					field: 'line.kind',
					note: 'IV, of a credit note as well (settings)',
					value: ({ line, profile }) =>
						line.kind === 'creditNote'
							? profile.remittanceCreditQualifier
							: profile.remittanceInvoiceQualifier,
				},
				{ at: 2, field: 'line.invoiceNumber', value: ({ line }) => line.invoiceNumber },
				{
					at: 4,
					field: 'line.paidAmount',
					note: 'negative for a credit note',
					value: ({ line }) => realNumber(line.paidAmount),
				},
				{
					at: 5,
					field: 'line.invoiceAmount',
					value: ({ line }) =>
						line.invoiceAmount === undefined ? undefined : realNumber(line.invoiceAmount),
				},
				{
					at: 6,
					field: 'line.discountAmount',
					note: 'if there is one',
					value: ({ line }) => {
						const amount = parseDecimal(line.discountAmount ?? '0');
						return amount === undefined || absolute(amount).units === 0n
							? undefined
							: realNumber(line.discountAmount ?? '0');
					},
				},
			],
		},
		{
			name: 'RMR/REF*VV',
			segment: 'REF',
			usage: 'on',
			when: ({ line, profile }) => Boolean(line.ownNumber) && profile.ownNumberQualifier !== '',
			elements: [
				{ at: 1, field: '', note: 'setting', value: ({ profile }) => profile.ownNumberQualifier },
				{ at: 2, field: 'line.ownNumber', value: ({ line }) => line.ownNumber },
			],
		},
		{
			name: 'DTM*003',
			segment: 'DTM',
			usage: 'on',
			when: ({ line }) => line.invoiceDate !== undefined,
			elements: [
				fixed(1, '003', 'invoice date'),
				{ at: 2, field: 'line.invoiceDate', value: ({ line }) => compactDate(line.invoiceDate) },
			],
		},
	],
	summary: [],
	check: checkRemittance,
};
