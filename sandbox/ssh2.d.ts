/** The part of ssh2 that the sandbox and its tests use; the package ships no types. */
declare module 'ssh2' {
	import type { EventEmitter } from 'node:events';
	import type { AddressInfo, Socket } from 'node:net';
	import type { Duplex } from 'node:stream';

	namespace ssh2 {
		interface AuthContext {
			readonly username: string;
			readonly method: string;
			readonly password: string;
			readonly key: { readonly algo: string; readonly data: Buffer };
			readonly signature?: Buffer;
			readonly blob?: Buffer;
			readonly hashAlgo?: string;
			/** Only for `keyboard-interactive`. */
			prompt(
				prompts: readonly { readonly prompt: string; readonly echo: boolean }[],
				answered: (answers: readonly string[]) => void,
			): void;
			accept(): void;
			reject(methods?: readonly string[], partial?: boolean): void;
		}
		interface ServerChannel extends Duplex {
			exit(code: number): void;
			close(): void;
		}
		interface Session extends EventEmitter {
			on(
				event: 'subsystem',
				listener: (
					accept: () => ServerChannel,
					reject: () => void,
					info: { readonly name: string },
				) => void,
			): this;
		}
		interface ServerConnection extends EventEmitter {
			readonly _sock: Socket;
			on(event: 'error', listener: (error: Error) => void): this;
			on(event: 'authentication', listener: (context: AuthContext) => void): this;
			on(event: 'session', listener: (accept: () => Session) => void): this;
			rekey(callback?: (error?: Error) => void): void;
		}
		class Server extends EventEmitter {
			constructor(options: object, listener: (client: ServerConnection) => void);
			listen(port: number, host: string, callback: () => void): this;
			address(): AddressInfo;
			close(callback?: () => void): this;
		}
		const utils: {
			parseKey(key: string | Buffer, passphrase?: string): unknown;
			generateKeyPairSync(
				type: string,
				options?: object,
			): { readonly private: string; readonly public: string };
		};
	}
	export = ssh2;
}
