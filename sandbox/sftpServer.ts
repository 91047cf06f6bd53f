// eslint-disable-next-line @typescript-eslint/triple-slash-reference -- the library ships no types
/// <reference path="./ssh2.d.ts" />
/**
 * An SFTP server on a real directory, on the loopback address only: the trading partner of the demo
 * and of the tests. Faults can be planned at any operation.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import ssh2 from 'ssh2';

import { FilesSession } from './sftpFiles.ts';
import type { FilesOptions, Request } from './sftpFiles.ts';
import { ProtocolError, statusPacket } from './sftpPackets.ts';

export interface SftpUser {
	readonly password?: string;
	/** Lines as in authorized_keys. */
	readonly publicKeys?: readonly string[];
	/** The key first, then the password as well. */
	readonly both?: boolean;
	/** The password is taken as the first answer to these questions, not by the method `password`. */
	readonly questions?: readonly { readonly prompt: string; readonly echo: boolean }[];
}

export type FaultAction =
	/** The connection is reset (RST). */
	| { readonly kind: 'reset' }
	/** The connection is closed (FIN). */
	| { readonly kind: 'close' }
	/** The SFTP subsystem ends; SSH lives on. */
	| { readonly kind: 'killSubsystem' }
	/** This request is never answered. */
	| { readonly kind: 'silence' }
	/** Nothing is read or answered any more, for good or for a while. */
	| { readonly kind: 'blackHole'; readonly ms?: number }
	| { readonly kind: 'delay'; readonly ms: number }
	/** The request fails with this status (3 permission denied, 4 failure …). */
	| { readonly kind: 'status'; readonly code: number }
	/** WRITE: so many bytes are stored, all are acknowledged. */
	| { readonly kind: 'short'; readonly bytes: number }
	/** WRITE: one bit of the first byte is stored wrong. */
	| { readonly kind: 'flip' }
	/** Bytes that are no SFTP packet. */
	| { readonly kind: 'garbage' }
	/** Something happens on the server's disk at this moment. */
	| { readonly kind: 'call'; readonly call: () => void | Promise<void> };

export interface Fault {
	/** `OPEN`, `WRITE`, `CLOSE`, `FSYNC`, `LSTAT`, `RENAME`, `POSIX_RENAME`, …; `*` for any. */
	readonly at: string;
	/** Only requests for a path that matches. */
	readonly path?: RegExp;
	/** The n-th such request, 1 by default. */
	readonly nth?: number;
	/** WRITE: the request that reaches this byte of the file. */
	readonly byte?: number;
	/** Before the request is executed (default) or after it, in place of its answer. */
	readonly when?: 'before' | 'after';
	/** How often it strikes, 1 by default. */
	readonly times?: number;
	readonly action: FaultAction;
}

export interface SftpServerOptions extends FilesOptions {
	readonly port?: number;
	/** Private keys in OpenSSH form; an ed25519 key is made where none is given. */
	readonly hostKey?: string | readonly string[];
	readonly users: Readonly<Record<string, SftpUser>>;
	readonly faults?: readonly Fault[];
	/** Software name after `SSH-2.0-`; clients treat `OpenSSH…` in their own way. */
	readonly banner?: string;
	/** What happens when SFTP is asked for. */
	readonly subsystem?: 'serve' | 'refuse' | 'refuseOnce' | 'silence' | 'text';
	/** The login is never answered. */
	readonly silentLogin?: boolean;
	readonly algorithms?: Readonly<Record<string, readonly string[]>>;
}

export interface SftpServerEvent {
	readonly kind: 'connection' | 'login' | 'session' | 'fault' | 'request';
	readonly detail: string;
}

export interface SftpServer {
	readonly port: number;
	/** `SHA256:…` of the first host key, and of each. */
	readonly fingerprint: string;
	readonly fingerprints: readonly string[];
	/** A known_hosts line for each host key. */
	readonly hostKeyLine: string;
	readonly hostKeyLines: readonly string[];
	readonly faults: {
		add(...faults: Fault[]): void;
		clear(): void;
		/** Faults that have not struck as often as they were meant to. */
		pending(): number;
	};
	/** What happened, in order; never a password. */
	readonly events: SftpServerEvent[];
	/** Open connections, without those a black hole has swallowed: the server sees no end of these. */
	connections(): number;
	/** Resets every connection, as a crash of the machine does. */
	dropAll(): void;
	close(): Promise<void>;
}

interface PlannedFault {
	readonly fault: Fault;
	seen: number;
	struck: number;
}

export interface KeyPair {
	readonly private: string;
	readonly public: string;
}

/** ssh2 makes an ed25519 key now and then that it cannot read itself, so the key is read once. */
export function makeKeyPair(type = 'ed25519', options: object = {}): KeyPair {
	for (;;) {
		const pair = ssh2.utils.generateKeyPairSync(type, options);
		const passphrase = (options as { passphrase?: string }).passphrase;
		if (!(ssh2.utils.parseKey(pair.private, passphrase) instanceof Error)) return pair;
	}
}

export const makeHostKey = (): string => makeKeyPair().private;

interface PublicKey {
	readonly type: string;
	getPublicSSH(): Buffer;
	verify(blob: Buffer, signature: Buffer, hashAlgorithm?: string): boolean | Error;
}

function parseKey(key: string | Buffer): PublicKey {
	const parsed: unknown = ssh2.utils.parseKey(key);
	const first = Array.isArray(parsed) ? parsed[0] : parsed;
	if (first instanceof Error) throw first;
	return first as PublicKey;
}

function sameText(a: string, b: string): boolean {
	const digest = (value: string): Buffer => createHash('sha256').update(value).digest();
	return timingSafeEqual(digest(a), digest(b));
}

class FaultPlan {
	private planned: PlannedFault[] = [];

	add(faults: readonly Fault[]): void {
		this.planned.push(...faults.map((fault) => ({ fault, seen: 0, struck: 0 })));
	}

	clear(): void {
		this.planned = [];
	}

	pending(): number {
		return this.planned.filter((entry) => entry.struck < (entry.fault.times ?? 1)).length;
	}

	strike(request: Request): Fault | undefined {
		for (const entry of this.planned) {
			const { fault } = entry;
			if (fault.at !== '*' && fault.at !== request.operation) continue;
			if (fault.path !== undefined && !fault.path.test(request.path)) continue;
			if (fault.byte !== undefined && request.offset + request.data.length <= fault.byte) continue;
			entry.seen += 1;
			if (entry.seen < (fault.nth ?? 1) || entry.struck >= (fault.times ?? 1)) continue;
			entry.struck += 1;
			return fault;
		}
		return undefined;
	}
}

interface Wire {
	write(data: Buffer): void;
	endSession(): void;
	socket(): Socket | undefined;
	/** From now on the server no longer notices what happens to this connection. */
	swallow(): void;
}

/** Serves one SFTP channel: packets in, one at a time, answers out in order. */
class ChannelServer {
	private buffered: Buffer = Buffer.alloc(0);
	private work: Promise<void> = Promise.resolve();
	private dead = false;
	private readonly session: FilesSession;
	private readonly plan: FaultPlan;
	private readonly wire: Wire;
	private readonly events: SftpServerEvent[];

	constructor(session: FilesSession, plan: FaultPlan, wire: Wire, events: SftpServerEvent[]) {
		this.session = session;
		this.plan = plan;
		this.wire = wire;
		this.events = events;
	}

	receive(data: Buffer): void {
		this.buffered = this.buffered.length === 0 ? data : Buffer.concat([this.buffered, data]);
		while (this.buffered.length >= 4) {
			const length = this.buffered.readUInt32BE(0);
			if (this.buffered.length < 4 + length) return;
			const body = this.buffered.subarray(4, 4 + length);
			this.buffered = this.buffered.subarray(4 + length);
			this.work = this.work
				.then(() => (this.dead ? undefined : this.serve(body)))
				.catch(() => this.endSession());
		}
	}

	async stop(): Promise<void> {
		this.dead = true;
		await this.work.catch(() => undefined);
		await this.session.closeAll();
	}

	private endSession(): void {
		if (this.dead) return;
		this.dead = true;
		this.wire.endSession();
	}

	private async serve(body: Buffer): Promise<void> {
		if (body[0] === 1) return this.wire.write(this.session.version());
		let request: Request;
		try {
			request = this.session.read(body);
		} catch (error) {
			if (error instanceof ProtocolError) return this.endSession();
			throw error;
		}
		this.events.push({ kind: 'request', detail: `${request.operation} ${request.path}` });
		const fault = this.plan.strike(request);
		if (fault === undefined) return this.answer(await request.run());
		this.events.push({
			kind: 'fault',
			detail: `${fault.action.kind} at ${request.operation} ${request.path}`,
		});
		const after = fault.when === 'after' ? await request.run() : undefined;
		const goOn = await this.apply(fault.action, request);
		if (goOn) this.answer(after ?? (await request.run()));
	}

	private answer(data: Buffer): void {
		if (!this.dead) this.wire.write(data);
	}

	/** True where the request is still to be executed and answered. */
	private async apply(action: FaultAction, request: Request): Promise<boolean> {
		const socket = this.wire.socket();
		switch (action.kind) {
			case 'reset':
				this.dead = true;
				socket?.resetAndDestroy();
				return false;
			case 'close':
				this.dead = true;
				socket?.end();
				return false;
			case 'killSubsystem':
				this.endSession();
				return false;
			case 'silence':
				return false;
			case 'blackHole':
				socket?.pause();
				if (action.ms === undefined) {
					this.wire.swallow();
					this.dead = true;
					return false;
				}
				await delay(action.ms);
				socket?.resume();
				return true;
			case 'delay':
				await delay(action.ms);
				return true;
			case 'status':
				this.answer(statusPacket(request.id, action.code));
				return false;
			case 'short':
				request.data = request.data.subarray(0, action.bytes);
				return true;
			case 'flip':
				request.data = Buffer.from(request.data);
				request.data[0] = (request.data[0] ?? 0) ^ 1;
				return true;
			case 'garbage':
				this.answer(Buffer.from([0, 0, 0, 5, 250, 1, 2, 3, 4]));
				return false;
			case 'call':
				await action.call();
				return true;
		}
	}
}

function authenticate(
	context: ssh2.AuthContext,
	users: SftpServerOptions['users'],
	keyDone: { value: boolean },
	events: SftpServerEvent[],
): void {
	const user = Object.hasOwn(users, context.username) ? users[context.username] : undefined;
	const byPassword = user?.questions === undefined ? 'password' : 'keyboard-interactive';
	const methods = user?.both === true && !keyDone.value ? ['publickey'] : ['publickey', byPassword];
	if (context.method !== 'none')
		events.push({ kind: 'login', detail: `${context.method} ${context.username}` });
	if (user === undefined) return context.reject(methods);
	if (context.method === byPassword) {
		if (user.both === true && !keyDone.value) return context.reject(['publickey']);
		const judge = (password: string): void => {
			const right = user.password !== undefined && sameText(user.password, password);
			if (right) context.accept();
			else context.reject(methods);
		};
		if (user.questions === undefined) return judge(context.password);
		return context.prompt(user.questions, ([first = '']) => judge(first));
	}
	if (context.method !== 'publickey') return context.reject(methods);
	const offered = context.key;
	const known = (user.publicKeys ?? [])
		.map(parseKey)
		.find((key) => key.getPublicSSH().equals(offered.data));
	if (known === undefined) return context.reject(methods);
	if (context.signature === undefined || context.blob === undefined) return context.accept();
	if (known.verify(context.blob, context.signature, context.hashAlgo) !== true)
		return context.reject(methods);
	if (user.both !== true) return context.accept();
	keyDone.value = true;
	return context.reject([byPassword], true);
}

export async function startSftpServer(options: SftpServerOptions): Promise<SftpServer> {
	const hostKeys =
		typeof options.hostKey === 'string'
			? [options.hostKey]
			: [...(options.hostKey ?? [makeHostKey()])];
	const plan = new FaultPlan();
	plan.add(options.faults ?? []);
	const events: SftpServerEvent[] = [];
	const sockets = new Set<Socket>();
	const swallowed = new WeakSet<Socket>();
	const channels = new Set<ChannelServer>();
	let refusedOnce = false;

	const serverOptions = {
		hostKeys,
		ident: options.banner ?? 'OpenSSH_9.2p1 sandbox',
		...(options.algorithms === undefined ? {} : { algorithms: options.algorithms }),
	};
	const server = new ssh2.Server(serverOptions, (client) => {
		const socket = client._sock;
		socket.setNoDelay(true);
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
		events.push({ kind: 'connection', detail: String(socket.remotePort) });
		const keyDone = { value: false };
		client.on('error', () => undefined);
		client.on('authentication', (context) => {
			if (options.silentLogin === true && context.method !== 'none') return;
			authenticate(context, options.users, keyDone, events);
		});
		client.on('session', (acceptSession) => {
			const session = acceptSession();
			session.on('subsystem', (accept, reject, info) => {
				events.push({ kind: 'session', detail: info.name });
				if (options.subsystem === 'silence') return;
				const first = !refusedOnce;
				refusedOnce = true;
				if (options.subsystem === 'refuse' || info.name !== 'sftp') return reject();
				if (options.subsystem === 'refuseOnce' && first) return reject();
				const channel = accept();
				channel.on('error', () => undefined);
				if (options.subsystem === 'text') {
					channel.write('This account is currently not available.\n');
					return;
				}
				const wire: Wire = {
					write: (data) => {
						channel.write(data);
					},
					endSession: () => {
						channel.exit(255);
						channel.end();
						channel.close();
					},
					socket: () => socket,
					swallow: () => swallowed.add(socket),
				};
				const files = new ChannelServer(new FilesSession(options), plan, wire, events);
				channels.add(files);
				channel.on('data', (data: Buffer) => files.receive(data));
				channel.on('end', () => {
					channel.exit(0);
					channel.end();
				});
				channel.on('close', () => {
					channels.delete(files);
					void files.stop();
				});
			});
		});
	});

	await new Promise<void>((resolve, reject) => {
		server.on('error', reject);
		server.listen(options.port ?? 0, '127.0.0.1', resolve);
	});
	const { port } = server.address() as AddressInfo;
	const blobs = hostKeys
		.map((key) => parseKey(key))
		.map((key) => ({ type: key.type, blob: key.getPublicSSH() }));
	const fingerprints = blobs.map(
		({ blob }) => `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`,
	);
	const hostKeyLines = blobs.map(
		({ type, blob }) => `[127.0.0.1]:${port} ${type} ${blob.toString('base64')}`,
	);

	const dropAll = (): void => {
		for (const socket of sockets) socket.resetAndDestroy();
	};
	return {
		port,
		fingerprint: fingerprints[0] ?? '',
		fingerprints,
		hostKeyLine: hostKeyLines[0] ?? '',
		hostKeyLines,
		faults: {
			add: (...faults) => plan.add(faults),
			clear: () => plan.clear(),
			pending: () => plan.pending(),
		},
		events,
		connections: () => [...sockets].filter((socket) => !swallowed.has(socket)).length,
		dropAll,
		close: async () => {
			const closed = new Promise<void>((resolve) => {
				server.close(() => resolve());
			});
			dropAll();
			await closed;
			await Promise.all([...channels].map((files) => files.stop()));
		},
	};
}
