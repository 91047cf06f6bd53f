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
	readonly token: TokenPort & { accessToken: string; refreshes: number; reconnect(): void };
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

function tokenStore(simulator: ExactSimulator, clock: AdjustableClock) {
	const granted = simulator.controls.grant();
	let { refreshToken } = granted;
	let expiresAt = clock.now() + 600_000;
	const store = {
		accessToken: granted.accessToken,
		refreshes: 0,
		/** A person clicks Connect. */
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
			const response = await fetch(`${simulator.url}/api/oauth2/token`, {
				method: 'POST',
				body: new URLSearchParams({
					grant_type: 'refresh_token',
					refresh_token: refreshToken,
					client_id: simulator.app.clientId,
					client_secret: simulator.app.clientSecret,
				}),
			}).catch(() => undefined);
			if (response === undefined) return { ok: false as const, message: 'no response' };
			const text = await response.text();
			const isJson = text.startsWith('{');
			const body = (isJson ? JSON.parse(text) : {}) as Record<string, string>;
			if (!response.ok || !isJson) {
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
	options: Omit<SimulatorOptions, 'clock'> & { startsAt?: string },
): Promise<SimulatedExact> {
	const clock = createClock({ frozen: true, startsAt: options.startsAt ?? '2026-03-02T10:00:05Z' });
	const simulator = await startExactSimulator({ latencyMs: 0, ...options, clock });
	const log: string[] = [];
	const write = (message: string) => void log.push(message);
	const logPort: LogPort = { debug: write, info: write, warn: write };
	const token = tokenStore(simulator, clock);
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
				http: fetchHttp(() => token.accessToken),
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
