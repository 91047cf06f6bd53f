import { charsetOf } from './charset';
import { compilePlacement, compileTotalWriter, compileValueWriter } from './fieldWriter';
import type { TotalWriter, ValueWriter, WriterSettings } from './fieldWriter';
import { isNumeric, takesValue } from './layout';
import type { Field, FlatFileFormat, Layout, RecordLayout } from './layout';
import { compileSource, parseSourcePath } from './sourcePath';
import type { SourceReader } from './sourcePath';

export interface ValueField {
	readonly use: 'value';
	readonly field: Field;
	/** `record.field`, the name values are mapped by. */
	readonly key: string;
	readonly read: SourceReader;
	readonly write: ValueWriter;
	/** Whether the value is added to the sums. */
	readonly summed: boolean;
}

export interface TotalField {
	readonly use: 'total';
	readonly field: Field;
	readonly write: TotalWriter;
}

export interface ConstantField {
	readonly use: 'constant';
	readonly field: Field;
	readonly text: string;
}

export type CompiledField = ValueField | TotalField | ConstantField;

export interface CompiledRecord {
	readonly layout: RecordLayout;
	readonly fields: readonly CompiledField[];
	readonly hasTotals: boolean;
	/** Whether a field holds bytes that are not text of the encoding. */
	readonly hasBytes: boolean;
	/** Sub-detail: reads the rows of a document. */
	readonly readRows: SourceReader;
}

export interface CompiledLayout {
	readonly settings: WriterSettings;
	readonly records: readonly CompiledRecord[];
	readonly readGroup: SourceReader | undefined;
}

/** Settles once what does not depend on a document. */
export function compileLayout(
	layout: Layout,
	format: FlatFileFormat,
	timeZone: string,
): CompiledLayout {
	const settings: WriterSettings = {
		layout,
		charset: charsetOf(layout.encoding),
		format,
		timeZone,
	};
	const summed = summedFields(layout);
	return {
		settings,
		records: layout.records.map((record) => compileRecord(record, settings, summed)),
		readGroup: layout.groupBy === undefined ? undefined : sourceReader(layout.groupBy),
	};
}

function sourceReader(path: string): SourceReader {
	// A layout that was parsed has only readable paths.
	return compileSource(parseSourcePath(path) ?? [path]);
}

function summedFields(layout: Layout): ReadonlySet<string> {
	const summed = new Set<string>();
	for (const record of layout.records) {
		for (const field of record.fields) {
			if (field.type === 'sum') summed.add(field.of[0] as string);
			if (field.total && isNumeric(field.type)) summed.add(`${record.name}.${field.name}`);
		}
	}
	return summed;
}

function compileRecord(
	record: RecordLayout,
	settings: WriterSettings,
	summed: ReadonlySet<string>,
): CompiledRecord {
	const fields = record.fields.map((field) => compileField(record, field, settings, summed));
	const fixed = settings.format === 'fixed-width';
	return {
		layout: record,
		fields,
		hasTotals: fields.some((field) => field.use === 'total'),
		hasBytes: fixed && record.fields.some((field) => field.storage !== 'display'),
		readRows: sourceReader(record.source),
	};
}

function compileField(
	record: RecordLayout,
	field: Field,
	settings: WriterSettings,
	summed: ReadonlySet<string>,
): CompiledField {
	if (takesValue(field.type)) {
		const key = `${record.name}.${field.name}`;
		return {
			use: 'value',
			field,
			key,
			read: sourceReader(field.source),
			write: compileValueWriter(field, settings),
			summed: summed.has(key),
		};
	}
	if (field.type !== 'constant' && field.type !== 'filler') {
		return { use: 'total', field, write: compileTotalWriter(field, settings) };
	}
	const place = compilePlacement(field, settings);
	// The width of a constant was checked with the layout.
	return { use: 'constant', field, text: place(field.value, () => undefined) ?? '' };
}
