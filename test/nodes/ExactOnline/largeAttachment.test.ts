import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startExactSimulator } from '../../../sandbox/exact-simulator';
import { compileSources, foldersBelow } from '../../support/compiledRoom';
import { PASSWORD, startPartner } from '../../support/delivery';
import { exactCredential } from '../../support/exactCredential';
import { guid, madeUpCompany } from '../../support/madeUpCompany';
import { repositoryRoot } from '../../support/shared';

const MEGABYTE = 1024 * 1024;
const DOCUMENT = 20;
const ATTACHMENT = 21;

interface Outcome {
	readonly items: ReadonlyArray<{ readonly outcome: string; readonly fileName: string }>;
	readonly aboveMegabytes: number;
}

/** The run in a process of its own: memory of the servers and of Jest does not count. */
async function runAlone(work: string, run: object): Promise<Outcome> {
	const sources = path.join(work, 'sources');
	compileSources(sources, {
		...foldersBelow('lib'),
		...foldersBelow('nodes'),
		'test/support': 'test/support',
	});
	const child = spawn(
		process.execPath,
		[path.join(repositoryRoot, 'test/fixtures/attachmentRun.cjs')],
		{
			cwd: repositoryRoot,
			env: {
				...process.env,
				NODE_PATH: path.join(repositoryRoot, 'node_modules'),
				NODE_NO_WARNINGS: '1',
				N8N_USER_FOLDER: path.join(work, 'n8n'),
				N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
				N8N_BINARY_DATA_STORAGE_PATH: path.join(work, 'binary'),
				SOURCES: sources,
				RUN: JSON.stringify(run),
			},
			stdio: ['ignore', 'pipe', 'pipe'],
		},
	);
	let text = '';
	let trouble = '';
	child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => (trouble += chunk.toString()));
	const code = await new Promise((resolve) => child.once('close', resolve));
	if (code !== 0) throw new Error(trouble);
	return JSON.parse(text.slice(text.indexOf('{'))) as Outcome;
}

test('an attachment of 100 MB passes through read and deposit in less than 64 MB', async () => {
	const work = mkdtempSync(path.join(tmpdir(), 'large-attachment-'));
	const partner = await startPartner();
	const simulator = await startExactSimulator({
		data: {
			...madeUpCompany(1),
			documents: [1, 2].map((number) => ({ ID: guid(DOCUMENT, number), HID: number })),
			'document-attachments': [10, 100 * MEGABYTE].map((FileSize, index) => ({
				ID: guid(ATTACHMENT, index + 1),
				Document: guid(DOCUMENT, index + 1),
				FileName: `scan-${index + 1}.pdf`,
				FileSize,
			})),
		},
		latencyMs: 0,
	});
	try {
		const { items, aboveMegabytes } = await runAlone(work, {
			credentials: {
				...exactCredential(simulator),
				sftpVerifiedApi: {
					host: '127.0.0.1',
					port: partner.server.port,
					username: 'partner',
					password: PASSWORD,
					hostKeys: partner.server.fingerprint,
				},
			},
			division: String(simulator.division),
			small: guid(DOCUMENT, 1),
			large: guid(DOCUMENT, 2),
		});
		expect(items).toEqual([
			expect.objectContaining({ outcome: 'deposited', fileName: 'scan-2.pdf' }),
		]);
		expect(statSync(path.join(partner.root, 'inbound', 'scan-2.pdf')).size).toBe(100 * MEGABYTE);
		expect(aboveMegabytes).toBeLessThan(64);
	} finally {
		await simulator.close();
		await partner.close();
		rmSync(work, { recursive: true, force: true });
	}
});
