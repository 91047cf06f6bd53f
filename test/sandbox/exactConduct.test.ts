import { DIVISION, guid, startHarness } from './support/client';
import type { Harness } from './support/client';

let harness: Harness;
afterEach(() => harness.close());

const ENTRIES = 'purchaseentry/PurchaseEntries?$select=EntryID';
const kinds = () => harness.simulator.violations.map(({ kind }) => kind);

describe('limits', () => {
	test('six headers, with the next clock minute and the next UTC midnight', async () => {
		harness = await startHarness();
		const { headers } = await harness.get(ENTRIES);
		expect(headers.get('x-ratelimit-limit')).toBe('5000');
		expect(headers.get('x-ratelimit-remaining')).toBe('4999');
		expect(Number(headers.get('x-ratelimit-reset'))).toBe(Date.parse('2026-04-02T00:00:00Z'));
		expect(headers.get('x-ratelimit-minutely-limit')).toBe('60');
		expect(headers.get('x-ratelimit-minutely-remaining')).toBe('59');
		expect(Number(headers.get('x-ratelimit-minutely-reset'))).toBe(
			Date.parse('2026-04-01T10:01:00Z'),
		);
		expect(headers.get('date')).toBe('Wed, 01 Apr 2026 10:00:05 GMT');
	});

	test('the 61st call in a minute is refused, with the minutely headers only', async () => {
		harness = await startHarness();
		harness.simulator.controls.useQuota({ minutely: 59 });
		expect((await harness.get(ENTRIES)).status).toBe(200);
		const refused = await harness.get(ENTRIES);
		expect(refused.status).toBe(429);
		expect(refused.headers.get('x-ratelimit-minutely-remaining')).toBe('0');
		expect(refused.headers.get('x-ratelimit-remaining')).toBeNull();
		expect(kinds()).toEqual(['callWhileLimited']);
		harness.clock.advance(55_000);
		expect((await harness.get(ENTRIES)).status).toBe(200);
	});

	test('at the daily limit only the daily headers are sent', async () => {
		harness = await startHarness({ limits: { daily: 1 } });
		await harness.get(ENTRIES);
		const refused = await harness.get(ENTRIES);
		expect(refused.status).toBe(429);
		expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
		expect(refused.headers.get('x-ratelimit-minutely-remaining')).toBeNull();
	});

	test('current/Me costs nothing', async () => {
		harness = await startHarness({ limits: { minutely: 1 } });
		await harness.get('/api/v1/current/Me?$select=UserID');
		const me = await harness.get('/api/v1/current/Me?$select=CurrentDivision,ServerUtcOffset');
		expect(me.rows[0]).toMatchObject({ CurrentDivision: DIVISION, ServerUtcOffset: 7200 });
		expect(me.headers.get('x-ratelimit-limit')).toBeNull();
		expect(harness.simulator.controls.meteredCalls()).toBe(0);
		expect((await harness.get(ENTRIES)).status).toBe(200);
	});

	test('more than ten errors on an endpoint within an hour block the key there for an hour', async () => {
		harness = await startHarness();
		for (let i = 0; i < 11; i += 1) {
			expect((await harness.get(`${ENTRIES},Wrong${i}`)).status).toBe(400);
		}
		expect(kinds()).toContain('errorLimit');
		const blocked = await harness.get(ENTRIES);
		expect(blocked.status).toBe(403);
		expect(blocked.headers.get('reason')).toBe('BlockedApiKey');
		expect((await harness.get('hrm/Costcenters?$select=ID')).status).toBe(200);
	});
});

describe('broken rules are counted', () => {
	test('parallel requests of one credential and division', async () => {
		harness = await startHarness({ latencyMs: 30 });
		await Promise.all([harness.get(ENTRIES), harness.get('hrm/Costcenters?$select=ID')]);
		expect(kinds()).toEqual(['parallelRequests']);
	});

	test('one after the other is fine', async () => {
		harness = await startHarness();
		await harness.get(ENTRIES);
		await harness.get('hrm/Costcenters?$select=ID');
		expect(kinds()).toEqual([]);
	});

	test('a list without $select', async () => {
		harness = await startHarness();
		await harness.get('hrm/Costcenters');
		expect(kinds()).toEqual(['missingSelect']);
	});

	test('the same request again after a counted error', async () => {
		harness = await startHarness();
		await harness.get(`${ENTRIES},Wrong`);
		await harness.get(`${ENTRIES},Wrong`);
		expect(kinds()).toEqual(['retryAfter4xx']);
	});

	test('after a 401 the same request with a new token is right, with the old one wrong', async () => {
		harness = await startHarness();
		harness.simulator.controls.expireAccessTokens();
		expect((await harness.get(ENTRIES)).status).toBe(401);
		expect((await harness.get(ENTRIES)).status).toBe(401);
		expect(kinds()).toEqual(['retryAfter4xx']);
		harness.login();
		expect((await harness.get(ENTRIES)).status).toBe(200);
		expect(kinds()).toEqual(['retryAfter4xx']);
	});

	test('a following page read twice although nothing changed', async () => {
		harness = await startHarness({ entries: 3, pageSize: 2 });
		const { next } = await harness.get(ENTRIES);
		await harness.get(next ?? '');
		expect(kinds()).toEqual([]);
		await harness.get(next ?? '');
		expect(kinds()).toEqual(['unusedPage']);
		harness.simulator.controls.edit('purchase-entries', guid(1), { YourRef: 'new' });
		await harness.get(next ?? '');
		expect(kinds()).toEqual(['unusedPage']);
	});

	test('a list that is begun anew has its following pages read anew', async () => {
		harness = await startHarness({ entries: 3, pageSize: 2 });
		for (let reader = 0; reader < 2; reader += 1) {
			const { next } = await harness.get(ENTRIES);
			await harness.get(next ?? '');
		}
		expect(kinds()).toEqual([]);
	});

	test.each(['POST', 'PUT', 'DELETE', 'PATCH'])('%s', async (method) => {
		harness = await startHarness();
		expect((await harness.get(ENTRIES, { method })).status).toBe(405);
		expect(kinds()).toEqual(['otherVerb']);
	});
});

describe('divisions and rights', () => {
	test('an unknown division, and one that the user has left, are 403 with a reason', async () => {
		harness = await startHarness();
		const unknown = await harness.get('/api/v1/999/hrm/Costcenters?$select=ID');
		expect(unknown.status).toBe(403);
		expect(unknown.headers.get('reason')).toBe('NoDivisionAccess');
		harness.simulator.controls.leaveDivision(DIVISION, 'DivisionBlocked');
		expect((await harness.get(ENTRIES)).headers.get('reason')).toBe('DivisionBlocked');
		harness.simulator.controls.returnToDivision();
		expect((await harness.get(ENTRIES)).status).toBe(200);
	});

	test('a division outside the scope of the app', async () => {
		harness = await startHarness({ apps: [{ clientId: 'a', clientSecret: 'b', divisions: [1] }] });
		const refused = await harness.get(ENTRIES);
		expect(refused.status).toBe(403);
		expect(refused.message).toBe('Forbidden - User division is not within division scope');
	});

	test('the list of divisions has pages; hrm/Divisions knows the one of the address', async () => {
		harness = await startHarness({ extraDivisions: 70 });
		const first = await harness.get('system/Divisions?$select=Code');
		const second = await harness.get(first.next ?? '');
		expect(first.rows.length + second.rows.length).toBe(71);
		expect((await harness.get('hrm/Divisions?$select=Code')).rows).toMatchObject([
			{ Code: DIVISION },
		]);
	});

	test('without rights the list is empty with 200, and UserHasRights tells', async () => {
		harness = await startHarness({
			noRights: ['purchase/PurchaseInvoices'],
			missingModules: ['sync/PurchaseOrder/PurchaseOrders'],
		});
		const empty = await harness.get('purchase/PurchaseInvoices?$select=ID');
		expect([empty.status, empty.rows]).toEqual([200, []]);
		const rights = async (endpoint: string) =>
			(await harness.get(`users/UserHasRights?endpoint='${endpoint}'&action='GET'`)).body?.d;
		expect(await rights('purchase/PurchaseInvoices')).toBe(false);
		expect(await rights('purchaseentry/PurchaseEntries')).toBe(true);
		expect((await harness.get('sync/PurchaseOrder/PurchaseOrders?$select=ID')).status).toBe(403);
	});
});

describe('faults', () => {
	test('status, HTML page, cut JSON, broken and dropped connection, each for its number of calls', async () => {
		harness = await startHarness();
		const { controls } = harness.simulator;
		controls.fault({ kind: 'status', status: 408, times: 2, match: 'PurchaseEntries' });
		expect((await harness.get('hrm/Costcenters?$select=ID')).status).toBe(200);
		expect((await harness.get(ENTRIES)).status).toBe(408);
		expect((await harness.get(ENTRIES)).status).toBe(408);
		expect((await harness.get(ENTRIES)).status).toBe(200);
		controls.fault({ kind: 'html' });
		const page = await harness.get(ENTRIES);
		expect([page.status, page.headers.get('content-type')]).toEqual([503, 'text/html']);
		controls.fault({ kind: 'cut' });
		const cut = await harness.get(ENTRIES);
		expect([cut.status, cut.body]).toEqual([200, undefined]);
		controls.fault({ kind: 'break' });
		await expect(harness.get(ENTRIES)).rejects.toThrow();
		controls.fault({ kind: 'drop', after: 1 });
		expect((await harness.get(ENTRIES)).status).toBe(200);
		await expect(harness.get(ENTRIES)).rejects.toThrow();
	});
});
