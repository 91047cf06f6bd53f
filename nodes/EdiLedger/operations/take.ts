import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { recordDeleted, takeNewOrChanged } from '../../../lib/ledger';
import type { TakenDocument, TakeResult } from '../../../lib/ledger';
import { withOutcome } from '../../shared';
import { runToken, noteRun } from '../../shared/ledger';
import { choice, collection, flag, locator, whole } from '../fields';
import { offerItems } from '../offeredItems';
import type { OfferedItem } from '../offeredItems';
import { ONLY_ONE, onlyAgreementFields, onlyAgreements } from '../onlyAgreement';
import type { LedgerOperation, LedgerRun } from '../operation';

/** Of each reason so many document numbers are named; all of them are in the ledger. */
const NUMBERS_SHOWN = 20;

/** A document that is not taken, and why. */
interface Left {
	readonly itemIndex: number;
	readonly name: string;
	readonly reason: string;
}

interface Reason {
	count: number;
	readonly numbers: string[];
}

function notTaken({ notTaken: rows }: TakeResult, offered: readonly OfferedItem[]): Left[] {
	return rows.map(({ index, reason, file }) => {
		const { itemIndex = index, number = '', key = '' } = offered[index] ?? {};
		const words = reason === 'waiting' && file !== undefined ? `waiting: ${file}` : reason;
		return { itemIndex, name: number || key, reason: words };
	});
}

/**
 * What the trigger, or *Find Deleted*, found gone: held for a person where it was sent, or offered to
 * be cancelled, as the agreement says.
 */
async function leaveDeleted(
	{ ledger, actor }: LedgerRun,
	deleted: readonly OfferedItem[],
	alwaysHold: boolean,
): Promise<{ readonly left: readonly Left[]; readonly cancellations: readonly OfferedItem[] }> {
	const left: Left[] = [];
	const cancellations: OfferedItem[] = [];
	for (const agreement of new Set(deleted.map((one) => one.agreement))) {
		const rows = deleted.filter((one) => one.agreement === agreement);
		const keys = rows.map(({ key }) => key);
		const results = await recordDeleted(ledger, { agreement, keys, alwaysHold }, actor);
		const byKey = new Map(results.map((result) => [result.key, result]));
		for (const { key, itemIndex } of rows) {
			const { outcome = 'unknown', cancellation } = byKey.get(key) ?? {};
			if (cancellation !== undefined) cancellations.push({ ...cancellation, itemIndex });
			else left.push({ itemIndex, name: key, reason: `deleted: ${outcome}` });
		}
	}
	return { left, cancellations };
}

/** Why documents were left: counts and the first numbers by reason, never an item for each. */
function reasonsOf(left: readonly Left[]): Readonly<Record<string, Reason>> {
	const reasons: Record<string, Reason> = {};
	for (const { reason, name } of left) {
		const group = (reasons[reason] ??= { count: 0, numbers: [] });
		group.count += 1;
		if (group.numbers.length < NUMBERS_SHOWN) group.numbers.push(name);
	}
	return reasons;
}

function summaryHint(taken: number, reasons: Readonly<Record<string, Reason>>): string {
	const left = Object.entries(reasons).map(([reason, { count }]) => `${count} ${reason}`);
	return `${taken} taken${left.length === 0 ? '' : `; not taken: ${left.join(', ')}`}`;
}

function sentItem({
	key,
	number,
	contentHash,
	document,
}: Omit<OfferedItem, 'agreement' | 'itemIndex'>) {
	const sent = document as IDataObject | undefined;
	const head = sent?.document as IDataObject | undefined;
	return { ...sent, document: { ...head, key, number, contentHash } } as IDataObject;
}

function takenItem(
	{ ledger, items }: LedgerRun,
	{ agreement, itemIndex, ...offered }: OfferedItem,
	document: TakenDocument,
	preview: boolean,
): INodeExecutionData {
	const input: INodeExecutionData = items[itemIndex] ?? { json: {} };
	// Of what is gone there is no item of the source: it is taken back as it was sent.
	const json = document.change === 'deleted' ? sentItem(offered) : input.json;
	const facts = {
		id: ledger.id,
		agreement,
		agreementVersion: document.agreementVersionId,
		version: document.versionId,
		reservation: document.reservation,
		usage: preview ? 'draft' : document.usage,
		change: document.change,
		purpose: document.purpose,
		supersedes: document.supersedesFile,
	};
	return {
		json: withOutcome(json, preview ? 'preview' : 'taken', [], { ledger: facts }),
		...(input.binary === undefined ? {} : { binary: input.binary }),
		pairedItem: { item: itemIndex },
	};
}

/** For the last node of the flow, which tells what the run did. */
function noteTaken(
	{ context }: LedgerRun,
	result: TakeResult,
	offered: readonly OfferedItem[],
	{ preview, reasons }: { preview: boolean; reasons: Readonly<Record<string, Reason>> },
): void {
	noteRun(context, {
		preview: preview || result.taken.some(({ usage }) => usage === 'draft'),
		agreements: [...new Set(offered.map(({ agreement }) => agreement))],
		taken: result.taken.flatMap(({ index, change }) => {
			const document = offered[index];
			if (document === undefined) return [];
			const { number, counterparty, date, amount, currency } = document;
			return [{ number, counterparty, date, amount, currency, change }];
		}),
		notTaken: reasons,
	});
}

export const takeOperation: LedgerOperation = {
	name: 'Take New or Changed',
	action: 'Take new or changed documents',
	description:
		'Pass on the documents that the partner does not have yet, reserved for this run, so that none is sent twice',
	outputs: ['Taken', 'Not Taken'],
	// What failed must not go on to be encoded.
	failureOutput: 1,
	properties: [
		choice(
			'Which Agreement',
			'agreementBy',
			[
				{ name: 'Chosen Here', value: 'name' },
				{
					name: 'The Only One There Is',
					value: ONLY_ONE,
					description:
						'The one for these documents of the division. Where there are several, the run stops and names them.',
				},
			],
			'How it is found who gets the documents and as what',
		),
		...onlyAgreementFields,
		locator(
			'Agreement',
			'agreement',
			'Who gets the documents and as what. Set one up with the operation Set Up of Agreement.',
			{ displayOptions: { show: { agreementBy: ['name'] } } },
		),
		flag(
			'Preview',
			'preview',
			'Whether to look only: what would be taken leaves as usual, nothing is reserved or sent',
		),
		collection('Options', 'options', 'Add option', [
			flag(
				'Always Hold Deleted Documents',
				'holdDeleted',
				'Whether what is gone in Exact Online waits for a person although the agreement says Cancel. For flows that cannot send.',
			),
			flag(
				'First Backfill',
				'firstBackfill',
				"Whether to take documents from before the agreement's Send From date as well. It can send a whole history.",
			),
			whole(
				'Reserved For (Minutes)',
				'leaseMinutes',
				15,
				'After that time another run may take what this one did not send',
				{ typeOptions: { minValue: 1 } },
			),
		]),
	],
	execute: async (run) => {
		const { context, ledger, actor } = run;
		const by = context.getNodeParameter('agreementBy', 0, 'name');
		const only = by === ONLY_ONE ? await onlyAgreements(run) : undefined;
		const { documents: present, deleted } = offerItems(context, only?.of);
		const options = context.getNodeParameter('options', 0, {}) as IDataObject;
		const preview = context.getNodeParameter('preview', 0, false) === true;
		if (!preview) await only?.bindDivisions();
		const gone = preview
			? { left: [], cancellations: [] }
			: await leaveDeleted(run, deleted, options.holdDeleted === true);
		const documents = [...present, ...gone.cancellations];
		const result = await takeNewOrChanged(ledger, {
			documents,
			reservation: runToken(context, 'take'),
			leaseSeconds: Number(options.leaseMinutes ?? 15) * 60,
			actor,
			firstBackfill: options.firstBackfill === true,
			preview,
		});
		const taken = result.taken.flatMap((document) => {
			const offered = documents[document.index];
			return offered === undefined ? [] : [takenItem(run, offered, document, preview)];
		});
		const left = [...notTaken(result, documents), ...gone.left];
		const reasons = reasonsOf(left);
		const message = summaryHint(taken.length, reasons);
		context.addExecutionHints({ message, location: 'outputPane' });
		noteTaken(run, result, documents, { preview, reasons });
		const counts = { taken: taken.length, notTaken: left.length };
		const json = { outcome: 'not taken', ...counts, reasons } as unknown as IDataObject;
		return [taken, [{ json, pairedItem: left.map(({ itemIndex }) => ({ item: itemIndex })) }]];
	},
};
