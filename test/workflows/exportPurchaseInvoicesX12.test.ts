import type { IRun } from 'n8n-workflow';
import { X12Parser } from 'node-x12';
import type { ExportLab } from '../support/exportLab';
import { formItems, raiseAmount, startExportLab } from '../support/exportLab';
import { itemsFrom, runError } from '../support/runTemplate';

const TEMPLATE = '01-export-purchase-invoices-x12';
const FORM = 'Export on demand';

let lab: ExportLab;
afterEach(async () => {
	await lab.close();
});

const deposited = (run: IRun) => itemsFrom(run, 'Deposit at the partner');
const documentRows = () => lab.tables.rows('exact_edi_documents');
const fileRows = () => lab.tables.rows('exact_edi_files');

test('from the form to the file at the partner, and everything on record', async () => {
	lab = await startExportLab();
	const run = await lab.run(TEMPLATE, FORM, formItems());
	expect(runError(run)).toBe('');

	const read = itemsFrom(run, 'Read purchase entries');
	const entries = lab.simulator.controls.rows('purchase-entries');
	expect(read).toHaveLength(entries.length);

	const inbound = await lab.files('inbound');
	expect([...inbound.keys()]).toEqual(['810_PARTNER_000001001.edi']);
	const [text] = inbound.values();
	const interchange = new X12Parser(true).parse(text as string) as never as {
		functionalGroups: { transactions: unknown[] }[];
	};
	const sets = interchange.functionalGroups.flatMap((group) => group.transactions);
	const encoded = documentRows().filter((row) => row.state === 'deposited');
	const rejected = documentRows().filter((row) => row.state === 'rejected');
	expect(sets).toHaveLength(encoded.length);
	expect(rejected.map((row) => row.issues).sort()).toEqual([
		expect.stringContaining('CC-77: it has no lines'),
		expect.stringContaining('"THOEK/2026/00000000000118" has 25 characters, at most 22 fit'),
		expect.stringContaining('ONBEKEND-1: the supplier name is missing'),
	]);

	const [file] = fileRows();
	expect(file).toMatchObject({
		state: 'deposited',
		file_name: '810_PARTNER_000001001.edi',
		interchange_control_number: '000001001',
		path: '/inbound/810_PARTNER_000001001.edi',
		document_count: sets.length,
		attempts: 1,
		error: '',
	});
	const [content] = lab.tables.rows('exact_edi_contents');
	expect(Buffer.from(String(content?.content), 'base64').toString('latin1')).toBe(text);
	expect(lab.simulator.violations).toEqual([]);
});

test('a second run, and the same entries again from the trigger, send nothing', async () => {
	lab = await startExportLab();
	const first = await lab.run(TEMPLATE, FORM, formItems());
	const again = await lab.run(TEMPLATE, FORM, formItems());
	expect(runError(again)).toBe('');
	expect(deposited(again)).toEqual([]);
	const emitted = await lab.run(
		TEMPLATE,
		'When purchase entries change',
		itemsFrom(first, 'Read purchase entries').map(({ json }) => ({ json })),
	);
	expect(deposited(emitted)).toEqual([]);
	expect(fileRows()).toHaveLength(1);
	expect((await lab.files('inbound')).size).toBe(1);
});

test('a status change sends nothing; a changed amount sends one replacement with a new number', async () => {
	lab = await startExportLab();
	const first = await lab.run(TEMPLATE, FORM, formItems());
	const [sent] = itemsFrom(first, 'Encode as X12 810')[0]!.json.documents as {
		key: string;
		number: string;
	}[];
	const id = String(sent!.key.split(':').at(-1));
	const { controls } = lab.simulator;
	controls.edit('purchase-entries', id, { Status: 50 });
	expect(deposited(await lab.run(TEMPLATE, FORM, formItems()))).toEqual([]);

	raiseAmount(lab, id);
	const changed = await lab.run(TEMPLATE, FORM, formItems());
	expect(runError(changed)).toBe('');
	expect(deposited(changed)).toHaveLength(1);
	const inbound = await lab.files('inbound');
	const text = inbound.get('810_PARTNER_000003001.edi') ?? '';
	expect(text.match(/~ST\*810/g)).toHaveLength(1);
	expect(text).toMatch(/~BIG\*[^~]*\*05~|~BIG\*(?:[^*~]*\*){7}05/);
	expect(inbound.size).toBe(2);
});

describe('another run has written the same document since the look-up', () => {
	/** Once, before this run writes its first document. */
	const meanwhile = (work: (row: Record<string, unknown>) => void) => {
		lab.tables.beforeUpsert = (row) => {
			if (row.state !== 'encoded') return;
			lab.tables.beforeUpsert = undefined;
			work(row);
		};
	};
	const theirs = { file_key: 'X12:MYCOMPANY:PARTNER:000099001', execution_id: '99' };

	test('a new one: this run sends nothing and says why; replay and sweep send the rest', async () => {
		lab = await startExportLab();
		let both: Record<string, unknown> = {};
		meanwhile((row) => {
			both = { ...row, ...theirs };
			lab.tables.insert('exact_edi_documents', both);
		});
		const run = await lab.run(TEMPLATE, FORM, formItems());
		expect(runError(run)).toContain(
			`Another run is sending ${String(both.document_number)} to PARTNER`,
		);
		expect(deposited(run)).toEqual([]);
		expect((await lab.files('inbound')).size).toBe(0);
		expect(documentRows().filter((row) => row.document_key === both.document_key)).toMatchObject([
			theirs,
		]);
		const others = documentRows().filter((row) => row.state === 'encoded').length - 1;
		expect(others).toBeGreaterThan(0);

		await lab.run('10-replay-files', 'Every 15 minutes', [{ json: {} }], {
			configure: { strandedMinutes: 0 },
		});
		const sweep = await lab.run('11-sweep-purchase-invoices', 'Every night', [{ json: {} }], {
			configure: { sweepDays: 9999 },
		});
		expect(runError(sweep)).toBe('');
		expect(fileRows()).toMatchObject([
			{ state: 'superseded' },
			{ state: 'deposited', document_count: others },
		]);
	});

	test('a changed one that another run has just replaced', async () => {
		lab = await startExportLab();
		await lab.run(TEMPLATE, FORM, formItems());
		const row = documentRows().find((one) => one.state === 'deposited')!;
		raiseAmount(lab, String(row.document_key).split(':').at(-1)!);
		meanwhile(() => Object.assign(row, theirs, { updatedAt: new Date().toISOString() }));
		const run = await lab.run(TEMPLATE, FORM, formItems());
		expect(runError(run)).toContain('Another run is sending');
		expect(deposited(run)).toEqual([]);
		expect(documentRows().filter((one) => one.document_key === row.document_key)).toMatchObject([
			theirs,
		]);
	});
});

test('"Send again" sends what the partner already has, as a new file', async () => {
	lab = await startExportLab();
	await lab.run(TEMPLATE, FORM, formItems());
	const again = await lab.run(TEMPLATE, FORM, formItems({ 'Send again': 'Yes' }));
	expect(runError(again)).toBe('');
	expect([...(await lab.files('inbound')).keys()].sort()).toEqual([
		'810_PARTNER_000001001.edi',
		'810_PARTNER_000002001.edi',
	]);
});

test('a partner that is down: the file is on record as failed, the run says so, nothing is lost', async () => {
	lab = await startExportLab();
	lab.sftp.faults.add({ at: 'OPEN', times: 99, action: { kind: 'status', code: 3 } });
	const run = await lab.run(TEMPLATE, FORM, formItems());
	expect(runError(run)).toContain('810_PARTNER_000001001.edi: failed');
	expect(fileRows()).toMatchObject([{ state: 'failed', contents: 'kept' }]);
	expect(String(fileRows()[0]?.error)).toContain('does not permit');
	expect((await lab.files('inbound')).size).toBe(0);
});

test('a full ledger stops the run before anything is sent', async () => {
	lab = await startExportLab();
	await lab.run(TEMPLATE, FORM, formItems({ 'Document numbers': 'none of these' }));
	lab.tables.full = true;
	const run = await lab.run(TEMPLATE, FORM, formItems());
	expect(runError(run)).toContain('size limit');
	expect((await lab.files('inbound')).size).toBe(0);
});

test('secrets are in no item, row or file', async () => {
	lab = await startExportLab({ exact: { canary: 'CANARY-TOKEN' } });
	const run = await lab.run(TEMPLATE, FORM, formItems());
	const seen = JSON.stringify([
		run.data.resultData,
		fileRows(),
		documentRows(),
		[...(await lab.files('inbound'))],
	]);
	for (const secret of ['CANARY-TOKEN', 'partner-password', lab.simulator.app.clientSecret]) {
		expect(seen).not.toContain(secret);
	}
});
