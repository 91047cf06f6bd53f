import type {
	FileHandle,
	FileKind,
	FileStatus,
	FolderEntry,
	SftpFailureKind,
	SftpPort,
} from './ports';
import { SftpFailure } from './ports';

/** The part of the library's raw SFTP object that is used; it ships no types. */
export interface RawSftp {
	readonly _isOpenSSH?: boolean | undefined;
	readonly _maxWriteLen?: number;
	readonly _maxReadLen?: number;
	readonly _extensions?: Readonly<Record<string, string | undefined>>;
	on(event: 'end' | 'close' | 'exit' | 'error', listener: (detail?: unknown) => void): unknown;
	lstat(path: string, done: Answer<RawAttributes>): void;
	fstat(handle: Buffer, done: Answer<RawAttributes>): void;
	open(path: string, flags: string | number, attributes: { mode?: number }, done: Answer<Buffer>): void;
	close(handle: Buffer, done: Answer<void>): void;
	read(
		handle: Buffer,
		target: Buffer,
		offset: number,
		length: number,
		position: number,
		done: (error: unknown, count?: number) => void,
	): void;
	write(
		handle: Buffer,
		data: Buffer,
		offset: number,
		length: number,
		position: number,
		done: Answer<void>,
	): void;
	fsetstat(handle: Buffer, attributes: { mode: number }, done: Answer<void>): void;
	rename(from: string, to: string, done: Answer<void>): void;
	unlink(path: string, done: Answer<void>): void;
	mkdir(path: string, done: Answer<void>): void;
	opendir(path: string, done: Answer<Buffer>): void;
	readdir(handle: Buffer, done: Answer<readonly RawEntry[]>): void;
	ext_openssh_rename(from: string, to: string, done: Answer<void>): void;
	ext_openssh_fsync(handle: Buffer, done: Answer<void>): void;
	ext_openssh_statvfs(
		path: string,
		done: Answer<{ f_bavail: number | bigint; f_frsize: number | bigint }>,
	): void;
}

type Answer<Value> = (error: unknown, value: Value) => void;

interface RawAttributes {
	readonly mode?: number;
	readonly size?: number;
	readonly mtime?: number;
}

interface RawEntry {
	readonly filename: string;
	readonly attrs: RawAttributes;
}

export interface SessionFacts {
	readonly endpoint: string;
	readonly hostKeyFingerprint: string;
	readonly hostKeyType: string;
	readonly operationTimeoutMs: number;
}

export interface SessionControl {
	/** Holds back what is written until the requests at hand have been made: they leave as one packet. */
	gather(): void;
	/** Closes the socket now. */
	destroy(): void;
	/** Says goodbye and waits for the close, within its own deadline. */
	end(): Promise<void>;
}

export interface Session extends SftpPort {
	/** The connection is gone: everything in flight fails. */
	lost(reason: string): void;
}

interface PendingOperation {
	/** When it became this operation's turn: its issue, or the last answer to an earlier one. */
	since: number;
	readonly fail: (failure: SftpFailure) => void;
	readonly operation: string;
	readonly path: string;
}

/** SSH_FXF_WRITE alone; the library's letters all create or cut off. */
const WRITE_ONLY = 2;

/**
 * Codes of SSH_FXP_STATUS; others, and answers without one, are refusals without a reason. From 10 on
 * they belong to later versions of the protocol, and some servers send them all the same.
 */
const KINDS: Readonly<Record<number, SftpFailureKind>> = {
	2: 'missing',
	3: 'denied',
	4: 'refused',
	5: 'badMessage',
	6: 'lost',
	7: 'lost',
	8: 'unsupported',
	10: 'missing',
	12: 'denied',
	14: 'full',
	15: 'full',
};

/** What servers write beside status 4 when a disk or a quota is full. */
const FULL = /no space|disk (?:is )?full|not enough (?:disk )?space|insufficient (?:disk )?space|quota/i;

const FILE_TYPE_MASK = 0o170000;
const KIND_BY_TYPE: Readonly<Record<number, FileKind>> = {
	0o100000: 'file',
	0o040000: 'folder',
	0o120000: 'link',
};

function statusOf(attributes: RawAttributes): FileStatus {
	const { mode, size = 0, mtime = 0 } = attributes;
	// A server that tells no mode is an object store: what has a size there is a file.
	const kind = mode === undefined ? 'file' : (KIND_BY_TYPE[mode & FILE_TYPE_MASK] ?? 'other');
	return { kind, size, mode: mode === undefined ? undefined : mode & 0o7777, modified: mtime };
}

/** Servers that are not OpenSSH promise no more than 32 KiB in one request (SFTP v3, section 3). */
const SAFE_REQUEST = 32_768;
const TYPICAL_OPENSSH_REQUEST = 255 * 1024;

const nowMs = (): number => Math.trunc(performance.now());

/**
 * The raw SFTP object with an end to every request. A request's deadline begins when it is its turn
 * (the server answers in order), so that small requests behind a large upload are not cut off, and
 * one that is never answered is noticed although others go on.
 */
export function openSession(raw: RawSftp, facts: SessionFacts, control: SessionControl): Session {
	const pending = new Map<number, PendingOperation>();
	let nextNumber = 0;
	let closedBecause: string | undefined;
	let timer: NodeJS.Timeout | undefined;

	function lost(reason: string): void {
		if (closedBecause !== undefined) return;
		closedBecause = reason;
		clearTimeout(timer);
		const inFlight = [...pending.values()];
		pending.clear();
		for (const { fail, operation, path } of inFlight) {
			fail(new SftpFailure('lost', operation, path, reason));
		}
	}

	function watch(): void {
		if (timer !== undefined || pending.size === 0 || closedBecause !== undefined) return;
		const oldest = Math.min(...[...pending.values()].map(({ since }) => since));
		timer = setTimeout(check, Math.max(1, oldest + facts.operationTimeoutMs - nowMs()));
	}

	function lateOperation(): PendingOperation | undefined {
		const now = nowMs();
		return [...pending.values()].find(({ since }) => now - since >= facts.operationTimeoutMs);
	}

	function check(): void {
		timer = undefined;
		// When this process itself was busy, the answer may be waiting in the socket: it is read
		// before anybody is called late.
		if (lateOperation() === undefined) watch();
		else setImmediate(giveUpIfLate);
	}

	function giveUpIfLate(): void {
		const late = lateOperation();
		if (late === undefined || closedBecause !== undefined) {
			watch();
			return;
		}
		const seconds = facts.operationTimeoutMs / 1000;
		late.fail(
			new SftpFailure('timeout', late.operation, late.path, `no answer within ${seconds} s`),
		);
		lost(`the server did not answer ${late.operation} within ${seconds} s`);
		control.destroy();
	}

	function settled(number: number): void {
		if (!pending.delete(number)) return;
		const now = nowMs();
		for (const [other, operation] of pending) if (other > number) operation.since = now;
		if (pending.size === 0) {
			clearTimeout(timer);
			timer = undefined;
		}
	}

	function request<Value>(
		operation: string,
		path: string,
		send: (done: Answer<Value>) => void,
	): Promise<Value> {
		return new Promise<Value>((resolve, reject) => {
			if (closedBecause !== undefined) {
				reject(new SftpFailure('lost', operation, path, closedBecause));
				return;
			}
			const number = nextNumber;
			nextNumber += 1;
			pending.set(number, { since: nowMs(), fail: reject, operation, path });
			watch();
			control.gather();
			const done: Answer<Value> = (error, value) => {
				settled(number);
				if (error === undefined || error === null) resolve(value);
				else reject(asFailure(error, operation, path));
			};
			try {
				send(done);
			} catch (error) {
				// The library throws where a server lacks an extension.
				settled(number);
				reject(asFailure(error, operation, path));
			}
		});
	}

	for (const event of ['end', 'close', 'exit'] as const) {
		// Only these tell that the subsystem died while SSH lives on; requests would hang for ever.
		raw.on(event, () => {
			lost('the server ended the SFTP session');
			control.destroy();
		});
	}
	raw.on('error', (error) => {
		lost(`the server broke the SFTP protocol (${messageOf(error)})`);
		control.destroy();
	});

	const extensions = raw._extensions ?? {};
	const inOrder = raw._isOpenSSH === true;
	const size = (offered: number | undefined): number =>
		inOrder
			? (offered ?? TYPICAL_OPENSSH_REQUEST)
			: Math.min(SAFE_REQUEST, offered ?? SAFE_REQUEST);

	async function list(path: string, limit: number): Promise<readonly FolderEntry[]> {
		const handle = await request<Buffer>('list', path, (done) => raw.opendir(path, done));
		const entries: FolderEntry[] = [];
		try {
			while (entries.length < limit) {
				const batch = await request<readonly RawEntry[] | undefined>('list', path, (done) =>
					raw.readdir(handle, (error, value) =>
						codeOf(error) === 1 ? done(undefined, undefined) : done(error, value),
					),
				);
				if (batch === undefined) break;
				for (const { filename, attrs } of batch) {
					if (filename === '.' || filename === '..') continue;
					entries.push({ name: filename, ...statusOf(attrs) });
				}
			}
		} finally {
			// The listing is complete, or has failed for its own reason.
			await request<void>('list', path, (done) => raw.close(handle, done)).catch(() => undefined);
		}
		return entries;
	}

	return {
		endpoint: facts.endpoint,
		hostKeyFingerprint: facts.hostKeyFingerprint,
		hostKeyType: facts.hostKeyType,
		extensions: {
			posixRename: extensions['posix-rename@openssh.com'] === '1',
			fsync: extensions['fsync@openssh.com'] === '1',
			statvfs: extensions['statvfs@openssh.com'] === '2',
		},
		inOrder,
		// The library asks for limits@openssh.com after the session is open.
		get maxWrite() {
			return size(raw._maxWriteLen);
		},
		get maxRead() {
			return size(raw._maxReadLen);
		},
		get closed() {
			return closedBecause !== undefined;
		},
		lost,
		async lstat(path) {
			try {
				return statusOf(await request('look', path, (done) => raw.lstat(path, done)));
			} catch (error) {
				if (error instanceof SftpFailure && error.kind === 'missing') return undefined;
				throw error;
			}
		},
		createExclusive: (path, mode) =>
			request('create', path, (done) => raw.open(path, 'wx', { mode }, done)),
		openForReading: (path) => request('open', path, (done) => raw.open(path, 'r', {}, done)),
		openForWriting: (path) => request('open', path, (done) => raw.open(path, WRITE_ONLY, {}, done)),
		write: (handle, data, position) =>
			request('write', '', (done) =>
				raw.write(handle, asBuffer(data), 0, data.byteLength, position, done),
			),
		async read(handle: FileHandle, length: number, position: number) {
			const target = Buffer.allocUnsafe(length);
			const count = await request<number>('read', '', (done) =>
				raw.read(handle, target, 0, length, position, (error, value) =>
					codeOf(error) === 1 ? done(undefined, 0) : done(error, value ?? 0),
				),
			);
			return target.subarray(0, count);
		},
		fstat: async (handle) => statusOf(await request('look', '', (done) => raw.fstat(handle, done))),
		fsync: (handle) => request('sync', '', (done) => raw.ext_openssh_fsync(handle, done)),
		setMode: (handle, mode) =>
			request('set permissions', '', (done) => raw.fsetstat(handle, { mode }, done)),
		close: (handle) => request('close', '', (done) => raw.close(handle, done)),
		rename: (from, to) => request('rename', to, (done) => raw.rename(from, to, done)),
		replaceByRename: (from, to) =>
			request('rename', to, (done) => raw.ext_openssh_rename(from, to, done)),
		remove: (path) => request('remove', path, (done) => raw.unlink(path, done)),
		makeFolder: (path) => request('create folder', path, (done) => raw.mkdir(path, done)),
		list,
		async freeSpace(path) {
			if (extensions['statvfs@openssh.com'] !== '2') return undefined;
			const vfs = await request<{ f_bavail: number | bigint; f_frsize: number | bigint }>(
				'look',
				path,
				(done) => raw.ext_openssh_statvfs(path, done),
			);
			return Number(vfs.f_bavail) * Number(vfs.f_frsize);
		},
		async end() {
			const alreadyLost = closedBecause !== undefined;
			lost('the connection was closed by this node');
			if (alreadyLost) control.destroy();
			else await control.end();
		},
		destroy(reason) {
			lost(reason);
			control.destroy();
		},
	};
}

function asBuffer(data: Uint8Array): Buffer {
	return Buffer.isBuffer(data) ? data : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

function codeOf(error: unknown): number | undefined {
	if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
	return typeof error.code === 'number' ? error.code : undefined;
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

function asFailure(error: unknown, operation: string, path: string): SftpFailure {
	if (error instanceof SftpFailure) return error;
	const code = codeOf(error);
	const message = messageOf(error);
	if (code !== undefined) {
		const kind = KINDS[code] ?? 'refused';
		return new SftpFailure(kind === 'refused' && FULL.test(message) ? 'full' : kind, operation, path, message);
	}
	if (message.includes('does not support')) {
		return new SftpFailure('unsupported', operation, path, message);
	}
	return new SftpFailure('lost', operation, path, message);
}
