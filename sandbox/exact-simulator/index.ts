import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClock } from './clock.ts';
import type { AdjustableClock, Clock } from './clock.ts';
import { Company, readCompany } from './company.ts';
import type { CompanyRows } from './company.ts';
import { Faults, GATEWAY_PAGE } from './faults.ts';
import type { Fault } from './faults.ts';
import { Journal } from './journal.ts';
import { Limits, REAL_LIMITS } from './limits.ts';
import { OAuth } from './oauth.ts';
import { errorBody, Refusal } from './reply.ts';
import { answerMe, answerResource, ATTACHMENT_PATH } from './service.ts';
import type { Answer, ServiceSettings } from './service.ts';
import { SANDBOX_APP } from './simulator.ts';
import type {
	ExactSimulator,
	SimulatorControls,
	SimulatorOptions,
	SimulatorRequest,
} from './simulator.ts';
import type { DateEncoding } from './wire.ts';

export { createClock, type AdjustableClock, type Clock } from './clock.ts';
export { readCompany, type CompanyRows, type EditOptions } from './company.ts';
export { ENTITIES } from './entities.ts';
export type { Fault } from './faults.ts';
export { VIOLATION_KINDS, type Call, type Violation, type ViolationKind } from './journal.ts';
export type { App } from './oauth.ts';
export {
	SANDBOX_APP,
	type ExactSimulator,
	type SimulatorControls,
	type SimulatorOptions,
} from './simulator.ts';
export { amsterdamOffset, type PlainRow } from './wire.ts';

const HOUR = 3_600_000;

function companiesOf(options: SimulatorOptions, clock: Clock, dates: DateEncoding) {
	const sources = Array.isArray(options.data) ? options.data : [options.data];
	const companies = new Map<number, Company>();
	for (const source of sources as (string | CompanyRows)[]) {
		const rows = typeof source === 'string' ? readCompany(source) : source;
		const company = new Company(rows, clock, dates);
		companies.set(company.code, company);
	}
	const first = [...companies.values()][0];
	if (first === undefined) throw new Error('the simulator needs at least one ledger');
	for (let i = 1; i <= (options.extraDivisions ?? 0); i += 1) {
		const division = {
			...first.division,
			Code: 1_000_000 + i,
			Description: `Empty company ${i}`,
			IsMainDivision: false,
			Hid: String(1_000_000 + i),
		};
		companies.set(division.Code, new Company({ division: [division] }, clock, dates));
	}
	return { companies, first };
}

async function readBody(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8');
}

interface Reply {
	status: number;
	headers: Record<string, string>;
	body: string;
}

interface CallContext {
	endpoint: string;
	division: number | undefined;
	clientId?: string;
	metered: boolean;
}

const CHUNK = Buffer.from('%PDF-1.7 made up '.repeat(4_096));

/** A file of that size, made as it is sent. */
function* attachmentBytes(size: number): Generator<Buffer> {
	for (let left = size; left > 0; left -= CHUNK.length) {
		yield left >= CHUNK.length ? CHUNK : CHUNK.subarray(0, left);
	}
}

/** A strict stand-in for Exact Online on 127.0.0.1, by the rules of its documentation. */
export async function startExactSimulator(options: SimulatorOptions): Promise<ExactSimulator> {
	const clock: Clock = options.clock ?? (createClock() as AdjustableClock);
	const dates = options.dates ?? 'amsterdam';
	const { companies, first } = companiesOf(options, clock, dates);
	const apps = options.apps ?? [SANDBOX_APP];
	const oauth = new OAuth(apps, clock, options.canary ?? '');
	const limits = new Limits(clock, { ...REAL_LIMITS, ...options.limits });
	const faults = new Faults();
	const journal = new Journal();
	const left = new Map<number, string>();
	const inFlight = new Map<string, number>();
	const refusedRequests = new Map<
		string,
		{ status: number; at: number; token: string | undefined }
	>();
	const toldExhausted = new Map<string, number>();
	/** By list: the revision of the company at which each of its following pages was read. */
	const pagesRead = new Map<string, Map<string, number>>();
	const longestUrl = options.longestUrl ?? 6000;

	const outOfScope = new Set<number>();
	const inScope = (clientId: string, code: number) =>
		!outOfScope.has(code) && (oauth.app(clientId)?.divisions?.includes(code) ?? true);

	const settings: ServiceSettings = {
		clock,
		dates,
		rules: { filterNodeLimit: options.filterNodeLimit ?? 100, pageSize: options.pageSize },
		user: {
			userId: '5a1d0b0e-0000-4000-8000-00000000d0e5',
			fullName: 'Sandbox User',
			userName: 'sandbox.user',
			email: 'sandbox.user@example.com',
			currentDivision: first.code,
		},
		noRights: new Set(options.noRights),
		missingModules: new Set(options.missingModules),
		missingFields: options.missingFields ?? {},
		floatNoise: options.floatNoise ?? false,
		isoDateEndpoints: new Set(options.isoDateEndpoints),
		divisionsOf: (clientId) =>
			[...companies.values()].filter(
				(company) => !left.has(company.code) && inScope(clientId, company.code),
			),
	};

	let origin = '';
	/** Where Exact believes that it is reached: `__next` and `Url` point there. */
	let publicOrigin = '';

	function unauthorized(reason: string): Refusal {
		return new Refusal(401, 'Unauthorized', {
			headers: {
				'WWW-Authenticate': `Bearer error="invalid_token", error_description="${encodeURIComponent(reason)}"`,
			},
		});
	}

	/** The rules between the door and the resource; returns the answer or throws a refusal. */
	function answer(request: SimulatorRequest, url: URL, context: CallContext): Answer {
		const accept = request.headers.accept;
		if (request.url.length > longestUrl) {
			throw new Refusal(414, 'URI Too Long', {
				headers: { 'Content-Type': 'text/html' },
				body: '<html><head><title>414</title></head><body>The request URI is too long.</body></html>',
			});
		}
		if (request.method !== 'GET') {
			journal.note('otherVerb', clock.now(), `${request.method} ${url.pathname}`);
			throw new Refusal(405, 'Method Not Allowed', { headers: { Allow: 'GET' } });
		}
		const credential = oauth.check(request.headers.authorization);
		if ('refused' in credential) throw unauthorized(credential.refused);
		context.clientId = credential.clientId;
		const serviceRequest = {
			origin: publicOrigin,
			pathname: url.pathname,
			params: url.searchParams,
			accept,
			clientId: credential.clientId,
		};
		if (context.endpoint === 'current/Me') return answerMe(serviceRequest, settings);
		if (context.division === undefined) throw new Refusal(404, 'Not Found');
		const company = companies.get(context.division);
		const reason = left.get(context.division);
		if (company === undefined || reason !== undefined) {
			throw new Refusal(403, 'Forbidden', { headers: { Reason: reason ?? 'NoDivisionAccess' } });
		}
		if (!inScope(credential.clientId, context.division)) {
			throw new Refusal(403, 'Forbidden - User division is not within division scope');
		}
		const quotaKey = `${credential.clientId}/${context.division}`;
		if (limits.isBlocked(`${quotaKey}/${context.endpoint}`)) {
			throw options.blockAnswer === 429
				? new Refusal(429, 'API rate limit exceeded')
				: new Refusal(403, 'Forbidden', { headers: { Reason: 'BlockedApiKey' } });
		}
		if ((toldExhausted.get(quotaKey) ?? 0) > clock.now()) {
			journal.note('callWhileLimited', clock.now(), `${quotaKey} ${context.endpoint}`);
		}
		const exhausted = limits.take(quotaKey);
		if (exhausted) {
			throw new Refusal(429, 'Too Many Requests');
		}
		context.metered = true;
		const isList =
			!url.searchParams.has('$select') &&
			url.searchParams.get('$top') !== '1' &&
			!context.endpoint.includes('(') &&
			!/UserHasRights|\$count|SyncTimestamp/.test(context.endpoint);
		if (isList) journal.note('missingSelect', clock.now(), context.endpoint);
		const result = answerResource(company, context.endpoint, serviceRequest, settings);
		const list = new URL(url);
		list.searchParams.delete('$skiptoken');
		const listKey = `${credential.clientId} ${list.pathname}${list.search}`;
		const pages = result.continued ? pagesRead.get(listKey) : undefined;
		const page = url.searchParams.get('$skiptoken') ?? '';
		if (pages?.get(page) === company.revision) {
			journal.note('unusedPage', clock.now(), context.endpoint);
		}
		// Who begins the list anew, another workflow perhaps, reads its pages anew.
		pagesRead.set(listKey, new Map(pages).set(page, company.revision));
		return result;
	}

	/** One call of the API, without a socket: what is answered, and the fault to play on the way. */
	async function respond(
		request: SimulatorRequest,
	): Promise<{ reply: Reply; fault: Fault | undefined }> {
		const url = new URL(request.url, origin);
		const match = /^\/api\/v1\/(?:current\/(.+)|(\d+)\/(.+))$/.exec(
			decodeURIComponent(url.pathname),
		);
		const context: CallContext = {
			endpoint: match?.[1] === undefined ? (match?.[3] ?? '') : `current/${match[1]}`,
			division: match?.[2] === undefined ? undefined : Number(match[2]),
			metered: false,
		};
		const token = request.headers.authorization;
		const requestKey = `${context.division} ${request.url}`;
		const before = refusedRequests.get(requestKey);
		if (before && clock.now() - before.at < HOUR) {
			if (before.status !== 401 || before.token === token) {
				journal.note('retryAfter4xx', clock.now(), `${before.status} ${context.endpoint}`);
			}
		}
		const credential = oauth.check(token);
		const flightKey = `${'clientId' in credential ? credential.clientId : token}/${context.division}`;
		const others = inFlight.get(flightKey) ?? 0;
		if (others > 0 && context.division !== undefined) {
			journal.note('parallelRequests', clock.now(), context.endpoint);
		}
		inFlight.set(flightKey, others + 1);

		const fault = faults.take(decodeURIComponent(request.url));
		let reply: Reply;
		let rows = 0;
		let continued = false;
		try {
			const result = answer(request, url, context);
			rows = result.rows;
			continued = result.continued;
			reply = { status: 200, headers: { 'Content-Type': result.contentType }, body: result.body };
			if (fault?.kind === 'status') {
				reply = {
					status: fault.status ?? 503,
					headers: { 'Content-Type': 'application/json', ...fault.headers },
					body: fault.body ?? errorBody(`Fault ${fault.status ?? 503}`),
				};
			} else if (fault?.kind === 'html') {
				reply = {
					status: fault.status ?? 503,
					headers: { 'Content-Type': 'text/html', ...fault.headers },
					body: fault.body ?? GATEWAY_PAGE,
				};
			} else if (fault?.kind === 'cut') {
				reply.body = reply.body.slice(0, Math.floor(reply.body.length / 2));
			} else if (fault?.kind === 'next') {
				const page = JSON.parse(reply.body) as { d: { __next?: string } };
				page.d.__next = fault.next ?? `${publicOrigin}${request.url}`;
				reply.body = JSON.stringify(page);
			}
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			reply = {
				status: error.status,
				headers: { 'Content-Type': 'application/json; charset=utf-8', ...error.headers },
				body: error.body ?? errorBody(error.message),
			};
		}
		finishCounters(reply, context, requestKey, token);
		journal.calls.push({
			at: clock.now(),
			method: request.method,
			target: decodeURIComponent(request.url),
			endpoint: context.endpoint,
			division: context.division,
			clientId: context.clientId,
			status: reply.status,
			rows: reply.status === 200 ? rows : 0,
			metered: context.metered,
			continued,
			fault: fault?.kind,
		});
		const wait = (options.latencyMs ?? 2) + (fault?.kind === 'delay' ? (fault.delayMs ?? 1000) : 0);
		if (wait > 0) await sleep(wait);
		inFlight.set(flightKey, (inFlight.get(flightKey) ?? 1) - 1);
		reply.headers.Date = new Date(clock.now()).toUTCString();
		return { reply, fault };
	}

	async function api(request: IncomingMessage, response: ServerResponse) {
		const { reply, fault } = await respond({
			method: request.method ?? 'GET',
			url: request.url ?? '/',
			headers: request.headers,
		});
		send(response, reply, fault);
	}

	function finishCounters(
		reply: Reply,
		context: { endpoint: string; division: number | undefined; clientId?: string },
		requestKey: string,
		token: string | undefined,
	): void {
		const { division, endpoint } = context;
		if (division === undefined) return;
		const quotaKey = `${context.clientId ?? 'unknown'}/${division}`;
		if (context.clientId !== undefined && companies.has(division)) {
			Object.assign(reply.headers, limits.headers(quotaKey));
			const exhausted = limits.exhausted(quotaKey);
			if (exhausted) {
				const size = exhausted === 'daily' ? 24 * HOUR : 60_000;
				toldExhausted.set(quotaKey, (Math.floor(clock.now() / size) + 1) * size);
			}
		}
		if ([400, 401, 403, 404].includes(reply.status)) {
			refusedRequests.set(requestKey, { status: reply.status, at: clock.now(), token });
			const { recent, blocked } = limits.countError(`${quotaKey}/${endpoint}`);
			if (blocked) journal.note('errorLimit', clock.now(), endpoint);
			if (recent > limits.errorsPerHour / 2) journal.note('halfOfErrors', clock.now(), endpoint);
		} else refusedRequests.delete(requestKey);
	}

	function send(response: ServerResponse, reply: Reply, fault?: Fault): void {
		const socket = response.socket as Socket | null;
		if (fault?.kind === 'drop') {
			socket?.destroy();
			return;
		}
		const body = Buffer.from(reply.body, 'utf8');
		response.writeHead(reply.status, {
			Date: new Date(clock.now()).toUTCString(),
			...reply.headers,
			'Content-Length': String(body.length),
		});
		if (fault?.kind === 'break') {
			response.write(body.subarray(0, Math.floor(body.length / 2)), () => socket?.destroy());
			return;
		}
		response.end(body);
	}

	/** One request for a token, without a socket. */
	function answerToken(body: URLSearchParams, basic: string | undefined): Reply {
		const reply = oauth.token(body, basic);
		if (reply.status === 429) journal.note('tokenCap', clock.now(), reply.body);
		if (reply.status === 401 || reply.headers['Reason'] !== undefined) {
			journal.note('tokenAbuse', clock.now(), reply.body);
		}
		return reply;
	}

	async function token(request: IncomingMessage, response: ServerResponse) {
		const fault = faults.take('/api/oauth2/token');
		const body = new URLSearchParams(await readBody(request));
		const form = /^application\/x-www-form-urlencoded/i.test(request.headers['content-type'] ?? '');
		const reply: Reply =
			request.method !== 'POST' || !form
				? {
						status: request.method === 'POST' ? 415 : 405,
						headers: {},
						body: errorBody('POST a form'),
					}
				: fault?.kind === 'status' || fault?.kind === 'html'
					? { status: fault.status ?? 503, headers: { 'Content-Type': 'text/html' }, body: fault.body ?? GATEWAY_PAGE } // prettier-ignore
					: answerToken(body, request.headers.authorization);
		if (fault?.kind === 'delay') await sleep(fault.delayMs ?? 1000);
		send(response, reply, fault);
	}

	/** The bytes behind an attachment's `Url`, as the browser gets them, for a good token only. */
	async function attachment(request: IncomingMessage, response: ServerResponse, url: URL) {
		const credential = oauth.check(request.headers.authorization);
		const id = url.searchParams.get('ID') ?? '';
		const found = [...companies.values()]
			.map((company) => company.get('document-attachments', id))
			.find((row) => row !== undefined);
		const fault = faults.take(decodeURIComponent(request.url ?? ''));
		const status =
			'refused' in credential ? 401 : found === undefined ? 404 : (fault?.status ?? 200);
		journal.calls.push({
			at: clock.now(),
			method: request.method ?? '',
			target: decodeURIComponent(request.url ?? ''),
			endpoint: 'attachment',
			division: undefined,
			clientId: 'clientId' in credential ? credential.clientId : undefined,
			status,
			rows: 0,
			metered: false,
			continued: false,
			fault: fault?.kind,
		});
		response.writeHead(status, {
			'Content-Type': 'application/octet-stream',
			Date: new Date(clock.now()).toUTCString(),
			...fault?.headers,
		});
		if (status !== 200) {
			response.end();
			return;
		}
		await pipeline(Readable.from(attachmentBytes(Number(found?.['FileSize'] ?? 0))), response);
	}

	const server = createServer((request, response) => {
		const url = new URL(request.url ?? '/', origin);
		const work =
			url.pathname === '/api/oauth2/token'
				? token(request, response)
				: url.pathname === '/api/oauth2/auth'
					? Promise.resolve(
							send(
								response,
								oauth.authorize(
									url.searchParams,
									options.autoConsent ?? false,
									`${origin}/api/oauth2/auth`,
								),
							),
						)
					: url.pathname === ATTACHMENT_PATH
						? attachment(request, response, url)
						: api(request, response);
		work.catch((error: unknown) => {
			process.stderr.write(`exact simulator: ${String((error as Error).stack)}\n`);
			response.destroy();
		});
	});
	server.keepAliveTimeout = 30_000;
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(options.port ?? 0, '127.0.0.1', resolve);
	});
	const { port } = server.address() as AddressInfo;
	origin = `http://127.0.0.1:${port}`;
	publicOrigin = options.publicOrigin ?? origin;

	const company = (code = first.code): Company => {
		const found = companies.get(code);
		if (found === undefined) throw new Error(`no division ${code}`);
		return found;
	};
	const app = apps[0] ?? SANDBOX_APP;
	const controls: SimulatorControls = {
		rows: (table, division) => company(division).list(table),
		row: (table, key, division) => company(division).get(table, key),
		add: (table, row, edit) => company(edit?.division).add(table, row, edit),
		edit: (table, key, changes, edit) => company(edit?.division).edit(table, key, changes, edit),
		remove: (table, key, edit) => company(edit?.division).delete(table, key, edit),
		fault: (fault) => faults.add(fault),
		clearFaults: () => faults.clear(),
		expireAccessTokens: () => oauth.expireAccessTokens(),
		useRefreshTokenElsewhere: () => oauth.useRefreshTokenElsewhere(),
		grant: (clientId = app.clientId) => oauth.grant(clientId),
		useQuota: (calls, division = first.code) => limits.use(`${app.clientId}/${division}`, calls),
		leaveDivision: (division = first.code, reason = 'NoDivisionAccess') => {
			left.set(division, reason);
		},
		returnToDivision: (division = first.code) => {
			left.delete(division);
		},
		openDivision: (division) => {
			settings.user.currentDivision = division;
		},
		moveDivision: (division) => company(division).move(),
		denyRights: (endpoint, division) => {
			settings.noRights.add(division === undefined ? endpoint : `${division}/${endpoint}`);
		},
		grantRights: (endpoint, division) => {
			settings.noRights.delete(division === undefined ? endpoint : `${division}/${endpoint}`);
		},
		forbid: (endpoint) => {
			settings.missingModules.add(endpoint);
		},
		permit: (endpoint) => {
			settings.missingModules.delete(endpoint);
		},
		takeOutOfScope: (division = first.code) => {
			outOfScope.add(division);
		},
		putInScope: (division = first.code) => {
			outOfScope.delete(division);
		},
		endAccessTokensEarly: () => oauth.endAccessTokensEarly(),
		secrets: () => [...oauth.secrets],
		tokenCalls: () => oauth.tokenCalls,
		meteredCalls: () => journal.metered(),
		clearJournal: () => journal.clear(),
		violationsOf: (kind) => journal.violations.filter((violation) => violation.kind === kind),
	};
	return {
		url: origin,
		port,
		division: first.code,
		app,
		clock,
		controls,
		calls: journal.calls,
		violations: journal.violations,
		respond: async (request) => {
			const { reply } = await respond(request);
			return reply;
		},
		respondToken: (form) => answerToken(form, undefined),
		close: () =>
			new Promise((resolve, reject) => {
				server.closeAllConnections();
				server.close((error) => (error ? reject(error) : resolve()));
			}),
	};
}
