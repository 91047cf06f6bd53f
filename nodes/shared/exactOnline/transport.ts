import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type {
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';
import type {
	ClientOptions,
	DateEncoding,
	ExactClient,
	HttpPort,
	RefreshOutcome,
	StreamResponse,
	TokenPort,
} from '../../../lib/exact';
import { createClient, createRequestQueue, detectEncoding } from '../../../lib/exact';
import { CoreError } from '../../../lib/errors';
import { passingBytes } from '../passingBytes';
import { refusalsOf } from './refusals';

export type ExactContext = IExecuteFunctions | IPollFunctions | ILoadOptionsFunctions;

export const CREDENTIAL = 'exactOnlineOAuth2Api';

/** Exact asks for one request at a time; all executions of this process share the queue. */
const queue = createRequestQueue();

/** n8n runs polls in its main process and executions in that one or in workers. */
const PROCESSES = 2;

/** Long enough for Exact's slow lists, short enough to notice a dead connection. */
const TIMEOUT = 120_000;

interface FullResponse {
	statusCode: number;
	headers: Record<string, string | string[] | undefined>;
	body: unknown;
}

function httpPort(context: ExactContext): HttpPort {
	return async ({ method, url, headers }) => {
		const options: IHttpRequestOptions = {
			method,
			url,
			headers: { ...headers },
			encoding: 'text',
			returnFullResponse: true,
			// The headers of a 400 or 429 are needed; so the client owns the retry after a 401 too.
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			timeout: TIMEOUT,
		};
		const response = (await context.helpers.httpRequestWithAuthentication.call(
			context,
			CREDENTIAL,
			options,
		)) as FullResponse;
		const { body } = response;
		return {
			status: response.statusCode,
			headers: response.headers,
			body: typeof body === 'string' ? body : JSON.stringify(body ?? ''),
		};
	};
}

/** Bytes that pass through n8n and are never in memory as a whole. */
export async function startDownload(
	context: IExecuteFunctions,
	url: string,
): Promise<StreamResponse<Readable>> {
	const response = (await context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, {
		method: 'GET',
		url,
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		// The token does not follow to another host.
		disableFollowRedirect: true,
	})) as FullResponse;
	const body = response.body as Readable;
	if (response.statusCode !== 200) body.destroy?.();
	return {
		status: response.statusCode,
		headers: response.headers,
		body: Readable.from(passingBytes(body), { objectMode: false }),
	};
}

interface StoredToken {
	n8n_expires_at?: string | number;
	access_token?: string;
	refresh_token?: string;
}

/** What n8n's OAuth client knows of a refusal; its message alone is misleading for Exact's codes. */
function refusalFrom(error: unknown): RefreshOutcome {
	const message = error instanceof Error ? error.message : String(error);
	const body = (error as { body?: { error?: unknown; error_description?: unknown } })?.body;
	return {
		ok: false,
		message,
		...(typeof body?.error === 'string' ? { error: body.error } : {}),
		...(typeof body?.error_description === 'string' ? { description: body.error_description } : {}),
	};
}

function tokenPort(context: ExactContext): TokenPort {
	return {
		async expiresAt() {
			const credential = await context.getCredentials(CREDENTIAL);
			const stored = credential.oauthTokenData as StoredToken | undefined;
			if (stored === undefined) {
				throw new CoreError(
					'EXACT_NOT_CONNECTED',
					'The credential is not connected to Exact Online',
					{ failure: { cause: 'credential-invalid' } },
				);
			}
			const expiresAt = Number(stored.n8n_expires_at);
			return Number.isFinite(expiresAt) && expiresAt > 0 ? expiresAt : undefined;
		},
		async mark() {
			const credential = await context.getCredentials(CREDENTIAL);
			const stored = credential.oauthTokenData as StoredToken | undefined;
			const text = `${stored?.access_token ?? ''} ${stored?.refresh_token ?? ''}`;
			return createHash('sha256').update(text).digest('base64url').slice(0, 16);
		},
		async refresh() {
			try {
				await context.helpers.refreshOAuth2Token.call(context, CREDENTIAL);
				return { ok: true };
			} catch (error) {
				return refusalFrom(error);
			}
		},
	};
}

function baseUrlOf(credential: { region?: unknown; baseUrl?: unknown }): string {
	return credential.region === 'custom'
		? String(credential.baseUrl ?? '')
		: String(credential.region);
}

/** Ends early, and without a throw, when the execution is cancelled: the client says so itself. */
async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
	await sleep(milliseconds, undefined, signal === undefined ? {} : { signal }).catch(() => {});
}

const HOUR = 3_600_000;
const encodings = new Map<string, { readonly at: number; readonly encoding: DateEncoding }>();

/** How Exact writes times: as the user says, else as Exact says, asked once an hour and for free. */
export async function encodingOf(
	client: ExactClient,
	chosen: DateEncoding | 'auto' | undefined,
): Promise<DateEncoding> {
	if (chosen === 'amsterdam' || chosen === 'utc') return chosen;
	const known = encodings.get(client.credentialKey);
	if (known !== undefined && Date.now() - known.at < HOUR) return known.encoding;
	const encoding = await detectEncoding(client);
	encodings.set(client.credentialKey, { at: Date.now(), encoding });
	return encoding;
}

/** A client of the lib on n8n's helpers. */
export async function connect(
	context: ExactContext,
	more: Pick<ClientOptions, 'deadline' | 'onProgress' | 'signal'> = {},
): Promise<ExactClient> {
	const credential = await context.getCredentials(CREDENTIAL);
	const node = context.getNode();
	const baseUrl = baseUrlOf(credential);
	const credentialId = node.credentials?.[CREDENTIAL]?.id ?? node.name;
	return createClient({
		baseUrl,
		http: httpPort(context),
		clock: {
			now: () => Date.now(),
			sleep: pause,
		},
		token: tokenPort(context),
		queue,
		refusals: {
			store: await refusalsOf(context),
			processes: Number(credential.processes ?? PROCESSES) || PROCESSES,
			isManual: context.getMode?.() === 'manual',
		},
		// A credential that is pointed elsewhere has nothing to do with what was refused there.
		credentialKey: `${credentialId}@${baseUrl}`,
		log: context.logger,
		...more,
	});
}
