import type { PurchaseOrder, PurchaseOrderLine } from '../../../documents';
import { itemNumbers } from './lines';
import { realNumber } from './numbers';
import { orderHead, orderLineRules, orderSummary } from './purchaseOrder';
import { PURPOSES } from './purposes';
import { compactDate } from './texts';
import { unitElement } from './units';
import { code, lines, number, segment } from './words';
import type { Rule } from './words';

/** 860, field by field: the whole order as it is now, each line in place of the one before. */
export const purchaseOrderChangeRules: readonly Rule<PurchaseOrder>[] = [
	segment<PurchaseOrder>(
		'BCH',
		[
			code(
				'purpose',
				({ purpose = 'original' }) => PURPOSES[purpose],
				'a replacement 05, a cancellation 01',
			),
			code('', (_, { profile }) => profile.orderTypeCode, 'SA (setting)'),
			code('number', (doc) => doc.number),
			'',
			'',
			code('date', (doc) => compactDate(doc.date), 'of the order'),
		],
		{ usage: 'required' },
	),
	...orderHead,
	lines((doc: PurchaseOrder) => doc.lines, 'lines', [
		segment<PurchaseOrderLine>(
			'POC',
			[
				number('number', (line) => String(line.number)),
				code(
					'',
					(_, { document }) => (document.purpose === 'cancellation' ? 'DI' : 'RZ'),
					'RZ replace all values; DI delete the item, of a cancellation',
				),
				number('quantity', (line) => realNumber(line.quantity)),
				'',
				code(
					'unit',
					(line, { profile }) => unitElement(line.unit, profile),
					'EA if empty; code map of units',
				),
				number('unitPrice', (line) => realNumber(line.unitPrice)),
				'',
				itemNumbers<PurchaseOrderLine>(),
			],
			{ usage: 'required', inside: orderLineRules('POC') },
		),
	]),
	orderSummary,
];
