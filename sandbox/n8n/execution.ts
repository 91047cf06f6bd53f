/** Reading what an execution did. */
export interface Item {
	readonly json: Readonly<Record<string, unknown>>;
	readonly binary?: Readonly<Record<string, unknown>>;
	readonly pairedItem?: unknown;
}

export interface NodeRun {
	readonly executionTime: number;
	readonly executionStatus?: string;
	readonly error?: { readonly message?: string; readonly description?: string };
	readonly data?: Readonly<Record<string, readonly (readonly Item[] | null)[]>>;
	readonly hints?: readonly unknown[];
}

export interface ExecutionData {
	readonly resultData: {
		readonly runData: Readonly<Record<string, readonly NodeRun[]>>;
		readonly lastNodeExecuted?: string;
		readonly error?: { readonly message?: string; readonly description?: string };
	};
}

export interface Execution {
	readonly id: string;
	readonly workflowId: string;
	readonly status: 'new' | 'running' | 'success' | 'error' | 'canceled' | 'crashed' | 'waiting';
	readonly mode: string;
	readonly startedAt: string;
	readonly stoppedAt: string | null;
	readonly data: ExecutionData;
	/** The stored text, to search it for secrets. */
	readonly raw: string;
}

/**
 * n8n stores executions in the `flatted` form: an array in which every string inside an object or
 * array is the index of a value.
 */
export function parseFlatted(text: string): unknown {
	const values = JSON.parse(text) as unknown[];
	const done = new Map<number, unknown>();
	const revive = (index: number): unknown => {
		const value = values[index];
		if (typeof value !== 'object' || value === null) return value;
		const known = done.get(index);
		if (known !== undefined) return known;
		const resolve = (child: unknown) => (typeof child === 'string' ? revive(Number(child)) : child);
		if (Array.isArray(value)) {
			const array: unknown[] = [];
			done.set(index, array);
			for (const child of value) array.push(resolve(child));
			return array;
		}
		const object: Record<string, unknown> = {};
		done.set(index, object);
		for (const [key, child] of Object.entries(value)) object[key] = resolve(child);
		return object;
	};
	return revive(0);
}

/** All items that left an output of a node, over all of its runs. */
export function outputOf(execution: Execution, nodeName: string, output = 0): Item[] {
	const runs = execution.data.resultData.runData[nodeName] ?? [];
	return runs.flatMap((run) => [...(run.data?.['main']?.[output] ?? [])]);
}

/** Why an execution failed, with the node that failed, in one line. */
export function failureOf(execution: Execution): string | undefined {
	const { error, lastNodeExecuted } = execution.data.resultData;
	if (execution.status === 'success') return undefined;
	const text = [error?.message, error?.description].filter(Boolean).join(' — ');
	return `${execution.status}${lastNodeExecuted ? ` at "${lastNodeExecuted}"` : ''}: ${text || 'no message'}`;
}
