import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Execution, Item } from '../n8n/index.ts';

export interface DepositedFile {
	readonly template: string;
	readonly path: string;
	readonly bytes: number;
	readonly sha256: string;
	readonly controlNumber: string | undefined;
	readonly groupControlNumber: string | undefined;
	readonly documents: number;
}

export interface RejectedDocument {
	readonly template: string;
	readonly number: string;
	readonly key: string;
	readonly reasons: readonly string[];
}

export interface TemplateResult {
	readonly template: string;
	readonly workflow: string;
	readonly ran: boolean;
	readonly ok: boolean;
	readonly error: string | undefined;
	readonly executions: readonly { id: string; status: string; mode: string }[];
	readonly documentsRead: number;
	readonly exactCalls: number;
	readonly seconds: number;
	/** Node and seconds. */
	readonly slowestNodes: readonly (readonly [string, number])[];
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
const record = (value: unknown): Record<string, unknown> =>
	typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

function* itemsOf(execution: Execution): Generator<Item> {
	for (const runs of Object.values(execution.data.resultData.runData)) {
		for (const run of runs) {
			for (const outputs of Object.values(run.data ?? {})) {
				for (const items of outputs) yield* items ?? [];
			}
		}
	}
}

/** Documents that the Exact nodes read, each counted once. */
export function documentsRead(execution: Execution): number {
	const keys = new Set<string>();
	for (const { json } of itemsOf(execution)) {
		const key = text(record(json['document'])['key']);
		if (json['outcome'] === 'read' && key !== undefined) keys.add(key);
	}
	return keys.size;
}

export function depositedFiles(template: string, execution: Execution): DepositedFile[] {
	const files = new Map<string, DepositedFile>();
	for (const { json } of itemsOf(execution)) {
		const receipt = record(json['receipt']);
		const file = text(receipt['path']);
		if (file === undefined || json['outcome'] !== 'deposited') continue;
		files.set(file, {
			template,
			path: file,
			bytes: Number(receipt['bytes']),
			sha256: text(receipt['sha256']) ?? '',
			controlNumber: text(json['controlNumber']),
			groupControlNumber: text(json['groupControlNumber']),
			documents: Number(json['documentCount'] ?? 0),
		});
	}
	return [...files.values()];
}

export function rejectedDocuments(template: string, execution: Execution): RejectedDocument[] {
	const rejected = new Map<string, RejectedDocument>();
	for (const { json } of itemsOf(execution)) {
		if (json['outcome'] !== 'rejected') continue;
		const document = record(json['document']);
		const key = text(document['key']) ?? '';
		const issues = Array.isArray(json['issues']) ? (json['issues'] as unknown[]) : [];
		if (rejected.has(key) || issues.length === 0) continue;
		rejected.set(key, {
			template,
			number: text(document['number']) ?? '',
			key,
			reasons: issues
				.map(record)
				.filter((issue) => issue['severity'] !== 'warning')
				.map((issue) => `${text(issue['path']) ?? ''}: ${text(issue['message']) ?? ''}`),
		});
	}
	return [...rejected.values()];
}

export function listFiles(folder: string, below = ''): string[] {
	if (!existsSync(folder)) return [];
	return readdirSync(path.join(folder, below), { withFileTypes: true }).flatMap((entry) => {
		const name = path.posix.join(below, entry.name);
		return entry.isDirectory() ? listFiles(folder, name) : [name];
	});
}

const sha256Of = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex');

/**
 * A receipt is a claim: the file on the partner's disk has to have those bytes, and every file there
 * has to have a receipt. Files may have been moved since, and the partner's own are its own.
 */
export function differences(
	files: readonly DepositedFile[],
	sftpRoot: string,
	placed: ReadonlySet<string> = new Set(),
): string[] {
	const wrong: string[] = [];
	const onDisk = new Map(
		listFiles(sftpRoot).map((name) => {
			const bytes = readFileSync(path.join(sftpRoot, name));
			return [`/${name}`, { bytes: bytes.length, sha256: sha256Of(bytes) }];
		}),
	);
	const hashes = new Set([...onDisk.values()].map(({ sha256 }) => sha256));
	for (const file of files) {
		const there = onDisk.get(path.posix.normalize(`/${file.path}`));
		if (there === undefined) {
			if (!hashes.has(file.sha256)) {
				wrong.push(`${file.path} is in a receipt, but not on the server`);
			}
		} else if (there.bytes !== file.bytes || there.sha256 !== file.sha256) {
			wrong.push(`${file.path} on the server is not what its receipt says`);
		}
	}
	const receipts = new Set(files.map((file) => path.posix.normalize(`/${file.path}`)));
	const known = new Set([...files.map((file) => file.sha256), ...placed]);
	for (const [name, { sha256 }] of onDisk) {
		if (!receipts.has(name) && !known.has(sha256)) {
			wrong.push(`${name} is on the server without a receipt`);
		}
	}
	return wrong;
}

/** What a file that the partner placed is known by. */
export const placedAs = (content: string): string => sha256Of(Buffer.from(content, 'latin1'));

/** Where a secret shows up, by the name of the place; the secret itself is not repeated. */
export function leaks(
	secrets: readonly string[],
	places: Readonly<Record<string, string>>,
): string[] {
	return Object.entries(places)
		.filter(([, content]) => secrets.some((secret) => secret !== '' && content.includes(secret)))
		.map(([name]) => name);
}

/** Where the time of the executions went: node and seconds, the longest first. */
export function slowestNodes(executions: readonly Execution[], count = 4): [string, number][] {
	const times = new Map<string, number>();
	for (const execution of executions) {
		for (const [node, runs] of Object.entries(execution.data.resultData.runData)) {
			const ms = runs.reduce((sum, run) => sum + run.executionTime, 0);
			times.set(node, (times.get(node) ?? 0) + ms);
		}
	}
	return [...times]
		.map(([node, ms]): [string, number] => [node, Math.round(ms / 100) / 10])
		.filter(([, seconds]) => seconds >= 1)
		.sort((a, b) => b[1] - a[1])
		.slice(0, count);
}
