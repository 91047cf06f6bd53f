import { getHead, getReminders, openLedger, updateReminder } from '../../../lib/ledger';
import type { LedgerLab } from '../../support/ledgerLab';

/** What readers of a source tell each other through the ledger, in both stores. */
export function remindersContract(lab: () => LedgerLab): void {
	const later = () => new Date(lab().ports.now().getTime() + 60_000).toISOString();

	test('is found by its name, also by who opens the ledger anew, until it is taken back', async () => {
		const ledger = await lab().fresh();
		await updateReminder(ledger, 'b', () => ({ content: 'two', keepUntil: later() }));
		const anew = await openLedger(lab().connectionOf(ledger), lab().ports);
		expect(await getReminders(anew, ['a', 'b'])).toEqual([undefined, 'two']);
		await anew.close();
		await updateReminder(ledger, 'b', (content) => ({
			content: `${content} and three`,
			keepUntil: later(),
		}));
		expect(await getReminders(ledger, ['b'])).toEqual(['two and three']);
		await updateReminder(ledger, 'b', () => undefined);
		expect(await getReminders(ledger, ['b'])).toEqual([undefined]);
	});

	test('of many that change it at once none is lost', async () => {
		const ledger = await lab().fresh();
		await Promise.all(
			Array.from({ length: 12 }, async () => {
				await updateReminder(ledger, 'count', (content) => ({
					content: String(Number(content ?? 0) + 1),
					keepUntil: later(),
				}));
			}),
		);
		expect(await getReminders(ledger, ['count'])).toEqual(['12']);
	});

	test('is no part of the trail, and is gone when its time is over', async () => {
		const ledger = await lab().fresh();
		const head = await getHead(ledger);
		await updateReminder(ledger, 'old', () => ({
			content: 'one',
			keepUntil: '2026-01-01T00:00:00.000Z',
		}));
		await updateReminder(ledger, 'new', () => ({ content: 'two', keepUntil: later() }));
		expect(await getReminders(ledger, ['old', 'new'])).toEqual([undefined, 'two']);
		expect(await getHead(ledger)).toEqual(head);
	});
}
