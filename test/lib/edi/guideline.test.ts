import type {
	BusinessDocument,
	Invoice,
	PurchaseOrder,
	Receipt,
	Remittance,
} from '../../../lib/documents';
import { edifactEncoder } from '../../../lib/edi/edifact';
import { x12Encoder } from '../../../lib/edi/x12';
import type { Issue } from '../../../lib/errors';

/** What partners' guidelines ask for, each as a row: a guideline or setting, and what it makes. */

type Data = Readonly<Record<string, unknown>>;

const address = {
	lines: ['1 MAIN ST'],
	city: 'BENTONVILLE',
	state: 'AR',
	postcode: '72712',
	country: 'US',
};

const invoice: Invoice = {
	type: 'invoice',
	key: 'test:invoice:1',
	number: 'INV7',
	supplierNumber: 'INV7',
	ownNumber: '1700',
	date: '2021-05-06',
	dueDate: '2021-06-05',
	currency: 'USD',
	kind: 'invoice',
	purchaseOrderNumber: 'PO88',
	description: 'HELLO',
	supplier: { name: 'ACME WIDGETS', code: '123456', gln: '8712345000004', address },
	buyer: { name: 'SHOP', code: '900', codeAtParty: 'K1', address },
	paymentTerms: {
		code: '30',
		description: '2% 10 NET 30',
		netDays: 30,
		discountDays: 10,
		discountPercentage: '2',
	},
	custom: {
		orderDate: '2021-04-20',
		release: 'R1',
		storeName: 'STORE 9',
		storeGln: '0078742000992',
	},
	lines: [
		{
			number: 1,
			description: 'BLUE WIDGET',
			quantity: '12',
			unit: 'EA',
			unitPrice: '10',
			netAmount: '120.00',
			item: { code: 'SKU1', supplierCode: 'VND1', gtin: '012345678905' },
			glAccount: { code: '4300' },
			costCenter: { code: 'CC1' },
		},
	],
	taxes: [],
	netTotal: '120.00',
	taxTotal: '0.00',
	grossTotal: '120.00',
};

/** With a line that books the freight. */
const withFreight: Invoice = {
	...invoice,
	lines: [
		...invoice.lines,
		{ number: 2, description: 'Freight', netAmount: '5.00', glAccount: { code: '4500' } },
	],
	netTotal: '125.00',
	grossTotal: '125.00',
};

const order: PurchaseOrder = {
	type: 'purchaseOrder',
	key: 'test:order:1',
	number: 'PO88',
	date: '2021-04-20',
	currency: 'USD',
	supplier: invoice.supplier,
	buyer: invoice.buyer,
	shipTo: { name: 'STORE 9', code: '0100', gln: '8712345000004', address },
	custom: { notBefore: '2021-05-01', cancelAfter: '2021-05-10' },
	lines: [
		{
			number: 1,
			description: 'BLUE WIDGET',
			quantity: '12',
			unit: 'EA',
			unitPrice: '10',
			netAmount: '120.00',
			item: { code: 'SKU1', supplierCode: 'VND1' },
			deliveryDate: '2021-05-09',
		},
	],
	netTotal: '120.00',
};

const remittance: Remittance = {
	type: 'remittance',
	key: 'test:remittance:1',
	number: 'PAY1',
	date: '2021-06-05',
	currency: 'USD',
	payer: { ...invoice.buyer, bankAccount: { number: '123456789' } },
	payee: invoice.supplier,
	total: '117.60',
	items: [
		{
			key: 'p1',
			kind: 'invoice',
			invoiceNumber: 'INV7',
			invoiceDate: '2021-05-06',
			paidAmount: '117.60',
			invoiceAmount: '120.00',
			discountAmount: '2.40',
			custom: { order: 'PO88' },
		},
	],
};

const receipt: Receipt = {
	type: 'receipt',
	key: 'test:receipt:1',
	number: 'REC1',
	date: '2021-05-10',
	supplier: invoice.supplier,
	buyer: invoice.buyer,
	lines: [{ number: 1, quantity: '11', item: { supplierCode: 'VND1' } }],
};

const settings = { senderId: 'ME', receiverId: 'THEM' };
const envelope = {
	interchangeControlNumber: '000000001',
	groupControlNumbers: ['1'],
	preparedAt: { date: '20210506', time: '081500' },
};

const ENCODERS = { x12: x12Encoder, edifact: edifactEncoder } as const;
type Standard = keyof typeof ENCODERS;

async function write(standard: Standard, document: BusinessDocument, more: Data): Promise<string> {
	const encoder = ENCODERS[standard] as unknown as typeof x12Encoder;
	const profile = encoder.normalizeProfile({ ...settings, ...more });
	const result = encoder.prepare(document, profile);
	if (!result.ok) throw new Error(result.issues.map(({ message }) => message).join('\n'));
	const encoded = encoder.assemble([result.prepared], profile, envelope);
	expect(await encoder.verify(encoded, [result.prepared], profile)).toEqual([]);
	return new TextDecoder().decode(encoded.bytes);
}

function issuesOf(standard: Standard, document: BusinessDocument, more: Data): readonly Issue[] {
	const encoder = ENCODERS[standard] as unknown as typeof x12Encoder;
	const result = encoder.prepare(document, encoder.normalizeProfile({ ...settings, ...more }));
	return result.ok ? [] : result.issues;
}

/** A guideline for one set. */
const guide = (set: string, table: Data): Data => ({
	guideline: { name: 'Test guide', version: '1', sets: { [set]: table } },
});
const segments = (set: string, table: Data): Data => guide(set, { segments: table });
const add = (set: string, ...rows: readonly (string | Data)[]): Data =>
	guide(set, { add: rows.map((row) => (typeof row === 'string' ? { segment: row } : row)) });
const line = (segment: string, more: Data = {}): Data => ({ in: 'line', segment, ...more });
const summary = (segment: string, more: Data = {}): Data => ({ in: 'summary', segment, ...more });
const omitted = { usage: 'omitted' };
const elements = (of: Data): Data => ({ elements: of });
const value = (text: string): Data => ({ value: text });
const freight = { when: 'line.glAccount.code = 4500', code: 'D240' };

type Row = readonly [demand: string, document: BusinessDocument, more: Data, makes: RegExp];

const X12: readonly Row[] = [
	[
		'BIG03, the date of the order',
		invoice,
		segments('810', { BIG: elements({ '3': value('{custom.orderDate|date:YYYYMMDD}') }) }),
		/BIG\*20210506\*INV7\*20210420\*PO88/,
	],
	['BIG07', invoice, { invoiceTypeCode: 'DI' }, /BIG\*20210506\*INV7\*\*PO88\*\*\*DI/],
	[
		'BIG05 and BIG06',
		invoice,
		segments('810', { BIG: elements({ '5': value('{custom.release}'), '6': value('2') }) }),
		/BIG\*[^~]*\*PO88\*R1\*2/,
	],
	[
		'references of the header',
		invoice,
		add('810', 'REF*IA*{supplier.code}', 'REF*DP*017', 'REF*MR*0020'),
		/REF\*IA\*123456~REF\*DP\*017~REF\*MR\*0020/,
	],
	[
		'a ship-to with its address',
		invoice,
		add('810', {
			segment: 'N1*ST*{custom.storeName}*UL*{custom.storeGln}',
			inside: [{ segment: 'N3*406 S ST' }, { segment: 'N4*{buyer.address.city}' }],
		}),
		/N1\*ST\*STORE 9\*UL\*0078742000992~N3\*406 S ST~N4\*BENTONVILLE/,
	],
	[
		'N1*SU in place of N1*SE',
		invoice,
		segments('810', { 'N1*SE': elements({ '1': value('SU') }) }),
		/^(?!.*N1\*SE).*N1\*SU\*ACME/s,
	],
	[
		'a remit-to',
		invoice,
		add('810', {
			segment: 'N1*RE*{supplier.name}*92*{supplier.code}',
			inside: [{ segment: 'N3*PO BOX 1' }],
		}),
		/N1\*RE\*ACME WIDGETS\*92\*123456~N3\*PO BOX 1/,
	],
	[
		'a remit-to with the address of the document',
		invoice,
		add('810', {
			segment: 'N1*RE*{supplier.name}',
			inside: [
				{ segment: 'N3*{supplier.address.lines[0]}' },
				{
					segment:
						'N4*{supplier.address.city}*{supplier.address.state}*{supplier.address.postcode}',
				},
			],
		}),
		/N1\*RE\*ACME WIDGETS~N3\*1 MAIN ST~N4\*BENTONVILLE\*AR\*72712/,
	],
	[
		'ITD with another basis',
		invoice,
		segments('810', {
			ITD: elements({
				'1': value('05'),
				'2': value('15'),
				'3': omitted,
				'4': omitted,
				'5': omitted,
				'6': omitted,
				'12': omitted,
			}),
		}),
		/ITD\*05\*15\*{5}30~/,
	],
	[
		'ITD01 by the code map',
		invoice,
		{ codeMaps: { paymentTerms: { '30': '08' } } },
		/ITD\*08\*3\*2/,
	],
	[
		'ITD08, the amount of the discount',
		invoice,
		segments('810', { ITD: elements({ '4': omitted, '6': omitted, '8': { usage: 'sent' } }) }),
		/ITD\*08\*3\*2\*\*10\*\*30\*240/,
	],
	['the ship date', invoice, add('810', 'DTM*011*{date|date:YYYYMMDD}'), /DTM\*011\*20210506/],
	['FOB', invoice, add('810', 'FOB*CC'), /FOB\*CC~/],
	[
		'product pairs in another order',
		invoice,
		segments('810', {
			IT1: {
				pairs: [
					{ qualifier: 'UP', value: '{line.item.gtin}' },
					{ qualifier: 'VN', value: '{line.item.supplierCode}' },
				],
			},
		}),
		/IT1\*1\*12\*EA\*10\*\*UP\*012345678905\*VN\*VND1~/,
	],
	[
		'IT101 left out',
		invoice,
		segments('810', { IT1: elements({ '1': omitted }) }),
		/IT1\*\*12\*EA\*10\*\*IN\*SKU1\*VN\*VND1\*UP\*012345678905/,
	],
	[
		'product pairs under other qualifiers',
		invoice,
		segments('810', { IT1: { pairs: [{ qualifier: 'BP', value: '{line.item.code}' }] } }),
		/IT1\*1\*12\*EA\*10\*\*BP\*SKU1~/,
	],
	[
		'the order number as a product pair',
		invoice,
		segments('810', { IT1: { pairs: [{ qualifier: 'PO', value: '{purchaseOrderNumber}' }] } }),
		/IT1.*\*PO\*PO88/,
	],
	[
		'PID02',
		invoice,
		segments('810', { PID: elements({ '2': value('08') }) }),
		/PID\*F\*08\*\*\*BLUE WIDGET/,
	],
	[
		'an allowance of a line',
		invoice,
		add('810', line('SAC*A*I410***2350')),
		/SAC\*A\*I410\*\*\*2350/,
	],
	[
		'a charge in the summary',
		invoice,
		add('810', summary('SAC*C*D240***500')),
		/SAC\*C\*D240\*\*\*500/,
	],
	[
		'freight counted into TDS01',
		withFreight,
		guide('810', { charges: [freight] }),
		/IT1\*1\*12(?!.*IT1\*2).*TDS\*12500~SAC\*C\*D240\*\*\*500.*CTT\*1~/s,
	],
	[
		'TDS02 to TDS04',
		invoice,
		segments('810', {
			TDS: elements({ '2': { usage: 'sent' }, '3': { usage: 'sent' }, '4': { usage: 'sent' } }),
		}),
		/TDS\*12000\*12000\*11760\*240~/,
	],
	[
		'the hash total',
		invoice,
		segments('810', { CTT: elements({ '2': { usage: 'sent' } }) }),
		/CTT\*1\*12~/,
	],
	['no TXI', invoice, segments('810', { TXI: omitted, 'IT1/TXI': omitted }), /^(?!.*TXI)/s],
	['a tax jurisdiction', invoice, add('810', summary('TXI*ST*0*0*CD*1')), /TXI\*ST\*0\*0\*CD\*/],
	['no accounts', invoice, { omitSegments: ['REF*GZ', 'REF*CA'] }, /^(?!.*REF\*(?:GZ|CA))/s],
	['no own number', invoice, { omitSegments: ['REF*VV'] }, /^(?!.*REF\*VV)/s],
	[
		'GS02 and GS08',
		invoice,
		{ guideline: { name: 'G', envelope: { GS02: 'GSID', GS08: '004010VICS' } } },
		/GS\*IN\*GSID\*THEM\*.*\*X\*004010VICS/,
	],
	[
		'another group version of 005010',
		invoice,
		{ release: '005010', groupVersion: '005010UCS' },
		/\*X\*005010UCS/,
	],
	[
		'other versions on the envelope',
		invoice,
		{ interchangeVersion: '00403', groupVersion: '004030' },
		/\*00403\*.*\*X\*004030/s,
	],
	['a note', invoice, add('810', 'NTE*INV*{description}'), /NTE\*INV\*HELLO/],
	[
		'pack reference and sublines',
		invoice,
		add('810', line('REF*PK*123'), line('SLN*1**I')),
		/REF\*PK\*123.*SLN\*1\*\*I/s,
	],
	[
		'a date, a quantity and a store of the line',
		invoice,
		add(
			'810',
			line('DTM*011*{date|date:YYYYMMDD}'),
			line('QTY*39*{line.quantity}*EA'),
			line('N1*ST*{custom.storeName}*92*0100'),
		),
		/IT1.*QTY\*39\*12\*EA.*DTM\*011\*20210506.*N1\*ST\*STORE 9.*TDS/s,
	],
	['no bill-to', invoice, segments('810', { 'N1*BT': omitted }), /^(?!.*N1\*BT)/s],
	[
		'a store at the line',
		invoice,
		add('810', line('N1*ST*{custom.storeName}*92*0100')),
		/PID.*N1\*ST\*STORE 9\*92\*0100.*TDS/s,
	],
	[
		'RMR05, RMR06 and references',
		remittance,
		add('820', line('REF*PO*{item.custom.order}')),
		/RMR\*IV\*INV7\*\*117\.6\*120\*2\.4~REF\*PO\*PO88~DTM\*003\*20210506/,
	],
	['an adjustment with its reason', remittance, add('820', line('ADX*-2.4*01')), /ADX\*-2\.4\*01/],
	[
		'TRN03',
		remittance,
		segments('820', { TRN: elements({ '3': value('1123456789') }) }),
		/TRN\*1\*PAY1\*1123456789/,
	],
	[
		'BEG02, BEG04 and BEG06',
		order,
		segments('850', { BEG: elements({ '2': value('DS'), '4': value('R1'), '6': value('C9') }) }),
		/BEG\*00\*DS\*PO88\*R1\*20210420\*C9/,
	],
	[
		'pairs of PO1',
		order,
		segments('850', {
			PO1: {
				pairs: [
					{ qualifier: 'BP', value: '{line.item.code}' },
					{ qualifier: 'VP', value: '{line.item.supplierCode}' },
				],
			},
		}),
		/PO1\*1\*12\*EA\*10\*\*BP\*SKU1\*VP\*VND1/,
	],
	[
		'ship not before and cancel after',
		order,
		add(
			'850',
			'DTM*010*{custom.notBefore|date:YYYYMMDD}',
			'DTM*001*{custom.cancelAfter|date:YYYYMMDD}',
		),
		/DTM\*010\*20210501~DTM\*001\*20210510/,
	],
	[
		'carrier and messages',
		order,
		add('850', 'TD5*O*2*UPSN', { segment: 'N9*L1*NOTE', inside: [{ segment: 'MSG*DELIVER' }] }),
		/TD5.*N9\*L1\*NOTE~MSG\*DELIVER/s,
	],
	[
		'schedules and stores',
		order,
		add(
			'850',
			line('SDQ*EA*92*0100*12'),
			line('SCH*12*EA***002*{line.deliveryDate|date:YYYYMMDD}'),
		),
		/SDQ\*EA\*92\*0100\*12.*SCH\*12/s,
	],
	['the total of the order', order, {}, /CTT\*1~AMT\*TT\*120/],
	[
		'the hash total of the order',
		order,
		segments('850', { CTT: elements({ '2': { usage: 'sent' } }) }),
		/CTT\*1\*12~/,
	],
];

const EDIFACT: readonly Row[] = [
	[
		'the delivery date',
		invoice,
		add('INVOIC', 'DTM+35:{date|date:YYYYMMDD}:102'),
		/DTM\+35:20210506:102/,
	],
	[
		'a period',
		invoice,
		add('INVOIC', 'DTM+263:2021050120210531:718'),
		/DTM\+263:2021050120210531:718/,
	],
	[
		'RFF+ON with its date',
		invoice,
		add('INVOIC', { within: 'RFF+ON', segment: 'DTM+171:{custom.orderDate|date:YYYYMMDD}:102' }),
		/RFF\+ON:PO88'DTM\+171:20210420:102/,
	],
	[
		'RFF+DQ with its date',
		invoice,
		add('INVOIC', { segment: 'RFF+DQ:DN1', inside: [{ segment: 'DTM+171:20210504:102' }] }),
		/RFF\+DQ:DN1'DTM\+171:20210504:102/,
	],
	[
		'the delivery party by GLN',
		invoice,
		add('INVOIC', 'NAD+DP+{custom.storeGln}::9'),
		/NAD\+DP\+0078742000992::9/,
	],
	[
		'the tax number of the supplier',
		invoice,
		add('INVOIC', { within: 'NAD+SU', segment: 'RFF+FC:12/345/67890' }),
		/RFF\+FC:12\/345\/67890/,
	],
	[
		'parties by GLN only',
		invoice,
		segments('INVOIC', {
			'NAD+SU': elements({
				'4': omitted,
				'5': omitted,
				'6': omitted,
				'7': omitted,
				'8': omitted,
				'9': omitted,
			}),
		}),
		/NAD\+SU\+8712345000004::9'/,
	],
	[
		'a charge of the header with all its parts',
		invoice,
		add('INVOIC', {
			segment: 'ALC+C++6++FC',
			inside: [{ segment: 'PCD+2:5' }, { segment: 'MOA+8:5.00' }, { segment: 'TAX+7+VAT' }],
		}),
		/ALC\+C\+\+6\+\+FC'PCD\+2:5'MOA\+8:5\.00'TAX\+7/,
	],
	[
		'two charges of one kind',
		invoice,
		add(
			'INVOIC',
			{ segment: 'ALC+C++1++FC', inside: [{ segment: 'MOA+8:1.00' }] },
			{ segment: 'ALC+C++2++PC', inside: [{ segment: 'MOA+8:2.00' }] },
		),
		/ALC\+C\+\+1\+\+FC'MOA\+8:1\.00'ALC\+C\+\+2\+\+PC'MOA\+8:2\.00/,
	],
	[
		'freight counted in MOA+77',
		withFreight,
		guide('INVOIC', { charges: [{ ...freight, code: 'FC' }] }),
		/ALC\+C\+\+\+\+FC'MOA\+8:5\.00'(?!.*LIN\+2).*CNT\+2:1'MOA\+79:120\.00'.*MOA\+77:125\.00/s,
	],
	['totals of charges', invoice, add('INVOIC', summary('MOA+131:0.00')), /MOA\+131:0\.00/],
	[
		'no MOA+176 and MOA+9',
		invoice,
		{ omitSegments: ['MOA+176', 'MOA+9'] },
		/^(?!.*MOA\+(176|9):)/s,
	],
	[
		'the taxable total',
		invoice,
		add('INVOIC', summary('MOA+125:{netTotal}')),
		/MOA\+77[^]*MOA\+125:120\.00'/,
	],
	['PAI and ALI', invoice, add('INVOIC', 'PAI+::42', 'ALI+++66'), /PAI\+::42'ALI\+\+\+66/],
	[
		'legal texts',
		invoice,
		add('INVOIC', 'FTX+REG+++Manager Max:HRB 123'),
		/FTX\+REG\+\+\+Manager Max:HRB 123/,
	],
	[
		'the price with its basis',
		invoice,
		segments('INVOIC', {
			'PRI+AAA': elements({
				'1.2': value('{line.unitPrice|decimals:2}'),
				'1.3': value('CA'),
				'1.5': value('1'),
				'1.6': value('PCE'),
			}),
		}),
		/PRI\+AAA:10\.00:CA::1:PCE/,
	],
	['PIA+5', invoice, add('INVOIC', line('PIA+5+{line.item.supplierCode}:SA')), /PIA\+5\+VND1:SA/],
	[
		'another type in PIA+1',
		invoice,
		segments('INVOIC', { 'PIA+1': { pairs: [{ qualifier: 'BP', value: '{line.item.code}' }] } }),
		/PIA\+1\+SKU1:BP'/,
	],
	[
		'coded descriptions',
		invoice,
		add('INVOIC', line('IMD+A++:::{line.description}'), line('IMD+C++CU::9')),
		/IMD\+A\+\+:::BLUE WIDGET'IMD\+C\+\+CU::9/,
	],
	[
		'a quantity without its unit',
		invoice,
		segments('INVOIC', { 'QTY+47': elements({ '1.3': omitted }) }),
		/QTY\+47:12'/,
	],
	[
		'the order with its line',
		invoice,
		add('INVOIC', line('RFF+ON:{purchaseOrderNumber}:{line.number}')),
		/RFF\+ON:PO88:1'/,
	],
	[
		'an allowance of a line',
		invoice,
		add(
			'INVOIC',
			line('ALC+A++1++DI', { inside: [{ segment: 'PCD+1:10' }, { segment: 'MOA+23:1.00' }] }),
		),
		/ALC\+A\+\+1\+\+DI'PCD\+1:10'MOA\+23:1\.00/,
	],
	[
		'a line below a line',
		invoice,
		add('INVOIC', line('LIN+2++{line.item.gtin}:EN+1:{line.number}')),
		/LIN\+2\+\+012345678905:EN\+1:1/,
	],
	['a type of its own', invoice, { invoiceTypeCode: '389' }, /BGM\+389\+/],
	[
		'BGM 1225',
		invoice,
		segments('INVOIC', { BGM: elements({ '3': value('43') }) }),
		/BGM\+380\+INV7\+43/,
	],
	[
		'contacts',
		{ ...invoice, supplier: { ...invoice.supplier, phone: '12345' } },
		{ sendSegments: ['CTA+IC'] },
		/CTA\+IC.*COM\+/s,
	],
	[
		'transport and delivery',
		invoice,
		add('INVOIC', 'TDT+20++30+31', 'TOD+3'),
		/TDT\+20\+\+30\+31'.*TOD\+3/s,
	],
	[
		'EANCOM of D.01B',
		invoice,
		{ release: 'D.01B', associationCode: 'EAN011' },
		/INVOIC:D:01B:UN:EAN011/,
	],
	[
		'terms of payment in other forms',
		invoice,
		segments('INVOIC', { PAT: elements({ '1': value('3'), '3': omitted }) }),
		/PAT\+3'DTM\+13:20210605:102'PAT\+22[^']*'PCD\+12:2/,
	],
	[
		'the day of the discount',
		invoice,
		guide('INVOIC', {
			segments: { 'PAT+22': elements({ '3': omitted }) },
			add: [{ within: 'PAT+22', segment: 'DTM+12:20210516:102' }],
		}),
		/PAT\+22'DTM\+12:20210516:102'PCD\+12:2/,
	],
	[
		'the number at the authority, a code of EANCOM',
		invoice,
		{
			guideline: 'EANCOM D.96A',
			extraSegments: [{ level: 'header', within: 'NAD+SU', template: 'RFF+API:4711' }],
		},
		/UNH\+[^']*EAN008'.*NAD\+SU.*RFF\+API:4711'/s,
	],
	[
		'references of the envelope',
		invoice,
		{ recipientReference: 'REFPW', applicationReference: 'INVOIC', priority: 'A' },
		/\+REFPW\+INVOIC\+A/,
	],
	[
		'UNB 0025',
		invoice,
		{ guideline: { name: 'G', envelope: { 'UNB 0022': 'REFPW', 'UNB 0025': 'AA' } } },
		/\+REFPW:AA\+/,
	],
	[
		'a blanket order with dates',
		order,
		{ orderTypeCode: '221', ...add('ORDERS', 'DTM+64:{custom.notBefore|date:YYYYMMDD}:102') },
		/BGM\+221\+.*DTM\+64:20210501:102/s,
	],
	[
		'places and users of a line',
		order,
		add('ORDERS', line('LOC+7+{shipTo.gln}::9'), line('NAD+UC+{shipTo.gln}::9')),
		/LOC\+7\+8712345000004::9.*NAD\+UC/s,
	],
	['an adjustment with its reason', remittance, add('REMADV', line('AJT+1')), /AJT\+1/],
	['the bank of the payer', remittance, {}, /FII\+PB\+123456789/],
];

const cases = [
	...X12.map((row) => ['x12', ...row] as const),
	...EDIFACT.map((row) => ['edifact', ...row] as const),
];

test.each(cases)('%s: %s', async (standard, _demand, document, more, makes) => {
	expect(await write(standard, document, more)).toMatch(makes);
});

test('the totals of a charge line need a line beside it', () => {
	const all = guide('810', { charges: [{ when: 'line.netAmount', code: 'D240' }] });
	expect(issuesOf('x12', invoice, all)).toMatchObject([
		{ code: 'GUIDELINE_NOT_MET', path: 'lines' },
	]);
	const same = guide('INVOIC', { charges: [{ when: 'line.netAmount', code: 'FC' }] });
	expect(issuesOf('edifact', invoice, same)).toEqual(
		expect.arrayContaining([expect.objectContaining({ code: 'GUIDELINE_NOT_MET', path: 'lines' })]),
	);
});

test('VAT that the total includes cannot be left out', () => {
	const taxed: Invoice = {
		...invoice,
		taxes: [{ percentage: '21', amount: '25.20' }],
		taxTotal: '25.20',
		grossTotal: '145.20',
	};
	expect(issuesOf('x12', taxed, segments('810', { TXI: omitted }))).toMatchObject([
		{ code: 'GUIDELINE_NOT_MET', path: 'taxTotal' },
	]);
});

describe('what the guideline wants is refused before it leaves', () => {
	test.each([
		['x12', '810', { BIG: elements({ '3': { usage: 'required' } }) }, 'BIG03 of BIG'],
		['x12', '810', { 'REF*4N': { usage: 'required' } }, 'REF*4N'],
		['x12', '810', { 'REF*GZ': elements({ '2': { max: 3 } }) }, 'at most 3 characters in REF02'],
		['x12', '810', { 'REF*GZ': elements({ '2': { min: 6 } }) }, 'at least 6 characters in REF02'],
		['x12', '810', { IT1: elements({ '3': { codes: ['CA', 'CT'] } }) }, 'CA or CT in IT103'],
		['x12', '810', { 'N1*SE': { max: 0 } }, 'at most 0 N1*SE'],
		['edifact', 'INVOIC', { 'RFF+PQ': { usage: 'required' } }, 'RFF+PQ'],
		['edifact', 'INVOIC', { 'NAD+SU/RFF+VA': { usage: 'required' } }, 'RFF+VA'],
		[
			'edifact',
			'INVOIC',
			{ 'NAD+BY': elements({ '2.1': { min: 13 } }) },
			'at least 13 characters in NAD 02.1',
		],
		['edifact', 'INVOIC', { 'QTY+47': elements({ '1.3': { codes: ['CT'] } }) }, 'CT in QTY 01.3'],
	] as const)('%s %s %j', (standard, set, table, wants) => {
		const [issue] = issuesOf(standard, invoice, segments(set, table));
		expect(issue).toMatchObject({ code: 'GUIDELINE_NOT_MET', severity: 'error' });
		expect(issue?.message).toContain(`the partner's guideline wants ${wants}`);
	});

	test('only where the condition holds', () => {
		const row = { usage: 'required', when: 'kind = creditNote' };
		expect(issuesOf('x12', invoice, segments('810', { 'REF*4N': row }))).toEqual([]);
		expect(
			issuesOf('x12', { ...invoice, kind: 'creditNote' }, segments('810', { 'REF*4N': row })),
		).toHaveLength(1);
	});
});

describe('a guideline that cannot be used is refused with what to do', () => {
	const deep = JSON.parse(`${'{"note":'.repeat(20)}1${'}'.repeat(20)}`) as Data;
	test.each<readonly [string, unknown, string]>([
		['is no table', '[1]', 'shipped guideline'],
		['is broken JSON', '{"name": ', 'not a JSON object'],
		['has no name', { version: '1' }, 'name: is missing'],
		['has an unknown word', { name: 'G', colour: 'red' }, 'there is no "colour"; known are name'],
		[
			'has an unknown set',
			{ name: 'G', sets: { '999': {} } },
			'there is no "999"; known are 810, 820, 850',
		],
		[
			'names an unknown segment',
			{ name: 'G', sets: { '810': { segments: { XYZ: {} } } } },
			'810 has no segment "XYZ"; known are BIG',
		],
		[
			'names an unknown field',
			{ name: 'G', sets: { '810': { segments: { BIG: elements({ '3': value('{nothing}') }) } } } },
			'there is no field "nothing"',
		],
		[
			'names a line outside lines',
			{
				name: 'G',
				sets: { '810': { segments: { BIG: elements({ '3': value('{line.number}') }) } } },
			},
			'is a field of a line',
		],
		[
			'leaves out what must stay',
			{ name: 'G', sets: { '810': { segments: { TDS: omitted } } } },
			'TDS cannot be left out',
		],
		['touches the envelope', { name: 'G', envelope: { ISA13: '5' } }, 'there is no "ISA13"'],
		['is for another standard', { name: 'G', standard: 'EDIFACT' }, 'it is for EDIFACT'],
		['is for another release', { name: 'G', releases: ['005010'] }, 'it is for 005010'],
		['is nested too deep', { name: 'G', note: deep }, 'nested deeper'],
		['has too many rows', { name: 'G', codes: { '128': Array(2000).fill('A') } }, 'more than 1000'],
		[
			'has charges of an order',
			{ name: 'G', sets: { '850': { charges: [freight] } } },
			'only invoices',
		],
		[
			'has a charge without a when',
			{ name: 'G', sets: { '810': { charges: [{ code: 'D240' }] } } },
			'needs a "when"',
		],
		[
			'borrows from a prototype',
			'{"name":"G","sets":{"810":{"segments":{"__proto__":{}}}}}',
			'__proto__',
		],
	])('%s', (_, guideline, words) => {
		const read = (): unknown => x12Encoder.normalizeProfile({ ...settings, guideline });
		expect(read).toThrow(
			expect.objectContaining({
				code: 'GUIDELINE_INVALID',
				message: expect.stringContaining(words) as unknown,
			}),
		);
	});
});

test('settings of the partner win over those of the guideline', async () => {
	const guideline = {
		name: 'G',
		envelope: { GS08: '004010VICS' },
		defaults: { 'supplier.vatNumber': 'US1' },
	};
	expect(await write('x12', invoice, { guideline })).toMatch(/004010VICS.*REF\*VX\*US1/s);
	expect(
		await write('x12', invoice, {
			guideline,
			groupVersion: '004010UCS',
			defaults: { 'supplier.vatNumber': 'US2' },
		}),
	).toMatch(/004010UCS.*REF\*VX\*US2/s);
});

test('codes beyond the lists are sent where the guideline has them', async () => {
	const more = { ...add('810', 'REF*QQQ*1') };
	expect(() => x12Encoder.normalizeProfile({ ...settings, ...more })).toThrow(/QQQ/);
	const guideline = { ...(more['guideline'] as Data), codes: { '128': ['QQQ'] } };
	expect(await write('x12', invoice, { guideline })).toMatch(/REF\*QQQ\*1/);
	const one = segments('810', { 'REF*GZ': elements({ '1': { value: 'QQ', moreCodes: ['QQ'] } }) });
	expect(await write('x12', invoice, one)).toMatch(/REF\*QQ\*4300/);
});

describe('shipped guidelines', () => {
	test.each(['VICS 004010', 'VICS 005010'])('%s', async (guideline) => {
		const release = guideline.slice(5);
		const text = await write('x12', invoice, { release, guideline });
		expect(text).toMatch(new RegExp(`\\*X\\*${release}VICS~`));
		expect(text).toMatch(/BIG\*20210506\*INV7\*\*PO88\*\*\*DI/);
		expect(text).toMatch(/IT1\*1\*12\*EA\*10\*\*UP\*012345678905\*VN\*VND1\*IN\*SKU1~/);
		expect(text).not.toMatch(/TXI|REF\*(?:GZ|CA|VV)/);
		await write('x12', order, { release, guideline });
		const changed = { ...order, purpose: 'replacement' } as const;
		expect(await write('x12', changed, { release, guideline, changedOrders: 'change' })).toMatch(
			/POC\*1\*RZ\*12\*\*EA\*10\*\*VN\*VND1\*IN\*SKU1~/,
		);
	});

	test.each([
		['EANCOM D.96A', 'D.96A', 'EAN008'],
		['EANCOM D.01B', 'D.01B', 'EAN011'],
	])('%s', async (guideline, release, association) => {
		expect(await write('edifact', invoice, { release, guideline })).toMatch(
			new RegExp(`INVOIC:[^']*:${association}'.*PIA\\+1\\+VND1:SA\\+SKU1:IN'`, 's'),
		);
		const text = await write('edifact', order, { release, guideline });
		expect(text).toMatch(/PIA\+5\+VND1:SA'/);
		expect(text).not.toMatch(/PIA\+1/);
		const changed = { ...order, purpose: 'replacement' } as const;
		expect(
			await write('edifact', changed, { release, guideline, changedOrders: 'change' }),
		).toMatch(/BGM\+230.*PIA\+5\+VND1:SA'/s);
		expect(await write('edifact', receipt, { release, guideline })).toMatch(
			release === 'D.96A' ? /BGM\+352::9\+REC1\+9'/ : /BGM\+632\+REC1\+9'/,
		);
		const nobody = { ...invoice, supplier: { name: 'ACME' } };
		expect(issuesOf('edifact', nobody, { release, guideline })).toMatchObject([
			{ code: 'GUIDELINE_NOT_MET' },
		]);
	});
});

test('a specification for the partner says what is sent and what the guideline wants', () => {
	const profile = x12Encoder.normalizeProfile({
		...settings,
		...guide('810', {
			segments: {
				BIG: elements({ '3': { usage: 'required', value: '{custom.orderDate}' } }),
				TXI: omitted,
			},
			add: [{ segment: 'REF*DP*017' }],
		}),
	});
	const page = x12Encoder.specification('810', profile);
	expect(page).toMatch(/^# Test guide: 810 004010\n\nVersion 1\./);
	expect(page).toMatch(/\| BIG03 \| DT 8\.\.8 \| field `custom\.orderDate` \| required \|/);
	expect(page).toMatch(
		/`extra REF\*DP` \| where there is a value \| REF01 \| ID 2\.\.3 \| `DP` \|/,
	);
	expect(page).not.toMatch(/\| `TXI` \|/);
	const edifact = edifactEncoder.normalizeProfile(settings);
	expect(edifactEncoder.specification('ORDERS', edifact)).toMatch(/\| BGM 02\.?1? \|/);
});

describe('what the encoder counts or sums cannot be added', () => {
	test.each<readonly [Standard, Data, RegExp]>([
		['x12', add('810', line('IT1*2*12*EA*10')), /IT1 is written by the encoder itself/],
		['x12', add('810', 'IT1*2*12*EA*10'), /IT1 is written by the encoder itself/],
		[
			'x12',
			{
				extraSegments: [
					{
						transactionSet: '810',
						level: 'line',
						template: 'IT1*2*12*EA*10',
					},
				],
			},
			/IT1 is written by the encoder itself/,
		],
		['x12', add('810', summary('TDS*1')), /TDS is written by the encoder itself/],
		['x12', add('820', line('RMR*IV*X')), /RMR is written by the encoder itself/],
		['edifact', add('INVOIC', line('LIN+2')), /LIN is written by the encoder itself/],
		['edifact', add('INVOIC', summary('CNT+2:9')), /CNT is written by the encoder itself/],
	])('%s %j', (standard, more, words) => {
		expect(() => ENCODERS[standard].normalizeProfile({ ...settings, ...more })).toThrow(words);
	});
});

test('a segment lands in the group that was named, or is refused', async () => {
	const charge = (code: string) => ({ level: 'header', template: `ALC+C++${code}++FC` });
	const amount = (code: string, within: string) => ({
		level: 'header',
		template: `MOA+8:${code}.00`,
		within,
	});
	const both = [charge('1'), charge('2')];
	const unclear = [...both, amount('1', 'ALC+C'), amount('2', 'ALC+C')];
	expect(() => edifactEncoder.normalizeProfile({ ...settings, extraSegments: unclear })).toThrow(
		/"ALC\+C" names 2 loops or groups/,
	);
	const clear = [...both, amount('1', 'ALC+C++1'), amount('2', 'ALC+C++2')];
	expect(await write('edifact', invoice, { extraSegments: clear })).toMatch(
		/ALC\+C\+\+1\+\+FC'MOA\+8:1\.00'ALC\+C\+\+2\+\+FC'MOA\+8:2\.00'/,
	);
});

describe('a field that is never sent is refused', () => {
	test.each<readonly [Standard, string, RegExp]>([
		[
			'x12',
			'REF*ZZ*{supplier.address.lines}',
			/is not one value; name a part of it, such as "supplier\.address\.lines\[0\]"/,
		],
		['edifact', 'RFF+CT:{supplier.address.lines}', /is not one value/],
		['x12', 'REF*ZZ*{supplier}', /is not one value/],
		['edifact', 'RFF+CT:{suplier.code}', /there is no field "suplier\.code"/],
	])('%s %s', (standard, template, words) => {
		const extraSegments = [{ level: 'header', template }];
		expect(() => ENCODERS[standard].normalizeProfile({ ...settings, extraSegments })).toThrow(
			words,
		);
	});
});

test('unknown names of segments, code maps and defaults are each refused in one clear sentence', () => {
	const read = (standard: Standard, more: Data) => () =>
		ENCODERS[standard].normalizeProfile({ ...settings, ...more });
	for (const standard of ['x12', 'edifact'] as const) {
		expect(read(standard, { omitSegments: ['PIA'] })).toThrow(/names "PIA"; known are/);
		expect(read(standard, { codeMaps: { unit: {} } })).toThrow(
			"There is no code map 'unit'; known are units, vatCodes, paymentTerms, identifiers, parties",
		);
		expect(read(standard, { defaults: { 'lines.unti': 'EA' } })).toThrow(
			/no document has the field "lines\.unti"/,
		);
	}
});

test('a document is validated again after the defaults of the partner, in both standards', () => {
	const more = { defaults: { 'supplier.gln': '123' } };
	const without = { ...invoice, supplier: { name: 'ACME' } };
	for (const standard of ['x12', 'edifact'] as const) {
		expect(issuesOf(standard, without, more)).toEqual(
			expect.arrayContaining([
				expect.objectContaining({ path: 'supplier.gln', severity: 'error' }),
			]),
		);
		expect(issuesOf(standard, invoice, { defaults: { 'shipTo.name': 'X' } })).toEqual([]);
	}
});
