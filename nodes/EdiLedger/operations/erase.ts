import type { IDataObject } from 'n8n-workflow';
import { erase } from '../../../lib/ledger';
import { choice, reason, text } from '../fields';
import type { LedgerOperation } from '../operation';
import { asOutput } from '../outputs';

export const eraseOperation: LedgerOperation = {
	name: 'Erase',
	action: 'Erase a party from the ledger',
	description:
		"Remove one party's names, details and files after their retention; the chain of events stays whole. It cannot be undone.",
	properties: [
		choice(
			'Party Is',
			'partyKind',
			[
				{
					name: 'A Counterparty',
					value: 'counterparty',
					description: 'Such as the supplier of invoices',
				},
				{ name: 'A Trading Partner', value: 'partner', description: 'Who got the files' },
			],
			'Whose data it is',
		),
		text('Party', 'party', 'Its name, exactly as the ledger has it', {
			required: true,
			placeholder: 'e.g. Jansen & Zonen',
		}),
		reason('Why it is erased; itself an event'),
	],
	execute: async ({ context, ledger, actor }) => {
		const read = (name: string) => (context.getNodeParameter(name, 0) as string).trim();
		const name = read('party');
		const party = read('partyKind') === 'partner' ? { partner: name } : { counterparty: name };
		const erased = await erase(ledger, party, read('reason'), actor);
		return [asOutput(context, [{ json: { outcome: 'erased', ...erased } as IDataObject }])];
	},
};
