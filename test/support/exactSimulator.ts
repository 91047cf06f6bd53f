import { createHash } from 'node:crypto';
import path from 'node:path';
import type { ClientOptions, ExactClient, HttpPort, LogPort, TokenPort } from '../../lib/exact';
import { createClient, createProcessRefusals, createRequestQueue } from '../../lib/exact';
import type {
	AdjustableClock,
	ExactSimulator,
	SimulatorOptions,
} from '../../sandbox/exact-simulator';
import { createClock, startExactSimulator } from '../../sandbox/exact-simulator';
import { sharedDir } from './shared';

export const oxfordLedger = path.join(sharedDir, 'data', 'oxford-2017q2');

export interface SimulatedExact {
	readonly simulator: ExactSimulator;
	readonly clock: AdjustableClock;
	readonly log: string[];
	client(more?: Partial<ClientOptions>): ExactClient;
	readonly token: TokenPort & {
		accessToken: string;
		refreshes: number;
		/** The token endpoint does not answer. */
		isDown: boolean;
		/** A person clicks Connect. */
		reconnect(): void;
	};
	close(): Promise<void>;
}

/** Sends only what the port is given, so that a test sees exactly what the client asked for. */
export const fetchHttp =
	(accessToken: () => string): HttpPort =>
	async ({ method, url, headers }) => {
		const response = await fetch(url, {
			method,
			headers: { ...headers, Authorization: `Bearer ${accessToken()}` },
		});
		const received: Record<string, string> = {};
		response.headers.forEach((value, name) => {
			received[name] = value;
		});
		return { status: response.status, headers: received, body: await response.text() };
	};

/** The same without a socket, where a test makes many thousands of calls. */
const directHttp =
	(simulator: ExactSimulator, accessToken: () => string): HttpPort =>
	async ({ method, url, headers }) =>
		await simulator.respond({
			method,
			url: url.slice(simulator.url.length),
			headers: { accept: headers.Accept ?? '', authorization: `Bearer ${accessToken()}` },
		});

async function postForm(url: string, form: URLSearchParams) {
	const response = await fetch(url, { method: 'POST', body: form }).catch(() => undefined);
	if (response === undefined) return undefined;
	return { status: response.status, body: await response.text() };
}

function tokenStore(simulator: ExactSimulator, clock: AdjustableClock, withoutSockets: boolean) {
	const granted = simulator.controls.grant();
	let { refreshToken } = granted;
	let expiresAt = clock.now() + 600_000;
	const store = {
		accessToken: granted.accessToken,
		refreshes: 0,
		isDown: false,
		reconnect() {
			const fresh = simulator.controls.grant();
			store.accessToken = fresh.accessToken;
			({ refreshToken } = fresh);
			expiresAt = clock.now() + 600_000;
		},
		async expiresAt() {
			return expiresAt;
		},
		async mark() {
			return createHash('sha256').update(store.accessToken).digest('hex').slice(0, 12);
		},
		async refresh() {
			if (store.isDown) return { ok: false as const, message: 'no response' };
			const form = new URLSearchParams({
				grant_type: 'refresh_token',
				refresh_token: refreshToken,
				client_id: simulator.app.clientId,
				client_secret: simulator.app.clientSecret,
			});
			const response = withoutSockets
				? simulator.respondToken(form)
				: await postForm(`${simulator.url}/api/oauth2/token`, form);
			if (response === undefined) return { ok: false as const, message: 'no response' };
			const isJson = response.body.startsWith('{');
			const body = (isJson ? JSON.parse(response.body) : {}) as Record<string, string>;
			if (response.status !== 200 || !isJson) {
				return {
					ok: false as const,
					status: response.status,
					message: 'refused',
					...(body.error === undefined ? {} : { error: body.error }),
					...(body.error_description === undefined ? {} : { description: body.error_description }),
				};
			}
			store.accessToken = String(body.access_token);
			refreshToken = String(body.refresh_token);
			expiresAt = clock.now() + 600_000;
			store.refreshes += 1;
			return { ok: true as const };
		},
	};
	return store;
}

/** The simulator with a clock that stands still, except while the client waits. */
export async function simulateExact(
	options: Omit<SimulatorOptions, 'clock'> & { startsAt?: string; withoutSockets?: boolean },
): Promise<SimulatedExact> {
	const clock = createClock({ frozen: true, startsAt: options.startsAt ?? '2026-03-02T10:00:05Z' });
	const simulator = await startExactSimulator({ latencyMs: 0, ...options, clock });
	const log: string[] = [];
	const write = (message: string) => void log.push(message);
	const logPort: LogPort = { debug: write, info: write, warn: write };
	const withoutSockets = options.withoutSockets === true;
	const token = tokenStore(simulator, clock, withoutSockets);
	const accessToken = () => token.accessToken;
	const queue = createRequestQueue();
	const store = createProcessRefusals();
	return {
		simulator,
		clock,
		log,
		token,
		client: (more = {}) =>
			createClient({
				baseUrl: simulator.url,
				http: withoutSockets ? directHttp(simulator, accessToken) : fetchHttp(accessToken),
				clock: {
					now: () => clock.now(),
					async sleep(milliseconds) {
						clock.advance(milliseconds);
					},
				},
				token,
				queue,
				credentialKey: 'test',
				refusals: { store },
				log: logPort,
				...more,
			}),
		close: async () => await simulator.close(),
	};
}
