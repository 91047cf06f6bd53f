import { setNextNumber } from '../../../lib/ledger';
import { forEachItem } from '../../shared';
import { choice, reason, text, whole } from '../fields';
import type { LedgerOperation } from '../operation';

export const setNextNumberOperation: LedgerOperation = {
	name: 'Set Next Number',
	action: 'Set the next control number',
	description:
		'Raise a control number, such as after a restore or a change from another system; never lower it',
	properties: [
		text('Sender ID', 'sender', 'As it stands in the envelope', { required: true }),
		text('Receiver ID', 'receiver', 'As it stands in the envelope', { required: true }),
		choice(
			'Kind',
			'numberKind',
			[
				{ name: 'Group', value: 'group', description: 'GS06, UNG 0048' },
				{ name: 'Interchange', value: 'interchange', description: 'ISA13, UNB 0020' },
			],
			'What is numbered',
			{ default: 'interchange' },
		),
		choice(
			'Usage',
			'usage',
			[
				{ name: 'Production', value: 'production' },
				{ name: 'Test', value: 'test' },
			],
			'Test files have numbers of their own',
		),
		whole('Next Number', 'next', 1, 'The number that the next file gets', {
			typeOptions: { minValue: 1, maxValue: 999999999 },
		}),
		reason(),
	],
	execute: async ({ context, ledger, actor }) => [
		await forEachItem(context, async (itemIndex) => {
			const read = (name: string) => context.getNodeParameter(name, itemIndex) as string;
			const which = {
				sender: read('sender').trim(),
				receiver: read('receiver').trim(),
				kind: read('numberKind') as 'interchange' | 'group',
				usage: read('usage') as 'test' | 'production',
				next: Number(read('next')),
			};
			await setNextNumber(ledger, which, read('reason').trim(), actor);
			return [{ json: { outcome: 'set', ...which } }];
		}),
	],
};
