import { compare, formatDecimal, parseDecimal, round, sum } from '../../../decimal';
import type { Remittance, RemittanceItem } from '../../../documents';
import { fitsCents, realNumber, safeCents } from './numbers';
import type { Report } from './context';
import { party } from './parties';
import { compactDate } from './texts';
import { code, lines, number, segment } from './words';
import type { Rule } from './words';

function addsUp(doc: Remittance): boolean {
	let cents = 0;
	for (const item of doc.items) {
		const amount = safeCents(item.paidAmount);
		if (amount === undefined) return false;
		cents += amount;
	}
	return Number.isSafeInteger(cents) && cents > 0 && safeCents(doc.total) === cents;
}

export function checkRemittance(doc: Remittance, report: Report): void {
	if (doc.purpose === 'cancellation') {
		report('X12_VALUE_INVALID', 'purpose', 'an 820 has no place to say that it is cancelled', {
			expected: 'original or replacement',
			received: doc.purpose,
		});
	}
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

const itemRules: readonly Rule<RemittanceItem>[] = [
	segment<RemittanceItem>(
		'REF',
		[
			{ setting: 'ownNumberQualifier', of: (profile) => profile.ownNumberQualifier },
			code('ownNumber', (item) => item.ownNumber),
		],
		{ name: 'RMR/REF*VV' },
	),
	segment<RemittanceItem>(
		'DTM',
		['003', code('invoiceDate', (item) => compactDate(item.invoiceDate))],
		{ note: 'invoice date' },
	),
];

/** 820, field by field; the schema says the order. */
export const remittanceRules: readonly Rule<Remittance>[] = [
	segment<Remittance>(
		'BPR',
		[
			'I',
			number('total', (doc) => realNumber(doc.total)),
			'C',
			'NON',
			...Array<string>(11).fill(''),
			code('date', (doc) => compactDate(doc.date)),
		],
		{
			name: 'BPR',
			usage: 'required',
			note: 'I remittance information only, NON no payment: no account stands in the file',
		},
	),
	segment<Remittance>(
		'TRN',
		['1', code('paymentReference', (doc) => doc.paymentReference || doc.number, 'else number')],
		{ name: 'TRN', note: 'trace number of this payment' },
	),
	segment<Remittance>('CUR', ['PR', code('currency', (doc) => doc.currency)], { name: 'CUR' }),
	segment<Remittance>('REF', ['BT', code('batchNumber', (doc) => doc.batchNumber)], {
		note: 'batch number',
	}),
	party<Remittance>('PR', 'payer', (doc) => doc.payer),
	party<Remittance>('PE', 'payee', (doc) => doc.payee),
	segment<Remittance>('ENT', ['1'], {
		name: 'ENT',
		usage: 'required',
		always: true,
		note: 'all payments of the advice are one entity’s',
		inside: [
			lines((doc: Remittance) => doc.items, 'items', [
				segment<RemittanceItem>(
					'RMR',
					[
						code(
							'kind',
							({ kind }, { profile }) =>
								kind === 'creditNote'
									? profile.remittanceCreditQualifier
									: profile.remittanceInvoiceQualifier,
							'IV, of a credit note as well (settings)',
						),
						code('invoiceNumber', (item) => item.invoiceNumber),
						'',
						number(
							'paidAmount',
							(item) => realNumber(item.paidAmount),
							'negative for a credit note',
						),
						number('invoiceAmount', ({ invoiceAmount: amount }) =>
							amount === undefined ? undefined : realNumber(amount),
						),
						number(
							'discountAmount',
							({ discountAmount = '0' }) => {
								const amount = parseDecimal(discountAmount);
								return amount === undefined || amount.units === 0n
									? undefined
									: realNumber(discountAmount);
							},
							'if there is one',
						),
					],
					{ usage: 'required', always: true, inside: itemRules },
				),
			]),
		],
	}),
];
