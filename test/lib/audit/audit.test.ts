import { createHash } from 'node:crypto';
import fc from 'fast-check';
import {
	canChange,
	checkChange,
	contentRows,
	decideReplay,
	DEFAULT_REPLAY_POLICY,
	documentChange,
	documentRows,
	DOCUMENTS_TABLE,
	fileKey,
	fileRow,
	FILE_STATES,
	FILE_TRANSITIONS,
	FILES_TABLE,
	joinContent,
	MAX_CONTENT_BYTES,
	nextAttemptAt,
	PART_BYTES,
	planPruning,
	refusedDocumentRow,
} from '../../../lib/audit';
import type { FileFacts, FileState, ReplayCandidate, StoredContent } from '../../../lib/audit';

const facts: FileFacts = {
	format: 'X12',
	transactionSet: '810',
	release: '004010',
	partner: 'ACME',
	usage: 'test',
	sender: 'SENDER',
	receiver: 'RECEIVER',
	controlNumber: '000123001',
	groupControlNumber: '123001',
	fileName: '810_ACME_000123001.edi',
	sha256: 'ab',
	bytes: 1234,
	documentCount: 1,
	documents: [
		{
			key: 'exact:1:purchaseEntry:e1',
			number: 'INV-1',
			contentHash: 'cd',
			controlNumber: '0001',
			type: 'invoice',
			purpose: 'replacement',
			modified: '2017-03-06T08:11:00.387Z',
		},
	],
	executionId: '123',
};

describe('ledger rows', () => {
	test('a file row fills exactly the columns of its table', () => {
		const row = fileRow(facts);
		expect(Object.keys(row).sort()).toEqual(Object.keys(FILES_TABLE.columns).sort());
		for (const [column, type] of Object.entries(FILES_TABLE.columns)) {
			expect([column, typeof row[column as keyof typeof row]]).toEqual([column, type]);
		}
		expect(row).toMatchObject({
			file_key: 'X12:SENDER:RECEIVER:000123001',
			interchange_control_number: '000123001',
			state: 'encoded',
			direction: 'outbound',
			contents: 'kept',
		});
		expect(JSON.parse(row.documents)).toEqual([
			{
				key: 'exact:1:purchaseEntry:e1',
				number: 'INV-1',
				contentHash: 'cd',
				controlNumber: '0001',
			},
		]);
	});

	test('a file too large for tables says that its bytes are not kept', () => {
		expect(fileRow({ ...facts, bytes: MAX_CONTENT_BYTES + 1 }).contents).toBe('');
	});

	test('a flat file is known by its name', () => {
		expect(fileKey({ ...facts, format: 'csv', controlNumber: '', fileName: 'v.csv' })).toBe(
			'csv:ACME:v.csv',
		);
	});

	test('document rows fill exactly the columns of their table', () => {
		const [row] = documentRows(facts);
		expect(Object.keys(row ?? {}).sort()).toEqual(Object.keys(DOCUMENTS_TABLE.columns).sort());
		expect(row).toMatchObject({
			document_key: 'exact:1:purchaseEntry:e1',
			file_key: 'X12:SENDER:RECEIVER:000123001',
			control_number: '0001',
			state: 'encoded',
			purpose: 'replacement',
		});
	});

	test('a refused document keeps what an earlier file wrote', () => {
		const row = refusedDocumentRow(
			{
				key: 'k',
				number: 'INV-1',
				contentHash: 'cd',
				type: 'invoice',
				partner: 'ACME',
				modified: '',
				executionId: '123',
				issues: [{ message: 'a' }, { message: 'b'.repeat(5000) }],
			},
			'rejected',
		);
		expect(row).not.toHaveProperty('file_key');
		expect(row).not.toHaveProperty('control_number');
		expect(row.issues.startsWith('a\nbbb')).toBe(true);
		expect(row.issues).toHaveLength(2000);
		for (const column of Object.keys(row)) expect(DOCUMENTS_TABLE.columns).toHaveProperty(column);
	});
});

describe('states', () => {
	test('every state has transitions, and only to states', () => {
		expect(Object.keys(FILE_TRANSITIONS).sort()).toEqual([...FILE_STATES].sort());
		for (const targets of Object.values(FILE_TRANSITIONS)) {
			for (const target of targets) expect(FILE_STATES).toContain(target);
		}
	});

	test('every state can be reached from encoded', () => {
		const reached = new Set<FileState>(['encoded']);
		for (const state of reached) FILE_TRANSITIONS[state].forEach((next) => reached.add(next));
		expect([...reached].sort()).toEqual([...FILE_STATES].sort());
	});

	test('a deposited file does not become encoded, a superseded one nothing', () => {
		expect(canChange('deposited', 'encoded')).toBe(false);
		expect(() => checkChange('a.edi', 'superseded', 'depositing')).toThrow(
			expect.objectContaining({
				code: 'AUDIT_TRANSITION_REFUSED',
				message:
					"a.edi is 'superseded' and cannot become 'depositing'; after 'superseded' comes nothing",
			}),
		);
		expect(() => checkChange('a.edi', 'failed', 'depositing')).not.toThrow();
	});
});

describe('what a document is to the partner', () => {
	test.each([
		['never seen', undefined, 'new'],
		['sent, same content', { content_hash: 'a', state: 'deposited', file_key: 'f' }, 'unchanged'],
		[
			'failed, same content: its file is replayed',
			{ content_hash: 'a', state: 'failed', file_key: 'f' },
			'unchanged',
		],
		['sent, other content', { content_hash: 'b', state: 'accepted', file_key: 'f' }, 'changed'],
		['refused, same content', { content_hash: 'a', state: 'rejected', file_key: null }, 'new'],
		[
			'refused after an earlier version was sent',
			{ content_hash: 'a', state: 'rejected', file_key: 'f' },
			'changed',
		],
		['held, same content', { content_hash: 'a', state: 'held', file_key: 'f' }, 'changed'],
	] as const)('%s', (_words, known, change) => {
		expect(documentChange(known, 'a')).toBe(change);
	});
});

describe('contents', () => {
	test('any bytes come back from their parts, in any order', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 0, max: 2 * PART_BYTES + 7 }),
				fc.nat({ max: 255 }),
				(size, fill) => {
					const bytes = new Uint8Array(size).fill(fill);
					const rows = contentRows('f', bytes);
					expect(rows).toHaveLength(Math.max(1, Math.ceil(size / PART_BYTES)));
					expect(Buffer.from(joinContent([...rows].reverse())).equals(Buffer.from(bytes))).toBe(
						true,
					);
				},
			),
			{ numRuns: 20 },
		);
	});

	test('a file too large for tables has no parts', () => {
		expect(contentRows('f', new Uint8Array(MAX_CONTENT_BYTES + 1))).toEqual([]);
	});

	const rows = contentRows('X12:S:R:1', new Uint8Array(PART_BYTES + 1).fill(7));
	const changed = rows.map((row) => ({ ...row, content: row.content.replace(/^B/, 'C') }));
	test.each([
		['no rows', [], 'there are none'],
		['a part is missing', rows.slice(1), 'there are 1 of 2 parts'],
		['a part stands twice', [rows[0], rows[0]], 'part 2 is missing'],
		[
			'parts of two versions',
			[rows[0], { ...rows[1], sha256: 'x' }],
			'part 2 is of another version',
		],
		['a changed byte', changed, 'their SHA-256 is not the one of the file'],
	])('%s', (_words, broken, reason) => {
		expect(() => joinContent(broken as never)).toThrow(
			expect.objectContaining({
				code: 'AUDIT_CONTENT_BROKEN',
				message: expect.stringContaining(reason),
			}),
		);
	});

	test('a part holds the hash of the whole file', () => {
		const bytes = Buffer.from('ISA*00*');
		expect(contentRows('f', bytes)[0]).toEqual({
			file_key: 'f',
			sha256: createHash('sha256').update(bytes).digest('hex'),
			part: 1,
			parts: 1,
			content: bytes.toString('base64'),
			bytes: 7,
		});
	});
});

describe('making room', () => {
	const row = (id: number, fileKey: string, day: number, undelivered = false): StoredContent => ({
		id,
		fileKey,
		size: 100,
		createdAt: `2017-04-${String(day).padStart(2, '0')}T00:00:00.000Z`,
		undelivered,
	});
	const budget = { now: '2017-04-30T00:00:00.000Z', maxAgeDays: 20, maxSize: 1000, incoming: 100 };

	test('what is too old goes, whatever the room', () => {
		expect(planPruning([row(1, 'a', 1), row(2, 'b', 9), row(3, 'c', 11)], budget)).toEqual([1, 2]);
	});

	test('then the oldest files, whole, until the new one fits', () => {
		const stored = [row(4, 'b', 21), row(1, 'a', 20), row(2, 'a', 20), row(3, 'c', 22)];
		expect(planPruning(stored, { ...budget, maxSize: 300 })).toEqual([1, 2]);
		expect(planPruning(stored, { ...budget, maxSize: 299 })).toEqual([1, 2, 4]);
	});

	test('bytes that a delivery may need stay', () => {
		expect(planPruning([row(1, 'a', 1, true), row(2, 'b', 2)], budget)).toEqual([2]);
		expect(() => planPruning([row(1, 'a', 1, true)], { ...budget, maxSize: 150 })).toThrow(
			expect.objectContaining({
				code: 'AUDIT_LEDGER_FULL',
				message: expect.stringContaining('1 undelivered file(s) must be kept (a)'),
			}),
		);
	});
});

describe('replay', () => {
	const now = '2017-04-01T12:00:00.000Z';
	const file = (more: Partial<ReplayCandidate>): ReplayCandidate => ({
		state: 'failed',
		attempts: 1,
		updatedAt: '2017-04-01T11:59:00.000Z',
		nextAttemptAt: '',
		...more,
	});

	test.each<[string, Partial<ReplayCandidate>, string]>([
		['a failed file', {}, 'replay'],
		[
			'a failed file whose time has not come',
			{ nextAttemptAt: '2017-04-01T12:01:00.000Z' },
			'wait',
		],
		['a file that failed too often', { attempts: 8 }, 'ask a person'],
		['a deposit under way', { state: 'depositing' }, 'none'],
		[
			'a stranded deposit',
			{ state: 'depositing', updatedAt: '2017-04-01T11:30:00.000Z' },
			'replay',
		],
		[
			'a stranded encoded file',
			{ state: 'encoded', updatedAt: '2017-04-01T11:00:00.000Z' },
			'replay',
		],
		['a file in doubt', { state: 'in doubt' }, 'replay'],
		['a deposited file', { state: 'deposited', updatedAt: '2016-01-01T00:00:00.000Z' }, 'none'],
		['a rejected file', { state: 'rejected' }, 'none'],
	])('%s', (_words, more, action) => {
		expect(decideReplay(file(more), now).action).toBe(action);
	});

	test('where a partner wants no second copy, a person decides', () => {
		const policy = { ...DEFAULT_REPLAY_POLICY, inDoubt: 'ask a person' as const };
		expect(decideReplay(file({ state: 'in doubt' }), now, policy)).toEqual({
			action: 'ask a person',
			reason: 'the partner may already have the file',
		});
		expect(decideReplay(file({}), now, policy).action).toBe('replay');
	});

	test('waits double up to a limit, with jitter', () => {
		const wait = (attempts: number, spread: number): number =>
			(Date.parse(nextAttemptAt(attempts, now, spread)) - Date.parse(now)) / 60_000;
		expect([1, 2, 3, 20].map((attempts) => wait(attempts, 0))).toEqual([5, 10, 20, 360]);
		expect(wait(1, 1)).toBe(2.5);
	});
});
