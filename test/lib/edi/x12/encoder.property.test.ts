import fc from 'fast-check';

import {
	absolute,
	compare,
	formatDecimal,
	formatShortest,
	multiply,
	negate,
	parseDecimal,
	subtract,
	sum,
} from '../../../../lib/decimal';
import type { Decimal } from '../../../../lib/decimal';
import type {
	Invoice,
	InvoiceLine,
	Party,
	PurchaseOrder,
	Remittance,
} from '../../../../lib/documents';
import { x12Encoder, X12_RELEASES } from '../../../../lib/edi/x12';
import type { X12ProfileSettings } from '../../../../lib/edi/x12';
import { envelope } from './documents';
import { readWithNodeX12, tokenize, validateFile } from './reading';

const cents = (min: number, max: number) =>
	fc.integer({ min, max }).map((units) => formatDecimal({ units: BigInt(units), scale: 2 }));

/** Texts with everything that hurts: delimiters, accents, other scripts with Latin names, blanks. */
const text = (max: number) =>
	fc
		.stringMatching(/^[A-Za-z0-9 *~>:^'"&éüßÅøñ–“”€,.@|+?\\_\n\t]{1,100}$/)
		.map((value) => `A${value}`.slice(0, max));

const code = fc.stringMatching(/^[A-Z0-9]{2,12}$/);
const date = fc
	.date({ min: new Date('2000-01-01'), max: new Date('2049-12-31'), noInvalidDate: true })
	.map((day) => day.toISOString().slice(0, 10));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

function defined<T extends object>(value: T): T {
	return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as T;
}

const party: fc.Arbitrary<Party> = fc
	.record({
		name: text(100),
		code: maybe(code),
		gln: maybe(fc.stringMatching(/^\d{13}$/)),
		vatNumber: maybe(fc.stringMatching(/^NL\d{9}B\d{2}$/)),
		email: maybe(fc.constant('info@example.com')),
		phone: maybe(fc.constant('+31 10 1234567')),
		address: maybe(
			fc
				.record({
					lines: fc.array(text(60), { maxLength: 2 }),
					city: maybe(text(28).map((value) => `Xx${value}`.slice(0, 20))),
					postcode: maybe(fc.stringMatching(/^\d{4} [A-Z]{2}$/)),
					country: maybe(fc.constantFrom('NL', 'BE', 'US')),
				})
				.map(defined),
		),
	})
	.map(defined) as fc.Arbitrary<Party>;

interface LineSeed {
	readonly amount: string;
	readonly priced: { readonly quantity: number; readonly price: string } | undefined;
	readonly description: string | undefined;
	readonly gl: string;
}

const lineSeed: fc.Arbitrary<LineSeed> = fc.record({
	amount: cents(-500_000, 5_000_000),
	priced: maybe(
		fc.record({ quantity: fc.integer({ min: -50, max: 50 }), price: cents(1, 99_999) }),
	),
	description: maybe(text(100)),
	gl: code,
});

function lineOf({ amount, priced, description, gl }: LineSeed, index: number): InvoiceLine {
	const shared = { number: index + 1, glAccount: { code: gl, name: 'Ledger account' } };
	const more = description === undefined ? {} : { description };
	if (priced === undefined || priced.quantity === 0)
		return { ...shared, ...more, netAmount: amount };
	const price = parseDecimal(priced.price) as Decimal;
	const net = multiply({ units: BigInt(priced.quantity), scale: 0 }, price);
	return {
		...shared,
		...more,
		quantity: String(priced.quantity),
		unit: 'EA',
		unitPrice: priced.price,
		netAmount: formatDecimal({ units: net.units, scale: 2 }),
	};
}

const invoice: fc.Arbitrary<Invoice> = fc
	.record({
		number: code,
		ownNumber: code,
		date,
		dueDate: date,
		kind: fc.constantFrom('invoice' as const, 'creditNote' as const),
		supplier: party,
		buyer: party,
		seeds: fc.array(lineSeed, { minLength: 1, maxLength: 12 }),
		taxes: fc.array(
			fc.record({
				percentage: fc.constantFrom('0', '6', '9', '21', '5.5'),
				amount: cents(-9_999, 99_999),
			}),
			{ maxLength: 5 },
		),
	})
	.map(({ seeds, ...head }) => {
		const lines = seeds.map(lineOf);
		const amounts = [
			...lines.map((line) => line.netAmount),
			...head.taxes.map((tax) => tax.amount),
		];
		const gross = sum(amounts.map((amount) => parseDecimal(amount) as Decimal));
		return {
			...head,
			type: 'invoice' as const,
			key: `test:${head.number}`,
			currency: 'EUR',
			lines,
			netTotal: '0',
			taxTotal: '0',
			grossTotal: formatDecimal(gross),
		};
	});

const remittance: fc.Arbitrary<Remittance> = fc
	.record({
		number: code,
		date,
		payer: party,
		payee: party,
		items: fc.array(fc.record({ invoiceNumber: code, paidAmount: cents(1, 900_000) }), {
			minLength: 1,
			maxLength: 12,
		}),
	})
	.map(({ items, ...head }) => ({
		...head,
		type: 'remittance' as const,
		key: `test:${head.number}`,
		currency: 'EUR',
		items: items.map((item, index) => ({ ...item, key: `p${index}`, kind: 'invoice' as const })),
		total: formatDecimal(sum(items.map((item) => parseDecimal(item.paidAmount) as Decimal))),
	}));

const purchaseOrder: fc.Arbitrary<PurchaseOrder> = fc
	.record({
		number: code,
		date,
		supplier: party,
		buyer: party,
		lines: fc.array(
			fc.record({
				quantity: fc.integer({ min: 1, max: 999 }).map(String),
				unitPrice: cents(1, 999_999),
				description: text(100),
				notes: text(100),
			}),
			{ minLength: 1, maxLength: 8 },
		),
	})
	.map(({ lines, ...head }) => ({
		...head,
		type: 'purchaseOrder' as const,
		key: `test:${head.number}`,
		currency: 'EUR',
		netTotal: '1.00',
		lines: lines.map((line, index) => {
			const price = parseDecimal(line.unitPrice) as Decimal;
			const net = multiply({ units: BigInt(line.quantity), scale: 0 }, price);
			return { ...line, number: index + 1, netAmount: formatDecimal(net) };
		}),
	}));

const profile: fc.Arbitrary<X12ProfileSettings> = fc
	.record({
		release: fc.constantFrom(...X12_RELEASES),
		elementSeparator: fc.constantFrom('*', '|', '\\x1d'),
		componentSeparator: fc.constantFrom('>', ':', '\\x1f'),
		segmentTerminator: fc.constantFrom('~', "'", '\\x1c'),
		segmentSuffix: fc.constantFrom('none' as const, 'lf' as const, 'crlf' as const),
		delimiterInData: fc.constantFrom('replace' as const, 'pick' as const),
		characterSet: fc.constantFrom('basic' as const, 'extended' as const, 'utf8' as const),
		charactersOutside: fc.constantFrom('transliterate' as const, 'replace' as const),
		creditNoteAmounts: fc.constantFrom('positive' as const, 'negative' as const),
	})
	.map((more) => ({
		senderId: 'SENDER',
		receiverId: 'RECEIVER',
		longText: 'cut' as const,
		...more,
		// The basic set has no substitute for ^ and its like: those documents are rejected by design.
		...(more.characterSet === 'basic' ? { charactersOutside: 'replace' as const } : {}),
	}));

async function write(document: Invoice | Remittance | PurchaseOrder, raw: X12ProfileSettings) {
	const settings = x12Encoder.normalizeProfile({ ...raw });
	const preparation = x12Encoder.prepare(document, settings);
	if (!preparation.ok) return { rejected: preparation.issues, bytes: new Uint8Array() };
	const prepared = [preparation.prepared];
	const encoded = x12Encoder.assemble(prepared, settings, envelope);
	expect(await x12Encoder.verify(encoded, prepared, settings)).toEqual([]);
	return { rejected: [], bytes: encoded.bytes };
}

/** What every file must be, whatever is in it. */
function expectSound(bytes: Uint8Array): void {
	const { segments, problems, delimiters } = tokenize(bytes);
	expect(problems).toEqual([]);
	for (const { findings } of validateFile(bytes)) expect(findings).toEqual([]);
	const tags = segments.map(({ tag }) => tag);
	expect([tags[0], tags[1], tags[2]]).toEqual(['ISA', 'GS', 'ST']);
	const se = segments.find(({ tag }) => tag === 'SE');
	expect(se?.elements).toEqual([String(tags.indexOf('SE') - 1), '0001']);
	expect(segments.at(-2)?.elements).toEqual(['1', envelope.groupControlNumbers[0]]);
	expect(segments.at(-1)?.elements).toEqual(['1', envelope.interchangeControlNumber]);
	for (const { tag, elements } of segments) {
		expect(elements.at(-1)).not.toBe('');
		// A component separator outside of ISA16 would be one inside data: no default uses composites.
		if (tag !== 'ISA') {
			for (const element of elements) expect(element).not.toContain(delimiters[0]?.component);
		}
	}
	const plain = (value: string) => value.trim().replace(/^0+(?=\d)/, '');
	expect(readWithNodeX12(Buffer.from(bytes).toString('utf8')).map((row) => row.map(plain))).toEqual(
		segments.map(({ tag, elements }) => [tag, ...elements].map(plain)),
	);
}

const RUNS = { numRuns: 60 };

test('invoices: valid, read back alike by three readers, and exact to the cent', async () => {
	await fc.assert(
		fc.asyncProperty(invoice, profile, async (document, raw) => {
			const { bytes, rejected } = await write(document, raw);
			expect(rejected).toEqual([]);
			expectSound(bytes);
			const { segments } = tokenize(bytes);
			const sign =
				document.kind === 'creditNote' && raw.creditNoteAmounts === 'negative' ? -1n : 1n;
			const tds = BigInt(segments.find(({ tag }) => tag === 'TDS')?.elements[0] ?? 'x');
			const gross = parseDecimal(document.grossTotal) as Decimal;
			expect(tds).toBe(sign * gross.units);
			// A receiver's own sum of lines, allowances, charges and taxes comes to the same total.
			let total: Decimal = { units: 0n, scale: 0 };
			let inLines = false;
			for (const { tag, elements } of segments) {
				const number = (at: number) =>
					parseDecimal((elements[at - 1] ?? '0').replace(/^(-?)\./, '$10.')) as Decimal;
				if (tag === 'IT1') {
					inLines = true;
					total = subtract(total, negate(multiply(number(2), number(4))));
				}
				if (tag === 'TDS') inLines = false;
				if (tag === 'TXI' && !inLines) total = subtract(total, negate(number(2)));
			}
			expect(compare(absolute(total), absolute({ units: tds, scale: 2 }))).toBe(0);
			expect(segments.filter(({ tag }) => tag === 'IT1')).toHaveLength(document.lines.length);
			expect(segments.find(({ tag }) => tag === 'CTT')?.elements[0]).toBe(
				String(document.lines.length),
			);
		}),
		RUNS,
	);
});

test('remittances: what is paid adds up to BPR02', async () => {
	await fc.assert(
		fc.asyncProperty(remittance, profile, async (document, raw) => {
			const { bytes, rejected } = await write(document, raw);
			expect(rejected).toEqual([]);
			expectSound(bytes);
			const { segments } = tokenize(bytes);
			const read = (value = 'x') => parseDecimal(value.replace(/^\./, '0.')) as Decimal;
			const paid = sum(
				segments.filter(({ tag }) => tag === 'RMR').map(({ elements }) => read(elements[3])),
			);
			const bpr = segments.find(({ tag }) => tag === 'BPR');
			expect(formatShortest(paid)).toBe(formatShortest(read(bpr?.elements[1])));
		}),
		RUNS,
	);
});

test('orders: valid and read back alike', async () => {
	await fc.assert(
		fc.asyncProperty(purchaseOrder, profile, async (document, raw) => {
			const { bytes, rejected } = await write(document, raw);
			expect(rejected).toEqual([]);
			expectSound(bytes);
			const lines = tokenize(bytes).segments.filter(({ tag }) => tag === 'PO1');
			expect(lines.map(({ elements }) => elements[1])).toEqual(
				document.lines.map(({ quantity }) => quantity),
			);
		}),
		RUNS,
	);
});

test('whatever the document, there is a file or an issue, never an exception', async () => {
	const wild = fc.record({
		type: fc.constantFrom('invoice', 'remittance', 'purchaseOrder'),
		key: fc.string(),
		number: fc.string({ unit: 'binary', maxLength: 40 }),
		date: fc.string({ maxLength: 12 }),
		currency: fc.string({ maxLength: 4 }),
		kind: fc.constantFrom('invoice', 'creditNote'),
		supplier: fc.record({ name: fc.string({ unit: 'grapheme' }), code: fc.string() }),
		buyer: fc.record({ name: fc.string({ unit: 'grapheme' }) }),
		payer: fc.record({ name: fc.string() }),
		payee: fc.record({ name: fc.string() }),
		lines: fc.array(
			fc.record({
				number: fc.integer(),
				netAmount: fc.string(),
				quantity: fc.string(),
				unitPrice: fc.string(),
			}),
		),
		items: fc.array(
			fc.record({
				kind: fc.constant('invoice'),
				invoiceNumber: fc.string(),
				paidAmount: fc.string(),
			}),
		),
		taxes: fc.array(fc.record({ amount: fc.string(), percentage: fc.string() })),
		total: fc.string(),
		netTotal: fc.string(),
		grossTotal: fc.string(),
	});
	await fc.assert(
		fc.asyncProperty(wild, profile, async (document, raw) => {
			const { bytes, rejected } = await write(document as unknown as Invoice, raw);
			if (rejected.length === 0) {
				for (const { findings } of validateFile(bytes)) expect(findings).toEqual([]);
			} else for (const issue of rejected) expect(issue.message).not.toBe('');
		}),
		{ numRuns: 200 },
	);
});
