import { randomBytes } from 'node:crypto';
import type { Clock } from './clock.ts';

export interface App {
	readonly clientId: string;
	readonly clientSecret: string;
	/** Exact compares the redirect URL with the registered one; undefined accepts any. */
	readonly redirectUri?: string;
	/** Division scoping at consent; undefined: every division of the user. */
	readonly divisions?: readonly number[];
}

export interface OAuthReply {
	readonly status: number;
	readonly headers: Record<string, string>;
	readonly body: string;
}

interface Code {
	readonly clientId: string;
	readonly redirectUri: string;
	readonly issuedAt: number;
	used: boolean;
}

interface RefreshToken {
	readonly clientId: string;
	readonly issuedAt: number;
	old: boolean;
}

interface AccessToken {
	readonly clientId: string;
	readonly issuedAt: number;
	revoked: boolean;
}

export const ACCESS_TOKEN_MS = 600_000;
export const EARLIEST_REFRESH_MS = 570_000;
const CODE_MS = 3 * 60_000;
/** Announced in 2021 per app and user; sources disagree on whether it still holds. */
const TOKEN_REQUESTS_A_DAY = 200;
const REFRESH_TOKEN_MS = 30 * 24 * 3_600_000;

const json = (status: number, body: unknown, headers: Record<string, string> = {}): OAuthReply => ({
	status,
	headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
	body: JSON.stringify(body),
});

const refuse = (
	status: number,
	error: string,
	description: string,
	headers: Record<string, string> = {},
) => json(status, { error, error_description: description }, headers);

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

/** `10/11/2022 9:18:20 PM`, as in the message about an expired refresh token. */
function usDate(ms: number): string {
	const date = new Date(ms);
	const hours = date.getUTCHours();
	const two = (n: number) => String(n).padStart(2, '0');
	return `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()} ${hours % 12 || 12}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} ${hours < 12 ? 'AM' : 'PM'}`;
}

/** Authorization and tokens for one user of Exact Online. */
export class OAuth {
	private readonly clock: Clock;

	private readonly apps: ReadonlyMap<string, App>;

	private readonly canary: string;

	private readonly codes = new Map<string, Code>();

	private readonly refreshTokens = new Map<string, RefreshToken>();

	/** By app: the refresh token that is good. */
	private readonly newest = new Map<string, RefreshToken>();

	private readonly accessTokens = new Map<string, AccessToken>();

	private readonly lastTokenRequest = new Map<string, number>();

	/** Requests per app and UTC day. */
	private readonly requests = new Map<string, number>();

	/** Everything that must never show up in a log, an output or a file. */
	readonly secrets = new Set<string>();

	/** What the token endpoint answered, oldest first. */
	readonly tokenCalls: { at: number; grant: string; status: number; error?: string }[] = [];

	constructor(apps: readonly App[], clock: Clock, canary: string) {
		this.apps = new Map(apps.map((app) => [app.clientId, app]));
		this.clock = clock;
		this.canary = canary;
		for (const app of apps) this.secrets.add(app.clientSecret);
	}

	app(clientId: string): App | undefined {
		return this.apps.get(clientId);
	}

	private secret(prefix: string, separator = '.'): string {
		const value = `${prefix}${separator}${this.canary}${randomBytes(24).toString('base64url')}`;
		this.secrets.add(value);
		return value;
	}

	authorize(params: URLSearchParams, autoConsent: boolean, self: string): OAuthReply {
		const html = (status: number, title: string, text: string): OAuthReply => ({
			status,
			headers: { 'Content-Type': 'text/html; charset=utf-8' },
			body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body><h1>${title}</h1>${text}</body></html>`,
		});
		const app = this.apps.get(params.get('client_id') ?? '');
		if (app === undefined) {
			return html(401, 'Unauthorized', '<p>The client_id is unknown.</p>');
		}
		const redirectUri = params.get('redirect_uri') ?? '';
		if (!acceptableRedirect(redirectUri, app)) {
			return html(
				401,
				'Unauthorized',
				'<p>The redirect URI is not the registered one, or not HTTPS.</p>',
			);
		}
		if (params.get('response_type') !== 'code') {
			return html(400, 'Bad Request', '<p>response_type must be code.</p>');
		}
		if (autoConsent || params.get('consent') === 'yes') {
			const code = this.secret('stampNL001', '!');
			this.codes.set(code, {
				clientId: app.clientId,
				redirectUri,
				issuedAt: this.clock.now(),
				used: false,
			});
			const target = new URL(redirectUri);
			target.searchParams.set('code', code);
			const state = params.get('state');
			if (state !== null) target.searchParams.set('state', state);
			return { status: 302, headers: { Location: target.href }, body: '' };
		}
		const again = new URLSearchParams(params);
		again.set('consent', 'yes');
		return html(
			200,
			'Exact Online (sandbox)',
			`<p>The app <b>${escapeHtml(app.clientId)}</b> asks for access to your companies.</p><p><a id="allow" href="${escapeHtml(`${self}?${again.toString()}`)}">Allow</a></p>`,
		);
	}

	token(body: URLSearchParams, authorizationHeader: string | undefined): OAuthReply {
		const grant = body.get('grant_type') ?? '';
		const reply = this.answer(grant, body, authorizationHeader);
		const error =
			reply.status === 200 ? undefined : (JSON.parse(reply.body) as { error: string }).error;
		this.tokenCalls.push({
			at: this.clock.now(),
			grant,
			status: reply.status,
			...(error === undefined ? {} : { error }),
		});
		return reply;
	}

	private answer(grant: string, body: URLSearchParams, basic: string | undefined): OAuthReply {
		const clientId = body.get('client_id') ?? '';
		const app = this.apps.get(clientId);
		// Client authentication is in the body in every known client; a Basic header has no source.
		if (basic !== undefined && clientId === '') {
			return refuse(400, 'invalid_client', 'client_id and client_secret are expected in the body');
		}
		if (app === undefined || app.clientSecret !== body.get('client_secret')) {
			return refuse(400, 'invalid_client', 'Client authentication failed.');
		}
		const now = this.clock.now();
		const day = `${clientId} ${new Date(now).toISOString().slice(0, 10)}`;
		const used = (this.requests.get(day) ?? 0) + 1;
		this.requests.set(day, used);
		if (used > TOKEN_REQUESTS_A_DAY) {
			return refuse(429, 'access_denied', 'Rate limit exceeded: too many token requests');
		}
		if (grant === 'authorization_code') {
			const code = this.codes.get(body.get('code') ?? '');
			if (
				code === undefined ||
				code.used ||
				code.clientId !== clientId ||
				code.redirectUri !== body.get('redirect_uri') ||
				now - code.issuedAt > CODE_MS
			) {
				return refuse(400, 'invalid_grant', 'The authorization code is invalid, used or expired.');
			}
			code.used = true;
			return this.issue(clientId);
		}
		if (grant !== 'refresh_token') {
			return refuse(400, 'unsupported_grant_type', `grant_type ${grant} is not supported`);
		}
		const token = this.refreshTokens.get(body.get('refresh_token') ?? '');
		if (token === undefined || token.clientId !== clientId) {
			return refuse(400, 'invalid_request', 'The refresh token is invalid.');
		}
		if (token.old) return refuse(401, 'unauthorized_client', 'Old refresh token used.');
		if (now - token.issuedAt > REFRESH_TOKEN_MS) {
			return refuse(
				400,
				'invalid_request',
				`The refresh token expired at ${usDate(token.issuedAt + REFRESH_TOKEN_MS)} and it is now ${usDate(now)}.`,
			);
		}
		const last = this.lastTokenRequest.get(clientId) ?? 0;
		if (now - last < EARLIEST_REFRESH_MS) {
			return refuse(400, 'access_denied', 'Rate limit exceeded: access_token not expired', {
				Reason: 'TooEarlyToRefreshTokens: Rate limit exceeded: access_token not expired',
			});
		}
		return this.issue(clientId);
	}

	/** Every new refresh token kills all earlier ones of the same app and user. */
	private issue(clientId: string): OAuthReply {
		const now = this.clock.now();
		const before = this.newest.get(clientId);
		if (before !== undefined) before.old = true;
		const access = this.secret('stampNL001.gAAA');
		const refresh = this.secret('stampNL001.rAAA');
		this.accessTokens.set(access, { clientId, issuedAt: now, revoked: false });
		const newest = { clientId, issuedAt: now, old: false };
		this.refreshTokens.set(refresh, newest);
		this.newest.set(clientId, newest);
		this.lastTokenRequest.set(clientId, now);
		return json(200, {
			access_token: access,
			token_type: 'Bearer',
			// A string, as Exact sends it.
			expires_in: String(ACCESS_TOKEN_MS / 1000),
			refresh_token: refresh,
		});
	}

	/** Tokens without the browser, for tests of the client. */
	grant(clientId: string): { accessToken: string; refreshToken: string } {
		const body = JSON.parse(this.issue(clientId).body) as Record<string, string>;
		return { accessToken: body['access_token'] ?? '', refreshToken: body['refresh_token'] ?? '' };
	}

	/** The app behind a token, or why it is refused. */
	check(authorization: string | undefined): { clientId: string } | { refused: string } {
		const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
		if (token === undefined) return { refused: 'no access token' };
		const known = this.accessTokens.get(token);
		if (known === undefined) return { refused: 'invalid access token' };
		if (known.revoked || this.clock.now() - known.issuedAt >= ACCESS_TOKEN_MS) {
			return { refused: 'message expired' };
		}
		return { clientId: known.clientId };
	}

	expireAccessTokens(): void {
		for (const token of this.accessTokens.values()) token.revoked = true;
		// An expired token is older than 570 s, so that it can be refreshed.
		this.lastTokenRequest.clear();
	}

	/** Access tokens end before their time: Exact refuses to refresh them before 570 seconds. */
	endAccessTokensEarly(): void {
		for (const token of this.accessTokens.values()) token.revoked = true;
	}

	/** As if the same app and user had connected somewhere else. */
	useRefreshTokenElsewhere(): void {
		for (const token of this.refreshTokens.values()) token.old = true;
	}
}

/** HTTPS and public on the real service; loopback is accepted here, because that is where a sandbox runs. */
function acceptableRedirect(redirectUri: string, app: App): boolean {
	if (!URL.canParse(redirectUri)) return false;
	if (app.redirectUri !== undefined && app.redirectUri !== redirectUri) return false;
	const { protocol, hostname } = new URL(redirectUri);
	return protocol === 'https:' || /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname);
}
