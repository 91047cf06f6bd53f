import type { IDataObject } from 'n8n-workflow';
import { CoreError } from '../../../lib/errors';
import { getContents } from '../../../lib/ledger';
import { forEachItem, writeBinaryFile } from '../../shared';
import type { LedgerOperation } from '../operation';
import { binaryField, fileJson, fileNumber } from '../fileRows';

export const getContentsOperation: LedgerOperation = {
	name: 'Get Contents',
	action: 'Get the contents of a file',
	description: 'The exact bytes of a file, as they were sent or received',
	properties: [fileNumber, binaryField],
	execute: async ({ context, ledger }) => [
		await forEachItem(context, async (itemIndex) => {
			const id = Number(context.getNodeParameter('file', itemIndex));
			const field = context.getNodeParameter('binaryPropertyName', itemIndex) as string;
			const { file, bytes } = await getContents(ledger, id);
			if (bytes === undefined) {
				throw new CoreError(
					'LEDGER_BYTES_GONE',
					`The bytes of file "${file.name}" are not kept any more`,
					{ path: 'file' },
				);
			}
			const binary = await writeBinaryFile(context, bytes, file.name, file.mimeType);
			return [
				{
					json: { outcome: 'found', ...fileJson(file) } as IDataObject,
					binary: { [field]: binary },
				},
			];
		}),
	],
};
