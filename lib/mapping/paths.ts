import { isRecord } from '../text';
/** A JSON object as n8n items carry it. */
export type Row = Readonly<Record<string, unknown>>;

/** `supplier.Name` as its names; rules are read thousands of times, so they are split once. */
export type Path = readonly string[];

export function splitPath(path: string): Path {
	return path.split('.');
}

/** Own properties only, so that no path reaches a prototype. */
export function readPath(row: Row, path: Path): unknown {
	let value: unknown = row;
	for (const name of path) {
		if (!isRecord(value) || !Object.hasOwn(value, name)) return undefined;
		value = value[name];
	}
	return value;
}

export function getPath(row: Row, path: string): unknown {
	return readPath(row, splitPath(path));
}

type Tree = Record<string, unknown>;

const LIST_ENTRY = /^(\w+)\[\d+\]$/;

/** `address.lines[1]` appends to the list, so that lists have no holes. */
export function writePath(target: Tree, path: Path, value: unknown): void {
	let node = target;
	for (let index = 0; index < path.length - 1; index += 1) {
		const name = path[index] ?? '';
		const next = node[name];
		if (isRecord(next)) {
			node = next as Tree;
		} else {
			const created: Tree = {};
			node[name] = created;
			node = created;
		}
	}
	const last = path[path.length - 1] ?? '';
	const list = last.endsWith(']') ? LIST_ENTRY.exec(last)?.[1] : undefined;
	if (list === undefined) {
		node[last] = value;
		return;
	}
	const entries = node[list];
	if (Array.isArray(entries)) entries.push(value);
	else node[list] = [value];
}

export function setPath(target: Tree, path: string, value: unknown): void {
	writePath(target, splitPath(path), value);
}
