/** A JSON object as n8n items carry it. */
export type Row = Readonly<Record<string, unknown>>;

export function isRow(value: unknown): value is Row {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `supplier.Name`; own properties only, so that no path reaches a prototype. */
export function getPath(row: Row, path: string): unknown {
	let value: unknown = row;
	for (const name of path.split('.')) {
		if (!isRow(value) || !Object.hasOwn(value, name)) return undefined;
		value = value[name];
	}
	return value;
}

type Tree = Record<string, unknown>;

/** `address.lines[1]` appends to the list, so that lists have no holes. */
export function setPath(target: Tree, path: string, value: unknown): void {
	const names = path.split('.');
	const last = names.pop() ?? path;
	let node = target;
	for (const name of names) {
		const next = node[name];
		if (isRow(next)) {
			node = next as Tree;
		} else {
			const created: Tree = {};
			node[name] = created;
			node = created;
		}
	}
	const list = /^(\w+)\[\d+\]$/.exec(last);
	if (!list?.[1]) {
		node[last] = value;
		return;
	}
	const entries = node[list[1]];
	if (Array.isArray(entries)) entries.push(value);
	else node[list[1]] = [value];
}
