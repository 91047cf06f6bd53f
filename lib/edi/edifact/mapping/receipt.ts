import type { Party, Receipt, ReceiptLine } from '../../../documents';
import { date102 } from './context';
import { descriptions, itemNumbers, lineSegment } from './lines';
import { freeText, partyOf } from './parties';
import { purposeCode } from './purposes';
import { unitCode } from './units';
import { code, lines, number, segment } from './words';
import type { Rule } from './words';

const supplierOf = ({ supplier }: Receipt): Party => supplier;

const isReturned = ({ quantity }: ReceiptLine): boolean => quantity.startsWith('-');

/** 6063 says what a quantity is of; it has no sign. */
function quantity(
	qualifier: string,
	field: 'quantity' | 'quantityOrdered',
	more: { readonly when?: (line: ReceiptLine) => boolean; readonly note: string },
): Rule<ReceiptLine> {
	return segment<ReceiptLine>(
		'QTY',
		[
			[
				qualifier,
				number(field, (line, context) => context.number(line[field]?.replace('-', ''))),
				code('unit', (line, context, at) => unitCode(line.unit, context, `${at}unit`)),
			],
		],
		more,
	);
}

const lineRules: readonly Rule<ReceiptLine>[] = [
	itemNumbers<ReceiptLine>(),
	descriptions<ReceiptLine>(25),
	quantity('48', 'quantity', { when: (line) => !isReturned(line), note: 'received' }),
	quantity('61', 'quantity', { when: isReturned, note: 'returned: a negative quantity' }),
	quantity('21', 'quantityOrdered', { note: 'ordered' }),
	segment('RFF', [['ON', code('purchaseOrderNumber', (line) => line.purchaseOrderNumber)]]),
	segment(
		'RFF',
		[
			[
				{ setting: 'projectQualifier', of: (profile) => profile.projectQualifier },
				code('project.code', (line) => line.project?.code),
			],
		],
		{ name: 'RFF project', note: '1153 by the setting projectQualifier' },
	),
];

/** RECADV, field by field, in the order of the directory. */
export const receiptRules: readonly Rule<Receipt>[] = [
	segment('BGM', [['632'], [code('number', (receipt) => receipt.number)], [purposeCode]]),
	segment('DTM', [['137', code('date', (receipt) => date102(receipt.date)), '102']]),
	segment('DTM', [['50', code('date', (receipt) => date102(receipt.date)), '102']]),
	// The message has FTX from D.01B on.
	freeText<Receipt>('AAI', 'description', 5, (receipt) => receipt.description),
	segment('RFF', [['DQ', code('deliveryNote', (receipt) => receipt.deliveryNote)]]),
	partyOf('SU', 'supplier', supplierOf, supplierOf),
	partyOf('BY', 'buyer', (receipt) => receipt.buyer, supplierOf),
	partyOf('DP', 'shipTo', (receipt) => receipt.shipTo, supplierOf),
	segment<Receipt>('CPS', [['1']], {
		always: true,
		note: 'one level: the whole receipt',
		inside: [lines((receipt: Receipt) => receipt.lines, 'lines', [lineSegment(lineRules)])],
	}),
	segment('CNT', [['2', number('lines', (receipt) => String(receipt.lines.length))]], {
		section: 'summary',
	}),
];
