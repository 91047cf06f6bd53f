import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { connectSftp, DEFAULT_DEPOSIT, depositAll } from '../../lib/delivery';
import type {
	ConnectSettings,
	DeliveryPorts,
	DepositAllOptions,
	DepositResult,
	DepositSettings,
	OrderedRequest,
} from '../../lib/delivery';
import { startSftpServer } from '../../sandbox/sftpServer.ts';
import type { SftpServer, SftpServerOptions } from '../../sandbox/sftpServer.ts';

export const PASSWORD = 'canary-password-7f3a';

/** A repeatable source of numbers (mulberry32), so that a failing random test can be run again. */
export function seeded(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

export function realPorts(seed = 1): DeliveryPorts & { readonly slept: number[] } {
	const slept: number[] = [];
	return {
		slept,
		now: () => Date.now(),
		random: seeded(seed),
		sleep: async (milliseconds, signal) => {
			slept.push(milliseconds);
			await delay(milliseconds, undefined, signal === undefined ? {} : { signal }).catch(
				() => undefined,
			);
		},
	};
}

/** What happens on the other side of a socket takes a moment; what never happens fails all the same. */
export async function eventually(check: () => void): Promise<void> {
	for (let tries = 0; tries < 200; tries += 1) {
		try {
			check();
			return;
		} catch {
			await delay(10);
		}
	}
	check();
}

export interface Partner {
	readonly root: string;
	readonly server: SftpServer;
	readonly settings: ConnectSettings;
	/** Names in a folder, sorted. */
	names(folder?: string): string[];
	content(file: string): Buffer;
	mode(file: string): number;
	close(): Promise<void>;
}

/** A partner's server on a new directory with `inbound/`, and the settings to reach it. */
export async function startPartner(
	options: Partial<SftpServerOptions> = {},
	connect: Partial<ConnectSettings> = {},
): Promise<Partner> {
	const root = options.root ?? mkdtempSync(path.join(tmpdir(), 'sftp-partner-'));
	mkdirSync(path.join(root, 'inbound'), { recursive: true });
	const server = await startSftpServer({
		users: { partner: { password: PASSWORD } },
		...options,
		root,
	});
	return {
		root,
		server,
		settings: {
			host: '127.0.0.1',
			port: server.port,
			username: 'partner',
			password: PASSWORD,
			hostKeys: server.hostKeyLine,
			connectTimeoutMs: 5_000,
			operationTimeoutMs: 1_000,
			...connect,
		},
		names: (folder = 'inbound') => readdirSync(path.join(root, folder)).sort(),
		content: (file) => readFileSync(path.join(root, file)),
		mode: (file) => statSync(path.join(root, file)).mode & 0o7777,
		close: async () => {
			await server.close();
			rmSync(root, { recursive: true, force: true });
		},
	};
}

export function depositSettings(more: Partial<DepositSettings> = {}): DepositSettings {
	return {
		folder: '/inbound',
		...DEFAULT_DEPOSIT,
		retry: { attempts: 5, firstDelayMs: 5, longestDelayMs: 40 },
		...more,
	};
}

export async function deposit(
	partner: { readonly settings: ConnectSettings },
	requests: readonly OrderedRequest[],
	settings: Partial<DepositSettings> = {},
	options: Partial<DepositAllOptions> = {},
): Promise<readonly DepositResult[]> {
	return await depositAll(requests, {
		connect: (signal) => connectSftp(partner.settings, signal),
		server: `${partner.settings.host}:${partner.settings.port}`,
		settings: depositSettings(settings),
		ports: realPorts(),
		inFlight: 4,
		...options,
	});
}
