import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { transformSync } from '@swc/core';
import { repositoryRoot } from './shared';

/** Sources as JavaScript, for child processes of a test. No build is needed. */
export function compileSources(target: string, sources: Readonly<Record<string, string>>): void {
	for (const [from, to] of Object.entries(sources)) {
		const folder = path.join(repositoryRoot, from);
		mkdirSync(path.join(target, to), { recursive: true });
		for (const file of readdirSync(folder)) {
			if (!file.endsWith('.ts') || file.endsWith('.d.ts')) continue;
			const { code } = transformSync(readFileSync(path.join(folder, file), 'utf8'), {
				filename: file,
				jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
				module: { type: 'commonjs' },
			});
			writeFileSync(path.join(target, to, file.replace(/\.ts$/, '.js')), code);
		}
	}
}

/** A folder and all below it, each where it is. */
export function foldersBelow(folder: string): Record<string, string> {
	const folders = readdirSync(path.join(repositoryRoot, folder), {
		withFileTypes: true,
		recursive: true,
	})
		.filter((entry) => entry.isDirectory())
		.map((entry) => path.relative(repositoryRoot, path.join(entry.parentPath, entry.name)));
	return Object.fromEntries([folder, ...folders].map((name) => [name, name]));
}

/** The ledger's sources, and where its door is. */
export function compileLedger(target: string): string {
	const folders = ['', 'errorCodes', 'text', 'ledger', 'ledger/operations', 'ledger/stores'];
	compileSources(target, Object.fromEntries(folders.map((name) => [`lib/${name}`, name])));
	return path.join(target, 'ledger', 'index.js');
}
