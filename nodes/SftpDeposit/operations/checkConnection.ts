import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import { checkConnection } from '../../../lib/delivery';
import { forEachItem, toIssues } from '../../shared';
import { nodeConnection } from '../connection';
import { folder, optionsWith } from '../fields';
import type { Operation } from '../operation';
import { textParameter } from '../parameters';

async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const connection = await nodeConnection(context);
	return await forEachItem(context, async (itemIndex) => {
		const folder = textParameter(context, 'folder', itemIndex, 'Folder');
		const probe = context.getNodeParameter('writeProbe', itemIndex, true) === true;
		const check = await checkConnection(folder, probe, connection);
		const steps = check.steps.map(({ step, ok, detail }) => ({ step, ok, detail }));
		const issues = check.steps
			.flatMap(({ error }) => (error === undefined ? [] : toIssues(error)))
			// What works in another way than the step that failed is no error.
			.map((issue) => (check.ok ? { ...issue, severity: 'warning' } : issue));
		return [
			{
				json: {
					...check,
					steps,
					outcome: check.ok ? 'connected' : 'failed',
					issues: issues as IDataObject[],
				} as IDataObject,
			},
		];
	});
}

const writeProbe: INodeProperties = {
	displayName: 'Write a Probe',
	name: 'writeProbe',
	type: 'boolean',
	default: true,
	description: 'Whether to write, rename and remove a small hidden file in the folder',
};

export const checkConnectionOperation: Operation = {
	name: 'Check Connection',
	action: 'Check the connection',
	description: 'Verify host key and login, list the folder, write and remove a probe',
	properties: [folder, writeProbe, optionsWith()],
	execute,
};
