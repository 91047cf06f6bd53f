import type { CoreError } from '../../../lib/errors';
import type { DeltaMethod, DivisionState, ResourceName } from '../../../lib/exact';
import { createReader, getMany, RESOURCES } from '../../../lib/exact';
import type { SimulatedExact } from '../../support/exactSimulator';
import { simulateExact } from '../../support/exactSimulator';
import { ENTRY, guid, madeUpCompany, orderedCompany } from '../../support/madeUpCompany';
import { keysOf, pollOnce } from '../../support/pollDriver';

const MINUTE = 60_000;

describe('cursors and pages', () => {
	let exact: SimulatedExact;
	afterEach(async () => {
		await exact.close();
	});
	const reader = (more = {}) =>
		createReader(exact.client(more), exact.simulator.division, 'amsterdam');
	const codeOf = async (work: Promise<unknown>) =>
		await work.then(
			() => 'read',
			(error: unknown) => (error as CoreError).code,
		);

	test.each([
		['purchaseEntry', 'modified'],
		['purchaseEntry', 'timestamp'],
		['purchaseOrder', 'timestamp'],
		['purchaseOrder', 'modified'],
		['vendor', 'timestamp'],
		['glAccountMapping', 'hash'],
	] as const)(
		'a start from an item of %s by %s begins behind it and misses nothing',
		async (resource: ResourceName, method: DeltaMethod) => {
			// By rowversion a document whose lines are on two pages of the stream comes twice.
			const pages = method === 'timestamp' ? {} : { pageSize: 3 };
			exact = await simulateExact({ data: orderedCompany(7), ...pages });
			const key = RESOURCES[resource].key;
			const all = await pollOnce(exact, { resource, method }, undefined);
			const keys = keysOf(all, key);
			expect(keys.length).toBeGreaterThan(3);
			for (const [index, { cursor }] of all.rows.entries()) {
				const start = { kind: 'cursor', cursor } as const;
				const rest = await pollOnce(exact, { resource, method, start }, undefined);
				expect(keysOf(rest, key)).toEqual(keys.slice(index + 1));
			}
		},
	);

	test('a start from an item of a pass that was not over misses nothing and leaves out the item', async () => {
		exact = await simulateExact({ data: madeUpCompany(7), pageSize: 3 });
		const settings = { resource: 'purchaseEntry' } as const;
		const part = await pollOnce(exact, settings, undefined, { maxSteps: 1 });
		const [first] = part.rows;
		const start = { kind: 'cursor', cursor: first?.cursor ?? '' } as const;
		const rest = await pollOnce(exact, { ...settings, start }, undefined);
		expect(keysOf(rest, 'EntryID')).toHaveLength(6);
		expect(keysOf(rest, 'EntryID')).not.toContain(first?.row.EntryID);
	});

	test('one field that Exact does not know is left out and told, once', async () => {
		exact = await simulateExact({
			data: madeUpCompany(3),
			missingFields: { 'purchaseentry/PurchaseEntries': ['ExternalLinkReference'] },
		});
		const first = reader();
		const rows = await getMany(first, RESOURCES.purchaseEntry, { includes: [], filters: {} });
		expect(rows).toHaveLength(3);
		expect(rows[0]).not.toHaveProperty('ExternalLinkReference');
		expect(first.client.notices).toEqual([
			expect.objectContaining({
				code: 'EXACT_FIELD_LEFT_OUT',
				path: 'fields.ExternalLinkReference',
			}),
		]);
		const second = reader();
		await getMany(second, RESOURCES.purchaseEntry, { includes: [], filters: {} });
		expect(second.client.notices).toEqual([]);
		expect(exact.simulator.calls.filter(({ status }) => status === 400)).toHaveLength(1);
	});

	test('without its key nothing is read', async () => {
		exact = await simulateExact({
			data: madeUpCompany(3),
			missingFields: { 'purchaseentry/PurchaseEntries': ['EntryID'] },
		});
		const work = getMany(reader(), RESOURCES.purchaseEntry, { includes: [], filters: {} });
		expect(await codeOf(work)).toBe('EXACT_REQUEST_REFUSED');
	});

	test.each([
		['itself', undefined, 'EXACT_PAGE_LOOP'],
		['nowhere', 'http://', 'EXACT_FOREIGN_PAGE'],
		['another host', 'https://evil.example/api/v1/1/x?a', 'EXACT_FOREIGN_PAGE'],
		['another list', '/api/v1/700001/hrm/Costcenters?$skiptoken=1', 'EXACT_FOREIGN_PAGE'],
		['another division', '/api/v1/5/purchaseentry/PurchaseEntries?a', 'EXACT_FOREIGN_PAGE'],
	])('a next page that leads to %s ends the read', async (_where, next, code) => {
		exact = await simulateExact({ data: madeUpCompany(7), pageSize: 3 });
		const fault = { kind: 'next', match: 'PurchaseEntries', times: 9 } as const;
		exact.simulator.controls.fault(next === undefined ? fault : { ...fault, next });
		const many = getMany(reader(), RESOURCES.purchaseEntry, { includes: [], filters: {} });
		expect(await codeOf(many)).toBe(code);
		const polled = await pollOnce(exact, { resource: 'purchaseEntry' }, undefined);
		expect(polled.stoppedBy?.code).toBe(code);
		expect(exact.simulator.calls.length).toBeLessThan(8);
		// Across polls the pass begins anew and comes to its end.
		exact.simulator.controls.clearFaults();
		const later = await pollOnce(exact, { resource: 'purchaseEntry' }, polled.state);
		const all = [...keysOf(polled, 'EntryID'), ...keysOf(later, 'EntryID')];
		expect(new Set(all).size).toBe(7);
	});

	test('a page that leads back to one of an earlier poll ends the pass', async () => {
		exact = await simulateExact({ data: madeUpCompany(9), pageSize: 3 });
		let state: DivisionState | undefined;
		const poll = async () => {
			const result = await pollOnce(exact, { resource: 'purchaseEntry' }, state, { maxSteps: 1 });
			state = JSON.parse(JSON.stringify(result.state)) as DivisionState;
			return result;
		};
		await poll();
		const second = state?.pass?.next as string;
		await poll();
		exact.simulator.controls.fault({ kind: 'next', match: 'skiptoken', next: second });
		await poll();
		expect((await poll()).stoppedBy?.code).toBe('EXACT_PAGE_LOOP');
	});

	test('behind a proxy the following pages go through the proxy', async () => {
		exact = await simulateExact({
			data: madeUpCompany(7),
			pageSize: 3,
			publicOrigin: 'https://start.exactonline.nl',
		});
		const rows = await getMany(reader(), RESOURCES.purchaseEntry, {
			includes: ['lines'],
			filters: {},
		});
		expect(rows).toHaveLength(7);
		expect(exact.simulator.violations).toEqual([]);
	});

	test('the noise of binary fractions is gone', async () => {
		exact = await simulateExact({ data: madeUpCompany(3), floatNoise: true });
		const [row] = await getMany(reader(), RESOURCES.purchaseEntry, {
			includes: ['lines'],
			filters: {},
		});
		expect(row).toMatchObject({ AmountFC: 121, VATAmountFC: 21 });
		expect(row?.lines).toEqual([expect.objectContaining({ VATPercentage: 0.21, AmountFC: 100 })]);
	});

	test.each([
		['purchaseOrder', 'purchase-order-lines', 'purchase-orders'],
		['payment', 'receivables', 'payments'],
	] as const)('of %s only its own deletions leave', async (resource, foreign, own) => {
		exact = await simulateExact({ data: orderedCompany(4) });
		for (const kind of ['now', 'beginning'] as const) {
			const settings = { resource, withDeletions: true, start: { kind } } as const;
			const first = await pollOnce(exact, settings, undefined);
			exact.clock.advance(MINUTE);
			const { controls } = exact.simulator;
			const key = String(controls.rows(own)[0]?.[RESOURCES[resource].key]);
			controls.remove(foreign, String(controls.rows(foreign).at(-1)?.ID));
			controls.remove(own, key);
			const second = await pollOnce(exact, settings, first.state);
			expect(second.deletions.map((deletion) => deletion.key)).toEqual([key]);
		}
	});

	test('a customer that is deleted is no deleted vendor', async () => {
		exact = await simulateExact({ data: madeUpCompany(4) });
		const settings = { resource: 'vendor', withDeletions: true, start: { kind: 'now' } } as const;
		const first = await pollOnce(exact, settings, undefined);
		exact.clock.advance(MINUTE);
		exact.simulator.controls.remove('accounts', guid(3, 6));
		exact.simulator.controls.remove('accounts', guid(3, 1));
		const second = await pollOnce(exact, settings, first.state);
		expect(second.deletions.map(({ key }) => key)).toEqual([guid(3, 1)]);
	});

	test('deletions older than the log are said to be unknown', async () => {
		exact = await simulateExact({ data: madeUpCompany(4) });
		const settings = { resource: 'vendor', withDeletions: true, start: { kind: 'now' } } as const;
		const first = await pollOnce(exact, settings, undefined);
		expect(first.deletionsUnknownBefore).toBeUndefined();
		exact.clock.advance(90 * 24 * 60 * MINUTE);
		exact.token.reconnect();
		const second = await pollOnce(exact, settings, first.state);
		expect(new Date(second.deletionsUnknownBefore ?? 0).toISOString()).toMatch(/^2026-04-02/);
		const third = await pollOnce(exact, settings, second.state);
		expect(third.deletionsUnknownBefore).toBeUndefined();
	});

	test('the lines of a document that was read twice are those of now', async () => {
		exact = await simulateExact({ data: madeUpCompany(2) });
		const first = await pollOnce(exact, { resource: 'purchaseEntry' }, undefined);
		exact.clock.advance(MINUTE);
		exact.simulator.controls.edit('purchase-entries', guid(ENTRY, 1), { Description: 'x' });
		const second = await pollOnce(exact, { resource: 'purchaseEntry' }, first.state);
		expect(keysOf(second, 'EntryID')).toEqual([guid(ENTRY, 1)]);
	});
});
