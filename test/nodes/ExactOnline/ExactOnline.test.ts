import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { ExactOnline } from '../../../nodes/ExactOnline/ExactOnline.node';
import type { ExactSimulator, SimulatorOptions } from '../../../sandbox/exact-simulator';
import { startExactSimulator } from '../../../sandbox/exact-simulator';
import { exactCredential } from '../../support/exactCredential';
import { oxfordLedger } from '../../support/exactSimulator';
import { runNode } from '../../support/runWorkflow';
import { describeWithShared } from '../../support/shared';

/** One stored credential for several executions, as in n8n's database. */
function sharedCredential(stored: Record<string, ICredentialDataDecryptedObject>) {
	return {
		getParentTypes: (name: string) => (name === 'oAuth2Api' ? [] : ['oAuth2Api']),
		isCredentialUsableByNode: () => true,
		getDecrypted: async (_data: unknown, _node: unknown, type: string) =>
			structuredClone(stored[type]),
		runPreAuthentication: async () => undefined,
		preAuthentication: async () => undefined,
		authenticate: async (_data: unknown, _type: string, request: unknown) => request,
		getCredentialsProperties: () => [],
		updateCredentialsOauthTokenData: async (
			_node: unknown,
			type: string,
			data: ICredentialDataDecryptedObject,
		) => {
			stored[type] = structuredClone(data);
		},
	};
}

describeWithShared('Exact Online on n8n', () => {
	let simulator: ExactSimulator;
	const start = async (more: Partial<SimulatorOptions> = {}) => {
		simulator = await startExactSimulator({ data: oxfordLedger, latencyMs: 0, ...more });
	};
	afterEach(async () => {
		await simulator.close();
	});

	const run = async (
		parameters: IDataObject,
		options: { expiresAt?: number | undefined; onError?: 'continueRegularOutput' } = {
			expiresAt: Date.now() + 600_000,
		},
	) =>
		await runNode(
			new ExactOnline(),
			{ division: { __rl: true, mode: 'id', value: String(simulator.division) }, ...parameters },
			[{ json: { from: 'input' } }],
			{
				credentials: exactCredential(simulator, options),
				...(options.onError === undefined ? {} : { onError: options.onError }),
			},
		);

	test('purchase entries leave as the architecture says, with quota in the first item', async () => {
		await start();
		const { outputs, error } = await run({ resource: 'purchaseEntry', limit: 3 });
		expect(error).toBeUndefined();
		const [first, second] = outputs[0] ?? [];
		expect(outputs[0]).toHaveLength(3);
		expect(first?.json).toMatchObject({
			outcome: 'read',
			EntryNumber: expect.any(Number),
			lines: [
				expect.objectContaining({
					glAccount: expect.objectContaining({ Code: expect.any(String) }),
				}),
			],
			supplier: expect.objectContaining({ Name: expect.any(String) }),
			company: expect.objectContaining({ Code: simulator.division }),
			paymentCondition: expect.objectContaining({ PaymentDays: expect.any(Number) }),
			document: {
				resource: 'purchaseEntry',
				key: `exact:${simulator.division}:purchaseEntry:${String(first?.json.EntryID)}`,
				number: expect.any(String),
				contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
				modified: expect.stringMatching(/Z$/),
				division: simulator.division,
			},
			quota: { dailyLimit: 5000, dailyRemaining: expect.any(Number), calls: expect.any(Number) },
		});
		expect(second?.json.quota).toBeUndefined();
		expect(first?.pairedItem).toEqual({ item: 0 });
		expect(simulator.violations).toEqual([]);
	});

	test('the content hash is the same for every output', async () => {
		await start();
		const hashes = [];
		for (const output of ['simplified', 'raw', 'selected']) {
			const { outputs } = await run({
				resource: 'purchaseEntry',
				limit: 1,
				output,
				fields: ['EntryNumber'],
			});
			hashes.push((outputs[0]?.[0]?.json.document as IDataObject).contentHash);
		}
		expect(new Set(hashes).size).toBe(1);
	});

	test('Raw leaves as Exact sent it, joins included', async () => {
		await start();
		const { outputs } = await run({ resource: 'purchaseEntry', limit: 1, output: 'raw' });
		const json = outputs[0]?.[0]?.json;
		expect(json?.EntryDate).toMatch(/^\/Date\(\d+\)\/$/);
		expect(json?.__metadata).toBeDefined();
		expect(((json?.lines as IDataObject[])[0] as IDataObject).__metadata).toBeDefined();
	});

	test('Selected Fields leaves only those, and One Item per Line one item for each line', async () => {
		await start();
		const selected = await run({
			resource: 'purchaseEntry',
			limit: 1,
			output: 'selected',
			fields: ['EntryNumber', 'YourRef'],
			include: ['lines'],
		});
		expect(Object.keys(selected.outputs[0]?.[0]?.json ?? {}).sort()).toEqual(
			[
				'EntryNumber',
				'YourRef',
				'company',
				'document',
				'issues',
				'lines',
				'outcome',
				'quota',
			].sort(),
		);
		const perLine = await run({ resource: 'purchaseEntry', limit: 50, onePerLine: true });
		const items = perLine.outputs[0] ?? [];
		expect(items.length).toBeGreaterThan(50);
		expect(items.every(({ json }) => json.line !== undefined && json.lines === undefined)).toBe(
			true,
		);
	});

	test('Check Connection says who, where, with which rights and what quota', async () => {
		await start({ noRights: ['crm/Accounts'], extraDivisions: 130 });
		const { outputs, error } = await run({ operation: 'checkConnection' });
		expect(error).toBeUndefined();
		const json = outputs[0]?.[0]?.json as IDataObject;
		expect(json).toMatchObject({
			outcome: 'connected',
			user: { FullName: 'Sandbox User' },
			divisions: { source: 'system/Divisions' },
			quota: { dailyLimit: 5000 },
		});
		expect((json.divisions as IDataObject).divisions).toHaveLength(131);
		const rights = json.rights as IDataObject[];
		expect(rights.find(({ resource }) => resource === 'Vendor')?.mayRead).toBe(false);
		expect(rights.find(({ resource }) => resource === 'Purchase Entry')?.mayRead).toBe(true);
	});

	test('an access token that is about to end is refreshed without a counted 401', async () => {
		await start();
		const credentials = exactCredential(simulator, { expiresAt: Date.now() + 20_000 });
		simulator.controls.expireAccessTokens();
		const { error } = await runNode(
			new ExactOnline(),
			{
				resource: 'costCenter',
				division: { __rl: true, mode: 'id', value: String(simulator.division) },
			},
			[{ json: {} }],
			{ credentials },
		);
		expect(error).toBeUndefined();
		expect(simulator.calls.filter(({ status }) => status === 401)).toEqual([]);
		expect(
			simulator.controls.tokenCalls().filter(({ grant }) => grant === 'refresh_token'),
		).toHaveLength(1);
	});

	test('where the end of the token is not known, the 401 is spent on current/Me', async () => {
		await start();
		const credentials = exactCredential(simulator, { expiresAt: undefined });
		simulator.controls.expireAccessTokens();
		const { error } = await runNode(
			new ExactOnline(),
			{
				resource: 'costCenter',
				division: { __rl: true, mode: 'id', value: String(simulator.division) },
			},
			[{ json: {} }],
			{ credentials },
		);
		expect(error).toBeUndefined();
		const refused = simulator.calls.filter(({ status }) => status === 401);
		expect(refused.map(({ endpoint }) => endpoint)).toEqual(['current/Me']);
	});

	test('two executions at once on an expired token refresh once, and both succeed', async () => {
		await start({ latencyMs: 20 });
		const credentials = exactCredential(simulator, { expiresAt: Date.now() + 5_000 });
		const stored = { ...credentials };
		simulator.controls.expireAccessTokens();
		const read = async (resource: string) =>
			await runNode(
				new ExactOnline(),
				{ resource, division: { __rl: true, mode: 'id', value: String(simulator.division) } },
				[{ json: {} }],
				{
					credentials: stored,
					additionalData: { credentialsHelper: sharedCredential(stored) as never },
				},
			);
		const runs = await Promise.all([read('costCenter'), read('glAccount')]);
		expect(runs.map(({ error }) => error)).toEqual([undefined, undefined]);
		const refreshes = simulator.controls
			.tokenCalls()
			.filter(({ grant }) => grant === 'refresh_token');
		expect(refreshes.map(({ status }) => status)).toEqual([200]);
		expect(simulator.violations).toEqual([]);
	});

	test('a refresh token that was used elsewhere is said in plain words, without a secret', async () => {
		await start({ canary: 'CANARY' });
		const credentials = exactCredential(simulator, { expiresAt: Date.now() + 1_000 });
		simulator.controls.expireAccessTokens();
		simulator.controls.useRefreshTokenElsewhere();
		const { error, run: whole } = await runNode(
			new ExactOnline(),
			{
				resource: 'costCenter',
				division: { __rl: true, mode: 'id', value: String(simulator.division) },
			},
			[{ json: {} }],
			{ credentials },
		);
		expect(error?.message).toContain('its refresh token was used before');
		expect((error as unknown as { description: string }).description).toContain('reconnect');
		for (const secret of simulator.controls.secrets()) {
			expect(JSON.stringify(whole)).not.toContain(secret);
		}
	});

	test('with On Error set to continue, a wrong division leaves as an item with its issues', async () => {
		await start();
		const { outputs, error } = await run(
			{ resource: 'vendor', division: { __rl: true, mode: 'id', value: '999' } },
			{ expiresAt: Date.now() + 600_000, onError: 'continueRegularOutput' },
		);
		expect(error).toBeUndefined();
		expect(outputs[0]?.[0]?.json).toMatchObject({
			from: 'input',
			outcome: 'failed',
			issues: [expect.objectContaining({ code: 'EXACT_DIVISION_SCOPE' })],
		});
	});
});
