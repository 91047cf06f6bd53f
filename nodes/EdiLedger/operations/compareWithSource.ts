import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { CoreError } from '../../../lib/errors';
import { compareWithSource } from '../../../lib/ledger';
import { comparedHtml, comparisonCsv, comparisonFileName } from '../../../lib/page';
import { locatorValue, writeBinaryFile } from '../../shared';
import { date, locator } from '../fields';
import { binaryField } from '../fileRows';
import { offeredDocument } from '../offeredDocument';
import type { LedgerOperation, LedgerRun } from '../operation';
import { asOutput } from '../outputs';

function dayOf({ context }: LedgerRun, name: string): string {
	const day = String(context.getNodeParameter(name, 0, '')).slice(0, 10);
	if (/^\d{4}-\d{2}-\d{2}$/.test(day)) return day;
	throw new CoreError(
		'LEDGER_SETTING_INVALID',
		`'${name === 'from' ? 'From' : 'To'}' is "${day}"; it must be a day`,
		{ path: name },
	);
}

export const compareWithSourceOperation: LedgerOperation = {
	name: 'Compare with Source',
	action: 'Compare the ledger with the source',
	description:
		'Say of all documents of a period what was sent, accepted, refused, is pending, has changed or is gone. The ledger page and the digest show it.',
	outputs: ['Summary', 'Documents', 'Gone'],
	failureOutput: 0,
	properties: [
		locator('Agreement', 'agreement', 'What the documents are sent under'),
		date('From', 'from', 'First day of the document date, as the documents were read', {
			required: true,
		}),
		date('To', 'to', 'Last day of the document date, as the documents were read', {
			required: true,
		}),
		binaryField,
	],
	execute: async (run) => {
		const { context, ledger, items } = run;
		const agreement = locatorValue(context.getNodeParameter('agreement', 0) as string);
		const itemOf = new Map<string, number>();
		const documents = items.flatMap(({ json }, item) => {
			const offered = offeredDocument(json, agreement);
			// An item without a document: nothing was found in the period.
			if (offered.key === '') return [];
			itemOf.set(offered.key, item);
			return [offered];
		});
		const period = { from: dayOf(run, 'from'), to: dayOf(run, 'to') };
		const comparison = await compareWithSource(ledger, { agreement, documents, ...period });
		const rows = comparison.documents.map((document): INodeExecutionData => {
			const item = itemOf.get(document.key);
			const json = { outcome: 'compared', ...document };
			return { json, ...(item === undefined ? {} : { pairedItem: { item } }) };
		});
		// As *Find Deleted* of Exact Online takes them, which asks for each once more.
		const gone = comparison.documents
			.filter(({ says }) => says === 'gone')
			.map(({ key, number, file }): INodeExecutionData => {
				return { json: { outcome: 'gone', document: { key, number }, file } };
			});
		const field = context.getNodeParameter('binaryPropertyName', 0) as string;
		const csv = Buffer.from(comparisonCsv(comparison), 'utf8');
		const list = await writeBinaryFile(context, csv, comparisonFileName(comparison), 'text/csv');
		const html = comparedHtml(comparison).text;
		const json = { outcome: 'compared', ...comparison, documents: rows.length, html };
		const summary = { json: json as unknown as IDataObject, binary: { [field]: list } };
		return [asOutput(context, [summary]), asOutput(context, rows), asOutput(context, gone)];
	},
};
