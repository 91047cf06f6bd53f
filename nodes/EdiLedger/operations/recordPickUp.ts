import type { IDataObject } from 'n8n-workflow';
import { recordPickUp } from '../../../lib/ledger';
import { text } from '../fields';
import { fileNumber } from '../fileRows';
import type { LedgerOperation } from '../operation';
import { asOutput } from '../outputs';
import { readNumbers } from '../readNumbers';

export const recordPickUpOperation: LedgerOperation = {
	name: 'Record Pick-Up',
	action: 'Record that files were picked up',
	description: "Keep that files are gone from the partner's folder: their system has taken them",
	properties: [
		fileNumber,
		text('How It Is Known', 'reason', 'Stands in the history', {
			required: true,
			default: "The file is gone from the partner's folder",
		}),
	],
	execute: async ({ context, ledger, actor }) => {
		const files = readNumbers(context, 'file', 'File');
		const reason = (context.getNodeParameter('reason', 0) as string).trim();
		const results = await recordPickUp(ledger, files, reason, actor);
		const rows = results.map(({ fileId, name, state, recorded }) => ({
			json: {
				outcome: recorded ? 'picked up' : 'unchanged',
				file: fileId,
				fileName: name,
				state,
			} as IDataObject,
		}));
		return [asOutput(context, rows)];
	},
};
