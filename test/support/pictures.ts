import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { repositoryRoot } from './shared';

/** `UPDATE_PICTURES=1` writes the README's pictures anew. */
export async function updatePicture(page: Page, name: string): Promise<void> {
	if (process.env.UPDATE_PICTURES !== '1') return;
	const folder = path.join(repositoryRoot, 'docs', 'pictures');
	mkdirSync(folder, { recursive: true });
	await page.screenshot({ path: path.join(folder, `${name}.png`) });
}
