import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { recordLeftOut, recordRefused } from '../../../lib/ledger';
import type { LeftOutDocument, RefusalIssue, RefusedDocument } from '../../../lib/ledger';
import { reasonOf, withOutcome } from '../../shared';
import { noteRun, itemLedger, refuseOtherLedger } from '../../shared/ledger';
import type { NewNotes } from '../../shared/ledger';
import { offeredDocument } from '../offeredDocument';
import type { LedgerOperation } from '../operation';

/** What a person must mend. */
const REFUSALS: ReadonlySet<unknown> = new Set(['rejected', 'failed']);

const issuesOf = (json: IDataObject): RefusalIssue[] =>
	(Array.isArray(json.issues) ? json.issues : []) as unknown as RefusalIssue[];

/** What a later item of the same run holds as well is no reason of the document's own. */
const REPEATED = 'DOCUMENT_REPEATED';

function leftOutDocument(json: IDataObject): LeftOutDocument | undefined {
	const taken = itemLedger(json);
	const issues = issuesOf(json);
	if (taken === undefined || taken.usage === 'draft' || json.outcome !== 'skipped')
		return undefined;
	if (issues.some(({ code }) => code === REPEATED)) return undefined;
	return { versionId: taken.version, reservation: taken.reservation, issues };
}

/** What is left out on purpose, such as an entry that was rejected in Exact, by its reason. */
function leftOut(items: readonly INodeExecutionData[]): NonNullable<NewNotes['notTaken']> {
	const reasons: Record<string, { count: number; numbers: string[] }> = {};
	for (const { json } of items) {
		if (REFUSALS.has(json.outcome)) continue;
		const { number } = offeredDocument(json, '');
		// The reason begins with the document, which is named behind it.
		const why = reasonOf(issuesOf(json)).replace(/^[^:]*: /, '');
		const reason = [String(json.outcome), why].filter(Boolean).join(', ');
		const known = (reasons[reason] ??= { count: 0, numbers: [] });
		known.count += 1;
		known.numbers.push(number);
	}
	return reasons;
}

/** For the last node of the flow, which tells what the run did. */
function noteRefused(context: IExecuteFunctions, items: readonly INodeExecutionData[]): void {
	noteRun(context, {
		notTaken: leftOut(items),
		refused: items.flatMap(({ json }) => {
			if (!REFUSALS.has(json.outcome)) return [];
			const agreement = itemLedger(json)?.agreement ?? '';
			const { number, counterparty, amount, currency } = offeredDocument(json, agreement);
			const reason = reasonOf(issuesOf(json)) || String(json.outcome);
			return [{ number, counterparty, amount, currency, agreement, reason }];
		}),
	});
}

export const recordRefusedOperation: LedgerOperation = {
	name: 'Record Refused',
	action: 'Record refused documents',
	description:
		"Keep why documents could not be encoded: connect the output 'Rejected' of an encode node here",
	properties: [],
	execute: async ({ context, ledger, actor, items }) => {
		const refused = items.flatMap(({ json }, itemIndex) => {
			const taken = itemLedger(json);
			// A preview and a draft leave no trace.
			if (taken === undefined || taken.usage === 'draft' || !REFUSALS.has(json.outcome)) return [];
			refuseOtherLedger(ledger, taken.id);
			const facts = offeredDocument(json, taken.agreement);
			const { version: versionId, reservation } = taken;
			const record: RefusedDocument = {
				...facts,
				versionId,
				reservation,
				issues: issuesOf(json),
			};
			return [{ itemIndex, record }];
		});
		noteRefused(context, items);
		await recordLeftOut(
			ledger,
			items.flatMap(({ json }) => leftOutDocument(json) ?? []),
			actor,
		);
		const results =
			refused.length === 0
				? []
				: await recordRefused(
						ledger,
						refused.map(({ record }) => record),
						actor,
					);
		const recorded = new Map(results.map((result) => [refused[result.index]?.itemIndex, result]));
		const output = items.map((item, itemIndex): INodeExecutionData => {
			const result = recorded.get(itemIndex);
			const detail = result === undefined || result.detail === '' ? {} : { detail: result.detail };
			const more = { recorded: result?.recorded === true, ...detail };
			const json = withOutcome(
				item.json,
				String(item.json.outcome ?? ''),
				issuesOf(item.json),
				more,
			);
			return { ...item, json, pairedItem: { item: itemIndex } };
		});
		return [output];
	},
};
