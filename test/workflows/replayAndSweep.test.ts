import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { acknowledgment } from '../../sandbox/demo/partner';
import type { ExportLab } from '../support/exportLab';
import { formItems, raiseAmount, startExportLab } from '../support/exportLab';
import { itemsFrom, runError } from '../support/runTemplate';

const EXPORT = '01-export-purchase-invoices-x12';
const REPLAY = '10-replay-files';
const SWEEP = '11-sweep-purchase-invoices';
const FILE = '810_PARTNER_000001001.edi';

let lab: ExportLab;
afterEach(async () => {
	await lab.close();
});

const files = () => lab.tables.rows('exact_edi_files');
const documents = () => lab.tables.rows('exact_edi_documents');
const exportAll = async () => await lab.run(EXPORT, 'Export on demand', formItems());
const replay = async (configure: Record<string, unknown> = {}) =>
	await lab.run(REPLAY, 'Every 15 minutes', [{ json: {} }], {
		configure: { backoffMinutes: 0, strandedMinutes: 0, ...configure },
	});
const replayByHand = async (which: string, delivered = 'No') =>
	await lab.run(REPLAY, 'Send again on demand', [
		{
			json: {
				'File name, control number or document number': which,
				'Also when it was delivered': delivered,
			},
		},
	]);
const sweep = async () =>
	await lab.run(SWEEP, 'Every night', [{ json: {} }], { configure: { sweepDays: 9999 } });

function bytesInLedger(): string {
	return Buffer.from(String(lab.tables.rows('exact_edi_contents')[0]?.content), 'base64').toString(
		'latin1',
	);
}

test('a file that failed is sent with its original bytes once the partner is back', async () => {
	lab = await startExportLab();
	lab.sftp.faults.add({ at: 'OPEN', times: 99, action: { kind: 'status', code: 3 } });
	await exportAll();
	expect(files()).toMatchObject([{ state: 'failed' }]);
	lab.sftp.faults.clear();
	const run = await replay();
	expect(runError(run)).toBe('');
	expect(files()).toMatchObject([{ state: 'deposited', attempts: 2, error: '' }]);
	expect(documents().filter((row) => row.state === 'deposited').length).toBeGreaterThan(0);
	const inbound = await lab.files('inbound');
	expect([...inbound]).toEqual([[FILE, bytesInLedger()]]);
});

test('waits between attempts, and asks a person after the last one', async () => {
	lab = await startExportLab();
	lab.sftp.faults.add({ at: 'OPEN', times: 999, action: { kind: 'status', code: 3 } });
	await exportAll();
	const early = await replay({ backoffMinutes: 5 });
	expect(itemsFrom(early, 'Claim')).toEqual([]);
	const last = await replay({ maxAttempts: 2 });
	expect(runError(last)).toContain(`${FILE}: failed after 2 attempts`);
	expect(itemsFrom(await replay({ maxAttempts: 2 }), 'Claim')).toEqual([]);
});

test('stranded while depositing: what already arrived is recognised, not sent twice', async () => {
	lab = await startExportLab();
	await exportAll();
	Object.assign(files()[0]!, { state: 'depositing' });
	const run = await replay();
	expect(runError(run)).toBe('');
	expect(itemsFrom(run, 'Deposit at the partner').map((item) => item.json.outcome)).toEqual([
		'already there',
	]);
	expect(files()).toMatchObject([{ state: 'deposited' }]);
	expect((await lab.files('inbound')).size).toBe(1);
});

test('stranded while depositing, and the partner may have taken it: a person decides', async () => {
	lab = await startExportLab();
	await exportAll();
	Object.assign(files()[0]!, { state: 'depositing' });
	await rm(path.join(lab.root, 'inbound', FILE));
	const run = await replay();
	expect(runError(run)).toContain(`${FILE}: in doubt`);
	expect(files()).toMatchObject([{ state: 'in doubt' }]);
	const again = await replay({ whenInDoubt: 'sendAgain' });
	expect(runError(again)).toBe('');
	expect([...(await lab.files('inbound'))]).toEqual([[FILE, bytesInLedger()]]);
});

test('two replays at once: one of them sends', async () => {
	lab = await startExportLab();
	lab.sftp.faults.add({ at: 'OPEN', times: 99, action: { kind: 'status', code: 3 } });
	await exportAll();
	lab.sftp.faults.clear();
	const runs = await Promise.all([replay(), replay()]);
	expect(runs.map(runError)).toEqual(['', '']);
	expect(runs.flatMap((run) => itemsFrom(run, 'Deposit at the partner'))).toHaveLength(1);
	expect(files()).toMatchObject([{ state: 'deposited', attempts: 2 }]);
});

test('interrupted before the deposit: the file is given up and the sweep exports its documents anew', async () => {
	lab = await startExportLab();
	await exportAll();
	await rm(path.join(lab.root, 'inbound', FILE));
	Object.assign(files()[0]!, { state: 'encoded' });
	for (const row of documents()) if (row.state === 'deposited') row.state = 'encoded';
	const sent = documents().filter((row) => row.state === 'encoded').length;
	const run = await replay();
	expect(runError(run)).toBe('');
	expect(files()).toMatchObject([{ state: 'superseded' }]);
	expect(documents().filter((row) => row.state === 'encoded')).toEqual([]);

	expect(runError(await sweep())).toBe('');
	expect(files().at(-1)).toMatchObject({ state: 'deposited', document_count: sent });
	expect((await lab.files('inbound')).size).toBe(1);
});

test('a replacement that never left is still a replacement when it is exported anew', async () => {
	lab = await startExportLab();
	await exportAll();
	const sent = documents().find((row) => row.state === 'deposited')!;
	raiseAmount(lab, String(sent.document_key).split(':').at(-1)!);
	await exportAll();
	const replacement = files().at(-1)!;
	expect(replacement).toMatchObject({ state: 'deposited', document_count: 1 });
	await rm(path.join(lab.root, 'inbound', String(replacement.file_name)));
	replacement.state = 'encoded';
	const row = documents().find((one) => one.file_key === replacement.file_key)!;
	expect(row).toMatchObject({ document_key: sent.document_key, purpose: 'replacement' });
	row.state = 'encoded';

	expect(runError(await replay())).toBe('');
	expect(replacement).toMatchObject({ state: 'superseded' });
	expect(runError(await sweep())).toBe('');
	const again = files().at(-1)!;
	expect(again).toMatchObject({ state: 'deposited', document_count: 1 });
	expect(again.file_name).not.toBe(replacement.file_name);
	const text = (await lab.files('inbound')).get(String(again.file_name)) ?? '';
	expect(text).toMatch(/~BIG\*(?:[^*~]*\*){7}05/);
	expect(documents().find((one) => one.document_key === sent.document_key)).toMatchObject({
		state: 'deposited',
		purpose: 'replacement',
		file_key: again.file_key,
	});
	expect(itemsFrom(await sweep(), 'Deposit at the partner')).toEqual([]);
});

test('bytes that are gone are not half sent: the file says what to do', async () => {
	lab = await startExportLab();
	await exportAll();
	Object.assign(files()[0]!, { state: 'failed' });
	lab.tables.rows('exact_edi_contents').length = 0;
	const run = await replay();
	expect(itemsFrom(run, 'Deposit at the partner')).toEqual([]);
	expect(files()).toMatchObject([
		{ state: 'failed', error: expect.stringContaining('Send again') },
	]);
});

test.each([
	['its name', () => FILE],
	['its control number', () => '1001'],
	[
		'the number of a document in it',
		() => (JSON.parse(String(files()[0]?.documents)) as { number: string }[])[0]!.number,
	],
])('a person finds a file by %s', async (_name, which) => {
	lab = await startExportLab();
	await exportAll();
	await rm(path.join(lab.root, 'inbound', FILE));
	expect(itemsFrom(await replayByHand(which()), 'Deposit at the partner')).toEqual([]);
	const run = await replayByHand(which(), 'Yes');
	expect(runError(run)).toBe('');
	expect([...(await lab.files('inbound'))]).toEqual([[FILE, bytesInLedger()]]);
});

describe('a file of which the partner rejected a set, asked for again', () => {
	const rejected = () => documents().filter((row) => row.purpose === 'rejected by the partner');
	const rejectLast = async () => {
		lab = await startExportLab();
		await exportAll();
		const [sent] = (await lab.files('inbound')).values();
		const answer = acknowledgment(String(sent), { refuseLast: true });
		await writeFile(path.join(lab.root, 'outbound', 'answer.edi'), answer, 'latin1');
		await lab.run('08-reconcile-acknowledgments', 'Every hour', [{ json: {} }]);
		expect(files()[0]).toMatchObject({ state: 'partially accepted' });
		expect(rejected()).toMatchObject([{ state: 'rejected' }]);
	};

	test('the partner has it still: nothing is sent, and its answer stays on record', async () => {
		await rejectLast();
		const before = structuredClone(documents());
		const depositedAt = files()[0]?.deposited_at;
		expect(runError(await replayByHand(FILE, 'Yes'))).toBe('');
		expect(files()[0]).toMatchObject({
			state: 'partially accepted',
			deposited_at: depositedAt,
			attempts: 2,
		});
		expect(documents()).toEqual(before);
	});

	test('the partner took it away: the same bytes go, and the rejected document stays to be mended', async () => {
		await rejectLast();
		await rm(path.join(lab.root, 'inbound', FILE));
		expect(runError(await replayByHand(FILE, 'Yes'))).toBe('');
		expect([...(await lab.files('inbound'))]).toEqual([[FILE, bytesInLedger()]]);
		expect(files()[0]).toMatchObject({ state: 'deposited' });
		expect(rejected()).toMatchObject([{ state: 'rejected' }]);
	});
});

test('the sweep sends what the trigger lost, and nothing when nothing is missing', async () => {
	lab = await startExportLab();
	const first = await sweep();
	expect(runError(first)).toBe('');
	const inbound = await lab.files('inbound');
	expect(inbound.size).toBe(1);
	const second = await sweep();
	expect(runError(second)).toBe('');
	expect(itemsFrom(second, 'Deposit at the partner')).toEqual([]);
	expect(await lab.files('inbound')).toEqual(inbound);
});

test('the sweep reads an entry whose status changed once, not every night', async () => {
	lab = await startExportLab();
	await exportAll();
	const [sent] = documents().filter((row) => row.state === 'deposited');
	lab.simulator.controls.edit('purchase-entries', String(sent!.document_key).split(':').at(-1)!, {
		Status: 50,
	});
	const first = await sweep();
	expect(itemsFrom(first, 'Note the later date').length).toBeGreaterThan(0);
	expect(itemsFrom(first, 'Deposit at the partner')).toEqual([]);
	const second = await sweep();
	const rereads = itemsFrom(second, 'Missing or newer').map((item) => item.json.document_key);
	expect(rereads).not.toContain(sent!.document_key);
});
