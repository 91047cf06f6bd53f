import type { LayoutJson } from '../presets/fields';
import { readType } from './fieldType';
import {   takesSource } from './listField';
import type {ListField, ListFindings} from './listField';
import { readPosition } from './positions';
import type { ListRow } from './rows';
import {
	LEFT_WORDS,
	plainWord,
	RIGHT_WORDS,
	SPACE_WORDS,
	TYPE_WORDS,
	YES_WORDS,
	ZERO_WORDS,
} from './words';

/** The fields of the rows, in the order of the list. */
export function readFields(
	rows: readonly ListRow[],
	shift: number,
	findings: ListFindings,
): readonly ListField[] {
	const fields: ListField[] = [];
	let record = '';
	let last = 0;
	for (const row of rows) {
		const { cells, index } = row;
		const filled = Object.keys(cells);
		if (filled.length === 0) continue;
		const heading = headingOf(row);
		if (heading !== undefined) {
			record = heading;
			last = 0;
			continue;
		}
		const position = readPosition(row, shift);
		// A list without a record column begins the next record where positions begin anew.
		if (cells.record === undefined && position.start === 1 && last > 1) {
			record = nextRecord(record);
			findings.doubt(
				'FLATFILE_LIST_POSITION',
				`items[${index}]`,
				`Positions begin anew at '${cells.name ?? ''}': read as the record '${record}'. Give the list a column 'record' to name it.`,
			);
		}
		if (cells.record !== undefined) record = cells.record;
		last = position.start ?? last;
		const field = readField(row, record || 'record', position, fields, findings);
		if (field !== undefined) fields.push(field);
	}
	return fields;
}

/** A row with a name and nothing else is the heading of the record below it. */
function headingOf({ cells }: ListRow): string | undefined {
	const { name, record, description, ...others } = cells;
	if (Object.keys(others).length > 0) return undefined;
	const text = record ?? name;
	if (text === undefined || TYPE_WORDS.get(plainWord(text)) === 'filler') return undefined;
	return description === undefined || record !== undefined ? text : undefined;
}

function nextRecord(record: string): string {
	const [, stem = 'record', number = '1'] = /^(.*?)(?: (\d+))?$/.exec(record || 'record') ?? [];
	return `${stem} ${Number(number) + 1}`;
}

function readField(
	row: ListRow,
	record: string,
	position: ReturnType<typeof readPosition>,
	before: readonly ListField[],
	findings: ListFindings,
): ListField | undefined {
	const { cells, index } = row;
	const path = `items[${index}]`;
	const ownDecimals = /^\d+$/.test(cells.decimals ?? '') ? Number(cells.decimals) : undefined;
	const type = readType({
		name: cells.name ?? '',
		type: cells.type ?? '',
		format: cells.format ?? '',
		value: cells.value ?? '',
		description: cells.description ?? '',
		width: position.width,
		decimals: ownDecimals ?? position.decimals,
	});
	const isFiller = type.settings['type'] === 'filler';
	if (cells.name === undefined && !isFiller) {
		findings.doubt(
			'FLATFILE_LIST_ROW',
			path,
			`Row ${index + 1} of the list has no name and was left out`,
		);
		return undefined;
	}
	const name = uniqueName(cells.name ?? 'filler', record, before);
	const title = `Field '${name}'`;
	for (const doubt of type.doubts) {
		findings.doubt('FLATFILE_LIST_TYPE', path, `${title} ${doubt}.`);
	}
	if (position.problem !== undefined) {
		findings.error(
			'FLATFILE_LIST_POSITION',
			path,
			`${title} ${position.problem}. Correct the list.`,
		);
	}
	// A packed or binary number has the bytes that its picture takes.
	const stored = type.settings['digits'] !== undefined;
	const width = stored ? type.width : (position.width ?? type.width);
	const told = position.width ?? type.width;
	if (type.width !== undefined && told !== type.width) {
		findings.doubt(
			'FLATFILE_LIST_TYPE',
			path,
			`${title} is ${told} wide by its length or positions and ${type.width} by its type '${cells.type ?? ''}': read as ${width}`,
		);
	}
	const { open, settings } = type;
	const field = { index, name, record, settings, start: position.start, width, open };
	return { ...field, settings: { ...settings, ...moreOf(row, takesSource(field)) } };
}

/** Fillers may share a name; anything else that does gets a number. */
function uniqueName(name: string, record: string, before: readonly ListField[]): string {
	const taken = new Set(
		before.filter((field) => field.record === record).map((field) => field.name),
	);
	let unique = name;
	for (let number = 2; taken.has(unique); number += 1) unique = `${name} ${number}`;
	return unique;
}

function moreOf({ cells }: ListRow, takesValue: boolean): LayoutJson {
	const more: Record<string, unknown> = {};
	const align = plainWord(cells.align ?? '');
	if (LEFT_WORDS.has(align)) more['align'] = 'left';
	if (RIGHT_WORDS.has(align)) more['align'] = 'right';
	const pad = cells.pad ?? '';
	if (SPACE_WORDS.has(plainWord(pad))) more['pad'] = ' ';
	else if (ZERO_WORDS.has(plainWord(pad))) more['pad'] = '0';
	else if (pad.length === 1) more['pad'] = pad;
	if (!takesValue) return more;
	if (cells.source !== undefined) more['source'] = cells.source;
	if (cells.default !== undefined) more['default'] = cells.default;
	if (YES_WORDS.has(plainWord(cells.required ?? ''))) more['required'] = true;
	return more;
}
