import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { forAllItems } from '../shared';
import { LEDGER_CREDENTIAL } from '../shared/ledger';
import { properties } from './description';
import { OPERATIONS } from './operations';
import { getLayoutFields } from './valueMapping';

const REJECTED = 1;

export class FixedWidthEncode implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fixed-Width Encode',
		name: 'fixedWidthEncode',
		icon: {
			light: 'file:../../icons/fixedWidthEncode.svg',
			dark: 'file:../../icons/fixedWidthEncode.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ $parameter["operation"] !== "encode" ? ($parameter["operation"] === "exportLayout" ? "export layout" : "make layout") : ($parameter["format"] === "csv" ? "CSV" : "fixed-width") + ": " + ($parameter["layoutSource"] === "preset" ? $parameter["preset"] : "own layout") }}',
		description: 'Writes documents as fixed-width or CSV files by the layout of a trading partner',
		defaults: { name: 'Fixed-Width Encode' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Encoded', 'Rejected'],
		credentials: [{ name: LEDGER_CREDENTIAL, required: false }],
		properties,
	};

	methods = { resourceMapping: { getLayoutFields } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const operation = OPERATIONS[this.getNodeParameter('operation', 0, 'encode') as string];
		return await forAllItems(this, async () => (await operation?.execute(this)) ?? [], REJECTED);
	}
}
