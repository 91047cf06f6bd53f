import type { CompiledLayout, CompiledRecord } from './compileLayout';
import type { CsvCell } from './csv';

export interface RecordCells {
	readonly kind: CompiledRecord['layout']['kind'];
	readonly cells: readonly CsvCell[];
}

const NO_VALUE: CsvCell = { text: '', isText: false };

/** Which records make the columns of one table. */
export function isJoined(record: CompiledRecord): boolean {
	return ['groupHeader', 'detail', 'subDetail'].includes(record.layout.kind);
}

/**
 * One row for each sub-detail with its group and document in front. A document without sub-details
 * keeps one row, with empty cells in their place: left out, it would be lost.
 */
export function joinedRows(
	compiled: CompiledLayout,
	records: readonly RecordCells[],
): readonly (readonly CsvCell[])[] {
	const details = compiled.records.filter(({ layout }) => layout.kind === 'detail').length;
	const lines = compiled.records.find(({ layout }) => layout.kind === 'subDetail');
	const lineWidth = lines?.fields.filter(({ field }) => field.csv).length ?? 0;
	const rows: CsvCell[][] = [];
	let group: readonly CsvCell[] = [];
	for (const document of documentsOf(records, details)) {
		const head: CsvCell[] = [];
		const tails: (readonly CsvCell[])[] = [];
		for (const { kind, cells } of document) {
			if (kind === 'groupHeader') group = [...group, ...cells];
			if (kind === 'detail') head.push(...cells);
			if (kind === 'subDetail') tails.push(cells);
		}
		if (tails.length === 0 && details > 0) {
			tails.push(Array.from({ length: lineWidth }, () => NO_VALUE));
		}
		for (const tail of tails) rows.push([...group, ...head, ...tail]);
	}
	return rows;
}

/** Cuts a group's records where a document's first detail record stands. */
function documentsOf(records: readonly RecordCells[], details: number): readonly RecordCells[][] {
	const documents: RecordCells[][] = [[]];
	let seen = 0;
	for (const record of records) {
		if (record.kind === 'detail') {
			if (seen > 0 && seen % details === 0) documents.push([]);
			seen += 1;
		}
		documents.at(-1)?.push(record);
	}
	return documents;
}
