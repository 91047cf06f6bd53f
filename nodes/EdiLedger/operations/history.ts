import type { IDataObject } from 'n8n-workflow';
import { getHistory } from '../../../lib/ledger';
import { forEachItem, locatorValue } from '../../shared';
import { locator, text } from '../fields';
import { documentJson, fileJson } from '../fileRows';
import type { LedgerOperation } from '../operation';

export const historyOperation: LedgerOperation = {
	name: 'History',
	action: 'Get the history of a document',
	description: 'Everything that happened with a document: versions, files, answers, who and when',
	properties: [
		locator('Agreement', 'agreement', 'What it was sent under'),
		text('Document Key', 'key', "As the document's item has it", {
			required: true,
			default: '={{ $json.document?.key ?? $json.key }}',
			placeholder: 'e.g. exact:123456:purchaseEntry:d1b2…',
		}),
	],
	execute: async ({ context, ledger }) => [
		await forEachItem(context, async (itemIndex) => {
			const agreement = locatorValue(context.getNodeParameter('agreement', itemIndex) as string);
			const key = String(context.getNodeParameter('key', itemIndex) ?? '').trim();
			const { document, versions, files, events } = await getHistory(ledger, { agreement, key });
			const json = {
				outcome: 'found',
				...documentJson(document),
				versions: versions.map(documentJson),
				files: files.map(fileJson),
				events,
			};
			return [{ json: json as unknown as IDataObject }];
		}),
	],
};
