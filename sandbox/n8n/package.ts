import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export const repositoryRoot = path.resolve(import.meta.dirname, '..', '..');

/** Runs a command to its end and returns what it printed; the error holds the output's last lines. */
export async function run(
	command: string,
	args: readonly string[],
	options: { cwd: string; env?: NodeJS.ProcessEnv },
): Promise<string> {
	return await new Promise((resolve, reject) => {
		const child = spawn(command, args, {
			cwd: options.cwd,
			env: options.env ?? process.env,
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		let out = '';
		let all = '';
		child.stdout.on('data', (chunk: Buffer) => {
			out += chunk.toString();
			all += chunk.toString();
		});
		child.stderr.on('data', (chunk: Buffer) => {
			all += chunk.toString();
		});
		child.once('error', reject);
		child.once('close', (code) => {
			if (code === 0) resolve(out);
			else {
				const tail = all.trim().split('\n').slice(-15).join('\n');
				reject(new Error(`${command} ${args.join(' ')} ended with ${code}:\n${tail}`));
			}
		});
	});
}

/** `npm pack` of the built package: the file that a registry would serve. */
export async function packPackage(folder: string): Promise<string> {
	const manifest = JSON.parse(readFileSync(path.join(repositoryRoot, 'package.json'), 'utf8')) as {
		n8n: { nodes: string[]; credentials: string[] };
	};
	const missing = [...manifest.n8n.nodes, ...manifest.n8n.credentials].filter(
		(file) => !existsSync(path.join(repositoryRoot, file)),
	);
	if (missing.length > 0) {
		throw new Error(`the package is not built, ${missing[0]} is missing: run "npm run build"`);
	}
	mkdirSync(folder, { recursive: true });
	const printed = await run(
		'npm',
		['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
		{ cwd: repositoryRoot },
	);
	const [{ filename } = { filename: '' }] = JSON.parse(printed) as { filename: string }[];
	return path.join(folder, filename);
}

/**
 * Installs a packed package where the editor's own installer puts it, with the flags it uses.
 * Peers stay out: `n8n-workflow` is n8n's own.
 */
export async function installCommunityPackage(userFolder: string, tarball: string): Promise<void> {
	const nodes = path.join(userFolder, '.n8n', 'nodes');
	mkdirSync(nodes, { recursive: true });
	writeFileSync(
		path.join(nodes, 'package.json'),
		JSON.stringify({ name: 'installed-nodes', private: true, dependencies: {} }, null, 2),
	);
	await run(
		'npm',
		[
			'install',
			tarball,
			'--audit=false',
			'--fund=false',
			'--bin-links=false',
			'--install-strategy=shallow',
			'--ignore-scripts=true',
			'--legacy-peer-deps',
			'--prefer-offline',
		],
		{ cwd: nodes },
	);
}
