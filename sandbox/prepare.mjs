// Installs what is missing, and nothing else. Runs on any Node from 20 and needs no package itself:
// it is the first thing that happens on a fresh clone.
//   node sandbox/prepare.mjs [--n8n] [--system]
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
	accessSync,
	constants,
	existsSync,
	mkdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const sandbox = path.join(root, 'sandbox');

const say = (text) => process.stderr.write(`${text}\n`);

/** Debian packages by the program that proves them. */
export const SYSTEM_PACKAGES = [
	{ program: 'chromium', package: 'chromium' },
	{ program: 'faketime', package: 'faketime' },
	{ program: 'sshd', package: 'openssh-server' },
	{ program: 'sftp', package: 'openssh-client' },
	{ program: 'redis-server', package: 'redis-server' },
	{ program: 'pg_ctlcluster', package: 'postgresql' },
];

const stampFile = (folder) => path.join(folder, 'node_modules', '.prepared');
const lockHash = (folder) =>
	createHash('sha256').update(readFileSync(path.join(folder, 'package-lock.json'))).digest('hex');

/** True when the modules were installed from the lock file as it is now. */
export function isInstalled(folder, proof) {
	if (!existsSync(path.join(folder, 'node_modules', proof))) return false;
	try {
		return readFileSync(stampFile(folder), 'utf8') === lockHash(folder);
	} catch {
		return false;
	}
}

export function stamp(folder) {
	writeFileSync(stampFile(folder), lockHash(folder));
}

/**
 * Modules that somebody installed with `npm ci` or `npm install` carry npm's own copy of the lock
 * file. When it names the same versions, there is nothing to install and only the stamp is missing.
 */
export function adopt(folder, proof) {
	if (!existsSync(path.join(folder, 'node_modules', proof))) return false;
	try {
		const read = (file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')).packages;
		const wanted = read('package-lock.json');
		const present = read(path.join('node_modules', '.package-lock.json'));
		const same = Object.entries(wanted).every(
			([name, entry]) =>
				name === '' ||
				entry.extraneous === true ||
				// Packages for other platforms are in the lock file, but not on the disk.
				(entry.optional === true && present[name] === undefined) ||
				present[name]?.version === entry.version,
		);
		if (same) stamp(folder);
		return same;
	} catch {
		return false;
	}
}

/** Runs a command, tells every 15 seconds that it is still going, and shows its output when it fails. */
function run(title, command, args, options = {}) {
	return new Promise((resolve, reject) => {
		const started = Date.now();
		const seconds = () => Math.round((Date.now() - started) / 1000);
		say(`${title} …`);
		const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
		let output = '';
		child.stdout.on('data', (chunk) => (output += chunk));
		child.stderr.on('data', (chunk) => (output += chunk));
		const timer = setInterval(() => say(`  … still at it after ${seconds()} s`), 15_000);
		child.once('error', (error) => {
			clearInterval(timer);
			reject(error);
		});
		child.once('close', (code) => {
			clearInterval(timer);
			if (code === 0) {
				say(`  done in ${seconds()} s`);
				resolve(output);
				return;
			}
			say(output.trim().split('\n').slice(-25).join('\n'));
			reject(new Error(`${title}: ${command} ${args.join(' ')} ended with ${code}`));
		});
	});
}

/** With install scripts off: one native Kafka module of n8n would download and fail, and we need none. */
const npmCi = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];

async function prepareRoot() {
	if (isInstalled(root, 'typescript') || adopt(root, 'typescript')) {
		await ensureNode24();
		return;
	}
	await run('Installing the development packages (about 2 minutes)', 'npm', npmCi, { cwd: root });
	await ensureNode24();
	stamp(root);
}

const node24 = path.join(root, 'node_modules', 'node', 'bin', 'node');

/** The `node` package fetches its binary in an install script, the one script that has to run. */
async function ensureNode24() {
	if (existsSync(node24)) return;
	await run('Installing Node 24', 'npm', ['rebuild', 'node'], { cwd: root });
	if (!existsSync(node24)) {
		throw new Error(
			'The npm package "node" brought no binary for this platform: put Node 24 on the PATH and link it as node_modules/node/bin/node.',
		);
	}
}

async function prepareN8n() {
	const binary = path.join('sqlite3', 'build', 'Release', 'node_sqlite3.node');
	const hasBinary = () => existsSync(path.join(sandbox, 'node_modules', binary));
	if (hasBinary() && (isInstalled(sandbox, 'n8n') || adopt(sandbox, 'n8n'))) return;
	if (!isInstalled(sandbox, 'n8n') && !adopt(sandbox, 'n8n')) {
		await run('Installing n8n (about 5 minutes, 3 GB)', 'npm', npmCi, { cwd: sandbox });
		stamp(sandbox);
	}
	if (!hasBinary()) {
		const bin = path.dirname(node24);
		// Built for the Node that n8n runs on, not for the system's.
		const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}` };
		await run('Building the database driver of n8n', 'npm', ['rebuild', 'sqlite3'], {
			cwd: sandbox,
			env,
		});
	}
}

export function onPath(program, folders) {
	return folders.some((folder) => {
		try {
			accessSync(path.join(folder, program), constants.X_OK);
			return true;
		} catch {
			return false;
		}
	});
}

export function missingSystemPackages(folders) {
	return SYSTEM_PACKAGES.filter(({ program }) => !onPath(program, folders)).map(
		(entry) => entry.package,
	);
}

const systemFolders = () => [
	...(process.env.PATH ?? '').split(path.delimiter).filter(Boolean),
	'/usr/sbin',
	'/usr/local/sbin',
];

async function prepareSystem() {
	const missing = missingSystemPackages(systemFolders());
	if (missing.length === 0) return;
	const names = missing.join(' ');
	if (process.getuid?.() !== 0 || !onPath('apt-get', systemFolders())) {
		throw new Error(
			`These system packages are missing: ${names}. Install them, for example with "sudo apt-get install --no-install-recommends ${names}", and run this again.`,
		);
	}
	// Packages of servers start them on installation; the tests start their own, on loopback.
	const policy = '/usr/sbin/policy-rc.d';
	const ours = !existsSync(policy);
	if (ours) {
		mkdirSync(path.dirname(policy), { recursive: true });
		writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
	}
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	try {
		await run('Reading the lists of system packages', 'apt-get', ['update', '-q'], { env });
		await run(
			`Installing ${names}`,
			'apt-get',
			['install', '-y', '-q', '--no-install-recommends', ...missing],
			{ env },
		);
	} finally {
		if (ours) rmSync(policy, { force: true });
	}
}

export async function prepare({ n8n = false, system = false } = {}) {
	await prepareRoot();
	if (n8n) await prepareN8n();
	if (system) await prepareSystem();
}

const invoked = process.argv[1] !== undefined && pathToFileURL(process.argv[1]).href;
if (invoked === import.meta.url) {
	const known = new Set(['--n8n', '--system']);
	const flags = process.argv.slice(2);
	const unknown = flags.filter((flag) => !known.has(flag));
	if (unknown.length > 0) {
		say(`prepare: unknown option ${unknown.join(', ')}; it knows ${[...known].join(' and ')}`);
		process.exit(2);
	}
	prepare({ n8n: flags.includes('--n8n'), system: flags.includes('--system') }).catch((error) => {
		say(`prepare: ${error.message}`);
		process.exit(1);
	});
}
