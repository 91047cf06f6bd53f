import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startExactSimulator, VIOLATION_KINDS } from '../exact-simulator/index.ts';
import type { ExactSimulator, ViolationKind } from '../exact-simulator/index.ts';
import {
	installCommunityPackage,
	OWNER,
	packPackage,
	repositoryRoot,
	run,
	startN8n,
} from '../n8n/index.ts';
import type { N8n } from '../n8n/index.ts';
import { startSftpServer } from '../sftpServer.ts';
import type { SftpServer } from '../sftpServer.ts';
import { say, step } from './progress.ts';
import { readLedger } from './ledger.ts';
import { differences, leaks, listFiles, placedAs } from './report.ts';
import type { DepositedFile, RejectedDocument, TemplateResult } from './report.ts';
import { readTemplates, runTemplate } from './templates.ts';
import type { Outcome, PartnerServer } from './templates.ts';

const USAGE = `npm run demo -- [--exit] [--out DIR] [--data DIR] [--only 01,02] [--package FILE]

  --exit       run every template, print a summary as the last line and stop
  --out DIR    copy the partner's SFTP folders and the ledger into DIR
  --data DIR   a folder of ledger rows in place of the made-up company
  --only LIST  only the templates with these numbers
  --package FILE  a packed package, in place of building and packing this one
`;

function options() {
	try {
		return parseArgs({
			options: {
				exit: { type: 'boolean', default: false },
				out: { type: 'string' },
				data: { type: 'string' },
				only: { type: 'string' },
				package: { type: 'string' },
				help: { type: 'boolean', default: false },
			},
		}).values;
	} catch (error) {
		process.stderr.write(`${(error as Error).message}\n\n${USAGE}`);
		process.exit(2);
	}
}

function divisionOf(folder: string): string {
	const [division] = JSON.parse(readFileSync(path.join(folder, 'division.json'), 'utf8')) as {
		Code: number;
	}[];
	return String(division?.Code);
}

async function main(): Promise<number> {
	const args = options();
	if (args.help) {
		process.stdout.write(USAGE);
		return 0;
	}
	const data = args.data === undefined ? undefined : path.resolve(args.data);
	if (data !== undefined && !existsSync(path.join(data, 'division.json'))) {
		throw new Error(`--data ${args.data}: no ledger there (division.json is missing)`);
	}
	const templates = readTemplates(args.only);
	const work = path.join(repositoryRoot, '.demo', String(process.pid));
	rmSync(work, { recursive: true, force: true });
	const sftpRoot = path.join(work, 'sftp');
	for (const folder of ['inbound', 'outbound', 'acks', 'processed', 'error']) {
		mkdirSync(path.join(sftpRoot, folder), { recursive: true });
	}

	// Recognisable secrets: none of them may show up in anything the run leaves behind.
	const canary = `CANARY${randomBytes(6).toString('hex')}`;
	const partnerPassword = `${canary}-partner`;
	const app = { clientId: 'sandbox-app', clientSecret: `${canary}-client` };

	const running: { n8n?: N8n; sftp?: SftpServer; exact?: ExactSimulator } = {};
	const stop = async () => {
		await running.n8n?.stop();
		await running.sftp?.close();
		await running.exact?.close();
		rmSync(work, { recursive: true, force: true });
	};
	const interrupted = new Promise<void>((resolve) => {
		process.once('SIGINT', () => resolve());
		process.once('SIGTERM', () => resolve());
	});
	if (args.exit) void interrupted.then(stop).then(() => process.exit(130));

	try {
		const tarball =
			args.package === undefined
				? await step('Building and packing the package', async () => {
						await run(process.execPath, ['node_modules/gulp/bin/gulp.js', 'build'], {
							cwd: repositoryRoot,
						});
						return await packPackage(work);
					})
				: path.resolve(args.package);
		const company = data ?? path.join(repositoryRoot, 'sandbox', 'demo-company');
		const division = divisionOf(company);
		const exact = await step('Starting the Exact Online simulator', () =>
			startExactSimulator({
				data: company,
				apps: [app],
				canary,
			}),
		);
		running.exact = exact;
		const sftp = await step("Starting the partner's SFTP server", () =>
			startSftpServer({ root: sftpRoot, users: { partner: { password: partnerPassword } } }),
		);
		running.sftp = sftp;
		const userFolder = path.join(work, 'n8n');
		await step('Installing the package as a community package', () =>
			installCommunityPackage(userFolder, tarball),
		);
		const n8n = await step('Starting n8n', () => startN8n({ folder: userFolder }));
		running.n8n = n8n;

		const credentials = await step('Connecting the credentials', async () => {
			const exactAccount = await n8n.createCredential({
				name: 'Exact Online account',
				type: 'exactOnlineOAuth2Api',
				data: { region: 'custom', baseUrl: exact.url, ...app, grantType: 'authorizationCode' },
			});
			await n8n.connectOAuth2(exactAccount.id);
			const partner = await n8n.createCredential({
				name: 'Partner SFTP',
				type: 'sftpVerifiedApi',
				data: {
					host: '127.0.0.1',
					port: sftp.port,
					username: 'partner',
					password: partnerPassword,
					hostKeys: sftp.fingerprint,
				},
			});
			// No mail is sent here; n8n wants an account before it runs a flow that could.
			const mail = await n8n.createCredential({
				name: 'SMTP account',
				type: 'smtp',
				data: { host: '127.0.0.1', port: 2525, secure: false, user: '', password: '' },
			});
			return { exactOnlineOAuth2Api: exactAccount, sftpVerifiedApi: partner, smtp: mail };
		});

		const placed = new Set<string>();
		const server: PartnerServer = {
			read: (file) => readFileSync(path.join(sftpRoot, file), 'latin1'),
			place(content) {
				for (const [file, text] of Object.entries(content)) {
					if (text === null) {
						rmSync(path.join(sftpRoot, file));
						continue;
					}
					writeFileSync(path.join(sftpRoot, file), text, 'latin1');
					placed.add(placedAs(text));
				}
			},
		};
		const outcomes: Outcome[] = [];
		for (const template of templates) {
			const deposited = outcomes.flatMap((outcome) => outcome.files);
			const filling = { credentials, division };
			outcomes.push(await runTemplate(template, n8n, exact, filling, deposited, server));
		}

		const ledger = readLedger(path.join(userFolder, '.n8n', 'exact-edi', 'ledger.sqlite'));
		const files = outcomes.flatMap((outcome) => outcome.files);
		const problems = differences(files, sftpRoot, placed);
		const secrets = [...exact.controls.secrets(), partnerPassword, canary];
		const places: Record<string, string> = {
			'log of n8n': readFileSync(n8n.process.logFile, 'utf8'),
			ledger: JSON.stringify(ledger),
		};
		for (const { executions, result, said } of outcomes) {
			said.forEach((page, i) => (places[`page ${i + 1} of ${result.template}`] = page));
			for (const execution of executions) places[`execution ${execution.id}`] = execution.raw;
		}
		for (const name of listFiles(sftpRoot)) {
			places[`file ${name}`] = readFileSync(path.join(sftpRoot, name), 'latin1');
		}
		for (const place of leaks(secrets, places)) problems.push(`a secret is in: ${place}`);

		const results = outcomes.map(({ result }) => result);
		const failed = results.filter(({ ok }) => !ok);
		const violations: Record<string, number> = {};
		for (const { kind } of exact.violations) violations[kind] = (violations[kind] ?? 0) + 1;
		for (const [kind, count] of Object.entries(violations)) {
			problems.push(`${count} times: ${VIOLATION_KINDS[kind as ViolationKind]}`);
		}
		const summary = {
			ok: failed.length === 0 && problems.length === 0 && results.some(({ ran }) => ran),
			documentsRead: results.reduce((sum, result) => sum + result.documentsRead, 0),
			filesDeposited: files,
			ledgerRows: Object.fromEntries(
				Object.entries(ledger).map(([name, rows]) => [name, rows.length]),
			),
			rejectedDocuments: outcomes.flatMap((outcome) => outcome.rejected),
			exactCalls: exact.calls.length,
			exactCallsMetered: exact.controls.meteredCalls(),
			violations,
			problems,
			templates: results,
		};
		if (args.out !== undefined) {
			const out = path.resolve(args.out);
			mkdirSync(path.join(out, 'ledger'), { recursive: true });
			cpSync(sftpRoot, path.join(out, 'sftp'), { recursive: true });
			for (const [name, rows] of Object.entries(ledger)) {
				writeFileSync(
					path.join(out, 'ledger', `${name}.json`),
					`${JSON.stringify(rows, null, '\t')}\n`,
				);
			}
			writeFileSync(path.join(out, 'summary.json'), `${JSON.stringify(summary, null, '\t')}\n`);
			say(`Copied the partner's folders and the ledger to ${args.out}`);
		}
		show(results, files, summary.rejectedDocuments, problems, exact);
		if (!args.exit) {
			process.stdout.write(
				[
					'',
					`The editor is open at ${n8n.url}`,
					`  login     ${OWNER.email}`,
					`  password  ${OWNER.password}`,
					`The partner's folders are in ${path.relative(process.cwd(), sftpRoot)}`,
					'Stop everything with Ctrl+C.',
					'',
				].join('\n'),
			);
			await interrupted;
		}
		await stop();
		process.stdout.write(`${JSON.stringify(summary)}\n`);
		return summary.ok ? 0 : 1;
	} catch (error) {
		const log = running.n8n?.process.logFile;
		if (log !== undefined && existsSync(log)) {
			const tail = readFileSync(log, 'utf8').trim().split('\n').slice(-10).join('\n');
			process.stderr.write(`The log of n8n ends with:\n${tail}\n`);
		}
		await stop();
		throw error;
	}
}

function show(
	results: readonly TemplateResult[],
	files: readonly DepositedFile[],
	rejected: readonly RejectedDocument[],
	problems: readonly string[],
	exact: ExactSimulator,
): void {
	say('');
	for (const result of results) {
		const state = !result.ok ? `FAILED: ${result.error}` : result.ran ? 'ok' : 'imported';
		say(
			`${result.template.padEnd(42)} ${state}${result.ran ? `, ${result.documentsRead} documents, ${result.exactCalls} calls to Exact, ${result.seconds} s` : ''}`,
		);
	}
	for (const file of files)
		say(`deposited ${file.path} (${file.bytes} bytes, ${file.documents} documents)`);
	const reasons = new Map<string, number>();
	for (const { reasons: all } of rejected) {
		const path_ = all[0]?.split(':')[0] ?? '';
		reasons.set(path_, (reasons.get(path_) ?? 0) + 1);
	}
	for (const [where, count] of reasons) say(`rejected ${count} documents for ${where}`);
	for (const problem of problems) say(`PROBLEM: ${problem}`);
	say(`${exact.calls.length} calls to Exact Online, ${exact.violations.length} broken rules`);
}

main().then(
	(code) => process.exit(code),
	(error: unknown) => {
		process.stderr.write(`demo: ${(error as Error).message}\n`);
		process.exit(1);
	},
);
