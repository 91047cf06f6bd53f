import { fileItemJson, reasonOf, withOutcome } from '../../../nodes/shared';
import type { FileDescription } from '../../../nodes/shared';

const FILE: FileDescription = {
	outcome: 'encoded',
	format: 'X12',
	transactionSet: '810',
	release: '004010',
	partner: 'ACME',
	usage: 'test',
	sender: 'US',
	receiver: 'THEM',
	fileName: '810_ACME_000000001.edi',
	mimeType: 'application/edi-x12',
	bytes: Buffer.from('ISA*00'),
	controlNumber: '000000001',
	groupControlNumbers: ['1'],
	documents: [
		{
			key: 'a',
			number: 'A-1',
			contentHash: 'h',
			controlNumber: '0001',
			groupControlNumber: undefined,
			purpose: 'original',
			sources: [{ key: 'a', number: 'A-1', contentHash: 'h', version: 7, reservation: 'r' }],
			more: { transactionSet: '810' },
		},
	],
	warnings: [],
};

const SHA256 = 'e417e87fdc9c04ea9dbcce7a3452328334570da2b2ddb0b76b1d4488423445a2';

describe('the item of a file', () => {
	test('says what became of it first, and carries its bytes nowhere', () => {
		const json = fileItemJson(FILE);
		expect(Object.keys(json).slice(0, 2)).toEqual(['outcome', 'issues']);
		expect(json).toMatchObject({
			bytes: 6,
			sha256: SHA256,
			documentCount: 1,
			documents: [
				{
					key: 'a',
					transactionSet: '810',
					sources: [{ key: 'a', number: 'A-1', contentHash: 'h', version: 7, reservation: 'r' }],
				},
			],
		});
		expect(JSON.stringify(json)).not.toContain(Buffer.from('ISA*00').toString('base64'));
	});

	test('leaves out what the format or the flow does not have', () => {
		const json = fileItemJson(FILE);
		expect(json).not.toHaveProperty('ledger');
		expect((json.documents as object[])[0]).not.toHaveProperty('groupControlNumber');
		const ledger = {
			id: 'l',
			agreement: 'ACME 810',
			agreementVersion: 3,
			usage: 'test',
			folder: '/inbound',
		} as const;
		expect(fileItemJson({ ...FILE, ledger }).ledger).toEqual(ledger);
	});
});

describe('the reason of an outcome', () => {
	test('is the first issue with what to do next', () => {
		expect(
			reasonOf([{ code: 'DOCUMENT_REFUSED', message: "'x' is not sent" }]),
		).toMatch(/^'x' is not sent\. .+/);
		expect(reasonOf([{ message: 'The date is missing' }])).toBe('The date is missing');
		expect(reasonOf([])).toBe('');
	});

	test('stands with the issues behind the outcome, whatever the item had before', () => {
		const json = withOutcome({ a: 1, outcome: 'read', reason: 'old' }, 'rejected', [
			{ message: 'No date.' },
		]);
		expect(Object.entries(json)).toEqual([
			['outcome', 'rejected'],
			['issues', [{ message: 'No date.' }]],
			['reason', 'No date.'],
			['a', 1],
		]);
		expect(withOutcome({ reason: 'old' }, 'taken', [])).toEqual({ outcome: 'taken', issues: [] });
	});
});
