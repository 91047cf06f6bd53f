import { joinRemote, quoteName } from './fileName';
import type { DeliveryPorts, FileStatus, SftpPort } from './ports';
import { isFailure } from './ports';
import { hashOf } from './source';
import type { DeliverySource } from './source';
import { hashRemote } from './transfer';

/**
 * How far a name of ours on the server has come, by what was sent; the answer may be missing.
 *
 * - `creating`: it was asked for and may not be there.
 * - `part`: some of its bytes were sent.
 * - `whole`: its last byte was sent. A partner who takes files as soon as they are closed may have it
 *   from now on, and a connection that breaks closes it as well.
 * - `closed`: the server has confirmed the end of it.
 */
export type UploadStage = 'creating' | 'part' | 'whole' | 'closed';

/** One file on its way, and what has been found out about it over all attempts. */
export interface Placement {
	readonly folder: string;
	readonly fileName: string;
	readonly source: DeliverySource;
	/** SHA-256 of the source, once it has been read. */
	sha256: string | undefined;
	/** Names of this delivery that may be on the server: temporary ones, or in the style *Direct* the final one. */
	readonly uploads: Map<string, UploadStage>;
	/** A rename whose answer never came. */
	unanswered: { readonly temporary: string; readonly target: string } | undefined;
	/** Whether any rename was ever sent: an identical file may then be this one. */
	renameSent: boolean;
	/** The server has shown the whole size of an upload before or after it was closed. */
	sizeSeen: boolean;
	/** The lock of this name is ours, since this moment by our clock. */
	lockedAt: number | undefined;
	/** What the server's clock showed (seconds) at a moment of ours (milliseconds). */
	serverClock: { readonly seconds: number; readonly at: number } | undefined;
	/** The partner may have the file, and nothing more can be found out. */
	doubtful: boolean;
}

export function placementOf(folder: string, fileName: string, source: DeliverySource): Placement {
	return {
		folder,
		fileName,
		source,
		sha256: source.sha256,
		uploads: new Map(),
		unanswered: undefined,
		renameSent: false,
		sizeSeen: false,
		lockedAt: undefined,
		serverClock: undefined,
		doubtful: false,
	};
}

export interface CompareOptions {
	readonly ports: DeliveryPorts;
	readonly stallMs: number;
	readonly signal?: AbortSignal | undefined;
	/** A file that may be ours is sent again. */
	readonly sendInDoubt?: boolean | undefined;
}

export type Comparison = 'identical' | 'different' | 'unreadable';

/** Size first, then the hash of what is read back: a size alone proves nothing. */
export async function compareWithSource(
	port: SftpPort,
	path: string,
	found: FileStatus,
	placement: Placement,
	options: CompareOptions,
): Promise<Comparison> {
	if (found.size !== placement.source.bytes) return 'different';
	placement.sha256 ??= await hashOf(placement.source, { fileName: placement.fileName, ...options });
	try {
		const remote = await hashRemote(port, path, found.size);
		const same = remote.bytes === found.size && remote.sha256 === placement.sha256;
		return same ? 'identical' : 'different';
	} catch (error) {
		// Drop-box folders let a user write but not read.
		if (isFailure(error, 'denied', 'missing', 'unsupported')) return 'unreadable';
		throw error;
	}
}

/** `name-1.edi`, `name-2.edi` … */
export function numberedPath(folder: string, fileName: string, number: number): string {
	if (number === 0) return joinRemote(folder, fileName);
	const dot = fileName.lastIndexOf('.');
	const [stem, extension] =
		dot > 0 ? [fileName.slice(0, dot), fileName.slice(dot)] : [fileName, ''];
	return joinRemote(folder, `${stem}-${number}${extension}`);
}

export function describeFound(path: string, found: FileStatus, endpoint: string): string {
	return `${quoteName(path)} (${found.size} bytes) on ${endpoint}`;
}
