import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { ACME, ledger, only, setUp, useOwnFolder } from './support';

const own = useOwnFolder();
const named = (value: string) => ({ mode: 'name', value });

describe('Set Up', () => {
	test('makes company, partner and a first agreement that begins as a draft', async () => {
		const agreement = await setUp({ settings: {} });
		expect(agreement).toMatchObject({
			outcome: 'set up',
			name: ACME,
			company: 'Jansen BV',
			partner: 'ACME',
			documentType: 'invoice',
			sentAs: 'X12 810',
			stage: 'draft',
			folder: '/inbound',
			acksFolder: '/acks',
			changePolicy: 'replacement',
			settings: {
				standard: 'x12',
				release: '004010',
				senderQualifier: 'ZZ',
				senderId: 'JANSEN',
				receiverQualifier: 'ZZ',
				receiverId: 'ACMEID',
			},
		});
		const company = only(await ledger('company', 'get', { company: named('Jansen BV') }));
		expect(company).toMatchObject({ outcome: 'found', name: 'Jansen BV', version: 1 });
	});

	test('makes an agreement for each of what the partner gets', async () => {
		const run = await ledger('agreement', 'setUp', {
			companyName: 'Jansen BV',
			companyIdentification: 'JANSEN',
			partnerName: 'ACME',
			partnerIdentification: 'ACMEID',
			kinds: ['x12-810', 'edifact-remadv', 'csv'],
			settings: { folder: '/edi' },
		});
		const made = run.outputs[0]?.map(({ json }) => json) ?? [];
		expect(made).toMatchObject([
			{ name: ACME, documentType: 'invoice', settings: { release: '004010' } },
			{ name: 'Jansen BV to ACME: EDIFACT REMADV', settings: { release: 'D.96A' } },
			{ name: 'Jansen BV to ACME: csv', documentType: 'purchaseEntry' },
		]);
		for (const { html, folder, stage } of made) {
			expect([folder, stage]).toEqual(['/edi', 'draft']);
			for (const { name } of made) expect(html).toContain(name);
		}
	});

	test('without a credential it is the open ledger in the folder of n8n, for its own account only', async () => {
		await setUp();
		const file = path.join(own.folder, '.n8n', 'exact-edi', 'ledger.sqlite');
		expect(existsSync(file)).toBe(true);
		expect(statSync(file).mode & 0o777).toBe(0o600);
	});

	test('again with the same values changes nothing; with another folder it is a new version', async () => {
		const first = await setUp();
		expect(await setUp()).toMatchObject({ version: first.version, versionId: first.versionId });
		const moved = await setUp({}, { stage: 'test', folder: '/in/./edi/' });
		expect(moved).toMatchObject({ version: Number(first.version) + 1, folder: '/in/edi' });
		// What is not named stays as it is.
		expect(await setUp({}, {})).toMatchObject({ folder: '/in/edi', stage: 'test' });
	});

	test.each([
		['an ID that is too long', { partnerIdentification: 'A'.repeat(16) }, /receiverId/],
		['a relative folder', { settings: { folder: 'inbound' } }, /root of the server/],
		['a folder that climbs', { settings: { folder: '/in/../..' } }, /cannot be used/],
		['a partner name with a line break', { partnerName: 'AC\nME' }, /visible characters/],
		['nothing that it gets', { kinds: '={{ [] }}' }, /Nothing is chosen in 'Documents'/],
		['one name for two agreements', { kinds: ['csv', 'x12-810'], agreementName: 'A' }, /2 agree/],
		['settings that are no JSON', { settings: { profile: '{a' } }, /not a JSON object/],
		[
			'a setting that the encoder does not know',
			{ settings: { profile: '{"colour":1}' } },
			/colour/,
		],
	])('refuses %s before anything is saved', async (_what, parameters: IDataObject, message) => {
		const names = {
			companyName: 'Jansen BV',
			companyIdentification: 'JANSEN',
			partnerName: 'ACME',
			partnerIdentification: 'ACMEID',
		};
		const run = await ledger('agreement', 'setUp', { ...names, ...parameters });
		expect(run.error?.message).toMatch(message);
		const { outputs } = await ledger('agreement', 'getMany');
		expect(outputs[0]).toEqual([]);
	});
});

describe('an ID that another partner has', () => {
	const other = { partnerName: 'OTHER' };

	test('is refused, with whose it is, and nothing is saved', async () => {
		await setUp();
		const names = { companyName: 'Jansen BV', companyIdentification: 'NEW', ...other };
		const run = await ledger('agreement', 'setUp', { ...names, partnerIdentification: 'ACMEID' });
		expect(run.error?.message).toContain("the partner 'ACME' has it");
		const save = { name: 'OTHER', qualifier: 'ZZ', identification: 'ACMEID' };
		const saved = await ledger('partner', 'save', save);
		expect(saved.error?.message).toContain("'OTHER' cannot have the ID ZZ ACMEID");
		const partners = await ledger('partner', 'getMany');
		expect(partners.outputs[0]?.map(({ json }) => json.name)).toEqual(['ACME']);
		const company = only(await ledger('company', 'get', { company: named('Jansen BV') }));
		expect(company).toMatchObject({ settings: { senderId: 'JANSEN' } });
	});

	test('is free under another qualifier, and when that partner is retired', async () => {
		await setUp();
		await setUp({ ...other, partnerQualifier: '01', partnerIdentification: 'ACMEID' });
		only(await ledger('partner', 'retire', { partner: named('ACME') }));
		const saved = await setUp({
			...other,
			partnerQualifier: 'ZZ',
			partnerIdentification: 'ACMEID',
		});
		expect(saved).toMatchObject({ partner: 'OTHER', settings: { receiverId: 'ACMEID' } });
	});
});

describe('the directory', () => {
	test('saved twice at the same moment, a partner is there once', async () => {
		const ids = { name: 'ACME', qualifier: 'ZZ', identification: 'ACMEID' };
		const saved = await Promise.all([
			ledger('partner', 'save', ids),
			ledger('partner', 'save', ids),
		]);
		expect(saved.map((run) => only(run).version)).toEqual([1, 1]);
		expect((await ledger('partner', 'getMany')).outputs[0]).toHaveLength(1);
		const agreements = await Promise.all([setUp(), setUp()]);
		expect(agreements.map(({ version }) => version)).toEqual([1, 1]);
	});

	test('keeps the EDIFACT ID and passwords beside the X12 ID; no password leaves', async () => {
		await ledger('partner', 'save', {
			name: 'ACME',
			qualifier: '01',
			identification: '123456789',
			additionalFields: { edifactId: '8712345000004', recipientReference: 'canary-password' },
		});
		const run = await ledger('partner', 'getMany');
		expect(run.outputs[0]?.[0]?.json).toMatchObject({
			name: 'ACME',
			settings: {
				receiverQualifier: '01',
				receiverId: '123456789',
				receiverEdifactId: '8712345000004',
			},
		});
		expect(JSON.stringify(run.run)).not.toContain('canary-password');
	});

	test('keeps what a later save does not name', async () => {
		const ids = { name: 'ACME', qualifier: 'ZZ', identification: 'ACMEID' };
		await ledger('partner', 'save', { ...ids, additionalFields: { applicationId: 'APP' } });
		const again = only(await ledger('partner', 'save', { ...ids, identification: 'OTHER' }));
		expect(again).toMatchObject({
			version: 2,
			settings: { receiverId: 'OTHER', receiverApplicationId: 'APP' },
		});
		const cleared = await ledger('partner', 'save', {
			...ids,
			additionalFields: { applicationId: '' },
		});
		expect(only(cleared).settings).not.toHaveProperty('receiverApplicationId');
	});

	test('lists what is in use; what is retired is shown when asked for', async () => {
		await setUp();
		only(await ledger('agreement', 'retire', { agreement: named(ACME) }));
		expect((await ledger('agreement', 'getMany')).outputs[0]).toEqual([]);
		const all = await ledger('agreement', 'getMany', { includeRetired: true });
		expect(all.outputs[0]?.[0]?.json).toMatchObject({ name: ACME, retired: true });
	});

	test('says what it does not know', async () => {
		const { error } = await ledger('agreement', 'get', { agreement: named('Nobody') });
		expect(error?.message).toContain("no agreement 'Nobody'");
		const empty = await ledger('agreement', 'get', { agreement: named(' ') });
		expect(empty.error?.message).toContain('No agreement is chosen');
	});
});
