/** n8n's forms as a person fills them in, in Chromium. */
import type { Page } from 'playwright-core';
import { visibleText } from '../../sandbox/n8n';
import type { N8n, Workflow } from '../../sandbox/n8n';

/** The address under which a published form is served. */
export async function formAddress(n8n: N8n, workflowId: string): Promise<string> {
	const { nodes } = await n8n.rest<Workflow>('GET', `/workflows/${workflowId}`);
	const trigger = nodes.find((node) => node.type === 'n8n-nodes-base.formTrigger');
	return `${n8n.url}/form/${String(trigger?.['webhookId'])}`;
}

/** Opens the first page; n8n asks once whether the form may know who is signed in. */
export async function openForm(page: Page, address: string): Promise<void> {
	for (let attempt = 0; ; attempt += 1) {
		// A form is there a moment after its workflow was published.
		const answer = await page.goto(address);
		if (answer?.status() !== 404 || attempt === 20) break;
		await page.waitForTimeout(1000);
	}
	const allow = page.getByRole('button', { name: 'Allow access' });
	await allow.or(page.locator('#n8n-form')).first().waitFor();
	if (await allow.isVisible()) await allow.click();
	await page.locator('#n8n-form').waitFor();
}

/** By the labels above the fields. */
export async function fillIn(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
	for (const [label, value] of Object.entries(fields)) {
		const field = page.getByLabel(label, { exact: true });
		if ((await field.count()) === 0) {
			// Checkboxes and radio buttons: the label is no field's own, each choice has one.
			const own = page.locator('label.form-label', { hasText: label });
			const group = page.locator('.inputs-wrapper > div').filter({ has: own });
			await group.locator('.multiselect').getByLabel(value, { exact: true }).check();
			continue;
		}
		if ((await field.evaluate(({ tagName }) => tagName)) === 'SELECT')
			await field.selectOption(value);
		else await field.fill(value);
	}
}

const BUTTON = '#n8n-form button[type=submit]';

/** What a person reads now; of a list of choices only the chosen one. */
export async function reads(page: Page): Promise<string> {
	return visibleText(
		await page.evaluate(() => {
			const copy = document.body.cloneNode(true) as HTMLElement;
			const chosen = [...document.querySelectorAll('select')].map(({ value }) => value);
			copy.querySelectorAll('select').forEach((select, index) => {
				select.replaceWith(chosen[index] ?? '');
			});
			copy.querySelectorAll('script, style, [class*=error-field]').forEach((one) => one.remove());
			copy.querySelectorAll('[style*="display: none"]').forEach((hidden) => hidden.remove());
			return copy.innerHTML;
		}),
	);
}

/** A page that may not be sent yet stays; answers how many fields it asks for. */
export async function submitRefused(page: Page): Promise<number> {
	await page.locator(BUTTON).click();
	const asking = page.getByText('This field is required').filter({ visible: true });
	await asking.first().waitFor();
	return await asking.count();
}

/** Sends the page, by as many clicks as it is given, and reads the next one. */
export async function submit(page: Page, clicks = 1): Promise<string> {
	const before = page.url();
	const title = await page.locator('h1').first().innerText();
	await page.locator(BUTTON).click({ clickCount: clicks });
	await page.waitForFunction(
		([url, heading]) =>
			document.readyState === 'complete' &&
			document.body.innerText.trim() !== '' &&
			(location.href !== url ||
				document.querySelector('#n8n-form') === null ||
				document.querySelector('h1')?.innerText !== heading),
		[before, title],
	);
	return await reads(page);
}
