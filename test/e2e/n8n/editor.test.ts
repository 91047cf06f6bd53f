import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { PATIENCE_MS, signedIn, startBrowser } from '../../support/browser';
import { canvasFaults } from '../../support/canvas';
import { PARTNER_PASSWORD, readShippedTemplate, startN8nLab } from '../../support/n8nLab';
import type { N8nLab } from '../../support/n8nLab';
import { updatePicture } from '../../support/pictures';
import { repositoryRoot } from '../../support/shared';

/** `PICTURES=folder` is for whoever wants to look at all of them. */
const shots = process.env.PICTURES;

jest.setTimeout(1_800_000);

const MAIN_JOB = '01-export-purchase-invoices-x12';

let lab: N8nLab;
let browser: Browser;
let page: Page;

async function picture(name: string): Promise<void> {
	if (shots !== undefined) await page.screenshot({ path: path.join(shots, `${name}.png`) });
}

beforeAll(async () => {
	lab = await startN8nLab();
	browser = await startBrowser();
	page = await signedIn(browser, lab.n8n.url);
});

afterAll(async () => {
	await browser?.close();
	await lab?.close();
});

/** A node's panel has an address of its own. */
async function openNode(workflowId: string, name: string, parameter: string): Promise<void> {
	const { nodes } = readShippedTemplate(MAIN_JOB);
	const node = nodes.find((one) => one.name === name);
	await page.goto(`${lab.n8n.url}/workflow/${workflowId}/${node?.id}`);
	await page.getByText(parameter, { exact: true }).first().waitFor();
	await page.waitForTimeout(1000);
}

const templates = readdirSync(path.join(repositoryRoot, 'workflows-templates'))
	.filter((file) => file.endsWith('.json'))
	.map((file) => file.replace('.json', ''));

/** Two screens: the flow with its group notes, and the note to read first. */
test.each(templates)(
	'%s can be read at 100 %% on 1440 × 900, light and dark: nothing overlaps, nothing is cut',
	async (file) => {
		const id = await lab.importTemplate(file);
		await page.goto(`${lab.n8n.url}/workflow/${id}`);
		await page.locator('[data-test-id="canvas-node"]').first().waitFor();
		await page.waitForTimeout(1500);
		expect(await page.locator('body').innerText()).not.toMatch(
			/not currently installed|unrecognized/i,
		);
		const faults = await canvasFaults(page, async (what, theme) => {
			await picture(`${file}-${what}-${theme}`);
			if (file === MAIN_JOB && what === 'flow') await updatePicture(page, `flow-${theme}`);
		});
		expect(faults).toEqual([]);
	},
);

test('the encode node as a builder sees it', async () => {
	const id = await lab.importTemplate(MAIN_JOB);
	await openNode(id, 'Encode as X12 810', 'Sender ID');
	await updatePicture(page, 'edi-encode');
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
	await updatePicture(page, 'settings-check');
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
