import { existsSync } from 'node:fs';
import path from 'node:path';

export const repositoryRoot = path.resolve(__dirname, '..', '..');

/** Test data that lives beside a checkout and is not part of the project: real EDI files, a real ledger. */
export const sharedDir = path.resolve(repositoryRoot, '..', 'shared');
export const hasShared = existsSync(sharedDir);

/**
 * Runs the block where the shared data is there; elsewhere one test says that it was not, so that a
 * run without it can be told from a run with it.
 */
export function describeWithShared(name: string, block: () => void): void {
	if (hasShared) describe(name, block);
	else {
		describe(name, () => {
			test('is not run: the shared data is not beside this checkout', () => {
				process.stdout.write(`NOT RUN (no shared data): ${name}\n`);
				expect(hasShared).toBe(false);
			});
		});
	}
}
