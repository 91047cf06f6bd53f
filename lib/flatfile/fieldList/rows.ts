import { CoreError } from '../../errors';
import {  COLUMNS, HEADER_WORDS, IGNORED_HEADERS, plainWord } from './words';
import type {Column} from './words';

type Row = Readonly<Record<string, unknown>>;

/** A row of the list by what its cells mean. */
export interface ListRow {
	/** Position among the items, from 0. */
	readonly index: number;
	readonly cells: Readonly<Partial<Record<Column, string>>>;
}

export interface ReadRows {
	readonly columns: readonly Column[];
	readonly rows: readonly ListRow[];
	/** Headers whose meaning is not known. */
	readonly ignored: readonly string[];
	/** Whether the start column counts from 0, as offsets do. */
	readonly offsets: boolean;
}

const HEADER_SEARCH = 15;

/** Reads the rows under their headers, wherever in the first rows those stand. */
export function readRows(items: readonly Row[]): ReadRows {
	if (items.length === 0) throw unreadable('The field list has no rows');
	const lists = items.map(listOf);
	const header = findHeader(items, lists);
	if (header === undefined) throw noHeader(items);
	const { meanings, from } = header;
	const rows = lists.slice(from).map((cells, offset) => {
		const byMeaning: Partial<Record<Column, string>> = {};
		for (const [key, column] of meanings.columns) {
			const text = cells.get(key);
			if (text !== undefined && text !== '') byMeaning[column] = text;
		}
		return { index: from + offset, cells: byMeaning };
	});
	const startKey = [...meanings.columns].find(([, column]) => column === 'start')?.[0];
	const startWord = plainWord(meanings.headers.get(startKey ?? '') ?? '');
	return {
		columns: [...meanings.columns.values()],
		rows,
		ignored: meanings.ignored,
		offsets: startWord.includes('offset'),
	};
}

/** The cells of an item as text; *Extract from File* without a header row gives a list in `row`. */
function listOf(item: Row): ReadonlyMap<string, string> {
	const list = Array.isArray(item['row']) ? Object.entries(item['row']) : Object.entries(item);
	return new Map(list.map(([key, value]) => [key, textOf(value)]));
}

function textOf(value: unknown): string {
	switch (typeof value) {
		case 'string':
			return value.trim();
		case 'number':
		case 'boolean':
		case 'bigint':
			return String(value);
		default:
			return '';
	}
}

interface Meanings {
	/** Column by the key of the cell. */
	readonly columns: ReadonlyMap<string, Column>;
	readonly headers: ReadonlyMap<string, string>;
	readonly ignored: readonly string[];
}

interface Header {
	readonly meanings: Meanings;
	/** First row behind it. */
	readonly from: number;
}

/** The keys of the items, or the first row whose cells are headers (a title stands above it). */
function findHeader(
	items: readonly Row[],
	lists: readonly ReadonlyMap<string, string>[],
): Header | undefined {
	const keys = new Set(
		items.flatMap((item) => (Array.isArray(item['row']) ? [] : Object.keys(item))),
	);
	const own = meaningsOf(new Map([...keys].map((key) => [key, key])));
	if (isHeader(own)) return { meanings: own, from: 0 };
	for (const [index, cells] of lists.slice(0, HEADER_SEARCH).entries()) {
		const meanings = meaningsOf(cells);
		if (isHeader(meanings)) return { meanings, from: index + 1 };
	}
	return undefined;
}

function isHeader({ columns }: Meanings): boolean {
	const found = new Set(columns.values());
	const more: readonly Column[] = ['length', 'start', 'end', 'type', 'source'];
	return found.has('name') && more.some((column) => found.has(column));
}

/** Each column takes the header that says it best; a header means one thing. */
function meaningsOf(headers: ReadonlyMap<string, string>): Meanings {
	const columns = new Map<string, Column>();
	const candidates = [...headers].map(([key, header]) => ({ key, word: plainWord(header) }));
	for (const column of COLUMNS) {
		for (const word of HEADER_WORDS[column]) {
			const found = candidates.find((one) => one.word === word && !columns.has(one.key));
			if (found === undefined) continue;
			columns.set(found.key, column);
			break;
		}
	}
	const ignored = [...headers]
		.filter(([key, header]) => {
			const word = plainWord(header);
			return (
				!columns.has(key) && word !== '' && !IGNORED_HEADERS.has(word) && !/^empty\d*$/.test(word)
			);
		})
		.map(([, header]) => header);
	return { columns, headers, ignored };
}

function noHeader(items: readonly Row[]): CoreError {
	const [first = {}] = items;
	const keys = Object.keys(first);
	const [only = ''] = keys;
	if (keys.length === 1 && /[;,\t|]/.test(only)) {
		return unreadable(
			`The field list has one column, '${only}'. Set the delimiter in the 'Extract from File' node.`,
		);
	}
	return unreadable(
		`The field list has no column for the name of a field beside one for its length, positions or type. Its columns are: ${keys.join(', ')}. Name them 'name', 'start', 'length', 'end', 'type' and 'decimals'.`,
	);
}

function unreadable(message: string): CoreError {
	return new CoreError('FLATFILE_LIST_UNREADABLE', message, { path: 'items' });
}
