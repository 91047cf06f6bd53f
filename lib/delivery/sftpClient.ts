// eslint-disable-next-line @typescript-eslint/triple-slash-reference -- the library ships no types
/// <reference path="./ssh2SftpClient.d.ts" />
// The one file that imports ssh2-sftp-client. The library makes the connection; its transfer
// methods are not used, because they report success for truncated files.
import SftpClient from 'ssh2-sftp-client';

import { CoreError } from '../errors';
import { connectError, connectTimeout, plainReason } from './connectErrors';
import type { ConnectStep } from './connectErrors';
import {
	hostKeyAlgorithms,
	hostKeyError,
	judgeHostKey,
	parsePinnedHostKeys,
	pinnedFingerprints,
} from './hostKeys';
import type { HostKeyVerdict, PinnedHostKeys } from './hostKeys';
import type { SftpPort } from './ports';
import { readPrivateKey } from './privateKey';
import { openSession } from './sftpSession';
import type { RawSftp, Session } from './sftpSession';

export interface ConnectSettings {
	readonly host: string;
	readonly port: number;
	readonly username: string;
	readonly password?: string;
	readonly privateKey?: string;
	readonly passphrase?: string;
	/** Fingerprints, public keys and known_hosts lines, one a line. */
	readonly hostKeys: string;
	/** SHA-1 and CBC, for servers that know nothing else. */
	readonly allowLegacyAlgorithms?: boolean;
	/** From the first packet until SFTP is open. */
	readonly connectTimeoutMs: number;
	/** Until each request is answered. */
	readonly operationTimeoutMs: number;
}

const LEGACY = {
	kex: [
		'diffie-hellman-group14-sha1',
		'diffie-hellman-group-exchange-sha1',
		'diffie-hellman-group1-sha1',
	],
	cipher: ['aes256-cbc', 'aes192-cbc', 'aes128-cbc', '3des-cbc'],
};
/** The library offers these by itself. */
const LEGACY_HMAC = ['hmac-sha1-etm@openssh.com', 'hmac-sha1'];

/** A dead peer is noticed between two requests as well. */
const KEEPALIVE_MS = 15_000;
const KEEPALIVE_MISSED = 3;
const GOODBYE_MS = 1_500;

const nothing = (): void => undefined;

interface Login {
	readonly config: object;
	readonly methods: readonly string[];
	readonly password?: string | undefined;
}

function loginOf(settings: ConnectSettings): Login {
	const { password, privateKey } = settings;
	const hasKey = privateKey !== undefined && privateKey.trim() !== '';
	const hasPassword = password !== undefined && password !== '';
	if (!hasKey && !hasPassword) {
		throw new CoreError(
			'DELIVERY_LOGIN_MISSING',
			`The credential for ${settings.host} has neither a password nor a private key`,
			{ failure: { cause: 'credential-invalid' } },
		);
	}
	const key = hasKey ? readPrivateKey(privateKey, settings.passphrase) : undefined;
	return {
		// The key first: servers that want both ask in this order, and others count no failed password.
		methods: [
			...(hasKey ? ['publickey'] : []),
			...(hasPassword ? ['password', 'keyboard-interactive'] : []),
		],
		password: hasPassword ? password : undefined,
		config: {
			...(key === undefined ? {} : { privateKey: key.key }),
			...(key?.passphrase === undefined ? {} : { passphrase: key.passphrase }),
			...(hasPassword ? { password } : {}),
		},
	};
}

/** What is known while the connection is made; read by messages. */
interface Progress {
	step: ConnectStep;
	methodsOffered: readonly string[];
	methodsTried: string[];
	verdict: HostKeyVerdict | undefined;
	firstError: unknown;
	/** The password was given as the answer to a question. */
	answered: boolean;
	/** Questions of the server that were not answered. */
	unanswerable: readonly string[];
}

interface Question {
	readonly prompt: string;
	readonly echo?: boolean;
}

/**
 * Some servers ask for the password as a question (RFC 4256). It is answered only where it is one
 * question whose answer is not shown; anything else asks for what this node does not have.
 */
function byQuestion(settings: ConnectSettings, password: string, progress: Progress): object {
	return {
		type: 'keyboard-interactive',
		username: settings.username,
		prompt: (
			_name: string,
			_instructions: string,
			_language: string,
			questions: readonly Question[],
			answer: (answers: readonly string[]) => void,
		): void => {
			const [question] = questions;
			if (question === undefined) return answer([]);
			if (questions.length === 1 && question.echo === false && !progress.answered) {
				progress.answered = true;
				return answer([password]);
			}
			progress.unanswerable = questions.map(({ prompt }) => prompt);
			answer(questions.map(() => ''));
		},
	};
}

/** Each method once: repeated failures make servers block the address. */
function authHandler(settings: ConnectSettings, login: Login, progress: Progress) {
	return (
		offered: readonly string[] | null | undefined,
		partlyDone?: boolean | null,
	): string | object | false => {
		progress.step = 'logging in';
		if (offered !== null && offered !== undefined) progress.methodsOffered = offered;
		const passwordSpent =
			progress.methodsTried.includes('password') &&
			(partlyDone === true || progress.methodsOffered.includes('password'));
		for (const method of login.methods) {
			if (progress.methodsTried.includes(method)) continue;
			if (Array.isArray(offered) && !offered.includes(method)) continue;
			if (method !== 'keyboard-interactive') {
				progress.methodsTried.push(method);
				return method;
			}
			// A server that has judged the password asks for something else now, or would count twice.
			if (!Array.isArray(offered) || passwordSpent || login.password === undefined) continue;
			progress.methodsTried.push(method);
			return byQuestion(settings, login.password, progress);
		}
		return false;
	};
}

function checkSettings(settings: ConnectSettings): void {
	const problem = (message: string, path: string): CoreError =>
		new CoreError('DELIVERY_OPTION_INVALID', message, { path });
	if (settings.host.trim() === '' || /[\s/@]/.test(settings.host)) {
		throw problem(
			'The host is not a host name or address: give it without sftp:// and without a path',
			'host',
		);
	}
	if (!Number.isInteger(settings.port) || settings.port < 1 || settings.port > 65_535) {
		throw problem('The port is not a number from 1 to 65535', 'port');
	}
	if (settings.username === '') throw problem('The user is empty', 'username');
}

function configure(settings: ConnectSettings, pinned: PinnedHostKeys, progress: Progress): object {
	const { host, port } = settings;
	const legacy = settings.allowLegacyAlgorithms === true;
	// Without a pinned key the server is only asked to show its own, so nothing secret is at hand.
	const isPinned = pinnedFingerprints(pinned, host, port).length > 0;
	const login = isPinned ? loginOf(settings) : { config: {}, methods: [] };
	const append = (names: readonly string[]): object => ({ append: names });
	return {
		host,
		port,
		username: settings.username,
		...login.config,
		authHandler: authHandler(settings, login, progress),
		algorithms: {
			serverHostKey: [...hostKeyAlgorithms(pinned, host, port, legacy)],
			...(legacy
				? { kex: append(LEGACY.kex), cipher: append(LEGACY.cipher) }
				: { hmac: { remove: LEGACY_HMAC } }),
		},
		// Called at the first key exchange and again at each later one. It must answer at once with
		// a boolean: the library takes anything but `false` (a promise, null, 0) as agreement.
		hostVerifier: (key: unknown): boolean => {
			progress.verdict = Buffer.isBuffer(key) ? judgeHostKey(pinned, host, port, key) : undefined;
			return progress.verdict?.verdict === 'pinned';
		},
		// Our own deadline covers all steps; the library's does not cover opening SFTP.
		readyTimeout: 0,
		keepaliveInterval: KEEPALIVE_MS,
		keepaliveCountMax: KEEPALIVE_MISSED,
	};
}

/** The library skips a half-closed socket when it destroys a connection. */
function destroySocket(client: SftpClient): void {
	client.client.destroy();
	client.client._sock?.destroy();
}

/** A write to a socket costs more than anything else in a small request. */
function gatherer(client: SftpClient): () => void {
	let gathering = false;
	return () => {
		const socket = client.client._sock;
		if (gathering || socket === undefined) return;
		gathering = true;
		socket.cork();
		// After the promises that the answers at hand have settled.
		process.nextTick(() => {
			gathering = false;
			socket.uncork();
		});
	};
}

function sayGoodbye(client: SftpClient): Promise<void> {
	return new Promise((resolve) => {
		const timer = setTimeout(finish, GOODBYE_MS);
		function finish(): void {
			clearTimeout(timer);
			destroySocket(client);
			resolve();
		}
		client.client.once('close', finish);
		client.client.end();
	});
}

/** Opens one connection. Whatever goes wrong, the socket is closed and the error says which step it was. */
export async function connectSftp(
	settings: ConnectSettings,
	signal?: AbortSignal,
): Promise<SftpPort> {
	checkSettings(settings);
	const endpoint = `${settings.host}:${settings.port}`;
	const pinned = parsePinnedHostKeys(settings.hostKeys);
	const progress: Progress = {
		step: 'reaching the server',
		methodsOffered: [],
		methodsTried: [],
		verdict: undefined,
		firstError: undefined,
		answered: false,
		unanswerable: [],
	};
	const config = configure(settings, pinned, progress);
	const context = () => ({ endpoint, username: settings.username, ...progress });
	const client = new SftpClient('deposit', { error: nothing, end: nothing, close: nothing });
	let session: Session | undefined;

	client.client.on('error', (error: unknown) => {
		progress.firstError ??= error;
		session?.lost(refusedKey() ?? plainReason(error));
	});
	for (const event of ['end', 'close'] as const) {
		client.client.on(event, () => session?.lost('the server closed the connection'));
	}
	client.client.on('handshake', () => (progress.step = 'logging in'));
	client.client.on('ready', () => (progress.step = 'opening SFTP'));

	function refusedKey(): string | undefined {
		const { verdict } = progress;
		if (verdict === undefined || verdict.verdict === 'pinned') return undefined;
		return `the server showed another host key, ${verdict.fingerprint}, in the middle of the connection`;
	}

	function failure(error: unknown): CoreError {
		const { verdict } = progress;
		if (verdict !== undefined && verdict.verdict !== 'pinned') {
			return hostKeyError(verdict, pinned, settings.host, settings.port);
		}
		return connectError(progress.firstError ?? error, context());
	}

	let stop: (error: CoreError) => void = nothing;
	const stopped = new Promise<never>((_resolve, reject) => (stop = reject));
	const timer = setTimeout(
		() => stop(connectTimeout(context(), settings.connectTimeoutMs)),
		settings.connectTimeoutMs,
	);
	const onAbort = (): void =>
		stop(
			new CoreError(
				'DELIVERY_CANCELLED',
				`The execution was cancelled while connecting to ${endpoint}`,
			),
		);
	signal?.addEventListener('abort', onAbort, { once: true });
	if (signal?.aborted === true) onAbort();

	try {
		const connecting = client.connect(config);
		// The socket exists already. Without this every small request waits for a delayed ACK (40 ms).
		client.client.setNoDelay(true);
		client.client._sock?.once('connect', () => (progress.step = 'exchanging keys'));
		const raw = (await Promise.race([connecting, stopped])) as RawSftp;
		session = openSession(
			raw,
			{
				endpoint,
				hostKeyFingerprint: progress.verdict?.fingerprint ?? '',
				hostKeyType: progress.verdict?.type ?? '',
				operationTimeoutMs: settings.operationTimeoutMs,
			},
			{
				gather: gatherer(client),
				destroy: () => destroySocket(client),
				end: () => sayGoodbye(client),
			},
		);
		return session;
	} catch (error) {
		destroySocket(client);
		throw failure(error);
	} finally {
		clearTimeout(timer);
		signal?.removeEventListener('abort', onAbort);
	}
}
