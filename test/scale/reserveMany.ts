import type { Workflow } from '../../sandbox/n8n';

const at = (column: number) => [column * 200, 0] as const;

/** Calls the sub-workflow that reserves control numbers again and again, as exports do. */
export function callManyTimes(subWorkflowId: string, calls: number, each: number): Workflow {
	const names = ['Start', 'Calls', 'One by one', 'Reserve'] as const;
	return {
		name: 'Reserve many',
		nodes: [
			{
				id: 'a',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: at(0),
				parameters: {},
			},
			{
				id: 'b',
				name: 'Calls',
				type: 'n8n-nodes-base.set',
				typeVersion: 3.4,
				position: at(1),
				parameters: {
					mode: 'raw',
					jsonOutput: `={{ { calls: Array.from({ length: ${calls} }, () => ({ partner: 'ACME', count: ${each} })) } }}`,
				},
			},
			{
				id: 'c',
				name: 'One by one',
				type: 'n8n-nodes-base.splitOut',
				typeVersion: 1,
				position: at(2),
				parameters: { fieldToSplitOut: 'calls' },
			},
			{
				id: 'd',
				name: 'Reserve',
				type: 'n8n-nodes-base.executeWorkflow',
				typeVersion: 1.2,
				position: at(3),
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
		connections: Object.fromEntries(
			names
				.slice(1)
				.map((to, index) => [
					names[index] as string,
					{ main: [[{ node: to, type: 'main', index: 0 }]] },
				]),
		),
		settings: { executionOrder: 'v1' },
	};
}
