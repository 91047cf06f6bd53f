import type { IDataObject } from 'n8n-workflow';
import { prune } from '../../../lib/ledger';
import { whole } from '../fields';
import type { LedgerOperation } from '../operation';
import { asOutput } from '../outputs';

export const pruneOperation: LedgerOperation = {
	name: 'Prune',
	action: 'Prune the ledger',
	description:
		'Remove the bytes of old files. Rows, hashes and history stay, and nothing undelivered or unanswered is touched.',
	properties: [
		whole(
			'Keep Production Files (Years)',
			'productionYears',
			7,
			'After the end of the year they were sent in',
			{ typeOptions: { minValue: 1 } },
		),
		whole('Keep Test Files (Days)', 'testDays', 90, 'Since they were sent', {
			typeOptions: { minValue: 1 },
		}),
	],
	execute: async ({ context, ledger, actor }) => {
		const signal = context.getExecutionCancelSignal();
		const pruned = await prune(
			ledger,
			{
				productionYears: Number(context.getNodeParameter('productionYears', 0, 7)),
				testDays: Number(context.getNodeParameter('testDays', 0, 90)),
				cancelled: () => signal?.aborted === true,
			},
			actor,
		);
		return [asOutput(context, [{ json: { outcome: 'pruned', ...pruned } as IDataObject }])];
	},
};
