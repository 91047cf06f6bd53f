/** The lab of the crash tests: one company, one partner (and folder) for each place to die at. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Execution, Workflow } from '../../sandbox/n8n';
import { failureOf } from '../../sandbox/n8n';
import type { Fault } from '../../sandbox/sftpServer';
import { saveAgreement, saveCompany, savePartner } from '../../lib/ledger';
import type {Actor, Ledger} from '../../lib/ledger';
import { madeUpCompany } from './madeUpCompany';
import { openLedgerOf, readShippedTemplate, startN8nLab } from './n8nLab';
import type {N8nLab} from './n8nLab';
import type { Expectation } from './oracle';
import { judge, ServerWatch } from './oracle';
import { startGate  } from './oracleGate';
import type {Gate} from './oracleGate';

export const EXPORT = '01-export-purchase-invoices-x12';

/** What the nightly run of such an export reads: everything, as all of it was changed lately. */
const DELIVERED = ['26000001', '26000002', '26000003'];
const REFUSED = ['26000004'];

/** Leases of the test, in seconds: a dead run's are over before the recovery begins. */
const LEASE_SECONDS = 3;

/** Three entries that make an invoice, and one whose reference is too long for BIG02. */
function company() {
	const rows = madeUpCompany(4, 123_456);
	const entries = rows['purchase-entries'] as Record<string, unknown>[];
	// N104 wants two characters.
	for (const account of rows['accounts'] as Record<string, unknown>[]) {
		account['Code'] = `500${String(account['Code']).trim()}`.padStart(18);
	}
	Object.assign(entries[3] as object, { YourRef: 'A-REFERENCE-OF-MORE-THAN-22-CHARACTERS' });
	return rows;
}

const TESTER: Actor = {
	workflowId: 'test',
	workflowName: 'Test',
	executionId: '0',
	node: 'Test',
	mode: 'manual',
};

export interface CrashLab {
	readonly lab: N8nLab;
	readonly gate: Gate;
	readonly watch: ServerWatch;
	readonly ledger: Ledger;
	/** Imports the export for a partner of its own. */
	addExport(partner: string, change?: (template: Workflow) => Workflow): Promise<string>;
	/** The entrance of the night, which reads everything. */
	runExport(workflowId: string): Promise<string>;
	/** Runs the replay once for everybody. */
	replay(): Promise<Execution>;
	/** Runs the nightly export of each partner. */
	sweep(partners: readonly string[]): Promise<void>;
	/** Faults of the partner's server from now on. */
	plan(...faults: Fault[]): void;
	judge(partner: string, more?: Partial<Expectation>): Promise<string[]>;
	leasesAreOver(): Promise<void>;
	close(): Promise<void>;
}

const folderOf = (partner: string) => `/inbound/${partner}`;
const agreementOf = (partner: string) => `Agreement of ${partner}`;

/** Two active workflows cannot have one form address; the editor makes a new one for each import. */
function ownForm(template: Workflow, number: number): Workflow {
	const webhookId = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
	return {
		...template,
		nodes: template.nodes.map((node) => ('webhookId' in node ? { ...node, webhookId } : node)),
	};
}

/** Short leases, so that a recovery need not wait for a quarter of an hour. */
const PARAMETERS = {
	// The made-up entries are older than the days that the night reads.
	'Read the last days': { filters: { modifiedSince: '2000-01-01T00:00:00.000Z' } },
	'Take new or changed': { options: { leaseMinutes: LEASE_SECONDS / 60 } },
	'Deposit at the partner': {
		operation: 'deposit',
		options: { claimSeconds: LEASE_SECONDS, staleAfter: 0 },
	},
	'Take failed and stranded': {
		resource: 'file',
		operation: 'takeForReplay',
		which: 'automatic',
		leaseMinutes: LEASE_SECONDS / 60,
	},
};

export async function startCrashLab(): Promise<CrashLab> {
	const lab = await startN8nLab({
		exact: { data: company(), latencyMs: 0, limits: { minutely: 100_000, daily: 1_000_000 } },
	});
	const gate = await startGate();
	const watch = new ServerWatch(lab.sftpRoot);
	lab.sftp.faults.add(...watch.faults());
	const ledger = await openLedgerOf(lab);
	await saveCompany(
		ledger,
		{ name: 'Company', settings: { senderQualifier: 'ZZ', senderId: 'MYCOMPANY' } },
		TESTER,
	);
	const sweeps = new Map<string, string>();
	const agreed = new Set<string>();
	let imported = 0;

	async function agree(partner: string): Promise<void> {
		if (agreed.has(partner)) return;
		agreed.add(partner);
		watch.watch(folderOf(partner));
		await savePartner(
			ledger,
			{ name: partner, settings: { receiverQualifier: 'ZZ', receiverId: partner } },
			TESTER,
		);
		await saveAgreement(
			ledger,
			{
				name: agreementOf(partner),
				company: 'Company',
				partner,
				documentType: 'invoice',
				sentAs: 'X12 810',
				stage: 'test',
				sendFrom: '2000-01-01',
				folder: folderOf(partner),
				settings: { standard: 'x12', release: '004010' },
			},
			TESTER,
		);
	}

	const add = async (
		file: string,
		change: (template: Workflow) => Workflow,
		agreement?: string,
	): Promise<string> => {
		const template = ownForm(change(readShippedTemplate(file)), (imported += 1));
		const { id } = await lab.n8n.importWorkflow(template, {
			credentials: lab.credentials,
			division: lab.division,
			parameters: PARAMETERS,
			...(agreement === undefined ? {} : { agreement }),
		});
		return id;
	};
	const asShipped = (template: Workflow) => template;

	const addExport: CrashLab['addExport'] = async (partner, change = asShipped) => {
		await agree(partner);
		return await add(EXPORT, change, agreementOf(partner));
	};
	const runExport = async (workflowId: string) =>
		await lab.n8n.runManually(workflowId, 'Every night', [{}]);

	return {
		lab,
		gate,
		watch,
		ledger,
		addExport,
		runExport,
		replay: async () => {
			const id = await add('10-replay-files', asShipped);
			const execution = await lab.n8n.runManually(id, 'Every 15 minutes', [{}]);
			return await lab.n8n.waitForExecution(execution);
		},
		sweep: async (which) => {
			for (const partner of which) {
				const id = sweeps.get(partner) ?? (await addExport(partner));
				sweeps.set(partner, id);
				const run = await lab.n8n.waitForExecution(await runExport(id));
				const failure = failureOf(run);
				// The refused one is told once; a sweep that finds nothing else ends well.
				if (failure !== undefined && !failure.includes('Refused')) {
					throw new Error(`sweep of ${partner}: ${failure}`);
				}
			}
		},
		plan: (...faults) => {
			lab.sftp.faults.clear();
			lab.sftp.faults.add(...faults, ...watch.faults());
		},
		judge: async (partner, more = {}) =>
			await judge(ledger, watch, {
				partner,
				folder: folderOf(partner),
				delivered: DELIVERED,
				refused: REFUSED,
				...more,
			}),
		leasesAreOver: async () => {
			await sleep((LEASE_SECONDS + 1) * 1_000);
		},
		close: async () => {
			gate.open();
			await lab.close();
			await gate.close();
			await ledger.close();
		},
	};
}
