import fc from 'fast-check';
import { compare, parseDecimal, sum, ZERO } from '../../../lib/decimal';
import type { Invoice, Remittance } from '../../../lib/documents';
import { documentHead, toDocument, toRemittances } from '../../../lib/mapping';
import { entry, entryLine, payment } from './rows';
import type { Json } from './ledger';

const cents = fc.integer({ min: -500_000_000, max: 500_000_000 });
const money = (value: number): number => value / 100;
const text = (value: number): string => {
	const digits = String(Math.abs(value)).padStart(3, '0');
	return `${value < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

const lineCents = fc.record({ net: cents, vat: cents, code: fc.constantFrom('1', '4', '7') });

function booked(lines: readonly { net: number; vat: number; code: string }[]): Json {
	const net = lines.reduce((total, line) => total + line.net, 0);
	const vat = lines.reduce((total, line) => total + line.vat, 0);
	return entry({
		AmountFC: money(net + vat),
		VATAmountFC: money(vat),
		lines: lines.map((line, index) =>
			entryLine({
				LineNumber: index + 1,
				AmountFC: money(line.net),
				VATAmountFC: money(line.vat),
				VATBaseAmountFC: money(line.net),
				VATCode: line.code,
			}),
		),
	});
}

const total = (amounts: readonly string[]) =>
	sum(amounts.map((amount) => parseDecimal(amount) ?? ZERO));

describe('whatever is booked', () => {
	test('becomes an invoice or a credit note to the cent, with VAT per code', () => {
		fc.assert(
			fc.property(fc.array(lineCents, { minLength: 1, maxLength: 30 }), (lines) => {
				const result = toDocument('purchaseEntry', booked(lines));
				if (!result.ok) throw new Error(JSON.stringify(result.issues));
				const invoice = result.document as Invoice;
				const sign = invoice.kind === 'creditNote' ? -1 : 1;
				const gross = lines.reduce((all, line) => all + line.net + line.vat, 0);
				expect(invoice.grossTotal).toBe(text(Math.abs(gross)));
				expect(invoice.kind).toBe(gross < 0 ? 'creditNote' : 'invoice');
				expect(invoice.lines.map((line) => line.netAmount)).toEqual(
					lines.map((line) => text(line.net * sign || 0)),
				);
				for (const tax of invoice.taxes) {
					const own = lines.filter((line) => line.code === tax.code);
					const vat = own.reduce((all, line) => all + line.vat, 0);
					expect(tax.amount).toBe(text(vat * sign || 0));
				}
			}),
		);
	});

	test('one cent more or less is refused', () => {
		fc.assert(
			fc.property(
				fc.array(lineCents, { minLength: 1, maxLength: 10 }),
				fc.constantFrom(-1, 1),
				(lines, cent) => {
					const row = booked(lines);
					const gross = lines.reduce((all, line) => all + line.net + line.vat, 0);
					const result = toDocument('purchaseEntry', { ...row, AmountFC: money(gross + cent) });
					expect(result).toMatchObject({
						ok: false,
						issues: expect.arrayContaining([
							expect.objectContaining({ code: 'DOCUMENT_TOTALS_MISMATCH' }),
						]),
					});
				},
			),
		);
	});

	test('has the hash of its content, not of the order of its fields', () => {
		fc.assert(
			fc.property(fc.array(lineCents, { minLength: 1, maxLength: 5 }), fc.nat(), (lines, seed) => {
				const row = booked(lines);
				const fields = Object.entries(row);
				const at = seed % fields.length;
				const turned = Object.fromEntries([...fields.slice(at), ...fields.slice(0, at)]);
				expect(documentHead('purchaseEntry', turned).contentHash).toBe(
					documentHead('purchaseEntry', row).contentHash,
				);
			}),
		);
	});
});

test('every payment made is in exactly one result, and advices add up', () => {
	const row = fc.record({
		account: fc.constantFrom('a1', 'a2', 'a3'),
		currency: fc.constantFrom('EUR', 'USD'),
		day: fc.constantFrom('2017-04-03', '2017-04-04'),
		batch: fc.constantFrom(0, 7),
		status: fc.constantFrom(20, 30, 40, 50),
		amount: cents,
	});
	fc.assert(
		fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
			const payments = rows.map((one, index) =>
				payment({
					ID: `p${index}`,
					Account: one.account,
					Currency: one.currency,
					EntryDate: one.day,
					PaymentBatchNumber: one.batch,
					Status: one.status,
					AmountFC: money(one.amount),
				}),
			);
			const results = toRemittances(payments);
			const seen = results.flatMap((result) => result.rows);
			expect([...seen].sort((a, b) => a - b)).toEqual(rows.map((_, index) => index));
			for (const result of results) {
				if (!result.ok) continue;
				const advice: Remittance = result.document;
				const paid = total(advice.items.map((item) => item.paidAmount));
				expect(compare(paid, parseDecimal(advice.total) ?? ZERO)).toBe(0);
				expect(compare(paid, ZERO)).toBe(1);
				expect(
					new Set(result.rows.map((index) => `${rows[index]?.account} ${rows[index]?.currency}`))
						.size,
				).toBe(1);
			}
		}),
	);
});
