import { startN8nLab } from '../../support/n8nLab';
import type { N8nLab } from '../../support/n8nLab';

jest.setTimeout(900_000);

let lab: N8nLab;
beforeAll(async () => {
	lab = await startN8nLab();
});
afterAll(async () => {
	await lab?.close();
});

const CALLS = 50;
const EACH = 20;

/** Calls the sub-workflow again and again, as an export does for each interchange. */
function caller(subWorkflowId: string) {
	return {
		name: 'Reserve many',
		nodes: [
			{
				id: 'a',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0] as const,
				parameters: {},
			},
			{
				id: 'b',
				name: 'Calls',
				type: 'n8n-nodes-base.set',
				typeVersion: 3.4,
				position: [200, 0] as const,
				parameters: {
					mode: 'raw',
					jsonOutput: `={{ { calls: Array.from({ length: ${CALLS} }, () => ({ partner: 'ACME', count: ${EACH} })) } }}`,
				},
			},
			{
				id: 'c',
				name: 'One by one',
				type: 'n8n-nodes-base.splitOut',
				typeVersion: 1,
				position: [400, 0] as const,
				parameters: { fieldToSplitOut: 'calls' },
			},
			{
				id: 'd',
				name: 'Reserve',
				type: 'n8n-nodes-base.executeWorkflow',
				typeVersion: 1.2,
				position: [600, 0] as const,
				parameters: {
					workflowId: { __rl: true, mode: 'id', value: subWorkflowId },
					mode: 'each',
					workflowInputs: {
						mappingMode: 'defineBelow',
						value: { partner: '={{ $json.partner }}', count: '={{ $json.count }}' },
						schema: [
							{ id: 'partner', displayName: 'partner', type: 'string', display: true },
							{ id: 'count', displayName: 'count', type: 'number', display: true },
						],
					},
				},
			},
		],
		connections: {
			Start: { main: [[{ node: 'Calls', type: 'main', index: 0 }]] },
			Calls: { main: [[{ node: 'One by one', type: 'main', index: 0 }]] },
			'One by one': { main: [[{ node: 'Reserve', type: 'main', index: 0 }]] },
		},
		settings: { executionOrder: 'v1' },
	};
}

test('two executions at once reserve 1,000 numbers each: no number twice, none skipped', async () => {
	const sub = await lab.importTemplate('S1-reserve-control-numbers');
	await lab.n8n.activate(sub).catch(() => undefined);
	const { id } = await lab.n8n.importWorkflow(caller(sub));
	const executions = await Promise.all(
		[1, 2].map(async () => {
			const execution = await lab.n8n.runManually(id, 'Start');
			return await lab.n8n.waitForExecution(execution, 500_000);
		}),
	);
	const numbers = executions.flatMap((execution) => {
		expect(execution.status).toBe('success');
		const items = execution.data.resultData.runData['Reserve']?.[0]?.data?.main?.[0] ?? [];
		return items.flatMap((item) => {
			const first = Number(item.json['controlNumber']);
			return Array.from({ length: EACH }, (_, index) => first + index);
		});
	});
	expect(numbers).toHaveLength(2 * CALLS * EACH);
	expect(numbers.sort((a, b) => a - b)).toEqual(
		Array.from({ length: 2 * CALLS * EACH }, (_, index) => index + 1),
	);
});
