import type { FlatFileFormat, RecordKind } from '../layout';
import { storedWidth } from '../numbers';
import type { LayoutJson } from '../presets/fields';
import type { ListField, ListFindings } from './listField';
import { recordKindOf } from './words';

/** The fields as records, with fillers where the list leaves positions free. */
export function recordsOf(
	fields: readonly ListField[],
	format: FlatFileFormat,
	findings: ListFindings,
): readonly LayoutJson[] {
	const byRecord = new Map<string, ListField[]>();
	for (const field of fields) {
		const list = byRecord.get(field.record) ?? [];
		list.push(field);
		byRecord.set(field.record, list);
	}
	const kinds = kindsOf([...byRecord.keys()], findings);
	const hasWidths = fields.some(({ start, width }) => (start ?? width) !== undefined);
	if (format === 'fixed-width' && !hasWidths) {
		findings.error(
			'FLATFILE_LIST_POSITION',
			'items',
			"The list has neither lengths nor positions. Add a column 'length', or set 'Format' to CSV.",
		);
	}
	const fixed = format === 'fixed-width' && hasWidths;
	return [...byRecord].map(([name, list]) => ({
		name,
		kind: kinds.get(name),
		fields: fixed ? placed(name, list, findings) : list.map((field) => fieldOf(field, undefined)),
	}));
}

function kindsOf(
	names: readonly string[],
	findings: ListFindings,
): ReadonlyMap<string, RecordKind> {
	const words = names.map((name) => [name, recordKindOf(name)] as const);
	const details = words.filter(([, word]) => word === undefined || word === 'line');
	const kinds = new Map<string, RecordKind>();
	for (const [name, word] of words) {
		if (word === 'header' || word === 'trailer') kinds.set(name, word);
		else kinds.set(name, word === 'line' && details.length > 1 ? 'subDetail' : 'detail');
	}
	// A file of one kind of record has items, whatever the record is called.
	if (names.length === 1) kinds.set(names[0] as string, 'detail');
	if (names.length > 1) {
		const said = [...kinds].map(([name, kind]) => `'${name}' ${kind}`).join(', ');
		findings.doubt(
			'FLATFILE_LIST_RECORD',
			'items',
			`The kinds of the records were read from their names: ${said}. A header or trailer stands once in the file, a detail once for each item, a subDetail once for each of its lines; correct 'kind' in the layout where that is wrong.`,
		);
	}
	return kinds;
}

/** Fields with start and width; overlaps are errors, gaps become fillers. */
function placed(
	record: string,
	fields: readonly ListField[],
	findings: ListFindings,
): readonly LayoutJson[] {
	let next = 1;
	const found = fields.flatMap((field) => {
		const width = field.width ?? widthToNext(field, fields) ?? storedBytes(field);
		const start = field.start ?? next;
		if (width === undefined || width < 1) {
			findings.error(
				'FLATFILE_LIST_POSITION',
				`items[${field.index}]`,
				`Field '${field.name}' has no length. Add it to the list.`,
			);
			return [];
		}
		next = start + width;
		return [{ field, start, width }];
	});
	found.sort((a, b) => a.start - b.start);
	const result: LayoutJson[] = [];
	let end = 0;
	let previous = '';
	for (const { field, start, width } of found) {
		const path = `items[${field.index}]`;
		if (start <= end) {
			findings.error(
				'FLATFILE_LIST_POSITION',
				path,
				`Field '${field.name}' of record '${record}' starts at position ${start}, but field '${previous}' reaches to ${end}. Correct the list.`,
			);
		} else if (start > end + 1) {
			const positions =
				start === end + 2 ? `Position ${end + 1}` : `Positions ${end + 1} to ${start - 1}`;
			findings.doubt(
				'FLATFILE_LIST_POSITION',
				path,
				`${positions} of record '${record}', in front of field '${field.name}', ${start === end + 2 ? 'belongs' : 'belong'} to no field: filled with spaces`,
			);
			const name = `filler at ${end + 1}`;
			result.push({ name, type: 'filler', start: end + 1, width: start - end - 1 });
		}
		result.push(fieldOf(field, { start, width }));
		if (start + width - 1 > end) previous = field.name;
		end = Math.max(end, start + width - 1);
	}
	return result;
}

/** A list with starts only: a field reaches to the next one. */
function widthToNext(field: ListField, fields: readonly ListField[]): number | undefined {
	const { start } = field;
	if (start === undefined) return undefined;
	const later = fields.flatMap((other) =>
		(other.start ?? 0) > start ? [other.start as number] : [],
	);
	return later.length === 0 ? undefined : Math.min(...later) - start;
}

function storedBytes({ settings }: ListField): number | undefined {
	const { storage, digits } = settings;
	if ((storage !== 'packed' && storage !== 'binary') || typeof digits !== 'number')
		return undefined;
	return storedWidth(storage, digits);
}

function fieldOf(
	{ name, settings }: ListField,
	place: { readonly start: number; readonly width: number } | undefined,
): LayoutJson {
	const { type, ...more } = settings;
	// The width of a packed or binary number follows from its digits.
	const width = settings['digits'] === undefined ? { width: place?.width } : {};
	return { name, type, ...(place === undefined ? {} : { start: place.start, ...width }), ...more };
}
