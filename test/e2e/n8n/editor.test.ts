import { copyFileSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { OWNER } from '../../../sandbox/n8n';
import { PARTNER_PASSWORD, readShippedTemplate, startN8nLab } from '../../support/n8nLab';
import type { N8nLab } from '../../support/n8nLab';
import { repositoryRoot } from '../../support/shared';

/** `UPDATE_PICTURES=1` writes the README's pictures anew. */
const pictures = path.join(repositoryRoot, 'docs', 'pictures');
const shots = mkdtempSync(path.join(tmpdir(), 'editor-'));

// The editor is a large program, and machines are slow and shared.
jest.setTimeout(900_000);
const PATIENCE_MS = 240_000;

const MAIN_JOB = '01-export-purchase-invoices-x12';

let lab: N8nLab;
let browser: Browser;
let page: Page;

async function picture(name: string): Promise<void> {
	const file = path.join(shots, `${name}.png`);
	await page.screenshot({ path: file });
	if (process.env.UPDATE_PICTURES === '1') {
		mkdirSync(pictures, { recursive: true });
		copyFileSync(file, path.join(pictures, `${name}.png`));
	}
}

beforeAll(async () => {
	lab = await startN8nLab();
	browser = await chromium.launch({
		executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
		],
	});
	page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
	page.setDefaultTimeout(PATIENCE_MS);
	await page.goto(`${lab.n8n.url}/signin`);
	await page
		.locator('input[name="emailOrLdapLoginId"], input[type="email"]')
		.first()
		.fill(OWNER.email);
	await page.locator('input[type="password"]').first().fill(OWNER.password);
	await page.keyboard.press('Enter');
	await page.waitForURL((url) => !url.pathname.includes('signin'));
});

afterAll(async () => {
	await browser?.close();
	await lab?.close();
});

async function open(file: string): Promise<string> {
	const id = await lab.importTemplate(file);
	await page.goto(`${lab.n8n.url}/workflow/${id}`);
	await page.locator('[data-test-id="canvas-node"]').first().waitFor();
	return id;
}

/** A node's panel has an address of its own. */
async function openNode(workflowId: string, name: string, parameter: string): Promise<void> {
	const { nodes } = readShippedTemplate(MAIN_JOB);
	const node = nodes.find((one) => one.name === name);
	await page.goto(`${lab.n8n.url}/workflow/${workflowId}/${node?.id}`);
	await page.getByText(parameter, { exact: true }).first().waitFor();
	await page.waitForTimeout(1000);
}

test('n8n knows every node of every shipped template', async () => {
	const known = await lab.n8n.nodeTypes();
	const files = readdirSync(path.join(repositoryRoot, 'workflows-templates')).filter((file) =>
		file.endsWith('.json'),
	);
	for (const file of files) {
		const { nodes } = readShippedTemplate(file.replace('.json', ''));
		for (const { type } of nodes)
			expect({ file, type, known: known.has(type) }).toMatchObject({ known: true });
		await lab.importTemplate(file.replace('.json', ''));
	}
});

test('the template of the main job, and its nodes, as a builder sees them', async () => {
	const id = await open(MAIN_JOB);
	await page.getByText('Encode as X12 810').first().waitFor();
	expect(await page.locator('body').innerText()).not.toMatch(
		/not currently installed|unrecognized/i,
	);
	await page.keyboard.press('1');
	await page.waitForTimeout(1500);
	await picture('template-01');
	await openNode(id, 'Encode as X12 810', 'Sender ID');
	await picture('edi-encode');
	await openNode(id, 'When purchase entries change', 'Division');
	await picture('exact-online');
	await openNode(id, 'Deposit at the partner', 'Folder');
	await picture('sftp-deposit');
});

/** The check's field shows its first line without a click. */
async function shown(part: string): Promise<void> {
	const check = page.locator('[data-test-id="parameter-input-settingsCheck"] input');
	const deadline = Date.now() + PATIENCE_MS;
	while (!(await check.inputValue()).includes(part) && Date.now() < deadline)
		await page.waitForTimeout(250);
	expect(await check.inputValue()).toContain(part);
}

test('a wrong segment is named while it is typed', async () => {
	const template = readShippedTemplate(MAIN_JOB);
	const nodes = template.nodes
		.filter(({ name }) => name === 'Encode as X12 810')
		.map((node) => ({ ...node, parameters: { senderId: 'OURCOMPANY', receiverId: 'PARTNER' } }));
	const { id } = await lab.n8n.importWorkflow({ ...template, nodes, connections: {} });
	await openNode(id, 'Encode as X12 810', 'Settings Check');
	await shown('No problems found');
	const segments = page.locator('[data-test-id="fixed-collection-extraSegments"]');
	await segments.locator('[data-test-id="fixed-collection-add"]').click();
	const segment = segments.locator('[data-test-id="parameter-input-template"] input');
	await segment.fill('REF*ZQQ*{ownNumber}');
	await shown('REF01 "ZQQ" is none of the');
	await page.locator('[data-test-id="parameter-input-settingsCheck"]').scrollIntoViewIfNeeded();
	await picture('settings-check');
	await segment.fill('REF*ZZ*{ownNumber}');
	await shown('No problems found');
});

test('the credential test names an unknown host key and how to check it', async () => {
	const wrong = 'SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
	const credential = {
		name: 'Other host key',
		type: 'sftpVerifiedApi',
		data: {
			host: '127.0.0.1',
			port: lab.sftp.port,
			username: 'partner',
			password: 'never sent',
			hostKeys: wrong,
		},
	};
	const { id } = await lab.n8n.createCredential(credential);
	const { status, message } = await lab.n8n.testCredential(id, credential);
	expect(status).toBe('Error');
	expect(message).toContain(lab.sftp.fingerprint);
	expect(message).toContain(wrong);
	expect(lab.sftp.events.filter((event) => event.kind === 'login')).toEqual([]);
});

test('the credential test is green for the right host key', async () => {
	const credential = {
		name: 'Right host key',
		type: 'sftpVerifiedApi',
		data: {
			host: '127.0.0.1',
			port: lab.sftp.port,
			username: 'partner',
			password: PARTNER_PASSWORD,
			hostKeys: lab.sftp.fingerprint,
		},
	};
	const { id } = await lab.n8n.createCredential(credential);
	expect(await lab.n8n.testCredential(id, credential)).toMatchObject({ status: 'OK' });
});
