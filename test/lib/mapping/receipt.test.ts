import { contentHash, detectResource, documentHead, toDocument } from '../../../lib/mapping';
import { goodsReceipt } from './rows';

describe('a goods receipt', () => {
	test('becomes a receipt with what came, what was ordered, and by which order', () => {
		expect(toDocument('goodsReceipt', goodsReceipt())).toMatchObject({
			ok: true,
			warnings: [],
			document: {
				type: 'receipt',
				key: 'exact:4711:goodsReceipt:g1',
				number: '40017',
				date: '2017-03-14',
				deliveryNote: 'PB-2017-88',
				description: 'Spring stock',
				supplier: { name: 'Büromöbel & Söhne GmbH', code: '70001' },
				buyer: { name: 'Muster Handel B.V.' },
				shipTo: { name: 'Rotterdam', code: '1' },
				lines: [
					{
						number: 1,
						description: 'Desk, oak',
						item: { code: 'D-1', supplierCode: 'BM-77', gtin: '4012345678901' },
						quantity: '18',
						quantityOrdered: '20',
						unit: 'pc',
						purchaseOrderNumber: '900001',
					},
				],
			},
		});
	});

	test('is known by its fields where nobody says what it is, and by its number', () => {
		expect(detectResource(goodsReceipt())).toBe('goodsReceipt');
		expect(documentHead('goodsReceipt', goodsReceipt())).toMatchObject({
			number: '40017',
			key: 'exact:4711:goodsReceipt:g1',
		});
	});

	test('a new Modified is no new content; another quantity is', () => {
		const hashOf = (row: ReturnType<typeof goodsReceipt>) =>
			documentHead('goodsReceipt', row).contentHash;
		expect(hashOf(goodsReceipt({ Modified: '2018-01-01T00:00:00.000Z' }))).toBe(
			hashOf(goodsReceipt()),
		);
		const [line] = goodsReceipt().lines as object[];
		expect(hashOf(goodsReceipt({ lines: [{ ...line, QuantityReceived: 17 }] }))).not.toBe(
			hashOf(goodsReceipt()),
		);
		expect(contentHash(goodsReceipt())).not.toBe(hashOf(goodsReceipt()));
	});

	test('without lines, or without a quantity, it is refused by the field', () => {
		expect(toDocument('goodsReceipt', goodsReceipt({ lines: [] }))).toMatchObject({
			ok: false,
			issues: [{ code: 'DOCUMENT_NO_LINES' }],
		});
		expect(toDocument('goodsReceipt', goodsReceipt({ lines: [{ LineNumber: 4 }] }))).toMatchObject({
			ok: false,
			issues: [
				{
					code: 'MAPPING_FIELD_MISSING',
					path: 'lines[0].QuantityReceived',
					message:
						"Goods receipt 40017: line 4: the quantity received is missing ('QuantityReceived' is empty)",
				},
			],
		});
	});
});
