import { createHash } from 'node:crypto';
import {
	acceptRestored,
	check,
	checkAll,
	compareWithSource,
	copyLedger,
	erase,
	getComparisons,
	getContents,
	getDocuments,
	getHead,
	getToDo,
	openLedger,
	prune,
	recordAcknowledgment,
	recordReceived,
	reserveNumbers,
	retire,
	takeForReplay,
} from '../../../lib/ledger';
import type { Ledger, LedgerConnection } from '../../../lib/ledger';
import {
	ACTOR,
	AGREEMENT,
	deliver,
	fileOf,
	offered,
	record,
	send,
	take,
	withAgreement,
} from '../../support/ledgerLab';
import type { LedgerLab } from '../../support/ledgerLab';

const YEARS_AGO = { productionYears: -20, testDays: 0 };

/** A bit of everything: sent, answered, refused, held, numbers, received. */
export async function furnish(ledger: Ledger): Promise<{ fileId: number }> {
	await withAgreement(ledger, { secrets: { isa04: 'CANARY' } });
	await reserveNumbers(
		ledger,
		{
			sender: 'OURS',
			receiver: 'ACME',
			kind: 'interchange',
			usage: 'production',
			count: 2,
			reservation: 'r',
		},
		ACTOR,
	);
	const { fileId } = await send(ledger, [offered(1), offered(2)], 1);
	await send(ledger, [offered(3)], 2);
	await take(ledger, [offered(4)]);
	await recordAcknowledgment(
		ledger,
		[
			{
				acknowledgment: '997',
				level: 'group',
				outcome: 'accepted',
				status: 'A',
				sender: 'OURS',
				receiver: 'ACME',
				interchangeControlNumber: '',
				groupControlNumber: '1',
				setControlNumber: '',
				acknowledgmentControlNumber: '9',
				acknowledgedAt: '',
				summary: 'ACME took it',
				errors: [],
			},
		],
		ACTOR,
	);
	const bytes = Buffer.from('UNB…');
	await recordReceived(
		ledger,
		{
			path: '/outbound/x',
			modifiedAt: '',
			name: 'x',
			bytes,
			sha256: createHash('sha256').update(bytes).digest('hex'),
			partner: 'ACME',
			sender: 'ACME',
			receiver: 'OURS',
			controlNumber: '1',
			format: 'EDIFACT',
		},
		{ token: 't', leaseSeconds: 60 },
		ACTOR,
	);
	return { fileId };
}

/** What both stores promise of keeping: check, prune, erase, copy, loss. */
export function keepingContract(lab: () => LedgerLab, copies: () => LedgerConnection): void {
	let ledger: Ledger;
	let fileId: number;
	beforeEach(async () => {
		ledger = await lab().fresh();
		({ fileId } = await furnish(ledger));
	});
	const whole = async (of: Ledger) => (await checkAll(of)).problems;

	test('a ledger that nobody touched checks, in slices, up to its head', async () => {
		const result = await checkAll(ledger);
		expect(result.done).toBe(true);
		expect(await whole(ledger)).toEqual([]);
		expect(result.head).toEqual(await getHead(ledger));
		const { number, hash } = result.head;
		await take(ledger, [offered(5)]);
		expect(
			(await checkAll(ledger, { head: `${number}:${hash}` })).problems.filter(({ what }) =>
				what.startsWith('entry'),
			),
		).toEqual([]);
		const wrong = `${number}:${'f'.repeat(64)}`;
		expect((await checkAll(ledger, { head: wrong })).problems).toContainEqual(
			expect.objectContaining({ what: `entry ${number}` }),
		);
		expect((await check(ledger)).next).toEqual(expect.any(String));
		expect((await checkAll(ledger, { cancelled: () => true })).done).toBe(false);
	});

	test('pruning removes bytes that were kept long enough, never what is unanswered, and is an event', async () => {
		expect(await prune(ledger, {}, ACTOR)).toEqual({ files: 0, received: 0, bytes: 0 });
		const pruned = await prune(ledger, YEARS_AGO, ACTOR);
		expect(pruned).toMatchObject({ files: 2, received: 0 });
		expect(pruned.bytes).toBeGreaterThan(0);
		expect(await getContents(ledger, fileId)).toMatchObject({
			bytes: undefined,
			file: { contents: 'pruned', state: 'accepted' },
		});
		expect(
			await takeForReplay(
				ledger,
				{ fileIds: [fileId], reason: 'asked' },
				{ token: 't', leaseSeconds: 60 },
				ACTOR,
			),
		).toMatchObject({
			refused: [{ refused: 'LEDGER_BYTES_GONE' }],
		});
		expect(await whole(ledger)).toEqual([]);
		await withAgreement(ledger, { acknowledgment: { expected: true, withinHours: 24 } });
		await send(ledger, [offered(6)], 6);
		expect(await prune(ledger, YEARS_AGO, ACTOR)).toMatchObject({ files: 0 });
	});

	test('erasing a party leaves the chain whole and no trace of it', async () => {
		await expect(erase(ledger, { partner: 'ACME' }, 'asked', ACTOR)).rejects.toMatchObject({
			code: 'LEDGER_RETENTION',
		});
		await retire(ledger, { kind: 'partner', name: 'ACME' }, ACTOR);
		await expect(erase(ledger, { partner: 'ACME' }, 'asked', ACTOR)).rejects.toMatchObject({
			code: 'LEDGER_RETENTION',
			message: expect.stringContaining('must be kept until'),
		});
		await expect(erase(ledger, { partner: 'ACME' }, ' ', ACTOR)).rejects.toMatchObject({
			code: 'LEDGER_SETTING_INVALID',
		});
		const period = { from: '2017-01-01', to: '2017-12-31' };
		await compareWithSource(ledger, { agreement: AGREEMENT, documents: [offered(1)], ...period });
		const erased = await erase(ledger, { partner: 'ACME' }, 'the contract ended', ACTOR, YEARS_AGO);
		expect(await getComparisons(ledger)).toEqual([]);
		expect(erased).toMatchObject({ documents: 4, files: 2 });
		expect(await whole(ledger)).toEqual([]);
		const everything = await lab().dump(ledger);
		for (const trace of [
			'ACME',
			'INV-1',
			'Supplier',
			'purchaseEntry',
			'inbound',
			'CANARY',
			'810_',
			'sftp.acme',
		]) {
			expect([trace, everything.includes(trace)]).toEqual([trace, false]);
		}
		expect(everything).toContain('the contract ended');
	});

	test('erasing a counterparty takes its documents and the bytes of the files that had them', async () => {
		await send(ledger, [offered(7, { counterparty: 'J. Jansen', number: 'INV-J' })], 7);
		await erase(ledger, { counterparty: 'J. Jansen' }, 'he asked for it', ACTOR, YEARS_AGO);
		expect(await lab().dump(ledger)).not.toMatch(/Jansen|INV-J/);
		expect(await whole(ledger)).toEqual([]);
		expect((await getDocuments(ledger, { number: 'INV-1' }, {})).rows).toHaveLength(1);
		await expect(
			erase(ledger, { counterparty: 'J. Jansen' }, 'again', ACTOR),
		).rejects.toMatchObject({ code: 'LEDGER_UNKNOWN' });
	});

	test('a copy into the other store is whole, checks, and goes on where this one ended', async () => {
		const connection = copies();
		const { rows, head } = await copyLedger(ledger, connection, lab().ports);
		expect(rows).toBeGreaterThan(0);
		expect(head).toEqual(await getHead(ledger));
		const copy = await openLedger(connection, lab().ports);
		expect(copy.id).toBe(ledger.id);
		expect(await whole(copy)).toEqual([]);
		const all = async (of: Ledger) => (await getDocuments(of, {}, {})).rows;
		expect(await all(copy)).toEqual(await all(ledger));
		const next = await take(copy, [offered(1), offered(8)], { reservation: 'run-9' });
		expect(next.taken).toMatchObject([{ index: 1 }]);
		await expect(copyLedger(ledger, connection, lab().ports)).rejects.toMatchObject({
			code: 'LEDGER_SETTING_INVALID',
		});
	});

	test('an older copy that was put back sends nothing until a person accepts the loss; then nothing goes twice', async () => {
		const connection = lab().connectionOf(ledger);
		const older = await lab().save(ledger);
		// The copy knows this one as reserved only.
		const reserved = [offered(4)];
		await deliver(ledger, await record(ledger, fileOf(reserved, await take(ledger, reserved), 19)));
		// What the copy does not know: a new document sent, a file recorded and not delivered.
		await send(ledger, [offered(20)], 20);
		await older.putBack();

		const restored = await openLedger(connection, lab().ports);
		await expect(take(restored, [offered(20)], { reservation: 'sweep' })).rejects.toMatchObject({
			code: 'LEDGER_OLDER',
		});
		await expect(
			takeForReplay(restored, { automatic: true }, { token: 't', leaseSeconds: 60 }, ACTOR),
		).rejects.toMatchObject({
			code: 'LEDGER_OLDER',
		});
		expect(await getToDo(restored)).toContainEqual(
			expect.objectContaining({ kind: 'ledger lost' }),
		);
		expect((await checkAll(restored)).problems).toContainEqual(
			expect.objectContaining({ what: 'mark' }),
		);

		await acceptRestored(
			connection,
			lab().ports,
			{ reason: 'disk failed', raiseNumbersBy: 1_000 },
			ACTOR,
		);
		const after = await openLedger(connection, lab().ports);
		const sweep = await take(after, [offered(1), offered(20), offered(4)], {
			reservation: 'sweep',
		});
		expect(sweep.taken).toEqual([]);
		expect(sweep.notTaken).toMatchObject([
			{ index: 0, reason: 'unchanged' },
			{ index: 1, reason: 'held', detail: expect.stringContaining('before the ledger was lost') },
			{ index: 2, reason: 'held' },
		]);
		const fresh = offered(21, {
			modified: new Date(lab().ports.now().getTime() + 60_000).toISOString(),
		});
		expect((await take(after, [fresh], { reservation: 'sweep-2' })).taken).toHaveLength(1);
		const numbers = {
			sender: 'OURS',
			receiver: 'ACME',
			kind: 'interchange',
			usage: 'production',
		} as const;
		const [next] = await reserveNumbers(after, { ...numbers, count: 1, reservation: 'n' }, ACTOR);
		expect(next).toBeGreaterThan(1_000);
		expect(await whole(after)).toEqual([]);
	});

	test('a ledger that is gone is not made anew by itself; accepted, everything before is held', async () => {
		const connection = lab().connectionOf(ledger);
		await lab().lose(ledger);
		await expect(openLedger(connection, lab().ports)).rejects.toMatchObject({
			code: 'LEDGER_MISSING',
		});
		await acceptRestored(
			connection,
			lab().ports,
			{ reason: 'nothing was left', raiseNumbersBy: 0 },
			ACTOR,
		);
		const anew = await openLedger(connection, lab().ports);
		await withAgreement(anew);
		expect((await take(anew, [offered(1)])).notTaken).toMatchObject([{ reason: 'held' }]);
		expect(await whole(anew)).toEqual([]);
	});

	test('after a loss, undelivered files are in doubt and wait for a person, whatever the agreement says', async () => {
		await withAgreement(ledger, { whenInDoubt: 'send again' });
		const id = await record(ledger, fileOf([offered(30)], await take(ledger, [offered(30)]), 30));
		const older = await lab().save(ledger);
		await send(ledger, [offered(31)], 31);
		await older.putBack();
		const connection = lab().connectionOf(ledger);
		expect(
			await acceptRestored(
				connection,
				lab().ports,
				{ reason: 'disk failed', raiseNumbersBy: 0 },
				ACTOR,
			),
		).toMatchObject({ inDoubt: 1 });
		const after = await openLedger(connection, lab().ports);
		const claim = { token: 't', leaseSeconds: 60 };
		expect((await takeForReplay(after, { automatic: true }, claim, ACTOR)).files).toEqual([]);
		expect(
			(await takeForReplay(after, { fileIds: [id], reason: 'not there' }, claim, ACTOR)).files,
		).toHaveLength(1);
	});

	test.each([
		[
			'a byte of a file',
			'update {contents} set bytes = substr(bytes, 1, 3) || substr(bytes, 5) where owner_id = {file}',
			/^files/,
		],
		['a row', "update {versions} set amount = '1.00' where number = 'INV-1'", /^versions/],
		['a state', "update {files} set state = 'rejected' where id = {file}", /^files/],
		['a setting', `update {agreement_versions} set settings = '{"x":1}'`, /^agreement_versions/],
		[
			'the key of a document',
			"update {documents} set document_key = 'other' where id = (select document_id from {versions} where number = 'INV-1')",
			/^documents/,
		],
		[
			'a file of a document',
			"update {file_versions} set set_control_number = '0009' where file_id = {file}",
			/^files/,
		],
		[
			'a row put in',
			"insert into {numbers} select 999, counter_id, 77, 'voided', reservation, 9, 0, '', reserved_at from {numbers} where number = 1",
			/^numbers/,
		],
		['a row taken out', 'delete from {answers}', /^answers/],
		[
			'the details of an event',
			"update {events} set details = replace(details, '121.00', '12.00') where details like '%INV-1%'",
			/^entry/,
		],
		[
			'an event',
			"update {events} set state_to = 'accepted' where state_to = 'deposited'",
			/^entry/,
		],
		['an event taken out', 'delete from {events} where link = 6 and ordinal = 1', /^entry 6$/],
		[
			'who did it',
			`update {links} set actor = replace(actor, 'Export', 'Import') where number = 5`,
			/^entry 5$/,
		],
		[
			'two events in another order',
			'update {events} set ordinal = ordinal + 100 where link = 7; update {events} set ordinal = case ordinal when 101 then 2 when 102 then 1 else ordinal - 100 end where link = 7',
			/^entry 7$/,
		],
		['an entry taken out', 'delete from {links} where number = 4', /^entry/],
		[
			'the end cut off',
			'delete from {links} where number = (select head from {ledger})',
			/^entry|^mark/,
		],
	])('check finds %s and names what was touched', async (_, sql, what) => {
		await lab().tamper(ledger, sql.replaceAll('{file}', String(fileId)));
		const problems = await whole(ledger);
		expect(problems.map((problem) => problem.what)).toContainEqual(expect.stringMatching(what));
	});

	test('the end cut off together with the head is found by a head from an earlier digest, and by the mark', async () => {
		const { number, hash } = await getHead(ledger);
		await lab().tamper(ledger, `delete from {links} where number = ${number}`);
		await lab().tamper(ledger, `delete from {events} where link = ${number}`);
		await lab().tamper(
			ledger,
			`update {ledger} set head = ${number - 1}, hash = (select hash from {links} where number = ${number - 1})`,
		);
		const { problems } = await checkAll(ledger, { head: `${number}:${hash}` });
		expect(problems.map(({ what }) => what)).toEqual(
			expect.arrayContaining(['mark', `entry ${number}`]),
		);
	});
}
