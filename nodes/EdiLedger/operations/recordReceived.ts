import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { recordReceived } from '../../../lib/ledger';
import { forEachItem, readBinaryFile, withOutcome } from '../../shared';
import { runToken } from '../../shared/ledger';
import { whole } from '../fields';
import { inputBinaryField } from '../fileRows';
import type { LedgerOperation } from '../operation';
import { receivedFile } from '../receivedFile';

export const recordReceivedOperation: LedgerOperation = {
	name: 'Record Received',
	action: 'Record received files',
	description:
		'Keep files that came in, and pass on those that nobody has answered: each is answered once, however many runs overlap',
	outputs: ['To Answer', 'No Answer'],
	failureOutput: 1,
	properties: [
		inputBinaryField,
		whole(
			'Reserved For (Minutes)',
			'leaseMinutes',
			10,
			'After that time another run may answer what this one did not',
			{ typeOptions: { minValue: 1 } },
		),
	],
	execute: async ({ context, ledger, actor }) => {
		const toAnswer: INodeExecutionData[] = [];
		const others = await forEachItem(context, async (itemIndex, item) => {
			const field = context.getNodeParameter('binaryPropertyName', itemIndex) as string;
			const { bytes, fileName } = await readBinaryFile(context, itemIndex, field);
			const token = runToken(context, 'received', String(itemIndex));
			const leaseSeconds = Number(context.getNodeParameter('leaseMinutes', 0, 10)) * 60;
			const { fileId, claimed, outcome, other } = await recordReceived(
				ledger,
				receivedFile(item, { bytes, fileName }),
				{ token, leaseSeconds },
				actor,
			);
			const received: INodeExecutionData = {
				...item,
				json: withOutcome(item.json, outcome, [], {
					...(other === '' ? {} : { other }),
					ledger: { id: ledger.id, received: fileId, claim: token } as IDataObject,
				}),
				pairedItem: { item: itemIndex },
			};
			if (!claimed) return [received];
			toAnswer.push(received);
			return [];
		});
		return [toAnswer, others];
	},
};
