import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { CoreError } from '../../lib/errors';
import type { ResourceName } from '../../lib/exact';
import { findGone, RESOURCES } from '../../lib/exact';
import { parseDocumentKey } from '../../lib/mapping';
import { failedItem, toNodeError, withOutcome } from '../shared';
import type { Run } from './readItems';
import { readerFor } from './readItems';

interface Asked {
	readonly id: string;
	readonly key: string;
	readonly itemIndex: number;
}

/** Of all items at once, because Exact is asked for fifteen keys in a call. */
export async function findDeleted(
	context: IExecuteFunctions,
	run: Run,
): Promise<INodeExecutionData[]> {
	const chosen = context.getNodeParameter('resource', 0) as ResourceName;
	const byDivision = new Map<number, Asked[]>();
	for (const itemIndex of context.getInputData().keys()) {
		const key = String(context.getNodeParameter('documentKey', itemIndex) ?? '');
		const { division, resource, id } = parseDocumentKey(key);
		if (resource !== chosen) {
			throw new CoreError('EXACT_PARAMETER_INVALID', `"${key}" is not a key of ${chosen}`, {
				path: 'documentKey',
				hint: 'Choose the resource of the items, or send only items of this resource.',
			});
		}
		const asked = byDivision.get(division) ?? [];
		byDivision.set(division, [...asked, { id, key, itemIndex }]);
	}
	const items: INodeExecutionData[] = [];
	for (const [division, asked] of byDivision) {
		run.lastDivision = division;
		try {
			const ids = asked.map(({ id }) => id);
			const gone = new Set(
				await findGone(readerFor(run, division, 'amsterdam'), RESOURCES[chosen], ids),
			);
			for (const { id, key, itemIndex } of asked) {
				if (!gone.has(id)) continue;
				const input = context.getInputData()[itemIndex]?.json.document as IDataObject | undefined;
				const document = { ...input, resource: chosen, key, division };
				items.push({
					json: withOutcome({ document }, 'deleted', []),
					pairedItem: { item: itemIndex },
				});
			}
		} catch (error) {
			// One division's trouble: nothing of it is concluded.
			if (!context.continueOnFail()) throw toNodeError(context.getNode(), error);
			for (const { itemIndex } of asked) {
				const input = context.getInputData()[itemIndex] ?? { json: {} };
				items.push(failedItem(input, itemIndex, error));
			}
		}
	}
	return items;
}
