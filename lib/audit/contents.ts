import { createHash } from 'node:crypto';
import { CoreError } from '../errors';
import { MAX_CONTENT_BYTES, PART_BYTES } from './limits';
import type { CONTENTS_TABLE } from './tables';
import type { LedgerRow } from './rows';

export type ContentRow = LedgerRow<typeof CONTENTS_TABLE>;

function sha256(bytes: Uint8Array): string {
	return createHash('sha256').update(bytes).digest('hex');
}

/** The file as rows for `exact_edi_contents`; none where it is too large for tables. */
export function contentRows(fileKey: string, bytes: Uint8Array): readonly ContentRow[] {
	if (bytes.byteLength > MAX_CONTENT_BYTES) return [];
	const parts = Math.max(1, Math.ceil(bytes.byteLength / PART_BYTES));
	const hash = sha256(bytes);
	return Array.from({ length: parts }, (_, index) => ({
		file_key: fileKey,
		sha256: hash,
		part: index + 1,
		parts,
		content: Buffer.from(bytes.subarray(index * PART_BYTES, (index + 1) * PART_BYTES)).toString(
			'base64',
		),
		bytes: bytes.byteLength,
	}));
}

/** The file back from its rows, in whatever order; raises AUDIT_CONTENT_BROKEN unless it is whole. */
export function joinContent(rows: readonly ContentRow[]): Uint8Array {
	const sorted = [...rows].sort((a, b) => a.part - b.part);
	const first = sorted[0];
	const broken = (why: string): CoreError =>
		new CoreError(
			'AUDIT_CONTENT_BROKEN',
			`The stored bytes of ${first?.file_key ?? 'the file'} cannot be used: ${why}`,
			{ path: 'content' },
		);
	if (first === undefined) throw broken('there are none');
	if (sorted.length !== first.parts) {
		throw broken(`there are ${sorted.length} of ${first.parts} parts`);
	}
	sorted.forEach((row, index) => {
		if (row.part !== index + 1) throw broken(`part ${index + 1} is missing`);
		if (row.sha256 !== first.sha256) throw broken(`part ${row.part} is of another version`);
	});
	const bytes = Buffer.concat(sorted.map((row) => Buffer.from(row.content, 'base64')));
	if (sha256(bytes) !== first.sha256) throw broken('their SHA-256 is not the one of the file');
	return bytes;
}

export interface StoredContent {
	readonly id: number;
	readonly fileKey: string;
	/** Length of the row's text. */
	readonly size: number;
	readonly createdAt: string;
	/** Of the file the part belongs to; absent where the file row is gone. */
	readonly undelivered: boolean;
}

export interface ContentBudget {
	readonly now: string;
	readonly maxAgeDays: number;
	/** Of all parts together, text length. */
	readonly maxSize: number;
	/** What is about to be written. */
	readonly incoming: number;
}

const DAY_MS = 86_400_000;

/**
 * Which rows to delete before the next insert: the ones beyond the age, then the oldest files until
 * the new one fits. Bytes that may still be needed for a delivery are never deleted; where that
 * leaves no room the export must stop before any deposit (AUDIT_LEDGER_FULL).
 */
export function planPruning(
	stored: readonly StoredContent[],
	budget: ContentBudget,
): readonly number[] {
	const limit = Date.parse(budget.now) - budget.maxAgeDays * DAY_MS;
	const oldestFirst = [...stored].sort(
		(a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt) || a.id - b.id,
	);
	let size = stored.reduce((total, row) => total + row.size, 0) + budget.incoming;
	const doomed = new Set<string>();
	for (const row of oldestFirst) {
		if (row.undelivered || doomed.has(row.fileKey)) continue;
		if (Date.parse(row.createdAt) >= limit && size <= budget.maxSize) continue;
		// All parts of a file go together: half a file is of no use.
		doomed.add(row.fileKey);
		for (const part of stored) if (part.fileKey === row.fileKey) size -= part.size;
	}
	if (size > budget.maxSize) {
		const kept = new Set(stored.filter((row) => row.undelivered).map((row) => row.fileKey));
		throw new CoreError(
			'AUDIT_LEDGER_FULL',
			`The ledger has no room: ${size} of ${budget.maxSize} characters would be used, and ${kept.size} undelivered file(s) must be kept (${[...kept].slice(0, 3).join(', ') || 'none'})`,
			{ path: 'exact_edi_contents' },
		);
	}
	return oldestFirst.filter((row) => doomed.has(row.fileKey)).map((row) => row.id);
}
