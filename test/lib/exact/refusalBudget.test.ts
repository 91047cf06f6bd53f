import type { CoreError } from '../../../lib/errors';
import type { RefusalStore, RequestQueue } from '../../../lib/exact';
import {
	createProcessRefusals,
	createReader,
	createRequestQueue,
	createSchedules,
	getMany,
	pollsPerDay,
	RESOURCES,
} from '../../../lib/exact';
import type { SimulatedExact } from '../../support/exactSimulator';
import { simulateExact } from '../../support/exactSimulator';
import { madeUpCompany } from '../../support/madeUpCompany';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const errorOf = async (work: Promise<unknown>): Promise<CoreError | undefined> =>
	await work.then(
		() => undefined,
		(error: unknown) => error as CoreError,
	);

describe('what Exact refused is asked again rarely', () => {
	let exact: SimulatedExact;
	beforeEach(async () => {
		exact = await simulateExact({ data: madeUpCompany(3) });
	});
	afterEach(async () => {
		await exact.close();
	});

	/** One poll or run of its own, as each has a client of its own. */
	const read = async (more: Parameters<SimulatedExact['client']>[0] = {}, filters = {}) =>
		await getMany(
			createReader(exact.client(more), exact.simulator.division, 'amsterdam'),
			RESOURCES.costCenter,
			{ includes: [], filters },
		);
	const refusedCalls = () => exact.simulator.calls.filter(({ status }) => status >= 400);
	const blockedOf = () =>
		exact.simulator.violations.filter(({ kind }) =>
			['errorLimit', 'halfOfErrors', 'tokenCap'].includes(kind),
		);

	test('a right taken away costs a few asks a day, at most half of what Exact allows in an hour', async () => {
		exact.simulator.controls.forbid('hrm/Costcenters');
		const errors = new Set<string | undefined>();
		for (let minute = 0; minute < 24 * 60; minute += 1) {
			errors.add((await errorOf(read()))?.code);
			exact.clock.advance(MINUTE);
		}
		expect(errors).toEqual(new Set(['EXACT_FORBIDDEN', 'EXACT_PAUSED']));
		expect(refusedCalls().length).toBeLessThan(12);
		expect(blockedOf()).toEqual([]);
		exact.simulator.controls.permit('hrm/Costcenters');
		exact.clock.advance(4 * HOUR);
		expect(await read()).toHaveLength(1);
		expect(await read()).toHaveLength(1);
	});

	test('the pause says of what, until when and why, with what n8n knows of it', async () => {
		exact.simulator.controls.forbid('hrm/Costcenters');
		const first = await errorOf(read());
		expect(first?.failure).toEqual({ cause: 'configuration-invalid' });
		expect(first?.hint).toContain('not asked again before 2026-03-02 10:30 UTC');
		const paused = await errorOf(read());
		expect(paused?.message).toContain('hrm/Costcenters in division 700001 is not asked before');
		expect(paused?.message).toContain('Exact refuses access to hrm/Costcenters');
		expect(paused?.failure).toEqual({
			cause: 'temporarily-unavailable',
			resetsAtEpochMs: exact.clock.now() + 30 * MINUTE,
		});
		expect(exact.log.join()).toContain('was refused and is not asked before');
	});

	test('by hand it is asked at once, within the budget', async () => {
		const store = createProcessRefusals();
		exact.simulator.controls.forbid('hrm/Costcenters');
		await errorOf(read({ refusals: { store } }));
		exact.simulator.controls.permit('hrm/Costcenters');
		exact.clock.advance(1_000);
		expect(await read({ refusals: { store, isManual: true } })).toHaveLength(1);
		expect(await read({ refusals: { store } })).toHaveLength(1);
		exact.simulator.controls.forbid('hrm/Costcenters');
		for (let click = 0; click < 20; click += 1) {
			await errorOf(read({ refusals: { store, isManual: true } }));
			exact.clock.advance(1_000);
		}
		expect(refusedCalls()).toHaveLength(5);
		expect(blockedOf()).toEqual([]);
	});

	test('of thirty items with the same bad filter one is sent', async () => {
		const reader = createReader(exact.client(), exact.simulator.division, 'amsterdam');
		const codes = new Set<string | undefined>();
		for (let item = 0; item < 30; item += 1) {
			const read30 = getMany(reader, RESOURCES.costCenter, {
				includes: [],
				filters: { raw: `Nonsense eq 'item ${item}'` },
			});
			codes.add((await errorOf(read30))?.code);
		}
		expect(codes).toEqual(new Set(['EXACT_REQUEST_REFUSED', 'EXACT_PAUSED']));
		expect(refusedCalls()).toHaveLength(1);
		// Another question is not paused by it.
		expect(await read()).toHaveLength(1);
	});

	test('thirty bad filters of thirty kinds are half of what Exact allows', async () => {
		const reader = createReader(exact.client(), exact.simulator.division, 'amsterdam');
		for (let item = 0; item < 30; item += 1) {
			const raw = `Field${String.fromCharCode(65 + item)} eq 1`;
			await errorOf(getMany(reader, RESOURCES.costCenter, { includes: [], filters: { raw } }));
		}
		expect(refusedCalls()).toHaveLength(5);
		expect(blockedOf()).toEqual([]);
	});

	test('two processes without a common store keep to their shares, also seven', async () => {
		for (const processes of [2, 7]) {
			exact.simulator.controls.forbid('hrm/Costcenters');
			const stores = Array.from({ length: processes }, () => createProcessRefusals());
			for (let minute = 0; minute < 180; minute += 1) {
				for (const store of stores) {
					const raw = `Field${minute} eq 1`;
					await errorOf(read({ refusals: { store, processes, isManual: true } }, { raw }));
				}
				exact.clock.advance(MINUTE);
			}
			exact.clock.advance(2 * HOUR);
		}
		expect(exact.simulator.violations.filter(({ kind }) => kind === 'errorLimit')).toEqual([]);
	});

	test('a shared store makes one budget of all processes', async () => {
		const inner = createProcessRefusals();
		const store: RefusalStore = { ...inner, isShared: true };
		exact.simulator.controls.forbid('hrm/Costcenters');
		for (let process = 0; process < 4; process += 1) {
			for (let click = 0; click < 4; click += 1) {
				await errorOf(read({ refusals: { store, isManual: true } }));
				exact.clock.advance(1_000);
			}
		}
		expect(refusedCalls()).toHaveLength(5);
	});

	test('two processes with one store that ask at the same moment stay within half', async () => {
		const store: RefusalStore = { ...createProcessRefusals(), isShared: true };
		const queues = [createRequestQueue(), createRequestQueue()];
		for (let round = 0; round < 10; round += 1) {
			const ask = async (queue: RequestQueue, process: number) =>
				await errorOf(
					read(
						{ queue, refusals: { store, processes: 2, isManual: true } },
						{ raw: `Field${String.fromCharCode(65 + 2 * round + process)} eq 1` },
					),
				);
			await Promise.all(queues.map(ask));
		}
		expect(refusedCalls().length).toBeGreaterThan(3);
		expect(refusedCalls().length).toBeLessThanOrEqual(5);
		expect(blockedOf()).toEqual([]);
	});

	test('a division out of scope is left alone for every endpoint', async () => {
		exact.simulator.controls.takeOutOfScope();
		expect((await errorOf(read()))?.code).toBe('EXACT_DIVISION_SCOPE');
		const reader = createReader(exact.client(), exact.simulator.division, 'amsterdam');
		const other = getMany(reader, RESOURCES.glAccount, { includes: [], filters: {} });
		expect((await errorOf(other))?.message).toContain('Division 700001 is not asked before');
		expect(refusedCalls()).toHaveLength(1);
	});

	test.each([403, 429] as const)(
		'a blocked key, told as %s, is called that',
		async (blockAnswer) => {
			await exact.close();
			exact = await simulateExact({ data: madeUpCompany(1), blockAnswer });
			exact.simulator.controls.forbid('hrm/Costcenters');
			// Another program with the same app.
			const headers = {
				accept: 'application/json',
				authorization: `Bearer ${exact.token.accessToken}`,
			};
			const url = `/api/v1/${exact.simulator.division}/hrm/Costcenters?$select=ID`;
			for (let call = 0; call < 11; call += 1) {
				await exact.simulator.respond({ method: 'GET', url, headers });
			}
			const error = await errorOf(read());
			expect(error?.code).toBe('EXACT_KEY_BLOCKED');
			expect(error?.message).toContain(
				blockAnswer === 403 ? 'BlockedApiKey' : 'API rate limit exceeded',
			);
			expect(error?.failure).toEqual({ cause: 'rate-limited', retryAfterMs: HOUR });
			const calls = exact.simulator.calls.length;
			exact.clock.advance(59 * MINUTE);
			expect((await errorOf(read()))?.code).toBe('EXACT_PAUSED');
			expect(exact.simulator.calls).toHaveLength(calls);
		},
	);

	test('a token that ends early costs one counted refusal, and is not tried at every poll', async () => {
		await read();
		exact.clock.advance(2 * MINUTE);
		exact.simulator.controls.endAccessTokensEarly();
		const codes = [];
		for (let minute = 0; minute < 12; minute += 1) {
			codes.push((await errorOf(read()))?.code ?? 'read');
			exact.clock.advance(MINUTE);
		}
		expect(codes[0]).toBe('EXACT_TOKEN_REJECTED');
		expect(codes.at(-1)).toBe('read');
		expect(refusedCalls().filter(({ metered, division }) => metered || division)).toHaveLength(1);
		expect(exact.simulator.controls.tokenCalls().length).toBeLessThan(5);
		expect(blockedOf()).toEqual([]);
	});

	test('tokens that end early again and again are noticed on the free call', async () => {
		for (let minute = 0; minute < 120; minute += 1) {
			if (minute % 10 === 3) exact.simulator.controls.endAccessTokensEarly();
			await errorOf(read());
			exact.clock.advance(MINUTE);
		}
		expect(refusedCalls().filter(({ division }) => division !== undefined).length).toBeLessThan(3);
		expect(blockedOf()).toEqual([]);
	});

	test('a dead refresh token is tried a few times a day, and at once when connected anew', async () => {
		exact.simulator.controls.useRefreshTokenElsewhere();
		exact.clock.advance(11 * MINUTE);
		const codes = new Set<string | undefined>();
		for (let minute = 0; minute < 24 * 60; minute += 1) {
			codes.add((await errorOf(read()))?.code);
			exact.clock.advance(MINUTE);
		}
		expect(codes).toEqual(new Set(['EXACT_REFRESH_TOKEN_USED', 'EXACT_PAUSED']));
		expect(exact.simulator.controls.tokenCalls().length).toBeLessThan(15);
		exact.token.reconnect();
		expect(await read()).toHaveLength(1);
	});
});

describe('schedules of one credential', () => {
	test.each([
		[[{ mode: 'everyMinute' }], 1440],
		[[{ mode: 'everyX', value: 10, unit: 'minutes' }], 144],
		[[{ mode: 'everyX', value: 2, unit: 'hours' }], 12],
		[[{ mode: 'everyHour' }, { mode: 'everyDay' }], 25],
		[[{ mode: 'custom', cronExpression: '*/5 8-17 * * 1-5' }], 120],
		[[{ mode: 'custom', cronExpression: '0 0,30 * * * *' }], 48],
	])('%j is %s polls a day', (times, polls) => {
		expect(pollsPerDay(times)).toBe(polls);
	});

	test('more than a third of the calls of a day is said, of all triggers together', () => {
		const schedules = createSchedules();
		const daily = { pollsPerDay: 1440, divisions: [1], seenAt: 0 };
		expect(schedules.note('a', 'first', daily)).toBeUndefined();
		const message = schedules.note('a', 'second', daily);
		expect(message).toContain('2 triggers of this credential ask Exact 2880 times a day');
		expect(schedules.note('b', 'third', daily)).toBeUndefined();
		expect(schedules.note('a', 'fourth', { ...daily, divisions: [2] })).toBeUndefined();
		// Those that are not heard of any more do not count.
		const later = { ...daily, seenAt: 10 * MINUTE };
		expect(schedules.note('a', 'first', later)).toBeUndefined();
		const often = { pollsPerDay: 3000, divisions: [3], seenAt: 0 };
		expect(schedules.note('c', 'one', often)).toContain('This trigger asks Exact 3000 times');
	});
});
