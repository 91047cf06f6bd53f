import type { INodeProperties } from 'n8n-workflow';

export const forX12 = { show: { standard: ['x12'] } };
export const forEdifact = { show: { standard: ['edifact'] } };

/** Who sends to whom, in which standard: what every builder fills in. */
export const partnerProperties: INodeProperties[] = [
	{
		displayName: 'Standard',
		name: 'standard',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'EDIFACT',
				value: 'edifact',
				description: 'INVOIC, ORDERS and REMADV, for partners in Europe',
				action: 'Encode as EDIFACT',
			},
			{
				name: 'X12',
				value: 'x12',
				description: '810, 850 and 820, for partners in North America and for most gateways',
				action: 'Encode as X12',
			},
		],
		default: 'x12',
	},
	{
		displayName: 'Release',
		name: 'release',
		type: 'options',
		displayOptions: forX12,
		options: [
			{ name: '004010', value: '004010', description: 'What most partners use' },
			{ name: '005010', value: '005010' },
		],
		default: '004010',
		description: 'Release of the standard, as the guideline of the partner says',
	},
	{
		displayName: 'Directory',
		name: 'release',
		type: 'options',
		displayOptions: forEdifact,
		options: [
			{ name: 'D.01B', value: 'D.01B' },
			{ name: 'D.96A', value: 'D.96A', description: 'What most partners use' },
		],
		default: 'D.96A',
		description: 'Directory of the messages, as the guideline of the partner says',
	},
	{
		displayName: 'Document Type',
		name: 'documentType',
		type: 'options',
		options: [
			{
				name: 'Automatic',
				value: 'auto',
				description: 'Each item becomes the set or message for what it is',
			},
			{ name: 'Invoice', value: 'invoice', description: '810 or INVOIC' },
			{ name: 'Purchase Order', value: 'purchaseOrder', description: '850 or ORDERS' },
			{ name: 'Remittance Advice', value: 'remittance', description: '820 or REMADV' },
		],
		default: 'auto',
		description: 'What the items must be; others are rejected',
	},
	{
		displayName: 'Partner',
		name: 'partner',
		type: 'string',
		default: '',
		placeholder: 'e.g. ACME',
		description:
			"Short name for file names, the ledger and messages. Empty: the 'Receiver ID' is used.",
	},
	{
		displayName: 'Sender Qualifier',
		name: 'senderQualifier',
		type: 'string',
		default: '',
		placeholder: 'e.g. ZZ',
		description:
			'Says what kind of ID the sender ID is: X12 ISA05 (ZZ, 01, 08, 12, 14 …, ZZ if empty), EDIFACT UNB 0007 (14 for a GLN)',
	},
	{
		displayName: 'Sender ID',
		name: 'senderId',
		type: 'string',
		default: '',
		placeholder: 'e.g. MYCOMPANY',
		description:
			"Your ID, as agreed with the partner (X12 ISA06, EDIFACT UNB 0004). Behind 'Take New or Changed' leave both IDs empty: the agreement has them.",
	},
	{
		displayName: 'Receiver Qualifier',
		name: 'receiverQualifier',
		type: 'string',
		default: '',
		placeholder: 'e.g. ZZ',
		description: 'Says what kind of ID the receiver ID is (X12 ISA07, EDIFACT UNB 0007)',
	},
	{
		displayName: 'Receiver ID',
		name: 'receiverId',
		type: 'string',
		default: '',
		placeholder: 'e.g. PARTNER',
		description: 'ID of the partner, as the partner gave it (X12 ISA08, EDIFACT UNB 0010)',
	},
	{
		displayName: 'Usage',
		name: 'usage',
		type: 'options',
		options: [
			{
				name: 'Production',
				value: 'production',
				description: 'The partner books what it receives',
			},
			{ name: 'Test', value: 'test', description: 'The partner checks and books nothing' },
		],
		default: 'test',
		description:
			'Usage indicator of the interchange (X12 ISA15, EDIFACT UNB 0035). Stay on Test until the partner has accepted your files.',
	},
];
