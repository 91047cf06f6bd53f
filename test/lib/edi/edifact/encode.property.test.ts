import fc from 'fast-check';
import {
	add,
	compare,
	formatDecimal,
	multiply,
	parseDecimal,
	round,
	sum,
	ZERO,
} from '../../../../lib/decimal';
import type { Decimal } from '../../../../lib/decimal';
import type {
	BusinessDocument,
	Invoice,
	PurchaseOrder,
	Remittance,
} from '../../../../lib/documents';
import {
	edifactEncoder,
	messageSchema,
	tokenizeEdifact,
	validateSegment,
} from '../../../../lib/edi/edifact';
import type { EdifactSegment } from '../../../../lib/edi/edifact';
import { identifierConflicts } from '../../../../lib/edi/partner';
import { compileStructure, StructureMatcher } from '../../../../lib/edi/syntax';
import { envelope } from './documents';
import { profileOf } from './encode';
import { readWithEdifact, readWithTsEdifact } from './peers';

/** Separators at every position, quotes and plus signs in names, and letters of many alphabets. */
const awkward = fc.constantFrom(
	...`?':+*,. -/&éßŁЖΩ€あ"()#@`,
	'ab',
	'Z',
	'7',
	' ',
	'??',
	"?'",
	'\r\n',
);
const texts = (max: number): fc.Arbitrary<string> =>
	fc
		.array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom('A', 'b', 'C', '1') }, awkward), {
			minLength: 1,
			maxLength: max,
		})
		.map((parts) => parts.join('').slice(0, max).trim() || 'x');

const cents = (min: number, max: number): fc.Arbitrary<Decimal> =>
	fc.integer({ min, max }).map((units) => ({ units: BigInt(units), scale: 2 }));
const day = fc
	.date({ min: new Date('2000-01-01'), max: new Date('2039-12-31'), noInvalidDate: true })
	.map((date) => date.toISOString().slice(0, 10));
const optional = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
	fc.option(arbitrary, { nil: undefined, freq: 2 });

const party = fc.record({
	name: texts(120),
	code: optional(texts(20)),
	vatNumber: optional(texts(20)),
	codeAtParty: optional(texts(10)),
	address: optional(
		fc.record({
			lines: fc.array(texts(35), { maxLength: 4 }),
			city: texts(30),
			postcode: fc.constantFrom('1015 CJ', '50667'),
			country: fc.constantFrom('NL', 'BE', 'DE'),
		}),
	),
});

const invoiceLine = fc.record({
	description: optional(texts(150)),
	quantity: optional(fc.integer({ min: 1, max: 9999 }).map((value) => String(value / 8))),
	unit: fc.constantFrom('stuk', 'kg', 'HUR'),
	net: cents(-99_999, 999_999),
	glAccount: optional(texts(10).map((code) => ({ code }))),
	costCenter: optional(texts(10).map((code) => ({ code }))),
});

const rates = ['21', '9', '0'] as const;

const invoices: fc.Arbitrary<Invoice> = fc
	.record({
		kind: fc.constantFrom('invoice' as const, 'creditNote' as const),
		number: texts(30),
		date: day,
		dueDate: optional(day),
		description: optional(texts(300)),
		supplier: party,
		buyer: party,
		lines: fc.array(invoiceLine, { minLength: 1, maxLength: 6 }),
		bases: fc.array(cents(0, 99_999), { maxLength: 3 }),
	})
	.map(({ lines, bases, ...head }): Invoice => {
		const net = sum(lines.map((line) => line.net));
		const taxes = bases.map((base, index) =>
			round(multiply(base, { units: BigInt(rates[index] ?? '0'), scale: 2 }), 2),
		);
		const tax = sum(taxes);
		return {
			...head,
			type: 'invoice',
			key: 'k',
			currency: 'EUR',
			lines: lines.map(({ net: amount, quantity, unit, ...line }, index) => ({
				...line,
				...(quantity === undefined ? {} : { quantity, unit }),
				number: index + 1,
				netAmount: formatDecimal(amount),
			})),
			taxes: taxes.map((amount, index) => ({
				code: String(index),
				percentage: rates[index] ?? '0',
				base: formatDecimal(bases[index] ?? ZERO),
				amount: formatDecimal(amount),
			})),
			netTotal: formatDecimal(net),
			taxTotal: formatDecimal(tax),
			grossTotal: formatDecimal(add(net, tax)),
		};
	});

const orders: fc.Arbitrary<PurchaseOrder> = fc
	.record({
		number: texts(30),
		date: day,
		supplier: party,
		buyer: party,
		shipTo: optional(party),
		lines: fc.array(
			fc.record({
				description: texts(90),
				notes: optional(texts(200)),
				net: cents(0, 99_999),
				code: texts(20),
			}),
			{ minLength: 1, maxLength: 4 },
		),
	})
	.map(
		({ lines, ...head }): PurchaseOrder => ({
			...head,
			type: 'purchaseOrder',
			key: 'k',
			currency: 'EUR',
			lines: lines.map(({ net, code, notes, description }, index) => ({
				number: index + 1,
				description,
				...(notes === undefined ? {} : { notes }),
				item: { code },
				quantity: '1',
				unit: 'stuk',
				unitPrice: formatDecimal(net),
				netAmount: formatDecimal(net),
			})),
			netTotal: formatDecimal(sum(lines.map(({ net }) => net))),
		}),
	);

const remittances: fc.Arbitrary<Remittance> = fc
	.record({
		number: texts(30),
		date: day,
		payer: party,
		payee: party,
		items: fc.array(fc.record({ invoiceNumber: texts(30), paid: cents(-9_999, 99_999) }), {
			minLength: 1,
			maxLength: 5,
		}),
	})
	.filter(({ items }) => compare(sum(items.map(({ paid }) => paid)), ZERO) > 0)
	.map(
		({ items, ...head }): Remittance => ({
			...head,
			type: 'remittance',
			key: 'k',
			currency: 'EUR',
			total: formatDecimal(sum(items.map(({ paid }) => paid))),
			items: items.map(({ invoiceNumber, paid }, index) => ({
				key: String(index),
				kind: compare(paid, ZERO) < 0 ? 'creditNote' : 'invoice',
				invoiceNumber,
				paidAmount: formatDecimal(paid),
			})),
		}),
	);

const documents = fc.array(fc.oneof(invoices, orders, remittances), { minLength: 1, maxLength: 3 });

const settings = fc.record({
	release: fc.constantFrom('D.96A', 'D.01B'),
	syntaxVersion: fc.constantFrom(3, 4),
	characterSet: fc.constantFrom('UNOA', 'UNOB', 'UNOC', 'UNOD', 'UNOE', 'UNOY'),
	charactersOutside: fc.constantFrom('replace', 'transliterate'),
	// Else nearly every document with an awkward number would be refused.
	identifierPolicy: fc.constant('replaceAndWarn'),
	decimalMark: fc.constantFrom('.', ','),
	segmentSuffix: fc.constantFrom('none', 'lf', 'crlf'),
	groups: fc.boolean(),
	usage: fc.constantFrom('test', 'production'),
	serviceStringAdvice: fc.constantFrom('always', 'whenNeeded'),
	separators: fc.constantFrom(
		{},
		{
			componentSeparator: '(',
			elementSeparator: '/',
			segmentTerminator: ')',
			releaseCharacter: '*',
			repetitionSeparator: '&',
		},
	),
});

const runs = { numRuns: 150 };

interface Written {
	readonly profile: ReturnType<typeof profileOf>;
	readonly encoded: ReturnType<typeof edifactEncoder.assemble>;
	readonly prepared: readonly Parameters<typeof edifactEncoder.assemble>[0][number][];
}

/** How many calls of `write` in a test made a file, and how many did not. */
let tries = { written: 0, refused: 0 };
beforeEach(() => {
	tries = { written: 0, refused: 0 };
});

/** An encoder that refuses everything would pass every property. */
afterEach(() => {
	expect(2 * tries.written).toBeGreaterThan(tries.refused);
});

/** Documents that this profile refuses are left out: refusals have tests of their own. */
function write(
	given: readonly BusinessDocument[],
	{ separators, ...more }: Readonly<Record<string, unknown>>,
): Written | undefined {
	const profile = profileOf({ ...more, ...(separators as object) });
	const ready = given.flatMap((document, index) => {
		const result = edifactEncoder.prepare({ ...document, key: `k${index}` }, profile);
		return result.ok ? [result.prepared] : [];
	});
	const conflicts = identifierConflicts(ready);
	const prepared = ready.filter((_, at) => !conflicts.has(at));
	if (prepared.length === 0) {
		tries.refused += 1;
		return undefined;
	}
	tries.written += 1;
	return { profile, prepared, encoded: edifactEncoder.assemble(prepared, profile, envelope) };
}

function messagesOf(segments: readonly EdifactSegment[]): EdifactSegment[][] {
	const messages: EdifactSegment[][] = [];
	for (const segment of segments) {
		if (segment.tag === 'UNH') messages.push([]);
		if (!['UNB', 'UNZ', 'UNG', 'UNE'].includes(segment.tag)) messages.at(-1)?.push(segment);
	}
	return messages;
}

test('what is written reads back to what was meant', async () => {
	await fc.assert(
		fc.asyncProperty(documents, settings, async (given, more) => {
			const written = write(given, more);
			if (written === undefined) return;
			const { encoded, prepared, profile } = written;
			expect(await edifactEncoder.verify(encoded, prepared, profile)).toEqual([]);
		}),
		runs,
	);
});

test('it is valid by the tables, with right counts and references', () => {
	fc.assert(
		fc.property(documents, settings, (given, more) => {
			const written = write(given, more);
			if (written === undefined) return;
			const { encoded, profile } = written;
			const { segments, problems } = tokenizeEdifact(encoded.bytes, {
				encoding: profile.charset.encoding,
			});
			expect(problems).toEqual([]);
			expect(segments).toHaveLength(encoded.segmentCount);
			const messages = messagesOf(segments);
			for (const message of messages) {
				const [header, trailer] = [message[0], message.at(-1)];
				expect(trailer?.elements).toEqual([[String(message.length)], [header?.elements[0]?.[0]]]);
				const id = header?.elements[1]?.[0] ?? '';
				const schema = messageSchema(id, profile.release, profile.syntaxVersion);
				if (schema === undefined) throw new Error(`no schema of ${id}`);
				const matcher = new StructureMatcher(compileStructure(schema.structure));
				message.forEach((segment, index) => {
					expect(matcher.place(segment.tag, index + 1)).toBeDefined();
					const spec = schema.segments[segment.tag];
					const mark = profile.serviceString.decimalMark as '.' | ',';
					const rules = { decimalMark: mark, noTrailingSeparators: true };
					expect(spec && validateSegment(segment, spec, { position: index + 1 }, rules)).toEqual(
						[],
					);
				});
				matcher.finish(message.length);
				expect(matcher.findings).toEqual([]);
			}
			const references = messages.map((message) => message[0]?.elements[0]?.[0]);
			expect(new Set(references).size).toBe(references.length);
			expect(references).toEqual(encoded.documents.map(({ controlNumber }) => controlNumber));
			const last = segments.at(-1);
			const groups = segments.filter(({ tag }) => tag === 'UNG').length;
			expect(last?.elements).toEqual([
				[String(profile.groups ? groups : messages.length)],
				['000123001'],
			]);
		}),
		runs,
	);
});

test('amounts equal decimal arithmetic to the cent', () => {
	const value = (segment: EdifactSegment | undefined): Decimal =>
		parseDecimal(segment?.elements[0]?.[1]?.replace(',', '.') ?? '') ?? { units: -1n, scale: 9 };
	fc.assert(
		fc.property(invoices, settings, (invoice, more) => {
			const written = write([invoice], more);
			if (written === undefined) return;
			const { segments } = tokenizeEdifact(written.encoded.bytes, {
				encoding: written.profile.charset.encoding,
			});
			const amounts = (qualifier: string): Decimal[] =>
				segments
					.filter(({ tag, elements }) => tag === 'MOA' && elements[0]?.[0] === qualifier)
					.map(value);
			const [lines, tax, gross, due] = ['79', '176', '77', '9'].map(
				(qualifier) => amounts(qualifier)[0] ?? ZERO,
			);
			expect(compare(sum(amounts('203')), lines ?? ZERO)).toBe(0);
			expect(compare(sum(amounts('124')), tax ?? ZERO)).toBe(0);
			expect(compare(add(lines ?? ZERO, tax ?? ZERO), gross ?? ZERO)).toBe(0);
			expect(compare(due ?? ZERO, gross ?? ZERO)).toBe(0);
			expect(formatDecimal(gross ?? ZERO)).toBe(invoice.grossTotal);
		}),
		runs,
	);
});

test('two other readers read the same, where they know the character set', () => {
	fc.assert(
		fc.property(
			documents,
			fc.constantFrom('D.96A', 'D.01B'),
			fc.constantFrom('.', ','),
			(given, release, decimalMark) => {
				// Their UNOC lacks no letter of ours, their UNOA and UNOB do.
				const written = write(given, {
					release,
					decimalMark,
					charactersOutside: 'replace',
					identifierPolicy: 'replaceAndWarn',
				});
				if (written === undefined) return;
				const { encoded, prepared, profile } = written;
				const text = new TextDecoder(profile.charset.encoding).decode(encoded.bytes);
				const meant = prepared.flatMap(({ body }) => body.segments);
				for (const read of [readWithEdifact, readWithTsEdifact]) {
					const bodies = read(text, 'UNOC').filter(
						({ tag }) => tag === 'UNS' || !tag.startsWith('UN'),
					);
					expect(bodies).toEqual(meant);
				}
			},
		),
		runs,
	);
});

test('an extra segment makes the careful way write what the quick way wrote', () => {
	const harmless = { level: 'header', template: 'RFF+CT:{custom.nothing}' };
	fc.assert(
		fc.property(documents, settings, (given, more) => {
			const quick = write(given, more);
			const careful = write(given, { ...more, extraSegments: [harmless] });
			expect(careful && Buffer.from(careful.encoded.bytes).toString('latin1')).toBe(
				quick && Buffer.from(quick.encoded.bytes).toString('latin1'),
			);
		}),
		runs,
	);
});
