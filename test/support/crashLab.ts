/** The lab of the crash tests: one company, one partner (and folder) for each place to die at. */
import type { Execution, Workflow } from '../../sandbox/n8n';
import { failureOf } from '../../sandbox/n8n';
import type { Fault } from '../../sandbox/sftpServer';
import { madeUpCompany } from './madeUpCompany';
import { readShippedTemplate, startN8nLab } from './n8nLab';
import type { N8nLab } from './n8nLab';
import type { Expectation, Ledger } from './oracle';
import { judge, readLedger, ServerWatch } from './oracle';
import { startGate } from './oracleGate';
import type { Gate } from './oracleGate';

export const EXPORT = '01-export-purchase-invoices-x12';
export const FORM_ANSWER = {
	'From date': '',
	'To date': '',
	'Document numbers': '',
	'Send again': 'No',
};

const DELIVERED = ['26000001', '26000002', '26000003'];
const REJECTED = ['26000004'];

/** Three entries that make an invoice, and one whose reference is too long for BIG02. */
function company() {
	const rows = madeUpCompany(4);
	const entries = rows['purchase-entries'] as Record<string, unknown>[];
	// N104 wants two characters.
	for (const account of rows['accounts'] as Record<string, unknown>[]) {
		account['Code'] = `500${String(account['Code']).trim()}`.padStart(18);
	}
	Object.assign(entries[3] as object, { YourRef: 'A-REFERENCE-OF-MORE-THAN-22-CHARACTERS' });
	return rows;
}

export interface CrashLab {
	readonly lab: N8nLab;
	readonly gate: Gate;
	readonly watch: ServerWatch;
	readonly partners: readonly string[];
	/** Imports the export for a partner of its own. */
	addExport(
		partner: string,
		change?: (template: Workflow) => Workflow,
		configure?: Record<string, unknown>,
	): Promise<string>;
	runExport(workflowId: string): Promise<string>;
	/** Imports the replay. */
	addReplay(
		change?: (template: Workflow) => Workflow,
		configure?: Record<string, unknown>,
	): Promise<string>;
	/** Imports the sweep for a partner. */
	addSweep(partner: string, change?: (template: Workflow) => Workflow): Promise<string>;
	/** Runs the replay once for everybody. */
	replay(configure?: Record<string, unknown>): Promise<Execution>;
	/** Runs the sweep for each partner. */
	sweep(partners: readonly string[]): Promise<void>;
	/** Faults of the partner's server from now on. */
	plan(...faults: Fault[]): void;
	judge(partner: string, ledger: Ledger, more?: Partial<Expectation>): string[];
	ledger(): Promise<Ledger>;
	close(): Promise<void>;
}

const folderOf = (partner: string) => `/inbound/${partner}`;

function settingsOf(partner: string): Record<string, unknown> {
	return {
		'config.partner': partner,
		'config.receiverId': partner,
		'config.folder': folderOf(partner),
	};
}

/** Two active workflows cannot have one form address; the editor makes a new one for each import. */
function ownForm(template: Workflow, number: number): Workflow {
	const webhookId = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
	return {
		...template,
		nodes: template.nodes.map((node) => ('webhookId' in node ? { ...node, webhookId } : node)),
	};
}

async function inTurn<Value>(
	values: readonly Value[],
	atOnce: number,
	work: (value: Value) => Promise<void>,
): Promise<void> {
	const left = [...values];
	await Promise.all(
		Array.from({ length: atOnce }, async () => {
			for (let next = left.shift(); next !== undefined; next = left.shift()) await work(next);
		}),
	);
}

export async function startCrashLab(): Promise<CrashLab> {
	const lab = await startN8nLab({
		exact: { data: company(), latencyMs: 0, limits: { minutely: 100_000, daily: 1_000_000 } },
	});
	const gate = await startGate();
	const watch = new ServerWatch(lab.sftpRoot);
	const partners: string[] = [];
	lab.sftp.faults.add(...watch.faults());
	const sweeps = new Map<string, string>();

	let imported = 0;
	const add = async (
		file: string,
		change: (template: Workflow) => Workflow,
		configure: Record<string, unknown>,
	) => {
		const template = ownForm(change(readShippedTemplate(file)), (imported += 1));
		const { id } = await lab.n8n.importWorkflow(template, {
			credentials: lab.credentials,
			configure,
		});
		return id;
	};
	const asShipped = (template: Workflow) => template;

	const addReplay: CrashLab['addReplay'] = async (change = asShipped, configure = {}) =>
		await add('10-replay-files', change, {
			'config.backoffMinutes': 0,
			'config.strandedMinutes': 0,
			...configure,
		});

	const addSweep: CrashLab['addSweep'] = async (partner, change = asShipped) => {
		known(partner);
		const settings = { ...settingsOf(partner), 'config.sweepDays': 9999 };
		return await add('11-sweep-purchase-invoices', change, settings);
	};

	const known = (partner: string) => {
		if (!partners.includes(partner)) partners.push(partner);
		watch.watch(folderOf(partner));
	};

	return {
		lab,
		gate,
		watch,
		partners,
		addExport: async (partner, change = asShipped, configure = {}) => {
			known(partner);
			return await add(EXPORT, change, { ...settingsOf(partner), ...configure });
		},
		addReplay,
		addSweep,
		runExport: async (workflowId) =>
			await lab.n8n.runManually(workflowId, 'Export on demand', [FORM_ANSWER]),
		replay: async (configure) => {
			const id = await addReplay(asShipped, configure);
			const execution = await lab.n8n.runManually(id, 'Every 15 minutes', [{}]);
			return await lab.n8n.waitForExecution(execution);
		},
		sweep: async (which) => {
			await inTurn(which, 3, async (partner) => {
				const id = sweeps.get(partner) ?? (await addSweep(partner));
				sweeps.set(partner, id);
				const execution = await lab.n8n.runManually(id, 'Every night', [{}]);
				const failure = failureOf(await lab.n8n.waitForExecution(execution));
				if (failure !== undefined) throw new Error(`sweep of ${partner}: ${failure}`);
			});
		},
		plan: (...faults) => {
			lab.sftp.faults.clear();
			lab.sftp.faults.add(...faults, ...watch.faults());
		},
		judge: (partner, ledger, more = {}) =>
			judge(ledger, watch, {
				partner,
				folder: folderOf(partner),
				delivered: DELIVERED,
				rejected: REJECTED,
				...more,
			}),
		ledger: async () => await readLedger(lab.n8n),
		close: async () => {
			gate.open();
			await lab.close();
			await gate.close();
		},
	};
}
