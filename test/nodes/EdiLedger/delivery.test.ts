import { createHash } from 'node:crypto';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { claimFile, openLedger, recordFiles, settleFile } from '../../../lib/ledger';
import type { Actor, FileToRecord, Ledger } from '../../../lib/ledger';
import { AckGenerate } from '../../../nodes/AckGenerate/AckGenerate.node';
import { ledgerPorts } from '../../../nodes/shared/ledger';
import { runNode } from '../../support/runWorkflow';
import { encodeTaken, invoices, ledger, only, setUp, take, useOwnFolder, ACME } from './support';

const own = useOwnFolder();

const ACTOR: Actor = {
	workflowId: 'w',
	workflowName: 'Export',
	executionId: '1',
	node: 'Deposit',
	mode: 'trigger',
};

const open = async (): Promise<Ledger> =>
	await openLedger(
		{ store: 'embedded', name: 'ledger', folder: `${own.folder}/.n8n/exact-edi` },
		ledgerPorts,
	);

/** What SFTP Deposit does with a file's item. */
async function keep(item: INodeExecutionData, state: 'deposited' | 'failed'): Promise<number> {
	const { json } = item;
	const bytes = Buffer.from(item.binary?.data?.data ?? '', 'base64');
	const facts = json.ledger as IDataObject;
	const file: FileToRecord = {
		name: String(json.fileName),
		kind: 'documents',
		format: String(json.format),
		transactionSet: String(json.transactionSet),
		release: String(json.release),
		usage: 'test',
		sender: String(json.sender),
		receiver: String(json.receiver),
		controlNumber: String(json.controlNumber),
		groupControlNumbers: json.groupControlNumbers as string[],
		sha256: String(json.sha256),
		bytes,
		mimeType: String(json.mimeType),
		folder: String(facts.folder),
		agreementVersionId: Number(facts.agreementVersion),
		documents: (json.documents as IDataObject[]).flatMap((document) =>
			(document.sources as IDataObject[]).map((source) => ({
				key: String(source.key),
				contentHash: String(source.contentHash),
				versionId: Number(source.version),
				reservation: String(source.reservation),
				number: String(source.number),
				setControlNumber: String(document.controlNumber),
				groupControlNumber: String(document.groupControlNumber ?? ''),
				purpose: String(document.purpose),
			})),
		),
	};
	const kept = await open();
	const [recorded] = await recordFiles(kept, [file], { sendAgain: false }, ACTOR);
	if (recorded === undefined || 'refused' in recorded) throw new Error(JSON.stringify(recorded));
	const claim = { token: 't', leaseSeconds: 60, server: 'sftp:22 me' };
	await claimFile(kept, recorded.fileId, claim, ACTOR);
	const error = state === 'failed' ? { error: { code: 'X', message: 'no' } } : {};
	await settleFile(kept, recorded.fileId, 't', { state, ...error }, ACTOR);
	return recorded.fileId;
}

async function sent(
	state: 'deposited' | 'failed',
	...numbers: number[]
): Promise<{
	file: number;
	item: INodeExecutionData;
}> {
	const options = { executionId: String(numbers[0]), mode: 'trigger' } as const;
	const { taken } = await take(invoices(...numbers), {}, options);
	const { encoded } = await encodeTaken(taken, options);
	const [item] = encoded;
	if (item === undefined) throw new Error('nothing was encoded');
	return { item, file: await keep(item, state) };
}

const agreement = { mode: 'name', value: ACME };

describe('what was sent', () => {
	test('is not taken again; after a change it is a replacement', async () => {
		await setUp();
		const { item } = await sent('deposited', 1, 2);
		const again = await take(invoices(1, 2), {}, { executionId: '9', mode: 'trigger' });
		expect(again.taken).toEqual([]);
		expect(again.left).toMatchObject({ reasons: { unchanged: { count: 2 } } });
		const [changed] = invoices(1);
		const document = { ...(changed?.json.document as IDataObject), contentHash: 'other' };
		const next = await take(
			[{ json: { ...changed?.json, document } }],
			{},
			{ executionId: '10', mode: 'trigger' },
		);
		expect(next.taken[0]?.json.ledger).toMatchObject({
			change: 'changed',
			purpose: 'replacement',
			supersedes: item.json.fileName,
		});
	});

	test('is found by its number, its file and its history', async () => {
		await setUp();
		const { file, item } = await sent('deposited', 1, 2);
		const found = await ledger('document', 'getMany', { filters: { number: 'INV-2' } });
		expect(found.outputs[0]).toHaveLength(1);
		expect(only(found)).toMatchObject({ number: 'INV-2', state: 'deposited', file });
		const whole = only(await ledger('file', 'get', { file: String(file) }));
		expect(whole).toMatchObject({ fileName: item.json.fileName, documents: [{}, {}] });
		const contents = await ledger('file', 'getContents', { file: String(file) });
		const bytes = Buffer.from(contents.outputs[0]?.[0]?.binary?.data?.data ?? '', 'base64');
		expect(createHash('sha256').update(bytes).digest('hex')).toBe(item.json.sha256);
		const key = String(only(found).key);
		const history = only(await ledger('document', 'history', { agreement, key }));
		expect(history).toMatchObject({ number: 'INV-2', files: [{ file }] });
		expect((history.events as unknown[]).length).toBeGreaterThan(1);
	});

	describe('and is gone in Exact Online', () => {
		/** What *Find Deleted*, or the trigger, says of it. */
		const gone = (number: number): INodeExecutionData => {
			const [item] = invoices(number);
			const { key } = item?.json.document as IDataObject;
			return { json: { outcome: 'deleted', document: { resource: 'purchaseEntry', key } } };
		};
		const bigOf = (item: INodeExecutionData | undefined): string =>
			/BIG[^~]*/.exec(
				Buffer.from(item?.binary?.data?.data ?? '', 'base64').toString('latin1'),
			)?.[0] ?? '';

		async function cancelledBy(taken: INodeExecutionData[]): Promise<string> {
			expect(taken).toHaveLength(1);
			expect(taken[0]?.json.ledger).toMatchObject({
				change: 'deleted',
				purpose: 'cancellation',
				supersedes: expect.stringMatching(/^810_/),
			});
			const { encoded, rejected } = await encodeTaken(taken, { executionId: '21' });
			expect(rejected).toEqual([]);
			expect(encoded[0]?.json.documents).toMatchObject([{ purpose: 'cancellation' }]);
			const [item] = encoded;
			if (item === undefined) throw new Error('nothing was encoded');
			await keep(item, 'deposited');
			return bigOf(item);
		}

		test('is held, and a person takes it back: BIG08 01, as it was sent', async () => {
			await setUp();
			const { item } = await sent('deposited', 1);
			const held = await take([gone(1)], {}, { executionId: '9', mode: 'trigger' });
			expect(held.taken).toEqual([]);
			expect(held.left).toMatchObject({ reasons: { 'deleted: held': { count: 1 } } });
			const todo = await ledger('document', 'getMany', { filters: { state: 'held' } });
			const version = String(only(todo).version);
			const as = (releaseAs: string) =>
				ledger('document', 'release', { version, releaseAs, reason: 'booked twice' });
			expect((await as('replacement')).error).toMatchObject({
				message: expect.stringContaining("release it as 'Cancellation'"),
			});
			const released = await as('cancellation');
			expect(released.error).toBeUndefined();
			const { taken } = await take(
				released.outputs[0] ?? [],
				{},
				{ executionId: '20', mode: 'trigger' },
			);
			expect(await cancelledBy(taken)).toBe(`${bigOf(item)}******01`);
			// The partner has nothing of it now, and nothing is missing.
			const period = { agreement, from: '2017-01-01', to: '2017-12-31' };
			const { outputs } = await ledger('document', 'compareWithSource', period, invoices(5));
			expect(outputs[1]?.map(({ json }) => json.number)).toEqual(['INV-5']);
			// There again, it is new to the partner.
			const back = await take(invoices(1), {}, { executionId: '30', mode: 'trigger' });
			expect(back.taken[0]?.json.ledger).toMatchObject({ purpose: 'original' });
		});

		test('is taken back at once where the agreement says so, and only once', async () => {
			await setUp({}, { stage: 'test', onDeleted: 'cancel' });
			await sent('deposited', 1);
			const first = await take([gone(1)], {}, { executionId: '9', mode: 'trigger' });
			expect(await cancelledBy(first.taken)).toMatch(/\*01$/);
			const again = await take([gone(1)], {}, { executionId: '10', mode: 'trigger' });
			expect(again.taken).toEqual([]);
			expect(again.left).toMatchObject({ reasons: { 'deleted: nothing to do': { count: 1 } } });
		});

		test('is held all the same where the partner may not have it yet', async () => {
			await setUp({}, { stage: 'test', onDeleted: 'cancel' });
			await sent('failed', 1);
			const { taken, left } = await take([gone(1)], {}, { executionId: '9', mode: 'trigger' });
			expect(taken).toEqual([]);
			expect(left).toMatchObject({ reasons: { 'deleted: held': { count: 1 } } });
		});
	});

	test('is compared with the source, document by document', async () => {
		await setUp();
		await sent('deposited', 1, 2);
		const period = { agreement, from: '2017-01-01', to: '2017-12-31' };
		const { outputs } = await ledger('document', 'compareWithSource', period, invoices(2, 3));
		const [summary] = outputs[0] ?? [];
		expect(summary?.json).toMatchObject({ compared: 2, toLookAt: 2, agreement: ACME });
		expect(summary?.json.html).toContain('2 documents, 2 to look at');
		expect(outputs[1]?.map(({ json }) => [json.number, json.says])).toEqual([
			['INV-1', 'gone'],
			['INV-3', 'not taken'],
			['INV-2', 'sent'],
		]);
		expect(outputs[2]?.map(({ json }) => json)).toEqual([
			{
				outcome: 'gone',
				document: { key: outputs[1]?.[0]?.json.key, number: 'INV-1' },
				file: outputs[1]?.[0]?.json.file,
			},
		]);
		const list = Buffer.from(summary?.binary?.data?.data ?? '', 'base64').toString('utf8');
		const [head, ...lines] = list.trim().split('\r\n');
		expect(head).toMatch(/^\uFEFF?"Entry number in Exact";/);
		expect(lines.map((line) => line.split(';')[0])).toEqual(
			['20170001', '20170002', '20170003'].map((number) => `"${number}"`),
		);
		const digest = only(await ledger('ledger', 'digest'));
		expect(digest.text).toContain(
			`${ACME} (test), 2017-01-01 to 2017-12-31: 2 documents, 2 to look at`,
		);
		const page = await ledger('ledger', 'page', { query: '{"view":"comparisons"}' });
		const html = Buffer.from(page.outputs[0]?.[0]?.binary?.data?.data ?? '', 'base64').toString();
		expect(html).toContain('2017-01-01 to 2017-12-31');
	});
});

describe('what did not arrive', () => {
	test('is to do, and is handed out with its bytes, name and folder', async () => {
		await setUp({}, { stage: 'test', folder: '/edi' });
		const { file, item } = await sent('failed', 1);
		const todo = await ledger('ledger', 'getToDo');
		expect(todo.outputs[0]?.map(({ json }) => json.kind)).toContain('files failed');
		const run = await ledger('file', 'takeForReplay', { which: 'automatic' });
		const [replay] = run.outputs[0] ?? [];
		expect(replay?.json).toMatchObject({
			outcome: 'to replay',
			fileName: item.json.fileName,
			controlNumber: item.json.controlNumber,
			ledger: { agreement: ACME, folder: '/edi', file, claim: expect.any(String) },
		});
		expect(replay?.binary?.data?.data).toBe(item.binary?.data?.data);
		// Taken once: the next replay leaves it to this one.
		const other = await ledger('file', 'takeForReplay', {}, undefined, { executionId: '99' });
		expect(other.outputs[0]).toEqual([]);
	});

	test('asked for with an empty field it says so, and with a wrong number, too', async () => {
		await setUp();
		const asked = { which: 'files', reason: 'the partner asked' };
		const empty = await ledger('file', 'takeForReplay', { ...asked, file: '={{ $json.nothing }}' });
		expect(empty.error?.message).toContain(`'File' is ""`);
		const wrong = await ledger('file', 'takeForReplay', { ...asked, file: '4711' });
		expect(wrong.error?.message).toContain('no file 4711');
	});
});

describe('what partners answer', () => {
	const interchange = (kind: 'FA' | 'PO', control: string, set: string): string =>
		[
			'ISA*00*          *00*          *ZZ*ACMEID         *ZZ*JANSEN         *170401*1200*U*00401*',
			`${control}*0*T*>~GS*${kind}*ACMEID*JANSEN*20170401*1200*7*X*004010~`,
			`${set}GE*1*7~IEA*1*${control}~`,
		].join('');
	const accepted = 'ST*997*0001~AK1*IN*1~AK9*A*1*1*1~SE*4*0001~';
	const order = 'ST*850*0001~BEG*00*SA*PO-1**20170401~PO1*1*1*EA*5**BP*A~CTT*1~SE*5*0001~';

	test('is written beside the file, once, however often it is read', async () => {
		await setUp({}, { stage: 'test', acknowledgmentExpected: true });
		await sent('deposited', 1);
		const bytes = Buffer.from(interchange('FA', '000000009', accepted));
		const item = {
			json: { sha256: createHash('sha256').update(bytes).digest('hex') },
			binary: { data: { data: bytes.toString('base64'), mimeType: 'a/b', fileName: 'ack.edi' } },
		};
		const { outputs } = await runNode(new AckGenerate(), { operation: 'reconcile' }, [item]);
		const first = await ledger('file', 'recordAcknowledgment', {}, outputs[0]);
		expect(only(first)).toMatchObject({
			outcome: 'accepted',
			ledger: { recorded: 'recorded', state: 'accepted' },
		});
		const again = await ledger('file', 'recordAcknowledgment', {}, outputs[0]);
		expect(only(again)).toMatchObject({ ledger: { recorded: 'repeated' } });
		const found = only(await ledger('document', 'getMany'));
		expect(found).toMatchObject({ state: 'accepted' });
	});

	test('a file that came in is passed on once, and answered with numbers of the ledger', async () => {
		const bytes = Buffer.from(interchange('PO', '000000012', order));
		const item = {
			json: { path: '/outbound/a.edi', modifiedAt: '2017-04-01T12:00:00.000Z' },
			binary: { data: { data: bytes.toString('base64'), mimeType: 'a/b', fileName: 'a.edi' } },
		};
		const first = await ledger('file', 'recordReceived', {}, [item], { executionId: '1' });
		expect(first.outputs[0]).toHaveLength(1);
		const second = await ledger('file', 'recordReceived', {}, [item], { executionId: '2' });
		expect(second.outputs[0]).toEqual([]);
		expect(second.outputs[1]?.[0]?.json.outcome).toBe('being answered');
		const answer = await runNode(
			new AckGenerate(),
			{ operation: 'generate' },
			first.outputs[0] ?? [],
		);
		const [made] = answer.outputs[0] ?? [];
		expect(made?.json).toMatchObject({
			outcome: 'acknowledged',
			controlNumber: '000000001',
			ledger: { received: expect.any(Number) },
		});
		const settled = await ledger('file', 'settleReceived', {}, [
			{ json: { ...made?.json, outcome: 'deposited' } },
		]);
		expect(only(settled)).toMatchObject({ ledger: { state: 'answered' } });
		const third = await ledger('file', 'recordReceived', {}, [item], { executionId: '3' });
		expect(third.outputs[1]?.[0]?.json.outcome).toBe('answered before');
	});
});
