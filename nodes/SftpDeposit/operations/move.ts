import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { moveFile, withConnection } from '../../../lib/delivery';
import type { MoveSettings } from '../../../lib/delivery';
import { forEachItem } from '../../shared';
import { nodeConnection } from '../connection';
import { createFolders, optionsWith } from '../fields';
import type { Operation } from '../operation';
import { textParameter } from '../parameters';

async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const connection = await nodeConnection(context);
	return await withConnection(connection, (keeper) =>
		forEachItem(context, async (itemIndex, item) => {
			const bytes = item.json.bytes;
			const result = await moveFile(
				{
					path: textParameter(context, 'path', itemIndex, 'Path'),
					toFolder: textParameter(context, 'toFolder', itemIndex, 'Target Folder'),
					bytes: typeof bytes === 'number' ? bytes : undefined,
				},
				{
					conflict: context.getNodeParameter(
						'options.ifTargetExists',
						itemIndex,
						'number',
					) as MoveSettings['conflict'],
					createFolders:
						context.getNodeParameter('options.createFolders', itemIndex, false) === true,
				},
				keeper,
				connection,
			);
			return [
				{
					json: {
						...item.json,
						outcome: result.outcome,
						movedFrom: result.from,
						path: result.path,
					},
					...(item.binary === undefined ? {} : { binary: item.binary }),
				},
			];
		}),
	);
}

const fields: INodeProperties[] = [
	{
		displayName: 'Path',
		name: 'path',
		type: 'string',
		default: '={{ $json.path }}',
		required: true,
		placeholder: 'e.g. /outbound/997_000123001.edi',
	},
	{
		displayName: 'Target Folder',
		name: 'toFolder',
		type: 'string',
		default: '/processed',
		required: true,
		placeholder: 'e.g. /processed',
	},
];

const moveOptions: INodeProperties[] = [
	createFolders,
	{
		displayName: 'If Target Exists',
		name: 'ifTargetExists',
		type: 'options',
		default: 'number',
		options: [
			{ name: 'Add Number', value: 'number' },
			{ name: 'Fail', value: 'fail' },
		],
	},
];

export const moveOperation: Operation = {
	name: 'Move',
	action: 'Move a file',
	description: 'Move a file on the server, such as to a folder for processed files',
	properties: [...fields, optionsWith(...moveOptions)],
	execute,
};
