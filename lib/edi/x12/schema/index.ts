import type { MessageSchema, SegmentSpec, StructureNode } from '../../syntax';
import { CODE_LISTS_OF_004010 } from './codeLists004010';
import { CODE_LISTS, CODE_LISTS_BY_RELEASE } from './codes';
import { DATA_ELEMENTS_004010 } from './dataElements004010';
import {
	COMPOSITES_005010,
	DATA_ELEMENTS_005010,
	DIFFERENCES_005010,
	SEGMENTS_005010,
	SETS_005010,
} from './differences005010';
import {
	applyDifference,
	parseDataElements,
	parseSegment,
	parseSegmentLines,
	parseStructure,
} from './notation';
import { COMPOSITES_004010, SEGMENTS_004010 } from './segments004010';
import { SETS_004010 } from './sets004010';

export const X12_RELEASES = ['004010', '005010'] as const;
export { x12CodeMeaning, x12ElementName, x12SegmentName } from './names';

/** Sets of all releases we have tables of. */
export type X12Set = keyof typeof SETS_004010;

export type X12Release = (typeof X12_RELEASES)[number];

export function isX12Release(release: string): release is X12Release {
	return X12_RELEASES.some((known) => known === release);
}

/** GS01 of the sets we know. */
export const FUNCTIONAL_IDENTIFIERS: Readonly<Record<string, string>> = {
	'810': 'IN',
	'820': 'RA',
	'824': 'AG',
	'832': 'SC',
	'846': 'IB',
	'850': 'PO',
	'855': 'PR',
	'856': 'SH',
	'860': 'PC',
	'861': 'RC',
	'997': 'FA',
	'999': 'FA',
};

interface ReleaseTables {
	readonly segments: Readonly<Record<string, SegmentSpec>>;
	readonly schemas: Readonly<Record<string, MessageSchema>>;
}

function codesOf(release: X12Release): Map<string, ReadonlySet<string>> {
	const lists = { ...CODE_LISTS, ...CODE_LISTS_BY_RELEASE[release] };
	const sets = new Map<string, ReadonlySet<string>>(
		Object.entries(lists).map(([id, codes]) => [id, new Set(codes.split(' '))]),
	);
	if (release === '004010') for (const [id, codes] of CODE_LISTS_OF_004010) sets.set(id, codes);
	return sets;
}

function buildTables(release: X12Release): ReleaseTables {
	const later = release === '005010';
	const elements = parseDataElements(DATA_ELEMENTS_004010);
	const composites = parseSegmentLines(COMPOSITES_004010);
	const lines = parseSegmentLines(SEGMENTS_004010);
	if (later) {
		for (const [id, element] of parseDataElements(DATA_ELEMENTS_005010)) elements.set(id, element);
		for (const [id, line] of parseSegmentLines(COMPOSITES_005010)) composites.set(id, line);
		for (const [tag, line] of parseSegmentLines(SEGMENTS_005010)) lines.set(tag, line);
	}
	const tables = { elements, composites, codes: codesOf(release) };
	// Looked up by tags that files bring along: without a prototype, no tag finds what no table has.
	const segments: Record<string, SegmentSpec> = Object.create(null);
	for (const [tag, line] of lines) segments[tag] = parseSegment(tag, line, tables);
	const sets = later ? { ...SETS_004010, ...SETS_005010 } : SETS_004010;
	const schemas: Record<string, MessageSchema> = {};
	for (const [id, notation] of Object.entries(sets)) {
		let structure: StructureNode[] = parseStructure(notation);
		for (const difference of later ? (DIFFERENCES_005010[id] ?? []) : []) {
			structure = applyDifference(structure, difference);
		}
		schemas[id] = { id, release, structure, segments };
	}
	return { segments, schemas };
}

const built = new Map<X12Release, ReleaseTables>();

function tablesOf(release: X12Release): ReleaseTables {
	let tables = built.get(release);
	if (tables === undefined) {
		tables = buildTables(release);
		built.set(release, tables);
	}
	return tables;
}

/** The table of a transaction set; `undefined` for sets we have no table of. */
export function x12Schema(set: string, release: X12Release): MessageSchema | undefined {
	const { schemas } = tablesOf(release);
	return Object.hasOwn(schemas, set) ? schemas[set] : undefined;
}

/** The table of a segment, envelope segments and TA1 included. */
export function x12Segment(tag: string, release: X12Release): SegmentSpec | undefined {
	const { segments } = tablesOf(release);
	return Object.hasOwn(segments, tag) ? segments[tag] : undefined;
}

export function x12SetIds(release: X12Release): readonly string[] {
	return Object.keys(tablesOf(release).schemas);
}

export function x12SegmentTags(release: X12Release): readonly string[] {
	return Object.keys(tablesOf(release).segments);
}

/** X12 355 units of measure; 005010 has more, so a unit of these is known in both. */
export function isX12Unit(code: string): boolean {
	return CODE_LISTS_OF_004010.get('355')?.has(code) ?? false;
}

/** `00401`, `004010VICS`, `00501`, `005010X…`: the release whose tables apply, if we have them. */
export function releaseOfVersion(version: string): X12Release | undefined {
	const normal = version.length === 5 ? `${version}0` : version;
	return X12_RELEASES.find((release) => normal.startsWith(release));
}
