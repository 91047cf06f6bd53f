/**
 * What each neutral document may hold, as data: validation and the reference in docs/mapping.md
 * read these tables. The TypeScript types beside them say the same to the compiler.
 */
export type ScalarKind =
	| 'text'
	| 'date'
	| 'currency'
	| 'country'
	| 'decimal'
	| 'integer'
	| 'boolean'
	| 'gln'
	| 'gtin'
	/** An IBAN, whose check digits are checked, or a national account number. */
	| 'bankAccount';

export interface ScalarShape {
	readonly kind: ScalarKind;
	readonly required?: boolean;
	readonly codes?: readonly string[];
	/** In words, for messages and the reference. */
	readonly label: string;
}

export interface ObjectShape {
	readonly kind: 'object';
	readonly required?: boolean;
	readonly label: string;
	readonly fields: FieldShapes;
}

export interface ListShape {
	readonly kind: 'list';
	readonly required?: boolean;
	readonly label: string;
	readonly of: ObjectShape | ScalarShape;
}

/** Fields the sender adds for extra segments; any JSON. */
export interface CustomShape {
	readonly kind: 'custom';
	readonly required?: boolean;
	readonly label: string;
}

export type FieldShape = ScalarShape | ObjectShape | ListShape | CustomShape;
export type FieldShapes = Readonly<Record<string, FieldShape>>;

const must = (kind: ScalarKind, label: string, codes?: readonly string[]): ScalarShape =>
	codes ? { kind, label, required: true, codes } : { kind, label, required: true };
const may = (kind: ScalarKind, label: string, codes?: readonly string[]): ScalarShape =>
	codes ? { kind, label, codes } : { kind, label };
const object = (label: string, fields: FieldShapes): ObjectShape => ({
	kind: 'object',
	label,
	fields,
});
const mustObject = (label: string, fields: FieldShapes): ObjectShape => ({
	...object(label, fields),
	required: true,
});
const mustList = (label: string, of: ListShape['of']): ListShape => ({
	kind: 'list',
	label,
	required: true,
	of,
});

const codedName = (label: string): ObjectShape =>
	object(label, { code: must('text', `${label} code`), name: may('text', `${label} name`) });

const partyFields = (who: string): FieldShapes => ({
	name: must('text', `name of the ${who}`),
	code: may('text', `account code of the ${who}`),
	gln: may('gln', `GLN of the ${who}`),
	vatNumber: may('text', `VAT number of the ${who}`),
	chamberOfCommerce: may('text', `chamber of commerce number of the ${who}`),
	codeAtParty: may('text', `our number at the ${who}`),
	address: object(`address of the ${who}`, {
		lines: mustList('street lines', may('text', 'street line')),
		city: may('text', 'city'),
		postcode: may('text', 'postcode'),
		state: may('text', 'state'),
		country: may('country', 'country'),
	}),
	bankAccount: object(`bank account of the ${who}`, {
		number: must('bankAccount', 'bank account number'),
		bic: may('text', 'BIC'),
		holder: may('text', 'account holder'),
	}),
	email: may('text', 'e-mail address'),
	phone: may('text', 'phone number'),
});

const headFields = (what: string, type: string): FieldShapes => ({
	type: must('text', 'document type', [type]),
	key: must('text', 'document key'),
	number: must('text', `${what} number`),
	ownNumber: may('text', 'own number'),
	date: must('date', `${what} date`),
	currency: must('currency', 'currency'),
	purpose: may('text', 'purpose', ['original', 'replacement']),
	description: may('text', 'description'),
	custom: { kind: 'custom', label: 'fields of your own' },
});

const taxFields: FieldShapes = {
	code: may('text', 'VAT code'),
	percentage: may('decimal', 'VAT percentage'),
	base: may('decimal', 'taxable amount'),
	amount: must('decimal', 'VAT amount'),
	reverseCharge: may('boolean', 'reverse charge'),
	exempt: may('boolean', 'no VAT'),
	description: may('text', 'VAT description'),
};

const paymentTerms = object('payment terms', {
	code: may('text', 'payment condition code'),
	description: may('text', 'payment condition'),
	netDays: may('integer', 'payment days'),
	endOfMonths: may('integer', 'end of months'),
	discountDays: may('integer', 'discount days'),
	discountPercentage: may('decimal', 'discount percentage'),
	method: may('text', 'payment method'),
});

const item = object('item', {
	code: may('text', 'item code'),
	supplierCode: may('text', 'item code of the supplier'),
	gtin: may('gtin', 'GTIN'),
});

const custom: CustomShape = { kind: 'custom', label: 'fields of your own' };

const invoice: FieldShapes = {
	...headFields('invoice', 'invoice'),
	kind: must('text', 'kind', ['invoice', 'creditNote']),
	supplierNumber: may('text', "supplier's invoice number"),
	dueDate: may('date', 'due date'),
	supplier: mustObject('supplier', partyFields('supplier')),
	buyer: mustObject('buyer', partyFields('buyer')),
	purchaseOrderNumber: may('text', 'purchase order number'),
	paymentTerms,
	paymentReference: may('text', 'payment reference'),
	exchangeRate: may('decimal', 'exchange rate'),
	companyCurrency: may('currency', 'company currency'),
	lines: mustList(
		'lines',
		object('line', {
			number: must('integer', 'line number'),
			description: may('text', 'line description'),
			quantity: may('decimal', 'quantity'),
			unit: may('text', 'unit'),
			unitPrice: may('decimal', 'unit price'),
			discountPercentage: may('decimal', 'discount percentage'),
			priceType: may('text', 'kind of price', ['net', 'list']),
			netAmount: must('decimal', 'line amount'),
			tax: object('VAT', taxFields),
			item,
			glAccount: codedName('G/L account'),
			costCenter: codedName('cost center'),
			costUnit: codedName('cost unit'),
			project: codedName('project'),
			purchaseOrderNumber: may('text', 'purchase order number'),
			periodFrom: may('date', 'period from'),
			periodTo: may('date', 'period to'),
			custom,
		}),
	),
	taxes: mustList('taxes', object('VAT', taxFields)),
	netTotal: must('decimal', 'total excluding VAT'),
	taxTotal: must('decimal', 'total VAT'),
	grossTotal: must('decimal', 'total including VAT'),
};

const purchaseOrder: FieldShapes = {
	...headFields('order', 'purchaseOrder'),
	supplier: mustObject('supplier', partyFields('supplier')),
	buyer: mustObject('buyer', partyFields('buyer')),
	shipTo: object('delivery address', partyFields('delivery address')),
	deliveryDate: may('date', 'delivery date'),
	supplierReference: may('text', "supplier's reference"),
	paymentTerms,
	incoterm: object('incoterm', {
		code: must('text', 'incoterm code'),
		place: may('text', 'incoterm place'),
	}),
	lines: mustList(
		'lines',
		object('line', {
			number: must('integer', 'line number'),
			description: may('text', 'line description'),
			item,
			quantity: must('decimal', 'quantity'),
			unit: may('text', 'unit'),
			unitPrice: must('decimal', 'unit price'),
			discountPercentage: may('decimal', 'discount percentage'),
			priceType: may('text', 'kind of price', ['net', 'list']),
			netAmount: must('decimal', 'line amount'),
			deliveryDate: may('date', 'delivery date'),
			tax: object('VAT', taxFields),
			costCenter: codedName('cost center'),
			costUnit: codedName('cost unit'),
			project: codedName('project'),
			notes: may('text', 'notes'),
			custom,
		}),
	),
	netTotal: must('decimal', 'total excluding VAT'),
	taxTotal: may('decimal', 'total VAT'),
	grossTotal: may('decimal', 'total including VAT'),
};

const remittance: FieldShapes = {
	...headFields('payment', 'remittance'),
	payer: mustObject('payer', partyFields('payer')),
	payee: mustObject('payee', partyFields('payee')),
	paymentReference: may('text', 'payment reference'),
	batchNumber: may('text', 'batch number'),
	total: must('decimal', 'total paid'),
	items: mustList(
		'invoices paid',
		object('invoice paid', {
			key: must('text', 'payment key'),
			kind: must('text', 'kind', ['invoice', 'creditNote']),
			invoiceNumber: must('text', 'invoice number'),
			ownNumber: may('text', 'own number'),
			invoiceDate: may('date', 'invoice date'),
			paidAmount: must('decimal', 'amount paid'),
			invoiceAmount: may('decimal', 'invoice amount'),
			discountAmount: may('decimal', 'discount'),
			custom,
		}),
	),
};

export const DOCUMENT_SHAPES = { invoice, purchaseOrder, remittance } as const;
