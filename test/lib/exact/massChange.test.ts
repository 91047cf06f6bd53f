import type { DivisionState, Row } from '../../../lib/exact';
import type { SimulatedExact } from '../../support/exactSimulator';
import { simulateExact } from '../../support/exactSimulator';
import { ENTRY, guid, madeUpCompany } from '../../support/madeUpCompany';
import { keysOf, pollOnce } from '../../support/pollDriver';

const MINUTE = 60_000;

describe('a mass change in Exact', () => {
	let exact: SimulatedExact;
	let state: DivisionState | undefined;
	afterEach(async () => {
		await exact.close();
	});
	const begin = async (entries: number, more = {}) => {
		state = undefined;
		exact = await simulateExact({
			data: madeUpCompany(entries),
			limits: { minutely: 100_000, daily: 1_000_000 },
			...more,
		});
	};
	const poll = async (overlapMinutes = 5, maxSteps?: number) => {
		const settings = {
			resource: 'purchaseEntry',
			includes: ['lines', 'supplier'],
			overlapMs: overlapMinutes * MINUTE,
			start: { kind: 'now' },
		} as const;
		const more = maxSteps === undefined ? {} : { maxSteps };
		const result = await pollOnce(exact, settings, structuredClone(state), more);
		state = JSON.parse(JSON.stringify(result.state)) as DivisionState;
		return result;
	};
	const process = (entries: number) => {
		const at = new Date(exact.clock.now()).toISOString();
		for (let number = 1; number <= entries; number += 1) {
			exact.simulator.controls.edit('purchase-entries', guid(ENTRY, number), {
				Status: 50,
				Modified: at,
			});
		}
	};

	test.each([
		['amsterdam', 5],
		['utc', 5],
		['amsterdam', 120],
	] as const)(
		'is read once: three hours of polls cost a fifth more at most (%s, overlap of %s minutes)',
		async (dates, overlap) => {
			await begin(600, { dates });
			await poll(overlap);
			exact.clock.advance(MINUTE);
			process(600);
			exact.clock.advance(MINUTE);
			exact.simulator.controls.clearJournal();
			expect((await poll(overlap)).rows).toHaveLength(600);
			const once = exact.simulator.controls.meteredCalls();
			let repeated = 0;
			const POLLS = 180;
			for (let minute = 0; minute < POLLS; minute += 1) {
				exact.clock.advance(MINUTE);
				repeated += (await poll(overlap)).rows.length;
			}
			expect(repeated).toBe(0);
			// An idle poll is a call of its own, mass change or not.
			expect(exact.simulator.controls.meteredCalls() - POLLS).toBeLessThanOrEqual(once * 1.2);
		},
		240_000,
	);

	test('beyond ten thousand rows nothing is repeated', async () => {
		await begin(12_120, { pageSize: 1_000 });
		await poll();
		exact.clock.advance(MINUTE);
		process(12_120);
		exact.clock.advance(MINUTE);
		const settings = { resource: 'purchaseEntry', overlapMs: 5 * MINUTE } as const;
		let rows: Row[] = [];
		for (let round = 0; round < 4; round += 1) {
			const result = await pollOnce(exact, settings, structuredClone(state));
			state = JSON.parse(JSON.stringify(result.state)) as DivisionState;
			rows = [...rows, ...result.rows.map(({ row }) => row)];
			exact.clock.advance(MINUTE);
		}
		expect(rows).toHaveLength(12_120);
	}, 240_000);

	test('what Exact stored late, and what was changed again, is found among it', async () => {
		await begin(200);
		await poll();
		exact.clock.advance(MINUTE);
		const moment = exact.clock.now();
		process(199);
		exact.clock.advance(MINUTE);
		expect((await poll()).rows).toHaveLength(199);
		exact.clock.advance(MINUTE);
		// Its transaction began with the others and ended only now.
		exact.simulator.controls.edit('purchase-entries', guid(ENTRY, 200), {
			Description: 'late',
			Modified: new Date(moment).toISOString(),
		});
		exact.simulator.controls.edit('purchase-entries', guid(ENTRY, 7), { Description: 'again' });
		const found = new Set<string>();
		for (let minute = 0; minute < 4; minute += 1) {
			for (const key of keysOf(await poll(), 'EntryID')) found.add(key);
			exact.clock.advance(MINUTE);
		}
		expect([...found].sort()).toEqual([guid(ENTRY, 7), guid(ENTRY, 200)].sort());
		exact.simulator.controls.remove('purchase-entries', guid(ENTRY, 9));
		exact.simulator.controls.edit('purchase-entries', guid(ENTRY, 11), { Description: 'too' });
		expect(keysOf(await poll(), 'EntryID')).toEqual([guid(ENTRY, 11)]);
	});
});
