import { createHash } from 'node:crypto';
import fc from 'fast-check';
import {
	canChange,
	contentRows,
	documentRows,
	DOCUMENTS_TABLE,
	fileKey,
	fileRow,
	FILE_STATES,
	FILE_TRANSITIONS,
	FILES_TABLE,
	MAX_CONTENT_BYTES,
	PART_BYTES,
	refusedDocumentRow,
} from '../../../lib/audit';
import type { FileFacts, FileState } from '../../../lib/audit';

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

	test('a record that is in the file twice has one row, of the later one', () => {
		const [document] = facts.documents;
		const later = { ...document!, contentHash: 'ef', previousExecutionId: '122' };
		const rows = documentRows({ ...facts, documents: [document!, later] });
		expect(rows).toMatchObject([{ content_hash: 'ef', previous_execution_id: '122' }]);
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
		expect(row).not.toHaveProperty('previous_execution_id');
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
		expect(canChange('superseded', 'depositing')).toBe(false);
		expect(canChange('failed', 'depositing')).toBe(true);
	});
});

describe('contents', () => {
	test('any bytes come back from their parts', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 0, max: 2 * PART_BYTES + 7 }),
				fc.integer({ min: 1, max: 250 }),
				(size, step) => {
					// Every part differs from the others, so that a lost or exchanged one shows.
					const bytes = Uint8Array.from({ length: size }, (_, at) => (at * step + (at >> 8)) % 256);
					const rows = contentRows('f', bytes);
					expect(rows).toHaveLength(Math.max(1, Math.ceil(size / PART_BYTES)));
					// As the replay workflow does: the base64 texts one behind the other.
					const text = rows.map((row) => row.content).join('');
					expect(Buffer.from(text, 'base64').equals(Buffer.from(bytes))).toBe(true);
				},
			),
			{ numRuns: 20 },
		);
	});

	test('a file too large for tables has no parts', () => {
		expect(contentRows('f', new Uint8Array(MAX_CONTENT_BYTES + 1))).toEqual([]);
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
