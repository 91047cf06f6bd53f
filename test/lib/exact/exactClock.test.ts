import type { DeltaMethod, DivisionState } from '../../../lib/exact';
import { createReader, detectEncoding, getMany, RESOURCES } from '../../../lib/exact';
import type { SimulatedExact } from '../../support/exactSimulator';
import { simulateExact } from '../../support/exactSimulator';
import { ENTRY, guid, LINE, madeUpCompany } from '../../support/madeUpCompany';
import { keysOf, pollOnce } from '../../support/pollDriver';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Nights in which the clocks of Europe change (2000/84/EC): at 01:00 UTC. */
const AUTUMN = Date.parse('2026-10-25T01:00:00Z');
const SPRING = Date.parse('2026-03-29T01:00:00Z');

describe.each(['amsterdam', 'utc'] as const)('Exact writes its times in %s', (dates) => {
	let exact: SimulatedExact;
	afterEach(async () => {
		await exact.close();
	});
	const start = async (at: number) => {
		exact = await simulateExact({
			data: madeUpCompany(7),
			dates,
			startsAt: new Date(at).toISOString(),
		});
	};

	test.each([
		['autumn', AUTUMN, 'modified', 0],
		['autumn', AUTUMN, 'modified', 5],
		['autumn', AUTUMN, 'modified', 1440],
		['autumn', AUTUMN, 'timestamp', 5],
		['spring', SPRING, 'modified', 0],
		['spring', SPRING, 'timestamp', 5],
	] as const)(
		'in %s (%s) every change of the night comes, by %s with an overlap of %s minutes',
		async (_season, change, method: DeltaMethod, overlap) => {
			await start(change - 3 * HOUR);
			const settings = {
				resource: 'purchaseEntry',
				method,
				overlapMs: overlap * MINUTE,
				start: { kind: 'now' },
			} as const;
			let state: DivisionState | undefined;
			const delivered = new Map<string, string>();
			const poll = async () => {
				const result = await pollOnce(exact, settings, structuredClone(state));
				state = JSON.parse(JSON.stringify(result.state)) as DivisionState;
				for (const { row } of result.rows) {
					delivered.set(String(row.EntryID), String(row.Description));
				}
			};
			await poll();
			for (let minute = 0; minute < 6 * 60; minute += 4) {
				exact.clock.advance(2 * MINUTE);
				const key = guid(ENTRY, 1 + ((minute / 4) % 7));
				const text = `at minute ${minute}`;
				exact.simulator.controls.edit('purchase-entries', key, { Description: text });
				exact.clock.advance(2 * MINUTE);
				await poll();
				expect(delivered.get(key)).toBe(text);
			}
		},
	);

	test('Modified Since in the repeated hour delivers both of its passes', async () => {
		await start(AUTUMN - 20 * MINUTE);
		exact.simulator.controls.edit('purchase-entries', guid(ENTRY, 1), { Description: 'summer' });
		exact.clock.advance(50 * MINUTE);
		exact.simulator.controls.edit('purchase-entries', guid(ENTRY, 2), { Description: 'winter' });
		const client = exact.client();
		const reader = createReader(client, exact.simulator.division, await detectEncoding(client));
		expect(reader.encoding).toBe(dates);
		const since = async (modifiedSince: string) => {
			const rows = await getMany(reader, RESOURCES.purchaseEntry, {
				includes: [],
				filters: { modifiedSince },
			});
			return rows.map((row) => row.EntryID).sort();
		};
		// 02:30 of the first pass; what changed at 02:30 of the second has the same or a lower number.
		expect(await since('2026-10-25T00:30:00Z')).toEqual([guid(ENTRY, 1), guid(ENTRY, 2)]);
		expect(await since('2026-10-25T02:35:00.000+02:00')).toContain(guid(ENTRY, 2));
		expect(await since('2026-10-25T02:00:00Z')).toEqual([]);
	});

	test('a day is the day in the zone of Exact, also of a time with a zone', async () => {
		await start(Date.parse('2026-07-05T10:00:00Z'));
		exact.simulator.controls.edit('purchase-entries', guid(ENTRY, 1), { EntryDate: '2026-07-01' });
		exact.simulator.controls.edit('purchase-entries', guid(ENTRY, 2), { EntryDate: '2026-06-30' });
		const client = exact.client();
		const reader = createReader(client, exact.simulator.division, await detectEncoding(client));
		const from = async (dateFrom: string, dateTo: string) =>
			(
				await getMany(reader, RESOURCES.purchaseEntry, {
					includes: [],
					filters: { dateFrom, dateTo },
				})
			).map((row) => row.EntryID);
		const late = '2026-06-30T22:30:00Z';
		expect(await from(late, late)).toEqual([guid(ENTRY, dates === 'amsterdam' ? 1 : 2)]);
		expect(await from('2026-07-01', '2026-07-01')).toEqual([guid(ENTRY, 1)]);
		expect(await from('2026-07-01T08:15:00', '2026-07-01T08:15:00')).toEqual([guid(ENTRY, 1)]);
	});

	test('a start from a date begins with its midnight in the zone of Exact', async () => {
		await start(Date.parse('2026-07-01T06:00:00Z'));
		exact.simulator.controls.edit('purchase-entries', guid(ENTRY, 1), { Description: 'at six' });
		exact.clock.advance(4 * HOUR);
		const settings = {
			resource: 'purchaseEntry',
			start: { kind: 'date', date: '2026-07-01T09:00:00Z' },
		} as const;
		const result = await pollOnce(exact, settings, undefined);
		expect(keysOf(result, 'EntryID')).toEqual([guid(ENTRY, 1)]);
	});

	test('now is the same moment for a division that was away then', async () => {
		await start(Date.parse('2026-07-01T06:00:00Z'));
		const startedAt = exact.clock.now();
		exact.clock.advance(3 * HOUR);
		exact.simulator.controls.edit('purchase-entries', guid(ENTRY, 1), { Description: 'away' });
		exact.simulator.controls.edit(
			'purchase-entry-lines',
			guid(LINE, 21),
			{ Description: 'away' },
			{ touchHeader: true },
		);
		exact.clock.advance(HOUR);
		const client = exact.client();
		const encoding = await detectEncoding(client);
		for (const method of ['modified', 'timestamp'] as const) {
			const settings = {
				resource: 'purchaseEntry',
				method,
				start: { kind: 'now' },
				startedAt,
				encoding,
			} as const;
			const result = await pollOnce(exact, settings, undefined);
			const expected = [guid(ENTRY, 1), guid(ENTRY, 2)];
			expect(keysOf(result, 'EntryID')).toEqual(expect.arrayContaining(expected));
			expect(result.rows.length).toBeLessThan(4);
		}
	});
});
