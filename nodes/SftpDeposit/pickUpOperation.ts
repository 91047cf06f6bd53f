import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { pickUp } from '../../lib/delivery';
import { forEachItem, toIssues, writeBinaryFile } from '../shared';
import { nodeConnection } from './connection';

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

export async function pickUpOperation(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const connection = await nodeConnection(context);
	return await forEachItem(context, async (itemIndex) => {
		const option = (name: string, fallback: number): number =>
			Number(context.getNodeParameter(`options.${name}`, itemIndex, fallback));
		const result = await pickUp(
			{
				folder: context.getNodeParameter('folder', itemIndex) as string,
				pattern: context.getNodeParameter('pattern', itemIndex, '*') as string,
				stableForMs: option('stableFor', 2) * 1000,
				maxFiles: option('maxFiles', 100),
				maxBytes: option('largestFile', 100) * MEBIBYTE,
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
		return output;
	});
}
