import { rm } from 'node:fs/promises';
import path from 'node:path';
import { getContents, getDocuments, getFiles } from '../../lib/ledger';
import type { ExportLab } from '../support/exportLab';
import { formItems, startExportLab } from '../support/exportLab';
import { itemsFrom, runError } from '../support/runTemplate';

const REPLAY = '10-replay-files';
const FILE = '810_PARTNER_000000001.edi';

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

const files = async () => (await getFiles(lab.ledger, {}, {})).rows;
const exportAll = async () =>
	await lab.run('01-export-purchase-invoices-x12', 'Send on demand', formItems(), {
		agreement,
		mode: 'webhook',
	});
const replay = async () =>
	await lab.run(REPLAY, 'Every 15 minutes', [{ json: {} }], { mode: 'trigger' });
const askFor = async (search: string, answer = 'Yes') =>
	await lab.run(REPLAY, 'Send again on demand', [{ json: { Partner: '', File: search } }], {
		mode: 'webhook',
		answers: { 'Ask before sending': { 'Send again?': answer, Reason: 'they asked for it' } },
	});
const kept = async (): Promise<string> => {
	const [file] = await files();
	const { bytes } = await getContents(lab.ledger, file!.id);
	return Buffer.from(bytes!).toString('latin1');
};

test('a file that failed is sent with its original bytes once the partner is back', async () => {
	lab.sftp.faults.add({ at: 'OPEN', times: 999, action: { kind: 'status', code: 3 } });
	await exportAll();
	expect(await files()).toMatchObject([{ state: 'failed' }]);
	lab.sftp.faults.clear();
	expect(runError(await replay())).toBe('');
	expect(await files()).toMatchObject([{ state: 'deposited', attempts: 2, error: '' }]);
	const { rows } = await getDocuments(lab.ledger, { state: 'deposited' }, { limit: 1000 });
	expect(rows.length).toBeGreaterThan(0);
	expect([...(await lab.files('inbound'))]).toEqual([[FILE, await kept()]]);
});

test('a partner that is still away: the run says so, and the file waits for the next one', async () => {
	lab.sftp.faults.add({ at: 'OPEN', times: 9999, action: { kind: 'status', code: 3 } });
	await exportAll();
	const again = await replay();
	expect(runError(again)).toContain(FILE);
	expect(await files()).toMatchObject([{ state: 'failed', attempts: 2 }]);
});

test('nothing to replay: nothing is said', async () => {
	await exportAll();
	const run = await replay();
	expect(runError(run)).toBe('');
	expect(itemsFrom(run, 'Deposit at the partner')).toEqual([]);
});

test('two replays at once: one of them sends', async () => {
	lab.sftp.faults.add({ at: 'OPEN', times: 999, action: { kind: 'status', code: 3 } });
	await exportAll();
	lab.sftp.faults.clear();
	const runs = await Promise.all([replay(), replay()]);
	expect(runs.map(runError)).toEqual(['', '']);
	expect(runs.flatMap((run) => itemsFrom(run, 'Deposit at the partner'))).toHaveLength(1);
	expect(await files()).toMatchObject([{ state: 'deposited', attempts: 2 }]);
});

test('by hand, a file the partner has: the page shows what goes along; the same bytes are recognised', async () => {
	await exportAll();
	const run = await askFor(FILE);
	expect(runError(run)).toBe('');
	expect(itemsFrom(run, 'Find the files')[0]?.json).toMatchObject({ outcome: 'found', count: 1 });
	expect(String(itemsFrom(run, 'Find the files')[0]?.json.html)).toContain('Documents in it');
	expect(itemsFrom(run, 'Deposit at the partner')[0]?.json.outcome).toBe('already there');
	expect(await files()).toMatchObject([{ state: 'deposited' }]);
});

test('by hand, a file the partner has taken: the same bytes go once more', async () => {
	await exportAll();
	await rm(path.join(lab.root, 'inbound', FILE));
	const run = await askFor(FILE);
	expect(runError(run)).toBe('');
	expect([...(await lab.files('inbound'))]).toEqual([[FILE, await kept()]]);
});

test('found by the number of a document in it; not found says so', async () => {
	await exportAll();
	const [document] = (await getDocuments(lab.ledger, { state: 'deposited' }, {})).rows;
	const found = await askFor(document!.number, 'No');
	expect(itemsFrom(found, 'Find the files')[0]?.json.count).toBe(1);
	expect(itemsFrom(found, 'Deposit at the partner')).toEqual([]);
	const missing = await askFor('NO-SUCH-FILE', 'No');
	expect(itemsFrom(missing, 'Find the files')[0]?.json).toMatchObject({ outcome: 'not found' });
	expect(String(itemsFrom(missing, 'Find the files')[0]?.json.html)).toContain('Nothing was found');
});

test('Yes where nothing was found sends nothing, and the last page says so', async () => {
	await exportAll();
	const run = await askFor('NO-SUCH-FILE');
	expect(runError(run)).toBe('');
	expect(itemsFrom(run, 'Deposit at the partner')).toEqual([]);
	const [shown] = itemsFrom(run, 'Show what happened');
	expect(shown?.json.html).toContain('Nothing was sent.');
});

test('anything but Yes sends nothing', async () => {
	await exportAll();
	await rm(path.join(lab.root, 'inbound', FILE));
	for (const answer of ['No', '', 'yes please']) {
		const run = await askFor(FILE, answer);
		expect(runError(run)).toBe('');
	}
	expect((await lab.files('inbound')).size).toBe(0);
});
