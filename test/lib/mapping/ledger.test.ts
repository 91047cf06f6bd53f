import {
	add,
	compare,
	decimalFromNumber,
	formatDecimal,
	parseDecimal,
	round,
	ZERO,
} from '../../../lib/decimal';
import type { Decimal } from '../../../lib/decimal';
import type { BusinessDocument, Invoice, Remittance } from '../../../lib/documents';
import { documentHead, toDocument, toRemittances } from '../../../lib/mapping';
import { describeWithShared } from '../../support/shared';
import { loadLedger } from './ledger';
import type { Json, Ledger } from './ledger';

function booked(rows: readonly Json[], field: string): Record<string, string> {
	const sums: Record<string, Decimal> = {};
	for (const row of rows) {
		const currency = String(row.Currency);
		sums[currency] = add(sums[currency] ?? ZERO, decimalFromNumber(Number(row[field])) ?? ZERO);
	}
	return Object.fromEntries(
		Object.entries(sums).map(([currency, total]) => [currency, formatDecimal(round(total, 2))]),
	);
}

function written(
	documents: readonly { currency: string; total: string }[],
): Record<string, string> {
	return booked(
		documents.map(({ currency, total }) => ({ Currency: currency, total })),
		'total',
	);
}

describeWithShared('the real ledger', () => {
	let ledger: Ledger;
	beforeAll(() => {
		ledger = loadLedger();
	});

	test('every purchase entry that is not rejected is one invoice; sums per currency agree', () => {
		const documents: BusinessDocument[] = [];
		const skipped: unknown[] = [];
		const refused: unknown[] = [];
		for (const row of ledger.entries) {
			const result = toDocument('purchaseEntry', row);
			if (result.ok) documents.push(result.document);
			else if (result.skipped) skipped.push(row.Status);
			else refused.push(result.issues);
		}
		expect(refused).toEqual([]);
		expect(new Set(skipped)).toEqual(new Set([5]));
		const sendable = ledger.entries.filter((row) => row.Status !== 5);
		expect(documents).toHaveLength(sendable.length);
		expect(new Set(documents.map((document) => document.key)).size).toBe(sendable.length);
		const totals = (documents as Invoice[]).map((invoice) => ({
			currency: invoice.currency,
			total: invoice.kind === 'creditNote' ? `-${invoice.grossTotal}` : invoice.grossTotal,
		}));
		expect(written(totals)).toEqual(booked(sendable, 'AmountFC'));
	});

	test('G/L account and cost center of every line are carried', () => {
		for (const row of ledger.entries.filter((entry) => entry.Status !== 5)) {
			const result = toDocument('purchaseEntry', row);
			const invoice = result.ok ? (result.document as Invoice) : undefined;
			const lines = row.lines as Json[];
			expect(invoice?.lines.map((line) => [line.glAccount?.code, line.costCenter?.code])).toEqual(
				lines.map((line) => [line.GLAccountCode, line.CostCenter]),
			);
		}
	});

	test('purchase invoices and orders', () => {
		const invoices = ledger.invoices.map((row) => toDocument('purchaseInvoice', row));
		const drafts = ledger.invoices.filter((row) => row.Status === 10);
		expect(invoices.filter((result) => result.ok)).toHaveLength(
			ledger.invoices.length - drafts.length,
		);
		expect(invoices.filter((result) => !result.ok && result.skipped)).toHaveLength(drafts.length);
		const orders = ledger.orders.map((row) => toDocument('purchaseOrder', row));
		expect(orders.filter((result) => !result.ok)).toEqual([]);
	});

	test('every payment made is in exactly one advice, or named with its group', () => {
		const results = toRemittances(ledger.payments);
		const rows = results
			.filter((result) => result.ok || !result.skipped)
			.flatMap((result) => result.rows);
		const made = ledger.payments.flatMap((row, index) =>
			row.Status === 40 || row.Status === 50 ? [index] : [],
		);
		expect([...rows].sort((a, b) => a - b)).toEqual(made);
		const advices = results.flatMap((result) => (result.ok ? [result.document] : []));
		const inAdvices = results.flatMap((result) => (result.ok ? result.rows : []));
		expect(
			written(
				advices.map((advice: Remittance) => ({ currency: advice.currency, total: advice.total })),
			),
		).toEqual(
			booked(
				inAdvices.map((index) => ledger.payments[index] ?? {}),
				'AmountFC',
			),
		);
		expect(new Set(advices.map((advice) => advice.number)).size).toBe(advices.length);
		const refused = results.filter((result) => !result.ok && !result.skipped);
		expect(
			refused.every(
				(result) => !result.ok && result.issues[0]?.code === 'DOCUMENT_TOTAL_NOT_POSITIVE',
			),
		).toBe(true);
		for (const advice of advices) {
			expect(compare(parseDecimal(advice.total) ?? ZERO, ZERO)).toBe(1);
		}
	});

	test('content hashes tell records apart and survive a status change', () => {
		const hashes = ledger.entries.map((row) => documentHead('purchaseEntry', row).contentHash);
		const moved = ledger.entries.map(
			(row) =>
				documentHead('purchaseEntry', { ...row, Status: 50, Modified: '2020-01-01T00:00:00.000Z' })
					.contentHash,
		);
		expect(moved).toEqual(hashes);
	});
});
