import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { getFiles } from '../../../lib/ledger';
import { SftpDeposit } from '../../../nodes/SftpDeposit/SftpDeposit.node';
import { openWith } from '../../../nodes/shared/ledger';
import { PASSWORD, startPartner } from '../../support/delivery';
import type { Partner } from '../../support/delivery';
import { runNode } from '../../support/runWorkflow';
import type { NodeRun } from '../../support/runWorkflow';
import {
	ACME,
	encodeTaken,
	invoices,
	ledger,
	setUp,
	take,
	useOwnFolder,
} from '../EdiLedger/support';

useOwnFolder();
let partner: Partner;

beforeEach(async () => {
	partner = await startPartner();
});
afterEach(async () => {
	await partner.close();
});

async function deposit(
	items: INodeExecutionData[],
	parameters: IDataObject = {},
	options: { executionId?: string; stop?: boolean } = {},
): Promise<NodeRun> {
	const credentials = {
		sftpVerifiedApi: {
			host: '127.0.0.1',
			port: partner.server.port,
			username: 'partner',
			password: PASSWORD,
			hostKeys: partner.server.fingerprint,
		} as never,
	};
	return await runNode(
		new SftpDeposit(),
		{
			operation: 'deposit',
			folder: '/elsewhere',
			fileName: '={{ $json.fileName }}',
			binaryPropertyName: 'data',
			ifFileExists: 'skipIfIdentical',
			keepInLedger: true,
			options: { attempts: 1 },
			...parameters,
		},
		items,
		{
			credentials,
			executionId: options.executionId ?? '7',
			...(options.stop === true ? {} : { onError: 'continueRegularOutput' }),
		},
	);
}

const outcomes = ({ outputs }: NodeRun) => outputs[0]?.map(({ json }) => json.outcome);
const issue = ({ outputs }: NodeRun, item = 0) =>
	(outputs[0]?.[item]?.json.issues as IDataObject[])[0];

async function states(): Promise<string[]> {
	const open = await openWith(undefined);
	const { rows } = await getFiles(open, {}, { limit: 50 });
	return rows.map(({ state }) => state);
}

/** Encoded files of the agreement, one for each document. */
async function encodedFiles(...numbers: number[]): Promise<INodeExecutionData[]> {
	const files: INodeExecutionData[] = [];
	for (const number of numbers) {
		const executionId = String(100 + number);
		const { taken } = await take(invoices(number), {}, { executionId });
		files.push(...(await encodeTaken(taken, { executionId })).encoded);
	}
	return files;
}

test('what was taken is recorded, deposited into the folder of the agreement and settled', async () => {
	await setUp({}, { stage: 'test', folder: '/inbound' });
	const files = await encodedFiles(1, 2);
	const run = await deposit(files);
	expect(outcomes(run)).toEqual(['deposited', 'deposited']);
	expect(Object.keys(run.outputs[0]?.[0]?.json ?? {}).slice(0, 2)).toEqual(['outcome', 'issues']);
	expect(partner.names()).toEqual(files.map(({ json }) => json.fileName).sort());
	expect(await states()).toEqual(['deposited', 'deposited']);

	// The same execution tried again, and another one with the same data.
	for (const executionId of ['7', '8']) {
		const again = await deposit(files, {}, { executionId });
		expect(outcomes(again)).toEqual(['already there', 'already there']);
	}
	expect(partner.server.events.filter(({ detail }) => detail.startsWith('RENAME'))).toHaveLength(2);
});

test('a document that the partner has is refused in another file, and sent again on demand', async () => {
	await setUp({}, { stage: 'test', folder: '/inbound' });
	const [file] = await encodedFiles(1);
	await deposit([file as INodeExecutionData]);
	const other = structuredClone(file) as INodeExecutionData;
	Object.assign(other.json, { fileName: 'other.edi', controlNumber: '000000099' });
	const refused = await deposit([other]);
	expect(outcomes(refused)).toEqual(['refused']);
	expect(issue(refused)).toMatchObject({ code: 'LEDGER_ALREADY_SENT' });
	expect(refused.outputs[0]?.[0]?.json.reason).toContain('INV-1');
	expect(partner.names()).toHaveLength(1);
	const sent = await deposit([other], { options: { sendAgain: true } });
	expect(outcomes(sent)).toEqual(['deposited']);
	expect(partner.names()).toHaveLength(2);
});

test('what failed is failed in the ledger, and a replay delivers it', async () => {
	await setUp({}, { stage: 'test', folder: '/inbound' });
	const files = await encodedFiles(1);
	partner.server.faults.add({ at: 'OPEN', action: { kind: 'status', code: 3 } });
	const failed = await deposit(files);
	expect(outcomes(failed)).toEqual(['failed']);
	expect(await states()).toEqual(['failed']);
	const { outputs } = await ledger('file', 'takeForReplay', { which: 'automatic' });
	const [replay = []] = outputs;
	expect(replay).toHaveLength(1);
	expect(outcomes(await deposit(replay, {}, { executionId: '9' }))).toEqual(['deposited']);
	expect(await states()).toEqual(['deposited']);
	expect(partner.names()).toHaveLength(1);
});

test('documents that another run has taken over are not sent, and nobody has anything to do', async () => {
	await setUp({}, { stage: 'test', folder: '/inbound' });
	const mode = { mode: 'manual' } as const;
	const first = await take(invoices(1), {}, { executionId: '1', ...mode });
	const late = await encodeTaken(first.taken, { executionId: '1' });
	const second = await take(invoices(1), {}, { executionId: '2', ...mode });
	const { encoded } = await encodeTaken(second.taken, { executionId: '2' });
	const run = await deposit(late.encoded, {}, { executionId: '1', stop: true });
	expect(run.error).toBeUndefined();
	expect(outcomes(run)).toEqual(['with another run']);
	expect(run.outputs[0]?.[0]?.json.reason).toContain('the other run delivers');
	expect(outcomes(await deposit(encoded, {}, { executionId: '2' }))).toEqual(['deposited']);
	expect(partner.names()).toHaveLength(1);
});

test('a draft is shown and not deposited; a file of another ledger is refused', async () => {
	await setUp({}, { stage: 'draft', folder: '/inbound' });
	const { taken } = await take(invoices(1));
	const { encoded } = await encodeTaken(taken);
	const draft = await deposit(encoded);
	expect(outcomes(draft)).toEqual(['draft']);
	expect(partner.names()).toEqual([]);
	const foreign = structuredClone(encoded);
	Object.assign(foreign[0]?.json.ledger as IDataObject, { id: 'other', usage: 'test' });
	const refused = await deposit(foreign);
	expect(outcomes(refused)).toEqual(['failed']);
	expect(issue(refused)?.code).toBe('LEDGER_OTHER');
	expect(partner.names()).toEqual([]);
});

test('a credential for another user or server than the agreement goes by is refused', async () => {
	await setUp({}, { stage: 'test', folder: '/inbound' });
	await deposit(await encodedFiles(1));
	const second = await encodedFiles(2);
	await partner.close();
	partner = await startPartner();
	const refused = await deposit(second);
	expect(outcomes(refused)).toEqual(['refused']);
	expect(issue(refused)?.code).toBe('LEDGER_OTHER_SERVER');
	expect(partner.names()).toEqual([]);
});

test('retired, or given another ID and folder, while a run is under way: what was taken goes as it was taken', async () => {
	await setUp({}, { stage: 'test', folder: '/inbound' });
	const { taken } = await take(invoices(1), {}, { executionId: '1' });
	await setUp({ partnerIdentification: 'NEWID' }, { folder: '/new' });
	const { encoded } = await encodeTaken(taken, { executionId: '1' });
	const retired = await ledger('partner', 'retire', { partner: { mode: 'name', value: 'ACME' } });
	expect(retired.error).toBeUndefined();
	const run = await deposit(encoded, {}, { executionId: '1' });
	expect(outcomes(run)).toEqual(['deposited']);
	expect(run.outputs[0]?.[0]?.json).toMatchObject({ receiver: 'ACMEID' });
	expect(partner.names()).toHaveLength(1);
	const next = await take(invoices(2), {}, { executionId: '2' });
	expect(next.error?.message).toContain(ACME);
	expect(next.error?.message).toMatch(/is retired/);
});

test('without a ledger, and with Keep in Ledger off, nothing is recorded', async () => {
	await setUp({}, { stage: 'test', folder: '/inbound' });
	const files = await encodedFiles(1);
	expect(outcomes(await deposit(files, { keepInLedger: false }))).toEqual(['deposited']);
	const plain = structuredClone(files);
	for (const { json } of plain) delete json.ledger;
	expect(outcomes(await deposit(plain, { folder: '/inbound' }))).toEqual(['already there']);
	expect(await states()).toEqual([]);
});

test('Stop: the first failure is the error, after all files were tried and settled', async () => {
	await setUp({}, { stage: 'test', folder: '/inbound' });
	const files = await encodedFiles(1, 2);
	partner.server.faults.add({ at: 'OPEN', action: { kind: 'status', code: 3 } });
	const { error } = await deposit(files, { options: { attempts: 1, inFlight: 1 } }, { stop: true });
	expect(error?.message).toMatch(/1 of 2 files were not delivered\.$/);
	expect((await states()).sort()).toEqual(['deposited', 'failed']);
});
