import { createHash } from 'node:crypto';

import { CoreError } from '../errors';
import { quoteName } from './fileName';
import type { DeliveryPorts } from './ports';
import { untilAborted } from './retry';

/** The bytes to deliver. They can be read again for another attempt or a comparison. */
export interface DeliverySource {
	/** The declared length; a source that has another one is refused. */
	readonly bytes: number;
	/** The declared hash (hex), where the maker of the file gave one. */
	readonly sha256?: string;
	read(): AsyncIterable<Uint8Array>;
}

export function sourceOf(content: Uint8Array, sha256?: string): DeliverySource {
	return {
		bytes: content.byteLength,
		...(sha256 === undefined ? {} : { sha256 }),
		async *read() {
			yield content;
		},
	};
}

interface ReadOptions {
	readonly fileName: string;
	readonly ports: DeliveryPorts;
	/** A source that gives nothing for so long is taken for dead. */
	readonly stallMs: number;
	readonly signal?: AbortSignal | undefined;
}

/** Reads the source in pieces of one size, checks the declared length and hash, and returns the hash. */
export async function* readChecked(
	source: DeliverySource,
	pieceSize: number,
	options: ReadOptions,
): AsyncGenerator<Uint8Array, string> {
	const name = quoteName(options.fileName);
	const hash = createHash('sha256');
	let total = 0;
	let held: Uint8Array[] = [];
	let heldBytes = 0;
	const iterator = source.read()[Symbol.asyncIterator]();
	try {
		for (;;) {
			const next = await nextPiece(iterator, options);
			if (next.done === true) break;
			const piece = next.value;
			total += piece.byteLength;
			if (total > source.bytes) {
				throw new CoreError(
					'DELIVERY_SOURCE_LENGTH',
					`The content of ${name} is longer than the ${source.bytes} bytes that were declared`,
				);
			}
			held.push(piece);
			heldBytes += piece.byteLength;
			if (heldBytes < pieceSize) continue;
			const whole = joined(held, heldBytes);
			let at = 0;
			for (; heldBytes - at >= pieceSize; at += pieceSize) {
				const ready = whole.subarray(at, at + pieceSize);
				// Piece by piece: the server takes one in while the next is hashed.
				hash.update(ready);
				yield ready;
			}
			held = at === heldBytes ? [] : [whole.subarray(at)];
			heldBytes -= at;
		}
	} finally {
		// A stalled source may never finish its return(), so it is not waited for.
		void Promise.resolve(iterator.return?.()).catch(() => undefined);
	}
	if (heldBytes > 0) {
		const last = joined(held, heldBytes);
		hash.update(last);
		yield last;
	}
	if (total !== source.bytes) {
		throw new CoreError(
			'DELIVERY_SOURCE_LENGTH',
			`The content of ${name} ended after ${total} of the ${source.bytes} bytes that were declared`,
		);
	}
	const sha256 = hash.digest('hex');
	if (source.sha256 !== undefined && source.sha256 !== sha256) {
		throw new CoreError(
			'DELIVERY_SOURCE_LENGTH',
			`The content of ${name} has the SHA-256 ${sha256}; declared was ${source.sha256}`,
		);
	}
	return sha256;
}

async function nextPiece(
	iterator: AsyncIterator<Uint8Array>,
	{ fileName, ports, stallMs, signal }: ReadOptions,
): Promise<IteratorResult<Uint8Array>> {
	const name = quoteName(fileName);
	const over = new AbortController();
	const stalled = ports.sleep(stallMs, over.signal).then(() => {
		if (over.signal.aborted) return new Promise<never>(() => undefined);
		throw new CoreError(
			'DELIVERY_SOURCE_FAILED',
			`The content of ${name} could not be read: it gave nothing for ${stallMs / 1000} s`,
		);
	});
	try {
		return await untilAborted(Promise.race([iterator.next(), stalled]), signal, `${name} was read`);
	} catch (error) {
		if (error instanceof CoreError) throw error;
		const detail = error instanceof Error ? error.message : String(error);
		throw new CoreError(
			'DELIVERY_SOURCE_FAILED',
			`The content of ${name} could not be read: ${detail}`,
			{
				cause: error,
			},
		);
	} finally {
		over.abort();
	}
}

function joined(pieces: readonly Uint8Array[], total: number): Uint8Array {
	const [first] = pieces;
	return pieces.length === 1 && first !== undefined ? first : Buffer.concat(pieces, total);
}

/** The hash of the whole source, for comparing before anything is sent. */
export async function hashOf(source: DeliverySource, options: ReadOptions): Promise<string> {
	const reader = readChecked(source, 1_048_576, options);
	for (;;) {
		const next = await reader.next();
		if (next.done === true) return next.value;
	}
}
