import { CoreError } from '../../../lib/errors';
import { forEachItem } from '../../shared';
import { chosenName, DIRECTORY, directoryItem } from '../directory';
import type { DirectoryKind } from '../directory';
import { locator, title } from '../fields';
import type { LedgerOperation } from '../operation';

export const getOneOperation = (kind: DirectoryKind): LedgerOperation => ({
	name: 'Get',
	action: `Get ${DIRECTORY[kind].one}`,
	description: `Read ${DIRECTORY[kind].one} of the directory, without its passwords`,
	properties: [locator(title(kind), kind, `The ${kind} to read`)],
	execute: async ({ context, ledger }) => {
		const rows = await DIRECTORY[kind].list(ledger);
		return [
			await forEachItem(context, async (itemIndex) => {
				const name = chosenName(context, kind, itemIndex);
				const row = rows.find((one) => one.name === name);
				if (row !== undefined) return [directoryItem(row, 'found')];
				throw new CoreError('LEDGER_UNKNOWN', `There is no ${kind} '${name}' in the ledger`, {
					path: kind,
				});
			}),
		];
	},
});
