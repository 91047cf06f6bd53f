import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { DEFAULT_DEPOSIT, depositAll, parseMode } from '../../lib/delivery';
import type { DepositResult, DepositSettings, OrderedRequest } from '../../lib/delivery';
import { CoreError } from '../../lib/errors';
import { failedItem, reasonOf, toNodeError, withOutcome } from '../shared';
import { LEDGER_CREDENTIAL } from '../shared/ledger';
import { noteRun } from '../shared/runNotes';
import { nodeConnection } from './connection';
import type { NodeConnection } from './connection';
import { depositSource } from './depositSource';
import { numberParameter, textParameter } from './parameters';
import { isDraft, isFileOfOurs, keepInLedger } from './keepInLedger';
import type { LedgerKeeping, LedgerOutcome } from './keepInLedger';

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
	if (kept?.deliveredBefore === true) return 'already there';
	return kept?.refused === undefined ? result.outcome : 'refused';
}

function depositedItem(
	input: INodeExecutionData,
	itemIndex: number,
	result: DepositResult,
	kept: LedgerOutcome | undefined,
): INodeExecutionData {
	const issues = kept?.deliveredBefore === true ? [] : result.issues;
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

/** For the last node of the flow, which tells what the run did. */
function noteFile(context: IExecuteFunctions, { json }: INodeExecutionData, preview = ''): void {
	const ledger = json.ledger as IDataObject | undefined;
	noteRun(context, {
		files: [
			{
				name: text(json.fileName),
				agreement: text(ledger?.agreement) || text(json.partner),
				documents: Number(json.documentCount ?? 0),
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
		`${first.error.message} ${failed.length} of ${total} files were not delivered.`,
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

export async function depositOperation(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
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
		results.filter((_, index) => kept[index]?.deliveredBefore !== true),
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
