/**
 * The ledger page, as a browser asks for it: every list and search with 100,000 documents in the
 * ledger, beside the same page of an empty one, and of one in which the lists are as long.
 * `LEDGER_BENCH_DOCUMENTS` makes it smaller.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type * as LedgerRoom from '../lib/ledger/index.ts';
import type * as PageRoom from '../lib/page/index.ts';

import { builtRoom } from './built.ts';
import { exportRun, makeLedger, timed } from './ledgerRuns.ts';
import { startPostgresServer } from './postgresServer.ts';
import type { Benchmark, Measure } from './run.ts';

const { ledgerPage } = (await builtRoom('page')) as typeof PageRoom;

const RUN = 1_000;
const FEW = 400;
const HELD = Number(process.env['LEDGER_BENCH_DOCUMENTS'] ?? 100_000);

/** Both ledgers have a file and documents of run 1, so that searches find as much. */
const PAGES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	'what is to do': { view: 'todo' },
	documents: { view: 'documents' },
	'documents of a partner and a month': {
		view: 'documents',
		partner: 'ACME',
		from: '2017-05-01',
		to: '2017-05-31',
	},
	'documents by a state that many have': { view: 'documents', state: 'deposited' },
	'documents by a state that none has': { view: 'documents', state: 'refused' },
	'document by its number': { view: 'documents', search: 'INV-1-77' },
	'document by the number in Exact': { view: 'documents', search: '17100077' },
	'document that is not there': { view: 'documents', search: 'NO-SUCH' },
	files: { view: 'files' },
	'files by a state that none has': { view: 'files', state: 'failed' },
	'file by its name': { view: 'files', search: '810_1.edi' },
	'file by its control number': { view: 'files', search: '1' },
	'totals of a month without deliveries': { view: 'totals', from: '2017-05-01', to: '2017-05-31' },
};

async function measureStore(
	name: string,
	connection: (ledger: string) => LedgerRoom.LedgerConnection,
): Promise<Record<string, Measure>> {
	const options: PageRoom.PageOptions = {
		timeZone: 'Europe/Amsterdam',
		now: new Date(),
		onlyCompany: '',
		onlyPartner: '',
		replayForm: '',
	};
	const empty = await makeLedger(connection('empty'));
	// Of which a page of a list is as long as of the large one.
	const small = await makeLedger(connection('few'));
	await exportRun(small, 1, FEW);
	const large = await makeLedger(connection('many'));
	for (let held = 0, run = 1; held < HELD; held += RUN, run += 1)
		await exportRun(large, run, Math.min(RUN, HELD - held));
	const measures: Record<string, Measure> = {};
	for (const [title, query] of Object.entries(PAGES)) {
		const look = async (ledger: LedgerRoom.Ledger) => {
			const { status } = await ledgerPage(ledger, query, options);
			if (status !== 200) throw new Error(`${title}: the page answered ${status}`);
		};
		const none = await timed(() => look(empty));
		const few = await timed(() => look(small));
		const many = await timed(() => look(large));
		measures[`${name}: ${title}`] = {
			ours: many,
			peer: none,
			peerName: 'in an empty ledger',
			ratio: many / none,
			unit: 'ms',
			note: `of ${HELD.toLocaleString('en')} documents; of ${FEW} it is ${few.toFixed(2)} ms, ratio ${(many / few).toFixed(2)}; at most 3 times`,
		};
	}
	return measures;
}

async function run(): Promise<Record<string, Measure>> {
	const folder = mkdtempSync(path.join(tmpdir(), 'page-bench-'));
	try {
		const measures = await measureStore('page, ledger in a file', (name) => ({
			store: 'embedded',
			folder,
			name,
		}));
		const postgres = await startPostgresServer();
		if (postgres === undefined) {
			process.stderr.write('  PostgreSQL is not installed: its rows are left out\n');
			return measures;
		}
		try {
			const inPostgres = await measureStore('page, ledger in PostgreSQL', (name) => ({
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

export default { name: 'page', run } satisfies Benchmark;
