import type { CoreErrorCode } from '../errors';

/** What is wrong with one value; the record and the document are added where they are known. */
export interface Problem {
	readonly code: CoreErrorCode;
	readonly severity: 'error' | 'warning';
	/** Follows "field 'x': ". */
	readonly message: string;
	readonly expected?: string;
	readonly received?: string;
}

export type Note = (problem: Problem) => void;

const SHOWN = 60;

/** A value for a message: on one line, its length bounded. */
export function showValue(value: unknown): string {
	if (typeof value === 'number' || typeof value === 'bigint') return String(value);
	const text = JSON.stringify(value) ?? String(value);
	return text.length > SHOWN ? `${text.slice(0, SHOWN - 1)}…` : text;
}

export function valueProblem(
	code: CoreErrorCode,
	value: unknown,
	message: string,
	expected?: string,
): Problem {
	return {
		code,
		severity: 'error',
		message,
		received: showValue(value),
		...(expected === undefined ? {} : { expected }),
	};
}
