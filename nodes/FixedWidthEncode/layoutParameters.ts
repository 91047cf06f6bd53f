import type { IDataObject, IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';
import { CoreError } from '../../lib/errors';
import {
	CSV_SETTINGS,
	FIELD_SETTINGS,
	LAYOUT_SETTINGS,
	parseLayout,
	presetLayout,
} from '../../lib/flatfile';
import type { FlatFileFormat, Layout, LayoutJson, Settings } from '../../lib/flatfile';

/** Reads a parameter by name, wherever the node stands: in a run or in the editor. */
export type ReadParameter = (name: string, fallback: unknown) => unknown;

export function parametersOf(context: IExecuteFunctions): ReadParameter {
	return (name, fallback) => context.getNodeParameter(name, 0, fallback as object);
}

export function editorParametersOf(context: ILoadOptionsFunctions): ReadParameter {
	return (name, fallback) => context.getCurrentNodeParameter(name) ?? fallback;
}

export function formatOf(read: ReadParameter): FlatFileFormat {
	const format = read('format', 'fixed-width');
	if (format === 'csv' || format === 'fixed-width') return format;
	throw new CoreError(
		'FLATFILE_OPTION_INVALID',
		`'Format' must be csv or fixed-width, not ${JSON.stringify(format)}`,
		{ path: 'format' },
	);
}

/** The layout as JSON, with the node's own settings in it: what *Export Layout* puts out. */
export function layoutJsonOf(read: ReadParameter): LayoutJson {
	const base = baseLayout(read);
	return withOptions(base, read);
}

/** What the node's options say goes before the layout's own settings. */
export function withOptions(layout: LayoutJson, read: ReadParameter): LayoutJson {
	const overrides = givenOf(read('layoutOptions', {}) as IDataObject, LAYOUT_SETTINGS);
	const csv = givenOf(read('csvOptions', {}) as IDataObject, CSV_SETTINGS);
	if (Object.keys(csv).length === 0) return { ...layout, ...overrides };
	return { ...layout, ...overrides, csv: { ...(layout['csv'] as object | undefined), ...csv } };
}

export function layoutOf(read: ReadParameter): Layout {
	return parseLayout(layoutJsonOf(read), formatOf(read));
}

function baseLayout(read: ReadParameter): LayoutJson {
	switch (read('layoutSource', 'preset')) {
		case 'editor':
			return editorLayout(read);
		case 'json':
			return readLayoutJson(read('layoutJson', ''));
		default:
			return presetLayout(String(read('preset', 'purchaseEntry')));
	}
}

function readLayoutJson(value: unknown): LayoutJson {
	const parsed = readJson(value, "'Layout JSON'", 'layoutJson');
	if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
		return parsed as LayoutJson;
	}
	throw new CoreError(
		'FLATFILE_LAYOUT_NOT_JSON',
		"'Layout JSON' is not a JSON object with 'name' and 'records'",
		{ path: 'layoutJson' },
	);
}

/** n8n gives the value of a JSON parameter as text, or as an object from an expression. */
function readJson(value: unknown, name: string, path: string): unknown {
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value) as unknown;
	} catch (error) {
		throw notJson(name, path, error as Error);
	}
}

function notJson(name: string, path: string, cause: Error): CoreError {
	return new CoreError('FLATFILE_LAYOUT_NOT_JSON', `${name} is not JSON: ${cause.message}`, {
		path,
		cause,
	});
}

/** In the order of a file, whatever the order of the list. */
const RECORDS = [
	['header', 'header'],
	['groupHeader', 'groupHeader'],
	['detail', 'detail'],
	['subDetail', 'line'],
	['groupTrailer', 'groupTrailer'],
	['trailer', 'trailer'],
] as const;

function editorLayout(read: ReadParameter): LayoutJson {
	const list = ((read('editorFields', {}) as IDataObject)['fields'] ?? []) as IDataObject[];
	const records = RECORDS.flatMap(([kind, name]) => {
		const fields = list.filter((field) => (field['record'] ?? 'detail') === kind);
		if (fields.length === 0) return [];
		const source = kind === 'subDetail' ? { source: read('linesPath', 'lines') } : {};
		return [{ name, kind, ...source, fields: fields.map(editorField) }];
	});
	return { name: read('layoutName', 'layout'), records };
}

/** Every setting that is given; the layout's own defaults stand for the rest. */
function editorField(entry: IDataObject): LayoutJson {
	const { more, sumOf, of, width, ...rest } = entry;
	const { codes, ...extra } = givenOf((more ?? {}) as IDataObject, FIELD_SETTINGS.counter);
	delete rest['record'];
	const counted = entry['type'] === 'sum' ? sumOf : listOf(of);
	const codeList = codesOf(codes, String(entry['name']));
	return {
		...givenOf(rest, {}),
		// The width follows from the digits of a picture.
		...(extra['digits'] === undefined ? { width } : {}),
		...(entry['type'] === 'constant' ? { value: entry['value'] ?? '' } : {}),
		...extra,
		...(counted === undefined || counted === '' ? {} : { of: counted }),
		...(codeList === undefined ? {} : { codes: codeList }),
	};
}

function codesOf(codes: unknown, name: string): unknown {
	if (codes === undefined) return undefined;
	const list = readJson(codes, `'Code List' of field '${name}'`, `editorFields.${name}.codes`);
	const isEmpty = typeof list === 'object' && list !== null && Object.keys(list).length === 0;
	return isEmpty ? undefined : list;
}

function listOf(names: unknown): unknown {
	return typeof names === 'string' ? names.split(',').map((name) => name.trim()) : names;
}

/** What is given: an option that was added and left as it was says nothing. */
function givenOf(values: IDataObject, settings: Settings): IDataObject {
	return Object.fromEntries(
		Object.entries(values).filter(([name, value]) => {
			const notGiven = (settings[name]?.minimum ?? 0) > 0 && value === 0;
			return value !== '' && value !== undefined && !notGiven;
		}),
	);
}
