import { embeddedLab, type LedgerLab } from '../../support/ledgerLab';
import { directoryContract } from './directoryContract';

describe('the embedded store', () => {
	let lab: LedgerLab;
	beforeAll(() => {
		lab = embeddedLab();
	});
	afterAll(() => lab.remove());

	describe('directory', () => directoryContract(() => lab));
});
