import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { ExactSimulator } from '../../sandbox/exact-simulator';

/** The stored credential as n8n has it after consent, for nodes on n8n's engine. */
export function exactCredential(
	simulator: ExactSimulator,
	more: { expiresAt?: number | undefined } = { expiresAt: Date.now() + 600_000 },
): Record<string, ICredentialDataDecryptedObject> {
	const { accessToken, refreshToken } = simulator.controls.grant();
	return {
		exactOnlineOAuth2Api: {
			region: 'custom',
			baseUrl: simulator.url,
			grantType: 'authorizationCode',
			authUrl: `${simulator.url}/api/oauth2/auth`,
			accessTokenUrl: `${simulator.url}/api/oauth2/token`,
			clientId: simulator.app.clientId,
			clientSecret: simulator.app.clientSecret,
			scope: '',
			authQueryParameters: '',
			authentication: 'body',
			oauthTokenData: {
				access_token: accessToken,
				refresh_token: refreshToken,
				token_type: 'Bearer',
				expires_in: '600',
				...(more.expiresAt === undefined ? {} : { n8n_expires_at: String(more.expiresAt) }),
			},
		},
	};
}
