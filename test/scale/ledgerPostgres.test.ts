import { answersContract } from '../lib/ledger/answersContract';
import { deliveryContract } from '../lib/ledger/deliveryContract';
import { directoryContract } from '../lib/ledger/directoryContract';
import { lookingContract } from '../lib/ledger/lookingContract';
import { postgresLab, type LedgerLab } from '../support/ledgerLab';
import { startPostgres, type Postgres } from '../support/postgres';

describe('the PostgreSQL store', () => {
	let postgres: Postgres;
	let lab: LedgerLab;
	beforeAll(async () => {
		postgres = await startPostgres();
		lab = postgresLab(postgres);
	});
	afterAll(async () => {
		await lab.remove();
		await postgres.stop();
	});

	describe('directory', () => directoryContract(() => lab));
	describe('delivery', () => deliveryContract(() => lab));
	describe('answers', () => answersContract(() => lab));
	describe('looking', () => lookingContract(() => lab));
});
