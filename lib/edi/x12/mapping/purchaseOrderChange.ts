import type { PurchaseOrder, PurchaseOrderLine } from '../../../documents';
import { orderHead, orderLine, orderLineRules, orderSummary } from './purchaseOrder';
import { PURPOSES } from './purposes';
import { compactDate } from './texts';
import { code, lines, segment } from './words';
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
				orderLine.number,
				code(
					'',
					(_, { document }) => (document.purpose === 'cancellation' ? 'DI' : 'RZ'),
					'RZ replace all values; DI delete the item, of a cancellation',
				),
				orderLine.quantity,
				'',
				orderLine.unit,
				orderLine.price,
				'',
				orderLine.items,
			],
			{ usage: 'required', inside: orderLineRules('POC') },
		),
	]),
	orderSummary,
];
