/**
 * SFTP Deposit with its ledger, killed (SIGKILL) before and after every step: take, record, claim,
 * each request of the protocol, settle. The store and the server are real, the run is a process of
 * its own. Replay and the next run bring each document to the partner once.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkAll, getFiles, openLedger } from '../../lib/ledger';
import { startPartner } from '../support/delivery';
import type { Partner } from '../support/delivery';
import type { KilledRun } from '../support/killedDeposit';
import { offered, temporaryFolder, testPorts, withAgreement } from '../support/ledgerLab';
import { repositoryRoot } from '../support/shared';

jest.setTimeout(900_000);

/** Each place is a few seconds; the soak test looks at all of them. */
const EVERY = Number(process.env['LEDGER_KILL_EVERY'] ?? 6);
/** Beside the steps, moments between them. */
const RANDOM_MOMENTS = Number(process.env['LEDGER_RANDOM_KILLS'] ?? 4);
const DOCUMENTS = [1, 2];
const LEASES_ARE_OVER_MS = 1_200;
/** One looks, and where nobody can tell one sends again, as the agreement says. */
const MOST_REPLAYS = 4;

let partner: Partner;
const { folder: own, remove } = temporaryFolder();
let counter = 0;

beforeAll(async () => {
	partner = await startPartner({}, { operationTimeoutMs: 20_000, connectTimeoutMs: 20_000 });
});
afterAll(async () => {
	await partner.close();
	remove();
});

interface Company {
	readonly remoteFolder: string;
	readonly run: (
		more: Partial<KilledRun>,
		killAfterMs?: number,
	) => Promise<{ steps: string[]; signal: string | null }>;
	readonly open: () => ReturnType<typeof openLedger>;
}

/** A ledger and a folder of the partner for each place to die at. */
async function company(style: KilledRun['style']): Promise<Company> {
	counter += 1;
	const home = path.join(own, String(counter));
	const folder = path.join(home, '.n8n', 'exact-edi');
	const remoteFolder = `/inbound/${counter}`;
	mkdirSync(folder, { recursive: true });
	mkdirSync(path.join(partner.root, remoteFolder));
	const open = async () =>
		await openLedger({ store: 'embedded', folder, name: 'ledger' }, testPorts());
	const first = await open();
	await withAgreement(first, { folder: remoteFolder, whenInDoubt: 'send again' });
	await first.close();
	let runs = 0;
	return {
		remoteFolder,
		open,
		run: async (more, killAfterMs) => {
			runs += 1;
			const run: KilledRun = {
				kind: 'export',
				execution: String(runs),
				connect: partner.settings,
				remoteFolder,
				style,
				documents: DOCUMENTS.map((id) => offered(id)),
				firstNumber: runs * 100,
				killAt: '',
				...more,
			};
			return await inChild(run, home, killAfterMs);
		},
	};
}

async function inChild(
	run: KilledRun,
	home: string,
	killAfterMs: number | undefined,
): Promise<{ steps: string[]; signal: string | null }> {
	const child = spawn(
		process.execPath,
		[path.join(repositoryRoot, 'test/support/killedDeposit.ts')],
		{
			cwd: repositoryRoot,
			stdio: ['pipe', 'pipe', 'pipe'],
			env: { ...process.env, N8N_USER_FOLDER: home, NODE_NO_WARNINGS: '1' },
		},
	);
	let output = '';
	let errors = '';
	child.stdout.on('data', (data: Buffer) => (output += data.toString()));
	child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
	child.stdin.end(JSON.stringify(run));
	const timer =
		killAfterMs === undefined
			? undefined
			: setTimeout(() => child.kill('SIGKILL'), killAfterMs);
	const [code, signal] = await new Promise<[number | null, string | null]>((resolve) => {
		child.on('close', (...ended) => resolve(ended));
	});
	clearTimeout(timer);
	if (code !== 0 && signal !== 'SIGKILL') throw new Error(errors);
	return { steps: output.trim().split('\n'), signal };
}

/** As the schedules do: replay until nothing is left, then the nightly run over everything. */
async function recover({ run }: Company): Promise<void> {
	for (let left = MOST_REPLAYS; left > 0; left -= 1) {
		await sleep(LEASES_ARE_OVER_MS);
		const { steps } = await run({ kind: 'replay' });
		if (steps.at(-1) === '[]') break;
	}
	await run({ kind: 'export' });
}

async function expectEachOnce({ open, remoteFolder }: Company): Promise<void> {
	const folder = path.join(partner.root, remoteFolder);
	const names = readdirSync(folder).filter((name) => name.endsWith('.edi'));
	const contents = names.map((name) => readFileSync(path.join(folder, name), 'utf8'));
	for (const id of DOCUMENTS) {
		const whole = `${offered(id).key} `.repeat(9_000);
		expect(contents.filter((content) => content === whole)).toHaveLength(1);
	}
	expect(names).toHaveLength(DOCUMENTS.length);
	const ledger = await open();
	const { rows } = await getFiles(ledger, {}, { limit: 50 });
	expect(rows.map(({ state }) => state)).toEqual(DOCUMENTS.map(() => 'deposited'));
	expect((await checkAll(ledger, {})).problems).toEqual([]);
	await ledger.close();
}

/** The second file is delivered as the first one is. */
const isPlace = (step: string): boolean => / 1$/.test(step) || /^keep \w+ 2$/.test(step);

test.each(['dotPrefix', 'direct'] as const)(
	'killed at every step (%s), each document arrives once',
	async (style) => {
		const whole = await company(style);
		const { steps } = await whole.run({});
		expect(steps.at(-1)).toBe('["deposited","deposited"]');
		await expectEachOnce(whole);
		const places = steps.filter(isPlace);
		expect(places.length).toBeGreaterThan(15);
		for (const killAt of places.filter((_place, index) => index % EVERY === 0)) {
			const lab = await company(style);
			const { signal } = await lab.run({ killAt });
			expect([killAt, signal]).toEqual([killAt, 'SIGKILL']);
			await recover(lab);
			try {
				await expectEachOnce(lab);
			} catch (error) {
				throw new Error(`killed at: ${killAt}`, { cause: error });
			}
		}
	},
);

test('killed at random moments, each document arrives once', async () => {
	const whole = await company('dotPrefix');
	const started = Date.now();
	await whole.run({});
	const duration = Date.now() - started;
	let killed = 0;
	for (let moment = 0; moment < RANDOM_MOMENTS; moment += 1) {
		const style = moment % 2 === 0 ? 'dotPrefix' : 'direct';
		const lab = await company(style);
		// Node.js itself takes the first part of it.
		const after = Math.round(duration * (0.3 + 0.7 * Math.random()));
		const { signal } = await lab.run({}, after);
		if (signal === 'SIGKILL') killed += 1;
		await recover(lab);
		try {
			await expectEachOnce(lab);
		} catch (error) {
			throw new Error(`killed after ${after} of ${duration} ms (${style})`, { cause: error });
		}
	}
	expect(killed).toBeGreaterThan(0);
}, Math.max(900_000, RANDOM_MOMENTS * 30_000));
