import type { IDataObject } from 'n8n-workflow';
import { backUp } from '../../../lib/ledger';
import { text } from '../fields';
import type { LedgerOperation } from '../operation';
import { asOutput } from '../outputs';

export const backUpOperation: LedgerOperation = {
	name: 'Back Up',
	action: 'Back up the ledger',
	description:
		'Copy an embedded ledger to another file while it is in use. PostgreSQL is backed up with its own tools.',
	properties: [
		text('Path', 'path', 'A new file on the server of n8n, on another disk than the ledger', {
			required: true,
			placeholder: 'e.g. /backup/exact-edi.sqlite',
		}),
	],
	execute: async ({ context, ledger, actor }) => {
		const path = (context.getNodeParameter('path', 0) as string).trim();
		const copy = await backUp(ledger, path, actor);
		return [asOutput(context, [{ json: { outcome: 'backed up', ...copy } as IDataObject }])];
	},
};
