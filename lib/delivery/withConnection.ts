import { CoreError } from '../errors';
import type { Connect, ConnectionKeeper } from './connectionKeeper';
import { keepConnection } from './connectionKeeper';
import { explainFailure } from './failures';
import type { FailedStep } from './failures';
import type { DeliveryPorts, SftpPort } from './ports';
import { cancelled, delayBefore, isRetryable, untilAborted } from './retry';
import type { RetryPolicy } from './retry';

export interface ConnectionOptions {
	readonly connect: Connect;
	readonly retry: RetryPolicy;
	readonly ports: DeliveryPorts;
	readonly signal?: AbortSignal | undefined;
}

/** Runs `work` again on a new connection when the old one broke; the step says what it was doing. */
export async function tryOn<Value>(
	keeper: ConnectionKeeper,
	{ retry, ports, signal }: ConnectionOptions,
	step: FailedStep,
	work: (port: SftpPort) => Promise<Value>,
): Promise<Value> {
	for (let attempt = 1; ; attempt += 1) {
		if (signal?.aborted === true) throw cancelled(`it could ${step.step}`);
		const port = await keeper.current();
		try {
			return await untilAborted(work(port), signal, `it could ${step.step}`);
		} catch (error) {
			const failure = await explainFailure(error, port, step);
			if (!isRetryable(failure) || attempt >= retry.attempts) throw failure;
			await ports.sleep(delayBefore(attempt + 1, retry, ports), signal);
		}
	}
}

/** One connection for the whole of `work`, closed whatever happens. */
export async function withConnection<Value>(
	options: ConnectionOptions,
	work: (keeper: ConnectionKeeper) => Promise<Value>,
): Promise<Value> {
	const keeper = keepConnection(options.connect, options.retry, options.ports, options.signal);
	const onAbort = (): void => keeper.destroy('the execution was cancelled');
	options.signal?.addEventListener('abort', onAbort, { once: true });
	try {
		return await work(keeper);
	} finally {
		options.signal?.removeEventListener('abort', onAbort);
		await keeper.end();
	}
}

export function asCoreError(error: unknown, what: string): CoreError {
	if (error instanceof CoreError) return error;
	const detail = error instanceof Error ? error.message : String(error);
	return new CoreError('DELIVERY_CONNECTION_LOST', `Could not ${what}: ${detail}`, {
		cause: error,
	});
}
