import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';

import { presetLayout } from '../../../lib/flatfile';
import type { PresetName } from '../../../lib/flatfile';
import { describeWithShared, sharedDir } from '../../support/shared';
import { encode } from './samples';

type Row = Record<string, unknown>;

const read = (name: string): Row[] =>
	JSON.parse(
		readFileSync(path.join(sharedDir, 'data', 'oxford-2017q2', `${name}.json`), 'utf8'),
	) as Row[];

/** Sums of cents: an independent way to the same number. */
const cents = (rows: readonly Row[], field: string) =>
	rows.reduce((sum, row) => sum + BigInt(Math.round(Number(row[field]) * 100)), 0n);

const text = (units: bigint) => {
	const digits = (units < 0n ? -units : units).toString().padStart(3, '0');
	return `${units < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

function withDocument(resource: string, id: string, row: Row): Row {
	const document = { key: `exact:920172:${resource}:${String(row[id])}`, number: String(row[id]) };
	return { ...row, document: { ...document, division: 920172 } };
}

function joined(resource: string, headers: string, key: string, lines: string, foreignKey: string) {
	const accounts = new Map(read('accounts').map((account) => [account['ID'], account]));
	const byHeader = new Map<unknown, Row[]>();
	for (const line of read(lines)) {
		byHeader.set(line[foreignKey], [...(byHeader.get(line[foreignKey]) ?? []), line]);
	}
	return read(headers).map((row) =>
		withDocument(resource, key, {
			...row,
			supplier: accounts.get(row['Supplier']),
			lines: byHeader.get(row[key]) ?? [],
		}),
	);
}

const documents: readonly [PresetName, () => Row[], string, string][] = [
	[
		'purchaseEntry',
		() => joined('purchaseEntry', 'purchase-entries', 'EntryID', 'purchase-entry-lines', 'EntryID'),
		'AmountFC',
		'AmountFC',
	],
	[
		'purchaseInvoice',
		() =>
			joined('purchaseInvoice', 'purchase-invoices', 'ID', 'purchase-invoice-lines', 'InvoiceID'),
		'Amount',
		'Amount',
	],
	[
		'purchaseOrder',
		() =>
			joined(
				'purchaseOrder',
				'purchase-orders',
				'PurchaseOrderID',
				'purchase-order-lines',
				'PurchaseOrderID',
			),
		'AmountFC',
		'AmountFC',
	],
];

describeWithShared('the real ledger', () => {
	test.each(documents)('%s: trailers equal the ledger', (preset, load, amount, lineAmount) => {
		const rows = load();
		const lines = rows.flatMap((row) => row['lines'] as Row[]);
		const layout = presetLayout(preset);
		const result = encode(layout, rows);
		expect(result.rejected).toEqual([]);

		const records = Buffer.from(result.file?.bytes ?? [])
			.toString('latin1')
			.split('\r\n');
		expect(records.pop()).toBe('');
		const trailer = records.at(-1) as string;
		const part = (start: number, width: number) => trailer.slice(start - 1, start - 1 + width);
		expect(Number(part(2, 8))).toBe(rows.length);
		expect(Number(part(10, 8))).toBe(lines.length);
		const total = (start: number) => part(start, 18).replace(/^(-?)0+(?=\d)/, '$1');
		expect(total(18)).toBe(text(cents(rows, amount)));
		expect(total(36)).toBe(text(cents(lines, lineAmount)));
		expect(Number(part(54, 8))).toBe(records.length);
		expect(new Set(records.map((record) => `${record[0]}${record.length}`)).size).toBe(4);

		const csv = encode({ ...layout, csv: { rows: 'records' } }, rows, 'csv');
		const read = parse(Buffer.from(csv.file?.bytes ?? []).toString('latin1'), {
			relax_column_count: true,
		});
		expect(read).toHaveLength(records.length);
		expect(read.at(-1)).toEqual([
			String(rows.length),
			String(lines.length),
			text(cents(rows, amount)),
			text(cents(lines, lineAmount)),
			String(records.length),
		]);

		const table = encode(layout, rows, 'csv');
		const cells = parse(Buffer.from(table.file?.bytes ?? []).toString('latin1'), {
			columns: true,
		}) as Row[];
		expect(cells).toHaveLength(lines.length);
		expect(text(cents(cells, 'lineAmount'))).toBe(text(cents(lines, lineAmount)));
	});

	test.each([
		['payment', 'payments', 'ID'],
		['vendor', 'accounts', 'ID'],
		['glAccount', 'gl-accounts', 'ID'],
		['glAccountMapping', 'gl-classification-mappings', 'ID'],
		['costCenter', 'cost-centers', 'ID'],
	] as const)('%s: every row is in the file', (preset, file, id) => {
		const rows = read(file).map((row) => withDocument(preset, id, row));
		const result = encode(presetLayout(preset), rows);
		expect(result.rejected).toEqual([]);
		const records = Buffer.from(result.file?.bytes ?? [])
			.toString('latin1')
			.trimEnd()
			.split('\r\n');
		expect(Number(records.at(-1)?.slice(1, 9))).toBe(rows.length);
		expect(records).toHaveLength(rows.length + 2);
		if (preset === 'payment') {
			expect(result.file?.sums).toEqual({ 'payment.amount': text(cents(rows, 'AmountFC')) });
		}
	});
});
