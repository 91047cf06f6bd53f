import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { moveFile, withConnection } from '../../lib/delivery';
import type { MoveSettings } from '../../lib/delivery';
import { forEachItem } from '../shared';
import { nodeConnection } from './connection';
import { textParameter } from './parameters';

export async function moveOperation(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
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
