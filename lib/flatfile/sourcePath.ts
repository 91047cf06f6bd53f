import { nearestName } from './nearestName';

/** What a path starts from. */
export interface SourceScope {
	/** The row the record stands for: a document, one of its lines, the first document of the file. */
	readonly row: unknown;
	/** The document. */
	readonly item: unknown;
	readonly run: unknown;
}

export type SourceReader = (scope: SourceScope) => unknown;

const STEP = /(?:^|\.)([^.[\]]+)|\[(\d+)\]|(?:^|\.)?\["([^"]+)"\]|(?:^|\.)?\['([^']+)'\]/gy;

/** Steps of `supplier.Name`, `lines[0].AmountFC` or `["a.b"]`; undefined for anything else. */
export function parseSourcePath(path: string): readonly string[] | undefined {
	const steps: string[] = [];
	let length = 0;
	for (const match of path.matchAll(STEP)) {
		length += match[0].length;
		const step = match.slice(1).find((part) => part !== undefined);
		if (step === undefined) return undefined;
		steps.push(step);
	}
	return length === path.length && steps.length > 0 ? steps : undefined;
}

/** What a reader returns where a step does not exist; a value, not an error, for speed. */
export class SourceNotFound {
	constructor(
		readonly step: string,
		private readonly owner: unknown,
	) {}

	/** The name that is there and was probably meant; looked for only when someone is told. */
	get nearest(): string | undefined {
		if (typeof this.owner !== 'object' || this.owner === null || Array.isArray(this.owner)) {
			return undefined;
		}
		return nearestName(this.step, Object.keys(this.owner));
	}
}

export function compileSource(steps: readonly string[]): SourceReader {
	const [root, ...rest] = steps;
	if (root === '$item') return (scope) => follow(scope.item, rest);
	if (root === '$run') return (scope) => follow(scope.run, rest);
	if (rest.length > 0) return (scope) => follow(scope.row, steps);
	const name = root as string;
	return (scope) => step(scope.row, name);
}

function follow(start: unknown, steps: readonly string[]): unknown {
	let value = start;
	for (const name of steps) {
		// Below a null there is nothing, which is a value that is missing, not a wrong path.
		if (value === null || value === undefined) return value;
		value = step(value, name);
		if (value instanceof SourceNotFound) return value;
	}
	return value;
}

/** Own properties only: `constructor` of an object is nobody's data. */
function step(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
		? (value as Record<string, unknown>)[name]
		: new SourceNotFound(name, value);
}
