import 'reflect-metadata';
import { PollContext } from 'n8n-core';
import { commonPollingParameters } from 'n8n-core/dist/nodes-loader/constants';
import type { IDataObject, INode, INodeExecutionData, INodeTypes } from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';
import { ExactOnlineTrigger } from '../../../nodes/ExactOnlineTrigger/ExactOnlineTrigger.node';
import type { ExactSimulator, SimulatorOptions } from '../../../sandbox/exact-simulator';
import { startExactSimulator } from '../../../sandbox/exact-simulator';
import { exactCredential } from '../../support/exactCredential';
import {
	ENTRY,
	entryRow,
	guid,
	LINE,
	lineRow,
	MADE_UP_DIVISION,
	madeUpCompany,
	mappingKey,
	supplierKey,
} from '../../support/madeUpCompany';

interface Poller {
	poll(
		mode?: 'trigger' | 'manual',
		activation?: 'activate' | 'init',
	): Promise<INodeExecutionData[]>;
	readonly kept: IDataObject;
}

/** The node as n8n polls it: one workflow object, whose static data lives on between polls. */
function pollerFor(
	simulator: ExactSimulator,
	parameters: IDataObject,
	more: { budgetMs?: number; staticData?: IDataObject; divisionValue?: string } = {},
): Poller {
	const type = new ExactOnlineTrigger();
	// As n8n's loader does for every polling node.
	type.description = {
		...type.description,
		properties: [...commonPollingParameters, ...type.description.properties],
	};
	const credentials = exactCredential(simulator);
	const node: INode = {
		id: `trigger-${Math.random()}`,
		name: 'Exact Online Trigger',
		type: 'test.trigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {
			division: { __rl: true, mode: 'id', value: more.divisionValue ?? String(simulator.division) },
			...parameters,
		} as never,
		credentials: { exactOnlineOAuth2Api: { id: '1', name: 'Exact' } },
	};
	const nodeTypes = {
		getByName: () => type,
		getByNameAndVersion: () => type,
		getKnownTypes: () => ({}),
	} as unknown as INodeTypes;
	const workflow = new Workflow({
		id: 'w',
		nodes: [node],
		connections: {},
		active: true,
		nodeTypes,
		...(more.staticData === undefined
			? {}
			: { staticData: { [`node:${node.name}`]: more.staticData } }),
	});
	const kept = workflow.getStaticData('node', node);
	const additionalData = {
		credentialsHelper: {
			getParentTypes: (name: string) => (name === 'oAuth2Api' ? [] : ['oAuth2Api']),
			isCredentialUsableByNode: () => true,
			getDecrypted: async () => structuredClone(credentials.exactOnlineOAuth2Api),
			runPreAuthentication: async () => undefined,
			preAuthentication: async () => undefined,
			authenticate: async (_data: unknown, _type: string, request: unknown) => request,
			getCredentialsProperties: () => [],
			updateCredentialsOauthTokenData: async (_node: unknown, type: string, data: never) => {
				credentials[type] = data;
			},
		},
	};
	return {
		kept,
		async poll(mode = 'trigger', activation = 'init') {
			const context = new PollContext(
				workflow,
				node,
				additionalData as never,
				mode,
				activation,
				undefined,
				undefined,
				undefined,
				undefined,
				undefined,
				() => more.budgetMs ?? 300_000,
			);
			const output = await type.poll.call(context);
			return output?.[0] ?? [];
		},
	};
}

const numbersOf = (items: INodeExecutionData[]) =>
	items.map(({ json }) => (json.document as IDataObject).number).sort();

const cursorOf = (poller: Poller) =>
	(poller.kept.exact as unknown as { divisions: Record<string, { from: string }> }).divisions[
		MADE_UP_DIVISION
	]?.from;

/** As n8n writes it to its database. */
const stored = (poller: Poller) => JSON.parse(JSON.stringify(poller.kept)) as IDataObject;

describe('Exact Online Trigger', () => {
	let simulator: ExactSimulator;
	const start = async (more: Partial<SimulatorOptions> = {}) => {
		simulator = await startExactSimulator({ data: madeUpCompany(7), latencyMs: 0, ...more });
		return simulator.controls;
	};
	afterEach(async () => {
		jest.restoreAllMocks();
		await simulator.close();
	});
	/** Both clocks go on: that of n8n's process and that of the simulator. */
	const pass = (minutes: number) => {
		const { now } = Date;
		const before = now();
		jest
			.spyOn(Date, 'now')
			.mockImplementation(() => performance.now() - started + before + minutes * 60_000);
		const started = performance.now();
	};
	const entries = { resource: 'purchaseEntry', startFrom: 'beginning' };

	test('from the beginning, everything comes once and then only what is changed', async () => {
		const controls = await start();
		const poller = pollerFor(simulator, entries);
		const first = await poller.poll();
		expect(numbersOf(first)).toEqual([1, 2, 3, 4, 5, 6, 7].map((number) => `INV-${number}`));
		expect(first[0]?.json).toMatchObject({
			outcome: 'read',
			lines: [expect.objectContaining({ LineNumber: 1 })],
			supplier: expect.objectContaining({ Name: expect.any(String) }),
			company: expect.objectContaining({ Code: MADE_UP_DIVISION }),
			cursor: expect.stringMatching(
				new RegExp(`^purchaseEntry/${MADE_UP_DIVISION}/modified/2026-01-05T10:00:00.000/`),
			),
			quota: expect.objectContaining({ dailyRemaining: expect.any(Number) }),
		});
		expect(await poller.poll()).toEqual([]);
		controls.edit('purchase-entries', guid(ENTRY, 3), { Description: 'changed' });
		expect(numbersOf(await poller.poll())).toEqual(['INV-3']);
		expect(await poller.poll()).toEqual([]);
		expect(simulator.violations).toEqual([]);
	});

	test('from now, what is there stays and what is changed comes', async () => {
		const controls = await start();
		const poller = pollerFor(simulator, { resource: 'purchaseEntry', startFrom: 'now' });
		controls.edit('purchase-entries', guid(ENTRY, 1), { Description: 'just before' });
		expect(await poller.poll('trigger', 'activate')).toEqual([]);
		controls.edit('purchase-entries', guid(ENTRY, 2), { Description: 'just after' });
		expect(numbersOf(await poller.poll())).toEqual(['INV-2']);
	});

	test('a header that an edited line left alone is seen by ledger transactions', async () => {
		const controls = await start();
		const byHeader = pollerFor(simulator, { ...entries, detectBy: 'modified' });
		const byLedger = pollerFor(simulator, { ...entries, detectBy: 'timestamp' });
		expect(await byHeader.poll()).toHaveLength(7);
		expect(await byLedger.poll()).toHaveLength(7);
		controls.edit('purchase-entry-lines', guid(LINE, 21), { AmountFC: 90 }, { touchHeader: false });
		expect(await byHeader.poll()).toEqual([]);
		const items = await byLedger.poll();
		expect(numbersOf(items)).toEqual(['INV-2']);
		expect((items[0]?.json.lines as IDataObject[])[0]?.AmountFC).toBe(90);
	});

	test('a cursor of an item starts another trigger behind it', async () => {
		const controls = await start();
		const vendors = { resource: 'vendor', startFrom: 'beginning' };
		const poller = pollerFor(simulator, vendors);
		expect(await poller.poll()).toHaveLength(5);
		controls.edit('accounts', supplierKey(1), { Name: 'Renamed' });
		const changed = await poller.poll();
		expect(changed).toHaveLength(1);
		const other = pollerFor(simulator, {
			resource: 'vendor',
			startFrom: 'cursor',
			startCursor: changed[0]?.json.cursor,
		});
		expect(await other.poll()).toEqual([]);
		controls.edit('accounts', supplierKey(2), { Name: 'Renamed later' });
		expect((await other.poll()).map(({ json }) => json.Name)).toEqual(['Renamed later']);
		const wrong = pollerFor(simulator, {
			resource: 'glAccount',
			startFrom: 'cursor',
			startCursor: changed[0]?.json.cursor,
		});
		await expect(wrong.poll()).rejects.toThrow('is not one of GL Account');
	});

	test('rows with neither date nor version are compared by their content', async () => {
		const controls = await start();
		const poller = pollerFor(simulator, {
			resource: 'glAccountMapping',
			startFrom: 'now',
			options: { deletions: true },
		});
		expect(await poller.poll()).toEqual([]);
		controls.edit('gl-classification-mappings', mappingKey(4), { ClassificationCode: 'WXYZ' });
		controls.remove('gl-classification-mappings', mappingKey(5));
		const items = await poller.poll();
		expect(items.map(({ json }) => [json.outcome, json.ClassificationCode])).toEqual([
			['read', 'WXYZ'],
			['deleted', undefined],
		]);
		expect(await poller.poll()).toEqual([]);
	});

	test('deletions come from the delete log, where there is one', async () => {
		const controls = await start();
		const poller = pollerFor(simulator, {
			resource: 'vendor',
			startFrom: 'now',
			options: { deletions: true },
		});
		await poller.poll();
		controls.remove('accounts', supplierKey(4));
		const items = await poller.poll();
		expect(items.map(({ json }) => json)).toEqual([
			expect.objectContaining({
				outcome: 'deleted',
				document: expect.objectContaining({
					key: `exact:${MADE_UP_DIVISION}:vendor:${supplierKey(4)}`,
				}),
			}),
		]);
	});

	test('an error in a later page loses nothing', async () => {
		const controls = await start({ pageSize: 2 });
		const poller = pollerFor(simulator, { ...entries, include: [] });
		controls.fault({ kind: 'status', status: 403, match: 'skiptoken', after: 1 });
		const first = await poller.poll();
		pass(31);
		const second = await poller.poll();
		expect(first.length).toBeLessThan(7);
		expect(numbersOf([...first, ...second])).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => `INV-${n}`));
	});

	test('a poll that fails leaves the cursor where it was', async () => {
		const controls = await start();
		const poller = pollerFor(simulator, entries);
		await poller.poll();
		const before = cursorOf(poller);
		controls.edit('purchase-entries', guid(ENTRY, 3), { Description: 'changed' });
		controls.fault({ kind: 'status', status: 403, match: 'PurchaseEntryLines' });
		await expect(poller.poll()).rejects.toThrow('refuses access');
		expect(cursorOf(poller)).toBe(before);
		// It is not asked at the next poll, nor told again.
		const calls = simulator.calls.length;
		expect(await poller.poll()).toEqual([]);
		expect(simulator.calls.slice(calls).every(({ status }) => status === 200)).toBe(true);
		pass(31);
		expect(numbersOf(await poller.poll())).toEqual(['INV-3']);
	});

	test('the activation poll reads one page, and the next one goes on', async () => {
		await start({ pageSize: 3 });
		const poller = pollerFor(simulator, { ...entries, include: [] });
		const first = await poller.poll('trigger', 'activate');
		expect(first).toHaveLength(3);
		expect(
			simulator.calls.filter(({ endpoint }) => endpoint.includes('PurchaseEntries')),
		).toHaveLength(1);
		expect(await poller.poll()).toHaveLength(4);
	});

	test('paging stops before the budget and goes on next time', async () => {
		await start({ pageSize: 1, latencyMs: 60 });
		const poller = pollerFor(simulator, { ...entries, include: [] }, { budgetMs: 250 });
		const seen: INodeExecutionData[] = [];
		let polls = 0;
		while (seen.length < 7 && polls < 20) {
			seen.push(...(await poller.poll()));
			polls += 1;
		}
		expect(polls).toBeGreaterThan(1);
		expect(numbersOf(seen)).toEqual([1, 2, 3, 4, 5, 6, 7].map((number) => `INV-${number}`));
	});

	test('a tick during a running poll emits nothing and leaves the cursor alone', async () => {
		await start({ latencyMs: 30 });
		const poller = pollerFor(simulator, entries);
		const [slow, tick] = await Promise.all([poller.poll(), poller.poll()]);
		expect(slow).toHaveLength(7);
		expect(tick).toEqual([]);
	});

	test('a test run shows a sample and never moves the cursor', async () => {
		await start();
		const poller = pollerFor(simulator, entries);
		expect(await poller.poll('manual')).toHaveLength(5);
		expect(poller.kept).toEqual({});
		await poller.poll();
		const before = JSON.stringify(poller.kept);
		await poller.poll('manual');
		expect(JSON.stringify(poller.kept)).toBe(before);
	});

	test('several divisions are watched, and the trouble of one does not keep the other waiting', async () => {
		const other = MADE_UP_DIVISION + 1;
		const controls = await start({ data: [madeUpCompany(2), madeUpCompany(3, other)] });
		const poller = pollerFor(simulator, {
			...entries,
			divisions: 'several',
			divisionNumbers: `${MADE_UP_DIVISION}, ${other}`,
		});
		expect(await poller.poll()).toHaveLength(5);
		controls.leaveDivision(MADE_UP_DIVISION);
		controls.edit(
			'purchase-entries',
			guid(ENTRY, 2),
			{ Description: 'changed' },
			{ division: other },
		);
		const items = await poller.poll();
		expect(items.map(({ json }) => json.Division)).toEqual([other]);
		// What is refused is told with the items of the others.
		expect(items[0]?.json).toMatchObject({
			outcome: 'read',
			reason: expect.stringContaining(`no access to division ${MADE_UP_DIVISION}`),
			issues: [{ code: 'EXACT_DIVISION_SCOPE', severity: 'warning' }],
		});
		// Nor is it asked, or told, at every poll.
		expect(await poller.poll()).toEqual([]);
		pass(31);
		await expect(poller.poll()).rejects.toThrow(`no access to division ${MADE_UP_DIVISION}`);
		expect(await poller.poll()).toEqual([]);
	});

	test('the division of the connected user is looked up once and kept', async () => {
		const other = MADE_UP_DIVISION + 1;
		const controls = await start({ data: [madeUpCompany(2), madeUpCompany(3, other)] });
		const poller = pollerFor(simulator, entries, { divisionValue: 'current' });
		expect(await poller.poll()).toHaveLength(2);
		controls.openDivision(other);
		controls.add('purchase-entries', entryRow(9, { Modified: undefined }));
		controls.add('purchase-entry-lines', lineRow(9, 1));
		expect((await poller.poll()).map(({ json }) => json.Division)).toEqual([MADE_UP_DIVISION]);
	});

	test('all divisions of the user, or those with a name, are watched in turns', async () => {
		const codes = [1, 2, 3].map((number) => MADE_UP_DIVISION + number);
		await start({ data: codes.map((code) => madeUpCompany(2, code)) });
		const all = pollerFor(simulator, { ...entries, divisions: 'all' });
		expect(await all.poll()).toHaveLength(6);
		const one = pollerFor(simulator, {
			...entries,
			divisions: 'byName',
			divisionPattern: `company *${codes[1]}`,
		});
		expect((await one.poll()).map(({ json }) => json.Division)).toEqual([codes[1], codes[1]]);
		const none = pollerFor(simulator, {
			...entries,
			divisions: 'byName',
			divisionPattern: 'Nobody',
		});
		await expect(none.poll()).rejects.toThrow('None of the 3 divisions has a name like "Nobody"');
	});

	test('hundreds of divisions share what is fair, each in its turn', async () => {
		await start({ extraDivisions: 70 });
		const poller = pollerFor(simulator, { ...entries, divisions: 'all', include: [] });
		await poller.poll();
		const state = poller.kept.exact as unknown as {
			allowance: { at: number; left: number };
			divisions: object;
			turn: number;
		};
		expect(Object.keys(state.divisions)).toHaveLength(71);
		state.allowance = { at: Date.now(), left: 20 };
		simulator.controls.clearJournal();
		const turns = new Set<number | undefined>();
		await poller.poll();
		for (const { division } of simulator.calls) turns.add(division);
		expect(simulator.calls.length).toBeLessThan(30);
		const stopped = (poller.kept.exact as typeof state).turn;
		(poller.kept.exact as typeof state).allowance = { at: Date.now(), left: 20 };
		await poller.poll();
		expect((poller.kept.exact as typeof state).turn).not.toBe(stopped);
	});

	test('now is one moment for all divisions, also for one that was away', async () => {
		const other = MADE_UP_DIVISION + 1;
		const controls = await start({ data: [madeUpCompany(2), madeUpCompany(3, other)] });
		controls.leaveDivision(other);
		const poller = pollerFor(simulator, {
			resource: 'purchaseEntry',
			startFrom: 'now',
			divisions: 'several',
			divisionNumbers: `${MADE_UP_DIVISION},${other}`,
		});
		await expect(poller.poll('trigger', 'activate')).rejects.toThrow('no access');
		pass(20);
		controls.edit('purchase-entries', guid(ENTRY, 1), { Description: 'changed' });
		expect(numbersOf(await poller.poll())).toEqual(['INV-1']);
		controls.edit('purchase-entries', guid(ENTRY, 3), { Description: 'away' }, { division: other });
		controls.returnToDivision(other);
		pass(20);
		expect(numbersOf(await poller.poll())).toEqual(['INV-3']);
	});

	test('schedules that take a third of the calls of a day are warned of', async () => {
		await start({ limits: { daily: 4_000 } });
		const poller = pollerFor(simulator, {
			...entries,
			pollTimes: { item: [{ mode: 'everyMinute' }] },
		});
		await poller.poll();
		simulator.controls.edit('purchase-entries', guid(ENTRY, 1), { Description: 'changed' });
		const [item] = await poller.poll();
		expect(item?.json).toMatchObject({
			outcome: 'read',
			reason: expect.stringContaining('This trigger asks Exact 1440 times a day'),
			issues: [{ code: 'EXACT_SCHEDULE_DENSE', severity: 'warning' }],
		});
	});

	test('what was deleted before the log begins is said to be unknown', async () => {
		await start();
		const poller = pollerFor(simulator, {
			resource: 'vendor',
			startFrom: 'beginning',
			options: { deletions: true },
		});
		expect((await poller.poll())[0]?.json.issues).toEqual([
			expect.objectContaining({ code: 'EXACT_DELETIONS_UNKNOWN' }),
		]);
	});

	test('a field that Exact does not know is told in the first item', async () => {
		await start({ missingFields: { 'purchaseentry/PurchaseEntries': ['ExternalLinkReference'] } });
		const poller = pollerFor(simulator, entries);
		expect((await poller.poll())[0]?.json).toMatchObject({
			reason: expect.stringContaining('has no field ExternalLinkReference: it is left out.'),
			issues: [{ code: 'EXACT_FIELD_LEFT_OUT' }],
		});
	});

	test('a division that Exact moved is read again from the beginning', async () => {
		const controls = await start();
		const poller = pollerFor(simulator, { resource: 'vendor', startFrom: 'beginning' });
		expect(await poller.poll()).toHaveLength(5);
		controls.moveDivision();
		// The move is looked for once an hour.
		const state = poller.kept.exact as unknown as {
			divisions: Record<string, { moveCheckedAt: number }>;
		};
		(state.divisions[MADE_UP_DIVISION] as { moveCheckedAt: number }).moveCheckedAt -= 3_600_001;
		expect(await poller.poll()).toHaveLength(5);
	});

	test('another start begins anew', async () => {
		await start();
		const poller = pollerFor(simulator, { resource: 'purchaseEntry', startFrom: 'now' });
		expect(await poller.poll()).toEqual([]);
		const again = pollerFor(simulator, entries, { staticData: stored(poller) });
		expect(await again.poll()).toHaveLength(7);
	});

	test('after a restart of n8n it goes on from the stored cursor', async () => {
		const controls = await start();
		const poller = pollerFor(simulator, entries);
		expect(await poller.poll()).toHaveLength(7);
		controls.edit('purchase-entries', guid(ENTRY, 3), { Description: 'changed' });
		const restarted = pollerFor(simulator, entries, { staticData: stored(poller) });
		expect(numbersOf(await restarted.poll())).toEqual(['INV-3']);
		const again = pollerFor(simulator, entries, { staticData: stored(restarted) });
		expect(await again.poll()).toEqual([]);
	});
});
