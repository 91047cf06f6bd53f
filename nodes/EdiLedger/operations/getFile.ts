import type { IDataObject } from 'n8n-workflow';
import { getFile } from '../../../lib/ledger';
import { forEachItem } from '../../shared';
import { documentJson, fileJson, fileNumber } from '../fileRows';
import type { LedgerOperation } from '../operation';

export const getFileOperation: LedgerOperation = {
	name: 'Get',
	action: 'Get a file',
	description: 'One file with its documents, deliveries, answers and history',
	properties: [fileNumber],
	execute: async ({ context, ledger }) => [
		await forEachItem(context, async (itemIndex) => {
			const id = Number(context.getNodeParameter('file', itemIndex));
			const { file, documents, ...more } = await getFile(ledger, id);
			const rows = { documents: documents.map(documentJson), ...more };
			return [{ json: { outcome: 'found', ...fileJson(file), ...rows } as unknown as IDataObject }];
		}),
	],
};
