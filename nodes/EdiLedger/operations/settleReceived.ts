import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { settleReceived } from '../../../lib/ledger';
import { forEachItem, withOutcome } from '../../shared';
import { refuseOtherLedger } from '../../shared/ledger';
import type { LedgerOperation } from '../operation';

const object = (value: unknown): IDataObject =>
	typeof value === 'object' && value !== null ? (value as IDataObject) : {};

/** What the answer's way says of the file that came. */
const STATES: Readonly<Record<string, 'answered' | 'nothing to answer'>> = {
	deposited: 'answered',
	'already there': 'answered',
	'nothing to acknowledge': 'nothing to answer',
	// No interchange is in it: there is nobody to answer, and a person reads the report.
	unreadable: 'nothing to answer',
};

const REFUSED: ReadonlySet<unknown> = new Set(['rejected', 'unreadable']);

/** `error` for what was refused; acknowledgments stay where they are, for who reads them. */
function moveTo(json: IDataObject): string {
	if (json.outcome === 'nothing to acknowledge') return '';
	return REFUSED.has(json.fileVerdict) || json.outcome === 'unreadable' ? 'error' : 'processed';
}

export const settleReceivedOperation: LedgerOperation = {
	name: 'Settle Received',
	action: 'Settle received files',
	description:
		"Keep that a received file has its answer, and say where it goes: the output has 'moveTo', 'processed' or 'error'. Files that wait for an answer leave by the second output.",
	outputs: ['To Move', 'Left Where It Is'],
	failureOutput: 1,
	properties: [],
	execute: async ({ context, ledger, actor }) => {
		const left: INodeExecutionData[] = [];
		const paths = new Set<unknown>();
		const moved = await forEachItem(context, async (itemIndex, item) => {
			const { json } = item;
			const facts = object(json.ledger);
			const state = STATES[String(json.outcome)];
			let settledAs: string | undefined;
			if (typeof facts.received === 'number') {
				refuseOtherLedger(ledger, String(facts.id));
				const { received, claim } = facts;
				const to = state ?? 'failed';
				const result = await settleReceived(ledger, received, String(claim), to, actor);
				settledAs = 'state' in result ? result.state : 'stale';
			}
			const folder = state === undefined ? '' : moveTo(json);
			const settled: INodeExecutionData = {
				...item,
				json: withOutcome(json, state ?? 'not answered', (json.issues ?? []) as object[], {
					...(settledAs === undefined ? {} : { ledger: { ...facts, state: settledAs } }),
					moveTo: folder,
					// Of the file that came, which is moved; until here it was the answer's.
					bytes: object(json.acknowledges).bytes ?? json.bytes ?? 0,
				}),
				pairedItem: { item: itemIndex },
			};
			// A file of several interchanges has an item for each answer; it is moved once.
			if (folder === '' || paths.has(json.path)) {
				left.push(settled);
				return [];
			}
			paths.add(json.path);
			return [settled];
		});
		return [moved, left];
	},
};
