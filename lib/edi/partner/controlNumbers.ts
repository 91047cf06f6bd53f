import { CoreError } from '../../errors';

/**
 * Interchange and group control numbers. A number is unique per sender and receiver as long as the
 * execution ids of the n8n database are: (execution id mod 1,000,000) x 1,000 + ordinal. Workers
 * that run at the same time have different execution ids, so they need no common counter.
 */

/** ISA13 has 9 digits, GS06 1 to 9. */
export const MAX_CONTROL_NUMBER = 999_999_999;
export const NUMBERS_PER_EXECUTION = 999;
const EXECUTIONS_PER_ROUND = 1_000_000n;

export interface ExecutionNumbers {
	/** n8n's execution id: a database sequence, unique over all workers. */
	readonly executionId: string;
	/** How many numbers of this execution are used; kept in the execution's flow context. */
	readonly used: number;
	/** Added to the execution id, so that a moved database does not repeat old numbers. */
	readonly offset: number;
}

export interface TakenNumbers {
	readonly numbers: readonly number[];
	/** To keep for the next call of the same execution. */
	readonly used: number;
}

/** The next `count` numbers of an execution. */
export function takeExecutionNumbers(state: ExecutionNumbers, count: number): TakenNumbers {
	if (!/^\d+$/.test(state.executionId)) {
		throw new CoreError(
			'SYNTAX_CONTROL_NUMBER_EXECUTION_ID',
			`Control numbers cannot be made from the execution id "${state.executionId}": it is not a number`,
			{ path: 'controlNumberSource' },
		);
	}
	if (!Number.isSafeInteger(state.offset) || state.offset < 0) {
		throw new CoreError(
			'SYNTAX_CONTROL_NUMBER_INVALID',
			`The control number offset "${state.offset}" is not a whole number of 0 or more`,
			{ path: 'controlNumberOffset' },
		);
	}
	const used = state.used + count;
	if (used > NUMBERS_PER_EXECUTION) {
		throw new CoreError(
			'SYNTAX_CONTROL_NUMBER_EXHAUSTED',
			`This execution needs ${used} control numbers; there are ${NUMBERS_PER_EXECUTION} for one execution`,
			{ path: 'controlNumberSource' },
		);
	}
	const round = (BigInt(state.executionId) + BigInt(state.offset)) % EXECUTIONS_PER_ROUND;
	const base = Number(round) * 1_000;
	const numbers = Array.from({ length: count }, (_, index) => base + state.used + index + 1);
	return { numbers, used };
}

/** ISA13: always 9 digits. */
export function formatInterchangeControlNumber(number: number): string {
	return String(number).padStart(9, '0');
}

/**
 * Numbers that come from outside, such as a database sequence: one number, a list, or a text with
 * commas. The first is the interchange's and its first group's, further ones are of further groups.
 */
export function readControlNumbers(input: unknown, subject: string): readonly number[] {
	const parts = Array.isArray(input)
		? (input as unknown[])
		: typeof input === 'string'
			? input.split(',')
			: [input];
	const numbers = parts.map((part) => readControlNumber(part, subject));
	const repeated = numbers.find((number, index) => numbers.indexOf(number) !== index);
	if (repeated !== undefined) throw repeatedNumber(repeated, subject);
	return numbers;
}

function readControlNumber(input: unknown, subject: string): number {
	const text = typeof input === 'number' ? String(input) : input;
	const digits = typeof text === 'string' ? text.trim() : '';
	const number = /^\d{1,9}$/.test(digits) ? Number(digits) : 0;
	if (number < 1) {
		throw new CoreError(
			'SYNTAX_CONTROL_NUMBER_INVALID',
			`The control number for ${subject} is "${String(input ?? '')}"; it must be a whole number from 1 to ${MAX_CONTROL_NUMBER}`,
			{ path: 'controlNumber' },
		);
	}
	return number;
}

export function repeatedNumber(number: number, subject: string): CoreError {
	return new CoreError(
		'SYNTAX_CONTROL_NUMBER_REPEATED',
		`The control number ${number} for ${subject} is used twice in this run`,
		{ path: 'controlNumber' },
	);
}
