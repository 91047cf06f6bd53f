import type { Issue } from '../../errors';
import { noLines } from '../amounts';
import { codedName, headFields, item, partyFields } from '../common';
import { custom, may, must, mustList, mustObject, object } from '../shape';
import type { ObjectOf } from '../shape';

const fields = {
	...headFields('receipt', 'receipt'),
	supplier: mustObject('supplier', partyFields('supplier')),
	buyer: mustObject('buyer', partyFields('buyer')),
	shipTo: object('place of receipt', partyFields('place of receipt')),
	/** As the paper that came with the goods has it. */
	deliveryNote: may('text', "supplier's delivery note"),
	lines: mustList(
		'lines',
		object('line', {
			number: must('integer', 'line number'),
			description: may('text', 'line description'),
			item,
			/** Negative: it went back. */
			quantity: must('decimal', 'quantity received'),
			unit: may('text', 'unit'),
			quantityOrdered: may('decimal', 'quantity ordered'),
			purchaseOrderNumber: may('text', 'purchase order number'),
			project: codedName('project'),
			custom,
		}),
	),
};

/** What the company received from a supplier. It has no amounts. */
export type Receipt = ObjectOf<typeof fields>;
export type ReceiptLine = Receipt['lines'][number];

function checkReceipt(receipt: Receipt, subject: string): Issue[] {
	return receipt.lines.length === 0 ? [noLines(subject, 'lines')] : [];
}

export const receipt = {
	title: 'Receipt',
	noun: () => 'Receipt',
	list: 'lines',
	fields,
	check: checkReceipt,
	counterparty: ({ supplier }: Receipt) => supplier.name,
	amount: () => '',
} as const;
