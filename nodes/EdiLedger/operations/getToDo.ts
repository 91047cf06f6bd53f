import { getToDo } from '../../../lib/ledger';
import type { LedgerOperation } from '../operation';
import { asOutput, rowItems } from '../outputs';

export const getToDoOperation: LedgerOperation = {
	name: 'Get To-Do',
	action: 'Get what is to do',
	description:
		'What waits for a person: refused, rejected, overdue, in doubt, held and undelivered, and what ails the ledger',
	properties: [],
	execute: async ({ context, ledger }) => [
		asOutput(context, rowItems(await getToDo(ledger), 'to do')),
	],
};
