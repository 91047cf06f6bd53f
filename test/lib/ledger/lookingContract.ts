import {
	claimFile,
	compareWithSource,
	getDocuments,
	getFile,
	getFiles,
	getHistory,
	getToDo,
	getTotals,
	recordRefused,
	saveAgreement,
} from '../../../lib/ledger';
import type { DocumentFilter, Ledger } from '../../../lib/ledger';
import {
	ACTOR,
	AGREEMENT,
	deliver,
	fileOf,
	offered,
	record,
	send,
	SERVER,
	take,
	withAgreement,
} from '../../support/ledgerLab';
import type { LedgerLab } from '../../support/ledgerLab';

const ISSUES = [{ code: 'X', message: 'Invoice: too long', path: 'number' }];

/** What both stores promise of looking. */
export function lookingContract(lab: () => LedgerLab): void {
	let ledger: Ledger;
	beforeEach(async () => {
		ledger = await lab().fresh();
		await withAgreement(ledger);
		await withAgreement(ledger, { name: 'ACME 850', documentType: 'purchaseOrder' });
	});

	const numbers = async (filter: DocumentFilter) =>
		(await getDocuments(ledger, filter, {})).rows.map(({ number }) => number);

	test('pages follow each other without a gap or a repeat, newest first', async () => {
		const documents = Array.from({ length: 25 }, (_, index) =>
			offered(index, { date: `2017-03-${10 + (index % 9)}` }),
		);
		await take(ledger, documents);
		for (const filter of [{}, { from: '2017-03-01' }]) {
			const seen: string[] = [];
			for (let after: string | undefined = '', pages = 0; after !== undefined; pages += 1) {
				const page: Awaited<ReturnType<typeof getDocuments>> = await getDocuments(ledger, filter, {
					after,
					limit: 10,
				});
				seen.push(...page.rows.map(({ number }) => number));
				after = page.next;
				expect(pages).toBeLessThan(3);
			}
			expect(new Set(seen).size).toBe(25);
		}
		await expect(getDocuments(ledger, {}, { after: "'; drop table" })).rejects.toMatchObject({
			code: 'LEDGER_SETTING_INVALID',
		});
	});

	test('documents are found by agreement, party, state, number and date', async () => {
		await send(ledger, [offered('A1'), offered('A2', { date: '2017-04-01' })], 1);
		await take(ledger, [offered('B1', { agreement: 'ACME 850' })]);
		await recordRefused(ledger, [{ ...offered('C1'), issues: ISSUES }], ACTOR);
		expect(await numbers({})).toEqual(['INV-C1', 'INV-B1', 'INV-A2', 'INV-A1']);
		expect(await numbers({ agreement: 'ACME 850' })).toEqual(['INV-B1']);
		expect(await numbers({ company: 'Ours', partner: 'ACME' })).toHaveLength(4);
		expect(await numbers({ partner: 'Nobody' })).toEqual([]);
		expect(await numbers({ state: 'deposited' })).toEqual(['INV-A2', 'INV-A1']);
		expect(await numbers({ state: 'reserved' })).toEqual(['INV-B1']);
		expect(await numbers({ state: 'refused' })).toEqual(['INV-C1']);
		expect(await numbers({ number: 'INV-A' })).toEqual(['INV-A2', 'INV-A1']);
		expect(await numbers({ number: 'inv-a' })).toEqual([]);
		expect(await numbers({ from: '2017-03-02', to: '2017-03-31' })).toEqual([
			'INV-C1',
			'INV-B1',
			'INV-A1',
		]);
		expect(await numbers({ state: 'deposited', from: '2017-04-01', agreement: AGREEMENT })).toEqual(
			['INV-A2'],
		);
		const [refused] = (await getDocuments(ledger, { state: 'refused' }, {})).rows;
		expect(refused).toMatchObject({
			number: 'INV-C1',
			issues: ISSUES,
			file: '',
			agreement: AGREEMENT,
			partner: 'ACME',
		});
	});

	test('files are found by state, name, control number and party', async () => {
		const { fileId } = await send(ledger, [offered(1)], 1);
		await record(ledger, fileOf([offered(2)], await take(ledger, [offered(2)]), 2));
		const names = async (filter: object) =>
			(await getFiles(ledger, filter, {})).rows.map(({ name }) => name);
		expect(await names({})).toEqual(['810_ACME_000000002.edi', '810_ACME_000000001.edi']);
		expect(await names({ state: 'encoded' })).toEqual(['810_ACME_000000002.edi']);
		expect(await names({ controlNumber: '000000001' })).toEqual(['810_ACME_000000001.edi']);
		expect(await names({ name: '810_ACME' })).toHaveLength(2);
		expect(await names({ agreement: 'ACME 850' })).toEqual([]);
		const page = await getFiles(ledger, {}, { limit: 1 });
		expect((await getFiles(ledger, {}, { limit: 1, after: page.next })).rows).toMatchObject([
			{ id: fileId },
		]);
	});

	test('a file shows its documents, attempts and events; a document its whole history over all files', async () => {
		const documents = [offered(1)];
		const id = await record(ledger, fileOf(documents, await take(ledger, documents), 1));
		const error = { code: 'DELIVERY_LOST', message: 'the connection broke' };
		await deliver(ledger, id, { state: 'failed', error }, 'first');
		await deliver(
			ledger,
			id,
			{ state: 'deposited', path: '/inbound/1', receipt: { bytes: 5 } },
			'second',
		);
		await send(ledger, [offered(1, { contentHash: 'second' })], 2);
		const file = await getFile(ledger, id);
		expect(file).toMatchObject({
			file: {
				state: 'deposited',
				path: '/inbound/1',
				receipt: { bytes: 5 },
				attempts: 2,
				server: SERVER,
			},
			documents: [{ number: 'INV-1' }],
			attempts: [
				{ outcome: 'failed', error: 'the connection broke', executionId: '100' },
				{ outcome: 'deposited' },
			],
		});
		expect(file.events.map(({ to }) => to)).toEqual([
			'recording',
			'recording',
			'encoded',
			'depositing',
			'failed',
			'depositing',
			'deposited',
		]);
		const history = await getHistory(ledger, { agreement: AGREEMENT, key: offered(1).key });
		expect(history).toMatchObject({
			document: { contentHash: 'second', state: 'deposited', purpose: 'replacement' },
			versions: [{ contentHash: 'hash-1-1' }, { contentHash: 'second' }],
			files: [{ name: '810_ACME_000000001.edi' }, { name: '810_ACME_000000002.edi' }],
		});
		expect(history.events[0]).toMatchObject({
			workflow: 'Export',
			node: 'EDI Ledger',
			to: 'reserved',
		});
		expect(await getHistory(ledger, { documentId: history.document.id })).toEqual(history);
		await expect(getFile(ledger, 1)).rejects.toMatchObject({ code: 'LEDGER_UNKNOWN' });
		await expect(getHistory(ledger, { documentId: 1 })).rejects.toMatchObject({
			code: 'LEDGER_UNKNOWN',
		});
	});

	test('what waits for a person is listed, and nothing else', async () => {
		await send(ledger, [offered('sent')], 1);
		expect(await getToDo(ledger)).toEqual([]);
		await recordRefused(ledger, [{ ...offered('refused'), issues: ISSUES }], ACTOR);
		const doubtful = [offered('doubt')];
		await deliver(ledger, await record(ledger, fileOf(doubtful, await take(ledger, doubtful), 2)), {
			state: 'in doubt',
		});
		const stranded = [offered('stranded')];
		const id = await record(ledger, fileOf(stranded, await take(ledger, stranded), 3));
		await claimFile(ledger, id, { token: 'killed', leaseSeconds: 0, server: SERVER }, ACTOR);
		await saveAgreement(
			ledger,
			{ name: AGREEMENT, company: 'Ours', partner: 'ACME', changePolicy: 'hold' },
			ACTOR,
		);
		await take(ledger, [offered('sent', { contentHash: 'changed' })], { reservation: 'run-9' });
		expect(await getToDo(ledger)).toMatchObject([
			{ kind: 'files stranded', count: 1, examples: ['810_ACME_000000003.edi'] },
			{ kind: 'files in doubt', count: 1, examples: ['810_ACME_000000002.edi'] },
			{ kind: 'documents refused', count: 1, examples: ['INV-refused'] },
			{ kind: 'documents held', count: 1, examples: ['INV-sent'] },
		]);
		expect(await getToDo(ledger, { sizeBudget: 1 })).toContainEqual(
			expect.objectContaining({ kind: 'ledger large' }),
		);
	});

	test('totals are exact, by day of a time zone and by partner, each document once', async () => {
		await send(
			ledger,
			[
				offered(1, { amount: '0.10' }),
				offered(2, { amount: '0.20' }),
				offered(3, { amount: '-5', currency: 'USD' }),
			],
			1,
		);
		await send(ledger, [offered(1, { amount: '0.30', contentHash: 'second' })], 2);
		await take(ledger, [offered(4)]);
		const today = lab().ports.now().toISOString().slice(0, 10);
		const period = { from: today, to: today, timeZone: 'UTC' };
		expect(await getTotals(ledger, { ...period, by: 'day' })).toEqual([
			{ of: today, currency: 'EUR', documents: 2, amount: '0.50' },
			{ of: today, currency: 'USD', documents: 1, amount: '-5' },
		]);
		expect(await getTotals(ledger, { ...period, by: 'partner' })).toMatchObject([
			{ of: 'ACME' },
			{ of: 'ACME' },
		]);
		expect(
			await getTotals(ledger, { ...period, from: '2017-01-01', to: '2017-12-31', by: 'day' }),
		).toEqual([]);
		await expect(getTotals(ledger, { ...period, from: 'soon', by: 'day' })).rejects.toMatchObject({
			code: 'LEDGER_SETTING_INVALID',
		});
	});

	test('a comparison with the source names what is missing, different, or gone', async () => {
		await send(ledger, [offered(1), offered(2), offered(3)], 1);
		await recordRefused(ledger, [{ ...offered(4), issues: ISSUES }], ACTOR);
		const source = [
			offered(1),
			offered(2, { contentHash: 'changed' }),
			offered(4),
			offered(5),
			offered(6, { date: '2018-01-01' }),
		];
		expect(
			await compareWithSource(ledger, {
				agreement: AGREEMENT,
				documents: source,
				from: '2017-01-01',
				to: '2017-12-31',
			}),
		).toEqual({
			compared: 4,
			same: 1,
			missing: [
				{ key: offered(4).key, number: 'INV-4', state: 'refused' },
				{ key: offered(5).key, number: 'INV-5', state: 'unknown' },
			],
			different: [{ key: offered(2).key, number: 'INV-2', file: '810_ACME_000000001.edi' }],
			notInSource: [{ key: offered(3).key, number: 'INV-3', file: '810_ACME_000000001.edi' }],
		});
	});
}
