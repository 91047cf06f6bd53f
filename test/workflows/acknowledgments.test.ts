import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { IRun } from 'n8n-workflow';
import { acknowledgment, partnerOrder } from '../../sandbox/demo/partner';
import type { ExportLab } from '../support/exportLab';
import { formItems, startExportLab } from '../support/exportLab';
import { itemsFrom, runError } from '../support/runTemplate';

let lab: ExportLab;
afterEach(async () => {
	await lab.close();
});

const put = async (folder: string, name: string, text: string) => {
	await writeFile(path.join(lab.root, folder, name), text, 'latin1');
};
const names = async (folder: string) => [...(await lab.files(folder)).keys()].sort();
const files = () => lab.tables.rows('exact_edi_files');
const row = (direction: string) => files().find((file) => file.direction === direction);
const go = async (
	file: string,
	entrance: string,
	configure: Record<string, unknown> = {},
): Promise<IRun> => await lab.run(file, entrance, [{ json: {} }], { configure });
const acknowledge = async () => await go('07-acknowledge-inbound-files', 'Every 15 minutes');
const reconcile = async (entrance = 'Every hour', configure: Record<string, unknown> = {}) =>
	await go('08-reconcile-acknowledgments', entrance, configure);
const onBehalf = async () => await go('09-receipt-on-behalf', 'Every 15 minutes');
const exportAll = async () =>
	await lab.run('01-export-purchase-invoices-x12', 'Export on demand', formItems());

describe('acknowledging what the partner sends', () => {
	test('a good order gets an accepting 997 in acks, and goes to processed', async () => {
		lab = await startExportLab();
		await put('outbound', 'order.edi', partnerOrder());
		const run = await acknowledge();
		expect(runError(run)).toBe('');
		const acks = await lab.files('acks');
		expect([...acks.keys()]).toEqual(['997_PARTNER_000001001.edi']);
		expect([...acks.values()][0]).toMatch(/~AK1\*PO\*501~.*AK9\*A\*1\*1\*1~/s);
		expect(await names('outbound')).toEqual([]);
		expect(await names('processed')).toEqual(['order.edi']);
		expect(row('inbound')).toMatchObject({ state: 'accepted', file_name: 'order.edi' });
		expect(row('outbound')).toMatchObject({
			state: 'deposited',
			transaction_set: '997',
			folder: '/acks',
		});
	});

	test('a faulty one is rejected at its place, and goes to error with a report beside it', async () => {
		lab = await startExportLab();
		await put(
			'outbound',
			'order.edi',
			partnerOrder().replace('BEG*00*SA*PO-7781**20260305', 'BEG*00*SA*PO-7781**20261305'),
		);
		const run = await acknowledge();
		expect(runError(run)).toBe('');
		const [text] = (await lab.files('acks')).values();
		expect(text).toMatch(/~AK3\*BEG\*2\*\*8~AK4\*5\*373\*8\*20261305~.*AK5\*R\*5~/s);
		expect(await names('error')).toEqual(['order.edi', 'order.edi.report.txt']);
		expect((await lab.files('error')).get('order.edi.report.txt')).toContain('20261305');
	});

	test('a file that is nothing we know goes to error with a report, and nothing hangs', async () => {
		lab = await startExportLab();
		await put('outbound', 'holiday.jpg', '\xff\xd8\xff\xe0 not EDI');
		const run = await acknowledge();
		expect(runError(run)).toBe('');
		expect(await names('error')).toEqual(['holiday.jpg', 'holiday.jpg.report.txt']);
		expect(await names('acks')).toEqual([]);
	});

	test('seen twice, it is answered once', async () => {
		lab = await startExportLab();
		await put('outbound', 'order.edi', partnerOrder());
		await acknowledge();
		await put('outbound', 'again.edi', partnerOrder());
		const run = await acknowledge();
		expect(runError(run)).toBe('');
		expect(await names('acks')).toHaveLength(1);
		expect(await names('processed')).toEqual(['again.edi', 'order.edi']);
	});

	test('acknowledgments are never acknowledged: they stay for the reconcile workflow', async () => {
		lab = await startExportLab();
		await exportAll();
		const [sent] = (await lab.files('inbound')).values();
		await put('outbound', 'answer.edi', acknowledgment(String(sent)));
		const run = await acknowledge();
		expect(runError(run)).toBe('');
		expect(await names('acks')).toEqual([]);
		expect(await names('outbound')).toEqual(['answer.edi']);
		// Nothing is wrong with it, so nobody is told anything.
		expect(await names('error')).toEqual([]);
	});

	test('a file with controls in its header goes to error; those beside it are answered', async () => {
		lab = await startExportLab();
		const spoilt = (char: string) => partnerOrder().replace('PARTNER  ', `PAR${char}TNER`);
		await put('outbound', 'a-line-feed.edi', spoilt('\n'));
		await put('outbound', 'b-zero.edi', spoilt('\0'));
		await put('outbound', 'c-next-line.edi', spoilt('\u0085'));
		await put('outbound', 'order.edi', partnerOrder());
		const run = await acknowledge();
		expect(runError(run)).toBe('');
		expect(await names('outbound')).toEqual([]);
		expect(await names('processed')).toEqual(['order.edi']);
		expect((await names('error')).filter((name) => name.endsWith('.edi'))).toEqual([
			'a-line-feed.edi',
			'b-zero.edi',
			'c-next-line.edi',
		]);
		expect(await names('acks')).toHaveLength(4);
		expect((await lab.files('error')).get('b-zero.edi.report.txt')).toContain(
			'ISA06 "PAR\\u0000TNER',
		);
	});

	test('interrupted before the answer was delivered: a replay delivers it, once', async () => {
		lab = await startExportLab();
		await put('outbound', 'order.edi', partnerOrder());
		lab.sftp.faults.add({
			at: 'OPEN',
			path: /acks/,
			times: 99,
			action: { kind: 'status', code: 3 },
		});
		await acknowledge();
		expect(row('outbound')).toMatchObject({ state: 'failed' });
		lab.sftp.faults.clear();
		await lab.run('10-replay-files', 'Every 15 minutes', [{ json: {} }], {
			configure: { backoffMinutes: 0, strandedMinutes: 0 },
		});
		expect(await names('acks')).toHaveLength(1);
		expect(row('outbound')).toMatchObject({
			state: 'deposited',
			path: '/acks/997_PARTNER_000001001.edi',
		});
	});
});

describe('reconciling what the partner answers', () => {
	test('a 997 that accepts: the file is accepted, the answer moved away', async () => {
		lab = await startExportLab();
		await exportAll();
		const [sent] = (await lab.files('inbound')).values();
		await put('outbound', 'answer.edi', acknowledgment(String(sent)));
		const run = await reconcile();
		expect(runError(run)).toBe('');
		expect(row('outbound')).toMatchObject({
			state: 'accepted',
			acknowledgment_state: 'accepted',
			acknowledgment_file: expect.stringContaining('9001'),
		});
		expect(await names('processed')).toEqual(['answer.edi']);
	});

	test('a 997 that rejects a set: the document is marked, and sent anew when it is asked for', async () => {
		lab = await startExportLab();
		await exportAll();
		const [sent] = (await lab.files('inbound')).values();
		await put('outbound', 'answer.edi', acknowledgment(String(sent), { refuseLast: true }));
		const run = await reconcile();
		expect(runError(run)).toBe('');
		expect(row('outbound')).toMatchObject({ state: 'partially accepted' });
		const rejected = lab.tables
			.rows('exact_edi_documents')
			.filter((document) => document.purpose === 'rejected by the partner');
		expect(rejected).toMatchObject([{ state: 'rejected', issues: expect.stringMatching(/TDS01/) }]);
		const again = await lab.run(
			'01-export-purchase-invoices-x12',
			'Export on demand',
			formItems({ 'Document numbers': String(rejected[0]?.document_number) }),
		);
		expect(runError(again)).toBe('');
		expect(files().at(-1)).toMatchObject({
			state: 'deposited',
			document_count: 1,
			supersedes: row('outbound')?.file_key,
		});
	});

	test('an answer about a file we do not know, and a second answer, change nothing', async () => {
		lab = await startExportLab();
		await exportAll();
		const [sent] = (await lab.files('inbound')).values();
		const answer = acknowledgment(String(sent));
		await put('outbound', 'unknown.edi', answer.replace(/AK1\*IN\*\d+/, 'AK1*IN*777'));
		const unknown = await reconcile();
		expect(itemsFrom(unknown, 'Tell what it is').map((item) => item.json.reconciliation)).toEqual([
			'unknown file',
		]);
		expect(row('outbound')).toMatchObject({ state: 'deposited' });
		await put('outbound', 'first.edi', answer);
		await reconcile();
		await put('outbound', 'second.edi', answer);
		const second = await reconcile();
		expect(itemsFrom(second, 'Tell what it is').map((item) => item.json.reconciliation)).toEqual([
			'duplicate',
		]);
	});

	test('no answer in time: overdue; a late answer still counts', async () => {
		lab = await startExportLab();
		await exportAll();
		await reconcile();
		expect(row('outbound')).toMatchObject({ state: 'deposited' });
		await reconcile('Every hour', { overdueHours: 0 });
		expect(row('outbound')).toMatchObject({ state: 'overdue' });
		const [sent] = (await lab.files('inbound')).values();
		await put('outbound', 'answer.edi', acknowledgment(String(sent)));
		const late = await reconcile();
		expect(itemsFrom(late, 'Tell what it is').map((item) => item.json.reconciliation)).toEqual([
			'late',
		]);
		expect(row('outbound')).toMatchObject({ state: 'accepted' });
	});

	test('a partner that never answers is never overdue', async () => {
		lab = await startExportLab();
		await exportAll();
		await reconcile('Every hour', { overdueHours: 0, partnerAcknowledges: false });
		expect(row('outbound')).toMatchObject({ state: 'deposited' });
	});

	test('the digest says what was sent, what was refused, and the quota', async () => {
		lab = await startExportLab();
		await exportAll();
		const run = await reconcile('Every morning');
		expect(runError(run)).toBe('');
		const [digest] = itemsFrom(run, 'Send the digest (replace me)');
		const text = String(digest?.json.text);
		expect(text).toContain('Sent: 1\n  810_PARTNER_000001001.edi');
		expect(text).toContain('Rejected: 0');
		expect(text).toContain('Documents that were not sent: 3');
		expect(text).toMatch(/Exact Online calls left today: \d{4}/);
		expect(itemsFrom(await reconcile('Every hour'), 'Send the digest (replace me)')).toEqual([]);
	});
});

describe('receipts on behalf of a silent receiver', () => {
	const FILE = '810_PARTNER_000001001.edi';

	test('a file that is still in inbound is left alone', async () => {
		lab = await startExportLab();
		await exportAll();
		const run = await onBehalf();
		expect(runError(run)).toBe('');
		expect(await names('acks')).toEqual([]);
		expect(row('outbound')).toMatchObject({ state: 'deposited' });
	});

	test('taken into processed: the 997 its receiver would send, and "accepted (on behalf)"', async () => {
		lab = await startExportLab();
		await exportAll();
		await rename(path.join(lab.root, 'inbound', FILE), path.join(lab.root, 'processed', FILE));
		const run = await onBehalf();
		expect(runError(run)).toBe('');
		const [text] = (await lab.files('acks')).values();
		expect(text).toMatch(/^ISA\*00\* {10}\*00\* {10}\*ZZ\*PARTNER {8}\*ZZ\*MYCOMPANY {6}\*/);
		expect(text).toContain('~AK1*IN*1001~');
		expect(row('outbound')).toMatchObject({
			state: 'picked up',
			acknowledgment_state: 'accepted (on behalf)',
		});
		await onBehalf();
		expect(await names('acks')).toHaveLength(1);
	});

	test('gone without a trace: a receipt, and only "picked up"', async () => {
		lab = await startExportLab();
		await exportAll();
		await rename(path.join(lab.root, 'inbound', FILE), path.join(lab.root, 'taken'));
		expect(runError(await onBehalf())).toBe('');
		expect(row('outbound')).toMatchObject({
			state: 'picked up',
			acknowledgment_state: 'picked up',
		});
		expect(await names('acks')).toHaveLength(1);
	});

	test('put into error by the receiver: no acceptance is made up', async () => {
		lab = await startExportLab();
		await exportAll();
		await rename(path.join(lab.root, 'inbound', FILE), path.join(lab.root, 'error', FILE));
		expect(runError(await onBehalf())).toBe('');
		expect(row('outbound')).toMatchObject({
			state: 'rejected',
			acknowledgment_state: 'rejected (on behalf)',
		});
		expect(await names('acks')).toEqual([]);
	});

	test('a server that cannot be read proves nothing', async () => {
		lab = await startExportLab();
		await exportAll();
		lab.sftp.faults.add({ at: 'OPENDIR', times: 99, action: { kind: 'status', code: 3 } });
		await onBehalf();
		expect(row('outbound')).toMatchObject({ state: 'deposited' });
		expect(await names('acks')).toEqual([]);
	});
});
