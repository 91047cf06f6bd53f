import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { readInterchanges } from '../../../lib/edi/acks';
import { recordReceived } from '../../../lib/ledger';
import { sha256 } from '../../../lib/text';
import { forEachItem, readBinaryFile, withOutcome } from '../../shared';
import { runToken } from '../../shared/ledger';
import { whole } from '../fields';
import { inputBinaryField } from '../fileRows';
import type { LedgerOperation } from '../operation';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

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
			const [interchange] = readInterchanges(bytes).interchanges;
			const token = runToken(context, 'received', String(itemIndex));
			const file = {
				path: text(item.json.path),
				modifiedAt: text(item.json.modifiedAt),
				name: fileName ?? text(item.json.fileName),
				bytes,
				sha256: sha256(bytes),
				sender: interchange?.sender.id.trim() ?? '',
				receiver: interchange?.receiver.id.trim() ?? '',
				controlNumber: interchange?.controlNumber ?? '',
				format: interchange?.standard ?? '',
			};
			const leaseSeconds = Number(context.getNodeParameter('leaseMinutes', 0, 10)) * 60;
			const { fileId, claimed, outcome, other } = await recordReceived(
				ledger,
				file,
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
