import { rmSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import {
	getComparisons,
	getDocuments,
	getFiles,
	getHistory,
	getNumbers,
} from '../../../lib/ledger';
import type { Ledger } from '../../../lib/ledger';
import { OWNER } from '../../../sandbox/n8n';
import { signedIn, startBrowser } from '../../support/browser';
import {
	fillIn,
	formAddress,
	openForm,
	reads,
	submit,
	submitRefused,
} from '../../support/browserForm';
import { openLedgerOf, startN8nLab } from '../../support/n8nLab';
import type { N8nLab } from '../../support/n8nLab';
import { updatePicture } from '../../support/pictures';

jest.setTimeout(900_000);

let lab: N8nLab;
let browser: Browser;
let page: Page;
let ledger: Ledger;

beforeAll(async () => {
	lab = await startN8nLab();
	browser = await startBrowser();
	page = await signedIn(browser, lab.n8n.url);
	ledger = await openLedgerOf(lab);
});

afterAll(async () => {
	await browser?.close();
	await ledger?.close();
	await lab?.close();
});

const forms = new Map<string, string>();

/** Imports and publishes; an address that another one has is free once that one is not published. */
async function publish(name: string, file: string, agreement?: string): Promise<void> {
	const id = await lab.importTemplate(file, agreement === undefined ? {} : { agreement });
	await lab.n8n.activate(id);
	forms.set(name, await formAddress(lab.n8n, id));
	published.set(name, id);
}
const published = new Map<string, string>();

const open = async (name: string, on = page) => await openForm(on, forms.get(name) ?? '');

async function arrived(): Promise<string[]> {
	return [...lab.inbound().keys()].sort();
}

const PARTNER = {
	'Your company': 'Jansen BV',
	'Your ID': 'MYCOMPANY',
	Partner: 'ACME',
	'Partner ID': 'ACME',
	'What it gets': 'Purchase invoices as X12 810',
	'Send documents from': '2000-01-01',
	Stage: 'Test',
};
const AGREEMENT = 'Jansen BV to ACME: X12 810';

describe('setting up a partner', () => {
	test('an empty form is refused, field by field, and starts nothing', async () => {
		await publish('set up', '00-set-up-partner');
		await open('set up');
		// Company, its ID, partner, its ID, what it gets; folder and stage are filled in.
		expect(await submitRefused(page)).toBe(5);
		expect(await lab.n8n.executionsOf(published.get('set up') ?? '')).toEqual([]);
	});

	test('the second page shows what will be saved, and No saves nothing', async () => {
		await open('set up');
		await fillIn(page, PARTNER);
		const asked = await submit(page);
		for (const part of ['Jansen BV', 'MYCOMPANY', 'ACME', '/inbound', '2000-01-01', 'Stage: Test'])
			expect(asked).toContain(part);
		// "No" is what stands there.
		expect(await submit(page)).toContain('Nothing was saved');
	});

	test('Yes saves it, and says what comes next', async () => {
		for (const partner of ['ACME', 'BETA']) {
			await open('set up');
			await fillIn(page, { ...PARTNER, Partner: partner, 'Partner ID': partner });
			await submit(page);
			await fillIn(page, { 'Save it?': 'Yes' });
			const saved = await submit(page);
			expect(saved).toContain(`Saved: Jansen BV to ${partner}: X12 810`);
			expect(saved).toContain('Take new or changed');
		}
	});

	test('an ID that another partner has is refused with whose it is', async () => {
		await open('set up');
		await fillIn(page, { ...PARTNER, Partner: 'GAMMA', 'Partner ID': 'ACME' });
		await submit(page);
		await fillIn(page, { 'Save it?': 'Yes' });
		const said = await submit(page);
		expect(said).toContain('ACME');
		expect(said).not.toContain('Saved');
	});
});

describe('sending on demand', () => {
	const DATES = { 'From date': '2000-01-01', 'To date': '2099-12-31' };
	let numbers: string[];

	test('an empty form is refused', async () => {
		await publish('send', '01-export-purchase-invoices-x12', AGREEMENT);
		await open('send');
		expect(await submitRefused(page)).toBe(2);
		expect(await lab.n8n.executionsOf(published.get('send') ?? '')).toEqual([]);
	});

	test('the preview shows amounts, reasons and the file; nothing is sent and no number is used', async () => {
		await open('send');
		await fillIn(page, DATES);
		const asked = await submit(page);
		expect(asked).toContain(AGREEMENT);
		expect(asked).toContain('2000-01-01 to 2099-12-31');
		expect(asked).toContain('No, only show me');
		const shown = await submit(page);
		expect(shown).toContain('Nothing was sent, and no number was used');
		expect(shown).toMatch(/New or changed: \d+ \(EUR [\d,.]+/);
		expect(shown).toMatch(/Refused: [1-9]/);
		// The demo company has an entry that was rejected in Exact.
		expect(shown).toMatch(/Left out 1 skipped/);
		expect(shown).toMatch(/ISA.00./);
		await updatePicture(page, 'preview');
		expect(await arrived()).toEqual([]);
		expect(await getNumbers(ledger)).toEqual([]);
		expect((await getFiles(ledger, {}, {})).rows).toEqual([]);
		const cells = page.locator('table').first().locator('tbody tr td:first-child');
		// Of the demo company's many entries these have nothing amiss.
		numbers = (await cells.allInnerTexts()).map((text) => text.trim());
		numbers = numbers.filter((number) => number.startsWith('F50'));
		expect(numbers.length).toBeGreaterThan(5);
	});

	test('only the asked ones are sent, and the last page says so when it has happened', async () => {
		await open('send');
		await fillIn(page, { ...DATES, 'Only these numbers': numbers[0] ?? '' });
		await submit(page);
		await fillIn(page, { 'Send them?': 'Yes' });
		const said = await submit(page);
		expect(said).toContain('This is what happened');
		expect(said).toContain('New or changed: 1');
		const [name] = await arrived();
		expect(said).toContain(`${name}`);
		expect(said).toContain('deposited');
		expect(await arrived()).toHaveLength(1);
	});

	test('a page that is sent twice sends once', async () => {
		await open('send');
		await fillIn(page, { ...DATES, 'Only these numbers': numbers[1] ?? '' });
		await submit(page);
		const second = page.url();
		await fillIn(page, { 'Send them?': 'Yes' });
		expect(await submit(page, 2)).toContain('This is what happened');
		expect(await arrived()).toHaveLength(2);
		// Nor does going back to it. For a run that is over n8n says so, or leaves the browser waiting.
		await page.goto(second, { timeout: 10_000 }).catch(() => undefined);
		await page.waitForTimeout(2000);
		expect(await reads(page)).not.toContain('Send them?');
		expect(await arrived()).toHaveLength(2);
	});

	test('two people who ask for the same at once get one file, and each is told', async () => {
		const other = await page.context().newPage();
		for (const one of [page, other]) {
			await open('send', one);
			await fillIn(one, { ...DATES, 'Only these numbers': numbers[2] ?? '' });
			await submit(one);
			await fillIn(one, { 'Send them?': 'Yes' });
		}
		const said = await Promise.all([submit(page), submit(other)]);
		await other.close();
		expect(await arrived()).toHaveLength(3);
		const sent = said.filter((text) => text.includes('This is what happened'));
		const rest = said.filter((text) => text.includes('Nothing was sent'));
		expect({ sent: sent.length, rest: rest.length }).toEqual({ sent: 1, rest: 1 });
	});

	test('everything, and then nothing new', async () => {
		const send = async () => {
			await open('send');
			await fillIn(page, DATES);
			await submit(page);
			await fillIn(page, { 'Send them?': 'Yes' });
			return await submit(page);
		};
		const all = await send();
		expect(all).toContain('This is what happened');
		const files = await arrived();
		const again = await send();
		expect(again).toContain('Nothing was sent');
		expect(again).toMatch(/Left out .*\d+ unchanged/);
		expect(await arrived()).toEqual(files);
	});

	test('compared with Exact: what became of every entry of these dates', async () => {
		await publish('compare', '13-compare-with-exact', AGREEMENT);
		await open('compare');
		await fillIn(page, DATES);
		const said = await submit(page);
		const entries = lab.exact.controls.rows('purchase-entries').length;
		expect(said).toContain(`${entries} documents, `);
		expect(said).toMatch(/refused 3 EUR/);
		expect(said).toContain('THOEK/2026/00000000000118');
		const [compared] = await getComparisons(ledger);
		expect(compared).toMatchObject({ agreement: AGREEMENT, compared: entries });
	});

	test('dates in which there is nothing say so', async () => {
		await open('send');
		await fillIn(page, { 'From date': '1999-01-01', 'To date': '1999-01-02' });
		await submit(page);
		await fillIn(page, { 'Send them?': 'Yes' });
		expect(await submit(page)).toContain('Nothing was sent');
	});

	test('the history says who', async () => {
		const [row] = (await getDocuments(ledger, { number: numbers[0] ?? '' }, {})).rows;
		const { events } = await getHistory(ledger, { documentId: row?.id ?? 0 });
		expect(events.map(({ user }) => user)).toContain(OWNER.email);
	});

	test('the same documents go to a second partner', async () => {
		await lab.n8n.deactivate(published.get('send') ?? '');
		await publish('send to BETA', '01-export-purchase-invoices-x12', 'Jansen BV to BETA: X12 810');
		await open('send to BETA');
		await fillIn(page, { ...DATES, 'Only these numbers': numbers[0] ?? '' });
		await submit(page);
		await fillIn(page, { 'Send them?': 'Yes' });
		expect(await submit(page)).toContain('This is what happened');
	});

	describe('and again', () => {
		const find = async (fields: Readonly<Record<string, string>>) => {
			await open('again');
			await fillIn(page, fields);
			return await submit(page);
		};

		test('an empty form is refused', async () => {
			await publish('again', '10-replay-files');
			await open('again');
			expect(await submitRefused(page)).toBe(1);
		});

		test('what is not found is said, and Yes sends nothing', async () => {
			expect(await find({ File: 'NO-SUCH-THING' })).toContain(
				'Nothing was found for NO-SUCH-THING',
			);
			const files = await arrived();
			await fillIn(page, { 'Send again?': 'Yes' });
			expect(await submit(page)).toContain('Nothing was sent');
			expect(await arrived()).toEqual(files);
		});

		test('a number that several partners have shows each file; a partner narrows it down', async () => {
			const both = await find({ File: numbers[0] ?? '' });
			expect(both).toContain('to ACME');
			expect(both).toContain('to BETA');
			const one = await find({ File: numbers[0] ?? '', Partner: 'BETA' });
			expect(one).not.toContain('to ACME');
			expect(one).toContain('to BETA');
		});

		test('No sends nothing', async () => {
			await find({ File: numbers[0] ?? '', Partner: 'BETA' });
			expect(await submit(page)).toContain('Nothing was sent');
		});

		test('what goes along is shown, and the same bytes go again, once for two clicks', async () => {
			const [first] = (await getFiles(ledger, { partner: 'ACME' }, {})).rows;
			const name = first?.name ?? '';
			const bytes = lab.inbound().get(name);
			rmSync(path.join(lab.sftpRoot, 'inbound', name));
			const shown = await find({ File: name });
			for (const number of ['Documents in it', 'The same bytes go again'].slice(1))
				expect(shown).toContain(number);
			expect(shown.match(/EUR|GBP/g)?.length).toBeGreaterThan(0);
			await fillIn(page, { 'Send again?': 'Yes', Reason: 'The partner lost it' });
			const said = await submit(page, 2);
			expect(said).toContain(name);
			expect(said).toContain('deposited');
			expect(lab.inbound().get(name)).toBe(bytes);
		});
	});
});
