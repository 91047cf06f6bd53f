/**
 * The SFTP version 3 protocol (draft-ietf-secsh-filexfer-02) on a real directory, with the habits of
 * OpenSSH's sftp-server: requests are answered strictly in order, errno becomes the same status
 * codes, a plain rename never replaces a file, and the @openssh.com extensions are there.
 */
import { randomUUID } from 'node:crypto';
import { constants, promises as fs } from 'node:fs';
import path from 'node:path';

import {
	DEFAULT_EXTENSIONS,
	encodeStats,
	EXTENDED,
	packet,
	Reader,
	REQUESTS,
	STATUS,
	StatusError,
	statusOf,
	statusPacket,
	text,
	uint32,
	uint64,
} from './sftpPackets.ts';
import type { Attributes } from './sftpPackets.ts';

const OPEN_FLAG = { READ: 1, WRITE: 2, APPEND: 4, CREATE: 8, TRUNCATE: 16, EXCLUSIVE: 32 } as const;

export interface FilesOptions {
	readonly root: string;
	readonly readOnly?: boolean;
	readonly extensions?: Readonly<Record<string, string>>;
	/** Some servers replace the target of a plain rename. */
	readonly renameReplaces?: boolean;
	/** As file systems without hard links: the target is looked at, then renamed over. */
	readonly noHardLinks?: boolean;
	/** Operations that are forbidden, as `sftp-server -P` does it: `RENAME`, `LSTAT`, `READ` … */
	readonly forbidden?: readonly string[];
	/** As a network that forwards each file when it is closed: it is gone from its folder then. */
	readonly takes?: {
		/** Called in place of the partner, with the name the file had. */
		readonly take: (name: string, content: Buffer) => void;
		/** A connection that ends closes its files, too. */
		readonly whenBroken?: boolean;
	};
}

export interface Request {
	/** `OPEN`, `WRITE`, `POSIX_RENAME` … */
	readonly operation: string;
	readonly id: number;
	readonly path: string;
	/** WRITE and READ: where. */
	readonly offset: number;
	/** WRITE: the bytes; a fault may put others in their place. */
	data: Buffer;
	readonly run: () => Promise<Buffer>;
}

interface OpenHandle {
	readonly path: string;
	readonly file?: fs.FileHandle;
	readonly append?: boolean;
	/** Opened for writing. */
	readonly written?: boolean;
	entries?: string[];
}

const exists = (target: string): Promise<boolean> =>
	fs.lstat(target).then(
		() => true,
		() => false,
	);

/** One SFTP session: its handles, and what each request does. */
export class FilesSession {
	private readonly handles = new Map<number, OpenHandle>();
	private nextHandle = 0;
	private readonly options: FilesOptions;

	constructor(options: FilesOptions) {
		this.options = options;
	}

	version(): Buffer {
		const extensions = Object.entries(this.options.extensions ?? DEFAULT_EXTENSIONS);
		const body = Buffer.concat([
			Buffer.from([2]),
			uint32(3),
			...extensions.flatMap(([name, value]) => [text(name), text(value)]),
		]);
		return Buffer.concat([uint32(body.length), body]);
	}

	async closeAll(): Promise<void> {
		for (const handle of this.handles.values()) {
			await handle.file?.close().catch(() => undefined);
			if (this.options.takes?.whenBroken === true) await this.taken(handle);
		}
		this.handles.clear();
	}

	/** The partner takes what was written, where it does so. */
	private async taken({ path: remote, written }: OpenHandle): Promise<void> {
		const { takes } = this.options;
		if (takes === undefined || written !== true) return;
		// Out of the folder in one step, so that it cannot be taken and removed at once.
		const own = path.join(this.options.root, `.taken-${randomUUID()}`);
		const gone = await fs.rename(await this.inside(remote), own).then(
			() => true,
			() => false,
		);
		if (!gone) return;
		takes.take(path.posix.basename(remote), await fs.readFile(own));
		await fs.unlink(own);
	}

	/** Reads a request packet (without its length); `run` executes it and gives the answer packet. */
	read(body: Buffer): Request {
		const type = body[0] ?? 0;
		const reader = new Reader(body, 1);
		const id = reader.uint32();
		let operation = REQUESTS[type] ?? 'UNKNOWN';
		const request = { operation, id, path: '', offset: 0, data: Buffer.alloc(0) };
		const ok = async (work: Promise<unknown>): Promise<Buffer> => {
			await work;
			return statusPacket(id, STATUS.OK);
		};
		const act = (run: () => Promise<Buffer>): Request => {
			const forbidden = this.options.forbidden?.includes(operation) === true;
			const complete: Request = {
				...request,
				run: () =>
					Promise.resolve()
						.then(() => (forbidden ? statusPacket(id, STATUS.PERMISSION_DENIED) : run()))
						.catch((error: unknown) => statusPacket(id, statusOf(error))),
			};
			return complete;
		};
		if (operation === 'EXTENDED') {
			const name = reader.text();
			operation = EXTENDED[name] ?? 'UNKNOWN';
			if ((this.options.extensions ?? DEFAULT_EXTENSIONS)[name] === undefined)
				operation = 'UNKNOWN';
			request.operation = operation;
		}
		switch (operation) {
			case 'OPEN': {
				request.path = reader.text();
				const flags = reader.uint32();
				const attributes = reader.attributes();
				return act(() => this.open(id, request.path, flags, attributes));
			}
			case 'CLOSE': {
				const handle = this.handleOf(reader);
				request.path = handle.path;
				return act(() => ok(this.close(handle)));
			}
			case 'READ': {
				const handle = this.handleOf(reader);
				request.path = handle.path;
				request.offset = reader.uint64();
				const length = Math.min(reader.uint32(), 255 * 1024);
				return act(async () => {
					const { bytesRead, buffer } = await fileOf(handle).read(
						Buffer.alloc(length),
						0,
						length,
						request.offset,
					);
					return bytesRead === 0
						? statusPacket(id, STATUS.EOF)
						: packet(103, id, text(buffer.subarray(0, bytesRead)));
				});
			}
			case 'WRITE': {
				const handle = this.handleOf(reader);
				request.path = handle.path;
				request.offset = reader.uint64();
				request.data = Buffer.from(reader.bytes());
				const write: Request = act(() => ok(writeAll(fileOf(handle), write.data, request.offset)));
				return write;
			}
			case 'LSTAT':
			case 'STAT': {
				request.path = reader.text();
				return act(async () => {
					const target = await this.inside(request.path);
					return packet(
						105,
						id,
						encodeStats(operation === 'STAT' ? await fs.stat(target) : await fs.lstat(target)),
					);
				});
			}
			case 'FSTAT': {
				const handle = this.handleOf(reader);
				request.path = handle.path;
				return act(async () => packet(105, id, encodeStats(await fileOf(handle).stat())));
			}
			case 'SETSTAT': {
				request.path = reader.text();
				const attributes = reader.attributes();
				return act(async () => {
					this.mayWrite();
					const target = await this.inside(request.path);
					if (attributes.mode !== undefined) await fs.chmod(target, attributes.mode);
					if (attributes.size !== undefined) await fs.truncate(target, attributes.size);
					if (attributes.times !== undefined) await fs.utimes(target, ...attributes.times);
					return statusPacket(id, STATUS.OK);
				});
			}
			case 'FSETSTAT': {
				const handle = this.handleOf(reader);
				request.path = handle.path;
				const attributes = reader.attributes();
				return act(async () => {
					this.mayWrite();
					if (attributes.mode !== undefined) await fileOf(handle).chmod(attributes.mode);
					if (attributes.size !== undefined) await fileOf(handle).truncate(attributes.size);
					if (attributes.times !== undefined) await fileOf(handle).utimes(...attributes.times);
					return statusPacket(id, STATUS.OK);
				});
			}
			case 'OPENDIR': {
				request.path = reader.text();
				return act(async () => {
					const target = await this.inside(request.path);
					return this.keep(id, {
						path: request.path,
						entries: ['.', '..', ...(await fs.readdir(target))],
					});
				});
			}
			case 'READDIR': {
				const handle = this.handleOf(reader);
				request.path = handle.path;
				return act(() => this.readDirectory(id, handle));
			}
			case 'REMOVE': {
				request.path = reader.text();
				return act(() => this.changing(request.path, (target) => ok(fs.unlink(target))));
			}
			case 'MKDIR': {
				request.path = reader.text();
				const { mode } = reader.attributes();
				return act(() =>
					this.changing(request.path, (target) => ok(fs.mkdir(target, { mode: mode ?? 0o777 }))),
				);
			}
			case 'RMDIR': {
				request.path = reader.text();
				return act(() => this.changing(request.path, (target) => ok(fs.rmdir(target))));
			}
			case 'REALPATH': {
				request.path = reader.text();
				return act(async () => {
					const absolute = path.posix.normalize(path.posix.join('/', request.path));
					const name = text(absolute.length > 1 ? absolute.replace(/\/$/, '') : absolute);
					return packet(104, id, uint32(1), name, name, uint32(0));
				});
			}
			case 'RENAME':
			case 'POSIX_RENAME':
			case 'HARDLINK': {
				request.path = reader.text();
				const to = reader.text();
				return act(() =>
					this.changing(request.path, async (source) => {
						const target = await this.inside(to);
						if (operation === 'HARDLINK') await fs.link(source, target);
						else await this.rename(source, target, operation === 'POSIX_RENAME');
						return statusPacket(id, STATUS.OK);
					}),
				);
			}
			case 'FSYNC': {
				const handle = this.handleOf(reader);
				request.path = handle.path;
				return act(() => ok(fileOf(handle).sync()));
			}
			case 'STATVFS': {
				request.path = reader.text();
				return act(async () => {
					const vfs = await fs.statfs(await this.inside(request.path));
					const numbers = [
						vfs.bsize,
						vfs.bsize,
						vfs.blocks,
						vfs.bfree,
						vfs.bavail,
						vfs.files,
						vfs.ffree,
						vfs.ffree,
						0,
						0,
						255,
					];
					return packet(201, id, ...numbers.map(uint64));
				});
			}
			default:
				return act(async () => statusPacket(id, STATUS.OP_UNSUPPORTED));
		}
	}

	private mayWrite(): void {
		if (this.options.readOnly === true) throw new StatusError(STATUS.PERMISSION_DENIED);
	}

	private async changing(
		remote: string,
		work: (target: string) => Promise<Buffer>,
	): Promise<Buffer> {
		this.mayWrite();
		return work(await this.inside(remote));
	}

	/** The place on disk; a symbolic link in the way may not lead out of the root. */
	private async inside(remote: string): Promise<string> {
		const target = path.join(this.options.root, path.posix.normalize(path.posix.join('/', remote)));
		const root = await fs.realpath(this.options.root);
		if (path.relative(this.options.root, target) === '') return target;
		const parent = await fs.realpath(path.dirname(target));
		if (parent !== root && !parent.startsWith(root + path.sep))
			throw new StatusError(STATUS.PERMISSION_DENIED);
		return target;
	}

	private handleOf(reader: Reader): OpenHandle {
		const bytes = reader.bytes();
		const handle = bytes.length === 4 ? this.handles.get(bytes.readUInt32BE(0)) : undefined;
		return handle ?? { path: '' };
	}

	private keep(id: number, handle: OpenHandle): Buffer {
		const number = this.nextHandle;
		this.nextHandle += 1;
		this.handles.set(number, handle);
		return packet(102, id, text(uint32(number)));
	}

	private async open(
		id: number,
		remote: string,
		flags: number,
		attributes: Attributes,
	): Promise<Buffer> {
		let bits: number =
			flags & OPEN_FLAG.WRITE
				? flags & OPEN_FLAG.READ
					? constants.O_RDWR
					: constants.O_WRONLY
				: constants.O_RDONLY;
		if (flags & OPEN_FLAG.WRITE) this.mayWrite();
		if (flags & OPEN_FLAG.CREATE) bits |= constants.O_CREAT;
		if (flags & OPEN_FLAG.TRUNCATE) bits |= constants.O_TRUNC;
		if (flags & OPEN_FLAG.EXCLUSIVE) bits |= constants.O_EXCL;
		const file = await fs.open(await this.inside(remote), bits, attributes.mode ?? 0o666);
		return this.keep(id, {
			path: remote,
			file,
			append: (flags & OPEN_FLAG.APPEND) !== 0,
			written: (flags & OPEN_FLAG.WRITE) !== 0,
		});
	}

	private async close(handle: OpenHandle): Promise<void> {
		for (const [number, open] of this.handles) if (open === handle) this.handles.delete(number);
		if (handle.path === '') throw new StatusError(STATUS.NO_SUCH_FILE);
		await handle.file?.close();
		await this.taken(handle);
	}

	private async readDirectory(id: number, handle: OpenHandle): Promise<Buffer> {
		if (handle.entries === undefined) throw new StatusError(STATUS.FAILURE);
		const names = handle.entries.splice(0, 100);
		if (names.length === 0) return statusPacket(id, STATUS.EOF);
		const parts: Buffer[] = [];
		for (const name of names) {
			const stats = await fs
				.lstat(path.join(await this.inside(handle.path), name))
				.catch(() => undefined);
			if (stats !== undefined) parts.push(text(name), text(name), encodeStats(stats));
		}
		return packet(104, id, uint32(parts.length / 3), ...parts);
	}

	/** process_rename: link and unlink, so that nobody's file is replaced. */
	private async rename(source: string, target: string, replace: boolean): Promise<void> {
		const stats = await fs.lstat(source);
		if (replace || this.options.renameReplaces === true) return fs.rename(source, target);
		if (!stats.isFile() || this.options.noHardLinks === true) {
			if (await exists(target)) throw new StatusError(STATUS.FAILURE);
			return fs.rename(source, target);
		}
		await fs.link(source, target);
		await fs.unlink(source);
	}
}

function fileOf(handle: OpenHandle): fs.FileHandle {
	if (handle.file === undefined) throw new StatusError(STATUS.FAILURE);
	return handle.file;
}

async function writeAll(file: fs.FileHandle, data: Buffer, offset: number): Promise<void> {
	let written = 0;
	while (written < data.length) {
		const { bytesWritten } = await file.write(
			data,
			written,
			data.length - written,
			offset + written,
		);
		written += bytesWritten;
	}
}
