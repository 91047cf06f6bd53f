import {
	checkDefaults,
	contentHash,
	detectResource,
	documentHead,
	toDocument,
	parseDocumentKey,
} from '../../../lib/mapping';
import { company, entry, entryLine, order, payment, supplier } from './rows';
import type { Json } from './ledger';

const hash = (resource: string, row: Json): string => documentHead(resource, row).contentHash;

describe('document.contentHash', () => {
	test.each<[string, Json]>([
		['a new Modified', { Modified: '2018-01-01T00:00:00.000Z' }],
		['processing', { Status: 50 }],
		['a rejection', { Status: 5 }],
		['the reporting period', { ReportingPeriod: 4 }],
		["the supplier's new phone number", { supplier: { ...supplier, Phone: '+49 40 1' } }],
		["the supplier's new name", { supplier: { ...supplier, Name: 'Möbel Nord GmbH' } }],
		['a renamed company', { company: { ...company, Description: 'Muster Groep B.V.' } }],
		['other words for a payment condition', { paymentCondition: { Description: 'Net 30' } }],
		['a number as text', { EntryNumber: '20170001' }],
		['a VAT code that was not read along', { lines: [entryLine({ vatCode: undefined })] }],
		['a VAT code with other words', { lines: [entryLine({ vatCode: { Charged: true } })] }],
	])('is not changed by %s', (_words, change) => {
		expect(hash('purchaseEntry', entry(change))).toBe(hash('purchaseEntry', entry()));
	});

	test.each<[string, Json]>([
		['the number', { YourRef: 'INV-1A' }],
		['the date', { EntryDate: '2017-03-06' }],
		['the due date', { DueDate: '2017-04-05' }],
		['the supplier', { supplier: { ...supplier, Code: '70002' } }],
		['the currency', { Currency: 'USD' }],
		['an amount', { AmountFC: 242, VATAmountFC: 42, lines: [entryLine(), entryLine()] }],
		['a line text', { lines: [entryLine({ Description: 'Chairs' })] }],
		['a G/L account', { lines: [entryLine({ GLAccountCode: '4501' })] }],
		['a cost center', { lines: [entryLine({ CostCenter: 'CC2', costCenter: null })] }],
		['the kind', { Type: 31 }],
	])('is changed by %s', (_words, change) => {
		expect(hash('purchaseEntry', entry(change))).not.toBe(hash('purchaseEntry', entry()));
	});

	test('is the hash of the neutral document, whatever its purpose', () => {
		const mapped = toDocument('purchaseEntry', entry());
		if (!mapped.ok) throw new Error('not mapped');
		expect(contentHash(mapped.document)).toBe(hash('purchaseEntry', entry()));
		expect(contentHash({ ...mapped.document, purpose: 'replacement' })).toBe(
			hash('purchaseEntry', entry()),
		);
		expect(hash('purchaseEntry', entry())).toMatch(/^[0-9a-f]{64}$/);
	});

	test('of a payment does not change while it is processed and matched', () => {
		const open = hash('payment', payment({ Status: 20, EntryDate: null }));
		const matched = payment({ Status: 50, EndDate: '2017-04-06', PaymentBatchNumber: 4 });
		expect(hash('payment', matched)).toBe(open);
		expect(hash('payment', payment({ AmountFC: 60.5 }))).not.toBe(open);
	});

	test('of a record that makes no document still tells a change from noise', () => {
		const broken = entry({ AmountFC: 999 });
		expect(hash('purchaseEntry', { ...broken, Modified: 'x', Status: 50 })).toBe(
			hash('purchaseEntry', broken),
		);
		expect(hash('purchaseEntry', { ...broken, AmountFC: 998 })).not.toBe(
			hash('purchaseEntry', broken),
		);
	});

	test('of master data ignores who saved it when', () => {
		const account = {
			ID: 'g1',
			Code: '4500',
			Description: 'Furniture',
			Modified: 'a',
			Creator: 'u',
		};
		const saved = {
			...account,
			Modified: 'b',
			Creator: 'v',
			ModifierFullName: 'W',
			Timestamp: '9',
		};
		expect(hash('glAccount', saved)).toBe(hash('glAccount', account));
		expect(hash('glAccount', { ...saved, Description: 'Desks' })).not.toBe(
			hash('glAccount', account),
		);
		expect(hash('glAccount', { ...account, document: { key: 'x' }, outcome: 'read' })).toBe(
			hash('glAccount', account),
		);
	});
});

describe('document head', () => {
	test('names the record', () => {
		expect(documentHead('purchaseEntry', entry())).toEqual({
			resource: 'purchaseEntry',
			key: 'exact:4711:purchaseEntry:e1',
			number: 'INV-1',
			contentHash: expect.any(String),
			modified: '2017-03-06T08:11:00.387Z',
			division: 4711,
		});
		expect(documentHead('purchaseOrder', order()).number).toBe('900001');
		expect(documentHead('payment', payment({ YourRef: '' })).number).toBe('20170001');
		expect(documentHead('costCenter', { ID: 'c1', Code: 'CC1' }, { division: 4711 })).toMatchObject(
			{
				key: 'exact:4711:costCenter:c1',
				number: 'CC1',
			},
		);
		expect(documentHead('division', { Code: 12 }, { division: 12 }).key).toBe(
			'exact:12:division:12',
		);
	});
});

describe('which resource a record is', () => {
	test('by its document head, else by its fields', () => {
		expect(detectResource({ ...entry(), document: { resource: 'purchaseEntry' } })).toBe(
			'purchaseEntry',
		);
		expect(detectResource({ document: { resource: 'glAccount' } })).toBeUndefined();
		expect(detectResource(entry())).toBe('purchaseEntry');
		expect(detectResource(order())).toBe('purchaseOrder');
		expect(detectResource(payment())).toBe('payment');
		expect(detectResource({ ID: 'i', InvoiceDate: '2017-01-01', Amount: 1, Supplier: 'a' })).toBe(
			'purchaseInvoice',
		);
		expect(detectResource({ name: 'x' })).toBeUndefined();
	});
});

test('a default that no document has is refused', () => {
	expect(() => checkDefaults({ 'suplier.name': 'X' })).toThrow(
		expect.objectContaining({ code: 'MAPPING_DEFAULT_INVALID', path: 'suplier.name' }),
	);
	expect(() => checkDefaults({ 'lines.unit': 'EA', 'payee.gln': '1' })).not.toThrow();
});

test('a document key says division, resource and ID; anything else is told', () => {
	expect(parseDocumentKey('exact:920172:purchaseEntry:df93-1')).toEqual({
		division: 920172,
		resource: 'purchaseEntry',
		id: 'df93-1',
	});
	expect(() => parseDocumentKey('INV-1')).toThrow(
		expect.objectContaining({ code: 'DOCUMENT_KEY_INVALID' }),
	);
});
