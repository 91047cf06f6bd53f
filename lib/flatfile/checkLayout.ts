import { charsetOf } from './charset';
import type { Charset } from './charset';
import { compileDateFormat, isTimeZone } from './dateFormat';
import { isNumeric, SEPARATORS, takesValue } from './layout';
import type { Field, FlatFileFormat, Layout, RecordLayout } from './layout';
import { nameField } from './layoutFindings';
import type { LayoutFindings } from './layoutFindings';
import { nearestName } from './nearestName';
import { storedWidth } from './numbers';
import { placeFields } from './positions';
import { parseSourcePath } from './sourcePath';

/** Checks what single settings cannot show, and places the fields. */
export function checkLayout(
	layout: Layout,
	format: FlatFileFormat,
	findings: LayoutFindings,
): Layout {
	const charset = charsetOf(layout.encoding);
	checkSettings(layout, format, charset, findings);
	for (const [recordIndex, record] of layout.records.entries()) {
		for (const [fieldIndex, field] of record.fields.entries()) {
			const place: Place = {
				layout,
				record,
				field,
				path: `records[${recordIndex}].fields[${fieldIndex}]`,
				charset,
				format,
				findings,
			};
			checkCharacters(place);
			checkCombinations(place);
			checkReferences(place);
		}
	}
	if (format === 'csv') return layout;
	return {
		...layout,
		records: layout.records.map((record, index) =>
			placeFields(layout, record, `records[${index}]`, findings),
		),
	};
}

interface Place {
	readonly layout: Layout;
	readonly record: RecordLayout;
	readonly field: Field;
	readonly path: string;
	readonly charset: Charset;
	readonly format: FlatFileFormat;
	readonly findings: LayoutFindings;
}

function report(place: Place, code: Parameters<LayoutFindings['add']>[0], message: string): void {
	const owner = nameField(place.record.name, place.field.name);
	place.findings.add(code, place.path, `The ${owner}: ${message}`);
}

function checkSettings(
	layout: Layout,
	format: FlatFileFormat,
	charset: Charset,
	findings: LayoutFindings,
): void {
	const contradiction = (path: string, message: string) => {
		findings.add('FLATFILE_LAYOUT_COMBINATION', path, message);
	};
	const kinds = new Set(layout.records.map((record) => record.kind));
	if (!kinds.has('detail') && !kinds.has('subDetail')) {
		contradiction('records', "The layout has no record of kind 'detail' or 'subDetail'");
	}
	if (layout.groupBy === undefined) {
		for (const record of layout.records) {
			if (record.kind !== 'groupHeader') continue;
			contradiction(
				'groupBy',
				`The record '${record.name}' is a groupHeader, but the layout has no 'groupBy'`,
			);
		}
	} else if (parseSourcePath(layout.groupBy) === undefined) {
		findings.add(
			'FLATFILE_LAYOUT_PROPERTY',
			'groupBy',
			`'groupBy' of the layout is not a source path: "${layout.groupBy}"`,
		);
	}
	for (const [index, record] of layout.records.entries()) {
		if (parseSourcePath(record.source) !== undefined) continue;
		findings.add(
			'FLATFILE_LAYOUT_PROPERTY',
			`records[${index}].source`,
			`'source' of the record '${record.name}' is not a source path: "${record.source}"`,
		);
	}
	if (layout.timeZone !== undefined && !isTimeZone(layout.timeZone)) {
		findings.add(
			'FLATFILE_LAYOUT_PROPERTY',
			'timeZone',
			`'timeZone' of the layout is not a time zone: "${layout.timeZone}"; an example is Europe/Amsterdam`,
		);
	}
	const marks = SEPARATORS[layout.recordSeparator] + (layout.endOfFileMark ? '\u001a' : '');
	for (const mark of marks) {
		if (charset.has(mark.codePointAt(0) as number)) continue;
		contradiction(
			'recordSeparator',
			`The record separator ${layout.recordSeparator} does not exist in ${layout.encoding}`,
		);
	}
	if (layout.characters === 'replace' && !charset.has(layout.replacement.codePointAt(0) ?? 0)) {
		contradiction(
			'replacement',
			`The replacement '${layout.replacement}' does not exist in ${layout.encoding}`,
		);
	}
	if (format === 'csv') checkCsv(layout, charset, contradiction);
}

function checkCsv(
	layout: Layout,
	charset: Charset,
	contradiction: (path: string, message: string) => void,
): void {
	const { csv } = layout;
	if (layout.recordSeparator === 'none') {
		contradiction('recordSeparator', 'CSV needs a record separator: CRLF, LF, CR or NEL');
	}
	if (layout.recordSeparator === 'NEL') {
		contradiction('recordSeparator', 'CSV readers do not know NEL: use CRLF, LF or CR');
	}
	if (csv.byteOrderMark && layout.encoding !== 'utf-8') {
		contradiction('csv.byteOrderMark', `A byte-order mark needs utf-8, not ${layout.encoding}`);
	}
	if (/[\r\n]/.test(csv.delimiter) || csv.delimiter.includes(csv.quote)) {
		contradiction('csv.delimiter', 'The delimiter cannot hold the quote or a line break');
	}
	for (const character of csv.delimiter + csv.quote) {
		if (charset.has(character.codePointAt(0) as number)) continue;
		contradiction('csv.delimiter', `'${character}' does not exist in ${layout.encoding}`);
	}
	const rowKinds = layout.records.filter((record) => record.kind === 'subDetail');
	if (csv.rows === 'joined' && rowKinds.length > 1) {
		const names = rowKinds.map((record) => `'${record.name}'`).join(', ');
		contradiction(
			'csv.rows',
			`Joined rows need at most one subDetail record; the layout has ${names}. Use "rows": "records".`,
		);
	}
	if (csv.rows === 'records' && csv.headerRow && layout.records.length > 1) {
		contradiction(
			'csv.headerRow',
			'A header row fits one kind of row; with "rows": "records" the layout may have one record only',
		);
	}
}

function checkCharacters(place: Place): void {
	const { field, charset, layout } = place;
	for (const [setting, character] of [
		['pad', field.pad],
		['emptyFill', field.emptyFill],
	] as const) {
		const wide = layout.widthIn === 'bytes' && charset.byteLength(character) > 1;
		if (charset.has(character.codePointAt(0) as number) && !wide) continue;
		const problem = wide ? 'is longer than one byte' : 'does not exist';
		report(
			place,
			'FLATFILE_LAYOUT_COMBINATION',
			`the ${setting} character '${character}' ${problem} in ${layout.encoding}`,
		);
	}
	const literals = [field.value, field.positive, field.negative, field.zero];
	const written = [...literals, field.trueText, field.falseText, ...(field.codes?.values() ?? [])];
	for (const character of written.join('')) {
		const codePoint = character.codePointAt(0) as number;
		if (charset.has(codePoint) && codePoint >= 0x20) continue;
		report(
			place,
			'FLATFILE_LAYOUT_COMBINATION',
			`'${character}' cannot be written in ${layout.encoding}`,
		);
	}
}

function checkCombinations(place: Place): void {
	const { field, format } = place;
	const contradiction = (message: string) => {
		report(place, 'FLATFILE_LAYOUT_COMBINATION', message);
	};
	const number = !['text', 'date', 'boolean', 'sign', 'constant', 'filler'].includes(field.type);
	if (takesValue(field.type) && parseSourcePath(field.source) === undefined) {
		report(place, 'FLATFILE_LAYOUT_PROPERTY', `"${field.source}" is not a source path`);
	}
	if (format === 'fixed-width' && field.overflow === 'error') checkLiteralWidths(place);
	if (number && field.align === 'left' && /\d/.test(field.pad)) {
		contradiction(`digits behind a number change it: align it right, or pad with a space`);
	}
	if (number && field.align === 'right' && /[1-9]/.test(field.pad)) {
		contradiction(`the pad character '${field.pad}' changes the number: use 0 or a space`);
	}
	checkStorage(place, contradiction);
	if (field.type === 'date') {
		if (compileDateFormat(field.format) === undefined) {
			report(
				place,
				'FLATFILE_LAYOUT_PROPERTY',
				`the format '${field.format}' has an unknown token; known are yyyy yy MMM MM M dd d ooo HH H mm ss SSS`,
			);
		}
		if (field.timeZone !== undefined && !isTimeZone(field.timeZone)) {
			report(place, 'FLATFILE_LAYOUT_PROPERTY', `"${field.timeZone}" is not a time zone`);
		}
	}
}

function checkStorage(place: Place, contradiction: (message: string) => void): void {
	const { field, layout, format } = place;
	const { storage, digits, width, decimals } = field;
	if (storage === 'display') {
		if (digits !== undefined) {
			contradiction(`'digits' goes with "storage" packed or binary; give a 'width' here`);
		}
		return;
	}
	if (digits !== undefined) {
		const needed = storedWidth(storage, digits);
		if (needed === undefined) {
			contradiction(`a binary number has at most 18 digits, not ${digits}`);
		} else if (width !== needed) {
			contradiction(
				`${digits} digits take ${needed} bytes as ${storage}, the width says ${width}: leave one of the two out`,
			);
		}
		if (decimals > digits) contradiction(`${decimals} decimals do not fit ${digits} digits`);
	} else if (storage === 'binary' && width !== undefined && ![2, 4, 8].includes(width)) {
		contradiction(`a binary number is 2, 4 or 8 bytes wide, not ${width}`);
	}
	if (format === 'csv') return;
	// A byte may be 0D or 0A, where a reader would see the end of the record.
	if (layout.recordSeparator !== 'none') {
		contradiction(`${storage} numbers need "recordSeparator": "none" and a fixed record length`);
	}
	if (layout.encoding === 'utf-8') {
		contradiction(`${storage} numbers need a single-byte encoding, not utf-8`);
	}
}

/** Texts that the layout itself gives must fit before any document is looked at. */
function checkLiteralWidths(place: Place): void {
	const { field, layout, charset } = place;
	const { width } = field;
	if (width === undefined) return;
	const literals: Partial<Record<Field['type'], readonly string[]>> = {
		constant: [field.value],
		boolean: [field.trueText, field.falseText],
		sign: [field.positive, field.negative, field.zero],
		text: [...(field.codes?.values() ?? [])],
	};
	for (const literal of literals[field.type] ?? []) {
		const length = layout.widthIn === 'bytes' ? charset.byteLength(literal) : [...literal].length;
		if (length <= width) continue;
		report(
			place,
			'FLATFILE_LAYOUT_COMBINATION',
			`'${literal}' is ${length} ${layout.widthIn} wide, the field has ${width}`,
		);
	}
}

function checkReferences(place: Place): void {
	const { field, record } = place;
	if (!['counter', 'count', 'sum'].includes(field.type)) return;
	if (field.type !== 'counter' && field.scope === 'file' && !isFileRecord(record)) {
		report(
			place,
			'FLATFILE_LAYOUT_COMBINATION',
			`a ${field.type} over the file belongs into a header or trailer record; here use "scope": "group"`,
		);
	}
	if (field.scope === 'group' && isFileRecord(record)) {
		report(
			place,
			'FLATFILE_LAYOUT_COMBINATION',
			`a ${record.kind} record stands in no group: use "scope": "file"`,
		);
	}
	if (field.type === 'sum') checkSum(place);
	else checkCounted(place);
}

function isFileRecord(record: RecordLayout): boolean {
	return record.kind === 'header' || record.kind === 'trailer';
}

function checkCounted(place: Place): void {
	const names = place.layout.records.map((record) => record.name);
	for (const name of place.field.of) {
		if (name === '*' || names.includes(name)) continue;
		const nearest = nearestName(name, names);
		report(
			place,
			'FLATFILE_LAYOUT_REFERENCE',
			`there is no record '${name}' to count. ${nearest === undefined ? `The layout has ${names.join(', ')}.` : `Did you mean '${nearest}'?`}`,
		);
	}
}

function checkSum(place: Place): void {
	const { field, layout } = place;
	const summable = layout.records
		.filter((record) => !isFileRecord(record))
		.flatMap((record) =>
			record.fields
				.filter((candidate) => isNumeric(candidate.type))
				.map((candidate) => ({ name: `${record.name}.${candidate.name}`, candidate })),
		);
	const [reference = ''] = field.of;
	const found = summable.find(({ name }) => name === reference);
	if (found === undefined) {
		const names = summable.map(({ name }) => name);
		const nearest = nearestName(reference, names);
		report(
			place,
			'FLATFILE_LAYOUT_REFERENCE',
			`there is no number field '${reference}' to sum. ${nearest === undefined ? `The layout has ${names.join(', ') || 'none'}.` : `Did you mean '${nearest}'?`}`,
		);
		return;
	}
	if (found.candidate.decimals > field.decimals) {
		report(
			place,
			'FLATFILE_LAYOUT_COMBINATION',
			`the sum has ${field.decimals} decimals, '${reference}' has ${found.candidate.decimals}: give both the same`,
		);
	}
}
