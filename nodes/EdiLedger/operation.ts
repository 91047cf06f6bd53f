import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { Actor, Ledger } from '../../lib/ledger';

export interface RepairRun {
	readonly context: IExecuteFunctions;
	readonly actor: Actor;
	readonly items: readonly INodeExecutionData[];
}

/** What every operation works with. */
export interface LedgerRun extends RepairRun {
	readonly ledger: Ledger;
}

/** One operation: what the editor shows and what is done, in one file each. */
export interface LedgerOperation {
	readonly name: string;
	/** What the list of actions says, such as 'Take new or changed documents'. */
	readonly action: string;
	readonly description: string;
	readonly properties: readonly INodeProperties[];
	/** Names of the outputs, where there is more than one. */
	readonly outputs?: readonly string[];
	/** By which output items leave that failed under *On Error: Continue*. */
	readonly failureOutput?: number;
	/** It works on its input alone. */
	readonly needsLedger?: false;
	/** What leaves where even the ledger could not be opened; without it the node fails. */
	readonly onFailure?: (
		context: IExecuteFunctions,
		error: unknown,
	) => Promise<INodeExecutionData[][]>;
	readonly execute: (run: LedgerRun) => Promise<INodeExecutionData[][]>;
	/** Instead of `execute`, for a ledger that cannot be opened as it is. */
	readonly repair?: (run: RepairRun) => Promise<INodeExecutionData[][]>;
}
