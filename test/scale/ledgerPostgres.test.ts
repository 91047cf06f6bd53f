import { copyLedger, getHead } from '../../lib/ledger';
import { answersContract } from '../lib/ledger/answersContract';
import { deliveryContract } from '../lib/ledger/deliveryContract';
import { directoryContract } from '../lib/ledger/directoryContract';
import { furnish, keepingContract } from '../lib/ledger/keepingContract';
import { lookingContract } from '../lib/ledger/lookingContract';
import { embeddedLab, postgresLab  } from '../support/ledgerLab';
import type {LedgerLab} from '../support/ledgerLab';
import { startPostgres  } from '../support/postgres';
import type {Postgres} from '../support/postgres';

describe('the PostgreSQL store', () => {
	let postgres: Postgres;
	let lab: LedgerLab;
	const embedded = embeddedLab();
	beforeAll(async () => {
		postgres = await startPostgres();
		lab = postgresLab(postgres);
	});
	afterAll(async () => {
		await lab.remove();
		await embedded.remove();
		await postgres.stop();
	});

	describe('directory', () => directoryContract(() => lab));
	describe('delivery', () => deliveryContract(() => lab));
	describe('answers', () => answersContract(() => lab));
	describe('looking', () => lookingContract(() => lab));
	// A ledger goes from PostgreSQL into a file here; the other way, see below.
	describe('keeping', () =>
		keepingContract(
			() => lab,
			() => embedded.connection(),
		));
	test('a ledger in a file is copied into PostgreSQL', async () => {
		const ledger = await embedded.fresh();
		await furnish(ledger);
		const { head } = await copyLedger(ledger, lab.connection(), lab.ports);
		expect(head).toEqual(await getHead(ledger));
	});
});
