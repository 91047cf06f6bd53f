import { CoreError } from '../errors';
import { pageFrom, parseBody } from './decode';
import { header, quotaFrom } from './limits';
import type { HttpResponse, RefreshRefusal } from './ports';

/** Never more of a foreign text than a person reads, and nothing that looks like a token. */
export function quoted(text: string): string {
	const plain = text
		.replace(/\bBearer\s+\S+/gi, 'Bearer …')
		.replace(/\b(access_token|refresh_token|client_secret|code)=[^&\s"]+/gi, '$1=…')
		.replace(/[A-Za-z0-9+/_.~!-]{80,}=*/g, '…')
		.replace(/\s+/g, ' ')
		.trim();
	return plain.length > 300 ? `${plain.slice(0, 300)}…` : plain;
}

/** Exact's own words: `{"error":{"message":{"value":"…"}}}`. */
export function exactMessage(response: HttpResponse): string | undefined {
	try {
		const parsed = parseBody(response.body) as { error?: { message?: { value?: unknown } } };
		const value = parsed?.error?.message?.value;
		return typeof value === 'string' && value.trim() !== '' ? quoted(value) : undefined;
	} catch (error) {
		// Gateways answer in HTML: then there are no words of Exact to quote.
		if (error instanceof SyntaxError) return undefined;
		throw error;
	}
}

export function isHtml(response: HttpResponse): boolean {
	return (
		(header(response, 'Content-Type') ?? '').includes('text/html') ||
		/^\s*<(?:!doctype|html)/i.test(response.body)
	);
}

/** A 200 that holds no readable answer: HTML of a gateway, or a body that was cut off. */
export function isUnreadable(response: HttpResponse): boolean {
	if (isHtml(response)) return true;
	try {
		return pageFrom(parseBody(response.body)) === undefined;
	} catch (error) {
		if (error instanceof SyntaxError) return true;
		throw error;
	}
}

const TRANSIENT = new Set([408, 500, 502, 503, 504, 599]);

export function isTransient(status: number): boolean {
	return TRANSIENT.has(status) || (status >= 500 && status <= 599);
}

/** What Exact counts: more than 10 of them in an hour block the key for the endpoint. */
export const COUNTED = new Set([400, 401, 403, 404]);

const saysLimit = (response: HttpResponse) =>
	/API rate limit exceeded/i.test(exactMessage(response) ?? response.body);

/**
 * A blocked key is reported as 403 with its name as the reason, and as a 429 in words of its own:
 * then no limit of calls is used up.
 */
export function isBlock(response: HttpResponse): boolean {
	if (response.status === 403) return (header(response, 'Reason') ?? '').includes('BlockedApiKey');
	if (response.status !== 429 || !saysLimit(response)) return false;
	const quota = quotaFrom(response);
	return quota.remaining !== 0 && quota.minutelyRemaining !== 0;
}

export function blockedKey(response: HttpResponse, what: string, division: string): CoreError {
	const said = header(response, 'Reason') ?? exactMessage(response) ?? '';
	return new CoreError(
		'EXACT_KEY_BLOCKED',
		`Exact has blocked the key for ${what} in division ${division}: ${quoted(said)}`,
		{ failure: { cause: 'rate-limited', retryAfterMs: 3_600_000 } },
	);
}

const BLOCKED: Readonly<Record<string, string>> = {
	BlockedUser: 'The user is blocked in Exact Online.',
	InactiveUser: 'The user is not active in Exact Online.',
	BlockedCustomer: 'Exact has blocked the customer account.',
	LicenseExpired: 'The license of Exact Online has expired.',
};

function forbidden(response: HttpResponse, what: string, division: string): CoreError {
	const reason = header(response, 'Reason') ?? '';
	const said = exactMessage(response);
	const known = Object.keys(BLOCKED).find((key) => reason.includes(key));
	if (known !== undefined) {
		return new CoreError('EXACT_ACCOUNT_BLOCKED', `${BLOCKED[known]} (${known})`, {
			failure: { cause: 'credential-invalid' },
		});
	}
	if (reason.includes('DivisionBlocked')) {
		return new CoreError('EXACT_DIVISION_INACTIVE', `Division ${division} is blocked`, {
			failure: { cause: 'configuration-invalid' },
		});
	}
	if (reason.includes('NoDivisionAccess') || /division scope/i.test(said ?? response.body)) {
		return new CoreError(
			'EXACT_DIVISION_SCOPE',
			`The app or the user has no access to division ${division}`,
			{ path: 'division', failure: { cause: 'configuration-invalid' } },
		);
	}
	return new CoreError(
		'EXACT_FORBIDDEN',
		`Exact refuses access to ${what} in division ${division}${said ? `: ${said}` : '.'}`,
		{ failure: { cause: 'configuration-invalid' } },
	);
}

function refused(response: HttpResponse, what: string): CoreError {
	const said = exactMessage(response) ?? 'no reason given';
	if (/mandatory filtering/i.test(said)) {
		return new CoreError(
			'EXACT_MANDATORY_FILTER',
			`Exact reads ${what} only with a filter: ${said}`,
			{ path: 'filters', failure: { cause: 'configuration-invalid' } },
		);
	}
	return new CoreError('EXACT_REQUEST_REFUSED', `Exact refuses the request for ${what}: ${said}`, {
		path: 'filters',
		failure: { cause: 'configuration-invalid' },
	});
}

/** A status that is not retried, in the words of who has to act. `what` is the resource's path. */
export function failureOf(response: HttpResponse, what: string, division: string): CoreError {
	switch (response.status) {
		case 400:
			return refused(response, what);
		case 401:
			return new CoreError(
				'EXACT_TOKEN_REJECTED',
				`Exact does not accept the access token for ${what}, although it was just refreshed`,
				{ failure: { cause: 'credential-invalid' } },
			);
		case 403:
			return forbidden(response, what, division);
		case 404:
			return new CoreError(
				'EXACT_NOT_AVAILABLE',
				`Exact does not know ${what} in division ${division}`,
				{ failure: { cause: 'configuration-invalid' } },
			);
		default:
			return isTransient(response.status)
				? new CoreError(
						'EXACT_UNAVAILABLE',
						`Exact Online answered ${response.status} for ${what}, also when asked again`,
						{ failure: { cause: 'temporarily-unavailable' } },
					)
				: new CoreError(
						'EXACT_RESPONSE_INVALID',
						`Exact Online answered ${response.status} for ${what}`,
					);
	}
}

/** Exact refuses a refresh before 570 seconds: the current token is then still good. */
export function isTooEarly(refusal: RefreshRefusal): boolean {
	return /not expired|TooEarly/i.test(`${refusal.description ?? ''} ${refusal.message}`);
}

/** The same event has other codes in other answers (`unauthorized_client`, `invalid_request`). */
export function refreshFailure(refusal: RefreshRefusal): CoreError {
	const words = `${refusal.description ?? ''} ${refusal.message}`;
	const invalid = { failure: { cause: 'credential-invalid' } } as const;
	if (/old refresh token/i.test(words)) {
		return new CoreError(
			'EXACT_REFRESH_TOKEN_USED',
			'The connection to Exact Online is broken: its refresh token was used before',
			invalid,
		);
	}
	if (/refresh token expired/i.test(words)) {
		return new CoreError(
			'EXACT_REFRESH_TOKEN_EXPIRED',
			'The connection to Exact Online has expired: it was not used for 30 days',
			invalid,
		);
	}
	if (refusal.error === 'invalid_client' || /client[_ ](?:id|secret)/i.test(words)) {
		return new CoreError(
			'EXACT_CLIENT_REJECTED',
			'Exact Online does not accept the Client ID or the Client Secret',
			invalid,
		);
	}
	const dead =
		refusal.error === 'invalid_grant' ||
		refusal.error === 'unauthorized_client' ||
		/reconnect/i.test(words);
	const said = quoted(refusal.description ?? refusal.message);
	return new CoreError(
		'EXACT_TOKEN_REFRESH_FAILED',
		`The access token could not be refreshed: ${said}`,
		dead ? invalid : {},
	);
}
