import { execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../sandbox/n8n';

export interface Account {
	readonly uid: number;
	readonly gid: number;
}

/** Servers do not run as root: the account a Debian package made for its server. */
export function accountOf(name: string): Account | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }));
	return { uid: id('-u'), gid: id('-g') };
}

export interface Service {
	readonly pid: number;
	stop(): Promise<void>;
}

interface ServiceOptions {
	readonly command: string;
	readonly args: readonly string[];
	readonly account: Account | undefined;
	readonly folder: string;
	readonly stopSignal: NodeJS.Signals;
	isReady(): Promise<boolean>;
}

const PATIENCE_MS = 60_000;

/** A server in the foreground, until it is ready; ended by its own process id. */
export async function startService(options: ServiceOptions): Promise<Service> {
	const name = path.basename(options.command);
	const child = spawn(options.command, options.args, {
		...options.account,
		cwd: options.folder,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let said = '';
	const keep = (chunk: Buffer) => {
		said = (said + chunk.toString()).slice(-4000);
	};
	child.stdout.on('data', keep);
	child.stderr.on('data', keep);
	let failed: Error | undefined;
	child.once('error', (error) => (failed = error));
	const ended = new Promise<void>((resolve) => {
		child.once('close', () => resolve());
		child.once('error', () => resolve());
	});
	const isGone = () => failed !== undefined || child.exitCode !== null || child.signalCode !== null;
	const atExit = () => child.kill('SIGKILL');
	process.once('exit', atExit);
	const stop = async () => {
		if (!isGone()) child.kill(options.stopSignal);
		await ended;
		process.off('exit', atExit);
	};
	const deadline = Date.now() + PATIENCE_MS;
	while (!(await options.isReady().catch(() => false))) {
		if (isGone() || Date.now() > deadline) {
			await stop();
			throw new Error(`${name} did not start: ${failed?.message ?? said.trim()}`);
		}
		await sleep(200);
	}
	return { pid: child.pid ?? 0, stop };
}

export interface Redis {
	/** For n8n: `QUEUE_BULL_REDIS_…`. */
	readonly env: Readonly<Record<string, string>>;
	stop(): Promise<void>;
}

async function answersPing(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
		socket.once('data', (data) => {
			resolve(data.toString().startsWith('+PONG'));
			socket.destroy();
		});
		socket.once('error', () => resolve(false));
	});
}

/** A new Redis on loopback that keeps nothing on disk. */
export async function startRedis(): Promise<Redis> {
	const account = accountOf('redis');
	const folder = mkdtempSync(path.join(tmpdir(), 'redis-'));
	if (account !== undefined) chownSync(folder, account.uid, account.gid);
	const port = await freePort();
	const service = await startService({
		command: 'redis-server',
		args: [
			...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder],
			...['--save', '', '--appendonly', 'no'],
		],
		account,
		folder,
		stopSignal: 'SIGTERM',
		isReady: async () => await answersPing(port),
	});
	return {
		env: { QUEUE_BULL_REDIS_HOST: '127.0.0.1', QUEUE_BULL_REDIS_PORT: String(port) },
		stop: async () => {
			await service.stop();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
