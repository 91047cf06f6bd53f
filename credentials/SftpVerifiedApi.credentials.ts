import type { ICredentialType, INodeProperties } from 'n8n-workflow';

export class SftpVerifiedApi implements ICredentialType {
	name = 'sftpVerifiedApi';

	displayName = 'SFTP (Verified Host) API';

	icon = {
		light: 'file:../icons/sftpDeposit.svg',
		dark: 'file:../icons/sftpDeposit.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-exact-online-edi/n8n-nodes-exact-online-edi/blob/main/docs/nodes/sftp-deposit.md#credential';

	testedBy = 'sftpConnectionTest';

	properties: INodeProperties[] = [
		{
			displayName: 'Host',
			name: 'host',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. sftp.partner.example',
		},
		{
			displayName: 'Port',
			name: 'port',
			type: 'number',
			default: 22,
			required: true,
			typeOptions: { minValue: 1, maxValue: 65535 },
		},
		{
			displayName: 'User',
			name: 'username',
			type: 'string',
			default: '',
			required: true,
		},
		{
			displayName: 'Pinned Host Keys',
			name: 'hostKeys',
			type: 'string',
			default: '',
			typeOptions: { rows: 4 },
			placeholder: 'e.g. SHA256:VGhpcyBpcyBubyBrZXksIGp1c3QgYW4gZXhhbXBsZS4',
			description:
				'What the server must prove to be, one a line: a SHA256 fingerprint, a public key or a known_hosts line. Ask the partner for it by another way than this connection. Several lines let the partner change its key without a break.',
			hint: 'Empty: save and test, and the test shows what the server presents. Compare it with the partner before you paste it here; without a line nothing is sent.',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Leave empty when the server takes a key alone',
		},
		{
			displayName: 'Private Key',
			name: 'privateKey',
			type: 'string',
			typeOptions: { password: true, rows: 4 },
			default: '',
			description:
				'The whole text of an OpenSSH, PKCS#1 or PKCS#8 key (ed25519, ECDSA or RSA). With a password as well, both are used.',
		},
		{
			displayName: 'Passphrase',
			name: 'passphrase',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Of the private key, where it is encrypted',
		},
		{
			displayName: 'Allow Legacy Algorithms',
			name: 'allowLegacyAlgorithms',
			type: 'boolean',
			default: false,
			description:
				'Whether to accept SHA-1 and CBC algorithms too, for a server that knows nothing newer. The host key is verified all the same.',
		},
	];
}
