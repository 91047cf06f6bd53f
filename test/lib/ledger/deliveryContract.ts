import { createHash } from 'node:crypto';
import {
	claimFile,
	getContents,
	getDocuments,
	getNumbers,
	recordDeleted,
	recordFiles,
	recordRefused,
	releaseHeld,
	renewClaim,
	reserveNumbers,
	retire,
	saveAgreement,
	setNextNumber,
	settleFile,
	takeForReplay,
	voidNumbers,
} from '../../../lib/ledger';
import type { Ledger, TakeResult } from '../../../lib/ledger';
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

const reasons = ({ notTaken }: TakeResult) => notTaken.map(({ reason }) => reason);
const CLAIM = { token: 'replay', leaseSeconds: 60 };
const failed = {
	state: 'failed',
	error: { code: 'DELIVERY_LOST', message: 'the connection broke' },
} as const;

const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function newestHeld(ledger: Ledger): Promise<number> {
	const { rows } = await getDocuments(ledger, { state: 'held' }, {});
	return rows[0]!.versionId;
}

/** What both stores promise of taking, recording and delivering. */
export function deliveryContract(lab: () => LedgerLab): void {
	let ledger: Ledger;
	beforeEach(async () => {
		ledger = await lab().fresh();
		await withAgreement(ledger);
	});

	describe('Take New or Changed', () => {
		test('takes what is new, once; the same reservation gets the same again', async () => {
			const documents = [offered(1), offered(2)];
			const first = await take(ledger, documents);
			expect(first.taken).toMatchObject([
				{ index: 0, change: 'new', purpose: 'original', usage: 'production', supersedesFile: '' },
				{ index: 1 },
			]);
			expect(await take(ledger, documents)).toEqual(first);
			const other = await take(ledger, documents, { reservation: 'run-2' });
			expect(other.taken).toEqual([]);
			expect(reasons(other)).toEqual(['reserved elsewhere', 'reserved elsewhere']);
		});

		test('of two runs at the same moment each gets its own; no document is left or taken twice', async () => {
			const documents = Array.from({ length: 300 }, (_, index) => offered(index));
			const runs = await Promise.all(
				['run-1', 'run-2', 'run-3'].map(
					async (reservation) => await take(ledger, documents, { reservation }),
				),
			);
			const all = runs.flatMap(({ taken }) => taken.map(({ versionId }) => versionId));
			expect(all).toHaveLength(300);
			expect(new Set(all).size).toBe(300);
		});

		test('a lease that ran out makes a reservation takeable; its own run keeps it as long as nobody else did', async () => {
			const documents = [offered(1)];
			const first = await take(ledger, documents, { leaseSeconds: 0 });
			expect((await take(ledger, documents, { leaseSeconds: 0 })).taken).toEqual(first.taken);
			const other = await take(ledger, documents, { reservation: 'run-2' });
			expect(other.taken).toHaveLength(1);
			expect(reasons(await take(ledger, documents))).toEqual(['reserved elsewhere']);
			expect(
				await recordFiles(ledger, [fileOf(documents, first, 1)], { sendAgain: false }, ACTOR),
			).toMatchObject([{ refused: 'LEDGER_RESERVATION_LOST', documents: ['INV-1'] }]);
			await record(ledger, fileOf(documents, other, 2));
		});

		test('a manual run takes over from an earlier manual run of its workflow, never what is under way', async () => {
			const manual = { ...ACTOR, mode: 'manual' as const };
			const documents = [offered(1)];
			await take(ledger, documents, { reservation: 'manual-1', actor: manual });
			const second = await take(ledger, documents, { reservation: 'manual-2', actor: manual });
			expect(second.taken).toHaveLength(1);
			const elsewhere = { ...manual, workflowId: 'w2' };
			expect(
				reasons(await take(ledger, documents, { reservation: 'manual-3', actor: elsewhere })),
			).toEqual(['reserved elsewhere']);
			await record(ledger, fileOf(documents, second, 1));
			expect(
				reasons(await take(ledger, documents, { reservation: 'manual-4', actor: manual })),
			).toEqual(['waiting']);
		});

		test('what was sent is unchanged; other content replaces it, naming the file before', async () => {
			const { file } = await send(ledger, [offered(1)], 1);
			const again = await take(ledger, [offered(1)], { reservation: 'run-2' });
			expect(again.notTaken).toMatchObject([{ reason: 'unchanged', file: file.name }]);
			expect(reasons(await take(ledger, [offered(1)]))).toEqual(['already delivered']);
			const changed = await take(ledger, [offered(1, { contentHash: 'other' })], {
				reservation: 'run-3',
			});
			expect(changed.taken).toMatchObject([
				{ change: 'changed', purpose: 'replacement', supersedesFile: file.name },
			]);
		});

		test('a change waits while the version before is in an undelivered file', async () => {
			const first = await take(ledger, [offered(1)]);
			const file = fileOf([offered(1)], first, 1);
			await record(ledger, file);
			const changed = await take(ledger, [offered(1, { contentHash: 'other' })], {
				reservation: 'run-2',
			});
			expect(changed.notTaken).toMatchObject([{ reason: 'waiting', file: file.name }]);
			expect(reasons(await take(ledger, [offered(1)]))).toEqual(['in progress']);
		});

		test('if the first version was never delivered, the second is an original', async () => {
			await take(ledger, [offered(1)], { leaseSeconds: 0 });
			const second = await take(ledger, [offered(1, { contentHash: 'other' })], {
				reservation: 'run-2',
			});
			expect(second.taken).toMatchObject([
				{ change: 'new', purpose: 'original', supersedesFile: '' },
			]);
		});

		test('documents before the start are not sent, unless a person chooses the first backfill', async () => {
			const old = [offered(1, { date: '2016-12-31' })];
			expect(reasons(await take(ledger, old))).toEqual(['before start']);
			expect((await take(ledger, old, { firstBackfill: true })).taken).toHaveLength(1);
		});

		test('preview and stage draft reserve nothing', async () => {
			const preview = await take(ledger, [offered(1)], { preview: true });
			expect(preview.taken).toMatchObject([{ versionId: 0 }]);
			await saveAgreement(
				ledger,
				{ name: AGREEMENT, company: 'Ours', partner: 'ACME', stage: 'draft' },
				ACTOR,
			);
			expect((await take(ledger, [offered(1)])).taken).toMatchObject([
				{ versionId: 0, usage: 'draft' },
			]);
			await saveAgreement(
				ledger,
				{ name: AGREEMENT, company: 'Ours', partner: 'ACME', stage: 'production' },
				ACTOR,
			);
			expect((await take(ledger, [offered(1)], { reservation: 'run-2' })).taken).toHaveLength(1);
		});

		test('test deliveries do not count in production', async () => {
			await saveAgreement(
				ledger,
				{ name: AGREEMENT, company: 'Ours', partner: 'ACME', stage: 'test' },
				ACTOR,
			);
			const { taken } = await take(ledger, [offered(1)]);
			await deliver(
				ledger,
				await record(ledger, fileOf([offered(1)], { taken }, 1, { usage: 'test' })),
			);
			await saveAgreement(
				ledger,
				{ name: AGREEMENT, company: 'Ours', partner: 'ACME', stage: 'production' },
				ACTOR,
			);
			expect((await take(ledger, [offered(1)], { reservation: 'run-2' })).taken).toMatchObject([
				{ change: 'new', usage: 'production' },
			]);
		});

		test('the same document may go to one partner under several agreements', async () => {
			await withAgreement(ledger, { name: 'ACME csv', sentAs: 'csv' });
			const { taken } = await take(ledger, [offered(1), offered(1, { agreement: 'ACME csv' })]);
			expect(taken).toHaveLength(2);
		});

		test('a document twice in one run: the later version counts', async () => {
			const later = offered(1, { contentHash: 'later', modified: '2017-03-07T00:00:00.000Z' });
			const result = await take(ledger, [later, offered(1)]);
			expect(result.taken).toMatchObject([{ index: 0 }]);
			expect(result.notTaken).toMatchObject([{ index: 1, reason: 'unchanged' }]);
		});

		test.each([
			[{ agreement: '' }, 'LEDGER_AGREEMENT_EMPTY'],
			[{ agreement: '  ' }, 'LEDGER_AGREEMENT_EMPTY'],
			[{ agreement: 'nobody' }, 'LEDGER_UNKNOWN'],
			[{ key: '' }, 'LEDGER_DOCUMENT_INVALID'],
			[{ contentHash: '' }, 'LEDGER_DOCUMENT_INVALID'],
			[{ key: 'a\u0000b' }, 'LEDGER_DOCUMENT_INVALID'],
		])('one item with %j refuses the call before anything is reserved', async (change, code) => {
			await expect(take(ledger, [offered(1), offered(2, change)])).rejects.toMatchObject({ code });
			expect((await take(ledger, [offered(1)], { reservation: 'run-2' })).taken).toHaveLength(1);
		});

		test('nothing is taken for a retired agreement, company or partner', async () => {
			await retire(ledger, { kind: 'company', name: 'Ours' }, ACTOR);
			await expect(take(ledger, [offered(1)])).rejects.toMatchObject({ code: 'LEDGER_RETIRED' });
		});

		test('control characters in texts do not stop it', async () => {
			const { taken } = await take(ledger, [
				offered(1, { counterparty: 'A\u0000B\ud800', number: 'N\n1' }),
			]);
			expect(taken).toHaveLength(1);
		});
	});

	describe('refused and held documents', () => {
		const ISSUES = [{ code: 'X12_TOO_LONG', message: 'Invoice INV-1: too long', path: 'number' }];

		test('a refused document is not taken again until it or its agreement changes', async () => {
			const { taken } = await take(ledger, [offered(1)]);
			const refused = {
				...offered(1),
				versionId: taken[0]!.versionId,
				reservation: 'run-1',
				issues: ISSUES,
			};
			expect(await recordRefused(ledger, [refused], ACTOR)).toMatchObject([{ recorded: true }]);
			expect(await recordRefused(ledger, [refused], ACTOR)).toMatchObject([{ recorded: true }]);
			expect(reasons(await take(ledger, [offered(1)], { reservation: 'run-2' }))).toEqual([
				'refused before, unchanged',
			]);
			const mended = await take(ledger, [offered(1, { contentHash: 'mended' })], {
				reservation: 'run-3',
				leaseSeconds: 0,
			});
			expect(mended.taken).toMatchObject([{ change: 'new', purpose: 'original' }]);
			await recordRefused(
				ledger,
				[
					{
						...refused,
						versionId: mended.taken[0]!.versionId,
						reservation: 'run-3',
						contentHash: 'mended',
					},
				],
				ACTOR,
			);
			await saveAgreement(
				ledger,
				{ name: AGREEMENT, company: 'Ours', partner: 'ACME', folder: '/in2' },
				ACTOR,
			);
			const anew = await take(ledger, [offered(1, { contentHash: 'mended' })], {
				reservation: 'run-4',
			});
			expect(anew.taken).toHaveLength(1);
		});

		test('a refusal that comes late does not touch what another run has taken, or what was sent', async () => {
			const first = await take(ledger, [offered(1)], { leaseSeconds: 0 });
			const second = await take(ledger, [offered(1)], { reservation: 'run-2' });
			const late = {
				...offered(1),
				versionId: first.taken[0]!.versionId,
				reservation: 'run-1',
				issues: ISSUES,
			};
			expect(await recordRefused(ledger, [late], ACTOR)).toMatchObject([{ recorded: false }]);
			await deliver(ledger, await record(ledger, fileOf([offered(1)], second, 1)));
			expect(await recordRefused(ledger, [{ ...late, reservation: 'run-2' }], ACTOR)).toMatchObject(
				[{ recorded: false }],
			);
			expect(reasons(await take(ledger, [offered(1)], { reservation: 'run-3' }))).toEqual([
				'unchanged',
			]);
		});

		test('a document that came through no Take is recorded as refused by its key', async () => {
			expect(await recordRefused(ledger, [{ ...offered(1), issues: ISSUES }], ACTOR)).toMatchObject(
				[{ recorded: true }],
			);
			expect(reasons(await take(ledger, [offered(1)]))).toEqual(['refused before, unchanged']);
		});

		test.each([
			['hold', {}],
			['replacement', { documentType: 'remittance' }],
		] as const)(
			'a change is held (%s %j), released by a person, and taken as he says',
			async (changePolicy, more) => {
				const policy = { name: AGREEMENT, company: 'Ours', partner: 'ACME', changePolicy, ...more };
				await saveAgreement(ledger, policy, ACTOR);
				await send(ledger, [offered(1)], 1);
				const changed = offered(1, { contentHash: 'second', document: { total: '2' } });
				const held = await take(ledger, [changed], { reservation: 'run-2' });
				expect(held.notTaken).toMatchObject([
					{ reason: 'held', detail: expect.stringContaining('changed after') },
				]);
				expect(reasons(await take(ledger, [changed], { reservation: 'run-3' }))).toEqual(['held']);
				// Back at what the partner has: nothing to decide any more.
				expect(reasons(await take(ledger, [offered(1)], { reservation: 'run-4' }))).toEqual([
					'unchanged',
				]);
				await take(ledger, [changed], { reservation: 'run-5' });

				const id = await newestHeld(ledger);
				await expect(releaseHeld(ledger, [id], 'original', ' ', ACTOR)).rejects.toMatchObject({
					code: 'LEDGER_SETTING_INVALID',
				});
				expect(
					await releaseHeld(ledger, [id], 'original', 'asked for by the partner', ACTOR),
				).toMatchObject([{ state: 'released', number: 'INV-1', document: { total: '2' } }]);
				await expect(releaseHeld(ledger, [id], 'original', 'twice', ACTOR)).rejects.toMatchObject({
					code: 'LEDGER_NOT_READY',
				});
				const taken = await take(ledger, [changed], { reservation: 'run-6' });
				expect(taken.taken).toMatchObject([
					{ versionId: id, change: 'changed', purpose: 'original' },
				]);
				await deliver(ledger, await record(ledger, fileOf([changed], taken, 2)));
				expect(reasons(await take(ledger, [changed], { reservation: 'run-7' }))).toEqual([
					'unchanged',
				]);
			},
		);

		test('a held document that a person never sends stays unsent', async () => {
			await saveAgreement(
				ledger,
				{ name: AGREEMENT, company: 'Ours', partner: 'ACME', changePolicy: 'hold' },
				ACTOR,
			);
			await send(ledger, [offered(1)], 1);
			const changed = offered(1, { contentHash: 'second' });
			await take(ledger, [changed], { reservation: 'run-2' });
			await releaseHeld(ledger, [await newestHeld(ledger)], 'never', 'of no interest', ACTOR);
			expect(reasons(await take(ledger, [changed], { reservation: 'run-3' }))).toEqual([
				'not sent by decision',
			]);
		});

		test('what was sent and is gone at the source is held; what was not sent is not sent any more', async () => {
			await send(ledger, [offered(1)], 1);
			await recordRefused(ledger, [{ ...offered(2), issues: ISSUES }], ACTOR);
			const keys = [offered(1).key, offered(2).key, 'exact:1:purchaseEntry:none'];
			expect(await recordDeleted(ledger, { agreement: AGREEMENT, keys }, ACTOR)).toMatchObject([
				{ outcome: 'held' },
				{ outcome: 'not sent' },
				{ outcome: 'unknown' },
			]);
			expect(
				await recordDeleted(ledger, { agreement: AGREEMENT, keys: [keys[0]!] }, ACTOR),
			).toMatchObject([{ outcome: 'nothing to do' }]);
			// It is there again as the partner has it.
			expect(reasons(await take(ledger, [offered(1)], { reservation: 'run-2' }))).toEqual([
				'unchanged',
			]);
		});
	});

	describe('taking back what is gone at the source', () => {
		const terms = { name: AGREEMENT, company: 'Ours', partner: 'ACME' };
		const deleted = (number: number) =>
			recordDeleted(ledger, { agreement: AGREEMENT, keys: [offered(number).key] }, ACTOR);

		test('a person releases it as a cancellation of what was sent, and as nothing else', async () => {
			const first = offered(1, { document: { total: '1' } });
			await send(ledger, [first], 1);
			await deleted(1);
			const id = await newestHeld(ledger);
			await expect(releaseHeld(ledger, [id], 'original', 'why', ACTOR)).rejects.toMatchObject({
				code: 'LEDGER_SETTING_INVALID',
			});
			const [released] = await releaseHeld(ledger, [id], 'cancellation', 'booked twice', ACTOR);
			expect(released).toMatchObject({ state: 'released', document: { total: '1' } });
			const again = offered(1, { contentHash: released!.contentHash });
			const taken = await take(ledger, [again], { reservation: 'run-2' });
			expect(taken.taken).toMatchObject([
				{ versionId: id, change: 'deleted', purpose: 'cancellation' },
			]);
			await deliver(ledger, await record(ledger, fileOf([again], taken, 2)));
			expect(await deleted(1)).toMatchObject([{ outcome: 'nothing to do' }]);
		});

		test('by agreement it is handed out at once, and again until it is sent', async () => {
			await saveAgreement(ledger, { ...terms, onDeleted: 'cancel' }, ACTOR);
			await send(ledger, [offered(1, { document: { total: '1' } })], 1);
			const [one] = await deleted(1);
			expect(one).toMatchObject({
				outcome: 'to be cancelled',
				cancellation: { number: 'INV-1', document: { total: '1' } },
			});
			expect(await deleted(1)).toEqual([one]);
			const taken = await take(ledger, [one!.cancellation!], { reservation: 'run-2' });
			expect(taken.taken).toMatchObject([{ purpose: 'cancellation' }]);
		});

		test('back at the source before it was sent, nothing is taken back', async () => {
			await saveAgreement(ledger, { ...terms, onDeleted: 'cancel' }, ACTOR);
			await send(ledger, [offered(1)], 1);
			await deleted(1);
			const back = await take(ledger, [offered(1)], { reservation: 'run-2' });
			expect(reasons(back)).toEqual(['unchanged']);
		});

		test.each([
			['a payment', { documentType: 'remittance' }],
			['a flat file', { sentAs: 'csv' }],
		])('%s cannot say it: it is held, and a person cannot send it either', async (_name, more) => {
			await saveAgreement(ledger, { ...terms, onDeleted: 'cancel', ...more }, ACTOR);
			await send(ledger, [offered(1)], 1);
			expect(await deleted(1)).toMatchObject([{ outcome: 'held' }]);
			const id = await newestHeld(ledger);
			await expect(releaseHeld(ledger, [id], 'cancellation', 'why', ACTOR)).rejects.toMatchObject({
				code: 'LEDGER_SETTING_INVALID',
				message: expect.stringContaining('cannot be cancelled') as string,
			});
			expect(await releaseHeld(ledger, [id], 'never', 'told by phone', ACTOR)).toMatchObject([
				{ state: 'not sent' },
			]);
		});

		test('what is there cannot be released as a cancellation', async () => {
			await saveAgreement(ledger, { ...terms, changePolicy: 'hold' }, ACTOR);
			await send(ledger, [offered(1)], 1);
			await take(ledger, [offered(1, { contentHash: 'second' })], { reservation: 'run-2' });
			await expect(
				releaseHeld(ledger, [await newestHeld(ledger)], 'cancellation', 'why', ACTOR),
			).rejects.toMatchObject({ code: 'LEDGER_SETTING_INVALID' });
		});
	});

	describe('recording and delivering', () => {
		test('a recorded file has its bytes, and the same again changes nothing', async () => {
			const documents = [offered(1), offered(2)];
			const file = fileOf(documents, await take(ledger, documents), 7);
			const id = await record(ledger, file);
			expect(await recordFiles(ledger, [file], { sendAgain: false }, ACTOR)).toEqual([
				{ fileId: id, state: 'encoded', repeated: true },
			]);
			await deliver(ledger, id);
			expect(await recordFiles(ledger, [file], { sendAgain: false }, ACTOR)).toEqual([
				{ fileId: id, state: 'deposited', repeated: true },
			]);
			const kept = await getContents(ledger, id);
			expect(Buffer.from(kept.bytes!).equals(Buffer.from(file.bytes))).toBe(true);
			expect(kept.file).toMatchObject({
				name: file.name,
				state: 'deposited',
				sha256: file.sha256,
				attempts: 1,
			});
		});

		test('a file of thousands of documents and megabytes is recorded in slices', async () => {
			const documents = Array.from({ length: 1_300 }, (_, index) => offered(index));
			const result = await take(ledger, documents);
			expect(result.taken.map(({ index }) => index)).toEqual(documents.map((_, index) => index));
			const bytes = Buffer.alloc(3_000_000, 'exact').map(
				(value, index) => value ^ ((index * 2_654_435_761) >>> 24),
			);
			const file = fileOf(documents, result, 1, { bytes, sha256: sha(bytes) });
			const id = await record(ledger, file);
			expect(Buffer.from((await getContents(ledger, id)).bytes!).equals(bytes)).toBe(true);
			await deliver(ledger, id);
			expect(new Set(reasons(await take(ledger, documents, { reservation: 'run-2' })))).toEqual(
				new Set(['unchanged']),
			);
		});

		test('what the partner has is refused, naming documents; Send Again overrides', async () => {
			const { result } = await send(ledger, [offered(1)], 1);
			const second = fileOf([offered(1)], result, 2);
			const [refused] = await recordFiles(ledger, [second], { sendAgain: false }, ACTOR);
			expect(refused).toMatchObject({ refused: 'LEDGER_ALREADY_SENT', documents: ['INV-1'] });
			const [again] = await recordFiles(ledger, [second], { sendAgain: true }, ACTOR);
			expect(again).toMatchObject({ state: 'encoded', repeated: false });
		});

		test('without Take, documents are known by key: the same content is sent once', async () => {
			const untaken = (number: number, hash = 'hash') =>
				fileOf([offered(1)], { taken: [] }, number, {
					agreementVersionId: undefined,
					documents: [
						{
							key: 'k1',
							contentHash: hash,
							number: 'INV-1',
							setControlNumber: '0001',
							groupControlNumber: '1',
							purpose: 'original',
						},
					],
				});
			await deliver(ledger, await record(ledger, untaken(1)));
			expect(await recordFiles(ledger, [untaken(2)], { sendAgain: false }, ACTOR)).toMatchObject([
				{ refused: 'LEDGER_ALREADY_SENT', message: expect.stringContaining('INV-1') },
			]);
			const changed = await record(ledger, untaken(3, 'other'));
			expect(
				await recordFiles(ledger, [untaken(4, 'third')], { sendAgain: false }, ACTOR),
			).toMatchObject([{ refused: 'LEDGER_IN_PROGRESS' }]);
			await deliver(ledger, changed);
		});

		test('a file name of another undelivered file and a control number that was used are refused', async () => {
			const { name, folder } = fileOf([], { taken: [] }, 1);
			const first = await take(ledger, [offered(1)]);
			const id = await record(ledger, fileOf([offered(1)], first, 1));
			const second = await take(ledger, [offered(2)]);
			const sameName = fileOf([offered(2)], second, 2, { name, folder });
			expect(await recordFiles(ledger, [sameName], { sendAgain: false }, ACTOR)).toMatchObject([
				{ refused: 'LEDGER_FILE_NAME_TAKEN' },
			]);
			await deliver(ledger, id);
			const sameNumber = fileOf([offered(2)], second, 1, { name: 'other.edi' });
			expect(await recordFiles(ledger, [sameNumber], { sendAgain: false }, ACTOR)).toMatchObject([
				{ refused: 'LEDGER_NUMBER_USED' },
			]);
			await record(ledger, fileOf([offered(2)], second, 3));
		});

		test('held or decided documents do not go into a file', async () => {
			const { taken } = await take(ledger, [offered(1)]);
			await recordRefused(
				ledger,
				[{ ...offered(1), versionId: taken[0]!.versionId, issues: [] }],
				ACTOR,
			);
			await releaseHeld(ledger, [taken[0]!.versionId], 'never', 'a mistake', ACTOR);
			expect(
				await recordFiles(
					ledger,
					[fileOf([offered(1)], { taken }, 1)],
					{ sendAgain: false },
					ACTOR,
				),
			).toMatchObject([{ refused: 'LEDGER_HELD' }]);
		});

		test('of several claims one gets the file; the same token gets it again', async () => {
			const id = await record(ledger, fileOf([offered(1)], await take(ledger, [offered(1)]), 1));
			const claims = await Promise.all(
				['a', 'b', 'c'].map(
					async (token) =>
						await claimFile(ledger, id, { token, leaseSeconds: 60, server: SERVER }, ACTOR),
				),
			);
			const winner = claims.findIndex((claim) => !('refused' in claim));
			expect(claims[winner]).toEqual({
				attempt: 1,
				earlierAttempt: false,
				folder: '/inbound',
				name: '810_ACME_000000001.edi',
			});
			expect(
				claims.filter((claim) => 'refused' in claim && claim.refused === 'LEDGER_IN_PROGRESS'),
			).toHaveLength(2);
			const token = ['a', 'b', 'c'][winner]!;
			expect(
				await claimFile(ledger, id, { token, leaseSeconds: 60, server: SERVER }, ACTOR),
			).toMatchObject({ attempt: 1 });
			expect(await settleFile(ledger, id, token, { state: 'deposited' }, ACTOR)).toEqual({
				state: 'deposited',
			});
			expect(await settleFile(ledger, id, token, { state: 'deposited' }, ACTOR)).toEqual({
				state: 'deposited',
			});
			expect(
				await claimFile(ledger, id, { token: 'd', leaseSeconds: 60, server: SERVER }, ACTOR),
			).toMatchObject({
				refused: 'LEDGER_ALREADY_SENT',
			});
		});

		test('a lease that ran out during an upload: another run may claim, the late outcome is refused', async () => {
			const id = await record(ledger, fileOf([offered(1)], await take(ledger, [offered(1)]), 1));
			await claimFile(ledger, id, { token: 'slow', leaseSeconds: 0, server: SERVER }, ACTOR);
			expect(await renewClaim(ledger, id, 'slow', 0, ACTOR)).toBe(true);
			expect(
				await claimFile(ledger, id, { token: 'fast', leaseSeconds: 60, server: SERVER }, ACTOR),
			).toMatchObject({
				attempt: 2,
				earlierAttempt: true,
			});
			expect(await renewClaim(ledger, id, 'slow', 60, ACTOR)).toBe(false);
			expect(await settleFile(ledger, id, 'slow', { state: 'failed' }, ACTOR)).toMatchObject({
				stale: true,
				refused: 'LEDGER_STALE',
			});
			expect(await settleFile(ledger, id, 'fast', { state: 'deposited' }, ACTOR)).toEqual({
				state: 'deposited',
			});
		});

		test('the agreement goes by the server of its first delivery', async () => {
			await send(ledger, [offered(1)], 1);
			const id = await record(ledger, fileOf([offered(2)], await take(ledger, [offered(2)]), 2));
			const other = { token: 't', leaseSeconds: 60, server: 'elsewhere:22 x' };
			expect(await claimFile(ledger, id, other, ACTOR)).toMatchObject({
				refused: 'LEDGER_OTHER_SERVER',
			});
			await saveAgreement(
				ledger,
				{ name: AGREEMENT, company: 'Ours', partner: 'ACME', server: other.server },
				ACTOR,
			);
			expect(await claimFile(ledger, id, other, ACTOR)).toMatchObject({ attempt: 1 });
		});
	});

	describe('replay', () => {
		test('what failed or was stranded goes out again with the same bytes, to the recorded folder', async () => {
			const ids = [];
			const documents = [1, 2, 3, 4].map((id) => offered(id));
			for (const [index, document] of documents.entries()) {
				const result = await take(ledger, [document], { reservation: `run-${index}` });
				const [recorded] = await recordFiles(
					ledger,
					[fileOf([document], result, index + 1)],
					{ sendAgain: false, leaseSeconds: index === 3 ? 900 : 0 },
					ACTOR,
				);
				ids.push((recorded as { fileId: number }).fileId);
			}
			await saveAgreement(
				ledger,
				{ name: AGREEMENT, company: 'Ours', partner: 'ACME', folder: '/moved' },
				ACTOR,
			);
			await deliver(ledger, ids[0]!, failed);
			await claimFile(ledger, ids[1]!, { token: 'killed', leaseSeconds: 0, server: SERVER }, ACTOR);
			// ids[2] was recorded and never claimed; ids[3] as well, and its run may still be on the way.
			const { files, refused } = await takeForReplay(ledger, { automatic: true }, CLAIM, ACTOR);
			expect(files.map(({ file }) => file.id)).toEqual([ids[0], ids[1], ids[2]]);
			expect(files[0]).toMatchObject({
				file: { folder: '/inbound' },
				bytes: expect.any(Uint8Array),
			});
			expect(refused).toEqual([]);
			expect(
				(await takeForReplay(ledger, { automatic: true }, { ...CLAIM, token: 'other' }, ACTOR))
					.files,
			).toEqual([]);
			for (const { file, token } of files) {
				expect(
					await claimFile(ledger, file.id, { token, leaseSeconds: 60, server: SERVER }, ACTOR),
				).toMatchObject({
					name: file.name,
				});
				await settleFile(ledger, file.id, token, { state: 'deposited' }, ACTOR);
			}
			expect(await settleFile(ledger, ids[1]!, 'killed', { state: 'failed' }, ACTOR)).toMatchObject(
				{ stale: true },
			);
		});

		test('a file in doubt waits for a person, unless the agreement says to send it again', async () => {
			const id = await record(ledger, fileOf([offered(1)], await take(ledger, [offered(1)]), 1));
			await deliver(ledger, id, { state: 'in doubt' });
			expect((await takeForReplay(ledger, { automatic: true }, CLAIM, ACTOR)).files).toEqual([]);
			const asked = await takeForReplay(
				ledger,
				{ fileIds: [id], reason: 'the partner has not got it' },
				CLAIM,
				ACTOR,
			);
			expect(asked.files).toHaveLength(1);

			await withAgreement(ledger, { whenInDoubt: 'send again' });
			const second = await record(
				ledger,
				fileOf([offered(2)], await take(ledger, [offered(2)]), 2),
			);
			await deliver(ledger, second, { state: 'in doubt' });
			const { files } = await takeForReplay(ledger, { automatic: true }, CLAIM, ACTOR);
			expect(files.map(({ file }) => file.id)).toEqual([second]);
		});

		test('a file that the partner has is sent again on demand, and stays what it was if he still has it', async () => {
			const { fileId } = await send(ledger, [offered(1)], 1);
			const reason = 'asked for by the partner';
			const settle = async (outcome: Parameters<typeof settleFile>[3]) => {
				const { files } = await takeForReplay(ledger, { fileIds: [fileId], reason }, CLAIM, ACTOR);
				const { token } = files[0]!;
				await claimFile(ledger, fileId, { token, leaseSeconds: 60, server: SERVER }, ACTOR);
				return await settleFile(ledger, fileId, token, outcome, ACTOR);
			};
			expect(await settle({ state: 'deposited', alreadyThere: true })).toEqual({
				state: 'deposited',
			});
			expect(await settle(failed)).toEqual({ state: 'deposited' });
			expect(await settle({ state: 'deposited' })).toEqual({ state: 'deposited' });
			await expect(
				takeForReplay(ledger, { fileIds: [fileId], reason: '' }, CLAIM, ACTOR),
			).rejects.toMatchObject({
				code: 'LEDGER_SETTING_INVALID',
			});
			await expect(
				takeForReplay(ledger, { fileIds: [999_999], reason }, CLAIM, ACTOR),
			).rejects.toMatchObject({
				code: 'LEDGER_UNKNOWN',
			});
		});

		test('never a file with a document that a later version has overtaken, unless a person has seen that', async () => {
			const { fileId } = await send(ledger, [offered(1)], 1);
			await send(ledger, [offered(1, { contentHash: 'second' })], 2);
			const which = { fileIds: [fileId], reason: 'lost by the partner' };
			expect(await takeForReplay(ledger, which, CLAIM, ACTOR)).toMatchObject({
				files: [],
				refused: [{ refused: 'LEDGER_OVERTAKEN', fileId }],
			});
			const seen = await takeForReplay(ledger, { ...which, evenIfOvertaken: true }, CLAIM, ACTOR);
			expect(seen.files).toHaveLength(1);
		});
	});

	describe('control numbers', () => {
		const SERIES = {
			sender: 'OURS',
			receiver: 'ACME',
			kind: 'interchange',
			usage: 'production',
		} as const;
		const reserve = async (count: number, reservation: string) =>
			await reserveNumbers(ledger, { ...SERIES, count, reservation }, ACTOR);

		test('are consecutive, and the same for the same reservation', async () => {
			expect(await reserve(2, 'a')).toEqual([1, 2]);
			expect(await reserve(1, 'b')).toEqual([3]);
			expect(await reserve(2, 'a')).toEqual([1, 2]);
			expect(await reserve(3, 'a')).toEqual([1, 2, 4]);
			const all = await Promise.all(
				Array.from({ length: 10 }, async (_, index) => await reserve(5, `c${index}`)),
			);
			expect(all.flat().sort((a, b) => a - b)).toEqual(
				Array.from({ length: 50 }, (_, index) => index + 5),
			);
		});

		test('each is used by a file or voided, and a voided one is never used', async () => {
			await reserve(1, 'a');
			await reserve(1, 'b');
			const documents = [offered(1)];
			const result = await take(ledger, documents);
			await deliver(ledger, await record(ledger, fileOf(documents, result, 1)));
			expect(await voidNumbers(ledger, 'b', 'the run failed', ACTOR)).toEqual([2]);
			expect(await voidNumbers(ledger, 'a', 'late', ACTOR)).toEqual([]);
			expect(await getNumbers(ledger)).toEqual([
				{ ...SERIES, first: 1, next: 3, used: 1, voided: 1, reserved: 0, leftOut: 0 },
			]);
			const other = [offered(2)];
			const file = fileOf(other, await take(ledger, other), 2);
			expect(await recordFiles(ledger, [file], { sendAgain: false }, ACTOR)).toMatchObject([
				{ refused: 'LEDGER_NUMBER_USED' },
			]);
			expect(await reserve(1, 'b')).toEqual([3]);
		});

		test('the next number can only be raised', async () => {
			await reserve(5, 'a');
			await setNextNumber(ledger, { ...SERIES, next: 100 }, 'restored from a backup', ACTOR);
			expect(await reserve(1, 'b')).toEqual([100]);
			await expect(
				setNextNumber(ledger, { ...SERIES, next: 50 }, 'back', ACTOR),
			).rejects.toMatchObject({
				code: 'LEDGER_NUMBER_LOWER',
			});
			expect(await getNumbers(ledger)).toMatchObject([{ next: 101, leftOut: 94 }]);
			await setNextNumber(ledger, { ...SERIES, next: 999_999_999 }, 'the end', ACTOR);
			expect(await reserve(1, 'c')).toEqual([999_999_999]);
			await expect(reserve(1, 'd')).rejects.toMatchObject({ code: 'LEDGER_NUMBERS_EXHAUSTED' });
		});
	});
}
