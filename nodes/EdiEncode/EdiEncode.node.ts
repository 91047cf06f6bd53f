import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { forAllItems, writeBinaryFile } from '../shared';
import { description } from './description';
import { encodeItems } from './encodeItems';
import { refusedItem } from './outputs';

export class EdiEncode implements INodeType {
	description: INodeTypeDescription = description;

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getInputData();
		// What fails for all of them leaves by Rejected, where n8n's own re-routing does not reach.
		return await forAllItems(
			this,
			async () => {
				const { files, refusals, run } = await encodeItems(this);
				const encoded: INodeExecutionData[] = [];
				for (const file of files) {
					const binary = await writeBinaryFile(this, file.bytes, file.fileName, file.mimeType);
					encoded.push({
						json: file.json,
						binary: { [run.binaryField]: binary },
						pairedItem: file.itemIndexes.map((item) => ({ item })),
					});
				}
				const rejected = refusals.flatMap((refusal) => {
					const input = items[refusal.source.itemIndex];
					return input === undefined
						? []
						: [refusedItem(refusal, input, run, this.getExecutionId())];
				});
				return [encoded, rejected];
			},
			1,
		);
	}
}
