import { createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

import { CoreError } from '../errors';

export interface UsablePrivateKey {
	/** OpenSSH, PKCS#1 or SEC1 text. */
	readonly key: string;
	/** Only where `key` is still encrypted. */
	readonly passphrase?: string;
}

type KeyProblem =
	| 'DELIVERY_PRIVATE_KEY_FORMAT'
	| 'DELIVERY_PRIVATE_KEY_DAMAGED'
	| 'DELIVERY_PRIVATE_KEY_PASSPHRASE';

function keyError(code: KeyProblem, message: string, hint?: string): CoreError {
	return new CoreError(code, message, {
		path: 'privateKey',
		failure: { cause: 'credential-invalid' },
		...(hint === undefined ? {} : { hint }),
	});
}

/** Texts people paste that are not a private key of a usable kind, by what they begin with. */
const OTHER_FORMATS: readonly { pattern: RegExp; name: string; hint?: string }[] = [
	{
		pattern: /^PuTTY-User-Key-File/,
		name: 'a PuTTY key (.ppk)',
		hint: "Open it in PuTTYgen and use 'Conversions', 'Export OpenSSH key'.",
	},
	{ pattern: /BEGIN SSH2 (?:ENCRYPTED )?PRIVATE KEY/, name: 'a key in the format of ssh.com' },
	{ pattern: /BEGIN (?:SSH2 |RSA )?PUBLIC KEY/, name: 'a public key' },
	{ pattern: /^(?:ssh-|ecdsa-|sk-)\S+ AAAA/, name: 'a public key' },
	{ pattern: /BEGIN (?:X509 |TRUSTED )?CERTIFICATE/, name: 'a certificate' },
	{ pattern: /BEGIN DSA PRIVATE KEY/, name: 'a DSA key, which servers no longer accept' },
	{ pattern: /BEGIN PGP/, name: 'a PGP key' },
	{ pattern: /^SHA256:/, name: 'a fingerprint' },
];

/** What pasting does: byte-order marks, CR, literal `\n`, quotes, indents, long dashes. */
function repaired(text: string): string {
	return text
		.replace(/[\ufeff\u200b-\u200d\u2060]/g, '')
		.replace(/\\r/g, '')
		.replace(/\\n/g, '\n')
		.replace(/\r\n?/g, '\n')
		.replace(/[-\u2010-\u2015\u2212]{2,}\s*(BEGIN|END)\b/g, '-----$1')
		.replace(/\b(KEY|FILE|CERTIFICATE)\s*[-\u2010-\u2015\u2212]{2,}/g, '$1-----')
		.trim()
		.replace(/^["']|["']$/g, '')
		.trim();
}

const ARMOUR = /-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/;

function pem(label: string, base64: string, headers: readonly string[] = []): string {
	const lines = base64.match(/.{1,64}/g) ?? [];
	const top = headers.length === 0 ? [] : [...headers, ''];
	return [`-----BEGIN ${label}-----`, ...top, ...lines, `-----END ${label}-----`, ''].join('\n');
}

/** A key that was read, in a form the SSH library takes; ed25519 has only the OpenSSH form. */
function exported(key: KeyObject): string {
	switch (key.asymmetricKeyType) {
		case 'rsa':
			return key.export({ type: 'pkcs1', format: 'pem' }).toString();
		case 'ec':
			return key.export({ type: 'sec1', format: 'pem' }).toString();
		case 'ed25519':
			return openSshEd25519(key);
		default:
			throw keyError(
				'DELIVERY_PRIVATE_KEY_FORMAT',
				`The private key is of the type ${key.asymmetricKeyType ?? 'unknown'}, which SSH does not use`,
				'Use an ed25519, ECDSA or RSA key.',
			);
	}
}

function sshString(value: Buffer | string): Buffer {
	const bytes = Buffer.from(value as string);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(bytes.length);
	return Buffer.concat([length, bytes]);
}

/** openssh-key-v1 (PROTOCOL.key of OpenSSH), unencrypted: it only goes to the library in memory. */
function openSshEd25519(key: KeyObject): string {
	const jwk = key.export({ format: 'jwk' });
	const seed = Buffer.from(jwk.d ?? '', 'base64url');
	const publicKey = Buffer.from(jwk.x ?? '', 'base64url');
	const publicBlob = Buffer.concat([sshString('ssh-ed25519'), sshString(publicKey)]);
	// Two equal check numbers; they only matter when the key is encrypted.
	const check = Buffer.alloc(8);
	const secret = Buffer.concat([
		check,
		publicBlob,
		sshString(Buffer.concat([seed, publicKey])),
		sshString(''),
	]);
	const padding = Buffer.from([1, 2, 3, 4, 5, 6, 7]).subarray(0, (8 - (secret.length % 8)) % 8);
	const one = Buffer.from([0, 0, 0, 1]);
	const whole = Buffer.concat([
		Buffer.from('openssh-key-v1\0', 'latin1'),
		sshString('none'),
		sshString('none'),
		sshString(''),
		one,
		sshString(publicBlob),
		sshString(Buffer.concat([secret, padding])),
	]);
	return pem('OPENSSH PRIVATE KEY', whole.toString('base64'));
}

function nextString(blob: Buffer, at: number): { value: Buffer; next: number } | undefined {
	if (at + 4 > blob.length) return undefined;
	const next = at + 4 + blob.readUInt32BE(at);
	return next > blob.length ? undefined : { value: blob.subarray(at + 4, next), next };
}

const DAMAGED = 'The private key cannot be read: part of the text is missing or was changed.';

/** Looks into an OpenSSH key far enough to say before connecting what is wrong with it. */
function checkOpenSsh(base64: string, passphrase: string | undefined): UsablePrivateKey {
	const blob = Buffer.from(base64, 'base64');
	const magic = 'openssh-key-v1\0';
	const damaged = keyError('DELIVERY_PRIVATE_KEY_DAMAGED', DAMAGED);
	if (blob.subarray(0, magic.length).toString('latin1') !== magic) throw damaged;
	const cipher = nextString(blob, magic.length);
	const kdf = nextString(blob, cipher?.next ?? blob.length);
	const kdfOptions = nextString(blob, kdf?.next ?? blob.length);
	const publicKey = nextString(blob, (kdfOptions?.next ?? blob.length) + 4);
	const secret = nextString(blob, publicKey?.next ?? blob.length);
	if (cipher === undefined || publicKey === undefined || secret === undefined) throw damaged;
	const type = nextString(publicKey.value, 0)?.value.toString('latin1') ?? '';
	if (!/^(?:ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(?:256|384|521))$/.test(type)) {
		throw keyError(
			'DELIVERY_PRIVATE_KEY_FORMAT',
			`The private key is of the type ${/^[a-z0-9@.-]{1,60}$/.test(type) ? type : 'unknown'}, which cannot be used here`,
			'Use an ed25519, ECDSA or RSA key that is kept in the file itself.',
		);
	}
	const key = pem('OPENSSH PRIVATE KEY', base64);
	if (cipher.value.toString('latin1') === 'none') return { key };
	if (passphrase === undefined) {
		throw keyError(
			'DELIVERY_PRIVATE_KEY_PASSPHRASE',
			'The private key is encrypted and the credential has no passphrase',
		);
	}
	return { key, passphrase };
}

function readWithCrypto(text: string, encrypted: boolean, passphrase: string | undefined): string {
	if (encrypted && passphrase === undefined) {
		throw keyError(
			'DELIVERY_PRIVATE_KEY_PASSPHRASE',
			'The private key is encrypted and the credential has no passphrase',
		);
	}
	let key: KeyObject;
	try {
		key = createPrivateKey(encrypted ? { key: text, passphrase: passphrase ?? '' } : text);
	} catch (error) {
		// OpenSSL's text may quote the input, so none of it goes into the message.
		const code = String((error as { code?: unknown }).code);
		if (encrypted && /BAD_DECRYPT|PASSPHRASE|PKCS12|BAD_PASSWORD|ASN1|UNSUPPORTED/i.test(code)) {
			throw keyError(
				'DELIVERY_PRIVATE_KEY_PASSPHRASE',
				'The passphrase does not open the private key, or the key is damaged',
			);
		}
		throw keyError('DELIVERY_PRIVATE_KEY_DAMAGED', DAMAGED);
	}
	return exported(key);
}

function splitLegacyHeaders(body: string): { headers: readonly string[]; base64: string } {
	const dek = /Proc-Type:\s*4,\s*ENCRYPTED\s+DEK-Info:\s*([A-Za-z0-9-]+),\s*([0-9A-Fa-f]+)/.exec(
		body,
	);
	if (dek === null) return { headers: [], base64: body.replace(/\s+/g, '') };
	return {
		headers: ['Proc-Type: 4,ENCRYPTED', `DEK-Info: ${dek[1] ?? ''},${dek[2] ?? ''}`],
		base64: body.slice(dek.index + dek[0].length).replace(/\s+/g, ''),
	};
}

/**
 * Makes a pasted private key usable: mends what pasting breaks, converts PKCS#8, and names the
 * formats that cannot be used. No part of the key is ever in a message.
 */
export function readPrivateKey(pasted: string, passphrase?: string): UsablePrivateKey {
	const text = repaired(pasted);
	const secret = passphrase === undefined || passphrase === '' ? undefined : passphrase;
	const other = OTHER_FORMATS.find(({ pattern }) => pattern.test(text));
	if (other !== undefined) {
		throw keyError(
			'DELIVERY_PRIVATE_KEY_FORMAT',
			`The private key field holds ${other.name}, which cannot be used`,
			other.hint,
		);
	}
	const armour = ARMOUR.exec(text);
	if (armour === null) {
		if (/-----BEGIN|-----END/.test(text)) {
			throw keyError(
				'DELIVERY_PRIVATE_KEY_DAMAGED',
				'The private key has no matching BEGIN and END line, so part of it is missing',
			);
		}
		throw keyError(
			'DELIVERY_PRIVATE_KEY_FORMAT',
			'The private key field does not hold a private key: there is no BEGIN line',
		);
	}
	const [, label = '', body = ''] = armour;
	const { headers, base64 } = splitLegacyHeaders(body);
	if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) {
		throw keyError('DELIVERY_PRIVATE_KEY_DAMAGED', DAMAGED);
	}
	switch (label) {
		case 'OPENSSH PRIVATE KEY':
			return checkOpenSsh(base64, secret);
		case 'RSA PRIVATE KEY':
		case 'EC PRIVATE KEY':
			return { key: readWithCrypto(pem(label, base64, headers), headers.length > 0, secret) };
		case 'PRIVATE KEY':
			return { key: readWithCrypto(pem(label, base64), false, secret) };
		case 'ENCRYPTED PRIVATE KEY':
			return { key: readWithCrypto(pem(label, base64), true, secret) };
		default:
			throw keyError(
				'DELIVERY_PRIVATE_KEY_FORMAT',
				`The private key field holds ${JSON.stringify(label)}, which cannot be used`,
			);
	}
}
