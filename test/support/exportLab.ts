import { readFileSync } from 'node:fs';
import { mkdtemp, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { INodeExecutionData, IRun } from 'n8n-workflow';
import type { ExactSimulator, SimulatorOptions } from '../../sandbox/exact-simulator';
import { startExactSimulator } from '../../sandbox/exact-simulator';
import type { SftpServer, SftpServerOptions } from '../../sandbox/sftpServer';
import { startSftpServer } from '../../sandbox/sftpServer';
import type { Actor, AgreementInput, Ledger } from '../../lib/ledger';
import { openLedger, saveAgreement, saveCompany, savePartner } from '../../lib/ledger';
import { exactCredential } from './exactCredential';
import { readTemplate, runTemplate } from './runTemplate';
import type { TemplateRunOptions } from './runTemplate';
import { repositoryRoot } from './shared';

export const demoCompany = path.join(repositoryRoot, 'sandbox', 'demo-company');

/** Of the company that comes with the demo. */
const [DEMO_DIVISION] = JSON.parse(
	readFileSync(path.join(demoCompany, 'division.json'), 'utf8'),
) as { Code: number }[];
const DIVISION = String(DEMO_DIVISION?.Code);

const FOLDERS = ['inbound', 'outbound', 'acks', 'processed', 'error'];

export const TESTER: Actor = {
	workflowId: 'test',
	workflowName: 'Test',
	executionId: '0',
	node: 'Test',
	mode: 'manual',
};

/** Exact Online, a partner's SFTP server and an embedded ledger, for runs of shipped templates. */
export interface ExportLab {
	readonly simulator: ExactSimulator;
	readonly sftp: SftpServer;
	/** The open ledger, as a node without a credential finds it. */
	readonly ledger: Ledger;
	/** The partner's folders on disk. */
	readonly root: string;
	/** Makes company, partner and agreement; answers the name of the agreement. */
	agree(agreement: Omit<AgreementInput, 'company' | 'partner'>): Promise<string>;
	run(
		file: string,
		entrance: string,
		items: INodeExecutionData[],
		options?: TemplateRunOptions & { agreement?: string },
	): Promise<IRun>;
	/** What a folder holds, by name; temporary names included. */
	files(folder: string): Promise<Map<string, string>>;
	close(): Promise<void>;
}

/** Where nodes without a credential keep their ledger: n8n's folder. */
async function ownFolder(): Promise<{ folder: string; restore: () => void }> {
	const folder = await mkdtemp(path.join(tmpdir(), 'export-lab-n8n-'));
	const before = process.env.N8N_USER_FOLDER;
	process.env.N8N_USER_FOLDER = folder;
	return {
		folder,
		restore: () => {
			if (before === undefined) delete process.env.N8N_USER_FOLDER;
			else process.env.N8N_USER_FOLDER = before;
		},
	};
}

export async function startExportLab(
	options: { exact?: Partial<SimulatorOptions>; sftp?: Partial<SftpServerOptions> } = {},
): Promise<ExportLab> {
	const root = await mkdtemp(path.join(tmpdir(), 'export-lab-'));
	const home = await ownFolder();
	for (const folder of FOLDERS) await mkdir(path.join(root, folder));
	const simulator = await startExactSimulator({
		data: demoCompany,
		latencyMs: 0,
		...options.exact,
	});
	const sftp = await startSftpServer({
		root,
		users: { partner: { password: 'partner-password' } },
		...options.sftp,
	});
	const ledger = await openLedger(
		{ store: 'embedded', name: 'ledger', folder: path.join(home.folder, '.n8n', 'exact-edi') },
		{
			now: () => new Date(),
			randomId: () => randomBytes(16).toString('hex'),
			wait: async (milliseconds) => {
				await wait(milliseconds);
			},
			jitter: Math.random,
		},
	);
	const credentials = {
		...exactCredential(simulator),
		sftpVerifiedApi: {
			host: '127.0.0.1',
			port: sftp.port,
			username: 'partner',
			password: 'partner-password',
			hostKeys: sftp.fingerprint,
			privateKey: '',
			passphrase: '',
			allowLegacyAlgorithms: false,
		},
	};
	let executions = 0;
	return {
		simulator,
		sftp,
		ledger,
		root,
		agree: async (agreement) => {
			await saveCompany(
				ledger,
				{ name: 'Jansen BV', settings: { senderQualifier: 'ZZ', senderId: 'MYCOMPANY' } },
				TESTER,
			);
			await savePartner(
				ledger,
				{ name: 'PARTNER', settings: { receiverQualifier: 'ZZ', receiverId: 'PARTNER' } },
				TESTER,
			);
			const { name } = await saveAgreement(
				ledger,
				{ company: 'Jansen BV', partner: 'PARTNER', sendFrom: '2000-01-01', ...agreement },
				TESTER,
			);
			return name;
		},
		run: async (file, entrance, items, { agreement, ...more } = {}) => {
			executions += 1;
			return await runTemplate(readTemplate(file), entrance, items, {
				credentials,
				executionId: String(executions),
				timezone: 'Europe/Amsterdam',
				division: DIVISION,
				...(agreement === undefined ? {} : { agreement }),
				...more,
			});
		},
		files: async (folder) => {
			const names = await readdir(path.join(root, folder));
			const contents = await Promise.all(
				names.map(async (name) => await readFile(path.join(root, folder, name), 'latin1')),
			);
			return new Map(names.map((name, index) => [name, contents[index] as string]));
		},
		close: async () => {
			home.restore();
			await Promise.all([simulator.close(), sftp.close(), ledger.close()]);
			await rm(root, { recursive: true, force: true });
			await rm(home.folder, { recursive: true, force: true });
		},
	};
}

/** Both pages of an export's form at once: everything there is, and *Yes*. */
export function formItems(answers: Record<string, string> = {}): INodeExecutionData[] {
	return [
		{
			json: {
				'From date': '2000-01-01',
				'To date': '2099-12-31',
				'Only these numbers': '',
				'Send them?': 'Yes',
				...answers,
			},
		},
	];
}

/** A person changes an entry that was sent: its first line and its total are 10 more. */
export function raiseAmount({ simulator: { controls } }: ExportLab, entryId: string): void {
	const line = controls.rows('purchase-entry-lines').find((row) => row.EntryID === entryId)!;
	const entry = controls.row('purchase-entries', entryId)!;
	const raised = (row: Record<string, unknown>) => ({
		AmountFC: Number(row.AmountFC) + 10,
		AmountDC: Number(row.AmountDC) + 10,
	});
	controls.edit('purchase-entry-lines', String(line.ID), raised(line));
	controls.edit('purchase-entries', entryId, raised(entry));
}
