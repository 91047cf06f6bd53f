import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { EdiEncode } from '../../../nodes/EdiEncode/EdiEncode.node';
import { runNode } from '../../support/runWorkflow';
import type { NodeRun, WorkflowRunOptions } from '../../support/runWorkflow';

export const PARTNER: IDataObject = {
	standard: 'x12',
	partner: 'ACME',
	senderId: 'MYCOMPANY',
	receiverId: 'PARTNER',
};

export const items = (...rows: object[]): INodeExecutionData[] =>
	rows.map((json) => ({ json: json as IDataObject }));

export async function encode(
	rows: readonly object[],
	parameters: IDataObject = {},
	options: WorkflowRunOptions & { onError?: 'continueRegularOutput' } = {},
): Promise<NodeRun & { encoded: INodeExecutionData[]; rejected: INodeExecutionData[] }> {
	const run = await runNode(new EdiEncode(), { ...PARTNER, ...parameters }, items(...rows), {
		executionId: '123',
		...options,
	});
	const [encoded = [], rejected = []] = run.outputs;
	return { ...run, encoded, rejected };
}

export function bytesOf(item: INodeExecutionData | undefined, field = 'data'): Buffer {
	return Buffer.from(item?.binary?.[field]?.data ?? '', 'base64');
}

/** Segments of a file, element by element; the delimiters are where the ISA has them. */
export function segmentsOf(item: INodeExecutionData | undefined): string[][] {
	const text = bytesOf(item).toString('latin1');
	return text
		.split(text[105] ?? '~')
		.filter(Boolean)
		.map((segment) => segment.split(text[3] ?? '*'));
}
