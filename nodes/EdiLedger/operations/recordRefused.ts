import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { recordRefused } from '../../../lib/ledger';
import { withOutcome } from '../../shared';
import { itemLedger, refuseOtherLedger } from '../../shared/ledger';
import { offeredDocument } from '../offeredDocument';
import type { LedgerOperation } from '../operation';

/** What a person must mend; what is skipped, unchanged or held leaves the ledger as it is. */
const REFUSALS: ReadonlySet<unknown> = new Set(['rejected', 'failed', 'refused']);

interface RefusalIssue {
	readonly code: string;
	readonly message: string;
	readonly path: string;
}

export const recordRefusedOperation: LedgerOperation = {
	name: 'Record Refused',
	action: 'Record refused documents',
	description:
		"Keep why documents could not be encoded: connect the output 'Rejected' of an encode node here",
	properties: [],
	execute: async ({ ledger, actor, items }) => {
		const refused = items.flatMap(({ json }, itemIndex) => {
			const taken = itemLedger(json);
			if (taken === undefined || !REFUSALS.has(json.outcome)) return [];
			refuseOtherLedger(ledger, taken.id);
			const { key, number, contentHash, agreement } = offeredDocument(json, taken.agreement);
			const issues = (Array.isArray(json.issues) ? json.issues : []) as unknown as RefusalIssue[];
			const { version, reservation } = taken;
			const record = { versionId: version, reservation, agreement, key, number, contentHash };
			return [{ itemIndex, record: { ...record, issues: [...issues] } }];
		});
		const records = refused.map(({ record }) => record);
		if (records.length > 0) await recordRefused(ledger, records, actor);
		const recorded = new Set(refused.map(({ itemIndex }) => itemIndex));
		const output = items.map(
			(item, itemIndex): INodeExecutionData => ({
				...item,
				json: withOutcome(
					item.json,
					String(item.json.outcome ?? ''),
					(Array.isArray(item.json.issues) ? item.json.issues : []) as IDataObject[],
					{ recorded: recorded.has(itemIndex) },
				),
				pairedItem: { item: itemIndex },
			}),
		);
		return [output];
	},
};
