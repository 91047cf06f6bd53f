import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { transformSync } from '@swc/core';
import { repositoryRoot } from './shared';

/** The ledger's sources as JavaScript, for child processes that a test kills. No build is needed. */
export function compileLedger(target: string): string {
	for (const folder of ['', 'errorCodes', 'text', 'ledger', 'ledger/operations', 'ledger/stores']) {
		const from = path.join(repositoryRoot, 'lib', folder);
		mkdirSync(path.join(target, folder), { recursive: true });
		for (const file of readdirSync(from)) {
			if (!file.endsWith('.ts') || file.endsWith('.d.ts')) continue;
			const { code } = transformSync(readFileSync(path.join(from, file), 'utf8'), {
				filename: file,
				jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
				module: { type: 'commonjs' },
			});
			writeFileSync(path.join(target, folder, file.replace(/\.ts$/, '.js')), code);
		}
	}
	return path.join(target, 'ledger', 'index.js');
}
