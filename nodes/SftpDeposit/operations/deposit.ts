import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { DEFAULT_DEPOSIT, depositAll, parseMode } from '../../../lib/delivery';
import type { DepositResult, DepositSettings, OrderedRequest } from '../../../lib/delivery';
import { CoreError } from '../../../lib/errors';
import { failedItem, toNodeError } from '../../shared';
import { nodeConnection } from '../connection';
import { createFolders, folder, optionsWith } from '../fields';
import type { Operation } from '../operation';
import { depositSource } from '../depositSource';
import { numberParameter, textParameter } from '../parameters';

type Options = IDataObject;

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** Settings that hold for the whole run are read from the first item. */
function depositSettings(
	context: IExecuteFunctions,
	retry: DepositSettings['retry'],
): DepositSettings {
	const options = context.getNodeParameter('options', 0, {}) as Options;
	const marker = text(options.doneMarker);
	const archive = text(options.archiveFolder);
	return {
		...DEFAULT_DEPOSIT,
		// Every request brings its own.
		folder: '/',
		conflict: context.getNodeParameter('ifFileExists', 0) as DepositSettings['conflict'],
		temporary: {
			style: (options.temporaryName ?? 'dotPrefix') as DepositSettings['temporary']['style'],
			stagingFolder: text(options.stagingFolder),
			suffix: text(options.temporarySuffix) || DEFAULT_DEPOSIT.temporary.suffix,
		},
		verify: (options.verify ?? 'size') as DepositSettings['verify'],
		sync: options.sync !== false,
		mode: parseMode(text(options.filePermissions)),
		createFolders: options.createFolders === true,
		allowEmpty: options.allowEmptyFiles === true,
		marker:
			marker === '' || marker === 'none'
				? undefined
				: {
						content: marker as 'empty' | 'sha256',
						suffix: text(options.markerSuffix) || (marker === 'sha256' ? '.sha256' : '.done'),
					},
		archiveFolder: archive === '' ? undefined : archive,
		whenInDoubt: (options.whenInDoubt ?? 'hold') as DepositSettings['whenInDoubt'],
		retry,
	};
}

async function requestOf(context: IExecuteFunctions, itemIndex: number): Promise<OrderedRequest> {
	const field = context.getNodeParameter('binaryPropertyName', itemIndex) as string;
	const { source, fileName } = await depositSource(context, itemIndex, field);
	const json = context.getInputData()[itemIndex]?.json ?? {};
	const name = textParameter(context, 'fileName', itemIndex, 'File Name');
	return {
		fileName: name === '' ? (fileName ?? '') : name,
		folder: textParameter(context, 'folder', itemIndex, 'Folder'),
		source,
		partner: text(json.partner),
		controlNumber:
			typeof json.controlNumber === 'number'
				? String(json.controlNumber)
				: text(json.controlNumber),
		earlierAttempt: context.getNodeParameter('options.earlierAttempt', itemIndex, false) === true,
	};
}

function depositedItem(
	input: INodeExecutionData,
	itemIndex: number,
	result: DepositResult,
): INodeExecutionData {
	return {
		json: {
			...input.json,
			outcome: result.outcome,
			receipt: result.receipt as unknown as IDataObject,
			issues: result.issues as unknown as IDataObject[],
		},
		...(input.binary === undefined ? {} : { binary: input.binary }),
		pairedItem: { item: itemIndex },
	};
}

/** One error for the run: what did not arrive, and that running again is safe. */
function runError(results: readonly DepositResult[], total: number): CoreError | undefined {
	const failed = results.filter(({ error }) => error !== undefined);
	const [first] = failed;
	if (first?.error === undefined) return undefined;
	if (total === 1) return first.error;
	return new CoreError(
		first.error.code,
		`${first.error.message} ${failed.length} of ${total} files were not delivered.`,
		{
			path: first.error.path,
			issues: failed.flatMap(({ issues }) => issues),
			hint: `${first.error.hint} Running again is safe: files that have arrived are recognised and not sent twice.`,
			failure: first.error.failure,
		},
	);
}

async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const items = context.getInputData();
	const connection = await nodeConnection(context);
	const settings = depositSettings(context, connection.retry);
	const output: INodeExecutionData[] = [];
	const requests: { readonly itemIndex: number; readonly request: OrderedRequest }[] = [];
	for (const [itemIndex, item] of items.entries()) {
		try {
			requests.push({ itemIndex, request: await requestOf(context, itemIndex) });
		} catch (error) {
			if (!context.continueOnFail()) throw toNodeError(context.getNode(), error, itemIndex);
			output[itemIndex] = failedItem(item, itemIndex, error);
		}
	}
	const results = await depositAll(
		requests.map(({ request }) => request),
		{
			...connection,
			settings,
			inFlight: numberParameter(context, 'options.inFlight', 0, {
				label: 'In Flight',
				fallback: 4,
				least: 1,
			}),
		},
	);
	const failure = runError(results, items.length);
	if (failure !== undefined && !context.continueOnFail()) {
		const failedAt = results.findIndex(({ error }) => error !== undefined);
		throw toNodeError(context.getNode(), failure, requests[failedAt]?.itemIndex);
	}
	for (const [index, result] of results.entries()) {
		const itemIndex = requests[index]?.itemIndex ?? index;
		const input = items[itemIndex] ?? { json: {} };
		output[itemIndex] = depositedItem(input, itemIndex, result);
	}
	return output;
}

const fields: INodeProperties[] = [
	{
		displayName: 'File Name',
		name: 'fileName',
		type: 'string',
		default: '={{ $json.fileName }}',
		description:
			"Name under which the partner finds the file. When empty, the binary data's own name.",
	},
	{
		displayName: 'Input Binary Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		required: true,
		hint: 'The name of the input binary field that holds the file',
		typeOptions: { binaryDataProperty: true } as never,
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
	},
];

const depositOptions: INodeProperties[] = [
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

export const depositOperation: Operation = {
	name: 'Deposit',
	action: 'Deposit a file',
	description: 'Deliver each file completely and once, and return a receipt',
	properties: [folder, ...fields, optionsWith(...depositOptions)],
	execute,
};
