import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { recordAcknowledgment } from '../../../lib/ledger';
import type { ReconciledAnswer } from '../../../lib/ledger';
import { withOutcome } from '../../shared';
import type { LedgerOperation } from '../operation';

export const recordAcknowledgmentOperation: LedgerOperation = {
	name: 'Record Acknowledgment',
	action: 'Record acknowledgments',
	description:
		"Write what partners answered beside the files and documents: connect 'Reconcile' of Ack Generate here",
	properties: [],
	execute: async ({ ledger, actor, items }) => {
		// What Reconcile could not read as an acknowledgment says nothing about a file of ours.
		const answers = items.flatMap(({ json }, itemIndex) =>
			typeof json.acknowledgment === 'string' ? [{ itemIndex, json }] : [],
		);
		const results = await recordAcknowledgment(
			ledger,
			answers.map(({ json }) => json as unknown as ReconciledAnswer),
			actor,
		);
		const recorded = new Map(answers.map(({ itemIndex }, index) => [itemIndex, results[index]]));
		const output = items.map((item, itemIndex): INodeExecutionData => {
			const result = recorded.get(itemIndex);
			if (result === undefined) return { ...item, pairedItem: { item: itemIndex } };
			const more = { ledger: { id: ledger.id, ...result } as unknown as IDataObject };
			const json = withOutcome(item.json, String(item.json.outcome ?? ''), [], more);
			return { ...item, json, pairedItem: { item: itemIndex } };
		});
		return [output];
	},
};
