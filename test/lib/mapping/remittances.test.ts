import { toRemittances } from '../../../lib/mapping';
import { payment, supplier } from './rows';

describe('payments become remittance advices', () => {
	test('one per payee, currency and day; credit notes lower it', () => {
		const results = toRemittances([
			payment(),
			payment({ ID: 'p2', YourRef: null, InvoiceNumber: 20170002, AmountFC: 50 }),
			payment({ ID: 'p3', YourRef: 'CN-1', TransactionType: 31, AmountFC: -21, invoice: null }),
			payment({ ID: 'p4', EntryDate: '2017-04-05' }),
			payment({ ID: 'p5', Currency: 'USD' }),
			payment({ ID: 'p6', Account: 'a2', supplier: { ...supplier, Code: '70002' } }),
		]);
		expect(results.map((result) => [result.ok, result.rows])).toEqual([
			[true, [0, 1, 2]],
			[true, [3]],
			[true, [4]],
			[true, [5]],
		]);
		expect(results[0]).toMatchObject({
			document: {
				type: 'remittance',
				key: expect.stringMatching(/^exact:4711:remittance:a1:EUR:2017-04-04:[0-9a-f]{6}$/),
				number: expect.stringMatching(/^20170404-70001-[0-9a-f]{6}$/),
				date: '2017-04-04',
				currency: 'EUR',
				payee: { code: '70001', bankAccount: { number: 'DE02500105170137075030' } },
				payer: { name: 'Muster Handel B.V.' },
				total: '150.00',
				items: [
					{
						key: 'exact:4711:payment:p1',
						kind: 'invoice',
						invoiceNumber: 'INV-1',
						ownNumber: '20170001',
						invoiceDate: '2017-03-05',
						paidAmount: '121.00',
						invoiceAmount: '121.00',
					},
					{ invoiceNumber: '20170002', paidAmount: '50.00' },
					{ kind: 'creditNote', invoiceNumber: 'CN-1', paidAmount: '-21.00' },
				],
			},
		});
	});

	test('a bank batch binds what has different days', () => {
		const results = toRemittances([
			payment({ PaymentBatchNumber: 12 }),
			payment({ ID: 'p2', PaymentBatchNumber: 12, EntryDate: '2017-04-05' }),
			payment({ ID: 'p3', PaymentBatchNumber: 0, CashflowTransactionBatchCode: '13' }),
		]);
		expect(results.map((result) => result.rows)).toEqual([[0, 1], [2]]);
		expect(results[0]).toMatchObject({
			document: { number: expect.stringMatching(/^12-70001-[0-9a-f]{6}$/), batchNumber: '12' },
		});
		expect(results[1]).toMatchObject({
			document: { number: expect.stringMatching(/^13-70001-[0-9a-f]{6}$/) },
		});
	});

	const advices = (rows: readonly Record<string, unknown>[]): readonly (readonly string[])[] =>
		toRemittances(rows.map((row) => payment(row))).map((result) =>
			result.ok ? [result.document.number, result.document.key] : [],
		);

	test.each([
		['of one day', {}],
		['of one bank batch', { PaymentBatchNumber: 12 }],
	])('two advices %s have different numbers, the same payments the same', (_words, unit) => {
		const [one] = advices([unit, { ...unit, ID: 'p2' }]);
		expect(advices([{ ...unit, ID: 'p2' }, unit])).toEqual([one]);
		// What is left of the batch is taken in the next run.
		const [later] = advices([{ ...unit, ID: 'p3' }]);
		expect(later?.[0]).not.toBe(one?.[0]);
		expect(later?.[1]).not.toBe(one?.[1]);
	});

	test('a batch in two currencies gives two numbers', () => {
		const [first, second] = advices([
			{ PaymentBatchNumber: 12, ID: undefined },
			{ PaymentBatchNumber: 12, ID: undefined, Currency: 'USD' },
		]);
		expect(first?.[0]).toMatch(/^12-70001-/);
		expect(second?.[0]).toMatch(/^12-70001-/);
		expect(first?.[0]).not.toBe(second?.[0]);
	});

	test('the reference of one payment is not the reference of all', () => {
		const [one] = toRemittances([payment({ PaymentReference: 'RF18' })]);
		expect(one).toMatchObject({ document: { paymentReference: 'RF18' } });
		const [two] = toRemittances([
			payment({ PaymentReference: 'RF18' }),
			payment({ ID: 'p2', PaymentReference: 'RF19' }),
		]);
		expect(two?.ok && two.document.paymentReference).toBeUndefined();
	});

	test.each([20, 30])('status %i is not paid yet', (Status) => {
		expect(toRemittances([payment({ Status })])).toMatchObject([
			{ ok: false, skipped: true, number: 'INV-1', rows: [0] },
		]);
	});

	test.each([
		['zero', -121, '0.00'],
		['less than zero', -200, '-79.00'],
	])('a group of %s is refused by name', (_words, AmountFC, total) => {
		const results = toRemittances([
			payment(),
			payment({ ID: 'p2', TransactionType: 31, AmountFC }),
		]);
		expect(results).toMatchObject([
			{
				ok: false,
				skipped: false,
				rows: [0, 1],
				issues: [{ code: 'DOCUMENT_TOTAL_NOT_POSITIVE' }],
			},
		]);
		expect(JSON.stringify(results)).toContain(`Büromöbel & Söhne GmbH add up to ${total} EUR`);
	});

	test('a credit note lowers the payment in either sign convention', () => {
		const credit = { ID: 'p2', YourRef: 'CN-1', TransactionType: 31, AmountDiscountFC: 1 };
		for (const AmountFC of [21, -21]) {
			const invoice = { AmountFC };
			expect(toRemittances([payment(), payment({ ...credit, AmountFC, invoice })])).toMatchObject([
				{
					document: {
						total: '100.00',
						items: [
							{ kind: 'invoice', paidAmount: '121.00' },
							{
								kind: 'creditNote',
								paidAmount: '-21.00',
								invoiceAmount: '-21.00',
								discountAmount: '-1.00',
							},
						],
					},
				},
			]);
		}
	});

	test('the other sign convention', () => {
		const results = toRemittances([payment({ AmountFC: -121 })], { paymentSign: 'inverted' });
		expect(results).toMatchObject([
			{ ok: true, document: { total: '121.00', items: [{ kind: 'invoice' }] } },
		]);
	});

	test('a payment with a fault does not hold up the others', () => {
		const results = toRemittances([
			payment({ YourRef: null, invoice: null, InvoiceNumber: null, EntryNumber: null }),
			payment({ ID: 'p2' }),
			payment({ ID: 'p3', EntryDate: null }),
		]);
		expect(results.map((result) => [result.ok, result.rows])).toEqual([
			[false, [0]],
			[false, [2]],
			[true, [1]],
		]);
		expect(results[1]).toMatchObject({
			number: 'INV-1',
			issues: [{ code: 'MAPPING_FIELD_MISSING', path: 'EntryDate' }],
		});
	});

	test('a payment read without its company', () => {
		const row = payment({ company: undefined });
		expect(toRemittances([row])).toMatchObject([
			{ ok: false, issues: [{ code: 'MAPPING_NOT_INCLUDED', path: 'company' }] },
		]);
	});

	test('an order with no rows is no result', () => {
		expect(toRemittances([])).toEqual([]);
	});
});
