import { controlFile, formatInstant, parseLayout } from '../../../lib/flatfile';
import { detailLayout, encode } from './samples';

const layout = (more: Record<string, unknown>) =>
	detailLayout([{ name: 'amount', type: 'decimal', width: 9, total: true }], more);
const facts = {
	fileName: 'AP_é_1.txt',
	sha256: 'abc',
	created: '2026-11-25T09:30:15.000Z',
	documentCount: 2,
};

function controlOf(more: Record<string, unknown>): Buffer {
	const result = encode(layout(more), [{ amount: 1.5 }, { amount: -0.25 }]);
	if (result.file === undefined) throw new Error('no file');
	return Buffer.from(controlFile(parseLayout(layout(more), 'fixed-width'), result.file, facts));
}

describe('control file', () => {
	test('has counts, sums and the hash of the file', () => {
		expect(controlOf({}).toString('latin1')).toBe(
			[
				'file=AP_é_1.txt',
				'created=2026-11-25T09:30:15.000Z',
				'bytes=22',
				'sha256=abc',
				'documents=2',
				'records=2',
				'records.row=2',
				'sum.row.amount=1.25',
				'',
			].join('\r\n'),
		);
	});

	test('is written in the encoding and with the separator of the file', () => {
		const lf = controlOf({ encoding: 'ascii', recordSeparator: 'LF' }).toString('latin1');
		expect(lf.split('\n')[0]).toBe('file=AP_e_1.txt');
		// EBCDIC: f 86, i 89, l 93, e 85, = 7e
		expect(controlOf({ encoding: 'cp037' }).toString('hex')).toMatch(/^868993857e/);
		expect(controlOf({ recordSeparator: 'none' }).toString('latin1')).toContain('\r\n');
	});
});

describe('formatInstant', () => {
	test('shows a time in a zone', () => {
		expect(formatInstant('2026-11-25T23:30:00Z', 'Europe/Amsterdam', 'yyyyMMdd')).toBe('20261126');
		expect(formatInstant('now', 'UTC', 'yyyyMMdd')).toBeUndefined();
	});
});
