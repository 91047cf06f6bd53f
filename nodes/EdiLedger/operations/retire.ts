import { retire } from '../../../lib/ledger';
import { forEachItem } from '../../shared';
import { chosenName, DIRECTORY } from '../directory';
import type { DirectoryKind } from '../directory';
import { locator, title } from '../fields';
import type { LedgerOperation } from '../operation';

export const retireOperation = (kind: DirectoryKind): LedgerOperation => ({
	name: 'Retire',
	action: `Retire ${DIRECTORY[kind].one}`,
	description: `Take ${DIRECTORY[kind].one} out of use; what was sent stays on record`,
	properties: [locator(title(kind), kind, `The ${kind} that is not used any more`)],
	execute: async ({ context, ledger, actor }) => [
		await forEachItem(context, async (itemIndex) => {
			const name = chosenName(context, kind, itemIndex);
			await retire(ledger, { kind, name }, actor);
			return [{ json: { outcome: 'retired', name } }];
		}),
	],
});
