import { createJoiner, createReader, getMany, getOne, RESOURCES } from '../../../lib/exact';
import type { Row } from '../../../lib/exact';
import type { SimulatedExact } from '../../support/exactSimulator';
import { oxfordLedger, simulateExact } from '../../support/exactSimulator';
import { describeWithShared } from '../../support/shared';

describeWithShared('Exact Online reads of a real ledger', () => {
	let exact: SimulatedExact;
	beforeEach(async () => {
		exact = await simulateExact({ data: oxfordLedger });
	});
	afterEach(async () => {
		await exact.close();
	});

	const readerOf = () => createReader(exact.client(), exact.simulator.division, 'amsterdam');

	test('1,000 purchase entries with all joins take at most 100 calls and break no rule', async () => {
		const reader = readerOf();
		const resource = RESOURCES.purchaseEntry;
		const rows = await getMany(reader, resource, {
			includes: resource.joins.map((join) => join.include),
			filters: {},
			limit: 1000,
		});
		process.stdout.write(`calls for 1,000 entries: ${reader.client.statistics.calls}\n`);
		expect(rows).toHaveLength(1000);
		expect(reader.client.statistics.calls).toBeLessThanOrEqual(100);
		expect(exact.simulator.violations).toEqual([]);
		const lines = exact.simulator.controls.rows('purchase-entry-lines');
		for (const row of rows) {
			const expected = lines.filter((line) => line.EntryID === row.EntryID);
			expect((row.lines as Row[]).map((line) => line.ID)).toEqual(
				expected.sort((a, b) => Number(a.LineNumber) - Number(b.LineNumber)).map((line) => line.ID),
			);
			expect((row.supplier as Row).ID).toBe(row.Supplier);
			expect((row.company as Row).Code).toBe(exact.simulator.division);
		}
	});

	test.each(Object.values(RESOURCES).map((resource) => [resource.name, resource] as const))(
		'%s is read with its joins',
		async (_, resource) => {
			const reader = readerOf();
			const rows = await getMany(reader, resource, {
				includes: resource.joins.map((join) => join.include),
				filters: {},
				limit: 70,
			});
			expect(rows.length).toBeGreaterThan(0);
			expect(exact.simulator.violations).toEqual([]);
			const again = await getOne(reader, resource, String(rows[0]?.[resource.key]), {
				includes: [],
				joiner: createJoiner(reader, resource, []),
			});
			expect(again[resource.key]).toBe(rows[0]?.[resource.key]);
		},
	);
});
