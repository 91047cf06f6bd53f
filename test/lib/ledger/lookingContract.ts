import {
	claimFile,
	compareWithSource,
	getComparison,
	getComparisons,
	getDocuments,
	getFile,
	getFiles,
	getHead,
	getHistory,
	getToDo,
	getTotals,
	recordAcknowledgment,
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

	describe('a comparison with the source', () => {
		const PERIOD = { agreement: AGREEMENT, from: '2017-01-01', to: '2017-12-31' };

		test('says of each document what became of it, with sums; what is to be looked at comes first', async () => {
			await send(ledger, [offered(1), offered(2, { amount: '0.10' }), offered(3)], 1);
			await recordRefused(ledger, [{ ...offered(4), issues: ISSUES }], ACTOR);
			await take(ledger, [offered(7)]);
			const source = [
				offered(1),
				offered(2, { contentHash: 'changed', amount: '0.20' }),
				offered(4, { currency: 'USD' }),
				offered(5),
				offered(6, { date: '2018-01-01' }),
				offered(7),
				offered(8, { amount: '0.20', contentHash: 'x' }),
			];
			const compared = await compareWithSource(ledger, { ...PERIOD, documents: source });
			expect(compared).toMatchObject({
				...PERIOD,
				company: 'Ours',
				partner: 'ACME',
				compared: 6,
				toLookAt: 6,
			});
			const file = '810_ACME_000000001.edi';
			expect(
				compared.documents.map(({ number, says, file: where }) => [number, says, where]),
			).toEqual([
				['INV-2', 'changed since', file],
				['INV-3', 'gone', file],
				['INV-4', 'refused', ''],
				['INV-5', 'not taken', ''],
				['INV-8', 'not taken', ''],
				['INV-7', 'pending', ''],
				['INV-1', 'sent', file],
			]);
			expect(compared.totals.find(({ says }) => says === 'changed since')).toEqual({
				says: 'changed since',
				currency: 'EUR',
				documents: 1,
				amount: '0.20',
			});
			expect(compared.totals.find(({ says }) => says === 'refused')?.currency).toBe('USD');
			expect(compared.totals.reduce((sum, { documents }) => sum + documents, 0)).toBe(7);
		});

		test('tells what the partner accepted or rejected, what is older than the start, and what was decided', async () => {
			await withAgreement(ledger, { sendFrom: '2017-02-01' });
			await send(ledger, [offered(1, { date: '2017-03-01' })], 1);
			const answer = {
				acknowledgment: '997',
				level: 'group',
				outcome: 'accepted',
				status: 'A',
				sender: 'OURS',
				receiver: 'ACME',
				interchangeControlNumber: '',
				groupControlNumber: '1',
				setControlNumber: '',
				acknowledgmentControlNumber: '77',
				acknowledgedAt: '',
				summary: '',
				errors: [],
			} as const;
			await recordAcknowledgment(ledger, [answer], ACTOR);
			const documents = [
				offered(1, { date: '2017-03-01' }),
				offered(2, { date: '2017-01-31' }),
				offered(3, { date: '2017-02-01' }),
			];
			const { documents: rows, toLookAt } = await compareWithSource(ledger, {
				...PERIOD,
				documents,
			});
			expect(rows.map(({ number, says }) => [number, says])).toEqual([
				['INV-3', 'not taken'],
				['INV-1', 'accepted'],
				['INV-2', 'before start'],
			]);
			expect(toLookAt).toBe(1);
		});

		test('the last one of each first day is remembered, outside the trail', async () => {
			await send(ledger, [offered(1)], 1);
			const head = await getHead(ledger);
			await compareWithSource(ledger, { ...PERIOD, documents: [offered(1), offered(2)] });
			await compareWithSource(ledger, { ...PERIOD, documents: [offered(1)] });
			await compareWithSource(ledger, { ...PERIOD, from: '2017-06-01', documents: [] });
			expect(await getHead(ledger)).toEqual(head);
			expect(await getComparisons(ledger)).toMatchObject([
				{ from: '2017-06-01', compared: 0 },
				{ from: '2017-01-01', compared: 1, toLookAt: 0 },
			]);
			expect(await getComparison(ledger, PERIOD)).toMatchObject({
				documents: [{ number: 'INV-1', says: 'sent' }],
			});
			await expect(getComparison(ledger, { ...PERIOD, from: '2016-01-01' })).rejects.toMatchObject({
				code: 'LEDGER_UNKNOWN',
			});
		});

		test('of an agreement that is not there, or a period that ends before it begins, is refused', async () => {
			for (const wrong of [{ agreement: 'Nobody' }, { to: '2016-12-31' }]) {
				await expect(
					compareWithSource(ledger, { ...PERIOD, documents: [], ...wrong }),
				).rejects.toThrow(/Nobody|ends on 2016-12-31/);
			}
		});
	});
}
