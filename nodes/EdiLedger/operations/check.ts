import type { IDataObject } from 'n8n-workflow';
import { check } from '../../../lib/ledger';
import { text } from '../fields';
import type { LedgerOperation } from '../operation';
import { asOutput } from '../outputs';

/** Events looked at in one piece of work, so that n8n is never held up. */
const SLICE = 2_000;

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
		const head = (context.getNodeParameter('head', 0, '') as string).trim();
		const signal = context.getExecutionCancelSignal();
		const problems: object[] = [];
		let after: Awaited<ReturnType<typeof check>>['next'];
		for (;;) {
			const part = await check(ledger, {
				slice: SLICE,
				...(head === '' ? {} : { head }),
				...(after === undefined ? {} : { after }),
			});
			problems.push(...part.problems);
			after = part.next;
			if (part.done || after === undefined || signal?.aborted === true) {
				const whole = part.done ? (problems.length === 0 ? 'whole' : 'touched') : 'stopped';
				const json = { outcome: whole, head: part.head, problems } as unknown as IDataObject;
				return [asOutput(context, [{ json }])];
			}
		}
	},
};
