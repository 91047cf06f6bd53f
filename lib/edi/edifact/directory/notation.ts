import type { ElementSpec, ElementType, SegmentSpec, StructureNode } from '../../syntax';

/**
 * A directory as data. `elements` lists data elements by format (`an..35`); `composites` and
 * `segments` list their parts in order. `!` after a name says mandatory.
 */
export interface DirectoryTables {
	readonly elements: Readonly<Record<string, string>>;
	readonly composites: Readonly<Record<string, string>>;
	readonly segments: Readonly<Record<string, string>>;
	/** Codes a data element may hold; a list that is absent is open. `1-9` stands for 1, 2 … 9. */
	readonly codes: Readonly<Record<string, string>>;
}

interface ElementFormat {
	readonly type: ElementType;
	readonly min: number;
	readonly max: number;
}

const FORMAT = /^(an|a|n)(\.\.)?(\d+)$/;

function readFormat(text: string): ElementFormat {
	const [, type, variable, length] = FORMAT.exec(text) ?? [];
	if (type !== 'an' && type !== 'a' && type !== 'n') throw new TypeError(`format ${text}`);
	const max = Number(length);
	return { type, min: variable === undefined ? max : 1, max };
}

export function readCodes(text: string): ReadonlySet<string> {
	const codes = new Set<string>();
	for (const entry of text.split(/\s+/)) {
		const [first = '', last] = entry.split('-');
		if (last === undefined) codes.add(first);
		else for (let code = Number(first); code <= Number(last); code += 1) codes.add(String(code));
	}
	return codes;
}

function words(text: string): string[] {
	return text.trim().split(/\s+/);
}

/** Reads the tables once; every segment of the directory gets its specification. */
export function readSegments(tables: DirectoryTables): Readonly<Record<string, SegmentSpec>> {
	const formats = new Map<string, ElementFormat>();
	for (const [format, ids] of Object.entries(tables.elements)) {
		for (const id of words(ids)) formats.set(id, readFormat(format));
	}
	const codes = new Map<string, ReadonlySet<string>>();
	for (const [id, list] of Object.entries(tables.codes)) codes.set(id, readCodes(list));

	const simple = (name: string): ElementSpec => {
		const mandatory = name.endsWith('!');
		const id = mandatory ? name.slice(0, -1) : name;
		const format = formats.get(id);
		if (format === undefined) throw new TypeError(`data element ${id} has no format`);
		const list = codes.get(id);
		return { id, mandatory, ...format, ...(list === undefined ? {} : { codes: list }) };
	};
	const element = (name: string): ElementSpec => {
		const mandatory = name.endsWith('!');
		const id = mandatory ? name.slice(0, -1) : name;
		const composite = tables.composites[id];
		if (composite === undefined) return simple(name);
		const components = words(composite).map(simple);
		return { id, type: 'composite', mandatory, min: 0, max: Infinity, components };
	};
	return Object.fromEntries(
		Object.entries(tables.segments).map(([tag, parts]) => [
			tag,
			{ tag, elements: words(parts).map(element) },
		]),
	);
}

const STRUCTURE_TOKEN = /([A-Z]{3})(!?)(\d*)|(SG\d+)(!?)x(\d+)\(|\)/y;

/**
 * `DTM!35` is a mandatory segment that may stand 35 times, `SG2x99(NAD! LOC25)` a segment group
 * that may stand 99 times; `SG48!x100(…)` a mandatory one.
 */
export function readStructure(text: string): readonly StructureNode[] {
	const top: StructureNode[] = [];
	const open: StructureNode[][] = [top];
	const compact = text.replace(/\s+/g, ' ').trim();
	let position = 0;
	while (position < compact.length) {
		if (compact[position] === ' ') {
			position += 1;
			continue;
		}
		STRUCTURE_TOKEN.lastIndex = position;
		const match = STRUCTURE_TOKEN.exec(compact);
		if (match === null) throw new TypeError(`structure notation at ${compact.slice(position)}`);
		position = STRUCTURE_TOKEN.lastIndex;
		const [, segment, segmentMandatory, count, group, groupMandatory, groupMax] = match;
		const current = open[open.length - 1];
		if (current === undefined) throw new TypeError('structure notation: one ) too many');
		if (segment !== undefined) {
			const max = count === undefined || count === '' ? 1 : Number(count);
			current.push({ segment, mandatory: segmentMandatory === '!', max });
		} else if (group !== undefined) {
			const children: StructureNode[] = [];
			const max = Number(groupMax);
			current.push({ loop: group, mandatory: groupMandatory === '!', max, children });
			open.push(children);
		} else {
			open.pop();
		}
	}
	if (open.length !== 1) throw new TypeError('structure notation: a ) is missing');
	return top;
}
