import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import ssh2 from 'ssh2';

import { readPrivateKey } from '../../../lib/delivery';
import { makeKeyPair } from '../../../sandbox/sftpServer.ts';

const PASSPHRASE = 'canary-passphrase-91';
const openSsh = makeKeyPair('ed25519').private;
const openSshEncrypted = makeKeyPair('ed25519', {
	passphrase: PASSPHRASE,
	cipher: 'aes256-ctr',
	rounds: 1,
}).private;

const pkcs8 = (type: 'rsa' | 'ec' | 'ed25519', more: object = {}): string => {
	const encoding = {
		privateKeyEncoding: { type: 'pkcs8', format: 'pem', ...more },
		publicKeyEncoding: { type: 'spki', format: 'pem' },
	};
	if (type === 'rsa')
		return generateKeyPairSync('rsa', { modulusLength: 2048, ...encoding } as never)
			.privateKey as never;
	if (type === 'ec')
		return generateKeyPairSync('ec', { namedCurve: 'prime256v1', ...encoding } as never)
			.privateKey as never;
	return generateKeyPairSync('ed25519', encoding as never).privateKey as never;
};
const rsaPkcs8 = pkcs8('rsa');
const pkcs1 = createPrivateKey(rsaPkcs8).export({ type: 'pkcs1', format: 'pem' }).toString();
const pkcs1Encrypted = createPrivateKey(rsaPkcs8)
	.export({ type: 'pkcs1', format: 'pem', cipher: 'aes-128-cbc', passphrase: PASSPHRASE })
	.toString();
const sec1 = createPrivateKey(pkcs8('ec')).export({ type: 'sec1', format: 'pem' }).toString();

interface ParsedKey {
	readonly type: string;
	sign(data: Buffer): Buffer;
	verify(data: Buffer, signature: Buffer): boolean;
}

/** Reads with ssh2, which is what will read it when it connects. */
function usable(pasted: string, passphrase?: string): ParsedKey {
	const read = readPrivateKey(pasted, passphrase);
	const parsed: unknown = ssh2.utils.parseKey(read.key, read.passphrase);
	if (parsed instanceof Error) throw parsed;
	return (Array.isArray(parsed) ? parsed[0] : parsed) as ParsedKey;
}

function failure(
	pasted: string,
	passphrase?: string,
): { code: string; message: string; hint: string } {
	try {
		readPrivateKey(pasted, passphrase);
	} catch (error) {
		return error as never;
	}
	return { code: 'none', message: '', hint: '' };
}

describe('private keys that can be used', () => {
	test.each([
		['OpenSSH ed25519', openSsh, 'ssh-ed25519'],
		['PKCS#1 RSA', pkcs1, 'ssh-rsa'],
		['PKCS#8 RSA', rsaPkcs8, 'ssh-rsa'],
		['PKCS#8 ECDSA', pkcs8('ec'), 'ecdsa-sha2-nistp256'],
		['SEC1 ECDSA', sec1, 'ecdsa-sha2-nistp256'],
		['PKCS#8 ed25519, encoded anew', pkcs8('ed25519'), 'ssh-ed25519'],
	])('%s', (_name, key, type) => {
		const parsed = usable(key);
		expect(parsed.type).toBe(type);
		const data = Buffer.from('to sign');
		expect(parsed.verify(data, parsed.sign(data))).toBe(true);
	});

	test('an ed25519 key encoded anew is the same key', () => {
		const pem = pkcs8('ed25519');
		const { x } = createPrivateKey(pem).export({ format: 'jwk' });
		const parsed = usable(pem) as unknown as { getPublicSSH(): Buffer };
		expect(parsed.getPublicSSH().subarray(-32).toString('base64url')).toBe(x);
	});

	test.each([
		['OpenSSH', openSshEncrypted],
		['PKCS#1', pkcs1Encrypted],
		['PKCS#8', pkcs8('rsa', { cipher: 'aes-256-cbc', passphrase: PASSPHRASE })],
		['PKCS#8 ed25519', pkcs8('ed25519', { cipher: 'aes-256-cbc', passphrase: PASSPHRASE })],
	])('encrypted %s with its passphrase', (_name, key) => {
		expect(() => usable(key, PASSPHRASE)).not.toThrow();
	});

	test.each([
		['CRLF', (key: string) => key.replace(/\n/g, '\r\n')],
		['no last line break', (key: string) => key.trim()],
		['line breaks as spaces', (key: string) => key.trim().replace(/\n/g, ' ')],
		['literal \\n', (key: string) => key.replace(/\n/g, '\\n')],
		['literal \\r\\n', (key: string) => key.replace(/\n/g, '\\r\\n')],
		['indented lines', (key: string) => key.replace(/^/gm, '    ')],
		['blank lines between', (key: string) => key.replace(/\n/g, '\n\n')],
		['quotes around', (key: string) => `"${key.trim()}"`],
		['a byte-order mark', (key: string) => `\ufeff${key}`],
		['non-breaking spaces', (key: string) => key.replace(/\n/g, '\u00a0\n')],
		['zero-width spaces', (key: string) => key.replace(/\n/g, '\u200b\n')],
		['long dashes', (key: string) => key.replace(/-----/g, '\u2014\u2014\u2013')],
		['text before and after', (key: string) => `here it is:\n${key}\nregards`],
	])('pasted with %s', (_name, damage) => {
		for (const key of [openSsh, pkcs1, rsaPkcs8]) expect(() => usable(damage(key))).not.toThrow();
		expect(() => usable(damage(pkcs1Encrypted), PASSPHRASE)).not.toThrow();
	});
});

describe('private keys that cannot be used are named', () => {
	test.each([
		['PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n', 'a PuTTY key (.ppk)', 'PuTTYgen'],
		[
			'---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nAAAA\n---- END SSH2 ENCRYPTED PRIVATE KEY ----',
			'ssh.com',
			'OpenSSH',
		],
		['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 me@here', 'a public key', 'OpenSSH'],
		['-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----', 'a public key', ''],
		['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', 'a certificate', ''],
		['-----BEGIN DSA PRIVATE KEY-----\nAAAA\n-----END DSA PRIVATE KEY-----', 'a DSA key', ''],
		['-----BEGIN PGP PRIVATE KEY BLOCK-----\nAAAA', 'a PGP key', ''],
		[
			'-----BEGIN NEW PRIVATE KEY-----\nAAAA\n-----END NEW PRIVATE KEY-----',
			'"NEW PRIVATE KEY"',
			'',
		],
		['my secret key', 'there is no BEGIN line', ''],
		[
			generateKeyPairSync('x25519', {
				privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
				publicKeyEncoding: { type: 'spki', format: 'pem' },
			}).privateKey,
			'x25519',
			'ed25519',
		],
	])('%#', (pasted, name, hint) => {
		const error = failure(pasted);
		expect(error.code).toBe('DELIVERY_PRIVATE_KEY_FORMAT');
		expect(error.message).toContain(name);
		expect(error.hint).toContain(hint);
	});

	test('a key kept in a security device is named by its type', () => {
		const text = (value: string | Buffer): Buffer => {
			const bytes = Buffer.from(value as string);
			const length = Buffer.alloc(4);
			length.writeUInt32BE(bytes.length);
			return Buffer.concat([length, bytes]);
		};
		const blob = Buffer.concat([
			Buffer.from('openssh-key-v1\0'),
			text('none'),
			text('none'),
			text(''),
			Buffer.from([0, 0, 0, 1]),
			text(Buffer.concat([text('sk-ssh-ed25519@openssh.com'), text('x')])),
			text('secret'),
		]);
		const error = failure(
			`-----BEGIN OPENSSH PRIVATE KEY-----\n${blob.toString('base64')}\n-----END OPENSSH PRIVATE KEY-----`,
		);
		expect(error).toMatchObject({ code: 'DELIVERY_PRIVATE_KEY_FORMAT' });
		expect(error.message).toContain('sk-ssh-ed25519@openssh.com');
	});

	test.each([
		['half a key', openSsh.slice(0, openSsh.length / 2)],
		[
			'a cut body',
			openSsh.replace(/\n[^\n]+\n(-----END)/, '\n$1').replace(/\n[^\n]+\n(-----END)/, '\n$1'),
		],
		['a changed body', pkcs1.replace(/\n.{20}/, '\nAAAAAAAAAAAAAAAAAAAA')],
		['strange characters', openSsh.replace(/\n(.)/, '\n\u00e9')],
	])('damaged: %s', (_name, pasted) => {
		expect(failure(pasted).code).toBe('DELIVERY_PRIVATE_KEY_DAMAGED');
	});

	test.each([
		['OpenSSH', openSshEncrypted],
		['PKCS#1', pkcs1Encrypted],
		['PKCS#8', pkcs8('rsa', { cipher: 'aes-256-cbc', passphrase: PASSPHRASE })],
	])('encrypted %s without its passphrase', (_name, key) => {
		expect(failure(key).code).toBe('DELIVERY_PRIVATE_KEY_PASSPHRASE');
		expect(failure(key, '').code).toBe('DELIVERY_PRIVATE_KEY_PASSPHRASE');
	});

	test('a wrong passphrase', () => {
		expect(failure(pkcs1Encrypted, 'wrong').code).toBe('DELIVERY_PRIVATE_KEY_PASSPHRASE');
	});

	test('no part of a key or passphrase is in any message', () => {
		const body = pkcs1Encrypted.split('\n')[4] ?? '';
		for (const error of [
			failure(pkcs1Encrypted, 'wrong-canary'),
			failure(openSsh.slice(0, 200)),
			failure(`${body}\n${body}`),
		]) {
			const all = `${error.message} ${error.hint} ${JSON.stringify(error)}`;
			expect(all).not.toContain('wrong-canary');
			expect(all).not.toContain(body.slice(0, 20));
		}
	});
});
