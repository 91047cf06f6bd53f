import { getDocuments, getFiles } from '../../lib/ledger';
import type { AgreementInput } from '../../lib/ledger';
import type { ExportLab } from '../support/exportLab';
import { formItems, startExportLab } from '../support/exportLab';
import { itemsFrom, runError } from '../support/runTemplate';

let lab: ExportLab;
afterEach(async () => {
	await lab.close();
});

const files = async () => (await getFiles(lab.ledger, {}, {})).rows;

const X12 = { standard: 'x12', release: '004010' };

const EXPORTS: readonly [string, Partial<AgreementInput>, RegExp, RegExp][] = [
	[
		'02-export-payments-x12',
		{ documentType: 'remittance', sentAs: 'X12 820', settings: X12 },
		/^820_PARTNER_000000001\.edi$/,
		/~ST\*820\*0001~BPR\*I\*/,
	],
	[
		'03-export-purchase-orders-x12',
		{ documentType: 'purchaseOrder', sentAs: 'X12 850', settings: X12 },
		/^850_PARTNER_000000001\.edi$/,
		/~ST\*850\*0001~BEG\*00\*SA\*/,
	],
	[
		'04-export-purchase-invoices-edifact',
		{
			documentType: 'invoice',
			sentAs: 'EDIFACT INVOIC',
			settings: { standard: 'edifact', release: 'D.96A' },
		},
		/^INVOIC_PARTNER_1\.edi$/,
		/^UNA:\+\.\? 'UNB\+UNOC:3\+.*'BGM\+380\+/,
	],
	[
		'05-export-purchase-invoices-flat-file',
		{ documentType: 'purchaseEntry', sentAs: 'fixed-width', settings: {} },
		/^PURCH-ENTRY_.*\.txt$/,
		/^H/,
	],
];

describe.each(EXPORTS)('%s', (template, agreed, name, content) => {
	test('sends what is there, records it, and nothing twice', async () => {
		lab = await startExportLab();
		const agreement = await lab.agree({
			name: template,
			stage: 'test',
			...agreed,
		} as AgreementInput);
		const send = async () =>
			await lab.run(template, 'Send on demand', formItems(), { agreement, mode: 'webhook' });
		expect(runError(await send())).toBe('');
		const inbound = await lab.files('inbound');
		expect(inbound.size).toBe(1);
		const [[fileName, text]] = inbound as unknown as [[string, string]];
		expect(fileName).toMatch(name);
		expect(text).toMatch(content);
		expect(await files()).toMatchObject([
			{ state: 'deposited', name: fileName, bytes: text.length },
		]);
		const again = await send();
		expect(runError(again)).toBe('');
		expect(itemsFrom(again, 'Deposit at the partner')).toEqual([]);
		expect(await files()).toHaveLength(1);
		expect(lab.simulator.violations).toEqual([]);
	});
});

describe('06-export-master-data-flat-file', () => {
	const send = async (sentAs: string, mode: 'webhook' | 'trigger' = 'webhook') => {
		const agreement = await lab.agree({
			name: 'Lists',
			stage: 'test',
			documentType: 'lists',
			sentAs,
			settings: {},
		});
		return await lab.run('06-export-master-data-flat-file', 'Send on demand', formItems(), {
			agreement,
			mode,
		});
	};

	test('one file for each list, all records of it; a second run sends only what changed', async () => {
		lab = await startExportLab();
		const run = await send('fixed-width');
		expect(runError(run)).toBe('');
		const names = [...(await lab.files('inbound')).keys()]
			.map((name) => name.replace(/_.*/, ''))
			.sort();
		expect(names).toEqual(
			['COST-CENTER', 'GL-ACCOUNT', 'GL-TRANS', 'GL-MAPPING', 'PAYMENT', 'VENDOR'].sort(),
		);
		const { rows } = await getDocuments(lab.ledger, {}, { limit: 1000 });
		// Some made-up records do not fit their layouts; nothing else is left.
		expect(rows.filter(({ state }) => state !== 'deposited').map(({ state }) => state)).toEqual(
			rows.filter(({ state }) => state === 'refused').map(() => 'refused'),
		);
		const [first] = lab.simulator.controls.rows('cost-centers');
		lab.simulator.controls.edit('cost-centers', String(first!.ID), { Description: 'Renamed' });
		const again = await send('fixed-width');
		expect(runError(again)).toBe('');
		expect(
			itemsFrom(again, 'Deposit at the partner').map(({ json }) => json.documentCount),
		).toEqual([1]);
		expect(lab.simulator.violations).toEqual([]);
	});

	test('as CSV where the agreement says so', async () => {
		lab = await startExportLab();
		expect(runError(await send('csv'))).toBe('');
		for (const name of (await lab.files('inbound')).keys()) expect(name).toMatch(/\.csv$/);
	});
});
