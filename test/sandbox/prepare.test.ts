import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { repositoryRoot } from '../support/shared';

const script = path.join(repositoryRoot, 'sandbox', 'prepare.mjs');

/** prepare.mjs is a module for a bare Node: it runs in one here as well. */
function evaluate(expression: string): unknown {
	const code = `import * as prepare from ${JSON.stringify(pathToFileURL(script).href)}; console.log(JSON.stringify(${expression}));`;
	const child = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
		encoding: 'utf8',
	});
	if (child.status !== 0) throw new Error(child.stderr);
	return JSON.parse(child.stdout);
}

let folder: string;
const write = (file: string, content: unknown) => {
	const target = path.join(folder, file);
	mkdirSync(path.dirname(target), { recursive: true });
	writeFileSync(target, JSON.stringify(content));
};
const lock = (version: string) => ({
	packages: {
		'': { name: 'x' },
		'node_modules/a': { version },
		'node_modules/for-another-platform': { version: '1.0.0', optional: true },
	},
});

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'prepare-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = () => JSON.stringify(folder);

test('nothing is installed in a fresh clone', () => {
	write('package-lock.json', lock('1.0.0'));
	expect(evaluate(`prepare.isInstalled(${at()}, 'a')`)).toBe(false);
	expect(evaluate(`prepare.adopt(${at()}, 'a')`)).toBe(false);
});

test('what was stamped stays installed until the lock file changes', () => {
	write('package-lock.json', lock('1.0.0'));
	write('node_modules/a/package.json', {});
	expect(evaluate(`[prepare.stamp(${at()}), prepare.isInstalled(${at()}, 'a')][1]`)).toBe(true);
	write('package-lock.json', lock('1.0.1'));
	expect(evaluate(`prepare.isInstalled(${at()}, 'a')`)).toBe(false);
});

test('modules that npm itself installed from this lock file are adopted, others are not', () => {
	write('package-lock.json', lock('1.0.0'));
	write('node_modules/a/package.json', {});
	write('node_modules/.package-lock.json', {
		packages: { 'node_modules/a': { version: '0.9.0' } },
	});
	expect(evaluate(`prepare.adopt(${at()}, 'a')`)).toBe(false);
	write('node_modules/.package-lock.json', {
		packages: { 'node_modules/a': { version: '1.0.0' } },
	});
	expect(evaluate(`prepare.adopt(${at()}, 'a')`)).toBe(true);
	expect(evaluate(`prepare.isInstalled(${at()}, 'a')`)).toBe(true);
});

test('missing system packages are named', () => {
	writeFileSync(path.join(folder, 'sshd'), '', { mode: 0o755 });
	writeFileSync(path.join(folder, 'chromium'), '', { mode: 0o644 });
	const missing = evaluate(`prepare.missingSystemPackages([${at()}])`);
	expect(missing).toContain('chromium');
	expect(missing).toContain('postgresql');
	expect(missing).not.toContain('openssh-server');
});

test('an unknown option is named and installs nothing', () => {
	const child = spawnSync(process.execPath, [script, '--n9n'], { encoding: 'utf8' });
	expect(child.status).toBe(2);
	expect(child.stderr).toContain('unknown option --n9n');
});
