import type { IDataObject } from 'n8n-workflow';
import type { LedgerOperation } from '../operation';
import { asOutput } from '../outputs';
import { summarizeRun } from '../runSummary';

export const summarizeOperation: LedgerOperation = {
	name: 'Summarize',
	action: 'Summarize what was sent and refused',
	description:
		'Say in one item what a run sent, refused and left out, grouped by cause: for a page, a mail, or the error of the run',
	outputs: ['All Well', 'Needs a Look'],
	failureOutput: 1,
	properties: [],
	execute: async ({ context, items }) => {
		const { well, ...summary } = summarizeRun(items.map(({ json }) => json));
		const json = { outcome: well ? 'done' : 'look', ...summary } as unknown as IDataObject;
		const output = asOutput(context, [{ json }]);
		return well ? [output, []] : [[], output];
	},
};
