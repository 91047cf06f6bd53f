import type { Row } from './decode';
import type { Reader } from './reader';

export type OutputShape = 'simplified' | 'raw' | 'selected';

/** Our own names of joined rows begin in lower case, Exact's in upper case. */
const isJoined = (name: string) => /^[a-z]/.test(name) && !name.startsWith('__');

/** The rows as Exact sent them, with the joined rows in their places. */
function toRaw(row: Row, reader: Reader): Row {
	const shaped: Row = { ...(reader.rawOf(row) ?? row) };
	for (const [name, value] of Object.entries(row)) {
		if (!isJoined(name)) continue;
		shaped[name] = Array.isArray(value)
			? value.map((entry) => toRaw(entry as Row, reader))
			: value !== null && typeof value === 'object'
				? toRaw(value, reader)
				: value;
	}
	return shaped;
}

/** Simplified is what was decoded; Selected leaves out what was only read for joins and keys. */
export function shapeRow(
	row: Row,
	shape: OutputShape,
	selected: readonly string[],
	reader: Reader,
): Row {
	if (shape === 'raw') return toRaw(row, reader);
	if (shape === 'simplified' || selected.length === 0) return row;
	const chosen = new Set(selected);
	return Object.fromEntries(
		Object.entries(row).filter(([name]) => isJoined(name) || chosen.has(name)),
	);
}

/** One row per line for tables: the document's own fields, and the line as `line`. */
export function flattenLines(row: Row): Row[] {
	const { lines, ...header } = row;
	if (!Array.isArray(lines) || lines.length === 0) return [row];
	return lines.map((line) => ({ ...header, line }));
}
