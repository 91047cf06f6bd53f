import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { repositoryRoot } from './package.ts';
import { freePort } from './ports.ts';

export interface ProcessOptions {
	/** `N8N_USER_FOLDER`: database, settings and installed packages. */
	readonly folder: string;
	readonly port?: number;
	readonly encryptionKey?: string;
	readonly env?: Readonly<Record<string, string>>;
	/** `start`, or `worker` for queue mode. */
	readonly command?: 'start' | 'worker';
	readonly readyTimeoutMs?: number;
}

export interface N8nProcess {
	readonly url: string;
	readonly port: number;
	readonly pid: number;
	readonly logFile: string;
	readonly encryptionKey: string;
	isRunning(): boolean;
	stop(): Promise<void>;
	/** Ends it at once, as a crash would. */
	kill(): Promise<void>;
}

const executable = path.join(repositoryRoot, 'sandbox', 'node_modules', 'n8n', 'bin', 'n8n');
const node24 = path.join(repositoryRoot, 'node_modules', 'node', 'bin', 'node');

function environment(options: ProcessOptions, port: number, broker: number, key: string) {
	const url = `http://127.0.0.1:${port}`;
	// n8n and its database settings of the caller's shell must not leak in, nor a test runner's.
	const inherited = Object.fromEntries(
		Object.entries(process.env).filter(
			([name]) => !/^(N8N_|DB_|EXECUTIONS_|QUEUE_|npm_|JEST_|NODE_ENV$|NODE_OPTIONS$)/i.test(name),
		),
	);
	return {
		...inherited,
		PATH: `${path.dirname(node24)}${path.delimiter}${process.env['PATH'] ?? ''}`,
		N8N_USER_FOLDER: options.folder,
		N8N_PORT: String(port),
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_EDITOR_BASE_URL: url,
		WEBHOOK_URL: `${url}/`,
		N8N_SECURE_COOKIE: 'false',
		N8N_RUNNERS_BROKER_PORT: String(broker),
		N8N_ENCRYPTION_KEY: key,
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_COMMUNITY_PACKAGES_ENABLED: 'true',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_REINSTALL_MISSING_PACKAGES: 'false',
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
		N8N_LOG_LEVEL: 'info',
		NO_COLOR: '1',
		GENERIC_TIMEZONE: 'Europe/Amsterdam',
		...options.env,
	};
}

async function ended(child: ChildProcess, timeoutMs: number): Promise<boolean> {
	if (child.exitCode !== null || child.signalCode !== null) return true;
	return await new Promise((resolve) => {
		const timer = setTimeout(() => resolve(false), timeoutMs);
		child.once('exit', () => {
			clearTimeout(timer);
			resolve(true);
		});
	});
}

/** Starts the pinned n8n on loopback and waits until it is ready. */
export async function startProcess(options: ProcessOptions): Promise<N8nProcess> {
	if (!existsSync(executable)) {
		throw new Error('n8n is not installed: run "node sandbox/prepare.mjs --n8n"');
	}
	mkdirSync(options.folder, { recursive: true });
	const port = options.port ?? (await freePort());
	const broker = await freePort();
	const encryptionKey = options.encryptionKey ?? randomBytes(24).toString('hex');
	const logFile = path.join(options.folder, `n8n-${options.command ?? 'start'}-${port}.log`);
	const log = createWriteStream(logFile, { flags: 'a' });
	const child = spawn(node24, [executable, options.command ?? 'start'], {
		cwd: options.folder,
		env: environment(options, port, broker, encryptionKey),
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	child.stdout.pipe(log, { end: false });
	child.stderr.pipe(log, { end: false });
	const atExit = () => child.kill('SIGKILL');
	process.once('exit', atExit);

	const stop = async (signal: NodeJS.Signals) => {
		if (child.exitCode === null && child.signalCode === null) child.kill(signal);
		if (!(await ended(child, 20_000))) {
			child.kill('SIGKILL');
			await ended(child, 5_000);
		}
		process.off('exit', atExit);
		log.end();
	};

	const url = `http://127.0.0.1:${port}`;
	const deadline = Date.now() + (options.readyTimeoutMs ?? 180_000);
	const ready = async () => {
		if (options.command === 'worker') {
			return existsSync(logFile) && readFileSync(logFile, 'utf8').includes('worker is now ready');
		}
		try {
			return (await fetch(`${url}/healthz/readiness`)).ok;
		} catch {
			return false;
		}
	};
	while (!(await ready())) {
		const gone = child.exitCode !== null || child.signalCode !== null;
		if (gone || Date.now() > deadline) {
			await stop('SIGTERM');
			const tail = readFileSync(logFile, 'utf8').trim().split('\n').slice(-15).join('\n');
			throw new Error(
				`n8n ${gone ? 'ended' : 'was not ready in time'}; its log ends with:\n${tail}`,
			);
		}
		await sleep(250);
	}
	return {
		url,
		port,
		pid: child.pid ?? 0,
		logFile,
		encryptionKey,
		isRunning: () => child.exitCode === null && child.signalCode === null,
		stop: () => stop('SIGTERM'),
		kill: () => stop('SIGKILL'),
	};
}
