/**
 * A real OpenSSH server on the loopback address: its own keys, users, chroots and daemons, all under
 * one folder and gone afterwards. Needs root, because sshd changes to the user who logs in.
 */
import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import {
	chmodSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const SSHD = '/usr/sbin/sshd';
const SFTP_SERVER = '/usr/lib/openssh/sftp-server';
export const LAB_PASSWORD = 'canary-lab-password-5d2e';
export const KEY_PASSPHRASE = 'canary-key-passphrase-8b';

const run = (program: string, ...args: string[]): string =>
	execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** Why the lab cannot be made here, or nothing. */
export function labProblem(): string | undefined {
	if (process.platform !== 'linux') return 'it needs Linux';
	if (process.getuid?.() !== 0) return 'it needs root';
	if (!existsSync(SSHD) || !existsSync(SFTP_SERVER)) {
		return 'openssh-server is not installed (node sandbox/prepare.mjs --system installs it)';
	}
	return undefined;
}

export interface Daemon {
	readonly port: number;
	readonly process: ChildProcess;
	/** known_hosts lines of all its keys. */
	readonly hostKeys: string;
	readonly fingerprint: (type: KeyType) => string;
}

type KeyType = 'ed25519' | 'ecdsa' | 'rsa';

export interface DaemonOptions {
	readonly keys?: string;
	readonly keyTypes?: readonly KeyType[];
	readonly lines?: readonly string[];
	/** An sftp-server process of its own instead of the built-in one, without chroot. */
	readonly external?: boolean;
	readonly sftpArguments?: string;
	readonly address?: string;
}

export interface SshdLab {
	readonly folder: string;
	readonly user: { readonly key: string; readonly password: string; readonly both: string };
	/** A private key by the name of its form. */
	clientKey(name: 'openssh' | 'encrypted' | 'pkcs1' | 'pkcs8' | 'ecdsa' | 'unknown'): string;
	/** Where a user's `/inbound` is on this disk. */
	inbound(user: string): string;
	chroot(user: string): string;
	start(options?: DaemonOptions): Promise<Daemon>;
	/** Processes that serve the daemon's sessions, the last one nearest to the files. */
	sessions(daemon: Daemon): number[];
	close(): Promise<void>;
}

async function freePort(address: string): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, address, resolve);
	});
	const { port } = server.address() as AddressInfo;
	await new Promise<void>((resolve) => server.close(() => resolve()));
	return port;
}

async function untilOpen(address: string, port: number): Promise<void> {
	for (let tries = 0; tries < 200; tries += 1) {
		const open = await new Promise<boolean>((resolve) => {
			const socket = connect(port, address);
			socket.once('connect', () => {
				socket.destroy();
				resolve(true);
			});
			socket.once('error', () => resolve(false));
		});
		if (open) return;
		await delay(25);
	}
	throw new Error(`sshd did not open ${address}:${port}`);
}

function childrenOf(pid: number): number[] {
	try {
		return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
			.split(' ')
			.filter(Boolean)
			.map(Number);
	} catch {
		return [];
	}
}

const descendants = (pid: number): number[] =>
	childrenOf(pid).flatMap((child) => [child, ...descendants(child)]);

export async function startSshdLab(): Promise<SshdLab> {
	const problem = labProblem();
	if (problem !== undefined) throw new Error(`The OpenSSH lab cannot be started: ${problem}.`);
	// Every folder above a chroot must belong to root and be writable for nobody else: not /tmp.
	const folder = mkdtempSync('/srv/sftp-lab-');
	chmodSync(folder, 0o755);
	mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
	const tag = path
		.basename(folder)
		.slice(-6)
		.toLowerCase()
		.replace(/[^a-z0-9]/g, 'x');
	const user = { key: `lab_k_${tag}`, password: `lab_p_${tag}`, both: `lab_b_${tag}` };
	const users = Object.values(user);
	const daemons: ChildProcess[] = [];
	const mounts: string[] = [];

	for (const name of ['keys', 'client', 'chroot', 'authorized'])
		mkdirSync(path.join(folder, name), { mode: 0o755 });
	const client = (name: string): string => path.join(folder, 'client', name);
	const keygen = (file: string, ...args: string[]): string =>
		run('ssh-keygen', '-q', '-f', file, ...args);
	keygen(client('openssh'), '-t', 'ed25519', '-N', '');
	keygen(client('encrypted'), '-t', 'ed25519', '-N', KEY_PASSPHRASE);
	keygen(client('pkcs1'), '-t', 'rsa', '-b', '2048', '-m', 'PEM', '-N', '');
	keygen(client('pkcs8'), '-t', 'rsa', '-b', '2048', '-m', 'PKCS8', '-N', '');
	keygen(client('ecdsa'), '-t', 'ecdsa', '-N', '');
	keygen(client('unknown'), '-t', 'ed25519', '-N', '');
	const known = ['openssh', 'encrypted', 'pkcs1', 'pkcs8', 'ecdsa'].map((name) =>
		readFileSync(`${client(name)}.pub`, 'utf8'),
	);

	const chroot = (name: string): string => path.join(folder, 'chroot', name);
	for (const name of users) {
		// '*' instead of useradd's '!': a locked account is refused with a key as well. The shell is a
		// real one, because an external sftp-server is started through it.
		run(
			'useradd',
			'--system',
			'--no-create-home',
			'--home-dir',
			'/',
			'--shell',
			'/bin/sh',
			'-p',
			'*',
			name,
		);
		const uid = run('id', '-u', name).trim();
		for (const sub of ['inbound', 'readonly', 'full', 'archive'])
			mkdirSync(path.join(chroot(name), sub), { recursive: true, mode: 0o755 });
		run('chown', `${name}:`, path.join(chroot(name), 'inbound'));
		for (const [sub, size] of [
			['full', '2m'],
			['archive', '16m'],
		] as const) {
			const mount = path.join(chroot(name), sub);
			run('mount', '-t', 'tmpfs', '-o', `size=${size},mode=0755,uid=${uid}`, 'sftp-lab', mount);
			mounts.push(mount);
		}
		mkdirSync(path.join(folder, 'authorized', name), { mode: 0o755 });
		writeFileSync(path.join(folder, 'authorized', name, 'keys'), known.join(''), { mode: 0o644 });
	}
	for (const name of [user.password, user.both])
		execFileSync('chpasswd', { input: `${name}:${LAB_PASSWORD}\n` });

	function hostKey(set: string, type: KeyType): string {
		const file = path.join(folder, 'keys', `${set}_${type}`);
		if (!existsSync(file))
			keygen(file, '-t', type, '-N', '', ...(type === 'rsa' ? ['-b', '3072'] : []));
		return file;
	}

	async function start(options: DaemonOptions = {}): Promise<Daemon> {
		const {
			keys = 'main',
			keyTypes = ['ed25519', 'ecdsa', 'rsa'],
			lines = [],
			external = false,
			address = '127.0.0.1',
		} = options;
		const port = await freePort(address);
		const files = keyTypes.map((type) => hostKey(keys, type));
		const penalties = ((): string[] => {
			try {
				run(SSHD, '-G', '-o', 'PerSourcePenalties=no', '-f', '/dev/null');
				return ['PerSourcePenalties no'];
			} catch {
				return [];
			}
		})();
		const has = (option: string): boolean => lines.some((line) => line.startsWith(`${option} `));
		const config = [
			`Port ${port}`,
			`ListenAddress ${address}`,
			'PidFile none',
			...files.map((file) => `HostKey ${file}`),
			'UsePAM no',
			'StrictModes yes',
			'PermitRootLogin no',
			'UseDNS no',
			`AuthorizedKeysFile ${folder}/authorized/%u/keys`,
			`AllowUsers ${users.join(' ')}`,
			...(has('MaxStartups') ? [] : ['MaxStartups 200:30:400']),
			'MaxSessions 20',
			'LoginGraceTime 20',
			'AllowTcpForwarding no',
			'PermitTTY no',
			...penalties,
			...lines,
			...(external
				? has('Subsystem')
					? []
					: [`Subsystem sftp ${SFTP_SERVER}`]
				: [
						'Subsystem sftp internal-sftp',
						`ChrootDirectory ${folder}/chroot/%u`,
						`ForceCommand internal-sftp ${options.sftpArguments ?? ''}`.trim(),
					]),
			'PasswordAuthentication yes',
			'KbdInteractiveAuthentication no',
			`Match User ${user.key}`,
			'  AuthenticationMethods publickey',
			`Match User ${user.both}`,
			'  AuthenticationMethods publickey,password',
		];
		const file = path.join(folder, `sshd_${port}.conf`);
		writeFileSync(file, `${config.join('\n')}\n`);
		// By absolute path and in the foreground: it starts itself again for each session, and is
		// ours to end without a pid file.
		const child = spawn(SSHD, ['-D', '-e', '-f', file], { stdio: ['ignore', 'ignore', 'ignore'] });
		daemons.push(child);
		await untilOpen(address, port);
		const publicKeys = files.map((name) =>
			readFileSync(`${name}.pub`, 'utf8').split(' ').slice(0, 2).join(' '),
		);
		return {
			port,
			process: child,
			hostKeys: publicKeys.map((key) => `[${address}]:${port} ${key}`).join('\n'),
			fingerprint: (type) =>
				run('ssh-keygen', '-lf', `${hostKey(keys, type)}.pub`).split(' ')[1] ?? '',
		};
	}

	return {
		folder,
		user,
		clientKey: (name) => readFileSync(client(name), 'utf8'),
		inbound: (name) => path.join(chroot(name), 'inbound'),
		chroot,
		start,
		sessions: (daemon) => descendants(daemon.process.pid ?? 0),
		async close() {
			for (const child of daemons) {
				const all = [...descendants(child.pid ?? 0), child.pid ?? 0];
				for (const pid of all) {
					try {
						process.kill(pid, 'SIGKILL');
					} catch {
						// gone already
					}
				}
			}
			await delay(100);
			for (const mount of mounts) run('umount', '-l', mount);
			for (const name of users) run('userdel', name);
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

export interface FaultyProxy {
	readonly port: number;
	/** What happens to the next connections; each entry serves one, later ones pass untouched. */
	readonly plan: ProxyFault[];
	close(): Promise<void>;
}

export interface ProxyFault {
	readonly kind: 'reset' | 'close' | 'blackHole' | 'call';
	/** After so many bytes from the client. */
	readonly afterBytes: number;
	/** A black hole that ends. */
	readonly ms?: number;
	readonly call?: () => void;
}

/** Stands between client and server and does to the line what networks do. */
export async function startProxy(target: number): Promise<FaultyProxy> {
	const plan: ProxyFault[] = [];
	const open = new Set<Socket>();
	const server = createServer({ allowHalfOpen: false }, (near) => {
		const far = connect(target, '127.0.0.1');
		for (const socket of [near, far]) {
			open.add(socket);
			socket.setNoDelay(true);
			socket.on('error', () => undefined);
			socket.on('close', () => open.delete(socket));
		}
		const fault = plan.shift();
		let passed = 0;
		let swallowing = false;
		near.on('data', (data) => {
			if (swallowing) return;
			far.write(data);
			passed += data.length;
			if (fault === undefined || passed < fault.afterBytes) return;
			swallowing = fault.kind === 'blackHole' && fault.ms === undefined;
			strike(fault, near, far);
		});
		far.on('data', (data) => {
			if (!swallowing) near.write(data);
		});
		near.on('end', () => far.end());
		far.on('end', () => near.end());
		near.on('close', () => far.destroy());
		far.on('close', () => {
			if (!swallowing) near.destroy();
		});
	});
	const struck = new WeakSet<ProxyFault>();
	function strike(fault: ProxyFault, near: Socket, far: Socket): void {
		if (struck.has(fault)) return;
		struck.add(fault);
		if (fault.kind === 'call') fault.call?.();
		if (fault.kind === 'reset') {
			near.resetAndDestroy();
			far.resetAndDestroy();
		}
		if (fault.kind === 'close') {
			near.end();
			far.end();
		}
		if (fault.kind === 'blackHole' && fault.ms !== undefined) {
			near.pause();
			far.pause();
			setTimeout(() => {
				near.resume();
				far.resume();
			}, fault.ms);
		}
	}
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		port: (server.address() as AddressInfo).port,
		plan,
		close: () =>
			new Promise((resolve) => {
				for (const socket of open) socket.destroy();
				server.close(() => resolve());
			}),
	};
}
