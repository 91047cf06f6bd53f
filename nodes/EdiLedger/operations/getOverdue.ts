import { getOverdue } from '../../../lib/ledger';
import { fileJson } from '../fileRows';
import type { LedgerOperation } from '../operation';
import { asOutput, rowItems } from '../outputs';

export const getOverdueOperation: LedgerOperation = {
	name: 'Get Overdue',
	action: 'Get overdue files',
	description: 'Files that the partner has not acknowledged in time; they are marked as overdue',
	properties: [],
	execute: async ({ context, ledger, actor }) => {
		const files = await getOverdue(ledger, actor);
		return [asOutput(context, rowItems(files.map(fileJson), 'overdue'))];
	},
};
