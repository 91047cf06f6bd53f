import type { CoreError } from '../../../lib/errors';
import type { DivisionState, PollResult } from '../../../lib/exact';
import { createReader, getMany, RESOURCES } from '../../../lib/exact';
import type { SimulatedExact } from '../../support/exactSimulator';
import { simulateExact } from '../../support/exactSimulator';
import {
	ENTRY,
	entryRow,
	guid,
	lineRow,
	madeUpCompany,
	mappingKey,
} from '../../support/madeUpCompany';
import type { PollSettings } from '../../support/pollDriver';
import { keysOf, pollOnce } from '../../support/pollDriver';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('a right that is lost answers 200 with an empty list', () => {
	let exact: SimulatedExact;
	let state: DivisionState | undefined;
	beforeEach(async () => {
		exact = await simulateExact({ data: madeUpCompany(7), pageSize: 3 });
		state = undefined;
	});
	afterEach(async () => {
		await exact.close();
	});

	async function poll(
		settings: PollSettings,
		more: { maxSteps?: number } = {},
	): Promise<PollResult | CoreError> {
		try {
			const result = await pollOnce(exact, settings, structuredClone(state), more);
			state = JSON.parse(JSON.stringify(result.state)) as DivisionState;
			return result.stoppedBy ?? result;
		} catch (error) {
			return error as CoreError;
		}
	}
	const codeOf = (result: PollResult | CoreError) => ('code' in result ? result.code : 'read');
	const deletedOf = (result: PollResult | CoreError) =>
		'code' in result ? [] : result.deletions.map(({ key }) => key);
	const MAPPINGS = { resource: 'glAccountMapping', withDeletions: true } as const;

	test('no mapping is said to be deleted, and the real deletion is, once the right is back', async () => {
		const { controls: exactControls } = exact.simulator;
		await poll(MAPPINGS);
		exactControls.denyRights('financial/GLAccountClassificationMappings');
		expect(codeOf(await poll(MAPPINGS))).toBe('EXACT_NO_RIGHTS');
		exact.clock.advance(HOUR);
		exactControls.grantRights('financial/GLAccountClassificationMappings');
		exactControls.remove('gl-classification-mappings', mappingKey(2));
		const back = await poll(MAPPINGS);
		expect(deletedOf(back)).toEqual([mappingKey(2)]);
	});

	test('a right that is lost between two pages deletes nothing either', async () => {
		await poll(MAPPINGS);
		await poll(MAPPINGS, { maxSteps: 1 });
		exact.simulator.controls.denyRights('financial/GLAccountClassificationMappings');
		expect(codeOf(await poll(MAPPINGS))).toBe('EXACT_NO_RIGHTS');
		exact.clock.advance(HOUR);
		exact.simulator.controls.grantRights('financial/GLAccountClassificationMappings');
		expect(deletedOf(await poll(MAPPINGS))).toEqual([]);
		expect(deletedOf(await poll(MAPPINGS))).toEqual([]);
	});

	test('that nothing at all is left is believed when it is seen twice', async () => {
		await poll(MAPPINGS);
		for (let number = 1; number <= 7; number += 1) {
			exact.simulator.controls.remove('gl-classification-mappings', mappingKey(number));
		}
		expect(deletedOf(await poll(MAPPINGS))).toEqual([]);
		expect(deletedOf(await poll(MAPPINGS))).toHaveLength(7);
	});

	test.each(['modified', 'timestamp'] as const)(
		'no document leaves without its lines, and none is missing afterwards (by %s)',
		async (method) => {
			const settings = { resource: 'purchaseEntry', method, includes: ['lines'] } as const;
			await poll(settings);
			exact.clock.advance(MINUTE);
			exact.simulator.controls.edit('purchase-entries', guid(ENTRY, 2), { Description: 'changed' });
			exact.simulator.controls.denyRights('purchaseentry/PurchaseEntryLines');
			const lost = await poll(settings);
			expect(codeOf(lost)).toBe('EXACT_NO_RIGHTS');
			expect((lost as CoreError).message).toContain('PurchaseEntryLines');
			exact.clock.advance(HOUR);
			exact.simulator.controls.grantRights('purchaseentry/PurchaseEntryLines');
			const back = (await poll(settings)) as PollResult;
			expect(keysOf(back, 'EntryID')).toEqual([guid(ENTRY, 2)]);
			expect(back.rows[0]?.row.lines).toHaveLength(1);
		},
	);

	test.each(['modified', 'timestamp'] as const)(
		'what changed while the right was away comes when it is back (by %s)',
		async (method) => {
			const settings = { resource: 'purchaseEntry', method, includes: ['lines'] } as const;
			await poll(settings);
			exact.clock.advance(3 * HOUR);
			await poll(settings);
			exact.simulator.controls.denyRights('purchaseentry/PurchaseEntries');
			const codes = new Set<string>();
			for (let minute = 0; minute < 26 * 60; minute += 10) {
				if (minute === 600) {
					exact.simulator.controls.edit('purchase-entries', guid(ENTRY, 3), {
						Description: 'changed meanwhile',
					});
				}
				codes.add(codeOf(await poll(settings)));
				exact.clock.advance(10 * MINUTE);
			}
			expect(codes).toContain('EXACT_NO_RIGHTS');
			exact.simulator.controls.grantRights('purchaseentry/PurchaseEntries');
			exact.clock.advance(HOUR);
			const back = (await poll(settings)) as PollResult;
			expect(keysOf(back, 'EntryID')).toEqual([guid(ENTRY, 3)]);
		},
	);

	test('a right that is lost while nothing changes is noticed within the hour', async () => {
		const settings = { resource: 'purchaseEntry', start: { kind: 'now' } } as const;
		await poll(settings);
		exact.clock.advance(3 * HOUR);
		await poll(settings);
		exact.simulator.controls.denyRights('purchaseentry/PurchaseEntries');
		const codes = [];
		for (let minute = 0; minute <= 61; minute += 1) {
			codes.push(codeOf(await poll(settings)));
			exact.clock.advance(MINUTE);
		}
		expect(codes).toContain('EXACT_NO_RIGHTS');
		expect(
			exact.simulator.calls.filter(({ endpoint }) => endpoint.includes('UserHasRights')).length,
		).toBeLessThan(30);
	});

	test('documents do not leave without their company', async () => {
		exact.simulator.controls.denyRights('system/Divisions');
		const reader = createReader(exact.client(), exact.simulator.division, 'amsterdam');
		const work = getMany(reader, RESOURCES.purchaseEntry, { includes: [], filters: {} });
		await expect(work).rejects.toMatchObject({ code: 'EXACT_NO_RIGHTS' });
	});

	test('a new document of the hour is not lost where its lines were read before they were there', async () => {
		const settings = { resource: 'purchaseEntry', includes: ['lines'] } as const;
		await poll(settings);
		exact.clock.advance(MINUTE);
		exact.simulator.controls.add('purchase-entries', entryRow(9, { Modified: undefined }));
		const first = (await poll(settings)) as PollResult;
		// Exact confirms the right, so there really are no lines yet; the entry comes again with them.
		expect(first.rows.map(({ row }) => row.lines)).toEqual([[]]);
		exact.clock.advance(MINUTE);
		exact.simulator.controls.add('purchase-entry-lines', lineRow(9, 1));
		const second = (await poll(settings)) as PollResult;
		expect(second.rows.map(({ row }) => (row.lines as unknown[]).length)).toEqual([1]);
	});
});
