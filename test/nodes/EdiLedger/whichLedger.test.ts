import { ledger, only, setUp, useOwnFolder } from './support';

useOwnFolder();

describe('in queue mode', () => {
	test('the node says what to do', async () => {
		process.env.EXECUTIONS_MODE = 'queue';
		try {
			const { error } = await ledger('ledger', 'getToDo');
			expect(error?.message).toContain('queue mode');
			expect((error as { description?: string }).description).toContain('PostgreSQL');
		} finally {
			delete process.env.EXECUTIONS_MODE;
		}
	});
});

describe('a ledger with an access key', () => {
	const keyed = (accessKey: string) => ({
		credentials: { ediLedgerApi: { store: 'embedded', name: 'keyed', secretKey: accessKey } },
	});

	test('opens with its key only, and never shows it', async () => {
		await setUp({}, {}, keyed('canary-key'));
		const { error, run } = await ledger('company', 'getMany', {}, undefined, keyed('wrong-key'));
		expect(error).toMatchObject({ message: expect.stringContaining('access key') });
		expect(JSON.stringify(run)).not.toContain('wrong-key');
		const none = await ledger('company', 'getMany', {}, undefined, keyed(''));
		expect(none.error?.message).toContain('access key');
		const right = await ledger('company', 'getMany', {}, undefined, keyed('canary-key'));
		expect(only(right)).toMatchObject({ name: 'Jansen BV' });
		expect(JSON.stringify(right.run)).not.toContain('canary-key');
	});
});
