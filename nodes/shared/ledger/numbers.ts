import type { IExecuteFunctions } from 'n8n-workflow';
import { reserveNumbers, voidNumbers } from '../../../lib/ledger';
import type { Ledger } from '../../../lib/ledger';
import { actorOf, runToken } from './actor';
import { ledgerOf } from './ledgerOf';

export interface NumbersRequest {
	readonly sender: string;
	readonly receiver: string;
	readonly usage: 'test' | 'production';
	readonly groups: number;
	/** Versions of the documents (keys, where there are none): the same ones get the same numbers. */
	readonly documents: readonly string[];
}

export type LedgerNumbers = (request: NumbersRequest) => Promise<{
	readonly interchange: number;
	readonly groups: readonly number[];
	readonly giveBack: (reason: string) => Promise<void>;
}>;

/**
 * Consecutive control numbers of the ledger. Reserved before the interchange is written, with a
 * token of the run and its documents: tried again, the interchange gets the numbers it had.
 */
export function ledgerNumbers(
	context: IExecuteFunctions,
	opened: Ledger | undefined,
	/** Refuses a ledger that the items do not come from. */
	check: (ledger: Ledger) => void = () => {},
): LedgerNumbers {
	let ledger = opened;
	return async ({ documents, groups, ...parties }) => {
		ledger ??= await ledgerOf(context);
		check(ledger);
		const open = ledger;
		const actor = actorOf(context);
		const reservation = runToken(context, 'numbers', ...documents);
		const reserve = async (kind: 'interchange' | 'group', count: number): Promise<number[]> =>
			count === 0
				? []
				: await reserveNumbers(open, { ...parties, kind, count, reservation }, actor);
		const [interchange = 1] = await reserve('interchange', 1);
		return {
			interchange,
			groups: await reserve('group', groups),
			giveBack: async (reason) => {
				await voidNumbers(open, reservation, reason, actor);
			},
		};
	};
}
