import type { Invoice, PurchaseOrder, Receipt, Remittance } from '../../../../lib/documents';

/** Documents that the tests of this room share; made up, with awkward names on purpose. */
export const supplier = {
	name: "Müller & Söhne 'Getränke' GmbH + Co. KG",
	code: '20013168',
	gln: '4012345000009',
	vatNumber: 'DE123456789',
	chamberOfCommerce: 'HRB 12345',
	codeAtParty: 'K-4711',
	address: {
		lines: ['Bahnhofstraße 12', 'Gebäude 3'],
		city: 'Köln',
		postcode: '50667',
		country: 'DE',
	},
	bankAccount: { number: 'DE89370400440532013000', bic: 'COBADEFFXXX', holder: 'Müller & Söhne' },
	email: 'rechnung@mueller.example',
	phone: '+49 221 123456',
} as const;

export const buyer = {
	name: 'Voorbeeld Groothandel B.V.',
	code: '920172',
	gln: '8712345000004',
	vatNumber: 'NL001234567B01',
	chamberOfCommerce: '12345678',
	address: { lines: ['Keizersgracht 1'], city: 'Amsterdam', postcode: '1015 CJ', country: 'NL' },
	bankAccount: { number: 'NL91ABNA0417164300', bic: 'ABNANL2A' },
} as const;

export const minimalInvoice: Invoice = {
	type: 'invoice',
	kind: 'invoice',
	key: 'exact:1:purchaseEntry:1',
	number: 'INV-1',
	date: '2017-06-30',
	currency: 'EUR',
	supplier: { name: 'Leverancier' },
	buyer: { name: 'Koper' },
	lines: [{ number: 1, netAmount: '100.00' }],
	taxes: [],
	netTotal: '100.00',
	taxTotal: '0',
	grossTotal: '100.00',
};

export const fullInvoice: Invoice = {
	type: 'invoice',
	kind: 'invoice',
	key: 'exact:1:purchaseInvoice:2',
	number: "2017/0815'A",
	ownNumber: '17700123',
	date: '2017-06-30',
	dueDate: '2017-07-30',
	currency: 'USD',
	companyCurrency: 'EUR',
	exchangeRate: '0.876543219',
	description: 'Getränke Juni 2017: Lieferung 25+26?',
	supplier,
	buyer,
	purchaseOrderNumber: 'PO-77',
	paymentReference: 'RF18 5390 0754 7034',
	paymentTerms: { code: '30', netDays: 30, discountDays: 8, discountPercentage: '2' },
	lines: [
		{
			number: 1,
			description: "Apfelsaft 1,0 l 'naturtrüb' + Pfand: 12 Flaschen je Kiste",
			quantity: '12.000',
			unit: 'stuk',
			unitPrice: '9.7500',
			netAmount: '117.00',
			tax: { code: '4', percentage: '19', base: '117.00', amount: '22.23' },
			item: { code: 'AS-1', supplierCode: '4711?', gtin: '4012345678901' },
			glAccount: { code: '7000', name: 'Inkopen' },
			costCenter: { code: 'ADM', name: 'Administratie' },
		},
		{
			number: 2,
			description: 'Fracht',
			quantity: '1',
			unit: 'HUR',
			unitPrice: '50',
			discountPercentage: '10',
			netAmount: '45',
			tax: { code: '1', percentage: '7', amount: '3.15' },
			glAccount: { code: '4500' },
			purchaseOrderNumber: 'PO-78',
			periodFrom: '2017-06-01',
			periodTo: '2017-06-30',
		},
	],
	taxes: [
		{ code: '4', percentage: '19', base: '117.00', amount: '22.23' },
		{ code: '1', percentage: '7', amount: '3.15' },
	],
	netTotal: '162.00',
	taxTotal: '25.38',
	grossTotal: '187.38',
};

export const creditNote: Invoice = {
	...minimalInvoice,
	kind: 'creditNote',
	key: 'exact:1:purchaseEntry:3',
	number: 'CN-3',
	purpose: 'replacement',
	supplier: { ...supplier },
	buyer: { ...buyer },
	lines: [
		{
			number: 1,
			description: 'Retour',
			netAmount: '200.5',
			tax: { code: 'R', percentage: '21', amount: '0', reverseCharge: true },
			glAccount: { code: '7000' },
		},
	],
	taxes: [
		{
			code: 'R',
			percentage: '21',
			base: '200.5',
			amount: '0',
			reverseCharge: true,
			description: 'Btw verlegd',
		},
	],
	netTotal: '200.5',
	taxTotal: '0',
	grossTotal: '200.5',
};

export const fullOrder: PurchaseOrder = {
	type: 'purchaseOrder',
	key: 'exact:1:purchaseOrder:9',
	number: '9000123',
	date: '2017-05-02',
	currency: 'EUR',
	description: 'Voorraad juni',
	supplierReference: 'AB-55',
	supplier,
	buyer,
	shipTo: {
		name: 'Magazijn Schiphol-Rijk, ter attentie van de heer Van den Broek-van der Meer',
		address: {
			lines: ['Fokkerweg 300'],
			city: 'Oude Meer',
			postcode: '1438 AN',
			state: 'NH',
			country: 'NL',
		},
	},
	deliveryDate: '2017-05-20',
	paymentTerms: { netDays: 14, endOfMonths: 1 },
	incoterm: { code: 'DAP', place: 'Schiphol' },
	lines: [
		{
			number: 1,
			description: 'Koffiebonen',
			item: { code: 'KB', supplierCode: 'S-1', gtin: '8712345678906' },
			quantity: '10',
			unit: 'doos',
			unitPrice: '12.345',
			netAmount: '123.45',
			deliveryDate: '2017-05-19',
			tax: { code: '2', percentage: '6', amount: '7.41' },
			costCenter: { code: 'HOR' },
			notes: 'Alleen vers gebrand; anders bellen.',
		},
	],
	netTotal: '123.45',
	taxTotal: '7.41',
	grossTotal: '130.86',
};

export const fullReceipt: Receipt = {
	type: 'receipt',
	key: 'exact:1:goodsReceipt:4',
	number: '40017',
	date: '2017-05-20',
	description: 'Te laat geleverd',
	supplier,
	buyer,
	shipTo: { name: 'Magazijn Schiphol-Rijk', code: 'WH1' },
	deliveryNote: "L'88",
	lines: [
		{
			number: 1,
			description: 'Koffiebonen',
			item: { code: 'KB', supplierCode: 'S-1', gtin: '8712345678906' },
			quantity: '9.50',
			unit: 'doos',
			quantityOrdered: '10',
			purchaseOrderNumber: '9000123',
			project: { code: 'HOR' },
		},
		{ number: 2, description: 'Retour', quantity: '-3', purchaseOrderNumber: '9000124' },
	],
};

export const fullRemittance: Remittance = {
	type: 'remittance',
	key: 'exact:1:payment:batch-7',
	number: 'BET-7',
	date: '2017-06-30',
	currency: 'EUR',
	payer: buyer,
	payee: supplier,
	paymentReference: 'SEPA-20170630-7',
	total: '870.50',
	items: [
		{
			key: 'exact:1:payment:1',
			kind: 'invoice',
			invoiceNumber: 'INV-1',
			ownNumber: '17700001',
			invoiceDate: '2017-05-31',
			paidAmount: '980.00',
			invoiceAmount: '1000.00',
			discountAmount: '20.00',
		},
		{
			key: 'exact:1:payment:2',
			kind: 'creditNote',
			invoiceNumber: 'CN-2',
			paidAmount: '-109.50',
			invoiceAmount: '-109.50',
		},
	],
};

export const settings = { senderId: '8712345000004', receiverId: '4012345000009' } as const;

export const envelope = {
	interchangeControlNumber: '000123001',
	groupControlNumbers: ['123001', '123002', '123003'],
	preparedAt: { date: '20170701', time: '061500' },
} as const;
