import { createHash, createHmac, randomBytes } from 'node:crypto';

import { fingerprintOf, judgeHostKey, parsePinnedHostKeys } from '../../../lib/delivery';
import { hostKeyAlgorithms, matchesHosts } from '../../../lib/delivery/hostKeys';

const text = (value: string | Buffer): Buffer => {
	const bytes = Buffer.from(value as string);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(bytes.length);
	return Buffer.concat([length, bytes]);
};
const keyOf = (type: string, seed: string): Buffer =>
	Buffer.concat([text(type), text(createHash('sha256').update(seed).digest())]);
const ed = keyOf('ssh-ed25519', 'one');
const other = keyOf('ssh-ed25519', 'two');
const rsa = keyOf('ssh-rsa', 'three');
const b64 = (key: Buffer): string => key.toString('base64');

const verdict = (lines: string[], key: Buffer, host = 'sftp.example.com', port = 22): string =>
	judgeHostKey(parsePinnedHostKeys(lines.join('\n')), host, port, key).verdict;

const code = (run: () => unknown): string => {
	try {
		run();
	} catch (error) {
		return `${(error as { code: string }).code}: ${(error as Error).message}`;
	}
	return '';
};

describe('2. what pins a host key', () => {
	test.each([
		['a fingerprint', fingerprintOf(ed)],
		['a fingerprint with base64 padding', `${fingerprintOf(ed)}=`],
		['a line of ssh-keygen -l', `256 ${fingerprintOf(ed)} root@server (ED25519)`],
		['a public key', `ssh-ed25519 ${b64(ed)} a comment`],
		['a known_hosts line', `sftp.example.com ssh-ed25519 ${b64(ed)}`],
		['one of several hosts', `10.0.0.1,SFTP.example.com ssh-ed25519 ${b64(ed)}`],
		['a wildcard', `*.example.com ssh-ed25519 ${b64(ed)}`],
		['a question mark', `sft?.example.com ssh-ed25519 ${b64(ed)}`],
		[
			'a line after comments and blank lines',
			`\n# partner\r\n\nsftp.example.com ssh-ed25519 ${b64(ed)}`,
		],
	])('%s', (_name, line) => {
		expect(verdict([line], ed)).toBe('pinned');
		expect(verdict([line], other)).toBe('unknown');
	});

	test.each([
		['another host', `sftp.example.org ssh-ed25519 ${b64(ed)}`],
		['a wildcard that does not match', `*.example.org ssh-ed25519 ${b64(ed)}`],
		['a dot is not any character', `sftpxexample.com ssh-ed25519 ${b64(ed)}`],
		['a negated host', `*.example.com,!sftp.example.com ssh-ed25519 ${b64(ed)}`],
		['a negated host standing first', `!sftp.*,* ssh-ed25519 ${b64(ed)}`],
		['another port', `[sftp.example.com]:2222 ssh-ed25519 ${b64(ed)}`],
		['a certificate authority', `@cert-authority * ssh-ed25519 ${b64(ed)}`],
	])('not: %s', (_name, line) => {
		expect(verdict([line], ed)).toBe('unknown');
	});

	test('ports: [host]:port on another port; a line without port only where none has it', () => {
		const withPort = `[sftp.example.com]:2222 ssh-ed25519 ${b64(ed)}`;
		const withoutPort = `sftp.example.com ssh-ed25519 ${b64(other)}`;
		expect(verdict([withPort], ed, 'sftp.example.com', 2222)).toBe('pinned');
		expect(verdict([withoutPort], other, 'sftp.example.com', 2222)).toBe('pinned');
		expect(verdict([withPort, withoutPort], other, 'sftp.example.com', 2222)).toBe('unknown');
		expect(verdict([withPort], ed, 'sftp.example.com', 2223)).toBe('unknown');
	});

	test('hashed hosts, with and without port', () => {
		const hashed = (name: string): string => {
			const salt = randomBytes(20);
			return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`;
		};
		expect(verdict([`${hashed('sftp.example.com')} ssh-ed25519 ${b64(ed)}`], ed)).toBe('pinned');
		expect(
			verdict(
				[`${hashed('[sftp.example.com]:2222')} ssh-ed25519 ${b64(ed)}`],
				ed,
				'sftp.example.com',
				2222,
			),
		).toBe('pinned');
		expect(verdict([`${hashed('other.example.com')} ssh-ed25519 ${b64(ed)}`], ed)).toBe('unknown');
		// made by ssh-keygen -H for [127.0.0.1]:20222
		expect(matchesHosts('[127.0.0.1]:20222', '|1|broken')).toBe(false);
	});

	test('a revoked key is refused even when it is pinned as well', () => {
		const lines = [fingerprintOf(ed), `@revoked * ssh-ed25519 ${b64(ed)}`];
		expect(verdict(lines, ed)).toBe('revoked');
		expect(verdict([...lines, fingerprintOf(other)], other)).toBe('pinned');
		expect(verdict([fingerprintOf(ed), `@revoked other.org ssh-ed25519 ${b64(ed)}`], ed)).toBe(
			'pinned',
		);
	});

	test('several keys at once, for rotation', () => {
		expect(verdict([fingerprintOf(ed), fingerprintOf(other)], ed)).toBe('pinned');
		expect(verdict([fingerprintOf(ed), fingerprintOf(other)], other)).toBe('pinned');
	});

	test.each([
		['an MD5 fingerprint', 'MD5:16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48', 'MD5'],
		['a short fingerprint', 'SHA256:abc', 'not a whole SHA256 fingerprint'],
		['an unknown marker', `@trusted * ssh-ed25519 ${b64(ed)}`, 'unknown marker'],
		[
			'a cut key',
			`sftp.example.com ssh-ed25519 ${b64(ed).slice(0, 20)}!`,
			'no complete ssh-ed25519 key',
		],
		['a key of another type', `sftp.example.com ssh-rsa ${b64(ed)}`, 'no complete ssh-rsa key'],
		['words', 'trust me', 'neither a SHA256 fingerprint'],
	])('refuses %s and names the line', (_name, line, problem) => {
		const message = code(() => parsePinnedHostKeys(`# first\n${line}`));
		expect(message).toMatch(/^DELIVERY_HOST_KEYS_INVALID: Line 2 /);
		expect(message).toContain(problem);
	});
});

describe('3. which types are offered', () => {
	const algorithms = (lines: string[], legacy = false) =>
		hostKeyAlgorithms(parsePinnedHostKeys(lines.join('\n')), 'sftp.example.com', 22, legacy);

	test('only the pinned ones, without SHA-1 unless it is asked for', () => {
		expect(algorithms([`ssh-rsa ${b64(rsa)}`])).toEqual(['rsa-sha2-512', 'rsa-sha2-256']);
		expect(algorithms([`ssh-rsa ${b64(rsa)}`], true)).toEqual([
			'rsa-sha2-512',
			'rsa-sha2-256',
			'ssh-rsa',
		]);
		expect(algorithms([`3072 ${fingerprintOf(rsa)} x (RSA)`])).toEqual([
			'rsa-sha2-512',
			'rsa-sha2-256',
		]);
		expect(algorithms([`ssh-rsa ${fingerprintOf(rsa)}`])).toEqual(['rsa-sha2-512', 'rsa-sha2-256']);
		expect(algorithms([`ssh-ed25519 ${b64(ed)}`])).toEqual(['ssh-ed25519']);
	});

	test('all safe ones for a fingerprint that does not say its type', () => {
		expect(algorithms([fingerprintOf(ed)])).toEqual([
			'ssh-ed25519',
			'ecdsa-sha2-nistp256',
			'ecdsa-sha2-nistp384',
			'ecdsa-sha2-nistp521',
			'rsa-sha2-512',
			'rsa-sha2-256',
		]);
	});

	test('nothing pinned for the host, or only a type that cannot be used, is refused', () => {
		expect(code(() => algorithms([]))).toContain('DELIVERY_HOST_KEYS_MISSING');
		expect(code(() => algorithms([`other.org ssh-ed25519 ${b64(ed)}`]))).toContain(
			'DELIVERY_HOST_KEYS_MISSING',
		);
		expect(code(() => algorithms([`@revoked * ssh-ed25519 ${b64(ed)}`]))).toContain(
			'DELIVERY_HOST_KEYS_MISSING',
		);
		const dss = keyOf('ssh-dss', 'four');
		expect(code(() => algorithms([`ssh-dss ${b64(dss)}`]))).toMatch(
			/DELIVERY_HOST_KEYS_INVALID.*ssh-dss/,
		);
	});
});
