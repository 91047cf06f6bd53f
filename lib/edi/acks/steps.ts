/**
 * Long work in pieces: a generator that stops after each of them, so that whoever runs it can let
 * other work have its turn. What it yields is how many bytes of the file have been read.
 */
export type Steps<Result> = Generator<number, Result, undefined>;

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
