import type { IDataObject } from 'n8n-workflow';
import { checkAll } from '../../../lib/ledger';
import { text } from '../fields';
import type { LedgerOperation } from '../operation';
import { asOutput } from '../outputs';

export const checkOperation: LedgerOperation = {
	name: 'Check',
	action: 'Check the ledger',
	description:
		'Prove that no event, row or kept byte was changed, by the chain of hashes and by what it says',
	properties: [
		text(
			'Head',
			'head',
			'From an earlier digest: shows whether the newest events were cut off. Without it the chain only proves itself.',
			{ placeholder: 'e.g. 1204:9f86d081884c7d65…' },
		),
	],
	execute: async ({ context, ledger }) => {
		const known = (context.getNodeParameter('head', 0, '') as string).trim();
		const signal = context.getExecutionCancelSignal();
		const { done, problems, head } = await checkAll(ledger, {
			...(known === '' ? {} : { head: known }),
			cancelled: () => signal?.aborted === true,
		});
		const outcome = problems.length > 0 ? 'touched' : done ? 'whole' : 'stopped';
		// As a later check takes it.
		const json = { outcome, head: `${head.number}:${head.hash}`, headAt: head.at, problems };
		return [asOutput(context, [{ json: json as unknown as IDataObject }])];
	},
};
