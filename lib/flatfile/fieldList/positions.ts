import type { ListRow } from './rows';

/** Where a field stands by the list; start and width as far as the list says them. */
export interface Position {
	readonly start: number | undefined;
	readonly width: number | undefined;
	/** From a length such as `15,2`. */
	readonly decimals: number | undefined;
	/** Why the row contradicts itself. */
	readonly problem: string | undefined;
}

const WHOLE = /^\d+(?:[.,]0+)?$/;
const RANGE = /^(\d+)\s*(?:-|–|—|\.\.+|:|to|t\/m|tot|bis|a|à|t\.m\.)\s*(\d+)$/i;
const SIZE = /^(?:max\.?\s*|\.\.)?(\d+)\s*(?:[.,V]\s*(\d+))?\s*\p{L}*\.?$/iu;

export function readPosition({ cells }: ListRow, shift: number): Position {
	const startCell = cells.start ?? '';
	const range = RANGE.exec(startCell) ?? RANGE.exec(cells.length ?? '');
	const givenStart = range === null ? whole(startCell) : Number(range[1]);
	const givenEnd = range === null ? whole(cells.end ?? '') : Number(range[2]);
	const start = givenStart === undefined ? undefined : givenStart + shift;
	const end = givenEnd === undefined ? undefined : givenEnd + shift;
	const size = RANGE.test(cells.length ?? '') ? null : SIZE.exec(cells.length ?? '');
	const width = size === null ? undefined : Number(size[1]);
	// A spreadsheet keeps 10,2 as the number 10.2, and 10.0 as 10.
	const decimals = size?.[2] === undefined || /^0+$/.test(size[2]) ? undefined : Number(size[2]);
	if (start === undefined || end === undefined)
		return { start, width, decimals, problem: undefined };
	const between = end - start + 1;
	if (between < 1) {
		return { start, width, decimals, problem: `starts at ${start} and ends at ${end}` };
	}
	// An end that is not part of the field, as programmers count.
	const exclusive = width !== undefined && width === between - 1;
	const right = width === undefined || width === between;
	const problem =
		right || exclusive
			? undefined
			: `stands from ${start} to ${end}, which is ${between}, and its length is ${width}`;
	return { start, width: width ?? between, decimals, problem };
}

function whole(text: string): number | undefined {
	return WHOLE.test(text) ? Number.parseInt(text, 10) : undefined;
}

/** 1 where starts count from 0: an offset, or a list whose first field starts at 0. */
export function startShift(rows: readonly ListRow[], offsets: boolean): number {
	const starts = rows.flatMap(({ cells }) => {
		const text = cells.start ?? '';
		return whole(RANGE.exec(text)?.[1] ?? text) ?? [];
	});
	return starts.includes(0) || (offsets && !starts.includes(1)) ? 1 : 0;
}

/** Numbers 1, 2, 3 … down a column "position" are no positions: the fields are wider than one. */
export function isRowNumber(rows: readonly ListRow[]): boolean {
	const placed = rows.filter(({ cells }) => cells.start !== undefined);
	if (placed.length < 3 || rows.some(({ cells }) => cells.end !== undefined)) return false;
	const counted = placed.every(({ cells }, index) => whole(cells.start ?? '') === index + 1);
	const wide = placed.some(({ cells }) => Number(SIZE.exec(cells.length ?? '')?.[1] ?? 1) > 1);
	return counted && wide;
}
