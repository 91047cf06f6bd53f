import type { PurchaseOrder, PurchaseOrderLine } from '../../../documents';
import { lineSegment } from './lines';
import { orderHead, orderLineRules, orderParties, orderSummary } from './purchaseOrder';
import { purposeCode } from './purposes';
import { code, lines, segment } from './words';
import type { Rule } from './words';

/** ORDCHG, field by field: the whole order as it is now, each line in place of the one before. */
export const purchaseOrderChangeRules: readonly Rule<PurchaseOrder>[] = [
	segment('BGM', [['230'], [code('number', (order) => order.number)], [purposeCode]]),
	...orderHead,
	segment('RFF', [['ON', code('number', (order) => order.number)]], {
		note: 'the order that changed',
	}),
	...orderParties,
	lines((order: PurchaseOrder) => order.lines, 'lines', [
		lineSegment<PurchaseOrderLine>(
			orderLineRules,
			code(
				'',
				(_, { document }) => (document.purpose === 'cancellation' ? '2' : '3'),
				'3 changed; 2 deleted, of a cancellation',
			),
		),
	]),
	...orderSummary,
];
