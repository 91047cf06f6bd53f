import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

/** What the node can do: how the editor shows it, and the work itself. */
export interface Operation {
	readonly name: string;
	readonly action: string;
	readonly description: string;
	readonly properties: readonly INodeProperties[];
	readonly execute: (context: IExecuteFunctions) => Promise<INodeExecutionData[]>;
}
