import type { INodeExecutionData } from 'n8n-workflow';
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
import { bytesOf, encode } from './support';

const EDIFACT = { standard: 'edifact' };

/** Messages of a file as segments of elements; the ledger's texts hold no released terminator. */
function messagesOf(item: INodeExecutionData | undefined): string[][][] {
	const messages: string[][][] = [];
	const segments = bytesOf(item)
		.toString('latin1')
		.slice(9)
		.split(/(?<!\?)'/);
	for (const segment of segments) {
		const elements = segment.split(/(?<!\?)\+/);
		if (elements[0] === 'UNH') messages.push([]);
		messages.at(-1)?.push(elements);
	}
	return messages;
}

const moa = (message: readonly string[][], qualifiers: readonly string[]): Decimal => {
	const found = message
		.filter(([tag]) => tag === 'MOA')
		.map((segment) => segment[1]?.split(':') ?? []);
	const last = found.filter(([qualifier]) => qualifiers.includes(qualifier ?? '')).at(-1);
	return parseDecimal(last?.[1] ?? '') ?? ZERO;
};

const currency = (message: readonly string[][]): string =>
	message.find(([tag]) => tag === 'CUX')?.[1]?.split(':')[1] ?? '';

function totals(rows: readonly (readonly [currency: string, amount: Decimal])[]): unknown {
	const sums: Record<string, Decimal> = {};
	for (const [name, amount] of rows) sums[name] = add(sums[name] ?? ZERO, amount);
	return Object.fromEntries(
		Object.entries(sums).map(([name, total]) => [name, formatDecimal(round(total, 2))]),
	);
}

const booked = (rows: readonly Json[]): unknown =>
	totals(
		rows.map(
			(row) => [String(row.Currency), decimalFromNumber(Number(row.AmountFC)) ?? ZERO] as const,
		),
	);

describeWithShared('EDI Encode with the real ledger, EDIFACT', () => {
	let ledger: Ledger;
	beforeAll(() => {
		ledger = loadLedger();
	});

	test.each(['D.96A', 'D.01B'])(
		'every entry that is not rejected is one INVOIC (%s)',
		async (release) => {
			const { encoded, rejected, error } = await encode(ledger.entries, { ...EDIFACT, release });
			expect(error).toBeUndefined();
			expect(rejected.filter((item) => item.json.outcome !== 'skipped')).toEqual([]);
			const sendable = ledger.entries.filter((row) => row.Status !== 5);
			const messages = messagesOf(encoded[0]);
			expect(messages).toHaveLength(sendable.length);
			const invoiced = messages.map((message) => {
				const credit = message.find(([tag]) => tag === 'BGM')?.[1]?.startsWith('381') === true;
				const amount = moa(message, ['77', '9']);
				return [currency(message), credit ? negate(amount) : amount] as const;
			});
			expect(totals(invoiced)).toEqual(booked(sendable));
		},
		120_000,
	);

	test('payments as REMADV, orders as ORDERS', async () => {
		const payments = await encode(ledger.payments, EDIFACT);
		expect(payments.error).toBeUndefined();
		const refused = new Set(payments.rejected.map((item) => item.json.ID));
		const paid = ledger.payments.filter((row) => !refused.has(String(row.ID)));
		const advised = messagesOf(payments.encoded[0]).map(
			(message) => [currency(message), moa(message, ['12', '9', '139', '77'])] as const,
		);
		expect(totals(advised)).toEqual(booked(paid));
		const units = ['pc', 'box', 'hr', 'kg', 'm', 'm2', 'day', 'l', 'set', 'pack', 'mth', 'month'];
		const codeMaps = { units: units.map((from) => ({ from, to: 'PCE' })) };
		const orders = await encode(ledger.orders, { ...EDIFACT, codeMaps });
		expect(orders.rejected.map((item) => item.json.issues)).toEqual([]);
		expect(messagesOf(orders.encoded[0])).toHaveLength(ledger.orders.length);
	}, 120_000);
});
