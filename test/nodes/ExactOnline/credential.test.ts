import type { IDataObject, INodeTypes } from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';
import { ExactOnlineOAuth2Api } from '../../../credentials/ExactOnlineOAuth2Api.credentials';

/** As n8n's credentials helper resolves expressions: over the credential itself, as `$self`. */
function resolve(values: IDataObject): IDataObject {
	const { properties } = new ExactOnlineOAuth2Api();
	const withDefaults = Object.fromEntries(
		properties.map(({ name, default: value }) => [name, values[name] ?? value]),
	) as IDataObject;
	const node = {
		id: '1',
		name: 'Temp-Node',
		type: 'n8n-nodes-base.noOp',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: withDefaults as never,
	};
	const nodeTypes = {
		getByNameAndVersion: () => ({ description: { properties: [] } }),
		getKnownTypes: () => ({}),
	} as unknown as INodeTypes;
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	return workflow.expression.getComplexParameterValue(
		node,
		withDefaults as never,
		'internal',
		{},
		undefined,
		undefined,
		withDefaults as never,
	) as IDataObject;
}

describe('credential Exact Online OAuth2 API', () => {
	test.each([
		[{}, 'https://start.exactonline.nl'],
		[{ region: 'https://start.exactonline.co.uk' }, 'https://start.exactonline.co.uk'],
		[{ region: 'custom', baseUrl: ' http://127.0.0.1:5010/ ' }, 'http://127.0.0.1:5010'],
	])('%j connects at %s', (values, host) => {
		expect(resolve(values)).toMatchObject({
			authUrl: `${host}/api/oauth2/auth`,
			accessTokenUrl: `${host}/api/oauth2/token`,
			grantType: 'authorizationCode',
			authentication: 'body',
			scope: '',
		});
	});

	test('every region is https, and secrets are inherited as password fields', () => {
		const credential = new ExactOnlineOAuth2Api();
		const region = credential.properties.find(({ name }) => name === 'region');
		for (const option of region?.options ?? []) {
			const value = 'value' in option ? String(option.value) : '';
			expect(value === 'custom' || value.startsWith('https://start.exactonline.')).toBe(true);
		}
		expect(credential.extends).toEqual(['oAuth2Api']);
	});
});
