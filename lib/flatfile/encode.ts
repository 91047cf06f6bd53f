import { CoreError } from '../errors';
import type { Issue } from '../errors';
import { compileLayout } from './compileLayout';
import type { CompiledLayout, CompiledRecord } from './compileLayout';
import { draftRecord, draftUnit, fillTotals, nameDocument } from './draft';
import type { DraftRecord, Drafting, FlatFileInput, Unit } from './draft';
import type { FlatFileFormat, Layout, RecordKind } from './layout';
import { assembleFile, headerRow, openOutput } from './output';
import type { OutputPart, WrittenRecord } from './output';
import { previewLines } from './preview';
import { SourceNotFound } from './sourcePath';
import { sumsAsText, Totals } from './totals';

/** Facts of the run, `$run` in source paths. Time comes from outside: a replay makes the same bytes. */
export interface FlatFileRun {
	/** ISO 8601 instant. */
	readonly now: string;
	/** IANA zone of dates and times where the layout names none. */
	readonly timeZone: string;
	readonly partner?: string | undefined;
	readonly sequence?: string | number | undefined;
}

export interface RejectedInput {
	/** Position in the given inputs. */
	readonly index: number;
	readonly issues: readonly Issue[];
}

export interface FlatFile {
	readonly bytes: Uint8Array;
	readonly mimeType: string;
	/** Records written, or rows of a CSV without its header row. */
	readonly recordCount: number;
	readonly records: Readonly<Record<string, number>>;
	/** By `record.field`, as decimal text. */
	readonly sums: Readonly<Record<string, string>>;
	/** The first records with a column ruler, line by line. */
	readonly preview: readonly string[];
}

export interface FlatFileResult {
	/** Absent where no document could be written. */
	readonly file: FlatFile | undefined;
	/** Positions of the inputs in the file. */
	readonly accepted: readonly number[];
	readonly rejected: readonly RejectedInput[];
	readonly warnings: readonly Issue[];
}

const PREVIEW_RECORDS = 10;

/**
 * Writes the inputs by the layout. A document (or group) with an issue is left out whole and
 * returned with all its issues; a header or trailer that cannot be written raises
 * FLATFILE_FILE_INVALID.
 */
export function encodeFlatFile(
	layout: Layout,
	inputs: readonly FlatFileInput[],
	format: FlatFileFormat,
	run: FlatFileRun,
): FlatFileResult {
	const compiled = compileLayout(layout, format, run.timeZone);
	const encoding = new Encoding(compiled, {
		now: run.now,
		partner: run.partner ?? null,
		sequence: run.sequence ?? null,
		layout: layout.name,
	});
	const rejected: RejectedInput[] = [];
	for (const unit of unitsOf(compiled, inputs, rejected)) {
		const issues = encoding.add(unit);
		if (issues !== undefined) rejected.push(...unit.indexes.map((index) => ({ index, issues })));
	}
	rejected.sort((a, b) => a.index - b.index);
	return {
		file: encoding.accepted.length === 0 ? undefined : encoding.finish(),
		accepted: encoding.accepted,
		rejected,
		warnings: encoding.warnings,
	};
}

/** For those who want all or nothing: raises FLATFILE_DOCUMENTS_REJECTED with every issue. */
export function requireAllAccepted({ rejected }: FlatFileResult): void {
	if (rejected.length === 0) return;
	// The rows of a refused group share its issues.
	const issues = [...new Set(rejected.flatMap((one) => one.issues))];
	const documents = rejected.length === 1 ? '1 document does' : `${rejected.length} documents do`;
	throw new CoreError(
		'FLATFILE_DOCUMENTS_REJECTED',
		`${documents} not fit the layout, and nothing was written`,
		{ path: issues[0]?.path, issues },
	);
}

/** Groups by the layout's `groupBy`, in the order in which they first appear; else one input each. */
function* unitsOf(
	compiled: CompiledLayout,
	inputs: readonly FlatFileInput[],
	rejected: RejectedInput[],
): Generator<Unit> {
	const { readGroup } = compiled;
	if (readGroup === undefined) {
		for (const [index, input] of inputs.entries()) yield { indexes: [index], inputs: [input] };
		return;
	}
	const groups = new Map<string, { indexes: number[]; inputs: FlatFileInput[] }>();
	for (const [index, input] of inputs.entries()) {
		const value = readGroup({ row: input.row, item: input.row, run: {} });
		if (value === null || value === undefined || typeof value === 'object') {
			rejected.push({ index, issues: [groupMissing(compiled, input, index, value)] });
			continue;
		}
		const key = String(value);
		const group = groups.get(key) ?? { indexes: [], inputs: [] };
		group.indexes.push(index);
		group.inputs.push(input);
		groups.set(key, group);
	}
	yield* groups.values();
}

function groupMissing(
	compiled: CompiledLayout,
	input: FlatFileInput,
	index: number,
	value: unknown,
): Issue {
	const path = compiled.settings.layout.groupBy as string;
	const nearest = value instanceof SourceNotFound ? value.nearest : undefined;
	const fix = nearest === undefined ? '' : ` Did you mean '${nearest}'?`;
	return {
		code: 'FLATFILE_SOURCE_MISSING',
		severity: 'error',
		path,
		message: `${nameDocument(input.row, index)}: the layout groups by '${path}', which has no value here.${fix} Correct 'groupBy', or fill the value at the source.`,
	};
}

/** A file in the making. */
class Encoding {
	readonly accepted: number[] = [];

	readonly warnings: Issue[] = [];

	private readonly output: ReturnType<typeof openOutput>;

	/** Header records and everything accepted so far. */
	private readonly totals = new Totals();

	private readonly previewed: DraftRecord[] = [];

	private first: FlatFileInput | undefined;

	constructor(
		private readonly compiled: CompiledLayout,
		private readonly run: Readonly<Record<string, unknown>>,
	) {
		this.output = openOutput(compiled);
		for (const record of this.fileRecords('header')) this.totals.count(record.layout.name);
	}

	/** Writes a document or group whole, or returns its issues and writes nothing of it. */
	add(unit: Unit): readonly Issue[] | undefined {
		const group = new Totals();
		const drafting = this.drafting(group);
		const drafts = draftUnit(unit, drafting);
		const running = { file: this.totals.copy(), group: new Totals() };
		fillTotals(drafts, running, { file: group, group }, drafting);
		const errors = drafting.issues.filter((issue) => issue.severity === 'error');
		if (errors.length > 0) return errors;
		this.first ??= unit.inputs[0];
		this.warnings.push(...drafting.issues);
		for (const index of unit.indexes) this.accepted.push(index);
		this.totals.merge(group);
		this.output.write(written(drafts));
		this.previewed.push(...drafts.slice(0, PREVIEW_RECORDS - this.previewed.length));
		return undefined;
	}

	finish(): FlatFile {
		const { format, layout, charset } = this.compiled.settings;
		const trailers = this.fileRecords('trailer');
		const final = this.totals.copy();
		for (const record of trailers) final.count(record.layout.name);
		const before = this.draftFile('header', new Totals(), final);
		const after = this.draftFile('trailer', this.totals.copy(), final);
		const csvHead = format === 'csv' && layout.csv.headerRow ? [headerRow(this.compiled)] : [];
		const parts = [...csvHead, this.part(before), this.output.end(), this.part(after)];
		const counts = layout.records.map(({ name }) => [name, final.countOf([name])] as const);
		return {
			bytes: assembleFile(this.compiled, parts),
			mimeType: `${format === 'csv' ? 'text/csv' : 'text/plain'}; charset=${charset.ianaName}`,
			recordCount: parts.reduce((sum, part) => sum + part.count, 0),
			records: Object.fromEntries(counts),
			sums: sumsAsText(layout, this.totals),
			preview:
				format === 'csv'
					? parts
							.map((part) => part.head)
							.join('')
							.split(/\r\n|\n|\r/)
							.slice(0, PREVIEW_RECORDS)
					: previewLines(layout, written([...before, ...this.previewed, ...after])),
		};
	}

	/** Joined rows are one table: it has no place for records of the file. */
	private fileRecords(kind: RecordKind): readonly CompiledRecord[] {
		const { format, layout } = this.compiled.settings;
		if (format === 'csv' && layout.csv.rows === 'joined') return [];
		return this.compiled.records.filter((record) => record.layout.kind === kind);
	}

	private drafting(totals: Totals): Drafting {
		return { compiled: this.compiled, run: this.run, totals, issues: [] };
	}

	private part(drafts: readonly DraftRecord[]): OutputPart {
		const output = openOutput(this.compiled);
		if (drafts.length > 0) output.write(written(drafts));
		return output.end();
	}

	/** Header or trailer records; their values come from the first document. */
	private draftFile(
		kind: 'header' | 'trailer',
		running: Totals,
		final: Totals,
	): readonly DraftRecord[] {
		const input = this.first as FlatFileInput;
		const drafting = this.drafting(new Totals());
		const place = { document: 'File', path: '', ordinal: undefined };
		const drafts = this.fileRecords(kind).map((record) =>
			draftRecord(record, input.row, input, place, drafting),
		);
		fillTotals(
			drafts,
			{ file: running, group: new Totals() },
			{ file: final, group: final },
			drafting,
		);
		const errors = drafting.issues.filter((issue) => issue.severity === 'error');
		this.warnings.push(...drafting.issues);
		if (errors.length === 0) return drafts;
		throw new CoreError(
			'FLATFILE_FILE_INVALID',
			`The ${kind} of the file cannot be written: ${errors[0]?.message ?? ''}`,
			{ path: errors[0]?.path, issues: errors },
		);
	}
}

/** Drafts without an issue have a text in every field. */
function written(drafts: readonly DraftRecord[]): readonly WrittenRecord[] {
	return drafts as unknown as readonly WrittenRecord[];
}
