import type { Invoice } from '../../../lib/documents';
import { toDocument } from '../../../lib/mapping';
import type { MappingOptions } from '../../../lib/mapping';
import { entry, entryLine, supplier, vat21 } from './rows';
import type { Json } from './ledger';

function mapped(row: Json, options: MappingOptions = {}): Invoice {
	const result = toDocument('purchaseEntry', row, options);
	if (!result.ok) throw new Error(JSON.stringify(result.issues));
	return result.document as Invoice;
}

function issuesOf(row: Json, options: MappingOptions = {}): readonly string[] {
	const result = toDocument('purchaseEntry', row, options);
	if (result.ok) throw new Error('mapped');
	return result.issues.map((issue) => `${issue.code} ${issue.path}`);
}

describe('a purchase entry becomes an invoice', () => {
	test('every field where the mapping table says', () => {
		expect(mapped(entry({ OrderNumber: 900001, PaymentReference: 'RF18' }))).toEqual({
			type: 'invoice',
			kind: 'invoice',
			key: 'exact:4711:purchaseEntry:e1',
			number: 'INV-1',
			supplierNumber: 'INV-1',
			ownNumber: '20170001',
			date: '2017-03-05',
			dueDate: '2017-04-04',
			currency: 'EUR',
			companyCurrency: 'EUR',
			exchangeRate: '1',
			description: 'Desks',
			purchaseOrderNumber: '900001',
			paymentReference: 'RF18',
			paymentTerms: { code: '30', description: '30 days', netDays: 30, method: 'B' },
			supplier: {
				name: 'Büromöbel & Söhne GmbH',
				code: '70001',
				gln: '4012345000009',
				vatNumber: 'DE811569869',
				codeAtParty: 'K-99',
				address: {
					lines: ['Hafenstr. 7', 'Halle 3'],
					postcode: '20457',
					city: 'Hamburg',
					country: 'DE',
				},
				bankAccount: { number: 'DE02500105170137075030', bic: 'INGDDEFF' },
			},
			buyer: {
				name: 'Muster Handel B.V.',
				code: '4711',
				vatNumber: 'NL001234567B01',
				chamberOfCommerce: '12345678',
				codeAtParty: 'K-99',
				address: {
					lines: ['Keizersgracht 1'],
					postcode: '1015 AA',
					city: 'Amsterdam',
					country: 'NL',
				},
			},
			lines: [
				{
					number: 1,
					description: 'Desks',
					netAmount: '100.00',
					tax: {
						code: '4',
						percentage: '21',
						base: '100.00',
						amount: '21.00',
						description: 'BTW 21%',
					},
					glAccount: { code: '4500', name: 'Office furniture' },
					costCenter: { code: 'CC1', name: 'Head office' },
				},
			],
			taxes: [
				{
					code: '4',
					percentage: '21',
					base: '100.00',
					amount: '21.00',
					description: 'BTW 21%',
				},
			],
			netTotal: '100.00',
			taxTotal: '21.00',
			grossTotal: '121.00',
		});
	});

	test.each([null, '', '   '])('without YourRef (%j) the entry number is the number', (YourRef) => {
		const invoice = mapped(entry({ YourRef }));
		expect(invoice.number).toBe('20170001');
		expect(invoice.supplierNumber).toBeUndefined();
		expect(invoice.ownNumber).toBe('20170001');
	});

	test('VAT is grouped per code and percentage', () => {
		const invoice = mapped(
			entry({
				AmountFC: 347,
				VATAmountFC: 47,
				lines: [
					entryLine(),
					entryLine({ LineNumber: 2 }),
					entryLine({
						LineNumber: 3,
						VATCode: '2',
						VATPercentage: 0.05,
						VATAmountFC: 5,
						vatCode: null,
					}),
				],
			}),
		);
		expect(
			invoice.taxes.map(({ code, percentage, base, amount }) => [code, percentage, base, amount]),
		).toEqual([
			['4', '21', '200.00', '42.00'],
			['2', '5', '100.00', '5.00'],
		]);
	});

	test('the noise of a double is taken off, real decimals are kept', () => {
		const noisy = mapped(
			entry({
				AmountFC: 0.30000000000000004,
				VATAmountFC: 0,
				lines: [
					entryLine({
						AmountFC: 0.1 + 0.2,
						VATAmountFC: 0,
						VATPercentage: 0.21000000000000002,
						VATBaseAmountFC: 0.3,
					}),
				],
			}),
		);
		expect(noisy.grossTotal).toBe('0.30');
		expect(noisy.lines[0]?.netAmount).toBe('0.30');
		expect(noisy.lines[0]?.tax?.percentage).toBe('21');
		const exact = entry({ AmountFC: 121.125, lines: [entryLine({ AmountFC: 100.125 })] });
		expect(mapped(exact).grossTotal).toBe('121.125');
	});

	test('amounts carry the decimals of their currency', () => {
		const yen = mapped(entry({ Currency: 'JPY', AmountFC: 121, lines: [entryLine()] }));
		expect([yen.grossTotal, yen.lines[0]?.netAmount]).toEqual(['121', '100']);
		const dinar = mapped(entry({ Currency: 'KWD' }));
		expect(dinar.grossTotal).toBe('121.000');
	});

	test('raw Exact dates are the day they stand for', () => {
		expect(mapped(entry({ EntryDate: '/Date(1488672000000)/' })).date).toBe('2017-03-05');
		expect(mapped(entry({ EntryDate: '2017-03-05T00:00:00.000Z' })).date).toBe('2017-03-05');
		expect(mapped(entry({ EntryDate: '2017-03-05T23:30:00.000' })).date).toBe('2017-03-05');
		// An instant: which day it is depends on the zone, so it is not guessed.
		expect(issuesOf(entry({ EntryDate: '2017-03-05T23:30:00.000Z' }))).toEqual([
			'MAPPING_FIELD_INVALID EntryDate',
		]);
	});

	test('a blocked bank account is not the one to pay to', () => {
		const bankAccounts = [
			{ BankAccount: 'DE1', Main: true, Blocked: true },
			{ BankAccount: 'DE2', Main: false },
		];
		const invoice = mapped(entry({ supplier: { ...supplier, bankAccounts } }));
		expect(invoice.supplier.bankAccount).toEqual({ number: 'DE2' });
	});
});

describe('credit notes', () => {
	const negative = {
		AmountFC: -121,
		VATAmountFC: -21,
		lines: [entryLine({ AmountFC: -100, VATAmountFC: -21, VATBaseAmountFC: -100 })],
	};

	test('type 31 has positive amounts', () => {
		const note = mapped(entry({ ...negative, Type: 31 }));
		expect(note.kind).toBe('creditNote');
		expect([note.grossTotal, note.taxTotal, note.netTotal]).toEqual(['121.00', '21.00', '100.00']);
		expect(note.lines[0]?.netAmount).toBe('100.00');
		expect(note.taxes[0]?.amount).toBe('21.00');
	});

	test('type 31 that Exact stores with positive amounts stays as it is', () => {
		const note = mapped(entry({ Type: 31 }));
		expect([note.kind, note.grossTotal]).toEqual(['creditNote', '121.00']);
	});

	test('an invoice booked with a negative total is a credit note, and says so', () => {
		const result = toDocument('purchaseEntry', entry({ ...negative }));
		expect(result).toMatchObject({
			ok: true,
			document: { kind: 'creditNote', grossTotal: '121.00' },
			warnings: [{ code: 'MAPPING_NEGATIVE_INVOICE', severity: 'warning' }],
		});
	});

	test('a negative line in a credit note stays opposite to the others', () => {
		const note = mapped(
			entry({
				Type: 31,
				AmountFC: -121,
				VATAmountFC: -21,
				lines: [
					entryLine({ AmountFC: -150, VATAmountFC: -31.5, VATBaseAmountFC: -150 }),
					entryLine({ AmountFC: 50, VATAmountFC: 10.5, VATBaseAmountFC: 50 }),
				],
			}),
		);
		expect(note.lines.map((line) => line.netAmount)).toEqual(['150.00', '-50.00']);
	});
});

describe('reverse charge', () => {
	const charged = { ...vat21, Charged: true };

	test('booked VAT that is not part of the total is not charged', () => {
		const invoice = mapped(
			entry({ AmountFC: 100, VATAmountFC: 21, lines: [entryLine({ vatCode: charged })] }),
		);
		expect(invoice.taxTotal).toBe('0.00');
		expect(invoice.taxes).toMatchObject([{ reverseCharge: true, amount: '0.00', base: '100.00' }]);
		expect(invoice.lines[0]?.tax).toMatchObject({ amount: '0.00', percentage: '21' });
	});

	test('VAT type N is marked as no VAT', () => {
		const lines = [
			entryLine({ VATAmountFC: 0, VATPercentage: 0, vatCode: { ...vat21, Type: 'N' } }),
		];
		expect(mapped(entry({ AmountFC: 100, VATAmountFC: 0, lines })).taxes[0]?.exempt).toBe(true);
	});
});

describe('what cannot be an invoice is named', () => {
	test('an amount that does not add up, with the numbers', () => {
		const result = toDocument('purchaseEntry', entry({ AmountFC: 122 }));
		expect(result.ok ? [] : result.issues).toEqual([
			{
				code: 'DOCUMENT_TOTALS_MISMATCH',
				severity: 'error',
				path: 'grossTotal',
				message:
					'Invoice INV-1: lines 100.00 and VAT 21.00 make 121.00, but the booked total is 122.00 EUR (difference 1.00)',
			},
		]);
	});

	test.each([
		['EntryDate', 'MAPPING_FIELD_MISSING EntryDate'],
		['Currency', 'MAPPING_FIELD_MISSING Currency'],
		['AmountFC', 'MAPPING_FIELD_MISSING AmountFC'],
	])('%s missing', (field, issue) => {
		expect(issuesOf(entry({ [field]: null }))).toContain(issue);
	});

	test('both numbers missing', () => {
		const result = toDocument('purchaseEntry', entry({ YourRef: '', EntryNumber: null }));
		expect(result.ok ? '' : result.issues[0]?.message).toBe(
			"Purchase entry without a number: the invoice number is missing ('YourRef' or 'EntryNumber' is empty)",
		);
	});

	test('a supplier that does not exist, one without any identification', () => {
		expect(issuesOf(entry({ supplier: null, SupplierName: null }))).toEqual([
			'MAPPING_FIELD_MISSING supplier.Name',
		]);
		expect(issuesOf(entry({ supplier: { Name: 'Cash' } }))).toEqual([
			'MAPPING_FIELD_MISSING supplier.Code',
		]);
	});

	test('related records that were not read along', () => {
		const withoutLines = entry({ lines: undefined });
		expect(issuesOf(withoutLines)).toEqual(['MAPPING_NOT_INCLUDED lines']);
		const withoutSupplier = entry({ supplier: undefined });
		expect(issuesOf(withoutSupplier)).toEqual(['MAPPING_NOT_INCLUDED supplier']);
		expect(toDocument('purchaseEntry', withoutSupplier)).toMatchObject({
			issues: [{ message: expect.stringContaining("choose 'Supplier' under 'Include'") }],
		});
	});

	test('no lines', () => {
		expect(issuesOf(entry({ lines: [] }))).toEqual(['DOCUMENT_NO_LINES lines']);
	});

	test('a line without an amount, by its number', () => {
		const result = toDocument(
			'purchaseEntry',
			entry({ lines: [entryLine(), entryLine({ LineNumber: 7, AmountFC: null })] }),
		);
		expect(result.ok ? [] : result.issues).toContainEqual({
			code: 'MAPPING_FIELD_MISSING',
			severity: 'error',
			path: 'lines[1].AmountFC',
			message: "Purchase entry INV-1: line 7: the line amount is missing ('AmountFC' is empty)",
		});
	});

	test('values of the wrong form', () => {
		expect(issuesOf(entry({ EntryDate: '05-03-2017' }))).toEqual([
			'MAPPING_FIELD_INVALID EntryDate',
		]);
		expect(issuesOf(entry({ AmountFC: '1.234,50' }))).toContain('MAPPING_FIELD_INVALID AmountFC');
		expect(issuesOf(entry({ Currency: 'eur' }))).toEqual(['DOCUMENT_FIELD_INVALID currency']);
	});

	test('everything at once', () => {
		expect(
			issuesOf(entry({ EntryDate: null, Currency: null, lines: [entryLine({ AmountFC: null })] })),
		).toEqual([
			'MAPPING_FIELD_MISSING EntryDate',
			'MAPPING_FIELD_MISSING Currency',
			'MAPPING_FIELD_MISSING lines[0].AmountFC',
		]);
	});
});

describe('status', () => {
	test('a rejected entry is skipped, not refused', () => {
		expect(toDocument('purchaseEntry', entry({ Status: 5 }))).toEqual({
			ok: false,
			skipped: true,
			issues: [
				{
					code: 'MAPPING_STATUS_EXCLUDED',
					severity: 'warning',
					path: 'Status',
					message: 'Purchase entry INV-1 is not sent: it is rejected',
					received: '5',
				},
			],
		});
	});

	test('unless its status is to be sent', () => {
		const options = { statuses: { purchaseEntry: [5] } };
		expect(toDocument('purchaseEntry', entry({ Status: 5 }), options).ok).toBe(true);
		expect(toDocument('purchaseEntry', entry({ Status: 20 }), options).ok).toBe(false);
	});
});

describe('defaults', () => {
	test('fill what is empty and leave what is not', () => {
		const invoice = mapped(entry({ EntryDate: null }), {
			defaults: {
				date: '2017-03-09',
				'buyer.gln': '9525000000009',
				'lines.unit': 'EA',
				'supplier.name': 'Other',
				'shipTo.name': 'no field of an invoice',
			},
		});
		expect(invoice.date).toBe('2017-03-09');
		expect(invoice.buyer.gln).toBe('9525000000009');
		expect(invoice.lines[0]?.unit).toBe('EA');
		expect(invoice.supplier.name).toBe('Büromöbel & Söhne GmbH');
	});
});

describe('a purchase invoice becomes an invoice', () => {
	const invoiceRow = (more: Json = {}): Json => ({
		ID: 'i1',
		Type: 8033,
		Status: 50,
		EntryNumber: 20170002,
		InvoiceDate: '2017-03-05',
		Currency: 'EUR',
		ExchangeRate: 1,
		Amount: 242,
		VATAmount: 42,
		YourRef: 'INV-2',
		Modified: '2017-03-06T00:00:00.000Z',
		supplier,
		company: { Code: 4711, Description: 'Muster Handel B.V.' },
		paymentCondition: null,
		lines: [
			{
				LineNumber: 1,
				Description: 'Desk',
				Quantity: 2,
				Unit: 'pc',
				UnitPrice: 125,
				Discount: 0.2,
				NetPrice: 100,
				Amount: 200,
				VATCode: '4',
				VATPercentage: 0.21,
				VATAmount: 42,
				item: { Code: 'D-1', Barcode: '4012345678901', GLCostsCode: '4500' },
				supplierItem: { SupplierItemCode: 'BM-77' },
				purchaseOrder: { OrderNumber: 900001 },
			},
		],
		...more,
	});

	test('with items, net prices and the order of each line', () => {
		const result = toDocument('purchaseInvoice', invoiceRow());
		expect(result).toMatchObject({
			ok: true,
			warnings: [],
			document: {
				key: 'exact:4711:purchaseInvoice:i1',
				kind: 'invoice',
				netTotal: '200.00',
				grossTotal: '242.00',
				lines: [
					{
						quantity: '2',
						unit: 'pc',
						unitPrice: '100',
						discountPercentage: '20',
						netAmount: '200.00',
						item: { code: 'D-1', supplierCode: 'BM-77', gtin: '4012345678901' },
						glAccount: { code: '4500' },
						purchaseOrderNumber: '900001',
					},
				],
			},
		});
	});

	test.each([8031, 8034])('type %i is a credit note', (Type) => {
		expect(toDocument('purchaseInvoice', invoiceRow({ Type }))).toMatchObject({
			ok: true,
			document: { kind: 'creditNote' },
		});
	});

	test.each([
		['a negative quantity', { Quantity: -2, NetPrice: 100, Amount: -200 }, ['2', '100', '200.00']],
		['a negative price', { Quantity: 2, NetPrice: -100, Amount: -200 }, ['2', '100', '200.00']],
		['an opposite line', { Quantity: 1, NetPrice: 50, Amount: 50 }, ['-1', '50', '-50.00']],
	])('a credit note with %s', (_words, amounts, expected) => {
		const [line] = invoiceRow().lines as Json[];
		const lines = [
			{ ...line, ...amounts, VATAmount: 0 },
			{ ...line, Quantity: -10, NetPrice: 100, Amount: -1000, VATAmount: 0 },
		];
		const Amount = amounts.Amount - 1000;
		const result = toDocument(
			'purchaseInvoice',
			invoiceRow({ Type: 8034, Amount, VATAmount: 0, lines }),
		);
		expect(result.ok && result.warnings).toEqual([]);
		const [first] = result.ok ? (result.document as Invoice).lines : [];
		expect([first?.quantity, first?.unitPrice, first?.netAmount]).toEqual(expected);
	});

	test('a draft is skipped', () => {
		expect(toDocument('purchaseInvoice', invoiceRow({ Status: 10 }))).toMatchObject({
			ok: false,
			skipped: true,
			issues: [{ message: 'Purchase invoice INV-2 is not sent: it is draft' }],
		});
	});
});
