import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { CoreError } from '../../../lib/errors';
import { compareWithSource } from '../../../lib/ledger';
import type { SourceComparison } from '../../../lib/ledger';
import { locatorValue } from '../../shared';
import { date, locator } from '../fields';
import { offeredDocument } from '../offeredDocument';
import type { LedgerOperation, LedgerRun } from '../operation';
import { asOutput } from '../outputs';

/** What is to be said of each document: in the words of the ledger, else that it is there. */
function sayingOf(comparison: SourceComparison): ReadonlyMap<string, IDataObject> {
	return new Map<string, IDataObject>([
		...comparison.missing.map(({ key, state }) => [key, { says: state, file: '' }] as const),
		...comparison.different.map(
			({ key, file }) => [key, { says: 'changed since it was sent', file }] as const,
		),
	]);
}

function dayOf({ context }: LedgerRun, name: string): string {
	const day = String(context.getNodeParameter(name, 0, '')).slice(0, 10);
	if (/^\d{4}-\d{2}-\d{2}$/.test(day)) return day;
	throw new CoreError(
		'LEDGER_SETTING_INVALID',
		`'${name === 'from' ? 'From' : 'To'}' is '${day}'; it must be a day`,
		{ path: name },
	);
}

export const compareWithSourceOperation: LedgerOperation = {
	name: 'Compare with Source',
	action: 'Compare the ledger with the source',
	description:
		'Say of all documents of a period what was sent, accepted, refused, is pending, has changed or is gone',
	outputs: ['Summary', 'Documents'],
	failureOutput: 0,
	properties: [
		locator('Agreement', 'agreement', 'What the documents are sent under'),
		date('From', 'from', 'First day of the document date, as the documents were read', {
			required: true,
		}),
		date('To', 'to', 'Last day of the document date, as the documents were read', {
			required: true,
		}),
	],
	execute: async (run) => {
		const { context, ledger, items } = run;
		const agreement = locatorValue(context.getNodeParameter('agreement', 0) as string);
		const documents = items.map(({ json }) => offeredDocument(json, agreement));
		const period = { from: dayOf(run, 'from'), to: dayOf(run, 'to') };
		const comparison = await compareWithSource(ledger, { agreement, documents, ...period });
		const saying = sayingOf(comparison);
		const rows = documents.map((document, item): INodeExecutionData => {
			const { key, number, ownNumber, counterparty, date: day, currency, amount } = document;
			const facts = { ownNumber, number, counterparty, date: day, currency, amount, key };
			const said = saying.get(key) ?? { says: 'the partner has it', file: '' };
			return { json: { outcome: 'compared', ...facts, ...said }, pairedItem: { item } };
		});
		const gone = comparison.notInSource.map(({ key, number, file }) => ({
			json: { outcome: 'compared', number, key, says: 'sent, and not in the source', file },
		}));
		const counts = {
			compared: comparison.compared,
			same: comparison.same,
			missing: comparison.missing.length,
			different: comparison.different.length,
			notInSource: comparison.notInSource.length,
		};
		const summary = { json: { outcome: 'compared', agreement, ...period, ...counts } };
		return [asOutput(context, [summary]), [...rows, ...asOutput(context, gone)]];
	},
};
