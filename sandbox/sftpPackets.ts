/** Packets of SFTP version 3 (draft-ietf-secsh-filexfer-02), as sftp-server reads and writes them. */
import type { Stats } from 'node:fs';

export const STATUS = {
	OK: 0,
	EOF: 1,
	NO_SUCH_FILE: 2,
	PERMISSION_DENIED: 3,
	FAILURE: 4,
	BAD_MESSAGE: 5,
	OP_UNSUPPORTED: 8,
} as const;

const MESSAGES: Readonly<Record<number, string>> = {
	0: 'Success',
	1: 'End of file',
	2: 'No such file',
	3: 'Permission denied',
	4: 'Failure',
	5: 'Bad message',
	8: 'Operation unsupported',
};

export const REQUESTS: Readonly<Record<number, string>> = {
	3: 'OPEN',
	4: 'CLOSE',
	5: 'READ',
	6: 'WRITE',
	7: 'LSTAT',
	8: 'FSTAT',
	9: 'SETSTAT',
	10: 'FSETSTAT',
	11: 'OPENDIR',
	12: 'READDIR',
	13: 'REMOVE',
	14: 'MKDIR',
	15: 'RMDIR',
	16: 'REALPATH',
	17: 'STAT',
	18: 'RENAME',
	19: 'READLINK',
	20: 'SYMLINK',
	200: 'EXTENDED',
};

export const EXTENDED: Readonly<Record<string, string>> = {
	'posix-rename@openssh.com': 'POSIX_RENAME',
	'fsync@openssh.com': 'FSYNC',
	'statvfs@openssh.com': 'STATVFS',
	'hardlink@openssh.com': 'HARDLINK',
};

export const DEFAULT_EXTENSIONS: Readonly<Record<string, string>> = {
	'posix-rename@openssh.com': '1',
	'statvfs@openssh.com': '2',
	'hardlink@openssh.com': '1',
	'fsync@openssh.com': '1',
};

export interface Attributes {
	mode?: number;
	size?: number;
	times?: [number, number];
}

export class StatusError extends Error {
	readonly status: number;

	constructor(status: number) {
		super(MESSAGES[status]);
		this.status = status;
	}
}

/** The packet cannot be read: sftp-server ends the session over it. */
export class ProtocolError extends Error {}

/** errno_to_portable of OpenSSH's sftp-server.c */
export function statusOf(error: unknown): number {
	if (error instanceof StatusError) return error.status;
	switch ((error as NodeJS.ErrnoException).code) {
		case 'ENOENT':
		case 'ENOTDIR':
		case 'EBADF':
		case 'ELOOP':
			return STATUS.NO_SUCH_FILE;
		case 'EPERM':
		case 'EACCES':
		case 'EFAULT':
			return STATUS.PERMISSION_DENIED;
		case 'ENAMETOOLONG':
		case 'EINVAL':
			return STATUS.BAD_MESSAGE;
		case 'ENOSYS':
			return STATUS.OP_UNSUPPORTED;
		default:
			return STATUS.FAILURE;
	}
}

export class Reader {
	private position: number;
	private readonly buffer: Buffer;

	constructor(buffer: Buffer, position: number) {
		this.buffer = buffer;
		this.position = position;
	}

	uint32(): number {
		if (this.position + 4 > this.buffer.length) throw new ProtocolError('short packet');
		const value = this.buffer.readUInt32BE(this.position);
		this.position += 4;
		return value;
	}

	uint64(): number {
		const high = this.uint32();
		return high * 2 ** 32 + this.uint32();
	}

	bytes(): Buffer {
		const length = this.uint32();
		if (this.position + length > this.buffer.length) throw new ProtocolError('short packet');
		const value = this.buffer.subarray(this.position, this.position + length);
		this.position += length;
		return value;
	}

	text(): string {
		const value = this.bytes();
		// sshbuf_get_cstring refuses an embedded NUL; sftp-server then ends the session.
		if (value.includes(0)) throw new ProtocolError('NUL in a string');
		return value.toString('utf8');
	}

	attributes(): Attributes {
		const flags = this.uint32();
		const attributes: Attributes = {};
		if (flags & 1) attributes.size = this.uint64();
		if (flags & 2) {
			this.uint32();
			this.uint32();
		}
		if (flags & 4) attributes.mode = this.uint32() & 0o7777;
		if (flags & 8) attributes.times = [this.uint32(), this.uint32()];
		return attributes;
	}
}

export const uint32 = (value: number): Buffer => {
	const buffer = Buffer.alloc(4);
	buffer.writeUInt32BE(value >>> 0);
	return buffer;
};

export const uint64 = (value: number): Buffer => {
	const buffer = Buffer.alloc(8);
	buffer.writeBigUInt64BE(BigInt(Math.trunc(value)));
	return buffer;
};

export const text = (value: string | Buffer): Buffer => {
	const bytes = Buffer.isBuffer(value) ? value : Buffer.from(value, 'utf8');
	return Buffer.concat([uint32(bytes.length), bytes]);
};

export function packet(type: number, id: number, ...parts: Buffer[]): Buffer {
	const body = Buffer.concat([Buffer.from([type]), uint32(id), ...parts]);
	return Buffer.concat([uint32(body.length), body]);
}

export function statusPacket(id: number, status: number): Buffer {
	return packet(101, id, uint32(status), text(MESSAGES[status] ?? 'Failure'), text('en'));
}

export const encodeStats = (stats: Stats): Buffer =>
	Buffer.concat([
		uint32(1 | 2 | 4 | 8),
		uint64(stats.size),
		uint32(stats.uid),
		uint32(stats.gid),
		uint32(stats.mode),
		uint32(stats.atimeMs / 1000),
		uint32(stats.mtimeMs / 1000),
	]);
