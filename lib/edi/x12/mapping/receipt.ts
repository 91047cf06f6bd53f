import type { Receipt, ReceiptLine } from '../../../documents';
import type { X12Profile } from '../profile';
import type { Report } from './context';
import { description, itemNumbers, lineCount, lineReference } from './lines';
import { isNegative, magnitude, realNumber } from './numbers';
import { party } from './parties';
import { PURPOSES } from './purposes';
import { compactDate } from './texts';
import { checkUnit, unitElement } from './units';
import { code, lines, number, segment } from './words';
import type { Rule } from './words';

export function checkReceipt(doc: Receipt, profile: X12Profile, report: Report): void {
	doc.lines.forEach((line, index) => checkUnit(line, index, profile, report));
}

/** A quantity and its unit (C001), where it is what the line is about. */
const quantity = (note: string, isMeant: (line: ReceiptLine) => boolean) => [
	number<ReceiptLine>(
		'quantity',
		(line) => (isMeant(line) ? realNumber(magnitude(line.quantity)) : undefined),
		note,
	),
	code<ReceiptLine>(
		'unit',
		(line, { profile }) => (isMeant(line) ? unitElement(line.unit, profile) : undefined),
		'EA if empty; code map of units',
	),
];

const isReturned = ({ quantity: of }: ReceiptLine): boolean => isNegative(of);

const lineRules: readonly Rule<ReceiptLine>[] = [
	segment<ReceiptLine>('LIN', ['', itemNumbers<ReceiptLine>()], {
		name: 'LIN',
		always: true,
		when: ({ item }) => item !== undefined,
		note: 'of a line with an item',
	}),
	description<ReceiptLine>('PID'),
	lineReference<ReceiptLine>('project'),
	segment<ReceiptLine>('PRF', [code('purchaseOrderNumber', (line) => line.purchaseOrderNumber)]),
];

/** 861, field by field; the schema says the order. */
export const receiptRules: readonly Rule<Receipt>[] = [
	segment<Receipt>(
		'BRA',
		[
			code('number', (doc) => doc.number),
			code('date', (doc) => compactDate(doc.date)),
			code(
				'purpose',
				({ purpose = 'original' }) => PURPOSES[purpose],
				'00, a replacement 05, a cancellation 01',
			),
			'2',
		],
		{ name: 'BRA', usage: 'required', note: 'DE962 2: advice of what was received' },
	),
	segment<Receipt>('REF', ['PK', code('deliveryNote', (doc) => doc.deliveryNote)], {
		note: 'packing list of the supplier',
	}),
	segment<Receipt>('DTM', ['050', code('date', (doc) => compactDate(doc.date))], {
		usage: 'required',
		note: 'received',
	}),
	party<Receipt>('BY', 'buyer', (doc) => doc.buyer),
	party<Receipt>('SE', 'supplier', (doc) => doc.supplier, { withContact: true }),
	party<Receipt>('ST', 'shipTo', (doc) => doc.shipTo, { withVat: false, withContact: true }),
	lines((doc: Receipt) => doc.lines, 'lines', [
		segment<ReceiptLine>(
			'RCD',
			[
				number('number', (line) => String(line.number)),
				...quantity('received', (line) => !isReturned(line)),
				...quantity('returned: a negative quantity', isReturned),
			],
			{ name: 'RCD', usage: 'required', inside: lineRules },
		),
	]),
	lineCount<Receipt>(
		'on',
		(doc) => doc.lines.length,
		(doc) => doc.lines.map(({ quantity: of }) => of),
	),
];
