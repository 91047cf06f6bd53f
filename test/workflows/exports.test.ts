import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { ExportLab } from '../support/exportLab';
import { formItems, startExportLab } from '../support/exportLab';
import { itemsFrom, runError } from '../support/runTemplate';

let lab: ExportLab;
afterEach(async () => {
	await lab.close();
});

const files = () => lab.tables.rows('exact_edi_files');
const documentKeys = () => lab.tables.rows('exact_edi_documents').map((row) => row.document_key);

describe.each([
	['02-export-payments-x12', /^820_PARTNER_000001001\.edi$/, /~ST\*820\*0001~BPR\*I\*/],
	['03-export-purchase-orders-x12', /^850_PARTNER_000001001\.edi$/, /~ST\*850\*0001~BEG\*00\*SA\*/],
	[
		'04-export-purchase-invoices-edifact',
		/^INVOIC_PARTNER-EDIFACT_1001\.edi$/,
		/^UNA:\+\.\? 'UNB\+UNOC:3\+.*'BGM\+380\+/,
	],
	['05-export-purchase-invoices-flat-file', /^PURCH-ENTRY_\d{8}_\d{6}\.txt$/, /^H/],
])('%s', (template, name, content) => {
	test('sends what is there, records it, and nothing twice', async () => {
		lab = await startExportLab();
		const run = await lab.run(template, 'Export on demand', formItems());
		expect(runError(run)).toBe('');
		const inbound = await lab.files('inbound');
		expect(inbound.size).toBe(1);
		const [[fileName, text]] = inbound as unknown as [[string, string]];
		expect(fileName).toMatch(name);
		expect(text).toMatch(content);
		expect(files()).toMatchObject([
			{ state: 'deposited', file_name: fileName, bytes: text.length },
		]);
		const again = await lab.run(template, 'Export on demand', formItems());
		expect(runError(again)).toBe('');
		expect(itemsFrom(again, 'Deposit at the partner')).toEqual([]);
		const keys = documentKeys();
		// A flat file's name holds the second, so the next one may have the same name and key.
		lab.tables
			.rows('exact_edi_files')
			.forEach((row) => (row.file_key = `${String(row.file_key)}-1`));
		await rm(path.join(lab.root, 'inbound', fileName));
		const wanted = await lab.run(template, 'Export on demand', formItems({ 'Send again': 'Yes' }));
		expect(runError(wanted)).toBe('');
		expect(itemsFrom(wanted, 'Deposit at the partner')).toHaveLength(1);
		expect(documentKeys()).toEqual(keys);
		expect(lab.simulator.violations).toEqual([]);
	});
});

describe('06-export-master-data-flat-file', () => {
	const send = async (what: string, configure: Record<string, unknown> = {}) =>
		await lab.run('06-export-master-data-flat-file', 'Send on demand', [{ json: { What: what } }], {
			configure: { ledgerLineDays: 9999, ...configure },
		});

	test('one file for each kind, all records of it', async () => {
		lab = await startExportLab();
		const run = await send('All in "Configure me"');
		expect(runError(run)).toBe('');
		const names = [...(await lab.files('inbound')).keys()]
			.map((name) => name.replace(/_.*/, ''))
			.sort();
		expect(names).toEqual(
			['COST-CENTER', 'GL-ACCOUNT', 'GL-TRANS', 'GL-MAPPING', 'PAYMENT', 'VENDOR'].sort(),
		);
		expect(lab.simulator.violations).toEqual([]);
	});

	test('the form sends one kind; as CSV where that is set', async () => {
		lab = await startExportLab();
		const run = await send('Cost centers', { format: 'csv' });
		expect(runError(run)).toBe('');
		const inbound = await lab.files('inbound');
		expect([...inbound.keys()]).toEqual([expect.stringMatching(/^COST-CENTER_.*\.csv$/)]);
	});

	test('a snapshot is sent whole each time; changes only what changed', async () => {
		lab = await startExportLab();
		await send('Cost centers');
		await send('Cost centers');
		expect(files()).toMatchObject([1, 2].map(() => ({ state: 'deposited', document_count: 3 })));
		expect(documentKeys()).toHaveLength(3);
		const unchanged = await send('Cost centers', { mode: 'changes' });
		expect(itemsFrom(unchanged, 'Deposit at the partner')).toEqual([]);
		const [first] = lab.simulator.controls.rows('cost-centers');
		lab.simulator.controls.edit('cost-centers', String(first!.ID), { Description: 'Renamed' });
		await send('Cost centers', { mode: 'changes' });
		expect(files().at(-1)).toMatchObject({ state: 'deposited', document_count: 1 });
	});
});
