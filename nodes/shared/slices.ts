import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { IExecuteFunctions } from 'n8n-workflow';
import { CoreError } from '../../lib/errors';

/** Well below what a person at the editor, a webhook or a heartbeat of n8n would notice. */
const SLICE_MS = 20;
const PROGRESS_MS = 5_000;
const MEGABYTE = 1_048_576;

/**
 * Work in pieces: between them n8n's event loop has its turn, the run can be stopped, and the log
 * says how far a long file has been read. What a piece yields is how many bytes that is.
 */
export async function inSlices<Result>(
	context: IExecuteFunctions,
	steps: Generator<number | undefined, Result, undefined>,
	fileName = '',
	bytes = 0,
): Promise<Result> {
	const signal = context.getExecutionCancelSignal();
	let since = performance.now();
	let told = since;
	for (;;) {
		const step = steps.next();
		if (step.done === true) return step.value;
		const now = performance.now();
		if (now - since < SLICE_MS) continue;
		if (step.value !== undefined && now - told > PROGRESS_MS) {
			told = now;
			const read = (step.value / MEGABYTE).toFixed(1);
			const all = (bytes / MEGABYTE).toFixed(1);
			context.logger.info(
				`${context.getNode().name}: ${read} of ${all} MB of ${fileName || 'the file'} read`,
			);
		}
		await nextTurn();
		if (signal?.aborted === true) {
			throw new CoreError(
				'ACK_STOPPED',
				`The run was stopped while ${fileName || 'a file'} was read`,
			);
		}
		since = performance.now();
	}
}

export function* sha256Steps(bytes: Uint8Array): Generator<undefined, string, undefined> {
	const hash = createHash('sha256');
	for (let at = 0; at < bytes.length; at += MEGABYTE) {
		hash.update(bytes.subarray(at, at + MEGABYTE));
		yield;
	}
	return hash.digest('hex');
}
