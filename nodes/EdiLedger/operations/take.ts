import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { CoreError } from '../../../lib/errors';
import { takeNewOrChanged } from '../../../lib/ledger';
import type { OfferedDocument, TakeResult } from '../../../lib/ledger';
import { locatorValue, parameterOf, withOutcome } from '../../shared';
import { runToken } from '../../shared/ledger';
import { collection, flag, locator, whole } from '../fields';
import { offeredDocument } from '../offeredDocument';
import type { LedgerOperation } from '../operation';

/** Of each reason so many document numbers are named; all of them are in the ledger. */
const NUMBERS_SHOWN = 20;

interface Reason {
	count: number;
	readonly numbers: string[];
}

/** Why documents were left: counts and the first numbers by reason, never an item for each. */
function reasonsOf(
	result: TakeResult,
	offered: readonly OfferedDocument[],
): Readonly<Record<string, Reason>> {
	const reasons: Record<string, Reason> = {};
	for (const { index, reason, file } of result.notTaken) {
		const words = reason === 'waiting' && file !== undefined ? `waiting: ${file}` : reason;
		const group = (reasons[words] ??= { count: 0, numbers: [] });
		group.count += 1;
		const number = offered[index]?.number || offered[index]?.key;
		if (number !== undefined && group.numbers.length < NUMBERS_SHOWN) group.numbers.push(number);
	}
	return reasons;
}

function offer(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
): OfferedDocument[] {
	const agreementOf = parameterOf(context, 'agreement', '');
	return items.map(({ json }, itemIndex) => {
		const agreement = locatorValue(agreementOf(itemIndex));
		const document = offeredDocument(json, agreement);
		const subject = document.number || document.key || `item ${itemIndex}`;
		if (agreement === '') {
			throw new CoreError('LEDGER_AGREEMENT_EMPTY', `No agreement is chosen for ${subject}`, {
				path: 'agreement',
			});
		}
		if (document.key === '') {
			throw new CoreError(
				'LEDGER_DOCUMENT_INVALID',
				`Item ${itemIndex} is no document: it has no key`,
				{ path: 'document.key' },
			);
		}
		return document;
	});
}

function summaryHint(taken: number, reasons: Readonly<Record<string, Reason>>): string {
	const left = Object.entries(reasons).map(([reason, { count }]) => `${count} ${reason}`);
	return `${taken} taken${left.length === 0 ? '' : `; not taken: ${left.join(', ')}`}`;
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
		locator(
			'Agreement',
			'agreement',
			'Who gets the documents and as what. Set one up with the operation Set Up of Agreement.',
		),
		flag(
			'Preview',
			'preview',
			'Whether to look only: what would be taken leaves as usual, nothing is reserved or sent',
		),
		collection('Options', 'options', 'Add option', [
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
	execute: async ({ context, ledger, actor, items }) => {
		const offered = offer(context, items);
		const options = context.getNodeParameter('options', 0, {}) as IDataObject;
		const preview = context.getNodeParameter('preview', 0, false) === true;
		const result = await takeNewOrChanged(ledger, {
			documents: offered,
			reservation: runToken(context, 'take'),
			leaseSeconds: Number(options.leaseMinutes ?? 15) * 60,
			actor,
			firstBackfill: options.firstBackfill === true,
			preview,
		});
		const taken = result.taken.map((document): INodeExecutionData => {
			const input: INodeExecutionData = items[document.index] ?? { json: {} };
			const ledgerFacts = {
				id: ledger.id,
				agreement: offered[document.index]?.agreement ?? '',
				agreementVersion: document.agreementVersionId,
				version: document.versionId,
				reservation: document.reservation,
				usage: preview ? 'draft' : document.usage,
				change: document.change,
				purpose: document.purpose,
				supersedes: document.supersedesFile,
			};
			return {
				json: withOutcome(input.json, preview ? 'preview' : 'taken', [], { ledger: ledgerFacts }),
				...(input.binary === undefined ? {} : { binary: input.binary }),
				pairedItem: { item: document.index },
			};
		});
		const reasons = reasonsOf(result, offered);
		const notTaken = result.notTaken.length;
		context.addExecutionHints({
			message: summaryHint(taken.length, reasons),
			location: 'outputPane',
		});
		const summary: INodeExecutionData = {
			json: {
				outcome: 'not taken',
				taken: taken.length,
				notTaken,
				reasons,
			} as unknown as IDataObject,
			pairedItem: result.notTaken.map(({ index }) => ({ item: index })),
		};
		return [taken, notTaken === 0 ? [] : [summary]];
	},
};
