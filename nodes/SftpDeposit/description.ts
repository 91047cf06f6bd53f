import type { INodeProperties } from 'n8n-workflow';

const show = (...operation: string[]): Pick<INodeProperties, 'displayOptions'> => ({
	displayOptions: { show: { operation } },
});

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	default: 'deposit',
	options: [
		{
			name: 'Check Connection',
			value: 'checkConnection',
			action: 'Check the connection',
			description: 'Verify host key and login, list the folder, write and remove a probe',
		},
		{
			name: 'Deposit',
			value: 'deposit',
			action: 'Deposit a file',
			description: 'Deliver each file completely and once, and return a receipt',
		},
		{
			name: 'Move',
			value: 'move',
			action: 'Move a file',
			description: 'Move a file on the server, such as to a folder for processed files',
		},
		{
			name: 'Pick Up',
			value: 'pickUp',
			action: 'Pick up files',
			description: 'Download the finished files of a folder and leave them in place',
		},
	],
};

const main: INodeProperties[] = [
	{
		displayName: 'Folder',
		name: 'folder',
		type: 'string',
		default: '/inbound',
		required: true,
		placeholder: 'e.g. /inbound',
		description: 'Folder on the server, from its root',
		...show('deposit', 'pickUp', 'checkConnection'),
	},
	{
		displayName: 'File Name',
		name: 'fileName',
		type: 'string',
		default: '={{ $json.fileName }}',
		description:
			"Name under which the partner finds the file. When empty, the binary data's own name.",
		...show('deposit'),
	},
	{
		displayName: 'Input Binary Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		required: true,
		hint: 'The name of the input binary field that holds the file',
		typeOptions: { binaryDataProperty: true } as never,
		...show('deposit'),
	},
	{
		displayName: 'If File Exists',
		name: 'ifFileExists',
		type: 'options',
		default: 'skipIfIdentical',
		options: [
			{
				name: 'Add Number',
				value: 'number',
				description:
					'Deliver as name-1, name-2 and so on; a file with the same content is not sent again',
			},
			{
				name: 'Fail',
				value: 'fail',
				description: 'Leave the file that is there, whatever its content, and report it',
			},
			{
				name: 'Overwrite',
				value: 'overwrite',
				description:
					'Replace the file in one step; a reader sees the old or the new one, never a part',
			},
			{
				name: 'Skip if Identical',
				value: 'skipIfIdentical',
				description:
					'Count the same content as delivered; report other content and leave it as it is',
			},
		],
		...show('deposit'),
	},
	{
		displayName: 'Keep in Ledger',
		name: 'keepInLedger',
		type: 'boolean',
		default: true,
		description:
			'Whether files whose documents were taken with EDI Ledger are recorded with their bytes before they are sent, claimed, and settled. What the partner already has is refused. Other files are deposited as they are.',
		...show('deposit'),
	},
	{
		displayName: 'Pattern',
		name: 'pattern',
		type: 'string',
		default: '*',
		placeholder: 'e.g. *.edi, 997_*',
		description: 'Names to pick up, with * and ?, separated by commas. Upper and lower case count.',
		...show('pickUp'),
	},
	{
		displayName: 'Path',
		name: 'path',
		type: 'string',
		default: '={{ $json.path }}',
		required: true,
		placeholder: 'e.g. /outbound/997_000123001.edi',
		...show('move'),
	},
	{
		displayName: 'Target Folder',
		name: 'toFolder',
		type: 'string',
		default: '/processed',
		required: true,
		placeholder: 'e.g. /processed',
		...show('move'),
	},
	{
		displayName: 'Write a Probe',
		name: 'writeProbe',
		type: 'boolean',
		default: true,
		description: 'Whether to write, rename and remove a small hidden file in the folder',
		...show('checkConnection'),
	},
];

const connectionOptions: INodeProperties[] = [
	{
		displayName: 'Attempts',
		name: 'attempts',
		type: 'number',
		default: 5,
		typeOptions: { minValue: 1, maxValue: 20 },
		description:
			'How often to try in all when the connection breaks. A refused login or host key is never tried again.',
	},
	{
		displayName: 'Connect Timeout',
		name: 'connectTimeout',
		type: 'number',
		default: 20,
		typeOptions: { minValue: 1 },
		description:
			'Seconds until the connection stands, from the first packet to the open SFTP session',
	},
	{
		displayName: 'Operation Timeout',
		name: 'operationTimeout',
		type: 'number',
		default: 30,
		typeOptions: { minValue: 1 },
		description: 'Seconds the server may take to answer one request',
	},
];

const createFolders: INodeProperties = {
	displayName: 'Create Folders',
	name: 'createFolders',
	type: 'boolean',
	default: false,
	description: 'Whether to create the folder when it is missing',
};

const depositOptions: INodeProperties[] = [
	{
		displayName: 'Claimed For (Seconds)',
		name: 'claimSeconds',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 3600 },
		default: 600,
		description:
			'For so long after the last sign of life of this run no other run touches a file of it. It is renewed while bytes flow.',
	},
	{
		displayName: 'Send Again',
		name: 'sendAgain',
		type: 'boolean',
		default: false,
		description:
			'Whether to send documents that the partner already has once more. The usual way is the replay, which sends the same bytes.',
	},
	{
		displayName: 'Allow Empty Files',
		name: 'allowEmptyFiles',
		type: 'boolean',
		default: false,
		description: 'Whether a file without content is delivered',
	},
	{
		displayName: 'Archive Folder',
		name: 'archiveFolder',
		type: 'string',
		default: '',
		placeholder: 'e.g. /archive',
		description: 'A second copy goes here first, so that the file can be sent again from it',
	},
	{
		displayName: 'Check Declared Hash',
		name: 'checkDeclaredHash',
		type: 'boolean',
		default: true,
		description:
			"Whether the content must have the SHA-256 of the item's field sha256, where it has one. Switch off when the file was changed on purpose after it was encoded.",
	},
	createFolders,
	{
		displayName: 'Done Marker',
		name: 'doneMarker',
		type: 'options',
		default: 'none',
		options: [
			{ name: 'Empty File', value: 'empty' },
			{ name: 'File with SHA-256', value: 'sha256' },
			{ name: 'None', value: 'none' },
		],
		description: 'A second file, written last, that tells the partner that the first is complete',
	},
	{
		displayName: 'Earlier Attempt Unresolved',
		name: 'earlierAttempt',
		type: 'boolean',
		default: false,
		description:
			"Whether an earlier run may have delivered this file already. When it is not on the server, 'When in Doubt' decides.",
	},
	{
		displayName: 'File Permissions',
		name: 'filePermissions',
		type: 'string',
		default: '',
		placeholder: 'e.g. 0640',
		description:
			"Octal permissions of the file. When empty, the server's default, at most 0644. Never writable for everybody.",
	},
	{
		displayName: 'In Flight',
		name: 'inFlight',
		type: 'number',
		default: 4,
		typeOptions: { minValue: 1, maxValue: 8 },
		description:
			'Uploads at once on one connection. Files of one partner still appear in control-number order.',
	},
	{
		displayName: 'Marker Suffix',
		name: 'markerSuffix',
		type: 'string',
		default: '',
		placeholder: 'e.g. .done',
		description: "Added to the file's name. When empty, .done or .sha256.",
	},
	{
		displayName: 'Staging Folder',
		name: 'stagingFolder',
		type: 'string',
		default: '',
		placeholder: 'e.g. /staging',
		description:
			"Where unfinished files stand when 'Temporary Name' is 'Staging Folder'. Must be on the same disk.",
	},
	{
		displayName: 'Sync to Disk',
		name: 'sync',
		type: 'boolean',
		default: true,
		description:
			'Whether the server is asked to bring the content to its disk before the file appears',
	},
	{
		displayName: 'Temporary Name',
		name: 'temporaryName',
		type: 'options',
		default: 'dotPrefix',
		options: [
			{
				name: 'Direct',
				value: 'direct',
				description:
					'None: under the final name at once. For networks that take a file when it is closed, and for servers that forbid to rename or to look.',
			},
			{ name: 'Dot Prefix', value: 'dotPrefix', description: 'Hidden until complete: .name….part' },
			{
				name: 'Staging Folder',
				value: 'stagingFolder',
				description: 'In another folder until complete',
			},
			{
				name: 'Suffix',
				value: 'suffix',
				description: 'Beside the file until complete: name….part',
			},
		],
		description: "How unfinished files are named, so that the partner's pick-up does not take them",
	},
	{
		displayName: 'Temporary Suffix',
		name: 'temporarySuffix',
		type: 'string',
		default: '.part',
		description: 'End of the temporary name',
	},
	{
		displayName: 'Verify',
		name: 'verify',
		type: 'options',
		default: 'size',
		options: [
			{
				name: 'Content',
				value: 'readBack',
				description: 'Read everything back and compare the hash',
			},
			{ name: 'Size', value: 'size', description: 'Compare the size that the server reports' },
		],
		description: 'What is checked before the file appears under its final name',
	},
	{
		displayName: 'When in Doubt',
		name: 'whenInDoubt',
		type: 'options',
		default: 'hold',
		options: [
			{
				name: 'Leave to a Person',
				value: 'hold',
				description: "Report the outcome 'in doubt' and send nothing",
			},
			{
				name: 'Send Again',
				value: 'sendAgain',
				description: 'Send the same bytes and control number again',
			},
		],
		description: 'What to do when the partner may already have taken the file',
	},
];

const pickUpOptions: INodeProperties[] = [
	{
		displayName: 'File Timeout',
		name: 'fileTimeout',
		type: 'number',
		default: 600,
		typeOptions: { minValue: 1 },
		description: 'Seconds until one file must be complete, with all attempts',
	},
	{
		displayName: 'Largest File',
		name: 'largestFile',
		type: 'number',
		default: 100,
		typeOptions: { minValue: 1 },
		description: 'In MiB. Larger files are left, because each is held in memory.',
	},
	{
		displayName: 'Largest Total',
		name: 'largestTotal',
		type: 'number',
		default: 200,
		typeOptions: { minValue: 1 },
		description:
			'In MiB, of all files of one run together. What does not fit waits for the next run.',
	},
	{
		displayName: 'Most Files',
		name: 'maxFiles',
		type: 'number',
		default: 100,
		typeOptions: { minValue: 1 },
		description: 'How many files one run picks up at most',
	},
	{
		displayName: 'Put Output File in Field',
		name: 'outputField',
		type: 'string',
		default: 'data',
		hint: 'The name of the output binary field to put the file in',
	},
	{
		displayName: 'Stable For',
		name: 'stableFor',
		type: 'number',
		default: 2,
		typeOptions: { minValue: 0 },
		description:
			'Seconds between two looks. Only files whose size and time stay the same are taken.',
	},
];

const moveOptions: INodeProperties[] = [
	createFolders,
	{
		displayName: 'If Target Exists',
		name: 'ifTargetExists',
		type: 'options',
		default: 'number',
		options: [
			{ name: 'Add Number', value: 'number' },
			{ name: 'Fail', value: 'fail' },
		],
	},
];

const byName = (a: INodeProperties, b: INodeProperties): number =>
	a.displayName.localeCompare(b.displayName, 'en');

const optionsFor = (name: string, own: INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [...own, ...connectionOptions].sort(byName),
	...show(name),
});

export const properties: INodeProperties[] = [
	operationField(OPERATIONS, 'deposit'),
	...operationProperties(OPERATIONS),
];
