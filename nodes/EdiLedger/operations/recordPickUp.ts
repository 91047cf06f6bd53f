import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { getFiles, recordPickUp } from '../../../lib/ledger';
import type { Ledger } from '../../../lib/ledger';
import { choice, text } from '../fields';
import { fileNumber } from '../fileRows';
import type { LedgerOperation } from '../operation';
import { asOutput } from '../outputs';
import { readNumbers } from '../readNumbers';

const byNumber = { displayOptions: { show: { knownBy: ['number'] } } };

/** The file of ours that an item of *Pick Up* is: its name may have become another, its bytes not. */
async function fileOf(ledger: Ledger, json: IDataObject): Promise<number | undefined> {
	const name = String(json.fileName ?? '');
	if (name === '') return undefined;
	const { rows } = await getFiles(ledger, { name }, { limit: 50 });
	return rows.find(({ sha256 }) => sha256 === json.sha256)?.id;
}

export const recordPickUpOperation: LedgerOperation = {
	name: 'Record Pick-Up',
	action: 'Record that files were picked up',
	description:
		"Keep that files are gone from the partner's folder: their system has taken them. What was not known before goes on.",
	properties: [
		choice(
			'Known By',
			'knownBy',
			[
				{ name: 'Number in the Ledger', value: 'number' },
				{
					name: 'Name and Content',
					value: 'content',
					description:
						"Of files that SFTP Deposit's Pick Up found where the partner puts what it took",
				},
			],
			'How the files are recognised',
		),
		{ ...fileNumber, ...byNumber },
		text('How It Is Known', 'reason', 'Stands in the history', {
			required: true,
			default: "The file is gone from the partner's folder",
		}),
	],
	execute: async ({ context, ledger, actor, items }) => {
		const reason = (context.getNodeParameter('reason', 0) as string).trim();
		if (context.getNodeParameter('knownBy', 0, 'number') === 'content') {
			const found: INodeExecutionData[] = [];
			for (const [itemIndex, item] of items.entries()) {
				const file = await fileOf(ledger, item.json);
				if (file === undefined) continue;
				const [result] = await recordPickUp(ledger, [file], reason, actor);
				if (result?.recorded !== true) continue;
				const json = { ...item.json, outcome: 'picked up', file, state: result.state };
				found.push({ ...item, json, pairedItem: { item: itemIndex } });
			}
			return [found];
		}
		const files = readNumbers(context, 'file', 'File');
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
