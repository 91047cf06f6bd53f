import { toDocument } from '../../../lib/mapping';
import { order } from './rows';

describe('a purchase order', () => {
	test('carries items, purchase units, delivery address and incoterm', () => {
		const result = toDocument('purchaseOrder', order());
		expect(result).toMatchObject({
			ok: true,
			warnings: [],
			document: {
				type: 'purchaseOrder',
				key: 'exact:4711:purchaseOrder:o1',
				number: '900001',
				date: '2017-03-01',
				deliveryDate: '2017-03-20',
				incoterm: { code: 'DAP', place: 'Amsterdam' },
				shipTo: {
					name: 'Muster Handel, warehouse',
					code: '4711-2',
					address: { lines: ['Dock 4'], city: 'Rotterdam', country: 'NL' },
				},
				lines: [
					{
						item: { code: 'D-1', supplierCode: 'BM-77', gtin: '4012345678901' },
						quantity: '2',
						unit: 'pc',
						unitPrice: '100',
						netAmount: '200.00',
					},
				],
				netTotal: '200.00',
				taxTotal: '42.00',
				grossTotal: '242.00',
			},
		});
	});

	test.each([
		['including VAT', { AmountFC: 242 }],
		['excluding VAT', { AmountFC: 200 }],
		['in a field of its own', { AmountFC: 999, AmountFCExclVat: 200 }],
	])('takes the header amount %s', (_words, amounts) => {
		expect(toDocument('purchaseOrder', order(amounts)).ok).toBe(true);
	});

	test('refuses lines that do not make the header amount', () => {
		expect(toDocument('purchaseOrder', order({ AmountFC: 243 }))).toMatchObject({
			ok: false,
			skipped: false,
			issues: [
				{
					code: 'DOCUMENT_TOTALS_MISMATCH',
					message:
						'Purchase order 900001: the lines make 200.00 and with VAT 242.00, but the order total is 243.00',
				},
			],
		});
	});

	test('cancelled and unapproved orders stay out', () => {
		const cancelled = toDocument('purchaseOrder', order({ OrderStatus: 40 }));
		expect(cancelled).toMatchObject({
			skipped: true,
			issues: [{ message: 'Purchase order 900001 is not sent: it is cancelled' }],
		});
		const waiting = order({ ApprovalStatus: 0 });
		expect(toDocument('purchaseOrder', waiting)).toMatchObject({
			skipped: true,
			issues: [{ message: 'Purchase order 900001 is not sent: it is not approved yet' }],
		});
		expect(toDocument('purchaseOrder', waiting, { includeUnapprovedOrders: true }).ok).toBe(true);
	});

	test('a line without quantity and price', () => {
		const [line] = order().lines as Record<string, unknown>[];
		const bare = {
			...line,
			Quantity: null,
			QuantityInPurchaseUnits: null,
			NetPrice: null,
			UnitPrice: null,
		};
		const result = toDocument('purchaseOrder', order({ lines: [bare] }));
		expect(result.ok ? [] : result.issues.map((issue) => issue.path)).toEqual([
			'lines[0].QuantityInPurchaseUnits',
			'lines[0].NetPrice',
		]);
	});

	test('a price that does not make the amount is a warning', () => {
		const [line] = order().lines as Record<string, unknown>[];
		expect(
			toDocument('purchaseOrder', order({ lines: [{ ...line, NetPrice: 99.99 }] })),
		).toMatchObject({
			ok: true,
			warnings: [{ code: 'DOCUMENT_LINE_AMOUNT_MISMATCH', expected: '199.98', received: '200.00' }],
		});
	});
});
