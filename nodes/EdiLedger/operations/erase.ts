import type { IDataObject } from 'n8n-workflow';
import { erase } from '../../../lib/ledger';
import { reason, text } from '../fields';
import type { LedgerOperation } from '../operation';
import { asOutput } from '../outputs';

export const eraseOperation: LedgerOperation = {
	name: 'Erase',
	action: 'Erase a party from the ledger',
	description:
		"Remove one party's names, details and files after their retention; the chain of events stays whole",
	properties: [
		text('Party', 'party', 'Name of the counterparty, exactly as the documents have it', {
			required: true,
			placeholder: 'e.g. Jansen & Zonen',
		}),
		reason('Why it is erased; itself an event'),
	],
	execute: async ({ context, ledger, actor }) => {
		const read = (name: string) => (context.getNodeParameter(name, 0) as string).trim();
		const erased = await erase(ledger, read('party'), read('reason'), actor);
		return [asOutput(context, [{ json: { outcome: 'erased', ...erased } as IDataObject }])];
	},
};
