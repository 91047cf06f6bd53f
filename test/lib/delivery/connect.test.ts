import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

import { connectSftp, sourceOf } from '../../../lib/delivery';
import type { ConnectSettings } from '../../../lib/delivery';
import { makeHostKey, makeKeyPair } from '../../../sandbox/sftpServer.ts';
import { deposit, eventually, PASSWORD, realPorts, startPartner } from '../../support/delivery';
import type { Partner } from '../../support/delivery';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
	for (const close of closing.splice(0)) await close();
});

async function partnerWith(...options: Parameters<typeof startPartner>): Promise<Partner> {
	const partner = await startPartner(...options);
	closing.push(() => partner.close());
	return partner;
}

async function failure(
	settings: ConnectSettings,
	signal?: AbortSignal,
): Promise<{ code: string; message: string; hint: string }> {
	try {
		const port = await connectSftp(settings, signal);
		await port.end();
	} catch (error) {
		return error as never;
	}
	return { code: 'none', message: '', hint: '' };
}

const one = [{ fileName: 'a.edi', source: sourceOf(Buffer.from('ISA')) }];
const logins = (partner: Partner) =>
	partner.server.events.filter(({ kind }) => kind === 'login').length;
const connections = (partner: Partner) =>
	partner.server.events.filter(({ kind }) => kind === 'connection').length;

describe('host key', () => {
	test('a wrong host key: refused, no credential sent, both fingerprints, not tried again', async () => {
		const pinned = `SHA256:${'x'.repeat(43)}`;
		const partner = await partnerWith({}, { hostKeys: pinned });
		const [result] = await deposit(partner, one);
		expect(result).toMatchObject({
			outcome: 'failed',
			error: { code: 'DELIVERY_HOST_KEY_UNKNOWN' },
		});
		expect(result?.error?.message).toContain(pinned);
		expect(result?.error?.message).toContain(partner.server.fingerprint);
		expect(connections(partner)).toBe(1);
		expect(logins(partner)).toBe(0);
		await eventually(() => expect(partner.server.connections()).toBe(0));
	});

	test('a revoked key, no pinned key, and lines for another host', async () => {
		const partner = await partnerWith();
		const [, type, blob] = partner.server.hostKeyLine.split(' ');
		const revoked = {
			...partner.settings,
			hostKeys: `${partner.server.fingerprint}\n@revoked * ${type} ${blob}`,
		};
		expect((await failure(revoked)).code).toBe('DELIVERY_HOST_KEY_REVOKED');
		const missing = await failure({ ...partner.settings, hostKeys: '' });
		expect(missing.code).toBe('DELIVERY_HOST_KEYS_MISSING');
		expect(missing.message).toContain(`shows ${partner.server.fingerprint} (ssh-ed25519)`);
		expect(missing.hint).toMatch(/by another way than this connection/);
		const first = { ...partner.settings, hostKeys: '', username: 'x', password: '' };
		expect((await failure(first)).message).toContain(partner.server.fingerprint);
		const elsewhere = { ...partner.settings, hostKeys: `example.com ${type} ${blob}` };
		expect((await failure(elsewhere)).code).toBe('DELIVERY_HOST_KEYS_MISSING');
		expect(logins(partner)).toBe(0);
	});

	test('rotation: two keys pinned, the server switches, the file is still delivered', async () => {
		const [oldKey, newKey] = [makeHostKey(), makeHostKey()];
		const before = await partnerWith({ hostKey: oldKey });
		const after = await partnerWith({ hostKey: newKey });
		const hostKeys = `${before.server.fingerprint}\n${after.server.fingerprint}`;
		for (const partner of [before, after]) {
			const [result] = await deposit({ settings: { ...partner.settings, hostKeys } }, one);
			expect(result).toMatchObject({
				outcome: 'deposited',
				receipt: { hostKeyFingerprint: partner.server.fingerprint },
			});
		}
	});

	test('only the RSA key is pinned, the server prefers ed25519', async () => {
		const rsaKey = makeKeyPair('rsa', { bits: 2048 }).private;
		const partner = await partnerWith({ hostKey: [makeHostKey(), rsaKey] });
		const [, rsaLine = ''] = partner.server.hostKeyLines;
		const [result] = await deposit({ settings: { ...partner.settings, hostKeys: rsaLine } }, one);
		expect(result).toMatchObject({
			outcome: 'deposited',
			receipt: { hostKeyFingerprint: partner.server.fingerprints[1] },
		});
	});

	test('the host key changes between two connections of one delivery: refused', async () => {
		const partner = await partnerWith({ faults: [{ at: 'OPEN', action: { kind: 'reset' } }] });
		const imposter = await partnerWith();
		let connection = 0;
		const [result] = await deposit(
			partner,
			one,
			{},
			{
				connect: (signal) => {
					connection += 1;
					const { port } = connection === 1 ? partner.server : imposter.server;
					return connectSftp(
						{ ...partner.settings, hostKeys: partner.server.fingerprint, port },
						signal,
					);
				},
			},
		);
		expect(result).toMatchObject({
			outcome: 'failed',
			error: { code: 'DELIVERY_HOST_KEY_UNKNOWN' },
		});
		expect(connection).toBe(2);
		expect(logins(imposter)).toBe(0);
		expect(imposter.names()).toEqual([]);
	});

	test.each(['hmac-sha1', 'hmac-sha1-etm@openssh.com'])('%s only by the option', async (hmac) => {
		// With a cipher that brings no check of its own.
		const partner = await partnerWith({ algorithms: { cipher: ['aes256-ctr'], hmac: [hmac] } });
		const refused = await failure(partner.settings);
		expect(refused.code).toBe('DELIVERY_NEGOTIATION');
		expect(refused.hint).toContain('Allow Legacy Algorithms');
		expect((await failure({ ...partner.settings, allowLegacyAlgorithms: true })).code).toBe('none');
	});

	test('legacy algorithms only by the option', async () => {
		const partner = await partnerWith({
			algorithms: { kex: ['diffie-hellman-group14-sha1'], cipher: ['aes128-cbc'] },
		});
		const refused = await failure(partner.settings);
		expect(refused.code).toBe('DELIVERY_NEGOTIATION');
		expect(refused.message).toContain('key exchange algorithm');
		expect(refused.hint).toContain('Allow Legacy Algorithms');
		expect((await failure({ ...partner.settings, allowLegacyAlgorithms: true })).code).toBe('none');
	});
});

describe('login', () => {
	test.each([
		['a wrong password', { password: 'canary-wrong-31' }],
		['an unknown user', { username: 'nobody' }],
		['a key the server does not know', { password: '', privateKey: makeHostKey() }],
	])('%s: one attempt, said in words, no secret', async (_name, wrong) => {
		const partner = await partnerWith({}, wrong);
		const results = await deposit(partner, [
			...one,
			{ fileName: 'b.edi', source: sourceOf(Buffer.from('b')) },
		]);
		for (const result of results)
			expect(result).toMatchObject({
				outcome: 'failed',
				error: { code: 'DELIVERY_LOGIN_REFUSED' },
			});
		expect(results[0]?.error?.message).toContain(
			`refused the login of the user "${partner.settings.username}"`,
		);
		expect(logins(partner)).toBe(1);
		expect(JSON.stringify(results)).not.toContain('canary');
		await eventually(() => expect(partner.server.connections()).toBe(0));
	});

	test('neither password nor key, and a wrong passphrase, never reach the network', async () => {
		const partner = await partnerWith();
		expect((await failure({ ...partner.settings, password: '' })).code).toBe(
			'DELIVERY_LOGIN_MISSING',
		);
		const encrypted = makeKeyPair('ed25519', {
			passphrase: 'right',
			cipher: 'aes256-ctr',
			rounds: 1,
		}).private;
		const wrong = await failure({
			...partner.settings,
			privateKey: encrypted,
			passphrase: 'canary-wrong',
		});
		expect(wrong.code).toBe('DELIVERY_PRIVATE_KEY_PASSPHRASE');
		expect(JSON.stringify(wrong) + wrong.message).not.toContain('canary');
		expect(logins(partner)).toBe(0);
	});

	test('a server that wants the key and then the password', async () => {
		const pair = makeKeyPair('ed25519');
		const users = { partner: { password: PASSWORD, publicKeys: [pair.public], both: true } };
		const partner = await partnerWith({ users }, { privateKey: pair.private });
		const [result] = await deposit(partner, one);
		expect(result?.outcome).toBe('deposited');
		const missing = await failure({ ...partner.settings, password: '' });
		expect(missing.message).toContain('it accepts: password');
	});

	const hidden = { prompt: 'Password: ', echo: false };

	test('a server that asks for the password as one hidden question', async () => {
		const users = { partner: { password: PASSWORD, questions: [hidden] } };
		const partner = await partnerWith({ users });
		expect((await deposit(partner, one))[0]?.outcome).toBe('deposited');
		const wrong = await failure({ ...partner.settings, password: 'canary-wrong-32' });
		expect(wrong.code).toBe('DELIVERY_LOGIN_REFUSED');
		expect(wrong.message).toContain('tried: password, keyboard-interactive');
		expect(JSON.stringify(wrong) + wrong.message).not.toContain('canary');
	});

	test('the key, and then the password as one hidden question', async () => {
		const pair = makeKeyPair('ed25519');
		const partner = await partnerWith(
			{
				users: {
					partner: {
						password: PASSWORD,
						publicKeys: [pair.public],
						both: true,
						questions: [hidden],
					},
				},
			},
			{ privateKey: pair.private },
		);
		expect((await deposit(partner, one))[0]?.outcome).toBe('deposited');
	});

	test.each([
		['two questions', [hidden, { prompt: 'Code: ', echo: false }], 'Code:'],
		['a question whose answer is shown', [{ prompt: 'Token: ', echo: true }], 'Token:'],
	])('%s: the password is not given', async (_name, questions, shown) => {
		// Were the password given as the first answer, this server would let it in.
		const partner = await partnerWith({ users: { partner: { password: PASSWORD, questions } } });
		const error = await failure(partner.settings);
		expect(error.code).toBe('DELIVERY_LOGIN_REFUSED');
		expect(error.message).toContain(shown);
		expect(error.message).toContain('more than a password');
		await eventually(() => expect(partner.server.connections()).toBe(0));
	});

	test('a password that was refused is not given again as an answer', async () => {
		const partner = await partnerWith({}, { password: 'canary-wrong-33' });
		await failure(partner.settings);
		expect(logins(partner)).toBe(1);
	});

	test('no question is answered before the host key was verified', async () => {
		const users = { partner: { password: PASSWORD, questions: [hidden] } };
		const partner = await partnerWith({ users }, { hostKeys: `SHA256:${'x'.repeat(43)}` });
		expect((await failure(partner.settings)).code).toBe('DELIVERY_HOST_KEY_UNKNOWN');
		expect(logins(partner)).toBe(0);
	});

	test('a key alone', async () => {
		const pair = makeKeyPair('ecdsa', { bits: 256 });
		const partner = await partnerWith(
			{ users: { partner: { publicKeys: [pair.public] } } },
			{ password: '', privateKey: pair.private },
		);
		expect((await deposit(partner, one))[0]?.outcome).toBe('deposited');
	});

	test.each([
		[{ host: 'sftp://127.0.0.1' }, 'host'],
		[{ host: ' ' }, 'host'],
		[{ port: 0 }, 'port'],
		[{ port: Number.NaN }, 'port'],
		[{ username: '' }, 'user'],
	])('a setting that cannot be used: %j', async (wrong, name) => {
		const partner = await partnerWith({}, wrong);
		const error = await failure(partner.settings);
		expect(error.code).toBe('DELIVERY_OPTION_INVALID');
		expect(error.message).toContain(name);
		expect(connections(partner)).toBe(0);
	});
});

describe('whatever answers, the connection ends by its deadline and the socket is closed', () => {
	async function answering(
		handler: (socket: Socket) => void,
	): Promise<{ port: number; open: Set<Socket>; server: Server }> {
		const open = new Set<Socket>();
		const server = createServer((socket) => {
			open.add(socket);
			socket.on('close', () => open.delete(socket));
			socket.on('error', () => undefined);
			// A socket that nobody reads never notices that the other side has closed.
			socket.resume();
			handler(socket);
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		closing.push(
			() =>
				new Promise((resolve) => {
					for (const socket of open) socket.destroy();
					server.close(() => resolve());
				}),
		);
		return { port: (server.address() as AddressInfo).port, open, server };
	}

	const settingsFor = (port: number): ConnectSettings => ({
		host: '127.0.0.1',
		port,
		username: 'partner',
		password: PASSWORD,
		hostKeys: `SHA256:${'x'.repeat(43)}`,
		connectTimeoutMs: 400,
		operationTimeoutMs: 400,
	});

	test.each([
		['stays silent', () => undefined, 'DELIVERY_CONNECT_TIMEOUT', 'exchanging keys'],
		[
			'sends a banner only',
			(socket: Socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n'),
			'DELIVERY_CONNECT_TIMEOUT',
			'exchanging keys',
		],
		[
			'is a web server',
			(socket: Socket) => socket.end('HTTP/1.1 400 Bad Request\r\nServer: x\r\n\r\n'),
			'DELIVERY_CONNECTION_CLOSED',
			'exchanging keys',
		],
		[
			'is a web server that does not hang up',
			(socket: Socket) => socket.write('HTTP/1.1 400 Bad Request\r\nServer: x\r\n\r\n'),
			'DELIVERY_CONNECT_TIMEOUT',
			'exchanging keys',
		],
		[
			'speaks an old SSH',
			(socket: Socket) => socket.write('SSH-1.5-old\r\n'),
			'DELIVERY_NOT_SSH',
			'does not speak SSH',
		],
		[
			'closes at once',
			(socket: Socket) => socket.end(),
			'DELIVERY_CONNECTION_CLOSED',
			'exchanging keys',
		],
		[
			'resets at once',
			(socket: Socket) => socket.resetAndDestroy(),
			'DELIVERY_CONNECTION_CLOSED',
			'the connection was reset',
		],
	])('a server that %s', async (_name, handler, code, words) => {
		const { port, open } = await answering(handler);
		const error = await failure(settingsFor(port));
		expect(error).toMatchObject({ code });
		expect(error.message).toContain(words);
		expect(error.message).toContain(`127.0.0.1:${port}`);
		await eventually(() => expect(open.size).toBe(0));
	});

	test('nothing listens, and a name without an address', async () => {
		const { port, server } = await answering(() => undefined);
		await new Promise((resolve) => server.close(resolve));
		expect((await failure(settingsFor(port))).code).toBe('DELIVERY_CONNECTION_REFUSED');
		const unknown = await failure({
			...settingsFor(port),
			host: 'no-such-host.invalid',
			connectTimeoutMs: 20_000,
		});
		expect(unknown.code).toBe('DELIVERY_ADDRESS_UNKNOWN');
	});

	test.each([
		[
			'the login is never answered',
			{ silentLogin: true },
			'DELIVERY_CONNECT_TIMEOUT',
			'logging in',
		],
		[
			'the subsystem request is never answered',
			{ subsystem: 'silence' as const },
			'DELIVERY_CONNECT_TIMEOUT',
			'opening SFTP',
		],
		[
			'SFTP is refused',
			{ subsystem: 'refuse' as const },
			'DELIVERY_SUBSYSTEM_REFUSED',
			'does not offer SFTP',
		],
		[
			'the login shell prints text',
			{ subsystem: 'text' as const },
			'DELIVERY_LOGIN_TEXT',
			'begins with "This"',
		],
	])('%s', async (_name, options, code, words) => {
		const partner = await partnerWith(options, { connectTimeoutMs: 700 });
		const error = await failure(partner.settings);
		expect(error).toMatchObject({ code });
		expect(error.message).toContain(words);
		await eventually(() => expect(partner.server.connections()).toBe(0));
	});

	test('a cancellation while connecting closes the socket at once', async () => {
		const { port, open } = await answering(() => undefined);
		const cancel = new AbortController();
		const pending = failure({ ...settingsFor(port), connectTimeoutMs: 60_000 }, cancel.signal);
		await new Promise((resolve) => setTimeout(resolve, 50));
		cancel.abort();
		expect((await pending).code).toBe('DELIVERY_CANCELLED');
		await eventually(() => expect(open.size).toBe(0));
		expect((await failure(settingsFor(port), cancel.signal)).code).toBe('DELIVERY_CANCELLED');
	});
});

describe('a busy or offended server', () => {
	test('SFTP that is refused once is asked for again', async () => {
		const partner = await partnerWith({ subsystem: 'refuseOnce' });
		expect((await deposit(partner, one))[0]).toMatchObject({ outcome: 'deposited' });
		expect(connections(partner)).toBe(2);
		const never = await partnerWith({ subsystem: 'refuse' });
		expect((await deposit(never, one))[0]).toMatchObject({
			outcome: 'failed',
			error: { code: 'DELIVERY_SUBSYSTEM_REFUSED' },
		});
		expect(connections(never)).toBe(5);
	});

	test('connections that are refused at random are tried again after a jittered wait', async () => {
		const partner = await partnerWith();
		let refused = 0;
		const ports = realPorts(7);
		const [result] = await deposit(
			partner,
			one,
			{},
			{
				ports,
				connect: async (signal) => {
					if (refused < 3) {
						refused += 1;
						return await connectSftp(
							{ ...partner.settings, hostKeys: partner.server.fingerprint, port: 1 },
							signal,
						);
					}
					return await connectSftp(partner.settings, signal);
				},
			},
		);
		expect(result).toMatchObject({ outcome: 'deposited', receipt: { attempts: 1 } });
		const waits = ports.slept.filter((milliseconds) => milliseconds <= 40);
		expect(waits).toHaveLength(3);
		for (const [index, wait] of waits.entries()) {
			const full = 5 * 2 ** index;
			expect(wait).toBeGreaterThanOrEqual(Math.floor(full / 2));
			expect(wait).toBeLessThanOrEqual(full);
		}
	});

	test('a server that stays away is tried as often as allowed, once for all files', async () => {
		let tried = 0;
		const partner = await partnerWith();
		const many = Array.from({ length: 20 }, (_value, index) => ({
			fileName: `${index}.edi`,
			source: sourceOf(Buffer.from('x')),
		}));
		const results = await deposit(
			partner,
			many,
			{},
			{
				connect: (signal) => {
					tried += 1;
					return connectSftp(
						{ ...partner.settings, hostKeys: partner.server.fingerprint, port: 1 },
						signal,
					);
				},
			},
		);
		expect(tried).toBe(5);
		expect(
			results.every(
				({ outcome, error }) =>
					outcome === 'failed' && error?.code === 'DELIVERY_CONNECTION_REFUSED',
			),
		).toBe(true);
	});
});
