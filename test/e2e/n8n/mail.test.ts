import { setTimeout as sleep } from 'node:timers/promises';
import { saveAgreement, saveCompany, savePartner } from '../../../lib/ledger';
import type { Actor, Ledger } from '../../../lib/ledger';
import type { Execution } from '../../../sandbox/n8n';
import { madeUpCompany } from '../../support/madeUpCompany';
import { startMailServer } from '../../support/mailServer';
import type { Mail, MailServer } from '../../support/mailServer';
import { CANARY, openLedgerOf, readShippedTemplate, startN8nLab } from '../../support/n8nLab';
import type { N8nLab } from '../../support/n8nLab';

jest.setTimeout(900_000);

const TESTER: Actor = {
	workflowId: 'test',
	workflowName: 'Test',
	executionId: '0',
	node: 'Test',
	mode: 'manual',
};

let lab: N8nLab;
let mail: MailServer;
let ledger: Ledger;
let smtp: { id: string; name: string };
let wrongLogin: { id: string; name: string };
let alert: string;

const EXPORT = '01-export-purchase-invoices-x12';
const TOO_LONG = 'A-REFERENCE-OF-MORE-THAN-22-CHARACTERS';

/** Two entries that make an invoice, and one whose reference is too long for BIG02. */
function company() {
	const rows = madeUpCompany(3, 123_456);
	for (const account of rows['accounts'] as Record<string, unknown>[])
		account['Code'] = `500${String(account['Code']).trim()}`.padStart(18);
	const entries = rows['purchase-entries'] as Record<string, unknown>[];
	Object.assign(entries[2] as object, { YourRef: TOO_LONG });
	return rows;
}

beforeAll(async () => {
	lab = await startN8nLab({
		exact: { data: company(), latencyMs: 0, limits: { minutely: 100_000, daily: 1_000_000 } },
	});
	mail = await startMailServer();
	smtp = await lab.n8n.createCredential({
		name: 'SMTP account',
		type: 'smtp',
		data: {
			host: '127.0.0.1',
			port: mail.port,
			secure: false,
			disableStartTls: true,
			user: '',
			password: '',
		},
	});
	wrongLogin = await lab.n8n.createCredential({
		name: 'Partner SFTP, changed password',
		type: 'sftpVerifiedApi',
		data: {
			host: '127.0.0.1',
			port: lab.sftp.port,
			username: 'partner',
			password: `${CANARY}-old`,
			hostKeys: lab.sftp.fingerprint,
		},
	});
	ledger = await openLedgerOf(lab);
	await saveCompany(
		ledger,
		{ name: 'Company', settings: { senderQualifier: 'ZZ', senderId: 'MYCOMPANY' } },
		TESTER,
	);
	// As a person does: the alert is published first, and named by the others.
	alert = await lab.importTemplate('12-alert-on-failure', {
		credentials: { smtp },
		parameters: {
			'Every hour': { rule: { interval: [{ field: 'seconds', secondsInterval: 5 }] } },
		},
	});
	await lab.n8n.activate(alert);
});

afterAll(async () => {
	await ledger?.close();
	await lab?.close();
	await mail?.close();
});

const agreementOf = (partner: string) => `Company to ${partner}: X12 810`;

/** A published export whose night comes at once; answers its first run. */
async function night(
	partner: string,
	sftp = lab.credentials['sftpVerifiedApi'],
	beforeItRuns = async (): Promise<void> => {},
): Promise<Execution> {
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
			folder: '/inbound',
			settings: { standard: 'x12', release: '004010' },
		},
		TESTER,
	);
	const template = readShippedTemplate(EXPORT);
	const { id } = await lab.n8n.importWorkflow(
		{ ...template, settings: { ...template.settings, errorWorkflow: alert } },
		{
			credentials: { ...lab.credentials, ...(sftp === undefined ? {} : { sftpVerifiedApi: sftp }) },
			division: lab.division,
			agreement: agreementOf(partner),
			parameters: {
				// Long enough that it is unpublished before it comes again.
				'Every night': { rule: { interval: [{ field: 'seconds', secondsInterval: 20 }] } },
				'Read the last days': { filters: { modifiedSince: '2000-01-01T00:00:00.000Z' } },
				// What the trigger does is another test's.
				'When purchase entries change': { startFrom: 'now' },
			},
		},
	);
	await lab.n8n.activate(id);
	await beforeItRuns();
	const deadline = Date.now() + 180_000;
	for (;;) {
		const [first] = (await lab.n8n.executionsOf(id)).slice(-1);
		if (first !== undefined) {
			await lab.n8n.deactivate(id);
			return await lab.n8n.waitForExecution(first.id);
		}
		if (Date.now() > deadline) throw new Error('the night did not come');
		await sleep(200);
	}
}

const alerts = () => mail.mails.filter(({ subject }) => subject.endsWith('needs you'));

/** Runs of the alert that have ended, its schedule's and those that a failure began; the newest 50. */
async function alertRuns(): Promise<string[]> {
	const runs = await lab.n8n.executionsOf(alert);
	return runs.filter(({ status }) => ['success', 'error'].includes(status)).map(({ id }) => id);
}

/** Until so many more have ended: whatever was to be mailed is mailed by then. */
async function rounds(more: number): Promise<void> {
	const known = new Set(await alertRuns());
	const deadline = Date.now() + 180_000;
	while ((await alertRuns()).filter((id) => !known.has(id)).length < more) {
		if (Date.now() > deadline) throw new Error('the alert did not run');
		await sleep(300);
	}
}

/** The one mail that came since. */
async function oneAlert(before: number): Promise<Mail> {
	const deadline = Date.now() + 120_000;
	while (alerts().length === before && Date.now() < deadline) await sleep(300);
	await rounds(2);
	expect(alerts().slice(before)).toHaveLength(1);
	const [one] = alerts().slice(-1);
	if (one === undefined) throw new Error('no mail');
	expect(one.subject).toBe(
		'EDI: Send purchase invoices from Exact Online to a partner as X12 810 needs you',
	);
	expect(one.text).not.toMatch(/undefined|null|\[object/);
	expect(one.text).not.toContain(CANARY);
	return one;
}

test('a refused invoice: which, of which partner, for how much, why, and what to do', async () => {
	const before = alerts().length;
	const run = await night('ACME');
	expect(run.status).toBe('error');
	const { text } = await oneAlert(before);
	expect(text).toContain(agreementOf('ACME'));
	expect(text).toContain(TOO_LONG);
	expect(text).toContain('EUR 121.00');
	expect(text).toMatch(/22 characters|at most 22/);
	// The good ones have arrived all the same.
	expect(text).toMatch(/Delivered: 810_ACME_\S+ \(2 documents\)/);
	expect([...lab.inbound().keys()]).toHaveLength(1);
});

test('a partner who refuses the login: which file, which documents, how much, what to do', async () => {
	const before = alerts().length;
	const run = await night('BETA', wrongLogin);
	expect(run.status).toBe('error');
	const { text } = await oneAlert(before);
	expect(text).toMatch(
		/Not delivered: 810_BETA_\S+ \(Company to BETA: X12 810, 2 documents, EUR 242\.00\)/,
	);
	expect(text).toMatch(/password|login/i);
	expect(text).toContain('INV-');
	expect(text).toMatch(/credential|partner/i);
	expect([...lab.inbound().keys()]).toHaveLength(1);
});

test('a broken connection with Exact: one mail that says what to connect', async () => {
	const before = alerts().length;
	const run = await night('GAMMA', undefined, async () => {
		// Somebody connected the same app elsewhere: n8n's refresh token is used up.
		lab.exact.controls.useRefreshTokenElsewhere();
		lab.exact.controls.expireAccessTokens();
		await Promise.resolve();
	});
	expect(run.status).toBe('error');
	const { text } = await oneAlert(before);
	expect(text).toContain('Step: Read the last days');
	expect(text).toMatch(/What to do: .*[Cc]onnect/);
});

test('what waits is told, and no thing twice', async () => {
	const told = () => mail.mails.filter(({ subject }) => subject.endsWith('new to look at'));
	const deadline = Date.now() + 120_000;
	while (told().length === 0 && Date.now() < deadline) await sleep(500);
	await rounds(3);
	const fresh = told().flatMap(({ text }) => (text.split('\n\n')[0] ?? '').split('\n').slice(1));
	expect(fresh).toContain(`documents refused: ${TOO_LONG}`);
	expect(fresh.some((line) => line.startsWith('files failed: 810_BETA_'))).toBe(true);
	// The same reference is refused for each partner, and is one thing to whoever reads it.
	expect(new Set(fresh).size).toBe(fresh.length);
});

test('a mail server that refuses stops no delivery', async () => {
	await lab.n8n.connectOAuth2(lab.credentials['exactOnlineOAuth2Api']?.id ?? '');
	mail.refuse(true);
	const before = alerts().length;
	const files = [...lab.inbound().keys()].length;
	const run = await night('DELTA');
	expect(run.status).toBe('error');
	expect([...lab.inbound().keys()]).toHaveLength(files + 1);
	const deadline = Date.now() + 60_000;
	while (mail.refused() === 0 && Date.now() < deadline) await sleep(300);
	expect(mail.refused()).toBeGreaterThan(0);
	expect(alerts()).toHaveLength(before);
});
