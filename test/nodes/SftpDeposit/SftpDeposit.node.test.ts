import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { SftpDeposit } from '../../../nodes/SftpDeposit/SftpDeposit.node';
import { PASSWORD, startPartner } from '../../support/delivery';
import type { Partner } from '../../support/delivery';
import { runNode } from '../../support/runWorkflow';
import type { WorkflowRunOptions } from '../../support/runWorkflow';

let partner: Partner;

beforeEach(async () => {
	partner = await startPartner();
});

afterEach(async () => {
	await partner.close();
});

const file = (fileName: string, content: string, more: IDataObject = {}): INodeExecutionData => ({
	json: { fileName, partner: 'ACME', ...more },
	binary: {
		data: { data: Buffer.from(content).toString('base64'), mimeType: 'text/plain', fileName },
	},
});

const credential = (more: IDataObject = {}) => ({
	sftpVerifiedApi: {
		host: '127.0.0.1',
		port: partner.server.port,
		username: 'partner',
		password: PASSWORD,
		privateKey: '',
		passphrase: '',
		hostKeys: partner.server.fingerprint,
		allowLegacyAlgorithms: false,
		...more,
	} as never,
});

const depositParameters = (more: IDataObject = {}): IDataObject => ({
	operation: 'deposit',
	folder: '/inbound',
	fileName: '={{ $json.fileName }}',
	binaryPropertyName: 'data',
	ifFileExists: 'skipIfIdentical',
	options: {},
	...more,
});

const run = (
	parameters: IDataObject,
	items: INodeExecutionData[],
	options: WorkflowRunOptions & { onError?: 'continueRegularOutput' } = {},
) => runNode(new SftpDeposit(), parameters, items, { credentials: credential(), ...options });

const outcomes = (items: INodeExecutionData[] | undefined) =>
	items?.map(({ json }) => json.outcome);

describe('Deposit', () => {
	test('delivers every item, with receipt, input fields, binary data and pairing', async () => {
		const { outputs, error } = await run(depositParameters(), [
			file('a.edi', 'ISA*a'),
			file('b.edi', 'ISA*b'),
		]);
		expect(error).toBeUndefined();
		expect(outcomes(outputs[0])).toEqual(['deposited', 'deposited']);
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(outputs[0]?.[0]?.json).toMatchObject({
			fileName: 'a.edi',
			partner: 'ACME',
			issues: [],
			receipt: {
				path: '/inbound/a.edi',
				bytes: 5,
				attempts: 1,
				hostKeyFingerprint: partner.server.fingerprint,
				sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
			},
		});
		expect(outputs[0]?.[0]?.binary?.data).toBeDefined();
		expect(partner.content('inbound/b.edi').toString()).toBe('ISA*b');
		expect(partner.server.events.filter(({ kind }) => kind === 'connection')).toHaveLength(1);
	});

	test('run again, it sends nothing and says already there', async () => {
		await run(depositParameters(), [file('a.edi', 'ISA*a')]);
		const { outputs } = await run(depositParameters(), [file('a.edi', 'ISA*a')]);
		expect(outcomes(outputs[0])).toEqual(['already there']);
		expect(partner.names()).toEqual(['a.edi']);
	});

	test('continue on fail: one item for each input, in order, with outcome and issues', async () => {
		await run(depositParameters(), [file('b.edi', 'old')]);
		const items = [
			file('a.edi', '1'),
			file('b.edi', 'new'),
			file('../c.edi', '3'),
			{ json: { fileName: 'd.edi' } },
			file('e.edi', '5'),
		];
		const { outputs, error } = await run(depositParameters(), items, {
			onError: 'continueRegularOutput',
		});
		expect(error).toBeUndefined();
		expect(outcomes(outputs[0])).toEqual(['deposited', 'failed', 'failed', 'failed', 'deposited']);
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3, 4].map((item) => ({ item })),
		);
		const codes = outputs[0]?.map(({ json }) => (json.issues as IDataObject[])[0]?.code);
		expect(codes).toEqual([
			undefined,
			'DELIVERY_TARGET_DIFFERS',
			'DELIVERY_FILE_NAME_INVALID',
			'UNEXPECTED',
			undefined,
		]);
		for (const { json } of outputs[0] ?? []) expect(json.error).toBeUndefined();
		expect(partner.names()).toEqual(['a.edi', 'b.edi', 'e.edi']);
		expect(partner.content('inbound/b.edi').toString()).toBe('old');
	});

	test('stop on fail: one error that counts, names the first, and says that running again is safe', async () => {
		await run(depositParameters(), [file('b.edi', 'old')]);
		const { error } = await run(depositParameters(), [file('a.edi', '1'), file('b.edi', 'new')]);
		expect(error?.message).toMatch(
			/^The file "\/inbound\/b\.edi" \(3 bytes\).* 1 of 2 files were not delivered\.$/,
		);
		expect((error as { description?: string }).description).toMatch(/Running again is safe/);
		expect(partner.content('inbound/a.edi').toString()).toBe('1');
	});

	test('a server that cannot be reached fails every item in our words, not in those of n8n', async () => {
		const { port } = partner.server;
		await partner.server.close();
		const { outputs } = await run(
			depositParameters({ options: { attempts: 1 } }),
			[file('a.edi', '1'), file('b.edi', '2')],
			{ onError: 'continueRegularOutput', credentials: credential({ port }) },
		);
		expect(outcomes(outputs[0])).toEqual(['failed', 'failed']);
		const stop = await run(depositParameters({ options: { attempts: 1 } }), [file('a.edi', '1')], {
			credentials: credential({ port }),
		});
		expect(stop.error?.message).toContain(`nothing accepts connections at 127.0.0.1:${port}`);
	});

	test('a wrong host key stops before any credential is sent, with both fingerprints', async () => {
		const pinned = `SHA256:${'A'.repeat(43)}`;
		const { error } = await run(depositParameters(), [file('a.edi', '1')], {
			credentials: credential({ hostKeys: pinned }),
		});
		expect(error?.message).toContain(pinned);
		expect(error?.message).toContain(partner.server.fingerprint);
		expect(partner.server.events.map(({ kind }) => kind)).toEqual(['connection']);
	});

	test('the declared hash is checked, and the check can be switched off', async () => {
		const changed = file('a.edi', 'changed', { sha256: 'a'.repeat(64) });
		const refused = await run(depositParameters(), [changed]);
		expect(refused.error?.message).toContain('declared was');
		expect(partner.names()).toEqual([]);
		const allowed = await run(depositParameters({ options: { checkDeclaredHash: false } }), [
			changed,
		]);
		expect(outcomes(allowed.outputs[0])).toEqual(['deposited']);
	});

	test('the options reach the server: permissions, marker, archive, suffix, folders, hash', async () => {
		const { outputs } = await run(
			depositParameters({
				folder: '/new/in',
				options: {
					createFolders: true,
					filePermissions: '0640',
					doneMarker: 'sha256',
					archiveFolder: '/archive',
					temporaryName: 'suffix',
					temporarySuffix: '.tmp',
					verify: 'readBack',
					inFlight: 1,
					sync: false,
				},
			}),
			[file('a.edi', 'ISA')],
		);
		expect(outputs[0]?.[0]?.json).toMatchObject({
			outcome: 'deposited',
			receipt: {
				path: '/new/in/a.edi',
				markerPath: '/new/in/a.edi.sha256',
				archivePath: '/archive/a.edi',
			},
		});
		expect(partner.names('new/in')).toEqual(['a.edi', 'a.edi.sha256']);
		expect(partner.mode('new/in/a.edi')).toBe(0o640);
		const requests = partner.server.events
			.filter(({ kind }) => kind === 'request')
			.map(({ detail }) => detail);
		expect(
			requests.some((detail) => /^OPEN \/new\/in\/a\.edi\.deposit-[0-9a-f-]+\.tmp$/.test(detail)),
		).toBe(true);
		expect(requests.some((detail) => detail.startsWith('FSYNC'))).toBe(false);
	});

	test('canary: password, key and passphrase appear in no output and no error', async () => {
		const credentials = credential({
			password: 'wrong-canary-9d1c',
			privateKey: '',
			passphrase: 'canary-passphrase-55',
		});
		const { error, run: whole } = await run(depositParameters(), [file('a.edi', '1')], {
			credentials,
		});
		expect(error?.message).toContain('refused the login of the user "partner"');
		const everything = JSON.stringify(whole.data) + String(error?.stack) + JSON.stringify(error);
		for (const secret of ['canary-9d1c', 'canary-passphrase', 'canary-password']) {
			expect(everything).not.toContain(secret);
		}
	});
});

describe('Pick Up, Move and Check Connection', () => {
	test('picks up by pattern, leaves the files, then moves them to another folder', async () => {
		await run(depositParameters(), [file('997_1.edi', 'ISA*00*'), file('note.txt', 'x')]);
		const picked = await run(
			{ operation: 'pickUp', folder: '/inbound', pattern: '997_*', options: { stableFor: 0 } },
			[{ json: {} }],
		);
		expect(picked.outputs[0]).toHaveLength(1);
		expect(picked.outputs[0]?.[0]?.json).toMatchObject({
			outcome: 'picked up',
			fileName: '997_1.edi',
			path: '/inbound/997_1.edi',
			bytes: 7,
		});
		expect(picked.outputs[0]?.[0]?.binary?.data).toMatchObject({
			fileName: '997_1.edi',
			mimeType: 'application/edi-x12',
		});
		expect(partner.names()).toEqual(['997_1.edi', 'note.txt']);
		const moved = await run(
			{
				operation: 'move',
				path: '={{ $json.path }}',
				toFolder: '/processed',
				options: { createFolders: true },
			},
			picked.outputs[0] ?? [],
		);
		expect(moved.outputs[0]?.[0]?.json).toMatchObject({
			outcome: 'moved',
			movedFrom: '/inbound/997_1.edi',
			path: '/processed/997_1.edi',
		});
		expect(partner.names('processed')).toEqual(['997_1.edi']);
	});

	test('moving what is not there fails that item only', async () => {
		await run(depositParameters(), [file('a.edi', '1')]);
		const { outputs } = await run(
			{
				operation: 'move',
				path: '={{ $json.path }}',
				toFolder: '/processed',
				options: { createFolders: true },
			},
			[{ json: { path: '/inbound/none.edi' } }, { json: { path: '/inbound/a.edi' } }],
			{ onError: 'continueRegularOutput' },
		);
		expect(outcomes(outputs[0])).toEqual(['failed', 'moved']);
		expect((outputs[0]?.[0]?.json.issues as IDataObject[])[0]?.code).toBe('DELIVERY_FILE_MISSING');
	});

	test.each<[string, IDataObject, IDataObject, string]>([
		['a path that is not in the item', {}, { path: '={{ $json.path }}' }, 'no path of a file'],
		['a path that is nothing', { path: null }, {}, 'no path of a file'],
		['a path that is no text', { path: { a: 1 } }, {}, "'Path' is not a text"],
		['no target folder', { path: '/inbound/a.edi' }, { toFolder: '={{ $json.x }}' }, 'Folder'],
	])('moving with %s: a coded error', async (_name, json, parameters, words) => {
		const { outputs } = await run(
			{
				operation: 'move',
				path: '={{ $json.path }}',
				toFolder: '/processed',
				options: {},
				...parameters,
			},
			[{ json }],
			{ onError: 'continueRegularOutput' },
		);
		const issue = (outputs[0]?.[0]?.json.issues as IDataObject[])[0];
		expect(issue?.code).toMatch(/^DELIVERY_(?:OPTION|FOLDER)_INVALID$/);
		expect(issue?.message).toContain(words);
	});

	test('a folder that one item lacks fails that item only; a number that is none is named', async () => {
		const { outputs } = await run(
			depositParameters({ folder: '={{ $json.folder }}' }),
			[file('a.edi', '1'), file('b.edi', '2', { folder: '/inbound' })],
			{ onError: 'continueRegularOutput' },
		);
		expect(outcomes(outputs[0])).toEqual(['failed', 'deposited']);
		expect((outputs[0]?.[0]?.json.issues as IDataObject[])[0]?.code).toBe(
			'DELIVERY_FOLDER_INVALID',
		);
		const { error } = await run(
			{ operation: 'pickUp', folder: '/inbound', pattern: '*', options: { maxFiles: 'many' } },
			[{ json: {} }],
		);
		expect(error?.message).toBe("'Most Files' is not a number from 1");
	});

	test('more files than a run may take: the rest is for the next run, and a hint says so', async () => {
		await run(depositParameters(), [file('a.edi', '1'), file('b.edi', '2'), file('c.edi', '3')]);
		const picked = await run(
			{
				operation: 'pickUp',
				folder: '/inbound',
				pattern: '*',
				options: { stableFor: 0, maxFiles: 1 },
			},
			[{ json: {} }],
		);
		expect(picked.outputs[0]).toHaveLength(1);
		expect(JSON.stringify(picked.run.data)).toContain('2 more files are in the folder');
	});

	test('checks the connection and leaves nothing behind', async () => {
		const { outputs } = await run(
			{ operation: 'checkConnection', folder: '/inbound', writeProbe: true, options: {} },
			[{ json: {} }],
		);
		expect(outputs[0]?.[0]?.json).toMatchObject({
			outcome: 'connected',
			hostKeyFingerprint: partner.server.fingerprint,
			canReplaceAtomically: true,
			issues: [],
		});
		expect(partner.names()).toEqual([]);
		const missing = await run(
			{ operation: 'checkConnection', folder: '/nowhere', writeProbe: true, options: {} },
			[{ json: {} }],
		);
		expect(missing.outputs[0]?.[0]?.json).toMatchObject({ outcome: 'failed' });
		expect(JSON.stringify(missing.outputs[0]?.[0]?.json.issues)).toContain(
			'DELIVERY_FOLDER_MISSING',
		);
	});

	test('the credential test connects, and an unknown key shows what was presented', async () => {
		const { sftpConnectionTest } = new SftpDeposit().methods.credentialTest;
		const tested = (data: IDataObject) =>
			sftpConnectionTest.call({} as never, {
				id: '1',
				name: 'x',
				type: 'sftpVerifiedApi',
				data: data as never,
			});
		const good = credential().sftpVerifiedApi as unknown as IDataObject;
		expect(await tested(good)).toMatchObject({ status: 'OK' });
		const bad = await tested({ ...good, hostKeys: `SHA256:${'B'.repeat(43)}` });
		expect(bad.status).toBe('Error');
		expect(bad.message).toContain(partner.server.fingerprint);
		expect(bad.message).toContain('Compare the presented fingerprint with the partner');
		const first = await tested({ ...good, hostKeys: '', password: '' });
		expect(first.status).toBe('Error');
		expect(first.message).toContain('No host key is pinned');
		expect(first.message).toContain(partner.server.fingerprint);
		expect(first.message).toContain('paste it into');
		const mixedUp = await tested({ ...good, hostKeys: 'canary-in-the-wrong-field' });
		expect(mixedUp.message).toContain('Line 1 of the pinned host keys');
		expect(mixedUp.message).not.toContain('canary');
	});
});
