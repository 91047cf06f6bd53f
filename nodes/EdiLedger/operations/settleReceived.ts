import { settleReceived } from '../../../lib/ledger';
import { forEachItem, withOutcome } from '../../shared';
import { receivedLedger, refuseOtherLedger } from '../../shared/ledger';
import type { LedgerOperation } from '../operation';

/** By what Ack Generate and SFTP Deposit say of the file; anything else is tried again. */
const STATES: Readonly<Record<string, 'answered' | 'nothing to answer'>> = {
	deposited: 'answered',
	'already there': 'answered',
	'nothing to acknowledge': 'nothing to answer',
	unreadable: 'nothing to answer',
};

export const settleReceivedOperation: LedgerOperation = {
	name: 'Settle Received',
	action: 'Settle received files',
	description:
		'Say of files that came in whether they are answered; what is not is answered by a later run',
	properties: [],
	execute: async ({ context, ledger, actor }) => [
		await forEachItem(context, async (_itemIndex, item) => {
			const received = receivedLedger(item.json);
			if (received === undefined) return [item];
			refuseOtherLedger(ledger, received.id);
			const outcome = String(item.json.outcome ?? '');
			const state = STATES[outcome] ?? 'failed';
			const result = await settleReceived(ledger, received.received, received.claim, state, actor);
			const settled = 'state' in result ? result.state : 'stale';
			const more = { ledger: { ...received, state: settled } };
			return [{ ...item, json: withOutcome(item.json, outcome, [], more) }];
		}),
	],
};
