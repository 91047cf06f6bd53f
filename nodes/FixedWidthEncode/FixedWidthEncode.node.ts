import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { forAllItems, writeBinaryFile } from '../shared';
import { hints, properties } from './description';
import { encodeItems } from './encodeItems';
import { layoutJsonOf, layoutOf, parametersOf } from './layoutParameters';
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
			'={{ $parameter["operation"] === "exportLayout" ? "export layout" : ($parameter["format"] === "csv" ? "CSV" : "fixed-width") + ": " + ($parameter["layoutSource"] === "preset" ? $parameter["preset"] : "own layout") }}',
		description: 'Writes documents as fixed-width or CSV files by the layout of a trading partner',
		defaults: { name: 'Fixed-Width Encode' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Encoded', 'Rejected'],
		hints,
		properties,
	};

	methods = { resourceMapping: { getLayoutFields } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const exporting = this.getNodeParameter('operation', 0, 'encode') === 'exportLayout';
		const work = exporting ? exportLayout : encode;
		return await forAllItems(this, async () => await work(this), REJECTED);
	}
}

async function encode(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const { settings, files, rejected } = encodeItems(context);
	const encoded: INodeExecutionData[] = [];
	for (const { json, bytes, fileName, mimeType, itemIndexes } of files) {
		const binary = await writeBinaryFile(context, bytes, fileName, mimeType);
		encoded.push({
			json,
			binary: { [settings.binaryField]: binary },
			pairedItem: itemIndexes.map((item) => ({ item })),
		});
	}
	return [encoded, [...rejected]];
}

/** The layout with the node's own settings in it, checked; to be pasted into another node. */
async function exportLayout(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const read = parametersOf(context);
	const { name } = layoutOf(read);
	const layout = layoutJsonOf(read) as IDataObject;
	const json = { outcome: 'exported', name, layout, layoutJson: JSON.stringify(layout, null, 2) };
	return [[{ json, pairedItem: context.getInputData().map((_, item) => ({ item })) }], []];
}
