import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

import { CoreError } from '../errors';
import { matchesGlob } from './glob';

/** One usable line of what the builder pasted. */
type PinnedLine =
	| {
			readonly kind: 'fingerprint';
			readonly revoked: boolean;
			readonly sha256: string;
			readonly types: readonly string[];
	  }
	| {
			readonly kind: 'key';
			readonly revoked: boolean;
			readonly type: string;
			readonly blob: string;
	  }
	| {
			readonly kind: 'knownHost';
			readonly marker: '' | '@revoked' | '@cert-authority';
			readonly hosts: string;
			readonly type: string;
			readonly blob: string;
	  };

export type PinnedHostKeys = readonly PinnedLine[];

export interface HostKeyVerdict {
	readonly verdict: 'pinned' | 'unknown' | 'revoked';
	readonly type: string;
	readonly fingerprint: string;
}

/** Signature algorithms by key type. `ssh-rsa` itself signs with SHA-1 and is legacy. */
const SIGNATURE_ALGORITHMS: Readonly<Record<string, readonly string[]>> = {
	'ssh-ed25519': ['ssh-ed25519'],
	'ecdsa-sha2-nistp256': ['ecdsa-sha2-nistp256'],
	'ecdsa-sha2-nistp384': ['ecdsa-sha2-nistp384'],
	'ecdsa-sha2-nistp521': ['ecdsa-sha2-nistp521'],
	'ssh-rsa': ['rsa-sha2-512', 'rsa-sha2-256'],
};
const ALL_TYPES = Object.keys(SIGNATURE_ALGORITHMS);

/** The names `ssh-keygen -l` writes in brackets after a fingerprint. */
const TYPES_BY_SHORT_NAME: Readonly<Record<string, readonly string[]>> = {
	ED25519: ['ssh-ed25519'],
	ECDSA: ['ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521'],
	RSA: ['ssh-rsa'],
};

export function fingerprintOf(key: Buffer): string {
	return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

/** The first string of a key blob names its type (RFC 4253, section 6.6). */
export function keyTypeOf(key: Buffer): string {
	if (key.length < 4) return '';
	return key.subarray(4, 4 + key.readUInt32BE(0)).toString('latin1');
}

/** By number only: what stands in the line may be a password that was pasted into the wrong field. */
function invalidLine(number: number, problem: string): CoreError {
	return new CoreError(
		'DELIVERY_HOST_KEYS_INVALID',
		`Line ${number} of the pinned host keys ${problem}`,
		{ path: 'hostKeys' },
	);
}

const NOT_UNDERSTOOD =
	'is neither a SHA256 fingerprint, nor a public key, nor a known_hosts line. A remark needs a line of its own that begins with #';

/** A key blob is a row of strings, each with its length before it (RFC 4251, section 5). */
function isWholeBlob(blob: Buffer): boolean {
	let at = 0;
	let strings = 0;
	while (at + 4 <= blob.length) {
		at += 4 + blob.readUInt32BE(at);
		strings += 1;
	}
	return at === blob.length && strings >= 2;
}

function checkedKey(type: string, base64: string, number: number): string {
	const blob = Buffer.from(base64, 'base64');
	const wellFormed = /^[A-Za-z0-9+/]+={0,2}$/.test(base64) && keyTypeOf(blob) === type;
	if (wellFormed && isWholeBlob(blob)) return blob.toString('base64');
	throw invalidLine(
		number,
		KEY_TYPE.test(type) ? `holds no complete ${type} key` : NOT_UNDERSTOOD,
	);
}

/** What a key type may be called; any other word is not repeated in a message. */
const KEY_TYPE = /^(?:(?:sk-)?(?:ssh|ecdsa-sha2)-[a-z0-9]+)(?:@openssh\.com)?$/;

/**
 * Alone; with its type before it, as PuTTY shows it; with `(TYPE)` behind it, as partners publish
 * it; or the whole line of `ssh-keygen -l`, whose comment may be anything.
 */
const FINGERPRINTS: readonly RegExp[] = [
	/^(?:(?<type>[a-z0-9@.-]+) )?(?:\d{2,5} )?SHA256:(?<sha256>[A-Za-z0-9+/]{43})=?(?: \((?<short>[A-Z0-9-]+)\))?$/,
	/^\d{2,5} SHA256:(?<sha256>[A-Za-z0-9+/]{43})=? .+ \((?<short>[A-Z0-9-]+)\)$/,
];

function parseFingerprint(
	line: string,
	number: number,
): { readonly sha256: string; readonly types: readonly string[] } | undefined {
	for (const form of FINGERPRINTS) {
		const { sha256, type, short } = form.exec(line)?.groups ?? {};
		if (sha256 === undefined) continue;
		const byType = type === undefined ? [] : ALL_TYPES.filter((known) => known === type);
		const byName = short === undefined ? [] : (TYPES_BY_SHORT_NAME[short] ?? []);
		const named = [type, short].filter((word) => word !== undefined).length;
		const types = type === undefined ? byName : byType;
		if (named > 0 && types.length === 0) {
			throw invalidLine(number, 'names a key type that cannot be used');
		}
		return { sha256, types };
	}
	if (/(?:^|\s)(?:MD5:)?(?:[0-9a-f]{2}:){15}[0-9a-f]{2}(?=\s|$)/i.test(line)) {
		throw invalidLine(number, 'is an MD5 fingerprint, which can be forged; ask for SHA256');
	}
	if (/^SHA256:\S*$/.test(line)) throw invalidLine(number, 'is not a whole SHA256 fingerprint');
	return undefined;
}

/** A line counts only when all of it is understood. */
function parseLine(line: string, number: number): PinnedLine {
	const words = line.split(/\s+/);
	const marker = words[0]?.startsWith('@') === true ? words.shift() : '';
	if (marker !== '' && marker !== '@revoked' && marker !== '@cert-authority') {
		throw invalidLine(number, 'begins with a marker that is not @revoked or @cert-authority');
	}
	const revoked = marker === '@revoked';
	const fingerprint = parseFingerprint(words.join(' '), number);
	if (fingerprint !== undefined && marker !== '@cert-authority') {
		return { kind: 'fingerprint', revoked, ...fingerprint };
	}
	const [first = '', second = '', third] = words;
	const isKey = KEY_TYPE.test(first) && keyTypeOf(Buffer.from(second, 'base64')) === first;
	if (isKey && marker !== '@cert-authority') {
		return { kind: 'key', revoked, type: first, blob: checkedKey(first, second, number) };
	}
	if (third === undefined) throw invalidLine(number, NOT_UNDERSTOOD);
	return {
		kind: 'knownHost',
		marker,
		hosts: first,
		type: second,
		blob: checkedKey(second, third, number),
	};
}

/** Reads fingerprints, public keys and known_hosts lines, one a line; `#` begins a comment line. */
export function parsePinnedHostKeys(text: string): PinnedHostKeys {
	const lines: PinnedLine[] = [];
	for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
		const line = raw.replace(/[\ufeff\u200b]/g, '').trim();
		if (line !== '' && !line.startsWith('#')) lines.push(parseLine(line, index + 1));
	}
	return lines;
}

function matchesHashed(name: string, hashed: string): boolean {
	const [, , salt = '', hash = ''] = hashed.split('|');
	const expected = Buffer.from(hash, 'base64');
	const actual = createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest();
	return expected.length === actual.length && timingSafeEqual(expected, actual);
}

/** The host field of a known_hosts line: a negated pattern that matches refuses the whole line. */
export function matchesHosts(name: string, hosts: string): boolean {
	const lowered = name.toLowerCase();
	if (hosts.startsWith('|1|')) return matchesHashed(lowered, hosts);
	let matched = false;
	for (const pattern of hosts.toLowerCase().split(',')) {
		if (pattern.startsWith('!')) {
			if (matchesGlob(lowered, pattern.slice(1))) return false;
		} else if (pattern !== '' && matchesGlob(lowered, pattern)) {
			matched = true;
		}
	}
	return matched;
}

type KnownHost = Extract<PinnedLine, { kind: 'knownHost' }>;

function knownHosts(pinned: PinnedHostKeys, name: string): readonly KnownHost[] {
	return pinned.filter(
		(line): line is KnownHost => line.kind === 'knownHost' && matchesHosts(name, line.hosts),
	);
}

/**
 * The lines for one server. On another port than 22 known_hosts has `[host]:port`; as ssh does, a
 * line without a port counts only where no line has the port.
 */
function linesFor(pinned: PinnedHostKeys, host: string, port: number) {
	const withPort = port === 22 ? [] : knownHosts(pinned, `[${host}]:${port}`);
	const withoutPort = knownHosts(pinned, host);
	const plain = (lines: readonly KnownHost[]): readonly KnownHost[] =>
		lines.filter((line) => line.marker === '');
	const known = plain(withPort).length > 0 ? plain(withPort) : plain(withoutPort);
	const direct = pinned.filter((line) => line.kind !== 'knownHost');
	return {
		revoked: [
			...direct.filter((line) => line.revoked),
			...[...withPort, ...withoutPort].filter((line) => line.marker === '@revoked'),
		],
		trusted: [...direct.filter((line) => !line.revoked), ...known],
	};
}

function shows(line: PinnedLine, blob: string, fingerprint: string): boolean {
	return line.kind === 'fingerprint'
		? `SHA256:${line.sha256}` === fingerprint
		: line.blob === blob;
}

/** The pinned keys as text for a message: fingerprints, never whole keys. */
export function pinnedFingerprints(
	pinned: PinnedHostKeys,
	host: string,
	port: number,
): readonly string[] {
	const { trusted } = linesFor(pinned, host, port);
	const texts = trusted.map((line) =>
		line.kind === 'fingerprint'
			? `SHA256:${line.sha256}`
			: `${fingerprintOf(Buffer.from(line.blob, 'base64'))} (${line.type})`,
	);
	return [...new Set(texts)];
}

/**
 * The algorithms to offer: only types that are pinned, because a server that has several keys shows
 * the first one both sides know. A fingerprint without its type leaves all types open.
 */
export function hostKeyAlgorithms(
	pinned: PinnedHostKeys,
	host: string,
	port: number,
	allowLegacy: boolean,
): readonly string[] {
	const { trusted } = linesFor(pinned, host, port);
	// Nothing pinned: the server is asked for its key, so that it can be shown. It is not trusted.
	const types = new Set<string>(trusted.length === 0 ? ALL_TYPES : []);
	for (const line of trusted) {
		const named = line.kind === 'fingerprint' ? line.types : [line.type];
		for (const type of named.length === 0 ? ALL_TYPES : named) types.add(type);
	}
	// ALL_TYPES also gives the order of preference.
	const algorithms = ALL_TYPES.filter((type) => types.has(type)).flatMap(
		(type) => SIGNATURE_ALGORITHMS[type] ?? [],
	);
	if (algorithms.length === 0) {
		throw new CoreError(
			'DELIVERY_HOST_KEYS_INVALID',
			`The host keys pinned for ${host}:${port} are of the type ${[...types].join(', ')}, which cannot be used. Pin an ed25519, ECDSA or RSA key.`,
			{ path: 'hostKeys' },
		);
	}
	return allowLegacy && types.has('ssh-rsa') ? [...algorithms, 'ssh-rsa'] : algorithms;
}

/** Compares the key a server shows with the pinned ones. A revoked key is refused even when pinned. */
export function judgeHostKey(
	pinned: PinnedHostKeys,
	host: string,
	port: number,
	presented: Buffer,
): HostKeyVerdict {
	const { revoked, trusted } = linesFor(pinned, host, port);
	const blob = presented.toString('base64');
	const fingerprint = fingerprintOf(presented);
	const type = keyTypeOf(presented);
	const among = (lines: readonly PinnedLine[]): boolean =>
		lines.some((line) => shows(line, blob, fingerprint));
	if (among(revoked)) return { verdict: 'revoked', type, fingerprint };
	return { verdict: among(trusted) ? 'pinned' : 'unknown', type, fingerprint };
}

/** The refusal a person has to act on. */
export function hostKeyError(
	verdict: HostKeyVerdict,
	pinned: PinnedHostKeys,
	host: string,
	port: number,
): CoreError {
	const shown = `${verdict.fingerprint} (${verdict.type})`;
	if (verdict.verdict === 'revoked') {
		return new CoreError(
			'DELIVERY_HOST_KEY_REVOKED',
			`The server ${host}:${port} shows the host key ${shown}, which is marked @revoked`,
			{ path: 'hostKeys', failure: { cause: 'configuration-invalid' } },
		);
	}
	const expected = pinnedFingerprints(pinned, host, port).join(', ');
	if (expected === '') {
		return new CoreError(
			'DELIVERY_HOST_KEYS_MISSING',
			`No host key is pinned for ${host}:${port}. The server shows ${shown}. No password or key was sent.`,
			{ path: 'hostKeys', failure: { cause: 'credential-invalid' } },
		);
	}
	return new CoreError(
		'DELIVERY_HOST_KEY_UNKNOWN',
		`The server ${host}:${port} shows the host key ${shown}; pinned is ${expected}. No password or key was sent.`,
		{ path: 'hostKeys', failure: { cause: 'configuration-invalid' } },
	);
}
