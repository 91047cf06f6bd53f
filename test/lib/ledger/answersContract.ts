import {
	checkAll,
	getDocuments,
	getFile,
	getOverdue,
	getReceived,
	getToDo,
	keepAcknowledgment,
	recordAcknowledgment,
	recordFiles,
	recordPickUp,
	recordReceived,
	settleReceived,
} from '../../../lib/ledger';
import type { Ledger, ReconciledAnswer, TakeResult } from '../../../lib/ledger';
import { sha256 } from '../../../lib/text';
import {
	ACTOR,
	deliver,
	fileOf,
	offered,
	record,
	send,
	take,
	withAgreement,
} from '../../support/ledgerLab';
import type { LedgerLab } from '../../support/ledgerLab';

const reasons = ({ notTaken }: TakeResult) => notTaken.map(({ reason }) => reason);

function answer(change: Partial<ReconciledAnswer>): ReconciledAnswer {
	return {
		acknowledgment: '997',
		level: 'group',
		outcome: 'accepted',
		status: 'A',
		sender: 'OURS',
		receiver: 'ACME',
		interchangeControlNumber: '',
		groupControlNumber: '1',
		setControlNumber: '',
		acknowledgmentControlNumber: '000000077',
		acknowledgedAt: '2017-03-07T10:00:00',
		summary: `ACME ${change.outcome ?? 'accepted'} it`,
		errors: [],
		...change,
	};
}

const TA1 = {
	acknowledgment: 'TA1',
	level: 'interchange',
	interchangeControlNumber: '000000001',
	groupControlNumber: '',
} as const;

/** What both stores promise of answers and of received files. */
export function answersContract(lab: () => LedgerLab): void {
	let ledger: Ledger;
	beforeEach(async () => {
		ledger = await lab().fresh();
		await withAgreement(ledger, { acknowledgment: { expected: true, withinHours: 24 } });
	});

	const answered = async (...answers: Partial<ReconciledAnswer>[]) =>
		await recordAcknowledgment(ledger, answers.map(answer), ACTOR);
	const states = async () => {
		const { rows } = await getDocuments(ledger, {}, {});
		return Object.fromEntries(rows.map(({ number, state }) => [number, state]));
	};

	test('an accepted group accepts the file and each document in it; the same answer again changes nothing', async () => {
		const { fileId } = await send(ledger, [offered(1), offered(2)], 1);
		expect(await answered({})).toMatchObject([
			{ outcome: 'recorded', fileId, stateBefore: 'deposited', state: 'accepted' },
		]);
		expect(await states()).toEqual({ 'INV-1': 'accepted', 'INV-2': 'accepted' });
		expect(await answered({})).toMatchObject([{ outcome: 'repeated', state: 'accepted' }]);
		expect((await getFile(ledger, fileId)).answers).toHaveLength(1);
	});

	test.each([
		['TA1', TA1],
		['997', {}],
		['CONTRL', { acknowledgment: 'CONTRL', level: 'interchange', interchangeControlNumber: '1' }],
	] as const)(
		'a %s that rejects the whole rejects each document in it, and they go out anew',
		async (name, about) => {
			const documents = [offered(1), offered(2)];
			const result = await take(ledger, documents);
			const format = name === 'CONTRL' ? 'EDIFACT' : 'X12';
			const fileId = await record(ledger, fileOf(documents, result, 1, { format }));
			await deliver(ledger, fileId);
			expect(await answered({ ...about, outcome: 'rejected' })).toMatchObject([
				{ fileId, state: 'rejected' },
			]);
			expect(await states()).toEqual({ 'INV-1': 'rejected', 'INV-2': 'rejected' });
			const anew = await take(ledger, documents, { reservation: 'run-2' });
			expect(anew.taken).toMatchObject([
				{ change: 'new', purpose: 'original', supersedesFile: '810_ACME_000000001.edi' },
				{ change: 'new' },
			]);
		},
	);

	test('a rejected set is rejected, the others are accepted', async () => {
		const documents = [offered(1), offered(2), offered(3)];
		const { fileId } = await send(ledger, documents, 1);
		const set = (number: string, outcome: string) => ({
			level: 'set' as const,
			setControlNumber: number,
			outcome,
		});
		const results = await answered(
			{ outcome: 'partially accepted' },
			set('0001', 'accepted'),
			set('0002', 'rejected'),
			set('0003', 'accepted with errors'),
		);
		expect(results[0]).toMatchObject({ fileId, state: 'partially accepted' });
		expect(results[2]).toMatchObject({ documents: ['INV-2'] });
		expect(await states()).toEqual({
			'INV-1': 'accepted',
			'INV-2': 'rejected',
			'INV-3': 'accepted with errors',
		});
		const anew = await take(ledger, documents, { reservation: 'run-2' });
		expect(anew.taken).toMatchObject([{ index: 1 }]);
		expect(reasons(anew)).toEqual(['unchanged', 'unchanged']);
	});

	test('of two groups, the rejected one rejects its documents alone', async () => {
		const documents = [offered(1), offered(2)];
		const result = await take(ledger, documents);
		const file = fileOf(documents, result, 1, { groupControlNumbers: ['1', '2'] });
		const inGroups = file.documents.map((document, index) => ({
			...document,
			groupControlNumber: String(index + 1),
		}));
		const fileId = await record(ledger, { ...file, documents: inGroups });
		await deliver(ledger, fileId);
		expect(await answered({ groupControlNumber: '2', outcome: 'rejected' })).toMatchObject([
			{ state: 'deposited', documents: ['INV-2'] },
		]);
		expect(await states()).toEqual({ 'INV-1': 'deposited', 'INV-2': 'rejected' });
		expect(await answered({ groupControlNumber: '1' })).toMatchObject([
			{ state: 'partially accepted' },
		]);
		expect(await states()).toEqual({ 'INV-1': 'accepted', 'INV-2': 'rejected' });
	});

	test('all payments of an advice follow its answer', async () => {
		const documents = [offered(1), offered(2)];
		const result = await take(ledger, documents);
		const file = fileOf(documents, result, 1);
		const oneSet = file.documents.map((document) => ({ ...document, setControlNumber: '0001' }));
		await deliver(ledger, await record(ledger, { ...file, documents: oneSet }));
		await answered(
			{ outcome: 'partially accepted' },
			{ level: 'set', setControlNumber: '1', outcome: 'rejected' },
		);
		expect(await states()).toEqual({ 'INV-1': 'rejected', 'INV-2': 'rejected' });
	});

	test('an answer is final: a contradicting one is evidence and changes nothing', async () => {
		const { fileId } = await send(ledger, [offered(1)], 1);
		await answered({});
		const [second] = await answered({ outcome: 'rejected', acknowledgmentControlNumber: '78' });
		expect(second).toMatchObject({
			outcome: 'contradicts',
			state: 'accepted',
			note: 'the file is accepted already',
		});
		// Nor does it reject the documents one by one.
		expect(await states()).toEqual({ 'INV-1': 'accepted' });
		expect((await getFile(ledger, fileId)).answers).toMatchObject([
			{ applied: true },
			{ applied: false, outcome: 'rejected' },
		]);
	});

	describe('an answer of the application', () => {
		const of824 = (change: Partial<ReconciledAnswer>) =>
			({
				acknowledgment: '824',
				level: 'document',
				groupControlNumber: '',
				...change,
			}) as const;

		test('comes after that of the gateway, and is about the document alone', async () => {
			const documents = [offered(1), offered(2)];
			const { fileId } = await send(ledger, documents, 1);
			await answered({});
			const rejected = of824({ outcome: 'rejected', documentNumber: 'INV-2' });
			expect(await answered(rejected)).toMatchObject([
				{ outcome: 'recorded', fileId, state: 'accepted', documents: ['INV-2'] },
			]);
			expect(await states()).toEqual({ 'INV-1': 'accepted', 'INV-2': 'rejected' });
			expect(await answered(rejected)).toMatchObject([{ outcome: 'repeated' }]);
			const anew = await take(ledger, documents, { reservation: 'run-2' });
			expect(anew.taken).toMatchObject([{ index: 1 }]);
		});

		test('names the set, or the document in the newest file that has it', async () => {
			await send(ledger, [offered(1), offered(2)], 1);
			const bySet = of824({
				documentNumber: 'THEIRS-77',
				groupControlNumber: '1',
				setControlNumber: '0001',
			});
			expect(await answered({ ...bySet, outcome: 'rejected' })).toMatchObject([
				{ documents: ['INV-1'] },
			]);
			const { fileId } = await send(ledger, [offered(2, { contentHash: 'changed' })], 2);
			expect(
				await answered(of824({ outcome: 'accepted with errors', documentNumber: 'INV-2' })),
			).toMatchObject([{ fileId, documents: ['INV-2'] }]);
			expect(await states()).toEqual({ 'INV-1': 'rejected', 'INV-2': 'accepted with errors' });
		});

		test('to a number that two suppliers use: the group decides, else a person', async () => {
			await send(ledger, [offered(1, { number: 'F-7' })], 1);
			await send(ledger, [offered(2, { number: 'F-7' })], 2);
			const rejected = of824({ outcome: 'rejected', documentNumber: 'F-7' });
			expect(await answered(rejected)).toMatchObject([
				{ outcome: 'unknown file', note: '2 documents have the number F-7: read it' },
			]);
			expect(await answered({ ...rejected, groupControlNumber: '2' })).toMatchObject([
				{ outcome: 'recorded', file: '810_ACME_000000002.edi', documents: ['F-7'] },
			]);
		});

		test('that is not known, or contradicts, is put to a person and changes nothing', async () => {
			await send(ledger, [offered(1)], 1);
			await answered({ outcome: 'rejected' });
			expect(await answered(of824({ documentNumber: 'INV-1' }))).toMatchObject([
				{ outcome: 'contradicts', note: 'another answer about the document stands already' },
			]);
			await send(ledger, [offered(2)], 2);
			expect(await answered(of824({ outcome: 'unknown', documentNumber: 'INV-2' }))).toMatchObject([
				{ note: 'the answer is of a kind that is not known: read it' },
			]);
			expect(await states()).toEqual({ 'INV-1': 'rejected', 'INV-2': 'deposited' });
			expect(await answered(of824({ documentNumber: 'INV-9' }))).toMatchObject([
				{ outcome: 'unknown file' },
			]);
		});
	});

	test('a TA1 that accepts says only that the interchange arrived; a CONTRL that was received, too', async () => {
		await send(ledger, [offered(1)], 1);
		expect(await answered({ ...TA1 })).toMatchObject([{ state: 'picked up' }]);
		expect(await answered({})).toMatchObject([{ state: 'accepted' }]);
		expect(await answered({ ...TA1, acknowledgmentControlNumber: '79' })).toMatchObject([
			{ outcome: 'recorded', state: 'accepted' },
		]);
	});

	test('an answer to a file that we think undelivered shows that the partner has it', async () => {
		const id = await record(ledger, fileOf([offered(1)], await take(ledger, [offered(1)]), 1));
		await deliver(ledger, id, { state: 'in doubt' });
		expect(await answered({})).toMatchObject([{ state: 'accepted' }]);
	});

	test('what is about no file of ours, or was made by us, writes nothing', async () => {
		await send(ledger, [offered(1)], 1);
		expect(await answered({ groupControlNumber: '99' }, { sender: 'OTHER' })).toMatchObject([
			{ outcome: 'unknown file' },
			{ outcome: 'unknown file' },
		]);
		const ours = fileOf([], { taken: [] }, 500, {
			kind: 'acknowledgment',
			transactionSet: '997',
			agreementVersionId: undefined,
		});
		await record(ledger, ours);
		expect(await answered({ sha256: ours.sha256, position: 0 })).toMatchObject([
			{ outcome: 'ours' },
		]);
		expect(await states()).toEqual({ 'INV-1': 'deposited' });
	});

	test("a receipt on behalf is evidence of its own and never the partner's acceptance", async () => {
		const { fileId } = await send(ledger, [offered(1)], 1);
		expect(await answered({ onBehalf: true })).toMatchObject([
			{ outcome: 'on behalf', state: 'deposited' },
		]);
		expect((await getFile(ledger, fileId)).file).toMatchObject({
			state: 'deposited',
			onBehalf: 'accepted',
		});
		expect(await answered({ outcome: 'rejected' })).toMatchObject([
			{ outcome: 'recorded', state: 'rejected' },
		]);
	});

	test('what is not answered in time is overdue, whatever was receipted on behalf, until the partner answers', async () => {
		await withAgreement(ledger, {
			acknowledgment: { expected: true, withinHours: 0 },
			whenInDoubt: 'hold',
		});
		const { fileId: never } = await send(ledger, [offered(1)], 1);
		await withAgreement(ledger, { acknowledgment: { expected: true, withinHours: 1 } });
		const { fileId } = await send(ledger, [offered(2)], 2);
		expect(await getOverdue(ledger, ACTOR)).toEqual([]);
		await answered({ groupControlNumber: '2', onBehalf: true });
		await lab().timePasses(ledger, 3_700);
		expect(await getOverdue(ledger, ACTOR)).toMatchObject([{ id: fileId, state: 'overdue' }]);
		expect(await recordPickUp(ledger, [never, fileId], '', ACTOR)).toMatchObject([
			{ recorded: true, state: 'picked up' },
			{ recorded: true },
		]);
		expect(await getOverdue(ledger, ACTOR)).toMatchObject([{ id: fileId }]);
		expect(await answered({ groupControlNumber: '2' })).toMatchObject([
			{ stateBefore: 'overdue', state: 'accepted' },
		]);
		expect(await getOverdue(ledger, ACTOR)).toEqual([]);
	});

	test('the same content that the partner rejected three times is not sent a fourth time', async () => {
		for (const number of [1, 2, 3]) {
			await send(ledger, [offered(1)], number);
			await answered({
				groupControlNumber: String(number),
				outcome: 'rejected',
				acknowledgmentControlNumber: `7${number}`,
			});
		}
		const fourth = await take(ledger, [offered(1)], { reservation: 'run-4' });
		expect(fourth.notTaken).toMatchObject([
			{ reason: 'refused before, unchanged', detail: expect.stringContaining('3 times') },
		]);
		expect(
			(await take(ledger, [offered(1, { contentHash: 'mended' })], { reservation: 'run-5' })).taken,
		).toHaveLength(1);
	});

	describe('received files', () => {
		const bytes = Buffer.from('ISA*…~');
		const file = {
			path: '/outbound/in.edi',
			modifiedAt: '2017-03-07T10:00:00.000Z',
			name: 'in.edi',
			bytes,
			sha256: 'aa',
			sender: 'ACME',
			receiver: 'OURS',
			controlNumber: '000000042',
			format: 'X12',
		};
		const receive = async (token: string, change: Partial<typeof file> = {}, leaseSeconds = 60) =>
			await recordReceived(ledger, { ...file, ...change }, { token, leaseSeconds }, ACTOR);
		const reply = (number: number, answers: number) =>
			fileOf([], { taken: [] }, number, {
				kind: 'acknowledgment',
				transactionSet: '997',
				agreementVersionId: undefined,
				answers,
			});

		test('of several runs one gets to answer it; a killed one is taken over; it is answered once', async () => {
			const [first, second] = await Promise.all([receive('a'), receive('b')]);
			expect([first.claimed, second.claimed].sort()).toEqual([false, true]);
			const loser = first.claimed ? second : first;
			expect(loser).toMatchObject({ fileId: first.fileId, outcome: 'being answered' });

			const killed = await receive('killed', { sha256: 'bb', controlNumber: '43' }, 0);
			const next = await receive('next', { sha256: 'bb', controlNumber: '43' });
			expect(next).toMatchObject({ fileId: killed.fileId, claimed: true, outcome: 'new' });
			expect(await settleReceived(ledger, killed.fileId, 'killed', 'failed', ACTOR)).toMatchObject({
				stale: true,
			});
			await record(ledger, reply(600, next.fileId));
			const late = await recordFiles(
				ledger,
				[reply(601, next.fileId)],
				{ sendAgain: false },
				ACTOR,
			);
			expect(late).toMatchObject([{ refused: 'LEDGER_ALREADY_ANSWERED' }]);
			expect(await receive('c', { sha256: 'bb', controlNumber: '43' })).toMatchObject({
				claimed: false,
				outcome: 'answered before',
				other: '810_ACME_000000600.edi',
			});
			expect(await settleReceived(ledger, next.fileId, 'next', 'answered', ACTOR)).toEqual({
				state: 'answered',
			});
		});

		test('an acknowledgment is kept once, beside what it says; what else it holds may be answered', async () => {
			const hash = sha256(bytes);
			const came = { ...file, sha256: hash };
			await send(ledger, [offered(1)], 1);
			await recordAcknowledgment(ledger, [answer({ sha256: hash, position: 1 })], ACTOR);
			await keepAcknowledgment(ledger, came, ACTOR);
			await keepAcknowledgment(ledger, { ...came, name: 'again.edi' }, ACTOR);
			const [sent] = (await getDocuments(ledger, {}, {})).rows;
			const { answers } = await getFile(ledger, sent!.fileId);
			expect(answers).toMatchObject([{ receivedId: expect.any(Number) }]);
			const { receivedId } = answers[0]!;
			expect(receivedId).toBeGreaterThan(0);
			const received = await getReceived(ledger, receivedId);
			expect(received).toMatchObject({ name: 'in.edi', answers: [{ id: sent!.fileId }] });
			expect(Buffer.from(received.bytes!)).toEqual(bytes);
			expect(await receive('a', { sha256: hash })).toMatchObject({
				fileId: receivedId,
				claimed: true,
			});
			expect(await getToDo(ledger)).toEqual([]);
			expect(await checkAll(ledger)).toMatchObject({ problems: [] });
		});

		test('what answers nothing of ours is not kept', async () => {
			await keepAcknowledgment(ledger, file, ACTOR);
			await expect(getReceived(ledger, 1)).rejects.toThrow('no received file 1');
			expect(await receive('a')).toMatchObject({ claimed: true, outcome: 'new' });
		});

		test('the same interchange number with other bytes is told', async () => {
			await receive('a');
			expect(await receive('b', { sha256: 'other', name: 'again.edi' })).toMatchObject({
				claimed: true,
				outcome: 'same number, other bytes',
				other: 'in.edi',
			});
		});

		test('one that failed may be tried again, one with nothing to answer not', async () => {
			const { fileId } = await receive('a');
			await settleReceived(ledger, fileId, 'a', 'failed', ACTOR);
			expect(await receive('b')).toMatchObject({ fileId, claimed: true });
			await settleReceived(ledger, fileId, 'b', 'nothing to answer', ACTOR);
			expect(await receive('c')).toMatchObject({
				fileId,
				claimed: false,
				outcome: 'answered before',
			});
		});
	});
}
