/**
 * Every kind of export dies once: n8n is killed while each of them stands at the moment its file is
 * published, some just before and some just after. Replay and the next run follow; each document is
 * then at the partner once, and the ledger agrees.
 */
import { readFileSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { failureOf } from '../../../sandbox/n8n';
import { checkAll, getContents, getDocuments, getFiles, saveAgreement, saveCompany, savePartner } from '../../../lib/ledger';
import type { Actor, Ledger } from '../../../lib/ledger';
import { openLedgerOf, readShippedTemplate, startN8nLab } from '../../support/n8nLab';
import type { N8nLab } from '../../support/n8nLab';

jest.setTimeout(600_000);

const LEASE_SECONDS = 3;
const TESTER: Actor = {
	workflowId: 'test',
	workflowName: 'Test',
	executionId: '0',
	node: 'Test',
	mode: 'manual',
};
const X12 = { standard: 'x12', release: '004010' };

interface Export {
	readonly file: string;
	readonly documentType: string;
	readonly sentAs: string;
	readonly settings: Record<string, string>;
	readonly trigger: string;
	readonly dies: 'before' | 'after';
}

const EXPORTS: readonly Export[] = [
	{
		file: '02-export-payments-x12',
		documentType: 'remittance',
		sentAs: 'X12 820',
		settings: X12,
		trigger: 'Every night',
		dies: 'before',
	},
	{
		file: '03-export-purchase-orders-x12',
		documentType: 'purchaseOrder',
		sentAs: 'X12 850',
		settings: X12,
		trigger: 'Every night',
		dies: 'after',
	},
	{
		file: '04-export-purchase-invoices-edifact',
		documentType: 'invoice',
		sentAs: 'EDIFACT INVOIC',
		settings: { standard: 'edifact', release: 'D.96A' },
		trigger: 'Every night',
		dies: 'before',
	},
	{
		file: '05-export-purchase-invoices-flat-file',
		documentType: 'resource',
		sentAs: 'fixed-width',
		settings: {},
		trigger: 'Every night',
		dies: 'after',
	},
	{
		file: '06-export-master-data-flat-file',
		documentType: 'resource',
		sentAs: 'fixed-width',
		settings: {},
		trigger: 'Every morning',
		dies: 'after',
	},
];

const PARAMETERS = {
	// The entries of the demo company are older than the days that the night reads.
	'Read the last days': { filters: { modifiedSince: '2000-01-01T00:00:00.000Z' } },
	'Take new or changed': { options: { leaseMinutes: LEASE_SECONDS / 60 } },
	'Deposit at the partner': {
		operation: 'deposit',
		options: { claimSeconds: LEASE_SECONDS, staleAfter: 0 },
	},
};

let lab: N8nLab;
let ledger: Ledger;
const workflows = new Map<string, string>();

beforeAll(async () => {
	lab = await startN8nLab({
		exact: { latencyMs: 0, limits: { minutely: 100_000, daily: 1_000_000 } },
	});
	ledger = await openLedgerOf(lab);
	const ids = { senderQualifier: 'ZZ', senderId: 'MYCOMPANY' };
	await saveCompany(ledger, { name: 'Company', settings: ids }, TESTER);
});
afterAll(async () => {
	await ledger?.close();
	await lab?.close();
});

const partnerOf = ({ file }: Export, which: string) => `${which}${file.slice(0, 2)}`;

/** The export for a partner of its own, with a folder of its own. */
async function importFor(one: Export, which: string): Promise<string> {
	const partner = partnerOf(one, which);
	mkdirSync(path.join(lab.sftpRoot, 'inbound', partner), { recursive: true });
	const ids = { receiverQualifier: 'ZZ', receiverId: partner };
	await savePartner(ledger, { name: partner, settings: ids }, TESTER);
	const { name } = await saveAgreement(
		ledger,
		{
			name: `Agreement of ${partner}`,
			company: 'Company',
			partner,
			documentType: one.documentType,
			sentAs: one.sentAs,
			stage: 'test',
			sendFrom: '2000-01-01',
			folder: `/inbound/${partner}`,
			settings: one.settings,
		},
		TESTER,
	);
	const { id } = await lab.n8n.importWorkflow(readShippedTemplate(one.file), {
		credentials: lab.credentials,
		division: lab.division,
		agreement: name,
		withoutPages: true,
		parameters: PARAMETERS,
	});
	workflows.set(partner, id);
	return id;
}

async function runToItsEnd(one: Export, which: string): Promise<void> {
	const id = workflows.get(partnerOf(one, which)) ?? (await importFor(one, which));
	const run = await lab.n8n.waitForExecution(await lab.n8n.runManually(id, one.trigger, [{}]));
	const failure = failureOf(run);
	// What the demo company has wrong on purpose is refused, and told at the end of the run.
	if (failure !== undefined && !failure.includes('Refused')) throw new Error(failure);
}

/** Documents of a partner by key, with what became of each. */
async function documentsOf(partner: string): Promise<Record<string, string>> {
	const { rows } = await getDocuments(ledger, { partner }, { limit: 1_000 });
	return Object.fromEntries(rows.map(({ key, state }) => [key, state]));
}

test('killed at the moment of publication: replay and the next run bring each document once', async () => {
	// An undisturbed run for another partner says what there is to send.
	for (const one of EXPORTS) await runToItsEnd(one, 'WHOLE');

	let release: () => void = () => undefined;
	const released = new Promise<void>((resolve) => (release = resolve));
	const rename = ['POSIX_RENAME', 'HARDLINK', 'RENAME'].find((request) =>
		lab.sftp.events.some(({ detail }) => detail.startsWith(`${request} `)),
	)!;
	for (const one of EXPORTS) {
		let reach: () => void = () => undefined;
		const reached = new Promise<void>((resolve) => (reach = resolve));
		const call = async () => {
			reach();
			await released;
			throw new Error('the client is gone');
		};
		const folder = new RegExp(`/${partnerOf(one, 'DIES')}/`);
		lab.sftp.faults.add({ at: rename, when: one.dies, path: folder, action: { kind: 'call', call } });
		await lab.n8n.runManually(await importFor(one, 'DIES'), one.trigger, [{}]);
		await reached;
	}
	await lab.n8n.process.kill();
	release();
	lab.sftp.faults.clear();
	await lab.restart();
	await sleep((LEASE_SECONDS + 1) * 1_000);

	const replay = await lab.importTemplate('10-replay-files', {
		parameters: {
			'Take failed and stranded': {
				resource: 'file',
				operation: 'takeForReplay',
				which: 'automatic',
				leaseMinutes: LEASE_SECONDS / 60,
			},
		},
	});
	await lab.n8n.waitForExecution(await lab.n8n.runManually(replay, 'Every 15 minutes', [{}]));
	for (const one of EXPORTS) await runToItsEnd(one, 'DIES');

	for (const one of EXPORTS) {
		const partner = partnerOf(one, 'DIES');
		const expected = await documentsOf(partnerOf(one, 'WHOLE'));
		expect([partner, await documentsOf(partner)]).toEqual([partner, expected]);
		expect(Object.values(expected).filter((state) => state === 'deposited')).not.toEqual([]);
		const { rows: files } = await getFiles(ledger, { partner }, { limit: 100 });
		expect(files.map(({ state }) => state)).toEqual(files.map(() => 'deposited'));
		const folder = path.join(lab.sftpRoot, 'inbound', partner);
		expect(readdirSync(folder).sort()).toEqual(files.map(({ name }) => name).sort());
		for (const file of files) {
			const { bytes } = await getContents(ledger, file.id);
			expect(readFileSync(path.join(folder, file.name)).equals(Buffer.from(bytes!))).toBe(true);
		}
		// Each delivered document is in one file: as many places in files as documents.
		const places = files.reduce((sum, { documentCount }) => sum + documentCount, 0);
		expect(places).toBe(
			Object.values(expected).filter((state) => state === 'deposited').length,
		);
	}
	expect((await checkAll(ledger, {})).problems).toEqual([]);
});
