import { createHash } from 'node:crypto';

import type { FileHandle, SftpPort } from './ports';
import { SftpFailure } from './ports';

/** Requests under way for one file: enough for a fast line with a long way, bounded in memory. */
const WINDOW = 16;

/**
 * Sends pieces with several requests under way. The first failure ends it, after the others have
 * been answered or given up, so that no answer arrives for a handle that is gone.
 */
export async function writeWindowed(
	port: SftpPort,
	handle: FileHandle,
	path: string,
	pieces: AsyncGenerator<Uint8Array, string>,
	progress: {
		readonly total: number;
		/** Called before the last byte is sent: from then on the file may be whole. */
		readonly beforeLast: () => void;
		readonly stored: (bytes: number) => void;
	},
): Promise<string> {
	const underWay = new Set<Promise<void>>();
	let failed: unknown;
	let position = 0;
	const send = (piece: Uint8Array): void => {
		const sent = port.write(handle, piece, position).then(
			() => progress.stored(piece.byteLength),
			(error: unknown) => {
				failed ??= withPath(error, path);
			},
		);
		position += piece.byteLength;
		underWay.add(sent);
		void sent.finally(() => underWay.delete(sent));
	};
	try {
		for (;;) {
			const next = await pieces.next();
			if (next.done === true) {
				await Promise.all(underWay);
				if (failed !== undefined) throw failed;
				return next.value;
			}
			// The last piece makes the file whole, so it waits until all others are stored: a connection
			// that breaks before that has left a part, and nobody needs to ask whether it arrived.
			const isLast = position + next.value.byteLength >= progress.total;
			if (isLast) await Promise.all(underWay);
			if (failed !== undefined) throw failed;
			if (isLast) progress.beforeLast();
			send(next.value);
			if (underWay.size >= WINDOW) await Promise.race(underWay);
		}
	} finally {
		await Promise.all(underWay);
		void pieces.return('').catch(() => undefined);
	}
}

function withPath(error: unknown, path: string): unknown {
	if (!(error instanceof SftpFailure)) return error;
	return new SftpFailure(error.kind, error.operation, path, error.message);
}

/** Reads a file in order with several requests under way. Short answers are asked for again. */
export async function* readWindowed(
	port: SftpPort,
	handle: FileHandle,
	size: number,
): AsyncGenerator<Buffer> {
	const length = port.maxRead;
	const underWay: { at: number; length: number; data: Promise<Buffer> }[] = [];
	let asked = 0;
	const ask = (at: number, count: number) => {
		const data = port.read(handle, count, at);
		// Awaited below in order; a later failure must not count as unhandled until then.
		data.catch(() => undefined);
		return { at, length: count, data };
	};
	for (;;) {
		while (asked < size && underWay.length < WINDOW) {
			const count = Math.min(length, size - asked);
			underWay.push(ask(asked, count));
			asked += count;
		}
		const first = underWay.shift();
		if (first === undefined) return;
		const data = await first.data;
		if (data.length === 0) return;
		yield data;
		if (data.length < first.length) {
			underWay.unshift(ask(first.at + data.length, first.length - data.length));
		}
	}
}

/** Length and hash of what is on the server. */
export async function hashRemote(
	port: SftpPort,
	path: string,
	size: number,
): Promise<{ readonly bytes: number; readonly sha256: string }> {
	const handle = await port.openForReading(path);
	const hash = createHash('sha256');
	let bytes = 0;
	try {
		for await (const data of readWindowed(port, handle, size)) {
			hash.update(data);
			bytes += data.length;
		}
	} finally {
		await port.close(handle).catch(() => undefined);
	}
	return { bytes, sha256: hash.digest('hex') };
}
