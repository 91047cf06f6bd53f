import type { CompiledLayout, CompiledRecord } from './compileLayout';
import { compileCsvWriter, csvCell } from './csv';
import type { CsvCell } from './csv';
import { isJoined, joinedRows } from './joinedRows';
import { SEPARATORS } from './layout';

const FLUSH_CHARACTERS = 1 << 16;
const FLUSH_ROWS = 512;
const HEAD_CHARACTERS = 4096;
const BYTE_ORDER_MARK = Uint8Array.of(0xef, 0xbb, 0xbf);

/** A record with a text for each of its fields. */
export interface WrittenRecord {
	readonly record: CompiledRecord;
	readonly texts: readonly string[];
}

export interface OutputPart {
	readonly chunks: readonly Uint8Array[];
	/** Records, or rows of a CSV. */
	readonly count: number;
	/** The beginning as text, for the preview of a CSV. */
	readonly head: string;
}

/** Collects records as bytes of the encoding; holds no more than the output itself. */
export interface Output {
	/** The records of one document or group, in the order of the file. */
	write(records: readonly WrittenRecord[]): void;
	end(): OutputPart;
}

export function openOutput(compiled: CompiledLayout): Output {
	return compiled.settings.format === 'csv' ? csvOutput(compiled) : fixedWidthOutput(compiled);
}

function fixedWidthOutput(compiled: CompiledLayout): Output {
	const { charset, layout } = compiled.settings;
	const separator = SEPARATORS[layout.recordSeparator];
	const chunks: Uint8Array[] = [];
	let pending = '';
	let count = 0;
	const flush = () => {
		if (pending !== '') chunks.push(charset.encode(pending));
		pending = '';
	};
	return {
		write(records) {
			for (const { record, texts } of records) {
				if (record.hasBytes) {
					flush();
					chunks.push(recordWithBytes(record, texts, charset.encode));
					pending = separator;
				} else pending += texts.join('') + separator;
				if (pending.length > FLUSH_CHARACTERS) flush();
			}
			count += records.length;
		},
		end() {
			flush();
			return { chunks, count, head: '' };
		},
	};
}

function recordWithBytes(
	record: CompiledRecord,
	texts: readonly string[],
	encode: (text: string) => Uint8Array,
): Uint8Array {
	const parts = record.fields.map(({ field }, index) => {
		const text = texts[index] as string;
		return field.storage === 'display' ? encode(text) : Buffer.from(text, 'latin1');
	});
	return Buffer.concat(parts);
}

function csvOutput(compiled: CompiledLayout): Output {
	const { charset, layout } = compiled.settings;
	const toText = compileCsvWriter(layout);
	const chunks: Uint8Array[] = [];
	let pending: (readonly CsvCell[])[] = [];
	let count = 0;
	let head = '';
	const flush = () => {
		const text = pending.length === 0 ? '' : toText(pending);
		if (text !== '') chunks.push(charset.encode(text));
		if (head.length < HEAD_CHARACTERS) head += text.slice(0, HEAD_CHARACTERS);
		count += pending.length;
		pending = [];
	};
	return {
		write(records) {
			const cells = records.map(({ record, texts }) => ({
				kind: record.layout.kind,
				cells: cellsOf(compiled, record, texts),
			}));
			const joined = layout.csv.rows === 'joined';
			const rows = joined ? joinedRows(compiled, cells) : cells.map((row) => row.cells);
			pending.push(...rows);
			if (pending.length >= FLUSH_ROWS) flush();
		},
		end() {
			flush();
			return { chunks, count, head };
		},
	};
}

function cellsOf(
	compiled: CompiledLayout,
	record: CompiledRecord,
	texts: readonly string[],
): readonly CsvCell[] {
	const cells: CsvCell[] = [];
	for (const [index, { field }] of record.fields.entries()) {
		if (!field.csv) continue;
		cells.push(csvCell(field, texts[index] as string, compiled.settings.layout));
	}
	return cells;
}

/** Column names of the header row; a name that stands already gets its record in front. */
function columnNames(compiled: CompiledLayout): readonly string[] {
	const joined = compiled.settings.layout.csv.rows === 'joined';
	const records = compiled.records.filter((record) => !joined || isJoined(record));
	const names: string[] = [];
	for (const { layout, fields } of records) {
		for (const { field } of fields) {
			if (!field.csv) continue;
			const { column } = field;
			names.push(names.includes(column) ? `${layout.name}.${column}` : column);
		}
	}
	return names;
}

export function headerRow(compiled: CompiledLayout): OutputPart {
	const { layout, charset } = compiled.settings;
	const cells = columnNames(compiled).map((text) => ({ text, isText: true }));
	const head = compileCsvWriter(layout)([cells]);
	return { chunks: [charset.encode(head)], count: 0, head };
}

/** Puts the parts of a file together: byte-order mark, records, end-of-file mark. */
export function assembleFile(compiled: CompiledLayout, parts: readonly OutputPart[]): Uint8Array {
	const { layout, charset, format } = compiled.settings;
	const bom = format === 'csv' && layout.csv.byteOrderMark ? [BYTE_ORDER_MARK] : [];
	const whole = Buffer.concat([...bom, ...parts.flatMap((part) => part.chunks)]);
	const separator = charset.encode(SEPARATORS[layout.recordSeparator]);
	const records = layout.closingSeparator
		? whole
		: whole.subarray(0, whole.length - separator.length);
	return layout.endOfFileMark ? Buffer.concat([records, charset.encode('\u001a')]) : records;
}
