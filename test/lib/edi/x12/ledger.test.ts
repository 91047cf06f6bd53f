import { add, formatDecimal, parseDecimal, round, ZERO } from '../../../../lib/decimal';
import type { Decimal } from '../../../../lib/decimal';
import type { BusinessDocument } from '../../../../lib/documents';
import { x12Encoder, X12_RELEASES } from '../../../../lib/edi/x12';
import { toDocument, toRemittances } from '../../../../lib/mapping';
import { describeWithShared } from '../../../support/shared';
import { loadLedger } from '../../mapping/ledger';
import { envelope, settings } from './documents';
import { tokenize, validateFile } from './reading';

/** Totals per currency; what a document says and what the files say have to agree. */
class Totals {
	private readonly sums = new Map<string, Decimal>();

	add(currency: string, amount: Decimal | undefined): void {
		this.sums.set(currency, add(this.sums.get(currency) ?? ZERO, amount ?? ZERO));
	}

	get text(): Record<string, string> {
		return Object.fromEntries(
			[...this.sums].map(([currency, sum]) => [currency, formatDecimal(round(sum, 2))]),
		);
	}
}

const read = (text = ''): Decimal | undefined => parseDecimal(text.replace(/^(-?)\./, '$10.'));

async function writeAll(documents: readonly BusinessDocument[], raw: Record<string, unknown>) {
	const profile = x12Encoder.normalizeProfile({ ...settings, ...raw });
	const rejected: string[] = [];
	const prepared = documents.flatMap((document) => {
		const preparation = x12Encoder.prepare(document, profile);
		if (preparation.ok) return [preparation.prepared];
		rejected.push(...preparation.issues.map(({ code, message }) => `${code} ${message}`));
		return [];
	});
	const encoded = x12Encoder.assemble(prepared, profile, envelope);
	expect(await x12Encoder.verify(encoded, prepared, profile)).toEqual([]);
	const sets = validateFile(encoded.bytes);
	expect(sets).toHaveLength(prepared.length);
	expect(sets.flatMap(({ findings }) => findings)).toEqual([]);
	return {
		rejected,
		accepted: prepared.map(({ document }) => document),
		...tokenize(encoded.bytes),
	};
}

describeWithShared('the real ledger as X12', () => {
	const ledger = loadLedger();
	const documentsOf = (resource: 'purchaseEntry' | 'purchaseOrder', rows: typeof ledger.entries) =>
		rows.flatMap((row) => {
			const result = toDocument(resource, row);
			return result.ok ? [result.document] : [];
		});

	test.each(X12_RELEASES)('every purchase entry as 810 in %s', async (release) => {
		const documents = documentsOf('purchaseEntry', ledger.entries);
		const { rejected, accepted, segments } = await writeAll(documents, { release });
		expect(rejected).toEqual([]);
		expect(accepted.length).toBeGreaterThan(1900);
		const meant = new Totals();
		for (const document of accepted) {
			if (document.type === 'invoice')
				meant.add(document.currency, parseDecimal(document.grossTotal));
		}
		const written = new Totals();
		let currency = '';
		for (const { tag, elements } of segments) {
			if (tag === 'CUR') currency = elements[1] ?? '';
			if (tag === 'TDS') written.add(currency, { units: BigInt(elements[0] ?? ''), scale: 2 });
		}
		expect(written.text).toEqual(meant.text);
	});

	test.each(X12_RELEASES)('payments as 820 in %s', async (release) => {
		const documents = toRemittances(ledger.payments).flatMap((result) =>
			result.ok ? [result.document] : [],
		);
		const { rejected, accepted, segments } = await writeAll(documents, { release });
		expect(rejected).toEqual([]);
		expect(accepted.length).toBeGreaterThan(10);
		const meant = new Totals();
		const written = new Totals();
		for (const document of accepted) {
			if (document.type === 'remittance') meant.add('all', parseDecimal(document.total));
		}
		for (const { tag, elements } of segments)
			if (tag === 'RMR') written.add('all', read(elements[3]));
		expect(written.text).toEqual(meant.text);
	});

	test.each(X12_RELEASES)('orders as 850 in %s', async (release) => {
		const documents = documentsOf('purchaseOrder', ledger.orders);
		const { rejected, accepted, segments } = await writeAll(documents, { release });
		expect(rejected).toEqual([]);
		expect(accepted.length).toBeGreaterThan(50);
		expect(segments.filter(({ tag }) => tag === 'PO1')).toHaveLength(
			accepted.reduce(
				(sum, document) => sum + (document.type === 'purchaseOrder' ? document.lines.length : 0),
				0,
			),
		);
	});
});
