import type { BusinessDocument, Invoice, Remittance } from '../../../../lib/documents';
import type { CoreErrorCode, Issue } from '../../../../lib/errors';
import { x12Encoder } from '../../../../lib/edi/x12';
import type { X12ProfileSettings } from '../../../../lib/edi/x12';
import { verifyInterchange } from '../../../../lib/edi/x12/verify';
import {
	envelope,
	invoice,
	ledgerLine,
	purchaseOrder,
	receipt,
	remittance,
	settings,
} from './documents';

const prepare = (document: BusinessDocument, more: X12ProfileSettings = {}) =>
	x12Encoder.prepare(document, x12Encoder.normalizeProfile({ ...settings, ...more }));

function issuesOf(document: BusinessDocument, more: X12ProfileSettings = {}): readonly Issue[] {
	const preparation = prepare(document, more);
	return preparation.ok ? preparation.prepared.warnings : preparation.issues;
}

const withLine = (
	line: Partial<Invoice['lines'][number]>,
	more: Partial<Invoice> = {},
): Invoice => ({
	...invoice,
	...more,
	lines: [{ ...ledgerLine, ...line }],
});

test('the lists of 005010 are not known as a whole, so its codes are checked by their length', () => {
	const extraSegments = [{ level: 'header' as const, template: 'REF*ZQQ*{ownNumber}' }];
	expect(prepare(invoice, { release: '005010', extraSegments }).ok).toBe(true);
});

describe('a document with a mistake never becomes a file', () => {
	const cases: [string, BusinessDocument, X12ProfileSettings, CoreErrorCode, string, RegExp][] = [
		[
			'no lines',
			{ ...invoice, lines: [] },
			{},
			'X12_NO_LINES',
			'lines',
			/Invoice INV-909049: it has no lines/,
		],
		[
			'an order without lines',
			{ ...purchaseOrder, lines: [] },
			{},
			'X12_NO_LINES',
			'lines',
			/order/,
		],
		[
			'a remittance that is cancelled',
			{ ...remittance, purpose: 'cancellation' },
			{},
			'X12_VALUE_INVALID',
			'purpose',
			/no place to say that it is cancelled/,
		],
		[
			'a supplier number longer than BIG02',
			{ ...invoice, supplierNumber: 'INVOICE-2017-000000000123' },
			{},
			'X12_VALUE_TOO_LONG',
			'supplierNumber',
			/BIG02 .* has 25 characters, at most 22 fit \(from supplierNumber\); shorten it/,
		],
		[
			'no supplier name and no number of it',
			{ ...invoice, supplier: { name: '' } },
			{},
			'X12_MANDATORY_MISSING',
			'supplier.name',
			/N102, N103/,
		],
		[
			'a date that does not exist',
			{ ...invoice, date: '2017-02-30' },
			{},
			'X12_VALUE_INVALID',
			'date',
			/BIG01 "20170230" is not a date/,
		],
		[
			'a unit nobody knows',
			withLine({ quantity: '2', unit: 'vat', unitPrice: '50', netAmount: '100.00' }),
			{},
			'X12_UNIT_WITHOUT_CODE',
			'lines[0].unit',
			/line 1: the unit "vat" has no X12 code/,
		],
		[
			'a total that does not add up',
			{ ...invoice, grossTotal: '122.00' },
			{},
			'X12_TOTAL_MISMATCH',
			'grossTotal',
			/add up to 121\.00, but the total is 122\.00 \(difference 1\.00\)/,
		],
		[
			'a tenth of a cent',
			{ ...withLine({ netAmount: '100.001' }), grossTotal: '121.00' },
			{},
			'X12_AMOUNT_NOT_REPRESENTABLE',
			'lines[0].netAmount',
			/"100\.001" is not an amount with at most two decimals/,
		],
		[
			'quantity and price far from the amount',
			withLine({ quantity: '2', unit: 'EA', unitPrice: '80', netAmount: '100.00' }),
			{},
			'X12_LINE_AMOUNT_MISMATCH',
			'lines[0].netAmount',
			/quantity 2 × price 80 is not the amount 100\.00; correct the price/,
		],
		[
			'a qualifier that a field brings and X12 does not have',
			withLine({ custom: { kind: 'ZQQ' } }),
			{ extraSegments: [{ level: 'line', template: 'REF*{line.custom.kind}*{ownNumber}' }] },
			'X12_VALUE_INVALID',
			'lines[0].custom.kind',
			/Invoice INV-909049: line 1, REF01 "ZQQ" is none of the 1503 codes of data element 128; codes near it are ZQ \(from lines\[0\]\.custom\.kind\); choose a code/,
		],
		[
			'a small letter in it',
			{ ...invoice, custom: { kind: 'gz' } },
			{ extraSegments: [{ level: 'header', template: 'REF*{custom.kind}*{ownNumber}' }] },
			'X12_VALUE_INVALID',
			'custom.kind',
			/REF01 "gz" is none of .* codes near it are GZ/,
		],
		[
			'a character that the profile rejects',
			{ ...invoice, supplier: { ...invoice.supplier, name: 'Café' } },
			{ charactersOutside: 'reject' },
			'X12_CHARACTER_NOT_ALLOWED',
			'supplier.name',
			/"Café" \(supplier\.name\) has U\+00E9 \(é\)/,
		],
		[
			'a character without a substitute',
			withLine({ description: 'paper \u6771' }),
			{},
			'X12_CHARACTER_NOT_ALLOWED',
			'lines[0].description',
			/U\+6771/,
		],
		[
			'a delimiter that the profile rejects',
			withLine({ description: 'A4 * 80 g' }),
			{ delimiterInData: 'reject' },
			'X12_DELIMITER_IN_DATA',
			'lines[0].description',
			/the delimiter "\*"/,
		],
		[
			'more VAT rates than 004010 has room for',
			{
				...withLine({ netAmount: '100.00' }),
				taxes: Array.from({ length: 11 }, () => ({ percentage: '1', amount: '1.00' })),
				grossTotal: '111.00',
			},
			{},
			'X12_STRUCTURE_INVALID',
			'TXI',
			/TXI stands more than 10 times/,
		],
		[
			'a name longer than N1 and N2 hold',
			{ ...invoice, supplier: { ...invoice.supplier, name: 'Long name '.repeat(40) } },
			{},
			'X12_STRUCTURE_INVALID',
			'supplier.name',
			/N2 stands more than 2 times/,
		],
		[
			'a G/L account that is no reference',
			withLine({ glAccount: { code: '4'.repeat(31) } }),
			{},
			'X12_VALUE_TOO_LONG',
			'lines[0].glAccount.code',
			/line 1, REF02/,
		],
		[
			'payments of zero',
			{ ...remittance, total: '0.00', items: [{ ...remittance.items[0]!, paidAmount: '0.00' }] },
			{},
			'X12_NOTHING_TO_PAY',
			'total',
			/Remittance advice PAY-2017-11: the payments to Van Dijk Papier B\.V\. add up to 0\.00/,
		],
		[
			'payments that do not add up',
			{ ...remittance, total: '371.01' },
			{},
			'X12_TOTAL_MISMATCH',
			'total',
			/add up to 371\.00, but the total is 371\.01/,
		],
		['no payments', { ...remittance, items: [] }, {}, 'X12_NO_LINES', 'items', /no payments/],
		[
			'a payment that is no amount',
			{ ...remittance, items: [{ ...remittance.items[0]!, paidAmount: '1e3' }] },
			{},
			'X12_AMOUNT_NOT_REPRESENTABLE',
			'items[0].paidAmount',
			/1e3/,
		],
		[
			'a document of another kind',
			{ ...invoice, type: 'quotation' } as unknown as BusinessDocument,
			{},
			'X12_UNKNOWN_DOCUMENT',
			'type',
			/"quotation"/,
		],
	];

	test.each(cases)('%s', (_name, document, more, code, path, message) => {
		const preparation = prepare(document, more);
		expect(preparation.ok).toBe(false);
		const found = issuesOf(document, more).find(
			(issue) => issue.code === code && issue.path === path,
		);
		expect(issuesOf(document, more).map((issue) => [issue.code, issue.path])).toContainEqual([
			code,
			path,
		]);
		expect(found?.message).toMatch(message);
		expect(found?.severity).toBe('error');
	});

	test('all mistakes are reported at once, each line by its number', () => {
		const document: Invoice = {
			...invoice,
			supplierNumber: 'X'.repeat(23),
			date: '2017-13-01',
			lines: [ledgerLine, { ...ledgerLine, number: 2, glAccount: { code: '4'.repeat(31) } }],
			grossTotal: '1',
		};
		expect(issuesOf(document).map(({ path }) => path)).toEqual([
			'date',
			'supplierNumber',
			'lines[1].glAccount.code',
			'grossTotal',
		]);
	});
});

test('what an order and an invoice are sent for', () => {
	const purposes = (['original', 'replacement', 'cancellation'] as const).map((purpose) =>
		[invoice, purchaseOrder].map((document) => {
			const preparation = prepare({ ...document, purpose });
			if (!preparation.ok) throw new Error(JSON.stringify(preparation.issues));
			const [first = ''] = preparation.prepared.body.text.split('~');
			return first.split('*')[document.type === 'invoice' ? 8 : 1];
		}),
	);
	expect(purposes).toEqual([
		[undefined, '00'],
		['05', '05'],
		['01', '01'],
	]);
});

describe('small differences', () => {
	test.each([['004010'], ['005010']] as const)(
		'an Incoterm that %s has no code for is not sent, and a warning says so',
		(release) => {
			const order = { ...purchaseOrder, incoterm: { code: 'DPU', place: 'Delft' } };
			const found = prepare(order, { release });
			if (!found.ok) throw new Error(found.issues[0]?.message);
			expect(found.prepared.body.text).not.toContain('FOB');
			expect(found.prepared.warnings).toEqual([
				expect.objectContaining({
					code: 'X12_INCOTERM_NOT_SENT',
					severity: 'warning',
					path: 'incoterm.code',
					received: 'DPU',
				}),
			]);
			expect(found.prepared.warnings[0]?.message).toMatch(
				/^Purchase order .*: the Incoterm "DPU" \(incoterm\.code\) has no X12 code \(DE335\) and is not sent; use one of CFR/,
			);
			expect(issuesOf(order, { release, omitSegments: ['FOB'] })).toEqual([]);
			expect(issuesOf({ ...order, incoterm: { code: 'DDP' } }, { release })).toEqual([]);
		},
	);

	test('a rounded price is made up for, with a warning', () => {
		const document = withLine({
			quantity: '3',
			unit: 'EA',
			unitPrice: '33.33',
			netAmount: '100.00',
		});
		const preparation = prepare(document);
		expect(preparation.ok && preparation.prepared.body.text).toContain(
			'SAC*C*F050***1**********Rounding of the line~',
		);
		expect(issuesOf(document)).toMatchObject([
			{ code: 'X12_LINE_AMOUNT_ROUNDED', severity: 'warning', path: 'lines[0].netAmount' },
		]);
	});

	test.each([
		['a net price', '9', 'IT1*1*10*EA*9~', undefined],
		['a list price', '10', 'IT1*1*10*EA*10~', 'SAC*A*C310***1000~'],
	])('%s with a discount', (_words, unitPrice, it1, sac) => {
		const document = withLine({
			quantity: '10',
			unit: 'EA',
			unitPrice,
			discountPercentage: '10',
			netAmount: '90.00',
		});
		const preparation = prepare({ ...document, grossTotal: '111.00' });
		const text = preparation.ok ? preparation.prepared.body.text : '';
		expect(text).toContain(it1);
		expect(/SAC[^~]*~/.exec(text)?.[0]).toBe(sac);
	});

	test('an order line of 2 boxes of 10 at 5 a piece is refused', () => {
		const line = { number: 1, quantity: '2', unit: 'BX', unitPrice: '5', netAmount: '100.00' };
		expect(issuesOf({ ...purchaseOrder, lines: [line] })).toMatchObject([
			{ code: 'X12_LINE_AMOUNT_MISMATCH', severity: 'error', path: 'lines[0].netAmount' },
		]);
	});

	test('an order line with a list price says what comes off it', () => {
		const line = {
			number: 1,
			quantity: '10',
			unit: 'EA',
			unitPrice: '10',
			discountPercentage: '10',
			netAmount: '90.00',
		};
		const preparation = prepare({ ...purchaseOrder, lines: [line] });
		expect(preparation.ok && preparation.prepared.body.text).toContain('SAC*A*C310***1000~');
	});

	test('five street lines go together where they fit, are refused by their field, or cut', () => {
		const withStreet = (lines: readonly string[]): Invoice => ({
			...invoice,
			supplier: { ...invoice.supplier, address: { lines, city: 'Delft' } },
		});
		const short = withStreet(['Dock 4', 'Gate B', 'Hall 3', 'Floor 2', 'Room 1']);
		const found = prepare(short);
		expect(found.ok && found.prepared.body.text).toContain(
			'N3*Dock 4 Gate B Hall 3 Floor 2 Room 1~',
		);
		const long = withStreet(Array.from({ length: 5 }, (_, at) => `${at} ${'x'.repeat(50)}`));
		expect(issuesOf(long)).toMatchObject([
			{
				code: 'X12_STRUCTURE_INVALID',
				path: 'supplier.address.lines',
				message: expect.stringContaining("'Long Text'"),
			},
		]);
		const cut = prepare(long, { longText: 'cut' });
		expect(cut.ok && cut.prepared.body.text.match(/N3\*/g)).toHaveLength(4);
	});

	test('reverse charge counts for nothing in the total', () => {
		const document: Invoice = {
			...invoice,
			taxes: [{ code: '7', percentage: '21', amount: '21.00', reverseCharge: true }],
			grossTotal: '100.00',
		};
		const preparation = prepare(document);
		expect(preparation.ok && preparation.prepared.body.text).toContain('TXI*VA*0*.21~');
	});

	test('amounts beyond 2^53 cents are still exact', () => {
		const lines = [
			{ number: 1, netAmount: '90071992547409.93' },
			{ number: 2, netAmount: '0.01' },
		];
		const right: Invoice = { ...invoice, lines, taxes: [], grossTotal: '90071992547409.94' };
		expect(prepare({ ...right, grossTotal: '9007199254740.94' }).ok).toBe(false);
		expect(issuesOf(right).map(({ code }) => code)).toEqual(['X12_VALUE_TOO_LONG']);
		const fits = {
			...right,
			lines: [{ number: 1, netAmount: '9007199254740.93' }, lines[1]!],
			grossTotal: '9007199254740.94',
		};
		expect(prepare(fits).ok).toBe(true);
		expect(issuesOf({ ...fits, grossTotal: '9007199254740.93' }).map(({ code }) => code)).toEqual([
			'X12_TOTAL_MISMATCH',
		]);
	});

	test('100,000 lines are written; an order of more has no room in an 850', () => {
		const many = (count: number): Invoice => ({
			...invoice,
			taxes: [],
			lines: Array.from({ length: count }, (_, index) => ({ number: index + 1, netAmount: '1' })),
			grossTotal: String(count),
		});
		const preparation = prepare(many(100_000));
		expect(preparation.ok && preparation.prepared.body.text).toContain('CTT*100000~');
		const order = {
			...purchaseOrder,
			lines: Array.from({ length: 100_001 }, () => ({
				number: 1,
				quantity: '1',
				unitPrice: '1',
				netAmount: '1',
			})),
		};
		expect(issuesOf(order).map(({ code }) => code)).toContain('X12_STRUCTURE_INVALID');
	});

	test('descriptive text is cut only if the profile says so, numbers never', () => {
		const document = withLine({ glAccount: { code: '4300', name: 'N'.repeat(81) } });
		expect(issuesOf(document).map(({ path }) => path)).toEqual(['lines[0].glAccount.name']);
		const preparation = prepare(document, { longText: 'cut' });
		expect(preparation.ok && preparation.prepared.body.text).toContain(
			`REF*GZ*4300*${'N'.repeat(80)}~`,
		);
		expect(prepare({ ...invoice, supplierNumber: 'X'.repeat(23) }, { longText: 'cut' }).ok).toBe(
			false,
		);
	});
});

describe('envelope', () => {
	const assemble = (change: Partial<typeof envelope>) => {
		const profile = x12Encoder.normalizeProfile({ ...settings });
		const preparation = x12Encoder.prepare(invoice, profile);
		if (!preparation.ok) throw new Error('rejected');
		return x12Encoder.assemble([preparation.prepared], profile, { ...envelope, ...change });
	};

	test.each([
		['ISA13 of eight digits', { interchangeControlNumber: '00012301' }],
		['ISA13 of zeros', { interchangeControlNumber: '000000000' }],
		['GS06 with leading zeros', { groupControlNumbers: ['000123001'] }],
		['no GS06', { groupControlNumbers: [] }],
		['too many GS06', { groupControlNumbers: ['1', '2'] }],
		['a date with dashes', { preparedAt: { date: '2017-03-06', time: '081500' } }],
	])('%s is refused', (_name, change) => {
		expect(() => assemble(change)).toThrow(
			expect.objectContaining({ code: 'X12_INVALID_ENVELOPE' }),
		);
	});

	test('a group number used twice is refused', () => {
		const profile = x12Encoder.normalizeProfile({ ...settings });
		const prepared = [invoice, purchaseOrder].map((document) => {
			const preparation = x12Encoder.prepare(document, profile);
			if (!preparation.ok) throw new Error('rejected');
			return preparation.prepared;
		});
		const twice = { ...envelope, groupControlNumbers: ['5', '5'] };
		expect(() => x12Encoder.assemble(prepared, profile, twice)).toThrow(/used twice/);
	});

	test('an empty run makes no interchange', () => {
		const profile = x12Encoder.normalizeProfile({ ...settings });
		expect(() => x12Encoder.assemble([], profile, envelope)).toThrow(
			expect.objectContaining({ code: 'X12_EMPTY_INTERCHANGE' }),
		);
	});

	test('control characters are left when the data holds every other delimiter', () => {
		const profile = x12Encoder.normalizeProfile({ ...settings, delimiterInData: 'pick' });
		const document = withLine({ description: "~'} and the rest" });
		const preparation = x12Encoder.prepare(document, profile);
		if (!preparation.ok) throw new Error('rejected');
		const { bytes } = x12Encoder.assemble([preparation.prepared], profile, envelope);
		expect(String.fromCharCode(bytes[105] ?? 0)).toBe('\u001c');
	});
});

describe('Verify Output', () => {
	async function verifyChanged(change: (text: string) => string) {
		const profile = x12Encoder.normalizeProfile({ ...settings });
		const preparation = x12Encoder.prepare(invoice, profile);
		if (!preparation.ok) throw new Error('rejected');
		const encoded = x12Encoder.assemble([preparation.prepared], profile, envelope);
		const text = change(Buffer.from(encoded.bytes).toString('latin1'));
		return verifyInterchange(
			{ ...encoded, bytes: Buffer.from(text, 'latin1') },
			[preparation.prepared],
			profile,
		);
	}

	test('finds nothing in an unchanged file', async () => {
		expect(await verifyChanged((text) => text)).toEqual([]);
	});

	test.each([
		['a changed amount', (text: string) => text.replace('TDS*12100', 'TDS*12101'), 'TDS[25].1'],
		['a lost element', (text: string) => text.replace('*CC01*Head office', '*CC01'), 'REF[24].3'],
		[
			'an added element',
			(text: string) => text.replace('CUR*SE*EUR', 'CUR*SE*EUR*1.00'),
			'CUR[5].3',
		],
		['a split component', (text: string) => text.replace('Copy paper', 'Copy>paper'), 'PID[22].5'],
		['a lost segment', (text: string) => text.replace('CUR*SE*EUR~', ''), 'CUR[5].name'],
		['a wrong count', (text: string) => text.replace('SE*26*', 'SE*25*'), 'SE[28].1'],
		['an added segment', (text: string) => `${text}IEA*1*000123001~`, 'IEA'],
		[
			'a changed control number',
			(text: string) => text.replace('IEA*1*000123001', 'IEA*1*000123002'),
			'IEA[30].2',
		],
		[
			'an ISA that tells another time',
			(text: string) => text.replace('170306*0815', '170306*0816'),
			'ISA[1].10',
		],
	])('finds %s', async (_name, change, path) => {
		expect(await verifyChanged(change)).toMatchObject([{ code: 'X12_READ_BACK_DIFFERS', path }]);
	});

	/** The encoder itself writes something else than the document says: bytes and body agree. */
	async function verifyWritten(document: BusinessDocument, change: (text: string) => string) {
		const profile = x12Encoder.normalizeProfile({ ...settings });
		const preparation = x12Encoder.prepare(document, profile);
		if (!preparation.ok) throw new Error('rejected');
		const { prepared } = preparation;
		const text = change(prepared.body.text);
		expect(text).not.toBe(prepared.body.text);
		const segmentCount = text.split('~').length - 1;
		const wrong = [{ ...prepared, body: { ...prepared.body, text, segmentCount } }];
		const encoded = x12Encoder.assemble(wrong, profile, envelope);
		const issues = await verifyInterchange(encoded, wrong, profile);
		return issues.map(({ path, received, expected }) => [path, received, expected]);
	}
	const twice = (tag: string) => (text: string) =>
		text.replace(new RegExp(`${tag}\\*[^~]*~`), '$&$&');

	test.each([
		[
			'a line written twice',
			invoice,
			twice('IT1'),
			[
				['the number of lines', '2', '1'],
				['the sum of quantity times price', '200', '100'],
			],
		],
		[
			'a total of another document',
			invoice,
			(text: string) => text.replace('TDS*12100', 'TDS*24000'),
			[['TDS01', '240', '121']],
		],
		[
			'a count that is not that of the lines',
			purchaseOrder,
			(text: string) => text.replace('CTT*1', 'CTT*2'),
			[['CTT01', '2', '1']],
		],
		[
			'another quantity',
			purchaseOrder,
			(text: string) => text.replace('PO1*1*40*', 'PO1*1*41*'),
			[['the sum of quantity times price', '512.5', '500']],
		],
		[
			'another total of the order',
			purchaseOrder,
			(text: string) => text.replace('AMT*TT*500', 'AMT*TT*5'),
			[['AMT02 of AMT*TT', '5', '500']],
		],
		[
			'a payment written twice',
			remittance,
			twice('RMR'),
			[
				['the number of lines', '3', '2'],
				['the sum of RMR04', '792', '371'],
			],
		],
		[
			'another amount paid',
			remittance,
			(text: string) => text.replace('BPR*I*371', 'BPR*I*37.1'),
			[['BPR02', '37.1', '371']],
		],
		[
			'a return that is no return',
			receipt,
			(text: string) => text.replace('*12.5*EA', '*2.5*EA'),
			[['the quantities received less those returned', '35.5', '25.5']],
		],
	] as const)(
		'finds %s, though the file is what was written',
		async (_name, document, edit, expected) => {
			expect(await verifyWritten(document, edit)).toEqual(expected);
		},
	);
});

test('a remittance orders no payment: no account element of BPR is there', () => {
	const withBank: Remittance = {
		...remittance,
		payee: { ...remittance.payee, bankAccount: { number: 'NL91ABNA0417164300', bic: 'ABNANL2A' } },
	};
	const preparation = prepare(withBank);
	expect(preparation.ok && preparation.prepared.body.text).toContain(
		'BPR*I*371*C*NON************20170405~',
	);
	expect(preparation.ok && preparation.prepared.body.text).not.toContain('ABNA');
});
