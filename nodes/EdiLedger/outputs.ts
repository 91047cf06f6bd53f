import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/** What came of all input items together is linked to all of them. */
export function asOutput(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
): INodeExecutionData[] {
	const pairedItem = context.getInputData().map((_, item) => ({ item }));
	return items.map((item) => ({ pairedItem, ...item }));
}

export function rowItems(rows: readonly object[], outcome = 'found'): INodeExecutionData[] {
	return rows.map((row) => ({ json: { outcome, ...row } as IDataObject }));
}
