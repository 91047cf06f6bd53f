import { failureOf, fillTemplate, outputOf, parseFlatted } from '../../sandbox/n8n/index.ts';
import type { Execution, Workflow } from '../../sandbox/n8n/index.ts';

const node = (name: string, type: string, parameters: Record<string, unknown> = {}) => ({
	name,
	type,
	typeVersion: 1,
	position: [0, 0] as const,
	parameters,
});

const NOT_CHOSEN = { __rl: true, mode: 'list', value: '' };

const template: Workflow = {
	name: 'Template',
	connections: {},
	nodes: [
		{
			...node('Read', 'exact', { division: NOT_CHOSEN, resource: 'vendor' }),
			credentials: { exactApi: { id: null, name: 'Exact account' } },
		},
		node('Take', 'ledger', { agreement: NOT_CHOSEN }),
		node('Look', 'ledger', { agreement: { ...NOT_CHOSEN, value: '={{ 1 }}' } }),
		node('Deposit', 'sftp'),
	],
};
const credentialTypes = (type: string) => (type === 'sftp' ? ['sftpApi'] : []);

test('a filled template has its credentials, its division and its agreement', () => {
	const filled = fillTemplate(template, credentialTypes, {
		credentials: { exactApi: { id: 'e1', name: 'Exact' }, sftpApi: { id: 's1', name: 'SFTP' } },
		division: '123456',
		agreement: 'ACME 810',
		parameters: { Deposit: { folder: '/x' } },
	});
	const [read, take, look, deposit] = filled.nodes;
	expect(read?.parameters['division']).toEqual({ __rl: true, mode: 'id', value: '123456' });
	expect(read?.parameters['resource']).toBe('vendor');
	expect(read?.credentials).toEqual({ exactApi: { id: 'e1', name: 'Exact' } });
	expect(take?.parameters['agreement']).toEqual({ __rl: true, mode: 'name', value: 'ACME 810' });
	// What has a value already is the template's own.
	expect(look?.parameters['agreement']).toMatchObject({ value: '={{ 1 }}' });
	expect(deposit?.credentials).toEqual({ sftpApi: { id: 's1', name: 'SFTP' } });
	expect(deposit?.parameters).toEqual({ folder: '/x' });
	expect(template.nodes[0]?.credentials).toEqual({ exactApi: { id: null, name: 'Exact account' } });
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
