import { validateDocument } from '../../../../lib/documents';
import type { Invoice, PurchaseOrder } from '../../../../lib/documents';
import {
	buyer,
	creditNote,
	fullInvoice,
	fullOrder,
	fullRemittance,
	minimalInvoice,
	supplier,
} from './documents';
import { encode, isRefused, issuesOf } from './encode';

function segmentsOf(
	invoice: Invoice | PurchaseOrder,
	more: Readonly<Record<string, unknown>> = {},
): readonly string[] {
	return encode([invoice], { charactersOutside: 'transliterate', ...more }).segments;
}

function invoiceWith(change: Partial<Invoice>): Invoice {
	return { ...minimalInvoice, ...change };
}

function lineWith(change: Partial<Invoice['lines'][number]>): Invoice {
	return invoiceWith({ lines: [{ number: 1, netAmount: '100.00', ...change }] });
}

describe('document types', () => {
	test.each([
		['invoice', minimalInvoice, {}, 'BGM+380+INV-1+9'],
		['credit note sent again', creditNote, {}, 'BGM+381+CN-3+5'],
		['order', fullOrder, {}, 'BGM+220+9000123+9'],
		['order taken back', { ...fullOrder, purpose: 'cancellation' }, {}, 'BGM+220+9000123+1'],
		[
			'the type codes of the partner',
			minimalInvoice,
			{ invoiceTypeCode: '393' },
			'BGM+393+INV-1+9',
		],
	] as const)('%s', (_, document, more, expected) => {
		expect(segmentsOf(document, more)).toContain(expected);
	});

	test('a remittance advice', () => {
		expect(encode([fullRemittance]).segments).toContain('BGM+481+BET-7+9');
	});

	test('a type code the directory does not have is refused', () => {
		expect(() => issuesOf(minimalInvoice, { invoiceTypeCode: '999' })).toThrow(
			expect.objectContaining({ code: 'EDIFACT_INVALID_OPTION', path: 'invoiceTypeCode' }),
		);
		const more = { invoiceTypeCode: '999', additionalCodes: ['1001:999'] };
		expect(segmentsOf(minimalInvoice, more)).toContain('BGM+999+INV-1+9');
	});
});

describe('amounts', () => {
	test('of a credit note are positive, or negative where the partner wants them so', () => {
		expect(segmentsOf(creditNote)).toContain('MOA+77:200.50');
		expect(segmentsOf(creditNote, { creditNoteAmounts: 'negative' })).toContain('MOA+77:-200.50');
		expect(segmentsOf(minimalInvoice, { creditNoteAmounts: 'negative' })).toContain(
			'MOA+77:100.00',
		);
	});

	test('a total that does not add up is refused, named and with both sums', () => {
		const [issue] = issuesOf(invoiceWith({ grossTotal: '101.00' }));
		expect(issue).toMatchObject({ code: 'DOCUMENT_TOTALS_MISMATCH', severity: 'error' });
		expect(issue?.message).toContain('INV-1');
		expect(isRefused(invoiceWith({ grossTotal: '101.00' }))).toBe(true);
	});

	test('a remittance advice of nothing is refused', () => {
		const items = [{ ...fullRemittance.items[1]!, paidAmount: '-109.50' }];
		expect(issuesOf({ ...fullRemittance, items, total: '-109.50' })).toMatchObject([
			{ code: 'DOCUMENT_TOTAL_NOT_POSITIVE' },
		]);
	});

	test('a number longer than its element is refused, not rounded', () => {
		const price = '1234567890.123456';
		const lines = [{ number: 1, quantity: '1', unitPrice: price, netAmount: price }];
		expect(issuesOf(invoiceWith({ lines, netTotal: price, grossTotal: price }))).toEqual(
			expect.arrayContaining([
				expect.objectContaining({ code: 'EDIFACT_VALUE_TOO_LONG', path: 'lines[0].unitPrice' }),
			]),
		);
	});
});

describe('prices', () => {
	const line = { number: 1, quantity: '10', discountPercentage: '10', netAmount: '90.00' };
	const prices = (document: Invoice | PurchaseOrder, more = {}): readonly string[] =>
		segmentsOf(document, more).filter((text) => /^(QTY|MOA\+203|PRI|ALC|PCD)/.test(text));
	const invoiceOf = (unitPrice: string): Invoice =>
		invoiceWith({ lines: [{ ...line, unitPrice }], netTotal: '90.00', grossTotal: '90.00' });
	const orderOf = (unitPrice: string): PurchaseOrder => ({
		...fullOrder,
		lines: [{ ...line, unitPrice }],
		netTotal: '90.00',
		taxTotal: '0.00',
		grossTotal: '90.00',
	});

	test.each([
		['invoice', invoiceOf, 'QTY+47:10'],
		['order', orderOf, 'QTY+21:10'],
	] as const)('of an %s are net, or say what comes off them', (_words, documentOf, quantity) => {
		expect(prices(documentOf('9'))).toEqual([quantity, 'MOA+203:90.00', 'PRI+AAA:9']);
		const list = [quantity, 'MOA+203:90.00', 'PRI+AAB:10', 'ALC+A++++DI', 'PCD+3:10'];
		expect(prices(documentOf('10'))).toEqual(list);
		expect(prices(documentOf('10'), { release: 'D.01B' })).toEqual(list);
	});

	test('a negative amount of a credit note has a negative quantity', () => {
		const document = { ...invoiceOf('9'), kind: 'creditNote' as const };
		expect(prices(document, { creditNoteAmounts: 'negative' })).toEqual([
			'QTY+47:-10',
			'MOA+203:-90.00',
			'PRI+AAA:9',
		]);
	});

	test('2 boxes of 10 at 5 a piece are refused', () => {
		const lines = [{ number: 1, quantity: '2', unitPrice: '5', netAmount: '100.00' }];
		expect(
			issuesOf({ ...orderOf('5'), lines, netTotal: '100.00', grossTotal: '100.00' }),
		).toMatchObject([
			{ code: 'DOCUMENT_LINE_AMOUNT_MISMATCH', severity: 'error', path: 'lines[0].netAmount' },
		]);
	});
});

describe('VAT', () => {
	const taxed = (tax: NonNullable<Invoice['lines'][number]['tax']>): Invoice =>
		invoiceWith({
			lines: [{ number: 1, netAmount: '100.00', tax }],
			taxes: [{ base: '100.00', ...tax }],
			taxTotal: tax.amount,
			grossTotal: String(100 + Number(tax.amount)),
		});

	test.each([
		['standard rate', { percentage: '21', amount: '21.00' }, {}, 'TAX+7+VAT+++:::21+S'],
		['zero rate', { percentage: '0', amount: '0.00' }, {}, 'TAX+7+VAT+++:::0+Z'],
		['exempt', { percentage: '0', amount: '0', exempt: true }, {}, 'TAX+7+VAT+++:::0+E'],
		[
			'reverse charge',
			{ percentage: '21', amount: '0', reverseCharge: true },
			{},
			'TAX+7+VAT+++:::21+B',
		],
		['no rate, no amount', { amount: '0' }, {}, 'TAX+7+VAT++++E'],
		['no rate', { amount: '21' }, {}, 'TAX+7+VAT++++S'],
		[
			'by the code map, beyond the directory',
			{ code: 'VL', percentage: '21', amount: '0', reverseCharge: true },
			{ codeMaps: { vatCodes: { VL: 'AE' } } },
			'TAX+7+VAT+++:::21+AE',
		],
		[
			'reverse charge by the setting',
			{ percentage: '0', amount: '0', reverseCharge: true },
			{ reverseChargeCategory: 'E' },
			'TAX+7+VAT+++:::0+E',
		],
	] as const)('%s', (_, tax, more, expected) => {
		expect(segmentsOf(taxed(tax), more).filter((line) => line === expected)).toHaveLength(2);
	});

	test('reverse charge is said in words, in those of the VAT code where it has some', () => {
		const tax = { percentage: '21', amount: '0', reverseCharge: true };
		expect(segmentsOf(taxed(tax))).toContain('FTX+TXD+++Reverse charge');
		expect(segmentsOf(taxed(tax), { reverseChargeText: 'Btw verlegd' })).toContain(
			'FTX+TXD+++Btw verlegd',
		);
		expect(segmentsOf(taxed({ ...tax, description: 'BTW verlegd (4)' }))).toContain(
			'FTX+TXD+++BTW verlegd (4)',
		);
	});

	test('booked VAT is sent; that it is not the rate times the base is a warning', () => {
		const document = taxed({ percentage: '21', amount: '21.01' });
		expect(segmentsOf(document)).toEqual(
			expect.arrayContaining(['MOA+124:21.01', 'MOA+125:100.00']),
		);
		expect(issuesOf(document)).toEqual([
			expect.objectContaining({
				code: 'EDIFACT_VAT_DIFFERS',
				severity: 'warning',
				path: 'taxes[0].amount',
				expected: '21.00',
				received: '21.01',
			}),
		]);
		expect(issuesOf(taxed({ percentage: '21', amount: '21.00' }))).toEqual([]);
	});

	test('the base of a rate is that of its lines where none was booked', () => {
		expect(segmentsOf(fullInvoice)).toEqual(
			expect.arrayContaining(['MOA+125:117.00', 'MOA+125:45.00']),
		);
	});
});

describe('parties', () => {
	const nad = (
		party: Invoice['supplier'],
		more: Readonly<Record<string, unknown>> = {},
	): string | undefined =>
		segmentsOf(invoiceWith({ supplier: party }), more).find((line) => line.startsWith('NAD+SU'));

	test.each([
		['GLN', { name: 'A', gln: '4012345000009', code: '1' }, 'NAD+SU+4012345000009::9++A'],
		['code of the buyer', { name: 'A', code: '20013' }, 'NAD+SU+20013::92++A'],
		['nothing', { name: 'A' }, 'NAD+SU+++A'],
	])('identified by %s', (_, party, expected) => {
		expect(nad(party)).toBe(expected);
	});

	test('identified by the code map, first of all', () => {
		const codeMaps = { parties: { '20013': { qualifier: '91', id: 'S-7' } } };
		expect(nad({ name: 'A', code: '20013', gln: '4012345000009' }, { codeMaps })).toBe(
			'NAD+SU+S-7::91++A',
		);
	});

	test('the buyer by our number at the supplier', () => {
		const document = invoiceWith({
			supplier: { name: 'A', codeAtParty: 'K-1' },
			buyer: { name: 'B', code: '9' },
		});
		expect(segmentsOf(document)).toEqual(
			expect.arrayContaining(['NAD+BY+K-1::91++B', 'NAD+IV+9::92++B']),
		);
	});

	test('supplier, buyer and invoicee have their VAT numbers', () => {
		const lines = segmentsOf(fullInvoice);
		for (const role of ['SU', 'BY', 'IV']) {
			const at = lines.findIndex((line) => line.startsWith(`NAD+${role}`));
			const inside = lines.slice(at + 1, at + 4).filter((line) => line.startsWith('RFF+VA:'));
			expect(inside).toHaveLength(1);
		}
	});

	test('a long name is wrapped over 3036 and never cut', () => {
		const name = 'Abcdefghij '.repeat(12).trim();
		const written = nad({ name }) ?? '';
		const parts = written.split('+')[4]?.split(':') ?? [];
		expect(parts.every((part) => part.length <= 35)).toBe(true);
		expect(parts.join(' ')).toBe(name);
		expect(
			nad({ name: 'x'.repeat(175) })
				?.split('+')[4]
				?.split(':')
				.join(''),
		).toBe('x'.repeat(175));
	});

	test('a name that does not fit at all is refused', () => {
		expect(issuesOf(invoiceWith({ supplier: { name: 'x'.repeat(176) } }))).toMatchObject([
			{ code: 'EDIFACT_VALUE_TOO_LONG', path: 'supplier.name' },
		]);
	});

	test('a GLN with a wrong check digit is refused', () => {
		const document = invoiceWith({ supplier: { name: 'A', gln: '4012345000008' } });
		expect(issuesOf(document)).toMatchObject([
			{ code: 'DOCUMENT_GLN_CHECK_DIGIT', severity: 'error', path: 'supplier.gln' },
		]);
	});

	test('a ZIP+4 of the United States goes without its hyphen where nine characters fit', () => {
		const address = { lines: ['x'], postcode: '12345-6789', country: 'US' };
		const document = invoiceWith({ supplier: { name: 'A', address } });
		expect(issuesOf(document)).toMatchObject([
			{
				code: 'EDIFACT_IDENTIFIER_CHANGED',
				severity: 'warning',
				path: 'supplier.address.postcode',
			},
		]);
		expect(segmentsOf(document)).toContain('NAD+SU+++A+x+++123456789+US');
		expect(segmentsOf(document, { release: 'D.01B' })).toContain('NAD+SU+++A+x+++12345-6789+US');
		const codeMaps = { identifiers: { '12345-6789': '12345' } };
		expect(segmentsOf(document, { codeMaps })).toContain('NAD+SU+++A+x+++12345+US');
		const foreign = invoiceWith({
			supplier: { name: 'A', address: { ...address, country: 'BR' } },
		});
		expect(issuesOf(foreign)).toMatchObject([
			{ code: 'EDIFACT_VALUE_TOO_LONG', path: 'supplier.address.postcode' },
		]);
	});

	test('more street lines than fit are refused, or cut', () => {
		const address = {
			lines: Array.from({ length: 5 }, (_, at) => `Street ${at} ${'x'.repeat(25)}`),
		};
		const document = invoiceWith({ supplier: { name: 'A', address } });
		expect(issuesOf(document)).toMatchObject([
			{ code: 'EDIFACT_VALUE_TOO_LONG', path: 'supplier.address.lines' },
		]);
		expect(issuesOf(document, { longText: 'cut' })).toMatchObject([
			{ code: 'EDIFACT_VALUE_LEFT_OUT', severity: 'warning', path: 'supplier.address.lines' },
		]);
	});

	test('a state longer than 3229 is left out with a warning, or goes to 3228', () => {
		const address = { lines: ['x'], state: 'Noord-Holland' };
		const document = invoiceWith({ supplier: { name: 'A', address } });
		expect(issuesOf(document)).toMatchObject([
			{ code: 'EDIFACT_VALUE_LEFT_OUT', severity: 'warning', path: 'supplier.address.state' },
		]);
		expect(segmentsOf(document, { release: 'D.01B' })).toContain('NAD+SU+++A+x++:::Noord-Holland');
	});

	test('long streets are wrapped over four lines; more is refused', () => {
		const lines = ['Een straat met een naam die langer is dan er in een regel past 12', 'Gebouw B'];
		expect(nad({ name: 'A', address: { lines } })).toBe(
			'NAD+SU+++A+Een straat met een naam die langer:is dan er in een regel past 12:Gebouw B',
		);
		const tooMany = { name: 'A', address: { lines: ['x'.repeat(150)] } };
		expect(issuesOf(invoiceWith({ supplier: tooMany }))).toMatchObject([
			{ code: 'EDIFACT_VALUE_TOO_LONG', path: 'supplier.address.lines' },
		]);
	});

	test('contacts only where they are asked for', () => {
		const more = { sendSegments: ['CTA+IC'] };
		expect(segmentsOf(fullInvoice).some((line) => line.startsWith('CTA'))).toBe(false);
		expect(segmentsOf(fullInvoice, more)).toEqual(
			expect.arrayContaining([
				'CTA+IC',
				'COM+?+49 221 123456:TE',
				'COM+rechnung@mueller.example:EM',
			]),
		);
	});
});

describe('lines', () => {
	test.each([
		['stuk', 'PCE'],
		['UUR', 'HUR'],
		['kg', 'KGM'],
		['C62', 'C62'],
		['MTK', 'MTK'],
	])('the unit %s is %s', (unit, expected) => {
		expect(segmentsOf(lineWith({ quantity: '2', unit }))).toContain(`QTY+47:2:${expected}`);
	});

	test('the units code map comes first', () => {
		const codeMaps = { units: { stuk: 'EA' } };
		expect(segmentsOf(lineWith({ quantity: '2', unit: 'stuk' }), { codeMaps })).toContain(
			'QTY+47:2:EA',
		);
	});

	test('a unit without a code is refused, with what to do', () => {
		const [issue] = issuesOf(lineWith({ quantity: '2', unit: 'krat' }));
		expect(issue).toMatchObject({
			code: 'EDIFACT_UNKNOWN_UNIT',
			path: 'lines[0].unit',
			received: 'krat',
		});
		expect(issue?.message).toBe(
			'Invoice INV-1, line 1: the unit "krat" in lines[0].unit has no UN Recommendation 20 code; add it to the units code map, such as krat = PCE',
		);
	});

	test('G/L account and cost center by default, cost unit and project on request', () => {
		const document = lineWith({
			glAccount: { code: '7000' },
			costCenter: { code: 'ADM' },
			costUnit: { code: 'CU' },
			project: { code: 'P1' },
		});
		expect(segmentsOf(document).filter((line) => line.startsWith('RFF'))).toEqual([
			'RFF+ADE:7000',
			'RFF+CR:ADM',
		]);
		const more = {
			glAccountQualifier: 'AV',
			costCenterQualifier: '',
			costUnitQualifier: 'AE',
			projectQualifier: 'AEP',
		};
		expect(segmentsOf(document, more).filter((line) => line.startsWith('RFF'))).toEqual([
			'RFF+AV:7000',
			'RFF+AE:CU',
			'RFF+AEP:P1',
		]);
		expect(() => issuesOf(document, { glAccountQualifier: 'GLX' })).toThrow(
			expect.objectContaining({ code: 'EDIFACT_INVALID_OPTION', path: 'glAccountQualifier' }),
		);
		expect(
			issuesOf(document, { glAccountQualifier: 'GLX', additionalCodes: ['1153:GLX'] }),
		).toEqual([]);
	});

	test('a code that a field brings and the directory does not have is refused', () => {
		const document = invoiceWith({ custom: { kind: 'ZQQ' } });
		const extraSegments = [{ level: 'header', template: 'RFF+{custom.kind}:{number}' }];
		expect(issuesOf(document, { extraSegments })).toMatchObject([
			{ code: 'EDIFACT_INVALID_CODE', path: 'custom.kind', received: 'ZQQ' },
		]);
	});

	test('a description takes as many IMD as it needs; what no IMD holds is refused or cut', () => {
		const words = (count: number): string => 'abcdefghi '.repeat(count).trim();
		expect(
			segmentsOf(lineWith({ description: words(60) })).filter((line) => line.startsWith('IMD')),
		).toHaveLength(10);
		expect(issuesOf(lineWith({ description: words(80) }))).toMatchObject([
			{ code: 'EDIFACT_VALUE_TOO_LONG', path: 'lines[0].description' },
		]);
		expect(isRefused(lineWith({ description: words(80) }), { longText: 'cut' })).toBe(false);
		expect(issuesOf(lineWith({ description: words(80) }), { longText: 'cut' })).toMatchObject([
			{ code: 'EDIFACT_VALUE_LEFT_OUT', severity: 'warning' },
		]);
		expect(segmentsOf(lineWith({ description: words(20) }), { release: 'D.01B' })).toContain(
			`IMD+F++:::${words(20)}`,
		);
	});

	test('line numbers of more than six digits and 100,000 lines', () => {
		expect(issuesOf(lineWith({ number: 1234567 }))).toMatchObject([
			{ code: 'EDIFACT_VALUE_TOO_LONG', path: 'lines[0].number' },
		]);
		const lines = Array.from({ length: 100_000 }, (_, index) => ({
			number: index + 1,
			netAmount: '0.01',
		}));
		const document = invoiceWith({ lines, netTotal: '1000.00', grossTotal: '1000.00' });
		const { text } = encode([document]);
		expect(text).toContain("'CNT+2:100000'");
		expect(text).toContain("'UNT+200014+0001'");
	});

	test('more segments than UNT can count are refused, up to syntax 3', () => {
		const lines = Array.from({ length: 500_000 }, (_, index) => ({
			number: index + 1,
			netAmount: '0.01',
		}));
		const given = invoiceWith({ lines, netTotal: '5000.00', grossTotal: '5000.00' });
		// Validated once, as it comes from the mapping.
		const validation = validateDocument(given);
		expect(issuesOf(validation.ok ? validation.document : given)).toMatchObject([
			{ code: 'EDIFACT_TOO_MANY', path: 'lines', received: '1000014' },
		]);
	});

	test('a document without lines is refused', () => {
		expect(isRefused(invoiceWith({ lines: [] }))).toBe(true);
	});
});

describe('payment terms', () => {
	const terms = (
		paymentTerms: Invoice['paymentTerms'],
		dueDate?: string,
		more = {},
	): readonly string[] =>
		segmentsOf(
			invoiceWith({ ...(paymentTerms && { paymentTerms }), ...(dueDate && { dueDate }) }),
			more,
		).filter((line) => /^(PAT|DTM\+13:|PCD|FTX\+AAB)/.test(line));

	test.each([
		['days', { netDays: 30 }, '2017-07-30', {}, ['PAT+1++5:3:D:30', 'DTM+13:20170730:102']],
		[
			'end of month with a date',
			{ netDays: 30, endOfMonths: 1 },
			'2017-07-31',
			{},
			['PAT+3', 'DTM+13:20170731:102'],
		],
		['end of month without', { netDays: 14, endOfMonths: 1 }, undefined, {}, ['PAT+2++5:3:D:14']],
		['a date alone', undefined, '2017-07-31', {}, ['PAT+3', 'DTM+13:20170731:102']],
		[
			'words alone',
			{ description: 'Contant bij levering' },
			undefined,
			{},
			['FTX+AAB+++Contant bij levering'],
		],
		[
			'by the code map',
			{ code: '07', netDays: 7 },
			undefined,
			{ codeMaps: { paymentTerms: { '07': '10E' } } },
			['PAT+10E++5:3:D:7'],
		],
		[
			'discount',
			{ netDays: 30, discountDays: 8, discountPercentage: '2.50' },
			undefined,
			{},
			['PAT+1++5:3:D:30', 'PAT+22++5:3:D:8', 'PCD+12:2.5'],
		],
	] as const)('%s', (_, given, dueDate, more, expected) => {
		expect(terms(given, dueDate, more)).toEqual(expected);
	});
});

describe('characters', () => {
	const named = (name: string): Invoice => invoiceWith({ supplier: { name } });

	test('outside the set: transliterated, replaced or refused', () => {
		const document = named('Łódź €');
		expect(segmentsOf(document)).toContain('NAD+SU+++Lódz EUR');
		expect(
			segmentsOf(document, { charactersOutside: 'replace', replacementCharacter: '.' }),
		).toContain('NAD+SU+++.ód. .');
		expect(issuesOf(document, { charactersOutside: 'reject' })).toMatchObject([
			{ code: 'EDIFACT_CHARACTER_NOT_ALLOWED', path: 'supplier.name', received: 'Łódź €' },
		]);
	});

	test('what has no fair substitute is refused by name', () => {
		const [issue] = issuesOf(named('日本'));
		expect(issue?.code).toBe('EDIFACT_CHARACTER_NOT_ALLOWED');
		expect(issue?.message).toContain('U+65E5 (日)');
		expect(segmentsOf(named('日本'), { characterSet: 'UNOY', syntaxVersion: 4 })).toContain(
			'NAD+SU+++日本',
		);
	});

	test('a name follows the policy for texts, a number does not', () => {
		const document = invoiceWith({ number: 'inv-ä' });
		expect(issuesOf(document, { characterSet: 'UNOA' })).toMatchObject([
			{ code: 'EDIFACT_CHARACTER_NOT_ALLOWED', severity: 'error', path: 'number' },
		]);
		const more = { characterSet: 'UNOA', identifierPolicy: 'replaceAndWarn' };
		expect(issuesOf(document, more)).toMatchObject([
			{ code: 'EDIFACT_IDENTIFIER_CHANGED', severity: 'warning', path: 'number' },
		]);
		expect(issuesOf(named('Ä'), { characterSet: 'UNOA' })).toEqual([]);
	});

	test('line breaks and tabs become spaces', () => {
		expect(segmentsOf(named('A\r\nB\tC\u00a0D'))).toContain('NAD+SU+++A B C D');
	});
});

describe('what the document lacks', () => {
	test('may have a default', () => {
		const document = lineWith({ quantity: '1' });
		const more = {
			defaults: { 'lines.unit': 'PCE', 'supplier.vatNumber': 'NL1', 'buyer.gln': buyer.gln },
		};
		expect(segmentsOf(document, more)).toEqual(
			expect.arrayContaining(['QTY+47:1:PCE', 'RFF+VA:NL1', 'NAD+BY+8712345000004::9++Koper']),
		);
		expect(segmentsOf(lineWith({ quantity: '1', unit: 'kg' }), more)).toContain('QTY+47:1:KGM');
	});

	test('is missing where the message needs it', () => {
		const { date, ...rest } = minimalInvoice;
		expect(issuesOf(rest as Invoice)).toMatchObject([
			{ code: 'DOCUMENT_FIELD_MISSING', path: 'date' },
		]);
		expect(date).toBe('2017-06-30');
	});

	test('segments left out by the profile', () => {
		const lines = segmentsOf(fullInvoice, { omitSegments: ['FII+RB', 'RFF+XA', 'MOA+9'] });
		expect(lines.filter((line) => /^(FII|RFF\+XA|MOA\+9:)/.test(line))).toEqual([]);
	});

	test('a mandatory segment left out by the profile is refused', () => {
		expect(issuesOf(minimalInvoice, { omitSegments: ['UNS+S', 'DTM+137'] })).toMatchObject([
			{ code: 'EDIFACT_STRUCTURE', path: 'DTM' },
			{ code: 'EDIFACT_STRUCTURE', path: 'UNS' },
		]);
	});

	test('more than the message holds is refused', () => {
		const taxes = Array.from({ length: 11 }, (_, index) => ({ code: String(index), amount: '0' }));
		expect(issuesOf(invoiceWith({ taxes }))).toEqual(
			expect.arrayContaining([expect.objectContaining({ code: 'EDIFACT_TOO_MANY' })]),
		);
	});
});

test('messages name the document, the line, the field, the component and the fix', () => {
	const [issue] = issuesOf(lineWith({ number: 40, glAccount: { code: 'x'.repeat(36) } }));
	expect(issue?.message).toBe(
		'Invoice INV-1, line 40: lines[0].glAccount.code: 1154 holds at most 35 characters, not 36, in RFF 01.2 (1154); shorten it in the source or map it with a code map',
	);
});

test('the supplier of a remittance advice has its VAT number from D.01B on', () => {
	const count = (release: string): number =>
		encode([fullRemittance], { release }).segments.filter(
			(line) => line === `RFF+VA:${supplier.vatNumber}`,
		).length;
	expect([count('D.96A'), count('D.01B')]).toEqual([0, 1]);
});
