/**
 * Judges a real run from outside: what Exact has, what the ledger says, and what ever appeared under
 * a final name on the partner's server. It knows nothing of how the workflows work.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { LedgerRow, N8n } from '../../sandbox/n8n';
import type { Fault } from '../../sandbox/sftpServer';

/** Requests that can bring a file under another name. */
const PUBLISHING = ['RENAME', 'POSIX_RENAME', 'HARDLINK'] as const;

const isTemporary = (name: string) => name.startsWith('.') || name.includes('.deposit-');
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

export interface Publication {
	/** `/inbound/P01/name`, as the partner sees it. */
	readonly path: string;
	readonly text: string;
	readonly sha256: string;
}

/** Sees every file that appears in the watched folders of the partner's server. */
export class ServerWatch {
	readonly publications: Publication[] = [];
	private present = new Set<string>();
	private readonly folders = new Set<string>();

	constructor(private readonly root: string) {}

	watch(folder: string): void {
		mkdirSync(path.join(this.root, folder), { recursive: true });
		this.folders.add(folder);
	}

	/** For the server: looks after every request that can publish. */
	faults(): Fault[] {
		return PUBLISHING.map((at) => ({
			at,
			when: 'after',
			times: Number.MAX_SAFE_INTEGER,
			action: { kind: 'call', call: () => this.look() },
		}));
	}

	look(): void {
		const now = new Set<string>();
		for (const folder of this.folders) {
			for (const entry of readdirSync(path.join(this.root, folder), { withFileTypes: true })) {
				if (!entry.isFile() || isTemporary(entry.name)) continue;
				const remote = `${folder}/${entry.name}`;
				now.add(remote);
				if (this.present.has(remote)) continue;
				const bytes = readFileSync(path.join(this.root, remote));
				this.publications.push({
					path: remote,
					text: bytes.toString('latin1'),
					sha256: sha256(bytes),
				});
			}
		}
		this.present = now;
	}

	of(folder: string): Publication[] {
		return this.publications.filter((one) => path.posix.dirname(one.path) === folder);
	}

	temporaries(): string[] {
		return [...this.folders].flatMap((folder) =>
			readdirSync(path.join(this.root, folder))
				.filter(isTemporary)
				.map((name) => `${folder}/${name}`),
		);
	}
}

export interface Ledger {
	readonly files: readonly LedgerRow[];
	readonly documents: readonly LedgerRow[];
	readonly contents: readonly LedgerRow[];
}

export async function readLedger(n8n: N8n): Promise<Ledger> {
	const rows = async (name: string) => (await n8n.tableRows(`exact_edi_${name}`)) ?? [];
	return {
		files: await rows('files'),
		documents: await rows('documents'),
		contents: await rows('contents'),
	};
}

/** The bytes of a file from its rows. */
export function storedBytes(ledger: Ledger, fileKey: unknown): Buffer {
	const parts = ledger.contents
		.filter((row) => row['file_key'] === fileKey)
		.sort((a, b) => Number(a['part']) - Number(b['part']));
	return Buffer.from(parts.map((row) => String(row['content'])).join(''), 'base64');
}

/** Exact's entry numbers in an 810, in order: `REF*VV`. */
export function entriesIn(text: string): string[] {
	return [...text.matchAll(/~REF\*VV\*(\d+)/g)].map((match) => match[1] as string);
}

export interface Expectation {
	readonly partner: string;
	readonly folder: string;
	/** Numbers of Exact's entries that the partner must have exactly once. */
	readonly delivered: readonly string[];
	/** Numbers that must be on record as refused. */
	readonly rejected: readonly string[];
	/** Files that were sent again on purpose: the partner's side removed the first one. */
	readonly sentAgain?: number;
}

function judgeFile(
	file: LedgerRow,
	ledger: Ledger,
	watch: ServerWatch,
	expected: Expectation,
): string[] {
	const found: string[] = [];
	const name = String(file['file_name']);
	const published = watch
		.of(expected.folder)
		.filter((one) => path.posix.basename(one.path) === name);
	if (file['state'] === 'superseded') {
		if (published.length > 0) found.push(`${name} is superseded, but the partner saw it`);
		return found;
	}
	if (file['state'] !== 'deposited') found.push(`${name} is ${String(file['state'])}`);
	if (published.length === 0) found.push(`${name} never appeared`);
	for (const one of published) {
		if (one.sha256 !== file['sha256']) found.push(`${name} appeared with other bytes`);
	}
	if (
		file['contents'] === 'kept' &&
		sha256(storedBytes(ledger, file['file_key'])) !== file['sha256']
	)
		found.push(`${name}: the stored bytes are not the file's`);
	const listed = JSON.parse(String(file['documents'])) as { number: string }[];
	const inFile = entriesIn(published[0]?.text ?? '');
	if (listed.length !== inFile.length) {
		found.push(`${name} lists ${listed.length} documents and holds ${inFile.length}`);
	}
	return found;
}

function judgeDocuments(ledger: Ledger, expected: Expectation): string[] {
	const found: string[] = [];
	const rows = ledger.documents.filter((row) => row['partner'] === expected.partner);
	const keys = rows.map((row) => row['document_key']);
	if (new Set(keys).size !== keys.length) found.push('a document has two rows');
	const byState = (state: string) => rows.filter((row) => row['state'] === state).length;
	if (byState('deposited') !== expected.delivered.length) {
		found.push(`${byState('deposited')} of ${expected.delivered.length} documents are deposited`);
	}
	if (byState('rejected') !== expected.rejected.length) {
		found.push(`${byState('rejected')} of ${expected.rejected.length} documents are rejected`);
	}
	if (rows.length !== expected.delivered.length + expected.rejected.length) {
		found.push(`documents are ${rows.map((row) => row['state']).join(', ')}`);
	}
	for (const row of rows.filter((one) => one['state'] === 'deposited')) {
		const file = ledger.files.find((one) => one['file_key'] === row['file_key']);
		if (file?.['state'] !== 'deposited') {
			found.push(`a deposited document is in a file that is ${String(file?.['state'])}`);
		}
	}
	return found;
}

/** What is wrong for one partner; empty when every document is there exactly once and the books agree. */
export function judge(ledger: Ledger, watch: ServerWatch, expected: Expectation): string[] {
	const found: string[] = [];
	const files = ledger.files.filter((row) => row['partner'] === expected.partner);
	const keys = files.map((row) => row['file_key']);
	if (new Set(keys).size !== keys.length) found.push('two files have one key');
	for (const file of files) found.push(...judgeFile(file, ledger, watch, expected));
	found.push(...judgeDocuments(ledger, expected));

	const publications = watch.of(expected.folder);
	const known = new Set(files.map((row) => String(row['file_name'])));
	for (const { path: remote } of publications) {
		if (!known.has(path.posix.basename(remote))) found.push(`${remote} is not in the ledger`);
	}
	const seen = publications.flatMap(({ text }) => entriesIn(text));
	for (const number of expected.delivered) {
		const times = seen.filter((one) => one === number).length;
		const wanted = 1 + (expected.sentAgain ?? 0);
		if (times !== wanted) found.push(`${number} appeared ${times} times, not ${wanted}`);
	}
	const unexpected = seen.filter((number) => !expected.delivered.includes(number));
	if (unexpected.length > 0) found.push(`nobody expected ${unexpected.join(', ')}`);
	return found;
}

/** Places where a secret shows up; the names of the places, never the secret. */
export async function leaks(
	n8n: N8n,
	secrets: readonly string[],
	workflowIds: readonly string[],
): Promise<string[]> {
	const places: [string, string][] = [];
	const { logFile } = n8n.process;
	if (existsSync(logFile)) places.push(['the log of n8n', readFileSync(logFile, 'utf8')]);
	for (const name of ['files', 'documents', 'contents']) {
		places.push([`exact_edi_${name}`, JSON.stringify(await n8n.tableRows(`exact_edi_${name}`))]);
	}
	for (const workflowId of workflowIds) {
		for (const { id } of await n8n.executionsOf(workflowId)) {
			places.push([`execution ${id}`, (await n8n.readExecution(id)).raw]);
		}
	}
	return places
		.filter(([, text]) => secrets.some((secret) => text.includes(secret)))
		.map(([place]) => place);
}
