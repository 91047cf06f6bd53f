import { CoreError } from '../errors';
import { isRecord } from '../text';
import { checkLayout } from './checkLayout';
import { FIELD_TYPES, RECORD_KINDS } from './layout';
import type {
	CsvSettings,
	Field,
	FieldType,
	FlatFileFormat,
	Layout,
	RecordKind,
	RecordLayout,
} from './layout';
import { LayoutFindings, nameField } from './layoutFindings';
import { expectation } from './layoutSchema';
import {
	CSV_SETTINGS,
	defaultsOf,
	FIELD_SETTINGS,
	LAYOUT_SETTINGS,
	RECORD_SETTINGS,
} from './layoutSettings';
import type { Settings } from './layoutSettings';
import { nearestName } from './nearestName';
import { storedWidth } from './numbers';

type Raw = Readonly<Record<string, unknown>>;

type NoDefault = 'recordLength' | 'timeZone' | 'groupBy';

const LAYOUT_DEFAULTS = defaultsOf(LAYOUT_SETTINGS);
const CSV_DEFAULTS = defaultsOf(CSV_SETTINGS);
const RECORD_DEFAULTS = defaultsOf(RECORD_SETTINGS);
/** A setting holds the same by default in every type of field that has it. */
const FIELD_DEFAULTS: Raw = Object.assign({}, ...Object.values(FIELD_SETTINGS).map(defaultsOf));

/**
 * Reads a layout (JSON text or an object), fills in the defaults and checks it for `format`. Raises
 * FLATFILE_LAYOUT_INVALID with every issue.
 */
export function parseLayout(layout: unknown, format: FlatFileFormat): Layout {
	const raw = readJson(layout);
	const findings = new LayoutFindings();
	const settings = settingsOf(raw, LAYOUT_SETTINGS, ['csv', 'records'], '', 'layout', findings);
	if (raw['name'] === undefined) {
		findings.add('FLATFILE_LAYOUT_PROPERTY', 'name', "The layout has no 'name'");
	}
	const parsed: Layout = {
		recordLength: undefined,
		timeZone: undefined,
		groupBy: undefined,
		...(LAYOUT_DEFAULTS as unknown as Omit<Layout, 'csv' | 'records' | NoDefault>),
		...settings,
		csv: parseCsv(raw['csv'], findings),
		records: parseRecords(raw['records'], findings),
	};
	// Positions of a layout whose settings are wrong would only add noise.
	const placed = findings.issues.length === 0 ? checkLayout(parsed, format, findings) : parsed;
	if (findings.issues.length > 0) throw invalidLayout(parsed.name, findings);
	return placed;
}

function readJson(layout: unknown): Raw {
	let value = layout;
	if (typeof layout === 'string') {
		try {
			value = JSON.parse(layout);
		} catch (error) {
			throw new CoreError(
				'FLATFILE_LAYOUT_NOT_JSON',
				`The layout is not JSON: ${(error as Error).message}`,
				{ path: 'layout' },
			);
		}
	}
	if (isRecord(value)) return value;
	throw new CoreError(
		'FLATFILE_LAYOUT_NOT_JSON',
		"The layout is not a JSON object with 'name' and 'records'",
		{ path: 'layout' },
	);
}

function invalidLayout(name: string, findings: LayoutFindings): CoreError {
	const [first] = findings.issues;
	const more = findings.issues.length - 1;
	return new CoreError(
		'FLATFILE_LAYOUT_INVALID',
		`The layout '${name}' cannot be used: ${first?.message ?? ''}${more > 0 ? ` (and ${more} more)` : ''}`,
		{ path: first?.path, issues: findings.issues },
	);
}

/** The settings of a table that are there and right; the others become issues. */
function settingsOf(
	raw: Raw,
	properties: Settings,
	others: readonly string[],
	path: string,
	owner: string,
	findings: LayoutFindings,
): Raw {
	const settings: Record<string, unknown> = {};
	const prefix = path === '' ? '' : `${path}.`;
	for (const [name, value] of Object.entries(raw)) {
		if (others.includes(name) || value === undefined) continue;
		const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
		if (schema === undefined) {
			const nearest = nearestName(name, [...Object.keys(properties), ...others]);
			const fix =
				nearest === undefined
					? `It has: ${Object.keys(properties).join(', ')}.`
					: `Did you mean '${nearest}'?`;
			findings.add(
				'FLATFILE_LAYOUT_PROPERTY',
				prefix + name,
				`The ${owner} has no setting '${name}'. ${fix}`,
			);
			continue;
		}
		const expected = expectation(schema, value);
		if (expected === undefined) settings[name] = value;
		else {
			findings.add(
				'FLATFILE_LAYOUT_PROPERTY',
				prefix + name,
				`'${name}' of the ${owner} must be ${expected}, not ${shown(value)}`,
			);
		}
	}
	return settings;
}

function shown(value: unknown): string {
	const text = JSON.stringify(value) ?? String(value);
	return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function parseCsv(value: unknown, findings: LayoutFindings): CsvSettings {
	if (value !== undefined && !isRecord(value)) {
		findings.add('FLATFILE_LAYOUT_PROPERTY', 'csv', "'csv' of the layout must be an object");
	}
	const raw = isRecord(value) ? value : {};
	const settings = settingsOf(raw, CSV_SETTINGS, [], 'csv', "layout's csv", findings);
	return {
		...(CSV_DEFAULTS as unknown as CsvSettings),
		headerRow: settings['rows'] !== 'records',
		...settings,
	};
}

function parseRecords(value: unknown, findings: LayoutFindings): readonly RecordLayout[] {
	if (!Array.isArray(value) || value.length === 0) {
		findings.add(
			'FLATFILE_LAYOUT_PROPERTY',
			'records',
			"The layout has no 'records': give a list with at least one record of kind 'detail'",
		);
		return [];
	}
	const records: RecordLayout[] = [];
	for (const [index, raw] of value.entries()) {
		const record = parseRecord(raw, `records[${index}]`, index, findings);
		if (records.some((other) => other.name === record.name)) {
			findings.add(
				'FLATFILE_LAYOUT_PROPERTY',
				`records[${index}].name`,
				`Two records are named '${record.name}'. Give each its own name.`,
			);
		}
		records.push(record);
	}
	return records;
}

function parseRecord(
	value: unknown,
	path: string,
	index: number,
	findings: LayoutFindings,
): RecordLayout {
	const raw = isRecord(value) ? value : {};
	const name = typeof raw['name'] === 'string' && raw['name'] !== '' ? raw['name'] : undefined;
	const owner = `record '${name ?? index + 1}'`;
	if (name === undefined) {
		findings.add('FLATFILE_LAYOUT_PROPERTY', `${path}.name`, `The ${owner} has no 'name'`);
	}
	if (!RECORD_KINDS.some((kind) => kind === raw['kind'])) {
		findings.add(
			'FLATFILE_LAYOUT_PROPERTY',
			`${path}.kind`,
			`'kind' of the ${owner} must be one of ${RECORD_KINDS.join(', ')}, not ${shown(raw['kind'])}`,
		);
	}
	// The kind has been looked at: a wrong one is reported once.
	const settings = settingsOf(raw, RECORD_SETTINGS, ['kind', 'fields'], path, owner, findings);
	const kind = RECORD_KINDS.find((known) => known === raw['kind']) ?? 'detail';
	if (kind !== 'subDetail') {
		for (const setting of ['source', 'required']) {
			if (raw[setting] === undefined) continue;
			findings.add(
				'FLATFILE_LAYOUT_PROPERTY',
				`${path}.${setting}`,
				`'${setting}' belongs to records of kind subDetail; the ${owner} is of kind ${kind}`,
			);
		}
	}
	return {
		...(RECORD_DEFAULTS as unknown as Pick<RecordLayout, 'source' | 'required'>),
		...settings,
		name: name ?? `record${index + 1}`,
		kind,
		fields: parseFields(raw['fields'], path, name ?? `record${index + 1}`, kind, findings),
		length: 0,
	};
}

function parseFields(
	value: unknown,
	path: string,
	record: string,
	kind: RecordKind,
	findings: LayoutFindings,
): readonly Field[] {
	if (!Array.isArray(value) || value.length === 0) {
		findings.add(
			'FLATFILE_LAYOUT_PROPERTY',
			`${path}.fields`,
			`The record '${record}' has no 'fields'`,
		);
		return [];
	}
	const fields: Field[] = [];
	for (const [index, raw] of value.entries()) {
		const field = parseField(raw, `${path}.fields[${index}]`, record, kind, index, findings);
		if (field === undefined) continue;
		if (field.type !== 'filler' && fields.some((other) => other.name === field.name)) {
			findings.add(
				'FLATFILE_LAYOUT_PROPERTY',
				`${path}.fields[${index}].name`,
				`Two fields of record '${record}' are named '${field.name}'. Give each its own name.`,
			);
		}
		fields.push(field);
	}
	return fields;
}

function parseField(
	value: unknown,
	path: string,
	record: string,
	kind: RecordKind,
	index: number,
	findings: LayoutFindings,
): Field | undefined {
	const raw = isRecord(value) ? value : {};
	const name = typeof raw['name'] === 'string' && raw['name'] !== '' ? raw['name'] : undefined;
	const owner = nameField(record, name ?? String(index + 1));
	if (name === undefined) {
		findings.add('FLATFILE_LAYOUT_PROPERTY', `${path}.name`, `The ${owner} has no 'name'`);
	}
	const type = FIELD_TYPES.find((known) => known === raw['type']);
	if (type === undefined) {
		findings.add(
			'FLATFILE_LAYOUT_PROPERTY',
			`${path}.type`,
			`'type' of the ${owner} must be one of ${FIELD_TYPES.join(', ')}, not ${shown(raw['type'])}`,
		);
		return undefined;
	}
	const owned = `${owner} (type ${type})`;
	const settings = settingsOf(raw, FIELD_SETTINGS[type], [], path, owned, findings);
	for (const needed of type === 'constant' ? ['value'] : type === 'sum' ? ['of'] : []) {
		if (raw[needed] !== undefined) continue;
		findings.add(
			'FLATFILE_LAYOUT_PROPERTY',
			`${path}.${needed}`,
			`The ${owned} has no '${needed}'`,
		);
	}
	return withDefaults(name ?? `field${index + 1}`, type, settings, record, kind);
}

const NUMBER_TYPES: readonly FieldType[] = ['integer', 'decimal', 'counter', 'count', 'sum'];

function withDefaults(
	name: string,
	type: FieldType,
	settings: Raw,
	record: string,
	kind: RecordKind,
): Field {
	const {
		case: letterCase,
		true: trueText,
		false: falseText,
		codes,
		of,
		...rest
	} = {
		...FIELD_DEFAULTS,
		...settings,
	};
	const number = NUMBER_TYPES.includes(type);
	const counting = type === 'counter' || type === 'count';
	const { storage, digits } = rest as Pick<Field, 'storage' | 'digits'>;
	const stored = storage !== 'display' && digits !== undefined;
	const ownRecord = kind === 'header' || kind === 'trailer' ? '*' : record;
	return {
		source: name,
		start: undefined,
		width: stored ? storedWidth(storage, digits) : undefined,
		align: number ? 'right' : 'left',
		pad: number ? '0' : ' ',
		column: name,
		default: undefined,
		sign: counting ? 'none' : 'leading',
		digits: undefined,
		timeZone: undefined,
		value: '',
		zero: rest['positive'],
		...rest,
		csv: settings['csv'] ?? type !== 'filler',
		// Integers and counters are numbers without decimals.
		decimals: Object.hasOwn(FIELD_SETTINGS[type], 'decimals') ? rest['decimals'] : 0,
		letterCase,
		trueText,
		falseText,
		codes: codes === undefined ? undefined : new Map(Object.entries(codes as object)),
		of: of === undefined ? [ownRecord] : [of].flat(),
		name,
		type,
	} as unknown as Field;
}
