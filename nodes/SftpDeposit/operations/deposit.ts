import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import { DEFAULT_DEPOSIT, depositAll, parseMode } from '../../../lib/delivery';
import type { DepositResult, DepositSettings, OrderedRequest } from '../../../lib/delivery';
import { CoreError, withAdvice } from '../../../lib/errors';
import { failedItem, reasonOf, toNodeError, withOutcome } from '../../shared';
import { LEDGER_CREDENTIAL, noteRun } from '../../shared/ledger';
import { nodeConnection } from '../connection';
import type { NodeConnection } from '../connection';
import { createFolders, folder, optionsWith } from '../fields';
import type { Operation } from '../operation';
import { depositSource } from '../depositSource';
import { isDraft, isFileOfOurs, keepInLedger } from '../keepInLedger';
import type { LedgerKeeping, LedgerOutcome } from '../keepInLedger';
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
		folder:
			text((json.ledger as IDataObject | undefined)?.folder) ||
			textParameter(context, 'folder', itemIndex, 'Folder'),
		source,
		partner: text(json.partner),
		controlNumber:
			typeof json.controlNumber === 'number'
				? String(json.controlNumber)
				: text(json.controlNumber),
		earlierAttempt: context.getNodeParameter('options.earlierAttempt', itemIndex, false) === true,
	};
}

/** What the run says of a file: the server's word, unless the ledger had its own before. */
function outcomeOf(result: DepositResult, kept: LedgerOutcome | undefined): string {
	if (kept?.settledElsewhere !== undefined) return kept.settledElsewhere;
	return kept?.refused === undefined ? result.outcome : 'refused';
}

function depositedItem(
	input: INodeExecutionData,
	itemIndex: number,
	result: DepositResult,
	kept: LedgerOutcome | undefined,
): INodeExecutionData {
	const issues = kept?.settledElsewhere === 'already there' ? [] : result.issues;
	const known = input.json.ledger as IDataObject | undefined;
	return {
		json: withOutcome(input.json, outcomeOf(result, kept), issues, {
			receipt: result.receipt as unknown as IDataObject,
			...(kept === undefined ? {} : { ledger: { ...known, file: kept.file, state: kept.state } }),
		}),
		...(input.binary === undefined ? {} : { binary: input.binary }),
		pairedItem: { item: itemIndex },
	};
}

const PREVIEW_BYTES = 20_000;

/** Of a file that is only shown, the text of its beginning. */
async function previewText(context: IExecuteFunctions, itemIndex: number): Promise<string> {
	const field = context.getNodeParameter('binaryPropertyName', itemIndex) as string;
	const bytes = await context.helpers.getBinaryDataBuffer(itemIndex, field);
	return bytes.subarray(0, PREVIEW_BYTES).toString('latin1');
}

const NUMBERS_NOTED = 200;

const numbersIn = (documents: unknown): string[] =>
	(Array.isArray(documents) ? documents : [])
		.slice(0, NUMBERS_NOTED)
		.map((document: IDataObject) => text(document.number));

/** For the last node of the flow, which tells what the run did. */
function noteFile(context: IExecuteFunctions, { json }: INodeExecutionData, preview = ''): void {
	const ledger = json.ledger as IDataObject | undefined;
	noteRun(context, {
		files: [
			{
				name: text(json.fileName),
				agreement: text(ledger?.agreement) || text(json.partner),
				documents: Number(json.documentCount ?? 0),
				numbers: numbersIn(json.documents),
				outcome: text(json.outcome),
				reason: text(json.reason) || reasonOf((json.issues ?? []) as object[]),
				text: preview,
			},
		],
	});
}

/** One error for the run: what did not arrive, and that running again is safe. */
function runError(results: readonly DepositResult[], total: number): CoreError | undefined {
	const failed = results.filter(({ error }) => error !== undefined);
	const [first] = failed;
	if (first?.error === undefined) return undefined;
	if (total === 1) return first.error;
	return new CoreError(
		first.error.code,
		withAdvice(first.error.message, `${failed.length} of ${total} files were not delivered.`),
		{
			path: first.error.path,
			issues: failed.flatMap(({ issues }) => issues),
			hint: `${first.error.hint} Running again is safe: files that have arrived are recognised and not sent twice.`,
			failure: first.error.failure,
		},
	);
}

/** Undefined where no file of the run is ours, or the node is told to keep none. */
async function ledgerKeeping(
	context: IExecuteFunctions,
	requests: readonly { readonly itemIndex: number; readonly request: OrderedRequest }[],
	{ server, signal, username }: NodeConnection,
): Promise<LedgerKeeping | undefined> {
	if (context.getNodeParameter('keepInLedger', 0, true) !== true) return undefined;
	const chosen = context.getNode().credentials?.[LEDGER_CREDENTIAL] !== undefined;
	const files = requests.flatMap(({ itemIndex, request }) => {
		const json = context.getInputData()[itemIndex]?.json ?? {};
		return isFileOfOurs(json, chosen) ? [{ itemIndex, request, json }] : [];
	});
	if (files.length === 0) return undefined;
	return await keepInLedger(context, files, {
		server: `${server} ${username}`,
		sendAgain: context.getNodeParameter('options.sendAgain', 0, false) === true,
		leaseSeconds: Number(context.getNodeParameter('options.claimSeconds', 0, 600)),
		signal,
	});
}

async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const items = context.getInputData();
	const connection = await nodeConnection(context);
	const settings = depositSettings(context, connection.retry);
	const output: INodeExecutionData[] = [];
	const requests: { readonly itemIndex: number; readonly request: OrderedRequest }[] = [];
	for (const [itemIndex, item] of items.entries()) {
		try {
			if (isDraft(item.json)) {
				output[itemIndex] = {
					...item,
					json: withOutcome(item.json, 'draft', []),
					pairedItem: { item: itemIndex },
				};
				noteFile(context, output[itemIndex], await previewText(context, itemIndex));
				continue;
			}
			requests.push({ itemIndex, request: await requestOf(context, itemIndex) });
		} catch (error) {
			if (!context.continueOnFail()) throw toNodeError(context.getNode(), error, itemIndex);
			output[itemIndex] = failedItem(item, itemIndex, error);
		}
	}
	const keeping = await ledgerKeeping(context, requests, connection);
	const results = await depositAll(
		requests.map(({ request }) => request),
		{
			...connection,
			settings,
			around: keeping?.around,
			inFlight: numberParameter(context, 'options.inFlight', 0, {
				label: 'In Flight',
				fallback: 4,
				least: 1,
			}),
		},
	);
	const kept = requests.map(({ request }) => keeping?.outcomeOf(request));
	const failure = runError(
		results.filter((_, index) => kept[index]?.settledElsewhere === undefined),
		items.length,
	);
	for (const [index, result] of results.entries()) {
		const itemIndex = requests[index]?.itemIndex ?? index;
		output[itemIndex] = depositedItem(
			items[itemIndex] ?? { json: {} },
			itemIndex,
			result,
			kept[index],
		);
		noteFile(context, output[itemIndex]);
	}
	if (failure !== undefined && !context.continueOnFail()) {
		const failedAt = results.findIndex(({ error }) => error !== undefined);
		throw toNodeError(context.getNode(), failure, requests[failedAt]?.itemIndex);
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
	{
		displayName: 'Keep in Ledger',
		name: 'keepInLedger',
		type: 'boolean',
		default: true,
		description:
			'Whether files whose documents were taken with EDI Ledger are recorded with their bytes before they are sent, claimed, and settled. What the partner already has is refused. Other files are deposited as they are.',
	},
];

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

export const depositOperation: Operation = {
	name: 'Deposit',
	action: 'Deposit a file',
	description: 'Deliver each file completely and once, and return a receipt',
	properties: [folder, ...fields, optionsWith(...depositOptions)],
	execute,
};
