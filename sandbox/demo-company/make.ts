import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Writes the demo company: a garden machine dealer that does not exist, with the cases an exporter
 * has to survive. `node sandbox/demo-company/make.ts`; the JSON files beside it are its output.
 */

type Row = Record<string, unknown>;

const DIVISION = 123456;
const FIRST_TIMESTAMP = 7_000_000_001;
let timestamp = FIRST_TIMESTAMP - 1;
const stamp = () => {
	timestamp += 1;
	return String(timestamp);
};

const guid = (...parts: (string | number)[]) => {
	const hex = createHash('sha256')
		.update(`demo|${parts.join('|')}`)
		.digest('hex');
	return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-'); // prettier-ignore
};
const padded = (code: string | number) => String(code).padStart(18, ' ');
const money = (cents: number) => Math.round(cents) / 100;
const share = (cents: number, basisPoints: number) =>
	Math.sign(cents) * Math.round((Math.abs(cents) * basisPoints) / 10_000);
const day = (date: string, add: number) =>
	new Date(Date.parse(`${date}T00:00:00Z`) + add * 86_400_000).toISOString().slice(0, 10);
const checkDigit = (digits: string) => {
	let sum = 0;
	for (const [i, digit] of [...digits].reverse().entries())
		sum += Number(digit) * (i % 2 === 0 ? 3 : 1);
	return `${digits}${(10 - (sum % 10)) % 10}`;
};
/** 952 is the prefix that GS1 keeps for demonstrations. */
const gln = (n: number) => checkDigit(`952${String(n).padStart(9, '0')}`);
const set = '2026-01-05T08:00:00.000Z';
const dated = { Created: set, Modified: set, Division: DIVISION };

const division: Row[] = [
	{
		Code: DIVISION,
		Description: 'Van der Zandbak Tuinmachines B.V.',
		CustomerName: 'Van der Zandbak Tuinmachines B.V.',
		CustomerCode: padded(1),
		Country: 'NL',
		Currency: 'EUR',
		Status: 1,
		BlockingStatus: 0,
		IsMainDivision: true,
		IsPracticeDivision: false,
		IsDossierDivision: false,
		Hid: String(DIVISION),
		AddressLine1: 'Voorbeeldkade 12',
		Postcode: '3511 ZZ',
		City: 'Utrecht',
		VATNumber: 'NL000099998B57',
		ChamberOfCommerceNumber: '00000000',
		Legislation: 'NL',
		StartDate: '2020-01-01',
		Created: set,
		Modified: set,
	},
];

interface Vendor {
	code: number;
	name: string;
	country: string;
	city: string;
	postcode: string;
	street: string;
	vat?: string;
	gln?: number;
	currency?: string;
	condition?: string;
}

const VENDORS: readonly Vendor[] = [
	{ code: 5001, name: 'Jansen & Zonen Groenvoorziening', country: 'NL', city: 'Zwolle', postcode: '8011 ZZ', street: 'Proefweg 1', vat: 'NL000011112B01', gln: 1 },
	{ code: 5002, name: "'t Hoekje Kantoorartikelen", country: 'NL', city: "'s-Hertogenbosch", postcode: '5211 ZZ', street: "'t Plein 3", vat: 'NL000022223B01' },
	{ code: 5003, name: 'Ster*Tech Onderdelen', country: 'NL', city: 'Eindhoven', postcode: '5611 ZZ', street: 'Testlaan 44', vat: 'NL000033334B01', gln: 2 },
	{ code: 5004, name: 'Bürogeräte Müßig GmbH', country: 'DE', city: 'Köln', postcode: '50667', street: 'Musterstraße 7', vat: 'DE999999901' },
	{ code: 5005, name: 'Café ~ Crème Catering', country: 'NL', city: 'Utrecht', postcode: '3512 ZZ', street: 'Voorbeeldsteeg 9', vat: 'NL000044445B01' },
	{ code: 5006, name: "O'Sullivan & Daughters Ltd", country: 'GB', city: 'York', postcode: 'YO1 9ZZ', street: '2 Sample Row', vat: 'GB999000204', gln: 3, currency: 'GBP' },
	{ code: 5007, name: 'Łódź Motor Części Sp. z o.o.', country: 'PL', city: 'Łódź', postcode: '90-001', street: 'ul. Przykładowa 5', vat: 'PL9999999901' },
	{ code: 5008, name: 'Energie: Zon+Wind B.V.', country: 'NL', city: 'Groningen', postcode: '9711 ZZ', street: 'Molenpad 100', vat: 'NL000055556B01', condition: '14' },
	{ code: 5009, name: 'Gemeente Zandstad', country: 'NL', city: 'Zandstad', postcode: '1000 ZZ', street: 'Raadhuisplein 1' },
	{ code: 5010, name: 'Ingenieursbureau Vérité en Crèvecœur voor Bodem, Water en Milieutechnisch Onderzoek', country: 'BE', city: 'Liège', postcode: '4000', street: 'Rue de l’Exemple 8', vat: 'BE0999999922' },
	{ code: 5011, name: 'Rijwielhuis De Spaak > Velo', country: 'NL', city: 'Assen', postcode: '9401 ZZ', street: 'Fietspad 2', vat: 'NL000066667B01', condition: 'EM' },
	{ code: 5012, name: 'Drukkerij Inkt/Papier', country: 'NL', city: 'Leiden', postcode: '2311 ZZ', street: 'Letterlaan 26', vat: 'NL000077778B01', gln: 4, condition: '3D' },
]; // prettier-ignore

const vendorId = (code: number) => guid('vendor', code);
const GL_PAYABLES = guid('gl', '1600');

const accounts: Row[] = VENDORS.map((vendor) => ({
	ID: vendorId(vendor.code),
	Code: padded(vendor.code),
	Name: vendor.name,
	Type: 'A',
	IsSupplier: true,
	IsSales: false,
	Status: 'S',
	Blocked: false,
	Country: vendor.country,
	City: vendor.city,
	Postcode: vendor.postcode,
	AddressLine1: vendor.street,
	...(vendor.vat === undefined ? {} : { VATNumber: vendor.vat }),
	...(vendor.gln === undefined ? {} : { GlnNumber: gln(vendor.gln) }),
	PaymentConditionPurchase: vendor.condition ?? '30',
	PurchaseCurrency: vendor.currency ?? 'EUR',
	GLAP: GL_PAYABLES,
	...dated,
	Timestamp: stamp(),
}));
accounts.push({
	ID: guid('customer', 1),
	Code: padded(9001),
	Name: 'Klant Voorbeeld',
	Type: 'A',
	IsSupplier: false,
	IsSales: true,
	Status: 'C',
	Blocked: false,
	Country: 'NL',
	...dated,
	Timestamp: stamp(),
});

/** Made up, but with check digits that hold (ISO 13616: letters count from A = 10, modulo 97). */
function iban({ country, code }: { readonly country: string; readonly code: string | number }): string {
	const account = `TEST${String(code).padStart(10, '0')}`;
	const digits = [...`${account}${country}00`]
		.map((character) => String(parseInt(character, 36)))
		.join('');
	const check = 98n - (BigInt(digits) % 97n);
	return `${country}${String(check).padStart(2, '0')}${account}`;
}

const bankAccounts: Row[] = VENDORS.map((vendor) => ({
	ID: guid('bank', vendor.code),
	Account: vendorId(vendor.code),
	AccountName: vendor.name,
	BankAccount: iban(vendor),
	BICCode: `TEST${vendor.country}2L`,
	BankAccountHolderName: vendor.name,
	Main: true,
	Blocked: false,
	Type: 'A',
	...dated,
}));

const GL: readonly [code: string, name: string, type: number, side: 'D' | 'C'][] = [
	['1600', 'Crediteuren', 22, 'C'],
	['4000', 'Kantoorkosten', 120, 'D'],
	['4100', 'Energie & water', 120, 'D'],
	['4200', 'Onderhoud machines', 120, 'D'],
	['4300', 'Catering en representatie', 120, 'D'],
	['4400', 'Advieskosten', 120, 'D'],
	['4500', 'Drukwerk', 120, 'D'],
	['7000', 'Inkoop machines', 111, 'D'],
	['7010', 'Inkoop onderdelen', 111, 'D'],
];
const glId = (code: string) => guid('gl', code);
const glName = (code: string) => GL.find(([found]) => found === code)?.[1] ?? '';
const glAccounts: Row[] = GL.map(([code, name, type, side]) => ({
	ID: glId(code),
	Code: code,
	Description: name,
	Type: type,
	BalanceType: type === 22 ? 'B' : 'W',
	BalanceSide: side,
	IsBlocked: false,
	UseCostcenter: type === 22 ? 0 : 1,
	...dated,
	Timestamp: stamp(),
}));

const scheme = { ID: guid('scheme'), Code: 'RGS', Description: 'Referentie grootboekschema' };
const CLASSES: Readonly<Record<string, string>> = {
	'1600': 'BSchCre', '4000': 'WBedKan', '4100': 'WBedHui', '4200': 'WBedExp', '4300': 'WBedVkk',
	'4400': 'WBedAdv', '4500': 'WBedKan', '7000': 'WKprInh', '7010': 'WKprInh',
}; // prettier-ignore
const classCodes = [...new Set(Object.values(CLASSES))];
const classifications: Row[] = classCodes.map((code) => ({
	ID: guid('class', code),
	Code: code,
	Name: code,
	Description: `Rubriek ${code}`,
	Abstract: false,
	Balance: 'debit',
	TaxonomyNamespace: scheme.ID,
	...dated,
	Timestamp: stamp(),
}));
const mappings: Row[] = Object.entries(CLASSES)
	// One account is left without a mapping on purpose.
	.filter(([code]) => code !== '4300')
	.map(([code, classCode]) => ({
		ID: guid('mapping', code),
		Classification: guid('class', classCode),
		ClassificationCode: classCode,
		ClassificationDescription: `Rubriek ${classCode}`,
		GLAccount: glId(code),
		GLAccountCode: code,
		GLAccountDescription: glName(code),
		GLSchemeID: scheme.ID,
		GLSchemeCode: scheme.Code,
		GLSchemeDescription: scheme.Description,
		Division: DIVISION,
	}));

const CENTERS = [['WERK', 'Werkplaats'], ['WINK', 'Winkel'], ['KANT', 'Kantoor & beheer']] as const; // prettier-ignore
const costCenters: Row[] = CENTERS.map(([code, name]) => ({
	ID: guid('center', code),
	Code: code,
	Description: name,
	...dated,
}));
const costUnits: Row[] = [['2026', 'Seizoen 2026']].map(([code, name]) => ({
	ID: guid('unit', code ?? ''),
	Code: code,
	Description: name,
	...dated,
}));

const VAT: readonly [code: string, text: string, basisPoints: number, charged: boolean][] = [
	['0', 'Geen BTW', 0, false],
	['1', 'BTW laag 9%', 900, false],
	['2', 'BTW hoog 21%', 2100, false],
	['7', 'BTW verlegd (EU)', 2100, true],
];
const vatCodes: Row[] = VAT.map(([code, text, basisPoints, charged]) => ({
	ID: guid('vat', code),
	Code: code,
	Description: text,
	Type: code === '0' ? 'N' : 'E',
	Percentage: basisPoints / 10_000,
	Charged: charged,
	EUSalesListing: 'N',
	IntraStat: false,
	IsBlocked: false,
	VATTransactionType: 'P',
	...dated,
}));

const CONDITIONS: readonly [string, string, number, number, number, number][] = [
	['30', '30 dagen', 30, 0, 0, 0],
	['14', '14 dagen', 14, 0, 0, 0],
	['EM', 'Einde volgende maand', 0, 1, 0, 0],
	['3D', '30 dagen, 2% binnen 10 dagen', 30, 0, 10, 0.02],
];
const paymentConditions: Row[] = CONDITIONS.map(
	([code, text, days, months, discountDays, rate]) => ({
		ID: guid('condition', code),
		Code: code,
		Description: text,
		PaymentDays: days,
		PaymentEndOfMonths: months,
		PaymentMethod: 'B',
		DiscountPaymentDays: discountDays,
		DiscountPercentage: rate,
		DiscountCalculation: 'I',
		VATCalculation: 'I',
		PaymentDiscountType: 'B',
		Percentage: 1,
		...dated,
	}),
);

/** `[general ledger account, cost center, net cents, VAT code, description]` */
type Line = readonly [
	gl: string,
	center: string | undefined,
	cents: number,
	vat: string,
	text: string,
];

interface Entry {
	vendor: number | undefined;
	ref?: string | null;
	lines: readonly Line[];
	status?: number;
	description?: string;
}

const SPECIAL: readonly Entry[] = [
	{ vendor: 5001, ref: 'JZ-2026-001', lines: [['4200', 'WERK', 125_000, '2', 'Onderhoud & keuring *zitmaaiers*'], ['7010', 'WERK', 8_995, '2', 'Messen 52 cm']] },
	{ vendor: 5002, ref: null, lines: [['4000', 'KANT', 4_250, '2', 'Ordners']], description: 'Geen factuurnummer ontvangen' },
	{ vendor: 5002, ref: 'THOEK/2026/00000000000118', lines: [['4000', 'KANT', 12_800, '2', 'Bureaustoel']], description: 'Referentie van meer dan 22 tekens' },
	{ vendor: undefined, ref: 'ONBEKEND-1', lines: [['4300', 'KANT', 3_300, '1', 'Bon zonder leverancier']] },
	{ vendor: 5005, ref: 'CC-77', lines: [], description: 'Nog geen regels geboekt' },
	{ vendor: 5005, ref: 'CC-78', lines: [['4300', 'WINK', 18_500, '1', "Lunch voor 't team ~ open dag"], ['4300', 'WINK', 2_500, '2', 'Bezorging']] },
	{ vendor: 5006, ref: 'OSD 4471', lines: [['7010', 'WERK', 96_040, '7', 'Spare parts, "reverse charge"']] },
	{ vendor: 5006, ref: 'OSD 4502', lines: [['7000', 'WINK', 412_500, '7', 'Ride-on mower'], ['7010', 'WERK', 3_335, '7', 'Blades']] },
	{ vendor: 5004, ref: 'RE-2026/0815', lines: [['4000', 'KANT', 59_900, '7', 'Drucker für das Büro']] },
	{ vendor: 5003, ref: 'ST*9', status: 5, lines: [['7010', 'WERK', 10_000, '2', 'Afgekeurd: dubbel']] },
	{ vendor: 5003, ref: 'ST*10', lines: [['7010', 'WERK', 33_333, '2', 'Bougies'], ['7010', undefined, 1, '0', 'Afronding']] },
	{ vendor: 5009, ref: 'LEGES 2026-31', lines: [['4400', 'KANT', 23_145, '0', 'Leges vergunning']] },
	{ vendor: 5001, ref: 'JZ-CN-001', lines: [['4200', 'WERK', -25_000, '2', 'Creditering te veel uren']] },
	{ vendor: 5003, ref: 'CR*3', lines: [['7010', 'WERK', -3_333, '2', 'Retour bougies']] },
	{ vendor: 5012, ref: 'DIP-1', lines: [['4500', 'WINK', 45_000, '1', 'Folders voorjaar'], ['4500', 'WINK', -4_500, '1', 'Korting 10%']] },
	{ vendor: 5010, ref: 'VC-0001', lines: [['4400', 'KANT', 875_000, '7', 'Étude du sol, première phase']] },
	{ vendor: 5011, ref: '000123', lines: [['4200', 'WINK', 7_450, '1', 'Reparatie dienstfiets']] },
	{ vendor: 5008, ref: 'EZW-26-01', lines: [['4100', 'WERK', 187_655, '2', 'Elektriciteit januari'], ['4100', 'WINK', 62_012, '2', 'Elektriciteit januari'], ['4100', 'KANT', 9_999, '1', 'Water']] },
]; // prettier-ignore

const FILL = [5001, 5002, 5003, 5004, 5005, 5006, 5007, 5008, 5010, 5011, 5012];
const fillers: Entry[] = Array.from({ length: 22 }, (_, i) => {
	const vendor = FILL[(i * 5) % FILL.length] ?? 5001;
	const foreign = [5004, 5006, 5007, 5010].includes(vendor);
	const count = 1 + (i % 3);
	return {
		vendor,
		ref: `F${vendor}-${String(260 + i)}`,
		lines: Array.from({ length: count }, (_, n): Line => {
			const gl = ['4000', '4200', '7010', '4400'][(i + n) % 4] ?? '4000';
			const center = CENTERS[(i + n) % 3]?.[0];
			const vat = foreign ? '7' : (['2', '2', '1', '0'][(i + n) % 4] ?? '2');
			return [gl, center, 1_999 + ((i * 7919 + n * 104_729) % 180_000), vat, glName(gl)];
		}),
	};
});

/** Euro for one pound, the same on every day. */
const GBP_RATE = 1.17;
const toEuro = (cents: number, currency: string) =>
	currency === 'GBP' ? Math.sign(cents) * Math.round(Math.abs(cents) * GBP_RATE) : cents;

const entries: Row[] = [];
const entryLines: Row[] = [];
const payments: Row[] = [];

for (const [i, entry] of [...SPECIAL, ...fillers].entries()) {
	const vendor = VENDORS.find(({ code }) => code === entry.vendor);
	const currency = vendor?.currency ?? 'EUR';
	const number = 26_700_001 + i;
	const entryId = guid('entry', number);
	const date = day('2026-01-08', i * 2);
	const condition = vendor?.condition ?? '30';
	const days = CONDITIONS.find(([code]) => code === condition)?.[2] ?? 30;
	let net = 0;
	let vatTotal = 0;
	let euro = 0;
	let vatEuro = 0;
	for (const [n, [gl, center, cents, code, text]] of entry.lines.entries()) {
		const vat = VAT.find(([found]) => found === code);
		// A reverse charge is not on the invoice: neither rate nor amount.
		const basisPoints = vat === undefined || vat[3] ? 0 : vat[2];
		const vatCents = share(cents, basisPoints);
		net += cents;
		vatTotal += vatCents;
		euro += toEuro(cents, currency) + toEuro(vatCents, currency);
		vatEuro += toEuro(vatCents, currency);
		entryLines.push({
			ID: guid('entry-line', number, n),
			EntryID: entryId,
			LineNumber: n + 1,
			Type: net < 0 ? 31 : 30,
			GLAccount: glId(gl),
			GLAccountCode: gl,
			GLAccountDescription: glName(gl),
			...(center === undefined
				? {}
				: {
						CostCenter: center,
						CostCenterDescription: CENTERS.find(([found]) => found === center)?.[1],
					}),
			Description: text,
			Quantity: 1,
			AmountFC: money(cents),
			AmountDC: money(toEuro(cents, currency)),
			VATCode: code,
			VATCodeDescription: vat?.[1],
			VATPercentage: basisPoints / 10_000,
			VATAmountFC: money(vatCents),
			VATAmountDC: money(toEuro(vatCents, currency)),
			VATBaseAmountFC: money(cents),
			VATBaseAmountDC: money(toEuro(cents, currency)),
			Division: DIVISION,
		});
	}
	const gross = net + vatTotal;
	const status = entry.status ?? (i % 3 === 0 ? 50 : 20);
	const booked = `${day(date, 1)}T09:${String(i % 60).padStart(2, '0')}:00.000Z`;
	entries.push({
		EntryID: entryId,
		EntryNumber: number,
		InvoiceNumber: number,
		Journal: '70',
		JournalDescription: 'Inkoopboek',
		Type: net < 0 ? 31 : 30,
		Status: status,
		...(vendor === undefined ? {} : { Supplier: vendorId(vendor.code), SupplierName: vendor.name }),
		Currency: currency,
		Rate: currency === 'GBP' ? GBP_RATE : 1,
		AmountFC: money(gross),
		AmountDC: money(euro),
		VATAmountFC: money(vatTotal),
		VATAmountDC: money(vatEuro),
		EntryDate: date,
		DueDate: day(date, days),
		PaymentCondition: condition,
		PaymentConditionPaymentMethod: 'B',
		...(entry.ref === null ? {} : { YourRef: entry.ref }),
		Description: entry.description ?? entry.lines[0]?.[4] ?? 'Factuur',
		ReportingYear: 2026,
		ReportingPeriod: Number(date.slice(5, 7)),
		Created: booked,
		Modified: booked,
		Division: DIVISION,
	});
	if (status === 50 && vendor !== undefined && entry.lines.length > 0) {
		payments.push({
			ID: guid('payment', number),
			Account: vendorId(vendor.code),
			AccountCode: padded(vendor.code),
			AccountName: vendor.name,
			AccountBankAccountID: guid('bank', vendor.code),
			AccountBankAccountNumber: iban(vendor),
			AmountFC: money(gross),
			AmountDC: money(euro),
			Currency: currency,
			RateFC: currency === 'GBP' ? GBP_RATE : 1,
			Status: [20, 30, 40, 50][payments.length % 4],
			PaymentMethod: 'B',
			InvoiceDate: date,
			DueDate: day(date, days),
			EndDate: day(date, days),
			InvoiceNumber: number,
			EntryNumber: number,
			Journal: '70',
			PaymentCondition: condition,
			...(entry.ref === null ? {} : { YourRef: entry.ref }),
			TransactionEntryID: entryId,
			TransactionID: guid('entry-line', number, 0),
			TransactionType: net < 0 ? 31 : 30,
			TransactionStatus: status,
			Created: booked,
			Modified: booked,
			Division: DIVISION,
			Timestamp: stamp(),
		});
	}
}

const ITEMS: readonly [code: string, name: string, barcode: number, cents: number, gl: string][] = [
	['MES-52', 'Maaimes 52 cm', 101, 2_995, '7010'],
	['BOUGIE-4T', 'Bougie 4-takt', 102, 645, '7010'],
	['ZM-900', 'Zitmaaier ZM 900 "Veld & Gazon"', 103, 289_900, '7000'],
	['OLIE-5L', 'Motorolie 5 l', 104, 3_450, '7010'],
];
const items: Row[] = ITEMS.map(([code, name, barcode, , gl]) => ({
	ID: guid('item', code),
	Code: code,
	Description: name,
	Barcode: checkDigit(`952${String(barcode).padStart(9, '0')}`),
	Unit: 'stuk',
	UnitDescription: 'Stuk',
	UnitType: 'O',
	IsPurchaseItem: true,
	IsSalesItem: true,
	IsStockItem: true,
	GLCosts: glId(gl),
	GLCostsCode: gl,
	StartDate: '2025-01-01',
	...dated,
	Timestamp: stamp(),
}));
const supplierItems: Row[] = ITEMS.map(([code, name], i) => {
	const vendor = VENDORS[i % 2 === 0 ? 2 : 0];
	return {
		ID: guid('supplier-item', code),
		Item: guid('item', code),
		ItemCode: code,
		ItemDescription: name,
		ItemUnitCode: 'stuk',
		Supplier: vendorId(vendor?.code ?? 0),
		SupplierCode: padded(vendor?.code ?? 0),
		SupplierItemCode: `LEV-${i + 1}`,
		PurchaseUnit: 'stuk',
		PurchaseUnitFactor: 1,
		MainSupplier: true,
		Currency: 'EUR',
		...dated,
		Timestamp: stamp(),
	};
});

const orders: Row[] = [];
const orderLines: Row[] = [];
const invoices: Row[] = [];
const invoiceLines: Row[] = [];
for (let i = 0; i < 8; i += 1) {
	const vendor = VENDORS[i % 2 === 0 ? 2 : 0];
	const code = vendor?.code ?? 5001;
	const number = 20_260_001 + i;
	const orderId = guid('order', number);
	const invoiceId = guid('invoice', number);
	const date = day('2026-02-02', i * 3);
	const credit = i === 7;
	let net = 0;
	let vatTotal = 0;
	for (let n = 0; n <= i % 3; n += 1) {
		const [itemCode, itemName, barcode, price, gl] = ITEMS[(i + n) % ITEMS.length] ?? ITEMS[0]!;
		const quantity = (credit ? -1 : 1) * (n + 1) * (i === 4 ? 2.5 : 2);
		const cents = Math.round(quantity * price);
		const vatCents = share(cents, 2100);
		net += cents;
		vatTotal += vatCents;
		const shared = {
			LineNumber: n + 1,
			Item: guid('item', itemCode),
			Description: itemName,
			Unit: 'stuk',
			UnitPrice: money(price),
			Discount: 0,
			NetPrice: money(price),
			CostCenter: CENTERS[i % 3]?.[0],
			VATCode: '2',
			VATPercentage: 0.21,
			VATAmount: money(vatCents),
		};
		if (!credit) {
			orderLines.push({
				ID: guid('order-line', number, n),
				PurchaseOrderID: orderId,
				...shared,
				ItemCode: itemCode,
				ItemDescription: itemName,
				ItemBarcode: checkDigit(`952${String(barcode).padStart(9, '0')}`),
				SupplierItemCode: `LEV-${ITEMS.findIndex(([found]) => found === itemCode) + 1}`,
				Quantity: quantity,
				QuantityInPurchaseUnits: quantity,
				ReceivedQuantity: i < 4 ? quantity : 0,
				InvoicedQuantity: i < 4 ? quantity : 0,
				AmountFC: money(cents),
				AmountDC: money(cents),
				ReceiptDate: day(date, 7),
				Created: `${date}T10:00:00.000Z`,
				Modified: `${date}T10:00:00.000Z`,
				Division: DIVISION,
				Timestamp: stamp(),
			});
		}
		invoiceLines.push({
			ID: guid('invoice-line', number, n),
			InvoiceID: invoiceId,
			...shared,
			ItemUnit: 'stuk',
			Quantity: quantity,
			QuantityInDefaultUnits: quantity,
			Amount: money(cents),
			AmountDC: money(cents),
			Currency: 'EUR',
			...(credit ? {} : { PurchaseOrderLine: guid('order-line', number, n) }),
			Modified: `${day(date, 9)}T11:00:00.000Z`,
		});
		void gl;
	}
	const gross = net + vatTotal;
	if (!credit) {
		orders.push({
			PurchaseOrderID: orderId,
			OrderNumber: number,
			OrderStatus: i < 4 ? 30 : 10,
			ReceiptStatus: i < 4 ? 30 : 10,
			InvoiceStatus: i < 4 ? 30 : 10,
			ApprovalStatus: 1,
			Supplier: vendorId(code),
			SupplierCode: padded(code),
			SupplierName: vendor?.name,
			OrderDate: date,
			ReceiptDate: day(date, 7),
			Currency: 'EUR',
			ExchangeRate: 1,
			AmountFC: money(gross),
			AmountDC: money(gross),
			VATAmount: money(vatTotal),
			PaymentCondition: '30',
			PurchaseOrderLineCount: (i % 3) + 1,
			Description: `Bestelling ${number}`,
			DeliveryAddress: guid('address', 1),
			Source: 1,
			DropShipment: false,
			Created: `${date}T10:00:00.000Z`,
			Modified: `${date}T10:00:00.000Z`,
			Division: DIVISION,
			Timestamp: stamp(),
		});
	}
	invoices.push({
		ID: invoiceId,
		Type: credit ? 8034 : 8033,
		Status: [20, 50, 10][i % 3],
		Supplier: vendorId(code),
		Journal: '70',
		EntryNumber: 26_750_001 + i,
		InvoiceDate: day(date, 9),
		DueDate: day(date, 39),
		Currency: 'EUR',
		ExchangeRate: 1,
		Amount: money(gross),
		AmountDC: money(gross),
		AmountFCExclVat: money(net),
		VATAmount: money(vatTotal),
		Discount: 0,
		PaymentCondition: '30',
		YourRef: credit ? `GS*CN-${i}` : `GS-${number}`,
		Description: credit ? 'Retour' : `Levering bestelling ${number}`,
		FinancialYear: 2026,
		FinancialPeriod: Number(day(date, 9).slice(5, 7)),
		Source: 1,
		Modified: `${day(date, 9)}T11:00:00.000Z`,
	});
}

const addresses: Row[] = [
	{
		ID: guid('address', 1),
		AccountName: 'Van der Zandbak Tuinmachines B.V.',
		AddressLine1: 'Magazijnweg 3',
		Postcode: '3542 ZZ',
		City: 'Utrecht',
		Country: 'NL',
		Type: 4,
		Main: true,
		...dated,
		Timestamp: stamp(),
	},
];

const FILES: Readonly<Record<string, readonly Row[]>> = {
	division,
	accounts,
	'bank-accounts': bankAccounts,
	addresses,
	'gl-accounts': glAccounts,
	'gl-schemes': [{ ...scheme, Main: 1, TargetNamespace: 'urn:demo:rgs', ...dated }],
	'gl-classifications': classifications,
	'gl-classification-mappings': mappings,
	'cost-centers': costCenters,
	'cost-units': costUnits,
	'payment-conditions': paymentConditions,
	'vat-codes': vatCodes,
	units: [
		{ ID: guid('unit-code', 'stuk'), Code: 'stuk', Description: 'Stuk', Type: 'O', Active: true, Main: 1, Division: DIVISION },
	], // prettier-ignore
	currencies: [
		{ Code: 'EUR', Description: 'Euro', AmountPrecision: 0.01, PricePrecision: 0.001 },
		{ Code: 'GBP', Description: 'Pound sterling', AmountPrecision: 0.01, PricePrecision: 0.001 },
	],
	journals: [
		{ ID: guid('journal', '70'), Code: '70', Description: 'Inkoopboek', Type: 22, ...dated },
	],
	items,
	'supplier-items': supplierItems,
	'purchase-entries': entries,
	'purchase-entry-lines': entryLines,
	'purchase-invoices': invoices,
	'purchase-invoice-lines': invoiceLines,
	'purchase-orders': orders,
	'purchase-order-lines': orderLines,
	payments,
};

for (const [name, rows] of Object.entries(FILES)) {
	const text = `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`;
	writeFileSync(path.join(import.meta.dirname, `${name}.json`), text);
}
process.stdout.write(`${Object.keys(FILES).length} files, ${entries.length} purchase entries\n`);
