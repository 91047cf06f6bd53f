/** The part of ssh2-sftp-client that is used: the connection shell. It ships no types. */
declare module 'ssh2-sftp-client' {
	import type { EventEmitter } from 'node:events';
	import type { Socket } from 'node:net';

	interface SshConnection extends EventEmitter {
		_sock?: Socket;
		setNoDelay(noDelay: boolean): unknown;
		end(): unknown;
		destroy(): unknown;
	}
	class SftpClient {
		constructor(
			name: string,
			callbacks: Record<'error' | 'end' | 'close', (detail?: unknown) => void>,
		);
		readonly client: SshConnection;
		connect(config: object): Promise<unknown>;
	}
	export = SftpClient;
}
