/**
 * Ledger rows as fixed-width and as CSV, with every check of ours on, beside csv-stringify alone
 * writing the same rows. Each case runs in its own process, so that its peak memory is its own:
 * what it grows over the rows that are there already.
 */
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

import type { Benchmark, Measure } from './run.ts';

const require = createRequire(import.meta.url);
const file = fileURLToPath(import.meta.url);

interface FlatFiles {
	presetLayout(name: string): unknown;
	parseLayout(layout: unknown, format: string): unknown;
	encodeFlatFile(
		layout: unknown,
		inputs: unknown[],
		format: string,
		run: object,
	): { file?: { bytes: Uint8Array; sums: object }; rejected: unknown[] };
}

type Mode = 'fixed-width' | 'csv' | 'peer';

interface Outcome {
	readonly rowsPerSecond: number;
	readonly peakMegabytes: number;
	readonly fileMegabytes: number;
}

const COLUMNS = [
	'EntryNumber', 'LineNumber', 'JournalCode', 'Type', 'Status', 'Date', 'FinancialYear',
	'FinancialPeriod', 'GLAccountCode', 'GLAccountDescription', 'AccountCode', 'AccountName',
	'InvoiceNumber', 'YourRef', 'AmountDC', 'Currency', 'AmountFC', 'VATCode', 'AmountVATFC',
	'CostCenter', 'CostUnit', 'Description',
]; // prettier-ignore

function ledgerRow(index: number): Record<string, unknown> {
	return {
		EntryNumber: 26_000_000 + Math.floor(index / 4),
		LineNumber: index % 4,
		JournalCode: '70',
		Type: 30,
		Status: 50,
		Date: `2026-${String((index % 12) + 1).padStart(2, '0')}-15`,
		FinancialYear: 2026,
		FinancialPeriod: (index % 12) + 1,
		GLAccountCode: String(4000 + (index % 90)),
		GLAccountDescription: 'Office supplies, paper and toner',
		AccountCode: String(40_000 + (index % 500)),
		AccountName: `Supplier ${index % 500} B.V.`,
		InvoiceNumber: 26_000_000 + Math.floor(index / 4),
		YourRef: `INV-${index}`,
		AmountDC: (index % 2 === 0 ? 1 : -1) * ((index % 100_000) + 0.25),
		Currency: 'EUR',
		AmountFC: (index % 2 === 0 ? 1 : -1) * ((index % 100_000) + 0.25),
		VATCode: '4',
		AmountVATFC: 0.05,
		CostCenter: `CC${index % 20}`,
		CostUnit: '',
		Description: `Booking ${index}; café "de Zon"`,
	};
}

function encoderOf(mode: Mode): (rows: Record<string, unknown>[]) => Uint8Array {
	if (mode === 'peer') {
		const { stringify } = require('csv-stringify/sync') as {
			stringify(rows: object[], options: object): string;
		};
		return (rows) => Buffer.from(stringify(rows, { columns: COLUMNS, header: true }), 'latin1');
	}
	const flatFiles = require('../dist/lib/flatfile/index.js') as FlatFiles;
	const layout = flatFiles.parseLayout(flatFiles.presetLayout('glTransactionLine'), mode);
	const run = { now: '2026-11-25T10:00:00Z', timeZone: 'Europe/Amsterdam' };
	return (rows) => {
		const inputs = rows.map((row) => ({ row }));
		const { file: made, rejected } = flatFiles.encodeFlatFile(layout, inputs, mode, run);
		if (made === undefined || rejected.length > 0) throw new Error('rows were rejected');
		return made.bytes;
	};
}

/** One case in this process; its numbers go to standard output. */
function measure(mode: Mode, count: number): void {
	const rows = Array.from({ length: count }, (_, index) => ledgerRow(index));
	const encode = encoderOf(mode);
	encode(rows.slice(0, 2_000));
	(globalThis as { gc?: () => void }).gc?.();
	const before = process.memoryUsage().rss;
	const started = performance.now();
	const bytes = encode(rows);
	const seconds = (performance.now() - started) / 1_000;
	const peak = process.resourceUsage().maxRSS * 1_024;
	const outcome: Outcome = {
		rowsPerSecond: count / seconds,
		peakMegabytes: Math.max(0, peak - before) / 1e6,
		fileMegabytes: bytes.byteLength / 1e6,
	};
	process.stdout.write(JSON.stringify(outcome));
}

function inOwnProcess(mode: Mode, count: number): Outcome {
	const output = execFileSync(process.execPath, ['--expose-gc', file, mode, String(count)], {
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'inherit'],
		env: { ...process.env, NODE_NO_WARNINGS: '1' },
	});
	return JSON.parse(output) as Outcome;
}

const benchmark: Benchmark = {
	name: 'flatfile',
	async run() {
		const measures: Record<string, Measure> = {};
		const peerName = 'csv-stringify alone';
		for (const count of [10_000, 100_000]) {
			const peer = inOwnProcess('peer', count);
			for (const mode of ['fixed-width', 'csv'] as const) {
				const ours = inOwnProcess(mode, count);
				const label = `${mode}, ${count.toLocaleString('en-US')} rows`;
				measures[`${label}: speed`] = {
					ours: ours.rowsPerSecond,
					peer: peer.rowsPerSecond,
					peerName,
					ratio: ours.rowsPerSecond / peer.rowsPerSecond,
					unit: 'rows/s',
				};
				measures[`${label}: peak memory over the rows`] = {
					ours: ours.peakMegabytes,
					peer: peer.peakMegabytes,
					peerName,
					ratio: ours.peakMegabytes / peer.peakMegabytes,
					unit: 'MB',
					note: `file ${ours.fileMegabytes.toFixed(1)} MB, peer's ${peer.fileMegabytes.toFixed(1)} MB`,
				};
			}
		}
		return measures;
	},
};

export default benchmark;

if (process.argv[1] === file) measure(process.argv[2] as Mode, Number(process.argv[3]));
