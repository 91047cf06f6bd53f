import type { INode, INodeParameters } from 'n8n-workflow';
import { NodeHelpers, Workflow } from 'n8n-workflow';
import { EdiLedger } from '../../../nodes/EdiLedger/EdiLedger.node';
import { RESOURCES } from '../../../nodes/EdiLedger/resources';

const nodeType = new EdiLedger();
const nodeTypes = {
	getByName: () => nodeType,
	getByNameAndVersion: () => nodeType,
	getKnownTypes: () => ({}),
};

/** The node as the editor has it: defaults filled in, what is not shown left out. */
function nodeWith(parameters: INodeParameters): { workflow: Workflow; node: INode } {
	const node: INode = {
		id: '1',
		name: 'EDI Ledger',
		type: 'ediLedger',
		typeVersion: 1,
		position: [0, 0],
		parameters,
	};
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	return { workflow, node: workflow.getNode('EDI Ledger') as INode };
}

const all = Object.entries(RESOURCES).flatMap(([resource, { operations }]) =>
	Object.entries(operations).map(
		([operation, definition]) => [resource, operation, definition] as const,
	),
);

describe('the node in the editor', () => {
	test('begins with what every export needs', () => {
		const { node } = nodeWith({});
		expect(node.parameters).toMatchObject({ resource: 'document', operation: 'take' });
	});

	test.each(all)('%s: %s has its outputs and its words', (resource, operation, definition) => {
		const { workflow, node } = nodeWith({ resource, operation });
		const outputs = NodeHelpers.getNodeOutputs(workflow, node, nodeType.description);
		const names = outputs.map((output) =>
			typeof output === 'string' ? '' : (output.displayName ?? ''),
		);
		expect(names).toEqual(definition.outputs ?? ['']);
		const subtitle = workflow.expression.getSimpleParameterValue(
			node,
			nodeType.description.subtitle,
			'internal',
			{},
		);
		// What is longer, the canvas cuts off.
		expect(subtitle).toMatch(/^[a-z- ]+(: [a-z]+)?$/);
		expect(String(subtitle).length).toBeLessThanOrEqual(28);
		expect(definition.action).toMatch(/^[A-Z][a-z ,-]+$/);
	});

	test.each(all)('%s: %s shows its own fields and no other', (resource, operation, definition) => {
		const { node } = nodeWith({ resource, operation });
		const own = definition.properties.map(({ name }) => name);
		expect(own.filter((name) => ['resource', 'operation'].includes(name))).toEqual([]);
		const shown = Object.keys(node.parameters).filter(
			(name) => name !== 'resource' && name !== 'operation',
		);
		expect(shown.filter((name) => !own.includes(name))).toEqual([]);
		const firsts = definition.properties.filter(({ displayOptions }) => !displayOptions);
		expect(shown).toEqual(expect.arrayContaining(firsts.map(({ name }) => name)));
	});
});
