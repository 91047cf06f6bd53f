/**
 * Deposits beside OpenSSH's own `sftp -b` in the same run, on a real OpenSSH server on the loopback
 * address: the whole job each time, from connecting to the last answer. Ours writes under a temporary
 * name, syncs, looks at the size and renames; `sftp -b` only puts. Needs root and openssh-server.
 */
import { execFile, execFileSync } from 'node:child_process';
import {
	createReadStream,
	mkdtempSync,
	readFileSync,
	readdirSync,
	rmSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { labProblem, startSshdLab } from '../sandbox/sftpOpenSsh.ts';
import type * as Delivery from '../lib/delivery/index.ts';
import { builtRoom } from './built.ts';
import type { Benchmark, Measure } from './run.ts';

const delivery = (await builtRoom('delivery')) as typeof Delivery;
const file = fileURLToPath(import.meta.url);

const ROUNDS = 5;
const SMALL_FILES = 300;
const LARGE = 100_000_000;
const STREAMED = 1_000_000_000;
const WARM_UP = 20_000_000;

const median = (values: readonly number[]): number =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

function compare(
	ours: number[],
	peer: number[],
	scale: (ms: number) => number,
	unit: string,
	note: string,
): Measure {
	return {
		ours: scale(median(ours)),
		peer: scale(median(peer)),
		peerName: 'OpenSSH sftp -b',
		ratio: median(ours) / median(peer),
		unit,
		note,
	};
}

async function timed(work: () => unknown): Promise<number> {
	const started = performance.now();
	await work();
	return performance.now() - started;
}

/** What a process of its own needs, too. */
interface Server {
	readonly port: number;
	readonly username: string;
	readonly privateKey: string;
	readonly hostKeys: string;
	/** The local path of the account's folder. */
	readonly inbound: string;
}

class Job {
	private readonly server: Server;
	readonly folder = mkdtempSync(path.join(tmpdir(), 'bench-sftp-'));

	constructor(server: Server) {
		this.server = server;
		writeFileSync(path.join(this.folder, 'known_hosts'), `${server.hostKeys}\n`);
		writeFileSync(path.join(this.folder, 'key'), server.privateKey, { mode: 0o600 });
	}

	/** Ours. */
	async deposit(
		requests: readonly Delivery.OrderedRequest[],
		inFlight: number,
		sync = true,
	): Promise<void> {
		const { server } = this;
		const results = await delivery.depositAll(requests, {
			connect: (signal?: AbortSignal) =>
				delivery.connectSftp(
					{
						host: '127.0.0.1',
						port: server.port,
						username: server.username,
						privateKey: server.privateKey,
						hostKeys: server.hostKeys,
						connectTimeoutMs: 20_000,
						operationTimeoutMs: 60_000,
					},
					signal,
				),
			server: 'bench',
			settings: { ...delivery.DEFAULT_DEPOSIT, folder: '/inbound', sync },
			ports: {
				now: () => Date.now(),
				random: () => Math.random(),
				sleep: (ms: number, signal?: AbortSignal) =>
					delay(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined),
			},
			inFlight,
		});
		const failed = results.find(({ outcome }) => outcome !== 'deposited');
		if (failed !== undefined) throw new Error(`not deposited: ${JSON.stringify(failed)}`);
	}

	/** The peer. */
	sftp(lines: readonly string[]): void {
		const batch = path.join(this.folder, 'batch');
		writeFileSync(batch, `${lines.join('\n')}\n`);
		execFileSync(
			'sftp',
			[
				'-q',
				'-b',
				batch,
				'-P',
				String(this.server.port),
				'-i',
				path.join(this.folder, 'key'),
				'-o',
				`UserKnownHostsFile=${path.join(this.folder, 'known_hosts')}`,
				'-o',
				'IdentitiesOnly=yes',
				`${this.server.username}@127.0.0.1`,
			],
			{ stdio: 'ignore' },
		);
	}

	sourceOf(content: Uint8Array) {
		return delivery.sourceOf(content);
	}

	clear(): void {
		const { inbound } = this.server;
		for (const name of readdirSync(inbound)) rmSync(path.join(inbound, name));
	}

	close(): void {
		rmSync(this.folder, { recursive: true, force: true });
	}
}

async function smallFiles(job: Job): Promise<Record<string, Measure>> {
	const content = Buffer.alloc(1024, 'x');
	const local = path.join(job.folder, 'small');
	writeFileSync(local, content);
	const names = Array.from({ length: SMALL_FILES }, (_value, index) => `${index}.edi`);
	const requests = names.map((fileName) => ({ fileName, source: job.sourceOf(content) }));
	// By name of the measure: how many in flight, with sync or without, and the peer's command.
	const cases = [
		['one by one', 1, true, 'put', 'at most 2'],
		['8 in flight', 8, true, 'put', 'at most 1.1'],
		['one by one, both synced', 1, true, 'put -f', ''],
		['8 in flight, both synced', 8, true, 'put -f', ''],
		['one by one, none synced', 1, false, 'put', ''],
		['8 in flight, none synced', 8, false, 'put', ''],
	] as const;
	const times = new Map<string, number[]>();
	const record = async (name: string, work: () => unknown): Promise<void> => {
		job.clear();
		times.set(name, [...(times.get(name) ?? []), await timed(work)]);
	};
	for (let round = 0; round < ROUNDS; round += 1) {
		for (const command of ['put', 'put -f']) {
			const lines = names.map((name) => `${command} ${local} /inbound/${name}`);
			await record(command, () => job.sftp(lines));
		}
		for (const sync of [true, false]) {
			for (const inFlight of [1, 8]) {
				await record(`${inFlight} ${sync}`, () => job.deposit(requests, inFlight, sync));
			}
		}
	}
	const rate = (ms: number): number => (SMALL_FILES / ms) * 1000;
	return Object.fromEntries(
		cases.map(([name, inFlight, sync, command, bound]) => [
			`deposit, 1 KB, ${name}`,
			compare(
				times.get(`${inFlight} ${sync}`) ?? [],
				times.get(command) ?? [],
				rate,
				'files/s',
				`ratio of times to ${command}${bound === '' ? '' : `, ${bound}`}`,
			),
		]),
	);
}

async function largeFile(job: Job): Promise<Record<string, Measure>> {
	const content = Buffer.alloc(LARGE, 'large file ');
	const local = path.join(job.folder, 'large');
	writeFileSync(local, content);
	const ours: number[] = [];
	const peer: number[] = [];
	for (let round = 0; round < ROUNDS; round += 1) {
		job.clear();
		peer.push(await timed(() => job.sftp([`put ${local} /inbound/large.edi`])));
		job.clear();
		ours.push(
			await timed(() => job.deposit([{ fileName: 'large.edi', source: job.sourceOf(content) }], 1)),
		);
	}
	job.clear();
	const rate = (ms: number): number => LARGE / 1000 / ms;
	return { 'deposit, 100 MB': compare(ours, peer, rate, 'MB/s', 'ratio of times, at most 1.5') };
}

/** A stream from the disk in the chunks of SFTP Deposit, as n8n's filesystem mode gives it. */
function streamOf(local: string, bytes: number): Delivery.DeliverySource {
	return {
		bytes,
		async *read() {
			for await (const chunk of createReadStream(local, { highWaterMark: 65_536, end: bytes - 1 }))
				yield chunk as Uint8Array;
		},
	};
}

/**
 * Grows the resident set of this process by one large deposit. What the first megabytes load and
 * compile is not what a large file costs, so the baseline is taken after a small deposit.
 */
async function streamed(job: Job): Promise<number> {
	const local = path.join(job.folder, 'streamed');
	writeFileSync(local, '');
	truncateSync(local, STREAMED);
	const deposit = async (fileName: string, bytes: number): Promise<void> =>
		await job.deposit([{ fileName, source: streamOf(local, bytes) }], 1);
	await deposit('warm-up.edi', WARM_UP);
	globalThis.gc?.();
	const memory = (): number => process.memoryUsage.rss();
	const baseline = memory();
	let most = baseline;
	const watch = setInterval(() => (most = Math.max(most, memory())), 20);
	try {
		await deposit('streamed.edi', STREAMED);
	} finally {
		clearInterval(watch);
		job.clear();
	}
	return (most - baseline) / 1_048_576;
}

/** In a process that does nothing else: neither other measures nor the server's log are in the way. */
async function memory(server: Server): Promise<Record<string, Measure>> {
	const rounds: number[] = [];
	for (let round = 0; round < 3; round += 1) {
		const output = await new Promise<string>((resolve, reject) => {
			const { stdin } = execFile(
				process.execPath,
				['--expose-gc', file],
				{ env: { ...process.env, NODE_NO_WARNINGS: '1' } },
				(error, stdout) => (error === null ? resolve(stdout) : reject(error)),
			);
			stdin?.end(JSON.stringify(server));
		});
		rounds.push(Number(output));
	}
	return {
		'deposit, 1 GB stream, memory above a deposit of 20 MB': {
			ours: median(rounds),
			unit: 'MiB',
			note: `at most 64; the most of 3 runs: ${Math.max(...rounds).toFixed(0)}`,
		},
	};
}

async function withJob<T>(server: Server, work: (job: Job) => Promise<T>): Promise<T> {
	const job = new Job(server);
	try {
		return await work(job);
	} finally {
		job.close();
	}
}

const benchmark: Benchmark = {
	name: 'sftp',
	missing: labProblem,
	async run() {
		const lab = await startSshdLab();
		try {
			const { port, hostKeys } = await lab.start();
			const username = lab.user.key;
			const privateKey = lab.clientKey('openssh');
			const server = { port, username, privateKey, hostKeys, inbound: lab.inbound(username) };
			const files = await withJob(server, async (job) => ({
				...(await smallFiles(job)),
				...(await largeFile(job)),
			}));
			return { ...files, ...(await memory(server)) };
		} finally {
			await lab.close();
		}
	},
};

export default benchmark;

if (process.argv[1] === file) {
	const server = JSON.parse(readFileSync(0, 'utf8')) as Server;
	process.stdout.write(String(await withJob(server, streamed)));
}
