import {
	getAgreements,
	getCompanies,
	getPartners,
	openLedger,
	readAgreement,
	retire,
	saveAgreement,
	saveCompany,
	savePartner,
} from '../../../lib/ledger';
import type { Ledger } from '../../../lib/ledger';
import { ACTOR } from '../../support/ledgerLab';
import type { LedgerLab } from '../../support/ledgerLab';

const AGREEMENT = { name: 'ACME 810', company: 'Ours', partner: 'ACME' };

/** What both stores promise of the directory. */
export function directoryContract(lab: () => LedgerLab): void {
	let ledger: Ledger;
	beforeEach(async () => {
		ledger = await lab().fresh();
		await saveCompany(
			ledger,
			{ name: 'Ours', gln: '8712345000004', settings: { id: { sender: 'OURS' } } },
			ACTOR,
		);
		await savePartner(ledger, { name: 'ACME', settings: { id: { receiver: 'ACME' } } }, ACTOR);
	});

	test('an agreement merges the settings of company, partner and its own', async () => {
		const saved = await saveAgreement(
			ledger,
			{
				...AGREEMENT,
				sentAs: 'X12 810',
				stage: 'test',
				settings: { id: { receiver: 'ACME-NL' }, release: '004010' },
			},
			ACTOR,
		);
		expect(saved).toMatchObject({
			...AGREEMENT,
			version: 1,
			stage: 'test',
			changePolicy: 'replacement',
			sendFrom: lab().ports.now().toISOString().slice(0, 10),
			settings: { id: { sender: 'OURS', receiver: 'ACME-NL' }, release: '004010' },
			ownSettings: { id: { receiver: 'ACME-NL' }, release: '004010' },
		});
		expect(await readAgreement(ledger, { name: 'ACME 810' })).toEqual(saved);
	});

	test('saving the same again makes no new version; a change of the partner gives its agreements one', async () => {
		const first = await saveAgreement(ledger, AGREEMENT, ACTOR);
		expect(await saveAgreement(ledger, AGREEMENT, ACTOR)).toEqual(first);
		await savePartner(ledger, { name: 'ACME', settings: { id: { receiver: 'ACME' } } }, ACTOR);
		expect(await readAgreement(ledger, { name: 'ACME 810' })).toEqual(first);

		const partner = await savePartner(
			ledger,
			{ name: 'ACME', settings: { id: { receiver: 'NEW' } } },
			ACTOR,
		);
		expect(partner.version).toBe(2);
		const second = await readAgreement(ledger, { name: 'ACME 810' });
		expect(second).toMatchObject({
			version: 2,
			settings: { id: { sender: 'OURS', receiver: 'NEW' } },
		});
		expect(await readAgreement(ledger, { versionId: first.versionId })).toMatchObject({
			version: 1,
			settings: { id: { receiver: 'ACME' } },
		});
	});

	test('what is not given stays as it was', async () => {
		await saveAgreement(
			ledger,
			{ ...AGREEMENT, folder: '/in', settings: { a: 1 }, secrets: { isa04: 'hidden' } },
			ACTOR,
		);
		const saved = await saveAgreement(ledger, { ...AGREEMENT, stage: 'production' }, ACTOR);
		expect(saved).toMatchObject({
			folder: '/in',
			ownSettings: { a: 1 },
			stage: 'production',
			version: 2,
		});
		await saveCompany(ledger, { name: 'Ours', vatNumber: 'NL1' }, ACTOR);
		expect(await getCompanies(ledger)).toMatchObject([
			{
				name: 'Ours',
				gln: '8712345000004',
				vatNumber: 'NL1',
				settings: { id: { sender: 'OURS' } },
			},
		]);
	});

	test('secrets come only where they are asked for', async () => {
		const saved = await saveAgreement(
			ledger,
			{ ...AGREEMENT, secrets: { isa04: 'CANARY-1' } },
			ACTOR,
		);
		const shown = [
			saved,
			await readAgreement(ledger, { name: AGREEMENT.name }),
			await getAgreements(ledger),
		];
		expect(JSON.stringify(shown)).not.toContain('CANARY-1');
		expect(
			await readAgreement(ledger, { name: AGREEMENT.name }, { withSecrets: true }),
		).toMatchObject({
			secrets: { isa04: 'CANARY-1' },
		});
	});

	test('what is retired is not listed, and saving takes it back', async () => {
		await saveAgreement(ledger, AGREEMENT, ACTOR);
		await retire(ledger, { kind: 'partner', name: 'ACME' }, ACTOR);
		expect(await getPartners(ledger)).toEqual([]);
		expect(await getAgreements(ledger)).toEqual([]);
		expect(await getAgreements(ledger, { retired: true })).toMatchObject([{ retired: true }]);
		await savePartner(ledger, { name: 'ACME' }, ACTOR);
		expect(await getAgreements(ledger)).toMatchObject([{ retired: false }]);
	});

	test.each(['', '   ', 'a\u0000b', 'line\nbreak', 'x'.repeat(121), '\ud800'])(
		'a name that nobody can read is refused: %j',
		async (name) => {
			await expect(savePartner(ledger, { name }, ACTOR)).rejects.toMatchObject({
				code: 'LEDGER_NAME_INVALID',
			});
		},
	);

	test('settings that cannot be are refused, naming the field', async () => {
		const wrong = async (change: object) =>
			await saveAgreement(ledger, { ...AGREEMENT, ...change }, ACTOR).catch(
				(error: unknown) => error,
			);
		expect(await wrong({ stage: 'live' })).toMatchObject({
			code: 'LEDGER_SETTING_INVALID',
			path: 'stage',
		});
		expect(await wrong({ sendFrom: 'soon' })).toMatchObject({
			code: 'LEDGER_SETTING_INVALID',
			path: 'sendFrom',
		});
		expect(await wrong({ partner: 'ACNE' })).toMatchObject({
			code: 'LEDGER_UNKNOWN',
			path: 'partner',
		});
		expect(await getAgreements(ledger)).toEqual([]);
	});

	test('opened again, everything is there; another access key does not open it', async () => {
		const connection = { ...lab().connection(), accessKey: 'of-this-ledger' };
		const made = await openLedger(connection, lab().ports);
		await saveCompany(made, { name: 'Ours' }, ACTOR);
		const again = await openLedger(connection, lab().ports);
		expect(again.id).toBe(made.id);
		expect(await getCompanies(again)).toMatchObject([{ name: 'Ours', version: 1 }]);
		for (const accessKey of [undefined, '', 'other']) {
			await expect(openLedger({ ...connection, accessKey }, lab().ports)).rejects.toMatchObject({
				code: 'LEDGER_ACCESS_KEY',
			});
		}
	});

	test('opened for the first time by several at once, it is made once', async () => {
		const connection = lab().connection();
		const opened = await Promise.all(
			Array.from({ length: 5 }, async () => await openLedger(connection, lab().ports)),
		);
		expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
	});
}
