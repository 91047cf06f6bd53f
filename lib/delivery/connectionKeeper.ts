import type { CoreError } from '../errors';
import { CoreError as Failure } from '../errors';
import type { DeliveryPorts, SftpPort } from './ports';
import { cancelled, delayBefore, isRetryable } from './retry';
import type { RetryPolicy } from './retry';

export type Connect = (signal?: AbortSignal) => Promise<SftpPort>;

/** One connection for many transfers; made when it is first needed and again when it broke. */
export interface ConnectionKeeper {
	current(): Promise<SftpPort>;
	/** The key the server proved to have, as soon as it is known. */
	readonly hostKeyFingerprint: string | undefined;
	end(): Promise<void>;
	destroy(reason: string): void;
}

/**
 * A failure to connect that cannot be retried, or was retried often enough, holds for the whole run:
 * five hundred files must not try five hundred logins.
 */
export function keepConnection(
	connect: Connect,
	policy: RetryPolicy,
	ports: DeliveryPorts,
	signal?: AbortSignal,
): ConnectionKeeper {
	let port: SftpPort | undefined;
	let connecting: Promise<SftpPort> | undefined;
	let refusal: CoreError | undefined;
	let fingerprint: string | undefined;

	async function establish(): Promise<SftpPort> {
		for (let attempt = 1; ; attempt += 1) {
			if (signal?.aborted === true) throw cancelled('the connection was made');
			try {
				const made = await connect(signal);
				fingerprint = made.hostKeyFingerprint;
				return made;
			} catch (error) {
				if (!(error instanceof Failure)) throw error;
				if (error.code === 'DELIVERY_CANCELLED') throw error;
				if (!isRetryable(error) || attempt >= policy.attempts) {
					refusal = error;
					throw error;
				}
				await ports.sleep(delayBefore(attempt + 1, policy, ports), signal);
			}
		}
	}

	return {
		async current() {
			if (refusal !== undefined) throw refusal;
			if (port !== undefined && !port.closed) return port;
			connecting ??= establish().finally(() => (connecting = undefined));
			port = await connecting;
			return port;
		},
		get hostKeyFingerprint() {
			return fingerprint;
		},
		async end() {
			// A connection that is still being made is waited for, so that its socket is closed too.
			const made = port ?? (await connecting?.catch(() => undefined));
			await made?.end();
		},
		destroy(reason) {
			port?.destroy(reason);
		},
	};
}
