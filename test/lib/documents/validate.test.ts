import fc from 'fast-check';
import {
	currencyDecimals,
	documentSubject,
	DOCUMENT_TYPES,
	documentType,
	hasGlnCheckDigit,
	isIsoDate,
	validateDocument,
} from '../../../lib/documents';
import type { FieldShape, FieldShapes } from '../../../lib/documents';

type Json = Record<string, unknown>;

const party = { name: 'Office Ltd', code: '70001' };

const invoice = (more: Json = {}): Json => ({
	type: 'invoice',
	kind: 'invoice',
	key: 'own:1',
	number: 'INV-1',
	date: '2017-03-05',
	currency: 'EUR',
	supplier: party,
	buyer: { name: 'Muster B.V.' },
	lines: [{ number: 1, netAmount: '100.00', tax: { amount: '21.00' } }],
	taxes: [{ amount: '21.00', percentage: '21' }],
	netTotal: '100.00',
	taxTotal: '21.00',
	grossTotal: '121.00',
	...more,
});

const invoiceOfLine = (line: Json): Json =>
	invoice({
		lines: [{ number: 1, tax: { amount: '0.00' }, ...line }],
		taxes: [],
		netTotal: line.netAmount,
		taxTotal: '0.00',
		grossTotal: line.netAmount,
	});

const order = (more: Json = {}): Json => ({
	type: 'purchaseOrder',
	key: 'own:2',
	number: 'PO-1',
	date: '2017-03-05',
	currency: 'EUR',
	supplier: party,
	buyer: { name: 'Muster B.V.' },
	lines: [{ number: 1, quantity: '2', unitPrice: '50', netAmount: '100.00' }],
	netTotal: '100.00',
	...more,
});

const remittance = (more: Json = {}): Json => ({
	type: 'remittance',
	key: 'own:3',
	number: 'PAY-1',
	date: '2017-03-05',
	currency: 'EUR',
	payer: { name: 'Muster B.V.' },
	payee: party,
	total: '100.00',
	items: [{ key: 'p1', kind: 'invoice', invoiceNumber: 'INV-1', paidAmount: '100.00' }],
	...more,
});

const codes = (input: unknown): string[] => {
	const result = validateDocument(input);
	return (result.ok ? result.warnings : result.issues).map(({ code, path }) => `${code} ${path}`);
};

describe('a neutral document as JSON', () => {
	test.each([invoice(), order(), remittance()])('is accepted: $type', (document) => {
		expect(validateDocument(document)).toEqual({ ok: true, document, warnings: [] });
	});

	test('comes back trimmed, with numbers as decimal text and without empty fields', () => {
		const result = validateDocument(
			invoice({
				number: ' INV-1 ',
				netTotal: 100,
				grossTotal: 121.0,
				dueDate: '',
				description: null,
				ownNumber: 42,
				lines: [{ number: '1', netAmount: 100, quantity: 0.1, unitPrice: 1000 }],
				custom: { any: ['thing'] },
			}),
		);
		expect(result).toMatchObject({
			ok: true,
			document: {
				number: 'INV-1',
				ownNumber: '42',
				netTotal: '100',
				grossTotal: '121',
				lines: [{ number: 1, netAmount: '100', quantity: '0.1' }],
				custom: { any: ['thing'] },
			},
		});
		expect(result.ok && Object.keys(result.document)).not.toContain('dueDate');
	});

	test.each([
		undefined,
		null,
		'text',
		[],
		{},
		{ type: 'order' },
		{ type: 'toString' },
		{ type: '__proto__' },
	])('%j is none', (input) => {
		expect(codes(input)).toEqual(['DOCUMENT_TYPE_UNKNOWN type']);
	});

	test('issues name the document, the field and the fix', () => {
		const result = validateDocument(invoice({ date: '05.03.2017' }));
		expect(result).toEqual({
			ok: false,
			issues: [
				{
					code: 'DOCUMENT_FIELD_INVALID',
					severity: 'error',
					path: 'date',
					message:
						"Invoice INV-1: the invoice date (date) is '05.03.2017'; it must be a date as YYYY-MM-DD",
					expected: 'a date as YYYY-MM-DD',
					received: '05.03.2017',
				},
			],
		});
	});

	test('all issues at once', () => {
		expect(
			codes(
				invoice({
					number: '',
					currency: 'euro',
					supplier: { name: ' ' },
					buyer: 'Muster',
					lines: [{ netAmount: '1,00', tax: [] }],
					taxes: {},
					kind: 'memo',
				}),
			),
		).toEqual([
			'DOCUMENT_FIELD_MISSING number',
			'DOCUMENT_FIELD_INVALID currency',
			'DOCUMENT_FIELD_INVALID kind',
			'DOCUMENT_FIELD_MISSING supplier.name',
			'DOCUMENT_FIELD_INVALID buyer',
			'DOCUMENT_FIELD_MISSING lines[0].number',
			'DOCUMENT_FIELD_INVALID lines[0].netAmount',
			'DOCUMENT_FIELD_INVALID lines[0].tax',
			'DOCUMENT_FIELD_INVALID taxes',
		]);
	});

	test.each([
		['number', { a: 1 }],
		['number', 1.5],
		['supplier', { name: 'A', address: { lines: ['x'], country: 'Netherlands' } }],
		['paymentTerms', { netDays: 1.5 }],
		['exchangeRate', '1e5'],
		['exchangeRate', Number.NaN],
		['lines', [{ number: 1, netAmount: '100', tax: { amount: '21', exempt: 'yes' } }]],
	])('%s as %j is refused', (field, value) => {
		const result = validateDocument(invoice({ [field]: value }));
		expect(result.ok ? [] : result.issues.map((issue) => issue.code)).toEqual([
			'DOCUMENT_FIELD_INVALID',
		]);
	});

	test('a misspelt field is a warning', () => {
		expect(
			codes(invoice({ duDate: '2017-04-05', lines: [{ number: 1, netAmount: '100', txt: 'x' }] })),
		).toEqual(['DOCUMENT_FIELD_UNKNOWN lines[0].txt', 'DOCUMENT_FIELD_UNKNOWN duDate']);
	});

	const lineWith = (item: Json): Json =>
		invoiceOfLine({ netAmount: '10.00', description: 'x', item });

	test.each<[string, Json, string]>([
		[
			'a GLN',
			invoice({ supplier: { ...party, gln: '4012345000001' } }),
			'DOCUMENT_GLN_CHECK_DIGIT supplier.gln',
		],
		[
			'a GLN that is none',
			invoice({ buyer: { ...party, gln: 'abc' } }),
			'DOCUMENT_GLN_CHECK_DIGIT buyer.gln',
		],
		[
			'a GTIN-13',
			lineWith({ gtin: '4012345678902' }),
			'DOCUMENT_GTIN_CHECK_DIGIT lines[0].item.gtin',
		],
		['a GTIN-8', lineWith({ gtin: '96385075' }), 'DOCUMENT_GTIN_CHECK_DIGIT lines[0].item.gtin'],
		[
			'a GTIN of ten digits',
			lineWith({ gtin: '4012345678' }),
			'DOCUMENT_GTIN_CHECK_DIGIT lines[0].item.gtin',
		],
		[
			'a GTIN of letters',
			lineWith({ gtin: 'abc' }),
			'DOCUMENT_GTIN_CHECK_DIGIT lines[0].item.gtin',
		],
		[
			'an order line',
			order({
				lines: [
					{ number: 1, quantity: '2', unitPrice: '50', netAmount: '100.00', item: { gtin: '1' } },
				],
			}),
			'DOCUMENT_GTIN_CHECK_DIGIT lines[0].item.gtin',
		],
		[
			'an IBAN',
			remittance({ payee: { ...party, bankAccount: { number: 'NL91ABNA0417164301' } } }),
			'DOCUMENT_IBAN_CHECK_DIGITS payee.bankAccount.number',
		],
	])('%s with wrong check digits is refused', (_words, document, expected) => {
		expect(validateDocument(document).ok).toBe(false);
		expect(codes(document)).toContain(expected);
	});

	test.each(['96385074', '036000291452', '4006381333931', '10012345678902'])(
		'the GTIN %s is right',
		(gtin) => {
			expect(validateDocument(lineWith({ gtin })).ok).toBe(true);
		},
	);

	test.each(['NL91 ABNA 0417 1643 00', '417164300', 'GB82WEST12345698765432', '12-3456-78901'])(
		'the account number %s is right',
		(number) => {
			const payee = { ...party, bankAccount: { number } };
			expect(validateDocument(remittance({ payee })).ok).toBe(true);
		},
	);

	test.each(['__proto__', 'constructor', 'toString'])('the currency %s is refused', (currency) => {
		expect(codes(invoice({ currency }))).toContain('DOCUMENT_FIELD_INVALID currency');
		expect(currencyDecimals(currency)).toBe(2);
	});
});

describe('amounts', () => {
	test.each<[string, Json, string]>([
		['total including VAT', invoice({ grossTotal: '121.01' }), 'grossTotal'],
		['total VAT', invoice({ taxTotal: '20.00' }), 'taxTotal'],
		['total excluding VAT', invoice({ netTotal: '99.00' }), 'netTotal'],
		['order total', order({ netTotal: '99.99' }), 'netTotal'],
		['order total including VAT', order({ taxTotal: '21', grossTotal: '120' }), 'grossTotal'],
		['total paid', remittance({ total: '100.01' }), 'total'],
	])('%s must be the sum', (_words, document, path) => {
		expect(codes(document)).toEqual([`DOCUMENT_TOTALS_MISMATCH ${path}`]);
	});

	test('messages show the numbers', () => {
		const result = validateDocument(order({ netTotal: '99.99' }));
		expect(result.ok ? '' : result.issues[0]?.message).toBe(
			'Purchase order PO-1: the lines make 100.00, but the order total excluding VAT is 99.99 EUR (difference -0.01)',
		);
	});

	test('sums are exact where floats are not', () => {
		const lines = Array.from({ length: 10 }, (_, index) => ({ number: index + 1, netAmount: 0.1 }));
		expect(
			codes(invoice({ lines, taxes: [], netTotal: '1', taxTotal: '0', grossTotal: '1.0' })),
		).toEqual([]);
	});

	test('no lines', () => {
		expect(codes(invoice({ lines: [] }))).toEqual(['DOCUMENT_NO_LINES lines']);
		expect(codes(order({ lines: [] }))).toEqual(['DOCUMENT_NO_LINES lines']);
		expect(codes(remittance({ items: [] }))).toEqual(['DOCUMENT_NO_LINES items']);
	});

	test.each(['0.00', '-5.00'])('a remittance of %s is refused', (amount) => {
		const items = [{ key: 'p', kind: 'creditNote', invoiceNumber: 'C', paidAmount: amount }];
		expect(codes(remittance({ total: amount, items }))).toEqual([
			'DOCUMENT_TOTAL_NOT_POSITIVE total',
		]);
	});

	test('a price that was rounded is a warning', () => {
		const lines = [{ number: 7, quantity: '3', unitPrice: '33.33', netAmount: '100.00' }];
		const result = validateDocument(order({ lines }));
		expect(result).toMatchObject({
			ok: true,
			warnings: [
				{
					code: 'DOCUMENT_LINE_AMOUNT_ROUNDED',
					message:
						'Purchase order PO-1: line 7 has 3 x 33.33, which is 99.99, and an amount of 100.00',
				},
			],
		});
	});

	test.each([
		['the list price less the discount', '12.50', '33.75'],
		['the price with the discount taken off', '11.25', '33.75'],
		['a half cent of a discount, rounded', '0.35', '0.95'],
	])('%s makes the amount of a line', (_name, unitPrice, netAmount) => {
		const line = { quantity: '3', unitPrice, discountPercentage: '10', netAmount };
		expect(validateDocument(invoiceOfLine(line))).toMatchObject({ ok: true, warnings: [] });
	});

	test('a discount that does not make the amount is refused', () => {
		const line = {
			quantity: '3',
			unitPrice: '12.50',
			discountPercentage: '10',
			netAmount: '30.00',
		};
		expect(validateDocument(invoiceOfLine(line))).toMatchObject({
			ok: false,
			issues: [
				{
					code: 'DOCUMENT_LINE_AMOUNT_MISMATCH',
					severity: 'error',
					path: 'lines[0].netAmount',
					message: expect.stringContaining('3 x 12.50 less 10 %, which is 33.75, and') as unknown,
					expected: '33.75',
					received: '30.00',
				},
			],
		});
	});

	// Half a unit of the price's last decimal, times the quantity, and half a cent.
	test.each<[string, Json, boolean]>([
		['2 boxes of 10 at 5 a piece', { quantity: '2', unitPrice: '5', netAmount: '100.00' }, false],
		['3 x 33.33 as 100.01', { quantity: '3', unitPrice: '33.33', netAmount: '100.01' }, true],
		['3 x 33.33 as 100.02', { quantity: '3', unitPrice: '33.33', netAmount: '100.02' }, false],
		['1000 x 0.33 as 335.00', { quantity: '1000', unitPrice: '0.33', netAmount: '335.00' }, true],
		['1000 x 0.33 as 335.01', { quantity: '1000', unitPrice: '0.33', netAmount: '335.01' }, false],
		[
			'1000 x 0.3333 as 333.35',
			{ quantity: '1000', unitPrice: '0.3333', netAmount: '333.35' },
			true,
		],
		[
			'1000 x 0.3333 as 333.36',
			{ quantity: '1000', unitPrice: '0.3333', netAmount: '333.36' },
			false,
		],
		['10 x 10 as 95.00', { quantity: '10', unitPrice: '10', netAmount: '95.00' }, false],
		['-2 x 5 as -10.00', { quantity: '-2', unitPrice: '5', netAmount: '-10.00' }, true],
		['-2 x 5 as 10.00', { quantity: '-2', unitPrice: '5', netAmount: '10.00' }, false],
	])('%s', (_words, line, fits) => {
		const lines = [{ number: 1, ...line }];
		expect(validateDocument(order({ lines, netTotal: line.netAmount })).ok).toBe(fits);
		expect(validateDocument(invoiceOfLine(line)).ok).toBe(fits);
	});

	test('a price that says what it is must make the amount as that', () => {
		const line = { quantity: '10', unitPrice: '10', discountPercentage: '10', netAmount: '90.00' };
		expect(validateDocument(invoiceOfLine({ ...line, priceType: 'list' })).ok).toBe(true);
		expect(validateDocument(invoiceOfLine({ ...line, priceType: 'net' })).ok).toBe(false);
		const net = { ...line, unitPrice: '9' };
		expect(validateDocument(invoiceOfLine({ ...net, priceType: 'net' })).ok).toBe(true);
		expect(validateDocument(invoiceOfLine({ ...net, priceType: 'list' })).ok).toBe(false);
	});

	test('any lines and taxes that add up are accepted, one cent more is not', () => {
		const cents = fc.integer({ min: -10_000_000, max: 10_000_000 });
		const money = (value: number): string => {
			const digits = String(Math.abs(value)).padStart(3, '0');
			return `${value < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
		};
		fc.assert(
			fc.property(fc.array(cents, { minLength: 1, maxLength: 40 }), cents, (nets, vat) => {
				const net = nets.reduce((total, value) => total + value, 0);
				const document = (gross: number): Json =>
					invoice({
						lines: nets.map((value, index) => ({ number: index + 1, netAmount: money(value) })),
						taxes: [{ amount: money(vat) }],
						netTotal: money(net),
						taxTotal: money(vat),
						grossTotal: money(gross),
					});
				expect(codes(document(net + vat))).toEqual([]);
				expect(codes(document(net + vat + 1))).toEqual(['DOCUMENT_TOTALS_MISMATCH grossTotal']);
			}),
		);
	});
});

describe('small parts', () => {
	test('how a document is called', () => {
		expect(documentSubject({ type: 'invoice', kind: 'creditNote', number: 'C-1' })).toBe(
			'Credit note C-1',
		);
		expect(documentSubject({ type: 'remittance', number: 12 })).toBe('Remittance advice 12');
		expect(documentSubject({})).toBe('Document without a number');
	});

	test('calendar days', () => {
		expect(['2016-02-29', '2017-12-31'].map(isIsoDate)).toEqual([true, true]);
		expect(['2017-02-29', '2017-13-01', '2017-1-1', '20170101', ''].map(isIsoDate)).toEqual([
			false,
			false,
			false,
			false,
			false,
		]);
	});

	test('GLN check digits', () => {
		expect(hasGlnCheckDigit('9525000000008')).toBe(false);
		expect(hasGlnCheckDigit('4012345000009')).toBe(true);
		expect(hasGlnCheckDigit('401234500000')).toBe(false);
	});

	test('currency decimals', () => {
		expect(['EUR', 'JPY', 'KWD', 'CLF', 'XXX'].map(currencyDecimals)).toEqual([2, 0, 3, 4, 2]);
	});

	test('every field of every shape has a label', () => {
		const labels = (shapes: FieldShapes): string[] =>
			Object.values(shapes).flatMap((shape: FieldShape): string[] => {
				const inner = shape.kind === 'list' ? shape.of : shape;
				return [shape.label, ...(inner.kind === 'object' ? labels(inner.fields) : [])];
			});
		for (const type of DOCUMENT_TYPES) {
			expect(labels(documentType(type).fields).filter((label) => label.trim() === '')).toEqual([]);
		}
	});
});
