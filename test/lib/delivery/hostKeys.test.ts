import { createHash, createHmac, randomBytes } from 'node:crypto';

import { fingerprintOf, judgeHostKey, parsePinnedHostKeys } from '../../../lib/delivery';
import {
	hostKeyAlgorithms,
	matchesHosts,
	pinnedFingerprints,
} from '../../../lib/delivery/hostKeys';

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

describe('what pins a host key', () => {
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

	test.each([
		['its fingerprint', `@revoked ${fingerprintOf(ed)}`],
		['its fingerprint as ssh-keygen -l prints it', `@revoked 256 ${fingerprintOf(ed)} x (ED25519)`],
		['the key itself', `@revoked ssh-ed25519 ${b64(ed)}`],
	])('@revoked with %s refuses the key and trusts nothing', (_name, line) => {
		expect(verdict([line], ed)).toBe('revoked');
		expect(verdict([`ssh-ed25519 ${b64(ed)}`, line], ed)).toBe('revoked');
		expect(verdict([line], other)).toBe('unknown');
		expect(pinnedFingerprints(parsePinnedHostKeys(line), 'sftp.example.com', 22)).toEqual([]);
	});

	test.each([
		['of GitHub', `${fingerprintOf(ed)} (ED25519)`],
		['of PuTTY', `ssh-ed25519 255 ${fingerprintOf(ed)}`],
		['with its type', `ssh-ed25519 ${fingerprintOf(ed)}`],
		['with tabs', `256\t${fingerprintOf(ed)}\tno comment (ED25519)`],
	])('a fingerprint in the form %s', (_name, line) => {
		expect(verdict([line], ed)).toBe('pinned');
		expect(hostKeyAlgorithms(parsePinnedHostKeys(line), 'h', 22, false)).toEqual(['ssh-ed25519']);
	});

	test('a fingerprint in the comment of a key pins nothing', () => {
		const line = `sftp.example.com ssh-ed25519 ${b64(ed)} before that ${fingerprintOf(other)}`;
		expect(verdict([line], ed)).toBe('pinned');
		expect(verdict([line], other)).toBe('unknown');
		expect(verdict([`ssh-ed25519 ${b64(ed)} ${fingerprintOf(other)}`], other)).toBe('unknown');
	});

	test.each([
		['words around a fingerprint', `the old key was ${fingerprintOf(ed)}`],
		['words behind it', `${fingerprintOf(ed)} do not use`],
		['two in a line', `${fingerprintOf(ed)} ${fingerprintOf(other)}`],
		['a remark behind it', `${fingerprintOf(ed)} # revoked`],
		['hosts before it', `@revoked * ${fingerprintOf(ed)}`],
		['an authority', `@cert-authority ${fingerprintOf(ed)}`],
		['another marker', `@Revoked ${fingerprintOf(ed)}`],
		['a type of no use', `1024 ${fingerprintOf(ed)} x (DSA)`],
		['a type before it that is none', `old ${fingerprintOf(ed)}`],
	])('only whole, understood lines pin: %s is refused', (_name, line) => {
		expect(code(() => parsePinnedHostKeys(line))).toMatch(/^DELIVERY_HOST_KEYS_INVALID: Line 1 /);
	});

	test.each([
		'Tr0ub4dor&3',
		'correct horse battery staple',
		'@Tr0ub4dor',
		'secret word AAAA',
		`secret ${fingerprintOf(ed)}`,
		'secret AAAAC3NzaC1lZDI1NTE5AAAAI word',
		'-----BEGIN OPENSSH PRIVATE KEY-----',
	])('a password that was pasted here is not repeated: %s', (line) => {
		const message = code(() => parsePinnedHostKeys(line));
		expect(message).toMatch(/^DELIVERY_HOST_KEYS_INVALID: Line 1 /);
		const words = line.split(/\s+/).filter((word) => !/^(?:word)$/.test(word));
		for (const word of words) expect(message).not.toContain(word);
	});

	test('several keys at once, for rotation', () => {
		expect(verdict([fingerprintOf(ed), fingerprintOf(other)], ed)).toBe('pinned');
		expect(verdict([fingerprintOf(ed), fingerprintOf(other)], other)).toBe('pinned');
	});

	test.each([
		['an MD5 fingerprint', 'MD5:16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48', 'MD5'],
		['a short fingerprint', 'SHA256:abc', 'not a whole SHA256 fingerprint'],
		['an unknown marker', `@trusted * ssh-ed25519 ${b64(ed)}`, 'a marker that is not @revoked'],
		[
			'a cut key',
			`sftp.example.com ssh-ed25519 ${b64(ed).slice(0, 20)}!`,
			'no complete ssh-ed25519 key',
		],
		[
			'a key that ends early',
			`ssh-ed25519 ${b64(ed.subarray(0, ed.length - 3))}`,
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

describe('which types are offered', () => {
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

	test('nothing pinned for the host: all safe ones, so that the server can show its key', () => {
		for (const lines of [
			[],
			[`other.org ssh-ed25519 ${b64(ed)}`],
			[`@revoked * ssh-ed25519 ${b64(ed)}`],
		]) {
			expect(algorithms(lines)).toEqual(algorithms([fingerprintOf(ed)]));
		}
	});

	test('only a type that cannot be used is refused', () => {
		const dss = keyOf('ssh-dss', 'four');
		expect(code(() => algorithms([`ssh-dss ${b64(dss)}`]))).toMatch(
			/DELIVERY_HOST_KEYS_INVALID.*ssh-dss/,
		);
	});
});
