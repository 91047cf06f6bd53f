import { DIRECTORY, directoryItem } from '../directory';
import type { DirectoryKind } from '../directory';
import { flag } from '../fields';
import type { LedgerOperation } from '../operation';
import { asOutput } from '../outputs';

export const getAllOperation = (kind: DirectoryKind): LedgerOperation => ({
	name: 'Get Many',
	action: `Get many ${DIRECTORY[kind].many}`,
	description: `Read all ${DIRECTORY[kind].many} of the directory`,
	properties: [flag('Include Retired', 'includeRetired', 'Whether to return retired ones, too')],
	execute: async ({ context, ledger }) => {
		const retired = context.getNodeParameter('includeRetired', 0, false) === true;
		const rows = await DIRECTORY[kind].list(ledger);
		const wanted = rows.filter((row) => retired || !row.retired);
		return [
			asOutput(
				context,
				wanted.map((row) => directoryItem(row, 'found')),
			),
		];
	},
});
