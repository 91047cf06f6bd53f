/**
 * Judges a real run from outside: what Exact has, what the ledger says, and what ever appeared under
 * a final name on the partner's server. It knows nothing of how the workflows work.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
	getContents,
	getDocuments,
	getFiles
	
	
	
} from '../../lib/ledger';
import type {DocumentRow, FileRow, Ledger} from '../../lib/ledger';
import type { N8n } from '../../sandbox/n8n';
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

/** Exact's entry numbers in an 810, in order: `REF*VV`. */
export function entriesIn(text: string): string[] {
	return [...text.matchAll(/~REF(.)VV\1(\d+)/g)].map((match) => match[2] as string);
}

export interface Expectation {
	readonly partner: string;
	readonly folder: string;
	/** Numbers of Exact's entries that the partner must have exactly once. */
	readonly delivered: readonly string[];
	/** Numbers that must be on record as refused. */
	readonly refused: readonly string[];
	/** Files that were sent again on purpose: the partner's side removed the first one. */
	readonly sentAgain?: number;
}

function judgeFile(file: FileRow, watch: ServerWatch, expected: Expectation): string[] {
	const found: string[] = [];
	const published = watch
		.of(expected.folder)
		.filter((one) => path.posix.basename(one.path) === file.name);
	if (file.state !== 'deposited') found.push(`${file.name} is ${file.state}`);
	if (published.length === 0) found.push(`${file.name} never appeared`);
	for (const one of published) {
		if (one.sha256 !== file.sha256) found.push(`${file.name} appeared with other bytes`);
	}
	const inFile = entriesIn(published[0]?.text ?? '');
	if (file.documentCount !== inFile.length) {
		found.push(`${file.name} lists ${file.documentCount} documents and holds ${inFile.length}`);
	}
	return found;
}

function judgeDocuments(rows: readonly DocumentRow[], expected: Expectation): string[] {
	const found: string[] = [];
	const of = (state: DocumentRow['state']) =>
		rows
			.filter((row) => row.state === state)
			.map(({ ownNumber }) => ownNumber)
			.sort();
	const same = (a: readonly string[], b: readonly string[]) => a.join() === [...b].sort().join();
	if (!same(of('deposited'), expected.delivered)) {
		found.push(`deposited are ${of('deposited').join(', ')}`);
	}
	if (!same(of('refused'), expected.refused)) found.push(`refused are ${of('refused').join(', ')}`);
	if (rows.length !== expected.delivered.length + expected.refused.length) {
		found.push(`documents are ${rows.map(({ state }) => state).join(', ')}`);
	}
	return found;
}

/** What is wrong for one partner; empty when every document is there exactly once and the books agree. */
export async function judge(
	ledger: Ledger,
	watch: ServerWatch,
	expected: Expectation,
): Promise<string[]> {
	const { partner } = expected;
	const found: string[] = [];
	const { rows: files } = await getFiles(ledger, { partner }, { limit: 1_000 });
	const { rows: documents } = await getDocuments(ledger, { partner }, { limit: 1_000 });
	for (const file of files) found.push(...judgeFile(file, watch, expected));
	found.push(...judgeDocuments(documents, expected));
	for (const file of files) {
		const { bytes } = await getContents(ledger, file.id);
		if (bytes === undefined || sha256(bytes) !== file.sha256) {
			found.push(`${file.name}: the kept bytes are not the file's`);
		}
	}
	const publications = watch.of(expected.folder);
	const known = new Set(files.map(({ name }) => name));
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
	ledger: Readonly<Record<string, readonly unknown[]>>,
): Promise<string[]> {
	const places: [string, string][] = [];
	const { logFile } = n8n.process;
	if (existsSync(logFile)) places.push(['the log of n8n', readFileSync(logFile, 'utf8')]);
	for (const [name, rows] of Object.entries(ledger)) places.push([name, JSON.stringify(rows)]);
	for (const workflowId of workflowIds) {
		for (const { id } of await n8n.executionsOf(workflowId)) {
			places.push([`execution ${id}`, (await n8n.readExecution(id)).raw]);
		}
	}
	return places
		.filter(([, text]) => secrets.some((secret) => text.includes(secret)))
		.map(([place]) => place);
}
