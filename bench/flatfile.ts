/**
 * Ledger rows as fixed-width and as CSV, with every check of ours on, beside csv-stringify alone
 * writing the same rows. Each case runs in its own process; memory is what is alive over the rows
 * that are there already, since the peak of a process counts garbage that nobody had to collect.
 */
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

import type * as FlatFiles from '../lib/flatfile/index.ts';
import { builtRoom } from './built.ts';
import type { Benchmark, Measure } from './run.ts';

const require = createRequire(import.meta.url);
const file = fileURLToPath(import.meta.url);

type What = 'speed' | 'memory';
type Mode = 'fixed-width' | 'csv' | 'peer';
type Encode = (rows: Record<string, unknown>[]) => Uint8Array;

interface Outcome {
	/** Rows per second, or megabytes. */
	readonly value: number;
	readonly fileMegabytes: number;
}

const FEW = 10_000;
const MANY = 100_000;

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

/** The rows as the node hands them over, made once: they are not the encoder's memory. */
const handedOver = new WeakMap<object, FlatFiles.FlatFileInput[]>();

function inputsOf(rows: Record<string, unknown>[]): FlatFiles.FlatFileInput[] {
	const inputs = handedOver.get(rows) ?? rows.map((row) => ({ row }));
	handedOver.set(rows, inputs);
	return inputs;
}

async function encoderOf(mode: Mode): Promise<Encode> {
	if (mode === 'peer') {
		const { stringify } = require('csv-stringify/sync') as {
			stringify(rows: object[], options: object): string;
		};
		return (rows) => Buffer.from(stringify(rows, { columns: COLUMNS, header: true }), 'latin1');
	}
	const flatFiles = (await builtRoom('flatfile')) as typeof FlatFiles;
	const layout = flatFiles.parseLayout(flatFiles.presetLayout('glTransactionLine'), mode);
	const run = { now: '2026-11-25T10:00:00Z', timeZone: 'Europe/Amsterdam' };
	return (rows) => {
		const inputs = inputsOf(rows);
		const { file: made, rejected } = flatFiles.encodeFlatFile(layout, inputs, mode, run);
		if (made === undefined || rejected.length > 0) throw new Error('rows were rejected');
		return made.bytes;
	};
}

const collectGarbage = (): void => (globalThis as { gc?: () => void }).gc?.();

function liveBytes(): number {
	collectGarbage();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}

const LOOKS = 20;

/**
 * What is alive at the most, over the rows: looked at, after a collection, whenever a twentieth of the
 * rows has been read, when the pieces of the file are put together, and at the end.
 */
function memoryOf(encode: Encode, rows: Record<string, unknown>[]): Outcome {
	let most = 0;
	let base = 0;
	const look = (): void => {
		most = Math.max(most, liveBytes() - base);
	};
	const every = Math.ceil(rows.length / LOOKS);
	for (const [index, row] of rows.entries()) {
		if (index % every !== 0) continue;
		const { EntryNumber } = row;
		const get = (): unknown => {
			look();
			return EntryNumber;
		};
		Object.defineProperty(row, 'EntryNumber', { get, enumerable: true });
	}
	inputsOf(rows);
	const concat = Buffer.concat.bind(Buffer);
	Buffer.concat = (pieces, total) => {
		const whole = concat(pieces, total);
		// Small ones are made for every record of some layouts.
		if (whole.byteLength > 1_000_000) look();
		return whole;
	};
	liveBytes();
	base = liveBytes();
	const bytes = encode(rows);
	look();
	Buffer.concat = concat;
	return { value: most / 1e6, fileMegabytes: bytes.byteLength / 1e6 };
}

function speedOf(encode: Encode, rows: Record<string, unknown>[]): Outcome {
	inputsOf(rows);
	collectGarbage();
	const started = performance.now();
	const bytes = encode(rows);
	const seconds = (performance.now() - started) / 1_000;
	return { value: rows.length / seconds, fileMegabytes: bytes.byteLength / 1e6 };
}

/** One case in this process; its numbers go to standard output. */
async function measure(what: What, mode: Mode, count: number): Promise<void> {
	const rows = Array.from({ length: count }, (_, index) => ledgerRow(index));
	const encode = await encoderOf(mode);
	encode(rows.slice(0, 2_000));
	const outcome = what === 'speed' ? speedOf(encode, rows) : memoryOf(encode, rows);
	process.stdout.write(JSON.stringify(outcome));
}

function inOwnProcess(what: What, mode: Mode, count: number): Outcome {
	const cases = [what, mode, String(count)];
	const output = execFileSync(process.execPath, ['--expose-gc', file, ...cases], {
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'inherit'],
		env: { ...process.env, NODE_NO_WARNINGS: '1' },
	});
	return JSON.parse(output) as Outcome;
}

const ROUNDS = 5;
const FORMATS = ['fixed-width', 'csv'] as const;
const PEER = 'csv-stringify alone';

const median = (values: readonly number[]): number =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

function speeds(count: number): Record<string, Measure> {
	const rounds = Array.from({ length: ROUNDS }, () => ({
		peer: inOwnProcess('speed', 'peer', count).value,
		'fixed-width': inOwnProcess('speed', 'fixed-width', count).value,
		csv: inOwnProcess('speed', 'csv', count).value,
	}));
	const measures: Record<string, Measure> = {};
	for (const mode of FORMATS) {
		measures[`${mode}, ${count.toLocaleString('en-US')} rows: speed`] = {
			ours: median(rounds.map((round) => round[mode])),
			peer: median(rounds.map((round) => round.peer)),
			peerName: PEER,
			ratio: median(rounds.map((round) => round[mode] / round.peer)),
			unit: 'rows/s',
		};
	}
	return measures;
}

function memories(): Record<string, Measure> {
	const measures: Record<string, Measure> = {};
	for (const mode of FORMATS) {
		const few = inOwnProcess('memory', mode, FEW);
		const many = inOwnProcess('memory', mode, MANY);
		for (const [count, { value, fileMegabytes }] of [
			[FEW, few],
			[MANY, many],
		] as const) {
			const peer = inOwnProcess('memory', 'peer', count).value;
			measures[`${mode}, ${count.toLocaleString('en-US')} rows: live memory over the rows`] = {
				ours: value,
				peer,
				peerName: PEER,
				ratio: value / peer,
				unit: 'MB',
				note: `file ${fileMegabytes.toFixed(1)} MB`,
			};
		}
		measures[`${mode}: growth of the memory, 10,000 to 100,000 rows`] = {
			ours: many.value / few.value,
			peer: many.fileMegabytes / few.fileMegabytes,
			peerName: 'growth of the file',
			ratio: many.value / few.value / (many.fileMegabytes / few.fileMegabytes),
			unit: 'times',
		};
	}
	return measures;
}

const benchmark: Benchmark = {
	name: 'flatfile',
	async run() {
		return { ...speeds(FEW), ...speeds(MANY), ...memories() };
	},
};

export default benchmark;

if (process.argv[1] === file) {
	const [, , what, mode, count] = process.argv;
	await measure(what as What, mode as Mode, Number(count));
}
