import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import {
	claimFile,
	compareWithSource,
	keepAcknowledgment,
	recordAcknowledgment,
	recordFiles,
	recordRefused,
	saveAgreement,
	saveCompany,
	savePartner,
	settleFile,
	takeNewOrChanged,
} from '../../../lib/ledger';
import type { Actor, Ledger, OfferedDocument } from '../../../lib/ledger';
import { startBrowser } from '../../support/browser';
import { openLedgerOf, startN8nLab } from '../../support/n8nLab';
import type { N8nLab } from '../../support/n8nLab';
import { updatePicture } from '../../support/pictures';

jest.setTimeout(900_000);

/** Would be seen at once, were it anything but text. */
const MARKUP = `<img src=x onerror="document.title='run'"><script>document.title='run'</script>"'&`;

const TESTER: Actor = {
	workflowId: 'w',
	workflowName: `Workflow ${MARKUP}`,
	executionId: '7',
	node: `Node ${MARKUP}`,
	mode: 'trigger',
	user: `anna@example.com ${MARKUP}`,
};

const ACKNOWLEDGMENT = Buffer.from('ISA*what the partner wrote~');

const VISITOR = { username: 'controller', password: 'Page-Canary-7f3a91' };

let lab: N8nLab;
let browser: Browser;
let ledger: Ledger;
let context: BrowserContext;
let page: Page;
let address: string;
const executed: string[] = [];

const hashOf = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex');

function documents(partner: string, count: number, more: object = {}): OfferedDocument[] {
	return Array.from({ length: count }, (_, index) => ({
		agreement: `Jansen BV to ${partner}: X12 810`,
		key: `exact:1:purchaseEntry:${partner}${index}`,
		contentHash: hashOf(`${partner}${index}`),
		number: `${partner}-${1001 + index}`,
		ownNumber: `2600${1001 + index}`,
		counterparty:
			['Van den Berg Tuinmachines B.V.', 'De Groot & Zn.', 'Müller GmbH'][index % 3] ?? '',
		date: `2026-10-${String((index % 28) + 1).padStart(2, '0')}`,
		currency: 'EUR',
		amount: `${1200 + index * 37}.50`,
		modified: '2026-10-24T10:00:00.000Z',
		...more,
	}));
}

function invoiceFile(number: string, documentNumber: string): Buffer {
	return Buffer.from(
		`ISA*00*          *00*          *ZZ*ME             *ZZ*ACME           *261024*1200*U*00401*${number}*0*T*>~GS*IN*ME*ACME*20261024*1200*1*X*004010~ST*810*0001~BIG*20261024*${documentNumber}~TDS*123450~SE*4*0001~GE*1*1~IEA*1*${number}~`,
	);
}

/** One file with all that was taken, deposited or not. */
async function file(
	name: string,
	controlNumber: string,
	offered: readonly OfferedDocument[],
	outcome: 'deposited' | 'failed',
): Promise<void> {
	const reservation = `r-${controlNumber}`;
	const group = String(Number(controlNumber));
	const { taken } = await takeNewOrChanged(ledger, {
		documents: [...offered],
		reservation,
		leaseSeconds: 600,
		actor: TESTER,
	});
	const bytes = invoiceFile(controlNumber, offered[0]?.number.slice(0, 20) ?? '');
	const [recorded] = await recordFiles(
		ledger,
		[
			{
				name,
				kind: 'documents',
				format: 'X12',
				transactionSet: '810',
				release: '004010',
				usage: 'production',
				sender: 'ME',
				receiver: 'ACME',
				controlNumber,
				groupControlNumbers: [group],
				sha256: hashOf(bytes),
				bytes,
				mimeType: 'application/edi-x12',
				folder: '/inbound',
				agreementVersionId: taken[0]?.agreementVersionId ?? 0,
				documents: taken.map(({ index, versionId, purpose }) => ({
					key: offered[index]?.key ?? '',
					contentHash: offered[index]?.contentHash ?? '',
					versionId,
					reservation,
					number: offered[index]?.number ?? '',
					setControlNumber: String(index + 1).padStart(4, '0'),
					groupControlNumber: group,
					purpose,
				})),
			},
		],
		{ sendAgain: false },
		TESTER,
	);
	if (recorded === undefined || !('fileId' in recorded)) throw new Error(JSON.stringify(recorded));
	const claim = { token: name, leaseSeconds: 60, server: 's' };
	const claimed = await claimFile(ledger, recorded.fileId, claim, TESTER);
	if ('refused' in claimed) throw new Error(JSON.stringify(claimed));
	const error = { code: 'SFTP_AUTHENTICATION', message: `The login was refused ${MARKUP}` };
	await settleFile(
		ledger,
		recorded.fileId,
		name,
		outcome === 'deposited'
			? { state: outcome, path: `/inbound/${name}` }
			: { state: outcome, error },
		TESTER,
	);
}

async function fillLedger(): Promise<void> {
	await saveCompany(ledger, { name: 'Jansen BV', settings: { senderId: 'ME' } }, TESTER);
	for (const partner of ['ACME', MARKUP]) {
		await savePartner(ledger, { name: partner, settings: { receiverId: 'ACME' } }, TESTER);
		await saveAgreement(
			ledger,
			{
				name: `Jansen BV to ${partner}: X12 810`,
				company: 'Jansen BV',
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
	await file('810_ACME_000000001.edi', '000000001', documents('ACME', 12), 'deposited');
	const marked = { number: `N ${MARKUP}`, ownNumber: `E ${MARKUP}`, counterparty: MARKUP };
	await file(
		`810_${MARKUP.replaceAll('/', '')}.edi`,
		'000000002',
		documents(MARKUP, 1, marked),
		'failed',
	);
	await recordAcknowledgment(
		ledger,
		[
			{
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
				acknowledgedAt: `2026-10-25 ${MARKUP}`,
				summary: `All accepted ${MARKUP}`,
				errors: [],
				sha256: hashOf(ACKNOWLEDGMENT),
				position: 0,
			},
		],
		TESTER,
	);
	const acknowledgment = {
		path: '/outbound/997.edi',
		modifiedAt: '',
		name: `997 ${MARKUP}.edi`,
		bytes: ACKNOWLEDGMENT,
		sha256: hashOf(ACKNOWLEDGMENT),
		sender: 'ACME',
		receiver: 'ME',
		controlNumber: '9001',
		format: 'X12',
	};
	await keepAcknowledgment(ledger, acknowledgment, TESTER);
	const october = { from: '2026-10-01', to: '2026-10-31' };
	const agreement = 'Jansen BV to ACME: X12 810';
	const source = [
		...documents('ACME', 11),
		...documents('ACME', 1, { key: 'new', number: MARKUP }),
	];
	await compareWithSource(ledger, { agreement, documents: source, ...october });
	const [refused] = documents('ACME', 1, {
		key: 'exact:1:purchaseEntry:refused',
		number: `R ${MARKUP}`,
		counterparty: MARKUP,
	});
	if (refused === undefined) return;
	const issues = [
		{ code: 'X12_ELEMENT_LENGTH', message: `BIG02 is too long ${MARKUP}`, path: 'BIG02' },
	];
	await recordRefused(ledger, [{ ...refused, issues }], TESTER);
}

beforeAll(async () => {
	lab = await startN8nLab();
	ledger = await openLedgerOf(lab);
	await fillLedger();
	const login = await lab.n8n.createCredential({
		name: 'Ledger page',
		type: 'httpBasicAuth',
		data: { user: VISITOR.username, password: VISITOR.password },
	});
	const id = await lab.importTemplate('11-ledger-page', {
		credentials: { httpBasicAuth: login },
		parameters: { 'Make the page': { replayForm: `${lab.n8n.url}/form/again` } },
	});
	await lab.n8n.activate(id);
	address = `${lab.n8n.url}/webhook/edi-ledger`;
	browser = await startBrowser();
	context = await browser.newContext({
		httpCredentials: VISITOR,
		viewport: { width: 1280, height: 900 },
		colorScheme: 'light',
	});
	page = await context.newPage();
	page.setDefaultTimeout(120_000);
	page.on('dialog', (dialog) => {
		executed.push(dialog.message());
		void dialog.dismiss();
	});
	for (let attempt = 0; attempt < 30; attempt += 1) {
		if ((await page.goto(address))?.status() === 200) break;
		await page.waitForTimeout(1000);
	}
});

afterAll(async () => {
	await browser?.close();
	await ledger?.close();
	await lab?.close();
});

const go = async (query: string) => {
	const answer = await page.goto(`${address}${query}`);
	expect(answer?.status()).toBe(200);
};
const body = async () => await page.locator('body').innerText();

/** Pages of each kind, by the links of the lists; the newest rows have markup in every field. */
async function somePages(): Promise<string[]> {
	const lists = ['?view=documents', '?view=files', '?view=comparisons'];
	const found = new Set<string>(['?view=todo', '?view=totals', ...lists]);
	for (const list of lists) {
		await go(list);
		const links = await page
			.locator('main td a')
			.evaluateAll((all) =>
				all.map((one) => (one as HTMLAnchorElement).getAttribute('href') ?? ''),
			);
		for (const link of links.slice(0, 5)) found.add(link);
	}
	return [...found];
}

test('without the password nobody sees it', async () => {
	expect((await fetch(address)).status).toBe(401);
	const wrong = `Basic ${Buffer.from('controller:wrong').toString('base64')}`;
	expect((await fetch(address, { headers: { authorization: wrong } })).status).toBe(401);
});

test('what is to do is the first page, with links to each list', async () => {
	await go('');
	expect(await page.locator('h1').innerText()).toBe('To do');
	expect(await body()).toContain('files failed');
	await page.getByRole('link', { name: 'files failed' }).click();
	await page.waitForURL(/state=failed/);
	expect(await page.locator('tbody tr').count()).toBe(1);
});

test('documents, by their tab, and the history of one of them', async () => {
	await go('');
	await page.getByRole('link', { name: 'Documents', exact: true }).click();
	await page.waitForURL(/view=documents/);
	expect(await page.locator('tbody tr').count()).toBe(14);
	await go('?view=documents&agreement=Jansen+BV+to+ACME%3A+X12+810&state=accepted');
	expect(await page.locator('tbody tr').count()).toBe(12);
	await updatePicture(page, 'ledger-page');
	await page.getByRole('link', { name: 'ACME-1003' }).click();
	const history = await body();
	expect(history).toContain('26001003');
	expect(history).toContain('EUR 1,274.50');
	expect(history).toContain('810_ACME_000000001.edi');
});

test('an invoice is found by its number, by its beginning, and by the number in Exact', async () => {
	for (const [search, rows] of [
		['ACME-1005', 1],
		['ACME-10', 12],
		['26001007', 1],
	] as const) {
		await go('?view=documents');
		await page.getByLabel('Number or file name').fill(search);
		await page.getByRole('button', { name: 'Show' }).click();
		await page.waitForURL(/search=/);
		expect({ search, rows: await page.locator('tbody tr').count() }).toEqual({ search, rows });
	}
	await page.getByLabel('Number or file name').fill('NO-SUCH');
	await page.getByRole('button', { name: 'Show' }).click();
	await page.waitForURL(/NO-SUCH/);
	expect(await body()).toContain('nothing');
});

test('a file can be read in words, and downloaded as it was sent', async () => {
	await go('?view=files');
	await page.getByRole('link', { name: '810_ACME_000000001.edi' }).click();
	await page.waitForURL(/view=file&/);
	await page.locator('summary', { hasText: 'BIG' }).click();
	const text = await body();
	expect(text).toContain('Beginning of the invoice');
	expect(text).toContain('ACME-1001');
	expect(text).toContain('All accepted');
	const again = page.getByRole('link', { name: 'Send again (asks first)' });
	expect(await again.getAttribute('href')).toContain('/form/again?File=810_ACME_000000001.edi');
	const waiting = page.waitForEvent('download');
	await page.getByRole('link', { name: 'Download as it was sent' }).click();
	const download = await waiting;
	expect(download.suggestedFilename()).toBe('810_ACME_000000001.edi');
	expect(readFileSync(await download.path())).toEqual(invoiceFile('000000001', 'ACME-1001'));
});

test("the partner's acknowledgment is downloaded as it came", async () => {
	await go('?view=files&search=810_ACME');
	await page.getByRole('link', { name: '810_ACME_000000001.edi' }).click();
	const waiting = page.waitForEvent('download');
	await page.getByRole('link', { name: 'Download', exact: true }).click();
	const download = await waiting;
	expect(download.suggestedFilename()).toMatch(/^997_[\w.-]+$/);
	expect(readFileSync(await download.path())).toEqual(ACKNOWLEDGMENT);
});

test('what Exact has and the partner has: sums, what to look at, and a list by entry number', async () => {
	await go('');
	await page.getByRole('link', { name: 'Compared with Exact' }).click();
	await page.getByRole('link', { name: '2026-10-01 to 2026-10-31' }).click();
	const text = await body();
	expect(text).toContain('12 documents, 2 to look at');
	expect(text).toMatch(/accepted\s+11/);
	const waiting = page.waitForEvent('download');
	await page.getByRole('link', { name: 'All documents, for a spreadsheet' }).click();
	const download = await waiting;
	expect(download.suggestedFilename()).toBe('Jansen_BV_to_ACME_X12_810_2026-10-01_2026-10-31.csv');
	const lines = readFileSync(await download.path(), 'utf8')
		.trim()
		.split('\r\n');
	expect(lines).toHaveLength(14);
	expect(lines.filter((line) => line.endsWith('"exact:1:purchaseEntry:ACME11"'))).toEqual([
		expect.stringMatching(/^"26001012".*"gone"/),
	]);
});

/** Contrast of WCAG 2: text against the first background behind it. */
async function faintTexts(): Promise<string[]> {
	return await page.evaluate(() => {
		const channels = (color: string) =>
			(/rgba?\(([^)]+)\)/.exec(color)?.[1] ?? '').split(',').map(Number);
		const light = (color: string) => {
			const [r = 0, g = 0, b = 0] = channels(color).map((value) => {
				const part = value / 255;
				return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
			});
			return 0.2126 * r + 0.7152 * g + 0.0722 * b;
		};
		const behind = (element: Element): string => {
			for (let at: Element | null = element; at !== null; at = at.parentElement) {
				const { backgroundColor } = getComputedStyle(at);
				if ((channels(backgroundColor)[3] ?? 1) > 0) return backgroundColor;
			}
			return 'rgb(255, 255, 255)';
		};
		return [...document.querySelectorAll('body *')]
			.filter((element) => element.childElementCount === 0 && element.textContent.trim() !== '')
			.flatMap((element) => {
				const [a, b] = [light(getComputedStyle(element).color), light(behind(element))];
				const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
				return contrast < 4.5 ? [`${element.textContent.slice(0, 40)}: ${contrast}`] : [];
			});
	});
}

type Look = 'markup' | 'light' | 'dark' | 'phone';
let looked: Promise<Readonly<Record<Look, string[]>>> | undefined;

/** Each page is opened once and looked at in every way; what is amiss, with the page. */
async function look(): Promise<Readonly<Record<Look, string[]>>> {
	const amiss: Record<Look, string[]> = { markup: [], light: [], dark: [], phone: [] };
	const backs = { light: 'rgb(255, 255, 255)', dark: 'rgb(23, 23, 26)' };
	for (const link of await somePages()) {
		await go(link);
		const active = await page.locator('img, script, iframe').count();
		if (active > 0 || (await page.title()) === 'run') amiss.markup.push(link);
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			const back = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
			const faint = await faintTexts();
			if (back !== backs[colorScheme]) faint.push(`the background is ${back}`);
			amiss[colorScheme].push(...faint.map((text) => `${link}: ${text}`));
		}
		await page.emulateMedia({ colorScheme: 'light' });
		await page.setViewportSize({ width: 390, height: 844 });
		const wide = await page.evaluate(() => document.documentElement.scrollWidth);
		if (wide > 390) amiss.phone.push(`${link}: ${wide}`);
		await page.setViewportSize({ width: 1280, height: 900 });
	}
	return amiss;
}

test.each(['markup', 'light', 'dark', 'phone'] as const)(
	'nothing is amiss on any page: %s',
	async (way) => {
		looked ??= look();
		expect((await looked)[way]).toEqual([]);
	},
);

test('markup is shown as it was written', async () => {
	await go('?view=documents');
	expect(await body()).toContain('<img src=x onerror');
	await go(`?view=files&search=${encodeURIComponent(MARKUP)}`);
	expect(await page.locator('img, script').count()).toBe(0);
	expect(executed).toEqual([]);
});

test('by keyboard alone: every link and field is reached, and is seen to be', async () => {
	for (const link of ['', '?view=documents', '?view=totals']) {
		await go(link);
		const reachable = await page
			.locator('a[href], button, input:not([type=hidden]), select, summary')
			.count();
		const reached = new Set<string>();
		const unseen: string[] = [];
		for (let tab = 0; tab < reachable * 2 + 8; tab += 1) {
			await page.keyboard.press('Tab');
			const seen = await page.evaluate(() => {
				const active = document.activeElement;
				if (active === null || active === document.body) return undefined;
				const all = [
					...document.querySelectorAll(
						'a[href], button, input:not([type=hidden]), select, summary',
					),
				];
				const { outlineStyle, outlineWidth } = getComputedStyle(active);
				const { width, left } = active.getBoundingClientRect();
				return {
					which: String(all.indexOf(active)),
					what: active.outerHTML.slice(0, 120),
					visible:
						outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && width > 0 && left >= 0,
				};
			});
			if (seen === undefined) break;
			if (!seen.visible) unseen.push(seen.what);
			reached.add(seen.which);
		}
		expect({ link, unseen, reached: reached.size }).toEqual({
			link,
			unseen: [],
			reached: reachable,
		});
	}
});

test('n8n saves no run of the page, and so no password of a visitor beyond its next pruning', async () => {
	const encoded = Buffer.from(`${VISITOR.username}:${VISITOR.password}`).toString('base64');
	const file = path.join(lab.userFolder, '.n8n', 'database.sqlite');
	const database = new DatabaseSync(file, { readOnly: true });
	const tablesWith = (text: string): string[] => {
		const tables = database.prepare("select name from sqlite_master where type = 'table'").all();
		return tables
			.map(({ name }) => String(name))
			.filter((table) => {
				const rows = database.prepare(`select * from "${table}"`).all();
				return JSON.stringify(rows).includes(text);
			});
	};
	// The search would find what is there.
	expect(tablesWith('edi-ledger')).not.toEqual([]);
	expect(tablesWith(VISITOR.password)).toEqual([]);
	// A run that has ended is marked as deleted, for the next round of n8n's pruning (docs/security.md).
	expect(tablesWith(encoded).filter((table) => table !== 'execution_data')).toEqual([]);
	const kept = database.prepare(
		`select d."executionId" as id from execution_data d join execution_entity e on e.id = d."executionId"
		where d.data like ? and e."deletedAt" is null`,
	);
	const deadline = Date.now() + 60_000;
	while (kept.all(`%${encoded}%`).length > 0 && Date.now() < deadline)
		await page.waitForTimeout(500);
	expect(kept.all(`%${encoded}%`)).toEqual([]);
	database.close();
	expect(readFileSync(lab.n8n.process.logFile, 'utf8')).not.toContain(VISITOR.password);
});

test('what is not there is a page with its own words, and nothing is changed by looking', async () => {
	const answer = await page.goto(`${address}?view=file&id=999999`);
	expect(answer?.status()).toBe(404);
	expect(await body()).toContain('It may have been erased');
	expect(answer?.headers()['cache-control']).toBe('no-store');
	expect((await fetch(address, { method: 'POST' })).status).toBe(404);
});
