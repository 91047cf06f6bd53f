/** A field, a record or a layout as JSON; `parseLayout` checks it like anyone else's. */
export type LayoutJson = Readonly<Record<string, unknown>>;

type More = Readonly<Record<string, unknown>>;

/** Exact leaves out or nulls what a row does not have, so a source may be absent by default. */
const value = (type: string, name: string, source: string, width: number, more: More) => ({
	name,
	type,
	source,
	width,
	...(more['required'] === true ? {} : { optional: true }),
	...more,
});

export const text = (name: string, source: string, width: number, more: More = {}): LayoutJson =>
	value('text', name, source, width, more);

export const whole = (name: string, source: string, width: number, more: More = {}): LayoutJson =>
	value('integer', name, source, width, more);

export const amount = (name: string, source: string, more: More = {}): LayoutJson =>
	value('decimal', name, source, 15, { decimals: 2, ...more });

/** A price, a quantity or a rate; finer digits are rounded as Exact shows them. */
export const decimal = (
	name: string,
	source: string,
	width: number,
	decimals: number,
	more: More = {},
): LayoutJson => value('decimal', name, source, width, { decimals, rounding: 'half-up', ...more });

export const day = (name: string, source: string, more: More = {}): LayoutJson =>
	value('date', name, source, 8, { format: 'yyyyMMdd', emptyFill: '0', ...more });

export const yesNo = (name: string, source: string): LayoutJson =>
	value('boolean', name, source, 1, { true: 'Y', false: 'N' });

export const recordType = (letter: string): LayoutJson => ({
	name: 'recordType',
	type: 'constant',
	width: 1,
	value: letter,
	csv: false,
});

/** H, what the file is, of which company, when it was made and for whom. */
export const header = (fileType: string): LayoutJson => ({
	name: 'header',
	kind: 'header',
	fields: [
		recordType('H'),
		{ name: 'fileType', type: 'constant', width: 12, value: fileType },
		whole('division', 'document.division', 10),
		{ name: 'created', type: 'date', source: '$run.now', width: 14, format: 'yyyyMMddHHmmss' },
		text('partner', '$run.partner', 20),
	],
});

export const count = (name: string, of: string): LayoutJson => ({
	name,
	type: 'count',
	width: 8,
	of,
});

export const sum = (name: string, of: string, more: More = {}): LayoutJson => ({
	name,
	type: 'sum',
	width: 18,
	of,
	...more,
});

/** T, how many records of each kind, all records with header and trailer, and the sums. */
export const trailer = (...totals: readonly LayoutJson[]): LayoutJson => ({
	name: 'trailer',
	kind: 'trailer',
	fields: [recordType('T'), ...totals, count('recordCount', '*')],
});

export const layout = (
	name: string,
	description: string,
	records: readonly LayoutJson[],
): LayoutJson => ({
	name,
	description,
	encoding: 'windows-1252',
	widthIn: 'characters',
	characters: 'transliterate',
	recordSeparator: 'CRLF',
	records,
});

/** A list of one kind of record between header and trailer. */
export const list = (
	name: string,
	description: string,
	record: string,
	fields: readonly LayoutJson[],
	totals: readonly LayoutJson[] = [],
): LayoutJson =>
	layout(name, description, [
		header(name),
		{ name: record, kind: 'detail', fields: [recordType('D'), ...fields] },
		trailer(count('count', record), ...totals),
	]);
