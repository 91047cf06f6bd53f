import { claimFile, settleFile } from '../../../lib/ledger';
import {
	ACTOR,
	embeddedLab,
	fileOf,
	offered,
	record,
	SERVER,
	take,
	withAgreement,
} from '../../support/ledgerLab';
import type { LedgerLab } from '../../support/ledgerLab';
import { answersContract } from './answersContract';
import { deliveryContract } from './deliveryContract';
import { directoryContract } from './directoryContract';
import { keepingContract } from './keepingContract';
import { lookingContract } from './lookingContract';
import { remindersContract } from './remindersContract';

describe('the embedded store', () => {
	let lab: LedgerLab;
	beforeAll(() => {
		lab = embeddedLab();
	});
	afterAll(() => lab.remove());

	test('a lease that was given before the clock was put back does not last for years', async () => {
		const ledger = await lab.fresh();
		await withAgreement(ledger);
		const id = await record(ledger, fileOf([offered(1)], await take(ledger, [offered(1)]), 1));
		const claim = async (token: string) =>
			await claimFile(ledger, id, { token, leaseSeconds: 60, server: SERVER }, ACTOR);
		lab.ports.advance(36_000);
		await claim('before');
		lab.ports.advance(-36_000);
		expect(await claim('after')).toMatchObject({ attempt: 2 });
		expect(await settleFile(ledger, id, 'before', { state: 'deposited' }, ACTOR)).toMatchObject({
			refused: 'LEDGER_STALE',
		});
	});

	describe('directory', () => directoryContract(() => lab));
	describe('delivery', () => deliveryContract(() => lab));
	describe('answers', () => answersContract(() => lab));
	describe('looking', () => lookingContract(() => lab));
	describe('reminders', () => remindersContract(() => lab));
	describe('keeping', () =>
		keepingContract(
			() => lab,
			() => lab.connection(),
		));
});
