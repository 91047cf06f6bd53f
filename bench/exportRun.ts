/**
 * Template 01 in the real n8n, with its ledger and without one: the same purchase entries read, encoded
 * and deposited, by n8n's own times. Uses the real ledger in `../shared` where it is there, and made-up
 * entries for the growth from 2,000 documents to 20,000.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { startExactSimulator } from '../sandbox/exact-simulator/index.ts';
import type { CompanyRows } from '../sandbox/exact-simulator/index.ts';
import {
	failureOf,
	installCommunityPackage,
	packPackage,
	repositoryRoot,
	startN8n,
} from '../sandbox/n8n/index.ts';
import type { Execution, Workflow } from '../sandbox/n8n/index.ts';
import { startSftpServer } from '../sandbox/sftpServer.ts';
import { ACTOR, median, ports, room } from './ledgerRuns.ts';
import type { Benchmark, Measure } from './run.ts';

const REAL_LEDGER = path.join(repositoryRoot, '..', 'shared', 'data', 'oxford-2017q2');
const ROUNDS = 3;
const SIZES = [2_000, 20_000] as const;
/** Exact itself takes longer for a call; at once shows the packages' own work alone. */
const ANSWERS = [
	[100, 'in 100 ms'],
	[0, 'at once'],
] as const;
const RUN_LIMIT_MS = 45 * 60_000;

const template = JSON.parse(
	readFileSync(
		path.join(repositoryRoot, 'workflows-templates', '01-export-purchase-invoices-x12.json'),
		'utf8',
	),
) as Workflow;

const EVERYTHING = { modifiedSince: '2000-01-01T00:00:00.000Z' };

/** The nodes and wires that an export without a ledger has: read, encode, deposit. */
function withoutLedger(workflow: Workflow): Workflow {
	const steps = ['Every night', 'Read the last days', 'Encode as X12 810', 'Deposit at the partner'];
	return {
		...workflow,
		name: 'Without a ledger',
		nodes: workflow.nodes.filter(({ name }) => steps.includes(name)),
		connections: Object.fromEntries(
			steps
				.slice(0, -1)
				.map((name, index) => [
					name,
					{ main: [[{ node: steps[index + 1], type: 'main', index: 0 }]] },
				]),
		),
	};
}

const MADE_UP_DIVISION = 700_001;

/** Entries of one line from one supplier: what an 810 needs and no more. */
function madeUpEntries(count: number): CompanyRows {
	const id = (table: number, number: number) =>
		`${String(table).padStart(8, '0')}-0000-4000-8000-${String(number).padStart(12, '0')}`;
	const stamps = {
		Created: '2026-01-05T09:00:00.000Z',
		Modified: '2026-01-05T09:00:00.000Z',
		Division: MADE_UP_DIVISION,
	};
	const amounts = { Division: MADE_UP_DIVISION, VATAmountFC: 21 };
	const supplier = { Supplier: id(3, 1), SupplierName: 'Supplier' };
	const numbers = Array.from({ length: count }, (_, index) => index + 1);
	return {
		division: [
			{ Code: MADE_UP_DIVISION, Description: 'Bench', Country: 'NL', Currency: 'EUR', Status: 1 },
		],
		accounts: [
			{ ID: id(3, 1), Code: '50001'.padStart(18), Name: 'Supplier', IsSupplier: true, ...stamps },
		],
		'purchase-entries': numbers.map((number) => ({
			EntryID: id(1, number),
			EntryNumber: 26_000_000 + number,
			YourRef: `INV-${number}`,
			EntryDate: '2026-01-05',
			DueDate: '2026-02-04',
			Journal: '70',
			Type: 30,
			Status: 20,
			Currency: 'EUR',
			Rate: 1,
			AmountFC: 121,
			AmountDC: 121,
			...supplier,
			...amounts,
			...stamps,
		})),
		'purchase-entry-lines': numbers.map((number) => ({
			ID: id(2, number),
			EntryID: id(1, number),
			LineNumber: 1,
			GLAccountCode: '4000',
			Description: 'Goods',
			Quantity: 1,
			AmountFC: 100,
			AmountDC: 100,
			VATPercentage: 0.21,
			...amounts,
		})),
	};
}

const millisecondsOf = (execution: Execution, name: RegExp): number =>
	Object.entries(execution.data.resultData.runData)
		.filter(([node]) => name.test(node))
		.flatMap(([, runs]) => runs.map(({ executionTime }) => executionTime))
		.reduce((sum, milliseconds) => sum + milliseconds, 0);

const partsOf = ({ data }: Execution): string =>
	Object.entries(data.resultData.runData)
		.map(([node, runs]) => `${node} ${runs.reduce((sum, one) => sum + one.executionTime, 0)}`)
		.join(', ');

const wholeOf = ({ startedAt, stoppedAt }: Execution): number =>
	Date.parse(stoppedAt ?? '') - Date.parse(startedAt);

interface Times {
	readonly whole: number[];
	/** Taking, recording and reporting, and what depositing with a ledger takes longer. */
	readonly ledgersPart: number[];
	readonly withoutLedger: number[];
}

/** Runs both flows in turn, each time to a partner that has nothing yet. */
async function measure(
	data: string | CompanyRows,
	division: string,
	{ rounds, latencyMs }: { readonly rounds: number; readonly latencyMs: number },
	work: string,
	tarball: string,
): Promise<Times> {
	const folder = mkdtempSync(path.join(work, 'run-'));
	const app = { clientId: 'bench', clientSecret: randomBytes(12).toString('hex') };
	const userFolder = path.join(folder, 'n8n');
	const sftpRoot = path.join(folder, 'sftp');
	mkdirSync(path.join(sftpRoot, 'inbound'), { recursive: true });
	const exact = await startExactSimulator({
		data,
		apps: [app],
		latencyMs,
		limits: { minutely: 1_000_000, daily: 10_000_000 },
	});
	const sftp = await startSftpServer({ root: sftpRoot, users: { partner: { password: 'partner' } } });
	await installCommunityPackage(userFolder, tarball);
	const n8n = await startN8n({ folder: userFolder });
	const times: Times = { whole: [], ledgersPart: [], withoutLedger: [] };
	try {
		const account = await n8n.createCredential({
			name: 'Exact',
			type: 'exactOnlineOAuth2Api',
			data: { region: 'custom', baseUrl: exact.url, ...app, grantType: 'authorizationCode' },
		});
		await n8n.connectOAuth2(account.id);
		const server = await n8n.createCredential({
			name: 'SFTP',
			type: 'sftpVerifiedApi',
			data: {
				host: '127.0.0.1',
				port: sftp.port,
				username: 'partner',
				password: 'partner',
				hostKeys: sftp.fingerprint,
			},
		});
		const credentials = { exactOnlineOAuth2Api: account, sftpVerifiedApi: server };
		const ledger = await room.openLedger(
			{ store: 'embedded', name: 'ledger', folder: path.join(userFolder, '.n8n', 'exact-edi') },
			ports,
		);
		await room.saveCompany(
			ledger,
			{ name: 'Company', settings: { senderQualifier: 'ZZ', senderId: 'MYCOMPANY' } },
			ACTOR,
		);
		const run = async (workflow: Workflow, parameters: Record<string, object>, agreement?: string) => {
			const { id } = await n8n.importWorkflow(workflow, {
				credentials,
				division,
				withoutPages: true,
				parameters: {
					'Read the last days': {
						division: { __rl: true, mode: 'id', value: division },
						filters: EVERYTHING,
					},
					...parameters,
				},
				...(agreement === undefined ? {} : { agreement }),
			});
			const started = await n8n.runManually(id, 'Every night', [{}]);
			const execution = await n8n.waitForExecution(started, RUN_LIMIT_MS);
			const failure = failureOf(execution);
			// Documents that the partner cannot get are told at the end of the run, in both stores alike.
			if (failure !== undefined && !failure.includes('Refused')) throw new Error(failure);
			return execution;
		};
		for (let round = 0; round < rounds; round += 1) {
			const bare = await run(withoutLedger(template), {
				'Encode as X12 810': {
					senderQualifier: 'ZZ',
					senderId: 'MYCOMPANY',
					receiverQualifier: 'ZZ',
					receiverId: `BARE${round}`,
					partner: `BARE${round}`,
				},
				'Deposit at the partner': { operation: 'deposit', keepInLedger: false },
			});
			const partner = `PARTNER${round}`;
			await room.savePartner(
				ledger,
				{ name: partner, settings: { receiverQualifier: 'ZZ', receiverId: partner } },
				ACTOR,
			);
			await room.saveAgreement(
				ledger,
				{
					name: partner,
					company: 'Company',
					partner,
					documentType: 'invoice',
					sentAs: 'X12 810',
					stage: 'test',
					sendFrom: '2000-01-01',
					folder: '/inbound',
					settings: { standard: 'x12', release: '004010' },
				},
				ACTOR,
			);
			const kept = await run(template, {}, partner);
			process.stderr.write(
				`  export run: ${wholeOf(kept)} ms with a ledger, ${wholeOf(bare)} ms without\n    with: ${partsOf(kept)}\n    without: ${partsOf(bare)}\n`,
			);
			times.whole.push(wholeOf(kept));
			times.withoutLedger.push(wholeOf(bare));
			times.ledgersPart.push(
				millisecondsOf(kept, /^(Take new or changed|Record refused|Report the run)$/) +
					millisecondsOf(kept, /^Deposit/) -
					millisecondsOf(bare, /^Deposit/),
			);
		}
		await ledger.close();
	} finally {
		await n8n.stop();
		await Promise.all([exact.close(), sftp.close()]);
		rmSync(folder, { recursive: true, force: true });
	}
	return times;
}

const divisionOf = (folder: string): string =>
	String(
		(
			JSON.parse(readFileSync(path.join(folder, 'division.json'), 'utf8')) as { Code: number }[]
		)[0]?.Code,
	);

export default {
	name: 'exportRun',
	missing: () =>
		existsSync(path.join(repositoryRoot, 'sandbox', 'node_modules', 'n8n'))
			? undefined
			: 'n8n is not installed (node sandbox/prepare.mjs --n8n)',
	run: async () => {
		const work = mkdtempSync(path.join(tmpdir(), 'bench-export-'));
		const measures: Record<string, Measure> = {};
		try {
			const tarball = await packPackage(work);
			if (existsSync(REAL_LEDGER)) {
				for (const [latencyMs, answer] of ANSWERS) {
					const division = divisionOf(REAL_LEDGER);
					const runs = { rounds: ROUNDS, latencyMs };
					const times = await measure(REAL_LEDGER, division, runs, work, tarball);
					const [ours, peer] = [median(times.whole), median(times.withoutLedger)];
					measures[`export run: 01 over a real ledger, Exact answering ${answer}`] = {
						ours,
						peer,
						peerName: 'without a ledger',
						ratio: ours / peer,
						unit: 'ms',
						note: 'at most 1.2 times',
					};
				}
			} else process.stdout.write('export run: the real ledger is not in ../shared, left out\n');
			const parts: number[] = [];
			for (const size of SIZES) {
				const times = await measure(
					madeUpEntries(size),
					String(MADE_UP_DIVISION),
					{ rounds: 1, latencyMs: 0 },
					work,
					tarball,
				);
				parts.push(median(times.ledgersPart));
			}
			const [small, large] = parts as [number, number];
			measures["export run: the ledger's part of 20,000 documents"] = {
				ours: large,
				peer: small,
				peerName: 'of 2,000 documents',
				ratio: large / small,
				unit: 'ms',
				note: 'at most 12 times',
			};
		} finally {
			rmSync(work, { recursive: true, force: true });
		}
		return measures;
	},
} satisfies Benchmark;
