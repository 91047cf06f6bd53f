import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
	compareWithSource,
	getFile,
	keepAcknowledgment,
	openLedger,
	recordAcknowledgment,
	recordFiles,
	saveAgreement,
	saveCompany,
	savePartner,
	takeNewOrChanged,
} from '../../../lib/ledger';
import type { Actor, Ledger } from '../../../lib/ledger';
import { failurePage, ledgerPage } from '../../../lib/page';
import type { PageAnswer } from '../../../lib/page';
import { sha256 } from '../../../lib/text';

const CANARY = '<img src=x onerror=alert(1)>"\'&\u202e';
const TESTER: Actor = {
	workflowId: 'w',
	workflowName: `Workflow ${CANARY}`,
	executionId: '7',
	node: 'Node',
	mode: 'manual',
	user: 'anna@example.com',
};

const OPTIONS = {
	timeZone: 'Europe/Amsterdam',
	now: new Date('2026-10-25T00:30:00.000Z'),
	onlyCompany: '',
	onlyPartner: '',
	replayForm: 'https://n8n.example.com/form/replay',
};

let folder: string;
let ledger: Ledger;
let fileId: number;
const X12 = `ISA*00*          *00*          *ZZ*ME             *ZZ*ACME           *261024*1200*U*00401*000000001*0*T*>~GS*IN*ME*ACME*20261024*1200*1*X*004010~ST*810*0001~BIG*20261024*INV-1~TDS*12100~SE*4*0001~GE*1*1~IEA*1*000000001~`;

beforeAll(async () => {
	folder = mkdtempSync(path.join(tmpdir(), 'page-'));
	ledger = await openLedger(
		{ store: 'embedded', name: 'ledger', folder },
		{
			now: () => new Date('2026-10-24T22:30:00.000Z'),
			randomId: () => randomBytes(32).toString('hex'),
			wait: async () => {},
			jitter: () => 0,
		},
	);
	await saveCompany(ledger, { name: 'ME', settings: { senderId: 'ME' } }, TESTER);
	for (const partner of ['ACME', 'OTHER']) {
		await savePartner(ledger, { name: partner, settings: { receiverId: partner } }, TESTER);
		await saveAgreement(
			ledger,
			{
				name: `${partner} 810`,
				company: 'ME',
				partner,
				documentType: 'invoice',
				sentAs: 'X12 810',
				stage: 'production',
				sendFrom: '2000-01-01',
				folder: '/inbound',
				settings: { standard: 'x12', release: '004010' },
			},
			TESTER,
		);
	}
	const document = {
		agreement: 'ACME 810',
		key: 'exact:1:purchaseEntry:1',
		contentHash: sha256('1'),
		number: 'INV-1',
		ownNumber: '26000001',
		counterparty: `Supplier ${CANARY}`,
		date: '2026-10-24',
		currency: 'EUR',
		amount: '1234.50',
		modified: '2026-10-24T10:00:00.000Z',
		document: {
			EntryNumber: 26000001,
			AmountFC: 1234.5,
			lines: [
				{ GLAccountCode: '4400', Description: `Mowing ${CANARY}`, AmountFC: 1000 },
				{ GLAccountCode: '4410', AmountFC: 234.5, CostCenter: 'CC01' },
			],
			supplier: { Name: 'Van den Berg', bank: { Iban: 'NL91ABNA0417164300' } },
		},
	};
	const { taken } = await takeNewOrChanged(ledger, {
		documents: [
			document,
			{ ...document, key: 'exact:1:purchaseEntry:2', number: 'INV-2', agreement: 'OTHER 810' },
		],
		reservation: 'r',
		leaseSeconds: 600,
		actor: TESTER,
	});
	const [first] = taken;
	const [recorded] = await recordFiles(
		ledger,
		[
			{
				name: '810_ACME_000000001.edi',
				kind: 'documents',
				format: 'X12',
				transactionSet: '810',
				release: '004010',
				usage: 'production',
				sender: 'ME',
				receiver: 'ACME',
				controlNumber: '000000001',
				groupControlNumbers: ['1'],
				sha256: sha256(Buffer.from(X12)),
				bytes: Buffer.from(X12),
				mimeType: 'application/edi-x12',
				folder: '/inbound',
				agreementVersionId: first!.agreementVersionId,
				documents: [
					{
						key: document.key,
						contentHash: document.contentHash,
						versionId: first!.versionId,
						reservation: 'r',
						number: 'INV-1',
						setControlNumber: '0001',
						groupControlNumber: '1',
						purpose: 'original',
					},
				],
			},
		],
		{ sendAgain: false },
		TESTER,
	);
	if (!('fileId' in recorded!)) throw new Error(JSON.stringify(recorded));
	fileId = recorded.fileId;
});
afterAll(async () => {
	await ledger.close();
	rmSync(folder, { recursive: true, force: true });
});

const text = ({ body }: PageAnswer) => Buffer.from(body).toString('utf8');
const get = async (query: unknown, more = {}) =>
	await ledgerPage(ledger, query, { ...OPTIONS, ...more });

test.each(['todo', 'documents', 'files', 'totals', 'comparisons', 'nonsense'])(
	'the view %s is a whole page',
	async (view) => {
		const answer = await get({ view });
		expect(answer).toMatchObject({ status: 200, contentType: 'text/html; charset=utf-8' });
		const page = text(answer);
		expect(page).toContain('default-src &#39;none&#39;');
		expect(page).toContain('Europe/Amsterdam');
		expect(page).not.toMatch(/<script|<img|\u202e/);
	},
);

test('markup in every field stays text, on the lists and the details', async () => {
	const documents = text(await get({ view: 'documents' }));
	expect(documents).toContain('INV-1');
	expect(documents).toContain('Supplier &lt;img');
	const id = /view=document&amp;id=(\d+)|view=document&id=(\d+)/.exec(documents);
	const history = text(await get({ view: 'document', id: id?.[1] ?? id?.[2] }));
	expect(history).toContain('Workflow &lt;img');
	expect(history).toContain('anna@example.com');
	const source = history.slice(history.indexOf('As it was read from Exact')).replace(/\s+/g, ' ');
	for (const part of [
		'<dt>Entry number</dt> <dd>26000001</dd>',
		'<dd>1234.5</dd>',
		'CC01',
		'NL91',
	])
		expect(source).toContain(part);
	expect(source).toMatch(/<th scope="col"[^>]*>GL account code<\/th>/);
	expect(source).toContain('Mowing &lt;img');
	expect(history).not.toMatch(/<img/);
	// What the browser sends comes back as text as well.
	expect(text(await get({ view: 'files', search: CANARY }))).not.toMatch(/<img/);
});

test('a file is readable, with amounts, times in the zone, and a link that only asks', async () => {
	const page = text(await get({ view: 'file', id: String(fileId) }));
	expect(page).toContain('810_ACME_000000001.edi');
	expect(page).toContain('1,234.50');
	expect(page).toContain('2026-10-25 00:30:00');
	expect(page).toContain('<b>BIG</b>');
	expect(page).toContain('https://n8n.example.com/form/replay?File=810_ACME_000000001.edi');
});

test('a download is an attachment of no type that a browser would run', async () => {
	const answer = await get({ view: 'raw', of: 'file', id: fileId });
	expect(answer).toMatchObject({
		contentType: 'application/octet-stream',
		contentDisposition: 'attachment; filename="810_ACME_000000001.edi"',
	});
	expect(text(answer)).toBe(X12);
});

test("a partner's acknowledgment is handed out as it came, and to nobody who may not see the file", async () => {
	const bytes = Buffer.from('ISA*the partner answers~');
	const hash = sha256(bytes);
	const answer = {
		acknowledgment: '997',
		level: 'group',
		outcome: 'accepted',
		status: 'A',
		sender: 'ME',
		receiver: 'ACME',
		interchangeControlNumber: '',
		groupControlNumber: '1',
		setControlNumber: '',
		acknowledgmentControlNumber: '9001',
		acknowledgedAt: '2026-10-25',
		summary: 'All accepted',
		errors: [],
		sha256: hash,
		position: 1,
	} as const;
	await recordAcknowledgment(ledger, [answer], TESTER);
	const came = {
		path: '/outbound/997.edi',
		modifiedAt: '',
		name: `997 ${CANARY}.edi`,
		bytes,
		sha256: hash,
		sender: 'ACME',
		receiver: 'ME',
		controlNumber: '9001',
		format: 'X12',
	};
	await keepAcknowledgment(ledger, came, TESTER);
	const [{ receivedId } = { receivedId: 0 }] = (await getFile(ledger, fileId)).answers;
	const query = { view: 'raw', of: 'received', id: receivedId };
	expect(text(await get({ view: 'file', id: fileId }))).toContain(
		`?view=raw&amp;of=received&amp;id=${receivedId}`,
	);
	const answered = await get(query);
	expect(answered).toMatchObject({ status: 200, contentType: 'application/octet-stream' });
	expect(answered.contentDisposition).toMatch(/^attachment; filename="997_[\w.-]+"$/);
	expect(text(answered)).toBe(bytes.toString());
	expect((await get(query, { onlyPartner: 'ACME' })).status).toBe(200);
	for (const only of [{ onlyPartner: 'OTHER' }, { onlyCompany: 'NOT ME' }])
		expect((await get(query, only)).status).toBe(404);
	expect((await get({ ...query, id: 999_999 })).status).toBe(404);
});

describe('compared with the source', () => {
	const compared = { agreement: 'ACME 810', from: '2026-12-01' };
	beforeAll(async () => {
		const document = {
			key: 'exact:1:purchaseEntry:9',
			contentHash: 'x',
			number: '=HYPERLINK("http://evil")',
			ownNumber: '26000009',
			counterparty: `Supplier ${CANARY}`,
			date: '2026-12-20',
			currency: 'EUR',
			amount: '-1234.50',
		};
		const documents = [document, { ...document, key: 'k', ownNumber: '1000', amount: '10' }];
		await compareWithSource(ledger, { ...compared, to: '2026-12-31', documents });
	});

	test('the list of periods, and one of them with sums and what is to be looked at', async () => {
		expect(text(await get({ view: 'comparisons' }))).toContain('2026-12-01 to 2026-12-31');
		const page = text(await get({ view: 'comparison', ...compared }));
		expect(page).toContain('2 documents, 2 to look at');
		expect(page).toContain('EUR -1,224.50');
		expect(page).toContain('26000009');
		expect(page).not.toMatch(/<img/);
	});

	test('the CSV is by entry number; formulas are text, amounts have a comma', async () => {
		const answer = await get({ view: 'raw', of: 'comparison', ...compared });
		expect(answer.contentDisposition).toBe(
			'attachment; filename="ACME_810_2026-12-01_2026-12-31.csv"',
		);
		const lines = text(answer).split('\r\n');
		expect(lines[1]).toContain('"1000";');
		expect(lines[2]).toContain(
			`"26000009";"'=HYPERLINK(""http://evil"")";"Supplier <img src=x onerror=alert(1)>""'&`,
		);
		expect(lines[2]).toContain('"2026-12-20";"EUR";"-1234,50";"not taken"');
	});

	test('is not shown to who may see another partner alone', async () => {
		const only = { onlyPartner: 'OTHER' };
		expect(text(await get({ view: 'comparisons' }, only))).not.toContain('ACME');
		for (const query of [{ view: 'comparison' }, { view: 'raw', of: 'comparison' }])
			expect((await get({ ...query, ...compared }, only)).status).toBe(404);
		expect((await get({ view: 'comparison', ...compared, from: '2020-01-01' })).status).toBe(404);
	});
});

test('found by the number in Exact, by file name and by control number', async () => {
	expect(text(await get({ view: 'documents', search: '26000001' }))).toContain('INV-1');
	expect(text(await get({ view: 'files', search: '810_AC' }))).toContain('810_ACME');
	expect(text(await get({ view: 'files', search: '000000001' }))).toContain('810_ACME');
});

test('a page of one partner shows nothing of others, whatever the address asks for', async () => {
	const only = { onlyPartner: 'OTHER' };
	expect(text(await get({ view: 'documents', partner: 'ACME' }, only))).not.toContain('INV-1');
	expect(text(await get({ view: 'files' }, only))).not.toContain('810_ACME');
	for (const view of ['file', 'raw']) {
		const answer = await get({ view, id: fileId }, only);
		expect(answer.status).toBe(404);
		expect(text(answer)).not.toContain('810_ACME');
	}
	expect(text(await get({ view: 'todo' }, only))).not.toContain('ACME');
});

test('what is not there, and what is no request at all, is a page', async () => {
	expect((await get({ view: 'file', id: '999999' })).status).toBe(404);
	expect((await get({ view: 'document' })).status).toBe(404);
	for (const query of [
		undefined,
		null,
		7,
		[],
		{ after: 'x', view: ['files'] },
		{ __proto__: { view: 'files' } },
	]) {
		expect([200, 404, 500]).toContain((await get(query)).status);
	}
	expect(text(failurePage(new Error('secret detail')))).not.toContain('secret detail');
});
