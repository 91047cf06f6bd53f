import type { IRun } from 'n8n-workflow';
import { X12Parser } from 'node-x12';
import { getContents, getDocuments, getFiles } from '../../lib/ledger';
import type { ExportLab } from '../support/exportLab';
import { formItems, raiseAmount, startExportLab } from '../support/exportLab';
import { itemsFrom, runError } from '../support/runTemplate';

const TEMPLATE = '01-export-purchase-invoices-x12';
const FORM = 'Send on demand';

let lab: ExportLab;
let agreement: string;
beforeEach(async () => {
	lab = await startExportLab();
	agreement = await lab.agree({
		name: 'PARTNER 810',
		documentType: 'invoice',
		sentAs: 'X12 810',
		stage: 'test',
		settings: { standard: 'x12', release: '004010' },
	});
});
afterEach(async () => {
	await lab.close();
});

const send = async (
	answers: Record<string, string> = {},
	mode: 'webhook' | 'trigger' = 'webhook',
) => await lab.run(TEMPLATE, FORM, formItems(answers), { agreement, mode });
const deposited = (run: IRun) => itemsFrom(run, 'Deposit at the partner');
const files = async () => (await getFiles(lab.ledger, {}, {})).rows;
const documents = async () => (await getDocuments(lab.ledger, {}, { limit: 1000 })).rows;
const report = (run: IRun) => itemsFrom(run, 'Report the run')[0]?.json ?? {};

const keyOf = (key = ''): string => String(key.split(':').at(-1));

test('from the form to the file at the partner, and everything on record', async () => {
	const run = await send();
	expect(runError(run)).toBe('');
	const entries = lab.simulator.controls.rows('purchase-entries');
	expect(itemsFrom(run, 'Read what was asked for')).toHaveLength(entries.length);

	const inbound = await lab.files('inbound');
	expect([...inbound.keys()]).toEqual(['810_PARTNER_000000001.edi']);
	const [text] = inbound.values();
	const interchange = new X12Parser(true).parse(text as string) as never as {
		functionalGroups: { transactions: unknown[] }[];
	};
	const sets = interchange.functionalGroups.flatMap((group) => group.transactions);
	const rows = await documents();
	expect(rows.filter(({ state }) => state === 'deposited')).toHaveLength(sets.length);
	const reasons = rows
		.filter(({ state }) => state === 'refused')
		.map(({ issues }) => issues.map(({ message }) => message).join(' '));
	expect(reasons.sort()).toEqual([
		expect.stringContaining('CC-77: it has no lines'),
		expect.stringContaining('"THOEK/2026/00000000000118" has 25 characters, at most 22 fit'),
		expect.stringContaining('ONBEKEND-1: the supplier name is missing'),
	]);

	const [file] = await files();
	expect(file).toMatchObject({
		state: 'deposited',
		name: '810_PARTNER_000000001.edi',
		controlNumber: '000000001',
		path: '/inbound/810_PARTNER_000000001.edi',
		documentCount: sets.length,
		attempts: 1,
		error: '',
	});
	const { bytes } = await getContents(lab.ledger, file!.id);
	expect(Buffer.from(bytes!).toString('latin1')).toBe(text);
	expect(report(run).html).toContain('810_PARTNER_000000001.edi');
	expect(lab.simulator.violations).toEqual([]);
});

test('an entry that was rejected in Exact is left out with the reason, and sent when it is approved', async () => {
	await send();
	const left = (await getDocuments(lab.ledger, { state: 'left out' }, {})).rows;
	expect(left).toMatchObject([
		{ number: 'ST*9', issues: [{ message: expect.stringContaining('ST*9') }] },
	]);
	expect((await getDocuments(lab.ledger, { state: 'reserved' }, {})).rows).toEqual([]);
	lab.simulator.controls.edit('purchase-entries', keyOf(left[0]?.key), { Status: 20 });
	const run = await send();
	expect(deposited(run).map(({ json }) => json.documentCount)).toEqual([1]);
	expect((await getDocuments(lab.ledger, { state: 'left out' }, {})).rows).toEqual([]);
});

test('a second run, and the same entries again from the trigger, send nothing', async () => {
	const first = await send();
	const again = await send();
	expect(runError(again)).toBe('');
	expect(deposited(again)).toEqual([]);
	const emitted = await lab.run(
		TEMPLATE,
		'When purchase entries change',
		itemsFrom(first, 'Read what was asked for').map(({ json }) => ({ json })),
		{ agreement, mode: 'trigger' },
	);
	expect(deposited(emitted)).toEqual([]);
	expect(await files()).toHaveLength(1);
	expect((await lab.files('inbound')).size).toBe(1);
});

test('a preview shows list, amounts, reasons and file; nothing is sent and no number used', async () => {
	const run = await send({ 'Send them?': 'No, only show me' });
	expect(runError(run)).toBe('');
	expect((await lab.files('inbound')).size).toBe(0);
	expect(await files()).toEqual([]);
	expect(await documents()).toEqual([]);
	const { html, preview } = report(run);
	expect(preview).toBe(true);
	expect(html).toContain('Nothing was sent');
	expect(html).toMatch(/ST.810/);
	expect(html).toContain('CC-77');
	// What is new, and what became of it: made, refused, or left out by the encode node.
	const count = (pattern: RegExp) => Number(pattern.exec(String(html))?.[1]);
	expect(count(/New or changed: (\d+)/)).toBe(
		count(/Files: 1, with (\d+) documents/) +
			count(/Refused: (\d+)/) +
			count(/<li>(\d+) skipped, /),
	);
	expect(count(/<li>(\d+) skipped, /)).toBe(1);
	const sent = await send();
	expect(runError(sent)).toBe('');
	expect([...(await lab.files('inbound')).keys()]).toEqual(['810_PARTNER_000000001.edi']);
});

test('a status change sends nothing; a changed amount sends one replacement with a new number', async () => {
	const first = await send();
	const [sent] = itemsFrom(first, 'Encode as X12 810')[0]!.json.documents as { key: string }[];
	const id = keyOf(sent!.key);
	lab.simulator.controls.edit('purchase-entries', id, { Status: 50 });
	expect(deposited(await send())).toEqual([]);
	raiseAmount(lab, id);
	const changed = await send();
	expect(runError(changed)).toBe('');
	expect(deposited(changed)).toHaveLength(1);
	const text = (await lab.files('inbound')).get('810_PARTNER_000000002.edi') ?? '';
	expect(text.match(/~ST\*810/g)).toHaveLength(1);
	expect(text).toMatch(/~BIG\*(?:[^*~]*\*){7}05/);
});

test('two runs at once with the same documents: each goes once, and neither gives way', async () => {
	const runs = await Promise.all([send(), send()]);
	expect(runs.map(runError)).toEqual(['', '']);
	const sets = [...(await lab.files('inbound')).values()].join('').match(/~ST.810/g) ?? [];
	const rows = await documents();
	expect(sets).toHaveLength(rows.filter(({ state }) => state === 'deposited').length);
});

test('without a person, a refused document ends the run with what to do', async () => {
	const run = await send({}, 'trigger');
	expect(runError(run)).toContain('CC-77');
	expect((await files())[0]).toMatchObject({ state: 'deposited' });
});

test('a draft shows everything, deposits nothing and uses no number', async () => {
	const draft = await lab.agree({
		name: 'Draft',
		documentType: 'invoice',
		sentAs: 'X12 810',
		stage: 'draft',
		settings: { standard: 'x12', release: '004010' },
	});
	const run = await lab.run(TEMPLATE, FORM, formItems(), { agreement: draft, mode: 'webhook' });
	expect(runError(run)).toBe('');
	expect(deposited(run).map(({ json }) => json.outcome)).toEqual(['draft']);
	expect((await lab.files('inbound')).size).toBe(0);
	expect(await files()).toEqual([]);
});
