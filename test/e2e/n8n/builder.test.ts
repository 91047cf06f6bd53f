import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { PATIENCE_MS, signedIn, startBrowser } from '../../support/browser';
import { APP, PARTNER_PASSWORD, startN8nLab } from '../../support/n8nLab';
import type { N8nLab } from '../../support/n8nLab';
import { Person } from '../../support/person';
import type { Effort } from '../../support/person';
import { repositoryRoot } from '../../support/shared';

jest.setTimeout(600_000);

let lab: N8nLab;
let browser: Browser;
let page: Page;
let person: Person;

/** An entry and a payment of a day that no sending can be too late for. */
const TOMORROW = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
const ENTRY = '0e77a803-3aa4-4a8d-a3cb-b28232e89318';
const PAYMENT = 'ac1a17e5-dfb9-4928-abbb-21fba6e520e8';

beforeAll(async () => {
	lab = await startN8nLab({ empty: true });
	lab.exact.controls.edit('purchase-entries', ENTRY, { EntryDate: TOMORROW });
	lab.exact.controls.edit('payments', PAYMENT, { Status: 40, EndDate: TOMORROW });
	browser = await startBrowser();
	page = await signedIn(browser, lab.n8n.url);
	const context = page.context();
	// For the windows that open, too.
	context.setDefaultTimeout(PATIENCE_MS);
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	person = new Person(page);
});

afterAll(async () => {
	await browser?.close();
	await lab?.close();
});

const byTestId = (id: string): Locator => page.locator(`[data-test-id="${id}"]`);
const node = (name: string): Locator =>
	page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
const field = (name: string): Locator =>
	byTestId(`parameter-input-${name}`).locator('input, textarea').first();

async function pasteWorkflow(text: string, name: string): Promise<void> {
	await page.getByText('Add first step').first().waitFor();
	await person.paste(text, name);
	await byTestId('canvas-node').first().waitFor();
}

async function pasteTemplate(file: string): Promise<void> {
	const folder = path.join(repositoryRoot, 'workflows-templates');
	await pasteWorkflow(readFileSync(path.join(folder, `${file}.json`), 'utf8'), file);
}

async function newWorkflow(): Promise<void> {
	const before = page.url();
	await person.click(byTestId('universal-add'), '+');
	await person.click(page.getByText('New workflow', { exact: true }), 'New workflow');
	await page.waitForURL(({ href }) => href !== before);
}

async function open(name: string): Promise<void> {
	await person.click(node(name), name);
	await person.press('Enter');
	await byTestId('node-parameters').waitFor();
}

/** Back to the canvas. */
async function close(): Promise<void> {
	await person.press('Escape');
	await byTestId('node-parameters').waitFor({ state: 'hidden' });
}

async function chooseDivision(): Promise<void> {
	const chosen = byTestId('resource-locator-division').locator('[data-test-id="rlc-input"]');
	// Never guessed: the wrong company would be read silently.
	expect(await chosen.inputValue()).toBe('');
	await person.click(chosen, 'Division');
	const division = byTestId('rlc-item').filter({ hasText: lab.division });
	await person.click(division, 'the division');
}

/** The trigger's own button, which the editor shows beside it. */
async function execute(trigger: string): Promise<void> {
	await node(trigger).hover();
	await person.click(byTestId(`execute-workflow-button-${trigger}`), 'Execute workflow');
	await page.getByText('Workflow executed successfully').waitFor();
}

function tell(what: string, { clicks, typed, steps }: Effort): void {
	process.stdout.write(
		`${what}: ${clicks} clicks, ${typed} typed values\n${steps.map((step) => `  ${step}\n`).join('')}`,
	);
}

async function setUpPartner(): Promise<void> {
	const opened = page.context().waitForEvent('page');
	await person.click(byTestId('execute-workflow-button'), 'Execute workflow');
	const form = await opened;
	const labelled = (label: string) => form.getByLabel(label, { exact: true });
	const submit = form.locator('#n8n-form button[type=submit]');
	await person.click(form.getByRole('button', { name: 'Allow access' }), 'Allow access');
	await person.type(labelled('Your company'), 'Jansen BV', 'Your company');
	await person.type(labelled('Your ID'), 'MYCOMPANY', 'Your ID');
	await person.type(labelled('Partner'), 'ACME', 'Partner');
	await person.type(labelled('Partner ID'), 'ACMEID', 'Partner ID');
	for (const what of ['Purchase invoices as X12 810', 'Payments as X12 820', 'Test'])
		await person.click(labelled(what), what);
	await person.click(submit, 'Submit');
	await person.click(labelled('Yes'), 'Yes');
	await person.click(submit, 'Go on');
	await form.getByText('Saved: Jansen BV to ACME: X12 820').waitFor();
	// By the keyboard, as any window.
	await form.close();
}

/** Only the simulator needs *Region* and *Base URL*; they are counted all the same. */
async function connectExact(): Promise<void> {
	await person.click(page.getByText('Connect to Exact Online'), 'Connect to Exact Online');
	await person.type(field('clientId'), APP.clientId, 'Client ID');
	await person.type(field('clientSecret'), APP.clientSecret, 'Client Secret');
	await person.click(field('region'), 'Region');
	await person.click(page.getByRole('option', { name: 'Custom Base URL' }), 'Custom Base URL');
	await person.type(field('baseUrl'), lab.exact.url, 'Base URL');
	const opened = page.context().waitForEvent('page');
	await person.click(byTestId('quick-connect-button'), 'Connect');
	await person.click((await opened).locator('#allow'), 'Allow');
	await byTestId('editCredential-modal').waitFor({ state: 'hidden' });
}

const sftpFields = (): readonly (readonly [string, string, string])[] => [
	['host', '127.0.0.1', 'Host'],
	['port', String(lab.sftp.port), 'Port'],
	['username', 'partner', 'User'],
	['password', PARTNER_PASSWORD, 'Password'],
];

/** The partner gave its host key with the account. */
async function connectSftp(): Promise<void> {
	await person.click(page.getByText('Connect to SFTP'), 'Connect to SFTP');
	for (const [name, value, label] of sftpFields()) await person.type(field(name), value, label);
	await person.type(field('hostKeys'), lab.sftp.fingerprint, 'Pinned Host Keys');
	await person.click(byTestId('credential-save-button'), 'Save');
	// It closes itself once the connection was tested.
	await byTestId('editCredential-modal').waitFor({ state: 'hidden' });
}

test('from nothing to the first 810 at the partner: at most 25 clicks and 12 values', async () => {
	await person.click(byTestId('new-workflow-card'), 'Build a workflow');
	await pasteTemplate('00-set-up-partner');
	await setUpPartner();

	await newWorkflow();
	await pasteTemplate('01-export-purchase-invoices-x12');
	await open('When purchase entries change');
	await connectExact();
	await chooseDivision();
	await close();
	await open('Deposit at the partner');
	await connectSftp();
	await close();
	await execute('Every night');

	const files = [...lab.inbound()];
	expect(files.map(([name]) => name)).toEqual(['810_ACME_000000001.edi']);
	expect(files[0]?.[1]).toMatch(/^ISA\*.*\*ZZ\*MYCOMPANY +\*ZZ\*ACMEID +\*.*\*T\*>~/);
	expect(files[0]?.[1]).toContain('*JZ-2026-001~');

	const effort = person.effort();
	tell('The first file', effort);
	expect(effort.clicks).toBeLessThanOrEqual(25);
	expect(effort.typed).toBeLessThanOrEqual(12);
});

test('a second export to the same partner: at most 8 clicks and nothing typed', async () => {
	await newWorkflow();
	await pasteTemplate('02-export-payments-x12');
	await open('When payments change');
	await chooseDivision();
	await close();
	await execute('Every night');

	expect([...lab.inbound().keys()].sort()).toEqual([
		'810_ACME_000000001.edi',
		'820_ACME_000000002.edi',
	]);
	const effort = person.effort();
	tell('The second export', effort);
	expect(effort.clicks).toBeLessThanOrEqual(8);
	expect(effort.typed).toBe(0);
});

test('an SFTP credential saves without a host key, and its first test shows the one that is there', async () => {
	await open('Deposit at the partner');
	await byTestId('node-credentials-select').first().click();
	await byTestId('node-credentials-select-item-new').first().click();
	for (const [name, value] of sftpFields()) await field(name).fill(value);
	await byTestId('credential-save-button').click();
	await page.getByText('More details').click();
	const message = page.getByText('No host key is pinned');
	await message.waitFor();
	expect(await message.innerText()).toContain(lab.sftp.fingerprint);
	await field('hostKeys').fill(lab.sftp.fingerprint);
	await byTestId('credential-save-button').click();
	await byTestId('editCredential-modal').waitFor({ state: 'hidden' });
});

/** Drops a field of the input panel, by its path, on a parameter; answers what stands there then. */
async function dropped(from: string, parameter: string): Promise<string> {
	const key = page.locator(`[data-test-id="run-data-schema-node-name"][data-path=".${from}"]`);
	const target = byTestId(`parameter-input-${parameter}`).last();
	await target.scrollIntoViewIfNeeded();
	const [start, end] = [await key.first().boundingBox(), await target.boundingBox()];
	if (start === null || end === null) throw new Error(`${from} or ${parameter} is not in view`);
	await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
	await page.mouse.down();
	// The editor begins to drag when the pointer has moved a little.
	await page.mouse.move(start.x + start.width / 2 + 20, start.y + start.height / 2, { steps: 4 });
	await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 10 });
	const input = target.locator('input').first();
	const before = await input.inputValue();
	await page.mouse.up();
	// The editor takes a moment; a drop that missed changes nothing.
	for (let look = 0; look < 100 && (await input.inputValue()) === before; look += 1)
		await page.waitForTimeout(100);
	return await input.inputValue();
}

test('a dropped input field becomes a path, not an expression, where a path is asked for', async () => {
	const item = { YourRef: 'INV-1', lines: [{ Description: 'x' }] };
	const step = (name: string, type: string, typeVersion: number, parameters: object) => ({
		id: name,
		name,
		type,
		typeVersion,
		position: [0, 0],
		parameters,
	});
	const to = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
	const workflow = {
		nodes: [
			step('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
			step('Item', 'n8n-nodes-base.set', 3.4, { mode: 'raw', jsonOutput: JSON.stringify(item) }),
			step('Flat file', 'n8n-nodes-exact-online-edi.fixedWidthEncode', 1, {
				operation: 'encode',
				layoutSource: 'editor',
				layoutOptions: { groupBy: '' },
			}),
		],
		connections: { Start: to('Item'), Item: to('Flat file') },
	};
	await page.goto(`${lab.n8n.url}/home/workflows`);
	await newWorkflow();
	await pasteWorkflow(JSON.stringify(workflow), 'an item for a flat file');
	await open('Flat file');
	await page.getByText('Execute previous nodes').click();
	await byTestId('run-data-schema-item').first().waitFor();
	for (const parameter of ['linesPath', 'groupBy', 'source'])
		expect(await dropped('lines[0].Description', parameter)).toBe('lines[0].Description');
});
