import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
	depositedFiles,
	differences,
	documentsRead,
	leaks,
	placedAs,
	rejectedDocuments,
	slowestNodes,
} from '../../sandbox/demo/report.ts';
import { acknowledgment, partnerOrder } from '../../sandbox/demo/partner.ts';
import { readTemplates } from '../../sandbox/demo/templates.ts';
import { repositoryRoot } from '../../sandbox/n8n/index.ts';
import type { Execution } from '../../sandbox/n8n/index.ts';

const sha256 = createHash('sha256').update('ISA*').digest('hex');

const run = (...items: Record<string, unknown>[]) => [
	{ executionTime: 1500, data: { main: [items.map((json) => ({ json }))] } },
];
const execution = {
	status: 'success',
	data: {
		resultData: {
			runData: {
				Read: run(
					{ outcome: 'read', document: { key: 'k1' } },
					{ outcome: 'read', document: { key: 'k2' } },
				),
				// The same documents on their way.
				Configure: run({ outcome: 'read', document: { key: 'k1' } }),
				Encode: run({
					outcome: 'rejected',
					document: { key: 'k2', number: 'INV-2' },
					issues: [
						{ severity: 'error', path: 'lines', message: 'no lines' },
						{ severity: 'warning', path: 'x', message: 'y' },
					],
				}),
				Deposit: run({
					outcome: 'deposited',
					receipt: { path: '/inbound/a.edi', bytes: 4, sha256 },
					controlNumber: '000001001',
					groupControlNumber: '1001',
					documentCount: 1,
				}),
			},
		},
	},
} as unknown as Execution;

test('documents, files and refused documents of an execution, each once', () => {
	expect(documentsRead(execution)).toBe(2);
	expect(depositedFiles('01', execution)).toEqual([
		{
			template: '01',
			path: '/inbound/a.edi',
			bytes: 4,
			sha256,
			controlNumber: '000001001',
			groupControlNumber: '1001',
			documents: 1,
		},
	]);
	expect(rejectedDocuments('01', execution)).toEqual([
		{ template: '01', key: 'k2', number: 'INV-2', reasons: ['lines: no lines'] },
	]);
	expect(slowestNodes([execution], 1)).toEqual([['Read', 1.5]]);
});

describe('receipts beside the disk', () => {
	let root: string;
	beforeEach(() => {
		root = mkdtempSync(path.join(tmpdir(), 'sftp-'));
		mkdirSync(path.join(root, 'inbound'));
	});
	afterEach(() => rmSync(root, { recursive: true, force: true }));
	const receipts = depositedFiles('01', execution);

	test('the same bytes', () => {
		writeFileSync(path.join(root, 'inbound', 'a.edi'), 'ISA*');
		expect(differences(receipts, root)).toEqual([]);
	});

	test('other bytes, no file, and a file nobody knows of', () => {
		writeFileSync(path.join(root, 'inbound', 'a.edi'), 'ISA+');
		writeFileSync(path.join(root, 'inbound', 'b.edi.part'), '');
		expect(differences(receipts, root)).toEqual([
			'/inbound/a.edi on the server is not what its receipt says',
			'/inbound/b.edi.part is on the server without a receipt',
		]);
		rmSync(path.join(root, 'inbound', 'a.edi'));
		expect(differences(receipts, root)[0]).toBe(
			'/inbound/a.edi is in a receipt, but not on the server',
		);
	});
});

test('a deposited file may have been moved, and the partner has files of its own', () => {
	const root = mkdtempSync(path.join(tmpdir(), 'sftp-'));
	mkdirSync(path.join(root, 'processed'));
	writeFileSync(path.join(root, 'processed', 'a.edi'), 'ISA*');
	writeFileSync(path.join(root, 'order.edi'), 'é', 'latin1');
	const receipts = depositedFiles('01', execution);
	expect(differences(receipts, root, new Set([placedAs('é')]))).toEqual([]);
	expect(differences(receipts, root)).toEqual(['/order.edi is on the server without a receipt']);
	rmSync(root, { recursive: true });
});

test('the partner acknowledges every transaction set of a file with its own delimiters', () => {
	const order = partnerOrder(7).replaceAll('*', '|').replaceAll('~', '!');
	const segments = acknowledgment(order).split('~');
	expect(segments[0]).toHaveLength(105);
	expect(segments.slice(2, 8)).toEqual([
		'ST*997*0001',
		'AK1*PO*7',
		'AK2*850*0001',
		'AK5*A',
		'AK9*A*1*1*1',
		'SE*6*0001',
	]);
	expect(() => acknowledgment('UNB+')).toThrow('not an X12 interchange');
});

test('a leak is reported by its place, without the secret', () => {
	expect(leaks(['CANARY'], { log: 'token CANARY1', ledger: 'nothing' })).toEqual(['log']);
});

test('every shipped template is found, the directory before what needs it', () => {
	const numbers = readTemplates(undefined).map(({ file }) => file);
	const place = (number: string) => numbers.findIndex((file) => file.startsWith(number));
	expect(place('00-set-up')).toBeLessThan(place('01-'));
	expect(place('01-')).toBeLessThan(place('08-'));
	const shipped = readdirSync(path.join(repositoryRoot, 'workflows-templates'));
	expect([...numbers].sort()).toEqual(shipped.filter((file) => file.endsWith('.json')).sort());
	expect(() => readTemplates('99')).toThrow('no template 99');
});
