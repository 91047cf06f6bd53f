/** What the deposit protocol needs from outside. The core itself has no clock and no randomness. */
export interface DeliveryPorts {
	/** Milliseconds since 1970. */
	now(): number;
	/** At least 0, less than 1. */
	random(): number;
	/** Ends early, without an error, when the signal is aborted. */
	sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export type FileKind = 'file' | 'folder' | 'link' | 'other';

export interface FileStatus {
	readonly kind: FileKind;
	readonly size: number;
	/** Permission bits, where the server tells them. */
	readonly mode: number | undefined;
	/** Seconds since 1970 by the server's clock. */
	readonly modified: number;
}

export interface FolderEntry extends FileStatus {
	readonly name: string;
}

/** Opaque; belongs to one connection. */
export type FileHandle = Buffer;

/**
 * The requests of SFTP version 3, one method each, over one connection. Every method ends: with the
 * answer, or with an `SftpFailure` when the server refuses, the connection breaks or the deadline
 * of the operation passes. Nothing is retried in here.
 */
export interface SftpPort {
	/** `host:port`, for messages and receipts. */
	readonly endpoint: string;
	readonly hostKeyFingerprint: string;
	readonly hostKeyType: string;
	readonly extensions: {
		readonly posixRename: boolean;
		readonly fsync: boolean;
		readonly statvfs: boolean;
	};
	/** Requests are executed in the order they were sent, so several may be sent without waiting. */
	readonly inOrder: boolean;
	/** Bytes that one WRITE or READ may carry. */
	readonly maxWrite: number;
	readonly maxRead: number;
	readonly closed: boolean;
	/** `undefined` only when the server says that there is no such file. */
	lstat(path: string): Promise<FileStatus | undefined>;
	/** Fails when the name exists. */
	createExclusive(path: string, mode: number): Promise<FileHandle>;
	openForReading(path: string): Promise<FileHandle>;
	/** A file that is there, as it is: nothing is created and nothing cut off. */
	openForWriting(path: string): Promise<FileHandle>;
	write(handle: FileHandle, data: Uint8Array, position: number): Promise<void>;
	/** Fewer bytes than asked for, or none at the end of the file. */
	read(handle: FileHandle, length: number, position: number): Promise<Buffer>;
	fstat(handle: FileHandle): Promise<FileStatus>;
	fsync(handle: FileHandle): Promise<void>;
	setMode(handle: FileHandle, mode: number): Promise<void>;
	close(handle: FileHandle): Promise<void>;
	/** SSH_FXP_RENAME: on OpenSSH an atomic publish that cannot replace a file. */
	rename(from: string, to: string): Promise<void>;
	/** posix-rename@openssh.com: replaces in one step. */
	replaceByRename(from: string, to: string): Promise<void>;
	remove(path: string): Promise<void>;
	makeFolder(path: string): Promise<void>;
	/** Stops after about `limit` entries. */
	list(path: string, limit: number): Promise<readonly FolderEntry[]>;
	/** Bytes this user may still write, where the server tells. */
	freeSpace(path: string): Promise<number | undefined>;
	/** Closes politely, within two seconds. */
	end(): Promise<void>;
	/** Closes the socket now; what is in flight fails as lost. */
	destroy(reason: string): void;
}

export type SftpFailureKind =
	| 'missing'
	| 'denied'
	/** Status 4: exists, disk full, other device, folder, quota: servers do not say which. */
	| 'refused'
	/** No space or no quota left, where the server says so. */
	| 'full'
	| 'badMessage'
	| 'unsupported'
	| 'timeout'
	| 'lost';

/** One request that did not succeed. */
export class SftpFailure extends Error {
	override readonly name = 'SftpFailure';

	readonly kind: SftpFailureKind;

	readonly operation: string;

	readonly path: string;

	constructor(kind: SftpFailureKind, operation: string, path: string, detail: string) {
		super(detail);
		this.kind = kind;
		this.operation = operation;
		this.path = path;
	}
}

export function isFailure(error: unknown, ...kinds: SftpFailureKind[]): error is SftpFailure {
	return error instanceof SftpFailure && (kinds.length === 0 || kinds.includes(error.kind));
}
