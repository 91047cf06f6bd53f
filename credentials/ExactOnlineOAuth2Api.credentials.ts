import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

/** Region or custom address, without a slash at its end, as an expression over the credential. */
const HOST =
	'{{ $self["region"] === "custom" ? $self["baseUrl"].trim().replace(/\\/+$/, "") : $self["region"] }}';

export class ExactOnlineOAuth2Api implements ICredentialType {
	name = 'exactOnlineOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Exact Online OAuth2 API';

	icon: Icon = {
		light: 'file:../icons/exactOnline.svg',
		dark: 'file:../icons/exactOnline.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-exact-online-edi/n8n-nodes-exact-online-edi/blob/main/docs/nodes/exact-online.md#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Region',
			name: 'region',
			type: 'options',
			options: [
				{ name: 'Belgium (.be)', value: 'https://start.exactonline.be' },
				{ name: 'Custom Base URL', value: 'custom' },
				{ name: 'France (.fr)', value: 'https://start.exactonline.fr' },
				{ name: 'Germany (.de)', value: 'https://start.exactonline.de' },
				{ name: 'Netherlands (.nl)', value: 'https://start.exactonline.nl' },
				{ name: 'Other Countries (.com)', value: 'https://start.exactonline.com' },
				{ name: 'Spain (.es)', value: 'https://start.exactonline.es' },
				{ name: 'United Kingdom (.co.uk)', value: 'https://start.exactonline.co.uk' },
			],
			default: 'https://start.exactonline.nl',
			description:
				'Where you log in to Exact Online. A connection of one region is not valid in another.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://exact-proxy.example.com',
			description: 'A sandbox or a proxy: https, or http on this machine only',
			displayOptions: { show: { region: ['custom'] } },
		},
		{
			displayName:
				'Register an app at apps.exactonline.com of your region, with the redirect URL above. Exact only accepts a public https address. Tick the data scopes Financial accounting, generalledgers and costcenters, Financial cashflow, CRM accounts, and, for logistics, Purchase invoices, Purchase orders and Logistics items.',
			name: 'appNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'hidden',
			default: 'authorizationCode',
		},
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: `=${HOST}/api/oauth2/auth`,
			required: true,
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: `=${HOST}/api/oauth2/token`,
			required: true,
		},
		// Scopes are ticked on the app registration; without this field n8n would send "openid".
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'hidden',
			default: '',
		},
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: '',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'hidden',
			default: 'body',
		},
		{
			displayName: 'n8n Processes',
			name: 'processes',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 2,
			description:
				'How many processes of n8n use this connection: the main one and its workers. Each keeps to its share of the refused requests that Exact allows.',
		},
		{
			displayName:
				'Connect an app and user in one place only: a second connection ends the first. A connection that is not used for 30 days must be connected again. n8n does not test this credential by itself; use Check Connection in the Exact Online node.',
			name: 'connectionNotice',
			type: 'notice',
			default: '',
		},
	];
}
