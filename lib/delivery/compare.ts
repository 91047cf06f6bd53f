import { joinRemote, quoteName } from './fileName';
import type { DeliveryPorts, FileStatus, SftpPort } from './ports';
import { isFailure } from './ports';
import { hashOf } from './source';
import type { DeliverySource } from './source';
import { hashRemote } from './transfer';

/** One file on its way, and what has been found out about it over all attempts. */
export interface Placement {
	readonly folder: string;
	readonly fileName: string;
	readonly source: DeliverySource;
	/** SHA-256 of the source, once it has been read. */
	sha256: string | undefined;
	/** Temporary files that may be on the server. */
	readonly temporaries: Set<string>;
	/** A rename whose answer never came. */
	unanswered: { readonly temporary: string; readonly target: string } | undefined;
	/** Whether any rename was ever sent: an identical file may then be this one. */
	renameSent: boolean;
}

export function placementOf(folder: string, fileName: string, source: DeliverySource): Placement {
	return {
		folder,
		fileName,
		source,
		sha256: source.sha256,
		temporaries: new Set(),
		unanswered: undefined,
		renameSent: false,
	};
}

export interface CompareOptions {
	readonly ports: DeliveryPorts;
	readonly stallMs: number;
	readonly signal?: AbortSignal | undefined;
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
		if (isFailure(error, 'denied', 'missing')) return 'unreadable';
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
