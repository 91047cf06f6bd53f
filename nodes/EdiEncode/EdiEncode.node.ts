import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { forAllItems, writeBinaryFile } from '../shared';
import { LEDGER_CREDENTIAL } from '../shared/ledger';
import { checkSettings } from './checkSettings';
import { properties } from './description';
import { encodeItems } from './encodeItems';
import { refusedItem } from './outputs';

/** forAllItems: what fails for all items leaves by Rejected. */
const REJECTED = 1;

export class EdiEncode implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'EDI Encode',
		name: 'ediEncode',
		icon: { light: 'file:../../icons/ediEncode.svg', dark: 'file:../../icons/ediEncode.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ $parameter["standard"] === "edifact" ? "EDIFACT" : "X12" }} {{ $parameter["release"] }}',
		description:
			'Turns invoices, purchase orders and payments into X12 or EDIFACT interchanges, checked before they leave',
		defaults: { name: 'EDI Encode' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Encoded', 'Rejected'],
		usableAsTool: true,
		credentials: [{ name: LEDGER_CREDENTIAL, required: false }],
		properties,
	};

	methods = { loadOptions: { checkSettings } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getInputData();
		const encode = async (): Promise<INodeExecutionData[][]> => {
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
				return input === undefined ? [] : [refusedItem(refusal, input)];
			});
			return [encoded, rejected];
		};
		return await forAllItems(this, encode, REJECTED);
	}
}
