/** What the benchmarks of the ledger share: ledgers, and exports that fill them. */
import { createHash, randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';

import type * as LedgerRoom from '../lib/ledger/index.ts';

import { builtRoom } from './built.ts';

export const room = (await builtRoom('ledger')) as typeof LedgerRoom;

export const ACTOR: LedgerRoom.Actor = {
	workflowId: 'w1',
	workflowName: 'Export',
	executionId: '1',
	node: 'EDI Ledger',
	mode: 'trigger',
};

export const ports: LedgerRoom.LedgerPorts = {
	now: () => new Date(),
	randomId: () => randomBytes(32).toString('hex'),
	wait: async (milliseconds) =>
		await new Promise((resolve) =>
			milliseconds === 0 ? setImmediate(resolve) : setTimeout(resolve, milliseconds),
		),
	jitter: () => Math.random(),
};

function offered(run: number, count: number): LedgerRoom.OfferedDocument[] {
	return Array.from({ length: count }, (_, index) => {
		const id = randomBytes(16).toString('hex');
		return {
			agreement: 'ACME 810',
			key: `exact:1:purchaseEntry:${id}`,
			contentHash: createHash('sha256').update(id).digest('hex'),
			number: `INV-${run}-${index}`,
			ownNumber: String(17_000_000 + run * 100_000 + index),
			counterparty: `Supplier ${index % 300} B.V.`,
			date: `2017-${String((index % 12) + 1).padStart(2, '0')}-15`,
			currency: 'EUR',
			amount: `${index % 1_000}.25`,
			modified: '2017-03-06T08:11:00.387Z',
			document: {
				number: `INV-${run}-${index}`,
				lines: [{ description: `Item ${id}`, amount: '1.00' }],
			},
		};
	});
}

/** One export, whole. */
export async function exportRun(
	ledger: LedgerRoom.Ledger,
	run: number,
	count: number,
	watch = { fromHere: () => 0 },
): Promise<{ milliseconds: number; processor: number }> {
	const documents = offered(run, count);
	const bytes = randomBytes(300 * count);
	const hash = createHash('sha256').update(bytes).digest('hex');
	// Before the turn ends: the watch looks once a turn, and would count the making of the documents.
	watch.fromHere();
	await ports.wait(0);
	const started = performance.now();
	const cpu = process.cpuUsage();
	const { taken } = await room.takeNewOrChanged(ledger, {
		documents,
		reservation: `run-${run}`,
		leaseSeconds: 900,
		actor: ACTOR,
	});
	const name = `810_${run}.edi`;
	const [recorded] = await room.recordFiles(
		ledger,
		[
			{
				name,
				kind: 'documents',
				format: 'X12',
				transactionSet: '810',
				release: '004010',
				usage: 'production',
				sender: 'OURS',
				receiver: 'ACME',
				controlNumber: String(run),
				groupControlNumbers: [String(run)],
				sha256: hash,
				bytes,
				mimeType: 'application/edi-x12',
				folder: '/inbound',
				agreementVersionId: taken[0]!.agreementVersionId,
				documents: taken.map(({ index, versionId, reservation, purpose }) => ({
					key: documents[index]!.key,
					contentHash: documents[index]!.contentHash,
					versionId,
					reservation,
					number: documents[index]!.number,
					setControlNumber: String(index + 1).padStart(4, '0'),
					groupControlNumber: String(run),
					purpose,
				})),
			},
		],
		{ sendAgain: false },
		ACTOR,
	);
	const { fileId } = recorded as { fileId: number };
	await room.claimFile(ledger, fileId, { token: name, leaseSeconds: 60, server: 's' }, ACTOR);
	await room.settleFile(ledger, fileId, name, { state: 'deposited' }, ACTOR);
	const { user, system } = process.cpuUsage(cpu);
	return { milliseconds: performance.now() - started, processor: (user + system) / 1_000 };
}

export async function makeLedger(
	connection: LedgerRoom.LedgerConnection,
): Promise<LedgerRoom.Ledger> {
	const ledger = await room.openLedger(connection, ports);
	await room.saveCompany(ledger, { name: 'Ours' }, ACTOR);
	await room.savePartner(ledger, { name: 'ACME' }, ACTOR);
	await room.saveAgreement(
		ledger,
		{
			name: 'ACME 810',
			company: 'Ours',
			partner: 'ACME',
			stage: 'production',
			sendFrom: '2017-01-01',
			acknowledgment: { expected: true, withinHours: 24 },
		},
		ACTOR,
	);
	return ledger;
}

export function median(values: readonly number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

export async function timed(body: () => Promise<unknown>): Promise<number> {
	const times: number[] = [];
	for (let index = 0; index < 9; index += 1) {
		const started = performance.now();
		await body();
		times.push(performance.now() - started);
	}
	return median(times);
}
