/** What the client needs from outside. The node gives n8n's helpers, tests give a simulator. */

export interface HttpRequest {
	/** Exact Online is only ever read. */
	readonly method: 'GET';
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
}

export interface HttpResponse {
	readonly status: number;
	readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
	readonly body: string;
}

/** Adds the access token itself; rejects only where no response came. */
export type HttpPort = (request: HttpRequest) => Promise<HttpResponse>;

/** A response whose bytes are not read yet. */
export interface StreamResponse<Body> {
	readonly status: number;
	readonly headers: HttpResponse['headers'];
	readonly body: Body;
}

export interface Clock {
	now(): number;
	sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** What a refused refresh says. Never holds a token. */
export interface RefreshRefusal {
	readonly status?: number;
	/** OAuth error code, `unauthorized_client`. */
	readonly error?: string;
	/** Exact's own words, `Old refresh token used.` */
	readonly description?: string;
	readonly message: string;
}

export type RefreshOutcome = { readonly ok: true } | ({ readonly ok: false } & RefreshRefusal);

export interface TokenPort {
	/** When the stored access token expires (epoch ms); `undefined` when that is not known. */
	expiresAt(): Promise<number | undefined>;
	/** Another text for another token, and nothing of the token itself. */
	mark?(): Promise<string>;
	refresh(): Promise<RefreshOutcome>;
}

export interface LogPort {
	debug(message: string): void;
	info(message: string): void;
	warn(message: string): void;
}

export const SILENT_LOG: LogPort = { debug() {}, info() {}, warn() {} };
