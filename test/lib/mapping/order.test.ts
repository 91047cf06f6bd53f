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

	const orderOf = (more: Record<string, unknown>): Record<string, unknown> => {
		const [line] = order().lines as Record<string, unknown>[];
		return order({ lines: [{ ...line, ...more }] });
	};

	test('a price that does not make the amount is refused', () => {
		expect(toDocument('purchaseOrder', orderOf({ NetPrice: 99.99 }))).toMatchObject({
			ok: false,
			issues: [{ code: 'DOCUMENT_LINE_AMOUNT_MISMATCH', expected: '199.98', received: '200.00' }],
		});
	});

	// Two boxes of ten pieces at 10 a piece, 200 in all.
	const perPiece = { UnitPrice: 10, Discount: 0, NetPrice: 10, Unit: 'box' };

	test('a price for one item unit is refused with the setting that reads it', () => {
		const result = toDocument('purchaseOrder', orderOf(perPiece));
		expect(result).toMatchObject({
			ok: false,
			issues: [
				{
					code: 'MAPPING_PRICE_UNIT',
					path: 'lines[0].NetPrice',
					message:
						"Purchase order 900001: line 1: 2 x 10 is not the amount 200.00, but 20 x 10 is: the price is for one item unit; set 'Price For' to 'One Item Unit'",
				},
			],
		});
	});

	test('a price for one item unit becomes one for the unit that is ordered', () => {
		const result = toDocument('purchaseOrder', orderOf(perPiece), { priceFor: 'itemUnit' });
		expect(result).toMatchObject({
			ok: true,
			warnings: [],
			document: { lines: [{ quantity: '2', unit: 'box', unitPrice: '100', netAmount: '200.00' }] },
		});
	});

	test('a price that does not divide evenly makes the amount, too', () => {
		const row = orderOf({ ...perPiece, Quantity: 20, QuantityInPurchaseUnits: 3 });
		expect(toDocument('purchaseOrder', row, { priceFor: 'itemUnit' })).toMatchObject({
			ok: true,
			document: { lines: [{ quantity: '3', unitPrice: '66.666667' }] },
		});
	});

	test('without a net price the discount comes off the unit price', () => {
		expect(toDocument('purchaseOrder', orderOf({ NetPrice: null }))).toMatchObject({
			ok: true,
			warnings: [],
			document: { lines: [{ unitPrice: '125', discountPercentage: '20', priceType: 'list' }] },
		});
	});

	test('the unit of a quantity in purchase units is the purchase unit', () => {
		const supplierItem = { PurchaseUnit: 'box', PurchaseUnitFactor: 10 };
		expect(toDocument('purchaseOrder', orderOf({ supplierItem }))).toMatchObject({
			document: { lines: [{ quantity: '2', unit: 'box' }] },
		});
		const same = { supplierItem, Quantity: 2, Unit: 'pc' };
		expect(toDocument('purchaseOrder', orderOf(same))).toMatchObject({
			document: { lines: [{ quantity: '2', unit: 'pc' }] },
		});
	});
});
