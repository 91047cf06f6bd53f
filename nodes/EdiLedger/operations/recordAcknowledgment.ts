import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { recordAcknowledgment } from '../../../lib/ledger';
import type { ReconciledAnswer } from '../../../lib/ledger';
import { withOutcome } from '../../shared';
import type { LedgerOperation } from '../operation';

/** Items of one acknowledgment file are told apart by their place in it: read again, they are the same. */
function answersOf(items: readonly INodeExecutionData[]): {
	readonly itemIndex: number;
	readonly answer: ReconciledAnswer;
}[] {
	const places = new Map<unknown, number>();
	return items.flatMap(({ json }, itemIndex) => {
		// What Reconcile could not read as an acknowledgment says nothing about a file of ours.
		if (typeof json.acknowledgment !== 'string') return [];
		const position = (places.get(json.sha256) ?? 0) + 1;
		places.set(json.sha256, position);
		const known = typeof json.sha256 === 'string' ? { sha256: json.sha256, position } : {};
		return [{ itemIndex, answer: { ...json, ...known } as unknown as ReconciledAnswer }];
	});
}

export const recordAcknowledgmentOperation: LedgerOperation = {
	name: 'Record Acknowledgment',
	action: 'Record acknowledgments',
	description:
		"Write what partners answered beside the files and documents: connect 'Reconcile' of Ack Generate here",
	properties: [],
	execute: async ({ ledger, actor, items }) => {
		const answers = answersOf(items);
		const results = await recordAcknowledgment(
			ledger,
			answers.map(({ answer }) => answer),
			actor,
		);
		const byItem = new Map(
			results.map((result) => [answers[result.index]?.itemIndex, result] as const),
		);
		const output = items.map((item, itemIndex): INodeExecutionData => {
			const result = byItem.get(itemIndex);
			const pairedItem = { item: itemIndex };
			if (result === undefined) return { ...item, pairedItem };
			const { outcome: recorded, fileId, file, stateBefore, state, documents, note } = result;
			const more = { stateBefore, state, documents, note };
			const facts = { id: ledger.id, recorded, file: fileId, fileName: file, ...more };
			const said = String(item.json.outcome ?? '');
			const json = withOutcome(item.json, said, [], { ledger: facts as IDataObject });
			return { ...item, json, pairedItem };
		});
		return [output];
	},
};
