import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type {
	BusinessDocument,
	Invoice,
	PurchaseOrder,
	Receipt,
	Remittance,
} from '../../../../lib/documents';
import { x12Encoder, X12_RELEASES } from '../../../../lib/edi/x12';
import type { X12ProfileSettings } from '../../../../lib/edi/x12';
import { repositoryRoot } from '../../../support/shared';
import {
	buyer,
	envelope,
	invoice,
	ledgerLine,
	minimalInvoice,
	purchaseOrder,
	receipt,
	remittance,
	settings,
	supplier,
} from './documents';
import { readWithNodeX12, tokenize, validateFile } from './reading';

interface Case {
	readonly name: string;
	readonly documents: readonly BusinessDocument[];
	readonly settings?: X12ProfileSettings;
}

const LONG = `${'A description that goes on and on '.repeat(6)}until it is longer than any element`;

const fullInvoice: Invoice = {
	...invoice,
	purpose: 'replacement',
	purchaseOrderNumber: 'PO-77',
	exchangeRate: '1.2',
	currency: 'USD',
	companyCurrency: 'EUR',
	description: 'Papers and pens',
	paymentReference: '7000 1234 5678 9010',
	paymentTerms: {
		code: '30',
		description: '30 days, 2% within 8',
		netDays: 30,
		discountDays: 8,
		discountPercentage: '2',
	},
	lines: [
		{
			...ledgerLine,
			quantity: '10',
			unit: 'doos',
			unitPrice: '10.5000',
			discountPercentage: '4.76',
			netAmount: '100.00',
			item: { code: 'PAP', supplierCode: 'VD-80', gtin: '871234500001' },
			costUnit: { code: 'CU9', name: 'Project stock' },
			project: { code: 'P-12' },
			purchaseOrderNumber: 'PO-78',
			periodFrom: '2017-03-01',
			periodTo: '2017-03-31',
		},
		{ number: 2, netAmount: '50.00', tax: { percentage: '0', amount: '0', exempt: true } },
	],
	taxes: [
		{ code: '2', percentage: '21', base: '100.00', amount: '21.00' },
		{ code: '0', percentage: '0', base: '50.00', amount: '0.00', exempt: true },
	],
	netTotal: '150.00',
	grossTotal: '171.00',
};

const invoiceCases: Case[] = [
	{ name: 'minimal', documents: [minimalInvoice] },
	{
		name: 'full',
		documents: [fullInvoice],
		settings: {
			costUnitQualifier: 'CM',
			projectQualifier: 'PJ',
			sendSegments: ['NTE'],
			usage: 'production',
			acknowledgmentRequested: true,
			senderQualifier: '14',
			receiverQualifier: '01',
			senderApplicationId: 'AP',
			receiverApplicationId: 'AR',
			extraSegments: [
				{ level: 'header', template: 'REF*DP*{buyer.code|left:3}' },
				{ level: 'header', template: 'N1*RI*Factoring Bank*92*F1' },
				{ level: 'header', template: 'N3*Bankplein 1', within: 'N1*RI' },
				{ level: 'line', template: 'DTM*011*{date|date:YYYYMMDD}', condition: 'line.quantity' },
				{ level: 'summary', template: 'AMT*1*{netTotal}' },
			],
		},
	},
	{ name: 'credit-note', documents: [{ ...invoice, kind: 'creditNote', number: 'CN-12' }] },
	{
		name: 'credit-note-negative',
		documents: [{ ...invoice, kind: 'creditNote', number: 'CN-12' }],
		settings: { creditNoteAmounts: 'negative' },
	},
	{
		name: 'many-lines',
		documents: [
			{
				...minimalInvoice,
				lines: Array.from({ length: 250 }, (_, index) => ({
					number: index + 1,
					description: `Line ${index + 1}`,
					netAmount: `${index}.01`,
				})),
				grossTotal: '31127.50',
			},
		],
	},
	{
		name: 'delimiters-in-data',
		documents: [{ ...invoice, supplier: { ...supplier, name: 'Fish*Chips~Co > 1' } }],
	},
	{
		name: 'delimiters-picked',
		documents: [{ ...invoice, supplier: { ...supplier, name: 'Fish*Chips~Co > 1' } }],
		settings: { delimiterInData: 'pick' },
	},
	{
		name: 'non-ascii',
		documents: [{ ...invoice, supplier: { ...supplier, name: 'Café Müller & Søn – Großhandel' } }],
	},
	{
		name: 'utf8',
		documents: [{ ...invoice, supplier: { ...supplier, name: 'Café Müller & Søn – Großhandel' } }],
		settings: { characterSet: 'utf8' },
	},
	{
		name: 'zero-and-negative',
		documents: [
			{
				...minimalInvoice,
				lines: [
					{ number: 1, netAmount: '0.00', description: 'Free sample' },
					{ number: 2, netAmount: '-25.5', description: 'Returned' },
					{ number: 3, netAmount: '10', description: 'Freight' },
				],
				grossTotal: '-15.50',
			},
		],
	},
	{
		name: 'long-texts',
		documents: [
			{
				...invoice,
				supplier: {
					...supplier,
					name: 'Stichting tot Bevordering van de Papieren Administratie in Nederland en Daarbuiten',
					address: {
						lines: ['Bedrijvenpark De Lange Naam van het Industriegebied, gebouw 12, ingang C'],
						city: 'Rotterdam',
						country: 'NL',
					},
				},
				lines: [{ ...ledgerLine, description: LONG }],
			},
		],
	},
	{
		name: 'implied-decimals',
		documents: [
			{
				...minimalInvoice,
				lines: [
					{ number: 1, netAmount: '0.05' },
					{ number: 2, netAmount: '420.9' },
					{ number: 3, netAmount: '1000' },
				],
				grossTotal: '1420.95',
			},
		],
	},
];

const remittanceCases: Case[] = [
	{
		name: 'minimal',
		documents: [
			{
				type: 'remittance',
				key: 'r2',
				number: 'PAY-2',
				date: '2017-04-05',
				currency: 'EUR',
				payer: { name: 'Buyer' },
				payee: { name: 'Supplier' },
				total: '10',
				items: [{ key: 'p', kind: 'invoice', invoiceNumber: 'I-1', paidAmount: '10' }],
			} satisfies Remittance,
		],
	},
	{
		name: 'full',
		documents: [remittance],
		settings: { extraSegments: [{ level: 'line', template: 'REF*PO*{line.ownNumber}' }] },
	},
	{
		name: 'non-ascii-and-delimiters',
		documents: [{ ...remittance, payee: { ...supplier, name: 'Čapek*Sons “Printers”' } }],
	},
	{
		name: 'many-lines',
		documents: [
			{
				...remittance,
				total: '30000.00',
				items: Array.from({ length: 300 }, (_, index) => ({
					key: `p${index}`,
					kind: 'invoice' as const,
					invoiceNumber: `INV-${index}`,
					paidAmount: '100.00',
				})),
			},
		],
	},
];

const orderCases: Case[] = [
	{
		name: 'minimal',
		documents: [
			{
				type: 'purchaseOrder',
				key: 'o2',
				number: '1',
				date: '2017-03-01',
				currency: 'EUR',
				supplier: { name: 'Supplier' },
				buyer: { name: 'Buyer' },
				lines: [{ number: 1, quantity: '1', unitPrice: '10', netAmount: '10' }],
				netTotal: '10',
			} satisfies PurchaseOrder,
		],
	},
	{
		name: 'full',
		documents: [purchaseOrder],
		settings: {
			groupVersion: '004010VICS',
			segmentSuffix: 'crlf',
			codeMaps: {
				units: { doos: 'CT' },
				parties: { '60032': { qualifier: '9', id: '1234567890001' } },
				paymentTerms: [{ from: '30', to: '01' }],
			},
		},
	},
	{ name: 'replacement', documents: [{ ...purchaseOrder, purpose: 'replacement' }] },
	{
		name: 'long-texts',
		documents: [
			{
				...purchaseOrder,
				lines: purchaseOrder.lines.map((line) => ({ ...line, description: LONG, notes: LONG })),
			},
		],
	},
];

const orderChangeCases: Case[] = (['replacement', 'cancellation'] as const).map((purpose) => ({
	name: purpose,
	documents: [{ ...purchaseOrder, purpose }],
	settings: { changedOrders: 'change' },
}));

const receiptCases: Case[] = [
	{
		name: 'minimal',
		documents: [
			{
				type: 'receipt',
				key: 'g2',
				number: '2',
				date: '2017-03-15',
				supplier: { name: 'Supplier' },
				buyer: { name: 'Buyer' },
				lines: [{ number: 1, quantity: '1' }],
			} satisfies Receipt,
		],
	},
	{ name: 'full', documents: [receipt], settings: { projectQualifier: 'PJ' } },
	{ name: 'replacement', documents: [{ ...receipt, purpose: 'replacement' }] },
];

const threePartners: readonly X12ProfileSettings[] = [
	{ senderId: 'VOORBEELD', receiverId: 'ACME', partner: 'Acme' },
	{ senderId: 'VOORBEELD', receiverId: 'GLOBEX', elementSeparator: '|', segmentTerminator: "'" },
	{ senderId: 'VOORBEELD', receiverId: 'INITECH', segmentSuffix: 'crlf', characterSet: 'basic' },
];

function expectGolden(name: string, bytes: Uint8Array): void {
	const file = path.join(repositoryRoot, 'test', 'fixtures', 'x12', `${name}.edi`);
	if (process.env['UPDATE_GOLDEN'] === '1') {
		mkdirSync(path.dirname(file), { recursive: true });
		writeFileSync(file, bytes);
	}
	expect(existsSync(file)).toBe(true);
	expect(Buffer.from(bytes).toString('utf8')).toBe(readFileSync(file, 'utf8'));
}

async function encode(documents: readonly BusinessDocument[], raw: X12ProfileSettings) {
	const profile = x12Encoder.normalizeProfile({ ...raw });
	const prepared = documents.map((document) => {
		const preparation = x12Encoder.prepare(document, profile);
		if (!preparation.ok) throw new Error(JSON.stringify(preparation.issues, null, 1));
		return preparation.prepared;
	});
	const encoded = x12Encoder.assemble(prepared, profile, envelope);
	expect(await x12Encoder.verify(encoded, prepared, profile)).toEqual([]);
	return encoded;
}

function expectReadable(bytes: Uint8Array, reader: 'every' | 'ours'): void {
	const text = Buffer.from(bytes).toString('utf8');
	const ours = tokenize(bytes);
	expect(ours.problems).toEqual([]);
	for (const { findings } of validateFile(bytes)) expect(findings).toEqual([]);
	if (reader === 'ours') return;
	// node-x12 takes numbers for numbers: leading zeros and trailing blanks are not compared.
	const plain = (value: string) => value.trim().replace(/^0+(?=\d)/, '');
	expect(readWithNodeX12(text).map((row) => row.map(plain))).toEqual(
		ours.segments.map(({ tag, elements }) => [tag, ...elements].map(plain)),
	);
}

describe.each(X12_RELEASES)('golden files of %s', (release) => {
	const cases = [
		...invoiceCases.map((entry) => ({ ...entry, set: '810' })),
		...remittanceCases.map((entry) => ({ ...entry, set: '820' })),
		...orderCases.map((entry) => ({ ...entry, set: '850' })),
		...orderChangeCases.map((entry) => ({ ...entry, set: '860' })),
		...receiptCases.map((entry) => ({ ...entry, set: '861' })),
	];

	test.each(cases)('$set $name', async ({ set, name, documents, settings: more }) => {
		const encoded = await encode(documents, {
			...settings,
			release,
			segmentSuffix: 'lf',
			...more,
			...(release === '005010' && more?.groupVersion ? { groupVersion: '005010' } : {}),
		});
		expectGolden(`${set}-${release}-${name}`, encoded.bytes);
		expectReadable(encoded.bytes, 'every');
	});

	test('three partners in one run', async () => {
		const files = await Promise.all(
			threePartners.map((partner) =>
				encode([invoice, { ...invoice, key: 'other', number: 'INV-2' }], { ...partner, release }),
			),
		);
		files.forEach(({ bytes }, index) => {
			expectGolden(`810-${release}-partner-${threePartners[index]?.receiverId ?? ''}`, bytes);
			expectReadable(bytes, 'every');
		});
	});
});

test('an order that is new is an 850, whatever becomes of changed ones', () => {
	const profile = x12Encoder.normalizeProfile({ ...settings, changedOrders: 'change' });
	const sets = (['original', 'replacement', 'cancellation'] as const).map((purpose) => {
		const preparation = x12Encoder.prepare({ ...purchaseOrder, purpose }, profile);
		return preparation.ok ? preparation.prepared.body.set : preparation.issues;
	});
	expect(sets).toEqual(['850', '860', '860']);
});

test('groups by functional identifier, sets numbered within their group', async () => {
	const profile = x12Encoder.normalizeProfile({ ...settings });
	const documents = [invoice, purchaseOrder, { ...minimalInvoice, buyer }, remittance];
	const prepared = documents.map((document) => {
		const preparation = x12Encoder.prepare(document, profile);
		if (!preparation.ok) throw new Error('rejected');
		return preparation.prepared;
	});
	expect(x12Encoder.groupCount(prepared, profile)).toBe(3);
	const encoded = x12Encoder.assemble(prepared, profile, {
		...envelope,
		groupControlNumbers: ['123001', '123002', '123003'],
	});
	expect(
		encoded.documents.map((d) => [d.messageId, d.controlNumber, d.groupControlNumber]),
	).toEqual([
		['810', '0001', '123001'],
		['810', '0002', '123001'],
		['850', '0001', '123002'],
		['820', '0001', '123003'],
	]);
	expect(await x12Encoder.verify(encoded, prepared, profile)).toEqual([]);
	const { segments } = tokenize(encoded.bytes);
	expect(segments).toHaveLength(encoded.segmentCount);
	expect(segments.at(-1)?.elements).toEqual(['3', '000123001']);
});
