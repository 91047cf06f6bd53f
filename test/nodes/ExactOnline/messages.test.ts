import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { ExactOnline } from '../../../nodes/ExactOnline/ExactOnline.node';
import type { ExactSimulator, SimulatorOptions } from '../../../sandbox/exact-simulator';
import { createClock, startExactSimulator } from '../../../sandbox/exact-simulator';
import { exactCredential } from '../../support/exactCredential';
import { ENTRY, entryRow, guid, madeUpCompany } from '../../support/madeUpCompany';
import { runNode } from '../../support/runWorkflow';
import { useOwnFolder } from '../EdiLedger/support';

const DOCUMENT = 20;

/** Without a ledger of whoever runs the tests. */
useOwnFolder();

interface Seen {
	/** The first line that the editor shows, and what stands below it. */
	message: string;
	description: string;
	/** What n8n knows of the failure. */
	cause: string | undefined;
	/** The same with *On Error* set to continue, where it is an item. */
	code: string | undefined;
}

/** What people see in the editor when Exact or the connection is in trouble, on n8n's own engine. */
describe('what the editor shows', () => {
	let simulator: ExactSimulator;
	let credentials: Record<string, ICredentialDataDecryptedObject>;
	const start = async (more: Partial<SimulatorOptions> = {}) => {
		const company = madeUpCompany(3);
		simulator = await startExactSimulator({
			data: {
				...company,
				'purchase-entries': [1, 2, 3].map((number) =>
					entryRow(number, { Document: guid(DOCUMENT, 1) }),
				),
				documents: [{ ID: guid(DOCUMENT, 1), HID: 77, Subject: 'Scan' }],
			},
			latencyMs: 0,
			...more,
		});
		credentials = exactCredential(simulator);
	};
	afterEach(async () => {
		await simulator.close();
	});

	type More = { mode?: 'manual' | 'trigger'; items?: IDataObject[] };
	const run = async (
		parameters: IDataObject,
		{ mode = 'manual', items = [{}] }: More,
		onError?: 'continueRegularOutput',
	) =>
		await runNode(
			new ExactOnline(),
			{
				resource: 'costCenter',
				operation: 'getMany',
				division: { __rl: true, mode: 'id', value: String(simulator.division) },
				...parameters,
			},
			items.map((json) => ({ json })),
			{ credentials, mode, ...(onError === undefined ? {} : { onError }) },
		);
	const see = async (parameters: IDataObject = {}, more: More = {}): Promise<Seen> => {
		const { error } = await run(parameters, more);
		const shown = error as { message?: string; description?: string } | undefined;
		const failure = (error as { failure?: { cause?: string } } | undefined)?.failure;
		return {
			message: String(shown?.message),
			description: String(shown?.description),
			cause: failure?.cause,
			code: undefined,
		};
	};
	/** As an item of a flow that goes on. */
	const seeItem = async (parameters: IDataObject = {}, more: More = {}) => {
		const { outputs } = await run(parameters, more, 'continueRegularOutput');
		const json = outputs[0]?.[0]?.json ?? {};
		const [issue] = (json.issues ?? []) as { code: string; message: string }[];
		return { outcome: json.outcome, code: issue?.code, message: issue?.message };
	};

	test('EXACT_FORBIDDEN: a right of the app that was taken away, and until when it is left alone', async () => {
		await start();
		simulator.controls.forbid('hrm/Costcenters');
		expect(await see()).toMatchObject({
			message: 'Exact refuses access to hrm/Costcenters in division 700001: Forbidden',
			description: expect.stringMatching(
				/^Give the user the right.* It is not asked again before .* UTC, so that Exact does not block the key; by hand it is\.$/,
			),
			cause: 'configuration-invalid',
		});
	});

	test('EXACT_PAUSED: what is paused, until when, and why', async () => {
		await start();
		simulator.controls.forbid('hrm/Costcenters');
		await see({}, { mode: 'trigger' });
		expect(await see({}, { mode: 'trigger' })).toMatchObject({
			message: expect.stringMatching(
				/^hrm\/Costcenters in division 700001 is not asked before .* UTC, so that Exact does not block the key\. At .* UTC it was: Exact refuses access/,
			),
			description: expect.stringContaining('run Check Connection or this node by hand'),
			cause: 'temporarily-unavailable',
		});
		expect(await seeItem({}, { mode: 'trigger' })).toMatchObject({
			outcome: 'failed',
			code: 'EXACT_PAUSED',
		});
		const calls = simulator.calls.filter(({ status }) => status === 403);
		expect(calls).toHaveLength(1);
	});

	test('EXACT_REQUEST_REFUSED: thirty items with a bad filter are one counted refusal', async () => {
		await start();
		const parameters = { options: { filter: "Nonsense eq '{{ $json.n }}'" } };
		const items = Array.from({ length: 30 }, (_, n) => ({ n }));
		const { outputs } = await run(parameters, { items }, 'continueRegularOutput');
		const codes = (outputs[0] ?? []).map(
			({ json }) => (json.issues as { code: string }[])[0]?.code,
		);
		expect(codes).toEqual(['EXACT_REQUEST_REFUSED', ...Array(29).fill('EXACT_PAUSED')]);
		expect(simulator.calls.filter(({ status }) => status === 400)).toHaveLength(1);
	});

	test.each([
		[403, 'BlockedApiKey'],
		[429, 'API rate limit exceeded'],
	] as const)(
		'EXACT_KEY_BLOCKED: a blocked key, told as %s, in the words of Exact',
		async (blockAnswer, words) => {
			await start({ blockAnswer });
			simulator.controls.forbid('hrm/Costcenters');
			const { access_token: token } = (credentials.exactOnlineOAuth2Api?.oauthTokenData ??
				{}) as Record<string, string>;
			for (let call = 0; call < 11; call += 1) {
				// Another program with the same app.
				await simulator.respond({
					method: 'GET',
					url: `/api/v1/${simulator.division}/hrm/Costcenters?$select=ID`,
					headers: { accept: 'application/json', authorization: `Bearer ${token}` },
				});
			}
			expect(await see()).toMatchObject({
				message: `Exact has blocked the key for hrm/Costcenters in division 700001: ${words}`,
				description: expect.stringContaining('Exact lifts the block by itself'),
				cause: 'rate-limited',
			});
			expect(await seeItem({}, { mode: 'trigger' })).toMatchObject({
				code: 'EXACT_PAUSED',
				message: expect.stringContaining('Exact has blocked the key'),
			});
		},
	);

	test('EXACT_NO_RIGHTS: an empty list that is a lost right', async () => {
		await start();
		simulator.controls.denyRights('hrm/Costcenters');
		expect(await see()).toMatchObject({
			message:
				'The connected user may not read hrm/Costcenters in division 700001: Exact answers with an empty list',
			description: expect.stringContaining('Ask the administrator to give the user the right'),
			cause: 'configuration-invalid',
		});
	});

	test('EXACT_NO_RIGHTS: the lines of an entry are never an empty list without a word', async () => {
		await start();
		simulator.controls.denyRights('purchaseentry/PurchaseEntryLines');
		expect((await see({ resource: 'purchaseEntry', include: ['lines'] })).message).toContain(
			'may not read purchaseentry/PurchaseEntryLines',
		);
	});

	test('EXACT_RIGHTS_UNKNOWN: nothing is called deleted where Exact does not confirm the right', async () => {
		await start();
		simulator.controls.remove('purchase-entries', guid(ENTRY, 2));
		simulator.controls.fault({ kind: 'status', status: 403, match: 'UserHasRights', times: 9 });
		const parameters = {
			resource: 'purchaseEntry',
			operation: 'findDeleted',
			documentKey: `exact:${simulator.division}:purchaseEntry:${guid(ENTRY, 2)}`,
		};
		expect(await seeItem(parameters)).toMatchObject({
			outcome: 'failed',
			code: 'EXACT_RIGHTS_UNKNOWN',
			message: expect.stringMatching(
				/^1 of 1 purchase entries are not found in division 700001, and Exact does not say/,
			),
		});
	});

	test.each([
		['EXACT_DIVISION_SCOPE', undefined, 'The app or the user has no access to division 700001'],
		['EXACT_DIVISION_INACTIVE', 'DivisionBlocked', 'Division 700001 is blocked'],
		['EXACT_ACCOUNT_BLOCKED', 'BlockedUser', 'The user is blocked in Exact Online. (BlockedUser)'],
		[
			'EXACT_ACCOUNT_BLOCKED',
			'LicenseExpired',
			'The license of Exact Online has expired. (LicenseExpired)',
		],
	])('%s: a division that is closed (%s)', async (code, reason, message) => {
		await start();
		if (reason === undefined) simulator.controls.takeOutOfScope();
		else simulator.controls.leaveDivision(simulator.division, reason);
		expect((await see()).message).toBe(message);
		expect(await seeItem()).toMatchObject({ outcome: 'failed', code });
	});

	test.each([
		['current', "The division that is open in Exact Online follows the user's browser"],
		['={{ $json.division }}', 'No division is chosen'],
	])(
		'EXACT_DIVISION_INVALID: %s is refused with the divisions to choose from',
		async (value, why) => {
			await start({ extraDivisions: 12 });
			const parameters = { division: { __rl: true, mode: 'id', value } };
			const seen = await see(parameters);
			expect(seen.message).toContain(why);
			expect(seen.description).toMatch(/^Choose one: .*700001 \(Company 700001\).*, 3 more\.$/);
			expect(await seeItem(parameters)).toMatchObject({ code: 'EXACT_DIVISION_INVALID' });
			expect(simulator.calls.filter(({ endpoint }) => endpoint === 'hrm/Costcenters')).toEqual([]);
		},
	);

	test('EXACT_TOKEN_REJECTED: a token that ended before its time, and when there is a new one', async () => {
		await start();
		simulator.controls.endAccessTokensEarly();
		expect(await see()).toMatchObject({
			message: expect.stringMatching(
				/^Exact ended the access token before its time and gives a new one at .* UTC$/,
			),
			description: expect.stringContaining('Nothing has to be done: a run after that reads on.'),
			cause: 'temporarily-unavailable',
		});
		expect(await seeItem({}, { mode: 'trigger' })).toMatchObject({
			code: 'EXACT_PAUSED',
			message: expect.stringContaining('The connection to Exact Online is not asked before'),
		});
	});

	test('EXACT_REFRESH_TOKEN_USED: a connection that is broken, and when it is tried again', async () => {
		await start();
		simulator.controls.useRefreshTokenElsewhere();
		simulator.controls.expireAccessTokens();
		expect(await see()).toMatchObject({
			message: 'The connection to Exact Online is broken: its refresh token was used before',
			description: expect.stringMatching(
				/reconnect it.* It is not tried again before .* UTC, unless the credential is connected anew\.$/,
			),
			cause: 'credential-invalid',
		});
	});

	test('EXACT_REFRESH_TOKEN_EXPIRED: a connection that nobody used for a month', async () => {
		const clock = createClock({ frozen: true, startsAt: '2026-03-02T10:00:05Z' });
		await start({ clock });
		clock.advance(31 * 86_400_000);
		expect(await see()).toMatchObject({
			message: 'The connection to Exact Online has expired: it was not used for 30 days',
			description: expect.stringContaining('reconnect'),
			cause: 'credential-invalid',
		});
	});

	test('EXACT_QUOTA_EXHAUSTED: the calls of a day are used up elsewhere', async () => {
		await start();
		simulator.controls.useQuota({ daily: 5_000 });
		expect(await see()).toMatchObject({
			message: expect.stringMatching(
				/^The daily quota of calls for division 700001 is exhausted until .*Z$/,
			),
			cause: 'quota-exhausted',
		});
	});

	test.each([
		[
			'EXACT_PAGE_LOOP',
			undefined,
			'Exact says that the next page of 700001/purchaseentry/PurchaseEntries is one that was read already',
		],
		[
			'EXACT_FOREIGN_PAGE',
			'https://evil.example/api/v1/700001/crm/Accounts?$skiptoken=x',
			'The next page of 700001/purchaseentry/PurchaseEntries is said to be at evil.example',
		],
	])('%s: a following page that leads nowhere stops the read', async (code, next, message) => {
		await start({ pageSize: 2 });
		simulator.controls.fault({
			kind: 'next',
			match: 'purchaseentry/PurchaseEntries',
			times: 9,
			...(next === undefined ? {} : { next }),
		});
		const parameters = { resource: 'purchaseEntry', returnAll: true, include: [] };
		expect((await see(parameters)).message).toContain(message);
		expect(await seeItem(parameters)).toMatchObject({ outcome: 'failed', code });
	});

	test('EXACT_FIELD_LEFT_OUT: told once, in the first item, and the read goes on', async () => {
		await start({ missingFields: { 'hrm/Costcenters': ['Description'] } });
		const { outputs, error } = await run({}, {});
		expect(error).toBeUndefined();
		expect(outputs[0]?.[0]?.json).toMatchObject({
			outcome: 'read',
			reason: expect.stringContaining('has no field Description: it is left out.'),
			issues: [{ code: 'EXACT_FIELD_LEFT_OUT', severity: 'warning' }],
		});
	});

	test('EXACT_PATH_REFUSED: a path out of the division', async () => {
		await start();
		expect(await seeItem({ resource: 'anyPath', path: '../1/crm/Accounts' })).toMatchObject({
			outcome: 'failed',
			code: 'EXACT_PATH_REFUSED',
			message: expect.stringContaining('The path "../1/crm/Accounts" is not read: it leads out'),
		});
	});

	test('EXACT_ATTACHMENT_ADDRESS: bytes that are said to be elsewhere are not asked for', async () => {
		await start();
		simulator.controls.fault({
			kind: 'status',
			status: 200,
			match: 'documents/DocumentAttachments',
			body: JSON.stringify({
				d: {
					results: [
						{
							ID: guid(21, 1),
							Document: guid(DOCUMENT, 1),
							FileName: 'scan.pdf',
							Url: 'https://evil.example/steal?ID=1',
						},
					],
				},
			}),
		});
		const parameters = {
			resource: 'purchaseEntry',
			operation: 'download',
			documentId: guid(DOCUMENT, 1),
		};
		expect(await seeItem(parameters)).toMatchObject({
			outcome: 'failed',
			code: 'EXACT_ATTACHMENT_ADDRESS',
			message: expect.stringContaining('evil.example/steal, which is not where Exact keeps them'),
		});
		expect(simulator.calls.filter(({ endpoint }) => endpoint === 'attachment')).toEqual([]);
	});

	test('Check Connection needs no division: it says which there are', async () => {
		await start({ extraDivisions: 2 });
		const { outputs, error } = await run(
			{
				resource: 'connection',
				operation: 'checkConnection',
				division: { __rl: true, mode: 'list', value: '' },
			},
			{},
		);
		expect(error).toBeUndefined();
		expect(outputs[0]?.[0]?.json).toMatchObject({ outcome: 'connected', division: 700_001 });
	});
});
