import { spawn } from 'node:child_process';
import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	writeFileSync,
} from 'node:fs';
import path from 'node:path';
import {
	checkAll,
	claimFile,
	getNumbers,
	getToDo,
	openLedger,
	settleFile,
	takeForReplay,
	voidForgottenNumbers,
} from '../../../lib/ledger';
import { compileLedger } from '../../support/compiledRoom';
import { ACTOR, temporaryFolder, testPorts, withAgreement } from '../../support/ledgerLab';
import { repositoryRoot } from '../../support/shared';

/** Statements of a whole export are some ninety; the soak test looks at each, and at random moments. */
const EVERY = Number(process.env['LEDGER_KILL_EVERY'] ?? 3);
const DOCUMENTS = 8;

const { folder: home, remove } = temporaryFolder();
const ROOM = compileLedger(path.join(home, 'room'));
afterAll(remove);

/** Runs one export; the number of its steps, or undefined where it was killed. */
async function exportRun(
	folder: string,
	run: string,
	killAt?: number,
): Promise<number | undefined> {
	const child = spawn(
		process.execPath,
		[path.join(repositoryRoot, 'test/fixtures/ledgerExport.cjs')],
		{
			cwd: repositoryRoot,
			env: {
				...process.env,
				NODE_PATH: path.join(repositoryRoot, 'node_modules'),
				NODE_NO_WARNINGS: '1',
				ROOM,
				FOLDER: path.join(folder, 'ledger'),
				PARTNER: path.join(folder, 'partner'),
				RUN: run,
				DOCUMENTS: String(DOCUMENTS),
				...(killAt === undefined ? {} : { KILL_AT: String(killAt) }),
			},
			stdio: ['ignore', 'pipe', 'pipe'],
		},
	);
	let text = '';
	let trouble = '';
	child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => (trouble += chunk.toString()));
	return await new Promise((resolve, reject) => {
		child.once('close', (code, signal) => {
			if (signal === 'SIGKILL') resolve(undefined);
			else if (code === 0) resolve(Number(text));
			else reject(new Error(trouble));
		});
	});
}

async function prepare(name: string) {
	const folder = path.join(home, name);
	mkdirSync(path.join(folder, 'partner'), { recursive: true });
	const ports = testPorts();
	const connection = {
		store: 'embedded',
		folder: path.join(folder, 'ledger'),
		name: 'ledger',
	} as const;
	const ledger = await openLedger(connection, ports);
	await withAgreement(ledger);
	return { folder, ports, ledger, partner: path.join(folder, 'partner') };
}

test('killed before any step, replay and sweep bring every document to the partner once', async () => {
	const whole = await prepare('whole');
	const steps = await exportRun(whole.folder, 'run-0');
	expect(steps).toBeGreaterThan(50);
	for (let killAt = 1; killAt <= steps! + 1; killAt += EVERY) {
		const { folder, ports, ledger, partner } = await prepare(`killed-${killAt}`);
		const survived = await exportRun(folder, 'run-1', killAt);
		expect([killAt, survived === undefined]).toEqual([killAt, killAt <= steps!]);

		ports.advance(3_600);
		const { files, refused } = await takeForReplay(
			ledger,
			{ automatic: true },
			{ token: 'replay', leaseSeconds: 60 },
			ACTOR,
		);
		expect(refused).toEqual([]);
		for (const { file, bytes, token } of files) {
			await claimFile(ledger, file.id, { token, leaseSeconds: 60, server: 's' }, ACTOR);
			const target = path.join(partner, file.name);
			if (!existsSync(target)) {
				writeFileSync(`${target}.part`, bytes);
				renameSync(`${target}.part`, target);
			}
			await settleFile(ledger, file.id, token, { state: 'deposited' }, ACTOR);
		}
		// The leases of the killed run are one second long.
		await new Promise((resolve) => setTimeout(resolve, 1_050));
		await exportRun(folder, 'sweep');

		const lines = readdirSync(partner)
			.filter((name) => !name.endsWith('.part'))
			.flatMap((name) => readFileSync(path.join(partner, name), 'utf8').trim().split('\n'));
		const expected = Array.from({ length: DOCUMENTS }, (_, id) => `INV-${id}`);
		expect([killAt, lines.sort()]).toEqual([killAt, expected]);
		expect([killAt, (await checkAll(ledger)).problems]).toEqual([killAt, []]);
		ports.advance(48 * 3_600);
		await voidForgottenNumbers(ledger, 24, ACTOR);
		expect([killAt, await getToDo(ledger)]).toEqual([killAt, []]);
		for (const { reserved } of await getNumbers(ledger))
			expect([killAt, reserved]).toEqual([killAt, 0]);
	}
}, 900_000);
