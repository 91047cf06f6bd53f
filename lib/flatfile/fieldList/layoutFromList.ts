import { CoreError  } from '../../errors';
import type {Issue} from '../../errors';
import type { FlatFileFormat, Layout } from '../layout';
import { parseLayout } from '../parseLayout';
import type { LayoutJson } from '../presets/fields';
import {  ListFindings, nameAll, takesSource } from './listField';
import type {ListField} from './listField';
import { isRowNumber, startShift } from './positions';
import { readFields } from './readFields';
import { recordsOf } from './records';
import {  readRows } from './rows';
import type {ListRow} from './rows';
import { withSources } from './sources';

/** A partner's field list as a layout, with what a person should look at before it is used. */
export interface ListLayout {
	readonly layout: LayoutJson;
	/** Errors: the layout cannot be used like this. Warnings: it can, and may be wrong. */
	readonly issues: readonly Issue[];
	/** The fields for people, a line each; empty where the layout cannot be used. */
	readonly preview: readonly string[];
}

export interface ListSettings {
	readonly name: string;
	readonly format: FlatFileFormat;
	/** A layout whose fields of the same name give their source, such as a preset. */
	readonly sources: LayoutJson | undefined;
	/** Settings of the whole layout. */
	readonly options: LayoutJson;
}

/**
 * Makes a layout of a field list: one row a field, with its name, positions or length, and type.
 * Raises FLATFILE_LIST_UNREADABLE where the list has no such columns.
 */
export function layoutFromList(
	items: readonly Readonly<Record<string, unknown>>[],
	settings: ListSettings,
): ListLayout {
	const list = readRows(items);
	const findings = new ListFindings();
	if (list.ignored.length > 0) {
		findings.doubt(
			'FLATFILE_LIST_COLUMN',
			'items',
			`Columns of the list that were not used: ${nameAll(list.ignored)}`,
		);
	}
	const rows = isRowNumber(list.rows) ? list.rows.map(withoutStart) : list.rows;
	const shift = startShift(rows, list.offsets);
	if (shift > 0) {
		findings.doubt(
			'FLATFILE_LIST_POSITION',
			'items',
			'Positions of the list count from 0; they were read as from 1',
		);
	}
	const fields = withSources(readFields(rows, shift, findings), settings.sources);
	if (fields.length === 0) {
		throw new CoreError('FLATFILE_LIST_UNREADABLE', 'The field list has no row with a field', {
			path: 'items',
		});
	}
	const layout = {
		name: settings.name,
		...storedOptions(fields, settings, findings),
		...settings.options,
		records: recordsOf(fields, settings.format, findings),
	};
	askOpenQuestions(fields, findings);
	return { layout, ...checked(layout, settings.format, findings) };
}

function withoutStart({ index, cells }: ListRow): ListRow {
	const others = Object.entries(cells).filter(([column]) => column !== 'start');
	return { index, cells: Object.fromEntries(others) };
}

/** Packed and binary numbers cannot stand between line breaks. */
function storedOptions(
	fields: readonly ListField[],
	{ format, options }: ListSettings,
	findings: ListFindings,
): LayoutJson {
	const stored = fields.filter(({ settings }) => settings['storage'] !== undefined);
	if (stored.length === 0 || format === 'csv') return {};
	if (options['recordSeparator'] === undefined || options['encoding'] === undefined) {
		findings.doubt(
			'FLATFILE_LIST_TYPE',
			'items',
			`${nameAll(stored.map(({ name }) => name))} are packed or binary: records are written without separators. Check 'Encoding' under 'Layout Options'; hosts often want EBCDIC.`,
		);
	}
	return { recordSeparator: 'none' };
}

/** What lists seldom say, once for all fields. */
function askOpenQuestions(fields: readonly ListField[], findings: ListFindings): void {
	const ask = (open: readonly ListField[], question: string) => {
		if (open.length === 0) return;
		const names = nameAll(open.map(({ name }) => name));
		findings.doubt('FLATFILE_LIST_OPEN', `items[${open[0]?.index ?? 0}]`, `${names}: ${question}`);
	};
	ask(
		fields.filter(({ open }) => open.includes('point')),
		'the list does not say whether the decimal point is written. It is (12.50); set "point": "implied" for 1250.',
	);
	ask(
		fields.filter(({ open }) => open.includes('sign')),
		'the list does not say how a negative number is written. A minus stands in front; set "sign" for another way.',
	);
	ask(
		fields.filter((field) => takesSource(field) && field.settings['source'] === undefined),
		"the list does not say where the value comes from. It is read by the field's own name; give the list a column 'source', choose 'Sources From', or set 'Values' to 'Mapped Below' when encoding.",
	);
}

/** What a layout may not be at all is told with the rest. */
function checked(
	layout: LayoutJson,
	format: FlatFileFormat,
	findings: ListFindings,
): Pick<ListLayout, 'issues' | 'preview'> {
	const { issues } = findings;
	if (issues.some(({ severity }) => severity === 'error')) return { issues, preview: [] };
	try {
		return { issues, preview: previewOf(parseLayout(layout, format)) };
	} catch (error) {
		if (!(error instanceof CoreError)) throw error;
		return { issues: [...error.issues, ...issues], preview: [] };
	}
}

function previewOf({ records }: Layout): readonly string[] {
	return records.flatMap(({ name, kind, fields, length }) => {
		const widest = Math.max(...fields.map((field) => field.name.length));
		const title = `${name}: ${kind}${length > 0 ? `, ${length} wide` : ''}`;
		const lines = fields.map((field) => {
			const { start, width, type, source, storage, decimals, format } = field;
			const place =
				start === undefined || width === undefined
					? ''
					: `${String(start).padStart(5)}-${String(start + width - 1).padEnd(5)} `;
			const more = [
				type === 'decimal' ? `${decimals} decimals` : '',
				type === 'date' ? format : '',
				type === 'constant' ? `'${field.value}'` : '',
				storage === 'display' ? '' : storage,
				source === field.name || source === '' ? '' : `from ${source}`,
			].filter(Boolean);
			return `${place}${field.name.padEnd(widest)}  ${[type, ...more].join(', ')}`;
		});
		return [title, ...lines];
	});
}
