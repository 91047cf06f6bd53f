import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { pickUp } from '../../../lib/delivery';
import { forEachItem, toIssues, writeBinaryFile } from '../../shared';
import { nodeConnection } from '../connection';
import { folder, optionsWith } from '../fields';
import type { Operation } from '../operation';
import { numberParameter, textParameter } from '../parameters';

const MEBIBYTE = 1_048_576;

/** EDI by its first letters, so that later nodes and the editor know what it is. */
function mimeTypeOf(content: Buffer): string {
	const start = content
		.subarray(0, 200)
		.toString('latin1')
		.replace(/^\xef\xbb\xbf/, '')
		.trimStart();
	if (start.startsWith('ISA')) return 'application/edi-x12';
	if (start.startsWith('UNA') || start.startsWith('UNB')) return 'application/edifact';
	return 'application/octet-stream';
}

async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const connection = await nodeConnection(context);
	return await forEachItem(context, async (itemIndex) => {
		const number = (name: string, label: string, fallback: number, least = 1): number =>
			numberParameter(context, `options.${name}`, itemIndex, { label, fallback, least });
		const result = await pickUp(
			{
				folder: textParameter(context, 'folder', itemIndex, 'Folder'),
				pattern: textParameter(context, 'pattern', itemIndex, 'Pattern'),
				stableForMs: number('stableFor', 'Stable For', 2, 0) * 1000,
				maxFiles: number('maxFiles', 'Most Files', 100),
				maxBytes: number('largestFile', 'Largest File', 100) * MEBIBYTE,
				maxTotalBytes: number('largestTotal', 'Largest Total', 200) * MEBIBYTE,
				fileTimeoutMs: number('fileTimeout', 'File Timeout', 600) * 1000,
			},
			connection,
		);
		const field = context.getNodeParameter('options.outputField', itemIndex, 'data') as string;
		const output: INodeExecutionData[] = [];
		for (const { content, ...facts } of result.files) {
			output.push({
				json: { outcome: 'picked up', ...facts, hostKeyFingerprint: result.hostKeyFingerprint },
				binary: {
					[field]: await writeBinaryFile(context, content, facts.fileName, mimeTypeOf(content)),
				},
			});
		}
		for (const { path, error } of result.left) {
			output.push({ json: { outcome: 'left', path, issues: toIssues(error) as never } });
		}
		if (result.waiting > 0) {
			context.addExecutionHints({
				message: `${result.waiting} more files are in the folder. They are for the next run: this one has as many ('Most Files') or as much ('Largest Total') as it may take.`,
				location: 'outputPane',
			});
		}
		return output;
	});
}

const pattern: INodeProperties = {
	displayName: 'Pattern',
	name: 'pattern',
	type: 'string',
	default: '*',
	placeholder: 'e.g. *.edi, 997_*',
	description: 'Names to pick up, with * and ?, separated by commas. Upper and lower case count.',
};

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

export const pickUpOperation: Operation = {
	name: 'Pick Up',
	action: 'Pick up files',
	description: 'Download the finished files of a folder and leave them in place',
	properties: [folder, pattern, optionsWith(...pickUpOptions)],
	execute,
};
