import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { invoices, ledger, only, setUp, take, useOwnFolder } from './support';

const own = useOwnFolder();

const file = (name: string): string => path.join(own.folder, '.n8n', 'exact-edi', name);

describe('keeping the ledger', () => {
	test('Check says that it is whole, and gives the head for a later check', async () => {
		await setUp();
		const first = only(await ledger('ledger', 'check'));
		expect(first).toMatchObject({ outcome: 'whole', problems: [] });
		await take(invoices(1));
		const later = only(await ledger('ledger', 'check', { head: String(first.head) }));
		expect(later.outcome).toBe('whole');
		const wrong = only(await ledger('ledger', 'check', { head: `1:${'0'.repeat(64)}` }));
		expect(wrong.outcome).toBe('touched');
		expect((wrong.problems as unknown[]).length).toBeGreaterThan(0);
	});

	test('Back Up copies it while it is in use', async () => {
		await setUp();
		const target = path.join(own.folder, 'copy.sqlite');
		expect(only(await ledger('ledger', 'backUp', { path: target }))).toMatchObject({
			outcome: 'backed up',
			path: target,
		});
		expect(existsSync(target)).toBe(true);
	});

	test('a ledger that is gone takes nothing until a person has accepted the loss', async () => {
		await setUp();
		for (const name of ['ledger.sqlite', 'ledger.sqlite-wal', 'ledger.sqlite-shm']) {
			rmSync(file(name), { force: true });
		}
		const { error, taken } = await take(invoices(1));
		expect(taken).toEqual([]);
		expect((error as { description?: string }).description).toContain('Accept Restored');
		const accepted = only(
			await ledger('ledger', 'acceptRestored', { reason: 'the disk was lost' }),
		);
		expect(accepted.outcome).toBe('accepted');
		await setUp();
		// It was last changed before the loss: nobody knows whether the partner has it.
		const { taken: after, left } = await take(invoices(1));
		expect(after).toEqual([]);
		expect(left).toMatchObject({ reasons: { held: { count: 1, numbers: ['INV-1'] } } });
	});

	test('a number can be raised and not lowered', async () => {
		await setUp();
		const which = { sender: 'JANSEN', receiver: 'ACMEID', usage: 'test', reason: 'restored' };
		only(await ledger('ledger', 'setNextNumber', { ...which, next: 500 }));
		const { error } = await ledger('ledger', 'setNextNumber', { ...which, next: 400 });
		expect(error?.message).toMatch(/400|500/);
	});

	test('Prune and Erase say what they did', async () => {
		await setUp();
		await take(invoices(1));
		expect(only(await ledger('ledger', 'prune'))).toMatchObject({ outcome: 'pruned', files: 0 });
		const party = { party: 'Nobody', reason: 'asked for it' };
		const erased = await ledger('ledger', 'erase', party);
		expect(erased.error?.message ?? only(erased).outcome).toMatch(/Nobody|erased/);
	});
});
