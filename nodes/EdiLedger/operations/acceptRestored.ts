import type { IDataObject } from 'n8n-workflow';
import { acceptRestored } from '../../../lib/ledger';
import { connectionOf, ledgerPorts } from '../../shared/ledger';
import { reason, whole } from '../fields';
import type { LedgerOperation } from '../operation';
import { asOutput } from '../outputs';

export const acceptRestoredOperation: LedgerOperation = {
	name: 'Accept Restored',
	action: 'Accept a restored ledger',
	description:
		'Go on with an older copy, or begin anew after a loss. What may have been sent since is held until you release it.',
	properties: [
		whole(
			'Raise Control Numbers By',
			'raiseNumbersBy',
			1000,
			'More than were used since the copy was made, so that none is used twice',
		),
		reason('What happened; stands in the history'),
	],
	execute: async () => await Promise.resolve([[]]),
	repair: async ({ context, actor }) => {
		const accepted = await acceptRestored(
			await connectionOf(context),
			ledgerPorts,
			{
				reason: (context.getNodeParameter('reason', 0) as string).trim(),
				raiseNumbersBy: Number(context.getNodeParameter('raiseNumbersBy', 0, 1000)),
			},
			actor,
		);
		return [asOutput(context, [{ json: { outcome: 'accepted', ...accepted } as IDataObject }])];
	},
};
