import { createHash } from 'node:crypto';
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
