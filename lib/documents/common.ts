import { custom, may, mayBeOneOf, must, mustBeOneOf, mustList, object } from './shape';
import type { ObjectOf } from './shape';

const identity = <Type extends string>(what: string, type: Type) => ({
	type: mustBeOneOf('document type', [type]),
	/** Stable identity in the source, `exact:<division>:<resource>:<id>` for Exact documents. */
	key: must('text', 'document key'),
	/** The number people know it by; in error messages and BIG02, BGM 1004, RMR02. */
	number: must('text', `${what} number`),
	/** The writing company's own number (Exact entry, order or batch number). */
	ownNumber: may('text', 'own number'),
	date: must('date', `${what} date`),
});

const remarks = {
	/** `replacement` when the partner has an earlier version (BIG08 / BEG01 `05`, BGM 1225 `5`), `cancellation` to take it back. */
	purpose: mayBeOneOf('purpose', ['original', 'replacement', 'cancellation']),
	description: may('text', 'description'),
	custom,
};

/** What every document of ours has, whatever it is written as. */
export const headFields = <Type extends string>(what: string, type: Type) => ({
	...identity(what, type),
	...remarks,
});

/** The same, of a document with amounts. */
export const headFieldsWithCurrency = <Type extends string>(what: string, type: Type) => ({
	...identity(what, type),
	/** ISO 4217 */
	currency: must('currency', 'currency'),
	...remarks,
});

/** A code with its words, such as a G/L account or a cost center. */
export const codedName = (label: string) =>
	object(label, { code: must('text', `${label} code`), name: may('text', `${label} name`) });
export type CodedName = ObjectOf<ReturnType<typeof codedName>['fields']>;

/** VAT of a line or of a document. Booked amounts are carried; recomputed ones only check them. */
const taxFields = {
	/** The VAT code of the source system. */
	code: may('text', 'VAT code'),
	/** Percentage points as decimal text: `21` is 21 percent. */
	percentage: may('decimal', 'VAT percentage'),
	/** Taxable amount. */
	base: may('decimal', 'taxable amount'),
	amount: must('decimal', 'VAT amount'),
	/** Buyer accounts for the VAT (Exact `Charged`). */
	reverseCharge: may('boolean', 'reverse charge'),
	/** No VAT applies (Exact VAT type N). Exact's E is `excluding`, I `including`, B `base only`. */
	exempt: may('boolean', 'no VAT'),
	description: may('text', 'VAT description'),
};
export const tax = object('VAT', taxFields);
export type Tax = ObjectOf<typeof taxFields>;

export const paymentTerms = object('payment terms', {
	code: may('text', 'payment condition code'),
	description: may('text', 'payment condition'),
	netDays: may('integer', 'payment days'),
	/** Months to the end of which the due date is moved; 0 or absent: none. */
	endOfMonths: may('integer', 'end of months'),
	discountDays: may('integer', 'discount days'),
	/** Percentage points: `2` is 2 percent. */
	discountPercentage: may('decimal', 'discount percentage'),
	/** Exact payment method: B on credit, I collection, K cash. */
	method: may('text', 'payment method'),
});
export type PaymentTerms = ObjectOf<(typeof paymentTerms)['fields']>;

export const item = object('item', {
	code: may('text', 'item code'),
	supplierCode: may('text', 'item code of the supplier'),
	/** GTIN / EAN barcode. */
	gtin: may('gtin', 'GTIN'),
});
export type ItemIdentification = ObjectOf<(typeof item)['fields']>;

/** A company in a business document: supplier, buyer, payer, ship-to. All texts are trimmed. */
export const partyFields = (who: string) => ({
	name: must('text', `name of the ${who}`),
	/** The code the writing company uses for this party (Exact account or division code). */
	code: may('text', `account code of the ${who}`),
	/** GS1 Global Location Number, 13 digits. */
	gln: may('gln', `GLN of the ${who}`),
	vatNumber: may('text', `VAT number of the ${who}`),
	chamberOfCommerce: may('text', `chamber of commerce number of the ${who}`),
	/** Our number in the party's own books (Exact `CodeAtSupplier`). */
	codeAtParty: may('text', `our number at the ${who}`),
	address: object(`address of the ${who}`, {
		/** Street lines, in order, none empty. */
		lines: mustList('street lines', may('text', 'street line')),
		city: may('text', 'city'),
		postcode: may('text', 'postcode'),
		state: may('text', 'state'),
		/** ISO 3166-1 alpha-2 */
		country: may('country', 'country'),
	}),
	bankAccount: object(`bank account of the ${who}`, {
		/** IBAN or national account number, without spaces. */
		number: must('bankAccount', 'bank account number'),
		bic: may('text', 'BIC'),
		holder: may('text', 'account holder'),
	}),
	email: may('text', 'e-mail address'),
	phone: may('text', 'phone number'),
});
type PartyFields = ReturnType<typeof partyFields>;
export type Party = ObjectOf<PartyFields>;
export type Address = ObjectOf<PartyFields['address']['fields']>;
export type BankAccount = ObjectOf<PartyFields['bankAccount']['fields']>;
