import type {
	Invoice,
	InvoiceLine,
	Party,
	PurchaseOrder,
	Receipt,
	Remittance,
} from '../../../../lib/documents';
import type { Envelope } from '../../../../lib/edi/partner';

/** Made-up documents for the tests of this room. */

export const supplier: Party = {
	name: 'Van Dijk Papier B.V.',
	code: '60032',
	gln: '8712345000004',
	vatNumber: 'NL001234567B01',
	address: { lines: ['Havenweg 12'], city: 'Rotterdam', postcode: '3089 JH', country: 'NL' },
	email: 'info@vandijk.example',
	phone: '+31 10 1234567',
};

export const buyer: Party = {
	name: 'Voorbeeld Handel',
	code: '920172',
	vatNumber: 'NL009876543B01',
	address: { lines: ['Kerkstraat 1'], city: 'Delft', postcode: '2611 GX', country: 'NL' },
};

export const ledgerLine: InvoiceLine = {
	number: 1,
	description: 'Copy paper',
	netAmount: '100.00',
	tax: { code: '2', percentage: '21', amount: '21.00' },
	glAccount: { code: '4300', name: 'Office supplies' },
	costCenter: { code: 'CC01', name: 'Head office' },
};

export const invoice: Invoice = {
	type: 'invoice',
	key: 'exact:920172:purchaseEntry:1',
	number: 'INV-909049',
	ownNumber: '17600001',
	supplierNumber: 'INV-909049',
	date: '2017-03-06',
	dueDate: '2017-04-05',
	currency: 'EUR',
	kind: 'invoice',
	supplier,
	buyer,
	lines: [ledgerLine],
	taxes: [{ code: '2', percentage: '21', base: '100.00', amount: '21.00' }],
	netTotal: '100.00',
	taxTotal: '21.00',
	grossTotal: '121.00',
};

export const minimalInvoice: Invoice = {
	type: 'invoice',
	key: 'exact:920172:purchaseEntry:2',
	number: '17600002',
	date: '2017-03-06',
	currency: 'EUR',
	kind: 'invoice',
	supplier: { name: 'Supplier' },
	buyer: { name: 'Buyer' },
	lines: [{ number: 1, netAmount: '10' }],
	taxes: [],
	netTotal: '10',
	taxTotal: '0',
	grossTotal: '10',
};

export const remittance: Remittance = {
	type: 'remittance',
	key: 'exact:920172:payment:batch-1',
	number: 'PAY-2017-11',
	date: '2017-04-05',
	currency: 'EUR',
	payer: buyer,
	payee: supplier,
	batchNumber: '4711',
	total: '371.00',
	items: [
		{
			key: 'p1',
			kind: 'invoice',
			invoiceNumber: 'INV-909049',
			ownNumber: '17600001',
			invoiceDate: '2017-03-06',
			paidAmount: '421.00',
			invoiceAmount: '430.00',
			discountAmount: '9.00',
		},
		{
			key: 'p2',
			kind: 'creditNote',
			invoiceNumber: 'CN-12',
			paidAmount: '-50.00',
			invoiceAmount: '-50.00',
		},
	],
};

export const purchaseOrder: PurchaseOrder = {
	type: 'purchaseOrder',
	key: 'exact:920172:purchaseOrder:1',
	number: '20170031',
	date: '2017-03-01',
	currency: 'EUR',
	supplier,
	buyer,
	shipTo: {
		name: 'Voorbeeld Handel, magazijn',
		code: 'WH1',
		address: { lines: ['Industrieweg 9'], city: 'Delft', postcode: '2612 PX', country: 'NL' },
	},
	deliveryDate: '2017-03-15',
	supplierReference: 'Q-5567',
	incoterm: { code: 'CPT', place: 'Delft' },
	paymentTerms: { code: '30', description: '30 days', netDays: 30 },
	description: 'Spring stock',
	lines: [
		{
			number: 1,
			description: 'Copy paper A4',
			item: { code: 'PAP-A4', supplierCode: 'VD-80', gtin: '8712345000011' },
			quantity: '40',
			unit: 'doos',
			unitPrice: '12.50',
			netAmount: '500.00',
			deliveryDate: '2017-03-14',
			tax: { code: '2', percentage: '21', amount: '105.00' },
			costCenter: { code: 'CC01', name: 'Head office' },
			notes: 'Deliver at the back',
		},
	],
	netTotal: '500.00',
};

export const receipt: Receipt = {
	type: 'receipt',
	key: 'exact:920172:goodsReceipt:1',
	number: '40017',
	ownNumber: '40017',
	date: '2017-03-14',
	supplier,
	buyer,
	shipTo: { name: 'Magazijn Delft', code: 'WH1' },
	deliveryNote: 'PB-2017-88',
	lines: [
		{
			number: 1,
			description: 'Copy paper A4',
			item: { code: 'PAP-A4', supplierCode: 'VD-80', gtin: '8712345000011' },
			quantity: '38',
			unit: 'doos',
			quantityOrdered: '40',
			purchaseOrderNumber: '20170031',
			project: { code: 'P-12', name: 'Spring' },
		},
		{
			number: 2,
			description: 'Pens, the wrong ones',
			item: { code: 'PEN' },
			quantity: '-12.50',
			purchaseOrderNumber: '20170029',
		},
	],
};

export const envelope: Envelope = {
	interchangeControlNumber: '000123001',
	groupControlNumbers: ['123001'],
	preparedAt: { date: '20170306', time: '081500' },
};

export const settings = { senderId: 'VOORBEELD', receiverId: 'PARTNER' } as const;
