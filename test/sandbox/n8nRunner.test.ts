import { failureOf, fillTemplate, outputOf, parseFlatted } from '../../sandbox/n8n/index.ts';
import type { Execution, Workflow } from '../../sandbox/n8n/index.ts';

const node = (name: string, type: string, parameters: Record<string, unknown> = {}) => ({
	name,
	type,
	typeVersion: 1,
	position: [0, 0] as const,
	parameters,
});

const template: Workflow = {
	name: 'Template',
	connections: {},
	nodes: [
		node('Configure me', 'n8n-nodes-base.set', {
			assignments: {
				assignments: [
					{ id: '1', name: 'config.partner', value: 'PARTNER', type: 'string' },
					{ id: '2', name: 'config.folder', value: '/inbound', type: 'string' },
				],
			},
			includeOtherFields: true,
		}),
		{ ...node('Read', 'exact'), credentials: { exactApi: { id: null, name: 'Exact account' } } },
		node('Deposit', 'sftp'),
		node('Reserve', 'n8n-nodes-base.executeWorkflow', {
			workflowId: { __rl: true, mode: 'list', value: '', cachedResultName: 'Reserve numbers' },
		}),
	],
};
const credentialTypes = (type: string) => (type === 'sftp' ? ['sftpApi'] : []);

test('a filled template has its credentials, its settings and its sub-workflows', () => {
	const filled = fillTemplate(template, credentialTypes, {
		credentials: { exactApi: { id: 'e1', name: 'Exact' }, sftpApi: { id: 's1', name: 'SFTP' } },
		configure: { 'config.partner': 'ACME' },
		workflows: { 'Reserve numbers': 'w1' },
		parameters: { Deposit: { folder: '/x' } },
	});
	const [configure, read, deposit, reserve] = filled.nodes;
	expect(configure?.parameters).toEqual({
		assignments: {
			assignments: [
				{ id: '1', name: 'config.partner', value: 'ACME', type: 'string' },
				{ id: '2', name: 'config.folder', value: '/inbound', type: 'string' },
			],
		},
		includeOtherFields: true,
	});
	expect(read?.credentials).toEqual({ exactApi: { id: 'e1', name: 'Exact' } });
	expect(deposit?.credentials).toEqual({ sftpApi: { id: 's1', name: 'SFTP' } });
	expect(deposit?.parameters).toEqual({ folder: '/x' });
	expect(reserve?.parameters['workflowId']).toMatchObject({ value: 'w1', mode: 'list' });
	expect(template.nodes[1]?.credentials).toEqual({ exactApi: { id: null, name: 'Exact account' } });
});

test('a setting that the template does not have is named', () => {
	expect(() => fillTemplate(template, credentialTypes, { configure: { partner: 'ACME' } })).toThrow(
		'"Configure me" has no field partner; it has config.partner, config.folder',
	);
	expect(() =>
		fillTemplate({ ...template, nodes: [] }, credentialTypes, { configure: { a: 1 } }),
	).toThrow('"Template" has no node "Configure me"');
});

test('an execution as n8n stores it', () => {
	const stored =
		'[{"resultData":"1"},{"runData":"2","lastNodeExecuted":"3","error":"4"},{"A":"5"},"A",{"message":"6"},["7"],"no way",{"executionTime":3,"data":"8"},{"main":"9"},["10",null],["11","11"],{"json":"12"},{"n":1,"text":"13","self":"12"},"3"]';
	const data = parseFlatted(stored) as Execution['data'];
	const execution = { status: 'error', data } as Execution;
	const items = outputOf(execution, 'A');
	expect(items).toHaveLength(2);
	expect(items[0]?.json['n']).toBe(1);
	// A string that looks like an index stays a string.
	expect(items[0]?.json['text']).toBe('3');
	expect(items[0]?.json['self']).toBe(items[0]?.json);
	expect(outputOf(execution, 'A', 1)).toEqual([]);
	expect(outputOf(execution, 'B')).toEqual([]);
	expect(failureOf(execution)).toBe('error at "A": no way');
});
