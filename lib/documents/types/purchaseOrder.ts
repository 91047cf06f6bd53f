import { add, compare, subtract, sum } from '../../decimal';
import type { Issue } from '../../errors';
import { lineIssues, mismatch, noLines, show, value } from '../amounts';
import { headFieldsWithCurrency, codedName, tax, paymentTerms, item, partyFields } from '../common';
import { custom, may, mayBeOneOf, must, mustList, mustObject, object } from '../shape';
import type { ObjectOf } from '../shape';

const fields = {
	...headFieldsWithCurrency('order', 'purchaseOrder'),
	supplier: mustObject('supplier', partyFields('supplier')),
	buyer: mustObject('buyer', partyFields('buyer')),
	shipTo: object('delivery address', partyFields('delivery address')),
	deliveryDate: may('date', 'delivery date'),
	supplierReference: may('text', "supplier's reference"),
	paymentTerms,
	/** Incoterms code, such as `DAP`, and the named place. */
	incoterm: object('incoterm', {
		code: must('text', 'incoterm code'),
		place: may('text', 'incoterm place'),
	}),
	lines: mustList(
		'lines',
		object('line', {
			number: must('integer', 'line number'),
			description: may('text', 'line description'),
			item,
			quantity: must('decimal', 'quantity'),
			unit: may('text', 'unit'),
			/** Price of one unit. */
			unitPrice: must('decimal', 'unit price'),
			/** Percentage points. */
			discountPercentage: may('decimal', 'discount percentage'),
			/** As in an invoice line. */
			priceType: mayBeOneOf('kind of price', ['net', 'list']),
			netAmount: must('decimal', 'line amount'),
			deliveryDate: may('date', 'delivery date'),
			tax,
			costCenter: codedName('cost center'),
			costUnit: codedName('cost unit'),
			project: codedName('project'),
			notes: may('text', 'notes'),
			custom,
		}),
	),
	netTotal: must('decimal', 'total excluding VAT'),
	taxTotal: may('decimal', 'total VAT'),
	grossTotal: may('decimal', 'total including VAT'),
};

/** An order the company places with a supplier. */
export type PurchaseOrder = ObjectOf<typeof fields>;
export type PurchaseOrderLine = PurchaseOrder['lines'][number];

function checkOrder(order: PurchaseOrder, subject: string): Issue[] {
	if (order.lines.length === 0) return [noLines(subject, 'lines')];
	const { currency } = order;
	const issues: Issue[] = [];
	const lines = sum(order.lines.map((line) => value(line.netAmount)));
	const net = value(order.netTotal);
	if (compare(lines, net) !== 0) {
		issues.push(
			mismatch(
				subject,
				'netTotal',
				`the lines make ${show(lines, currency)}, but the order total excluding VAT is ${show(net, currency)} ${currency} (difference ${show(subtract(net, lines), currency)})`,
			),
		);
	} else if (order.grossTotal !== undefined && order.taxTotal !== undefined) {
		const total = add(net, value(order.taxTotal));
		const gross = value(order.grossTotal);
		if (compare(total, gross) !== 0) {
			issues.push(
				mismatch(
					subject,
					'grossTotal',
					`${show(net, currency)} and VAT ${show(value(order.taxTotal), currency)} make ${show(total, currency)}, but the order total is ${show(gross, currency)} ${currency}`,
				),
			);
		}
	}
	return [...issues, ...lineIssues(order, subject)];
}

export const purchaseOrder = {
	title: 'Purchase Order',
	noun: () => 'Purchase order',
	list: 'lines',
	fields,
	check: checkOrder,
	counterparty: ({ supplier }: PurchaseOrder) => supplier.name,
	amount: ({ grossTotal, netTotal }: PurchaseOrder) => grossTotal ?? netTotal,
} as const;
