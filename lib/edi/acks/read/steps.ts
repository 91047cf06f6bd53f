/**
 * Long work in pieces: a generator that stops after each of them, so that whoever runs it can let
 * other work have its turn. While a file is read it yields how many bytes have been.
 */
export type Steps<Result> = Generator<number | undefined, Result, undefined>;

/** Read between two stops. */
export const FILE_STEP_BYTES = 16_384;

/** Sets, messages or segments dealt with between two stops. */
export const RECORDS_PER_STEP = 1_000;

/** Without stops, for what is known to be small. */
export function runSteps<Result>(steps: Steps<Result>): Result {
	for (;;) {
		const step = steps.next();
		if (step.done === true) return step.value;
	}
}
