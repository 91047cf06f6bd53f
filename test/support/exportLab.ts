import { mkdtemp, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { INodeExecutionData, IRun } from 'n8n-workflow';
import type { ExactSimulator, SimulatorOptions } from '../../sandbox/exact-simulator';
import { startExactSimulator } from '../../sandbox/exact-simulator';
import type { SftpServer, SftpServerOptions } from '../../sandbox/sftpServer';
import { startSftpServer } from '../../sandbox/sftpServer';
import { DataTables } from './dataTables';
import { exactCredential } from './exactCredential';
import { readTemplate, runTemplate } from './runTemplate';
import type { TemplateRunOptions } from './runTemplate';
import { repositoryRoot } from './shared';

export const demoCompany = path.join(repositoryRoot, 'sandbox', 'demo-company');

const FOLDERS = ['inbound', 'outbound', 'acks', 'processed', 'error'];

/** Exact Online, a partner's SFTP server and n8n's tables, for runs of shipped templates. */
export interface ExportLab {
	readonly simulator: ExactSimulator;
	readonly sftp: SftpServer;
	readonly tables: DataTables;
	/** The partner's folders on disk. */
	readonly root: string;
	run(
		file: string,
		entrance: string,
		items: INodeExecutionData[],
		options?: TemplateRunOptions,
	): Promise<IRun>;
	/** What a folder holds, by name; temporary names included. */
	files(folder: string): Promise<Map<string, string>>;
	close(): Promise<void>;
}

export async function startExportLab(
	options: { exact?: Partial<SimulatorOptions>; sftp?: Partial<SftpServerOptions> } = {},
): Promise<ExportLab> {
	const root = await mkdtemp(path.join(tmpdir(), 'export-lab-'));
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
	const tables = new DataTables();
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
		tables,
		root,
		run: async (file, entrance, items, more = {}) => {
			executions += 1;
			return await runTemplate(readTemplate(file), entrance, items, {
				credentials,
				executionId: String(executions),
				timezone: 'Europe/Amsterdam',
				additionalData: tables.additionalData as never,
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
			await Promise.all([simulator.close(), sftp.close()]);
			await rm(root, { recursive: true, force: true });
		},
	};
}

/** What the form of an export gives when only its button is pressed. */
export function formItems(answers: Record<string, string> = {}): INodeExecutionData[] {
	return [
		{
			json: {
				'From date': '',
				'To date': '',
				'Document numbers': '',
				'Send again': 'No',
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
