import { requestToken, startHarness } from './support/client';
import type { Harness } from './support/client';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const REDIRECT = 'http://127.0.0.1:5678/rest/oauth2-credential/callback';

let harness: Harness;
beforeEach(async () => {
	harness = await startHarness();
});
afterEach(() => harness.close());

const authorize = (more: Record<string, string> = {}) => {
	const query = new URLSearchParams({
		client_id: harness.simulator.app.clientId,
		redirect_uri: REDIRECT,
		response_type: 'code',
		state: 'a b&c',
		...more,
	});
	return fetch(`${harness.simulator.url}/api/oauth2/auth?${query}`, { redirect: 'manual' });
};

async function consent(): Promise<string> {
	const page = await authorize();
	expect(page.status).toBe(200);
	const link = /id="allow" href="([^"]+)"/.exec(await page.text())?.[1] ?? '';
	const decoded = link.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
	const answer = await fetch(decoded, { redirect: 'manual' });
	expect(answer.status).toBe(302);
	const target = new URL(answer.headers.get('location') ?? '');
	expect(target.searchParams.get('state')).toBe('a b&c');
	return target.searchParams.get('code') ?? '';
}

const redeem = (code: string) =>
	requestToken(harness.simulator, {
		grant_type: 'authorization_code',
		code,
		redirect_uri: REDIRECT,
	});
const refresh = (token: string) =>
	requestToken(harness.simulator, { grant_type: 'refresh_token', refresh_token: token });

describe('consent', () => {
	test('a click on the page gives a code with a character that has to be URL-decoded', async () => {
		const code = await consent();
		expect(code).toContain('!');
		const { status, body } = await redeem(code);
		expect(status).toBe(200);
		expect(body.token_type).toBe('Bearer');
		expect(body.expires_in).toBe('600');
	});

	test('a code works once', async () => {
		const code = await consent();
		await redeem(code);
		const again = await redeem(code);
		expect(again.status).toBe(400);
	});

	test('a code is worthless after three minutes', async () => {
		const code = await consent();
		harness.clock.advance(3 * MINUTE + 1);
		expect((await redeem(code)).status).toBe(400);
	});

	test('an unknown client and a public address without https are refused', async () => {
		expect((await authorize({ client_id: 'someone' })).status).toBe(401);
		expect((await authorize({ redirect_uri: 'http://n8n.example.com/callback' })).status).toBe(401);
	});

	test('the client authenticates in the body: a wrong secret and a Basic header are refused', async () => {
		const wrong = await requestToken(harness.simulator, {
			grant_type: 'refresh_token',
			refresh_token: 'x',
			client_secret: 'wrong',
		});
		expect(wrong.status).toBe(400);
		const basic = await fetch(`${harness.simulator.url}/api/oauth2/token`, {
			method: 'POST',
			headers: { Authorization: `Basic ${btoa('sandbox-app:sandbox-app-secret')}` },
			body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'x' }),
		});
		expect(basic.status).toBe(400);
	});

	test('a new consent kills the refresh token of an earlier one', async () => {
		const first = (await redeem(await consent())).body['refresh_token'] ?? '';
		await redeem(await consent());
		harness.clock.advance(10 * MINUTE);
		expect((await refresh(first)).body.error_description).toBe('Old refresh token used.');
	});
});

describe('refresh', () => {
	test('before 570 seconds it is refused with the known body and a Reason header', async () => {
		const { refreshToken } = harness.simulator.controls.grant();
		harness.clock.advance(569_999);
		const early = await refresh(refreshToken);
		expect(early.status).toBe(400);
		expect(early.body).toEqual({
			error: 'access_denied',
			error_description: 'Rate limit exceeded: access_token not expired',
		});
		expect(early.headers.get('reason')).toMatch(/^TooEarlyToRefreshTokens: /);
		harness.clock.advance(1);
		expect((await refresh(refreshToken)).status).toBe(200);
	});

	test('a refresh token works once, and its successor goes on', async () => {
		const { refreshToken } = harness.simulator.controls.grant();
		harness.clock.advance(10 * MINUTE);
		const next = await refresh(refreshToken);
		expect(next.status).toBe(200);
		harness.clock.advance(10 * MINUTE);
		const old = await refresh(refreshToken);
		expect(old.status).toBe(401);
		expect(old.body).toEqual({
			error: 'unauthorized_client',
			error_description: 'Old refresh token used.',
		});
		expect((await refresh(next.body['refresh_token'] ?? '')).status).toBe(200);
		expect(harness.simulator.controls.violationsOf('tokenAbuse')).toHaveLength(1);
	});

	test('after 30 unused days it has expired', async () => {
		const { refreshToken } = harness.simulator.controls.grant();
		harness.clock.advance(30 * DAY + 1);
		const expired = await refresh(refreshToken);
		expect(expired.status).toBe(400);
		expect(expired.body.error).toBe('invalid_request');
		expect(expired.body.error_description).toBe(
			'The refresh token expired at 5/1/2026 10:00:05 AM and it is now 5/1/2026 10:00:05 AM.',
		);
	});
});

describe('access token', () => {
	test('lives 600 seconds; then 401 with the reason in WWW-Authenticate', async () => {
		harness.clock.advance(599_999);
		expect((await harness.get('/api/v1/current/Me?$select=UserID')).status).toBe(200);
		harness.clock.advance(1);
		const expired = await harness.get('/api/v1/current/Me?$select=UserID');
		expect(expired.status).toBe(401);
		expect(decodeURIComponent(expired.headers.get('www-authenticate') ?? '')).toContain(
			'message expired',
		);
	});

	test('the canary is in every secret the simulator hands out', async () => {
		await harness.close();
		harness = await startHarness({ canary: 'CANARY42' });
		const { accessToken, refreshToken } = harness.simulator.controls.grant();
		expect(accessToken).toContain('CANARY42');
		expect(refreshToken).toContain('CANARY42');
		expect(harness.simulator.controls.secrets()).toEqual(
			expect.arrayContaining([accessToken, refreshToken, harness.simulator.app.clientSecret]),
		);
	});
});
