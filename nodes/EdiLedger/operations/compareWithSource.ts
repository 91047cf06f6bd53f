import type { IDataObject } from 'n8n-workflow';
import { compareWithSource } from '../../../lib/ledger';
import { locatorValue } from '../../shared';
import { date, locator } from '../fields';
import { offeredDocument } from '../offeredDocument';
import type { LedgerOperation } from '../operation';
import { asOutput } from '../outputs';

export const compareWithSourceOperation: LedgerOperation = {
	name: 'Compare with Source',
	action: 'Compare the ledger with the source',
	description:
		'Say of all documents of a period what was sent, accepted, refused, is pending, has changed or is gone',
	properties: [
		locator('Agreement', 'agreement', 'What the documents are sent under'),
		date('From', 'from', 'First day of the document date, as the documents were read', {
			required: true,
		}),
		date('To', 'to', 'Last day of the document date, as the documents were read', {
			required: true,
		}),
	],
	execute: async ({ context, ledger, items }) => {
		const day = (name: string) => String(context.getNodeParameter(name, 0, '')).slice(0, 10);
		const agreement = locatorValue(context.getNodeParameter('agreement', 0) as string);
		const documents = items.map(({ json }) => offeredDocument(json, agreement));
		const comparison = await compareWithSource(ledger, {
			agreement,
			documents,
			from: day('from'),
			to: day('to'),
		});
		const json = { outcome: 'compared', ...comparison } as unknown as IDataObject;
		return [asOutput(context, [{ json }])];
	},
};
