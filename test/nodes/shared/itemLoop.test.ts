import type { INodeType } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { forEachItem, writeBinaryFile } from '../../../nodes/shared';
import { runNode } from '../../support/runWorkflow';

const node: INodeType = {
	description: {
		displayName: 'Subject',
		name: 'subject',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Subject' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
	},
	async execute() {
		const results = await forEachItem(this, async (itemIndex, item) => {
			if (item.json.bad === true) {
				throw new NodeOperationError(this.getNode(), 'The item is bad', {
					description: 'Mend it',
					itemIndex,
				});
			}
			return [
				{ json: { outcome: 'done' } },
				{
					json: { outcome: 'done' },
					binary: {
						data: await writeBinaryFile(this, new Uint8Array([65]), 'a.txt', 'text/plain'),
					},
				},
			];
		});
		return [results];
	},
};

const items = [{ json: { id: 1 } }, { json: { id: 2, bad: true } }, { json: { id: 3 } }];

test('every item that leaves is linked to the item it came from', async () => {
	const { outputs } = await runNode(node, {}, [items[0]!, items[2]!]);
	expect(outputs[0]!.map((item) => item.pairedItem)).toEqual([
		{ item: 0 },
		{ item: 0 },
		{ item: 1 },
		{ item: 1 },
	]);
});

test('a failing item stops the run and names its index', async () => {
	const { error } = await runNode(node, {}, items);
	expect(error?.message).toContain('The item is bad');
});

test('with continue, a failing item leaves with its fields, an outcome and its issues', async () => {
	const { outputs, error } = await runNode(node, {}, items, { onError: 'continueRegularOutput' });
	expect(error).toBeUndefined();
	expect(outputs[0]).toHaveLength(5);
	expect(outputs[0]![2]!.json).toMatchObject({
		id: 2,
		outcome: 'failed',
		issues: [{ severity: 'error', message: 'The item is bad. Mend it' }],
	});
});

test('with the error output on, the failing item is not taken out of the regular output', async () => {
	const { outputs } = await runNode(node, {}, items, { onError: 'continueErrorOutput' });
	expect(outputs[0]!.map((item) => item.json.outcome)).toContain('failed');
});
