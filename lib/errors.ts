import { acksErrorCodes } from './errorCodes/acks';
import { deliveryErrorCodes } from './errorCodes/delivery';
import { documentsErrorCodes } from './errorCodes/documents';
import { edifactErrorCodes } from './errorCodes/edifact';
import { exactErrorCodes } from './errorCodes/exact';
import { flatfileErrorCodes } from './errorCodes/flatfile';
import { guidelineErrorCodes } from './errorCodes/guideline';
import { ledgerErrorCodes } from './errorCodes/ledger';
import { mappingErrorCodes } from './errorCodes/mapping';
import { syntaxErrorCodes } from './errorCodes/syntax';
import { x12ErrorCodes } from './errorCodes/x12';

/** Every code the core can raise. `docs/errors.md` is generated from this table. */
export const ERROR_CODES = {
	...exactErrorCodes,
	...documentsErrorCodes,
	...mappingErrorCodes,
	...syntaxErrorCodes,
	...x12ErrorCodes,
	...edifactErrorCodes,
	...acksErrorCodes,
	...flatfileErrorCodes,
	...guidelineErrorCodes,
	...deliveryErrorCodes,
	...ledgerErrorCodes,
} as const;

export type CoreErrorCode = keyof typeof ERROR_CODES;

export interface CoreErrorDetails {
	/** Where: a document path such as `lines[2].quantity`, an option name, a remote path. */
	readonly path?: string | undefined;
	/** What to do next; defaults to the action of the code's entry. */
	readonly hint?: string | undefined;
	/** What the proof of the failure allows to say to n8n (rate limits, credentials). */
	readonly failure?: CoreFailure | undefined;
	/** Issues of a document, where the error stands for several of them. */
	readonly issues?: readonly Issue[] | undefined;
	readonly cause?: unknown;
}

/** Only what a response proves; the node passes it on as n8n's failure cause. */
export type CoreFailure =
	| { readonly cause: 'rate-limited'; readonly retryAfterMs?: number }
	| { readonly cause: 'quota-exhausted'; readonly resetsAtEpochMs?: number }
	| { readonly cause: 'temporarily-unavailable'; readonly resetsAtEpochMs?: number }
	| { readonly cause: 'credential-invalid' }
	| { readonly cause: 'configuration-invalid' };

/**
 * A failure with a code from `docs/errors.md`. Never holds a token, a password or a private key.
 * Check `code`, not the class: an n8n host may hold several copies of this module.
 */
export class CoreError extends Error {
	override readonly name = 'CoreError';

	readonly code: CoreErrorCode;

	readonly path: string | undefined;

	readonly hint: string;

	readonly failure: CoreFailure | undefined;

	readonly issues: readonly Issue[];

	constructor(code: CoreErrorCode, message: string, details: CoreErrorDetails = {}) {
		super(message, details.cause === undefined ? undefined : { cause: details.cause });
		this.code = code;
		this.path = details.path;
		this.hint = details.hint ?? ERROR_CODES[code].action;
		this.failure = details.failure;
		this.issues = details.issues ?? [];
	}
}

/**
 * A message and what to do about it as one text. A message of one sentence has no full stop of its
 * own, since messages are also listed and put behind a subject; advice is whole sentences.
 */
export function withAdvice(message: string, advice: string): string {
	if (advice === '') return message;
	return `${message}${/[.!?…]$/.test(message) ? '' : '.'} ${advice}`;
}

/**
 * One thing that is wrong with a document, a layout or a file. Validators collect issues instead of
 * stopping at the first; a document with an issue of severity `error` never becomes a file.
 */
export interface Issue {
	readonly code: CoreErrorCode;
	readonly severity: 'error' | 'warning';
	/** Where in the input: `lines[2].quantity`; in a file: `IT1[3].04`. */
	readonly path: string;
	/** What is wrong, naming the document by its number, the field and the fix. */
	readonly message: string;
	readonly expected?: string;
	readonly received?: string;
}
