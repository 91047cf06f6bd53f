import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { withOutcome } from './fileItem';
import { toIssues, toNodeError } from './nodeError';

/**
 * An item that failed but goes on: n8n would re-route an item that has only `error`, `message` or
 * `details`, so it carries its input's fields, `outcome` and `issues`.
 */
export function failedItem(
	input: INodeExecutionData,
	itemIndex: number,
	error: unknown,
	outcome = 'failed',
): INodeExecutionData {
	return {
		json: withOutcome(input.json, outcome, toIssues(error)),
		...(input.binary === undefined ? {} : { binary: input.binary }),
		pairedItem: { item: itemIndex },
	};
}

/**
 * Runs `work` for every input item and links what it returns to that item. With *On Error* set to
 * continue nothing is thrown: an item that failed leaves with its issues.
 */
export async function forEachItem(
	context: IExecuteFunctions,
	work: (itemIndex: number, item: INodeExecutionData) => Promise<INodeExecutionData[]>,
): Promise<INodeExecutionData[]> {
	const results: INodeExecutionData[] = [];
	for (const [itemIndex, item] of context.getInputData().entries()) {
		try {
			for (const result of await work(itemIndex, item)) {
				results.push({ pairedItem: { item: itemIndex }, ...result });
			}
		} catch (error) {
			if (!context.continueOnFail()) throw toNodeError(context.getNode(), error, itemIndex);
			results.push(failedItem(item, itemIndex, error));
		}
	}
	return results;
}

/**
 * Runs `work` once for all input items, for nodes that make one thing of many. With *On Error* set
 * to continue a failure marks every input item; `failureOutput` says by which output they leave.
 */
export async function forAllItems(
	context: IExecuteFunctions,
	work: () => Promise<INodeExecutionData[][]>,
	failureOutput = 0,
): Promise<INodeExecutionData[][]> {
	try {
		return await work();
	} catch (error) {
		if (!context.continueOnFail()) throw toNodeError(context.getNode(), error);
		const failed = context
			.getInputData()
			.map((item, itemIndex) => failedItem(item, itemIndex, error));
		return [...Array.from({ length: failureOutput }, () => []), failed];
	}
}
