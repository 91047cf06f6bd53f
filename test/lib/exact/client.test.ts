import type { CoreError } from '../../../lib/errors';
import type { HttpPort, HttpResponse, Row } from '../../../lib/exact';
import {
	assertDivision,
	checkConnection,
	createReader,
	getMany,
	getOne,
	listDivisions,
	parseBaseUrl,
	RESOURCES,
} from '../../../lib/exact';
import type { SimulatedExact } from '../../support/exactSimulator';
import { fetchHttp, simulateExact } from '../../support/exactSimulator';
import { madeUpCompany } from '../../support/madeUpCompany';

const codeOf = async (work: Promise<unknown>): Promise<CoreError> =>
	await work.then(
		() => {
			throw new Error('it did not fail');
		},
		(error: unknown) => error as CoreError,
	);

describe('Exact Online client', () => {
	let exact: SimulatedExact;
	const start = async (more: Parameters<typeof simulateExact>[0] | object = {}) => {
		exact = await simulateExact({ data: madeUpCompany(7), ...more });
		return exact.simulator.controls;
	};
	afterEach(async () => {
		await exact.close();
	});
	const reader = (division = exact.simulator.division, http?: HttpPort) =>
		createReader(exact.client(http === undefined ? {} : { http }), division, 'amsterdam');
	const read = async (resource: keyof typeof RESOURCES = 'costCenter', filters = {}) =>
		await getMany(reader(), RESOURCES[resource], { includes: [], filters });
	const broken = () => exact.simulator.violations;

	test('only GET is ever sent, each with $select and JSON asked for', async () => {
		await start();
		const seen: Array<{ method: string; url: string; accept: string | undefined }> = [];
		const send = fetchHttp(() => exact.token.accessToken);
		const http: HttpPort = async (request) => {
			seen.push({ method: request.method, url: request.url, accept: request.headers.Accept });
			return await send(request);
		};
		const client = exact.client({ http });
		for (const resource of Object.values(RESOURCES)) {
			const from = createReader(client, exact.simulator.division, 'amsterdam');
			await getMany(from, resource, {
				includes: resource.joins.map((join) => join.include),
				filters: {},
			});
		}
		await checkConnection(client, 'amsterdam', undefined);
		expect(seen.length).toBeGreaterThan(20);
		expect(new Set(seen.map(({ method }) => method))).toEqual(new Set(['GET']));
		expect(seen.every(({ accept }) => accept === 'application/json')).toBe(true);
		expect(exact.simulator.calls.every(({ method }) => method === 'GET')).toBe(true);
		expect(broken()).toEqual([]);
	});

	describe('limits', () => {
		test('the last call of a minute is waited out before the next, by the clock of Exact', async () => {
			const controls = await start();
			controls.useQuota({ minutely: 59 });
			const from = reader();
			const began = exact.clock.now();
			await getMany(from, RESOURCES.costCenter, { includes: [], filters: {} });
			await getMany(from, RESOURCES.glAccount, { includes: [], filters: {} });
			expect(exact.clock.now() - began).toBeGreaterThanOrEqual(55_000);
			expect(exact.clock.now() - began).toBeLessThan(62_000);
			expect(from.client.statistics.waitedMs).toBeGreaterThan(0);
			expect(exact.simulator.calls.filter(({ status }) => status === 429)).toEqual([]);
			expect(broken()).toEqual([]);
		});

		test('a clock that is wrong by an hour changes nothing', async () => {
			const controls = await start();
			controls.useQuota({ minutely: 60 });
			const client = exact.client({
				clock: {
					now: () => exact.clock.now() + 3_600_000,
					sleep: async (milliseconds) => exact.clock.advance(milliseconds),
				},
				token: {
					expiresAt: async () => exact.clock.now() + 3_600_000 + 500_000,
					refresh: async () => ({ ok: true }),
				},
			});
			const began = exact.clock.now();
			const from = createReader(client, exact.simulator.division, 'amsterdam');
			await getMany(from, RESOURCES.costCenter, { includes: [], filters: {} });
			expect(exact.clock.now() - began).toBeLessThan(62_000);
		});

		test('a poll does not wait beyond its budget', async () => {
			const controls = await start();
			controls.useQuota({ minutely: 60 });
			const client = exact.client({ deadline: exact.clock.now() + 10_000 });
			const from = createReader(client, exact.simulator.division, 'amsterdam');
			const error = await codeOf(
				getMany(from, RESOURCES.costCenter, { includes: [], filters: {} }),
			);
			expect(error.code).toBe('EXACT_RATE_LIMITED');
			expect(error.failure).toEqual({
				cause: 'rate-limited',
				retryAfterMs: expect.any(Number),
			});
		});

		test('the daily quota ends the read with its reset time, and no call is made until then', async () => {
			const controls = await start();
			controls.useQuota({ daily: 5_000 });
			const error = await codeOf(read());
			expect(error.code).toBe('EXACT_QUOTA_EXHAUSTED');
			expect(error.message).toContain('2026-03-03T00:00:00.000Z');
			expect(error.failure).toEqual({
				cause: 'quota-exhausted',
				resetsAtEpochMs: Date.parse('2026-03-03T00:00:00Z'),
			});
			const calls = exact.simulator.calls.length;
			expect((await codeOf(read())).code).toBe('EXACT_QUOTA_EXHAUSTED');
			expect(exact.simulator.calls).toHaveLength(calls);
			expect(broken()).toEqual([]);
			exact.clock.set(Date.parse('2026-03-03T00:00:01Z'));
			expect(await read()).toHaveLength(1);
		});

		test('executions share the queue: no two requests at once in one division', async () => {
			await start({ latencyMs: 5 });
			await Promise.all([read('vendor'), read('glAccount'), read('costCenter'), read('vendor')]);
			expect(broken()).toEqual([]);
		});
	});

	describe('failures of the network and of gateways', () => {
		test.each(['status', 'html', 'cut', 'drop', 'break'] as const)(
			'one %s is asked again',
			async (kind) => {
				const controls = await start();
				controls.fault({ kind, status: 503 });
				expect(await read()).toHaveLength(1);
				expect(broken()).toEqual([]);
			},
		);

		test.each([
			['status', 503, 'EXACT_UNAVAILABLE'],
			['status', 408, 'EXACT_UNAVAILABLE'],
			['html', 200, 'EXACT_RESPONSE_INVALID'],
			['cut', 200, 'EXACT_RESPONSE_INVALID'],
			['drop', 0, 'EXACT_UNREACHABLE'],
			['status', 302, 'EXACT_RESPONSE_INVALID'],
		] as const)('%s %s for good ends bounded, as %s', async (kind, status, code) => {
			const controls = await start();
			controls.fault({ kind, status, times: 99 });
			const error = await codeOf(read());
			expect(error.code).toBe(code);
			expect(exact.simulator.calls.length).toBeLessThanOrEqual(4);
			controls.clearFaults();
		});

		test('a deadline also ends the waiting for another try', async () => {
			const controls = await start();
			controls.fault({ kind: 'status', status: 503, times: 99 });
			const client = exact.client({ deadline: exact.clock.now() + 500 });
			const from = createReader(client, exact.simulator.division, 'amsterdam');
			const error = await codeOf(
				getMany(from, RESOURCES.costCenter, { includes: [], filters: {} }),
			);
			expect(error.code).toBe('EXACT_UNAVAILABLE');
		});

		test('a cancelled execution stops', async () => {
			await start();
			const client = exact.client({ signal: AbortSignal.abort() });
			const error = await codeOf(client.get('current/Me?$select=UserID'));
			expect(error.code).toBe('EXACT_CANCELLED');
		});

		test('the token never follows a next page to another host', async () => {
			await start();
			const http: HttpPort = async () => ({
				status: 200,
				headers: {},
				body: JSON.stringify({ d: { results: [], __next: 'https://evil.example/api/v1/1/x?a' } }),
			});
			const error = await codeOf(
				getMany(reader(1, http), RESOURCES.costCenter, { includes: [], filters: {} }),
			);
			expect(error.code).toBe('EXACT_FOREIGN_PAGE');
			expect(error.message).toContain('evil.example');
		});

		test('rows of another division are never passed on', async () => {
			await start();
			const http: HttpPort = async () => ({
				status: 200,
				headers: {},
				body: JSON.stringify({ d: { results: [{ ID: 'a', Division: 2 }] } }),
			});
			const error = await codeOf(
				getMany(reader(1, http), RESOURCES.costCenter, { includes: [], filters: {} }),
			);
			expect(error.code).toBe('EXACT_DIVISION_MISMATCH');
		});
	});

	describe('refusals', () => {
		test('a filter Exact refuses is said in its words and sent once', async () => {
			await start();
			const error = await codeOf(read('costCenter', { raw: 'Nonsense eq 1' }));
			expect(error.code).toBe('EXACT_REQUEST_REFUSED');
			expect(exact.simulator.calls.filter(({ status }) => status === 400)).toHaveLength(1);
		});

		test('a field that does not exist is not even sent', async () => {
			await start();
			const error = await codeOf(
				getMany(reader(), RESOURCES.costCenter, {
					includes: [],
					filters: {},
					fields: ['description'],
				}),
			);
			expect(error.code).toBe('EXACT_FIELD_UNKNOWN');
			expect(error.hint).toContain("'Description'");
			expect(exact.simulator.calls).toEqual([]);
		});

		test('no rights look like an empty list, and are told from one', async () => {
			await start({ noRights: ['hrm/Costcenters'] });
			expect((await codeOf(read())).code).toBe('EXACT_NO_RIGHTS');
			expect(await read('costUnit')).toEqual([]);
		});

		test('a package without the module', async () => {
			await start({ missingModules: ['purchaseorder/PurchaseOrders'] });
			const error = await codeOf(read('purchaseOrder'));
			expect(['EXACT_FORBIDDEN', 'EXACT_NOT_AVAILABLE']).toContain(error.code);
		});

		const answer = (response: Partial<HttpResponse>): HttpPort => {
			return async () => ({ status: 200, headers: {}, body: '{}', ...response });
		};
		const message = (text: string) =>
			JSON.stringify({ error: { code: '', message: { lang: '', value: text } } });

		test.each([
			[404, {}, '', 'EXACT_NOT_AVAILABLE'],
			[403, {}, message('Forbidden'), 'EXACT_FORBIDDEN'],
			[403, { Reason: 'BlockedUser' }, '', 'EXACT_ACCOUNT_BLOCKED'],
			[403, { Reason: 'BlockedApiKey' }, '', 'EXACT_KEY_BLOCKED'],
			[429, {}, message('API rate limit exceeded'), 'EXACT_KEY_BLOCKED'],
			[403, { Reason: 'DivisionBlocked' }, '', 'EXACT_DIVISION_INACTIVE'],
			[403, { Reason: 'NoDivisionAccess' }, '', 'EXACT_DIVISION_SCOPE'],
			[
				403,
				{},
				message('Forbidden - User division is not within division scope'),
				'EXACT_DIVISION_SCOPE',
			],
			[
				400,
				{},
				message('This endpoint has mandatory filtering applied. …fields in the url: ID'),
				'EXACT_MANDATORY_FILTER',
			],
		])('%s %j %s is %s', async (status, headers, body, code) => {
			await start();
			const error = await codeOf(
				getMany(reader(1, answer({ status, headers, body })), RESOURCES.costCenter, {
					includes: [],
					filters: {},
				}),
			);
			expect(error.code).toBe(code);
		});

		test('what a user typed is checked before it is sent', async () => {
			await start();
			const cases: Array<[Promise<unknown>, string]> = [
				[read('costCenter', { modifiedSince: 'yesterday' }), 'EXACT_PARAMETER_INVALID'],
				[read('purchaseEntry', { status: ['open'] }), 'EXACT_PARAMETER_INVALID'],
				[read('costCenter', { supplier: '1' }), 'EXACT_FILTER_UNSUPPORTED'],
				[read('purchaseEntry', { supplier: '999' }), 'EXACT_SUPPLIER_UNKNOWN'],
				[read('costCenter', { raw: 'x'.repeat(7_000) }), 'EXACT_FILTER_TOO_LONG'],
				[getOne(reader(), RESOURCES.vendor, 'x', { includes: [] }), 'EXACT_PARAMETER_INVALID'],
				[
					getOne(reader(), RESOURCES.vendor, '00000000-0000-4000-8000-000000000000', {
						includes: [],
					}),
					'EXACT_RECORD_NOT_FOUND',
				],
			];
			for (const [work, code] of cases) expect((await codeOf(work)).code).toBe(code);
			expect(() => assertDivision('')).toThrow('No division is given');
			expect(() => assertDivision('Oxford')).toThrow('not a division number');
			expect(exact.simulator.calls.filter(({ status }) => status >= 400)).toEqual([]);
		});
	});

	describe('tokens', () => {
		test('two simulated hours cost no counted 401 and one refresh per token', async () => {
			await start();
			for (let minute = 0; minute < 120; minute += 1) {
				await read();
				exact.clock.advance(60_000);
			}
			expect(exact.simulator.calls.filter(({ status }) => status === 401)).toEqual([]);
			expect(exact.token.refreshes).toBeGreaterThanOrEqual(11);
			expect(broken()).toEqual([]);
		});

		test('too early for a refresh means that the current token is still good', async () => {
			await start();
			const token = { ...exact.token, expiresAt: async () => exact.clock.now() + 20_000 };
			const client = exact.client({ token });
			const from = createReader(client, exact.simulator.division, 'amsterdam');
			const rows = await getMany(from, RESOURCES.costCenter, { includes: [], filters: {} });
			expect(rows).toHaveLength(1);
			expect(exact.log.join()).toContain('too early');
		});

		test('one 401 is answered by one refresh and one retry', async () => {
			const controls = await start();
			controls.expireAccessTokens();
			expect(await read()).toHaveLength(1);
			expect(exact.token.refreshes).toBe(1);
			expect(exact.simulator.calls.map(({ status }) => status)).toEqual([401, 200, 200]);
			// The second is the free one that makes sure of the new token.
			expect(exact.simulator.calls[1]?.endpoint).toBe('current/Me');
			expect(broken()).toEqual([]);
		});

		test('a token that is refused again after its refresh ends it', async () => {
			await start();
			const http: HttpPort = async () => ({ status: 401, headers: {}, body: '' });
			const error = await codeOf(
				getMany(reader(1, http), RESOURCES.costCenter, { includes: [], filters: {} }),
			);
			expect(error.code).toBe('EXACT_TOKEN_REJECTED');
			expect(error.failure).toEqual({
				cause: 'temporarily-unavailable',
				resetsAtEpochMs: exact.clock.now() + 540_000,
			});
		});

		test.each([
			[
				{ error: 'unauthorized_client', description: 'Old refresh token used.' },
				'EXACT_REFRESH_TOKEN_USED',
			],
			[
				{
					error: 'invalid_request',
					description: 'The refresh token expired at 10/11/2022 9:18:20 PM and it is now …',
				},
				'EXACT_REFRESH_TOKEN_EXPIRED',
			],
			[{ error: 'invalid_client', description: 'bad' }, 'EXACT_CLIENT_REJECTED'],
			[{ error: 'invalid_grant', description: 'dead' }, 'EXACT_TOKEN_REFRESH_FAILED'],
			[{}, 'EXACT_TOKEN_REFRESH_FAILED'],
		])('%j is said in plain words', async (refusal, code) => {
			await start();
			const token = {
				expiresAt: async () => exact.clock.now() - 1,
				refresh: async () => ({ ok: false as const, message: 'refused', ...refusal }),
			};
			const error = await codeOf(exact.client({ token }).get('current/Me?$select=UserID'));
			expect(error.code).toBe(code);
			expect(error.failure?.cause).toBe(
				Object.keys(refusal).length === 0 ? undefined : 'credential-invalid',
			);
		});

		test('a refresh that fails for a passing reason ends nothing while the token is good', async () => {
			await start();
			const token = {
				expiresAt: async () => exact.clock.now() + 10_000,
				refresh: async () => ({ ok: false as const, message: 'no response' }),
			};
			const response = await exact.client({ token }).get('current/Me?$select=UserID');
			expect(response.rows).toHaveLength(1);
		});
	});

	describe('divisions', () => {
		test('all pages are listed', async () => {
			await start({ extraDivisions: 130 });
			const list = await listDivisions(exact.client(), 'amsterdam');
			expect(list.source).toBe('system/Divisions');
			expect(list.divisions).toHaveLength(131);
		});

		test('an app that is not scoped for the open division sees that one only, with what to do', async () => {
			const controls = await start();
			controls.leaveDivision();
			const list = await listDivisions(exact.client(), 'amsterdam');
			expect(list.source).toBe('current/Me');
			expect(list.note).toContain('by ID');
			const error = await codeOf(read());
			expect(error.code).toBe('EXACT_PAUSED');
			expect(error.message).toContain('no access to division');
		});

		test('Check Connection refuses a division that is not there or not active', async () => {
			await start();
			const unknown = await codeOf(checkConnection(exact.client(), 'amsterdam', 5));
			expect(unknown.code).toBe('EXACT_DIVISION_SCOPE');
			const rows = madeUpCompany(1);
			const [division] = rows.division as [Row];
			const inactive = await simulateExact({
				data: { ...rows, division: [{ ...division, Status: 0 }] },
			});
			const error = await codeOf(checkConnection(inactive.client(), 'amsterdam', undefined));
			expect(error.code).toBe('EXACT_DIVISION_INACTIVE');
			await inactive.close();
		});

		test('without an answer about the user there is nothing to list', async () => {
			await start();
			const http: HttpPort = async () => ({
				status: 200,
				headers: {},
				body: '{"d":{"results":[]}}',
			});
			const error = await codeOf(listDivisions(exact.client({ http }), 'amsterdam'));
			expect(error.code).toBe('EXACT_RESPONSE_INVALID');
		});
	});

	test.each([
		['https://start.exactonline.nl', 'https://start.exactonline.nl'],
		['https://proxy.example/exact/', 'https://proxy.example/exact'],
		['http://127.0.0.1:5000/', 'http://127.0.0.1:5000'],
		['http://localhost', 'http://localhost'],
	])('base URL %s', async (given, used) => {
		await start();
		expect(parseBaseUrl(given)).toBe(used);
	});

	test.each([
		'http://exact.example',
		'ftp://x',
		'nonsense',
		'',
		'https://u:p@host',
		'https://h/?a=1',
	])('base URL %s is refused', async (given) => {
		await start();
		expect(() => parseBaseUrl(given)).toThrow(
			expect.objectContaining({ code: 'EXACT_BASE_URL_INVALID' }),
		);
	});
});
