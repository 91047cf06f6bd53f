import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import 'reflect-metadata';
import { PackageDirectoryLoader } from 'n8n-core';
import type { INodeTypeDescription } from 'n8n-workflow';
import { repositoryRoot } from '../support/shared';

const manifest = JSON.parse(readFileSync(path.join(repositoryRoot, 'package.json'), 'utf8')) as {
	dependencies: Record<string, string>;
	n8n: { nodes: string[]; credentials: string[] };
};

const NODES = [
	'exactOnline',
	'exactOnlineTrigger',
	'ediEncode',
	'ediLedger',
	'fixedWidthEncode',
	'sftpDeposit',
	'ackGenerate',
];
const CREDENTIALS = ['exactOnlineOAuth2Api', 'sftpVerifiedApi', 'ediLedgerApi'];

describe('the built package, loaded as n8n loads it', () => {
	const loader = new PackageDirectoryLoader(repositoryRoot);

	beforeAll(async () => {
		expect(existsSync(path.join(repositoryRoot, 'dist'))).toBe(true);
		await loader.loadAll();
	});

	const described = (name: string) =>
		loader.types.nodes.find((node) => node.name === name) as INodeTypeDescription;

	test('has the seven nodes and the three credentials', () => {
		expect(loader.types.nodes.map((node) => node.name).sort()).toEqual([...NODES].sort());
		expect(loader.types.credentials.map((credential) => credential.name).sort()).toEqual(
			[...CREDENTIALS].sort(),
		);
	});

	test.each(NODES)('%s has a subtitle, light and dark icons, and its codex', (name) => {
		const node = described(name);
		expect(node.subtitle).toMatch(/\{\{.+\}\}/);
		// The loader turns icons into URLs; it leaves out the ones it does not find.
		expect(node.iconUrl).toEqual({
			light: expect.stringContaining('.svg'),
			dark: expect.stringContaining('.svg'),
		});
		expect(node.codex?.categories?.length).toBeGreaterThan(0);
		expect(node.codex?.alias?.length).toBeGreaterThan(0);
	});

	test.each(NODES)('%s has an action text for every operation', (name) => {
		const operations = described(name).properties.filter(
			(property) => property.name === 'operation',
		);
		for (const option of operations.flatMap((property) => property.options ?? [])) {
			expect(option).toHaveProperty('action');
		}
	});

	test.each(CREDENTIALS)('%s has icons and documentation', (name) => {
		const credential = loader.types.credentials.find((one) => one.name === name);
		expect(credential?.documentationUrl).toMatch(/^https:\/\//);
		expect(credential?.iconUrl ?? credential?.icon).toBeDefined();
	});
});

describe('the tarball', () => {
	const [packed] = JSON.parse(
		execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
			cwd: repositoryRoot,
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
		}),
	) as [{ files: { path: string }[]; size: number }];
	const files = packed.files.map((file) => file.path);

	test('holds what the manifest names', () => {
		for (const file of [...manifest.n8n.nodes, ...manifest.n8n.credentials])
			expect(files).toContain(file);
	});

	test('holds the templates, and neither sources nor tests', () => {
		expect(files).toContain('workflows-templates/01-export-purchase-invoices-x12.json');
		for (const file of files)
			expect(file).toMatch(
				/^(dist\/|workflows-templates\/[^/]+$|README|LICENSE|CHANGELOG|package\.json)/,
			);
		expect(files.filter((file) => file.endsWith('.test.js'))).toEqual([]);
	});

	test('is small', () => {
		expect(packed.size).toBeLessThan(1_500_000);
	});
});

test('run-time dependencies are pinned, for n8n installs without a lock file', () => {
	for (const range of Object.values(manifest.dependencies))
		expect(range).toMatch(/^\d+\.\d+\.\d+$/);
});

test('each run-time dependency is imported in one file and named with its reason', () => {
	const reasons = readFileSync(
		path.join(repositoryRoot, 'docs/decisions/run-time-dependencies.md'),
		'utf8',
	);
	const tracked = execFileSync(
		'git',
		['ls-files', '-co', '--exclude-standard', 'lib', 'nodes', 'credentials'],
		{
			cwd: repositoryRoot,
			encoding: 'utf8',
		},
	)
		.split('\n')
		.filter((file) => file.endsWith('.ts'));
	for (const name of Object.keys(manifest.dependencies)) {
		const importing = tracked.filter((file) =>
			new RegExp(`(from|require\\(|import\\() ?['"]${name}(/[^'"]*)?['"]`).test(
				readFileSync(path.join(repositoryRoot, file), 'utf8'),
			),
		);
		expect({ name, files: importing.length }).toEqual({ name, files: 1 });
		expect(reasons).toContain(`\`${name}\``);
		expect(reasons).toContain(importing[0]);
	}
});
