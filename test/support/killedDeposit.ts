/**
 * One run of an export, or of a replay, in a process of its own, as the nodes do it: take, record,
 * claim, deposit, settle, with the real store and a real server. It kills itself at the step that it
 * is told. Plain Node.js reads this file, and the built package.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type * as Delivery from '../../lib/delivery';
import type { SftpPort } from '../../lib/delivery';
import type * as LedgerRoom from '../../lib/ledger';
import type * as Keep from '../../nodes/SftpDeposit/keepInLedger';
import type * as Shared from '../../nodes/shared/ledger';

export interface KilledRun {
	readonly kind: 'export' | 'replay';
	readonly execution: string;
	readonly connect: object;
	readonly remoteFolder: string;
	readonly style: 'dotPrefix' | 'direct';
	readonly documents: readonly LedgerRoom.OfferedDocument[];
	readonly firstNumber: number;
	/** Such as `claim before 2`: before the second claim. */
	readonly killAt: string;
}

const LEASE_SECONDS = 1;

const run = JSON.parse(readFileSync(0, 'utf8')) as KilledRun;

async function built(file: string): Promise<unknown> {
	return await import(pathToFileURL(path.resolve('dist', file)).href);
}

const seen = new Map<string, number>();
/** Dies here where it is the moment; says where it has been. */
function at(step: string): void {
	const count = (seen.get(step) ?? 0) + 1;
	seen.set(step, count);
	process.stdout.write(`${step} ${count}\n`);
	if (run.killAt === `${step} ${count}`) process.kill(process.pid, 'SIGKILL');
}

async function around<Value>(step: string, work: () => Promise<Value>): Promise<Value> {
	at(`${step} before`);
	const value = await work();
	at(`${step} after`);
	return value;
}

/** What the ledger reads of an execution. */
const context = {
	getNode: () => ({ name: 'Deposit' }),
	getWorkflow: () => ({ id: 'w', name: 'Export' }),
	getExecutionId: () => run.execution,
	getInstanceId: () => 'test',
	getMode: () => 'trigger',
	evaluateExpression: () => 0,
	getParentNodes: () => [],
} as unknown as IExecuteFunctions;

interface Outgoing {
	readonly name: string;
	readonly bytes: Uint8Array;
	readonly json: IDataObject;
}

/** Every request of the protocol is a moment to die before and after. */
function watched(port: SftpPort): SftpPort {
	return new Proxy(port, {
		get(target, name) {
			const value: unknown = Reflect.get(target, name, target);
			if (typeof value !== 'function' || name === 'end' || name === 'destroy') return value;
			return async (...given: unknown[]) =>
				await around(
					String(name),
					async () => await (value.apply(target, given) as Promise<unknown>),
				);
		},
	});
}

async function main(): Promise<void> {
	const delivery = (await built('lib/delivery/index.js')) as typeof Delivery;
	const room = (await built('lib/ledger/index.js')) as typeof LedgerRoom;
	const { keepInLedger } = (await built('nodes/SftpDeposit/keepInLedger.js')) as typeof Keep;
	const { ledgerOf, actorOf } = (await built('nodes/shared/ledger/index.js')) as typeof Shared;
	const ledger = await ledgerOf(context);

	async function exported(): Promise<Outgoing[]> {
		const { taken } = await around(
			'take',
			async () =>
				await room.takeNewOrChanged(ledger, {
					documents: run.documents,
					reservation: `run-${run.execution}`,
					leaseSeconds: LEASE_SECONDS,
					actor: actorOf(context),
				}),
		);
		return taken.map((one, position) => {
			const { index, versionId, reservation, purpose, agreementVersionId } = one;
			const { key, contentHash, number } = run.documents[index]!;
			const controlNumber = String(run.firstNumber + position).padStart(9, '0');
			const bytes = Buffer.from(`${key} `.repeat(9_000));
			const source = { key, contentHash, number, version: versionId, reservation };
			const json = {
				format: 'X12',
				transactionSet: '810',
				release: '004010',
				usage: 'production',
				sender: 'OURS',
				receiver: 'ACME',
				controlNumber,
				groupControlNumbers: [controlNumber],
				mimeType: 'application/edi-x12',
				sha256: createHash('sha256').update(bytes).digest('hex'),
				documents: [{ number, controlNumber: '0001', purpose, sources: [source] }],
				ledger: { id: ledger.id, agreementVersion: agreementVersionId },
			};
			return { name: `810_${controlNumber}.edi`, bytes, json };
		});
	}

	async function replayed(): Promise<Outgoing[]> {
		const { files } = await room.takeForReplay(
			ledger,
			{ automatic: true },
			{ token: `replay-${run.execution}`, leaseSeconds: LEASE_SECONDS },
			actorOf(context),
		);
		return files.map(({ file, bytes, token }) => ({
			name: file.name,
			bytes,
			json: { ledger: { id: ledger.id, file: file.id, state: file.state, claim: token } },
		}));
	}

	const outgoing = run.kind === 'export' ? await exported() : await replayed();
	const requests = outgoing.map(({ name, bytes }) => ({
		fileName: name,
		folder: run.remoteFolder,
		source: delivery.sourceOf(bytes),
		partner: 'ACME',
	}));
	const keeping = await around(
		'record',
		async () =>
			await keepInLedger(
				context,
				requests.map((request, itemIndex) => ({
					itemIndex,
					request,
					json: outgoing[itemIndex]!.json,
				})),
				{
					server: 'partner.example:22 ours',
					sendAgain: false,
					leaseSeconds: LEASE_SECONDS,
					signal: undefined,
				},
			),
	);
	const results = await delivery.depositAll(requests, {
		connect: async (signal) =>
			watched(await delivery.connectSftp(run.connect as Delivery.ConnectSettings, signal)),
		server: 'partner',
		settings: {
			...delivery.DEFAULT_DEPOSIT,
			folder: run.remoteFolder,
			temporary: { style: run.style, suffix: '.part' },
		},
		ports: {
			now: () => Date.now(),
			random: Math.random,
			sleep: async (milliseconds, signal) =>
				await delay(milliseconds, undefined, signal === undefined ? {} : { signal }).catch(
					() => undefined,
				),
		},
		around: async (request, deposit) =>
			await around(
				'keep',
				async () =>
					await keeping.around(
						request,
						async (more) => await around('deposit', async () => await deposit(more)),
					),
			),
		inFlight: 1,
	});
	process.stdout.write(`${JSON.stringify(results.map(({ outcome }) => outcome))}\n`);
	await ledger.close();
}

void main();
