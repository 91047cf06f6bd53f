import type { IDataObject } from 'n8n-workflow';
import { getComparisons, getHead, getNumbers, getToDo, getTotals } from '../../../lib/ledger';
import type { Ledger } from '../../../lib/ledger';
import { comparisonName, lookText } from '../../../lib/page';
import { ledgerPorts } from '../../shared/ledger';
import type { LedgerOperation } from '../operation';
import { asOutput } from '../outputs';
import { toDoText } from './tellToDo';

const DAY = 86_400_000;

function dayOf(date: Date, timeZone: string): string {
	return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(date);
}

const COMPARISONS_SHOWN = 10;

async function comparedLines(ledger: Ledger): Promise<string[]> {
	const heads = await getComparisons(ledger);
	if (heads.length === 0) return ['nothing yet'];
	return heads.slice(0, COMPARISONS_SHOWN).map((head) => {
		const said = head.totals
			.map(
				({ says, documents, currency, amount }) => `${documents} ${says} (${currency} ${amount})`,
			)
			.join(', ');
		return `${comparisonName(head)}, ${head.from} to ${head.to}: ${lookText(head)}; ${said}`;
	});
}

export const digestOperation: LedgerOperation = {
	name: 'Digest',
	action: 'Write the digest of a day',
	description:
		"Subject and text for a daily mail: what was delivered yesterday, what waits, and the ledger's head, against which a later check can prove that nothing was changed",
	properties: [],
	execute: async ({ context, ledger }) => {
		const timeZone = context.getTimezone();
		const day = dayOf(new Date(ledgerPorts.now().getTime() - DAY), timeZone);
		const totals = await getTotals(ledger, { from: day, to: day, timeZone, by: 'partner' });
		const toDo = await getToDo(ledger);
		const head = await getHead(ledger);
		const numbers = await getNumbers(ledger);
		const delivered = totals.map(
			({ of, documents, currency, amount }) =>
				`${of}: ${documents} documents, ${currency} ${amount}`,
		);
		const text = [
			`Delivered on ${day} (${timeZone}):`,
			...(delivered.length === 0 ? ['nothing'] : delivered),
			'',
			'To do:',
			toDo.length === 0 ? 'nothing' : toDoText(toDo),
			'',
			'Compared with Exact:',
			...(await comparedLines(ledger)),
			'',
			'Highest control numbers:',
			...numbers.map(
				({ sender, receiver, kind, usage, next }) =>
					`${sender} to ${receiver}, ${kind}, ${usage}: ${next - 1}`,
			),
			'',
			`Ledger ${ledger.name} (${ledger.id}), head ${head.number}: ${head.hash}`,
			'Keep this mail: the head proves later that nothing before it was changed.',
		].join('\n');
		const json = {
			outcome: 'written',
			subject: `EDI on ${day}: ${totals.reduce((sum, { documents }) => sum + documents, 0)} documents delivered, ${toDo.length} to look at`,
			text,
		} as IDataObject;
		return [asOutput(context, [{ json }])];
	},
};
