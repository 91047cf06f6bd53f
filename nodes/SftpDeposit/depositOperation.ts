import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { DEFAULT_DEPOSIT, depositAll, parseMode } from '../../lib/delivery';
import type { DepositResult, DepositSettings, OrderedRequest } from '../../lib/delivery';
import { CoreError } from '../../lib/errors';
import { failedItem, toNodeError } from '../shared';
import { nodeConnection } from './connection';
import { depositSource } from './depositSource';
import { numberParameter, textParameter } from './parameters';

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

export async function depositOperation(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
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
