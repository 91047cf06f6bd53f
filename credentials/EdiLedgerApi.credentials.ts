import type { ICredentialType, INodeProperties } from 'n8n-workflow';

const inPostgres = { displayOptions: { show: { store: ['postgres'] } } };

export class EdiLedgerApi implements ICredentialType {
	name = 'ediLedgerApi';

	displayName = 'EDI Ledger API';

	icon = {
		light: 'file:../icons/ediLedger.svg',
		dark: 'file:../icons/ediLedger.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-exact-online-edi/n8n-nodes-exact-online-edi/blob/main/docs/nodes/edi-ledger.md#credential';

	testedBy = 'ediLedgerTest';

	properties: INodeProperties[] = [
		{
			displayName: 'Store',
			name: 'store',
			type: 'options',
			options: [
				{
					name: 'Embedded',
					value: 'embedded',
					description: "A file in n8n's folder, nothing to set up. Not for queue mode.",
				},
				{
					name: 'PostgreSQL',
					value: 'postgres',
					description: 'A schema of its own in your database, for queue mode and for many users',
				},
			],
			default: 'embedded',
		},
		{
			displayName: 'Ledger Name',
			name: 'name',
			type: 'string',
			default: 'ledger',
			required: true,
			placeholder: 'e.g. purchasing',
			description: 'One ledger keeps everything that must not be sent twice',
		},
		{
			displayName: 'Access Key',
			name: 'secretKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Chosen by you when the ledger is made. With a key, only workflows that may use this credential can open the ledger. Without one, everyone who may build workflows here can read it.',
		},
		{
			displayName: 'Host',
			name: 'host',
			type: 'string',
			default: 'localhost',
			required: true,
			...inPostgres,
		},
		{
			displayName: 'Port',
			name: 'port',
			type: 'number',
			default: 5432,
			required: true,
			typeOptions: { minValue: 1, maxValue: 65535 },
			...inPostgres,
		},
		{
			displayName: 'Database',
			name: 'database',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. n8n',
			...inPostgres,
		},
		{
			displayName: 'User',
			name: 'user',
			type: 'string',
			default: '',
			required: true,
			...inPostgres,
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			...inPostgres,
		},
		{
			displayName: 'Schema',
			name: 'schema',
			type: 'string',
			default: 'exact_edi',
			description: 'Made on first use. Another ledger in the same database needs another schema.',
			...inPostgres,
		},
		{
			displayName: 'TLS',
			name: 'tls',
			type: 'options',
			options: [
				{ name: 'Off', value: 'off', description: 'On the same machine or a network you trust' },
				{
					name: 'Unverified',
					value: 'unverified',
					description: 'Encrypted, but anyone may pretend to be the server',
				},
				{
					name: 'Verified',
					value: 'verified',
					description: 'Encrypted, and the server proves who it is',
				},
			],
			default: 'verified',
			...inPostgres,
		},
		{
			displayName: 'CA Certificate',
			name: 'ca',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			placeholder: 'e.g. -----BEGIN CERTIFICATE-----',
			description: 'Where the certificate of the server is not from a public authority',
			displayOptions: { show: { store: ['postgres'], tls: ['verified'] } },
		},
	];
}
