/**
 * The ledger: take, record, claim and settle 10,000 documents in a ledger that already holds
 * 1,000,000, beside the same in an empty one; the longest piece of synchronous work, which is how
 * long the rest of n8n waits; and what 100,000 documents cost a page. PostgreSQL too where it is
 * installed. `LEDGER_BENCH_DOCUMENTS` makes it smaller.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type * as LedgerRoom from '../lib/ledger/index.ts';

import { exportRun, makeLedger, median, room, timed } from './ledgerRuns.ts';
import { startPostgresServer } from './postgresServer.ts';
import type { Benchmark, Measure } from './run.ts';

const RUN = 10_000;
const STORES = process.env['LEDGER_BENCH_STORES'] ?? 'file, PostgreSQL';
const HELD = Number(process.env['LEDGER_BENCH_DOCUMENTS'] ?? 1_000_000);

/**
 * Whatever runs between two turns of the event loop, everything else waits for. By the processor
 * time of this thread, so that other programs on the machine do not count.
 */
function watchLongestPiece() {
	let longest = 0;
	let last = process.threadCpuUsage().user;
	let stopped = false;
	const look = () => {
		const now = process.threadCpuUsage().user;
		longest = Math.max(longest, (now - last) / 1_000);
		last = now;
		if (!stopped) setImmediate(look);
	};
	setImmediate(look);
	return {
		/** What the benchmark itself did until now does not count. */
		fromHere: () => (last = process.threadCpuUsage().user),
		stop: () => {
			stopped = true;
			return longest;
		},
	};
}

const RUNS = 5;

async function runs(ledger: LedgerRoom.Ledger, first: number) {
	const watch = watchLongestPiece();
	const all = [];
	for (let index = 0; index < RUNS; index += 1)
		all.push(await exportRun(ledger, first + index, RUN, watch));
	return {
		milliseconds: median(all.map(({ milliseconds }) => milliseconds)),
		processor: median(all.map(({ processor }) => processor)),
		longest: watch.stop(),
	};
}

const LOOKS: Readonly<Record<string, (ledger: LedgerRoom.Ledger) => Promise<unknown>>> = {
	'first page of documents': (ledger) => room.getDocuments(ledger, {}, {}),
	'documents by partner and date': (ledger) =>
		room.getDocuments(ledger, { partner: 'ACME', from: '2017-05-01', to: '2017-05-31' }, {}),
	'documents by a rare state': (ledger) => room.getDocuments(ledger, { state: 'refused' }, {}),
	'documents by number': (ledger) => room.getDocuments(ledger, { number: 'INV-1-77' }, {}),
	'files by state': (ledger) => room.getFiles(ledger, { state: 'failed' }, {}),
	'what is to do': (ledger) => room.getToDo(ledger),
};

async function measureStore(
	name: string,
	connection: (ledger: string) => LedgerRoom.LedgerConnection,
	sizeOf?: () => number,
): Promise<Record<string, Measure>> {
	const measures: Record<string, Measure> = {};
	const empty = await makeLedger(connection('empty'));
	await exportRun(empty, 900, 100);
	const looksEmpty: Record<string, number> = {};
	for (const [look, body] of Object.entries(LOOKS))
		looksEmpty[look] = await timed(() => body(empty));
	const small = await runs(empty, 901);
	const full = await makeLedger(connection('full'));
	const before = process.memoryUsage().rss;
	for (let held = 0, run = 1; held < HELD; held += RUN, run += 1) {
		await exportRun(full, run, Math.min(RUN, HELD - held));
		if (run % 10 === 0) process.stderr.write(`  ${name}: ${held + RUN} documents\n`);
	}
	const large = await runs(full, 901);
	const grown = (process.memoryUsage().rss - before) / 2 ** 20;
	measures[`${name}: 10,000 documents taken to settled`] = {
		ours: large.milliseconds,
		peer: small.milliseconds,
		peerName: 'in an empty ledger',
		ratio: large.milliseconds / small.milliseconds,
		unit: 'ms',
		note: `in a ledger of ${HELD.toLocaleString('en')}; at most 1.5 times`,
	};
	measures[`${name}: the same, processor time`] = {
		ours: large.processor,
		peer: small.processor,
		peerName: 'in an empty ledger',
		ratio: large.processor / small.processor,
		unit: 'ms',
	};
	measures[`${name}: longest piece`] = {
		ours: large.longest,
		peer: small.longest,
		peerName: 'in an empty ledger',
		unit: 'ms',
		note: 'at most 50',
	};
	measures[`${name}: memory grown meanwhile`] = { ours: grown, unit: 'MB' };
	for (const [look, body] of Object.entries(LOOKS)) {
		const ours = await timed(() => body(full));
		measures[`${name}: ${look}`] = {
			ours,
			peer: looksEmpty[look]!,
			peerName: 'in an empty ledger',
			ratio: ours / looksEmpty[look]!,
			unit: 'ms',
		};
	}
	if (sizeOf !== undefined) {
		measures[`${name}: bytes a document`] = {
			ours: sizeOf() / (HELD + RUNS * RUN),
			unit: 'B',
			note: 'rows, indexes and events, a small document and 300 B of file',
		};
	}
	return measures;
}

async function run(): Promise<Record<string, Measure>> {
	const folder = mkdtempSync(path.join(tmpdir(), 'ledger-bench-'));
	try {
		const measures = await measureStore(
			'ledger in a file',
			(name) => ({ store: 'embedded', folder, name }),
			() => statSync(path.join(folder, 'full.sqlite')).size,
		);
		if (!STORES.includes('PostgreSQL')) return measures;
		const postgres = await startPostgresServer();
		if (postgres === undefined) {
			process.stderr.write('  PostgreSQL is not installed: its rows are left out\n');
			return measures;
		}
		try {
			const inPostgres = await measureStore('ledger in PostgreSQL', (name) => ({
				store: 'postgres',
				...postgres.connection,
				name,
				schema: name,
				tls: 'off',
				folder,
			}));
			return { ...measures, ...inPostgres };
		} finally {
			await postgres.stop();
		}
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

export default { name: 'ledger', run } satisfies Benchmark;
