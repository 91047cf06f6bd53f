import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
	claimFile,
	openLedger,
	recordFiles,
	saveAgreement,
	saveCompany,
	savePartner,
	settleFile,
	takeNewOrChanged,
} from '../../lib/ledger';
import type {
	Actor,
	Agreement,
	AgreementInput,
	FileToRecord,
	Ledger,
	LedgerConnection,
	LedgerPorts,
	OfferedDocument,
	Outcome,
	Settled,
	TakeRequest,
	TakeResult,
} from '../../lib/ledger';

import type { Postgres } from './postgres';

/** A clock that a test moves; the embedded store's clock is the process's. */
export interface TestClock extends LedgerPorts {
	advance(seconds: number): void;
}

export function testPorts(): TestClock {
	let ahead = 0;
	return {
		now: () => new Date(Date.now() + ahead),
		randomId: () => randomBytes(32).toString('hex'),
		wait: async (milliseconds) => await new Promise((resolve) => setTimeout(resolve, milliseconds)),
		jitter: () => Math.random(),
		advance: (seconds) => {
			ahead += seconds * 1_000;
		},
	};
}

export const ACTOR: Actor = {
	workflowId: 'w1',
	workflowName: 'Export',
	executionId: '100',
	node: 'EDI Ledger',
	mode: 'trigger',
};

const MEMORY = '/dev/shm';

export function temporaryFolder(): { folder: string; remove: () => void } {
	// In memory where there is such a folder: hundreds of ledgers that are written through to a disk
	// take minutes, and no test cuts the power.
	const folder = mkdtempSync(path.join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'ledger-'));
	return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A store to test on: each call of `connection` names a ledger that does not exist yet. */
export interface LedgerLab {
	readonly ports: TestClock;
	connection(): LedgerConnection;
	fresh(): Promise<Ledger>;
	/** Leases and terms run out: the process's clock is moved, or the rows of the database. */
	timePasses(ledger: Ledger, seconds: number): Promise<void>;
	connectionOf(ledger: Ledger): LedgerConnection;
	/** A statement behind the ledger's back; `{files}` is the table. */
	tamper(ledger: Ledger, sql: string): Promise<void>;
	/** Everything that is stored, as text. */
	dump(ledger: Ledger): Promise<string>;
	/** A copy that can be put back. */
	save(ledger: Ledger): Promise<{ putBack(): Promise<void> }>;
	lose(ledger: Ledger): Promise<void>;
	remove(): Promise<void> | void;
}

export function embeddedLab(): LedgerLab {
	const { folder, remove } = temporaryFolder();
	const ports = testPorts();
	let count = 0;
	const connection = (): LedgerConnection => ({
		store: 'embedded',
		folder,
		name: `ledger-${(count += 1)}`,
	});
	return {
		ports,
		connection,
		fresh: async () => await openLedger(connection(), ports),
		timePasses: async (_, seconds) => ports.advance(seconds),
		connectionOf: ({ name }) => ({ store: 'embedded', folder, name }),
		tamper: async ({ name }, sql) => {
			const database = new DatabaseSync(path.join(folder, `${name}.sqlite`), {
				enableForeignKeyConstraints: false,
			});
			database.exec(sql.replace(/\{(\w+)\}/g, '$1'));
			database.close();
		},
		dump: async ({ name }) =>
			readdirSync(folder)
				.filter((file) => file.startsWith(`${name}.sqlite`))
				.map((file) => readFileSync(path.join(folder, file), 'latin1'))
				.join(''),
		save: async ({ name }) => {
			const file = path.join(folder, `${name}.sqlite`);
			const bytes = readFileSync(file);
			return { putBack: async () => writeFileSync(file, bytes) };
		},
		lose: async ({ name }) => rmSync(path.join(folder, `${name}.sqlite`)),
		remove,
	};
}

/** Each ledger in a schema of its own. */
export function postgresLab(postgres: Postgres): LedgerLab {
	const { folder, remove } = temporaryFolder();
	const ports = testPorts();
	let count = 0;
	const schemaOf = ({ name }: Ledger) => name.replace('-', '_');
	const connectionTo = (name: string): LedgerConnection => ({
		store: 'postgres',
		...postgres.connection,
		name,
		schema: name.replace('-', '_'),
		tls: 'off',
		folder,
	});
	const connection = () => connectionTo(`ledger-${(count += 1)}`);
	const tablesOf = async (schema: string) =>
		await postgres.query(`select tablename from pg_tables where schemaname = '${schema}'`);
	const unchecked = async (sql: string) =>
		await postgres.query(`set session_replication_role = replica; ${sql}`);
	return {
		ports,
		connection,
		fresh: async () => await openLedger(connection(), ports),
		timePasses: async (ledger, seconds) => {
			const earlier = (column: string) =>
				`${column} = case when ${column} = '' then '' else to_char(${column}::timestamptz at time zone 'utc' - interval '${seconds} s', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') end`;
			for (const [table, ...columns] of [
				['files', 'lease_until', 'answer_due_at'],
				['versions', 'lease_until'],
				['received', 'lease_until'],
			]) {
				const changes = columns.map(earlier).join(', ');
				await postgres.query(`update ${schemaOf(ledger)}.${table} set ${changes}`);
			}
		},
		connectionOf: ({ name }) => connectionTo(name),
		tamper: async (ledger, sql) => {
			await unchecked(sql.replace(/\{(\w+)\}/g, `${schemaOf(ledger)}.$1`));
		},
		dump: async (ledger) => {
			const schema = schemaOf(ledger);
			const texts: string[] = [];
			for (const table of await tablesOf(schema)) {
				texts.push(...(await postgres.query(`select t::text from ${schema}.${table} t`)));
			}
			return texts.join('\n');
		},
		save: async (ledger) => {
			const schema = schemaOf(ledger);
			const tables = await tablesOf(schema);
			const copies = tables.map(
				(table) => `create table ${schema}_saved.${table} as table ${schema}.${table}`,
			);
			await postgres.query(
				[
					`drop schema if exists ${schema}_saved cascade`,
					`create schema ${schema}_saved`,
					...copies,
				].join('; '),
			);
			return {
				putBack: async () => {
					const back = tables.map(
						(table) =>
							`delete from ${schema}.${table}; insert into ${schema}.${table} select * from ${schema}_saved.${table}`,
					);
					await unchecked(back.join('; '));
				},
			};
		},
		lose: async (ledger) => {
			await postgres.query(`drop schema ${schemaOf(ledger)} cascade`);
		},
		remove,
	};
}

export const AGREEMENT = 'ACME 810';

/** One company, one partner, one agreement in production; change what a test is about. */
export async function withAgreement(
	ledger: Ledger,
	change: Partial<AgreementInput> = {},
): Promise<Agreement> {
	await saveCompany(ledger, { name: 'Ours' }, ACTOR);
	await savePartner(ledger, { name: 'ACME' }, ACTOR);
	return await saveAgreement(
		ledger,
		{
			name: AGREEMENT,
			company: 'Ours',
			partner: 'ACME',
			sentAs: 'X12 810',
			stage: 'production',
			sendFrom: '2017-01-01',
			folder: '/inbound',
			...change,
		},
		ACTOR,
	);
}

export function offered(
	id: number | string,
	change: Partial<OfferedDocument> = {},
): OfferedDocument {
	return {
		agreement: AGREEMENT,
		key: `exact:1:purchaseEntry:${id}`,
		contentHash: `hash-${id}-1`,
		number: `INV-${id}`,
		ownNumber: `E-${id}`,
		counterparty: 'Supplier Ltd',
		date: '2017-03-06',
		currency: 'EUR',
		amount: '121.00',
		modified: '2017-03-06T08:11:00.387Z',
		document: { number: `INV-${id}` },
		...change,
	};
}

export async function take(
	ledger: Ledger,
	documents: readonly OfferedDocument[],
	change: Partial<TakeRequest> = {},
): Promise<TakeResult> {
	return await takeNewOrChanged(ledger, {
		documents,
		reservation: 'run-1',
		leaseSeconds: 900,
		actor: ACTOR,
		...change,
	});
}

/** A file of what was taken, named by its control number. */
export function fileOf(
	documents: readonly OfferedDocument[],
	{ taken }: Pick<TakeResult, 'taken'>,
	number: number,
	change: Partial<FileToRecord> = {},
): FileToRecord {
	const controlNumber = String(number).padStart(9, '0');
	const bytes = Buffer.from(
		`ISA*${controlNumber}~${taken.map(({ index }) => documents[index]!.number).join('~')}~`,
	);
	return {
		name: `810_ACME_${controlNumber}.edi`,
		kind: 'documents',
		format: 'X12',
		transactionSet: '810',
		release: '004010',
		usage: 'production',
		sender: 'OURS',
		receiver: 'ACME',
		controlNumber,
		groupControlNumbers: [String(number)],
		sha256: createHash('sha256').update(bytes).digest('hex'),
		bytes,
		mimeType: 'application/edi-x12',
		folder: '/inbound',
		agreementVersionId: taken[0]?.agreementVersionId,
		documents: taken.map(({ index, versionId, reservation, purpose }, position) => ({
			key: documents[index]!.key,
			contentHash: documents[index]!.contentHash,
			versionId,
			reservation,
			number: documents[index]!.number,
			setControlNumber: String(position + 1).padStart(4, '0'),
			groupControlNumber: String(number),
			purpose,
		})),
		...change,
	};
}

export const SERVER = 'sftp.acme.example:22 ours';

/** Records one file and gives its id; fails where it was refused. */
export async function record(ledger: Ledger, file: FileToRecord): Promise<number> {
	const [result] = await recordFiles(ledger, [file], { sendAgain: false }, ACTOR);
	if (result === undefined || 'refused' in result) throw new Error(JSON.stringify(result));
	return result.fileId;
}

/** Claims and settles a recorded file. */
export async function deliver(
	ledger: Ledger,
	fileId: number,
	outcome: Outcome = { state: 'deposited', path: '/inbound/x' },
	token = `token-${fileId}`,
): Promise<Settled> {
	const claimed = await claimFile(
		ledger,
		fileId,
		{ token, leaseSeconds: 60, server: SERVER },
		ACTOR,
	);
	if ('refused' in claimed) throw new Error(JSON.stringify(claimed));
	return await settleFile(ledger, fileId, token, outcome, ACTOR);
}

/** The whole way of one run: take, record, claim, settle. */
export async function send(
	ledger: Ledger,
	documents: readonly OfferedDocument[],
	number: number,
	reservation = `run-${number}`,
): Promise<{ result: TakeResult; fileId: number; file: FileToRecord }> {
	const result = await take(ledger, documents, { reservation });
	const file = fileOf(documents, result, number);
	const fileId = await record(ledger, file);
	await deliver(ledger, fileId);
	return { result, fileId, file };
}
