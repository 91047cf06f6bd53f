import type { Issue } from '../errors';
import type { CompiledLayout, CompiledRecord } from './compileLayout';
import { needsQuotes } from './csv';
import { documentFacts } from './documentFacts';
import { showValue, valueProblem } from './problem';
import type { Note, Problem } from './problem';
import { SourceNotFound } from './sourcePath';
import { totalUnits } from './totals';
import type { Totals } from './totals';

export interface FlatFileInput {
	/** An Exact Online item, a neutral document or a flat row. */
	readonly row: Readonly<Record<string, unknown>>;
	/** Values by `record.field` that take the place of the source path. */
	readonly mapped?: Readonly<Record<string, unknown>>;
}

/** Inputs that are written or refused together: a document, or the rows of a group. */
export interface Unit {
	readonly indexes: readonly number[];
	readonly inputs: readonly FlatFileInput[];
}

/** A record with its values; counters, counts and sums are filled in later. */
export interface DraftRecord {
	readonly record: CompiledRecord;
	readonly texts: (string | undefined)[];
	readonly place: RecordPlace;
}

export interface RecordPlace {
	/** `Document INV-1`, `Row 3`, `File`. */
	readonly document: string;
	/** `lines[2]` for a sub-detail. */
	readonly path: string;
	/** From 1, of a sub-detail. */
	readonly ordinal: number | undefined;
}

/** What drafting collects: the totals and the issues of the unit. */
export interface Drafting {
	readonly compiled: CompiledLayout;
	/** `$run` of source paths. */
	readonly run: Readonly<Record<string, unknown>>;
	readonly totals: Totals;
	readonly issues: Issue[];
}

export function nameDocument(row: Readonly<Record<string, unknown>>, index: number): string {
	const facts = documentFacts(row);
	return facts === undefined ? `Row ${index + 1}` : `Document ${facts.number}`;
}

/** All records of a unit, in the order of the file. */
export function draftUnit(unit: Unit, drafting: Drafting): readonly DraftRecord[] {
	const { records } = drafting.compiled;
	const [first] = unit.inputs as readonly [FlatFileInput];
	const whole = nameDocument(first.row, unit.indexes[0] as number);
	const drafts: DraftRecord[] = [];
	const ofGroup = (kind: 'groupHeader' | 'groupTrailer') => {
		for (const record of records) {
			if (record.layout.kind !== kind) continue;
			drafts.push(draftRecord(record, first.row, first, placeOf(whole), drafting));
		}
	};
	ofGroup('groupHeader');
	for (const [position, input] of unit.inputs.entries()) {
		const document = nameDocument(input.row, unit.indexes[position] as number);
		for (const record of records) {
			if (record.layout.kind === 'detail') {
				drafts.push(draftRecord(record, input.row, input, placeOf(document), drafting));
			}
			if (record.layout.kind !== 'subDetail') continue;
			for (const [line, row] of rowsOf(record, input, document, drafting).entries()) {
				const path = `${record.layout.source}[${line}]`;
				const place = { document, path, ordinal: line + 1 };
				drafts.push(draftRecord(record, row, input, place, drafting));
			}
		}
	}
	ofGroup('groupTrailer');
	return drafts;
}

function placeOf(document: string): RecordPlace {
	return { document, path: '', ordinal: undefined };
}

/** The rows of a sub-detail; one object counts as one row. */
function rowsOf(
	record: CompiledRecord,
	input: FlatFileInput,
	document: string,
	drafting: Drafting,
): readonly unknown[] {
	const { name, source, required } = record.layout;
	const rows = record.readRows({ row: input.row, item: input.row, run: drafting.run });
	const wrong = (code: Issue['code'], message: string) => {
		const full = `${document}, record '${name}': ${message}`;
		drafting.issues.push({ code, severity: 'error', path: source, message: full });
		return [];
	};
	if (rows instanceof SourceNotFound) {
		const meant = rows.nearest === undefined ? '' : ` Did you mean '${rows.nearest}'?`;
		return wrong(
			'FLATFILE_SOURCE_MISSING',
			`the source '${source}' does not exist in the document.${meant} Turn on the matching 'Include' in the Exact Online node, or correct the source of the record.`,
		);
	}
	if (rows !== null && rows !== undefined && typeof rows !== 'object') {
		return wrong(
			'FLATFILE_VALUE_INVALID',
			`the source '${source}' is ${showValue(rows)}, not a list of rows. Correct the source of the record.`,
		);
	}
	const list = Array.isArray(rows) ? (rows as readonly unknown[]) : rows ? [rows] : [];
	if (list.length === 0 && required) {
		return wrong(
			'FLATFILE_NO_LINES',
			`'${source}' is empty, and the record is required. Turn on 'Include Lines' in the Exact Online node, or set "required": false.`,
		);
	}
	return list;
}

export function draftRecord(
	record: CompiledRecord,
	row: unknown,
	input: FlatFileInput,
	place: RecordPlace,
	drafting: Drafting,
): DraftRecord {
	const { run, totals, issues, compiled: layout } = drafting;
	const scope = { row, item: input.row, run };
	// A mapper maps once per document: the rows of a sub-detail keep their source paths.
	const mapped = place.ordinal === undefined ? input.mapped : undefined;
	totals.count(record.layout.name);
	const texts = record.fields.map((compiled) => {
		if (compiled.use === 'constant') return compiled.text;
		if (compiled.use === 'total') return undefined;
		const { field, key } = compiled;
		const note: Note = (problem) => {
			issues.push(toIssue(problem, record, field.name, place, field.source));
		};
		let value =
			mapped !== undefined && Object.hasOwn(mapped, key) ? mapped[key] : compiled.read(scope);
		if (value instanceof SourceNotFound) {
			if (!field.optional) {
				note(missingSource(field.source, value));
				return undefined;
			}
			value = undefined;
		}
		const written = compiled.write(value, note);
		if (written === undefined) return undefined;
		if (compiled.summed && written.units !== undefined) totals.add(key, written.units);
		checkQuotes(layout, written.text, note);
		return written.text;
	});
	return { record, texts, place };
}

function checkQuotes(compiled: CompiledLayout, text: string, note: Note): void {
	const { format, layout } = compiled.settings;
	if (format !== 'csv' || layout.csv.quotes !== 'never' || !needsQuotes(text, layout)) return;
	note(
		valueProblem(
			'FLATFILE_CSV_UNQUOTABLE',
			text,
			`${showValue(text)} holds the delimiter or a line break, and quoting is off; set 'quotes' to 'needed', or choose another delimiter`,
		),
	);
}

/** By scope: where counters stand now, and what counts and sums come to in the end. */
export interface ScopedTotals {
	readonly file: Totals;
	readonly group: Totals;
}

/** Fills in counters in the order of the records, and the counts and sums. */
export function fillTotals(
	drafts: readonly DraftRecord[],
	running: ScopedTotals,
	final: ScopedTotals,
	drafting: Drafting,
): void {
	const { layout } = drafting.compiled.settings;
	for (const { record, texts, place } of drafts) {
		running.file.count(record.layout.name);
		running.group.count(record.layout.name);
		if (!record.hasTotals) continue;
		for (const [index, compiled] of record.fields.entries()) {
			if (compiled.use !== 'total') continue;
			const { field } = compiled;
			const totals = (field.type === 'counter' ? running : final)[field.scope];
			texts[index] = compiled.write(totalUnits(field, totals, layout), (problem) => {
				drafting.issues.push(toIssue(problem, record, field.name, place, ''));
			});
		}
	}
}

function missingSource(source: string, notFound: SourceNotFound): Problem {
	const { step, nearest } = notFound;
	const where = step === source ? '' : ` ('${step}' is not there)`;
	const fix = nearest === undefined ? '' : `did you mean '${nearest}'? If not, `;
	return {
		code: 'FLATFILE_SOURCE_MISSING',
		severity: 'error',
		message: `the source '${source}' does not exist in the document${where}; ${fix}correct the source, include the data in the Exact Online node, or mark the field optional`,
		expected: source,
	};
}

function toIssue(
	problem: Problem,
	record: CompiledRecord,
	field: string,
	place: RecordPlace,
	source: string,
): Issue {
	const ordinal = place.ordinal === undefined ? '' : ` ${place.ordinal}`;
	const { message, ...rest } = problem;
	return {
		...rest,
		path: [place.path, source === '' ? field : source].filter(Boolean).join('.'),
		message: `${place.document}, record '${record.layout.name}'${ordinal}, field '${field}': ${message}`,
	};
}
