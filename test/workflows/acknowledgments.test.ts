import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { acknowledgment, partnerOrder } from '../../sandbox/demo/partner';
import { getDocuments, getFile, getFiles, getReceived } from '../../lib/ledger';
import type { ExportLab } from '../support/exportLab';
import { formItems, startExportLab } from '../support/exportLab';
import { itemsFrom, runError } from '../support/runTemplate';

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

const put = async (folder: string, name: string, text: string) => {
	await writeFile(path.join(lab.root, folder, name), text, 'latin1');
};
const names = async (folder: string) => [...(await lab.files(folder)).keys()].sort();
const files = async () => (await getFiles(lab.ledger, {}, {})).rows;
const scheduled = async (file: string, entrance = 'Every 15 minutes') =>
	await lab.run(file, entrance, [{ json: {} }], { mode: 'trigger' });
const acknowledge = async () => await scheduled('07-acknowledge-inbound-files');
const reconcile = async () => await scheduled('08-reconcile-acknowledgments');
const exportAll = async () =>
	await lab.run('01-export-purchase-invoices-x12', 'Send on demand', formItems(), {
		agreement,
		mode: 'webhook',
	});

describe('acknowledging what the partner sends', () => {
	test('a good order gets an accepting 997 in acks, and goes to processed', async () => {
		await put('outbound', 'order.edi', partnerOrder());
		expect(runError(await acknowledge())).toBe('');
		const acks = await lab.files('acks');
		expect(acks.size).toBe(1);
		expect([...acks.values()][0]).toMatch(/~AK1\*PO\*501~.*AK9\*A\*1\*1\*1~/s);
		expect(await names('outbound')).toEqual([]);
		expect(await names('processed')).toEqual(['order.edi']);
		expect(await files()).toMatchObject([
			{ kind: 'acknowledgment', state: 'deposited', transactionSet: '997', folder: '/acks' },
		]);
	});

	test('a faulty one is rejected at its place, and goes to error', async () => {
		await put(
			'outbound',
			'order.edi',
			partnerOrder().replace('BEG*00*SA*PO-7781**20260305', 'BEG*00*SA*PO-7781**20261305'),
		);
		expect(runError(await acknowledge())).toBe('');
		const [text] = (await lab.files('acks')).values();
		expect(text).toMatch(/~AK3\*BEG\*2\*\*8~AK4\*5\*373\*8\*20261305~.*AK5\*R\*5~/s);
		expect(await names('error')).toEqual(['order.edi']);
	});

	test('a file that is nothing we know goes to error, and nothing is written for the partner', async () => {
		await put('outbound', 'holiday.jpg', '\xff\xd8\xff\xe0 not EDI');
		expect(runError(await acknowledge())).toBe('');
		expect(await names('error')).toEqual(['holiday.jpg']);
		expect(await names('acks')).toEqual([]);
	});

	test('seen twice, it is answered once', async () => {
		await put('outbound', 'order.edi', partnerOrder());
		await acknowledge();
		await put('outbound', 'again.edi', partnerOrder());
		expect(runError(await acknowledge())).toBe('');
		expect((await lab.files('acks')).size).toBe(1);
	});

	test('two runs at once answer it once', async () => {
		await put('outbound', 'order.edi', partnerOrder());
		await Promise.all([acknowledge(), acknowledge()]);
		expect((await lab.files('acks')).size).toBe(1);
	});

	test("the partner's own acknowledgment stays where it is, and nothing is said about it", async () => {
		await exportAll();
		const [sent] = (await lab.files('inbound')).values();
		await put('outbound', '997.edi', acknowledgment(sent!));
		expect(runError(await acknowledge())).toBe('');
		expect(await names('outbound')).toEqual(['997.edi']);
		expect(await names('error')).toEqual([]);
		expect(await names('acks')).toEqual([]);
	});
});

describe("reading the partner's acknowledgments", () => {
	test('accepted documents are accepted, and the file goes to processed', async () => {
		await exportAll();
		const [sent] = (await lab.files('inbound')).values();
		await put('outbound', '997.edi', acknowledgment(sent!));
		const run = await reconcile();
		expect(runError(run)).toBe('');
		expect(await files()).toMatchObject([{ state: 'accepted' }]);
		expect(await names('processed')).toEqual(['997.edi']);
	});

	test('it is kept as it came, beside the file it answers', async () => {
		await exportAll();
		const [sent] = (await lab.files('inbound')).values();
		await put('outbound', '997.edi', acknowledgment(sent!));
		await reconcile();
		const [file] = await files();
		const { answers } = await getFile(lab.ledger, file!.id);
		const { name, bytes } = await getReceived(lab.ledger, answers[0]!.receivedId);
		expect({ name, bytes: Buffer.from(bytes!).toString('latin1') }).toEqual({
			name: '997.edi',
			bytes: acknowledgment(sent!),
		});
	});

	test('a rejected document goes out anew with the next run, the others do not', async () => {
		await exportAll();
		const [sent] = (await lab.files('inbound')).values();
		await put('outbound', '997.edi', acknowledgment(sent!, { refuseLast: true }));
		expect(runError(await reconcile())).toBe('');
		const rejected = await getDocuments(lab.ledger, { state: 'rejected' }, {});
		expect(rejected.rows).toHaveLength(1);
		const again = await exportAll();
		expect(runError(again)).toBe('');
		expect(
			itemsFrom(again, 'Deposit at the partner').map(({ json }) => json.documentCount),
		).toEqual([1]);
	});

	test('the same answer again changes nothing', async () => {
		await exportAll();
		const [sent] = (await lab.files('inbound')).values();
		await put('outbound', '997.edi', acknowledgment(sent!));
		await reconcile();
		await put('outbound', '997-again.edi', acknowledgment(sent!));
		expect(runError(await reconcile())).toBe('');
		expect(await files()).toMatchObject([{ state: 'accepted' }]);
	});
});

test('a receipt on behalf is written once, and is no acceptance', async () => {
	await exportAll();
	const [name] = await names('inbound');
	await rename(path.join(lab.root, 'inbound', name!), path.join(lab.root, 'processed', name!));
	expect(runError(await scheduled('09-receipt-on-behalf', 'Every hour'))).toBe('');
	expect(await names('acks')).toHaveLength(1);
	expect((await files()).find(({ kind }) => kind === 'documents')).toMatchObject({
		state: 'picked up',
	});
	await scheduled('09-receipt-on-behalf', 'Every hour');
	expect(await names('acks')).toHaveLength(1);
});
