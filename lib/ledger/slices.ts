import { promisify } from 'node:util';
import { deflateRaw, inflateRaw, inflateRawSync } from 'node:zlib';
import type { ZlibOptions } from 'node:zlib';
import type { Ledger } from './transaction';

/** Large work is done in slices, so that no piece keeps n8n from other work for 50 ms. */
export const DOCUMENTS_A_SLICE = 200;
const COMPRESSED_AT_ONCE = 50;
const SMALL_DOCUMENT: ZlibOptions = { level: 3, windowBits: 13, memLevel: 6 };

/** Bytes of a file in one row; SQLite and PostgreSQL both like rows well below a megabyte. */
export const PART_BYTES = 256 * 1024;

export function slicesOf<Item>(items: readonly Item[], size: number): Item[][] {
	const slices: Item[][] = [];
	for (let start = 0; start < items.length; start += size) {
		slices.push(items.slice(start, start + size));
	}
	return slices;
}

/** Lets others run. */
export async function pause(ledger: Ledger): Promise<void> {
	await ledger.ports.wait(0);
}

const compress = promisify<Buffer, ZlibOptions, Buffer>(deflateRaw);

/** The documents as they are kept; compressed by other threads, a few of them at once. */
export async function compressDocuments(
	ledger: Ledger,
	documents: readonly (object | undefined)[],
): Promise<(Uint8Array | null)[]> {
	const compressed: (Uint8Array | null)[] = [];
	for (const slice of slicesOf(documents, COMPRESSED_AT_ONCE)) {
		const packed = slice.map(async (document) =>
			document === undefined
				? null
				: await compress(Buffer.from(JSON.stringify(document)), SMALL_DOCUMENT),
		);
		compressed.push(...(await Promise.all(packed)));
		await pause(ledger);
	}
	return compressed;
}

export function readDocument(bytes: Uint8Array | null): object | undefined {
	if (bytes === null) return undefined;
	return JSON.parse(inflateRawSync(bytes).toString('utf8')) as object;
}

/** The bytes of a file in rows; compressed by another thread. */
export async function contentParts(bytes: Uint8Array): Promise<Uint8Array[]> {
	const packed = await promisify(deflateRaw)(bytes);
	const parts: Uint8Array[] = [];
	for (let start = 0; start === 0 || start < packed.byteLength; start += PART_BYTES) {
		parts.push(packed.subarray(start, start + PART_BYTES));
	}
	return parts;
}

export async function joinParts(parts: readonly Uint8Array[]): Promise<Uint8Array> {
	return await promisify(inflateRaw)(Buffer.concat(parts));
}
