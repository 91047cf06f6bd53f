import type { INode, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { CoreError, Issue } from '../../lib/errors';
import { ERROR_CODES, withAdvice } from '../../lib/errors';

/** By code, not by class: n8n isolates community packages, so two copies of the core may meet. */
export function isCoreError(error: unknown): error is CoreError {
	return (
		error instanceof Error &&
		'code' in error &&
		typeof error.code === 'string' &&
		error.code in ERROR_CODES
	);
}

const ISSUES_SHOWN = 5;

/** The first issues as a list for an error's description; the rest as a count. */
export function describeIssues(issues: readonly Issue[]): string {
	const shown = issues.slice(0, ISSUES_SHOWN).map((issue) => `• ${issue.message}`);
	const more = issues.length - shown.length;
	return [...shown, ...(more > 0 ? [`… and ${more} more`] : [])].join('\n');
}

/**
 * The error n8n shows: what happened as message, what to do next as description. A failure cause is
 * declared only where the response proved one.
 */
export function toNodeError(node: INode, error: unknown, itemIndex?: number): Error {
	const position = itemIndex === undefined ? {} : { itemIndex };
	if (error instanceof NodeOperationError || error instanceof NodeApiError) return error;
	if (!isCoreError(error)) {
		return new NodeOperationError(node, error instanceof Error ? error : String(error), position);
	}
	const description = [describeIssues(error.issues), error.hint].filter(Boolean).join('\n');
	const options = {
		...position,
		message: error.message,
		description,
		...(error.failure === undefined ? {} : { failure: error.failure }),
	};
	if (error.failure !== undefined) {
		const response = { message: error.message, code: error.code } satisfies JsonObject;
		return new NodeApiError(
			node,
			response,
			options as ConstructorParameters<typeof NodeApiError>[2],
		);
	}
	return new NodeOperationError(node, error, options);
}

/** The same failure as an issue, for items that leave the node although something went wrong. */
export function toIssue(
	error: unknown,
): Issue | { code: string; severity: 'error'; path: string; message: string } {
	if (isCoreError(error)) {
		return {
			code: error.code,
			severity: 'error',
			path: error.path ?? '',
			message: withAdvice(error.message, error.hint),
		};
	}
	const description =
		error instanceof NodeOperationError || error instanceof NodeApiError ? error.description : '';
	const message = error instanceof Error ? error.message : String(error);
	return {
		code: 'UNEXPECTED',
		severity: 'error',
		path: '',
		message: withAdvice(message, description ?? ''),
	};
}

/** All issues a failure stands for. */
export function toIssues(error: unknown): object[] {
	if (isCoreError(error) && error.issues.length > 0) return [...error.issues];
	return [toIssue(error)];
}
