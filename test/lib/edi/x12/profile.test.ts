import { x12Encoder } from '../../../../lib/edi/x12';
import type { X12ProfileSettings } from '../../../../lib/edi/x12';
import { envelope, invoice, purchaseOrder, remittance, settings } from './documents';

const normalize = (raw: Record<string, unknown>) =>
	x12Encoder.normalizeProfile({ ...settings, ...raw });

test('defaults: test indicator, 004010, the IDs as application IDs', () => {
	expect(normalize({})).toMatchObject({
		partner: 'PARTNER',
		release: '004010',
		interchangeVersion: '00401',
		groupVersion: '004010',
		senderQualifier: 'ZZ',
		senderApplicationId: 'VOORBEELD',
		usage: 'T',
		acknowledgmentRequested: false,
		delimiters: { element: '*', component: '>', repetition: '^', segment: '~' },
		suffix: '',
		creditNoteAmounts: 'positive',
	});
	expect(normalize({ release: '005010' })).toMatchObject({
		interchangeVersion: '00501',
		groupVersion: '005010',
	});
});

const refused: [string, Record<string, unknown>, string, RegExp][] = [
	[
		'a sender ID longer than 15',
		{ senderId: 'X'.repeat(16) },
		'senderId',
		/1 to 15 characters.*has 16/,
	],
	['no receiver ID', { receiverId: '' }, 'receiverId', /1 to 15/],
	[
		'a qualifier that does not exist',
		{ senderQualifier: '99' },
		'senderQualifier',
		/"99".*one of 01/,
	],
	[
		'an application ID of one character',
		{ senderApplicationId: 'A' },
		'senderApplicationId',
		/2 to 15/,
	],
	['the same character twice', { componentSeparator: '*' }, 'componentSeparator', /same character/],
	[
		'an alphanumeric delimiter',
		{ elementSeparator: 'x' },
		'elementSeparator',
		/cannot be delimiters/,
	],
	[
		'a space as delimiter',
		{ segmentTerminator: '\\x20' },
		'segmentTerminator',
		/cannot be delimiters/,
	],
	['two characters', { segmentTerminator: '~~' }, 'segmentTerminator', /one character/],
	['a minus', { elementSeparator: '-' }, 'elementSeparator', /numbers need/],
	['a delimiter beyond ASCII', { elementSeparator: '§' }, 'elementSeparator', /plain ASCII/],
	['an ID with a delimiter in it', { senderId: 'A*B' }, 'senderId', /delimiter "\*"/],
	['an ID beyond ASCII', { senderId: 'CAFÉ' }, 'senderId', /plain ASCII/],
	['an unknown release', { release: '003050' }, 'release', /004010 or 005010/],
	['an unknown setting', { sendrId: 'A' }, 'sendrId', /not a setting/],
	['a version of letters', { interchangeVersion: '4010A' }, 'interchangeVersion', /five digits/],
	[
		'a replacement that is a delimiter',
		{ replacementCharacter: '*' },
		'replacementCharacter',
		/delimiter/,
	],
	[
		'a replacement of two characters',
		{ replacementCharacter: '??' },
		'replacementCharacter',
		/more than one/,
	],
	[
		'a replacement outside the character set',
		{ characterSet: 'basic', replacementCharacter: '_' },
		'replacementCharacter',
		/not in the basic/,
	],
	[
		'an unknown segment to omit',
		{ omitSegments: ['XYZ'] },
		'omitSegments',
		/names "XYZ"; known are/,
	],
	['omitting what is required', { omitSegments: ['BIG'] }, 'omitSegments', /names "BIG"/],
	['a list that is none', { omitSegments: 5 }, 'omitSegments', /not a list/],
	[
		'a qualifier in small letters',
		{ glAccountQualifier: 'gz' },
		'glAccountQualifier',
		/A-Z and 0-9/,
	],
	[
		'a flag that is none',
		{ acknowledgmentRequested: 'yes' },
		'acknowledgmentRequested',
		/true nor false/,
	],
	['text that is none', { partner: {} }, 'partner', /not text/],
	['defaults that are a list', { defaults: ['EA'] }, 'defaults', /not an object/],
	[
		'a default that is no text',
		{ defaults: { 'supplier.gln': true } },
		'defaults.supplier.gln',
		/no text for/,
	],
	[
		'a unit that X12 does not have',
		{ codeMaps: { units: { stuk: 'QQ' } } },
		'codeMaps.units',
		/"QQ"/,
	],
	[
		'a unit in small letters',
		{ codeMaps: { units: { stuk: 'ea' } }, release: '005010' },
		'codeMaps.units',
		/"ea"/,
	],
	['a party qualifier that X12 does not have', { partyQualifier: 'QQ' }, 'partyQualifier', /DE66/],
	[
		'a party mapped to such a qualifier',
		{ codeMaps: { parties: { a: { qualifier: 'GLN', id: '1' } } } },
		'codeMaps.parties',
		/"GLN"/,
	],
	[
		'a G/L account qualifier that is no code',
		{ glAccountQualifier: 'G2Z' },
		'glAccountQualifier',
		/'glAccountQualifier' is "G2Z", which is none of the 1503 codes .*codes near it are G2, GZ \(REF01, DE128\)/,
	],
	['such a cost center qualifier', { costCenterQualifier: 'ZQQ' }, 'costCenterQualifier', /ZQ/],
	['such a cost unit qualifier', { costUnitQualifier: 'OO' }, 'costUnitQualifier', /REF01/],
	['such a project qualifier', { projectQualifier: 'YU' }, 'projectQualifier', /REF01/],
	['such an own number', { ownNumberQualifier: 'VVV' }, 'ownNumberQualifier', /near it are VV/],
	['an invoice type nobody knows', { invoiceTypeCode: 'QQ' }, 'invoiceTypeCode', /BIG07, DE640/],
	['such a credit note type', { creditNoteTypeCode: 'RR' }, 'creditNoteTypeCode', /DE640/],
	['such an order type', { orderTypeCode: 'XX' }, 'orderTypeCode', /BEG02, DE92/],
	[
		'such a qualifier of paid invoices',
		{ remittanceInvoiceQualifier: 'OO' },
		'remittanceInvoiceQualifier',
		/RMR01/,
	],
	[
		'such a qualifier of credit notes',
		{ remittanceCreditQualifier: 'IVX' },
		'remittanceCreditQualifier',
		/near it are IV/,
	],
	[
		'a VAT code mapped to no tax type',
		{ codeMaps: { vatCodes: { 4: 'XX' } } },
		'codeMaps.vatCodes',
		/maps "4" to "XX".*TXI01, DE963/,
	],
	[
		'a tax type of one character, in 005010',
		{ codeMaps: { vatCodes: { 4: 'S' } }, release: '005010' },
		'codeMaps.vatCodes',
		/at least 2 are needed/,
	],
	[
		'terms mapped to no code',
		{ codeMaps: { paymentTerms: { 30: '99' } } },
		'codeMaps.paymentTerms',
		/ITD01, DE336/,
	],
	[
		'an extra segment with a qualifier that is no code',
		{ extraSegments: [{ level: 'header', template: 'REF*ZQQ*{ownNumber}' }] },
		'extraSegments[0]',
		/REF01 "ZQQ" is none of the 1503 codes of data element 128; codes near it are ZQ/,
	],
	['extra segments that are no list', { extraSegments: 'REF' }, 'extraSegments', /not a list/],
];

test.each(refused)('refuses %s', (_name, raw, path, message) => {
	let raised: unknown;
	try {
		normalize(raw);
	} catch (error) {
		raised = error;
	}
	expect(raised).toMatchObject({ code: 'X12_INVALID_OPTION', path });
	expect((raised as Error).message).toMatch(message);
});

const extraCases: [string, Record<string, unknown>, RegExp][] = [
	['an unknown segment', { level: 'header', template: 'XYZ*1' }, /no segment "XYZ"/],
	['no segment at all', { level: 'header', template: 'hello' }, /does not begin with a segment/],
	['a wrong level', { level: 'footer', template: 'REF*ZZ*1' }, /not header, line or summary/],
	[
		'a segment of another place',
		{ level: 'summary', template: 'REF*ZZ*1' },
		/REF has no place in the summary/,
	],
	['too many elements', { level: 'header', template: 'REF*ZZ*1*2*3*4' }, /only 4 elements.*REF05/],
	[
		'a code that is too long',
		{ level: 'header', template: 'REF*ZZZZ*{number}' },
		/REF01 .*at most 3/,
	],
	[
		'a code that does not exist',
		{ level: 'line', template: 'SAC*X**ZZ*1*{line.number}' },
		/not one of A, C, N/,
	],
	[
		'an element that is missing',
		{ level: 'header', template: 'DTM**{date|date:YYYYMMDD}' },
		/DTM01 is mandatory/,
	],
	[
		'a field that does not exist',
		{ level: 'header', template: 'REF*ZZ*{suplier.code}' },
		/no field "suplier\.code"/,
	],
	[
		'a field inside a field that does not exist',
		{ level: 'header', template: 'REF*ZZ*{supplier.codes}' },
		/known are name, code/,
	],
	[
		'a line field in the header',
		{ level: 'header', template: 'REF*ZZ*{line.number}' },
		/field of a line/,
	],
	[
		'a condition on a field that does not exist',
		{ level: 'header', template: 'REF*ZZ*1', condition: 'foo' },
		/no field "foo"/,
	],
	[
		'a loop that is not there',
		{ level: 'header', template: 'N3*Street', within: 'N1*XX' },
		/no loop or group "N1\*XX".*N1\*SE, N1\*BY/,
	],
	[
		'a segment its loop does not have',
		{ level: 'header', template: 'TXI*VA*1', within: 'N1*SE' },
		/TXI has no place in the N1\*SE/,
	],
	[
		'an unknown set',
		{ transactionSet: '870', level: 'header', template: 'REF*ZZ*1' },
		/no set or message "870"/,
	],
];

test.each(extraCases)(
	'an extra segment with %s is refused when settings are read',
	(_name, extra, message) => {
		expect(() => normalize({ extraSegments: [{ transactionSet: '810', ...extra }] })).toThrow(
			expect.objectContaining({ code: 'X12_INVALID_OPTION' }),
		);
		expect(() => normalize({ extraSegments: [{ transactionSet: '810', ...extra }] })).toThrow(
			message,
		);
	},
);

test.each([
	'REF*ZZ*{number',
	'REF*ZZ*{number|shout}',
	'REF*ZZ*{date|date:today}',
	'REF*ZZ*number}',
])('the template %s is refused', (template) => {
	expect(() => normalize({ extraSegments: [{ level: 'header', template }] })).toThrow(
		expect.objectContaining({ code: 'SYNTAX_INVALID_TEMPLATE' }),
	);
});

function textOf(
	raw: X12ProfileSettings,
	document: Parameters<typeof x12Encoder.prepare>[0] = invoice,
) {
	const profile = x12Encoder.normalizeProfile({ ...settings, ...raw });
	const preparation = x12Encoder.prepare(document, profile);
	if (!preparation.ok) throw new Error(JSON.stringify(preparation.issues));
	const { bytes } = x12Encoder.assemble([preparation.prepared], profile, envelope);
	return Buffer.from(bytes).toString('latin1');
}

describe('what the settings do', () => {
	test('ISA12 and GS08 apart, application IDs, test indicator', () => {
		const text = textOf({
			groupVersion: '004010VICS',
			interchangeVersion: '00400',
			senderApplicationId: 'AP',
			usage: 'information',
			groupDateFormat: 'YYMMDD',
			groupTimeFormat: 'HHMMSS',
		});
		expect(text.slice(0, 106)).toBe(
			'ISA*00*          *00*          *ZZ*VOORBEELD      *ZZ*PARTNER        *170306*0815*U*00400*000123001*0*I*>~',
		);
		expect(text).toContain('~GS*IN*AP*PARTNER*170306*081500*123001*X*004010VICS~');
	});

	test('segments are left out and asked for', () => {
		const text = textOf({
			omitSegments: ['CUR', 'N1*BT', 'N1*SE/PER', 'IT1/TXI', 'REF*CA', 'CTT'],
		});
		expect(text).not.toMatch(/~(?:CUR|N1\*BT|PER|CTT|REF\*CA)/);
		expect(text.match(/~TXI/g)).toHaveLength(1);
	});

	test('a re-qualified G/L account, an omitted cost center', () => {
		const text = textOf({ glAccountQualifier: 'ZZ', costCenterQualifier: '' });
		expect(text).toContain('~REF*ZZ*4300*Office supplies~TDS');
	});

	test('credit notes of an advice are IV, or what the partner calls them', () => {
		expect(textOf({}, remittance)).toContain('~RMR*IV*CN-12**-50*-50~');
		expect(textOf({ remittanceCreditQualifier: 'CL' }, remittance)).toContain(
			'~RMR*CL*CN-12**-50*-50~',
		);
	});

	test('code maps of units, VAT codes, terms and parties', () => {
		const document = {
			...invoice,
			paymentTerms: { code: '14' },
			lines: [{ ...invoice.lines[0]!, quantity: '1', unit: 'Vat', unitPrice: '100' }],
		};
		const text = textOf(
			{
				codeMaps: {
					units: { vat: 'BR' },
					vatCodes: [{ from: 2, to: 'GS' }],
					paymentTerms: { 14: '02' },
					parties: [{ from: 'NL009876543B01', qualifier: '1', id: '123456789' }],
				},
			},
			document,
		);
		expect(text).toContain('~IT1*1*1*BR*100~TXI*GS**.21~');
		expect(text).toContain('~ITD*02*3');
		expect(text).toContain('~N1*BY*Voorbeeld Handel*1*123456789~');
	});

	test.each([
		{ units: 'EA' },
		{ units: { a: '' } },
		{ unit: {} },
		{ parties: { a: 'b' } },
		{ units: [{ to: 'EA' }] },
		[],
	])('the code map %j is refused', (codeMaps) => {
		expect(() => normalize({ codeMaps })).toThrow(
			expect.objectContaining({ code: 'SYNTAX_INVALID_CODE_MAP' }),
		);
	});

	test('defaults fill in what is missing, and nothing else', () => {
		const text = textOf({
			defaults: {
				'buyer.gln': '8712345000011',
				'lines.costCenter.name': 'none',
				'supplier.gln': '1',
			},
		});
		expect(text).toContain('~N1*BY*Voorbeeld Handel*UL*8712345000011~');
		expect(text).toContain('~N1*SE*Van Dijk Papier B.V.*UL*8712345000004~');
		expect(text).toContain('~REF*CA*CC01*Head office~');
	});

	test('extra segments stand where the set has them, with composites and conditions', () => {
		const text = textOf(
			{
				extraSegments: [
					{ level: 'line', template: 'PO4*{line.quantity}' },
					{ level: 'line', template: 'MEA***{line.quantity}*KG>{line.quantity}' },
					{ level: 'header', template: 'REF*ZZ*{custom.route}' },
					{ level: 'header', template: 'REF*ZZ*late', condition: 'deliveryDate = 2017-03-15' },
					{ level: 'header', template: 'REF*ZZ*never', condition: '!deliveryDate' },
					{ level: 'header', template: 'REF*DP*{supplier.code}', within: 'N1*SE' },
				],
			},
			purchaseOrder,
		);
		expect(text).toContain('~MEA***40*KG>40~PID*F****Copy paper A4~PO4*40~');
		expect(text).toContain('~REF*VN*Q-5567~REF*ZZ*late~FOB');
		expect(text).not.toContain('never');
		expect(text).toContain('~REF*VX*NL001234567B01~REF*DP*60032~PER');
	});

	test('a value that a template brings is checked like any other', () => {
		const profile = normalize({
			extraSegments: [{ level: 'header', template: 'REF*ZZ*{description}' }],
		});
		const preparation = x12Encoder.prepare({ ...invoice, description: 'x'.repeat(31) }, profile);
		expect(preparation).toMatchObject({
			ok: false,
			issues: [{ code: 'X12_VALUE_TOO_LONG', path: 'description' }],
		});
	});

	test('an extra segment too many is named', () => {
		const profile = normalize({
			extraSegments: Array.from({ length: 12 }, (_, index) => ({
				level: 'header',
				template: `REF*ZZ*${index}`,
			})),
		});
		const preparation = x12Encoder.prepare(invoice, profile);
		expect(preparation).toMatchObject({ ok: false, issues: [{ code: 'X12_STRUCTURE_INVALID' }] });
		expect(!preparation.ok && preparation.issues[0]?.message).toMatch(/extra REF\*ZZ|extra REF/);
	});
});
