import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { reconcile } from '../../lib/edi/acks';
import type { ReconciledItem } from '../../lib/edi/acks';
import { readBinaryFile } from '../shared';
import { readEncoding } from './settings';

/**
 * The key of our file in the ledger. 997 and 999 say the group's number only, which is the
 * interchange's for the first group of a file of ours.
 */
function ledgerKey(item: ReconciledItem): string {
	const { acknowledgment, sender, receiver, interchangeControlNumber, groupControlNumber } = item;
	if (acknowledgment === 'CONTRL') {
		return ['EDIFACT', sender, receiver, interchangeControlNumber].join(':');
	}
	const number = interchangeControlNumber || groupControlNumber.padStart(9, '0');
	return ['X12', sender, receiver, number].join(':');
}

/** One item for each interchange, group, set or message that a received file speaks about. */
export async function reconcileFile(
	context: IExecuteFunctions,
	itemIndex: number,
	item: INodeExecutionData,
): Promise<INodeExecutionData[]> {
	const binaryField = context.getNodeParameter('binaryField', itemIndex, 'data') as string;
	const options = context.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const { bytes, fileName } = await readBinaryFile(context, itemIndex, binaryField);
	const { items, others, problems } = reconcile(bytes, readEncoding(options));
	const file = { fileName: fileName ?? '', otherSets: [...others], problems: [...problems] };
	if (items.length === 0) {
		const summary =
			others.length === 0
				? `${file.fileName || 'The file'} holds no acknowledgment that could be read`
				: `${file.fileName || 'The file'} holds ${others.join(', ')} and no acknowledgment`;
		return [
			{
				json: {
					...item.json,
					outcome: others.length === 0 ? 'unreadable' : 'not an acknowledgment',
					...file,
					summary,
				},
				...(item.binary === undefined ? {} : { binary: item.binary }),
			},
		];
	}
	return items.map((reconciled) => ({
		json: {
			...item.json,
			...file,
			...(reconciled as unknown as IDataObject),
			fileKey: ledgerKey(reconciled),
		},
		...(item.binary === undefined ? {} : { binary: item.binary }),
	}));
}
