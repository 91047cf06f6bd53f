import { randomBytes } from 'node:crypto';
import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import path from 'node:path';

import { checkConnection, connectSftp, pickUp, sourceOf } from '../../../lib/delivery';
import type { ConnectSettings, DepositResult, DepositSettings } from '../../../lib/delivery';
import { deposit, realPorts, seeded } from '../../support/delivery';
import { KEY_PASSPHRASE, LAB_PASSWORD, startProxy, startSshdLab } from '../../../sandbox/sftpOpenSsh.ts';
import type { Daemon, FaultyProxy, SshdLab } from '../../../sandbox/sftpOpenSsh.ts';

let lab: SshdLab;
let main: Daemon;
let external: Daemon;
let proxy: FaultyProxy;
let externalProxy: FaultyProxy;

beforeAll(async () => {
	lab = await startSshdLab();
	main = await lab.start();
	external = await lab.start({ external: true });
	proxy = await startProxy(main.port);
	externalProxy = await startProxy(external.port);
}, 120_000);

afterAll(async () => {
	await proxy?.close();
	await externalProxy?.close();
	await lab?.close();
});

beforeEach(() => {
	for (const name of readdirSync(inbound()))
		rmSync(path.join(inbound(), name), { recursive: true });
	proxy.plan.length = 0;
	externalProxy.plan.length = 0;
});

const inbound = (): string => lab.inbound(lab.user.password);
const names = (): string[] => readdirSync(inbound()).sort();
const content = randomBytes(1_500_000);
const small = Buffer.from('ISA*00*small');

function settingsFor(daemon: Daemon, more: Partial<ConnectSettings> = {}): ConnectSettings {
	return {
		host: '127.0.0.1',
		port: daemon.port,
		username: lab.user.password,
		password: LAB_PASSWORD,
		hostKeys: daemon.hostKeys,
		connectTimeoutMs: 10_000,
		operationTimeoutMs: 2_000,
		...more,
	};
}

/** Through a proxy the port differs, so the key itself is pinned instead of a known_hosts line. */
const viaProxy = (
	through: FaultyProxy,
	daemon: Daemon,
	more: Partial<ConnectSettings> = {},
): ConnectSettings =>
	settingsFor(daemon, { port: through.port, hostKeys: daemon.fingerprint('ed25519'), ...more });

async function deliver(
	settings: ConnectSettings,
	bytes: Buffer = content,
	more: Partial<DepositSettings> = {},
	fileName = 'a.edi',
	seed = 1,
): Promise<DepositResult> {
	const [result] = await deposit({ settings }, [{ fileName, source: sourceOf(bytes) }], more, {
		ports: realPorts(seed),
	});
	if (result === undefined) throw new Error('no result');
	return result;
}

function expectOnce(bytes: Buffer, name = 'a.edi'): void {
	expect(names()).toEqual([name]);
	expect(readFileSync(path.join(inbound(), name)).equals(bytes)).toBe(true);
}

describe('identity', () => {
	test('a rotated host key is refused with both fingerprints', async () => {
		const rotated = await lab.start({ keys: 'rotated' });
		const [, , ...lines] = [main.hostKeys.replaceAll(`]:${main.port} `, `]:${rotated.port} `)];
		const hostKeys =
			lines.length === 0 ? main.hostKeys.replaceAll(`]:${main.port} `, `]:${rotated.port} `) : '';
		const result = await deliver(settingsFor(rotated, { hostKeys }));
		expect(result).toMatchObject({
			outcome: 'failed',
			error: { code: 'DELIVERY_HOST_KEY_UNKNOWN' },
		});
		expect(result.error?.message).toContain(rotated.fingerprint('ed25519'));
		expect(result.error?.message).toContain(main.fingerprint('ed25519'));
		const both = `${main.fingerprint('ed25519')}\n${rotated.fingerprint('ed25519')}`;
		expect((await deliver(settingsFor(rotated, { hostKeys: both }))).outcome).toBe('deposited');
		expect((await deliver(settingsFor(main, { hostKeys: both }))).outcome).toBe('already there');
	});

	test('known_hosts lines as ssh-keygen hashes them', async () => {
		const file = path.join(lab.folder, 'known_hosts');
		writeFileSync(file, `${main.hostKeys}\n`);
		const { execFileSync } = await import('node:child_process');
		execFileSync('ssh-keygen', ['-H', '-f', file], { stdio: 'ignore' });
		const hostKeys = readFileSync(file, 'utf8');
		expect(hostKeys).toContain('|1|');
		expect((await deliver(settingsFor(main, { hostKeys }), small)).outcome).toBe('deposited');
	});

	test('only the RSA key pinned on a server that prefers ed25519, and a server that has only RSA', async () => {
		const rsaLine = main.hostKeys.split('\n').find((line) => line.includes('ssh-rsa')) ?? '';
		expect(await deliver(settingsFor(main, { hostKeys: rsaLine }), small)).toMatchObject({
			outcome: 'deposited',
			receipt: { hostKeyFingerprint: main.fingerprint('rsa') },
		});
		const rsaOnly = await lab.start({ keyTypes: ['rsa'] });
		expect((await deliver(settingsFor(rsaOnly), small)).outcome).toBe('already there');
	});

	test('legacy server only by the option', async () => {
		const legacy = await lab.start({
			keyTypes: ['rsa'],
			lines: [
				'HostKeyAlgorithms ssh-rsa',
				'KexAlgorithms diffie-hellman-group14-sha1',
				'Ciphers aes128-cbc',
			],
		});
		expect((await deliver(settingsFor(legacy), small)).error?.code).toBe('DELIVERY_NEGOTIATION');
		expect(
			(await deliver(settingsFor(legacy, { allowLegacyAlgorithms: true }), small)).outcome,
		).toBe('deposited');
	});

	test('every kind of login, and what is refused', async () => {
		const key = { username: lab.user.key, password: '' };
		for (const name of ['openssh', 'pkcs1', 'pkcs8', 'ecdsa'] as const) {
			const port = await connectSftp(
				settingsFor(main, { ...key, privateKey: lab.clientKey(name) }),
			);
			await port.end();
		}
		const encrypted = { ...key, privateKey: lab.clientKey('encrypted') };
		await (
			await connectSftp(settingsFor(main, { ...encrypted, passphrase: KEY_PASSPHRASE }))
		).end();
		await expect(
			connectSftp(settingsFor(main, { ...encrypted, passphrase: 'wrong' })),
		).rejects.toMatchObject({ code: 'DELIVERY_PRIVATE_KEY_PASSPHRASE' });
		await expect(
			connectSftp(settingsFor(main, { ...key, privateKey: lab.clientKey('unknown') })),
		).rejects.toMatchObject({ code: 'DELIVERY_LOGIN_REFUSED' });
		await expect(
			connectSftp(settingsFor(main, { password: 'canary-wrong' })),
		).rejects.toMatchObject({ code: 'DELIVERY_LOGIN_REFUSED' });
		const both = { username: lab.user.both, privateKey: lab.clientKey('openssh') };
		await (await connectSftp(settingsFor(main, both))).end();
		await expect(connectSftp(settingsFor(main, { ...both, password: '' }))).rejects.toMatchObject({
			code: 'DELIVERY_LOGIN_REFUSED',
		});
	});

	test('an account whose shell prints text, and one without SFTP', async () => {
		const noisy = await lab.start({
			external: true,
			lines: ['ForceCommand echo This account is currently not available.'],
		});
		await expect(connectSftp(settingsFor(noisy))).rejects.toMatchObject({
			code: 'DELIVERY_LOGIN_TEXT',
		});
		const without = await lab.start({ external: true, lines: ['Subsystem sftp /none'] });
		await expect(connectSftp(settingsFor(without))).rejects.toMatchObject({
			code: 'DELIVERY_SUBSYSTEM_REFUSED',
		});
	});

	test('40 runs at once against the default MaxStartups: all delivered', async () => {
		const shy = await lab.start({ lines: ['MaxStartups 10:30:100'] });
		const outcomes = await Promise.all(
			Array.from({ length: 40 }, async (_value, index) => {
				const retry = { attempts: 10, firstDelayMs: 200, longestDelayMs: 3_000 };
				return (
					await deliver(
						settingsFor(shy, { connectTimeoutMs: 60_000, operationTimeoutMs: 30_000 }),
						small,
						{ retry },
						`${index}.edi`,
						index,
					)
				).outcome;
			}),
		);
		expect(new Set(outcomes)).toEqual(new Set(['deposited']));
		expect(names()).toHaveLength(40);
	});

	test('a server that has only IPv6', async () => {
		const six = await lab.start({ address: '::1' });
		expect((await deliver(settingsFor(six, { host: '::1' }), small)).outcome).toBe('deposited');
	});
});

describe('the line breaks in mid-file', () => {
	test.each([
		['TCP reset', { kind: 'reset', afterBytes: 700_000 }, 2],
		['TCP close', { kind: 'close', afterBytes: 700_000 }, 2],
		['black hole longer than the deadline', { kind: 'blackHole', afterBytes: 700_000 }, 2],
		[
			'black hole shorter than the deadline',
			{ kind: 'blackHole', afterBytes: 700_000, ms: 700 },
			1,
		],
	] as const)('%s', async (_name, fault, attempts) => {
		proxy.plan.push(fault);
		expect(await deliver(viaProxy(proxy, main))).toMatchObject({
			outcome: 'deposited',
			receipt: { attempts },
			issues: [],
		});
		expectOnce(content);
	});

	const last = (daemon: Daemon): number => lab.sessions(daemon).at(-1) ?? 0;

	test('kill -9 of the session process', async () => {
		proxy.plan.push({
			kind: 'call',
			afterBytes: 700_000,
			call: () => process.kill(last(main), 'SIGKILL'),
		});
		expect(await deliver(viaProxy(proxy, main))).toMatchObject({
			outcome: 'deposited',
			receipt: { attempts: 2 },
		});
		expectOnce(content);
	});

	test('kill -9 of sftp-server alone, while SSH lives on', async () => {
		const folder = inbound();
		const isSftpServer = (pid: number): boolean =>
			readFileSync(`/proc/${pid}/comm`, 'utf8').includes('sftp-server');
		externalProxy.plan.push({
			kind: 'call',
			afterBytes: 700_000,
			call: () => process.kill(lab.sessions(external).filter(isSftpServer).at(-1) ?? 0, 'SIGKILL'),
		});
		expect(await deliver(viaProxy(externalProxy, external), content, { folder })).toMatchObject({
			outcome: 'deposited',
			receipt: { attempts: 2 },
		});
		expectOnce(content);
	});

	test.each([
		[600, 1],
		[6_000, 2],
	])('SIGSTOP for %i ms, then SIGCONT', async (ms, attempts) => {
		let stopped = 0;
		proxy.plan.push({
			kind: 'call',
			afterBytes: 700_000,
			call: () => {
				stopped = last(main);
				process.kill(stopped, 'SIGSTOP');
				setTimeout(() => {
					try {
						process.kill(stopped, 'SIGCONT');
					} catch {
						/* ended meanwhile */
					}
				}, ms);
			},
		});
		const result = await deliver(viaProxy(proxy, main));
		expect(result.outcome).toBe('deposited');
		// A session that stands still for long may hold up the next one as well.
		expect(result.receipt.attempts).toBeGreaterThanOrEqual(attempts);
		expectOnce(content);
	});

	test('new keys every megabyte, in the middle of the file', async () => {
		const rekeying = await lab.start({ lines: ['RekeyLimit 1M'] });
		expect(
			(
				await deliver(
					settingsFor(rekeying, { operationTimeoutMs: 20_000 }),
					randomBytes(12_000_000),
					{ verify: 'readBack' },
				)
			).outcome,
		).toBe('deposited');
	});

	test('100 kills at a random byte: one complete file each time', async () => {
		const random = seeded(20_261);
		for (let index = 0; index < 100; index += 1) {
			const kind = (['reset', 'close', 'call'] as const)[index % 3] ?? 'reset';
			const bytes = randomBytes(1 + Math.floor(random() * 600_000));
			// The handshake takes about 3,000 bytes; the end of the file and the rename come after its bytes.
			const afterBytes = 2_500 + Math.floor(random() * (bytes.length + 3_000));
			const call = (): void => {
				try {
					process.kill(last(main), 'SIGKILL');
				} catch {
					/* no session yet */
				}
			};
			proxy.plan.push({ kind, afterBytes, call });
			rmSync(path.join(inbound(), 'a.edi'), { force: true });
			const result = await deliver(viaProxy(proxy, main), bytes, {}, 'a.edi', index + 1);
			expect([index, result.outcome]).toEqual([index, 'deposited']);
			expectOnce(bytes);
			proxy.plan.length = 0;
		}
	}, 600_000);
});

describe('the disk', () => {
	const full = (): string => path.join(lab.chroot(lab.user.password), 'full');

	test.each([
		['0 %', 2_097_152, 300_000],
		['50 %', 1_000_000, 2_000_000],
		['the last byte', 0, 2_097_153],
	])(
		'full at %s: named, nothing left, delivered after space was made',
		async (_name, taken, size) => {
			for (const name of readdirSync(full())) rmSync(path.join(full(), name));
			if (taken > 0) {
				try {
					writeFileSync(path.join(full(), 'theirs'), Buffer.alloc(taken));
				} catch {
					// the disk is as full as it gets
				}
			}
			const bytes = randomBytes(size);
			const result = await deliver(settingsFor(main), bytes, { folder: '/full' });
			expect(result).toMatchObject({
				outcome: 'failed',
				error: { code: 'DELIVERY_DISK_FULL' },
				receipt: { attempts: 1 },
			});
			expect(result.error?.message).toMatch(/^The disk of .* is full/);
			expect(readdirSync(full()).filter((name) => name !== 'theirs')).toEqual([]);
			rmSync(path.join(full(), 'theirs'), { force: true });
			const fits = bytes.subarray(0, 1_000_000);
			expect((await deliver(settingsFor(main), fits, { folder: '/full' })).outcome).toBe(
				'deposited',
			);
			expect(readFileSync(path.join(full(), 'a.edi')).equals(fits)).toBe(true);
			rmSync(path.join(full(), 'a.edi'));
		},
	);

	test('a staging folder on another disk is named', async () => {
		const temporary = {
			style: 'stagingFolder',
			stagingFolder: '/archive',
			suffix: '.part',
		} as const;
		const result = await deliver(settingsFor(main), small, { temporary });
		expect(result.error).toMatchObject({ code: 'DELIVERY_RENAME_REFUSED' });
		expect(result.error?.message).toContain('"/archive" may lie on another disk');
		expect(names()).toEqual([]);
		expect(readdirSync(path.join(lab.chroot(lab.user.password), 'archive'))).toEqual([]);
	});

	test('no right to write, a read-only server, a missing folder', async () => {
		expect((await deliver(settingsFor(main), small, { folder: '/readonly' })).error?.code).toBe(
			'DELIVERY_PERMISSION_DENIED',
		);
		const readOnly = await lab.start({ sftpArguments: '-R' });
		expect((await deliver(settingsFor(readOnly), small)).error?.code).toBe(
			'DELIVERY_PERMISSION_DENIED',
		);
		expect((await deliver(settingsFor(main), small, { folder: '/none' })).error?.code).toBe(
			'DELIVERY_FOLDER_MISSING',
		);
		expect(
			(await deliver(settingsFor(main), small, { folder: '/inbound/x/y', createFolders: true }))
				.outcome,
		).toBe('deposited');
	});

	test('permissions on the disk', async () => {
		await deliver(settingsFor(main), small, { mode: 0o640 });
		await deliver(settingsFor(main), small, {}, 'b.edi');
		expect(statSync(path.join(inbound(), 'a.edi')).mode & 0o777).toBe(0o640);
		expect(statSync(path.join(inbound(), 'b.edi')).mode & 0o022).toBe(0);
	});

	test('odd names are delivered exactly, or refused before anything is sent', async () => {
		const good = ['-rf', 'a. ', 'café.edi', 'cafe\u0301.edi', '$(id)', "it's.edi", 'x'.repeat(255)];
		for (const name of good)
			expect((await deliver(settingsFor(main), small, {}, name)).outcome).toBe('deposited');
		expect(names()).toEqual([...good].sort());
		for (const name of ['../up', 'a\0b', 'a\nb', 'x'.repeat(256)])
			expect((await deliver(settingsFor(main), small, {}, name)).outcome).toBe('failed');
		expect(existsSync(path.join(lab.chroot(lab.user.password), 'up'))).toBe(false);
	});
});

describe('publishing', () => {
	test('conflicts and races as OpenSSH decides them', async () => {
		await deliver(settingsFor(main), Buffer.from('old'));
		expect((await deliver(settingsFor(main), small)).error?.code).toBe('DELIVERY_TARGET_DIFFERS');
		expect((await deliver(settingsFor(main), small, { conflict: 'overwrite' })).outcome).toBe(
			'deposited',
		);
		expectOnce(small);
		rmSync(path.join(inbound(), 'a.edi'));
		const contents = Array.from({ length: 8 }, () => randomBytes(40_000));
		const outcomes = await Promise.all(
			contents.map(
				async (bytes, index) =>
					(await deliver(settingsFor(main), bytes, { conflict: 'fail' }, 'a.edi', index + 1))
						.outcome,
			),
		);
		expect(outcomes.filter((outcome) => outcome === 'deposited')).toHaveLength(1);
		expect(
			contents.some((bytes) => bytes.equals(readFileSync(path.join(inbound(), 'a.edi')))),
		).toBe(true);
		expect(names()).toEqual(['a.edi']);
	});

	test('a folder under the final name', async () => {
		mkdirSync(path.join(inbound(), 'a.edi'));
		expect((await deliver(settingsFor(main), small, { conflict: 'overwrite' })).error?.code).toBe(
			'DELIVERY_TARGET_NOT_A_FILE',
		);
	});

	test('picking up and checking', async () => {
		await deliver(settingsFor(main), content);
		const options = {
			connect: (signal?: AbortSignal) => connectSftp(settingsFor(main), signal),
			retry: { attempts: 2, firstDelayMs: 10, longestDelayMs: 20 },
			ports: realPorts(),
		};
		const picked = await pickUp(
			{
				folder: '/inbound',
				pattern: '*.edi',
				stableForMs: 10,
				maxFiles: 9,
				maxBytes: 1e9,
				maxTotalBytes: 1e9,
				fileTimeoutMs: 60_000,
			},
			options,
		);
		expect(picked.files[0]?.content.equals(content)).toBe(true);
		expect(await checkConnection('/inbound', true, options)).toMatchObject({
			ok: true,
			canReplaceAtomically: true,
			canSync: true,
		});
		expectOnce(content);
	});
});
