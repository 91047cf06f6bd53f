import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import {
	add,
	decimalFromNumber,
	formatDecimal,
	negate,
	parseDecimal,
	round,
	ZERO,
} from '../../../lib/decimal';
import type { Decimal } from '../../../lib/decimal';
import { loadLedger } from '../../lib/mapping/ledger';
import type { Json, Ledger } from '../../lib/mapping/ledger';
import { describeWithShared } from '../../support/shared';
import { encode, segmentsOf } from './support';

/** Transaction sets of a file as their segments. */
function setsOf(item: INodeExecutionData | undefined): string[][][] {
	const sets: string[][][] = [];
	for (const segment of segmentsOf(item)) {
		if (segment[0] === 'ST') sets.push([]);
		sets.at(-1)?.push(segment);
	}
	return sets;
}

const element = (set: readonly string[][], tag: string, position: number): string =>
	set.find(([name]) => name === tag)?.[position] ?? '';

const hundredths = (text: string): Decimal => ({ units: BigInt(text), scale: 2 });

function addTo(sums: Record<string, Decimal>, currency: string, amount: Decimal): void {
	sums[currency] = add(sums[currency] ?? ZERO, amount);
}

const shown = (sums: Record<string, Decimal>): Record<string, string> =>
	Object.fromEntries(
		Object.entries(sums).map(([currency, total]) => [currency, formatDecimal(round(total, 2))]),
	);

function booked(rows: readonly Json[]): Record<string, string> {
	const sums: Record<string, Decimal> = {};
	for (const row of rows) {
		addTo(sums, String(row.Currency), decimalFromNumber(Number(row.AmountFC)) ?? ZERO);
	}
	return shown(sums);
}

describeWithShared('EDI Encode with the real ledger', () => {
	let ledger: Ledger;
	beforeAll(() => {
		ledger = loadLedger();
	});

	test.each(['004010', '005010'])(
		'every entry that is not rejected is one 810 (%s)',
		async (release) => {
			const { encoded, rejected, error } = await encode(ledger.entries, { release });
			expect(error).toBeUndefined();
			const skipped = ledger.entries.filter((row) => row.Status === 5);
			const reasons = rejected.map((item) => [
				item.json.outcome,
				(item.json.issues as IDataObject[]).map((issue) => issue.message),
			]);
			expect(reasons.filter(([outcome]) => outcome !== 'skipped')).toEqual([]);
			expect(rejected).toHaveLength(skipped.length);
			const sendable = ledger.entries.filter((row) => row.Status !== 5);
			expect(encoded).toHaveLength(1);
			const sets = setsOf(encoded[0]);
			expect(sets).toHaveLength(sendable.length);
			// The own number is in every set, and stands for one entry.
			const own = sets.map(
				(set) => set.find(([tag, qualifier]) => tag === 'REF' && qualifier === 'VV')?.[2],
			);
			expect([...own].sort()).toEqual(sendable.map((row) => String(row.EntryNumber)).sort());
			const sums: Record<string, Decimal> = {};
			for (const set of sets) {
				const amount = hundredths(element(set, 'TDS', 1));
				const credit = element(set, 'BIG', 7) === 'CR';
				addTo(sums, element(set, 'CUR', 2), credit ? negate(amount) : amount);
			}
			expect(shown(sums)).toEqual(booked(sendable));
			for (const [index, row] of sendable.entries()) {
				const set = sets[index] ?? [];
				const allocated = (qualifier: string): (string | undefined)[] =>
					set
						.filter(([tag, code]) => tag === 'REF' && code === qualifier)
						.map((segment) => segment[2]);
				const lines = row.lines as Json[];
				expect(allocated('GZ')).toEqual(lines.map((line) => line.GLAccountCode));
				expect(allocated('CA')).toEqual(lines.map((line) => line.CostCenter));
			}
		},
		120_000,
	);

	test('every payment made is in one 820, sums per currency agree', async () => {
		const { encoded, rejected, error } = await encode(ledger.payments);
		expect(error).toBeUndefined();
		const made = new Set(
			ledger.payments.filter((row) => row.Status === 40 || row.Status === 50).map((row) => row.ID),
		);
		const refused = new Set(
			rejected.filter((item) => item.json.outcome === 'rejected').map((item) => item.json.ID),
		);
		const advices = encoded[0]?.json.documents as { sources: { key: string }[] }[];
		const advised = advices.flatMap(({ sources }) => sources.map(({ key }) => key.split(':').at(-1)));
		expect([...advised, ...refused].sort()).toEqual([...made].sort());
		const sums: Record<string, Decimal> = {};
		for (const set of setsOf(encoded[0])) {
			addTo(sums, element(set, 'CUR', 2), parseDecimal(element(set, 'BPR', 2)) ?? ZERO);
		}
		const paid = ledger.payments.filter((row) => made.has(row.ID) && !refused.has(String(row.ID)));
		expect(shown(sums)).toEqual(booked(paid));
	}, 120_000);

	test('all orders as 850, purchase invoices as 810', async () => {
		const units = ['pc', 'box', 'hr', 'kg', 'm', 'm2', 'day', 'l', 'set', 'pack', 'mth', 'month'];
		const codeMaps = { units: units.map((from) => ({ from, to: 'EA' })) };
		const orders = await encode(ledger.orders, { codeMaps });
		expect(orders.rejected.map((item) => item.json.issues)).toEqual([]);
		expect(setsOf(orders.encoded[0])).toHaveLength(ledger.orders.length);
		const invoices = await encode(ledger.invoices, { codeMaps });
		const drafts = ledger.invoices.filter((row) => row.Status === 10);
		expect(invoices.rejected.map((item) => item.json.outcome)).toEqual(drafts.map(() => 'skipped'));
		expect(setsOf(invoices.encoded[0])).toHaveLength(ledger.invoices.length - drafts.length);
	}, 120_000);
});
