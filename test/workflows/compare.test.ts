import { getDocuments, getToDo } from '../../lib/ledger';
import type { ExportLab } from '../support/exportLab';
import { formItems, startExportLab } from '../support/exportLab';
import { itemsFrom, runError } from '../support/runTemplate';

let lab: ExportLab;
afterEach(async () => {
	await lab.close();
});

const EVERYTHING = { from: '2000-01-01', to: '2099-12-31' };
/** The entries of the demo company are older than this month. */
const PARAMETERS = {
	'Read this month': { filters: { dateFrom: EVERYTHING.from, dateTo: EVERYTHING.to } },
	'Compare this month': EVERYTHING,
};

test.each(['hold', 'cancel'] as const)('an entry that was sent and then deleted in Exact is noticed at night and held for a person, also where the agreement says %s', async (onDeleted) => {
	lab = await startExportLab();
	const agreement = await lab.agree({
		name: 'ACME',
		stage: 'test',
		documentType: 'invoice',
		sentAs: 'X12 810',
		settings: { standard: 'x12', release: '004010' },
		onDeleted,
	});
	const sent = await lab.run('01-export-purchase-invoices-x12', 'Send on demand', formItems(), {
		agreement,
		mode: 'webhook',
	});
	expect(itemsFrom(sent, 'Deposit at the partner')).toHaveLength(1);
	const night = async () =>
		await lab.run('13-compare-with-exact', 'Every night', [{ json: {} }], {
			agreement,
			parameters: PARAMETERS,
		});

	const quiet = await night();
	expect(runError(quiet)).toBe('');
	expect(itemsFrom(quiet, 'Ask for each that is gone')).toEqual([]);

	const [document] = (await getDocuments(lab.ledger, { state: 'deposited' }, {})).rows;
	const id = document!.key.split(':').at(-1)!;
	const { controls } = lab.simulator;
	// A right that is lost for a while is no deletion.
	controls.denyRights('purchaseentry/PurchaseEntries');
	expect(itemsFrom(await night(), 'Ask for each that is gone')).toEqual([]);
	controls.grantRights('purchaseentry/PurchaseEntries');

	controls.remove('purchase-entries', id);
	const found = await night();
	expect(runError(found)).toBe('');
	expect(itemsFrom(found, 'Ask for each that is gone')).toHaveLength(1);
	const held = (await getDocuments(lab.ledger, { state: 'held' }, {})).rows;
	expect(held).toMatchObject([{ key: document!.key, number: document!.number }]);
	expect(JSON.stringify(await getToDo(lab.ledger))).toContain(document!.number);
	// The next night it waits still, once.
	await night();
	expect((await getDocuments(lab.ledger, { state: 'held' }, {})).rows).toHaveLength(1);
	expect(lab.simulator.violations).toEqual([]);
});
