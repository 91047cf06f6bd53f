import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openLedger } from '../../lib/ledger';
import type { Ledger } from '../../lib/ledger';
import type { ExactSimulator, SimulatorOptions } from '../../sandbox/exact-simulator';
import { startExactSimulator } from '../../sandbox/exact-simulator';
import type { Filling, N8n, Workflow } from '../../sandbox/n8n';
import { installCommunityPackage, packPackage, startN8n } from '../../sandbox/n8n';
import type { SftpServer } from '../../sandbox/sftpServer';
import { startSftpServer } from '../../sandbox/sftpServer';
import { repositoryRoot } from './shared';

/** Recognisable secrets: tests search for them wherever something is written. */
export const CANARY = `CANARY${randomBytes(6).toString('hex')}`;
export const PARTNER_PASSWORD = `${CANARY}-partner`;

/** Of the company that comes with the demo. */
export const DIVISION = '123456';

/** The app registration at the simulator. */
export const APP = { clientId: 'sandbox-app', clientSecret: `${CANARY}-client` };

/** The real n8n with the packed package, an Exact Online simulator and a partner's SFTP server. */
export interface N8nLab {
	readonly exact: ExactSimulator;
	readonly sftp: SftpServer;
	readonly sftpRoot: string;
	/** N8N_USER_FOLDER; the open ledger is below it. */
	readonly userFolder: string;
	/** Of the company that comes with the demo. */
	readonly division: string;
	n8n: N8n;
	credentials: Record<string, { id: string; name: string }>;
	/** Imports a shipped template with credentials and settings filled in. */
	importTemplate(file: string, filling?: Filling): Promise<string>;
	/** Starts n8n again on the same database, after a stop or a kill. */
	restart(): Promise<void>;
	inbound(): Map<string, string>;
	close(): Promise<void>;
}

export interface N8nLabOptions {
	readonly exact?: Partial<SimulatorOptions>;
	/** More environment for n8n, such as another database. */
	readonly env?: Readonly<Record<string, string>>;
	/** SFTP account of another server than the lab's. */
	readonly port?: number;
	/** Nothing but the package: who comes makes the credentials, too. */
	readonly empty?: boolean;
}

export function readShippedTemplate(file: string): Workflow {
	return JSON.parse(
		readFileSync(path.join(repositoryRoot, 'workflows-templates', `${file}.json`), 'utf8'),
	) as Workflow;
}

export async function startN8nLab(options: N8nLabOptions = {}): Promise<N8nLab> {
	const work = mkdtempSync(path.join(tmpdir(), 'n8n-lab-'));
	const sftpRoot = path.join(work, 'sftp');
	for (const folder of ['inbound', 'outbound', 'acks', 'processed', 'error']) {
		mkdirSync(path.join(sftpRoot, folder), { recursive: true });
	}
	const userFolder = path.join(work, 'n8n');
	const exact = await startExactSimulator({
		data: path.join(repositoryRoot, 'sandbox', 'demo-company'),
		apps: [APP],
		canary: CANARY,
		...options.exact,
	});
	const sftp = await startSftpServer({
		root: sftpRoot,
		users: { partner: { password: PARTNER_PASSWORD } },
	});
	await installCommunityPackage(userFolder, await packPackage(work));
	const encryptionKey = randomBytes(24).toString('hex');
	const start = async (port?: number) =>
		await startN8n({
			folder: userFolder,
			encryptionKey,
			...(port === undefined ? {} : { port }),
			...(options.env === undefined ? {} : { env: options.env }),
		});
	const n8n = await start();
	const makeCredentials = async (): Promise<N8nLab['credentials']> => {
		const exactAccount = await n8n.createCredential({
			name: 'Exact Online account',
			type: 'exactOnlineOAuth2Api',
			data: { region: 'custom', baseUrl: exact.url, ...APP, grantType: 'authorizationCode' },
		});
		await n8n.connectOAuth2(exactAccount.id);
		const partner = await n8n.createCredential({
			name: 'Partner SFTP',
			type: 'sftpVerifiedApi',
			data: {
				host: '127.0.0.1',
				port: sftp.port,
				username: 'partner',
				password: PARTNER_PASSWORD,
				hostKeys: sftp.fingerprint,
			},
		});
		return { exactOnlineOAuth2Api: exactAccount, sftpVerifiedApi: partner };
	};
	const lab: N8nLab = {
		exact,
		sftp,
		sftpRoot,
		userFolder,
		division: DIVISION,
		n8n,
		credentials: options.empty === true ? {} : await makeCredentials(),
		importTemplate: async (file, filling = {}) => {
			const { id } = await lab.n8n.importWorkflow(readShippedTemplate(file), {
				credentials: lab.credentials,
				division: DIVISION,
				...filling,
			});
			return id;
		},
		restart: async () => {
			const { port } = lab.n8n.process;
			if (lab.n8n.process.isRunning()) await lab.n8n.stop();
			lab.n8n = await start(port);
		},
		inbound: () => {
			const folder = path.join(sftpRoot, 'inbound');
			return new Map(
				readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name), 'latin1')]),
			);
		},
		close: async () => {
			if (lab.n8n.process.isRunning()) await lab.n8n.stop();
			await Promise.all([exact.close(), sftp.close()]);
			if (existsSync(work)) rmSync(work, { recursive: true, force: true });
		},
	};
	return lab;
}

/** The open ledger of the lab's n8n, beside it. */
export async function openLedgerOf({ userFolder }: N8nLab): Promise<Ledger> {
	return await openLedger(
		{ store: 'embedded', name: 'ledger', folder: path.join(userFolder, '.n8n', 'exact-edi') },
		{
			now: () => new Date(),
			randomId: () => randomBytes(32).toString('hex'),
			wait: async (milliseconds) => {
				await sleep(milliseconds);
			},
			jitter: Math.random,
		},
	);
}
