import type { CoreError } from '../errors';
import { CoreError as Failure } from '../errors';
import type { DeliveryPorts } from './ports';

/**
 * What a second try can mend: the network, a busy server.
 * Never a login or a host key: servers block the address after a few, and a wrong key stays wrong.
 */
const RETRYABLE: ReadonlySet<string> = new Set([
	'DELIVERY_CONNECTION_REFUSED',
	'DELIVERY_CONNECT_TIMEOUT',
	'DELIVERY_CONNECTION_CLOSED',
	// A busy server opens no further channel for a moment.
	'DELIVERY_SUBSYSTEM_REFUSED',
	'DELIVERY_CONNECTION_LOST',
	'DELIVERY_OPERATION_TIMEOUT',
	'DELIVERY_SIZE_MISMATCH',
	'DELIVERY_HASH_MISMATCH',
]);

export function isRetryable(error: CoreError): boolean {
	return RETRYABLE.has(error.code) || error.failure?.cause === 'temporarily-unavailable';
}

export interface RetryPolicy {
	/** Tries in all, the first one included. */
	readonly attempts: number;
	readonly firstDelayMs: number;
	readonly longestDelayMs: number;
}

/** Doubles, with the upper half drawn at random so that parallel runs do not come back together. */
export function delayBefore(attempt: number, policy: RetryPolicy, ports: DeliveryPorts): number {
	const full = Math.min(policy.longestDelayMs, policy.firstDelayMs * 2 ** Math.max(0, attempt - 2));
	return Math.round(full / 2 + ports.random() * (full / 2));
}

export function cancelled(what: string): CoreError {
	return new Failure('DELIVERY_CANCELLED', `The execution was cancelled before ${what}`);
}

/** The promise, or DELIVERY_CANCELLED as soon as the signal is aborted. */
export async function untilAborted<Value>(
	work: Promise<Value>,
	signal: AbortSignal | undefined,
	what: string,
): Promise<Value> {
	if (signal === undefined) return await work;
	let stop: () => void = () => undefined;
	const aborted = new Promise<never>((_resolve, reject) => {
		stop = () => reject(cancelled(what));
	});
	if (signal.aborted) stop();
	signal.addEventListener('abort', stop, { once: true });
	try {
		return await Promise.race([work, aborted]);
	} finally {
		signal.removeEventListener('abort', stop);
	}
}
